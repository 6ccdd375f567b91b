"""Bytes -> text: which of the encodings of Japanese documents it is."""

import codecs
import re

from tassei.documents.reading.refusals import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{1,40})")
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "ms932": "cp932",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "utf-16": "utf-16",
}
"""Names that web pages use, and Python's; what calls itself Shift_JIS is mostly Microsoft's."""
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
"""The last has the circled digits and signs that the one before lacks and its files use."""


def decoded(data: bytes) -> str:
    """Decode a text file, with line ends as they are.

    A byte order mark decides, then what an HTML page declares of itself where it is true, then
    which encoding the bytes are valid in; between Shift_JIS and EUC-JP, which share valid bytes,
    the one that gives more of the commonest characters of Japanese.

    Raises:
        Refused: the encoding is unknown, or the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _tried(data[len(mark) :], encoding)
            break
    else:
        text = _without_mark(data)
    if text is None:
        raise Refused("in-unknown-encoding")
    if "\0" in text:
        raise Refused("of-another-kind", looks="binary")
    return text


def _without_mark(data: bytes) -> str | None:
    if b"\0" in data:
        return _utf_16(data)
    declared = _DECLARED.search(data[:2048])
    if declared:
        name = _KNOWN.get(declared[1].decode("ascii").lower())
        text = _tried(data, name) if name else None
        if text is not None:
            return text
    if b"\x1b$" in data and (text := _tried(data, "iso2022_jp")) is not None:
        return text
    if (text := _tried(data, "utf-8")) is not None:
        return text
    candidates = [t for e in _JAPANESE if (t := _tried(data, e)) is not None]
    return max(candidates, key=_japanese, default=None)


def _utf_16(data: bytes) -> str | None:
    """Text of two bytes a character has its zero bytes on one side: that of the Latin letters."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    text = _tried(data, "utf-16-be" if even > odd else "utf-16-le")
    # bytes that mean anything at all are valid UTF-16 more often than not
    if text is None or _plain(text) < 0.9 * len(text):
        raise Refused("of-another-kind", looks="binary")
    return text


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plain(text: str) -> int:
    return sum(
        c in "\t\r\n\f"
        or " " <= c <= "~"
        or "\u3000" <= c <= "\u30ff"
        or "\u4e00" <= c <= "\u9fff"
        or "\uff00" <= c <= "\uffef"
        or "\u2000" <= c <= "\u26ff"
        for c in text
    )


def _japanese(text: str) -> float:
    """How Japanese a text looks: kana and marks speak for it, half-width kana against it."""
    kana = sum("\u3001" <= c <= "\u30ff" for c in text)
    half = sum("\uff61" <= c <= "\uff9f" for c in text)
    odd = sum("\ue000" <= c <= "\uf8ff" or "\x80" <= c <= "\x9f" for c in text)
    return (kana - half - 2 * odd) / max(len(text), 1)
