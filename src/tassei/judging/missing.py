"""Proof -> what is missing, the shortest way first.

Only what the record lacks for this one rule is listed, along the alternatives that lack least: facts
to establish before work to do. The exact shortest plan is a matter of `planning`.
"""

from typing import Literal

from attrs import frozen

from tassei.evidence.model import Engagement
from tassei.evidence.months import longest, united
from tassei.judging.facts import EVERY_MONTH, NO_MONTH
from tassei.judging.prove import Proof
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import All, Counted, Rule, Years

_TO_RECORD, _TO_DO, _TO_WORK = 1, 10, 30
"""How far off a missing thing is: a fact to look up, a thing to change, another engagement."""


@frozen
class Missing:
    """One thing that the record lacks.

    Args:
        proof: the clause that is not met, with what was found for it.
        engagement: the engagement that lacks it; None where it is about the person.
        kind: a fact that is not recorded, something that is recorded and does not suffice, or
            more engagements or months.
        short_by: how many engagements or months are lacking.
    """

    proof: Proof
    engagement: Engagement | None
    kind: Literal["fact", "change", "work"]
    short_by: int = 0

    @property
    def rule(self) -> Rule:
        return self.proof.rule

    @property
    def weight(self) -> int:
        return {"fact": _TO_RECORD, "change": _TO_DO, "work": _TO_WORK}[self.kind]


def missing(proof: Proof) -> tuple[Missing, ...]:
    """What the record lacks for the rule of a proof; nothing where it is met."""
    found = {_key(m): m for m in _missing(proof)}
    return tuple(sorted(found.values(), key=lambda m: m.weight))


def _key(item: Missing) -> tuple[Rule, str, str]:
    return item.rule, item.engagement.id if item.engagement else "", item.kind


def _weight(items: list[Missing]) -> int:
    return sum(m.weight for m in items)


def _missing(proof: Proof) -> list[Missing]:
    if proof.verdict is Verdict.MET:
        return []
    if isinstance(proof.rule, Years):
        return _lacking_months(proof)
    if isinstance(proof.rule, Counted):
        return _lacking_engagements(proof)
    if not proof.parts:
        kind: Literal["fact", "change"] = (
            "fact" if proof.verdict is Verdict.UNDETERMINED else "change"
        )
        return [Missing(proof, proof.engagement, kind)]
    ways = [_missing(p) for p in proof.parts if p.verdict is not Verdict.MET]
    if isinstance(proof.rule, All):
        return [m for way in ways for m in way]
    return min(ways, key=_weight)


def _lacking_engagements(proof: Proof) -> list[Missing]:
    """The engagements that come nearest to counting, and new ones for the rest."""
    assert isinstance(proof.rule, Counted)
    of_which = [p for p in proof.parts if p.label == "of_which"]
    each = [p for p in proof.parts if p not in of_which]
    short = proof.rule.at_least - (proof.reached or 0)
    ways = sorted((_missing(p) for p in each if p.verdict is not Verdict.MET), key=_weight)
    near = [way for way in ways if _weight(way) < _TO_WORK][: max(short, 0)]
    found = [m for way in near for m in way]
    if proof.reachable is None and short > len(near):
        return [Missing(proof, None, "fact")]
    if short > len(near):
        found.append(Missing(proof, None, "work", short - len(near)))
    for part in of_which:
        found += [m for m in _missing(part) if m not in found]
    return found


def _lacking_months(proof: Proof) -> list[Missing]:
    """The fewest engagements that would count and suffice; else the months that are lacking."""
    rule = proof.rule
    assert isinstance(rule, Years)
    covered = longest if rule.continuous else united
    carried = [
        p.run for p in proof.parts if p.verdict is Verdict.MET and p.run not in (None, EVERY_MONTH)
    ]
    near = sorted(
        ((_way(proof, p), p.run or NO_MONTH) for p in proof.parts), key=lambda w: _weight(w[0])
    )
    near = [(way, run) for way, run in near if way and _weight(way) < _TO_WORK]
    runs = [run for run in carried if run is not None]
    for way, run in near:
        if covered([*runs, run]) >= rule.months:
            return way
    taken: list[Missing] = []
    for way, run in near:
        taken += way
        runs.append(run)
        if covered(runs) >= rule.months:
            return taken
    if proof.reachable is None:
        return [Missing(proof, None, "fact")]
    so_far = _still_running(proof) if rule.continuous else proof.reached or 0
    found = [Missing(proof, None, "work", rule.months - so_far)]
    return found if proof.reached or not near else [*near[0][0], *found]


def _still_running(proof: Proof) -> int:
    """The months of the unbroken run that goes on now; one that has ended cannot be continued."""
    met = [p for p in proof.parts if p.verdict is Verdict.MET and p.run not in (None, EVERY_MONTH)]
    now = max(
        (p.run[1] for p in met if p.run and p.engagement and not p.engagement.last), default=None
    )
    if now is None:
        return 0
    start = now + 1
    for first, last in sorted((p.run for p in met if p.run), reverse=True):
        if first < start <= last + 1:
            start = first
    return now + 1 - start


def _way(proof: Proof, part: Proof) -> list[Missing]:
    """What keeps one engagement from adding its months: its clauses, and its months themselves."""
    found = _missing(part)
    if part.run == EVERY_MONTH:
        found.append(Missing(proof, part.engagement, "fact"))
    return found
