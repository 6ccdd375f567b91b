"""Proofs: the shape of the rule, what was found for each clause, and which clause decides."""

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given

from judging.rungs import STANDARDS, judge_under
from judging.small import DESK, MET, NOT_MET, OLD, UNDETERMINED, person, proof_of, terms, work
from strategies import AS_OF, STAFF, Pool, evidences, rules_with_evidence, steady
from tassei.evidence.model import Engagement, Evidence, Holding, Person, Professional
from tassei.framework.scales import Role
from tassei.judging.facts import EVERY_MONTH
from tassei.judging.prove import Proof, deciding
from tassei.judging.verdict import Verdict, all_of, any_of
from tassei.rules.nodes import (
    All,
    Any,
    Counted,
    Criteria,
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
)
from tassei.source import Place
from tassei.text import Text

NAME = Text("名", "name")
IN_DESK = InField(fields=(DESK,), name=NAME)
MENTORING = Mentoring(name=NAME)
PASSED = Passed(name="AP", title=NAME)


def engaged(*parts: Rule) -> All:
    return All(label="engagement", parts=parts)


def counted(where: Rule, at_least: int = 1) -> Counted:
    return Counted(label="count", at_least=at_least, where=where)


def years(where: Rule, count: int = 1, *, continuous: bool = False) -> Years:
    return Years(label="years", years=count, where=where, continuous=continuous)


def done(name: str = "work", *, ago: int = 0, months: int = 12, **known: bool | None) -> Engagement:
    """Work at the desk with what is known of its success and supervision."""
    return evolve(
        work(name, months=months, ago=ago),
        fields=frozenset({DESK}),
        succeeded=known.get("succeeded"),
        supervised=known.get("supervised"),
    )


# --- leaves


def test_leaf() -> None:
    """A leaf names the questions that hold and those that are not recorded, in order."""
    leaf = Criteria(terms=terms("cri-a", "cri-b", "cri-c"), count=2)
    holding = Holding(frozenset({"cri-c"}), frozenset({"cri-a"}), complete=False)
    recorded = evolve(work(), complexity=holding)
    (part,) = proof_of(counted(leaf), person(recorded)).parts
    assert part.rule == leaf
    assert part.label == "complexity"
    assert part.engagement == recorded
    assert [a.id for a in part.holds] == ["cri-c"]
    assert [a.id for a in part.unknown] == ["cri-b"]
    assert part.verdict is UNDETERMINED
    assert part.parts == ()


@pytest.mark.parametrize(
    ("true", "false", "expected"),
    [
        ("ab", "", MET),
        ("ab", "c", MET),
        ("a", "", UNDETERMINED),
        ("a", "bc", NOT_MET),
        ("bc", "", UNDETERMINED),
        ("bc", "a", NOT_MET),
        ("", "", UNDETERMINED),
        ("", "abc", NOT_MET),
        ("a", "b", UNDETERMINED),
    ],
)
def test_leaf_with_a_mandatory_question(true: str, false: str, expected: Verdict) -> None:
    """Without the mandatory one it is not met, while that is open it is undetermined."""
    leaf = Criteria(terms=terms("cri-a", "cri-b", "cri-c"), count=2, mandatory=("cri-a",))
    holding = Holding(
        frozenset(f"cri-{c}" for c in true), frozenset(f"cri-{c}" for c in false), complete=False
    )
    (part,) = proof_of(counted(leaf), person(evolve(work(), complexity=holding))).parts
    assert part.verdict is expected


def test_leaf_about_the_person() -> None:
    """A leaf about the person belongs to no engagement."""
    proof = proof_of(MENTORING, evolve(person(work()), professional=Professional(mentoring=True)))
    assert (proof.engagement, proof.verdict) == (None, MET)
    assert len(proof.holds) == 1
    assert proof.reached is proof.reachable is None


# --- combinations


