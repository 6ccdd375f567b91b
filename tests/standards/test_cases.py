"""The worked cases beside the rules come out as their authors say."""

import json
from functools import cache

import pytest

from casebook import Case, cases
from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.judging.judge import Judge
from tassei.judging.prove import deciding
from tassei.marked import parse_line

CASES = tuple(cases())


@cache
def _judge(standards_id: int, edition: str, readings: tuple[tuple[str, str], ...]) -> Judge:
    standards = _STANDARDS[standards_id]
    return Judge(standards, standards.readings_with(dict(readings)), [edition])


_STANDARDS: dict[int, Standards] = {}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_case(case: Case, standards: Standards, known: Known) -> None:
    """Each case gives the verdict, and hangs on the clauses, that it names."""
    _STANDARDS[id(standards)] = standards
    judge = _judge(id(standards), case.edition, tuple(sorted(case.readings.items())))
    as_of = Month.parse(case.as_of)
    marked = parse_line(json.dumps(case.evidence), case.id, 1)
    evidence = record_from(marked, known, as_of, case.id).evidence
    judgement = judge.judge(evidence, as_of, judge.rung(case.edition, case.field, case.level))
    found = deciding(judgement.proof)
    assert judgement.verdict.id == case.expect, f"{case.title}: {sorted(found)}"
    if case.expect == "met":
        assert case.decided_by <= found, case.title
    else:
        assert case.decided_by == found, case.title
