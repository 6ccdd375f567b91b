"""What people have recorded, entry by entry, and the verdicts that were made of it."""

from django.db import models

from tassei.judging.verdict import Verdict as Outcome
from tassei.web.models.organisation import Person
from tassei.web.models.recorded import Recorded

KINDS = (
    "about",
    "engagement",
    "area",
    "succession",
    "mentoring",
    "examination",
    "skill",
    "knowledge",
)
"""The parts of an evidence file that are entered one by one."""


class Entry(Recorded):
    """One thing that a person has recorded, once for all fields and editions.

    Args:
        key: tells entries of one kind apart: the id of an engagement, of an area, of a skill.
        body: as it stands in an evidence file; earlier versions are in the history.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KINDS])
    key = models.CharField(max_length=200, blank=True)
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="one_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def about(self) -> int | None:
        return self.person_id


class Verdict(models.Model):
    """A verdict as it was computed, with all that it depends on; never changed, only followed by others.

    Args:
        level: of the field, as `EDITION/FIELD` names it.
        readings: a choice for every registered reading.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="verdicts")
    field = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    as_of = models.CharField(max_length=7)
    verdict = models.CharField(max_length=12, choices=[(v.id, v.id) for v in Outcome])
    route = models.CharField(max_length=12)
    readings = models.JSONField()
    edition_digest = models.CharField(max_length=71)
    evidence_digest = models.CharField(max_length=71)
    engine = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person", "field", "-at"], name="verdicts_of_person")]

    def __str__(self) -> str:
        return f"{self.field}/{self.level} {self.verdict}"