def test_combination_carries_the_engagements_of_its_parts() -> None:
    """What is about the person names the engagements that carry its parts, once and in order."""
    b, a = done("b", succeeded=True, supervised=True), done("a", succeeded=True, supervised=False)
    rule = All(label="business", parts=(counted(Succeeded()), counted(Supervised()), MENTORING))
    proof = proof_of(rule, person(b, a))
    assert proof.engagements == ("a", "b")
    assert [p.engagements for p in proof.parts] == [("b", "a"), ("b",), ()]


def test_combination_about_an_engagement() -> None:
    """What is about one engagement names that engagement and carries no list."""
    (part,) = proof_of(counted(engaged(Succeeded(), Supervised())), person(done())).parts
    assert part.engagement is not None
    assert part.engagement.id == "work"
    assert part.engagements == ()
    assert [p.engagement for p in part.parts] == [part.engagement] * 2


def test_walk() -> None:
    """A walk visits a proof and everything below it, each before its parts."""
    rule = All(label="a", parts=(All(label="b", parts=(MENTORING,)), PASSED))
    assert [p.label for p in proof_of(rule, person()).walk()] == [
        "a",
        "b",
        "mentoring",
        "examination",
    ]


# --- over engagements


def test_counted() -> None:
    """A count says how many surely count, how many possibly, and which carry it."""
    works = [done("a", succeeded=True), done("b"), done("c", succeeded=False)]
    proof = proof_of(counted(Succeeded(), 2), person(*works))
    assert (proof.reached, proof.reachable, proof.engagements) == (1, 2, ("a",))
    assert [p.engagement and p.engagement.id for p in proof.parts] == ["a", "b", "c"]
    assert proof.verdict is UNDETERMINED


def test_unlisted() -> None:
    """Without a list of engagements there is no limit to what is possible."""
    nobody = Evidence(Person("E1", "E1"), (OLD,))
    for rule in (counted(Succeeded()), years(Succeeded())):
        proof = proof_of(rule, nobody)
        assert (proof.verdict, proof.reached, proof.reachable) == (UNDETERMINED, 0, None)
        assert proof.parts == ()


def test_engagements_of_another_field_are_left_out() -> None:
    """Work that is surely in another field has no part in the proof; what may be in it has one."""
    other = evolve(work("other"), fields=frozenset({f"{OLD}/network"}))
    unknown, here = evolve(work("unknown"), fields=None), done("here")
    for rule in (counted(engaged(IN_DESK, Succeeded())), years(engaged(IN_DESK, Succeeded()))):
        proof = proof_of(rule, person(other, unknown, here))
        assert [p.engagement and p.engagement.id for p in proof.parts] == ["unknown", "here"]


def test_without_a_field_every_engagement_is_shown() -> None:
    """A rule that asks for no field is put to every engagement."""
    other = evolve(work("other"), fields=frozenset({f"{OLD}/network"}))
    for where in (engaged(Succeeded()), Succeeded(), Any(label="any", parts=(IN_DESK,))):
        assert len(proof_of(counted(where), person(other, done())).parts) == 2


def test_every_field_that_is_asked_for() -> None:
    """Where two fields are asked for, work that is surely not in one of them is left out."""
    network = InField(fields=(f"{OLD}/network",), name=NAME)
    both = evolve(work("both"), fields=frozenset({DESK, f"{OLD}/network"}))
    rule = counted(engaged(IN_DESK, network))
    proof = proof_of(rule, person(done("desk"), both))
    assert [p.engagement and p.engagement.id for p in proof.parts] == ["both"]


