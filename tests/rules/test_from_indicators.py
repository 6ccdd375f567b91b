"""Indicators become rules: what each clause asks, under each alternative of each reading."""

from typing import Literal

import pytest
from attrs import evolve
from hypothesis import given

from judging.oracle import Oracle
from judging.rungs import CHANGES, STANDARDS, judge_under
from rules.plainly import Plainly
from rules.small import (
    OLD,
    PLACE,
    REGISTRY,
    edition,
    find,
    indicator,
    labels,
    only,
    responsibility,
    rule_for,
    terms,
)
from strategies import AS_OF, CONTRACT, REACH, STAFF, Pool, choices, evidences, steady
from tassei.evidence.model import Evidence
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Bound,
    Complexity,
    Contributions,
    Engagements,
    Examination,
    Indicator,
    Professional,
    Rung,
    SizeItem,
    Succession,
)
from tassei.framework.indicator import Tasks as AskedTasks
from tassei.framework.readings import Readings
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term
from tassei.judging.judge import Rung as JudgedRung
from tassei.rules.from_indicators import rule_of
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Measured,
    Mentoring,
    NotRead,
    OnScale,
    Outcomes,
    Passed,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Years,
    parts_of,
)
from tassei.source import Place
from tassei.text import Text

SAID = Place("000", 11)
COMPLEXITY = Complexity(
    place=Place("000", 12), at_least=2, required=("cri-a",), criteria=terms("cri-a", "cri-b")
)
STAFFED = SizeItem(place=Place("000", 14), any_of=(Bound(STAFF, 20),))


def demanding(level: int, field: str = "desk") -> Indicator:
    """An indicator that asks for two criteria."""
    return evolve(indicator(level, field), complexity=COMPLEXITY)


def where_of(rule: Rule) -> tuple[Rule, ...]:
    """What an engagement must show to count."""
    (count,) = find(rule, "count") + find(rule, "years")
    assert isinstance(count, Counted | Years)
    return parts_of(count.where)


# --- the whole


def test_least_rule() -> None:
    """An indicator that asks nothing else asks for one engagement in the field, in the role."""
    rule = rule_for(indicator(3))
    desk = InField(place=PLACE, fields=(f"{OLD}/desk",), name=Text("分野desk", "field desk"))
    where = All(
        label="engagement", place=SAID, parts=(desk, RoleAtLeast(place=SAID, role=Role.MEMBER))
    )
    # nothing is asked of the professional contribution, and so it is left out
    (business,) = parts_of(rule)
    assert (business.label, business.place) == ("business", SAID)
    assert parts_of(business) == (Counted(label="count", place=SAID, at_least=1, where=where),)
    assert (rule.label, rule.place) == ("indicator", PLACE)
    assert isinstance(rule, All)
    assert find(rule, "routes") == []


def test_readings_must_be_there() -> None:
    """A reading that is needed and not chosen is a mistake of the caller."""
    with pytest.raises(KeyError):
        rule_of(edition(indicator(3)), indicator(3), "desk", Readings(()))


# --- responsibility


def test_every_clause_of_responsibility() -> None:
    """Role, success and outcomes stand beside the field, each at its place."""
    said = evolve(responsibility(Role.LEADER), succeeded=True, outcomes=terms("out-a", "out-b"))
    rule = rule_for(evolve(indicator(3), responsibility=said))
    _, *rest = where_of(rule)
    assert rest == [
        RoleAtLeast(place=SAID, role=Role.LEADER),
        Succeeded(place=SAID),
        Outcomes(place=SAID, terms=terms("out-a", "out-b")),
    ]


@pytest.mark.parametrize(
    ("said", "reading", "asked"),
    [
        (True, "not_required", False),
        (True, "required", True),
        (False, "not_required", False),
        (False, "required", False),
    ],
)
def test_r_supervised(said: bool, reading: str, asked: bool) -> None:
    """R-SUPERVISED: guidance is required only where the text speaks of it and the reading says so."""
    indicated = evolve(indicator(3), responsibility=evolve(responsibility(), supervised=said))
    rule = rule_for(indicated, R_SUPERVISED=reading)
    assert find(rule, "supervised") == ([Supervised(place=SAID)] if asked else [])


