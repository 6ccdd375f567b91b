"""The marks in front of the items of a Word list: numbers counted, bullets and boxes shown."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from attrs import define, field, frozen

from tassei.documents.reading.symbols import symbol

_LEVELS = 9


@frozen
class _Level:
    """How the items of one depth are marked: `%1` in `shown` stands for the number of depth 1."""

    form: str = "decimal"
    shown: str = ""
    start: int = 1


@define
class Numbering:
    """The lists of a document, with how far each has been counted."""

    levels: dict[str, dict[int, _Level]]
    same: dict[str, str] = field(factory=dict)
    counts: dict[str, list[int]] = field(factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The mark of the next item of a list at a depth, counted from 0; empty where it has none."""
        levels = self.levels.get(list_id)
        depth = min(depth, _LEVELS - 1)
        if levels is None or depth not in levels:
            return ""
        level = levels[depth]
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return level.shown
        counts = self.counts.setdefault(
            self.same.get(list_id, list_id),
            [levels.get(i, _Level()).start - 1 for i in range(_LEVELS)],
        )
        counts[depth] += 1
        for deeper in range(depth + 1, _LEVELS):
            counts[deeper] = levels.get(deeper, _Level()).start - 1

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return numeral(max(counts[at], 1), levels.get(at, _Level()).form)

        return re.sub(r"%([1-9])", number, level.shown) + " "


def numbering_of(root: ET.Element | None) -> Numbering:
    """The lists that a document defines."""
    if root is None:
        return Numbering({})
    abstract = {a.get("abstractNumId", ""): dict(_levels(a)) for a in root.iter("abstractNum")}
    levels: dict[str, dict[int, _Level]] = {}
    same: dict[str, str] = {}
    for item in root.iter("num"):
        base = item.find("abstractNumId")
        name = base.get("val", "") if base is not None else ""
        list_id = item.get("numId", "")
        levels[list_id] = dict(abstract.get(name, {}))
        own = list(item.iter("lvlOverride"))
        for change in own:
            levels[list_id].update(_levels(change))
        if not own:
            same[list_id] = f"abstract {name}"
    return Numbering(levels, same)


def _levels(holder: ET.Element) -> Iterator[tuple[int, _Level]]:
    for level in holder.iter("lvl"):
        depth = level.get("ilvl", "")
        if not (depth.isascii() and depth.isdigit() and int(depth[:4]) < _LEVELS):
            continue
        form, shown, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
        fonts = level.find("rPr/rFonts")
        font = fonts.get("ascii") or fonts.get("hAnsi") if fonts is not None else None
        if form == "bullet":
            shown = "".join(symbol(c, font) or symbol(c) or c for c in shown)
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        yield int(depth), _Level(form or "decimal", shown, first)


def _value(level: ET.Element, name: str) -> str:
    found = level.find(name)
    return found.get("val", "") if found is not None else ""


_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_KANJI = "〇一二三四五六七八九"


def numeral(number: int, form: str) -> str:
    """A number in one of Word's forms; in plain digits where the form is another."""
    match form:
        case "decimalEnclosedCircle" if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({48 + i: 0xFF10 + i for i in range(10)})
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter":
            letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if number < 4000:
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
        case "aiueo" | "aiueoFullWidth":
            return _AIUEO[(number - 1) % len(_AIUEO)]
        case "iroha" | "irohaFullWidth":
            return _IROHA[(number - 1) % len(_IROHA)]
        case "japaneseCounting" | "ideographDigital" | "chineseCounting" if number < 100:
            return _counted(number)
    return str(number)


def _roman(number: int) -> str:
    signs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    found = ""
    for value, sign in signs:
        found += sign * (number // value)
        number %= value
    return found


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _KANJI[tens] + "十"
    return head + (_KANJI[ones] if ones or not tens else "")
