"""What is missing: the shortest way first, and enough to be met once it is there."""

from collections.abc import Iterable

import pytest
from attrs import evolve
from hypothesis import given

from judging.rungs import SHIPPED, ShippedRule
from judging.small import (
    DESK,
    MET,
    NOT_MET,
    OLD,
    UNDETERMINED,
    facts_and_table,
    person,
    proof_of,
    work,
)
from judging.small import terms as named
from strategies import AS_OF, STAFF, evidences, rules_with_evidence, steady
from tassei.evidence.model import Engagement, Evidence, Person, Professional
from tassei.evidence.months import Run
from tassei.framework.scales import Role
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.facts import EVERY_MONTH, NO_MONTH, AtomTable, Facts, World
from tassei.judging.missing import Missing, missing
from tassei.judging.prove import Proof, prove
from tassei.rules.nodes import (
    All,
    Any,
    Counted,
    InField,
    Leaf,
    Measured,
    Mentoring,
    Passed,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Years,
    walk,
)
from tassei.text import Text

NAME = Text("名", "name")
IN_DESK = InField(fields=(DESK,), name=NAME)
MENTORING = Mentoring(name=NAME)
NOBODY = Evidence(Person("E1", "E1"), (OLD,))
WHERE = All(
    label="engagement",
    parts=(
        IN_DESK,
        RoleAtLeast(role=Role.LEADER),
        Succeeded(),
        Measured(measure=STAFF, lower=20),
    ),
)

Said = tuple[str, str | None, str, int]


def said(items: tuple[Missing, ...]) -> list[Said]:
    """Each item in short: its clause, its engagement, its kind, and by how much it is short."""
    return [
        (m.rule.label, m.engagement.id if m.engagement else None, m.kind, m.short_by) for m in items
    ]


def lacking(rule: Rule, evidence: Evidence) -> list[Said]:
    return said(missing(proof_of(rule, evidence)))


def counted(at_least: int = 1, where: Rule = WHERE) -> Counted:
    return Counted(label="count", at_least=at_least, where=where)


def years(count: int = 1, where: Rule = WHERE, *, continuous: bool = False) -> Years:
    return Years(label="years", years=count, where=where, continuous=continuous)


def found(
    name: str = "w", *, months: int = 12, ago: int = 0, staff: int | None = 20, role: Role | None = Role.LEADER,
    succeeded: bool | None = True, supervised: bool | None = None,
) -> Engagement:  # fmt: skip
    """Work that counts, but for what is said."""
    return evolve(
        work(name, months=months, ago=ago),
        fields=frozenset({DESK}),
        role=role,
        succeeded=succeeded,
        supervised=supervised,
        size={} if staff is None else {STAFF.id: staff},
    )


# --- about the person


@pytest.mark.parametrize(
    ("mentoring", "expected"),
    [
        (True, []),
        (None, [("mentoring", None, "fact", 0)]),
        (False, [("mentoring", None, "change", 0)]),
    ],
)
def test_leaf(mentoring: bool | None, expected: list[Said]) -> None:
    """What is not recorded is a fact to record, what does not hold is a thing to change."""
    assert (
        lacking(MENTORING, evolve(person(), professional=Professional(mentoring=mentoring)))
        == expected
    )


def test_facts_come_before_changes() -> None:
    """Of all that is missing, what can be looked up comes first, then what must be done."""
    kinds = SuccessionKinds(terms=named("suc-a"))
    rule = All(label="all", parts=(kinds, counted(), MENTORING))
    evidence = evolve(person(), professional=Professional(succession=()))
    assert lacking(rule, evidence) == [
        ("mentoring", None, "fact", 0),
        ("succession", None, "change", 0),
        ("count", None, "work", 1),
    ]


def test_of_alternatives_the_nearest() -> None:
    """Of several ways the one is named that lacks least: three facts rather than one change."""
    kinds = SuccessionKinds(terms=named("suc-a"))
    far = All(label="far", parts=(kinds,))
    near = All(
        label="near",
        parts=(MENTORING, Passed(name="AP", title=NAME), Passed(name="FE", title=NAME)),
    )
    evidence = evolve(person(), professional=Professional(succession=()))
    rule = Any(label="any", parts=(far, near))
    assert [m[0] for m in lacking(rule, evidence)] == ["mentoring", "examination", "examination"]
    assert [m[0] for m in lacking(Any(label="any", parts=(near, far)), evidence)] == [
        "mentoring",
        "examination",
        "examination",
    ]
    changes = evolve(evidence, professional=Professional(succession=(), mentoring=False))
    assert lacking(rule, changes) == [("succession", None, "change", 0)]


def test_met_parts_are_not_missing() -> None:
    """Of an `All`, what holds is left out."""
    rule = All(label="all", parts=(MENTORING, Passed(name="AP", title=NAME)))
    evidence = evolve(person(), professional=Professional(mentoring=True))
    assert lacking(rule, evidence) == [("examination", None, "fact", 0)]