@pytest.mark.parametrize(("reading", "continuous"), [("cumulative", False), ("continuous", True)])
def test_r_years(reading: str, continuous: bool) -> None:
    """R-YEARS: years are added up, or must be one run."""
    said = evolve(responsibility(), years=3)
    rule = rule_for(evolve(demanding(3), responsibility=said), R_YEARS=reading)
    years = only(rule, "years")
    assert isinstance(years, Years)
    assert (years.years, years.place, years.continuous) == (3, SAID, continuous)
    assert [p.label for p in where_of(rule)] == ["field", "role", "work_level"]
    assert find(rule, "count") == []


@pytest.mark.parametrize(
    ("reading", "alternatives", "name"),
    [
        ("R_LEADS", ("role", "stated"), "R-LEADS"),
        ("R_COMPONENT", ("given", "stated"), "R-COMPONENT"),
    ],
)
def test_implied_activities(reading: str, alternatives: tuple[str, str], name: str) -> None:
    """R-LEADS, R-COMPONENT: the activity is implied, or must be stated."""
    (activity,) = terms("act-a")
    said = evolve(responsibility(), implied={name: activity})
    indicated = evolve(indicator(3), responsibility=said)
    found = [find(rule_for(indicated, **{reading: a}), "activities") for a in alternatives]
    assert found == [[], [Activities(place=SAID, terms=(activity,))]]


def test_several_implied_activities() -> None:
    """Each activity goes by its own reading."""
    leads, component = terms("act-a", "act-b")
    said = evolve(responsibility(), implied={"R-LEADS": leads, "R-COMPONENT": component})
    rule = rule_for(evolve(indicator(3), responsibility=said), R_COMPONENT="stated")
    assert find(rule, "activities") == [Activities(place=SAID, terms=(component,))]


@pytest.mark.parametrize(("reading", "asked"), [("required", True), ("note", False)])
def test_r_task(reading: str, asked: bool) -> None:
    """R-TASK: task characteristics are required of every engagement, or only noted."""
    tasks = AskedTasks(Place("000", 20), terms("tas-a", "tas-b"), noted=terms("tas-c"))
    rule = rule_for(evolve(indicator(3), tasks=tasks), R_TASK=reading)
    expected = [Tasks(place=Place("000", 20), terms=terms("tas-a", "tas-b"))]
    assert find(rule, "tasks") == (expected if asked else [])
    assert [p.label for p in where_of(rule)][2:] == (["tasks"] if asked else [])


def test_the_part_about_the_work_of_v1() -> None:
    """Where task characteristics stand beside the work, the part is not called after later editions."""
    tasks = AskedTasks(Place("000", 20), terms("tas-a"))
    (work,) = parts_of(rule_for(evolve(indicator(3), tasks=tasks)))
    assert work.label == "work"


def test_tasks_that_are_only_noted() -> None:
    """Characteristics that describe the work are never asked for."""
    tasks = AskedTasks(Place("000", 20), (), noted=terms("tas-c"))
    assert find(rule_for(evolve(indicator(3), tasks=tasks)), "tasks") == []


def test_experiences() -> None:
    """Each experience must occur in some engagement of the field in the role, of any level."""
    said = evolve(responsibility(Role.LEADER), years=2, experiences=terms("act-a", "act-b"))
    rule = rule_for(evolve(demanding(3), responsibility=said))
    experiences = find(rule, "experience")
    assert len(experiences) == 2
    for found, activity in zip(experiences, terms("act-a", "act-b"), strict=True):
        assert isinstance(found, Counted)
        assert (found.at_least, found.of_which, found.place) == (1, 0, SAID)
        assert (found.where.label, found.where.place) == ("engagement", SAID)
        field, *rest = parts_of(found.where)
        assert isinstance(field, InField)
        assert rest == [
            RoleAtLeast(place=SAID, role=Role.LEADER),
            Activities(place=SAID, terms=(activity,)),
        ]
    (business,) = find(rule, "business") + find(rule, "work")
    assert [p.label for p in parts_of(business)] == ["years", "experience", "experience"]


