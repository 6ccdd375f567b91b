"""What changed from one edition to another."""

import pytest

from comparing.finding.small import edition, indicator
from tassei.comparing.differences import (
    Comparison,
    LevelComparison,
    Move,
    compare,
    moves_between,
    ordered,
)
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition

LINEAGE = (
    "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
    "itss-v3/it-service-management",
)  # fmt: skip
PAIRS = [(a, b) for a in LINEAGE for b in LINEAGE if a != b]


def _compare(standards: Standards, one: str, other: str) -> Comparison:
    return compare(standards, standards.edition(one), standards.edition(other))


def _level(comparison: Comparison, field: str, level: int) -> LevelComparison:
    return next(x for x in comparison.levels if (x.later_field.id, x.level) == (field, level))


def _said(move: Move) -> tuple[str, str | None, str | None]:
    before = move.before.en if move.before else None
    return move.key, before, move.after.en if move.after else None


def test_an_edition_does_not_differ_from_itself(standards: Standards) -> None:
    """No field, level, threshold or term."""
    for one in standards.editions:
        found = compare(standards, one, one)
        assert all(f.relation == "same" and not f.levels_gone for f in found.fields)
        assert all(x.moves == () for x in found.levels)
        assert found.terms == ()
        assert found.clauses_gone == found.clauses_added == ()


def test_thresholds_that_moved(standards: Standards) -> None:
    """The service desk of V2 2006: role, years, sizes and what they count."""
    found = _compare(standards, "itss-v2/operations", "itss-v2-2006/it-service-management")
    moves = _level(found, "service-desk", 4).moves
    said = [_said(m) for m in moves]
    assert ("role", "person responsible", "leader") in said
    assert ("years", None, "2 years or more") in said
    assert (
        "size.annual_contract_yen",
        "annual contract: less than ¥150 million",
        "annual contract: ¥100 million or more",
    ) in said
    assert [m.more for m in moves if m.key == "role"] == [False]
    outcomes = next(m for m in moves if m.key == "outcomes")
    assert [i for i, _ in outcomes.gone] == ["safety", "budget"]
    assert outcomes.added == ()


def test_a_size_of_another_level_is_read_where_it_stands(standards: Standards) -> None:
    """V2 refers to the size of level 4; against V1 its sites below 100 are new."""
    found = _compare(standards, "itss-v1/operations", "itss-v2/operations")
    moves = _level(found, "network-operation", 5).moves
    assert any(m.key == "size.sites" and m.change == "added" for m in moves)


def test_fields_renamed_recast_and_dropped(standards: Standards) -> None:
    """As the crosswalk has it."""
    first = _compare(standards, LINEAGE[0], LINEAGE[1])
    assert [f.earlier.id for f in first.fields if f.renamed and f.earlier] == ["customer-support"]
    second = _compare(standards, LINEAGE[1], LINEAGE[2])
    recast = {f.earlier.id for f in second.fields if f.relation == "overlaps" and f.earlier}
    assert recast == {"system-operation", "network-operation"}
    desk = next(f for f in second.fields if f.earlier and f.earlier.id == "service-desk")
    assert (desk.levels_gone, desk.levels_added) == ((5,), ())
    third = _compare(standards, LINEAGE[2], LINEAGE[3])
    assert [f.earlier.id for f in third.fields if f.later is None and f.earlier] == ["common"]


def test_clauses_that_came_and_went(standards: Standards) -> None:
    """V2 gave up the task characteristics for the professional contribution; V3 admits examinations."""
    first = _compare(standards, LINEAGE[0], LINEAGE[1])
    assert first.clauses_gone == ("tasks", "contributions")
    assert first.clauses_added == ("areas", "succession", "mentoring")
    assert _compare(standards, LINEAGE[2], LINEAGE[3]).clauses_added == ("examinations",)


def test_terms_stand_with_what_is_near_them(standards: Standards) -> None:
    """A link of the crosswalk, or what the vocabulary says; measures among them."""
    found = _compare(standards, LINEAGE[1], LINEAGE[2])
    by_id = {(t.kind, t.id): t for t in found.terms}
    near = by_id["criteria", "operated-systems"]
    assert near.change == "added"
    assert [(x.earlier, x.relation) for x in near.links] == [("operations-system", "overlaps")]
    assert [x.relation for x in by_id["criteria", "plain-supported-systems"].links] == ["wider"]
    assert by_id["measures", "sites"].change == "gone"
    assert by_id["measures", "managed_staff"].change == "added"


