"""Opening and closing a cycle; and what is still lacking in it."""

import datetime

from django.db.models import Count, F, Q, QuerySet

from tassei.web import clock
from tassei.web.cycle.case import COMMITTEE_FROM, State
from tassei.web.desk import close_all
from tassei.web.history import Author, Stale, change
from tassei.web.models import Assessment, Cycle, Person
from tassei.web.reviews.validity import begin

_ENDED = (State.DECIDED.value, State.CLOSED.value, State.WITHDRAWN.value)


def open_cycle(author: Author, cycle: Cycle, version: int) -> None:
    """From now on people can begin.

    Raises:
        Stale: the cycle was changed since.
    """
    change(author, cycle, version, "opened", opened_at=clock.now())


def close_cycle(
    person: Person, cycle: Cycle, version: int, reason: str, at: datetime.datetime
) -> None:
    """Make every decision final, and let nothing move any more; in the transaction of the caller.

    Raises:
        Stale: the cycle was changed since.
    """
    if cycle.version != version:
        raise Stale
    decided = (
        Assessment.objects.select_for_update(of=("self",))
        .filter(cycle=cycle, state=State.DECIDED.value)
        .select_related("cycle", "person__unit")
        .prefetch_related("seats", "decisions")
    )
    # the manager's own stays: another manager makes it final, as the table of moves says
    begin(Author(person.pk), close_all(person, list(decided), reason))
    change(Author(person.pk, reason), cycle, version, "closed", closed_at=at)


def lacking(cycle: Cycle) -> QuerySet[Assessment]:
    """Assessments without a superior, or with fewer members who may decide than a decision needs."""
    members = Count(
        "seats",
        filter=Q(seats__seated=True, seats__excluded=False, seats__heard=False)
        & (Q(superior=None) | ~Q(seats__person=F("superior"))),
    )
    found: QuerySet[Assessment] = (
        Assessment.objects.filter(cycle=cycle)
        .exclude(state__in=_ENDED)
        .annotate(members=members)
        .filter(
            Q(superior=None, state__in=[State.OPEN.value, State.SELF.value, State.SUPERIOR.value])
            | Q(level__gte=COMMITTEE_FROM, members__lt=cycle.quorum)
        )
    )
    return found


def undecided(cycle: Cycle) -> QuerySet[Assessment]:
    found: QuerySet[Assessment] = Assessment.objects.filter(cycle=cycle).exclude(state__in=_ENDED)
    return found