def test_each_thing_once() -> None:
    """What two clauses lack alike is named once."""
    rule = All(label="all", parts=(counted(), counted(), MENTORING, MENTORING))
    evidence = person(found(succeeded=None))
    assert lacking(rule, evidence) == [
        ("succeeded", "w", "fact", 0),
        ("mentoring", None, "fact", 0),
    ]


def test_the_same_thing_of_two_engagements() -> None:
    """What two engagements lack is named for each."""
    evidence = person(found("a", succeeded=None), found("b", succeeded=None))
    assert lacking(counted(2), evidence) == [
        ("succeeded", "a", "fact", 0),
        ("succeeded", "b", "fact", 0),
    ]


def test_empty_combination() -> None:
    """A combination without parts that cannot hold is itself what is missing."""
    assert lacking(Any(label="nothing", parts=()), person()) == [("nothing", None, "change", 0)]


# --- engagements


@pytest.mark.parametrize(
    ("works", "at_least", "expected"),
    [
        ([found()], 1, []),
        ([], 1, [("count", None, "work", 1)]),
        ([], 3, [("count", None, "work", 3)]),
        ([found()], 3, [("count", None, "work", 2)]),
        ([found("a", succeeded=None)], 1, [("succeeded", "a", "fact", 0)]),
        ([found("a", succeeded=False)], 1, [("succeeded", "a", "change", 0)]),
        # the nearest first, and no more of them than are needed
        (
            [found("a", succeeded=False), found("b", succeeded=None)],
            1,
            [("succeeded", "b", "fact", 0)],
        ),
        (
            [found("a", succeeded=False), found("b", succeeded=None), found("c", staff=None)],
            2,
            [("succeeded", "b", "fact", 0), ("measure", "c", "fact", 0)],
        ),
        # one that counts, one that nearly does, and one more to do
        (
            [found("a"), found("b", succeeded=None)],
            3,
            [("succeeded", "b", "fact", 0), ("count", None, "work", 1)],
        ),
        # one that lacks two clauses may still come near; one that lacks three is no nearer than new work
        (
            [found("a", succeeded=False, staff=5)],
            1,
            [("succeeded", "a", "change", 0), ("measure", "a", "change", 0)],
        ),
        (
            [found("a", succeeded=False, staff=5, role=Role.MEMBER)],
            1,
            [("count", None, "work", 1)],
        ),
    ],
)
def test_engagements(works: list[Engagement], at_least: int, expected: list[Said]) -> None:
    """The engagements that come nearest to counting, and new ones for the rest."""
    assert lacking(counted(at_least), person(*works)) == expected


def test_unlisted_engagements_are_a_fact() -> None:
    """Where engagements are not recorded at all, it is the record that is missing, not the work."""
    assert lacking(counted(2), NOBODY) == [("count", None, "fact", 0)]
    assert lacking(years(2), NOBODY) == [("years", None, "fact", 0)]
    singled = evolve(counted(2), of_which=1, singled_out=Supervised())
    assert lacking(singled, NOBODY) == [("count", None, "fact", 0)]


OF_WHICH = evolve(counted(2), of_which=1, singled_out=Supervised())


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ([found("a", supervised=True), found("b")], []),
        ([found("a"), found("b", supervised=False)], [("supervised", "a", "fact", 0)]),
        (
            [found("a", supervised=False), found("b", supervised=False)],
            [("supervised", "a", "change", 0)],
        ),
        (
            [found("a", supervised=False)],
            [("supervised", "a", "change", 0), ("count", None, "work", 1)],
        ),
        ([found("a", supervised=True)], [("count", None, "work", 1)]),
        (
            [found("a", supervised=True), found("b", succeeded=None)],
            [("succeeded", "b", "fact", 0)],
        ),
        # what keeps it from counting is named once, with what would single it out
        (
            [found("a", supervised=False), found("b", succeeded=None, supervised=True)],
            [("succeeded", "b", "fact", 0)],
        ),
        # where enough count, those that nearly do are no matter
        (
            [
                found("a", supervised=False),
                found("b", supervised=False),
                found("c", succeeded=None, supervised=False),
            ],
            [("supervised", "a", "change", 0)],
        ),
        (
            [
                found("a", supervised=False),
                found("b", supervised=False),
                found("c", supervised=False),
                found("d", succeeded=None, supervised=False),
                found("e", succeeded=None, supervised=False),
            ],
            [("supervised", "a", "change", 0)],
        ),
        ([], [("count", None, "work", 2), ("of_which", None, "work", 1)]),
    ],
)
def test_of_which(works: list[Engagement], expected: list[Said]) -> None:
    """What is singled out is missing beside the count, and never twice."""
    assert lacking(OF_WHICH, person(*works)) == expected


