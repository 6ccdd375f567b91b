"""The one way to change what is recorded: who, when and why stand beside every change.

Each function runs in a transaction of its own or joins that of its caller. A change names the version
that its author saw; where the row has another one by now, nothing is written.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from attrs import frozen
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from tassei.web.clock import now
from tassei.web.event_names import KINDS
from tassei.web.models.events import ChainHead, Event, EventText
from tassei.web.models.recorded import Recorded, writing

T = TypeVar("T", bound=Recorded)
_BATCH = 500


@frozen
class Author:
    """Who changes something, and why.

    Args:
        person: id of the person; None for the application itself.
    """

    person: int | None
    why: str = ""


class Stale(Exception):
    """Somebody else has changed the row since its author read it."""


def create(author: Author, row: T, kind: str = "created") -> T:
    """Write a new row."""
    with transaction.atomic(), writing():
        row.version = 1
        row.save(force_insert=True)
        after = _values(row)
        _append(author, kind, row, {k: [None, v] for k, v in after.items() if v is not None})
    return row


def create_all(author: Author, rows: Sequence[T], kind: str = "created") -> None:
    """Write many new rows of one table, each with an event of its own, in few statements."""
    if not rows:
        return
    with transaction.atomic(), writing():
        for row in rows:
            row.version = 1
        type(rows[0])._base_manager.bulk_create(rows, batch_size=_BATCH)
        _append_all(
            author,
            kind,
            [(r, {k: [None, v] for k, v in _values(r).items() if v is not None}) for r in rows],
        )


def change_all(
    author: Author, changes: Sequence[tuple[T, Mapping[str, Any]]], kind: str = "changed"
) -> None:
    """Change many rows that still have the version they were read with, each with an event of its own.

    Raises:
        Stale: one of them has another version by now; nothing is written.
    """
    with transaction.atomic(), writing():
        made = []
        for row, values in changes:
            before = _values(row)
            for name, value in values.items():
                setattr(row, name, value)
            after = _values(row)
            changed = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
            if not changed:
                continue
            mine = type(row)._base_manager.filter(pk=row.pk, version=row.version)
            if mine.update(**values, version=row.version + 1) != 1:
                raise Stale
            row.version += 1
            made.append((row, changed))
        _append_all(author, kind, made)


def change(author: Author, row: T, version: int, kind: str = "changed", **values: Any) -> T:
    """Change a row that still has the version its author saw.

    A change that changes nothing is not written, and raises no version.

    Raises:
        Stale: it has another version by now, or is gone.
    """
    before = _values(row)
    for name, value in values.items():
        setattr(row, name, value)
    after = _values(row)
    changed = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
    with transaction.atomic(), writing():
        mine = type(row)._base_manager.filter(pk=row.pk, version=version)
        if not changed:
            if not mine.exists():
                raise Stale
            return row
        if mine.update(**values, version=version + 1) != 1:
            raise Stale
        row.version = version + 1
        _append(author, kind, row, changed)
    return row


def remove(author: Author, row: Recorded, version: int) -> None:
    """Remove a row that still has the version its author saw; what it said stays in the history.

    Raises:
        Stale: it has another version by now, or is gone.
    """
    with transaction.atomic(), writing():
        values = _values(row)
        _append(author, "removed", row, {k: [v, None] for k, v in values.items() if v is not None})
        if type(row)._base_manager.filter(pk=row.pk, version=version).delete()[0] != 1:
            raise Stale


def note(author: Author, kind: str, row: Recorded) -> None:
    """Record that something was done with a row which changes nothing in it: it was read, or exported."""
    with transaction.atomic():
        _append(author, kind, row, {})


def erase(person: int) -> int:
    """Erase all texts of the history about a person; the chain of events stays whole.

    Returns:
        How many texts there were.
    """
    with transaction.atomic():
        return EventText.objects.filter(about_id=person).delete()[0]


def forget(row: Recorded, holds: Callable[[Mapping[str, Any]], bool]) -> int:
    """Erase those texts of one row's history that hold something; the chain of events stays whole.

    Args:
        holds: says of the values of a text, each with what it was before and after, whether it is one.

    Returns:
        How many texts there were.
    """
    with transaction.atomic():
        numbers = Event.objects.filter(table=type(row).__name__.lower(), row=row.pk)
        texts = EventText.objects.filter(event__in=numbers)
        found = [t.pk for t in texts if holds(t.values)]
        return EventText.objects.filter(pk__in=found).delete()[0]


def head() -> tuple[int, str]:
    """The number and digest of the last event: kept elsewhere, they show whether an end was cut off."""
    found = ChainHead.objects.filter(pk=1).first()
    return (found.number, found.digest) if found else (0, "0" * 64)


def broken(known: tuple[int, str] | None = None) -> str | None:
    """The first place at which the chain does not hold; None where all of it does.

    Args:
        known: a head that was kept elsewhere.
    """
    return next(_faults(known), None)


def _faults(known: tuple[int, str] | None) -> Iterator[str]:
    digest, number, end = "0" * 64, 0, head()
    while True:
        for event, text in _after(number):
            number += 1
            if event.number != number:
                yield f"event {number} is missing"
                return
            if _digest(digest, event) != event.digest:
                yield f"event {number} was changed"
                return
            if text is not None and _commitment(text.salt, text.values, text.why) != (
                event.commitment
            ):
                yield f"the text of event {number} was changed"
                return
            digest = event.digest
            if known is not None and known[0] == number and known[1] != digest:
                yield f"event {number} is not the one that was kept"
                return
        if (number, digest) == end:
            break
        # what has been recorded meanwhile is looked through, too
        before, end = end, head()
        if end == before or end[0] < number:
            yield f"events after {number} are missing"
            break
    if known is not None and known[0] > number:
        yield f"events after {number} are missing"


def _after(number: int) -> Iterator[tuple[Event, EventText | None]]:
    """Events with their texts, part by part: who reads on and on keeps every writer to SQLite waiting."""
    while events := list(Event.objects.filter(number__gt=number).order_by("number")[:_BATCH]):
        of_these = EventText.objects.filter(event__in=[e.number for e in events])
        texts = {t.event_id: t for t in of_these}
        yield from ((e, texts.get(e.number)) for e in events)
        number = events[-1].number


def _append(author: Author, kind: str, row: Recorded, values: Mapping[str, Any]) -> None:
    _append_all(author, kind, [(row, values)])


def _append_all(
    author: Author, kind: str, changes: Sequence[tuple[Recorded, Mapping[str, Any]]]
) -> None:
    if not changes:
        return
    assert kind in KINDS, f"{kind} has no name in event_names"
    ChainHead.objects.get_or_create(pk=1)
    # whoever comes second waits here, so that numbers and digests follow one another
    last = ChainHead.objects.select_for_update().get(pk=1)
    number, digest, at = last.number, last.digest, now()
    events, texts = [], []
    for row, values in changes:
        number += 1
        salt = secrets.token_hex(32)
        told = {k: _kept_back(v) if k in row.secret else v for k, v in values.items()}
        plain = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
        event = Event(
            number=number,
            at=at,
            actor_id=author.person,
            kind=kind,
            table=type(row).__name__.lower(),
            row=row.pk,
            version=row.version,
            commitment=_commitment(salt, plain, author.why),
        )
        event.digest = digest = _digest(digest, event)
        events.append(event)
        texts.append(
            EventText(event=event, about_id=row.about(), salt=salt, values=plain, why=author.why)
        )
    with writing():
        Event.objects.bulk_create(events, batch_size=_BATCH)
    EventText.objects.bulk_create(texts, batch_size=_BATCH)
    ChainHead.objects.filter(pk=1).update(number=number, digest=digest)


def _kept_back(values: list[Any]) -> list[Any]:
    """Before and after of a field that the history does not repeat: whether there was anything."""
    return [bool(v) if v is not None else None for v in values]


def _commitment(salt: str, values: Mapping[str, Any], why: str) -> str:
    return _hash([salt, values, why])


def _digest(before: str, event: Event) -> str:
    at: datetime = event.at
    parts = [
        before,
        event.number,
        at.astimezone(UTC).isoformat(),
        event.actor_id,
        event.kind,
        event.table,
        event.row,
    ]
    return _hash([*parts, event.version, event.commitment])


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _values(row: models.Model) -> dict[str, Any]:
    """The fields of a row, a row that it points to by its id."""
    return {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if f.name not in ("id", "version")
    }
