"""What administrators keep: invitations, settings, tailored layers, and what was done to the whole."""

from django.db import models

from tassei.web.models.organisation import Person
from tassei.web.models.recorded import Recorded


class Invitation(Recorded):
    """A link that lets one person choose a password, once.

    Args:
        digest: SHA-256 of what stands in the link; the link itself is nowhere.
        used_at: when it was used, or taken back.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"

    def about(self) -> int | None:
        return self.person_id


class Setting(Recorded):
    """One number that administrators choose."""

    key = models.CharField(max_length=60, unique=True)
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class Layer(Recorded):
    """A tailored layer over an edition, as its file says it.

    Args:
        edition: the id under which people are judged by it.
        digest: of what it asks, as every verdict names it.
        active: it is offered; verdicts by one that no longer is stay what they are.
    """

    edition = models.CharField(max_length=120)
    over = models.CharField(max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=71)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(active=True),
                name="one_active_layer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} over {self.over}"


class Run(Recorded):
    """Something that was done to the whole: texts kept too long were erased, a backup was taken.

    Args:
        figures: how much of what; never who.
    """

    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "-at"], name="runs_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class Upload(models.Model):
    """A sheet between its dry run and its confirmation; gone after either, or after a day.

    Not recorded: nothing has been changed yet.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Failure(models.Model):
    """How often an attempt to sign in has failed of late, by account and by address.

    Not recorded: it forgets. The key is a keyed digest, so that no name of an account and no address
    can be read from it.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