# --- fields


@pytest.mark.parametrize(
    ("reading", "fields", "name"),
    [
        ("category", ["desk", "network", "apart", "common"], Text("職種old", "category old")),
        ("field", ["network"], Text("分野network", "field network")),
    ],
)
def test_r_common(reading: str, fields: list[str], name: Text) -> None:
    """R-COMMON: for a common level work counts in any field of the category, or in the field alone."""
    rule = rule_for(indicator(2, "common"), field="network", R_COMMON=reading)
    assert only(rule, "field") == InField(
        place=PLACE, fields=tuple(f"{OLD}/{f}" for f in fields), name=name
    )


def test_a_level_of_one_field() -> None:
    """A level of one field counts work in that field, whatever the reading of common levels."""
    for reading in ("category", "field"):
        (field,) = find(rule_for(indicator(3), R_COMMON=reading), "field")
        assert isinstance(field, InField)
        assert field.fields == (f"{OLD}/desk",)


# --- counted engagements


def test_so_many_engagements() -> None:
    """ "n or more" asks for n engagements of the level."""
    said = evolve(responsibility(), engagements=Engagements(3))
    rule = rule_for(evolve(demanding(3), responsibility=said))
    count = only(rule, "count")
    assert isinstance(count, Counted)
    assert (count.at_least, count.of_which, count.place) == (3, 0, SAID)
    assert labels(count.where) == [
        "engagement",
        "field",
        "role",
        "work_level",
        "level_3",
        "complexity",
    ]


def test_of_which() -> None:
    """ "Of which m at level A, the others at level B": both among engagements that count."""
    said = evolve(
        responsibility(),
        engagements=Engagements(3, of_which=2, of_which_level=4, others_level=3),
        or_above=True,
    )
    asked = evolve(demanding(5), responsibility=said)
    rule = rule_for(asked, demanding(4), demanding(3), R_ENTRY="literal")
    count = only(rule, "count")
    assert isinstance(count, Counted)
    assert (count.at_least, count.of_which) == (3, 2)
    # above the level of the others where the text says so; of the level that is singled out alone
    assert [n.label for n in find_levels(count.where)] == ["level_3", "level_4", "level_5"]
    assert [n.label for n in find_levels(count.singled_out)] == ["level_4"]
    # what makes an engagement count is not repeated
    assert labels(count.singled_out) == ["work_level", "level_4", "complexity"]


@pytest.mark.parametrize(
    ("or_above", "reading", "singled"),
    [(True, "literal", ["level_4", "level_5"]), (False, "literal", ["level_4"])],
)
def test_of_which_alone(or_above: bool, reading: str, singled: list[str]) -> None:
    """ "Of which m at level A", and nothing of the others: they may be of any level."""
    said = evolve(
        responsibility(),
        engagements=Engagements(3, of_which=2, of_which_level=4),
        or_above=or_above,
    )
    asked = evolve(demanding(5), responsibility=said)
    count = only(rule_for(asked, demanding(4), R_ENTRY=reading), "count")
    assert isinstance(count, Counted)
    assert find_levels(count.where) == []
    assert [n.label for n in find_levels(count.singled_out)] == singled


def test_a_level_that_the_document_does_not_print() -> None:
    """What it asks for is not known; work of a higher level counts all the same."""
    said = evolve(responsibility(), work_level=3, or_above=True)
    level = only(rule_for(evolve(demanding(5), responsibility=said)), "work_level")
    higher, unknown = parts_of(level)
    assert higher.label == "level_5"
    assert unknown == NotRead(place=SAID, clause="work_level", sign="3")


