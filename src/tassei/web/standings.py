"""From records to `Standing` rows: of one person when the record changes, of everybody when a month or a cycle begins.

Each row is made of the evidence by the interpreter alone, under the default readings or those of the
cycle; making it again gives the same row.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from threading import enumerate as threads
from time import sleep
from typing import Any

from attrs import frozen
from django.db import Error, connection, transaction

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, evidence_digest
from tassei.judging.judge import Standing as Judged
from tassei.judging.prove import deciding
from tassei.judging.verdict import Verdict
from tassei.web.clock import now, this_month
from tassei.web.explorer.shelf import editions_of, judge_for, standards
from tassei.web.models import Cycle, Person, Standing
from tassei.web.records import evidences_of

_AT_ONCE = 25
_PAUSE = 0.12
"""Seconds between two parts. Whoever waits to write to SQLite looks every tenth of a second whether it is
free, and would wait until everybody is renewed if the next part began at once."""
_OF_PRESENT, _OF_CYCLE = "standings of the present", "standings of a cycle"
logger = logging.getLogger("tassei.web")


@frozen
class Refreshed:
    """What a renewal came to.

    Args:
        unread: codes of people whose record cannot be read as of that month.
    """

    people: int
    unread: tuple[str, ...]


def refresh(person: Person) -> None:
    """Write the present standings of one person; called whenever the record changes."""
    refresh_all(this_month(), people=[person])


def refresh_all(
    as_of: Month,
    cycle: Cycle | None = None,
    people: Iterable[Person] | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Refreshed:
    """Write the standings of everybody who is active; rows of before are replaced.

    Args:
        cycle: for which they are kept; None for the present.
        people: of these alone.
        told: called with the number of people after each part.
    """
    wholly = people is None
    if people is None:
        # not row by row while others write: to SQLite, who is still reading keeps every writer waiting
        present = Person.objects.filter(active=True, erased_at=None).order_by("pk")
        keys = list(present.values_list("pk", flat=True))
    else:
        keys = [p.pk for p in people]
    judges = _Judges(cycle)
    began, done, unread = now(), 0, []
    for start in range(0, len(keys), _AT_ONCE):
        if done:
            sleep(_PAUSE)
        part = keys[start : start + _AT_ONCE]
        # one part is one transaction, so that a renewal of everybody keeps nobody waiting for long
        with transaction.atomic():
            # whoever changes one of these records meanwhile waits, and renews it after us
            some = list(Person.objects.select_for_update().filter(pk__in=part).order_by("pk"))
            rows: list[Standing] = []
            for person, evidence in evidences_of(some, as_of):
                if evidence is None:
                    unread.append(person.code)
                rows += _rows(person, evidence, as_of, cycle, judges)
            Standing.objects.filter(cycle=cycle, person__in=part).delete()
            Standing.objects.bulk_create(rows, batch_size=1000)
        done += len(part)
        told(done)
    if wholly:
        # who has left since the last renewal stands nowhere
        Standing.objects.filter(cycle=cycle, at__lt=began).delete()
    return Refreshed(done, tuple(unread))


class _Judges:
    """Those of one renewal, made once each."""

    def __init__(self, cycle: Cycle | None) -> None:
        self._readings = dict(cycle.readings) if cycle else {}
        self._made: dict[tuple[str, ...] | None, Judge] = {}

    def over(self, editions: tuple[str, ...] | None) -> Judge:
        """The judge over some editions, under the readings of the cycle."""
        if not self._readings:
            return judge_for(editions)
        found = self._made.get(editions)
        if found is None:
            everything = standards()
            readings = everything.readings_with(self._readings)
            found = self._made[editions] = Judge(everything, readings, editions)
        return found


def _rows(
    person: Person, evidence: Evidence | None, as_of: Month, cycle: Cycle | None, judges: _Judges
) -> Iterator[Standing]:
    """The row that counts the person, and one for each field in which there is anything to tell."""
    at = now()
    digest = evidence_digest(evidence) if evidence is not None and _told(evidence) else ""

    def row(field: str, low: int, high: int, **values: Any) -> Standing:
        return Standing(
            person=person, cycle=cycle, field=field, low=low, high=high, unit_id=person.unit_id,
            as_of=str(as_of), evidence_digest=digest, at=at, **values,
        )  # fmt: skip

    yield row("", 0, 0)
    if evidence is None or not digest:
        return
    judge = judges.over(editions_of(evidence))
    works: set[str] = set().union(*(e.fields or () for e in evidence.engagements or ()))
    for found in judge.standings(evidence, as_of):
        path = found.edition.qualified(found.field_id)
        low, high = _bounds(found)
        if high or path in works:
            near: dict[str, Any] = {}
            if (low or path in works) and found.next_level is not None:
                rung = judge.rung(found.edition.id, found.field_id, found.next_level)
                judgement = judge.judge(evidence, as_of, rung)
                near = {
                    "lacks": len(judgement.missing),
                    "missing": sorted(deciding(judgement.proof)),
                }
            yield row(path, low, high, by_examination=low in found.by_examination, **near)


def _told(evidence: Evidence) -> bool:
    """Whether anything at all is recorded: what nobody has written down could be anything."""
    given = evidence.professional
    return bool(
        evidence.written_for
        or evidence.engagements is not None
        or evidence.examinations
        or evidence.skills
        or evidence.knowledge
        or given.areas
        or given.succession
    )


def _bounds(found: Judged) -> tuple[int, int]:
    """The highest level that is surely met, and that may be."""
    low = found.level or 0
    return low, max([low, *(n for n, v in found.verdicts if v is not Verdict.NOT_MET)])


def renew_when_due() -> bool:
    """Renew everybody's present standings once a month; says whether it was done now."""
    month = oldest()
    if month is None or month >= this_month():
        return False
    refresh_all(this_month())
    return True


def renew_beside(cycle: Cycle | None = None) -> None:
    """Renew everybody's standings beside the request that asks, once what it has written is there.

    Everybody takes minutes in a large organisation, which is longer than a browser waits.

    Args:
        cycle: for which they are kept; None for the present, which is not begun again while it is done.
    """
    if cycle is None and renewing():
        return
    name = _OF_CYCLE if cycle else _OF_PRESENT
    transaction.on_commit(lambda: Thread(target=_renew, args=(cycle,), name=name).start())


def renewing() -> bool:
    """Whether this server is renewing everybody's present standings beside its requests."""
    return any(thread.name == _OF_PRESENT for thread in threads())


def _renew(cycle: Cycle | None) -> None:
    try:
        refresh_all(Month.parse(cycle.as_of) if cycle else this_month(), cycle)
    except Error:
        # the next month, the end of the round, and the button on the page of totals do it again
        logger.exception("standings of %s could not be renewed", cycle or "the present")
    finally:
        connection.close()


def oldest() -> Month | None:
    """The month that the oldest of the present standings are as of; None where there are none."""
    first = Standing.objects.filter(cycle=None).order_by("as_of").values_list("as_of", flat=True)
    found = first.first()
    return None if found is None else Month.parse(found)
