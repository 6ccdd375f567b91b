"""The fast decision: every shape of rule that it treats in a way of its own."""

from itertools import product

import pytest
from attrs import evolve

from judging.small import (
    DESK,
    MET,
    NOT_MET,
    OLD,
    UNDETERMINED,
    facts_and_table,
    person,
    terms,
    verdict,
    work,
)
from strategies import STAFF
from tassei.evidence.model import Engagement, Evidence, Holding, Person
from tassei.framework.scales import Role
from tassei.judging.decide import on_bits, on_world, verdict_of
from tassei.judging.facts import Facts, World
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import (
    All,
    Any,
    Counted,
    Criteria,
    InField,
    Leaf,
    Measured,
    Mentoring,
    Outcomes,
    RoleAtLeast,
    Rule,
    Succeeded,
    Supervised,
    Years,
)
from tassei.text import Text

NAME = Text("名", "name")
SUCCEEDED = evolve(work(), succeeded=True)
LEAVES: tuple[Leaf, ...] = (
    Supervised(),
    Succeeded(),
    RoleAtLeast(role=Role.LEADER),
    Measured(measure=STAFF, lower=5),
)


def recorded(*truths: bool | None) -> Engagement:
    """An engagement for which each of `LEAVES` holds, does not, or is unknown."""
    supervised, succeeded, led, staffed = truths
    return evolve(
        work(),
        supervised=supervised,
        succeeded=succeeded,
        role=None if led is None else Role.LEADER if led else Role.MEMBER,
        size={} if staffed is None else {STAFF.id: 5 if staffed else 4},
    )


def _counted(where: Rule, at_least: int = 1) -> Counted:
    return Counted(label="count", at_least=at_least, where=where)


@pytest.mark.parametrize("count", range(5))
@pytest.mark.parametrize("truths", list(product([True, False, None], repeat=4)))
def test_combinations(count: int, truths: tuple[bool | None, ...]) -> None:
    """All of, and one of, any number of parts about one engagement."""
    parts, found = LEAVES[:count], truths[:count]
    single = [Any(label="one", parts=(p,)) for p in parts]
    every = MET if all(found) else NOT_MET if False in found else UNDETERMINED
    one = MET if any(found) else UNDETERMINED if None in found else NOT_MET
    evidence = person(recorded(*truths))
    assert verdict(_counted(All(label="all", parts=parts)), evidence) is every
    assert verdict(_counted(All(label="all", parts=tuple(single))), evidence) is every
    assert verdict(_counted(Any(label="any", parts=parts)), evidence) is one


@pytest.mark.parametrize("count", range(5))
@pytest.mark.parametrize("truths", list(product([True, False, None], repeat=4)))
def test_combinations_about_the_person(count: int, truths: tuple[bool | None, ...]) -> None:
    """The same for parts about the person."""
    parts, found = tuple(map(_counted, LEAVES[:count])), truths[:count]
    evidence = person(recorded(*truths))
    every = MET if all(found) else NOT_MET if False in found else UNDETERMINED
    one = MET if any(found) else UNDETERMINED if None in found else NOT_MET
    assert verdict(All(label="all", parts=parts), evidence) is every
    assert verdict(Any(label="any", parts=parts), evidence) is one


@pytest.mark.parametrize("where", [1, 2, 3])
def test_leaves_beside_alternatives(where: int) -> None:
    """Leaves that must hold whole are merged; what stands beside them still decides."""
    others = tuple(Any(label="any", parts=(leaf,)) for leaf in LEAVES[:where])
    rule = _counted(All(label="all", parts=(*others, *LEAVES[where:])))
    for truths in product([True, False], repeat=4):
        assert verdict(rule, person(recorded(*truths))) is (MET if all(truths) else NOT_MET)


def test_all_within_all() -> None:
    """Parts of a part are parts of the whole."""
    inner = All(label="inner", parts=(Supervised(), All(label="innermost", parts=(Succeeded(),))))
    rule = _counted(All(label="outer", parts=(inner, RoleAtLeast(role=Role.LEADER))))
    for truths in product([True, False], repeat=3):
        expected = MET if all(truths) else NOT_MET
        assert verdict(rule, person(recorded(*truths, None))) is expected


