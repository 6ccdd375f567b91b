"""Whole numbers as people write them: 260, ２６０, 1,200, 2億6千万円, 1.5億円, ¥1.5 billion."""

import re
import unicodedata
from fractions import Fraction

from kanjize import kanji2number

_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
_DECIMAL_KANJI = re.compile(
    r"(?P<number>[0-9]+\.[0-9]+)(?P<unit>千|万|百万|千万|億|十億|百億|千億|兆)"
)
_KANJI = re.compile(r"[0-9一二三四五六七八九〇十百千万億兆]+")
_ENGLISH = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<unit>thousand|million|billion)",
    re.IGNORECASE,
)
_ENGLISH_UNITS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_MONEY_MARKS = re.compile(r"^[¥￥]|円$|(yen|jpy)$", re.IGNORECASE)
_COUNT_MARKS = re.compile(
    r"(人|名|拠点|箇所|か所|ヶ所|カ所|室|件|社員|㎡|m2|m²|平米|平方メートル)$"
)


def parse_whole(written: str, *, money: bool) -> int:
    """Read a whole number from text.

    Args:
        money: allow signs and words of yen instead of counters (人, 拠点, ㎡).

    Raises:
        ValueError: it is not surely one whole number: a fraction, a range, an unknown unit.
    """
    text = unicodedata.normalize("NFKC", written)
    if re.search(r"[0-9]\s+[0-9]", text):
        raise ValueError(f"two numbers: {written!r}")
    text = "".join(text.split())
    text = (_MONEY_MARKS if money else _COUNT_MARKS).sub("", text)
    text = _MONEY_MARKS.sub("", text) if money else text
    if match := _GROUPED.fullmatch(text):
        return int(match[0].replace(",", ""))
    if match := _ENGLISH.fullmatch(text):
        return _whole(
            Fraction(match["number"].replace(",", "")) * _ENGLISH_UNITS[match["unit"].lower()]
        )
    # 3,000万: a grouped number before a unit
    if re.search(r"[0-9]{4},", text):
        raise ValueError(f"not a whole number: {written!r}")
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    if match := _DECIMAL_KANJI.fullmatch(text):
        return _whole(
            Fraction(match["number"]) * kanji2number("1" + match["unit"])
            if match["unit"] in "万億兆"
            else Fraction(match["number"]) * kanji2number(match["unit"])
        )
    if _KANJI.fullmatch(text) and not _trailing_digits(text):
        return int(kanji2number(text))
    raise ValueError(f"not a whole number: {written!r}")


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError("not a whole number")
    return int(value)


def _trailing_digits(text: str) -> bool:
    """1万2 may be meant as 10,002 or as 12,000, and 1億5000 as 1億5000万: it is not sure.

    Four digits behind 万 are the whole of what can stand there.
    """
    match = re.search(r"([千万億兆])([0-9一二三四五六七八九〇]+)$", text)
    return match is not None and not (match[1] == "万" and len(match[2]) == 4)
