"""What is aimed at: by an organisation for its units, and by a person with the superior."""

from django.db import models

from tassei.text import Text
from tassei.web.models.organisation import Person, Unit
from tassei.web.models.recorded import Recorded


class Target(Recorded):
    """How many people a unit wants at a level of a field or above it.

    Args:
        field: `EDITION/FIELD`.
        by: the month, as 2027-03.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    field = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    by = models.CharField(max_length=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "field", "level", "by"], name="one_target")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.field}/{self.level} {self.by}"


class GoalState(models.TextChoices):
    """Where a goal stands between an engineer and the superior."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    AGREED = "agreed"
    ATTAINED = "attained"
    DROPPED = "dropped"

    @property
    def text(self) -> Text:
        return _STATES[self]


_STATES = {
    GoalState.PROPOSED: Text("上司の合意待ち", "waiting for the superior"),
    GoalState.RETURNED: Text("差し戻し", "returned"),
    GoalState.AGREED: Text("合意済み", "agreed"),
    GoalState.ATTAINED: Text("達成", "attained"),
    GoalState.DROPPED: Text("取りやめ", "dropped"),
}


class Goal(Recorded):
    """A level that a person means to reach by a month; reasons and talk are in the history.

    Args:
        field: `EDITION/FIELD`.
        by: the month, as 2027-03.
        agreed_by: the superior who agreed, or returned it.
        note: what was said last, in words of the engineer or of the superior.
        cost, lacks: the days of effort and the things that were missing when it was agreed; None
            where no planning is installed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="goals")
    field = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=7)
    state = models.CharField(
        max_length=10, choices=GoalState.choices, default=GoalState.PROPOSED.value
    )
    agreed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="agreed_goals"
    )
    note = models.TextField(blank=True)
    cost = models.PositiveIntegerField(null=True, blank=True)
    lacks = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.field}/{self.level}"

    def about(self) -> int | None:
        return self.person_id
