"""A category along its lineage."""

import pytest

from tassei.comparing.differences import FieldLink
from tassei.comparing.story import EventKind, Story, field_events, story_of
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import Relation
from tassei.framework.edition import SpecialtyField
from tassei.source import Place
from tassei.text import Text


@pytest.fixture(scope="module")
def story(standards: Standards) -> Story:
    return story_of(standards, standards.edition("itss-v2/operations"))


def _field(name: str) -> SpecialtyField:
    return SpecialtyField(name, Text(name, name), Place("900", 1), (3,), Text("", ""))


def _links(*links: tuple[str | None, Relation, str | None]) -> tuple[FieldLink, ...]:
    return tuple(
        FieldLink(_field(a) if a else None, _field(b) if b else None, r, Text("", ""))
        for a, r, b in links
    )


@pytest.mark.parametrize(
    ("links", "kind"),
    [
        ([("a", "same", "a")], "kept"),
        ([("a", "same", "b")], "renamed"),
        ([("a", "narrower", "a")], "widened"),
        ([("a", "wider", "a")], "narrowed"),
        ([("a", "overlaps", "b")], "recast"),
        ([("a", "wider", "b"), ("a", "wider", "c")], "split"),
        ([("a", "narrower", "c"), ("b", "narrower", "c")], "merged"),
        ([("a", "overlaps", "c"), ("b", "overlaps", "c"), ("b", "overlaps", "d")], "recast"),
        ([("a", "none", None)], "gone"),
        ([(None, "none", "a")], "new"),
    ],
)
def test_what_becomes_of_fields(
    links: list[tuple[str | None, Relation, str | None]], kind: EventKind
) -> None:
    """Fields that are linked to one another are told as one event."""
    [event] = field_events(_links(*links))
    assert event.kind == kind


def test_events_that_have_nothing_in_common_are_apart() -> None:
    """In the order of the links."""
    events = field_events(_links(("a", "same", "a"), ("b", "none", None), (None, "none", "c")))
    assert [e.kind for e in events] == ["kept", "gone", "new"]


def test_the_lineage_is_told_from_first_to_last(story: Story) -> None:
    """Four editions, three steps, whichever edition one asks for."""
    assert [e.label for e in story.editions] == ["V1", "V2", "V2 2006", "V3"]
    assert [c.category_renamed for c in story.chapters] == [False, True, False]
    assert [c.top_levels for c in story.chapters] == [(5, 5), (5, 7), (7, 7)]
    assert [c.lowest_levels for c in story.chapters] == [(1, 1), (1, 1), (1, 3)]


def test_a_strand_follows_one_field(story: Story) -> None:
    """The help desk under its three names; only what moved has a row, equal rows stand together."""
    desk = next(s for s in story.strands if s.fields[0] and s.fields[0].id == "customer-support")
    assert [f.id if f else None for f in desk.fields] == [
        "customer-support", "service-desk", "service-desk", "service-desk",
    ]  # fmt: skip
    rows = {(r.levels, r.label.en): r for r in desk.rows}
    role = rows[(4,), "role"]
    assert [c.text.en if c.text else None for c in role.cells] == [
        "leader", "person responsible", "leader", "leader",
    ]  # fmt: skip
    five = rows[(5,), "size"]
    assert [c.present for c in five.cells] == [True, True, False, False]
    for row in desk.rows:
        assert len({c.text for c in row.cells if c.present}) > 1
    steady = next(s for s in story.strands if s.fields[3] and s.fields[3].id == "system-management")
    assert steady.rows == ()


def test_kinds_of_clauses_are_counted(story: Story) -> None:
    """In how many indicators of each edition a clause stands; it begins where before there was none."""
    uses = {u.key: u for u in story.clauses}
    assert uses["tasks"].counts == ((11, 11), (0, 11), (0, 15), (0, 13))
    assert uses["tasks"].ends(0)
    assert uses["years"].begins(1)
    assert not uses["years"].begins(0)
    assert uses["examinations"].begins(2)
    assert not uses["role"].begins(0)
    assert not uses["role"].ends(2)