def test_of_which_needs_a_level() -> None:
    """Nothing is singled out without a level to single out by."""
    said = evolve(responsibility(), engagements=Engagements(3, of_which=2, others_level=3))
    count = only(rule_for(evolve(demanding(4), responsibility=said), demanding(3)), "count")
    assert isinstance(count, Counted)
    assert (count.at_least, count.of_which) == (3, 0)
    assert [n.label for n in find_levels(count)] == ["level_3", "level_4"]
    said = evolve(responsibility(), engagements=Engagements(3, of_which_level=4))
    count = only(rule_for(evolve(demanding(4), responsibility=said)), "count")
    assert isinstance(count, Counted)
    assert count.of_which == 0


def find_levels(rule: Rule) -> list[Rule]:
    return [n for label in ("level_3", "level_4", "level_5", "level_6") for n in find(rule, label)]


# --- the level of the work


@pytest.mark.parametrize("how", ["years", "count", "once"])
@pytest.mark.parametrize(
    ("or_above", "reading", "expected"),
    [
        (False, "entry", [4, 5, 6]),
        (True, "entry", [4, 5, 6]),
        (False, "literal", [4]),
        (True, "literal", [4, 5, 6]),
    ],
)
def test_r_entry(how: str, or_above: bool, reading: str, expected: list[int]) -> None:
    """R-ENTRY: a higher level of the field counts too, or only where the text says "or above"."""
    said = evolve(responsibility(), work_level=4, or_above=or_above)
    if how == "years":
        said = evolve(said, years=2)
    elif how == "count":
        said = evolve(said, engagements=Engagements(2))
    asked = evolve(demanding(5), responsibility=said)
    others = (demanding(6), demanding(4), demanding(3), demanding(6, "network"))
    rule = rule_for(asked, *others, R_ENTRY=reading)
    level = only(rule, "work_level")
    assert isinstance(level, Any)
    assert (level.level, level.place) == (4, PLACE)
    # the nearest level first
    assert [p.label for p in level.parts] == [f"level_{n}" for n in expected]
    assert all(p.place == PLACE for p in level.parts)


def test_without_a_level_of_the_work() -> None:
    """Where the text names no level, the work is of the indicator's own level."""
    level = only(rule_for(demanding(4), demanding(5), demanding(3)), "work_level")
    assert isinstance(level, Any)
    assert level.level == 4
    assert [p.label for p in level.parts] == ["level_4", "level_5"]


def test_higher_levels_of_a_common_level() -> None:
    """For a level common to several fields, the higher levels are those of the field judged."""
    asked, own = demanding(2, "common"), (demanding(3), demanding(4, "network"))
    for field, expected in [("desk", ["level_2", "level_3"]), ("network", ["level_2", "level_4"])]:
        level = only(rule_for(asked, *own, field=field), "work_level")
        assert [p.label for p in parts_of(level)] == expected


def test_nothing_asked_of_the_work() -> None:
    """Where the level, or one above it that counts, asks nothing of the work, any work counts."""
    assert find(rule_for(indicator(3)), "work_level") == []
    assert find(rule_for(demanding(3), indicator(4)), "work_level") == []
    assert len(find(rule_for(demanding(3), indicator(4), R_ENTRY="literal"), "work_level")) == 1


# --- complexity


def test_criteria() -> None:
    """Criteria keep their order, their number and the mandatory ones."""
    assert only(rule_for(demanding(3)), "complexity") == Criteria(
        place=Place("000", 12), terms=terms("cri-a", "cri-b"), count=2, mandatory=("cri-a",)
    )


@pytest.mark.parametrize(("reading", "count"), [("2", 2), ("1", 1)])
def test_r_some(reading: str, count: int) -> None:
    """R-SOME: 幾つか is two, or one."""
    asked = evolve(indicator(3), complexity=evolve(COMPLEXITY, at_least=SOME))
    criteria = only(rule_for(asked, R_SOME=reading), "complexity")
    assert isinstance(criteria, Criteria)
    assert criteria.at_least == count


def test_a_number_is_not_some() -> None:
    """R-SOME concerns no clause that gives a number."""
    criteria = only(rule_for(demanding(3), R_SOME="1"), "complexity")
    assert isinstance(criteria, Criteria)
    assert criteria.at_least == 2


