"""A page of a PDF -> its fragments in reading order, each in its cell where it is in a table."""

from collections import defaultdict

from attrs import frozen

from tassei.documents.reading.glyphs import OBLIQUE, Glyph, Sheet
from tassei.documents.reading.lines import Fragment, fragments, in_lines, lines_of
from tassei.documents.reading.ruled import Cell, cells

_FEWEST = 3
"""Lines that each of two columns has at least."""
_PROSE = 0.6
"""At least half of the lines of a column fill this part of its width."""
_FAR = 2.5
"""Lines farther apart than this [parts of the size] do not go on with one another."""
_MARKS = frozenset("□☐■☑☒・•●○◆◇▪－–-*①②③④⑤⑥⑦⑧⑨✓")
_MOST_GUTTERS = 12


@frozen
class Placed:
    """A fragment in reading order; `cell` is None outside tables."""

    fragment: Fragment
    cell: Cell | None


@frozen
class _Table:
    """A table as a block among the lines around it."""

    left: float
    top: float
    right: float
    bottom: float
    number: int

    @property
    def middle(self) -> float:
        return self.top


def arranged(sheet: Sheet) -> list[Placed]:
    """Order all that a page says: column by column where it has columns, tables row by row."""
    found = cells(sheet.strokes)
    inside: dict[Cell | None, list[Glyph]] = defaultdict(list)
    finder = _Finder(found, sheet.height)
    for glyph in sheet.glyphs:
        inside[finder.cell_at(glyph)].append(glyph)
    tables: dict[int, list[Cell]] = defaultdict(list)
    for cell in found:
        tables[cell.table].append(cell)
    nested: dict[Cell | None, list[_Table]] = defaultdict(list)
    for number, members in tables.items():
        block = _Table(
            min(c.left for c in members),
            min(c.top for c in members),
            max(c.right for c in members),
            max(c.bottom for c in members),
            number,
        )
        nested[finder.around(block)].append(block)
    return _Reader(inside, tables, nested).region(None, 0)


