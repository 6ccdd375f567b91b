"""What reviewers say about a case, what the record was that they saw, and who was reminded of what."""

from enum import Enum, unique

from django.db import models

from tassei.text import Text
from tassei.web.models.assessments import Assessment, Cycle
from tassei.web.models.organisation import Person
from tassei.web.models.recorded import Recorded


@unique
class RemarkKind(Enum):
    """What a reviewer does with a claim."""

    ACCEPT = "accept"
    CORRECT = "correct"
    QUESTION = "question"

    @property
    def label(self) -> Text:
        return _KINDS[self]


_KINDS = {
    RemarkKind.ACCEPT: Text("認める", "accept"),
    RemarkKind.CORRECT: Text("直す", "correct"),
    RemarkKind.QUESTION: Text("たずねる", "question"),
}


class Remark(Recorded):
    """What a reviewer says about one clause of a case, and what the engineer answers.

    Args:
        clause: names the clause within the proof, as `reviews.rows` does.
        proposal: of a correction, what the record should say; the engineer takes it over or not.
        answered_at: None while the engineer has not answered.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(Person, models.PROTECT, related_name="remarks")
    clause = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in RemarkKind])
    reason = models.TextField()
    proposal = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} on {self.assessment_id}"

    def about(self) -> int | None:
        return self.assessment.person_id


class Snapshot(models.Model):
    """A record as it was when a verdict was kept of it; a verdict finds it by its digest.

    Written once and never changed, so it has no version; erased with the person.

    Args:
        body: an evidence file.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="snapshots")
    digest = models.CharField(max_length=71)
    body = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="one_snapshot")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest}"


class Reminder(models.Model):
    """A reminder that went out, so that none goes out twice.

    Args:
        stage: whose turn it was, as a state of an assessment.
        due: the day that it reminded of.
        days: how many days before.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    stage = models.CharField(max_length=12)
    due = models.DateField()
    days = models.IntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person", "stage", "due", "days"], name="one_reminder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.due}"
