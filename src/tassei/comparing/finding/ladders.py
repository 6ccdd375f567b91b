"""What rules on the encoding share: fields with their levels, and findings at a clause."""

from collections.abc import Iterator

from tassei.comparing.finding.proposal import Finding
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.source import Place
from tassei.text import Text


def ladders(edition: Edition) -> Iterator[tuple[SpecialtyField, tuple[Indicator, ...]]]:
    """Each field with its own indicators, the highest level first."""
    for owner in edition.fields:
        own = [i for i in edition.indicators if i.field_id == owner.id]
        yield owner, tuple(sorted(own, key=lambda i: -i.level))


def at_clause(
    indicator: Indicator,
    clause: str,
    place: Place,
    title: Text,
    says: Text,
    subject: str = "",
) -> Finding:
    """A finding at a clause of an indicator."""
    touch = f"{indicator.field_id}/{indicator.level}/{clause}"
    return Finding(place, subject, touch, title, says)