@pytest.mark.parametrize(
    ("kind", "reading", "asked"),
    [
        ("demand", "floor", True),
        ("demand", "literal", True),
        ("ceiling", "floor", False),
        ("ceiling", "literal", True),
    ],
)
def test_r_ceiling(kind: str, reading: str, asked: bool) -> None:
    """R-CEILING: a list of simplicity asks nothing, or is taken at its word."""
    complexity = evolve(COMPLEXITY, kind="ceiling" if kind == "ceiling" else "demand")
    rule = rule_for(evolve(indicator(3), complexity=complexity), R_CEILING=reading)
    assert len(find(rule, "complexity")) == asked


def test_no_number_of_criteria() -> None:
    """None of the criteria asked for is no clause at all."""
    rule = rule_for(evolve(indicator(3), complexity=evolve(COMPLEXITY, at_least=0)))
    assert find(rule, "complexity") == find(rule, "work_level") == []


# --- size


def sized(*items: SizeItem) -> Indicator:
    return evolve(demanding(4), size=items)


def size_of(rule: Rule) -> tuple[Rule, ...]:
    level, *_ = find(rule, "level_4")
    (size,) = [p for p in parts_of(level) if p.label == "size"]
    assert isinstance(size, Any)
    assert size.place == Place("000", 13)
    return size.parts


def test_size() -> None:
    """Check boxes and the sizes in them are alternatives, each at the place of its box."""
    first = SizeItem(
        place=Place("000", 14), any_of=(Bound(STAFF, 75, 150), Bound(CONTRACT, None, 9))
    )
    second = SizeItem(place=Place("000", 15), any_of=(Rung(REACH, REACH.chains[0][1]),))
    assert size_of(rule_for(sized(first, second))) == (
        Measured(place=Place("000", 14), measure=STAFF, lower=75, upper=150),
        Measured(place=Place("000", 14), measure=CONTRACT, upper=9),
        OnScale(place=Place("000", 15), scale=REACH, term=REACH.chains[0][1]),
    )


def test_size_beside_complexity() -> None:
    """A level asks for complexity and size, in this order, or for the one that it has."""
    level, *_ = find(rule_for(sized(STAFFED)), "level_4")
    assert [p.label for p in parts_of(level)] == ["complexity", "size"]
    only_size = evolve(indicator(4), size=(STAFFED,))
    level, *_ = find(rule_for(only_size), "level_4")
    assert [p.label for p in parts_of(level)] == ["size"]


BRANCHES = SizeItem(
    place=Place("000", 14), any_of=(Bound(STAFF, 20), Bound(CONTRACT, 5)), complexity_at_least=1
)
CONDITION = Criteria(place=Place("000", 14), terms=COMPLEXITY.criteria, count=1)
STAFF_20 = Measured(place=Place("000", 14), measure=STAFF, lower=20)
CONTRACT_5 = Measured(place=Place("000", 14), measure=CONTRACT, lower=5)


def with_condition(size: Rule) -> Rule:
    return All(label="size", place=Place("000", 14), parts=(size, CONDITION))


@pytest.mark.parametrize(
    ("reading", "leading", "expected"),
    [
        ("both", False, (with_condition(STAFF_20), with_condition(CONTRACT_5))),
        ("last", False, (STAFF_20, with_condition(CONTRACT_5))),
        ("both", True, (with_condition(STAFF_20), with_condition(CONTRACT_5))),
        ("last", True, (with_condition(STAFF_20), with_condition(CONTRACT_5))),
    ],
)
def test_r_branch(reading: str, leading: bool, expected: tuple[Rule, ...]) -> None:
    """R-BRANCH: a condition behind "A or B" governs both or the last; one before them governs both."""
    item = evolve(BRANCHES, leading=leading)
    assert size_of(rule_for(sized(item), R_BRANCH=reading)) == expected


