"""Goals between an engineer and the superior: who may do what when, and doing it."""

from attrs import frozen
from django.db import transaction

from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.text import Text
from tassei.web.explorer.shelf import level_at
from tassei.web.history import Author, change, create
from tassei.web.models import Goal, GoalState, Person
from tassei.web.permits import Act
from tassei.web.plans.planned import Lacks

MOST_TEXT = 2000
_OPEN = (GoalState.PROPOSED, GoalState.RETURNED, GoalState.AGREED)


@frozen
class Step:
    """Something that can be done with a goal.

    Args:
        reason: it needs one.
        met: only once the record satisfies the level.
    """

    name: str
    label: Text
    frm: tuple[GoalState, ...]
    to: GoalState
    act: Act
    reason: bool = False
    met: bool = False


STEPS: tuple[Step, ...] = (
    Step("agree", Text("合意する", "Agree"), (GoalState.PROPOSED,), GoalState.AGREED, Act.ANSWER_GOAL),
    Step("return", Text("差し戻す", "Return it"), (GoalState.PROPOSED,), GoalState.RETURNED, Act.ANSWER_GOAL, reason=True),
    Step("propose", Text("もう一度出す", "Propose it again"), (GoalState.RETURNED,), GoalState.PROPOSED, Act.PROPOSE_GOAL),
    Step("attain", Text("達成とする", "Mark as attained"), (GoalState.AGREED,), GoalState.ATTAINED, Act.PROPOSE_GOAL, met=True),
    Step("drop", Text("取りやめる", "Drop it"), _OPEN, GoalState.DROPPED, Act.PROPOSE_GOAL, reason=True),
)  # fmt: skip
"""Every step, as a table; whoever holds the act may take it."""


def steps_of(goal: Goal, acts: frozenset[Act], met: bool) -> tuple[Step, ...]:
    """What somebody with some permissions can do with a goal now."""
    state = GoalState(goal.state)
    return tuple(s for s in STEPS if state in s.frm and s.act in acts and (met or not s.met))


class NotNow(Exception):
    """A step that cannot be taken, with the reason."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def take(
    person: Person,
    goal: Goal,
    version: int,
    name: str,
    reason: str,
    acts: frozenset[Act],
    now: Lacks,
) -> Goal:
    """Take a step.

    Args:
        now: what the record lacks for the level.

    Raises:
        NotNow: it cannot be taken, or its reason is missing.
        Stale: somebody else has taken one since.
    """
    found = next((s for s in steps_of(goal, acts, now.met) if s.name == name), None)
    if found is None:
        raise NotNow(Text("いまは、それをすることはできません", "that cannot be done now"))
    if found.reason and not reason.strip():
        raise NotNow(Text("理由を書いてください", "give the reason"))
    values: dict[str, object] = {"state": found.to.value, "note": reason}
    if found.act is Act.ANSWER_GOAL:
        values["agreed_by_id"] = person.pk
    if found.to is GoalState.AGREED:
        values |= {"cost": now.cost, "lacks": now.things}
    return change(Author(person.pk, reason), goal, version, found.name, **values)  # fmt: skip


def propose(person: Person, path: str, by: str, note: str, today: Month) -> Goal:
    """Propose a level by a month.

    Raises:
        NotNow: it names no level, or no month to come; or the same goal is open already.
    """
    try:
        level = level_at(path)
    except RequestError:
        raise NotNow(Text("分野とレベルを選んでください", "choose a field and a level")) from None
    try:
        month = Month.parse(by)
    except ValueError:
        raise NotNow(
            Text("期限の月を 2027-03 の形で書いてください", "give the month as 2027-03")
        ) from None
    if month < today or month.year > today.year + 30:
        raise NotNow(Text("これからの月を書いてください", "give a month to come"))
    field = level.edition.qualified(level.field.id)
    with transaction.atomic():
        # of two that are sent at once, the second sees the first
        locked = Person.objects.select_for_update().get(pk=person.pk)
        open_ = Goal.objects.filter(person=locked, field=field, level=level.number)
        if open_.filter(state__in=[s.value for s in _OPEN]).exists():
            raise NotNow(Text("この目標はすでにあります", "that goal is there already"))
        goal = Goal(person=locked, field=field, level=level.number, by=str(month), note=note)
        return create(Author(person.pk, note), goal, "proposed")  # fmt: skip