def test_all_within_all_about_the_person() -> None:
    """The same, where engagements are counted within."""
    inner = All(label="inner", parts=(_counted(Supervised()), Mentoring(name=NAME)))
    rule = All(label="outer", parts=(inner, _counted(Succeeded(), 2)))
    assert verdict(rule, person(recorded(True, True, True, True))) is NOT_MET
    assert verdict(rule, person(recorded(False, True, True, True))) is NOT_MET


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"cri-a", "cri-b"}, MET),
        ({"cri-a", "cri-b", "cri-c"}, MET),
        ({"cri-b", "cri-c"}, NOT_MET),
        ({"cri-a"}, NOT_MET),
        (set(), NOT_MET),
    ],
)
def test_mandatory(held: set[str], expected: Verdict) -> None:
    """A mandatory criterion counts among the others, and no number of others makes up for it."""
    leaf = Criteria(terms=terms("cri-a", "cri-b", "cri-c"), count=2, mandatory=("cri-a",))
    holding = Holding(frozenset(held))
    assert verdict(_counted(leaf), person(evolve(work(), complexity=holding))) is expected


@pytest.mark.parametrize("count", range(4))
@pytest.mark.parametrize("held", range(4))
def test_some_of_several(count: int, held: int) -> None:
    """At least so many, from none to all."""
    ids = ("cri-a", "cri-b", "cri-c")
    leaf = Criteria(terms=terms(*ids), count=count)
    recorded_ = evolve(work(), complexity=Holding(frozenset(ids[:held])))
    expected = MET if held >= count else NOT_MET
    assert verdict(_counted(leaf), person(recorded_)) is expected
    # and within an `All`, where leaves that need not hold whole are kept apart
    both = All(label="all", parts=(leaf, Succeeded()))
    assert verdict(_counted(both), person(evolve(recorded_, succeeded=True))) is expected
    assert verdict(_counted(both), person(evolve(recorded_, succeeded=False))) is NOT_MET


def test_outcomes_beside_some_criteria() -> None:
    """All outcomes and some criteria: neither stands for the other."""
    rule = _counted(
        All(
            label="all",
            parts=(
                Outcomes(terms=terms("out-a", "out-b")),
                Criteria(terms=terms("cri-a", "cri-b"), count=1),
            ),
        )
    )
    some = Holding(frozenset({"out-a"}))
    every = Holding(frozenset({"out-a", "out-b"}))
    criterion = Holding(frozenset({"cri-b"}))
    for achieved, complexity, expected in [
        (every, criterion, MET),
        (some, criterion, NOT_MET),
        (every, Holding(), NOT_MET),
    ]:
        found = evolve(work(), achieved=achieved, complexity=complexity)
        assert verdict(rule, person(found)) is expected


@pytest.mark.parametrize("met", range(4))
@pytest.mark.parametrize("open_", range(3))
@pytest.mark.parametrize("asked", range(1, 5))
def test_counted(met: int, open_: int, asked: int) -> None:
    """Engagements that surely count decide for it, those that possibly count leave it open."""
    works = [
        evolve(work(f"w{n}"), succeeded=s)
        for n, s in enumerate([*[True] * met, *[None] * open_, False])
    ]
    expected = MET if met >= asked else UNDETERMINED if met + open_ >= asked else NOT_MET
    assert verdict(_counted(Succeeded(), asked), person(*works)) is expected


@pytest.mark.parametrize(
    ("both", "only_counting", "only_singled", "expected"),
    [
        (1, 2, 0, MET),
        (3, 0, 0, MET),
        (1, 1, 0, NOT_MET),
        (0, 3, 0, NOT_MET),
        (0, 3, 3, NOT_MET),
        (1, 1, 5, NOT_MET),
    ],
)
def test_of_which(both: int, only_counting: int, only_singled: int, expected: Verdict) -> None:
    """Those that are singled out count among the whole; others do not count for being so."""
    rule = Counted(
        label="count", at_least=3, where=Succeeded(), of_which=1, singled_out=Supervised()
    )
    truths = (
        [(True, True)] * both + [(True, False)] * only_counting + [(False, True)] * only_singled
    )
    works = [evolve(work(f"w{n}"), succeeded=a, supervised=b) for n, (a, b) in enumerate(truths)]
    assert verdict(rule, person(*works)) is expected


