"""The least cost of plans by another solver (HiGHS) and another encoding, in a process of its own.

Reads pairs of a generated person and a level as JSON from standard input, writes the least cost of
each. Months are counted one by one here, and no options stand for each other. HiGHS and OR-tools do
not live in one process, so nothing here may import the latter.
"""

import json
import sys
from itertools import pairwise
from typing import Any

import highspy
from benchmarks.people import people

from tassei.encoding.compiled import standards
from tassei.evidence.months import Month
from tassei.judging.facts import AtomTable
from tassei.judging.judge import Judge, known_of
from tassei.planning.costs import Costs, default_costs
from tassei.planning.options import Demand, Limits, Offer, Slot, offer
from tassei.rules.nodes import All as AllOf
from tassei.rules.nodes import Any as AnyOf
from tassei.rules.nodes import Counted, Leaf, Rule, Years

AS_OF = Month.of(2026, 11)


class Milp:
    """One mixed integer program: rows of (coefficient, column) that are at least a bound."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.rows: list[tuple[float, dict[int, float]]] = []

    def binary(self, cost: float = 0) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def at_least(self, bound: float, *terms: tuple[float, int]) -> None:
        row: dict[int, float] = {}
        for coefficient, column in terms:
            row[column] = row.get(column, 0) + coefficient
        self.rows.append((bound, row))

    def at_most(self, one: int, other: int) -> None:
        self.at_least(0, (1, other), (-1, one))

    def least(self) -> int | None:
        """The least cost; None where there is no solution."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # so in HiGHS
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.5)  # costs are whole numbers
        for cost in self.costs:
            solver.addVar(0, 1)
            solver.changeColCost(solver.getNumCol() - 1, cost)
            solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)
        for bound, row in self.rows:
            solver.addRow(bound, highspy.kHighsInf, len(row), list(row), list(row.values()))
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        found = float(solver.getInfo().objective_function_value)
        assert abs(found - round(found)) < 1e-6, found
        return round(found)


