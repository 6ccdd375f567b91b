"""Alternatives -> tables: which of many outcomes hold for a record, found by and-ing rows of bits.

Every alternative of every outcome has one bit. A record begins with all bits set; what it holds looks
up some rows, and each row clears the alternatives that it rules out. An outcome holds where one of its
bits is left. There is nothing here but tables, so a standard with other thresholds, more levels or new
measures makes other tables and no other code.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise, product
from math import prod
from typing import NamedTuple

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from tassei.population.alternatives import Alternatives, Asked, Test, order_of
from tassei.rules.nodes import Atom

Words = NDArray[np.uint64]
Integers = NDArray[np.int32]
WORD = 64
LANES = 2
"""The kernel takes so many words of a row at once."""
JOINT_ROWS = 1024
"""Columns of single values are looked up together as long as their codes make no more rows."""
GROUP_BITS = 8
"""So many bits of a record are looked up together at most; tests on more of them are counted."""


def words_for(bits: int) -> int:
    """How many words hold that many bits; at least one, so that no table is empty."""
    return max(1, -(-bits // WORD))


def packed(bits: int, words: int) -> list[int]:
    """A set of bits as words, the lowest bits first."""
    return [(bits >> (WORD * w)) & (2**WORD - 1) for w in range(words)]


COLUMN = np.dtype([("first", np.int64), ("last", np.int64)])
"""A column of single values: the part of `bounds` that parts its values into codes."""
JOINT = np.dtype([(name, np.int64) for name in ("first", "last", "sure", "possible")])
"""Single values that are looked up together: the part of `parts`, and the first row of each world."""
PART = np.dtype([("column", np.int64), ("stride", np.int64)])
"""The number of a column, and by how many rows one more in its code moves."""
GROUP = np.dtype([(name, np.uint64) for name in ("word", "shift", "ones", "row")])
"""Bits that are looked up together: `bits[word] >> shift & ones`, from `row` on."""
COUNT = np.dtype([(name, np.uint64) for name in ("first", "last", "row")])
"""Bits that are counted, those of a mask in the words from `first` to `last`, from `row` on."""
BLOCK = np.dtype(
    [(name, np.uint64) for name in ("first_row", "last_row", "first_count", "last_count")]
)
"""Which look-ups can clear anything in `LANES` words: parts of `which` and of `counts`."""
Records = NDArray[np.void]


class Lookups(NamedTuple):
    """Which rows a record looks up.

    Args:
        rows: (rows, width) the alternatives that are left; row 0 has all that are in use.
        columns: records of `COLUMN`, with the `bounds` of all of them.
        joints: records of `JOINT`, with the `parts` of all of them.
        groups: records of `GROUP`; look-ups by joints and groups are numbered together.
        counts: records of `COUNT`, with the masks of all of them: (counts, words).
        blocks: records of `BLOCK`, with the numbers of rows, `which`, of all of them.
    """

    rows: Words
    columns: Records
    bounds: NDArray[np.int64]
    joints: Records
    parts: Records
    groups: Records
    counts: Records
    masks: Words
    blocks: Records
    which: NDArray[np.uint64]


@frozen
class Single:
    """A column of single values, by what its codes answer; code 0 is the unknown.

    Args:
        atoms: what the column is asked.
        sure, possible: for each code, which of the atoms surely and which possibly hold.
        bounds: for a measure, the values at which its codes change.
    """

    atoms: frozenset[Atom]
    sure: tuple[frozenset[Atom], ...]
    possible: tuple[frozenset[Atom], ...]
    bounds: tuple[int, ...] = ()


@frozen
class Screen:
    """The alternatives of some outcomes.

    Args:
        width: words of a row.
        everything: all bits that are in use.
        asking: for whatever stands in alternatives, the bits of those it stands in.
        spans: for each outcome the bits of its alternatives.
    """

    width: int
    everything: int
    asking: Mapping[Asked, int]
    spans: tuple[int, ...]

    def outcome_of(self) -> Integers:
        """The outcome that each alternative belongs to."""
        return as_integers(
            number for number, span in enumerate(self.spans) for _ in range(span.bit_count())
        )

    def layout(self, atoms: Sequence[Atom]) -> "Layout":
        """A place for each atom among the bits of a record, such that tests find theirs together."""
        groups: list[list[Atom]] = []
        rest: list[Atom] = []
        for part in _connected(atoms, [t.atoms for t in self._tests(atoms)]):
            if len(part) > GROUP_BITS:
                rest += part
            elif groups and len(groups[-1]) + len(part) <= GROUP_BITS:
                groups[-1] += part
            else:
                groups.append(list(part))
        # groups fill words without crossing them; what is counted begins a word of its own
        places = {
            a: GROUP_BITS * g + n for g, group in enumerate(groups) for n, a in enumerate(group)
        }
        start = WORD * words_for(GROUP_BITS * len(groups)) if groups else 0
        places |= {a: start + n for n, a in enumerate(rest)}
        words = words_for(max(places.values(), default=0) + 1)
        return Layout(places, tuple(map(tuple, groups)), frozenset(rest), words)

    def lookups(self, layout: "Layout", singles: Sequence[Single]) -> Lookups:
        """The tables of the screen for records of that layout and these columns.

        Raises:
            TypeError: a test asks for what no column answers.
        """
        rows = [packed(self.everything, self.width)]
        answered: set[Asked] = set()
        joints, parts = self._joints(singles, rows, answered)
        groups, counts, masks = [], list[tuple[int, int, int]](), []
        for number, group in enumerate(layout.groups):
            tests = self._tests(group)
            answered |= tests
            place = GROUP_BITS * number
            groups.append((place // WORD, place % WORD, 2 ** len(group) - 1, len(rows)))
            for bits in range(2 ** len(group)):
                held = {a for n, a in enumerate(group) if bits >> n & 1}
                rows.append(self._left(tests, held))
        found = list(_by_atoms(self._tests(layout.counted)).items())
        firsts = []
        for atoms, tests in found:
            answered |= tests
            firsts.append(len(rows))
            for count in range(len(atoms) + 1):
                failed = sum_of(self.asking[t] for t in tests if t.at_least > count)
                rows.append(packed(self.everything & ~failed, self.width))
        for asked in self.asking:
            if isinstance(asked, Test) and asked not in answered:
                raise TypeError(f"no column answers {asked}")
        table = as_words(rows, self.width)
        begins = [*(j[2] for j in joints), *(g[3] for g in groups), *firsts, len(rows)]
        blocks, which = [], list[int]()
        for at in range(0, self.width, LANES):
            clears = [
                bool((table[a:b, at : at + LANES] != table[0, at : at + LANES]).any())
                for a, b in pairwise(begins)
            ]
            first_row, first_count = len(which), len(counts)
            which += [k for k in range(len(joints) + len(groups)) if clears[k]]
            for (atoms, _), row, needed in zip(
                found, firsts, clears[len(begins) - 1 - len(found) :], strict=True
            ):
                if needed:
                    counted = layout.row(atoms)
                    touched = [w for w, bits in enumerate(counted) if bits]
                    masks.append(counted)
                    counts.append((touched[0], touched[-1] + 1, row))
            blocks.append((first_row, len(which), first_count, len(counts)))
        return Lookups(
            table,
            np.array(_spans(len(single.bounds) for single in singles), COLUMN),
            np.array([b for single in singles for b in single.bounds], np.int64),
            np.array(joints, JOINT),
            np.array(parts, PART),
            np.array(groups, GROUP),
            np.array(counts, COUNT),
            as_words(masks, layout.words),
            np.array(blocks, BLOCK),
            np.array(which, np.uint64),
        )

    def _joints(
        self, singles: Sequence[Single], rows: list[list[int]], answered: set[Asked]
    ) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
        """Look-ups of several single values each, such that every test finds its columns in one."""
        column_of = {a: n for n, single in enumerate(singles) for a in single.atoms}
        tests = self._tests(column_of)
        answered |= tests
        wanted = {frozenset(column_of[a] for a in test.atoms) for test in tests}
        sets: list[frozenset[int]] = []
        for columns in sorted(wanted, key=lambda c: (-len(c), sorted(c))):
            for n, others in enumerate(sets):
                if rows_of([singles[c] for c in columns | others]) <= JOINT_ROWS:
                    sets[n] = columns | others
                    break
            else:
                sets.append(columns)
        joints: list[tuple[int, ...]] = []
        parts: list[tuple[int, int]] = []
        for members in map(sorted, sets):
            mine = self._tests(a for c in members for a in singles[c].atoms)
            begin, first = len(parts), []
            for place, column in enumerate(members):
                parts.append((column, rows_of([singles[c] for c in members[place + 1 :]])))
            for world in (0, 1):
                first.append(len(rows))
                codes = [singles[c].possible if world else singles[c].sure for c in members]
                for held in product(*codes):
                    rows.append(self._left(mine, frozenset().union(*held)))
            joints.append((begin, len(parts), *first))
        return joints, parts

    def _tests(self, atoms: Iterable[Atom]) -> set[Test]:
        """The tests that these atoms answer."""
        among = frozenset(atoms)
        return {t for t in self.asking if isinstance(t, Test) and t.atoms <= among}

    def _left(self, tests: Iterable[Test], held: Iterable[Atom]) -> list[int]:
        """What is left where of all that the tests ask just this is held."""
        held = frozenset(held)
        failed = sum_of(self.asking[t] for t in tests if len(t.atoms & held) < t.at_least)
        return packed(self.everything & ~failed, self.width)


@frozen
class Layout:
    """Where the bits of a record stand.

    Args:
        places: the bit of each atom.
        groups: atoms that are looked up together; group g begins at bit `GROUP_BITS * g`.
        counted: atoms that are counted instead.
        words: of a record.
    """

    places: Mapping[Atom, int]
    groups: tuple[tuple[Atom, ...], ...]
    counted: frozenset[Atom]
    words: int
    _packed: dict[frozenset[Atom], list[int]] = field(factory=dict, init=False)

    def row(self, atoms: Iterable[Atom]) -> list[int]:
        """A set of atoms as the words of a record; atoms without a place are left out."""
        return packed(sum(1 << self.places[a] for a in set(atoms) if a in self.places), self.words)


def screen_of(outcomes: Sequence[Alternatives]) -> Screen:
    """Lay out the alternatives of the outcomes one after the other."""
    asking: dict[Asked, int] = {}
    spans = []
    bit = 0
    for found in outcomes:
        first = bit
        for alternative in sorted(found, key=order_of):
            for asked in alternative:
                asking[asked] = asking.get(asked, 0) | 1 << bit
            bit += 1
        spans.append((1 << bit) - (1 << first))
    width = -(-words_for(bit) // LANES) * LANES
    ordered = {asked: asking[asked] for asked in sorted(asking, key=lambda a: a.order)}
    return Screen(width, (1 << bit) - 1, ordered, tuple(spans))


def _connected(atoms: Sequence[Atom], sets: Iterable[frozenset[Atom]]) -> list[list[Atom]]:
    """The atoms in parts, such that no set reaches over two of them; in the order given."""
    part_of = {a: {a} for a in atoms}
    for members in sets:
        joined = set().union(*(part_of[a] for a in members))
        for atom in joined:
            part_of[atom] = joined
    parts: dict[int, list[Atom]] = {}
    for atom in atoms:
        parts.setdefault(id(part_of[atom]), []).append(atom)
    return list(parts.values())


def _by_atoms(tests: Iterable[Test]) -> dict[frozenset[Atom], set[Test]]:
    found: dict[frozenset[Atom], set[Test]] = {}
    for test in sorted(tests, key=lambda t: t.order):
        found.setdefault(test.atoms, set()).add(test)
    return found


def rows_of(singles: Iterable[Single]) -> int:
    """How many rows it takes to look these columns up together."""
    return prod(len(single.sure) for single in singles)


def _spans(sizes: Iterable[int]) -> list[tuple[int, int]]:
    """From where to where each goes when they stand one behind the other."""
    return list(pairwise([0, *accumulate(sizes)]))


def sum_of(bits: Iterable[int]) -> int:
    """The union of sets of bits."""
    total = 0
    for one in bits:
        total |= one
    return total


def as_words(rows: Sequence[Sequence[int]], width: int) -> Words:
    return np.array(rows, np.uint64).reshape(len(rows), width)


def as_integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int32)
