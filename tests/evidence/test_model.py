"""The values of evidence: nothing is recorded unless it is said, and None means unknown."""

import pytest
from attrs.exceptions import FrozenInstanceError

from tassei.evidence.model import Engagement, Evidence, Holding, Person, Professional, Work


def test_what_is_not_recorded_is_unknown() -> None:
    """A person of whom only the id is known has done nothing surely, and left nothing undone."""
    evidence = Evidence(Person("E1", "E1"))
    assert evidence.engagements is None
    assert evidence.examinations is None
    assert evidence.skills is None
    assert evidence.knowledge is None
    assert evidence.professional == Professional(areas=None, succession=None, mentoring=None)
    assert evidence.written_for == ()


def test_an_engagement_of_which_only_the_id_is_known_is_unknown_throughout() -> None:
    """No field, no month, no role, no truth value, no list, no size."""
    work = Engagement("a")
    assert (work.fields, work.first, work.last, work.role) == (None, None, None, None)
    assert (work.supervised, work.succeeded) == (None, None)
    assert (work.complexity, work.achieved, work.activities) == (None, None, None)
    assert work.size == {}


def test_an_empty_holding_is_a_complete_one() -> None:
    """A list that names nothing says that nothing holds."""
    assert Holding() == Holding(true=frozenset(), false=frozenset(), complete=True)


def test_values_are_equal_by_what_they_hold_and_cannot_be_changed() -> None:
    """Two engagements of one content are one value."""
    assert Engagement("a", size={"x": 1}) == Engagement("a", size={"x": 1})
    assert Work("book", "a") != Work("book", "b")
    with pytest.raises(FrozenInstanceError):
        Engagement("a").id = "b"  # type: ignore[misc]  # what is tested


def test_two_engagements_do_not_share_their_sizes() -> None:
    """Each has a mapping of its own."""
    assert Engagement("a").size is not Engagement("b").size
