"""The record of events: a chain of digests without personal text, and the texts in a table beside it.

An event says that something happened to which row, when and by whom, and commits to the text of the
change by a salted digest. Texts can be erased: the chain stays whole, and what it committed to can no
longer be guessed.
"""

from typing import Any, NoReturn

from django.db import models

from tassei.web.models.organisation import Person
from tassei.web.models.recorded import RecordedQuerySet, Unrecorded


class ChainHead(models.Model):
    """The one row that says where the chain ends; who appends an event holds its lock."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class Event(models.Model):
    """One change.

    Args:
        number: counts from 1 without gaps.
        actor: None for what the application does by itself.
        table, row: what was changed.
        commitment: SHA-256 over salt and text.
        digest: SHA-256 over the digest before and everything above.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=40)
    table = models.CharField(max_length=40)
    row = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row", "number"], name="events_of_row")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.table} {self.row}"

    def save(self, *args: Any, **values: Any) -> None:
        if not self._state.adding:
            raise Unrecorded("an event never changes")
        super().save(*args, **values)

    def delete(self, *args: Any, **values: Any) -> NoReturn:
        raise Unrecorded("an event is never removed")


class EventText(models.Model):
    """What an event committed to: the values before and after, and the reason. Erased with the person.

    Args:
        about: the person whom the text is about; None where it is about nobody.
        values: field -> [before, after].
    """

    event = models.OneToOneField(Event, models.PROTECT, related_name="text")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="event_texts")
    salt = models.CharField(max_length=64)
    values = models.JSONField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"text of {self.event_id}"
