"""No group under five can be worked out: proved by solving for every hidden number."""

import random
from itertools import pairwise

import pytest
from ortools.sat.python import cp_model

from tassei.population.counting import Heads, Ladder, ladder
from tassei.population.masking import (
    Mark,
    Marks,
    MaskedHeads,
    cells,
    containing,
    masked,
    masked_matrix,
)
from tassei.population.workforce import Field

Key = tuple[object, ...]


def _table(seed: int) -> tuple[Heads, dict[str | None, int]]:
    """A made table: some units, few people or many at some of the levels."""
    draw = random.Random(seed)
    levels = draw.randint(1, 4)
    field = Field("edition/field", tuple(range(1, levels + 1)))
    groups: dict[str | None, dict[tuple[int, int], int]] = {}
    for unit in range(draw.randint(1, 6)):
        group: dict[tuple[int, int], int] = {}
        for _ in range(draw.randint(0, 5)):
            sure = draw.randint(0, levels)
            at = sure, draw.randint(sure, levels)
            group[at] = group.get(at, 0) + draw.choice([1, 1, 2, 3, 5, 8, 20])
        groups[f"u{unit}" if unit else None] = group
    sizes = {u: max(1, sum(g.values()) + draw.choice([0, 0, 1, 10])) for u, g in groups.items()}
    units = {u: ladder(field, [g]) for u, g in groups.items()}
    return Heads(field, ladder(field, list(groups.values())), units), sizes


class _Attack:
    """All that a reader of the table knows, as equations; and what follows from them."""

    def __init__(self, found: MaskedHeads, sizes: dict[str | None, int], fewest: int) -> None:
        self.model = cp_model.CpModel()
        self.fewest = fewest
        self.numbers: dict[tuple[object, int], cp_model.IntVar] = {}
        self.secrets: dict[Key, tuple[cp_model.LinearExpr | cp_model.IntVar, int]] = {}
        heads = found.heads
        levels = len(heads.field.levels)
        for unit, counts in heads.units.items():
            self._row(unit, counts, found.units[unit], sizes[unit])
        self._row("total", heads.total, found.total, sum(sizes.values()))
        for group in range(2 * levels):
            parts = [self.numbers[u, group] for u in heads.units]
            self.model.add(sum(parts) == self.numbers["total", group])

    def _row(self, name: object, counts: Ladder, marks: Marks, people: int) -> None:
        numbers, told = [*counts[0], *counts[1]], [*marks[0], *marks[1]]
        entirely = all(m is Mark.WITHHELD for m in told)
        for group, (count, mark) in enumerate(zip(numbers, told, strict=True)):
            low, high = 0 if entirely else self.fewest, people
            if mark is Mark.SHOWN:
                low = high = count
            elif mark is Mark.SMALL:
                low, high = 0, min(people, self.fewest - 1)
            self.numbers[name, group] = self.model.new_int_var(low, high, "")
            if mark is not Mark.SHOWN:
                self.secrets[name, group] = self.numbers[name, group], count
        for group, larger in enumerate(containing(len(counts[0]))):
            for one in larger:
                apart = self.numbers[name, one] - self.numbers[name, group]
                self.model.add(apart >= 0)
                if 0 < numbers[one] - numbers[group] < self.fewest:
                    self.secrets[name, group, one] = apart, numbers[one] - numbers[group]

    def worked_out(self) -> set[Key]:
        """The secrets that can only have the value they have."""
        other = {}
        for key, (expression, value) in self.secrets.items():
            other[key] = self.model.new_bool_var("")
            self.model.add(expression != value).only_enforce_if(other[key])
        left = set(other)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        while left:
            self.model.maximize(sum(other[k] for k in left))
            assert solver.solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
            free = {k for k in left if solver.value(other[k])}
            if not free:
                break
            left -= free
        return left


@pytest.mark.parametrize("batch", range(4))
def test_no_hidden_number_can_be_worked_out(batch: int) -> None:
    """Neither a number nor a small difference of two follows from all that is shown.

    Over units and total together, with sizes of units known, for hundreds of made tables.
    """
    for seed in range(100 * batch, 100 * batch + 100):
        heads, sizes = _table(seed)
        attack = _Attack(masked(heads, sizes), sizes, 5)
        assert not attack.worked_out(), seed


