"""Where people stand, as tables of totals read it: derived from records, and made anew at any time."""

from django.db import models

from tassei.web.models.assessments import Cycle
from tassei.web.models.organisation import Person, Unit


class Standing(models.Model):
    """One person in one field at one time.

    It is no `Recorded` row: whatever it says follows from the record, the standard and the month, so
    that a change has no author and no reason, and tens of thousands of rows are replaced at once.

    Args:
        cycle: the round it was taken for; None for the present.
        field: `EDITION/FIELD`; empty in the one row that says that the person was counted at all.
        low, high: the highest level that is surely met, and that may be met; 0 for none.
        by_examination: `low` is met by an examination alone.
        unit: where the person worked then.
        lacks: how many things are missing for the next level; None where nothing was looked for.
        missing: the labels of the clauses that they belong to.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="standings")
    cycle = models.ForeignKey(
        Cycle, models.CASCADE, null=True, blank=True, related_name="standings"
    )
    field = models.CharField(max_length=200, blank=True)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    by_examination = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    as_of = models.CharField(max_length=7)
    lacks = models.PositiveSmallIntegerField(null=True, blank=True)
    missing = models.JSONField(default=list)
    evidence_digest = models.CharField(max_length=71, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cycle", "field"], name="one_standing_of_cycle"
            ),
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=models.Q(cycle=None),
                name="one_standing_now",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "field", "unit"], name="standings_by_field")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.field} {self.low}-{self.high}"