def test_wordings_compare_in_one_language_only(standards: Standards) -> None:
    """V1 and V2 2006 are both Japanese: the same criterion, in other words."""
    same = _compare(standards, LINEAGE[0], LINEAGE[2])
    reworded = [t for t in same.terms if t.change == "reworded"]
    assert same.wording_compared
    assert any(t.id == "system-operations-requirements" for t in reworded)
    assert all(t.before and t.after and t.before.ja != t.after.ja for t in reworded)
    other = _compare(standards, LINEAGE[0], LINEAGE[1])
    assert not other.wording_compared
    assert not [t for t in other.terms if t.change == "reworded"]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_comparison_reads_backwards(standards: Standards, one: str, other: str) -> None:
    """What is new in one direction is gone in the other, and as much moves."""
    forward, back = _compare(standards, one, other), _compare(standards, other, one)
    swapped = {"added": "gone", "gone": "added", "reworded": "reworded"}
    assert {(t.kind, t.id, swapped[t.change]) for t in forward.terms} == {
        (t.kind, t.id, t.change) for t in back.terms
    }
    assert forward.clauses_gone == back.clauses_added
    assert len(forward.levels) == len(back.levels)
    assert sum(len(x.moves) for x in forward.levels) == sum(len(x.moves) for x in back.levels)


def test_editions_of_different_categories_share_no_field(standards: Standards) -> None:
    """All fields of the one are gone, all of the other are new; terms compare by their ids."""
    found = _compare(standards, "itss-v2/customer-service", "itss-v2/operations")
    assert found.pair is None
    assert found.levels == ()
    assert {f.relation for f in found.fields} == {"none"}
    assert not any(t.id == "winning-customer-satisfaction" for t in found.terms)


def test_editions_are_put_in_order(standards: Standards) -> None:
    """The earlier first, whichever way they are named; strangers stay as named."""
    first, last = standards.edition(LINEAGE[0]), standards.edition(LINEAGE[3])
    stranger = standards.edition("itss-v2/customer-service")
    assert ordered(standards, last, first) == (first, last)
    assert ordered(standards, first, last) == (first, last)
    assert ordered(standards, last, stranger) == (last, stranger)


CHANGES = [
    ({"responsibility": {"role": "leader"}}, "role"),
    ({"responsibility": {"role": "member", "years": 2}}, "years"),
    ({"responsibility": {"role": "member", "engagements": {"at_least": 2}}}, "engagements"),
    (
        {"responsibility": {"role": "member", "engagements": {"at_least": 2, "of_which": 1, "of_which_level": 3}}},
        "of_which",
    ),
    (
        {"responsibility": {"role": "member", "engagements": {"at_least": 2, "others_level": 3}}},
        "others_level",
    ),
    ({"responsibility": {"role": "member", "work_level": 3}}, "work_level"),
    ({"responsibility": {"role": "member", "supervised": True}}, "supervised"),
    ({"responsibility": {"role": "member", "succeeded": True}}, "succeeded"),
    ({"responsibility": {"role": "member", "continued": True}}, "continued"),
    ({"responsibility": {"role": "member", "outcomes": ["sla"]}}, "outcomes"),
    ({"complexity": {"at_least": 1, "of": ["a", "b"]}}, "complexity"),
    ({"complexity": {"at_least": 1, "of": ["a", "b"]}}, "criteria"),
    ({"complexity": {"at_least": 1, "of": ["a"], "required": ["a"]}}, "required"),
    ({"complexity": {"at_least": 1, "of": ["a"], "kind": "ceiling"}}, "complexity_kind"),
    ({"size": [{"any": [{"managed_staff": {"at_least": 10}}]}]}, "size.managed_staff"),
    ({"size": [{"any": [{"scope": {"at_least": "all"}}]}]}, "size.scope"),
    ({"professional": {"areas": {"depth": "independent", "of": ["x"]}}}, "areas"),
    ({"professional": {"areas": {"depth": "independent", "of": ["x"]}}}, "depth"),
    ({"professional": {"areas": {"depth": "independent", "of": ["x"]}}}, "area_list"),
    ({"professional": {"succession": {"at_least": 1, "of": ["book"]}}}, "succession"),
    ({"professional": {"succession": {"at_least": 1, "of": ["book"]}}}, "kinds"),
    ({"professional": {"mentoring": "900:300"}}, "mentoring"),
    ({"professional": {"contributions": {"of": ["book"]}}}, "contributions"),
    ({"tasks": {"of": ["t"]}}, "tasks"),
    ({"examinations": ["AP"]}, "examinations"),
]  # fmt: skip


def _one(**changes: object) -> Edition:
    return edition({"alpha": [indicator(3, **changes)]})


@pytest.mark.parametrize(("change", "key"), CHANGES, ids=[k for _, k in CHANGES])
def test_each_thing_that_an_indicator_asks_is_compared(change: dict[str, object], key: str) -> None:
    """What is asked in one of two indicators, and not in the other, is a difference both ways."""
    plain, changed = _one(), _one(**change)
    for one, other, side in ((plain, changed, "added"), (changed, plain, "gone")):
        moves = moves_between(one, one.indicators[0], other, other.indicators[0])
        [move] = [m for m in moves if m.key == key]
        assert move.change in (side, "moved")
    assert moves_between(changed, changed.indicators[0], changed, changed.indicators[0]) == ()
