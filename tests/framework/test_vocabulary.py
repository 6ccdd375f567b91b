"""Scales compare within a chain, and broader terms follow from narrower ones."""

import pytest

from strategies import REACH, SMALL_WORLD
from tassei.encoding.standards import Standards
from tassei.framework.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("term", "expected", "chain"),
    [
        ("part", {"part", "whole", "several"}, {"part", "whole", "several"}),
        ("whole", {"whole", "several"}, {"part", "whole", "several"}),
        ("several", {"several"}, {"part", "whole", "several"}),
        ("room", {"room", "building"}, {"room", "building"}),
        ("street", set(), set()),
    ],
)
def test_scale(term: str, expected: set[str], chain: set[str]) -> None:
    """At least a term are that term and those after it in its chain; an unknown term has none."""
    assert REACH.at_least(term) == expected
    assert REACH.chain_of(term) == chain


def test_terms_of_a_scale() -> None:
    """The terms of a scale are those of its chains, in order."""
    assert [t.id for t in REACH.terms()] == ["part", "whole", "several", "room", "building"]


def test_broader() -> None:
    """What holds wherever a term holds is added to it, and nothing is taken away."""
    vocabulary = Vocabulary(
        {}, {}, {"heads": frozenset({"sections", "users"}), "sections": frozenset({"users"})}
    )
    assert vocabulary.with_broader(["heads"]) == {"heads", "sections", "users"}
    assert vocabulary.with_broader(["sections", "other"]) == {"sections", "users", "other"}
    assert vocabulary.with_broader(iter(["users"])) == {"users"}
    assert vocabulary.with_broader([]) == frozenset()
    assert SMALL_WORLD.vocabulary.with_broader(["heads"]) == {"heads"}


def test_broader_is_complete(standards: Standards) -> None:
    """What follows from a broader term follows from the narrower one, so that one step is enough."""
    vocabulary = standards.vocabulary
    for term in vocabulary.broader:
        once = vocabulary.with_broader([term])
        assert vocabulary.with_broader(once) == once, term


def test_broader_names_terms_that_exist(standards: Standards) -> None:
    """Both sides of each entry are terms of some edition."""
    kinds = ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
    known = {t.id for e in standards.editions for k in kinds for t in getattr(e.terms, k)}
    for term, broader in standards.vocabulary.broader.items():
        assert {term, *broader} <= known
