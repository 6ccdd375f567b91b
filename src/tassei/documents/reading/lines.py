"""Glyphs -> fragments: what stands together on one line, whatever the order it was drawn in."""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from attrs import evolve, frozen

from tassei.documents.reading.glyphs import OBLIQUE, Glyph

SAME_LINE = 0.6
"""Glyphs whose middles lie closer than this [parts of the smaller one's size] share a line."""
_APART = 2.0
"""A gap wider than this [parts of the size] parts what stands on one line."""
_LATIN_SPACE, _WIDE_SPACE = 0.15, 0.6
"""A gap wider than this is a space, between Latin letters and elsewhere."""
_BOXES = frozenset("□☐■☑☒")
"""What begins an item, however close the one before it on the line ends."""
_PRINTED_TWICE = 0.4
"""The same glyph again, shifted by less than this [parts of its width], is fake bold."""
_FEWEST, _MOST_COLUMNS = 3, 6
"""Lines that vertical text in columns has at least, and columns at most."""
_LOOSE = 1.15
"""Between columns of vertical text there is more room than between characters of a line."""
_STACKED = 2.2
"""Characters stand on top of one another when they are closer than this [parts of the size]."""
_ALIGNED = 0.3
"""And when their middles differ by less than this across."""


@frozen
class Fragment:
    """A run of text on one line, or one column of vertical text, with the box it fills [points]."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height of its line; of vertical text, that of its first character."""
        return self.top + min(self.bottom - self.top, self.size) / 2


def fragments(glyphs: Iterable[Glyph]) -> list[Fragment]:
    """Put the glyphs of a region together, line by line from the top, each from left to right."""
    turned: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turned.setdefault(glyph.turned, []).append(glyph)
    found: list[Fragment] = []
    # askew over the page, a word crosses many lines; it is read as it was drawn
    oblique = turned.pop(OBLIQUE, [])
    found += _fragment([g.text for g in oblique], oblique)
    for quarters, some in turned.items():
        lines = _lines([_upright(g) for g in some] if quarters else some)
        if _in_columns(lines):
            lines = [[g] for line in lines for g in line]
        found += [_turn_back(f, quarters) for line in lines for f in _parted(line)]
    return in_lines(stacked(found))


def _in_columns(lines: list[list[Glyph]]) -> bool:
    """Whether all of a region is vertical text in several columns: closer downwards than across."""
    if len(lines) < _FEWEST or not 1 < max(map(len, lines)) <= _MOST_COLUMNS:
        return False
    rows = [sorted(line, key=lambda g: g.left) for line in lines]
    size = rows[0][0].size
    columns = [(g.left + g.right) / 2 for g in max(rows, key=len)]
    across = min(b - a for a, b in pairwise(columns))
    down = max(b[0].top - a[0].top for a, b in pairwise(rows))
    return max(down, _LOOSE * size) < across < _STACKED * size and all(
        unicodedata.east_asian_width(g.text[0]) in "WF"
        and not g.text.isspace()
        and any(abs((g.left + g.right) / 2 - x) < 0.2 * size for x in columns)
        for row in rows
        for g in row
    )


def _upright(g: Glyph) -> Glyph:
    """A glyph of rotated text where it would stand if its page were turned to read it."""
    match g.turned:
        case 1:
            box = g.top, -g.right, g.bottom, -g.left
        case 2:
            box = -g.right, -g.bottom, -g.left, -g.top
        case _:
            box = -g.bottom, g.left, -g.top, g.right
    return Glyph(g.text, *box)


def _turn_back(f: Fragment, quarters: int) -> Fragment:
    match quarters:
        case 0:
            return f
        case 1:
            return evolve(f, left=-f.bottom, top=f.left, right=-f.top, bottom=f.right)
        case 2:
            return evolve(f, left=-f.right, top=-f.bottom, right=-f.left, bottom=-f.top)
    return evolve(f, left=f.top, top=-f.right, right=f.bottom, bottom=-f.left)


