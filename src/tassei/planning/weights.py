"""What single facts and single additions decide, over many levels at once.

Everything here is decided by the interpreter; no solver is needed.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.facts import Facts, World
from tassei.judging.judge import Judge, Rung
from tassei.judging.verdict import Verdict
from tassei.planning.costs import Costs
from tassei.planning.options import Demand, Limits, Option, Slot, offer, values_of, within
from tassei.planning.plan import Addition, apply
from tassei.rules.nodes import All, Rule

_LONGEST = 120
"""So many months of one continued work are looked at."""


@frozen
class Weight:
    """What the answer to one open question decides.

    Args:
        fact: the question, with the answer by which most levels would be met.
        met: levels that some answer would meet.
        not_met: levels that some answer would rule out.
    """

    fact: Addition
    met: tuple[Rung, ...]
    not_met: tuple[Rung, ...]

    @property
    def decides(self) -> int:
        """How many verdicts that are open now would be decided by one answer or another."""
        return len({id(r) for r in (*self.met, *self.not_met)})


@frozen
class Step:
    """A single addition, and the levels that it alone would meet."""

    addition: Addition
    met: tuple[Rung, ...]


def facts_by_weight(judge: Judge, costs: Costs, evidence: Evidence, as_of: Month) -> list[Weight]:
    """The facts that are not recorded, the one that decides most verdicts first.

    Of equal ones, that which would meet more levels; then in the order of the record.
    """
    facts = judge.facts(evidence, as_of)
    open_rungs = [
        (r, v) for r, v in zip(judge.rungs, judge.verdicts(evidence, as_of), strict=True)
        if v is Verdict.UNDETERMINED
    ]  # fmt: skip
    deciders = {id(r.rule): on_world(r.rule, judge.table) for r, _ in open_rungs}
    found = []
    for question in _questions(judge, costs, facts, as_of):
        met: dict[int, Rung] = {}
        ruled_out: dict[int, Rung] = {}
        best: tuple[int, Addition] | None = None
        for addition, answered in question:
            verdicts = {k: verdict_of(holds, answered) for k, holds in deciders.items()}
            now = [r for r, _ in open_rungs if verdicts[id(r.rule)] is Verdict.MET]
            met |= {id(r): r for r in now}
            ruled_out |= {
                id(r): r for r, _ in open_rungs if verdicts[id(r.rule)] is Verdict.NOT_MET
            }
            if addition is not None and (best is None or len(now) > best[0]):
                best = len(now), addition
        if best is not None and (met or ruled_out):
            found.append(Weight(best[1], tuple(met.values()), tuple(ruled_out.values())))
    return sorted(found, key=lambda w: (-w.decides, -len(w.met)))


def single_additions(judge: Judge, costs: Costs, evidence: Evidence, as_of: Month) -> list[Step]:
    """Single facts and single things to do, the one that alone meets most levels first.

    Of equal ones the cheapest, then in the order of the record. New engagements are not single.
    """
    demand = _demand(judge)
    facts = judge.facts(evidence, as_of)
    offered = offer(demand, facts, as_of, costs, Limits(new_work=False))
    now = judge.verdicts(evidence, as_of)
    found: list[Step] = []
    for addition in _singles(judge, costs, evidence, as_of, (*offered.slots, offered.person)):
        with_it = apply([addition], evidence, as_of, judge.table.known)
        then = judge.verdicts(with_it, Month(as_of.number + addition.lead))
        met = tuple(
            r for r, before, after in zip(judge.rungs, now, then, strict=True)
            if after is Verdict.MET and before is not Verdict.MET
        )  # fmt: skip
        if met:
            found.append(Step(addition, met))
    found.sort(key=lambda s: (-len(s.met), s.addition.cost))
    return _without_lesser(found)


def _without_lesser(steps: list[Step]) -> list[Step]:
    """Of one work continued for several spans, or one question with several answers, the telling ones.

    One that costs no less and meets nothing more than another about the same thing says nothing new.
    """
    kept: list[Step] = []
    for step in steps:
        a = step.addition
        same = [
            k for k in kept
            if (k.addition.origin, k.addition.target, k.addition.what, k.addition.id)
            == (a.origin, a.target, a.what, a.id)
        ]  # fmt: skip
        if not any(set(map(id, step.met)) <= set(map(id, k.met)) for k in same):
            kept.append(step)
    return kept


def _demand(judge: Judge) -> Demand:
    rules: tuple[Rule, ...] = tuple(dict.fromkeys(r.rule for r in judge.rungs))
    return Demand.of(All(label="every", parts=rules), judge.table)


def _singles(
    judge: Judge, costs: Costs, evidence: Evidence, as_of: Month, slots: tuple[Slot, ...]
) -> Iterator[Addition]:
    for slot in slots:
        if slot.origin == "unlisted":
            continue
        yield from (o.addition for o in slot.options)
        if slot.begins is not None:
            yield slot.begins.addition
        if slot.goes_on and slot.begins is None:
            yield from _continued(judge, costs, evidence, as_of, slot)


def _continued(
    judge: Judge, costs: Costs, evidence: Evidence, as_of: Month, slot: Slot
) -> Iterator[Addition]:
    """One work that goes on, continued until it meets another level."""

    def lasting(months: int) -> Addition:
        cost = months * costs.continued_month
        return Addition("work", slot.origin, slot.id, "months", "", months, cost=cost, lead=months)

    def count(months: int) -> int:
        with_it = apply([lasting(months)], evidence, as_of, judge.table.known)
        then = judge.verdicts(with_it, Month(as_of.number + months))
        return sum(v is Verdict.MET for v in then)

    now, most = count(0), count(_LONGEST)
    while now < most:
        # more months never meet less
        low, high = 0, _LONGEST
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if count(middle) <= now else (low, middle)
        now = count(high)
        yield lasting(high)


def _questions(
    judge: Judge, costs: Costs, facts: Facts, as_of: Month
) -> Iterator[list[tuple[Addition | None, Facts]]]:
    """Each open question, as its answers; the answer without an addition is no."""
    demand = _demand(judge)
    offered = offer(demand, facts, as_of, costs, Limits(work=False))
    for number, slot in enumerate((*offered.slots, offered.person)):
        if slot.origin == "unlisted":
            continue
        at = None if slot.origin == "person" else number
        by_question: dict[tuple[str, str], list[Option]] = {}
        for option in slot.options:
            a = option.addition
            by_question.setdefault((a.what, a.id), []).append(option)
        for options in by_question.values():
            every = 0
            for option in options:
                every |= option.bits
            answers: list[tuple[Addition | None, Facts]] = [
                (o.addition, _answered(facts, at, o.bits, every & ~o.bits)) for o in options
            ]
            if _can_be_none(demand, options[0].addition):
                answers.append((None, _answered(facts, at, 0, every)))
            yield answers
        if slot.begins is not None and at is not None:
            a = slot.begins.addition
            first = int(a.value or 0)
            last = first + demand.months - 1
            yield [
                (a, _dated(facts, at, (first, last))),
                (None, _dated(facts, at, (last, last))),
            ]


def _can_be_none(demand: Demand, addition: Addition) -> bool:
    """Whether there is an answer that satisfies no rule at all."""
    if addition.what != "measure":
        return True
    atoms = [a for a, _ in demand.work if a.kind == "measure" and a.id == addition.id]
    return any(not any(within(a, v) for a in atoms) for v in (0, *values_of(atoms)))


def _answered(facts: Facts, at: int | None, holds: int, fails: int) -> Facts:
    """The facts once a question is answered."""

    def world(of: World, *, surely: bool) -> World:
        def bits(now: int) -> int:
            return now | holds if surely else (now | holds) & ~fails

        if at is None:
            return evolve(of, person=bits(of.person))
        works = list(of.engagements)
        works[at] = (bits(works[at][0]), works[at][1])
        return evolve(of, engagements=tuple(works))

    return Facts(
        facts.evidence, world(facts.surely, surely=True), world(facts.possibly, surely=False)
    )


def _dated(facts: Facts, at: int, run: tuple[int, int]) -> Facts:
    def world(of: World) -> World:
        works = list(of.engagements)
        works[at] = (works[at][0], run)
        return evolve(of, engagements=tuple(works))

    return Facts(facts.evidence, world(facts.surely), world(facts.possibly))
