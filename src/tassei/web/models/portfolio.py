"""What stands beside a record: the fields chosen, what is kept back about an engagement, documents."""

from typing import ClassVar

from django.db import models

from tassei.web.models.organisation import Person
from tassei.web.models.recorded import Recorded
from tassei.web.models.records import Entry


class ChosenFields(Recorded):
    """The specialty fields that a person wants to be judged in; forms ask what these need.

    Args:
        fields: qualified ids, in the order of the person.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="chosen")
    fields = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"fields of {self.person_id}"

    def about(self) -> int | None:
        return self.person_id


class Discretion(Recorded):
    """What is kept back about one engagement: the client's name, and amounts that are masked.

    Args:
        client: never written into the history, so that who reads the history does not read it.
        masked: others see that there is a client, not which.
        amounts: id of a measure of money -> who confirmed it. The entry holds the threshold that the
            amount reaches, and the amount itself stands nowhere.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="discretion")
    client = models.CharField(max_length=200, blank=True)
    masked = models.BooleanField(default=True)
    amounts = models.JSONField(default=dict)

    secret: ClassVar[frozenset[str]] = frozenset({"client"})

    def __str__(self) -> str:
        return f"what is kept back of {self.entry_id}"

    def about(self) -> int | None:
        return self.entry.person_id


FILE_KINDS = ("pdf", "png", "jpeg", "xlsx", "docx", "text")


class Attachment(Recorded):
    """A document attached to an engagement, as it was sent; nothing here reads it.

    Args:
        name: of the file, as its owner called it.
        size: bytes.
        digest: SHA-256 of the content, in hexadecimal.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(k, k) for k in FILE_KINDS])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()

    # the digest says which content it was
    secret: ClassVar[frozenset[str]] = frozenset({"content"})

    def __str__(self) -> str:
        return self.name

    def about(self) -> int | None:
        return self.entry.person_id
