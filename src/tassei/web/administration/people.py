"""People as pages need them: lists that are searched, and the changes of one of them."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from tassei.text import Lang, Text
from tassei.web.administration.chart import Chart, Scope, circles
from tassei.web.administration.roles import administrators, check_somebody_left, locked
from tassei.web.clock import today
from tassei.web.history import Author, change, create
from tassei.web.models import Person
from tassei.web.permits import Act, Concern, Viewer, may
from tassei.web.viewers import viewer_of

PAGE = 50


@frozen
class Desk:
    """Somebody at work on the organisation: who, and how far."""

    person: Person
    viewer: Viewer
    chart: Chart
    scope: Scope

    @staticmethod
    def of(person: Person) -> "Desk":
        """
        Raises:
            PermissionDenied: there is nothing that the person may change.
        """
        viewer, chart = viewer_of(person), Chart.read()
        scope = Scope.of(viewer, chart)
        if scope.empty:
            raise PermissionDenied
        return Desk(person, viewer, chart, scope)

    def may(self, act: Act) -> bool:
        """Whether something that concerns nobody in particular may be done."""
        return may(self.viewer, act, Concern())

    def people(self) -> QuerySet[Person]:
        """Everybody who may be changed."""
        found = Person.objects.filter(erased_at=None)
        return found if self.scope.everywhere else found.filter(unit__in=self.scope.units)

    def one(self, pk: int) -> Person:
        """
        Raises:
            Http404: there is nobody of that id who may be changed.
        """
        found = self.people().select_related("unit", "superior").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


def found(
    people: QuerySet[Person], words: str, chart: Chart, unit: str, state: str
) -> QuerySet[Person]:
    """Those whose code, name or email holds every word."""
    for word in words.split()[:8]:
        people = people.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(email__icontains=word)
        )
    chosen = next((u.pk for u in chart.units.values() if u.code == unit), None)
    if chosen is not None:
        people = people.filter(unit__in=chart.below(chosen))
    if state in ("active", "left"):
        people = people.filter(active=state == "active")
    return people.order_by("code")


def fields(active: bool, person: Person | None) -> dict[str, Any]:
    """Whether somebody is there, and since when not."""
    if active:
        return {"active": True, "left_on": None}
    left = person.left_on if person and not person.active else today()
    return {"active": False, "left_on": left}


def superior_circle(person: Person, superior: Person) -> bool:
    """Whether somebody would be the own superior, over however many others."""
    above = {
        str(k): str(v) if v else None for k, v in Person.objects.values_list("pk", "superior_id")
    }
    above[str(person.pk)] = str(superior.pk)
    return bool(circles(above, [str(person.pk)]))


def keep(author: Author, person: Person | None, version: int, values: Mapping[str, Any]) -> Person:
    """Write what a form says of somebody.

    Raises:
        Stale: somebody else changed it.
        LastAdministrator: nobody would be left who can administer.
    """
    with transaction.atomic():
        locked()
        before = administrators()
        made = (
            create(author, Person(**values))
            if person is None
            else change(author, person, version, **values)
        )
        check_somebody_left(before)
    return made


ACTIVE, LEFT = Text("在籍", "active"), Text("退職など", "left")


def state_of(person: Person, lang: Lang) -> str:
    return (ACTIVE if person.active else LEFT)[lang]