def test_r_branch_of_three() -> None:
    """Of three sizes before a condition, the reading "last" puts it to the third."""
    item = evolve(BRANCHES, any_of=(*BRANCHES.any_of, Bound(STAFF, 90)))
    *others, last = size_of(rule_for(sized(item), R_BRANCH="last"))
    assert others == [STAFF_20, CONTRACT_5]
    assert last == with_condition(evolve(STAFF_20, lower=90))


def test_size_of_another_level() -> None:
    """ "The size of level 4" is that level's size, under this level's condition."""
    item = SizeItem(place=Place("000", 14), same_as_level=3, complexity_at_least=1, leading=True)
    plain = SizeItem(place=Place("000", 30), any_of=(Bound(STAFF, 20),))
    hard = SizeItem(place=Place("000", 31), any_of=(Bound(CONTRACT, 5),), complexity_at_least=2)
    other = evolve(
        indicator(3),
        size=(plain, hard),
        complexity=evolve(COMPLEXITY, criteria=terms("cri-b", "cri-c")),
    )
    first, second = size_of(rule_for(sized(item), other, indicator(3, "network")))
    assert parts_of(first) == (
        Measured(place=Place("000", 30), measure=STAFF, lower=20),
        CONDITION,
    )
    inner, condition = parts_of(second)
    assert condition == CONDITION
    assert parts_of(inner) == (
        Measured(place=Place("000", 31), measure=CONTRACT, lower=5),
        Criteria(place=Place("000", 31), terms=terms("cri-b", "cri-c"), count=2),
    )


# --- professional contribution


def giving(professional: Professional) -> Indicator:
    return evolve(indicator(4), professional=professional)


@pytest.mark.parametrize(
    ("said", "reading", "count"),
    [
        (1, "one", 1),
        (2, "all", 2),
        (ALL, "one", 3),
        (ALL, "all", 3),
        (SOME, "one", 2),
        (SOME, "all", 2),
        (None, "one", 1),
        (None, "all", 3),
    ],
)
def test_r_areas(said: int | Literal["all", "some"] | None, reading: str, count: int) -> None:
    """R-AREAS: a list without a quantifier asks for one area, or for all."""
    areas = Areas(
        place=Place("000", 40),
        depth=Depth.GUIDES_JUNIORS,
        items=terms("are-a", "are-b", "are-c"),
        at_least=said,
    )
    rule = rule_for(giving(Professional(areas=areas)), R_AREAS=reading)
    assert only(rule, "areas") == AreasAtDepth(
        place=Place("000", 40), terms=areas.items, count=count, depth=Depth.GUIDES_JUNIORS
    )


def test_succession() -> None:
    """Kinds of succession count once each, in the order of the document."""
    printed = Succession(Place("000", 41), 2, terms("suc-b", "suc-a", "suc-b"))
    found = only(rule_for(giving(Professional(succession=printed))), "succession")
    assert found == SuccessionKinds(place=Place("000", 41), terms=terms("suc-b", "suc-a"), count=2)
    restored = evolve(printed, restored=terms("suc-a", "suc-b", "suc-c"))
    found = only(rule_for(giving(Professional(succession=restored))), "succession")
    assert isinstance(found, SuccessionKinds)
    assert found.terms == terms("suc-a", "suc-b", "suc-c")


def test_mentoring() -> None:
    """Mentoring is required where it is listed, at the place where it is."""
    rule = rule_for(giving(Professional(mentoring=Place("000", 42))))
    found = only(rule, "mentoring")
    assert isinstance(found, Mentoring)
    assert found.place == Place("000", 42)
    assert found.name == Text(
        "後進の育成(メンタリング、コーチング等)",
        "developing juniors (mentoring, coaching and the like)",
    )
    assert find(rule_for(indicator(4)), "mentoring") == []


def test_the_professional_clauses_are_all_asked() -> None:
    """Areas, succession and mentoring stand beside each other below one clause."""
    asked = Professional(
        areas=Areas(Place("000", 40), Depth.BASIC, terms("are-a")),
        succession=Succession(Place("000", 41), 1, terms("suc-a")),
        mentoring=Place("000", 42),
    )
    found = only(rule_for(giving(asked)), "professional")
    assert isinstance(found, All)
    assert [p.label for p in found.parts] == ["areas", "succession", "mentoring"]


