"""How long a result is valid: fixed when it becomes final, and told before it ends.

What administrators choose later changes no result that somebody has already.
"""

import datetime
from collections.abc import Iterable
from enum import Enum, unique

from django.db.models import Exists, OuterRef, Q, QuerySet

from tassei.text import Text
from tassei.web import clock
from tassei.web.cycle.case import State
from tassei.web.dates import day
from tassei.web.history import Author, change_all
from tassei.web.models import Assessment, Decision
from tassei.web.periods import VALIDITY, chosen, months_after

MONTHS_AHEAD = 12
"""How long before its end a result is told to end soon; rounds are held once or twice a year."""


@unique
class Phase(Enum):
    """Where a result stands between its decision and its end."""

    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"


def begin(author: Author, assessments: Iterable[Assessment]) -> None:
    """Fix until when the results of assessments that were made final are valid.

    Args:
        assessments: with decisions fetched along, where there are many.
    """
    years = chosen()[VALIDITY.key]
    if not years:
        return
    until = months_after(clock.today(), 12 * years)
    results = (d for a in assessments for d in a.decisions.all() if d.attained and not d.upheld)
    change_all(author, [(d, {"valid_until": until}) for d in results], "valid")


def phase(until: datetime.date) -> Phase:
    """Where a result stands that is valid until a day."""
    today = clock.today()
    if until < today:
        return Phase.ENDED
    return Phase.ENDING if until <= months_after(today, MONTHS_AHEAD) else Phase.VALID


def told(decision: Decision) -> tuple[Text, Phase] | None:
    """Until when a result is valid, in words; None where it is not final, or has no end."""
    if decision.valid_until is None:
        return None
    found = phase(decision.valid_until)
    return _SAID[found].format(day=day(decision.valid_until)), found


_SAID = {
    Phase.VALID: Text("{day}まで有効", "valid until {day}"),
    Phase.ENDING: Text("{day}まで有効（次の回で更新を）", "valid until {day}: renew it in the next cycle"),
    Phase.ENDED: Text("{day}に期限切れ", "ran out on {day}"),
}  # fmt: skip


def ending() -> QuerySet[Decision]:
    """Results that have ended or end soon, and that no later or endless one of the field makes up for."""
    of_field = Q(
        assessment__person=OuterRef("assessment__person"),
        assessment__field=OuterRef("assessment__field"),
        assessment__level__gte=OuterRef("assessment__level"),
        attained=True,
        upheld=False,
    )
    later = Q(valid_until__gt=OuterRef("valid_until"))
    endless = Q(valid_until=None, assessment__state=State.CLOSED.value)
    renewed = Decision.objects.filter(of_field).filter(later | endless)
    last = months_after(clock.today(), MONTHS_AHEAD)
    found: QuerySet[Decision] = (
        Decision.objects.filter(valid_until__lte=last)
        .exclude(Exists(renewed))
        .select_related("assessment__person", "assessment__cycle")
        .order_by("valid_until", "assessment__person__code", "pk")
    )
    return found
