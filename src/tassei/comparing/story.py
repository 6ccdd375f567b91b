"""The editions of one category, from the first to the last: what became of its fields and thresholds."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Literal

from attrs import frozen

from tassei.comparing.aspects import CLAUSES, Clause, aspects, sizes
from tassei.comparing.correspond import lineage
from tassei.comparing.differences import Comparison, FieldLink, compare
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.text import Text

EventKind = Literal["kept", "renamed", "split", "merged", "recast", "new", "gone"]


@frozen
class FieldEvent:
    """What became of a field, or of several together, from one edition to the next.

    Args:
        earlier, later: the fields before and after; empty where a field is new, or is gone.
        why: the reasons that the crosswalk gives.
    """

    kind: EventKind
    earlier: tuple[SpecialtyField, ...]
    later: tuple[SpecialtyField, ...]
    why: tuple[Text, ...] = ()


@frozen
class Chapter:
    """One step of the lineage."""

    comparison: Comparison
    events: tuple[FieldEvent, ...]

    @property
    def category_renamed(self) -> bool:
        one, other = self.comparison.earlier.category, self.comparison.later.category
        return one.name != other.name

    @property
    def top_levels(self) -> tuple[int, int]:
        """The highest level of the category before and after."""
        one, other = self.comparison.earlier, self.comparison.later
        return max(_levels(one)), max(_levels(other))

    @property
    def lowest_levels(self) -> tuple[int, int]:
        one, other = self.comparison.earlier, self.comparison.later
        return min(_levels(one)), min(_levels(other))


def _levels(edition: Edition) -> tuple[int, ...]:
    return tuple(level for f in edition.fields for level in f.levels)


@frozen
class Cell:
    """What one edition asks at one place of a strand: None where it does not ask, or has no such level."""

    text: Text | None
    present: bool


@frozen
class StrandRow:
    """One threshold of one level through all editions."""

    level: int
    clause: Clause
    label: Text
    cells: tuple[Cell, ...]


@frozen
class Strand:
    """A field through the editions in which it is the same, and how its thresholds moved.

    Args:
        fields: one for each edition of the lineage; None where the edition does not have it.
        rows: only those in which two editions differ.
    """

    fields: tuple[SpecialtyField | None, ...]
    rows: tuple[StrandRow, ...]


@frozen
class ClauseUse:
    """In how many indicators of each edition a kind of clause stands, and how many there are."""

    clause: Clause
    counts: tuple[tuple[int, int], ...]


@frozen
class Story:
    """A category along its lineage."""

    editions: tuple[Edition, ...]
    chapters: tuple[Chapter, ...]
    strands: tuple[Strand, ...]
    clauses: tuple[ClauseUse, ...]


def story_of(standards: Standards, edition: Edition) -> Story:
    """The story of the category that an edition belongs to, over its whole lineage."""
    return story_along(standards, lineage(standards, edition))


def story_along(standards: Standards, editions: tuple[Edition, ...]) -> Story:
    """The story of some editions of one lineage, in their order."""
    comparisons = [compare(standards, a, b) for a, b in pairwise(editions)]
    return Story(
        editions,
        tuple(Chapter(c, tuple(field_events(c.fields))) for c in comparisons),
        tuple(_strands(editions, comparisons)),
        tuple(_clause_uses(editions)),
    )


def field_events(links: tuple[FieldLink, ...]) -> Iterator[FieldEvent]:
    """Links of fields -> what became of them; fields that are linked to one another are told together."""
    remaining = list(links)
    while remaining:
        group = [remaining.pop(0)]
        grown = True
        while grown:
            near = [x for x in remaining if any(_touch(x, g) for g in group)]
            remaining = [x for x in remaining if x not in near]
            group += near
            grown = bool(near)
        yield _event(group)


def _touch(one: FieldLink, other: FieldLink) -> bool:
    return (one.earlier is not None and one.earlier == other.earlier) or (
        one.later is not None and one.later == other.later
    )


def _event(group: list[FieldLink]) -> FieldEvent:
    earlier = tuple({x.earlier.id: x.earlier for x in group if x.earlier}.values())
    later = tuple({x.later.id: x.later for x in group if x.later}.values())
    why = tuple(dict.fromkeys(x.why for x in group))
    kind: EventKind
    if not earlier or not later:
        kind = "new" if later else "gone"
    elif len(earlier) == len(later) == 1:
        [link] = [x for x in group if x.earlier and x.later]
        renamed = earlier[0].id != later[0].id
        kind = "recast" if link.relation == "overlaps" else "renamed" if renamed else "kept"
    elif len(earlier) == 1:
        kind = "split"
    else:
        kind = "merged" if len(later) == 1 else "recast"
    return FieldEvent(kind, earlier, later, why)


def _strands(editions: tuple[Edition, ...], comparisons: list[Comparison]) -> Iterator[Strand]:
    """Fields that stay the same through two editions or more, in the order of the last that has them."""
    same = [
        {x.earlier.id: x.later for x in c.fields if x.relation == "same" and x.earlier and x.later}
        for c in comparisons
    ]
    followed: set[tuple[int, str]] = set()
    for start, edition in enumerate(editions):
        for first in edition.fields:
            if (start, first.id) in followed:
                continue
            chain: list[SpecialtyField | None] = [None] * start + [first]
            for step in range(start, len(comparisons)):
                last = chain[-1]
                found = same[step].get(last.id) if last else None
                chain.append(found)
                if found:
                    followed.add((step + 1, found.id))
            if sum(f is not None for f in chain) > 1:
                fields = tuple(chain)
                yield Strand(fields, tuple(_rows(editions, fields)))


def _rows(
    editions: tuple[Edition, ...], fields: tuple[SpecialtyField | None, ...]
) -> Iterator[StrandRow]:
    levels = sorted({n for f in fields if f for n in f.levels}, reverse=True)
    for level in levels:
        indicators = [
            _indicator(edition, field, level)
            for edition, field in zip(editions, fields, strict=True)
        ]
        for clause, label, read in _THRESHOLDS:
            cells = tuple(
                Cell(read(e, i) if i else None, i is not None)
                for e, i in zip(editions, indicators, strict=True)
            )
            said = {c.text for c in cells if c.present}
            if len(said) > 1:
                yield StrandRow(level, clause, label, cells)


def _indicator(edition: Edition, field: SpecialtyField | None, level: int) -> Indicator | None:
    if field is None:
        return None
    return next((i for i in edition.indicators if (i.field_id, i.level) == (field.id, level)), None)


def _value(key: str) -> Callable[[Edition, Indicator], Text | None]:
    def read(edition: Edition, indicator: Indicator) -> Text | None:
        found = aspects(edition, indicator).get(key)
        return found.text if found else None

    return read


def _size(edition: Edition, indicator: Indicator) -> Text | None:
    """The sizes that suffice by themselves; the lesser ones, with criteria besides, are told by the comparison."""
    found = [s.text for s in sizes(edition, indicator) if s.criteria is None]
    if not found:
        return None
    return Text("、または".join(t.ja for t in found), "; or ".join(t.en for t in found))


_THRESHOLDS: tuple[tuple[Clause, Text, Callable[[Edition, Indicator], Text | None]], ...] = (
    ("responsibility", Text("役割", "role"), _value("role")),
    ("responsibility", Text("年数", "years"), _value("years")),
    ("responsibility", Text("回数", "number of engagements"), _value("engagements")),
    ("responsibility", Text("業務のレベル", "level of the work"), _value("work_level")),
    ("complexity", Text("複雑性", "complexity"), _value("complexity")),
    ("size", Text("サイズ", "size"), _size),
    ("areas", Text("領域の数", "number of areas"), _value("areas")),
    ("areas", Text("領域の深さ", "depth"), _value("depth")),
    ("succession", Text("技術の継承", "technology succession"), _value("succession")),
)


def _clause_uses(editions: Iterable[Edition]) -> Iterator[ClauseUse]:
    editions = tuple(editions)
    for clause in CLAUSES:
        counts = tuple(
            (sum(_has(e, i, clause) for i in e.indicators), len(e.indicators)) for e in editions
        )
        if any(used for used, _ in counts):
            yield ClauseUse(clause, counts)


def _has(edition: Edition, indicator: Indicator, clause: Clause) -> bool:
    if clause == "size":
        return bool(indicator.size)
    return any(a.clause == clause for a in aspects(edition, indicator).values())