CONTRIBUTIONS = Contributions(
    Place("000", 43), terms("suc-a", "suc-b"), Term("juniors", Text("育成", "bringing up juniors"))
)


@pytest.mark.parametrize(("reading", "combination"), [("any", Any), ("all", All)])
def test_r_examples(reading: str, combination: type[All | Any]) -> None:
    """R-EXAMPLES: one of the contributions named as examples suffices, or all are asked for."""
    found = only(
        rule_for(giving(Professional(contributions=CONTRIBUTIONS)), R_EXAMPLES=reading),
        "contributions",
    )
    place = Place("000", 43)
    assert found == combination(
        label="contributions",
        place=place,
        parts=(
            Mentoring(place=place, name=Text("育成", "bringing up juniors")),
            SuccessionKinds(place=place, terms=terms("suc-a")),
            SuccessionKinds(place=place, terms=terms("suc-b")),
        ),
    )


def test_contributions_beside_other_clauses() -> None:
    """Contributions take nothing away from what else is asked."""
    areas = Areas(Place("000", 40), Depth.BASIC, terms("are-a"))
    asked = Professional(areas=areas, mentoring=Place("000", 42), contributions=CONTRIBUTIONS)
    found = labels(rule_for(giving(asked)))
    assert {"areas", "contributions"} <= set(found)
    assert found.count("mentoring") == 2


def test_contributions_without_mentoring() -> None:
    """Mentoring is among the examples only where the text names it."""
    asked = evolve(CONTRIBUTIONS, mentoring=None)
    found = only(rule_for(giving(Professional(contributions=asked))), "contributions")
    assert [p.label for p in parts_of(found)] == ["succession", "succession"]


# --- examinations


AP = Examination(Place("000", 50), "AP", Term("AP", Text("応用情報", "applied information")))


def test_r_exam() -> None:
    """R-EXAM: passing the examination is a route of its own, or is only noted."""
    asked = evolve(indicator(3), examinations=(AP,))
    route, note = rule_for(asked, R_EXAM="route"), rule_for(asked, R_EXAM="note")
    assert route == Any(
        label="routes",
        place=PLACE,
        parts=(
            note,
            Passed(
                place=Place("000", 50), name="AP", title=Text("応用情報", "applied information")
            ),
        ),
    )
    assert note.label == "indicator"


def test_several_examinations() -> None:
    """Each examination is a route."""
    asked = evolve(indicator(3), examinations=(AP, evolve(AP, name="FE")))
    assert [p.label for p in parts_of(rule_for(asked))] == [
        "indicator",
        "examination",
        "examination",
    ]


# --- the shipped indicators


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: "-".join(c[0]) if c else "default")
def test_each_reading_matters(change: tuple[tuple[str, str], ...]) -> None:
    """Every alternative changes the rule of some indicator, and only of some."""
    default, other = judge_under(()).rungs, judge_under(change).rungs
    changed = [a.rule != b.rule for a, b in zip(default, other, strict=True)]
    assert any(changed) == bool(change)
    assert not all(changed)


@pytest.mark.parametrize(
    "rung",
    judge_under(()).rungs,
    ids=lambda r: f"{r.edition.id}/{r.field_id}/{r.level}",
)
def test_read_once_more(rung: JudgedRung) -> None:
    """A rule says of any evidence what its indicator says when it is read plainly."""
    pool = Pool.of(STANDARDS, [rung.rule])

    @steady(max_examples=12)
    @given(choices(REGISTRY), evidences(pool))
    def read_alike(chosen: dict[str, str], evidence: Evidence) -> None:
        oracle = Oracle(STANDARDS, evidence, AS_OF)
        plainly = Plainly(oracle, rung.edition, rung.field_id, chosen)
        rule = rule_of(
            rung.edition, rung.indicator, rung.field_id, Readings.chosen(REGISTRY, chosen)
        )
        assert oracle.holds(rule) is plainly.meets(rung.indicator)

    read_alike()
