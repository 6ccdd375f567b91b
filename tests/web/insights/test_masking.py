"""What is hidden stays hidden: shown by linear algebra, and by a solver that looks for another answer."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tassei.web.insights.masking import VALUES, Atom, Groups, Row, masked, masked_matrix

LEVELS = (1, 2, 3)
GROUPS = Groups(LEVELS)
COUNT = 2 * len(LEVELS)
Shown = list[tuple[list[Row], int | None, int]]


@st.composite
def leaves(draw: st.DrawFn, key: object) -> Row:
    """A unit with nobody to a few dozens of people, most of whom stand at few places."""
    places = draw(st.lists(st.sampled_from(GROUPS.atoms), max_size=4, unique=True))
    numbers = st.integers(1, 3) | st.integers(1, 14)
    return Row(key, {a: draw(numbers) for a in places})


@st.composite
def trees(draw: st.DrawFn) -> Row:
    """An organisation of two or three floors."""

    def made(key: tuple[int, ...], depth: int) -> Row:
        if depth == 0 or draw(st.integers(0, 3)) == 0:
            return draw(leaves(key))
        count = draw(st.integers(1, 4 if depth == 2 else 3))
        return Row.of(key, [made((*key, n), depth - 1) for n in range(count)])

    return made((), 2)


def _leaves(row: Row) -> list[Row]:
    return [r for r in row.walk() if not r.children]


def _shown(root: Row, hidden: object) -> Shown:
    """Everything that somebody can read: for each number the units and the group that it counts."""
    assert isinstance(hidden, dict)
    found: Shown = []
    for row in root.walk():
        for group in (None, *range(COUNT)):
            if group is None or not hidden[row.key] >> group & 1:
                found.append((_leaves(row), group, _number(row, group)))
    return found


def _number(row: Row, group: int | None) -> int:
    return sum(n for a, n in row.counts.items() if group is None or GROUPS.of(a) >> group & 1)


@settings(max_examples=150, deadline=None)
@given(trees())
def test_no_small_group_follows_by_sums_and_differences(root: Row) -> None:
    """Whatever units are put together: a group between two limits that can be worked out is not small."""
    shown = _shown(root, masked(root, LEVELS))
    units = _leaves(root)
    space = _Space([_vector(units, of, group) for of, group, _ in shown])
    pairs: list[tuple[int | None, int | None]] = [(None, g) for g in range(COUNT)]
    pairs += [(g, None) for g in range(COUNT)] + list(GROUPS.within)
    for size in range(1, len(units) + 1):
        for some in combinations(units, size) if size <= 3 else [tuple(units)]:
            for inner, outer in pairs:
                count = sum(
                    _number(u, outer) - (0 if inner is None else _number(u, inner)) for u in some
                )
                if 0 < count < 5:
                    whole = _vector(units, list(some), outer)
                    part = [0] * len(whole) if inner is None else _vector(units, list(some), inner)
                    vector = [a - b for a, b in zip(whole, part, strict=True)]
                    assert not space.holds(vector), (inner, outer, count, [u.key for u in some])


def _vector(units: list[Row], of: list[Row], group: int | None) -> list[int]:
    """A number as a sum over everywhere that somebody of a unit could stand."""
    return [
        int(any(u is o for o in of) and (group is None or GROUPS.of(a) >> group & 1 == 1))
        for u in units
        for a in GROUPS.atoms
    ]


class _Space:
    """What can be worked out from some numbers by adding, subtracting and scaling."""

    def __init__(self, vectors: list[list[int]]) -> None:
        self._rows: dict[int, list[Fraction]] = {}
        for vector in vectors:
            left = self._reduced(vector)
            lead = next((n for n, v in enumerate(left) if v), None)
            if lead is not None:
                self._rows[lead] = [v / left[lead] for v in left]

    def _reduced(self, vector: list[int]) -> list[Fraction]:
        left = [Fraction(v) for v in vector]
        for lead in sorted(self._rows):
            if left[lead]:
                factor = left[lead]
                left = [a - factor * b for a, b in zip(left, self._rows[lead], strict=True)]
        return left

    def holds(self, vector: list[int]) -> bool:
        return not any(self._reduced(vector))


def _extremes(root: Row, shown: Shown, row: Row, group: int) -> tuple[int, int]:
    """The least and the greatest that a number can be, of all tables that show the same."""
    model = pytest.importorskip("ortools.sat.python.cp_model")
    found = []
    for direction in ("minimize", "maximize"):
        program = model.CpModel()
        most = root.people
        people = {
            (id(u), a): program.new_int_var(0, most, "")
            for u in _leaves(root)
            for a in GROUPS.atoms
        }
        for of, about, count in shown:
            program.add(_total(people, of, about) == count)
        getattr(program, direction)(_total(people, _leaves(row), group))
        solver = model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(program) == model.OPTIMAL
        found.append(int(solver.objective_value))
    return found[0], found[1]


def _total(people: dict[tuple[int, Atom], Any], of: list[Row], group: int | None) -> Any:
    return sum(
        people[id(u), a]
        for u in of
        for a in GROUPS.atoms
        if group is None or GROUPS.of(a) >> group & 1
    )


def _hidden(root: Row, hidden: object) -> Iterator[tuple[Row, int]]:
    assert isinstance(hidden, dict)
    for row in root.walk():
        for group in range(COUNT):
            if hidden[row.key] >> group & 1 and row.people:
                yield row, group


@settings(max_examples=25, deadline=None)
@given(trees(), st.data())
def test_a_hidden_number_can_be_several(root: Row, data: st.DataObject) -> None:
    """A solver that knows every number shown, and the size of every unit, finds other answers."""
    hidden = masked(root, LEVELS)
    cells = list(_hidden(root, hidden))
    if not cells:
        return
    shown = _shown(root, hidden)
    for row, group in data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=4)):
        least, most = _extremes(root, shown, row, group)
        assert most - least + 1 >= min(VALUES, row.people + 1)
        assert least <= _number(row, group) <= most


def test_two_small_units_are_no_small_group_together() -> None:
    """One and two people are hidden; the total less the others would tell that there are three."""
    units = [Row(n, {(1, 1): n, (0, 0): 20}) for n in (1, 2, 30, 40)]
    hidden = masked(Row.of("all", units), (1,))
    assert {k for k, v in hidden.items() if v} == {1, 2, 30}


def test_large_groups_are_shown() -> None:
    """Nothing is hidden without a reason."""
    root = Row.of(
        "all",
        [
            Row("a", {(1, 2): 20, (0, 1): 9, (3, 3): 8}),
            Row("b", {(1, 2): 12, (0, 1): 9, (3, 3): 5}),
        ],
    )
    assert set(masked(root, LEVELS).values()) == {0}


def test_one_small_unit_takes_the_smallest_beside_it_along() -> None:
    """A total less all other units would tell of the small one; the least is given up for it."""
    root = Row.of(
        "all",
        [
            Row("small", {(1, 1): 2, (0, 0): 20}),
            Row("large", {(1, 1): 40, (0, 0): 20}),
            Row("middle", {(1, 1): 9, (0, 0): 20}),
        ],
    )
    hidden = masked(root, (1,))
    assert {k for k, v in hidden.items() if v} == {"small", "middle"}


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 4), st.data())
def test_a_matrix_keeps_its_small_cells(size: int, data: st.DataObject) -> None:
    """Known sums of rows and columns leave every hidden cell open, and no line of them a small group."""
    numbers = st.integers(0, 3) | st.integers(0, 30)
    counts = [[data.draw(numbers) for _ in range(size)] for _ in range(size)]
    hidden = masked_matrix(counts)
    if all(all(row) for row in hidden):
        return
    for i, j in ((i, j) for i in range(size) for j in range(size)):
        assert hidden[i][j] or not 0 < counts[i][j] < 5
    lines = [[(i, j) for j in range(size)] for i in range(size)]
    lines += [[(i, j) for i in range(size)] for j in range(size)]
    for line in lines:
        total = sum(counts[i][j] for i, j in line)
        together = sum(counts[i][j] for i, j in line if hidden[i][j])
        assert not 0 < together < 5 or total == together
    model = pytest.importorskip("ortools.sat.python.cp_model")
    cells = [(i, j) for i in range(size) for j in range(size) if hidden[i][j]]
    for cell in cells[:3]:
        span = []
        for direction in ("minimize", "maximize"):
            program = model.CpModel()
            people = {c: program.new_int_var(0, 10_000, "") for c in cells}
            for line in lines:
                if asked := [c for c in line if c in people]:
                    program.add(
                        sum(people[c] for c in asked) == sum(counts[i][j] for i, j in asked)
                    )
            getattr(program, direction)(people[cell])
            solver = model.CpSolver()
            solver.parameters.num_workers = 1
            assert solver.solve(program) == model.OPTIMAL
            span.append(int(solver.objective_value))
        sums = (sum(counts[cell[0]]), sum(row[cell[1]] for row in counts))
        assert span[1] - span[0] + 1 >= min(VALUES, *(s + 1 for s in sums))
