"""What waits for whom: the rows behind the queue, the counts in the menu, the reminders."""

import datetime

from attrs import frozen
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from tassei.web import clock
from tassei.web.cycle.case import State
from tassei.web.models import Assessment, Seat

MINE = (State.OPEN.value, State.SELF.value)
_DUE = Case(
    When(state__in=MINE, then=F("cycle__due_self")),
    When(state=State.SUPERIOR.value, then=F("cycle__due_superior")),
    When(state=State.COMMITTEE.value, then=F("cycle__due_committee")),
)


@frozen
class Waiting:
    """How much waits for one person.

    Args:
        mine: own assessments to fill in.
        reviews: cases of others.
        overdue: of both, those past their day.
        due: the earliest day that something is due; None where no day is set.
    """

    mine: int = 0
    reviews: int = 0
    overdue: int = 0
    due: datetime.date | None = None

    @property
    def all(self) -> int:
        return self.mine + self.reviews


def running() -> QuerySet[Assessment]:
    """The assessments of cycles that are open, each with the day it is due where it stands."""
    found: QuerySet[Assessment] = Assessment.objects.filter(
        cycle__opened_at__isnull=False, cycle__closed_at=None
    ).annotate(due=_DUE)
    return found


def overdue(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Those past the day on which they were due where they stand."""
    return found.annotate(due=_DUE).filter(due__lt=clock.today())


def _sitting(person: int) -> QuerySet[Seat]:
    found: QuerySet[Seat] = Seat.objects.filter(
        person=person, seated=True, excluded=False, heard=False
    )
    return found


def _given() -> Subquery:
    """How many members of a committee have given a view that counts."""
    given = Seat.objects.filter(
        assessment=OuterRef("pk"), seated=True, excluded=False, heard=False, attained__isnull=False
    )
    count = given.order_by().values("assessment").annotate(n=Count("pk")).values("n")
    return Subquery(count, output_field=IntegerField())


def for_review(person: int) -> QuerySet[Assessment]:
    """What reviewers are asked for: to check, to give a view, or to decide once enough have.

    Each row says in `viewed` whether the person has given a view already.
    """
    held = Q(state=State.SUPERIOR.value, superior=person)
    sitting = Q(state=State.COMMITTEE.value, pk__in=_sitting(person).values("assessment"))
    found: QuerySet[Assessment] = (
        running()
        .filter(held | (sitting & ~Q(superior=person)))
        .exclude(person=person)
        .annotate(
            given=Coalesce(_given(), 0),
            viewed=Exists(
                _sitting(person).filter(assessment=OuterRef("pk"), attained__isnull=False)
            ),
        )
        .filter(held | Q(viewed=False) | Q(given__gte=F("cycle__quorum")))
    )
    return found


def of_engineer(person: int) -> QuerySet[Assessment]:
    """What an engineer is asked for."""
    return running().filter(person=person, state__in=MINE)


def waiting_for(person: int) -> Waiting:
    """The counts, in one query."""
    today = clock.today()
    ids = Q(pk__in=of_engineer(person).values("pk")) | Q(pk__in=for_review(person).values("pk"))
    mine = Q(person=person)
    # first by what an index finds, so that the others are not looked at one by one
    near = mine | Q(superior=person) | Q(pk__in=_sitting(person).values("assessment"))
    found = (
        running()
        .filter(near)
        .filter(ids)
        .aggregate(
            mine=Count("pk", filter=mine),
            reviews=Count("pk", filter=~mine),
            overdue=Count("pk", filter=Q(due__lt=today)),
            earliest=Min("due"),
        )
    )
    return Waiting(found["mine"], found["reviews"], found["overdue"], found["earliest"])
