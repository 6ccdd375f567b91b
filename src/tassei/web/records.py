"""The only door between the rows of a record and the engine: entries <-> evidence."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from tassei.errors import EvidenceError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA, Record, record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, Judgement, evidence_digest
from tassei.marked import as_marked
from tassei.reporting.judgements import engine
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, change, create, remove
from tassei.web.models import Entry, Person, Verdict

Key = tuple[str, str]
CHANGED = Signal()
"""Sent with the person whose record has changed, in the transaction that changed it."""
_WHOLE = ("engagements", "examinations", "skills", "knowledge")


def evidence_of(person: Person, as_of: Month) -> Record:
    """What a person has recorded, in one query.

    Raises:
        EvidenceError: an entry cannot be read as of that month.
    """
    entries = {(e.kind, e.key): e.body for e in Entry.objects.filter(person=person)}
    return record_from(as_marked(_plain(person, entries)), known(), as_of, "")


def keep(author: Author, person: Person, evidence: Evidence) -> None:
    """Make the entries of a person those of an evidence file; what is equal is not touched."""
    wanted = dict(_entries(plain_evidence(evidence)))
    with transaction.atomic():
        present = {(e.kind, e.key): e for e in Entry.objects.filter(person=person)}
        for gone in sorted(present.keys() - wanted.keys()):
            remove(author, present[gone], present[gone].version)
        for (kind, key), body in sorted(wanted.items()):
            entry = present.get((kind, key))
            if entry is None:
                create(author, Entry(person=person, kind=kind, key=key, body=body))
            elif entry.body != body:
                change(author, entry, entry.version, body=body)
        changed(person)


def changed(person: Person) -> None:
    """Tell what follows from a record that it has changed; whatever changes entries calls this last."""
    CHANGED.send(sender=Entry, person=person)


def evidences_of(
    people: Iterable[Person], as_of: Month
) -> Iterator[tuple[Person, Evidence | None]]:
    """What many people have recorded, in one query; None for a record that cannot be read as of that month."""
    found: dict[int, dict[Key, Any]] = {}
    people = list(people)
    for e in Entry.objects.filter(person__in=[p.pk for p in people]):
        found.setdefault(e.person_id, {})[e.kind, e.key] = e.body
    for person in people:
        plain = _plain(person, found.get(person.pk, {}))
        try:
            yield person, record_from(as_marked(plain), known(), as_of, "").evidence
        except EvidenceError:
            yield person, None


def _entries(plain: dict[str, Any]) -> Iterator[tuple[Key, Any]]:
    """The parts of an evidence file one by one.

    What is given and empty (no engagement at all) says something that what is left out does not, so
    the entry `about` lists what is given.
    """
    professional = plain.get("professional", {})
    given: list[str] = [k for k in _WHOLE if k in plain]
    given += [k for k in ("areas", "succession") if k in professional]
    yield ("about", ""), {"for": plain["for"], "given": given}
    for engagement in plain.get("engagements", ()):
        yield ("engagement", engagement["id"]), engagement
    for area, depth in professional.get("areas", {}).items():
        yield ("area", area), depth
    for number, work in enumerate(professional.get("succession", ()), start=1):
        yield ("succession", f"{number:04}"), work
    if "mentoring" in professional:
        yield ("mentoring", ""), professional["mentoring"]
    for number, examination in enumerate(plain.get("examinations", ()), start=1):
        yield ("examination", f"{number:04}"), examination
    for skill, level in plain.get("skills", {}).items():
        yield ("skill", skill), level
    for item in plain.get("knowledge", ()):
        yield ("knowledge", item), True


def _plain(person: Person, entries: dict[Key, Any]) -> dict[str, Any]:
    """The entries as an evidence file."""
    about = entries.get(("about", ""), {"for": [], "given": []})
    given = set(about["given"])

    def of(kind: str) -> list[tuple[str, Any]]:
        return [(key, body) for (k, key), body in sorted(entries.items(), key=_by_key) if k == kind]

    parts = {
        "engagements": [body for _, body in of("engagement")],
        "examinations": [body for _, body in of("examination")],
        "skills": dict(of("skill")),
        "knowledge": [key for key, _ in of("knowledge")],
    }
    inner = {"areas": dict(of("area")), "succession": [body for _, body in of("succession")]}
    professional = {k: v for k, v in inner.items() if v or k in given}
    if ("mentoring", "") in entries:
        professional["mentoring"] = entries["mentoring", ""]
    who = {"id": person.code, "name": person.name or person.code}
    plain = {"schema": SCHEMA, "for": about["for"], "person": who}
    plain |= {k: v for k, v in parts.items() if v or k in given}
    return plain | ({"professional": professional} if professional else {})


def _by_key(entry: tuple[Key, Any]) -> Key:
    return entry[0]


def kept_verdict(judge: Judge, person: Person, judgement: Judgement) -> Verdict:
    """Keep a verdict with everything that it depends on."""
    rung = judgement.rung
    return Verdict.objects.create(
        person=person,
        field=rung.edition.qualified(rung.field_id),
        level=rung.level,
        as_of=str(judgement.as_of),
        verdict=judgement.verdict.id,
        route=judgement.route,
        readings=dict(judgement.readings),
        edition_digest=judge.standards.digests[rung.edition.id],
        evidence_digest=evidence_digest(judgement.evidence),
        engine=engine(),
    )
