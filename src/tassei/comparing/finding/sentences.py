"""What rules on words share: the sentences and items of a document, and findings at one of them."""

from collections.abc import Iterator

from tassei.comparing.finding.proposal import Finding
from tassei.comparing.finding.sections import Laid, Section, Unit
from tassei.text import Text


def at_unit(
    laid: Laid, section: Section, unit: Unit, title: Text, says: Text, subject: str = ""
) -> Finding:
    """A finding at a sentence or an item."""
    clause = unit.clause if unit.clause not in ("", "business", "professional") else ""
    touch = f"{section.field.id}/{section.level}/{clause}".rstrip("/")
    return Finding(laid.place(unit.line), subject, touch, title, says)


def sentences(laid: Laid) -> Iterator[tuple[Section, Unit]]:
    """Every sentence and item of the indicators, headings apart."""
    for section in laid.sections:
        for unit in section.units:
            if unit.kind != "head":
                yield section, unit
