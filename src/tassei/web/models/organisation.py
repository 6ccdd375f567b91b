"""Who there is: units, people, and which roles they hold."""

from django.db import models

from tassei.web.cycle.case import Role
from tassei.web.models.recorded import Recorded

ROLES = [(r.value, r.value) for r in Role]


class Unit(Recorded):
    """A part of the organisation, below another or at the top."""

    code = models.CharField(max_length=60, unique=True)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    def __str__(self) -> str:
        return self.code


class Person(Recorded):
    """Somebody of the organisation; after erasure the row stays, with nothing that says who it was.

    Args:
        code: by which the organisation knows the person; made anew at erasure.
        left_on: when the person was last marked as left; None for who is there.
    """

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="team")
    active = models.BooleanField(default=True)
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    def about(self) -> int | None:
        return self.pk


class Grant(Recorded):
    """A role that a person holds, in a unit and all below it, or everywhere.

    The role of an engineer is nobody's to grant: every person has it for the own record.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    until = models.DateField(null=True, blank=True)

    class Meta:
        # two rows without a unit are not equal to a database, so that they need a constraint of their own
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], name="one_grant"),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(unit=None),
                name="one_grant_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    def about(self) -> int | None:
        return self.person_id
