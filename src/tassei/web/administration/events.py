"""The history as somebody may read it: events for all of it, texts where the texts are open to them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from attrs import frozen
from django.db.models import QuerySet
from django.utils import timezone

from tassei.text import Lang, Text
from tassei.web.administration.chart import Chart
from tassei.web.event_names import COLUMNS, KINDS, MOMENTS, PEOPLE, TABLES, UNITS, VALUES
from tassei.web.models import Event, EventText, Person
from tassei.web.permits import Act, Concern, Viewer, may

PAGE = 50
_ADMINISTRATIVE = {
    "person": Act.CHANGE_PEOPLE,
    "unit": Act.CHANGE_PEOPLE,
    "grant": Act.CHANGE_PEOPLE,
    "invitation": Act.CHANGE_ACCOUNTS,
    "setting": Act.CHANGE_SETTINGS,
    "layer": Act.TAILOR_STANDARD,
    "run": Act.CHANGE_SETTINGS,
    "cycle": Act.SET_UP_CYCLE,
}
"""Whoever may change such rows may read what was changed in them, and why."""


@frozen
class Filters:
    """What of the history is asked for; everything where a filter is empty."""

    person: str = ""
    table: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


@frozen
class Told:
    """One event in words.

    Args:
        open: its text may be read by who asks; else `why` and `values` are empty.
        erased: its text is gone.
    """

    number: int
    at: datetime
    actor: str
    what: str
    about: str
    why: str
    values: tuple[tuple[str, str, str], ...]
    open: bool
    erased: bool


def filtered(filters: Filters) -> QuerySet[Event]:
    """The events asked for, the latest first."""
    found = Event.objects.order_by("-number")
    if filters.person:
        person = Person.objects.filter(code=filters.person).first()
        pk = person.pk if person else 0
        found = found.filter(actor=pk) | found.filter(text__about=pk)
    if filters.table in TABLES:
        found = found.filter(table=filters.table)
    if filters.kind in KINDS:
        found = found.filter(kind=filters.kind)
    if day := _day(filters.since):
        found = found.filter(at__gte=_midnight(day))
    if day := _day(filters.until):
        found = found.filter(at__lt=_midnight(day) + timedelta(days=1))
    return found.order_by("-number")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def told(events: Iterable[Event], viewer: Viewer, lang: Lang) -> Iterator[Told]:
    """Events in words, each with its text where that is open; four queries."""
    chosen = list(events)
    texts = {t.event_id: t for t in EventText.objects.filter(event__in=[e.number for e in chosen])}
    ids = {i for i in (*(e.actor_id for e in chosen), *(t.about_id for t in texts.values())) if i}
    ids |= {i for t in texts.values() for i in _named_in(t)}
    people = {p.pk: p for p in Person.objects.filter(pk__in=ids)}
    chart = Chart.read()
    say = _Words(people, chart, lang)
    for event in chosen:
        text = texts.get(event.number)
        about = people.get(text.about_id or 0) if text else None
        may_read = text is not None and _open(event, about, viewer, chart)
        yield Told(
            event.number,
            timezone.localtime(event.at),
            _named(people.get(event.actor_id or 0), lang),
            f"{_name(TABLES, event.table)[lang]}: {_name(KINDS, event.kind)[lang]}",
            _named(about, lang) if about else "",
            text.why if may_read and text else "",
            tuple(say.values(event.table, text)) if may_read and text else (),
            may_read,
            text is None,
        )


def _named(person: Person | None, lang: Lang) -> str:
    if person is None:
        return Text("アプリケーション", "the application")[lang]
    if person.erased_at is not None:
        return Text("消去された人", "somebody erased")[lang]
    return f"{person.name} ({person.code})" if person.name else person.code


def _open(event: Event, about: Person | None, viewer: Viewer, chart: Chart) -> bool:
    superiors = frozenset({about.superior_id} if about and about.superior_id else ())
    concern = Concern(
        about.pk if about else None,
        superiors,
        units=chart.line(about.unit_id) if about else frozenset(),
    )
    act = _ADMINISTRATIVE.get(event.table)
    if act is not None and may(viewer, act, concern):
        return True
    return may(viewer, Act.READ_HISTORY, concern)


def _name(names: Mapping[str, Text], written: str) -> Text:
    # what somebody has tampered with may say anything, and has to be seen
    return names.get(written, Text(written, written))


def _named_in(text: EventText) -> Iterator[int]:
    for name in PEOPLE & set(text.values):
        for value in text.values[name]:
            yield from _ids(value)


def _ids(value: object) -> Iterator[int]:
    """The people that a column names: one, or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        if str(one).isascii() and str(one).isdigit():
            yield int(str(one))


def _moment(written: str) -> str:
    try:
        return f"{timezone.localtime(datetime.fromisoformat(written)):%Y-%m-%d %H:%M}"
    except ValueError:
        return written[:200]


@frozen
class _Words:
    """Values of columns as people read them."""

    people: Mapping[int, Person]
    chart: Chart
    lang: Lang

    def values(self, table: str, text: EventText) -> Iterator[tuple[str, str, str]]:
        """Column, before, after."""
        for name, (before, after) in sorted(text.values.items()):
            if name != "digest":
                label = _name(COLUMNS, name)[self.lang]
                yield label, self._plain(table, name, before), self._plain(table, name, after)

    def _plain(self, table: str, name: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return (_YES if value else _NO)[self.lang]
        if name in PEOPLE and (ids := list(_ids(value))):
            return ", ".join(_named(self.people.get(i), self.lang) for i in ids)
        if name in MOMENTS and isinstance(value, str):
            return _moment(value)
        if name in UNITS and isinstance(value, int):
            return self.chart.name(value, self.lang)
        if isinstance(value, str):
            said = VALUES.get((table, value))
            written = said[self.lang] if said else value
        else:
            written = json.dumps(value, ensure_ascii=False)
        return written if len(written) <= 200 else written[:199] + "…"


_YES, _NO = Text("はい", "yes"), Text("いいえ", "no")