# --- years


@pytest.mark.parametrize(
    ("works", "count", "expected"),
    [
        ([found()], 1, []),
        ([], 1, [("years", None, "work", 12)]),
        ([found()], 3, [("years", None, "work", 24)]),
        ([found(months=5)], 1, [("years", None, "work", 7)]),
        ([found("a", succeeded=None)], 1, [("succeeded", "a", "fact", 0)]),
        ([found("a", succeeded=False)], 1, [("succeeded", "a", "change", 0)]),
        # what lacks least of those that would suffice
        (
            [found("a", succeeded=False), found("b", succeeded=None)],
            1,
            [("succeeded", "b", "fact", 0)],
        ),
        # what comes nearer and does not suffice is passed over
        (
            [found("a", succeeded=False), found("b", months=3, succeeded=None)],
            1,
            [("succeeded", "a", "change", 0)],
        ),
        # with what counts already
        (
            [found("a"), found("b", ago=12, succeeded=None)],
            2,
            [("succeeded", "b", "fact", 0)],
        ),
        # several together, where none suffices alone
        (
            [found("a", succeeded=None), found("b", ago=12, staff=None)],
            2,
            [("succeeded", "a", "fact", 0), ("measure", "b", "fact", 0)],
        ),
        # no more of them than are needed
        (
            [
                found("a", succeeded=None),
                found("b", ago=12, staff=None),
                found("c", ago=24, staff=None),
            ],
            2,
            [("succeeded", "a", "fact", 0), ("measure", "b", "fact", 0)],
        ),
        # a start that is not recorded
        ([evolve(found("a"), first=None)], 1, [("years", "a", "fact", 0)]),
        (
            [found("a"), evolve(found("b"), first=None)],
            2,
            [("years", "b", "fact", 0)],
        ),
        # a start that is not recorded, beside a clause
        (
            [evolve(found("a", succeeded=False), first=None)],
            1,
            [("years", "a", "fact", 0), ("succeeded", "a", "change", 0)],
        ),
        # none of them would do: more work, and what keeps the nearest from counting at all
        (
            [found("a", months=3, succeeded=None)],
            1,
            [("succeeded", "a", "fact", 0), ("years", None, "work", 12)],
        ),
        (
            [
                found("a", months=3, succeeded=None),
                found("b", months=2, ago=20, staff=None, succeeded=False),
            ],
            1,
            [("succeeded", "a", "fact", 0), ("years", None, "work", 12)],
        ),
        (
            [found("a", months=3, succeeded=None), found("b", ago=20, months=4)],
            1,
            [("years", None, "work", 8)],
        ),
        # three clauses short is no nearer than new work
        (
            [found("a", succeeded=False, staff=5, role=Role.MEMBER)],
            1,
            [("years", None, "work", 12)],
        ),
    ],
)
def test_years(works: list[Engagement], count: int, expected: list[Said]) -> None:
    """The fewest engagements that would count and suffice, else the months that are lacking."""
    assert lacking(years(count), person(*works)) == expected


def test_continuous_years() -> None:
    """Under the continuous reading an engagement must close the gap to be the one that is missing."""
    works = [
        found("a"),
        found("apart", ago=20, succeeded=None),
        found("next", ago=12, staff=None, succeeded=False),
    ]
    cumulative, continuous = years(2), years(2, continuous=True)
    assert lacking(cumulative, person(*works)) == [("succeeded", "apart", "fact", 0)]
    assert lacking(continuous, person(*works)) == [
        ("measure", "next", "fact", 0),
        ("succeeded", "next", "change", 0),
    ]


def test_a_continuous_run_that_ended_is_begun_anew() -> None:
    """What is missing builds on a run only while it goes on; months after a gap are a new run."""
    rule = years(2, continuous=True)
    going_on = evolve(found("b", months=8), last=None)
    assert lacking(rule, person(found("a", months=20, ago=3))) == [("years", None, "work", 24)]
    assert lacking(rule, person(going_on)) == [("years", None, "work", 16)]
    assert lacking(rule, person(found("a", months=9, ago=9), going_on)) == [
        ("years", None, "work", 16)
    ]
    assert lacking(rule, person(found("a", months=9, ago=8), going_on)) == [
        ("years", None, "work", 7)
    ]


def test_what_a_continuous_run_builds_on() -> None:
    """Only work that counts, and whose months are known, is part of the run that goes on."""
    rule = years(2, continuous=True)
    going_on = evolve(found("b", months=8), last=None)
    failed = found("a", months=9, ago=8, succeeded=False)
    assert lacking(rule, person(failed, going_on)) == [("years", None, "work", 16)]
    begun = evolve(found("b", months=1), last=None)
    assert lacking(rule, person(begun)) == [("years", None, "work", 23)]
    assert lacking(rule, person(begun, evolve(going_on, id="c"))) == [("years", None, "work", 16)]


