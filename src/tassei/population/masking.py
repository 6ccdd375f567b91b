"""Which numbers of a table may be shown, so that no group under five can be worked out.

A head-count shows how many stand at a level or above. Groups under five hide in it in three ways: as a
number, as the difference of two numbers of which one group contains the other (two levels, or surely and
possibly), and as a total less the other units. Each number is therefore shown, `SMALL` or `WITHHELD`:

1. a number under five is `SMALL`; of two numbers that differ by one to four, the smaller is `WITHHELD`;
2. as long as a hidden number has only one value that fits everything shown, a unit more is withheld
   altogether for the field, the one with the fewest people first.

What fits is decided by witnesses: a hidden number is safe once it can be one more or one less in a whole
table of people that shows the very same. The witness moves one person's worth between two units, or
between a unit and a total that is hidden there too. Nothing but the counts decides, so that every
table made of the same people hides the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum, unique

from attrs import Factory, define, frozen

from tassei.population.counting import Heads, Ladder

FEWEST = 5
"""Groups of fewer people than this are never shown."""


@unique
class Mark(IntEnum):
    """What a reader is told about a number."""

    SHOWN = 0
    SMALL = 1
    WITHHELD = 2


_FEW = 3
Marks = tuple[tuple[Mark, ...], tuple[Mark, ...]]
"""The marks of a `Ladder`."""


@frozen
class MaskedHeads:
    """The head-counts of one field with what may be shown of them."""

    heads: Heads
    total: Marks
    units: Mapping[str | None, Marks]


def masked(heads: Heads, sizes: Mapping[str | None, int], fewest: int = FEWEST) -> MaskedHeads:
    """Mark the numbers of one field.

    Args:
        sizes: how many people are in each unit; known to everybody, as organisations are.
    """
    levels = len(heads.field.levels)
    total = _Row(_flat(heads.total), sum(sizes.values()), levels, fewest)
    names = list(heads.units)
    rows = [_Row(_flat(heads.units[u]), sizes[u], levels, fewest) for u in names]
    _Table(total, rows).protect()
    return MaskedHeads(
        heads, total.marks(), {u: r.marks() for u, r in zip(names, rows, strict=True)}
    )


def _flat(ladder: Ladder) -> list[int]:
    sure, possible = ladder
    return [*sure, *possible]


def containing(levels: int) -> list[list[int]]:
    """For each group, those that it is part of; groups 0 to `levels` are sure, the rest possible.

    Whoever stands at a level stands at all below, and whoever surely stands there possibly does.
    """
    found = []
    for group in range(2 * levels):
        possible, level = divmod(group, levels)
        sure = [] if possible else list(range(level))
        found.append(sure + [levels + n for n in range(level if possible else level + 1)])
    return found


@define
class _Row:
    """The numbers of one unit, or of all, and what is told of each.

    Args:
        people: how many there are in all; taken as known.
        entirely: the row is withheld altogether, so that nothing is told about any number.
    """

    counts: list[int]
    people: int
    levels: int
    fewest: int
    told: list[Mark] = Factory(list)
    entirely: bool = False

    def __attrs_post_init__(self) -> None:
        self.told = [Mark.SHOWN] * len(self.counts)
        # the largest groups first, so that of two numbers the greater is the one that stays
        supersets = containing(self.levels)
        order = sorted(range(len(self.counts)), key=lambda g: len(supersets[g]))
        for group in order:
            count = self.counts[group]
            around = [self.people]
            around += [self.counts[s] for s in supersets[group] if self.told[s] is Mark.SHOWN]
            if count < self.fewest:
                self.told[group] = Mark.SMALL
            elif any(0 < larger - count < self.fewest for larger in around):
                self.told[group] = Mark.WITHHELD
        self.settle()

    def settle(self) -> None:
        """Withhold what leaves a withheld number, which is not small, a single value."""
        supersets, subsets = _links(self.levels)
        squeezed = [-1]
        while squeezed and not self.entirely:
            squeezed = []
            for group in (g for g, m in enumerate(self.told) if m is Mark.WITHHELD):
                shown = [self.counts[s] for s in subsets[group] if self.told[s] is Mark.SHOWN]
                above = [s for s in supersets[group] if self.told[s] is Mark.SHOWN]
                least = max([self.fewest, *shown])
                if self.people <= least:
                    self.withhold()
                squeezed += [s for s in above if self.counts[s] <= least]
            for group in squeezed:
                self.told[group] = Mark.WITHHELD

    @property
    def hidden(self) -> frozenset[int]:
        return frozenset(g for g, mark in enumerate(self.told) if mark is not Mark.SHOWN)

    def withhold(self) -> None:
        self.entirely = True
        self.told = _nothing(self)

    def marks(self) -> Marks:
        return tuple(self.told[: self.levels]), tuple(self.told[self.levels :])

    def may_be(self, group: int, count: int) -> bool:
        """Whether a number would be told in the same way."""
        match self.told[group]:
            case Mark.SHOWN:
                return False
            case Mark.SMALL:
                return 0 <= count < self.fewest and count <= self.people
        return count <= self.people and count >= (0 if self.entirely else self.fewest)


def _nothing(row: _Row) -> list[Mark]:
    return [Mark.WITHHELD] * len(row.counts)


@define
class _Table:
    """A total and the units that it is the sum of."""

    total: _Row
    rows: list[_Row]
    _proved: list[int] = Factory(list)
    """Units that balanced another one before; they are likely to again."""

    def protect(self) -> None:
        """Withhold whole units until every hidden number could be another one.

        What can move once can move when more is withheld, so each number is looked at once.
        """
        links = _links(self.total.levels)
        by_size = sorted(self.rows, key=lambda r: (not any(r.counts), r.people, r.counts))
        waiting = [(row, group) for row in self.rows for group in sorted(row.hidden)]
        while waiting:
            row, group = waiting.pop(0)
            if self._can_move(row, group, links):
                continue
            helper = self._helper(row, group, by_size, links)
            if helper is None:
                # everybody stands there: the total alone tells it of each unit
                if self.total.told[group] is Mark.SHOWN:
                    self.total.told[group] = Mark.WITHHELD
                    self.total.settle()
                    waiting.append((row, group))
                continue
            already = helper.hidden
            helper.withhold()
            waiting.append((row, group))
            waiting += [(helper, g) for g in sorted(helper.hidden - already)]
        for group in sorted(self.total.hidden):
            # a total is worked out where no unit is hidden
            for row in by_size:
                if any(_moves(r, self.total, group, links, together=True) for r in self.rows):
                    break
                if not row.entirely:
                    already = row.hidden
                    row.withhold()

    def _helper(
        self, row: _Row, group: int, by_size: Sequence[_Row], links: "_Links"
    ) -> _Row | None:
        """The unit to withhold: one that settles it if there is one, the unit itself last."""
        left = [r for r in by_size if not r.entirely]
        for other in (r for r in left if r is not row):
            before, other.told, other.entirely = other.told, _nothing(other), True
            settled = _moves(row, other, group, links, together=False)
            other.told, other.entirely = before, False
            if settled:
                return other
        return row if not row.entirely else next(iter(left), None)

    def _can_move(self, row: _Row, group: int, links: "_Links") -> bool:
        if self.total.told[group] is not Mark.SHOWN and _moves(
            row, self.total, group, links, together=True
        ):
            return True
        for other in dict.fromkeys((*self._proved[-_FEW:], *range(len(self.rows)))):
            partner = self.rows[other]
            if (
                partner is not row
                and partner.told[group] is not Mark.SHOWN
                and _moves(row, partner, group, links, together=False)
            ):
                self._proved.append(other)
                return True
        return False


_Links = tuple[list[list[int]], list[list[int]]]


def _links(levels: int) -> _Links:
    supersets = containing(levels)
    subsets: list[list[int]] = [[] for _ in supersets]
    for group, larger in enumerate(supersets):
        for one in larger:
            subsets[one].append(group)
    return supersets, subsets


def _moves(row: _Row, other: _Row, group: int, links: _Links, *, together: bool) -> bool:
    """Whether a number of a row can be one more or one less without anything shown being another.

    Args:
        other: what balances it: a unit that goes the opposite way, or the total that goes along.
    """
    return any(
        _moves_by(row, other, group, step, step if together else -step, links) for step in (1, -1)
    )


def _moves_by(row: _Row, other: _Row, group: int, step: int, counter: int, links: _Links) -> bool:
    """Change a number and all that must change with it for groups to stay parts of one another."""
    changed = {group}
    todo = [group]
    while todo:
        g = todo.pop()
        for one, by in ((row, step), (other, counter)):
            if not one.may_be(g, one.counts[g] + by):
                return False
            # what is as large as this one goes up with it, what is as small goes down with it
            for h in links[0][g] if by > 0 else links[1][g]:
                if h not in changed and one.counts[h] == one.counts[g]:
                    changed.add(h)
                    todo.append(h)
    return True


@frozen
class Cell:
    """A number as it may be told.

    Args:
        count: None where it is not shown.
    """

    mark: Mark
    count: int | None


def cell(mark: Mark, count: int) -> Cell:
    """A number, or only that it is hidden."""
    return Cell(mark, count if mark is Mark.SHOWN else None)


def cells(ladder: Ladder, marks: Marks) -> tuple[tuple[Cell, Cell], ...]:
    """For each level, how many stand there surely and possibly, as it may be told."""
    return tuple((cell(m, s), cell(n, p)) for s, p, m, n in zip(*ladder, *marks, strict=True))


def small(count: int, fewest: int = FEWEST) -> Cell:
    """A number that stands alone, with nothing to be worked out from."""
    return cell(Mark.SMALL if count < fewest else Mark.SHOWN, count)


def masked_matrix(
    counts: Sequence[Sequence[int]], fewest: int = FEWEST, *, column_sums: bool = True
) -> tuple[tuple[Cell, ...], ...]:
    """Mark the cells of a table whose rows and columns have sums that others may know.

    Args:
        column_sums: those of the columns may be known, too.

    A cell without anybody is no group and is shown. A hidden cell is safe once it stands at a corner of a
    rectangle of hidden cells around which one person more and one less, in turn, would be told in the
    same way. Where there is no such rectangle, the cells of the one that costs least are withheld; where
    none is possible, everything. Where only one of its two sums is known, a pair along it does.
    """
    rows, columns = range(len(counts)), range(len(counts[0]) if counts else 0)
    told = [[Mark.SMALL if 0 < n < fewest else Mark.SHOWN for n in row] for row in counts]

    def may_be(corner: tuple[int, int], step: int) -> bool:
        i, j = corner
        count = counts[i][j] + step
        return 0 < count < fewest if 0 < counts[i][j] < fewest else count >= fewest

    # a sum that is a small group itself is known to nobody
    row_known = [sum(row) >= fewest for row in counts]
    column_known = [column_sums and sum(row[j] for row in counts) >= fewest for j in columns]

    def balances(i: int, j: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """Cells around which people may have moved without changing a sum that is known."""
        for k in rows:
            for m in columns:
                balanced = (row_known[i] or row_known[k]) <= (m != j) and (
                    column_known[j] or column_known[m]
                ) <= (k != i)
                # neighbours go opposite ways, around a rectangle as in a pair
                corners = tuple(dict.fromkeys(((i, j), (i, m), (k, m), (k, j))))
                if balanced and any(
                    all(may_be(c, step * (-1) ** n) for n, c in enumerate(corners))
                    for step in (1, -1)
                ):
                    yield corners

    def cost(corners: tuple[tuple[int, int], ...]) -> tuple[int, tuple[tuple[int, int], ...]]:
        return sum(counts[i][j] for i, j in corners if told[i][j] is Mark.SHOWN), corners

    for i, j in [(i, j) for i in rows for j in columns if told[i][j] is Mark.SMALL]:
        best = min(balances(i, j), key=cost, default=None)
        if best is None:
            return tuple(tuple(Cell(Mark.WITHHELD, None) for _ in columns) for _ in rows)
        for k, m in best:
            if told[k][m] is Mark.SHOWN:
                told[k][m] = Mark.WITHHELD
    return tuple(tuple(cell(told[i][j], counts[i][j]) for j in columns) for i in rows)
