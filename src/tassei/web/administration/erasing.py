"""Erasing a person: what was recorded goes, what happened stays, and nothing says any more who it was."""

import secrets

from django.db import transaction
from django.db.models import Q, QuerySet

from tassei.web import history
from tassei.web.account.waiting import forget
from tassei.web.administration.roles import administrators, check_somebody_left, locked
from tassei.web.clock import now
from tassei.web.history import Author, change, create, remove
from tassei.web.models import (
    Account,
    Attachment,
    ChosenFields,
    Discretion,
    Entry,
    EventText,
    Goal,
    Grant,
    Invitation,
    Person,
    Remark,
    Run,
    Snapshot,
    Standing,
    Upload,
    Verdict,
)
from tassei.web.models.recorded import Recorded

REMOVED: tuple[tuple[type[Recorded], str], ...] = (
    (Attachment, "entry__person"),
    (Discretion, "entry__person"),
    (Entry, "person"),
    (ChosenFields, "person"),
    (Goal, "person"),
    (Grant, "person"),
    (Invitation, "person"),
    (Remark, "assessment__person"),
)
"""Rows that go with the person, and how each leads there; a row before the one that it points to."""
KEPT = {
    "Person": "emptied, with a code made anew: other rows point to it",
    "Account": "removed; its sessions end",
    "Verdict": "says what was computed, and no longer of which evidence",
    "Assessment": "who decided when on what, without a name",
    "Seat": "a view that others' decisions rest on",
    "Decision": "what was decided",
    "Event": "numbers and digests alone",
    "EventText": "those about the person are erased",
    "Upload": "removed, all of them",
    "ChainHead": "nobody's",
    "Cycle": "nobody's",
    "Failure": "forgets by itself, and its key cannot be read",
    "Layer": "nobody's",
    "Reminder": "which day, without a name",
    "Run": "figures alone",
    "Setting": "nobody's",
    "Snapshot": "removed",
    "Standing": "removed",
    "Target": "nobody's",
    "Unit": "nobody's",
}
"""Every other table, and why it may stay or how it is emptied; a test holds that none is missing."""


def erase(author: Author, person: Person, version: int, *, everywhere: bool = False) -> int:
    """Erase everything about a person, for good.

    Args:
        author: its reason is kept; it must not say who was erased.
        everywhere: reasons about others in which the name stands are erased too.

    Returns:
        How many texts of the history there were.

    Raises:
        Stale: somebody else changed the person since.
        LastAdministrator: nobody would be left who can administer.
    """
    with transaction.atomic():
        locked()
        before = administrators()
        account = Account.objects.filter(person=person).first()
        texts = mentions(person).delete()[0] if everywhere else 0
        # the reason stands once, with no person beside it; what is written here is erased below
        silent = Author(author.person)
        for model, name in REMOVED:
            rows: QuerySet[Recorded] = model._base_manager.all()
            for row in rows.filter(Q((name, person))):
                remove(silent, row, row.version)
        Snapshot.objects.filter(person=person).delete()
        Standing.objects.filter(person=person).delete()
        change(
            silent,
            person,
            version,
            "erased",
            code=f"erased-{secrets.token_hex(8)}",
            name="",
            email="",
            unit=None,
            superior=None,
            active=False,
            left_on=None,
            erased_at=now(),
        )
        for one in Person.objects.filter(superior=person):
            change(silent, one, one.version, superior=None)
        Verdict.objects.filter(person=person).update(evidence_digest="")
        # a sheet that waits may hold the name, whoever brought it
        Upload.objects.all().delete()
        if account is not None:
            forget(account.login)
            account.delete()
        texts += history.erase(person.pk)
        create(author, Run(kind="erasure", at=now(), figures={"texts": texts}), "erased")
        check_somebody_left(before)
    return texts


def mentions(person: Person) -> QuerySet[EventText]:
    """The reasons about others, or about nobody, in which the full name of a person stands."""
    named = (
        EventText.objects.filter(why__contains=person.name)
        if person.name
        else EventText.objects.none()
    )
    return named.exclude(about=person)
