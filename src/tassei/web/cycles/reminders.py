"""Reminders by mail: one a person, cycle and part, on the days that a cycle names, and none twice.

What is due stands on the pages in any case; mail tells those who do not look.
"""

import datetime
import logging
import smtplib
from collections.abc import Iterable, Iterator

from attrs import frozen
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web.cycle.case import State
from tassei.web.dates import day
from tassei.web.models import Account, Assessment, Cycle, Reminder, Seat
from tassei.web.reviews.waiting import MINE

logger = logging.getLogger("tassei.web")


@frozen
class Due:
    """One person's part of a cycle that is due soon.

    Args:
        days: the reminder day that this one is for, before the due day.
        count: how many assessments wait for the person.
    """

    cycle: Cycle
    person: int
    stage: State
    due: datetime.date
    days: int
    count: int


def due_reminders(today: datetime.date) -> Iterator[Due]:
    """Every reminder whose day has come, sent or not; a day on which nothing ran is made up for."""
    for cycle in Cycle.objects.filter(opened_at__isnull=False, closed_at=None):
        parts = (
            (State.SELF, cycle.due_self),
            (State.SUPERIOR, cycle.due_superior),
            (State.COMMITTEE, cycle.due_committee),
        )
        for stage, due in parts:
            left = (due - today).days if due else -1
            days = min((d for d in cycle.reminder_days if d >= left), default=None)
            if due is None or left < 0 or days is None:
                continue
            for person, count in sorted(_waiting(cycle, stage).items()):
                yield Due(cycle, person, stage, due, days, count)


def _waiting(cycle: Cycle, stage: State) -> dict[int, int]:
    """How many assessments wait for whom at one stage; one query."""
    rows: QuerySet[Assessment] = Assessment.objects.filter(cycle=cycle)
    people: Iterable[int | None]
    if stage is State.SELF:
        people = rows.filter(state__in=MINE).values_list("person", flat=True)
    elif stage is State.SUPERIOR:
        held = rows.filter(state=stage.value, superior__isnull=False)
        people = held.values_list("superior", flat=True)
    else:
        people = Seat.objects.filter(
            assessment__cycle=cycle, assessment__state=stage.value, seated=True, excluded=False,
            heard=False, attained=None,
        ).values_list("person", flat=True)  # fmt: skip
    found: dict[int, int] = {}
    for person in people:
        if person is not None:
            found[person] = found.get(person, 0) + 1
    return found


def remind(today: datetime.date | None = None) -> int:
    """Send what is due and has not been sent.

    Returns:
        How many went out.
    """
    if not getattr(settings, "EMAIL_HOST_SET", False):
        return 0
    sent = 0
    for one, account in _unsent(list(due_reminders(today or timezone.localdate()))):
        try:
            sent += _send(one, account)
        except (OSError, smtplib.SMTPException):
            # the server may be away; what was not sent is tried again
            logger.exception("a reminder could not be sent")
            return sent
    return sent


def _unsent(found: list[Due]) -> Iterator[tuple[Due, Account]]:
    """Those that have not gone out, with where they go to; two queries, however many there are."""
    if not found:
        return
    cycles = {one.cycle.pk for one in found}
    sent = set(
        Reminder.objects.filter(cycle__in=cycles).values_list(
            "cycle", "person", "stage", "due", "days"
        )
    )
    accounts = {
        a.person_id: a
        for a in Account.objects.select_related("person")
        .filter(is_active=True, person__active=True)
        .exclude(person__email="")
    }
    for one in found:
        key = (one.cycle.pk, one.person, one.stage.value, one.due, one.days)
        if key not in sent and one.person in accounts:
            yield one, accounts[one.person]


def _send(one: Due, account: Account) -> int:
    """Record a reminder and send it: where sending fails, neither has happened.

    It is sent outside of the transaction, because a mail server may take its time and nobody else could
    write meanwhile. Of a process that is killed in between one reminder is lost; the pages tell of it.
    """
    try:
        with transaction.atomic():
            record = Reminder.objects.create(
                cycle=one.cycle, person_id=one.person, stage=one.stage.value, due=one.due,
                days=one.days,
            )  # fmt: skip
    except IntegrityError:
        # another process has just sent it
        return 0
    subject, body = _words(one, "en" if account.lang == "en" else "ja")
    try:
        send_mail(subject, body, None, [account.person.email])
    except BaseException:
        record.delete()
        raise
    return 1


_PARTS = {
    State.SELF: (
        Text("記入して提出する評価", "to fill in and submit"),
        "assessments/",
    ),
    State.SUPERIOR: (
        Text("上司として確かめる評価", "to check as a superior"),
        "reviews/",
    ),
    State.COMMITTEE: (
        Text("審査員として意見を出す評価", "to give your view on as a member"),
        "reviews/",
    ),
}


def _words(one: Due, lang: Lang) -> tuple[str, str]:
    """Subject and body; whose assessments they are is told on the pages alone."""
    part, path = _PARTS[one.stage]
    name = (one.cycle.name_ja if lang == "ja" else one.cycle.name_en).replace("\n", " ")
    origin = settings.TASSEI_ORIGIN
    subject = Text("{name}: 期限は{day}です", "{name}: due {day}").format(
        name=name, day=day(one.due)
    )
    body = Text(
        "「{name}」で、{part}が{count}件あります。期限は{day}です。\n\n{where}\n",
        "{name}: {counted} {part}, due {day}.\n\n{where}\n",
    ).format(
        name=name,
        part=part,
        count=one.count,
        counted=plural(one.count, "assessment"),
        day=day(one.due),
        where=f"{origin}/{path}" if origin else "Tassei",
    )
    return subject[lang], body[lang]


_done: list[datetime.datetime] = []


def remind_hourly() -> None:
    """Send what is due, once an hour; of several processes each looks, and none sends twice."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    if now not in _done:
        remind()
        _done[:] = [now]
