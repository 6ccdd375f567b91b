"""Who can take part in a cycle, and adding them with their reviewers."""

from collections.abc import Iterable

from django.db import transaction

from tassei.web import clock
from tassei.web.cycles.lines import Directory, Plan
from tassei.web.desk import move
from tassei.web.history import Author, create_all
from tassei.web.models import Assessment, Cycle, Person, Seat, Unit


def below(unit: int | None, units: Iterable[Unit]) -> frozenset[int] | None:
    """A unit with all below it; None, as for everybody, where there is no unit."""
    if unit is None:
        return None
    found, children = {unit}, dict[int, list[int]]()
    for one in units:
        if one.above_id is not None:
            children.setdefault(one.above_id, []).append(one.pk)
    open_ = [unit]
    while open_:
        new = [c for c in children.get(open_.pop(), ()) if c not in found]
        found.update(new)
        open_ += new
    return frozenset(found)


def directory_for(cycle: Cycle, managed: frozenset[int] | None) -> Directory:
    """Who there is, and who of them the manager can add; two queries.

    Args:
        managed: the units that the manager manages; None for all.
    """
    units = below(cycle.unit_id, Unit.objects.all())
    people = list(Person.objects.filter(erased_at=None))
    reach = frozenset(
        p.pk
        for p in people
        if p.active
        and (units is None or p.unit_id in units)
        and (managed is None or p.unit_id in managed)
    )
    return Directory({p.code: p for p in people if p.active}, {p.pk: p for p in people}, reach)


def carry_out(author: Person, cycle: Cycle, plans: Iterable[Plan]) -> int:
    """Do what lines ask for, all of it or nothing.

    Returns:
        How many lines changed something.

    Raises:
        Stale, Refused: something has changed since the lines were read.
    """
    plans = list(plans)
    new = [p for p in plans if p.outcome == "add"]
    changed = [p for p in plans if p.outcome == "change"]
    with transaction.atomic():
        _add(author, cycle, new)
        for plan in changed:
            _change(author, plan)
    return len(new) + len(changed)


def _add(author: Person, cycle: Cycle, plans: list[Plan]) -> None:
    """New assessments; their reviewers were found lawful when the lines were read."""
    who, at = Author(author.pk), clock.now()
    rows = [
        Assessment(
            cycle=cycle, person=p.person, field=p.path, level=p.level, superior=p.superior, since=at,
        )
        for p in plans
    ]  # fmt: skip
    create_all(who, rows, "added")
    seats = [
        Seat(assessment=row, person=member, seated=True)
        for row, plan in zip(rows, plans, strict=True)
        for member in plan.committee or ()
    ]
    create_all(who, seats, "added")


def _change(author: Person, plan: Plan) -> None:
    assert plan.present is not None, "it is there"
    row = plan.present
    for name, whom in list(plan.changes()):
        row = move(author, row.pk, row.version, name, reason="CSV", target=whom)