class _Finder:
    """Finds the smallest cell around a place; cells are listed by bands of the page's height."""

    def __init__(self, found: list[Cell], height: float) -> None:
        self.band = max(min(height, 20_000.0) / 40, 10.0)
        self.bands: dict[int, list[Cell]] = defaultdict(list)
        for cell in sorted(found, key=lambda c: c.area):
            for band in range(self.of(cell.top), self.of(cell.bottom) + 1):
                self.bands[band].append(cell)

    def of(self, y: float) -> int:
        return int(y // self.band)

    def cell_at(self, glyph: Glyph) -> Cell | None:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if glyph.turned == OBLIQUE:
            return None
        return next((c for c in self.bands.get(self.of(y), ()) if c.holds(x, y)), None)

    def around(self, table: _Table) -> Cell | None:
        """The smallest cell of another table that a table lies in."""
        for cell in self.bands.get(self.of(table.top), ()):
            whole = cell.holds(table.left, table.top) and cell.holds(table.right, table.bottom)
            if cell.table != table.number and whole:
                return cell
        return None


class _Reader:
    def __init__(
        self,
        inside: dict[Cell | None, list[Glyph]],
        tables: dict[int, list[Cell]],
        nested: dict[Cell | None, list[_Table]],
    ) -> None:
        self.inside = inside
        self.tables = tables
        self.nested = nested

    def region(self, cell: Cell | None, depth: int) -> list[Placed]:
        """All of a cell, or of the page outside its tables, tables inside it included."""
        blocks = self.nested.get(cell, []) if depth < 8 else []
        placed: list[Placed] = []
        for block in _in_columns(fragments(self.inside.get(cell, [])), blocks):
            if isinstance(block, Fragment):
                placed.append(Placed(block, cell))
            else:
                for inner in sorted(self.tables[block.number], key=lambda c: (c.row, c.column)):
                    placed += self.region(inner, depth + 1)
        return placed


_Block = Fragment | _Table


def _in_columns(found: list[Fragment], tables: list[_Table]) -> list[_Block]:
    """Order fragments and tables from the top, but columns of running text one after the other."""
    gutter = _gutter(found)
    if gutter is None:
        return _from_the_top(found, tables)
    before, left, right, after = _cut(found, gutter)
    parts = (before, left, right, after)
    bounds = [_Bounds.of(p) for p in parts]
    shared: list[list[_Table]] = [[], [], [], []]
    for table in tables:
        shared[_home(table, gutter, bounds)].append(table)
    return [b for p, t in zip(parts, shared, strict=True) for b in _in_columns(p, t)]


def _from_the_top(found: list[Fragment], tables: list[_Table]) -> list[_Block]:
    blocks: list[_Block] = []
    waiting = sorted(tables, key=lambda t: (t.top, t.left), reverse=True)
    for fragment in in_lines(found):
        while waiting and waiting[-1].top < fragment.middle:
            blocks.append(waiting.pop())
        blocks.append(fragment)
    return blocks + waiting[::-1]


@frozen
class _Gutter:
    """An empty strip at `x` between two columns that go from one height to another."""

    x: float
    top: float
    bottom: float


@frozen
class _Bounds:
    top: float
    bottom: float

    @classmethod
    def of(cls, found: list[Fragment]) -> "_Bounds":
        return cls(
            min((f.top for f in found), default=0.0), max((f.bottom for f in found), default=0.0)
        )


def _home(table: _Table, gutter: _Gutter, bounds: list[_Bounds]) -> int:
    """Which part a table belongs to: before the columns, the left, the right, or after them."""
    if table.top < gutter.top:
        return 0
    if table.top > gutter.bottom:
        return 3
    return 1 if table.right <= gutter.x else 2 if table.left >= gutter.x else 3


def _cut(found: list[Fragment], gutter: _Gutter) -> tuple[list[Fragment], ...]:
    before: list[Fragment] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    after: list[Fragment] = []
    for f in found:
        if f.middle < gutter.top:
            before.append(f)
        elif f.middle > gutter.bottom:
            after.append(f)
        else:
            (left if f.right <= gutter.x else right).append(f)
    return before, left, right, after


def _gutter(found: list[Fragment]) -> _Gutter | None:
    """The gutter with the most text on its two sides, if the page has columns at all."""
    if len(found) < 2 * _FEWEST:
        return None
    best: tuple[int, _Gutter] | None = None
    for x in _candidates(found):
        for run in _runs(found, x):
            gutter = _between(run, x)
            if gutter and (best is None or len(run) > best[0]):
                best = len(run), gutter
    return best[1] if best else None


def _runs(found: list[Fragment], x: float) -> list[list[Fragment]]:
    """Lines one below the other of which nothing crosses `x`; what stands far below begins anew."""
    runs: list[list[Fragment]] = [[]]
    bottom = 0.0
    for line in lines_of(found):
        crossed = any(f.left < x < f.right for f in line)
        if runs[-1] and (crossed or line[0].top - bottom > _FAR * line[0].size):
            runs.append([])
        if not crossed:
            runs[-1] += line
        bottom = max(bottom, *(f.bottom for f in line))
    return runs


def _candidates(found: list[Fragment]) -> list[float]:
    """Places where something ends and, at a distance, something else begins on the same line."""
    counts: dict[float, int] = defaultdict(int)
    ordered = sorted(found, key=lambda f: f.top)
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 : n + 12]:
            if other.top >= one.bottom:
                break
            first, second = (one, other) if one.left <= other.left else (other, one)
            if second.left - first.right > 0.8 * min(one.size, other.size):
                counts[round(second.left - 0.2 * second.size)] += 1
    ranked = sorted(counts, key=lambda x: (-counts[x], x))
    return ranked[:_MOST_GUTTERS]


def _between(run: list[Fragment], x: float) -> _Gutter | None:
    """The gutter at `x` through some lines, if what is on its sides is text in columns."""
    left = [f for f in run if f.right <= x]
    right = [f for f in run if f.left >= x]
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return None
    top = max(_Bounds.of(left).top, _Bounds.of(right).top)
    bottom = min(_Bounds.of(left).bottom, _Bounds.of(right).bottom)
    tall = [b.bottom - b.top for b in (_Bounds.of(left), _Bounds.of(right))]
    if bottom - top < 0.5 * min(tall) or not (_is_prose(left) and _is_prose(right)):
        return None
    # a list in two columns is read line by line: that is the order in which it is counted
    if _share_marked(right) > 0.5 and _share_level(left, right) > 0.5:
        return None
    return _Gutter(x, min(f.top for f in run), max(f.bottom for f in run))


def _is_prose(column: list[Fragment]) -> bool:
    """Whether lines run on to the end of the column, as entries of a table do not."""
    wide = max(f.right for f in column) - min(f.left for f in column)
    full = sum(f.right - f.left >= _PROSE * wide for f in column)
    return 2 * full >= len(column) and wide > 6 * column[0].size


def _share_marked(column: list[Fragment]) -> float:
    return sum(f.text[0] in _MARKS for f in column) / len(column)


def _share_level(left: list[Fragment], right: list[Fragment]) -> float:
    level = sum(any(abs(r.middle - f.middle) < 0.3 * r.size for f in left) for r in right)
    return level / len(right)
