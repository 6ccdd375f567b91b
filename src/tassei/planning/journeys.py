"""Several levels in one view: the path to a far one, the map of an edition, another edition."""

from collections.abc import Iterator

from attrs import frozen

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.framework.edition import Edition
from tassei.judging.judge import Rung
from tassei.judging.verdict import Verdict
from tassei.planning.options import Limits
from tassei.planning.plan import Plan, apply
from tassei.planning.planner import NO_LIMITS, Planner


@frozen
class Path:
    """The way to a level through those below it; each plan begins where the one before ends."""

    steps: tuple[Plan, ...]

    @property
    def cost(self) -> int:
        return sum(p.cost for p in self.steps)


@frozen
class Cell:
    """One level of a career map.

    Args:
        plan: the cheapest; without additions where the level is met, None where it cannot be met
            within the limits.
    """

    rung: Rung
    verdict: Verdict
    plan: Plan | None


@frozen
class Carried:
    """Where a record stands in one field of another edition.

    Args:
        level: the highest level that is met as it is recorded; None where none is.
        plan: the cheapest facts by which the highest level of all would be met that facts alone can
            meet; None where facts alone meet nothing higher.
    """

    edition: Edition
    field_id: str
    level: int | None
    plan: Plan | None


def path_to(
    planner: Planner, evidence: Evidence, as_of: Month, target: Rung, limits: Limits = NO_LIMITS
) -> Path | None:
    """Each level up to the target that is not met yet, the cheapest way from the one before.

    Work that goes on is taken to go on from step to step, and new work that reaches the end of its
    step stays open, so that the next may continue it. The levels below one that is met already are
    not asked for. None where a step cannot be done within the limits.
    """
    ladder = [
        r
        for r in reversed(planner.judge.rungs)
        if (r.edition.id, r.field_id) == (target.edition.id, target.field_id)
        and r.level <= target.level
    ]
    ladder.sort(key=lambda r: r.level)
    reached = max((r.level for r in ladder if planner.met(evidence, as_of, r)), default=0)
    steps = []
    for rung in ladder:
        if rung.level <= reached:
            continue
        plan = planner.cheapest(evidence, as_of, rung, limits)
        if plan is None:
            return None
        if plan.additions:
            steps.append(plan)
            evidence = apply(plan.additions, evidence, as_of, planner.known, goes_on=True)
            as_of = plan.by
    return Path(tuple(steps))


def career_map(
    planner: Planner,
    evidence: Evidence,
    as_of: Month,
    edition: Edition,
    limits: Limits = NO_LIMITS,
) -> Iterator[Cell]:
    """The cheapest plan to every level of every field of an edition, in the order of its document."""
    judge = planner.judge
    verdicts = zip(judge.rungs, judge.verdicts(evidence, as_of), strict=True)
    for rung, verdict in verdicts:
        if rung.edition.id == edition.id:
            yield Cell(rung, verdict, planner.cheapest(evidence, as_of, rung, limits))


def carry(
    planner: Planner, evidence: Evidence, as_of: Month, edition: Edition
) -> Iterator[Carried]:
    """What the record is worth in another edition: as it stands, and with facts alone."""
    facts_only = Limits(work=False)
    for field in edition.specialty_fields():
        ladder = [
            r for r in planner.judge.rungs if (r.edition.id, r.field_id) == (edition.id, field.id)
        ]
        ladder.sort(key=lambda r: -r.level)
        level = next((r.level for r in ladder if planner.met(evidence, as_of, r)), None)
        plans = (
            planner.cheapest(evidence, as_of, r, facts_only)
            for r in ladder
            if r.level > (level or 0)
        )
        yield Carried(edition, field.id, level, next((p for p in plans if p), None))
