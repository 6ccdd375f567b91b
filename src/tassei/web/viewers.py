"""Who asks: from a session to what permissions know of somebody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from attrs import evolve
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from tassei.web.clock import today
from tassei.web.cycle.case import Role, State
from tassei.web.models import Account, Assessment, Grant, Person, Seat
from tassei.web.permits import Concern, Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Person, P], HttpResponse]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for people with an account; others are asked to come in first, and come back then."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **values: P.kwargs) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            where = urlencode({"back": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('login')}?{where}")
        response = view(request, account.person, *args, **values)
        # what is about a person stays in no cache between
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return asked


def viewer_of(person: Person) -> Viewer:
    """A person with the roles that have not run out; one query."""
    day = today()
    grants = Grant.objects.filter(person=person)
    held = ((Role(g.role), g.unit_id) for g in grants if g.until is None or g.until >= day)
    return Viewer(person.pk, frozenset(held))


def concern_of(person: Person) -> Concern:
    """A person as something that is asked about."""
    superiors = frozenset({person.superior_id} if person.superior_id else ())
    return Concern(person.pk, superiors, units=units_above(person))


def concern_of_record(person: Person) -> Concern:
    """A person's record: those who hold or judge an assessment that is not over see what it rests on."""
    over = (State.CLOSED.value, State.WITHDRAWN.value)
    held = Assessment.objects.filter(person=person).exclude(state__in=over)
    seats = Seat.objects.filter(assessment__in=held, seated=True, excluded=False)
    superiors = {pk for pk in held.values_list("superior_id", flat=True) if pk}
    concern = concern_of(person)
    return evolve(
        concern,
        superiors=concern.superiors | superiors,
        members=frozenset(seats.values_list("person_id", flat=True)),
    )


def units_above(person: Person) -> frozenset[int]:
    """The unit of a person and all above it."""
    found, unit = set(), person.unit
    while unit is not None and unit.pk not in found:
        found.add(unit.pk)
        unit = unit.above
    return frozenset(found)
