"""Who holds which role, and that somebody can always administer."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from tassei.web.clock import today
from tassei.web.cycle.case import Role
from tassei.web.history import Author, create, remove
from tassei.web.models import ChainHead, Grant, Person, Unit

GRANTED = (Role.MEMBER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
"""What can be granted: an engineer is everybody, and who is a superior stands with the people."""


class LastAdministrator(Exception):
    """After this nobody could administer any more."""


def administrators() -> frozenset[int]:
    """The people who can come in and administer everything, for good; one query."""
    found = Grant.objects.filter(
        role=Role.ADMINISTRATOR.value,
        unit=None,
        until=None,
        person__active=True,
        person__erased_at=None,
        person__account__is_active=True,
    ).exclude(person__account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return frozenset(found.values_list("person_id", flat=True))


def check_somebody_left(before: frozenset[int]) -> None:
    """Refuse what has just been done in this transaction if nobody is left who can administer.

    Args:
        before: the administrators that there were; where there were none, nothing gets worse.

    Raises:
        LastAdministrator
    """
    if before and not administrators():
        raise LastAdministrator


def locked() -> None:
    """Wait for whoever else is changing anything: of two last administrators one must stay."""
    ChainHead.objects.get_or_create(pk=1)
    ChainHead.objects.select_for_update().get(pk=1)


def grant(
    author: Author, person: Person, role: Role, unit: Unit | None, until: date | None
) -> Grant | None:
    """Grant a role; None where the person holds it there already."""
    with transaction.atomic():
        locked()
        before = administrators()
        held = Grant.objects.filter(person=person, role=role.value, unit=unit).first()
        if held is not None:
            if held.until == until:
                return None
            # an end that moves is a new grant, so that the history reads as it was said
            remove(author, held, held.version)
        made = create(author, Grant(person=person, role=role.value, unit=unit, until=until))
        check_somebody_left(before)
    return made


def take_back(author: Author, held: Grant, version: int) -> None:
    """Take a role back.

    Raises:
        LastAdministrator: nobody else can administer.
        Stale: it was changed since.
    """
    with transaction.atomic():
        locked()
        before = administrators()
        remove(author, held, version)
        check_somebody_left(before)


def current(grants: Iterable[Grant]) -> list[Grant]:
    """Those that have not run out."""
    day = today()
    return [g for g in grants if g.until is None or g.until >= day]
