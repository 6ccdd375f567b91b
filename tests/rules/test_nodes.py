"""The nodes of the rule language: what each asks, how much of it, and what stands below it."""

import pytest
from attrs import evolve, exceptions
from hypothesis import given

from rules.small import terms
from strategies import REACH, STAFF, rules, steady
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Atom,
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
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Years,
    parts_of,
    walk,
)
from tassei.source import Place
from tassei.text import Text

NAME = Text("名", "name")
SCOPE = REACH.chains[0]


@pytest.mark.parametrize(
    ("leaf", "label", "atoms", "at_least"),
    [
        (InField(fields=("e/f",), name=NAME), "field", [Atom("field", "e/f")], 1),
        (
            InField(fields=("e/f", "e/g"), name=NAME),
            "field",
            [Atom("field", "e/f"), Atom("field", "e/g")],
            1,
        ),
        (RoleAtLeast(role=Role.LEADER), "role", [Atom("role", at_least=2)], 1),
        (Supervised(), "supervised", [Atom("supervised")], 1),
        (Succeeded(), "succeeded", [Atom("succeeded")], 1),
        (
            Outcomes(terms=terms("out-a", "out-b")),
            "outcomes",
            [Atom("outcome", "out-a"), Atom("outcome", "out-b")],
            2,
        ),
        (
            Tasks(terms=terms("tas-a", "tas-b")),
            "tasks",
            [Atom("task", "tas-a"), Atom("task", "tas-b")],
            2,
        ),
        (Activities(terms=terms("act-a")), "activities", [Atom("activity", "act-a")], 1),
        (
            Criteria(terms=terms("cri-a", "cri-b"), count=1),
            "complexity",
            [Atom("criterion", "cri-a"), Atom("criterion", "cri-b")],
            1,
        ),
        (
            Measured(measure=STAFF, lower=75, upper=150),
            "measure",
            [Atom("measure", "staff", 75, 150)],
            1,
        ),
        (
            AreasAtDepth(terms=terms("are-a", "are-b"), depth=Depth.GUIDES_JUNIORS),
            "areas",
            [Atom("area", "are-a", at_least=2), Atom("area", "are-b", at_least=2)],
            2,
        ),
        (
            SuccessionKinds(terms=terms("suc-a", "suc-b"), count=1),
            "succession",
            [Atom("kind", "suc-a"), Atom("kind", "suc-b")],
            1,
        ),
        (Mentoring(name=NAME), "mentoring", [Atom("mentoring")], 1),
        (Passed(name="AP", title=NAME), "examination", [Atom("examination", "AP")], 1),
        (
            Proficient(skill=Term("s", NAME), level=4),
            "skill",
            [Atom("skill", "s", at_least=4)],
            1,
        ),
        (
            Knows(terms=(Term("a", NAME), Term("b", NAME)), count=0),
            "knowledge",
            [Atom("knowledge", "a"), Atom("knowledge", "b")],
            0,
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Leaf) else None,
)
def test_leaves(leaf: Leaf, label: str, atoms: list[Atom], at_least: int) -> None:
    """Each leaf asks its questions in order, stands for its clause, and says how many must hold."""
    assert list(leaf.asks) == atoms
    assert leaf.label == label
    assert leaf.at_least == at_least
    assert leaf.required == frozenset()
    assert leaf.place is None
    assert evolve(leaf, place=Place("001", 60)).place == Place("001", 60)


def test_mandatory_criteria() -> None:
    """Mandatory criteria are among those that are asked."""
    leaf = Criteria(terms=terms("cri-a", "cri-b"), count=2, mandatory=("cri-b",))
    assert leaf.required == {"cri-b"}


@pytest.mark.parametrize(
    ("asked", "any_of", "none_of"),
    [
        ("part", {"part", "whole", "several"}, set()),
        ("whole", {"whole", "several"}, {"part"}),
        ("several", {"several"}, {"part", "whole"}),
        ("building", {"building"}, {"room"}),
    ],
)
def test_scope(asked: str, any_of: set[str], none_of: set[str]) -> None:
    """A scope is satisfied by greater terms of its chain, denied by smaller ones, and by no other."""
    leaf = OnScale(scale=REACH, term=next(t for t in REACH.terms() if t.id == asked))
    expected = Atom("scale", "reach", any_of=frozenset(any_of), none_of=frozenset(none_of))
    assert leaf.asks == (expected,)
    assert (leaf.label, leaf.at_least) == ("measure", 1)


def test_a_leaf_must_say_what_it_asks() -> None:
    """The common leaf asks nothing by itself."""
    with pytest.raises(NotImplementedError):
        _ = Leaf(label="x").asks


def test_nodes_are_values() -> None:
    """Nodes compare by what they say, hash alike, and cannot be changed."""
    one, other = Criteria(terms=terms("cri-a")), Criteria(terms=terms("cri-a"))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Criteria(terms=terms("cri-b"))
    assert one != evolve(one, place=Place("001", 60))
    leaves: list[Leaf] = [Supervised(label="x"), Succeeded(label="x")]
    assert leaves[0] != leaves[1]
    with pytest.raises(exceptions.FrozenInstanceError):
        one.label = "other"  # type: ignore[misc]  # that it fails is the test


def test_years_are_twelve_months() -> None:
    """The unit of years is the month."""
    assert Years(label="years", years=3, where=Succeeded()).months == 36
    assert not Years(label="years", years=3, where=Succeeded()).continuous


def test_parts() -> None:
    """Parts stand in order; what singles nobody out is no part."""
    first, second = Supervised(), Succeeded()
    assert parts_of(All(label="x", parts=(first, second))) == (first, second)
    assert parts_of(Any(label="x", parts=(second, first))) == (second, first)
    assert parts_of(Years(label="x", years=1, where=first)) == (first,)
    counted = Counted(label="x", at_least=2, where=first)
    assert parts_of(counted) == (first,)
    assert counted.singled_out == All(label="any", parts=())
    assert parts_of(evolve(counted, singled_out=second)) == (first,)
    assert parts_of(evolve(counted, singled_out=second, of_which=1)) == (first, second)
    assert parts_of(first) == ()


def test_walk() -> None:
    """A walk visits each rule before its parts, from the first to the last."""
    inner = Any(label="b", parts=(Supervised(), Succeeded()))
    rule = All(label="a", parts=(inner, Counted(label="c", at_least=1, where=Succeeded())))
    assert [r.label for r in walk(rule)] == ["a", "b", "supervised", "succeeded", "c", "succeeded"]


@steady(max_examples=100)
@given(rules)
def test_walk_visits_everything(rule: Rule) -> None:
    """A walk visits a rule and, in order, everything that is below its parts."""
    below = [r for part in parts_of(rule) for r in walk(part)]
    assert list(walk(rule)) == [rule, *below]