def _lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by the height they stand at."""
    lines: list[list[Glyph]] = []
    at, size = 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        middle, height = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if lines and middle - at < SAME_LINE * min(size, height):
            lines[-1].append(glyph)
            continue
        lines.append([glyph])
        at, size = middle, height
    return lines


def _parted(line: list[Glyph]) -> list[Fragment]:
    """The fragments of a line: parted where nothing stands, printed once what is printed twice."""
    line.sort(key=lambda g: g.left)
    found: list[Fragment] = []
    run: list[Glyph] = []
    text: list[str] = []
    for glyph in line:
        if any(_twice(g, glyph) for g in run[-4:]):
            continue
        if run:
            gap = (glyph.left - run[-1].right) / max(glyph.size, 1.0)
            if gap > (_WIDE_SPACE if glyph.text in _BOXES else _APART):
                found += _fragment(text, run)
                run, text = [], []
            elif gap > (_LATIN_SPACE if _latin(run[-1]) and _latin(glyph) else _WIDE_SPACE):
                text.append(" ")
        run.append(glyph)
        text.append(glyph.text)
    return found + _fragment(text, run)


def _twice(one: Glyph, other: Glyph) -> bool:
    width = max(one.right - one.left, 0.1)
    return one.text == other.text and abs(one.left - other.left) < _PRINTED_TWICE * width


def _latin(glyph: Glyph) -> bool:
    return "!" <= glyph.text <= "~"


def _fragment(text: list[str], run: list[Glyph]) -> list[Fragment]:
    said = "".join(text).strip()
    if not said:
        return []
    shown = [g for g in run if not g.text.isspace()]
    return [
        Fragment(
            said,
            min(g.left for g in shown),
            min(g.top for g in shown),
            max(g.right for g in shown),
            max(g.bottom for g in shown),
            max(g.size for g in shown),
        )
    ]


def in_lines(found: list[Fragment]) -> list[Fragment]:
    """Order fragments by line, and each line from left to right."""
    return [f for line in lines_of(found) for f in sorted(line, key=lambda f: f.left)]


def lines_of(found: list[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped by the line that they stand on, from the top."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(found, key=lambda f: f.middle):
        last = lines[-1][0] if lines else None
        if last and fragment.middle - last.middle < SAME_LINE * min(last.size, fragment.size):
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return lines


def stacked(found: list[Fragment]) -> list[Fragment]:
    """Put vertical text together: single characters one below the other become one fragment.

    Three of them are vertical text wherever they stand; two are where there is nothing else.
    """
    single = [f for f in found if _may_stand_alone(f.text)]
    if len(single) < 2:
        return found
    columns = _columns(single)
    whole = len(single) == len(found) and all(len(c) > 1 for c in columns)
    joined = [c for c in columns if len(c) >= (2 if whole else 3) and _mostly_japanese(c)]
    if not joined:
        return found
    gone = {id(f) for column in joined for f in column}
    rest = [f for f in found if id(f) not in gone]
    # columns of vertical text follow one another from the right
    joined.sort(key=lambda c: -c[0].left)
    return rest + [_joined(group) for group in _side_by_side(joined)]


def _columns(single: list[Fragment]) -> list[list[Fragment]]:
    """Single characters grouped by the column that they stand in, each from the top."""
    columns: list[list[Fragment]] = []
    # what stands elsewhere across cannot go on with a column, and only the last one there can
    strip = max(_ALIGNED * max(f.size for f in single), 0.1)
    last: dict[int, int] = {}
    for fragment in sorted(single, key=lambda f: f.top):
        at = int((fragment.left + fragment.right) / 2 / strip)
        near = (last[i] for i in (at, at - 1, at + 1) if i in last)
        found = next((n for n in near if _below(columns[n][-1], fragment)), None)
        if found is None:
            found = len(columns)
            columns.append([])
        columns[found].append(fragment)
        last[at] = found
    return columns


def _may_stand_alone(text: str) -> bool:
    return len(text) == 1 or (len(text) == 2 and text.isdigit())


def _below(upper: Fragment, lower: Fragment) -> bool:
    size = max(upper.size, lower.size)
    across = abs((upper.left + upper.right) - (lower.left + lower.right)) / 2
    return across < _ALIGNED * size and 0 < lower.middle - upper.middle < _STACKED * size


def _mostly_japanese(column: list[Fragment]) -> bool:
    japanese = sum(unicodedata.east_asian_width(f.text[0]) == "W" for f in column)
    return 2 * japanese >= len(column) and any(f.text[0].isalpha() for f in column)


def _side_by_side(columns: list[list[Fragment]]) -> list[list[Fragment]]:
    """Columns that begin at one height next to each other are one text."""
    groups: list[list[Fragment]] = []
    before: list[Fragment] | None = None
    for column in columns:
        head = column[0]
        if (
            before
            and abs(before[0].top - head.top) < head.size
            and before[0].left - head.right < head.size
        ):
            groups[-1] += column
        else:
            groups.append(list(column))
        before = column
    return groups


def _joined(column: list[Fragment]) -> Fragment:
    return Fragment(
        "".join(f.text for f in column),
        min(f.left for f in column),
        min(f.top for f in column),
        max(f.right for f in column),
        max(f.bottom for f in column),
        column[0].size,
    )
