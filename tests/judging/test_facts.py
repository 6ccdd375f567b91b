"""Evidence becomes facts: what is surely so, what possibly, and what is not."""

import pytest
from attrs import evolve

from judging.small import (
    DESK,
    MET,
    NEW,
    NOT_MET,
    OLD,
    UNDETERMINED,
    facts_and_table,
    person,
    terms,
    verdict,
    work,
)
from strategies import AS_OF, CONTRACT, REACH, STAFF
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Term
from tassei.judging.facts import EVERY_MONTH, NO_MONTH, AtomTable
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Knows,
    Leaf,
    Measured,
    Mentoring,
    OnScale,
    Outcomes,
    Passed,
    Proficient,
    RoleAtLeast,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Years,
)
from tassei.text import Text

NAME = Text("名", "name")


def of_work(leaf: Leaf, recorded: Engagement, *, written_for: tuple[str, ...] = (OLD,)) -> Verdict:
    """What is known of a leaf for one engagement."""
    rule = Counted(label="count", at_least=1, where=leaf)
    return verdict(rule, person(recorded, written_for=written_for))


def of_person(leaf: Leaf, professional: Professional, written_for: str = OLD) -> Verdict:
    """What is known of a leaf about the person."""
    return verdict(leaf, Evidence(Person("E1", "E1"), (written_for,), (), professional))


# --- the field


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (None, UNDETERMINED),
        ({DESK}, MET),
        ({f"{OLD}/network"}, NOT_MET),
        ({f"{NEW}/desk"}, NOT_MET),
        (set(), NOT_MET),
    ],
)
def test_field(fields: set[str] | None, expected: Verdict) -> None:
    """Work is in the fields that it lists and in no other; without a list it may be in any."""
    recorded = evolve(work(), fields=None if fields is None else frozenset(fields))
    assert of_work(InField(fields=(DESK,), name=NAME), recorded) is expected


def test_field_of_another_edition() -> None:
    """A list of fields says nothing about the fields of an edition that it is not written for."""
    asked = InField(fields=(f"{NEW}/desk",), name=NAME)
    recorded = evolve(work(), fields=frozenset({DESK}))
    assert of_work(asked, recorded) is UNDETERMINED
    assert of_work(asked, recorded, written_for=(NEW, OLD)) is NOT_MET
    named = evolve(work(), fields=frozenset({f"{NEW}/desk"}))
    assert of_work(asked, named) is MET


def test_one_of_several_fields() -> None:
    """Work in one of the fields that are asked for is enough."""
    asked = InField(fields=(DESK, f"{OLD}/network"), name=NAME)
    assert of_work(asked, evolve(work(), fields=frozenset({f"{OLD}/network"}))) is MET


# --- role and truth


@pytest.mark.parametrize("asked", Role)
@pytest.mark.parametrize("had", Role)
def test_role(asked: Role, had: Role) -> None:
    """Asking for a role is satisfied by that role or a greater one."""
    expected = MET if had >= asked else NOT_MET
    assert of_work(RoleAtLeast(role=asked), evolve(work(), role=had)) is expected


def test_role_not_recorded() -> None:
    """Without a role, even the least of them is not known."""
    assert of_work(RoleAtLeast(role=Role.PARTICIPANT), work()) is UNDETERMINED


@pytest.mark.parametrize(
    ("said", "expected"), [(True, MET), (False, NOT_MET), (None, UNDETERMINED)]
)
def test_supervision_and_success(said: bool | None, expected: Verdict) -> None:
    """Each is what is recorded, and each of its own."""
    supervised, succeeded = Supervised(), Succeeded()
    assert of_work(supervised, evolve(work(), supervised=said, succeeded=True)) is expected
    assert of_work(succeeded, evolve(work(), succeeded=said, supervised=True)) is expected
    assert of_work(supervised, evolve(work(), succeeded=True)) is UNDETERMINED


# --- lists of terms


