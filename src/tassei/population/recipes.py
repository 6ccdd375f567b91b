"""Demands -> arrays from which whole columns are drawn: lists of terms to take, bounds to stand on.

For each demand there are lists of terms that just satisfy it, such lists with more in them, and lists
that just fail; a column is then one `take`. All lists are closed (a term brings the broader ones), and
keep to what the fields of the work know, so that every record made of them can be read as evidence.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from attrs import define, field, frozen

from tassei.population.demands import Count, least, scattered
from tassei.population.draws import Numbers

VARIANTS = 6
"""So many lists are made for each demand and kind, hits and misses each."""
Item = TypeVar("Item", str, tuple[str, int])


@define
class Lists(Generic[Item]):
    """Distinct lists, by number; number 0 is the empty list."""

    numbers: dict[tuple[Item, ...], int] = field(factory=lambda: {(): 0})

    def number(self, items: Iterable[Item]) -> int:
        return self.numbers.setdefault(tuple(sorted(items)), len(self.numbers))

    def all(self) -> list[tuple[Item, ...]]:
        return list(self.numbers)


@frozen
class Choices:
    """For one demand and kind: numbers of lists that satisfy it, and of lists that just fail.

    Args:
        misses: empty where nothing can fail.
        rest_of_hits, rest_of_misses: for each, the list of terms that surely do not hold where the
            record is partial.
    """

    hits: tuple[int, ...]
    misses: tuple[int, ...]
    rest_of_hits: tuple[int, ...] = ()
    rest_of_misses: tuple[int, ...] = ()


@define
class TermLists:
    """Lists of terms that hold, made once for each distinct question.

    Args:
        close: adds the broader terms that follow.
    """

    close: Callable[[Iterable[str]], frozenset[str]]
    lists: Lists[str] = field(factory=Lists)
    _made: dict[object, Choices] = field(factory=dict)

    def choices(self, counts: tuple[Count, ...], vocabulary: frozenset[str]) -> Choices:
        """Lists over a vocabulary that satisfy the counts, and lists that just fail them."""
        key = (counts, vocabulary)
        if key not in self._made:
            self._made[key] = self._make(counts, vocabulary)
        return self._made[key]

    def _make(self, counts: tuple[Count, ...], vocabulary: frozenset[str]) -> Choices:
        hits: list[frozenset[str]] = []
        misses: list[frozenset[str]] = []
        for n in range(VARIANTS):
            just = self.close(least(counts, f"least {n}"))
            spare = scattered(vocabulary - just, "spare")
            # nothing more, something more, a good deal more; over all variants, any of the spare
            more = _turned(spare, n)[: n % 3 * -(-len(spare) // 4)]
            hits.append(self.close(just | set(more)))
            fewer = (
                self.close(t for t in just & vocabulary if term not in self.close([t]))
                for term in scattered(just, f"miss {n}")
            )
            misses += [f for f in fewer if not all(c.holds(dict.fromkeys(f, 0)) for c in counts)][
                :1
            ]
        return Choices(
            tuple(map(self.lists.number, hits)),
            tuple(map(self.lists.number, misses)),
            tuple(self.lists.number(_rest(h, vocabulary, n)) for n, h in enumerate(hits)),
            tuple(self.lists.number(_rest(m, vocabulary, n)) for n, m in enumerate(misses)),
        )


def _turned(terms: list[str], n: int) -> list[str]:
    """The terms from another place on for each number, so that over all numbers all are used."""
    turn = n * len(terms) // VARIANTS
    return terms[turn:] + terms[:turn]


def _rest(held: frozenset[str], vocabulary: frozenset[str], n: int) -> frozenset[str]:
    """What surely does not hold: all the rest, or all but one or two of which nothing is said."""
    return frozenset(scattered(vocabulary - held, f"rest {n}")[n % 3 :])


@define
class RankedLists:
    """Lists of terms at ranks: areas at their depth, skill items at their level."""

    lists: Lists[tuple[str, int]] = field(factory=Lists)

    def choices(
        self, counts: tuple[Count, ...], vocabulary: frozenset[str], usual: int, highest: int
    ) -> Choices:
        """Lists that satisfy the counts, and lists that just fail them.

        Args:
            usual: the rank about which terms stand that nothing is asked of.
            highest: the greatest rank there is.
        """
        hits: list[dict[str, int]] = []
        misses: list[dict[str, int]] = []
        for n in range(VARIANTS):
            just = least(counts, f"least {n}")
            deeper = {t: min(r + (n % 3 == 2), highest) for t, r in just.items()}
            spare = scattered(vocabulary - just.keys(), "spare")
            beside = {
                t: min(max(usual - 1 + i % 3, 0), highest)
                for i, t in enumerate(_turned(spare, n)[: -(-len(spare) * (n + 1) // 12)])
            }
            hits.append(beside | deeper)
            asked = {t for c in counts for t, _ in c.ranks}
            others = {t: r for t, r in beside.items() if t not in asked}
            for term in scattered(just, f"miss {n}"):
                fewer = {t: r for t, r in just.items() if t != term}
                # one step too shallow, or not there at all
                short = fewer | ({term: just[term] - 1} if just[term] and n % 2 else {})
                if not all(c.holds(short) for c in counts):
                    misses.append(others | short)
                    break
        return Choices(
            tuple(self.lists.number(h.items()) for h in hits),
            tuple(self.lists.number(m.items()) for m in misses),
        )


def padded(rows: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Rows of unequal length as one array, with the length of each."""
    width = max((len(r) for r in rows), default=0) or 1
    array = np.zeros((len(rows), width), dtype=np.int64)
    for n, row in enumerate(rows):
        array[n, : len(row)] = row
    return array, np.array([len(r) for r in rows], dtype=np.int64)
