"""What happened earlier can be told again, with its own date in the history."""

from datetime import UTC, datetime

import pytest

from tassei.evidence.months import Month
from tassei.web import clock
from tassei.web.history import Author, create
from tassei.web.models import Event, Person

YEAR_END = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)
"""In Japan it is the first of January already."""


@pytest.mark.usefixtures("database")
def test_events_carry_the_time_that_is_told() -> None:
    """A change that is told again stands in the history when it happened, and only inside."""
    with clock.at(YEAR_END):
        create(Author(None), Person(code="a"))
    create(Author(None), Person(code="b"))
    first, second = Event.objects.order_by("number")
    assert first.at == YEAR_END
    assert second.at > YEAR_END


def test_a_month_begins_when_it_does_in_japan() -> None:
    """Nine hours before it does in London."""
    with clock.at(YEAR_END):
        assert clock.this_month() == Month.of(2026, 1)
