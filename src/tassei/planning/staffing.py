"""Who should take which assignment: most people to their next level, or targets filled first.

An assignment is an engagement that is still to be done. What it would bring to a person is judged
with the rules themselves; who takes it is the solver's choice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence, Person
from tassei.evidence.months import Month
from tassei.evidence.read import work_from
from tassei.judging.decide import OnWorld, on_world
from tassei.judging.facts import World
from tassei.judging.judge import Judge, Rung
from tassei.marked import decode, parse, read_bytes
from tassei.planning.program import SEED, solver
from tassei.shaping import Faults, Shape, shown
from tassei.text import Text

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SCHEMA = "tassei/assignments/1"
_MOST_MONTHS = 120
_MOST_PEOPLE = 100_000


@frozen
class Assignment:
    """Work that is to be given to people.

    Args:
        work: what it will count as, without months; success is taken for granted unless denied.
        months: how long it lasts, from the month after the evidence.
        people: how many it takes, all in the same role.
    """

    work: Engagement
    months: int
    people: int = 1

    @property
    def id(self) -> str:
        return self.work.id


@frozen
class Target:
    """So many people are wanted at a level of a field, or above."""

    edition: str
    field_id: str
    level: int
    people: int


@frozen
class Gain:
    """A level that an assignment brings to a person, and after how many months of it."""

    rung: Rung
    months: int


@frozen
class Given:
    """One person on one assignment, with what it brings."""

    person: Person
    assignment: Assignment
    gains: tuple[Gain, ...]


@frozen
class Filled:
    """How far a target is reached.

    Args:
        now: people who stand there already.
        then: people who will, the new ones counted.
        months: after how many months the last one that is needed gets there.
    """

    target: Target
    now: int
    then: int
    months: int

    @property
    def short(self) -> int:
        return max(self.target.people - self.then, 0)


@frozen
class Staffing:
    """An answer.

    Args:
        status: `optimal` where it is proved that there is none better, else `feasible`.
        gap: how many places fewer an answer could leave short; 0 where that is proved.
    """

    as_of: Month
    given: tuple[Given, ...]
    filled: tuple[Filled, ...]
    status: Literal["optimal", "feasible"]
    gap: int

    @property
    def rising(self) -> int:
        """People who reach a higher level in a field."""
        return sum(bool(g.gains) for g in self.given)


@frozen
class SinglePoint:
    """A level that one person alone still holds.

    Args:
        holder: the one; None where nobody is left.
    """

    rung: Rung
    holder: Person | None


def read_assignments(
    path: Path, standards: Standards, known: Known, as_of: Month
) -> tuple[tuple[Assignment, ...], tuple[Target, ...]]:
    """Read a file of open assignments and targets.

    Raises:
        RequestError: the file cannot be read, or has faults; all of them.
    """
    faults = Faults(str(path))
    shape = Shape(parse(decode(read_bytes(path), str(path)), str(path)), faults)
    keys = shape.mapping({"schema", "assignments", "targets"}, {"schema", "assignments"})
    if "schema" in keys and keys["schema"].marked.value != SCHEMA:
        found = shown(keys["schema"].marked.value)
        keys["schema"].fault(
            "wrong-schema",
            Text(
                f"schemaは「{found}」ですが、「{SCHEMA}」が必要です",
                f'the schema is "{found}", but "{SCHEMA}" is needed',
            ),
            Text(f"schema: {SCHEMA} としてください", f"write `schema: {SCHEMA}`"),
        )
    assignments: dict[str, Assignment] = {}
    targets: list[Target] = []
    for number, one in enumerate(
        keys["assignments"].elements() if "assignments" in keys else (), 1
    ):
        assignment = _assignment(one, known, as_of, number)
        if assignment is None:
            continue
        if assignment.id in assignments:
            one.fault(
                "doubled-engagement",
                Text(
                    f"業務のid「{assignment.id}」が2度使われています",
                    f'two engagements have the id "{assignment.id}"',
                ),
                Text("一方に別のidを付けてください", "give one of them another id"),
            )
        assignments[assignment.id] = assignment
    for one in keys["targets"].elements() if "targets" in keys else ():
        target = _target(one, standards)
        if target is not None:
            targets.append(target)
    if faults.found:
        raise RequestError(sorted(faults.found, key=lambda f: f.line))
    return tuple(assignments.values()), tuple(targets)


def _assignment(shape: Shape, known: Known, as_of: Month, number: int) -> Assignment | None:
    value = shape.marked.value
    if not isinstance(value, dict):
        shape.wrong_type(dict)
        return None
    own = {k: v for k, v in value.items() if k in ("months", "people")}
    rest = {k: v for k, v in value.items() if k not in own}
    keys = evolve(shape, marked=evolve(shape.marked, value=own)).mapping(
        {"months", "people"}, {"months"}
    )
    for name in ("from", "to"):
        if name in rest:
            Shape(rest.pop(name), shape.faults, shape.where, name).fault(
                "unknown-key",
                Text(f"「{name}」というキーはありません", f'there is no key "{name}"'),
                Text(
                    "始まりは基準月の翌月です。長さを months: で書いてください",
                    "it begins in the month after the evidence; give its length as `months:`",
                ),
            )
    work = work_from(evolve(shape, marked=evolve(shape.marked, value=rest)), known, as_of, number)
    months = _count(keys["months"], _MOST_MONTHS) if "months" in keys else None
    people = _count(keys["people"], _MOST_PEOPLE) if "people" in keys else 1
    if work is None or months is None or people is None:
        return None
    succeeded = True if work.succeeded is None else work.succeeded
    return Assignment(evolve(work, succeeded=succeeded), months, people)


def _count(shape: Shape, most: int) -> int | None:
    value = shape.whole()
    if value is not None and not 1 <= value <= most:
        shape.fault(
            "cost-out-of-range",
            Text(
                f"{shape.path} は {value} ですが、1から{most:,}の整数が必要です",
                f"{shape.path} is {value}, but a whole number from 1 to {most:,} is needed",
            ),
            Text("1以上の整数を書いてください", "write a whole number, 1 or more"),
        )
        return None
    return value


def _target(shape: Shape, standards: Standards) -> Target | None:
    keys = shape.mapping({"level", "people"}, {"level", "people"})
    path = keys["level"].text() if "level" in keys else None
    people = _count(keys["people"], _MOST_PEOPLE) if "people" in keys else None
    if path is None or people is None:
        return None
    try:
        return Target(*standards.level(path), people)
    except RequestError as error:
        place = keys["level"]
        shape.faults.found += [
            evolve(f, file=shape.faults.file, line=place.line, where=place.where)
            for f in error.faults
        ]
        return None


def editions_of(
    assignments: Iterable[Assignment], targets: Iterable[Target], known: Known
) -> tuple[str, ...]:
    """Ids of the editions that assignments and targets are about, in order."""
    fields = (f for a in assignments for f in a.work.fields or ())
    return tuple(sorted({known.fields[f].id for f in fields} | {t.edition for t in targets}))


class Desk:
    """Judges what each assignment would bring to each person, and chooses.

    Args:
        judge: over the editions that matter.
        limit: seconds of deterministic time for the solver.
    """

    def __init__(self, judge: Judge, as_of: Month, *, limit: float = 40.0) -> None:
        self.judge = judge
        self.as_of = as_of
        self.limit = limit
        self._holds: dict[int, OnWorld] = {
            id(r.rule): on_world(r.rule, judge.table) for r in judge.rungs
        }

    def held(self, evidence: Evidence) -> frozenset[int]:
        """Numbers of the rungs that a record meets."""
        world = self.judge.table.facts(evidence, self.as_of).surely
        return frozenset(self._met(world, range(len(self.judge.rungs))))

    def _met(self, world: World, numbers: Iterable[int]) -> Iterator[int]:
        known: dict[int, bool] = {}
        for n in numbers:
            rule = id(self.judge.rungs[n].rule)
            if rule not in known:
                known[rule] = self._holds[rule](world)
            if known[rule]:
                yield n

    def gains(
        self, people: Sequence[Evidence], assignments: Sequence[Assignment]
    ) -> Iterator[tuple[int, int, tuple[Gain, ...]]]:
        """Person by person and assignment by assignment, the levels that would be new.

        Yields:
            the numbers of person and assignment, with what is gained; pairs without gain are left out.
        """
        works = [self._as_work(a) for a in assignments]
        for p, evidence in enumerate(people):
            world = self.judge.table.facts(evidence, self.as_of).surely
            met = frozenset(self._met(world, range(len(self.judge.rungs))))
            open_ = [n for n in range(len(self.judge.rungs)) if n not in met]
            for a, (bits, assignment) in enumerate(zip(works, assignments, strict=True)):
                found = tuple(self._gained(world, bits, assignment.months, open_))
                if found:
                    yield p, a, found

    def _as_work(self, assignment: Assignment) -> int:
        """The bits of an assignment, as if it were done."""
        evidence = Evidence(Person("", ""), (), (assignment.work,))
        [(bits, _)] = self.judge.table.facts(evidence, self.as_of).surely.engagements
        return bits

    def _gained(self, world: World, bits: int, months: int, open_: list[int]) -> Iterator[Gain]:
        begin = self.as_of.number + 1

        def after(count: int) -> World:
            run = (begin, begin + count - 1)
            return evolve(world, engagements=(*world.engagements, (bits, run)))

        for n in self._met(after(months), open_):
            # more months never meet less
            low, high = 0, months
            holds = self._holds[id(self.judge.rungs[n].rule)]
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if holds(after(middle)) else (middle, high)
            yield Gain(self.judge.rungs[n], high)

    def staff(
        self,
        people: Sequence[Evidence],
        assignments: Sequence[Assignment],
        targets: Sequence[Target] = (),
    ) -> Staffing:
        """Choose who takes what; each person takes one assignment at most.

        With targets: fewest places short, then the earliest month in which they are filled, then
        most people who rise to a higher level in a field. Without: most people who rise. Then in
        either case the fewest months until they do; and without targets the order of people and
        assignments, where the solver's fixed seed decides with them.
        """
        rises = self._rises(people)
        pairs: dict[tuple[int, int], tuple[Gain, ...]] = {}
        for p, a, gains in self.gains(people, assignments):
            higher = tuple(g for g in gains if g.rung.level > rises[p].get(_field(g.rung), 0))
            if higher:
                pairs[p, a] = higher
        holding = [self._holding(rises, t) for t in targets]
        counts = [
            {pair: m for pair, gains in pairs.items() if (m := _reaches(gains, t)) is not None}
            for t in targets
        ]
        wanted = [
            (max(t.people - now, 0), c) for t, now, c in zip(targets, holding, counts, strict=True)
        ]
        if wanted:
            chosen, status, gap = _Choice(pairs, assignments, self.limit).best(wanted)
        else:
            chosen, status, gap = _matched(pairs, assignments), "optimal", 0
        given = tuple(Given(people[p].person, assignments[a], pairs[p, a]) for p, a in chosen)
        filled = []
        for target, now, count in zip(targets, holding, counts, strict=True):
            new = sorted(count[pair] for pair in chosen if pair in count)
            lacking = new[: max(target.people - now, 0)]
            filled.append(Filled(target, now, now + len(new), max(lacking, default=0)))
        return Staffing(self.as_of, given, tuple(filled), status, gap)

    def _rises(self, people: Sequence[Evidence]) -> list[dict[tuple[str, str], int]]:
        """For each person the highest level that is met, by field."""
        found = []
        for evidence in people:
            levels: dict[tuple[str, str], int] = {}
            for n in self.held(evidence):
                rung = self.judge.rungs[n]
                levels[_field(rung)] = max(rung.level, levels.get(_field(rung), 0))
            found.append(levels)
        return found

    @staticmethod
    def _holding(rises: list[dict[tuple[str, str], int]], target: Target) -> int:
        return sum(r.get((target.edition, target.field_id), 0) >= target.level for r in rises)

    def single_points(
        self, people: Sequence[Evidence], leaving: Iterable[str] = ()
    ) -> tuple[SinglePoint, ...]:
        """Levels that only one person holds, or that nobody holds any more, once some have left.

        A person holds a level who meets it or a higher one of the same field. Levels that nobody
        held before are left out.
        """
        gone = frozenset(leaving)
        found = []
        levels = self._rises(people)
        for rung in self.judge.rungs:
            held = [
                e.person for e, r in zip(people, levels, strict=True)
                if r.get(_field(rung), 0) >= rung.level
            ]  # fmt: skip
            left = [p for p in held if p.id not in gone]
            if held and len(left) <= 1 and (not gone or len(left) < len(held)):
                found.append(SinglePoint(rung, left[0] if left else None))
        return tuple(found)


def _field(rung: Rung) -> tuple[str, str]:
    return rung.edition.id, rung.field_id


def _reaches(gains: tuple[Gain, ...], target: Target) -> int | None:
    """After how many months a person reaches a target, or None."""
    months = [
        g.months for g in gains
        if _field(g.rung) == (target.edition, target.field_id) and g.rung.level >= target.level
    ]  # fmt: skip
    return min(months, default=None)


Pairs = Mapping[tuple[int, int], tuple[Gain, ...]]


def _matched(pairs: Pairs, assignments: Sequence[Assignment]) -> list[tuple[int, int]]:
    """The pairs by which most people rise, then soonest, then first in order.

    Without targets this is a flow of least cost from people to assignments, which is always solved
    to its optimum: one unit of each person, as many into an assignment as it takes.
    """
    solver()
    from ortools.graph.python import min_cost_flow

    people = {p: n for n, p in enumerate(sorted({p for p, _ in pairs}), 1)}
    if not people:
        return []
    months = _months(pairs)
    # each aim outweighs all that follow, and the numbers stay far below 64 bits
    later = len(pairs) * len(people) + 1
    rise = later * (max(months.values()) * len(people) + 1)
    source, sink = 0, len(people) + len(assignments) + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    for node in people.values():
        flow.add_arc_with_capacity_and_unit_cost(source, node, 1, 0)
    arcs = {}
    for order, pair in enumerate(sorted(pairs)):
        cost = later * months[pair] + order - rise
        head = len(people) + 1 + pair[1]
        arcs[flow.add_arc_with_capacity_and_unit_cost(people[pair[0]], head, 1, cost)] = pair
    for number, assignment in enumerate(assignments):
        tail = len(people) + 1 + number
        flow.add_arc_with_capacity_and_unit_cost(tail, sink, assignment.people, 0)
    # people who take nothing
    flow.add_arc_with_capacity_and_unit_cost(source, sink, len(people), 0)
    flow.set_node_supply(source, len(people))
    flow.set_node_supply(sink, -len(people))
    status = flow.solve()
    assert status == flow.OPTIMAL, status
    return sorted(pair for arc, pair in arcs.items() if flow.flow(arc))


def _months(pairs: Pairs) -> dict[tuple[int, int], int]:
    """After how many months a person first rises on an assignment."""
    return {pair: min(g.months for g in gains) for pair, gains in pairs.items()}


class _Choice:
    """The program for targets: one yes or no for each person and assignment that would bring something."""

    def __init__(
        self,
        pairs: Pairs,
        assignments: Sequence[Assignment],
        limit: float,
    ) -> None:
        solver()
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.model = cp_model.CpModel()
        self.pairs = pairs
        self.limit = limit
        self.takes = {pair: self.model.new_bool_var("") for pair in pairs}
        by_person: dict[int, list[cp_model.IntVar]] = {}
        by_assignment: dict[int, list[cp_model.IntVar]] = {}
        for (p, a), lit in self.takes.items():
            by_person.setdefault(p, []).append(lit)
            by_assignment.setdefault(a, []).append(lit)
        for lits in by_person.values():
            self.model.add_at_most_one(lits)
        for a, lits in by_assignment.items():
            self.model.add(sum(lits) <= assignments[a].people)

    def best(
        self, wanted: Sequence[tuple[int, Mapping[tuple[int, int], int]]]
    ) -> tuple[list[tuple[int, int]], Literal["optimal", "feasible"], int]:
        """The pairs chosen, whether that is proved, and the gap in the first aim.

        Args:
            wanted: for each target how many people are lacking, and who would reach it by which
                assignment after how many months.
        """
        months = _months(self.pairs)
        by = self.model.new_int_var(0, _MOST_MONTHS, "")
        short = []
        for lacking, reach in wanted:
            counted = []
            for pair, after in reach.items():
                lit = self.model.new_bool_var("")
                self.model.add_implication(lit, self.takes[pair])
                self.model.add(by >= after).only_enforce_if(lit)
                counted.append(lit)
            missing = self.model.new_int_var(0, lacking, "")
            self.model.add(missing + sum(counted) >= lacking)
            short.append(missing)
        goals: list[cp_model.LinearExprT] = [sum(short), by]
        goals.append(-1 * sum(self.takes.values()))
        goals.append(sum(months[pair] * lit for pair, lit in self.takes.items()))
        proved, gap = True, 0
        engine = None
        for number, goal in enumerate(goals):
            if isinstance(goal, int):
                continue
            engine, optimal, left = self._solve(goal, engine)
            proved = proved and optimal
            gap = left if number == 0 else gap
            if not optimal:
                break
        chosen = [] if engine is None else [p for p, lit in self.takes.items() if engine.value(lit)]
        return sorted(chosen), "optimal" if proved else "feasible", gap

    def _solve(
        self, goal: "cp_model.LinearExprT", before: "cp_model.CpSolver | None"
    ) -> "tuple[cp_model.CpSolver, bool, int]":
        """Reach one aim as far as the time allows, and keep what is reached for those that follow."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # so in OR-tools
        if before is not None:
            for lit in self.takes.values():
                self.model.add_hint(lit, before.value(lit))
        self.model.minimize(goal)
        engine = solver()()
        engine.parameters.num_workers = 1
        engine.parameters.random_seed = SEED
        engine.parameters.max_deterministic_time = self.limit
        status = engine.solve(self.model)
        assert status in (self.cp.OPTIMAL, self.cp.FEASIBLE), engine.status_name(status)
        reached, bound = round(engine.objective_value), engine.best_objective_bound
        self.model.add(goal <= reached)
        return engine, status == self.cp.OPTIMAL, max(reached - round(bound), 0)
