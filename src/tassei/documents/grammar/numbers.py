"""Figures as documents write them: 3,000 · 2億6千万 · 三 · 1.5 billion · 1 hundred million · two."""

import re
from fractions import Fraction

_WORDS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_KANJI_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def whole_of(written: str) -> int:
    """A whole number from figures, kanji or English words.

    Raises:
        ValueError: it is no number, or no whole one.
    """
    text = written.strip().casefold()
    value = (
        _kanji(text) if re.search("[〇一二三四五六七八九十百千万億兆]", text) else _english(text)
    )
    if value.denominator != 1:
        raise ValueError(f"not a whole number: {written!r}")
    return int(value)


def _plain(figure: str) -> Fraction:
    return Fraction(figure.replace(",", ""))


def _english(text: str) -> Fraction:
    value = Fraction(0)
    for word in text.replace("-", " ").split():
        if _FIGURE.fullmatch(word):
            value = _plain(word)
        elif word in _WORDS:
            value = Fraction(_WORDS[word])
        elif word in _SCALES:
            value = (value or Fraction(1)) * _SCALES[word]
        else:
            raise ValueError(f"not a number: {text!r}")
    return value


def _kanji(text: str) -> Fraction:
    """Digits, small and large units as they add up: 2億6千万, 1.5億, 三千二百."""
    total, section, digit = Fraction(0), Fraction(0), None
    position = 0
    while position < len(text):
        if match := _FIGURE.match(text, position):
            digit, position = _plain(match[0]), match.end()
            continue
        sign = text[position]
        position += 1
        if sign in _KANJI_DIGITS:
            digit = Fraction(_KANJI_DIGITS[sign])
        elif sign in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[sign]
            digit = None
        elif sign in _LARGE:
            section += digit or 0
            total += (section or 1) * _LARGE[sign]
            section, digit = Fraction(0), None
        else:
            raise ValueError(f"not a number: {text!r}")
    return total + section + (digit or 0)
