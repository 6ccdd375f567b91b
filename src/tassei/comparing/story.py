"""The editions of one category, from the first to the last: what became of its fields and thresholds."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

from attrs import frozen

from tassei.comparing.aspects import Clause, aspects, sizes
from tassei.comparing.correspond import lineage
from tassei.comparing.differences import Comparison, FieldLink, compare
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import Relation
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.text import Text

EventKind = Literal[
    "kept", "renamed", "widened", "narrowed", "split", "merged", "recast", "new", "gone"
]


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
    """One threshold through all editions, at one level or at several where it moved alike."""

    levels: tuple[int, ...]
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

    key: str
    label: Text
    counts: tuple[tuple[int, int], ...]

    def begins(self, step: int) -> bool:
        """Whether no indicator has it before a step of the lineage, and some after."""
        return not self.counts[step][0] and self.counts[step + 1][0] > 0

    def ends(self, step: int) -> bool:
        """Whether some indicators have it before a step of the lineage, and none after."""
        return self.counts[step][0] > 0 and not self.counts[step + 1][0]


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
        kind = "renamed" if link.renamed else _ALONE[link.relation]
    elif len(earlier) == 1:
        kind = "split"
    else:
        kind = "merged" if len(later) == 1 else "recast"
    return FieldEvent(kind, earlier, later, why)


_ALONE: dict[Relation, EventKind] = {
    "same": "kept",
    "narrower": "widened",
    "wider": "narrowed",
    "overlaps": "recast",
    "none": "gone",
}


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
    found: dict[tuple[Clause, Text, tuple[Cell, ...]], list[int]] = {}
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
            if len({c.text for c in cells if c.present}) > 1:
                found.setdefault((clause, label, cells), []).append(level)
    for (clause, label, cells), moved in found.items():
        yield StrandRow(tuple(moved), clause, label, cells)


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


_SKILLS = Text("スキル熟達度と知識項目", "skill proficiency and knowledge items")
_KINDS: tuple[tuple[str, Text], ...] = (
    ("role", Text("役割", "role")),
    ("years", Text("年数", "years")),
    ("engagements", Text("回数", "number of engagements")),
    ("work_level", Text("業務のレベル", "level of the work")),
    ("supervised", Text("上位レベルの指導", "guidance of a higher level")),
    ("succeeded", Text("成功裡", "success")),
    ("outcomes", Text("成果", "outcomes")),
    ("experiences", Text("年数のほかの経験", "experiences beside the years")),
    ("criteria", Text("複雑性の条件", "complexity criteria")),
    ("required", Text("必須の条件", "mandatory criteria")),
    ("size", Text("サイズ", "size")),
    ("tasks", Text("タスク特性", "task characteristics")),
    ("contributions", Text("例として挙げる貢献", "contributions named as examples")),
    ("area_list", Text("専門の領域", "areas of expertise")),
    ("succession", Text("技術の継承", "technology succession")),
    ("mentoring", Text("後進の育成", "mentoring")),
    ("examinations", Text("試験", "examinations")),
)


def _clause_uses(editions: tuple[Edition, ...]) -> Iterator[ClauseUse]:
    asked = [[_keys(e, i) for i in e.indicators] for e in editions]
    for key, label in _KINDS:
        counts = tuple((sum(key in keys for keys in each), len(each)) for each in asked)
        if any(used for used, _ in counts):
            yield ClauseUse(key, label, counts)
    skills = tuple((int(bool(e.skills.items)), 1) for e in editions)
    if any(used for used, _ in skills):
        yield ClauseUse("skills", _SKILLS, skills)


def _keys(edition: Edition, indicator: Indicator) -> frozenset[str]:
    return frozenset(aspects(edition, indicator)) | ({"size"} if indicator.size else set())
