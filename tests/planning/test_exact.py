"""The planner against trying everything."""

import pytest

from planning.exhaustive import AS_OF, KNOWN, Problem, TooLarge, least, problem
from strategies import SMALL_WORLD
from tassei.framework.indicator import Complexity, Indicator, Responsibility
from tassei.framework.scales import Role
from tassei.judging.facts import AtomTable
from tassei.judging.judge import Judge, Rung
from tassei.planning.plan import apply
from tassei.planning.planner import Planner
from tassei.source import Place

pytest.importorskip("ortools")


class OneRule(Judge):
    """A judge of one rule that no edition has."""

    def __init__(self, given: Problem) -> None:
        self.standards = SMALL_WORLD
        self.table = AtomTable([given.rule], KNOWN)
        self._last = None


def rung_of(given: Problem) -> Rung:
    place = Place("000", 1)
    said = Responsibility(place, Role.MEMBER)
    indicator = Indicator("desk", 1, place, said, Complexity(place), (), place)
    return Rung(SMALL_WORLD.editions[0], "desk", indicator, given.rule)


def _compare(seed: int, most: int) -> bool:
    """Whether a problem was small enough to try everything; fails where the answers differ."""
    given = problem(seed)
    judge, rung = OneRule(given), rung_of(given)
    try:
        wanted = least(given, judge.table, most=most)
    except TooLarge:
        return False
    planner = Planner(judge, given.costs)
    plan = planner.cheapest(given.evidence, AS_OF, rung, given.limits)
    found = plan and (plan.cost, plan.months)
    assert found == wanted.cheapest, f"cheapest of {seed}"
    soonest = planner.earliest(given.evidence, AS_OF, rung, given.limits)
    assert (soonest and (soonest.plan.cost, soonest.plan.months)) == wanted.earliest, (
        f"earliest of {seed}"
    )
    if plan is None:
        assert planner.conflict(given.evidence, AS_OF, rung, given.limits), f"conflict of {seed}"
    else:
        _check(planner, plan, seed)
    return True


def _check(planner: Planner, plan: object, seed: int) -> None:
    from tassei.planning.plan import Plan

    assert isinstance(plan, Plan)
    assert planner.works(plan, plan.additions)
    for n in range(len(plan.additions)):
        fewer = plan.additions[:n] + plan.additions[n + 1 :]
        evidence = apply(fewer, plan.evidence, plan.as_of, KNOWN)
        assert not planner.met(evidence, plan.by, plan.rung), f"{seed}: {plan.additions[n]}"


def _run(seeds: range, most: int) -> int:
    return sum(_compare(seed, most) for seed in seeds)


def test_plans_are_least() -> None:
    """Cost and month equal those of exhaustive search, and no addition can be left out."""
    assert _run(range(400), 1500) >= 150


@pytest.mark.slow
def test_two_thousand_plans_are_least() -> None:
    """The same for more than two thousand problems, larger ones among them."""
    assert _run(range(1000, 4600), 20_000) >= 2000