@pytest.mark.parametrize(
    ("spans", "continuous", "expected"),
    [
        ([(12, 0)], False, MET),
        ([(11, 0)], False, NOT_MET),
        ([(6, 0), (6, 6)], False, MET),
        ([(6, 0), (6, 6)], True, MET),
        ([(6, 0), (6, 7)], False, MET),
        ([(6, 0), (6, 7)], True, NOT_MET),
        ([(6, 0), (12, 0)], False, MET),
        ([(8, 0), (8, 4)], False, MET),
        ([(7, 0), (7, 3)], False, NOT_MET),
        ([], False, NOT_MET),
    ],
)
def test_years(spans: list[tuple[int, int]], continuous: bool, expected: Verdict) -> None:
    """Months are united: one covered twice counts once, and a gap breaks a continuous run."""
    works = [
        evolve(work(f"w{n}", months=m, ago=a), succeeded=True) for n, (m, a) in enumerate(spans)
    ]
    rule = Years(label="years", years=1, where=Succeeded(), continuous=continuous)
    assert verdict(rule, person(*works)) is expected


def test_years_of_work_that_counts() -> None:
    """Only months of engagements that count are counted; open ones leave it open."""
    rule = Years(label="years", years=2, where=Succeeded())
    sure = evolve(work("sure"), succeeded=True)
    for said, expected in [(True, MET), (False, NOT_MET), (None, UNDETERMINED)]:
        other = evolve(work("other", ago=12), succeeded=said)
        assert verdict(rule, person(sure, other)) is expected


def test_unlisted() -> None:
    """Without a list of engagements nothing about them is decided, only possible."""
    nobody = Evidence(Person("E1", "E1"), (OLD,))
    years = Years(label="years", years=1, where=Succeeded())
    for rule in (years, _counted(Succeeded())):
        assert verdict(rule, nobody) is UNDETERMINED


def test_only_leaves_and_combinations_are_about_one_engagement() -> None:
    """A count of engagements within one engagement is a mistake in our own code."""
    rule = _counted(Succeeded())
    table = facts_and_table(rule, person())[1]
    with pytest.raises(TypeError, match=r"^Counted is not about one engagement$"):
        on_bits(rule, table)
    with pytest.raises(TypeError, match=r"^Years is not about one engagement$"):
        on_bits(All(label="all", parts=(Years(label="years", years=1, where=Succeeded()),)), table)


def test_verdict_of_the_two_worlds() -> None:
    """What holds without the unknowns is met, what holds only with them is undetermined."""
    low, high = World(1, (), unlisted=False), World(2, (), unlisted=False)
    facts = Facts(person(), low, high)
    assert verdict_of(lambda _: True, facts) is MET
    assert verdict_of(lambda world: world is high, facts) is UNDETERMINED
    assert verdict_of(lambda _: False, facts) is NOT_MET


@pytest.mark.parametrize(
    "rule", [_counted(Succeeded()), Years(label="y", years=1, where=Succeeded())]
)
def test_a_decision_is_yes_or_no(rule: Rule) -> None:
    """In one world a rule holds or does not; there is no third answer."""
    table = facts_and_table(rule, person())[1]
    holds = on_world(rule, table)
    assert holds(World(0, (), unlisted=False)) is False
    assert holds(World(0, ((1, (1, 12)),), unlisted=False)) is True
    assert holds(World(0, (), unlisted=True)) is True


def test_cheap_parts_come_first() -> None:
    """What is about the person is decided before engagements are looked at."""
    rule = All(label="all", parts=(_counted(InField(fields=(DESK,), name=NAME)), Succeeded()))
    table = facts_and_table(rule, person())[1]

    class Unseen(tuple[tuple[int, tuple[int, int]], ...]):
        def __iter__(self) -> "object":  # type: ignore[override]  # it must not be called
            raise AssertionError("engagements were looked at")

    assert not on_world(rule, table)(World(0, Unseen(), unlisted=False))