def test_of_which() -> None:
    """ "Of which m" is a count of its own below the count, over the same engagements."""
    rule = Counted(
        label="count",
        place=Place("000", 7),
        at_least=2,
        where=engaged(IN_DESK, Succeeded()),
        of_which=1,
        singled_out=Supervised(),
    )
    works = [
        done("a", succeeded=True, supervised=False),
        done("b", succeeded=True),
        done("c", succeeded=False, supervised=True),
    ]
    proof = proof_of(rule, person(*works))
    *each, of_which = proof.parts
    assert [p.verdict for p in each] == [MET, MET, NOT_MET]
    assert (proof.verdict, proof.reached, proof.reachable) == (UNDETERMINED, 2, 2)
    assert (of_which.label, of_which.rule.place) == ("of_which", Place("000", 7))
    assert (of_which.verdict, of_which.reached, of_which.reachable) == (UNDETERMINED, 0, 1)
    assert of_which.engagements == ()
    assert [p.verdict for p in of_which.parts] == [NOT_MET, UNDETERMINED, NOT_MET]
    assert [p.label for p in of_which.parts] == ["engagement"] * 3
    assert [p.engagement for p in of_which.parts] == works
    # each part shows both what makes it count and what singles it out
    assert [[q.verdict for q in p.parts] for p in of_which.parts] == [
        [MET, NOT_MET],
        [MET, UNDETERMINED],
        [NOT_MET, MET],
    ]
    assert isinstance(of_which.rule, Counted)
    assert of_which.rule.at_least == 1


def test_of_which_met() -> None:
    """The one that is singled out carries the count of its own."""
    rule = Counted(
        label="count", at_least=1, where=Succeeded(), of_which=1, singled_out=Supervised()
    )
    works = [
        done("a", succeeded=True, supervised=False),
        done("b", succeeded=True, supervised=True),
    ]
    proof = proof_of(rule, person(*works))
    assert proof.verdict is MET
    assert proof.engagements == ("a", "b")
    assert proof.parts[-1].engagements == ("b",)
    assert proof.parts[-1].reached == 1


def test_of_which_unlisted() -> None:
    """Nothing is said of those that are singled out where engagements are not listed."""
    rule = Counted(
        label="count", at_least=1, where=Succeeded(), of_which=1, singled_out=Supervised()
    )
    (of_which,) = proof_of(rule, Evidence(Person("E1", "E1"), (OLD,))).parts
    assert (of_which.verdict, of_which.reached, of_which.reachable) == (UNDETERMINED, 0, None)


@pytest.mark.parametrize(
    ("of_which_holds", "expected"), [(True, MET), (None, UNDETERMINED), (False, NOT_MET)]
)
def test_of_which_limits_the_whole(of_which_holds: bool | None, expected: Verdict) -> None:
    """The count is no better than the part of it that is singled out."""
    rule = Counted(
        label="count", at_least=1, where=Succeeded(), of_which=1, singled_out=Supervised()
    )
    evidence = person(done(succeeded=True, supervised=of_which_holds))
    assert proof_of(rule, evidence).verdict is expected


def test_years() -> None:
    """Years say how many months surely count, how many possibly, and which work carries them."""
    works = [
        done("a", succeeded=True),
        done("b", ago=12, months=6),
        done("c", ago=18, months=3, succeeded=False),
    ]
    proof = proof_of(years(engaged(IN_DESK, Succeeded()), 2), person(*works))
    assert (proof.reached, proof.reachable, proof.verdict) == (12, 18, NOT_MET)
    assert proof.engagements == ("a",)
    assert [p.verdict for p in proof.parts] == [MET, UNDETERMINED, NOT_MET]


def test_years_with_unknown_months() -> None:
    """Work whose start is not recorded adds no month for sure, and any number possibly."""
    undated = evolve(done("undated", succeeded=True), first=None)
    proof = proof_of(years(Succeeded(), 2), person(undated, done(succeeded=True)))
    assert (proof.reached, proof.reachable, proof.verdict) == (12, None, UNDETERMINED)
    assert proof.engagements == ("undated", "work")
    # unless it surely does not count
    failed = evolve(undated, succeeded=False)
    proof = proof_of(years(Succeeded(), 2), person(failed, done(succeeded=True)))
    assert (proof.reached, proof.reachable, proof.verdict) == (12, 12, NOT_MET)


def test_continuous_years() -> None:
    """The longest unbroken run is what counts, also among what is possible."""
    works = [
        done("a", succeeded=True),
        done("b", ago=13, months=8, succeeded=True),
        done("c", ago=12, months=1),
    ]
    proof = proof_of(years(Succeeded(), 2, continuous=True), person(*works))
    assert (proof.reached, proof.reachable) == (12, 21)
    cumulative = proof_of(years(Succeeded(), 2), person(*works))
    assert (cumulative.reached, cumulative.reachable) == (20, 21)


