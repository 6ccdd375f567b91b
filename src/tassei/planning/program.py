"""Rule + offer -> a program of the solver: the least additions with which the rule holds.

Every node of the rule becomes a literal that may be true only where the node holds; as no node
negates, one direction suffices. What is decided without any addition is no variable at all.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tassei.errors import Fault, RequestError
from tassei.evidence.months import Month, Run
from tassei.judging.decide import OnBits, on_bits
from tassei.planning.costs import Costs
from tassei.planning.options import Demand, Limits, Offer, Option
from tassei.planning.plan import Addition, Recorded
from tassei.planning.variables import Variables
from tassei.rules.nodes import All, Any, Counted, Leaf, Rule, Years
from tassei.text import Text

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Aim = Literal["cost", "month"]
SEED = 20261121
_LEXICOGRAPHIC_BITS = 40
"""So many yes-or-no choices are ordered at once; their weights stay exact in the solver."""


def solver() -> "type[cp_model.CpSolver]":
    """The solver, loaded on first use.

    Raises:
        RequestError: the extra is not installed.
    """
    if find_spec("ortools") is None:
        raise RequestError(
            [
                Fault(
                    "missing-extra",
                    Text(
                        "このコマンドに必要なライブラリ（ortools）がありません",
                        "this command needs libraries that are not installed (ortools)",
                    ),
                    Text(
                        "インストールしてください: pip install 'tassei[plan]'",
                        "install them: pip install 'tassei[plan]'",
                    ),
                )
            ]
        )
    from ortools.sat.python import cp_model

    return cp_model.CpSolver


class Program:
    """One model of the solver, for one person and one rule.

    Args:
        deciders: how rules about an engagement are decided, by identity; shared between programs.
        clauses: those that are asked for only while they are assumed.
    """

    def __init__(
        self,
        demand: Demand,
        offered: Offer,
        as_of: Month,
        costs: Costs,
        limits: Limits,
        *,
        deciders: dict[int, OnBits] | None = None,
        clauses: Iterable[Rule] = (),
    ) -> None:
        solver()
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.model = cp_model.CpModel()
        self.demand = demand
        self.offer = offered
        self.as_of = as_of
        self.costs = costs
        self.limits = limits
        self._deciders = {} if deciders is None else deciders
        most = max([demand.months, costs.least_months, *(
            o.addition.lead for o in offered.person.options
        )])  # fmt: skip
        self.horizon = most if limits.months is None else min(most, limits.months)
        self.finish = self.model.new_int_var(0, self.horizon, "finish")
        self.clauses = {c: self.model.new_bool_var("") for c in clauses}
        self.stands: dict[Recorded, cp_model.IntVar] = {}
        self._lits: dict[tuple[int, int], cp_model.IntVar | bool] = {}
        self._slots = [Variables(self, s) for s in (*offered.slots, offered.person)]
        self._person = self._slots[-1]
        self._works = self._slots[:-1]
        self._order_new()
        self.cost = self._cost()

    # --- what is asked

    def require(
        self,
        rule: Rule,
        lit: "cp_model.IntVar | None" = None,
    ) -> None:
        """Ask that a rule about the person holds, where a literal is true or always.

        A clause among `clauses` is asked for only while it is assumed.
        """
        if (asked := self.clauses.get(rule)) is not None:
            lit = self._where(asked, lit)
        match rule:
            case All():
                for part in rule.parts:
                    self.require(part, lit)
            case Any():
                self._any([self._about_person(p) for p in rule.parts], lit)
            case Counted():
                self._counted(rule, lit)
            case Years():
                self._years(rule, lit)
            case _:
                self._on_slot(rule, self._person, lit)

    def _about_person(self, rule: Rule) -> "cp_model.IntVar":
        lit = self.model.new_bool_var("")
        self.require(rule, lit)
        return lit

    def _where(self, asked: "cp_model.IntVar", lit: "cp_model.IntVar | None") -> "cp_model.IntVar":
        """A literal that must be true where both are."""
        if lit is None:
            return asked
        both = self.model.new_bool_var("")
        self.model.add_bool_or([both, asked.Not(), lit.Not()])
        return both

    def holds(self, rule: Rule, slot: "Variables") -> "cp_model.IntVar | bool":
        """A literal that is true only where a rule about one engagement holds for a slot."""
        key = (id(rule), id(slot))
        if key not in self._lits:
            decide = self._decider(rule)
            if decide(slot.slot.sure):
                self._lits[key] = True
            elif not decide(slot.reach):
                self._lits[key] = False
            else:
                lit = self._lits[key] = self.model.new_bool_var("")
                self._on_slot(rule, slot, lit)
        return self._lits[key]

    def _decider(self, rule: Rule) -> OnBits:
        found = self._deciders.get(id(rule))
        if found is None:
            found = self._deciders[id(rule)] = on_bits(rule, self.demand.table)
        return found

    def _on_slot(self, rule: Rule, slot: "Variables", lit: "cp_model.IntVar | None") -> None:
        match rule:
            case All():
                for part in rule.parts:
                    self._all_part(part, slot, lit)
            case Any():
                self._any([self.holds(p, slot) for p in rule.parts], lit)
            case Leaf():
                slot.leaf(rule, lit)
            case _:
                raise TypeError(f"{type(rule).__name__} is not about one engagement")

    def _all_part(self, part: Rule, slot: "Variables", lit: "cp_model.IntVar | None") -> None:
        decide = self._decider(part)
        if decide(slot.slot.sure):
            return
        if not decide(slot.reach):
            self.never(lit)
            return
        self._on_slot(part, slot, lit)

    def unless_it_stands(self, option: Option, var: "cp_model.IntVar") -> None:
        """An option against something recorded is none while that is assumed to stand."""
        if option.against is None:
            return
        if option.against not in self.stands:
            self.stands[option.against] = self.model.new_bool_var("")
        self.model.add(var + self.stands[option.against] <= 1)

    def never(self, lit: "cp_model.IntVar | None") -> None:
        """What a literal stands for cannot hold."""
        if lit is None:
            self.model.add_bool_or([])
        else:
            self.model.add(lit == 0)

    def add(
        self, constraint: "cp_model.BoundedLinearExpression | bool", lit: "cp_model.IntVar | None"
    ) -> None:
        """A constraint that holds where a literal is true."""
        added = self.model.add(constraint)
        if lit is not None:
            added.only_enforce_if(lit)

    def _any(
        self, parts: "Sequence[cp_model.IntVar | bool]", lit: "cp_model.IntVar | None"
    ) -> None:
        if any(p is True for p in parts):
            return
        open_ = [p for p in parts if p is not False]
        if not open_:
            self.never(lit)
            return
        added = self.model.add_bool_or(open_)
        if lit is not None:
            added.only_enforce_if(lit)

    def _counting(self, rule: Rule, slot: "Variables") -> "cp_model.IntVar | bool":
        """Whether an engagement counts; a new one has to exist."""
        lit = self.holds(rule, slot)
        if lit is False or slot.used is None:
            return lit
        return self._both(lit, slot.used)

    def _both(
        self, one: "cp_model.IntVar | bool", other: "cp_model.IntVar | bool"
    ) -> "cp_model.IntVar | bool":
        if one is False or other is False:
            return False
        if one is True:
            return other
        if other is True:
            return one
        lit = self.model.new_bool_var("")
        self.model.add_implication(lit, one)
        self.model.add_implication(lit, other)
        return lit

    def _counted(self, rule: Counted, lit: "cp_model.IntVar | None") -> None:
        counting = [self._counting(rule.where, s) for s in self._works]
        self._at_least(counting, rule.at_least, lit)
        if rule.of_which:
            both = [
                self._both(c, self.holds(rule.singled_out, s))
                for c, s in zip(counting, self._works, strict=True)
            ]
            self._at_least(both, rule.of_which, lit)

    def _at_least(
        self,
        lits: "Sequence[cp_model.IntVar | bool]",
        count: int,
        lit: "cp_model.IntVar | None",
    ) -> None:
        lacking = count - sum(x is True for x in lits)
        open_ = [x for x in lits if not isinstance(x, bool)]
        if lacking <= 0:
            return
        if len(open_) < lacking:
            self.never(lit)
            return
        self.add(sum(open_) >= lacking, lit)

    def _years(self, rule: Years, lit: "cp_model.IntVar | None") -> None:
        """The months up to now by segments between starts and ends; from now on, the longest run.

        Work from now on begins next month, all of it, so one engagement covers what several would.
        """
        covers: list[tuple[Run, cp_model.IntVar | bool]] = []
        ahead: list[cp_model.IntVar] = []
        to_come = self.model.new_int_var(0, self.horizon, "")
        for slot in self._works:
            counting = self._counting(rule.where, slot)
            if counting is False:
                continue
            dated: cp_model.IntVar | bool = True
            if slot.slot.run is not None:
                covers.append((slot.slot.run, counting))
            if slot.longest is not None and slot.begins is not None:
                covers.append((slot.longest, self._both(counting, slot.begins)))
                dated = slot.slot.run is not None or slot.begins
            if slot.months is not None:
                witness = self.model.new_bool_var("")
                for needed in (counting, dated):
                    if needed is not True:
                        self.model.add_implication(witness, needed)
                self.model.add(to_come <= slot.months).only_enforce_if(witness)
                ahead.append(witness)
        self.model.add(to_come <= self.horizon * sum(ahead))
        segments = self._segments(covers)
        if rule.continuous:
            self._unbroken(rule, segments, to_come, lit)
            return
        known = sum(last - first + 1 for (first, last), c in segments if c is True)
        open_ = sum(
            (last - first + 1) * c for (first, last), c in segments if not isinstance(c, bool)
        )
        if known < rule.months:
            self.add(open_ + to_come >= rule.months - known, lit)

    def _segments(
        self, covers: "list[tuple[Run, cp_model.IntVar | bool]]"
    ) -> "list[tuple[Run, cp_model.IntVar | bool]]":
        """Stretches of months that the same engagements cover, with whether one of them counts."""
        cuts = sorted({m for (first, last), _ in covers for m in (first, last + 1)})
        found: list[tuple[Run, cp_model.IntVar | bool]] = []
        for start, end in pairwise(cuts):
            by = [c for (first, last), c in covers if first <= start and end - 1 <= last]
            if not by:
                continue
            if any(c is True for c in by):
                found.append(((start, end - 1), True))
            elif len(by) == 1:
                found.append(((start, end - 1), by[0]))
            else:
                lit = self.model.new_bool_var("")
                self.model.add_bool_or(by).only_enforce_if(lit)
                found.append(((start, end - 1), lit))
        return found

    def _unbroken(
        self,
        rule: Years,
        segments: "list[tuple[Run, cp_model.IntVar | bool]]",
        to_come: "cp_model.IntVar",
        lit: "cp_model.IntVar | None",
    ) -> None:
        """One unbroken run: of the past, of the future, or across today."""
        ways: list[cp_model.IntVar | bool] = []
        alone = self.model.new_bool_var("")
        self.model.add(to_come >= rule.months).only_enforce_if(alone)
        ways.append(alone)
        for n, ((first, last), _) in enumerate(segments):
            lits: list[cp_model.IntVar] = []
            for (start, end), covered in segments[n:]:
                if start > last + 1:
                    break
                last = end
                if not isinstance(covered, bool):
                    lits.append(covered)
                length = last - first + 1
                if length >= rule.months:
                    ways.append(self._whole(lits) if lits else True)
                    break
                if last == self.as_of.number:
                    across = self._whole(lits)
                    self.model.add(to_come >= rule.months - length).only_enforce_if(across)
                    ways.append(across)
        self._any(ways, lit)

    def _whole(self, lits: "Iterable[cp_model.IntVar]") -> "cp_model.IntVar":
        way = self.model.new_bool_var("")
        for part in lits:
            self.model.add_implication(way, part)
        return way

    def do_without_one(
        self, additions: Iterable[Addition], same: Callable[[Addition, Addition], bool]
    ) -> None:
        """Of the means of another plan, one at least is not used.

        Args:
            same: whether the second addition is the means that the first one is.
        """
        options = [found for slot in self._slots for found in slot.means()]
        # additions that are one means are one choice: by the options that would be that means
        means = dict.fromkeys(
            tuple(n for n, (option, _) in enumerate(options) if same(a, option)) for a in additions
        )
        unused = []
        for numbers in means:
            lit = self.model.new_bool_var("")
            self.model.add(sum(options[n][1] for n in numbers) == 0).only_enforce_if(lit)
            unused.append(lit)
        self.model.add_bool_or(unused)

    # --- what it costs

    def _order_new(self) -> None:
        """New engagements are interchangeable: the longest comes first."""
        for origin in ("new", "unlisted"):
            alike = [s for s in self._works if s.slot.origin == origin]
            for one, other in pairwise(alike):
                if one.months is not None and other.months is not None:
                    self.model.add(one.months >= other.months)

    def _cost(self) -> "cp_model.LinearExpr":
        terms = [term for slot in self._slots for term in slot.costs()]
        return (
            self.cp.LinearExpr.weighted_sum(*zip(*terms, strict=True))
            if terms
            else (self.cp.LinearExpr.sum([]))
        )

    # --- answers

    def conflict(self) -> tuple[tuple[Rule, ...], tuple[Recorded, ...]] | None:
        """Clauses and facts that cannot hold together, none of which can be left out.

        None where all of them can. The solver names a part of them that conflicts; each of these is
        then left out in turn, and stays out where the rest still conflicts.
        """
        named: dict[int, tuple[cp_model.IntVar, Rule | Recorded]] = {
            lit.index: (lit, what) for what, lit in (*self.clauses.items(), *self.stands.items())
        }
        kept = self._core(list(named))
        if kept is None:
            return None
        for index in [i for i in named if i in kept]:
            if index in kept:
                fewer = self._core([i for i in kept if i != index])
                kept = kept if fewer is None else fewer
        found = [named[i][1] for i in named if i in kept]
        return (
            tuple(f for f in found if not isinstance(f, Recorded)),
            tuple(f for f in found if isinstance(f, Recorded)),
        )

    def _core(self, assumed: list[int]) -> list[int] | None:
        """Of assumed literals, those that the solver needs to show a conflict; None without one."""
        model = self.model
        model.clear_assumptions()
        model.add_assumptions([model.get_bool_var_from_proto_index(i) for i in assumed])
        engine = self._engine()
        status = engine.solve(model)
        if status == self.cp.INFEASIBLE:
            core = set(engine.sufficient_assumptions_for_infeasibility())
            return [i for i in assumed if i in core]
        assert status in (self.cp.OPTIMAL, self.cp.FEASIBLE), engine.status_name(status)
        return None

    def best(self, aim: Aim = "cost") -> tuple[Addition, ...] | None:
        """The additions of least cost, or of the earliest month; None where there are none.

        Of equal cost, the earliest month (and the other way round); of these, the additions that
        come first in the order of the record and of the rule.
        """
        cost_most = sum(slot.most_cost() for slot in self._slots) + 1
        if aim == "cost":
            goal = self.cost * (self.horizon + 1) + self.finish
        else:
            goal = self.finish * cost_most + self.cost
        found = self._solve(goal)
        if found is None:
            return None
        self.model.add(goal == round(found.objective_value))
        found = self._first_in_order(found)
        additions = [a for slot in self._slots for a in slot.chosen(found)]
        return tuple(sorted(additions, key=lambda a: (a.nature != "fact", a.origin == "person")))

    def _first_in_order(self, found: "cp_model.CpSolver") -> "cp_model.CpSolver":
        """Of all solutions that are as good, the one that takes what comes first."""
        wanted: list[tuple[cp_model.IntVar, int]] = [
            pair for slot in self._slots for pair in slot.in_order()
        ]
        while wanted:
            block, weight, weights = [], 1, []
            while wanted and weight < 1 << _LEXICOGRAPHIC_BITS:
                var, most = wanted.pop(0)
                block.append((var, most))
                weight *= most + 1
            for _, most in block:
                weight //= most + 1
                weights.append(weight)
            goal = sum(w * var for (var, _), w in zip(block, weights, strict=True))
            self.model.clear_hints()  # type: ignore[no-untyped-call]  # so in OR-tools
            for var, _ in block:
                self.model.add_hint(var, found.value(var))
            better = self._solve(-goal)
            assert better is not None, "the solution before is one"
            found = better
            for var, _ in block:
                self.model.add(var == found.value(var))
        return found

    def _engine(self) -> "cp_model.CpSolver":
        engine = solver()()
        engine.parameters.num_workers = 1
        engine.parameters.random_seed = SEED
        # with all constraints in the relaxation, the rare hard program is solved 100 times as fast
        engine.parameters.linearization_level = 2
        return engine

    def _solve(self, goal: "cp_model.LinearExprT | None") -> "cp_model.CpSolver | None":
        self.model.clear_objective()  # type: ignore[no-untyped-call]  # so in OR-tools
        if goal is not None and not isinstance(goal, int):
            self.model.minimize(goal)
        engine = self._engine()
        status = engine.solve(self.model)
        if status == self.cp.INFEASIBLE:
            return None
        assert status == self.cp.OPTIMAL, engine.status_name(status)
        return engine