def holding_all(holding: Holding | None) -> Engagement:
    """An engagement with the same terms of every kind."""
    return evolve(work(), complexity=holding, achieved=holding, activities=holding)


@pytest.mark.parametrize(
    "leaf",
    [
        Criteria(terms=terms("cri-a")),
        Outcomes(terms=terms("out-a")),
        Activities(terms=terms("act-a")),
    ],
)
@pytest.mark.parametrize(
    ("holding", "expected"),
    [
        (None, UNDETERMINED),
        (Holding(frozenset({"cri-a", "out-a", "act-a"})), MET),
        (Holding(frozenset({"cri-b", "out-b", "act-b"})), NOT_MET),
        (Holding(), NOT_MET),
        (Holding(complete=False), UNDETERMINED),
        (Holding(false=frozenset({"cri-a", "out-a", "act-a"}), complete=False), NOT_MET),
        (Holding(frozenset({"cri-a", "out-a", "act-a"}), complete=False), MET),
        (Holding(false=frozenset({"cri-b", "out-b", "act-b"}), complete=False), UNDETERMINED),
    ],
)
def test_terms(leaf: Leaf, holding: Holding | None, expected: Verdict) -> None:
    """A list is complete, a mapping may be partial, and what is left out altogether is unknown."""
    assert of_work(leaf, holding_all(holding)) is expected


@pytest.mark.parametrize(
    "leaf",
    [
        Criteria(terms=terms("cri-d")),
        Outcomes(terms=terms("out-d")),
        Activities(terms=terms("act-d")),
    ],
)
def test_terms_of_another_edition(leaf: Leaf) -> None:
    """A complete list says nothing about a term that only another edition knows."""
    recorded = holding_all(Holding())
    assert of_work(leaf, recorded) is UNDETERMINED
    assert of_work(leaf, recorded, written_for=(OLD, NEW)) is NOT_MET
    assert of_work(leaf, recorded, written_for=()) is UNDETERMINED


def test_terms_that_editions_share() -> None:
    """A list that is written for one edition is complete for a term that another shares with it."""
    assert of_work(Criteria(terms=terms("cri-b")), evolve(work(), complexity=Holding())) is NOT_MET


def test_terms_of_different_kinds_are_apart() -> None:
    """What was achieved is not what the work contained, nor how complex it was."""
    every = Holding(frozenset({"cri-a", "out-a", "act-a"}))
    recorded = evolve(work(), achieved=every, activities=Holding(), complexity=Holding())
    assert of_work(Activities(terms=terms("act-a")), recorded) is NOT_MET
    assert of_work(Criteria(terms=terms("cri-a")), recorded) is NOT_MET
    assert of_work(Outcomes(terms=terms("out-a")), recorded) is MET


TASK = Tasks(terms=terms("tas-a"))
YES, NO = Holding(frozenset({"tas-a"})), Holding()
DENIED = Holding(false=frozenset({"tas-a"}), complete=False)
DENIED_OTHER = Holding(false=frozenset({"out-b"}), complete=False)
OPEN = Holding(complete=False)


@pytest.mark.parametrize(
    ("achieved", "activities", "expected"),
    [
        (YES, None, MET),
        (None, YES, MET),
        (YES, NO, MET),
        (NO, YES, MET),
        (NO, NO, NOT_MET),
        (NO, None, UNDETERMINED),
        (None, NO, UNDETERMINED),
        (None, None, UNDETERMINED),
        (OPEN, NO, UNDETERMINED),
        (NO, OPEN, UNDETERMINED),
        (DENIED_OTHER, None, UNDETERMINED),
        (NO, DENIED_OTHER, UNDETERMINED),
    ],
)
def test_task_characteristic(
    achieved: Holding | None, activities: Holding | None, expected: Verdict
) -> None:
    """A task characteristic may be recorded among what was achieved or what was done."""
    assert of_work(TASK, evolve(work(), achieved=achieved, activities=activities)) is expected


