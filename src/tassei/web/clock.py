"""The present time, in Japan whatever the time zone of the machine; tests put another in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

from tassei.evidence.months import Month

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Where what happened earlier is told again: the story of the example organisation, a test."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def now() -> datetime:
    return _told.get() or timezone.now()


def today() -> date:
    return timezone.localdate(now())


def this_month() -> Month:
    """The month in which a judgement is made unless another is asked for."""
    day = today()
    return Month.of(day.year, day.month)
