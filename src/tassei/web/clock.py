"""The present time, in Japan whatever the time zone of the machine; tests put another in its place."""

from django.utils import timezone

from tassei.evidence.months import Month


def this_month() -> Month:
    """The month in which a judgement is made unless another is asked for."""
    today = timezone.localdate()
    return Month.of(today.year, today.month)
