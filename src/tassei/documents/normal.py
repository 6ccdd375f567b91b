"""Text as a document writes it -> text as the grammar reads it, with a map back to the original.

NFKC would turn ① into 1 and ㎡ into m2, so only what is the same sign in another dress is folded:
full-width and half-width forms, look-alikes and compatibility characters, the many dashes, tildes,
boxes and spaces. A folded text is for the grammar and for comparing; what is shown is the original.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from attrs import frozen

BOX = "□"
_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡㎥™®©…‥")
_TILDES = "～〜∼˜〰"
_DASHES = "‐‑‒–—―−－﹣─━"
_BOXES = "□☐☑☒■◻◼▢❏❑❒⬜⬛🔲🔳\uf06f\uf0a8\uf071\uf072\uf0fe\uf052"
_DOTS = "·•∙‧･⋅◦▪▫●"
_QUOTES = {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‛": "'", "′": "'"}
_LOOK_ALIKES = {"尐": "少", "戶": "戸", "內": "内", "靑": "青", "髙": "高", "﨑": "崎", "值": "値", "卽": "即", "敎": "教", "旣": "既", "硏": "研", "鄕": "郷", "淸": "清", "說": "説", "强": "強"}  # fmt: skip
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u180e\ufe0e\ufe0f"
_LATIN = re.compile(r"[A-Za-z]")


@cache
def _fold(sign: str) -> str:
    """One character as the grammar reads it: one or more characters, or none."""
    if sign in _UNSEEN:
        return ""
    if sign in _QUOTES:
        return _QUOTES[sign]
    if sign in _LOOK_ALIKES:
        return _LOOK_ALIKES[sign]
    if sign in _TILDES or sign == "~":
        return "～"
    if sign in _BOXES:
        return BOX
    if sign in _DASHES:
        return "-"
    if sign == "●" or sign in _KEPT:
        return sign
    if sign in _DOTS:
        return "・"
    if sign.isspace() or sign == "\u3000" or unicodedata.category(sign) in ("Zs", "Cc"):
        return " "
    folded = unicodedata.normalize("NFKC", sign)
    return folded if folded.strip() and len(folded) <= 4 else sign


class _Folding(dict[int, str]):
    """A translation table that fills itself: most characters of a document repeat."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold(chr(code))
        return self[code]


_FOLDING = _Folding()
_VOICED = re.compile("[ｶ-ﾄﾊ-ﾎｳ][ﾞﾟ]")
_SPACES = re.compile(r" {2,}")


def fold(text: str) -> str:
    """The text with every sign in its plain form; line ends and spaces are single spaces."""
    if _VOICED.search(text):
        text = _VOICED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return text.translate(_FOLDING)


def squeeze(text: str) -> str:
    """Runs of spaces as one; none at the ends."""
    return _SPACES.sub(" ", text).strip()


_NO_SPACE = re.compile(r"(?<![!-~]) +| +(?![!-~])|(?<=[0-9]) +(?=[0-9(])|(?<=[(]) +| +(?=[),.;:])")


def tight(text: str) -> str:
    """Japanese text without the spaces that layout put in; those between Latin words stay."""
    return _NO_SPACE.sub("", squeeze(text))


_LOOSE = re.compile(r"[\s・、,，.。;:()（）「」\[\]【】/'\"-]+|ー")
_BRACKETS = re.compile(r"\s*([(),])\s*")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b|\b(?:the|an?)\s")


@cache
def key(name: str) -> str:
    """What two spellings of one name have in common: for exact comparing of names."""
    plain = _BRACKETS.sub(r"\1", tight(fold(name)).casefold())
    return plain.rstrip("。.、,;").strip()


@cache
def loose_key(name: str) -> str:
    """As `key`, and blind to punctuation, hyphens and drawn-out vowels (プロトコール, プロトコル)."""
    return _LOOSE.sub("", _PLURAL.sub("", key(name)))


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters rather than Japanese."""
    latin = len(_LATIN.findall(text))
    japanese = sum(1 for c in text if c > "\u3000")
    return latin > 2 * japanese


@frozen
class Span:
    """Characters `start` to `end` of a piece of the document, by the number of the piece."""

    piece: int
    start: int
    end: int


@frozen
class Joined:
    """A text put together from spans of the document, folded, with the way back.

    Args:
        text: as the grammar reads it.
        at: for each character of `text`, the piece and the offset that it came from.
    """

    text: str
    at: tuple[tuple[int, int], ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The parts of the document that characters `start` to `end` of the text came from."""
        found: dict[int, tuple[int, int]] = {}
        for piece, offset in self.at[start:end]:
            low, high = found.get(piece, (offset, offset))
            found[piece] = (min(low, offset), max(high, offset))
        return tuple(Span(p, low, high + 1) for p, (low, high) in found.items())


def join(parts: Iterable[tuple[str, Span]]) -> Joined:
    """Original texts of spans -> one folded text; a word that was broken by a line end is mended.

    Args:
        parts: the original characters of each span, in reading order.
    """
    signs: list[str] = []
    at: list[tuple[int, int]] = []
    broken = False
    for original, span in parts:
        if signs and not broken:
            _bridge(signs, at, original, span)
        # a soft hyphen says that the word goes on in the next line
        broken = original.rstrip().endswith("\u00ad")
        for offset, sign in enumerate(original):
            for plain in _FOLDING[ord(sign)]:
                signs.append(plain)
                at.append((span.piece, span.start + offset))
    text, kept = _without_layout("".join(signs))
    return Joined(text, tuple(at[i] for i in kept))


def _bridge(signs: list[str], at: list[tuple[int, int]], original: str, span: Span) -> None:
    """What stands between two lines: nothing in Japanese or in a hyphenated word, else a space."""
    while signs and signs[-1] == " ":
        signs.pop()
        at.pop()
    first = fold(original.lstrip()[:1])
    last = signs[-1] if signs else ""
    if last == "-" and len(signs) > 1 and signs[-2].isalpha() and signs[-2].isascii():
        return
    if last.isascii() and first.isascii():
        signs.append(" ")
        at.append((span.piece, span.start))


def _without_layout(text: str) -> tuple[str, list[int]]:
    """`tight`, with the positions that were kept."""
    drop: set[int] = set()
    for match in _SPACES.finditer(text):
        drop.update(range(match.start() + 1, match.end()))
    if not is_latin(text):
        squeezed = [i for i in range(len(text)) if i not in drop]
        inner = "".join(text[i] for i in squeezed)
        for match in _NO_SPACE.finditer(inner):
            drop.update(squeezed[match.start() : match.end()])
    kept = [i for i in range(len(text)) if i not in drop]
    while kept and text[kept[0]] == " ":
        kept.pop(0)
    while kept and text[kept[-1]] == " ":
        kept.pop()
    return "".join(text[i] for i in kept), kept