def test_the_months_of_an_engagement() -> None:
    """The proof of a whole engagement says which months it covers."""
    undated = evolve(done("undated"), first=None)
    for rule in (years(Succeeded()), counted(Succeeded())):
        dated, open_ = proof_of(rule, person(done(), undated)).parts
        assert dated.run == (AS_OF.number - 11, AS_OF.number)
        assert open_.run == EVERY_MONTH
        assert [p.run for p in dated.parts] == [None for _ in dated.parts]


# --- a proof can be checked by hand


def _check(proof: Proof) -> None:
    """Every verdict follows from the verdicts below it, or from what was found for the leaf."""
    below = [p.verdict for p in proof.parts]
    match proof.rule:
        case All():
            assert proof.verdict is all_of(below)
        case Any():
            assert proof.verdict is any_of(below)
        case Counted() as rule:
            each = proof.parts[:-1] if rule.of_which else proof.parts
            met = sum(p.verdict is MET for p in each)
            assert proof.reached == met
            if proof.reachable is not None:
                assert proof.reachable == met + sum(p.verdict is UNDETERMINED for p in each)
            enough = Verdict.between(
                met >= rule.at_least, proof.reachable is None or proof.reachable >= rule.at_least
            )
            rest = proof.parts[-1].verdict if rule.of_which else MET
            assert proof.verdict is min(enough, rest)
        case Years() as rule:
            assert proof.reached is not None
            assert proof.verdict is Verdict.between(
                proof.reached >= rule.months,
                proof.reachable is None or proof.reachable >= rule.months,
            )
        case leaf:
            assert isinstance(leaf, Leaf)
            assert not proof.parts
            assert set(proof.holds).isdisjoint(proof.unknown)
            assert set(proof.holds) | set(proof.unknown) <= set(leaf.asks)
            if proof.verdict is not MET:
                assert proof.verdict is UNDETERMINED or not set(proof.unknown) >= set(leaf.asks)
    for part in proof.parts:
        _check(part)


@steady(max_examples=150)
@given(rules_with_evidence())
def test_proofs_can_be_checked_by_hand(pair: tuple[Rule, Evidence]) -> None:
    """Each verdict in a proof follows from those of its parts by Kleene's logic."""
    _check(proof_of(*pair))


@steady(max_examples=30)
@given(evidences(Pool.of(STANDARDS, [r.rule for r in judge_under(()).rungs])))
def test_what_decides_has_the_verdict(evidence: Evidence) -> None:
    """The clauses that are said to decide are clauses of the proof that have its verdict."""
    for judgement in judge_under(()).judge_all(evidence, AS_OF):
        proof = judgement.proof
        labels = deciding(proof)
        with_verdict = {p.label for p in proof.walk() if p.verdict is proof.verdict}
        assert labels
        assert labels <= with_verdict


# --- which clause decides


LED = RoleAtLeast(role=Role.LEADER)
LARGE = Any(
    label="size", parts=(Measured(measure=STAFF, lower=20), Measured(measure=STAFF, upper=2))
)
GIVEN = Any(label="contributions", parts=(MENTORING, SuccessionKinds(terms=terms("suc-a"))))


def found(
    name: str = "w", *, months: int = 12, ago: int = 0, staff: int | None = 20, role: Role | None = Role.LEADER,
    succeeded: bool | None = True, supervised: bool | None = True,
) -> Engagement:  # fmt: skip
    """Work that satisfies every clause below, but for what is said."""
    return evolve(
        work(name, months=months, ago=ago),
        fields=frozenset({DESK}),
        role=role,
        succeeded=succeeded,
        supervised=supervised,
        size={} if staff is None else {STAFF.id: staff},
    )


WHERE = engaged(IN_DESK, LED, Succeeded(), LARGE)


