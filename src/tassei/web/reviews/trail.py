"""The history of one assessment in words: who, when, what, why."""

import datetime

from attrs import frozen
from django.db.models import Q

from tassei.text import Lang, Text
from tassei.web.cycle.moves import BY_NAME
from tassei.web.dates import called, minute_of
from tassei.web.models import Assessment, Event, EventText, Person, Remark, Seat


@frozen
class Step:
    """One thing that was done.

    Args:
        kind: the name of a move, or of what else was done.
        whom: the person whom it names; empty where it names none.
        actor: the id of who did it; None for the application itself.
    """

    kind: str
    what: Text
    who: str
    at: datetime.datetime
    when: Text
    why: str
    whom: str = ""
    actor: int | None = None


_OTHERS = {
    "created": Text("評価の回に加えた", "added to the cycle"),
    "added": Text("評価の回に加えた", "added to the cycle"),
    "chosen": Text("専門分野とレベルを選んだ", "field and level chosen"),
    "computed": Text("判定を計算して残した", "verdict computed and kept"),
}
_CHANGED = Text("変更した", "changed")
_REMARKS = {
    "accept": Text("主張を認めた", "accepted a claim"),
    "correct": Text("主張を直すよう書いた", "proposed a correction"),
    "question": Text("質問した", "asked a question"),
    "answered": Text("質問に答えた", "answered"),
}
_BY_ITSELF = Text("アプリケーション", "the application")
_SEATING = ("seat", "unseat", "exclude", "recuse")


def trail(assessment: Assessment, lang: Lang) -> tuple[Step, ...]:
    """Every step, the latest first; three queries, however long it is.

    What a view said is in `why`, so who shows a step of the kind "view" asks first.
    """
    seats = {s.pk: s for s in assessment.seats.all()}
    remarks = Remark.objects.filter(assessment=assessment).values("pk")
    rows = (
        Q(table="assessment", row=assessment.pk)
        | Q(table="seat", row__in=list(seats))
        | Q(table="remark", row__in=remarks)
    )
    events = list(Event.objects.filter(rows).select_related("actor", "text").order_by("number"))
    people = _people(events)
    steps, whom = [], ""
    for event in events:
        if event.table == "seat":
            seat: Seat = seats[event.row]
            whom = called(seat.person) if event.kind in _SEATING else ""
            continue
        steps.append(_step(event, whom or _named(event, people), people, lang))
        whom = ""
    return tuple(reversed(steps))


def _values(event: Event) -> dict[str, list[object]]:
    text: EventText | None = getattr(event, "text", None)
    return text.values if text else {}


def _people(events: list[Event]) -> dict[int, Person]:
    named = (_values(e).get("superior_id", [None, None])[1] for e in events)
    ids = {n for n in named if isinstance(n, int)}
    return {p.pk: p for p in Person.objects.filter(pk__in=ids)}


def _named(event: Event, people: dict[int, Person]) -> str:
    superior = _values(event).get("superior_id", [None, None])[1]
    return called(people[superior]) if isinstance(superior, int) and superior in people else ""


def _step(event: Event, whom: str, people: dict[int, Person], lang: Lang) -> Step:
    kind = event.kind
    if event.table == "remark":
        what = _REMARKS.get(kind, _REMARKS["answered"])
    else:
        what = BY_NAME[kind].label if kind in BY_NAME else _OTHERS.get(kind, _CHANGED)
    text: EventText | None = getattr(event, "text", None)
    who = called(event.actor) if event.actor else _BY_ITSELF[lang]
    why = text.why if text else ""
    return Step(kind, what, who, event.at, minute_of(event.at), why, whom, event.actor_id)