@pytest.mark.parametrize(
    ("achieved", "activities", "expected"),
    [
        (DENIED, None, NOT_MET),
        (None, DENIED, NOT_MET),
        (DENIED, NO, NOT_MET),
        (DENIED, OPEN, NOT_MET),
        (DENIED, YES, MET),
        (YES, DENIED, MET),
    ],
)
def test_task_characteristic_denied(
    achieved: Holding | None, activities: Holding | None, expected: Verdict
) -> None:
    """What is said not to hold does not become unknown because the other list is left out."""
    assert of_work(TASK, evolve(work(), achieved=achieved, activities=activities)) is expected


# --- sizes


@pytest.mark.parametrize(
    ("lower", "upper", "value", "expected"),
    [
        (75, None, 74, NOT_MET),
        (75, None, 75, MET),
        (75, None, 10**9, MET),
        (None, 150, 149, MET),
        (None, 150, 150, NOT_MET),
        (None, 150, 0, MET),
        (75, 150, 74, NOT_MET),
        (75, 150, 75, MET),
        (75, 150, 149, MET),
        (75, 150, 150, NOT_MET),
        (75, 150, None, UNDETERMINED),
        (0, None, 0, MET),
        (1, None, 0, NOT_MET),
    ],
)
def test_bounds(lower: int | None, upper: int | None, value: int | None, expected: Verdict) -> None:
    """The lower bound is included, the upper one is not."""
    size = {} if value is None else {STAFF.id: value}
    leaf = Measured(measure=STAFF, lower=lower, upper=upper)
    assert of_work(leaf, evolve(work(), size=size)) is expected


def test_measures_are_apart() -> None:
    """A value of one measure says nothing about another."""
    leaf = Measured(measure=CONTRACT, lower=1)
    assert of_work(leaf, evolve(work(), size={STAFF.id: 5})) is UNDETERMINED


def test_several_bounds_of_a_measure() -> None:
    """Each bound of a measure is a question of its own."""
    small, large = Measured(measure=STAFF, upper=20), Measured(measure=STAFF, lower=20)
    table = AtomTable([small, large], facts_and_table(small, person())[1].known)
    facts = table.facts(person(evolve(work(), size={STAFF.id: 20})), AS_OF)
    ((bits, _),) = facts.surely.engagements
    assert bits == table.asked(large).mask
    ((open_, _),) = facts.possibly.engagements
    assert open_ == bits


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("part", NOT_MET),
        ("whole", MET),
        ("several", MET),
        ("room", UNDETERMINED),
        ("building", UNDETERMINED),
        (None, UNDETERMINED),
    ],
)
def test_scope(found: str | None, expected: Verdict) -> None:
    """A greater term of the same chain satisfies; a term of another chain says nothing either way."""
    asked = next(t for t in REACH.terms() if t.id == "whole")
    size: dict[str, int | str] = {} if found is None else {REACH.id: found}
    assert of_work(OnScale(scale=REACH, term=asked), evolve(work(), size=size)) is expected


def test_scopes_are_apart() -> None:
    """A scope that is not recorded says nothing about another scale."""
    other = evolve(REACH, id="other")
    for scales in ((REACH, other), (other, REACH)):
        leaves = tuple(OnScale(scale=s, term=s.chains[0][1]) for s in scales)
        recorded = evolve(work(), size={scales[1].id: "part"})
        both = Counted(label="count", at_least=1, where=All(label="all", parts=leaves))
        assert verdict(both, person(recorded)) is NOT_MET
        either = Counted(label="count", at_least=1, where=Any(label="any", parts=leaves))
        assert verdict(either, person(recorded)) is UNDETERMINED


# --- the person


@pytest.mark.parametrize("asked", Depth)
@pytest.mark.parametrize("has", Depth)
def test_depth(asked: Depth, has: Depth) -> None:
    """Asking for a depth is satisfied by that depth or a greater one."""
    expected = MET if has >= asked else NOT_MET
    professional = Professional(areas={"are-a": has})
    assert of_person(AreasAtDepth(terms=terms("are-a"), depth=asked), professional) is expected


