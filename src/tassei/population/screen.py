"""Alternatives -> tables: which of many outcomes hold for a record, found by and-ing rows of bits.

Every alternative of every outcome has one bit. A record begins with all bits set; what it holds looks
up some rows, and each row clears the alternatives that it rules out. An outcome holds where one of its
bits is left. There is nothing here but tables, so a standard with other thresholds, more levels or new
measures makes other tables and no other code.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from tassei.population.alternatives import Alternative, Alternatives, Asked, Test
from tassei.rules.nodes import Atom

Words = NDArray[np.uint64]
Integers = NDArray[np.int32]
WORD = 64
LANES = 4
"""Rows are a multiple of so many words, which processors combine at once."""
JOINT_ROWS = 256
"""Columns of single values are looked up together as long as their codes make no more rows."""
GROUP_BITS = 8
"""So many bits of a record are looked up together at most; tests on more of them are counted."""


def words_for(bits: int) -> int:
    """How many words hold that many bits; at least one, so that no table is empty."""
    return max(1, -(-bits // WORD))


def packed(bits: int, words: int) -> list[int]:
    """A set of bits as words, the lowest bits first."""
    return [(bits >> (WORD * w)) & (2**WORD - 1) for w in range(words)]


class Lookups(NamedTuple):
    """Which rows a record looks up; R stands for the number of all rows.

    Args:
        rows: (R, width) the alternatives that are left.
        ends: (columns) 1 for the last of the columns of single values that are looked up together.
        stride: (columns) by how many rows one more in its code moves.
        joint_row: (worlds, joint look-ups) the first row of each.
        bounds, first_bound: of each column the sorted bounds that part its values into codes; it has
            none where its values are codes.
        word, shift, ones: (groups) the bits `bits[word] >> shift & ones` are looked up together.
        group_row: (groups) the first row of each.
        first, last, mask: (counts) `mask[t]` of the words `first[t]:last[t]` is counted.
        count_row: (counts) the first row of each.
    """

    rows: Words
    ends: Integers
    stride: Integers
    joint_row: Integers
    bounds: NDArray[np.int64]
    first_bound: Integers
    word: Integers
    shift: Words
    ones: Words
    group_row: Integers
    first: Integers
    last: Integers
    mask: Words
    count_row: Integers


class Outputs(NamedTuple):
    """Where the alternatives of each outcome stand: for word w the entries `start[w]:start[w + 1]`.

    Args:
        outcome: (entries) number of the outcome.
        mask: (entries) the bits of its alternatives in that word.
    """

    start: Integers
    outcome: Integers
    mask: Words


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

    def outputs(self) -> Outputs:
        start, outcome, mask = [0], [], []
        for w in range(self.width):
            for number, span in enumerate(self.spans):
                if part := packed(span, self.width)[w]:
                    outcome.append(number)
                    mask.append(part)
            start.append(len(outcome))
        return Outputs(as_integers(start), as_integers(outcome), np.array(mask, np.uint64))

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
        rows: list[list[int]] = []
        answered: set[Asked] = set()
        ends, stride, joint_row = self._joint(singles, rows, answered)
        word, shift, ones, group_row = [], [], [], []
        for number, group in enumerate(layout.groups):
            tests = self._tests(group)
            answered |= tests
            word.append(GROUP_BITS * number // WORD)
            shift.append(GROUP_BITS * number % WORD)
            ones.append(2 ** len(group) - 1)
            group_row.append(len(rows))
            for bits in range(2 ** len(group)):
                held = {a for n, a in enumerate(group) if bits >> n & 1}
                rows.append(self._left(tests, held))
        first, last, mask, count_row = [], [], [], []
        for atoms, tests in _by_atoms(self._tests(layout.counted)).items():
            answered |= tests
            counted = packed(sum(1 << layout.places[a] for a in atoms), layout.words)
            touched = [w for w, bits in enumerate(counted) if bits]
            first.append(touched[0])
            last.append(touched[-1] + 1)
            mask.append(counted)
            count_row.append(len(rows))
            for count in range(len(atoms) + 1):
                failed = sum_of(self.asking[t] for t in tests if t.at_least > count)
                rows.append(packed(self.everything & ~failed, self.width))
        for asked in self.asking:
            if isinstance(asked, Test) and asked not in answered:
                raise TypeError(f"no column answers {asked}")
        bounds = [b for single in singles for b in single.bounds]
        return Lookups(
            as_words(rows, self.width),
            as_integers(ends),
            as_integers(stride),
            np.array(joint_row, np.int32).reshape(2, -1),
            np.array(bounds, np.int64),
            as_integers([0, *_running(len(s.bounds) for s in singles)]),
            as_integers(word),
            np.array(shift, np.uint64),
            np.array(ones, np.uint64),
            as_integers(group_row),
            as_integers(first),
            as_integers(last),
            as_words(mask, layout.words),
            as_integers(count_row),
        )

    def _joint(
        self, singles: Sequence[Single], rows: list[list[int]], answered: set[Asked]
    ) -> tuple[list[bool], list[int], list[list[int]]]:
        """Columns of single values, as many looked up together as make a table of bearable size."""
        parts: list[list[Single]] = []
        for single in singles:
            if parts and prod(len(s.sure) for s in (*parts[-1], single)) <= JOINT_ROWS:
                parts[-1].append(single)
            else:
                parts.append([single])
        ends = [place == len(part) - 1 for part in parts for place in range(len(part))]
        stride = [
            prod(len(s.sure) for s in part[place + 1 :])
            for part in parts
            for place in range(len(part))
        ]
        first: list[list[int]] = [[], []]
        for part in parts:
            tests = self._tests(frozenset().union(*(s.atoms for s in part)))
            answered |= tests
            for world in (0, 1):
                first[world].append(len(rows))
                for held in product(*((s.possible if world else s.sure) for s in part)):
                    rows.append(self._left(tests, frozenset().union(*held)))
        return ends, stride, first

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
        for alternative in sorted(found, key=_order):
            for asked in alternative:
                asking[asked] = asking.get(asked, 0) | 1 << bit
            bit += 1
        spans.append((1 << bit) - (1 << first))
    width = -(-words_for(bit) // LANES) * LANES
    ordered = {asked: asking[asked] for asked in sorted(asking, key=lambda a: a.order)}
    return Screen(width, (1 << bit) - 1, ordered, tuple(spans))


def _order(alternative: Alternative) -> list[tuple[object, ...]]:
    return sorted(a.order for a in alternative)


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


def _running(numbers: Iterable[int]) -> Iterable[int]:
    total = 0
    for number in numbers:
        total += number
        yield total


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