@pytest.mark.parametrize("over", [counted, years], ids=["counted", "years"])
@pytest.mark.parametrize(
    ("works", "verdict", "labels"),
    [
        ([found()], MET, {"engagement", "field", "role", "succeeded", "size", "measure"}),
        ([found(role=Role.MEMBER)], NOT_MET, {"role"}),
        ([found(role=Role.MEMBER, succeeded=False)], NOT_MET, {"role", "succeeded"}),
        ([found(role=Role.MEMBER, succeeded=None)], NOT_MET, {"role"}),
        ([found(succeeded=None)], UNDETERMINED, {"succeeded"}),
        ([found(staff=5)], NOT_MET, {"size"}),
        ([found(staff=None)], UNDETERMINED, {"size"}),
        ([found(staff=None, role=None)], UNDETERMINED, {"size", "role"}),
        # of two engagements the one that lacks fewest clauses, whatever their order
        ([found("a", staff=5, succeeded=False), found("b", role=Role.MEMBER)], NOT_MET, {"role"}),
        ([found("b", role=Role.MEMBER), found("a", staff=5, succeeded=False)], NOT_MET, {"role"}),
        # of two that lack one clause each, the one with fewest open ones
        (
            [found("a", role=Role.MEMBER, succeeded=None), found("b", staff=5)],
            NOT_MET,
            {"size"},
        ),
        # and if that is the same too, by the alphabet
        ([found("a", staff=5), found("b", role=Role.MEMBER)], NOT_MET, {"role"}),
    ],
)
def test_deciding_clause_of_an_engagement(
    over: Callable[[Rule], Rule], works: list[Engagement], verdict: Verdict, labels: set[str]
) -> None:
    """Where no engagement counts, the clauses decide that keep the nearest of them out."""
    proof = proof_of(over(WHERE), person(*works))
    assert proof.verdict is verdict
    expected = labels | {"count" if over is counted else "years"} if verdict is MET else labels
    assert deciding(proof) == expected


@pytest.mark.parametrize("extra", ["", "a", "b", "c", "d", "e"])
def test_of_two_that_are_as_near_the_first_by_name(extra: str) -> None:
    """What decides does not depend on the order in which a machine keeps labels."""
    asked = [Succeeded(label=f"{extra}{n}") for n in ("one", "two", "three")]
    first, second, third = asked
    one = Any(
        label="any",
        parts=(All(label="x", parts=(first, second)), All(label="y", parts=(first, third))),
    )
    proof = proof_of(counted(one), person(done(succeeded=False)))
    assert deciding(proof) == {f"{extra}one", f"{extra}three"}


def test_deciding_number() -> None:
    """Where some engagements count and are too few or too short, the number decides."""
    assert deciding(proof_of(counted(WHERE, 2), person(found()))) == {"count"}
    assert deciding(proof_of(years(WHERE, 2), person(found()))) == {"years"}
    half = [found(), found("b", succeeded=False)]
    assert deciding(proof_of(counted(WHERE, 3), person(*half))) == {"count"}
    assert deciding(proof_of(counted(WHERE), person())) == {"count"}
    assert deciding(proof_of(years(WHERE), Evidence(Person("E", "E"), (OLD,)))) == {"years"}
    # undetermined ones are too few as well
    open_ = [found(succeeded=None), found("b", succeeded=False)]
    assert deciding(proof_of(counted(WHERE, 3), person(*open_))) == {"count"}


def test_deciding_where_another_engagement_may_count() -> None:
    """An open engagement that would suffice decides, not the number."""
    works = [found(), found("b", ago=12, succeeded=None)]
    for rule in (counted(WHERE, 2), years(WHERE, 2)):
        proof = proof_of(rule, person(*works))
        assert proof.verdict is UNDETERMINED
        assert deciding(proof) == {"succeeded"}


def test_deciding_unknown_months() -> None:
    """Where an engagement counts and its months are not recorded, the years decide."""
    undated = evolve(found(), first=None)
    proof = proof_of(years(WHERE), person(undated))
    assert proof.verdict is UNDETERMINED
    assert deciding(proof) == {"years"}


