"""The rows of a review: every work stands once, and nothing that the proof asks of it is lost."""

from collections.abc import Iterator

import pytest

from conftest import ROOT
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge
from tassei.judging.prove import Proof
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import Counted, Years
from tassei.text import Lang
from tassei.web.explorer.shelf import known, level_at
from tassei.web.reviews.judged import Judged
from tassei.web.reviews.rows import groups_of
from tassei.web.trying.result import named
from web.reviews.year import AS_OF

SYSTEM_MANAGEMENT = "itss-v2-2006/it-service-management/system-management/5"
"""Asks for work in several clauses, each of them about the same engagements."""


@pytest.fixture(params=["emi", "kenji", "akira", "midori"])
def judged(request: pytest.FixtureRequest, judge: Judge) -> Judged:
    [record] = read_evidence(ROOT / "examples" / f"{request.param}.yaml", known(), AS_OF)
    level = level_at(SYSTEM_MANAGEMENT)
    rung = judge.rung(level.edition.id, level.field.id, level.number)
    return Judged(
        level, judge, judge.judge(named(record.evidence), AS_OF, rung), record.evidence, True, False
    )


def test_every_work_stands_once(judged: Judged, lang: Lang) -> None:
    """However many clauses ask for work, a work has one place, and each of its rows says something else."""
    person, *works = groups_of(judged, lang)
    assert person.work is None
    numbers = [g.work.number for g in works if g.work]
    assert len(numbers) == len(set(numbers)) == len(works)
    for group in works:
        said = [(r.node.text, r.node.verdict, r.claim) for r in group.rows]
        assert len(said) == len(set(said))
    keys = [r.key for g in (person, *works) for r in g.rows]
    assert len(keys) == len(set(keys))


def test_a_work_that_one_clause_counts_is_shown_as_counting(judged: Judged, lang: Lang) -> None:
    """The mark of a work is the best that any clause gives it."""
    told, written = judged.judgement.evidence.engagements, judged.evidence.engagements
    ids = {t.id: w.id for t, w in zip(told or (), written or (), strict=True)}
    best: dict[str, Verdict] = {}
    for proof in _all(judged.judgement.proof):
        if isinstance(proof.rule, Years | Counted):
            for part in proof.parts:
                if part.engagement is not None:
                    work = ids[part.engagement.id]
                    best[work] = max(best.get(work, Verdict.NOT_MET), part.verdict)
    shown = {g.work.id: g.verdict for g in groups_of(judged, lang) if g.work}
    assert shown == {work: verdict.id for work, verdict in best.items()}


def _all(proof: Proof) -> Iterator[Proof]:
    yield proof
    for part in proof.parts:
        yield from _all(part)
