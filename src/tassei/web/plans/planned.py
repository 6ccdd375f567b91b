"""Plans of one record, kept for as long as the record and the month stay the same."""

from functools import lru_cache

from attrs import field, frozen

from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, Rung, evidence_digest
from tassei.judging.verdict import Verdict
from tassei.planning.costs import default_costs
from tassei.planning.journeys import Cell, Path, career_map, path_to
from tassei.planning.plan import Conflict, Plan
from tassei.planning.planner import NO_LIMITS, Planner
from tassei.web.explorer.shelf import editions_of, judge_for, known, level_at
from tassei.web.models import Person
from tassei.web.records import evidence_of
from tassei.web.trying.result import named


@frozen
class Record:
    """What somebody has recorded as of a month; equal where the digest and the month are.

    Args:
        shelf: what can be named now; another one once other rules lie on the shelf.
    """

    digest: str
    as_of: Month
    evidence: Evidence = field(eq=False)
    shelf: Known = field(eq=id, repr=False)

    @classmethod
    def of(cls, person: Person, as_of: Month) -> "Record":
        """One query.

        Raises:
            EvidenceError: the record cannot be read as of that month.
        """
        evidence = evidence_of(person, as_of).evidence
        return cls(evidence_digest(evidence), as_of, named(evidence), known())

    @property
    def empty(self) -> bool:
        return not self.evidence.engagements and not self.evidence.written_for


def planner_for(editions: tuple[str, ...] | None) -> Planner:
    return _planner(judge_for(editions))


@lru_cache(maxsize=64)
def _planner(judge: Judge) -> Planner:
    return Planner(judge, default_costs())


def judge_of(record: Record) -> Judge:
    return judge_for(editions_of(record.evidence))


@lru_cache(maxsize=256)
def next_steps(record: Record) -> tuple[Plan, ...]:
    """The cheapest plan to the next level of every field that the record is written for, the cheapest first."""
    planner = planner_for(editions_of(record.evidence))
    found = []
    for standing in planner.judge.standings(record.evidence, record.as_of):
        if standing.next_level is not None:
            rung = planner.judge.rung(standing.edition.id, standing.field_id, standing.next_level)
            plan = planner.cheapest(record.evidence, record.as_of, rung)
            if plan is not None and plan.additions:
                found.append(plan)
    return tuple(sorted(found, key=lambda p: (p.cost, p.months)))


@frozen
class Way:
    """The way to one level.

    Args:
        plan: the cheapest; without additions where the level is met, None where there is none.
        path: through the levels below it; None where one of them cannot be met.
        conflict: why there is no plan.
    """

    rung: Rung
    plan: Plan | None
    path: Path | None
    conflict: Conflict | None


@lru_cache(maxsize=256)
def way_to(record: Record, path: str) -> Way:
    """Plan for one level, `EDITION/FIELD/LEVEL`.

    Raises:
        RequestError: the path does not name a level of a specialty field.
    """
    planner, rung = _rung(record, path)
    plan = planner.cheapest(record.evidence, record.as_of, rung)
    if plan is None:
        conflict = planner.conflict(record.evidence, record.as_of, rung, NO_LIMITS)
        return Way(rung, None, None, conflict)
    return Way(rung, plan, path_to(planner, record.evidence, record.as_of, rung), None)


@lru_cache(maxsize=64)
def map_of(record: Record, edition: str) -> tuple[Cell, ...]:
    """The cheapest plan to every level of an edition."""
    planner = planner_for((edition,))
    found = next(e for e in planner.judge.editions if e.id == edition)
    return tuple(career_map(planner, record.evidence, record.as_of, found))


@frozen
class Lacks:
    """What a record lacks for a level.

    Args:
        things: as judging lists them.
        cost: of the cheapest plan, in days; None where there is none.
    """

    met: bool
    things: int
    cost: int | None


@lru_cache(maxsize=512)
def lacks(record: Record, path: str) -> Lacks:
    """What is lacking now, to be held against what was lacking when a goal was agreed.

    Raises:
        RequestError: the path does not name a level of a specialty field.
    """
    planner, rung = _rung(record, path)
    judgement = planner.judge.judge(record.evidence, record.as_of, rung)
    if judgement.verdict is Verdict.MET:
        return Lacks(True, 0, 0)
    plan = planner.cheapest(record.evidence, record.as_of, rung)
    return Lacks(False, len(judgement.missing), None if plan is None else plan.cost)


def _rung(record: Record, path: str) -> tuple[Planner, Rung]:
    level = level_at(path)
    planner = planner_for((level.edition.id,))
    return planner, planner.judge.rung(level.edition.id, level.field.id, level.number)
