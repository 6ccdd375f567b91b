"""Lines that cross make cells, numbered by row and column."""

from hypothesis import given
from hypothesis import strategies as st

from tassei.documents.reading.glyphs import Stroke
from tassei.documents.reading.ruled import cells

EDGES = st.lists(st.integers(1, 60), min_size=2, max_size=8, unique=True).map(
    lambda steps: [10.0 * s for s in sorted(steps)]
)


def _grid(xs: list[float], ys: list[float]) -> list[Stroke]:
    down = [Stroke(x, ys[0], x, ys[-1]) for x in xs]
    return down + [Stroke(xs[0], y, xs[-1], y) for y in ys]


@given(EDGES, EDGES, st.randoms(use_true_random=False))
def test_a_grid_has_a_cell_for_each_row_and_column(
    xs: list[float], ys: list[float], chance: object
) -> None:
    """In whatever order its lines come, and however many pieces each is drawn in."""
    strokes = _grid(xs, ys)
    halves = [
        half
        for s in strokes
        for half in (
            Stroke(s.left, s.top, (s.left + s.right) / 2, (s.top + s.bottom) / 2),
            Stroke((s.left + s.right) / 2, (s.top + s.bottom) / 2, s.right, s.bottom),
        )
    ]
    wanted = [(r, c) for r in range(1, len(ys)) for c in range(1, len(xs))]
    for some in (strokes, halves, strokes[::-1], strokes * 2):
        found = cells(some)
        assert sorted((c.row, c.column) for c in found) == wanted
        assert {c.table for c in found} == {found[0].table}
        for cell in found:
            place = cell.left, cell.top, cell.right, cell.bottom
            row, column = cell.row - 1, cell.column - 1
            assert place == (xs[column], ys[row], xs[column + 1], ys[row + 1])


@given(EDGES, EDGES, st.data())
def test_a_lost_line_inside_merges_two_cells(
    xs: list[float], ys: list[float], data: st.DataObject
) -> None:
    """The cells on its two sides become one, which has the place of the first."""
    row = data.draw(st.integers(1, len(ys) - 1))
    column = data.draw(st.integers(1, len(xs) - 1))
    if column == len(xs) - 1:
        return
    x = xs[column]
    strokes = [s for s in _grid(xs, ys) if s.left != x or s.right != x]
    strokes += [Stroke(x, ys[0], x, ys[row - 1]), Stroke(x, ys[row], x, ys[-1])]
    wanted = {(r, c) for r in range(1, len(ys)) for c in range(1, len(xs))} - {(row, column + 1)}
    found = cells(strokes)
    assert {(c.row, c.column) for c in found} == _ranked(wanted, len(xs), len(ys), column + 1, row)
    [merged] = [c for c in found if (c.left, c.top) == (xs[column - 1], ys[row - 1])]
    assert merged.right == xs[column + 1]
    assert merged.bottom == ys[row]


def _ranked(
    wanted: set[tuple[int, int]], columns: int, rows: int, lost: int, row: int
) -> set[tuple[int, int]]:
    """With a single row the line that was lost begins no column at all."""
    if rows > 2:
        return wanted
    return {(r, c - (c > lost)) for r, c in wanted}


def test_lines_that_enclose_nothing_make_no_cells() -> None:
    """Rules above and below a heading, a cross, three sides."""
    across = [Stroke(0, y, 100, y) for y in (10, 20)]
    assert cells(across) == []
    assert cells([Stroke(0, 50, 100, 50), Stroke(50, 0, 50, 100)]) == []
    assert cells([*across, Stroke(0, 10, 0, 20)]) == []


def test_two_tables_are_told_apart() -> None:
    """Each has rows and columns of its own."""
    found = cells(_grid([0, 10, 20], [0, 10]) + _grid([50, 60], [0, 10, 20]))
    assert len({c.table for c in found}) == 2
    assert sorted((c.row, c.column) for c in found) == [(1, 1), (1, 1), (1, 2), (2, 1)]
