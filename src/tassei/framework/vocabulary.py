"""The words that rules and evidence share: terms, measures and scales.

One id means one thing in every edition, so that one engagement is judged against all of them; an
edition keeps its own wording of the name. An id that an edition does not use is none of its business:
evidence written for that edition says nothing about it.
"""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from tassei.text import Text


@frozen
class Term:
    """A named thing that can be recorded: a criterion, an outcome, an area, a kind of succession.

    Args:
        id: kebab-case, shared by all editions that mean the same.
        name: as the document has it in its language, and our translation into the other.
    """

    id: str
    name: Text


@frozen
class Measure:
    """A size that is given in whole units (persons, yen, sites, square metres).

    Args:
        countable: English says "fewer" of its units, not "less".
    """

    id: str
    name: Text
    unit: Text
    money: bool = False
    countable: bool = True


@frozen
class Scale:
    """A size in words: chains of terms, each ordered from the least to the greatest.

    Terms of different chains do not compare, so neither satisfies the other.
    """

    id: str
    name: Text
    chains: tuple[tuple[Term, ...], ...]

    def at_least(self, term_id: str) -> frozenset[str]:
        """The ids that satisfy "at least this term"; empty for an id that the scale does not have."""
        for chain in self.chains:
            ids = [term.id for term in chain]
            if term_id in ids:
                return frozenset(ids[ids.index(term_id) :])
        return frozenset()

    def chain_of(self, term_id: str) -> frozenset[str]:
        """The ids of the chain that a term stands in: those that it compares with."""
        for chain in self.chains:
            ids = frozenset(term.id for term in chain)
            if term_id in ids:
                return ids
        return frozenset()

    def terms(self) -> tuple[Term, ...]:
        return tuple(term for chain in self.chains for term in chain)


@frozen
class Vocabulary:
    """Everything that evidence may name, over all editions.

    Args:
        measures, scales: by id; the keys of an engagement's `size`.
        broader: term id -> ids that hold wherever the term holds (satisfaction of department heads
            is satisfaction of section heads too).
    """

    measures: Mapping[str, Measure]
    scales: Mapping[str, Scale]
    broader: Mapping[str, frozenset[str]] = field(factory=dict)

    def with_broader(self, ids: Iterable[str]) -> frozenset[str]:
        """The ids, and every broader id that follows from one of them."""
        given = frozenset(ids)
        return given.union(*(self.broader[i] for i in given if i in self.broader))


@frozen
class Terms:
    """The terms that one edition uses, by kind and in the order of its documents."""

    criteria: tuple[Term, ...] = ()
    outcomes: tuple[Term, ...] = ()
    activities: tuple[Term, ...] = ()
    areas: tuple[Term, ...] = ()
    succession: tuple[Term, ...] = ()
    tasks: tuple[Term, ...] = ()