def test_areas_left_out() -> None:
    """A mapping of areas is complete for its editions; no mapping says nothing."""
    leaf = AreasAtDepth(terms=terms("are-a"), depth=Depth.BASIC)
    others = Professional(areas={"are-b": Depth.LEADS_INDUSTRY})
    assert of_person(leaf, Professional()) is UNDETERMINED
    assert of_person(leaf, others) is NOT_MET
    assert of_person(leaf, Professional(areas={})) is NOT_MET
    assert of_person(leaf, others, NEW) is UNDETERMINED
    shallow = Professional(areas={"are-a": Depth.BASIC})
    deeper = AreasAtDepth(terms=terms("are-a"), depth=Depth.INDEPENDENT)
    # named, though only the other edition knows it: no longer open
    assert of_person(deeper, shallow, NEW) is NOT_MET


def test_kinds_of_succession() -> None:
    """A kind counts when one work of it is recorded, however many there are."""
    leaf = SuccessionKinds(terms=terms("suc-a", "suc-b"), count=2)
    one, both = (Work("suc-a"), Work("suc-a")), (Work("suc-a"), Work("suc-b"))
    assert of_person(leaf, Professional(succession=one)) is NOT_MET
    assert of_person(leaf, Professional(succession=both)) is MET
    assert of_person(leaf, Professional(succession=())) is NOT_MET
    assert of_person(leaf, Professional()) is UNDETERMINED
    assert of_person(leaf, Professional(succession=(Work("suc-b"),)), NEW) is UNDETERMINED


@pytest.mark.parametrize(
    ("said", "expected"), [(True, MET), (False, NOT_MET), (None, UNDETERMINED)]
)
def test_mentoring(said: bool | None, expected: Verdict) -> None:
    """Mentoring is what is recorded."""
    assert of_person(Mentoring(name=NAME), Professional(mentoring=said)) is expected


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(None, UNDETERMINED), ((), NOT_MET), (("FE",), NOT_MET), (("FE", "AP"), MET)],
)
def test_examinations(passed: tuple[str, ...] | None, expected: Verdict) -> None:
    """A list of examinations is complete."""
    found = None if passed is None else tuple(map(PassedExamination, passed))
    evidence = evolve(person(), examinations=found)
    assert verdict(Passed(name="AP", title=NAME), evidence) is expected


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        (None, UNDETERMINED),
        ({}, NOT_MET),
        ({"skill-a": 3}, NOT_MET),
        ({"skill-a": 4}, MET),
        ({"skill-a": 7}, MET),
        ({"skill-b": 7}, NOT_MET),
    ],
)
def test_proficiency(skills: dict[str, int] | None, expected: Verdict) -> None:
    """Asking for a level of a skill is satisfied by that level or a higher one."""
    leaf = Proficient(skill=Term("skill-a", NAME), level=4)
    assert verdict(leaf, evolve(person(), skills=skills)) is expected


def test_skills_and_knowledge_of_another_edition() -> None:
    """What only another edition knows stays unknown, unless it is named."""
    skill = Proficient(skill=Term("skill-d", NAME), level=1)
    know = Knows(terms=(Term("kno-d", NAME),))
    empty = evolve(person(), skills={}, knowledge=frozenset[str]())
    named = evolve(person(), skills={"skill-d": 1}, knowledge=frozenset({"kno-d"}))
    assert (verdict(skill, empty), verdict(know, empty)) == (UNDETERMINED, UNDETERMINED)
    assert (verdict(skill, named), verdict(know, named)) == (MET, MET)


