"""The queue of a reviewer, and the load of all reviewers: the oldest case first."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web import clock
from tassei.web.cycle.case import Role, State
from tassei.web.dates import age, called
from tassei.web.explorer.pages import Link
from tassei.web.models import Assessment, Person, RemarkKind, Seat, Unit
from tassei.web.permits import Act, Concern, may
from tassei.web.reviews import pages
from tassei.web.reviews.shown import case_url, cycle_name, due_day, level_name
from tassei.web.reviews.waiting import for_review, running
from tassei.web.viewers import viewer_of

MOST = 100
"""Rows of one page."""

OPEN_QUESTIONS = Count(
    "remarks",
    filter=~Q(remarks__kind=RemarkKind.ACCEPT.value) & Q(remarks__answered_at=None),
    distinct=True,
)


def fetched(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """The rows of a queue, with all that is shown of them, the oldest first."""
    return (
        found.select_related("cycle", "person")
        .annotate(questions=OPEN_QUESTIONS)
        .order_by("since", "pk")
    )


def queue_page(person: Person, lang: Lang) -> pages.QueuePage:
    """What waits for a reviewer; three queries."""
    found = list(fetched(for_review(person.pk))[: MOST + 1])
    rows = tuple(
        _row(a, _asked(a)[lang], lang, pass_on="delegate" if a.state == "superior" else "")
        for a in found[:MOST]
    )
    overdue = sum(r.overdue for r in rows)
    more = len(found) > MOST
    lead = Text(
        f"{len(rows)}件{'以上' if more else ''}の評価があなたを待っています"
        + (f"。うち{overdue}件は期限を過ぎています。" if overdue else "。"),
        f"{plural(len(rows), 'case')}{' or more' if more else ''} waiting for you"
        + (f", {overdue} of them past the day." if overdue else "."),
    )
    reach = viewer_of(person)
    managing = any(role is Role.MANAGER for role, _ in reach.roles)
    return pages.QueuePage(
        Text("審査", "Reviews")[lang],
        lead[lang] if rows else "",
        rows,
        len(found) - len(rows),
        reverse("load") if managing else "",
    )


def _asked(row: Assessment) -> Text:
    if row.state == State.SUPERIOR.value:
        return Text("主張を確かめる", "check the claims")
    if not getattr(row, "viewed", False):
        return Text("意見を出す", "give your view")
    return Text("決定する", "decide")


def _row(row: Assessment, asked: str, lang: Lang, *, pass_on: str = "") -> pages.QueueRow:
    due, overdue = due_day(row, lang)
    to = _PASS_ON.get(pass_on)
    return pages.QueueRow(
        called(row.person),
        level_name(row, lang),
        case_url(row),
        cycle_name(row, lang),
        asked,
        age(row.since)[lang],
        due,
        overdue,
        getattr(row, "questions", 0),
        Link(to[lang], reverse("case-move", args=[row.pk, pass_on])) if to else None,
    )


_PASS_ON = {
    "delegate": Text("ほかの人に任せる", "Delegate"),
    "assign": Text("担当を替える", "Reassign"),
    "seat": Text("審査員を加える", "Seat a member"),
}


def managed_units(person: Person, act: Act = Act.SET_UP_CYCLE) -> frozenset[int] | None:
    """The units within which somebody may do something, with all below; None stands for everywhere.

    One query for the roles and one for the units.
    """
    viewer = viewer_of(person)
    if may(viewer, act, Concern()):
        return None
    units = {u.pk: u.above_id for u in Unit.objects.all()}
    return frozenset(u for u in units if may(viewer, act, Concern(units=_chain(u, units))))


def _chain(unit: int, above: dict[int, int | None]) -> frozenset[int]:
    found: set[int] = set()
    at: int | None = unit
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return frozenset(found)


def within(found: QuerySet[Assessment], units: frozenset[int] | None) -> QuerySet[Assessment]:
    """The assessments of people in some units."""
    return found if units is None else found.filter(person__unit__in=units)


def load_page(person: Person, whose: str, lang: Lang) -> pages.LoadPage:
    """How much each reviewer has in hand, as far as the reader manages.

    Raises:
        PermissionDenied: the reader manages nothing.
    """
    units = managed_units(person)
    if units is not None and not units:
        raise PermissionDenied
    cases = within(running(), units)
    load = _load(cases)
    people = {p.pk: p for p in Person.objects.filter(pk__in=list(load))}
    rows = tuple(
        pages.LoadRow(
            called(people[pk]),
            f"{reverse('load')}?{urlencode({'reviewer': people[pk].code})}",
            count,
            age(oldest)[lang],
            overdue,
        )
        for pk, (count, oldest, overdue) in sorted(
            load.items(), key=lambda each: (each[1][1], called(people[each[0]]))
        )
    )
    chosen = next((p for p in people.values() if p.code == whose), None)
    found: list[Assessment] = []
    if chosen is not None:
        held = Q(state=State.SUPERIOR.value, superior=chosen)
        sits = Seat.objects.filter(person=chosen, seated=True, excluded=False, heard=False)
        open_seat = Q(
            state=State.COMMITTEE.value, pk__in=sits.filter(attained=None).values("assessment")
        )
        found = list(fetched(cases.filter(held | open_seat))[: MOST + 1])
    total = sum(r.cases for r in rows)
    lead = Text(
        f"{len(rows)}人の手元に、合わせて{total}件があります。最も古いものから並べています。",
        f"{plural(total, 'case')} with {plural(len(rows), 'person').replace('persons', 'people')}, the oldest first.",
    )
    return pages.LoadPage(
        Text("審査する人の負荷", "Load of reviewers")[lang],
        lead[lang] if rows else "",
        rows,
        called(chosen) if chosen else "",
        tuple(
            _row(a, _STATE[a.state][lang], lang, pass_on="assign" if a.state == "superior" else "seat")
            for a in found[:MOST]
        ),
        max(0, len(found) - MOST),
    )  # fmt: skip


_STATE = {s.value: s.label for s in State}


def _load(cases: QuerySet[Assessment]) -> dict[int, tuple[int, datetime.datetime, int]]:
    """Person -> how many cases, since when the oldest, how many past their day; two queries."""
    today = clock.today()
    late = Count("pk", filter=Q(due__lt=today))
    held = (
        cases.filter(state=State.SUPERIOR.value, superior__isnull=False)
        .order_by()
        .values("superior")
        .annotate(n=Count("pk"), oldest=Min("since"), late=late)
    )
    load = {int(r["superior"]): (r["n"], r["oldest"], r["late"]) for r in held if r["superior"]}
    sits = (
        cases.filter(
            state=State.COMMITTEE.value, seats__seated=True, seats__excluded=False,
            seats__heard=False, seats__attained=None,
        )
        .order_by()
        .values("seats__person")
        .annotate(n=Count("pk"), oldest=Min("since"), late=late)
    )  # fmt: skip
    for row in sits:
        had = load.get(row["seats__person"], (0, row["oldest"], 0))
        load[row["seats__person"]] = (
            had[0] + row["n"],
            min(had[1], row["oldest"]),
            had[2] + row["late"],
        )
    return load
