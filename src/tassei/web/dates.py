"""Days and moments as each language writes them, and people as others know them."""

import datetime

from django.utils import timezone

from tassei.figures import plural
from tassei.text import Text
from tassei.web import clock
from tassei.web.models import Person

_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(date: datetime.date) -> Text:
    """A day: 2026年11月20日, 20 Nov 2026."""
    return Text(
        f"{date.year}年{date.month}月{date.day}日", f"{date.day} {_EN[date.month - 1]} {date.year}"
    )


def day_of(moment: datetime.datetime) -> Text:
    """The day of a moment, in Japan."""
    return day(timezone.localtime(moment).date())


def minute_of(moment: datetime.datetime) -> Text:
    """A moment to the minute, in Japan."""
    local = timezone.localtime(moment)
    date, time = day(local.date()), f"{local:%H:%M}"
    return Text(f"{date.ja} {time}", f"{date.en}, {time}")


def age(moment: datetime.datetime) -> Text:
    """How many days ago: 今日, 3日前; today, 3 days ago."""
    days = (clock.today() - timezone.localtime(moment).date()).days
    if days <= 0:
        return Text("今日", "today")
    return Text(f"{days}日前", f"{plural(days, 'day')} ago")


def called(person: Person) -> str:
    """A person as others know them: by name, or by code where no name is kept."""
    return person.name or person.code
