"""Links between editions, read in either direction."""

import pytest

from tassei.framework.crosswalk import RELATIONS, Crosswalk, Link, Pair, Relation
from tassei.text import Text

WHY = Text("理由", "why")


@pytest.mark.parametrize(
    ("relation", "other"),
    [("same", "same"), ("narrower", "wider"), ("wider", "narrower"), ("overlaps", "overlaps")],
)
def test_a_link_reads_backwards(relation: Relation, other: Relation) -> None:
    """What is narrower one way is wider the other; twice reversed it is itself."""
    link = Link("criteria", "a", "b", relation, WHY)
    assert link.reversed() == Link("criteria", "b", "a", other, WHY)
    assert link.reversed().reversed() == link


def test_a_pair_is_found_in_both_directions() -> None:
    """The links of what is found lead from the first edition asked for to the second."""
    pair = Pair("one", "two", (Link("areas", "a", "b", "narrower", WHY),))
    crosswalk = Crosswalk((pair,))
    assert crosswalk.between("one", "two") == pair
    backwards = crosswalk.between("two", "one")
    assert backwards is not None
    assert backwards.of_kind("areas") == (Link("areas", "b", "a", "wider", WHY),)
    assert backwards.of_kind("criteria") == ()
    assert crosswalk.between("one", "three") is None


def test_relations_are_all_there() -> None:
    """Five words, in the order in which the file explains them."""
    assert RELATIONS == ("same", "narrower", "wider", "overlaps", "none")
