"""What is stored: people, their records, the cycle, verdicts, and the history of all of it.

In: values that `history` writes. Out: rows. Always: a row that is recorded changes through `history`
alone, so that there is no change without who, when and why; no row knows how a rule is decided.
"""

from tassei.web.models.accounts import Account
from tassei.web.models.administration import (
    Failure,
    Invitation,
    Layer,
    Run,
    Setting,
    Upload,
)
from tassei.web.models.aims import Goal, GoalState, Target
from tassei.web.models.assessments import Assessment, Cycle, Decision, Seat
from tassei.web.models.events import ChainHead, Event, EventText
from tassei.web.models.organisation import Grant, Person, Unit
from tassei.web.models.portfolio import Attachment, ChosenFields, Discretion
from tassei.web.models.records import Entry, Verdict
from tassei.web.models.reviews import Remark, RemarkKind, Reminder, Snapshot
from tassei.web.models.standings import Standing

__all__ = [
    "Account", "Assessment", "Attachment", "ChainHead", "ChosenFields", "Cycle", "Decision", "Discretion", "Entry",
    "Event", "EventText", "Failure", "Goal", "GoalState", "Grant", "Invitation", "Layer", "Person", "Remark",
    "RemarkKind", "Reminder", "Run", "Seat", "Setting", "Snapshot", "Standing", "Target", "Unit", "Upload", "Verdict",
]  # fmt: skip