class Encoding:
    """A rule and an offer as a program."""

    def __init__(self, table: AtomTable, offered: Offer, costs: Costs, most: int) -> None:
        self.milp = Milp()
        self.table = table
        self.most = most
        self.true = self.milp.binary()
        self.milp.at_least(1, (1, self.true))
        self.slots = [*offered.slots, offered.person]
        self.columns = [[self.milp.binary(o.addition.cost) for o in s.options] for s in self.slots]
        self.begins = [
            None if s.begins is None else self.milp.binary(s.begins.addition.cost)
            for s in self.slots
        ]
        self.ahead = [self.months(s, costs) for s in self.slots]
        for slot, columns in zip(self.slots, self.columns, strict=True):
            groups: dict[str, list[int]] = {}
            for option, column in zip(slot.options, columns, strict=True):
                if option.group:
                    groups.setdefault(option.group, []).append(column)
            for alike in groups.values():
                self.milp.at_least(-1, *((-1, c) for c in alike))

    def months(self, slot: Slot, costs: Costs) -> list[int]:
        """For each month from now on, whether the work of a slot covers it."""
        if not slot.goes_on:
            return []
        new = slot.origin == "new"
        price = costs.month if new else costs.continued_month
        columns = [self.milp.binary(price) for _ in range(self.most)]
        if new:
            self.milp.costs[columns[0]] += costs.start
            self.milp.at_most(columns[0], columns[costs.least_months - 1])
        for before, after in pairwise(columns):
            self.milp.at_most(after, before)
        return columns

    def on_slot(self, rule: Rule, n: int) -> int:
        """A column that can be 1 only where a rule holds for a slot."""
        milp, column = self.milp, self.milp.binary()
        match rule:
            case AllOf():
                for part in rule.parts:
                    milp.at_most(column, self.on_slot(part, n))
            case AnyOf():
                milp.at_least(0, (-1, column), *((1, self.on_slot(p, n)) for p in rule.parts))
            case Leaf():
                asked = self.table.asked(rule)
                atoms = [self.atom(bit, n) for _, bit in asked.atoms]
                milp.at_least(0, (-asked.at_least, column), *((1, a) for a in atoms))
                for (_, bit), atom in zip(asked.atoms, atoms, strict=True):
                    if bit & asked.required:
                        milp.at_most(column, atom)
        return column

    def atom(self, bit: int, n: int) -> int:
        slot = self.slots[n]
        if slot.sure & bit:
            return self.true
        column = self.milp.binary()
        by = [c for o, c in zip(slot.options, self.columns[n], strict=True) if o.bits & bit]
        self.milp.at_least(0, (-1, column), *((1, c) for c in by))
        return column

    def about_person(self, rule: Rule) -> int:
        """A column that can be 1 only where a rule holds for the person."""
        match rule:
            case AllOf():
                column = self.milp.binary()
                for part in rule.parts:
                    self.milp.at_most(column, self.about_person(part))
                return column
            case AnyOf():
                column = self.milp.binary()
                parts = [self.about_person(p) for p in rule.parts]
                self.milp.at_least(0, (-1, column), *((1, p) for p in parts))
                return column
            case Counted():
                return self.counted(rule)
            case Years():
                return self.years(rule)
        return self.on_slot(rule, len(self.slots) - 1)

    def counting(self, rule: Rule, n: int) -> int:
        column = self.on_slot(rule, n)
        if self.slots[n].origin == "new":
            self.milp.at_most(column, self.ahead[n][0])
        return column

    def counted(self, rule: Counted) -> int:
        column = self.milp.binary()
        works = range(len(self.slots) - 1)
        found = [self.counting(rule.where, n) for n in works]
        self.milp.at_least(0, (-rule.at_least, column), *((1, c) for c in found))
        if rule.of_which:
            single = [self.on_slot(rule.singled_out, n) for n in works]
            for one, other in zip(single, found, strict=True):
                self.milp.at_most(one, other)
            self.milp.at_least(0, (-rule.of_which, column), *((1, c) for c in single))
        return column

    def years(self, rule: Years) -> int:
        """The months of the past and of the future one by one, each covered by some work."""
        assert not rule.continuous
        column = self.milp.binary()
        by_month: dict[int, list[int]] = {}
        for n, slot in enumerate(self.slots[:-1]):
            counts, begins = self.counting(rule.where, n), self.begins[n]
            if slot.run is not None:
                for month in range(slot.run[0], slot.run[1] + 1):
                    by_month.setdefault(month, []).append(counts)
            if begins is not None and slot.begins is not None:
                self.milp.at_most(dated := self.milp.binary(), begins)
                self.milp.at_most(dated, counts)
                first = slot.begins.addition.value
                assert isinstance(first, int)
                for month in range(first, first + self.most):
                    by_month.setdefault(month, []).append(dated)
            for ahead, lasting in enumerate(self.ahead[n], start=1):
                both = self.milp.binary()
                self.milp.at_most(both, lasting)
                self.milp.at_most(both, counts)
                if begins is not None:
                    self.milp.at_most(both, begins)
                by_month.setdefault(AS_OF.number + ahead, []).append(both)
        covered = []
        for works in by_month.values():
            month_column = self.milp.binary()
            self.milp.at_least(0, (-1, month_column), *((1, w) for w in works))
            covered.append(month_column)
        self.milp.at_least(0, (-rule.months, column), *((1, c) for c in covered))
        return column


def main() -> None:
    pairs: list[tuple[int, int]] = json.load(sys.stdin)
    everything = standards()
    known = known_of(everything)
    judge = Judge(everything, everything.readings_with({}))
    generated = list(people(everything, known, AS_OF, max(p for p, _ in pairs) + 1))
    costs = default_costs()
    answers: list[Any] = []
    for person, number in pairs:
        rule = judge.rungs[number].rule
        demand = Demand.of(rule, judge.table)
        facts = judge.facts(generated[person], AS_OF)
        offered = offer(demand, facts, AS_OF, costs, Limits())
        encoding = Encoding(judge.table, offered, costs, max(demand.months, costs.least_months))
        encoding.milp.at_least(1, (1, encoding.about_person(rule)))
        answers.append(encoding.milp.least())
    assert not any(name.startswith("ortools") for name in sys.modules)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
