"""The values of an indicator that do more than hold what the document says."""

from rules.small import terms
from tassei.framework.indicator import Succession
from tassei.source import Place

PRINTED = terms("suc-b", "suc-a", "suc-b")


def test_kinds_of_succession() -> None:
    """A kind that is printed twice counts once, where it stands first."""
    assert Succession(Place("000", 1), 1, PRINTED).kinds() == terms("suc-b", "suc-a")


def test_restored_kinds() -> None:
    """A list that was restored counts as restored."""
    restored = terms("suc-a", "suc-b", "suc-c")
    assert Succession(Place("000", 1), 1, PRINTED, restored).kinds() == restored