@pytest.mark.parametrize(
    ("known", "expected"),
    [(None, UNDETERMINED), (set(), NOT_MET), ({"kno-b"}, NOT_MET), ({"kno-a", "kno-b"}, MET)],
)
def test_knowledge(known: set[str] | None, expected: Verdict) -> None:
    """A list of knowledge is complete."""
    leaf = Knows(terms=(Term("kno-a", NAME),))
    evidence = evolve(person(), knowledge=None if known is None else frozenset(known))
    assert verdict(leaf, evidence) is expected


# --- months


def test_months_covered() -> None:
    """An engagement covers the months from its first to its last; one that goes on ends now."""
    ended = Engagement("ended", first=Month.of(2020, 4), last=Month.of(2021, 3))
    going_on = Engagement("going-on", first=Month.of(2026, 10))
    later = Engagement("later", first=Month.of(2026, 10), last=Month.of(2027, 3))
    undated = Engagement("undated", last=Month.of(2021, 3))
    facts, _ = facts_and_table(Mentoring(name=NAME), person(ended, going_on, later, undated))
    sure = [run for _, run in facts.surely.engagements]
    possible = [run for _, run in facts.possibly.engagements]
    known = [
        (Month.of(2020, 4).number, Month.of(2021, 3).number),
        (Month.of(2026, 10).number, AS_OF.number),
        (Month.of(2026, 10).number, AS_OF.number),
    ]
    assert sure == [*known, NO_MONTH]
    assert possible == [*known, EVERY_MONTH]


def test_no_month_and_every_month() -> None:
    """Unknown months surely cover nothing, and possibly any number of years."""
    rule = Years(label="years", years=50, where=Succeeded())
    undated = Engagement("undated", succeeded=True)
    assert verdict(rule, person(undated)) is UNDETERMINED


def test_unlisted_engagements() -> None:
    """Without the key there may be engagements; an empty list says that there are none."""
    rule = Counted(label="count", at_least=1, where=Succeeded())
    assert verdict(rule, Evidence(Person("E1", "E1"), (OLD,))) is UNDETERMINED
    assert verdict(rule, person()) is NOT_MET
    facts, _ = facts_and_table(rule, Evidence(Person("E1", "E1"), (OLD,)))
    assert (facts.surely.unlisted, facts.possibly.unlisted) == (False, True)
    assert facts.possibly.engagements == ()


# --- the table of questions


def test_equal_questions_share_a_bit() -> None:
    """A question that two rules ask has one bit; different questions have different ones."""
    rules = [Criteria(terms=terms("cri-a", "cri-b"), count=1), Criteria(terms=terms("cri-b"))]
    table = AtomTable(rules, facts_and_table(Supervised(), person())[1].known)
    assert sorted(table.bits.values()) == [1, 2]
    first, second = (table.asked(r) for r in rules)
    assert first.mask == 3
    assert second.mask == 2
    assert [atom.id for atom, _ in first.atoms] == ["cri-a", "cri-b"]


def test_asked() -> None:
    """What a leaf asks is kept in bits: how many, and which must be among them."""
    leaf = Criteria(terms=terms("cri-a", "cri-b", "cri-c"), count=2, mandatory=("cri-b",))
    asked = facts_and_table(leaf, person())[1].asked(leaf)
    assert (asked.mask, asked.required, asked.at_least) == (0b111, 0b010, 2)


def test_what_no_rule_asks() -> None:
    """Evidence that no rule asks about changes nothing."""
    full = evolve(
        work(),
        fields=frozenset({DESK}),
        role=Role.LEADER,
        supervised=True,
        complexity=Holding(frozenset({"cri-a"})),
        achieved=Holding(frozenset({"out-a"})),
        activities=Holding(frozenset({"act-a"})),
        size={STAFF.id: 5, REACH.id: "part", Measure("x", NAME, NAME).id: 1},
    )
    facts, _ = facts_and_table(Succeeded(), person(evolve(full, succeeded=True)))
    assert [bits for bits, _ in facts.surely.engagements] == [1]
    assert facts.surely.person == facts.possibly.person == 0
