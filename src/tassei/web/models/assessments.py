"""The cycle as rows: who is assessed for what, by whom, and what was decided."""

from django.db import models

from tassei.web.cycle.case import State
from tassei.web.models.organisation import Person, Unit
from tassei.web.models.recorded import Recorded
from tassei.web.models.records import Verdict

STATES = [(s.value, s.value) for s in State]


class Cycle(Recorded):
    """One round of assessments.

    Args:
        as_of: the month that everybody is judged as of.
        fields: qualified ids of the fields that can be chosen.
        readings: those that differ from the default.
        unit: whose people take part, with all units below; None stands for everybody.
        due_self, due_superior, due_committee: by when each is to have done their part.
        reminder_days: how many days before a due date a reminder goes out.
        choosing: who takes part without a field and a level chooses them.
        opened_at: None while it is being set up, and nobody has been asked for anything.
    """

    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    opens = models.DateField()
    closes = models.DateField()
    as_of = models.CharField(max_length=7)
    fields = models.JSONField(default=list)
    readings = models.JSONField(default=dict)
    quorum = models.PositiveSmallIntegerField(default=3)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="cycles")
    due_self = models.DateField(null=True, blank=True)
    due_superior = models.DateField(null=True, blank=True)
    due_committee = models.DateField(null=True, blank=True)
    reminder_days = models.JSONField(default=list)
    choosing = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name_en


class Assessment(Recorded):
    """One person's assessment for one level of one field; `cycle.Case` is its meaning.

    Args:
        field: empty, with level 0, until the engineer has chosen.
        since: when it came to where it stands.
        moves: how often something was done to it, so that each move raises the version.
        computed: the verdict on the record, which the decision stands beside.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    field = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    superior = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="held")
    state = models.CharField(max_length=12, choices=STATES, default=State.OPEN.value)
    since = models.DateTimeField()
    appealed = models.BooleanField(default=False)
    moves = models.PositiveIntegerField(default=0)
    computed = models.ForeignKey(Verdict, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person", "field", "level"], name="one_assessment"
            )
        ]
        indexes = [
            models.Index(fields=["state", "since"], name="queue_by_age"),
            models.Index(fields=["superior", "state", "since"], name="queue_of_superior"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.field}/{self.level}"

    def about(self) -> int | None:
        return self.person_id


class Seat(Recorded):
    """What one person is to one assessment beside its subject and its superior.

    Args:
        seated: is a member of the committee.
        excluded: has a conflict of interest.
        heard: has decided before.
        attained: the view that the member gave; None while none is given.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    seated = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    heard = models.BooleanField(default=False)
    attained = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="one_seat")]

    def __str__(self) -> str:
        return f"{self.person} in {self.assessment_id}"

    def about(self) -> int | None:
        return self.assessment.person_id


class Decision(Recorded):
    """What people decided, apart from the computed verdict; the reason is in the history.

    Args:
        computed: the verdict on what was submitted, computed when this was decided.
        upheld: it stands only if the appeal against it is dropped.
        by: ids of the people whose views it rests on.
        valid_until: the last day of a result that is final; None where it is none, or has no end.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decisions")
    attained = models.BooleanField()
    by = models.JSONField()
    upheld = models.BooleanField(default=False)
    computed = models.ForeignKey(Verdict, models.PROTECT, null=True, blank=True, related_name="+")
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "upheld"], name="one_decision")
        ]

    def __str__(self) -> str:
        return f"decision on {self.assessment_id}"

    def about(self) -> int | None:
        return self.assessment.person_id
