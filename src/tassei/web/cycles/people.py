"""Who can take part in a cycle, and adding them with their reviewers."""

from collections.abc import Iterable

from django.db import transaction

from tassei.web import clock
from tassei.web.cycles.lines import Directory, Plan
from tassei.web.desk import move
from tassei.web.history import Author, create
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
    done = 0
    with transaction.atomic():
        for plan in plans:
            if plan.outcome == "add":
                _add(author, cycle, plan)
            elif plan.outcome == "change":
                _change(author, plan)
            else:
                continue
            done += 1
    return done


def _add(author: Person, cycle: Cycle, plan: Plan) -> None:
    """A new assessment; its reviewers were found lawful when the line was read."""
    who = Author(author.pk)
    row = create(
        who,
        Assessment(
            cycle=cycle, person=plan.person, field=plan.path, level=plan.level,
            superior=plan.superior, since=clock.now(),
        ),
        "added",
    )  # fmt: skip
    for member in plan.committee or ():
        create(who, Seat(assessment=row, person=member, seated=True), "added")


def _change(author: Person, plan: Plan) -> None:
    assert plan.present is not None, "it is there"
    row = plan.present
    for name, whom in list(plan.changes()):
        row = move(author, row.pk, row.version, name, reason="CSV", target=whom)
