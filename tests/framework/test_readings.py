"""Readings: the first alternative is the default, and only what is registered can be chosen."""

import pytest

from tassei.encoding.standards import Standards
from tassei.framework.readings import Alternative, Reading, Readings
from tassei.text import LANGS, Text

NONE = Text("", "")


def reading(name: str, *alternatives: str) -> Reading:
    return Reading(name, NONE, NONE, tuple(Alternative(a, NONE) for a in alternatives))


REGISTRY = (reading("R-B", "low", "high"), reading("R-A", "one", "two", "three"))


def test_default() -> None:
    """The first alternative is the default."""
    assert [r.default for r in REGISTRY] == ["low", "one"]


def test_allows() -> None:
    """A reading allows its alternatives and nothing else."""
    assert [REGISTRY[1].allows(a) for a in ("one", "three", "low", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_chosen() -> None:
    """A full set keeps the order of the register and departs from the defaults where it is told."""
    assert list(Readings.chosen(REGISTRY)) == [("R-B", "low"), ("R-A", "one")]
    chosen = Readings.chosen(REGISTRY, {"R-A": "three"})
    assert list(chosen) == [("R-B", "low"), ("R-A", "three")]
    assert (chosen["R-A"], chosen["R-B"]) == ("three", "low")
    assert chosen == Readings.chosen(REGISTRY, {"R-A": "three", "R-B": "low"})


def test_what_is_not_registered() -> None:
    """An unknown reading or alternative is a mistake of the caller."""
    with pytest.raises(KeyError):
        Readings.chosen(REGISTRY, {"R-C": "one"})
    with pytest.raises(ValueError, match="R-A has no alternative 'low'"):
        Readings.chosen(REGISTRY, {"R-A": "low"})
    with pytest.raises(KeyError):
        _ = Readings.chosen(REGISTRY)["R-C"]


def test_the_register(standards: Standards) -> None:
    """Every shipped reading says in both languages what is asked, why, and what each choice means."""
    assert len({r.id for r in standards.readings}) == len(standards.readings)
    for found in standards.readings:
        assert len(found.alternatives) >= 2
        assert len({a.id for a in found.alternatives}) == len(found.alternatives)
        for text in (found.question, found.why, *(a.meaning for a in found.alternatives)):
            assert all(text[lang].strip() for lang in LANGS), found.id


DEFAULTS = {
    "R-SUPERVISED": "not_required",
    "R-ENTRY": "entry",
    "R-YEARS": "cumulative",
    "R-COMMON": "category",
    "R-LEADS": "role",
    "R-COMPONENT": "given",
    "R-TASK": "required",
    "R-SOME": "2",
    "R-CEILING": "floor",
    "R-BRANCH": "both",
    "R-AREAS": "one",
    "R-EXAMPLES": "any",
    "R-EXAM": "route",
}


def test_the_defaults(standards: Standards) -> None:
    """The shipped defaults are those that the documentation promises."""
    assert dict(standards.readings_with({})) == DEFAULTS
