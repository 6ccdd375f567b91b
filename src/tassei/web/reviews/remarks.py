"""Remarks: accept, correct or question a claim, and the engineer's answer."""

from django.db import transaction

from tassei.web import clock
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import Assessment, Person, Remark, RemarkKind


def remark(
    author: Person, assessment: int, version: int, kind: RemarkKind, *,
    clause: str, reason: str, proposal: str,
) -> Remark:  # fmt: skip
    """Write a remark on a case that is still as its author saw it.

    Raises:
        Stale: it has moved since.
    """
    with transaction.atomic():
        row = Assessment.objects.select_for_update().get(pk=assessment)
        if row.version != version:
            raise Stale
        return create(
            Author(author.pk),
            Remark(
                assessment=row, author=author, clause=clause, kind=kind.value, reason=reason,
                proposal=proposal, at=clock.now(),
            ),
            kind.value,
        )  # fmt: skip


def answer(author: Person, one: Remark, version: int, written: str) -> None:
    """Answer a remark.

    Raises:
        Stale: it has been answered since.
    """
    change(Author(author.pk), one, version, "answered", answer=written, answered_at=clock.now())
