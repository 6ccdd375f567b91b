"""An edition of the standard: one category of jobs as one document describes it.

Invariant: every indicator belongs to a field of the edition that says it exists at that level.
"""

from collections.abc import Iterator

from attrs import field, frozen

from tassei.framework.indicator import Indicator
from tassei.framework.skills import Skills
from tassei.framework.vocabulary import Term, Terms
from tassei.source import Place
from tassei.text import Text


@frozen
class JobCategory:
    """職種: what the people of one category do."""

    id: str
    name: Text
    place: Place
    outline: Text


@frozen
class SpecialtyField:
    """専門分野, with the levels that exist in it.

    Args:
        applies_to: for an entry that is common to several fields, the ids of those fields; empty
            for a specialty field proper.
    """

    id: str
    name: Text
    place: Place
    levels: tuple[int, ...]
    outline: Text
    applies_to: tuple[str, ...] = ()


DRAFT = "draft"
"""The label of an edition that was imported and that nobody has reviewed."""


@frozen
class Edition:
    """All that one document says, encoded.

    Args:
        id: `itss-v2-2006/it-service-management`; the part behind the slash is the category.
        document: the number under which places name the document.
        known_by: how the edition was inferred; shown wherever the edition is named.
        follows: the edition before it in the lineage of the category, or None.
        dated: date of this encoding; a correction of a rule is a new date.
        over: of a tailored layer, the edition that it was laid over; None for an edition of a document.
    """

    id: str
    title: Text
    label: str
    document: str
    language: str
    known_by: Text
    dated: str
    category: JobCategory
    fields: tuple[SpecialtyField, ...]
    terms: Terms
    indicators: tuple[Indicator, ...]
    follows: str | None = None
    skills: Skills = field(factory=Skills)
    over: str | None = None

    def specialty_fields(self) -> tuple[SpecialtyField, ...]:
        """The specialty fields proper, without the entries common to several."""
        return tuple(f for f in self.fields if not f.applies_to)

    def field(self, field_id: str) -> SpecialtyField | None:
        return next((f for f in self.fields if f.id == field_id), None)

    def indicator(self, field_id: str, level: int) -> Indicator | None:
        """The indicator that holds for a field at a level, be it the field's own or a common one."""
        for indicator in self.indicators:
            if indicator.level == level and field_id in self.covered_by(indicator):
                return indicator
        return None

    def covered_by(self, indicator: Indicator) -> tuple[str, ...]:
        """The ids of the fields that an indicator judges."""
        owner = self.field(indicator.field_id)
        return (owner.applies_to if owner else ()) or (indicator.field_id,)

    def ladder(self, field_id: str) -> tuple[Indicator, ...]:
        """All indicators of a field, the highest level first, common levels included."""
        mine = (i for i in self.indicators if field_id in self.covered_by(i))
        return tuple(sorted(mine, key=lambda i: -i.level))

    def criteria_of(self, field_id: str) -> frozenset[str]:
        """Ids of all criteria that any level of a field names."""
        return frozenset(t.id for i in self._named(field_id) for t in i.complexity.criteria)

    def _named(self, field_id: str) -> Iterator[Indicator]:
        return (i for i in self.indicators if field_id in (i.field_id, *self.covered_by(i)))

    def qualified(self, field_id: str) -> str:
        """The id by which evidence names a field: `EDITION/FIELD`."""
        return f"{self.id}/{field_id}"

    def recorded_as(self, field_id: str) -> tuple[str, ...]:
        """Every id under which evidence may name a field: work for the edition below a layer counts."""
        own = self.qualified(field_id)
        return (own,) if self.over is None else (own, f"{self.over}/{field_id}")


def term_ids(terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset(t.id for t in terms)