def test_months_that_overlap_add_nothing() -> None:
    """Work in months that count already is not the way to more months."""
    works = [found("a"), found("b", succeeded=None)]
    assert lacking(years(2), person(*works)) == [("years", None, "work", 12)]


def test_weights() -> None:
    """A fact is nearer than a change, and a change nearer than another engagement."""
    proof = proof_of(counted(), person())
    kinds = ("fact", "change", "work")
    weights = [Missing(proof, None, kind).weight for kind in kinds]  # type: ignore[arg-type]  # a tuple of literals
    assert weights == [1, 10, 30]
    assert Missing(proof, None, "work", 2).rule is proof.rule


# --- for any rule and evidence


def _sensible(proof: Proof) -> None:
    items = missing(proof)
    assert (items == ()) == (proof.verdict is MET)
    assert [m.weight for m in items] == sorted(m.weight for m in items)
    below = list(proof.walk())
    for item in items:
        assert any(item.proof is p for p in below)
        if item.kind == "work":
            assert item.proof.verdict is not MET
            assert item.engagement is None
            assert item.short_by > 0
            assert isinstance(item.rule, Counted | Years)
        else:
            assert item.short_by == 0
        if item.kind == "change":
            assert item.proof.verdict is NOT_MET
            assert not item.proof.parts
        if item.kind == "fact" and isinstance(item.rule, Years) and item.engagement:
            # the months of one engagement; the years may be out of reach for other reasons too
            assert item.engagement.first is None
        elif item.kind == "fact":
            assert item.proof.verdict is UNDETERMINED
        if proof.verdict is UNDETERMINED and not _has_alternatives(proof.rule):
            # what is open can be settled by looking it up
            assert item.kind == "fact"


def _has_alternatives(rule: Rule) -> bool:
    return any(isinstance(n, Any | Counted | Years) for n in walk(rule))


def _carried_out(facts: Facts, table: AtomTable, items: Iterable[Missing]) -> Facts:
    """The facts once everything that is missing is recorded or done, as the rule asks."""
    works = [w.id for w in facts.evidence.engagements or ()]
    person_bits, added = 0, list[tuple[int, Run]]()
    bits = dict.fromkeys(works, 0)
    runs = {w: run for w, (_, run) in zip(works, facts.surely.engagements, strict=True)}
    every = sum(table.bits.values())
    far = EVERY_MONTH[1] + 10
    for item in items:
        match item.rule:
            case Counted() if item.kind == "work":
                added += [(every, NO_MONTH)] * item.short_by
            case Years() as rule if item.kind == "work":
                # a continuous run is begun anew
                length = rule.months if rule.continuous else item.short_by
                added.append((every, (far, far + length - 1)))
            case Counted() | Years() if item.engagement:
                runs[item.engagement.id] = EVERY_MONTH
            case Counted() | Years() as rule:
                least = rule.at_least if isinstance(rule, Counted) else 1
                added += [(every, EVERY_MONTH)] * least
            case Leaf() as leaf if item.engagement:
                bits[item.engagement.id] |= table.asked(leaf).mask
            case Leaf() as leaf:
                person_bits |= table.asked(leaf).mask
    sure = zip(works, facts.surely.engagements, strict=True)
    engagements = (*((b | bits[w], runs[w]) for w, (b, _) in sure), *added)
    world = World(facts.surely.person | person_bits, engagements, unlisted=False)
    return Facts(facts.evidence, world, world)


def _can_hold(rule: Rule) -> bool:
    """Whether a rule can hold at all: an `Any` without parts cannot."""
    return not any(isinstance(n, Any) and not n.parts for n in walk(rule))


@steady(max_examples=400)
@given(rules_with_evidence())
def test_random_rules(pair: tuple[Rule, Evidence]) -> None:
    """Nothing is missing exactly where a rule is met, and with what is missing it is."""
    rule, evidence = pair
    proof = proof_of(rule, evidence)
    _sensible(proof)
    if _can_hold(rule):
        facts, table = facts_and_table(rule, evidence)
        better = _carried_out(facts, table, missing(proof))
        assert verdict_of(on_world(rule, table), better) is MET


@pytest.mark.parametrize("shipped", [s for s in SHIPPED if "=" not in s.name], ids=lambda s: s.name)
def test_shipped_rules(shipped: ShippedRule) -> None:
    """The same for every indicator."""
    rule, table = shipped.rule, shipped.table

    @steady(max_examples=15)
    @given(evidences(shipped.pool))
    def enough(evidence: Evidence) -> None:
        facts = table.facts(evidence, AS_OF)
        proof = prove(rule, facts, table)
        _sensible(proof)
        better = _carried_out(facts, table, missing(proof))
        assert verdict_of(on_world(rule, table), better) is MET

    enough()
