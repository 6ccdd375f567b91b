"""Which numbers of a tree of units may be shown, so that no small group can be worked out from them.

A table tells, for each unit with all below it, how many people stand at a level of a field or above it,
surely and possibly. Everything that is ever shown of one field at one time comes from one such tree:
whatever unit somebody filters by, and whether it is a page, CSV or a workbook. Three steps hide numbers;
each only ever hides more, and what a unit hides, the units below it hide too.

1. In each unit: a number of one to four; and of two numbers, one of which counts some of the others'
   people (a higher level, surely and possibly, the whole unit), the smaller if they differ by one to four.
2. Between a unit and those right below it: what remains of a number when all units that show it are
   taken away must not be one to four people either, nor what lies between two such remainders.
3. Every hidden number must be able to be any of `VALUES` numbers. It can, if so many people of the unit
   could stand where people of another unit stand, and these in their place, without any number that is
   shown being another. Where that is not so, a further number is hidden beside it, or above it.

The first two are about groups that a sum or difference gives exactly, the third about what inequalities
leave open; tests derive the first from linear algebra, and search the second with a solver.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import define, field, frozen

FEWEST = 5
"""Groups of fewer people than this are never shown."""
VALUES = 2
"""So many values, at the least, remain open for a hidden number.

With three, a unit in which nobody stands at the top would have to be hidden together with most others:
in made organisations half of all numbers were lost in place of a quarter.
"""

Atom = tuple[int, int]
"""The highest level that somebody surely stands at, and possibly; 0 for none."""
Key = Hashable


@frozen
class Groups:
    """The groups that a field's numbers are about, each a bit: surely at each level, then possibly.

    Args:
        levels: ascending.
    """

    levels: tuple[int, ...]

    def bit(self, level: int, *, possibly: bool) -> int:
        """The place of a group."""
        return self.levels.index(level) + (len(self.levels) if possibly else 0)

    def of(self, atom: Atom) -> int:
        """The groups that a person belongs to, as bits."""
        sure, possible = atom
        found = 0
        for n, level in enumerate(self.levels):
            found |= (sure >= level) << n | (possible >= level) << (n + len(self.levels))
        return found

    @cached_property
    def all(self) -> int:
        return (1 << 2 * len(self.levels)) - 1

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Everywhere that somebody could stand."""
        steps = (0, *self.levels)
        return tuple((s, p) for s in steps for p in steps if s <= p)

    @cached_property
    def within(self) -> tuple[tuple[int, int], ...]:
        """Pairs of a group and one that contains it."""
        count = 2 * len(self.levels)
        members = [frozenset(a for a in self.atoms if self.of(a) >> g & 1) for g in range(count)]
        return tuple((g, h) for g in range(count) for h in range(count) if members[g] < members[h])


