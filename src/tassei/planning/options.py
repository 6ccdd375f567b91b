"""Rule + evidence -> what may be added: every option, as the bits of the questions that it answers.

Only what a clause of the rule names is an option. About the past only what is not recorded can be
established; new work is free, and what a person gave back to the profession can always grow.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month, Run
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Scale
from tassei.judging.facts import AtomTable, Facts
from tassei.planning.costs import Costs
from tassei.planning.plan import Addition, Origin, Recorded, What
from tassei.rules.nodes import (
    All,
    Any,
    Atom,
    AtomKind,
    Counted,
    Leaf,
    OnScale,
    Rule,
    Years,
    walk,
)

_TERMS: tuple[AtomKind, ...] = ("criterion", "outcome", "activity", "task")
_ABOUT_WORK = frozenset({"field", "role", "supervised", "succeeded", "measure", "scale", *_TERMS})


@frozen(eq=False)
class Option:
    """One addition, and the bits of the atoms that hold with it.

    Args:
        group: options of one group exclude each other (a role, the value of one measure); empty
            where there is nothing to exclude.
        against: what the record says and this option contradicts; for conflicts only.
    """

    addition: Addition
    bits: int
    group: str = ""
    against: Recorded | None = None


@frozen(eq=False)
class Slot:
    """One engagement, or the person, as the plan may change it.

    Args:
        sure: bits that hold without any addition.
        run: the months that it surely covers up to now; None where it has none.
        begins: the option that establishes when it began.
        goes_on: its months may grow from now on.
    """

    origin: Origin
    id: str
    sure: int
    options: tuple[Option, ...]
    run: Run | None = None
    begins: Option | None = None
    goes_on: bool = False

    @property
    def reach(self) -> int:
        """Bits that hold with every option together."""
        bits = self.sure
        for option in self.options:
            bits |= option.bits
        return bits


@frozen(eq=False)
class Demand:
    """What a rule asks, arranged for planning; made once for a rule.

    Args:
        work, person: its atoms with their bits, in the order of the rule.
        uses: for each bit, the leaves that ask for it and whether they must have it. Atoms that the
            same leaves ask for in the same way can stand for each other.
        months: the most that one of its `Years` asks for.
    """

    rule: Rule
    table: AtomTable
    work: tuple[tuple[Atom, int], ...]
    person: tuple[tuple[Atom, int], ...]
    uses: Mapping[int, frozenset[tuple[int, bool]]]
    months: int
    scales: Mapping[str, Scale]

    @classmethod
    def of(cls, rule: Rule, table: AtomTable) -> "Demand":
        atoms: dict[Atom, int] = {}
        uses: dict[int, set[tuple[int, bool]]] = defaultdict(set)
        scales: dict[str, Scale] = {}
        months = 0
        for number, node in enumerate(dict.fromkeys(walk(rule))):
            if isinstance(node, Years):
                months = max(months, node.months)
            if isinstance(node, OnScale):
                scales[node.scale.id] = node.scale
            if isinstance(node, Leaf):
                for atom, bit in table.asked(node).atoms:
                    atoms.setdefault(atom, bit)
                    uses[bit].add((number, atom.id in node.required))
        return cls(
            rule,
            table,
            tuple((a, b) for a, b in atoms.items() if a.kind in _ABOUT_WORK),
            tuple((a, b) for a, b in atoms.items() if a.kind not in _ABOUT_WORK),
            {b: frozenset(u) for b, u in uses.items()},
            months,
            scales,
        )


def engagements_needed(rule: Rule) -> int:
    """So many new engagements suffice for any plan: each count needs its number, each span one.

    New work all begins next month, so that the months of several cover no more than the longest.
    """
    match rule:
        case Counted():
            return rule.at_least
        case Years():
            return 1
        case All():
            return sum(map(engagements_needed, rule.parts))
        case Any():
            return max(map(engagements_needed, rule.parts), default=0)
    return 0


@frozen(eq=False)
class Offer:
    """Everything that a plan may add for one person and one rule."""

    slots: tuple[Slot, ...]
    person: Slot


@frozen
class Limits:
    """What a plan may not do.

    Args:
        facts, work: whether facts may be established, and work done.
        new_work: whether new engagements may be begun.
        months: how long it may take at most; None for any time.
    """

    facts: bool = True
    work: bool = True
    new_work: bool = True
    months: int | None = None


def offer(demand: Demand, facts: Facts, as_of: Month, costs: Costs, limits: Limits) -> Offer:
    """Gather the options of a person."""
    evidence = facts.evidence
    maker = _Maker(demand, costs, as_of, limits)
    sure, possibly = facts.surely, facts.possibly
    slots = [
        maker.recorded(e, s, p, run)
        for e, (s, run), (p, _) in zip(
            evidence.engagements or (), sure.engagements, possibly.engagements, strict=True
        )
    ]
    count = engagements_needed(demand.rule)
    if evidence.engagements is None and limits.facts:
        slots += [maker.unlisted(name) for name in unused_ids("past", count, evidence)]
    if limits.work and limits.new_work:
        slots += [maker.new(name) for name in unused_ids("new", count, evidence)]
    return Offer(tuple(slots), maker.person(evidence, sure.person, possibly.person))


def contradicted(demand: Demand, facts: Facts, as_of: Month, costs: Costs, limits: Limits) -> Offer:
    """What is offered, and besides whatever the record rules out, each option against what it says."""
    plain = offer(demand, facts, as_of, costs, limits)
    maker = _Maker(demand, costs, as_of, limits)
    evidence, possibly = facts.evidence, facts.possibly
    pairs = zip(evidence.engagements or (), possibly.engagements, strict=True)
    by_id = {e.id: (e, possible) for e, (possible, _) in pairs}
    slots = [maker.against(s, *by_id[s.id]) if s.origin == "recorded" else s for s in plain.slots]
    if evidence.engagements is not None:
        unlisted = Recorded("", "list")
        for name in unused_ids("past", engagements_needed(demand.rule), evidence):
            slot = maker.unlisted(name)
            slots.append(
                evolve(
                    slot,
                    options=tuple(evolve(o, against=unlisted) for o in slot.options),
                    begins=slot.begins and evolve(slot.begins, against=unlisted),
                )
            )
    return Offer(tuple(slots), maker.person_against(plain.person, evidence, possibly.person))


def unused_ids(stem: str, count: int, evidence: Evidence) -> list[str]:
    """Ids for engagements that the record does not have: new-1, new-2, ..."""
    taken = {e.id for e in evidence.engagements or ()}
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if f"{stem}-{number}" not in taken:
            found.append(f"{stem}-{number}")
    return found


@frozen(eq=False)
class _Maker:
    """Makes slots of one person for one rule."""

    demand: Demand
    costs: Costs
    as_of: Month
    limits: Limits
    _asked: Mapping[str, Mapping[str, Mapping[Atom, int]]] = field(init=False)

    @_asked.default
    def _by_kind(self) -> Mapping[str, Mapping[str, Mapping[Atom, int]]]:
        """Kind -> id -> atoms with their bits, in the order of the rule."""
        found: dict[str, dict[str, dict[Atom, int]]] = defaultdict(lambda: defaultdict(dict))
        for atom, bit in (*self.demand.work, *self.demand.person):
            found[atom.kind][atom.id][atom] = bit
        return found

    def recorded(self, engagement: Engagement, sure: int, possible: int, run: Run) -> Slot:
        goes_on = engagement.last is None or self.as_of < engagement.last
        unknown = possible & ~sure if self.limits.facts else 0
        # a size that is recorded in the words of another chain leaves no room for a second one
        found = self.about_work("recorded", engagement.id, unknown, possible)
        options = tuple(o for o in found if o.addition.id not in engagement.size)
        begins = None
        if engagement.first is None and self.demand.months and self.limits.facts:
            end = self.as_of if goes_on or engagement.last is None else engagement.last
            begins = self._begins("recorded", engagement.id, end)
        return Slot(
            "recorded",
            engagement.id,
            sure,
            options,
            None if engagement.first is None else run,
            begins,
            # months without a beginning never count
            goes_on
            and self.limits.work
            and bool(self.demand.months)
            and (engagement.first is not None or begins is not None),
        )

    def against(self, slot: Slot, engagement: Engagement, possible: int) -> Slot:
        """The slot of an engagement, with what its record rules out."""
        sure, options = slot.sure, list(slot.options)
        sized = [(a, b) for a, b in self.demand.work if a.kind in ("measure", "scale")]
        for size in engagement.size:
            # another value takes the place of the recorded one, with all that it answered
            held = sum(b for a, b in sized if a.id == size and b & slot.sure)
            sure &= ~held
            stays = Addition("fact", "recorded", slot.id, "measure", size)
            options.append(Option(stays, held, size))
        recorded = {a.id for a, _ in sized if a.id in engagement.size}
        values = sum(b for a, b in sized if a.id in recorded)
        closed = ~possible | values
        for option in self.about_work("recorded", slot.id, closed):
            a = option.addition
            which = a.id if a.what in ("measure", "scale") else ""
            options.append(evolve(option, against=Recorded(slot.id, a.what, which)))
        begins = slot.begins
        if begins is None and self.demand.months:
            end = self.as_of if engagement.last is None else min(engagement.last, self.as_of)
            begins = self._begins("recorded", slot.id, end)
            begins = evolve(begins, against=Recorded(slot.id, "months"))
        return evolve(slot, sure=sure, options=tuple(options), begins=begins)

    def person_against(self, slot: Slot, evidence: Evidence, possible: int) -> Slot:
        """The person, with what the record rules out."""
        found = [
            evolve(o, against=Recorded("", o.addition.what, o.addition.id
                                       if o.addition.what in ("area", "skill") else ""))
            for o in self._about_person(evidence, ~possible, -1, work=False)
        ]  # fmt: skip
        return evolve(slot, options=(*slot.options, *found))

    def unlisted(self, name: str) -> Slot:
        begins = self._begins("unlisted", name, self.as_of) if self.demand.months else None
        return Slot("unlisted", name, 0, tuple(self.about_work("unlisted", name, -1)), None, begins)

    def new(self, name: str) -> Slot:
        return Slot("new", name, 0, tuple(self.about_work("new", name, -1)), goes_on=True)

    def person(self, evidence: Evidence, sure: int, possible: int) -> Slot:
        options: list[Option] = []
        if self.limits.facts:
            options += self._about_person(evidence, possible & ~sure, possible, work=False)
        if self.limits.work:
            options += self._about_person(evidence, ~sure, -1, work=True)
        return Slot("person", "", sure, tuple(options))

    def _begins(self, origin: Origin, name: str, end: Month) -> Option:
        first = end.number - self.demand.months + 1
        return Option(Addition("fact", origin, name, "begin", "", first, cost=self.costs.fact), 0)

    def about_work(
        self, origin: Origin, name: str, unknown: int, possible: int = -1
    ) -> Iterator[Option]:
        """Every option of one engagement for the atoms that are not known."""
        make = _Making(origin, name, unknown, possible)
        asked, costs = self._asked, self.costs
        new = origin == "new"
        for i, atoms in asked["field"].items():
            yield from make.option("field", i, None, costs.field if new else costs.fact, atoms)
        ranks = asked["role"].get("", {})
        least = min((a.at_least or 0 for a in ranks), default=len(Role))
        roles = []
        for rank in Role:
            if rank >= least:
                held = {a: b for a, b in ranks.items() if (a.at_least or 0) <= rank}
                cost = costs.roles[rank] if new else costs.fact
                roles += list(make.option("role", "", rank, cost, held, "role"))
        yield from _undominated(roles)
        for kind, cost in (("supervised", costs.supervised), ("succeeded", costs.succeeded)):
            for atoms in asked[kind].values():
                what: What = "supervised" if kind == "supervised" else "succeeded"
                yield from make.option(what, "", None, cost if new else costs.fact, atoms)
        prices = {"criterion": costs.criterion, "outcome": costs.outcome,
                  "activity": costs.activity, "task": costs.task}  # fmt: skip
        for term_kind in _TERMS:
            for i in asked[term_kind]:
                cost = prices[term_kind] if new else costs.fact
                yield from make.option(term_kind, i, None, cost, self._following(term_kind, i))
        yield from self._measures(make, new)
        yield from self._scales(make, new)

    def _following(self, kind: str, term: str) -> Mapping[Atom, int]:
        """The atoms that hold where a term holds: its own, and those of broader terms.

        An outcome or an activity of that name is also a task characteristic.
        """
        kinds = {"outcome": ("outcome", "task"), "activity": ("activity", "task"),
                 "task": ("task",)}.get(kind, (kind,))  # fmt: skip
        ids = self.demand.table.known.vocabulary.with_broader([term])
        return {a: b for k in kinds for i in ids for a, b in self._asked[k].get(i, {}).items()}

    def _measures(self, make: "_Making", new: bool) -> Iterator[Option]:
        for measure, atoms in self._asked["measure"].items():
            found = []
            for value in values_of(atoms):
                cost = self.costs.size(measure, value) if new else self.costs.fact
                held = {a: b for a, b in atoms.items() if within(a, value)}
                found += list(make.option("measure", measure, value, cost, held, measure))
            yield from _undominated(found)

    def _scales(self, make: "_Making", new: bool) -> Iterator[Option]:
        for scale, atoms in self._asked["scale"].items():
            found = []
            for chain in self.demand.scales[scale].chains:
                for step, term in enumerate(chain):
                    cost = self.costs.scale_first + step * self.costs.scale_further
                    held = {a: b for a, b in atoms.items() if term.id in a.any_of}
                    found += list(
                        make.option(
                            "scale", scale, term.id, cost if new else self.costs.fact, held, scale
                        )
                    )
            yield from _undominated(found)

    def _about_person(
        self, evidence: Evidence, unknown: int, possible: int, *, work: bool
    ) -> Iterator[Option]:
        make = _Making("person", "", unknown, possible)
        asked, costs = self._asked, self.costs
        fact = costs.fact
        areas = evidence.professional.areas or {}
        for what, held, effort in (
            ("area", areas, costs.area), ("skill", evidence.skills or {}, costs.skill),
        ):  # fmt: skip
            for i, atoms in asked[what].items():
                now = int(held.get(i, -1 if what == "area" else 0))
                for rank in sorted({a.at_least or 0 for a in atoms}):
                    steps = max(rank - now, 1)
                    kind: What = "area" if what == "area" else "skill"
                    reached = {a: b for a, b in atoms.items() if (a.at_least or 0) <= rank}
                    cost, lead = (effort.cost * steps, effort.months * steps) if work else (fact, 0)
                    yield from make.option(kind, i, rank, cost, reached, f"{what} {i}", lead)
        for i in asked["kind"]:
            effort = costs.handed_on(i)
            cost, lead = (effort.cost, effort.months) if work else (fact, 0)
            yield from make.option("kind", i, None, cost, self._following("kind", i), "", lead)
        for what, effort in (
            ("mentoring", costs.mentoring), ("examination", costs.examination),
            ("knowledge", costs.knowledge),
        ):  # fmt: skip
            for i, atoms in asked[what].items():
                cost, lead = (effort.cost, effort.months) if work else (fact, 0)
                named: What = (
                    "mentoring" if what == "mentoring"
                    else "examination" if what == "examination" else "knowledge"
                )  # fmt: skip
                yield from make.option(named, i, None, cost, atoms, "", lead)


@frozen
class _Making:
    """Makes the options of one slot; those that answer nothing that is open are none."""

    origin: Origin
    target: str
    unknown: int
    possible: int = -1

    def option(
        self,
        what: What,
        id_: str,
        value: int | str | None,
        cost: int,
        atoms: Mapping[Atom, int],
        group: str = "",
        lead: int = 0,
    ) -> Iterator[Option]:
        bits = denied = 0
        for atom, bit in atoms.items():
            bits |= bit & self.unknown
            # what follows from a term must be possible too, and so must the term itself
            denied |= bit & ~self.possible if atom.kind == what and not group else 0
        if bits and not denied:
            work = self.origin == "new" or lead > 0
            addition = Addition(
                "work" if work else "fact", self.origin, self.target, what, id_, value,
                cost=cost, lead=lead,
            )  # fmt: skip
            yield Option(addition, bits, group)


def within(atom: Atom, value: int) -> bool:
    """Whether a value lies within the bounds that an atom asks for."""
    return (atom.at_least is None or value >= atom.at_least) and (
        atom.below is None or value < atom.below
    )


def values_of(atoms: Iterable[Atom]) -> list[int]:
    """The least value of every range over which the answers to the atoms stay the same.

    The lowest range begins at 1, since none of a thing is no size, or at 0 where a bound needs it.
    """
    bounds = {b for a in atoms for b in (a.at_least, a.below) if b is not None}
    return sorted(bounds | {0 if min(bounds, default=2) <= 1 else 1})


def _undominated(options: list[Option]) -> list[Option]:
    """Without those for which another answers as much and costs less, or comes first.

    The order is from the least claim to the greatest: of equal cost, the least is taken.
    """

    def better(other: Option, option: Option, earlier: bool) -> bool:
        if other.bits | option.bits != other.bits:
            return False
        cheaper = other.addition.cost - option.addition.cost
        return cheaper < 0 or (cheaper == 0 and other.bits == option.bits and earlier)

    return [
        o
        for n, o in enumerate(options)
        if not any(better(k, o, m < n) for m, k in enumerate(options) if k is not o)
    ]
