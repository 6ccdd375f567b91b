"""Alternatives -> tables: which of many outcomes hold for a record, found by and-ing rows of bits.

Every alternative of every outcome has one bit. A record begins with all bits set; each value that it
holds looks up a row, and the row clears the alternatives that the value rules out. An outcome holds
where one of its bits is left. There is nothing here but tables, so a standard with other thresholds,
more levels or new measures makes other tables and no other code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from tassei.population.alternatives import Alternative, Alternatives, Asked, Test
from tassei.rules.nodes import Atom

Words = NDArray[np.uint64]
Integers = NDArray[np.int32]
WORD = 64


def words_for(bits: int) -> int:
    """How many words hold that many bits; at least one, so that no table is empty."""
    return max(1, -(-bits // WORD))


def packed(bits: int, words: int) -> list[int]:
    """A set of bits as words, the lowest bits first."""
    return [(bits >> (WORD * w)) & (2**WORD - 1) for w in range(words)]


class Tests(NamedTuple):
    """Counts over the bits of a record: of test t, row `row[t] + count` says what is left.

    Args:
        mask: (tests, words of the record) the bits that are counted.
        row: (tests) its first row.
        rows: (rows, words) alternatives left for each count.
        first, last: (tests) the words of alternatives that it can clear, `last` excluded.
    """

    mask: Words
    row: Integers
    rows: Words
    first: Integers
    last: Integers


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
class Screen:
    """The tables of some outcomes.

    Args:
        width: words of alternatives.
        everything: (width) all bits that are in use.
        asking: for whatever stands in alternatives, the bits of those it stands in.
        spans: for each outcome the bits of its alternatives.
    """

    width: int
    everything: int
    asking: Mapping[Asked, int]
    outputs: Outputs
    spans: tuple[int, ...]

    def tests(self, bit_of: Mapping[Atom, int], record_words: int) -> Tests:
        """The tests over sets of bits of a record; other atoms are the matter of `row_of`."""
        by_atoms: dict[frozenset[Atom], dict[int, int]] = {}
        for test, bits in self.asking.items():
            if isinstance(test, Test) and test.atoms <= bit_of.keys():
                by_atoms.setdefault(test.atoms, {})[test.at_least] = bits
        mask, row, first, last = [], [], [], []
        rows: list[list[int]] = []
        for atoms, thresholds in by_atoms.items():
            mask.append(packed(sum(1 << bit_of[a] for a in atoms), record_words))
            row.append(len(rows))
            for count in range(len(atoms) + 1):
                failed = sum_of(bits for k, bits in thresholds.items() if k > count)
                rows.append(packed(self.everything & ~failed, self.width))
            touched = [
                w for w, bits in enumerate(packed(sum_of(thresholds.values()), self.width)) if bits
            ]
            first.append(min(touched))
            last.append(max(touched) + 1)
        return Tests(
            as_words(mask, record_words),
            as_integers(row),
            as_words(rows, self.width),
            as_integers(first),
            as_integers(last),
        )

    def row_of(self, atoms: Iterable[Atom], holds: Callable[[Atom], bool]) -> list[int]:
        """What a value leaves that answers these questions alone, each by `holds`."""
        asked = set(atoms)
        left = self.everything
        for test, bits in self.asking.items():
            if (
                isinstance(test, Test)
                and test.atoms <= asked
                and sum(map(holds, test.atoms)) < test.at_least
            ):
                left &= ~bits
        return packed(left, self.width)


def screen_of(outcomes: Sequence[Alternatives]) -> Screen:
    """Lay out the alternatives of the outcomes one after the other."""
    asking: dict[Asked, int] = {}
    spans = []
    bit = 0
    for found in outcomes:
        first = bit
        for alternative in sorted(found, key=_order):
            for test in alternative:
                asking[test] = asking.get(test, 0) | 1 << bit
            bit += 1
        spans.append((1 << bit) - (1 << first))
    width = words_for(bit)
    start, outcome, mask = [0], [], []
    for w in range(width):
        for number, span in enumerate(spans):
            if part := packed(span, width)[w]:
                outcome.append(number)
                mask.append(part)
        start.append(len(outcome))
    outputs = Outputs(as_integers(start), as_integers(outcome), np.array(mask, np.uint64))
    ordered = {asked: asking[asked] for asked in sorted(asking, key=lambda a: a.order)}
    return Screen(width, (1 << bit) - 1, ordered, outputs, tuple(spans))


def _order(alternative: Alternative) -> list[tuple[object, ...]]:
    return sorted(a.order for a in alternative)


def sum_of(bits: Iterable[int]) -> int:
    """The union of sets of bits."""
    total = 0
    for one in bits:
        total |= one
    return total


def as_words(rows: Sequence[Sequence[int]], width: int) -> Words:
    return np.array(rows, np.uint64).reshape(len(rows), width)


def as_integers(values: Sequence[int]) -> Integers:
    return np.array(values, np.int32)
