"""A record goes into entries and comes back the same; verdicts keep what they depend on."""

from pathlib import Path

import pytest
from attrs import evolve
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import ROOT
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge, evidence_digest
from tassei.web.history import Author, create
from tassei.web.models import Entry, Event, Person, Verdict
from tassei.web.records import evidence_of, keep, kept_verdict

pytestmark = pytest.mark.usefixtures("database")
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def _kept(evidence: Evidence) -> Person:
    person = create(Author(None), Person(code=evidence.person.id, name=evidence.person.name))
    keep(Author(person.pk), person, evidence)
    return person


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_evidence_file_comes_back_the_same(path: Path, known: Known, as_of: Month) -> None:
    """What was entered as a file is judged as that file: the digests are equal."""
    [record] = read_evidence(path, known, as_of)
    # the unit belongs to the organisation, not to the record
    evidence = evolve(record.evidence, person=evolve(record.evidence.person, unit=None))
    person = _kept(evidence)
    with CaptureQueriesContext(connection) as queries:
        back = evidence_of(person, as_of).evidence
    assert len(queries) == 1
    assert evidence_digest(back) == evidence_digest(evidence)


def test_the_same_file_again_changes_nothing(known: Known, as_of: Month) -> None:
    """Importing is idempotent; one changed engagement is one event."""
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    person = _kept(record.evidence)
    before = Event.objects.count()
    keep(Author(person.pk), person, record.evidence)
    assert Event.objects.count() == before
    first, *rest = record.evidence.engagements or ()
    changed = evolve(record.evidence, engagements=(evolve(first, title="別の名前"), *rest))
    keep(Author(person.pk), person, changed)
    assert Event.objects.count() == before + 1
    assert Entry.objects.get(person=person, key=first.id).version == 2


def test_a_verdict_keeps_what_it_depends_on(judge: Judge, known: Known, as_of: Month) -> None:
    """Edition, evidence, readings, month and engine stand beside the verdict."""
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    person = _kept(record.evidence)
    rung = judge.rungs[0]
    judgement = judge.judge(record.evidence, as_of, rung)
    kept_verdict(judge, person, judgement)
    row = Verdict.objects.get()
    assert row.verdict == judgement.verdict.id
    assert row.as_of == "2026-11"
    assert row.edition_digest == judge.standards.digests[rung.edition.id]
    assert row.evidence_digest == evidence_digest(record.evidence)
    assert row.readings == dict(judge.readings)
    assert row.engine.startswith("tassei ")
