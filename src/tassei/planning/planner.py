"""Planning for a person: the cheapest way to a level, other ways, the earliest month, and why not.

Every plan that leaves here has been applied to the evidence and judged met by the interpreter.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal

from attrs import evolve, frozen

from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.judging.decide import OnBits, OnWorld, on_world, verdict_of
from tassei.judging.judge import Judge, Rung
from tassei.judging.verdict import Verdict
from tassei.planning.costs import Costs
from tassei.planning.options import (
    Demand,
    Limits,
    Offer,
    Option,
    Slot,
    contradicted,
    offer,
)
from tassei.planning.plan import Addition, Conflict, Plan, apply
from tassei.planning.program import Aim, Program
from tassei.rules.nodes import All, Any, Rule

Difference = Literal["means", "parts"]
NO_LIMITS = Limits()
_MOST_SETS = 40
"""So many sets of terms are tried before one more is said to do as well."""


@frozen
class Alternative:
    """Another plan for the same level.

    Args:
        differs: `means` where it does without a means of every plan before it: a record completed, a
            work continued, new work, or a clause about the person; `parts` where the means are the
            same and a part of them is another one: a measure, a role, a kind of contribution.
    """

    plan: Plan
    differs: Difference


@frozen
class Earliest:
    """The earliest month in which a level can be met, and what keeps it from being earlier.

    Args:
        clauses: of the rule, a minimal set that cannot hold a month earlier; empty where the level
            can be met this month.
    """

    plan: Plan
    clauses: tuple[Rule, ...]


class Planner:
    """Plans under one judge and one cost model; what is made for a rule is kept for the next person."""

    def __init__(self, judge: Judge, costs: Costs) -> None:
        self.judge = judge
        self.costs = costs
        self.known: Known = judge.table.known
        self._demands: dict[int, Demand] = {}
        self._holds: dict[int, OnWorld] = {}
        self._deciders: dict[int, OnBits] = {}

    def met(self, evidence: Evidence, month: Month, rung: Rung) -> bool:
        """Whether the interpreter judges a level met."""
        facts = self.judge.table.facts(evidence, month)
        return verdict_of(self._holds_of(rung), facts) is Verdict.MET

    def cheapest(
        self, evidence: Evidence, as_of: Month, rung: Rung, limits: Limits = NO_LIMITS
    ) -> Plan | None:
        """The plan of least cost; None where the level cannot be met within the limits.

        Of equal cost the earliest, of these the one whose additions come first in the record and
        the rule. Without additions where the level is met already.
        """
        return self._best(evidence, as_of, rung, limits, "cost", ())

    def earliest(
        self, evidence: Evidence, as_of: Month, rung: Rung, limits: Limits = NO_LIMITS
    ) -> Earliest | None:
        """The plan that is done first, at the least cost; and the clauses that bind."""
        plan = self._best(evidence, as_of, rung, limits, "month", ())
        if plan is None:
            return None
        if not plan.months:
            return Earliest(plan, ())
        sooner = evolve(limits, months=plan.months - 1)
        offered = self.offer(evidence, as_of, rung, sooner)
        program = self._program(offered, as_of, rung, sooner, clauses_of(rung.rule))
        found = program.conflict()
        assert found is not None, "a plan a month shorter would have been found"
        return Earliest(plan, found[0])

    def conflict(
        self, evidence: Evidence, as_of: Month, rung: Rung, limits: Limits
    ) -> Conflict | None:
        """Why a level cannot be met within some limits; None where it can."""
        facts = self.judge.facts(evidence, as_of)
        offered = contradicted(self.demand(rung), facts, as_of, self.costs, limits)
        program = self._program(offered, as_of, rung, limits, clauses_of(rung.rule))
        found = program.conflict()
        return None if found is None else Conflict(rung, evidence, as_of, *found)

    def alternatives(
        self, plan: Plan, count: int, limits: Limits = NO_LIMITS
    ) -> Iterator[Alternative]:
        """Other plans, the cheapest first: those with other means, then those with other parts.

        Fewer than `count` come only where there are no more, which the solver has proved.
        """
        found = [plan]
        differences: tuple[Difference, ...] = ("means", "parts")
        for differs in differences:
            same = _same_means if differs == "means" else _same_part
            while len(found) <= count:
                other = self._best(
                    plan.evidence, plan.as_of, plan.rung, limits, "cost", found, same
                )
                if other is None:
                    break
                found.append(other)
                yield Alternative(other, differs)

    def offer(self, evidence: Evidence, as_of: Month, rung: Rung, limits: Limits) -> Offer:
        """Everything that could be added."""
        facts = self.judge.facts(evidence, as_of)
        return offer(self.demand(rung), facts, as_of, self.costs, limits)

    def demand(self, rung: Rung) -> Demand:
        """What a level asks, arranged for planning."""
        found = self._demands.get(id(rung.rule))
        if found is None:
            found = self._demands[id(rung.rule)] = Demand.of(rung.rule, self.judge.table)
        return found

    def _program(
        self,
        offered: Offer,
        as_of: Month,
        rung: Rung,
        limits: Limits,
        clauses: tuple[Rule, ...] = (),
    ) -> Program:
        program = Program(
            self.demand(rung), offered, as_of, self.costs, limits,
            deciders=self._deciders, clauses=clauses,
        )  # fmt: skip
        program.require(rung.rule)
        return program

    def _holds_of(self, rung: Rung) -> OnWorld:
        found = self._holds.get(id(rung.rule))
        if found is None:
            found = self._holds[id(rung.rule)] = on_world(rung.rule, self.judge.table)
        return found

    def _best(
        self,
        evidence: Evidence,
        as_of: Month,
        rung: Rung,
        limits: Limits,
        aim: Aim,
        others: Iterable[Plan],
        same: Callable[[Addition, Addition], bool] | None = None,
    ) -> Plan | None:
        if self.met(evidence, as_of, rung):
            return None if any(True for _ in others) else Plan(rung, evidence, as_of, ())
        offered = self.offer(evidence, as_of, rung, limits)
        program = self._program(offered, as_of, rung, limits)
        for other in others:
            assert same is not None
            program.do_without_one(other.additions, same)
        additions = program.best(aim)
        if additions is None:
            return None
        plan = Plan(rung, evidence, as_of, additions)
        return self._finished(plan, offered)

    def _finished(self, plan: Plan, offered: Offer) -> Plan:
        """The plan with its claims cut to what is needed, and with what would do as well."""
        if not self.works(plan, plan.additions):
            raise AssertionError(f"a plan for {plan.rung.field_id} {plan.rung.level} is not met")
        slots = {s.id: s for s in offered.slots}
        for n, addition in enumerate(plan.additions):
            match addition.what:
                case "begin":
                    better = self._latest_begin(plan, n)
                case "measure":
                    better = self._ranges(plan, n, slots[addition.target])
                case "area":
                    better = self._other_areas(plan, n, offered.person)
                case _:
                    continue
            plan = evolve(plan, additions=_with(plan.additions, n, better))
        return self._widened(plan, slots)

    def works(self, plan: Plan, additions: tuple[Addition, ...]) -> bool:
        """Whether the level is met with these additions by the month of the plan."""
        evidence = apply(additions, plan.evidence, plan.as_of, self.known)
        return self.met(evidence, plan.by, plan.rung)

    def _latest_begin(self, plan: Plan, n: int) -> Addition:
        """The latest month of beginning that suffices; an earlier one always does, too."""
        addition = plan.additions[n]
        assert isinstance(addition.value, int)
        early, late = addition.value, addition.value + self.demand(plan.rung).months
        while late - early > 1:
            middle = (early + late) // 2
            if self.works(plan, _with(plan.additions, n, evolve(addition, value=middle))):
                early = middle
            else:
                late = middle
        return evolve(addition, value=early)

    def _other_areas(self, plan: Plan, n: int, person: Slot) -> Addition:
        """Which other areas would do as well, at the same cost."""
        addition = plan.additions[n]
        taken = {a.id for a in plan.additions if a.what == "area"}
        alike = (
            o.addition
            for o in person.options
            if o.addition.what == "area"
            and (o.addition.nature, o.addition.cost) == (addition.nature, addition.cost)
            and o.addition.id not in taken
        )
        others = (o for o in alike if self.works(plan, _with(plan.additions, n, o)))
        return evolve(addition, instead=tuple(others))

    def _widened(self, plan: Plan, slots: Mapping[str, Slot]) -> Plan:
        """The plan with every list of which any so many would do said as one."""
        additions = list(plan.additions)
        groups: dict[tuple[str, str], list[int]] = {}
        for n, a in enumerate(additions):
            if a.what in ("criterion", "outcome", "activity", "task"):
                groups.setdefault((a.target, a.what), []).append(n)
        for (target, what), numbers in groups.items():
            pool = [o.addition for o in slots[target].options if o.addition.what == what]
            free = self._exchangeable(plan, numbers, pool)
            for n in numbers:
                a = additions[n]
                additions[n] = evolve(a, among=free if a.id in free and len(free) > 1 else ())
        order = sorted(range(len(additions)), key=lambda n: _place(additions, n))
        return evolve(plan, additions=tuple(additions[n] for n in order))

    def _exchangeable(
        self, plan: Plan, numbers: list[int], pool: list[Addition]
    ) -> tuple[str, ...]:
        """Ids of which any would do in the place of those chosen that can be exchanged at all."""
        chosen = [plan.additions[n] for n in numbers]
        rest = tuple(a for n, a in enumerate(plan.additions) if n not in numbers)
        ids = {a.id for a in chosen}
        others = [o for o in pool if o.id not in ids and o.cost == chosen[0].cost]

        def works(terms: Iterable[Addition]) -> bool:
            return self.works(plan, (*rest, *terms))

        # what one of the others can stand in for may be exchanged; the rest is asked for by name
        free = [
            c for c in chosen if any(works([*(k for k in chosen if k is not c), o]) for o in others)
        ]
        if not free:
            return ()
        fixed = [c for c in chosen if c not in free]
        found = list(free)
        for other in others:
            sets = list(combinations(found, len(free) - 1))
            if len(sets) <= _MOST_SETS and all(works([*fixed, other, *some]) for some in sets):
                found.append(other)
        kept = {a.id for a in found}
        return tuple(o.id for o in pool if o.id in kept)

    def _ranges(self, plan: Plan, n: int, slot: Slot) -> Addition:
        """How much more would still do, and which other measures would."""
        addition = plan.additions[n]

        def works(option: Addition) -> bool:
            return self.works(plan, _with(plan.additions, n, option))

        assert isinstance(addition.value, int)
        bounds = sorted(
            b
            for atom, _ in self.demand(plan.rung).work
            if atom.kind == "measure" and atom.id == addition.id
            for b in (atom.at_least, atom.below)
            if b is not None and b > addition.value
        )
        below = next((b for b in bounds if not works(evolve(addition, value=b))), None)
        instead: dict[str, Addition] = {}
        for option in sorted(_sizes(slot.options), key=lambda o: o.addition.cost):
            other = option.addition
            if other.id != addition.id and other.id not in instead and works(other):
                instead[other.id] = other
        return evolve(addition, below=below, instead=tuple(instead.values()))


def _sizes(options: Iterable[Option]) -> list[Option]:
    return [o for o in options if o.addition.what in ("measure", "scale")]


def _with(additions: tuple[Addition, ...], n: int, other: Addition) -> tuple[Addition, ...]:
    return (*additions[:n], other, *additions[n + 1 :])


def clauses_of(rule: Rule) -> tuple[Rule, ...]:
    """The clauses of a rule: its parts about the person that combine nothing, in order."""
    if isinstance(rule, All | Any):
        found = (c for part in rule.parts for c in clauses_of(part))
        return tuple(dict.fromkeys(found))
    return (rule,)


def _place(additions: list[Addition], n: int) -> tuple[bool, bool, int, int]:
    """Where an addition stands: facts first, the person last, terms of one list together."""
    a = additions[n]
    alike = [
        m for m, b in enumerate(additions)
        if (b.target, b.what, b.nature) == (a.target, a.what, a.nature)
    ]  # fmt: skip
    return a.nature != "fact", a.origin == "person", alike[0], bool(a.among) * len(additions) + n


def _same_means(one: Addition, other: Addition) -> bool:
    """Coarsely: the same record completed, the same work continued, new work, the same clause."""
    if (one.nature, one.origin) != (other.nature, other.origin):
        return False
    if one.origin == "recorded":
        return one.target == other.target
    return one.origin != "person" or one.what == other.what


def _same_part(one: Addition, other: Addition) -> bool:
    """Finely: what would do in the place of a part, or goes beyond it, is that part."""
    if not _same_means(one, other):
        return False
    if one.what in ("measure", "scale"):
        return any(_as_large(o, other) for o in (one, *one.instead))
    if one.what != other.what:
        return False
    if one.what == "area":
        return any(o.id == other.id and _at_least(o, other) for o in (one, *one.instead))
    if one.what in ("role", "skill"):
        return one.id == other.id and _at_least(one, other)
    return one.id == other.id or other.id in one.among or one.id in other.among


def _at_least(one: Addition, other: Addition) -> bool:
    return int(other.value or 0) >= int(one.value or 0)


def _as_large(one: Addition, other: Addition) -> bool:
    if (one.what, one.id) != (other.what, other.id):
        return False
    if one.what == "scale":
        return one.value == other.value
    return _at_least(one, other) and (one.below is None or int(other.value or 0) < one.below)
