"""The variables of one slot of a program: what may be added there, and what it costs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from tassei.evidence.months import Run
from tassei.planning.options import Option, Slot
from tassei.planning.plan import Addition
from tassei.rules.nodes import Leaf

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from tassei.planning.program import Program


class Variables:
    """The variables of one slot: options that can stand for each other are one number."""

    def __init__(self, program: "Program", slot: Slot) -> None:
        self.program = program
        self.slot = slot
        self.reach = slot.reach
        model = program.model
        self.used: cp_model.IntVar | None = None
        self.months: cp_model.IntVar | None = None
        self.begins: cp_model.IntVar | None = None
        self.longest: Run | None = None
        if slot.begins is not None:
            self.begins = model.new_bool_var("")
            program.unless_it_stands(slot.begins, self.begins)
            first = slot.begins.addition.value
            assert isinstance(first, int)
            self.longest = (first, first + program.demand.months - 1)
        self.classes = self._classes(slot.options)
        self.vars = [
            model.new_bool_var("") if len(c) == 1 else model.new_int_var(0, len(c), "")
            for c in self.classes
        ]
        for options, var in zip(self.classes, self.vars, strict=True):
            program.unless_it_stands(options[0], var)
        by_group: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for options, var in zip(self.classes, self.vars, strict=True):
            if options[0].group:
                by_group[options[0].group].append(var)
        for alike in by_group.values():
            if len(alike) > 1:
                model.add_at_most_one(alike)
        self._by_bit: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self._class_of: dict[int, tuple[cp_model.IntVar, int]] = {}
        for options, var in zip(self.classes, self.vars, strict=True):
            if len(options) > 1:
                for o in options:
                    self._class_of[o.bits] = (var, len(options))
            else:
                bits = options[0].bits
                while bits:
                    low = bits & -bits
                    self._by_bit[low].append(var)
                    bits ^= low
        self._lit_of: dict[int, cp_model.IntVar] = {}
        self._time()

    def _classes(self, options: Iterable[Option]) -> list[list[Option]]:
        """Options that the rule treats alike and that cost the same, in order."""
        options = list(options)
        covered: dict[int, int] = defaultdict(int)
        for o in options:
            bits = o.bits
            while bits:
                low = bits & -bits
                covered[low] += 1
                bits ^= low
        uses = self.program.demand.uses
        alike: dict[object, list[Option]] = {}
        for o in options:
            a = o.addition
            alone = o.bits & (o.bits - 1) == 0 and covered[o.bits] == 1
            alone = alone and not o.group and o.against is None
            key = (a.nature, a.what, a.cost, a.lead, uses[o.bits]) if alone else id(o)
            alike.setdefault(key, []).append(o)
        return list(alike.values())

    def _time(self) -> None:
        program, model, slot = self.program, self.program.model, self.slot
        least = program.costs.least_months
        if slot.origin == "new":
            self.used = model.new_bool_var("")
            most = program.horizon
            self.months = model.new_int_var(0, most, "")
            model.add(self.months >= least).only_enforce_if(self.used)
            model.add(self.months <= most * self.used)
        elif slot.goes_on:
            self.months = model.new_int_var(0, program.horizon, "")
        if self.months is not None:
            model.add(program.finish >= self.months)
        for options, var in zip(self.classes, self.vars, strict=True):
            lead = options[0].addition.lead
            if not lead:
                continue
            if len(options) == 1:
                any_ = var
            else:
                any_ = model.new_bool_var("")
                model.add(var <= len(options) * any_)
            if lead > program.horizon:
                model.add(var == 0)
            else:
                model.add(program.finish >= lead * any_)

    def leaf(self, leaf: Leaf, lit: "cp_model.IntVar | None") -> None:
        """Ask that a leaf holds for the slot."""
        asked = self.program.demand.table.asked(leaf)
        sure = self.slot.sure
        lacking = asked.at_least - (asked.mask & sure).bit_count()
        terms: list[cp_model.IntVar] = []
        seen: set[int] = set()
        add = self.program.add
        for _, bit in asked.atoms:
            if bit & sure:
                continue
            must = bool(bit & asked.required)
            if bit in self._class_of:
                var, size = self._class_of[bit]
                if id(var) not in seen:
                    seen.add(id(var))
                    terms.append(var)
                    if must:
                        add(var >= size, lit)
                continue
            found = self._atom(bit)
            if found is None:
                if must:
                    self.program.never(lit)
                continue
            terms.append(found)
            if must:
                add(found >= 1, lit)
        if lacking > 0:
            if terms:
                add(sum(terms) >= lacking, lit)
            else:
                self.program.never(lit)

    def _atom(self, bit: int) -> "cp_model.IntVar | None":
        """A literal that is true only where an option answers the question."""
        by = self._by_bit.get(bit)
        if not by:
            return None
        if len(by) == 1:
            return by[0]
        if bit not in self._lit_of:
            lit = self._lit_of[bit] = self.program.model.new_bool_var("")
            self.program.model.add_bool_or(by).only_enforce_if(lit)
        return self._lit_of[bit]

    def costs(self) -> "list[tuple[cp_model.IntVar, int]]":
        """The variables that cost something, each with the cost of one."""
        costs = self.program.costs
        terms: list[tuple[cp_model.IntVar, int]] = [
            (var, c[0].addition.cost) for c, var in zip(self.classes, self.vars, strict=True)
        ]
        if self.begins is not None and self.slot.begins is not None:
            terms.append((self.begins, self.slot.begins.addition.cost))
        if self.used is not None and self.months is not None:
            terms += [(self.used, costs.start), (self.months, costs.month)]
        elif self.months is not None:
            terms.append((self.months, costs.continued_month))
        return terms

    def most_cost(self) -> int:
        """No choice of this slot costs more."""
        costs = self.program.costs
        each = max(costs.month, costs.continued_month) * self.program.horizon
        return costs.start + costs.fact + each + sum(o.addition.cost for o in self.slot.options)

    def in_order(self) -> "list[tuple[cp_model.IntVar, int]]":
        """What is chosen, with the most it can be, in the order in which ties are broken."""
        # of a list, what can be said as "k of these" comes before what stands alone
        pairs = zip(self.classes, self.vars, strict=True)
        found = [(v, len(c)) for c, v in sorted(pairs, key=lambda p: -len(p[0]))]
        if self.begins is not None:
            found.insert(0, (self.begins, 1))
        if self.months is not None:
            found.insert(0, (self.months, self.program.horizon))
        return found

    def means(self) -> "Iterator[tuple[Addition, cp_model.IntVar]]":
        """What may be chosen, as an addition, with its variable."""
        slot = self.slot
        for options, var in zip(self.classes, self.vars, strict=True):
            among = tuple(o.addition.id for o in options) if len(options) > 1 else ()
            yield evolve(options[0].addition, among=among), var
        if slot.begins is not None and self.begins is not None:
            yield slot.begins.addition, self.begins
        if self.months is not None:
            months = Addition("work", slot.origin, slot.id, "months")
            yield months, self.months

    def chosen(self, found: "cp_model.CpSolver") -> list[Addition]:
        """The additions of a solution; of options that can stand for each other, the first."""
        additions: list[Addition] = []
        costs, slot = self.program.costs, self.slot
        for options, var in zip(self.classes, self.vars, strict=True):
            count = found.value(var)
            among = tuple(o.addition.id for o in options) if len(options) > 1 else ()
            additions += [evolve(o.addition, among=among) for o in options[:count]]
        if self.begins is not None and slot.begins is not None and found.value(self.begins):
            additions.append(slot.begins.addition)
        months = 0 if self.months is None else found.value(self.months)
        if months:
            new = slot.origin == "new"
            cost = costs.start + months * costs.month if new else months * costs.continued_month
            additions.append(
                Addition("work", slot.origin, slot.id, "months", "", months, cost=cost, lead=months)
            )
        return additions