@define
class Row:
    """A unit with all below it.

    Args:
        counts: how many people stand where.
        hidden: the groups whose numbers are not shown, as bits.
    """

    key: Key
    counts: dict[Atom, int]
    children: tuple["Row", ...] = ()
    parent: "Row | None" = field(default=None, repr=False)
    hidden: int = 0

    @classmethod
    def of(cls, key: Key, children: Iterable["Row"]) -> "Row":
        """The sum of others."""
        made = cls(key, {}, tuple(children))
        for child in made.children:
            child.parent = made
            for atom, count in child.counts.items():
                made.counts[atom] = made.counts.get(atom, 0) + count
        return made

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    def walk(self) -> Iterator["Row"]:
        """Go through the unit and all below it, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()

    def hide(self, bits: int) -> None:
        for row in self.walk():
            row.hidden |= bits


Way = list[tuple[Row, int]]
"""What is hidden together: groups of some units, as bits."""


def masked(
    root: Row, levels: Sequence[int], fewest: int = FEWEST, values: int = VALUES
) -> Mapping[Key, int]:
    """Decide which numbers of a tree are hidden.

    Returns:
        For each unit the hidden groups, as bits of `Groups`.
    """
    table = _Table(root, Groups(tuple(levels)), fewest, values)
    table.protect()
    return {row.key: row.hidden for row in table.rows}


class _Table:
    """One field in all units."""

    def __init__(self, root: Row, groups: Groups, fewest: int, values: int) -> None:
        self.root = root
        self.groups = groups
        self.fewest = fewest
        self.values = values
        self.rows = list(root.walk())
        self._bits = {a: groups.of(a) for a in {a for r in self.rows for a in r.counts}}
        self._everywhere = [groups.of(a) for a in groups.atoms]
        self._numbers = {id(r): self._count(r) for r in self.rows}
        self._sizes = {id(r): r.people for r in self.rows}

    def _count(self, row: Row) -> list[int]:
        found = [0] * (2 * len(self.groups.levels))
        for atom, count in row.counts.items():
            for g in range(len(found)):
                found[g] += count * (self._bits[atom] >> g & 1)
        return found

    def number(self, row: Row, group: int | None) -> int:
        """How many people of a unit are in a group; in all where it is None."""
        return self._sizes[id(row)] if group is None else self._numbers[id(row)][group]

    def small(self, count: int) -> bool:
        return 0 < count < self.fewest

    def protect(self) -> None:
        """All three steps, until none hides more."""
        for row in self.rows:
            self._within(row)
        before = -1
        while before != (now := sum(r.hidden.bit_count() for r in self.rows)):
            before = now
            for row in self.rows:
                self._remainders(row)
            for row in self.rows:
                self._open(row)

    # --- the first step

    def _within(self, row: Row) -> None:
        within = self.groups.within
        larger: dict[int, list[int]] = {}
        for inner, outer in within:
            larger.setdefault(inner, []).append(outer)
        # the largest groups first, so that of two numbers the greater is the one that stays
        for group in sorted(
            range(2 * len(self.groups.levels)), key=lambda g: len(larger.get(g, ()))
        ):
            count = self.number(row, group)
            around = [self.number(row, None)]
            around += [
                self.number(row, h) for h in larger.get(group, ()) if not row.hidden >> h & 1
            ]
            if self.small(count) or any(self.small(n - count) for n in around):
                row.hide(1 << group)

    # --- the second step

    def _remainders(self, row: Row) -> None:
        if not row.children:
            return
        groups: list[int | None] = [None, *range(2 * len(self.groups.levels))]
        pairs: list[tuple[int | None, int | None]] = [(None, g) for g in groups[1:]]
        pairs += [(g, None) for g in groups[1:]]
        pairs += list(self.groups.within)
        again = True
        while again:
            again = False
            for inner, outer in pairs:
                again = self._remainder(row, inner, outer) or again

    def _remainder(self, row: Row, inner: int | None, outer: int | None) -> bool:
        """Take care of what lies between two groups; of one itself where the other is None.

        Returns:
            Whether anything was hidden.
        """
        asked = [g for g in (inner, outer) if g is not None]
        if any(row.hidden >> g & 1 for g in asked):
            return False
        rest = [c for c in row.children if any(c.hidden >> g & 1 for g in asked)]
        if not self.small(sum(self._between(c, inner, outer) for c in rest)):
            return False
        others = [c for c in row.children if c not in rest and self._between(c, inner, outer)]
        target = min(others, key=lambda c: self._between(c, inner, outer), default=row)
        target.hide(1 << asked[0])
        return True

    def _between(self, row: Row, inner: int | None, outer: int | None) -> int:
        if inner is None:
            return self.number(row, outer)
        return self.number(row, outer) - self.number(row, inner)

    # --- the third step

    def _open(self, row: Row) -> None:
        for group in range(2 * len(self.groups.levels)):
            while row.hidden >> group & 1 and not self._is_open(row, group):
                self._hide_more(row, group)

    def _is_open(self, row: Row, group: int) -> bool:
        needed = min(self.values - 1, self._sizes[id(row)])
        return needed == 0 or any(
            self._room(row, other, group, mask) >= needed for other, mask in _partners(row)
        )

    def _room(self, row: Row, other: Row | None, group: int, mask: int) -> int:
        """How many other values a number can have when people trade places with another unit.

        Args:
            other: None for a trade with nobody, where no unit above shows the groups either.
            mask: the groups that may change.
        """
        if not mask >> group & 1:
            return 0
        # people who are told apart by hidden groups alone may stand in one another's place
        mine: dict[int, list[int]] = {}
        for atom, count in row.counts.items():
            bits = self._bits[atom]
            mine.setdefault(bits & ~mask, [0, 0])[bits >> group & 1] += count
        theirs: dict[int, list[int]] = {}
        if other is None:
            for bits in self._everywhere:
                theirs.setdefault(bits & ~mask, [0, 0])[bits >> group & 1] = self._sizes[id(row)]
        else:
            for atom, count in other.counts.items():
                bits = self._bits[atom]
                theirs.setdefault(bits & ~mask, [0, 0])[bits >> group & 1] += count
        room = 0
        for shown, (out, in_) in mine.items():
            if shown in theirs:
                room += min(in_, theirs[shown][0]) + min(out, theirs[shown][1])
        return room

    def _hide_more(self, row: Row, group: int) -> None:
        """Hide what opens a number at the least loss; else what lies above, and at last everything."""
        ways = [w for w in self._ways(row, group) if self._opens(row, group, w)]
        if ways:
            for other, bits in min(ways, key=self._loss):
                other.hide(bits)
        elif row.parent is not None and not row.parent.hidden >> group & 1:
            row.parent.hide(1 << group)
        elif row.parent is not None and row.hidden & ~row.parent.hidden:
            row.parent.hide(row.hidden)
        elif row.hidden != self.groups.all:
            row.hide(self.groups.all)
        else:
            self.root.hide(self.groups.all)

    def _ways(self, row: Row, group: int) -> Iterator[Way]:
        """What could be hidden: numbers of a unit that people trade with, one more of this one, or both."""
        bit, every = 1 << group, self.groups.all
        left = [1 << g for g in range(2 * len(self.groups.levels)) if not row.hidden >> g & 1]
        here = row
        while here.parent is not None:
            # whoever trades with a unit further off is seen to by those in between
            for other in (o for o in here.parent.children if o is not here):
                for bits in (bit, row.hidden, *(bit | more for more in left), every):
                    yield [(here, bits), (other, bits)]
            here = here.parent
        yield from ([(row, more)] for more in left)
        yield from ([(row, one | other)] for one in left for other in left if one < other)

    def _opens(self, row: Row, group: int, way: Way) -> bool:
        before = [(r, r.hidden) for r, _ in way]
        for one, bits in way:
            one.hidden |= bits
        opened = self._is_open(row, group)
        for one, hidden in before:
            one.hidden = hidden
        return opened

    def _loss(self, way: Way) -> tuple[int, int]:
        """How many units below lose a number, and how large the numbers are that are lost."""
        lost = [
            (len(list(row.walk())), self.number(row, g))
            for row, bits in way
            for g in range(2 * len(self.groups.levels))
            if bits >> g & 1 and not row.hidden >> g & 1
        ]
        return sum(n for n, _ in lost), sum(n for _, n in lost)


def _partners(row: Row) -> Iterator[tuple[Row | None, int]]:
    """Whom the people of a unit can trade places with, and the groups that nobody then sees change."""
    mask, here = row.hidden, row
    while here.parent is not None:
        for other in here.parent.children:
            if other is not here:
                yield other, mask & here.hidden & other.hidden
        here = here.parent
        mask &= here.hidden
    yield None, mask


# --- one matrix


def masked_matrix(
    counts: Sequence[Sequence[int]], fewest: int = FEWEST, values: int = VALUES
) -> tuple[tuple[bool, ...], ...]:
    """Decide which cells of a matrix are hidden whose rows and columns have sums that are known.

    A cell is hidden if it is one to four people, or all of its row or column but one to four. A hidden
    cell is open once so many people at two corners of a rectangle of hidden cells could stand at the
    two others. Where cells cannot be opened, the matrix is hidden altogether.

    Returns:
        For each cell whether it is hidden.
    """
    rows, columns = range(len(counts)), range(len(counts[0]) if counts else 0)
    row_sums = [sum(row) for row in counts]
    column_sums = [sum(row[j] for row in counts) for j in columns]

    def small(count: int) -> bool:
        return 0 < count < fewest

    hidden = {
        (i, j)
        for i in rows
        for j in columns
        if small(counts[i][j])
        or small(row_sums[i] - counts[i][j])
        or small(column_sums[j] - counts[i][j])
    }

    def rectangles(i: int, j: int) -> Iterator[tuple[int, int, int, int]]:
        """Two other corners, and by how much the cell could be less and more."""
        for k in rows:
            for m in columns:
                if k != i and m != j:
                    less = min(counts[i][j], counts[k][m])
                    yield k, m, less, min(counts[i][m], counts[k][j])

    def room(i: int, j: int) -> int:
        inside = [
            (less, more)
            for k, m, less, more in rectangles(i, j)
            if {(i, m), (k, j), (k, m)} <= hidden
        ]
        return max((n for n, _ in inside), default=0) + max((n for _, n in inside), default=0)

    def lines(i: int, j: int) -> Iterator[list[tuple[int, int]]]:
        yield [(i, m) for m in columns]
        yield [(k, j) for k in rows]

    def beside(i: int, j: int) -> set[tuple[int, int]]:
        """What is hidden so that the hidden cells of a line are not a small group together."""
        for line in lines(i, j):
            together = sum(counts[a][b] for a, b in line if (a, b) in hidden)
            shown = [(counts[a][b], a, b) for a, b in line if (a, b) not in hidden and counts[a][b]]
            if small(together) and shown:
                return {min(shown)[1:]}
        return set()

    def opening(i: int, j: int) -> set[tuple[int, int]] | None:
        """What is hidden so that a cell is open; None where nothing opens it."""
        if room(i, j) >= min(values - 1, row_sums[i], column_sums[j]):
            return set()
        ways = [
            (sum(counts[a][b] for a, b in new), sorted(new))
            for k, m, less, more in rectangles(i, j)
            if less + more and (new := {(i, m), (k, j), (k, m)} - hidden)
        ]
        return set(min(ways)[1]) if ways else None

    waiting = sorted(hidden)
    while waiting:
        i, j = waiting[-1]
        new = beside(i, j) or opening(i, j)
        if new is None:
            return tuple(tuple(True for _ in columns) for _ in rows)
        if not new:
            waiting.pop()
        hidden |= new
        waiting += sorted(new)
    return tuple(tuple((i, j) in hidden for j in columns) for i in rows)
