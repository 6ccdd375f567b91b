"""The clock of all pages of a record stands in November 2026."""

import pytest
from django.test import Client

from tassei.evidence.months import Month
from tassei.text import Lang
from tassei.web.models import Person
from tassei.web.record import about_views, taking, views, work_views
from web.record.people import recorded, signed_in


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands in November 2026."""
    for module in (views, work_views, about_views, taking):
        monkeypatch.setattr(module, "this_month", lambda: Month.of(2026, 11))


@pytest.fixture
def midori(database: None) -> Person:
    """An engineer with a record."""
    return recorded()


@pytest.fixture
def browser(midori: Person, lang: Lang) -> Client:
    """The browser of that engineer."""
    return signed_in(midori, lang)
