"""The only door between the rows of a record and the engine: entries <-> evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from tassei.errors import EvidenceError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA, Record, record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, Judgement, evidence_digest
from tassei.marked import as_marked
from tassei.reporting.judgements import engine
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, Stale, change, create, remove
from tassei.web.masks import masked
from tassei.web.models import Attachment, Entry, Person, Verdict

Key = tuple[str, str]
_WHOLE = ("engagements", "examinations", "skills", "knowledge")


def evidence_of(person: Person, as_of: Month) -> Record:
    """What a person has recorded, in one query.

    Raises:
        EvidenceError: an entry cannot be read as of that month.
    """
    entries = Entry.objects.filter(person=person)
    return record_from(as_marked(plain_of(person, entries)), known(), as_of, "")


def plain_of(person: Person, entries: Iterable[Entry]) -> dict[str, Any]:
    """What a person has recorded, as it stands in an evidence file."""
    return _plain(person, {(e.kind, e.key): e.body for e in entries})


def keep(author: Author, person: Person, evidence: Evidence) -> None:
    """Make the entries of a person those of an evidence file; what is equal is not touched.

    What is attached to an engagement that stays, and what is kept back of it, stays too.
    """
    wanted = dict(entries_of(plain_evidence(evidence)))
    present = Entry.objects.filter(person=person).values_list("kind", "key")
    write(author, person, wanted, set(present) - wanted.keys())


def write(
    author: Author,
    person: Person,
    bodies: Mapping[Key, Any],
    gone: Iterable[Key] = (),
    seen: Mapping[Key, int] | None = None,
) -> None:
    """Change entries of a person: the one way to do so.

    Amounts that are masked are masked before anything is written. Who follows records is told.

    Args:
        bodies: what shall be recorded; what is equal is not touched.
        gone: what shall leave the record, with the documents attached to it.
        seen: versions that the author saw, 0 for what was not there; what is not named is not checked.

    Raises:
        Stale: something has another version by now.
    """
    with transaction.atomic():
        # whoever comes second waits here, and then sees what the first has written
        Person.objects.select_for_update().get(pk=person.pk)
        found = Entry.objects.filter(person=person).select_related("discretion")
        present = {(e.kind, e.key): e for e in found}
        for named, version in (seen or {}).items():
            if (present[named].version if named in present else 0) != version:
                raise Stale
        events = [_drop(author, present[k]) for k in sorted(gone) if k in present]
        for (kind, key), body in sorted(bodies.items()):
            entry = present.get((kind, key))
            if entry is None:
                create(author, Entry(person=person, kind=kind, key=key, body=body))
                events.append(True)
                continue
            body = discreet(body, _masked(entry))
            if entry.body != body:
                change(author, entry, entry.version, body=body)
                events.append(True)
        if events:
            changed(person)


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


def _masked(entry: Entry) -> frozenset[str]:
    """The measures of an engagement whose amounts are masked."""
    discretion = getattr(entry, "discretion", None)
    return frozenset(discretion.amounts) if discretion else frozenset()


def discreet(body: Any, measures: Iterable[str]) -> Any:
    """The body of an engagement with these amounts masked."""
    size = body.get("size") if isinstance(body, dict) else None
    hidden = {m: masked(m, size[m]) for m in measures if size and isinstance(size.get(m), int)}
    return {**body, "size": {**size, **hidden}} if size and hidden else body


def _drop(author: Author, entry: Entry) -> bool:
    for attachment in Attachment.objects.filter(entry=entry):
        remove(author, attachment, attachment.version)
    discretion = getattr(entry, "discretion", None)
    if discretion:
        remove(author, discretion, discretion.version)
    remove(author, entry, entry.version)
    return True


followers: list[Callable[[Person], None]] = []
"""Who is told, in the same transaction, that the record of a person has changed."""


def changed(person: Person) -> None:
    """Tell everybody who follows records that this one has changed."""
    for follow in followers:
        follow(person)


def entries_of(plain: dict[str, Any]) -> Iterator[tuple[Key, Any]]:
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
