"""What a doubt concerns: an indicator, or one clause of it by name."""

import pytest

from tassei.encoding.standards import Standards
from tassei.framework.doubts import CLAUSES, KINDS, Doubt, Touch
from tassei.text import LANGS, Text

NONE = Text("", "")


def doubt(*touches: Touch) -> Doubt:
    return Doubt("D-001", "gap", (), touches, NONE, NONE, NONE, NONE, changes_rule=False)


@pytest.mark.parametrize(
    ("touch", "concerned"),
    [
        (Touch("e"), True),
        (Touch("other"), False),
        (Touch("e", "desk"), True),
        (Touch("e", "network"), False),
        (Touch("e", "desk", 4), True),
        (Touch("e", "desk", 3), False),
        (Touch("e", None, 4), True),
        (Touch("e", None, 3), False),
        (Touch("e", "desk", 4, "size"), True),
        (Touch("e", clause="name"), True),
        (Touch("e", clause="outline"), False),
        (Touch("e", "desk", 4, "skills"), False),
        (Touch("e", clause="knowledge"), False),
    ],
)
def test_concerns(touch: Touch, concerned: bool) -> None:
    """A doubt concerns an indicator unless it is about what stands beside the indicators."""
    assert doubt(touch).concerns("e", "desk", 4) is concerned
    assert doubt(Touch("other"), touch).concerns("e", "desk", 4) is concerned


@pytest.mark.parametrize(
    ("touch", "concerned"),
    [
        (Touch("e", "desk", 4, "size"), True),
        (Touch("e", None, None, "size"), True),
        (Touch("e", "desk", 4, "areas"), False),
        (Touch("e", "desk", 4), False),
        (Touch("e", "desk", 3, "size"), False),
        (Touch("e", "network", 4, "size"), False),
        (Touch("other", "desk", 4, "size"), False),
    ],
)
def test_concerns_a_clause(touch: Touch, concerned: bool) -> None:
    """A doubt concerns a clause only where it names it."""
    assert doubt(touch).concerns_clause("e", "desk", 4, "size") is concerned


def test_a_doubt_that_touches_nothing() -> None:
    """It concerns nothing."""
    assert not doubt().concerns("e", "desk", 4)
    assert not doubt().concerns_clause("e", "desk", 4, "size")


def test_the_register(standards: Standards) -> None:
    """Every shipped doubt says in both languages what it is, where, and which reading was taken."""
    for found in standards.doubts:
        assert found.kind in KINDS
        assert found.places
        assert found.touches
        assert all(t.clause is None or t.clause in CLAUSES for t in found.touches)
        for text in (found.title, found.says, found.reading, found.why):
            assert all(text[lang].strip() for lang in LANGS), found.id
