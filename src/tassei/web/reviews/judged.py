"""The verdict of an assessment: on the record as it was submitted, or as it is while it is with the engineer.

The one place at which an assessment meets the judge; what is kept of a verdict, and the record it was
computed from, is kept here.
"""

from functools import lru_cache
from typing import Any

from attrs import frozen

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, Judgement, evidence_digest
from tassei.marked import as_marked
from tassei.web.cycle.case import State
from tassei.web.explorer.shelf import Level, known, level_at, standards
from tassei.web.history import Author, change
from tassei.web.models import Assessment, Cycle, Decision, Snapshot, Verdict
from tassei.web.records import evidence_of, kept_verdict
from tassei.web.trying.result import named

SUBMITTED = frozenset({State.SUPERIOR, State.COMMITTEE, State.DECIDED, State.CLOSED})
"""Where an assessment stands on what was submitted, whatever the record has become since."""


@frozen
class Judged:
    """An assessment as it is judged.

    Args:
        judgement: with engagements called by their titles.
        evidence: the record as it was written.
        submitted: the record is the one that was submitted.
        changed: the record is another by now.
    """

    level: Level
    judge: Judge
    judgement: Judgement
    evidence: Evidence
    submitted: bool
    changed: bool


def level_of(assessment: Assessment) -> Level:
    """The level that an assessment is for.

    Raises:
        RequestError: none is chosen yet, or its edition is no longer there.
    """
    readings = standards().readings_with(assessment.cycle.readings)
    return level_at(f"{assessment.field}/{assessment.level}", readings)


def as_of(cycle: Cycle) -> Month:
    return Month.parse(cycle.as_of)


def judged(assessment: Assessment) -> Judged:
    """Judge an assessment; at most three queries.

    Raises:
        EvidenceError: the record cannot be read as of the month of the cycle.
        RequestError: no level is chosen yet.
    """
    level, month = level_of(assessment), as_of(assessment.cycle)
    now = evidence_of(assessment.person, month).evidence
    kept = _snapshot(assessment) if State(assessment.state) in SUBMITTED else None
    evidence = read_snapshot(kept, month) if kept else now
    judge, told = judge_of(assessment.cycle, level), named(evidence)
    rung = judge.rung(level.edition.id, level.field.id, level.number)
    return Judged(
        level,
        judge,
        judge.judge(told, month, rung),
        evidence,
        kept is not None,
        kept is not None and _work(now) != _work(evidence),
    )


def _work(evidence: Evidence) -> dict[str, Any]:
    """What is recorded, apart from who it is about: a new name changes no record."""
    return {k: v for k, v in plain_evidence(evidence).items() if k != "person"}


def _snapshot(assessment: Assessment) -> Snapshot | None:
    return _of_verdict(assessment.computed) if assessment.computed else None


def _of_verdict(verdict: Verdict) -> Snapshot | None:
    return Snapshot.objects.filter(person=verdict.person_id, digest=verdict.evidence_digest).first()


def read_snapshot(snapshot: Snapshot, month: Month) -> Evidence:
    return record_from(as_marked(snapshot.body), known(), month, "").evidence


def judge_of(cycle: Cycle, level: Level) -> Judge:
    """The judge of one edition under the readings of a cycle."""
    edition = level.edition.id
    readings = tuple(sorted(cycle.readings.items()))
    return _judge(edition, readings, standards().digests[edition])


@lru_cache(32)
def _judge(edition: str, readings: tuple[tuple[str, str], ...], digest: str) -> Judge:
    everything = standards()
    return Judge(everything, everything.readings_with(dict(readings)), (edition,))


def keep_submitted(author: Author, assessment: Assessment) -> None:
    """Keep the verdict on the record as it is now, and the record itself, with the assessment."""
    level, month = level_of(assessment), as_of(assessment.cycle)
    evidence = evidence_of(assessment.person, month).evidence
    verdict = _kept(assessment, level, evidence, month)
    change(author, assessment, assessment.version, "computed", computed_id=verdict.pk)


def keep_decided(author: Author, assessment: Assessment) -> None:
    """Keep the verdict on what was submitted, as it is computed on the day of the decision."""
    decision = Decision.objects.get(assessment=assessment, upheld=False)
    level, month = level_of(assessment), as_of(assessment.cycle)
    snapshot = _snapshot(assessment)
    evidence = (
        read_snapshot(snapshot, month)
        if snapshot
        else evidence_of(assessment.person, month).evidence
    )
    verdict = _kept(assessment, level, evidence, month)
    change(author, decision, decision.version, "computed", computed_id=verdict.pk)


def _kept(assessment: Assessment, level: Level, evidence: Evidence, month: Month) -> Verdict:
    judge = judge_of(assessment.cycle, level)
    rung = judge.rung(level.edition.id, level.field.id, level.number)
    Snapshot.objects.get_or_create(
        person=assessment.person,
        digest=evidence_digest(evidence),
        defaults={"body": plain_evidence(evidence)},
    )
    return kept_verdict(judge, assessment.person, judge.judge(evidence, month, rung))
