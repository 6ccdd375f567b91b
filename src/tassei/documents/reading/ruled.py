"""Straight lines of a page -> the cells of its tables."""

from collections.abc import Iterable

from attrs import frozen

from tassei.documents.reading.glyphs import Stroke

_NEAR = 3.0
"""Ends and lines closer than this [points] meet."""
_MOST_CROSSINGS = 40_000
_MOST_STEPS = 400_000


@frozen
class Cell:
    """A rectangle that lines enclose, with its place in its table; a merged cell has its first."""

    left: float
    top: float
    right: float
    bottom: float
    table: int = 0
    row: int = 1
    column: int = 1

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@frozen
class _Line:
    """A line at some height (or distance from the left), between two ends."""

    at: float
    start: float
    end: float


def cells(strokes: Iterable[Stroke]) -> list[Cell]:
    """Find the smallest rectangles that lines enclose on four sides, table by table.

    A page with more crossings than any table has none of its tables found; its text is read as
    lines then.
    """
    across, down = [], []
    for s in strokes:
        if s.bottom - s.top <= s.right - s.left:
            across.append(_Line((s.top + s.bottom) / 2, s.left, s.right))
        else:
            down.append(_Line((s.left + s.right) / 2, s.top, s.bottom))
    across, down = _whole(across), _whole(down)
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    on_row: list[list[int]] = [[] for _ in across]
    on_column: list[list[int]] = [[] for _ in down]
    meet: set[tuple[int, int]] = set()
    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if _reaches(h, v.at) and _reaches(v, h.at):
                on_row[i].append(j)
                on_column[j].append(i)
                meet.add((i, j))
    return _grouped(_corners(on_row, on_column, meet), across, down)


def _whole(lines: list[_Line]) -> list[_Line]:
    """Put together lines drawn in pieces, and those drawn side by side."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda x: (x.at, x.start)):
        if rows and line.at - rows[-1][0].at <= _NEAR:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for row in rows:
        at = sum(x.at for x in row) / len(row)
        start = end = None
        for line in sorted(row, key=lambda x: x.start):
            if end is None or line.start - end > _NEAR:
                if start is not None and end is not None:
                    found.append(_Line(at, start, end))
                start, end = line.start, line.end
            else:
                end = max(end, line.end)
        if start is not None and end is not None:
            found.append(_Line(at, start, end))
    return found


def _reaches(line: _Line, at: float) -> bool:
    return line.start - _NEAR <= at <= line.end + _NEAR


_Corner = tuple[int, int]


def _corners(
    on_row: list[list[int]], on_column: list[list[int]], meet: set[_Corner]
) -> list[tuple[int, int, int, int]]:
    """For each crossing the smallest rectangle right below it: its upper, left, lower, right line."""
    found = []
    steps = 0
    for i, j in sorted(meet):
        rights = [m for m in on_row[i] if m > j]
        best = None
        for k in on_column[j]:
            if k <= i or best:
                continue
            for m in rights:
                steps += 1
                if (k, m) in meet:
                    best = (i, j, k, m)
                    break
        if best:
            found.append(best)
        if steps > _MOST_STEPS:
            return []
    return found


def _grouped(
    found: list[tuple[int, int, int, int]], across: list[_Line], down: list[_Line]
) -> list[Cell]:
    """Number the tables (cells that share a corner), and in each the rows and columns."""
    owner: dict[_Corner, _Corner] = {}

    def root(corner: _Corner) -> _Corner:
        while owner.setdefault(corner, corner) != corner:
            owner[corner] = owner[owner[corner]]
            corner = owner[corner]
        return corner

    for i, j, k, m in found:
        for corner in ((i, m), (k, j), (k, m)):
            owner[root(corner)] = root((i, j))
    tables: dict[_Corner, list[tuple[int, int, int, int]]] = {}
    for rectangle in found:
        tables.setdefault(root(rectangle[:2]), []).append(rectangle)
    cells = []
    for number, table in enumerate(tables.values()):
        tops = _ranks(across[i].at for i, _, _, _ in table)
        lefts = _ranks(down[j].at for _, j, _, _ in table)
        cells += [
            Cell(
                down[j].at, across[i].at, down[m].at, across[k].at,
                number, tops[across[i].at], lefts[down[j].at],
            )
            for i, j, k, m in table
        ]  # fmt: skip
    return cells


def _ranks(values: Iterable[float]) -> dict[float, int]:
    return {v: n for n, v in enumerate(sorted(set(values)), start=1)}