OF_WHICH = Counted(label="count", at_least=2, where=WHERE, of_which=1, singled_out=Supervised())


@pytest.mark.parametrize(
    ("works", "verdict", "labels"),
    [
        # enough of them, and none is singled out
        (
            [found("a", supervised=False), found("b", supervised=False)],
            NOT_MET,
            {"of_which", "supervised"},
        ),
        (
            [found("a", supervised=None), found("b", supervised=False)],
            UNDETERMINED,
            {"of_which", "supervised"},
        ),
        # too few of them, whoever is singled out
        ([found("a", supervised=False)], NOT_MET, {"count"}),
        ([found("a", supervised=True)], NOT_MET, {"count"}),
        ([found("a", supervised=True), found("b", succeeded=None)], UNDETERMINED, {"succeeded"}),
        # the count is open and the part of it is not met
        (
            [found("a", supervised=False), found("b", succeeded=None, supervised=False)],
            NOT_MET,
            {"of_which", "supervised"},
        ),
        ([found("a", succeeded=False), found("b", succeeded=False)], NOT_MET, {"succeeded"}),
        # the number is open, and so is what is singled out: what keeps the next one out decides
        (
            [found("a", supervised=None), found("b", succeeded=None, role=None)],
            UNDETERMINED,
            {"role", "succeeded"},
        ),
    ],
)
def test_deciding_of_which(works: list[Engagement], verdict: Verdict, labels: set[str]) -> None:
    """ "Of which m" decides where the whole is long enough without it."""
    proof = proof_of(OF_WHICH, person(*works))
    assert proof.verdict is verdict
    assert deciding(proof) == labels


def test_deciding_combination() -> None:
    """Of an `All`, every part that has the verdict decides; of an `Any`, the nearest part."""
    evidence = evolve(
        person(found(succeeded=False)), professional=Professional(mentoring=False, succession=())
    )
    rule = All(label="indicator", parts=(counted(WHERE), MENTORING, counted(LED)))
    assert deciding(proof_of(rule, evidence)) == {"succeeded", "mentoring"}
    wide = All(label="wide", parts=(MENTORING, SuccessionKinds(terms=terms("suc-a"))))
    either = Any(label="either", parts=(wide, counted(WHERE)))
    assert deciding(proof_of(either, evidence)) == {"succeeded"}
    unknown = evolve(evidence, professional=Professional(succession=()))
    # an open part of an undetermined `Any` decides, not one that is surely not met
    assert deciding(proof_of(Any(label="any", parts=(MENTORING, counted(WHERE))), unknown)) == {
        "mentoring"
    }
    assert deciding(proof_of(rule, unknown)) == {"succeeded"}


def test_deciding_of_clauses_that_are_named_whole() -> None:
    """Sizes and contributions are named as a whole, not by the alternative that comes nearest."""
    nothing = evolve(person(), professional=Professional(mentoring=False, succession=()))
    assert deciding(proof_of(GIVEN, nothing)) == {"contributions"}
    # and a met one by everything that carries it
    assert deciding(
        proof_of(GIVEN, evolve(nothing, professional=Professional(mentoring=True)))
    ) == {
        "contributions",
        "mentoring",
    }


def test_deciding_of_routes() -> None:
    """An examination that was not passed never hides what the indicator lacks."""
    standing = All(label="indicator", parts=(MENTORING,))
    rule = Any(label="routes", parts=(standing, PASSED))
    lacks = evolve(person(), professional=Professional(mentoring=False), examinations=())
    assert deciding(proof_of(rule, lacks)) == {"mentoring"}
    # while it is not recorded whether it was passed, that decides
    open_ = evolve(lacks, examinations=None)
    assert deciding(proof_of(rule, open_)) == {"examination"}
    both = evolve(open_, professional=Professional())
    assert deciding(proof_of(rule, both)) == {"mentoring", "examination"}


def test_deciding_empty_combination() -> None:
    """A combination without parts is named itself."""
    assert deciding(proof_of(Any(label="nothing", parts=()), person())) == {"nothing"}