def test_a_higher_threshold_hides_as_well() -> None:
    """`--smallest 10` holds for groups under ten."""
    for seed in range(40):
        heads, sizes = _table(seed)
        found = masked(heads, sizes, 10)
        assert not _Attack(found, sizes, 10).worked_out(), seed
        shown = [
            c.count
            for u, counts in heads.units.items()
            for pair in cells(counts, found.units[u])
            for c in pair
        ]
        assert all(n is None or n >= 10 for n in shown)


def test_without_help_a_small_unit_could_be_worked_out() -> None:
    """The test above can fail: masking small numbers alone gives a unit away as the rest of a total."""
    field = Field("edition/field", (1,))
    heads = Heads(field, ((23,), (23,)), {"a": ((20,), (20,)), "b": ((3,), (3,))})
    sizes: dict[str | None, int] = {"a": 40, "b": 40}
    small: Marks = ((Mark.SMALL,), (Mark.SMALL,))
    shown: Marks = ((Mark.SHOWN,), (Mark.SHOWN,))
    naive = MaskedHeads(heads, shown, {"a": shown, "b": small})
    assert _Attack(naive, sizes, 5).worked_out() == {("b", 0), ("b", 1)}
    found = masked(heads, sizes)
    assert found.units["a"][0] == (Mark.WITHHELD,)
    assert not _Attack(found, sizes, 5).worked_out()


def test_two_levels_do_not_give_a_small_group_away() -> None:
    """Of two numbers that differ by two, the smaller is withheld."""
    field = Field("edition/field", (1, 2))
    heads = Heads(field, ((20, 18), (40, 40)), {})
    found = masked(heads, {None: 100})
    assert found.total == ((Mark.SHOWN, Mark.WITHHELD), (Mark.SHOWN, Mark.SHOWN))


def test_sure_and_possible_do_not_give_a_small_group_away() -> None:
    """Two people of whom it cannot be told are not the difference of two numbers."""
    field = Field("edition/field", (1,))
    found = masked(Heads(field, ((20,), (22,)), {}), {None: 100})
    assert found.total == ((Mark.WITHHELD,), (Mark.SHOWN,))


def test_masking_depends_on_the_counts_alone() -> None:
    """The order of units does not change what is hidden."""
    heads, sizes = _table(7)
    turned = Heads(heads.field, heads.total, dict(reversed(list(heads.units.items()))))
    one, other = masked(heads, sizes), masked(turned, dict(reversed(list(sizes.items()))))
    assert one.total == other.total


def _matrix(seed: int) -> list[list[int]]:
    draw = random.Random(seed)
    size = draw.randint(2, 6)
    return [
        [draw.choice([0, 0, 0, 1, 3, 4, 6, 30]) + (200 if i == j else 0) for j in range(size)]
        for i in range(size)
    ]


@pytest.mark.parametrize("column_sums", [True, False])
def test_no_hidden_movement_can_be_worked_out(column_sums: bool) -> None:
    """Sums of rows and columns that are known leave every hidden cell at least two values."""
    hidden = 0
    for seed in range(60):
        counts = _matrix(seed)
        told = masked_matrix(counts, column_sums=column_sums)
        if all(c.mark is Mark.WITHHELD for row in told for c in row):
            continue
        model = cp_model.CpModel()
        rows: list[list[cp_model.IntVar]] = []
        for i, row in enumerate(told):
            rows.append([])
            for j, one in enumerate(row):
                low, high = {
                    Mark.SHOWN: (counts[i][j], counts[i][j]),
                    Mark.SMALL: (1, 4),
                    Mark.WITHHELD: (5, 10_000),
                }[one.mark]
                rows[-1].append(model.new_int_var(low, high, ""))
        for i, numbers in enumerate(counts):
            if sum(numbers) >= 5:
                model.add(sum(rows[i]) == sum(numbers))
        for j in range(len(counts)):
            total = sum(row[j] for row in counts)
            if column_sums and total >= 5:
                model.add(sum(row[j] for row in rows) == total)
        for i, row in enumerate(told):
            for j, one in enumerate(row):
                if one.mark is Mark.SHOWN:
                    continue
                hidden += 1
                again = model.clone()
                again.add(again.get_int_var_from_proto_index(rows[i][j].index) != counts[i][j])
                solver = cp_model.CpSolver()
                solver.parameters.num_workers = 1
                assert solver.solve(again) in (cp_model.OPTIMAL, cp_model.FEASIBLE), (seed, i, j)
    assert hidden > 50


def test_counts_fall_as_the_level_rises() -> None:
    """What stands at a level stands at all below."""
    heads, _ = _table(3)
    for counts in heads.units.values():
        assert all(low >= high for world in counts for low, high in pairwise(world))
