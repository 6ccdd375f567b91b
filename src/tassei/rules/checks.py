"""Static checks of an edition's indicators: what looks wrong in the standard itself.

Findings are reported, never rejected: the documents are full of such places, and an encoding keeps
them. What makes an encoding unusable (an unknown name, a count larger than its list, an empty range)
is a fault already when it is loaded.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from attrs import frozen

from tassei.framework.edition import Edition
from tassei.framework.indicator import ALL, SOME, Areas, Bound, Indicator, SizeItem
from tassei.source import Place
from tassei.text import Text

FindingCode = Literal[
    "overlapping-sizes", "gap-between-sizes", "only-upper-bound", "every-criterion", "asks-less",
    "asks-the-same", "doubled-list", "no-quantifier",
]  # fmt: skip


@frozen
class Finding:
    """One place of an edition that a reader should look at."""

    code: FindingCode
    field_id: str
    level: int
    place: Place
    text: Text


def findings(edition: Edition) -> tuple[Finding, ...]:
    """Everything that the checks find, in the order of the document."""
    found: list[Finding] = []
    for indicator in edition.indicators:
        found += _of_indicator(indicator)
    for field in edition.fields:
        own = sorted(
            (i for i in edition.indicators if i.field_id == field.id), key=lambda i: i.level
        )
        for lower, upper in pairwise(own):
            found += _between(lower, upper)
    return tuple(sorted(found, key=lambda f: (f.place, f.code)))


def _of_indicator(indicator: Indicator) -> Iterator[Finding]:
    yield from _overlaps(indicator)
    criteria = len(indicator.complexity.criteria)
    for item in indicator.size:
        if item.complexity_at_least == criteria:
            yield _finding(
                "every-criterion",
                indicator,
                item.place,
                Text(
                    f"サイズの条件が複雑性の{criteria}項目すべてを求めている",
                    f"the condition of a size asks for all {criteria} criteria",
                ),
            )
        for bound in _bounds(item):
            if bound.at_least is None:
                yield _finding(
                    "only-upper-bound",
                    indicator,
                    item.place,
                    Text(
                        f"{bound.measure.name.ja}に上限しかない",
                        f"{bound.measure.name.en} is bounded only from above",
                    ),
                )
    areas = indicator.professional.areas
    if areas and areas.at_least is None:
        yield _finding(
            "no-quantifier",
            indicator,
            areas.place,
            Text(
                "領域の一覧にいくつ求めるかの語がない",
                "the list of areas does not say how many are asked",
            ),
        )
    kinds = indicator.professional.succession
    if kinds and len({t.id for t in kinds.items}) < len(kinds.items):
        yield _finding(
            "doubled-list",
            indicator,
            kinds.place,
            Text(
                "技術の継承の一覧に同じ項目が2度ある", "the list of succession prints an item twice"
            ),
        )


def _overlaps(indicator: Indicator) -> Iterator[Finding]:
    """Ranges of one measure that overlap within a clause, or leave a gap between two check boxes."""
    measures = {b.measure.id: b.measure for i in indicator.size for b in _bounds(i)}
    for measure in measures.values():
        ranges = sorted(
            (
                (b.at_least or 0, b.below, i.place)
                for i in indicator.size
                for b in _bounds(i)
                if b.measure == measure
            ),
            key=lambda r: (r[0], r[1] is None, r[1] or 0, r[2]),
        )
        reach: int | None = 0
        for number, (at_least, below, place) in enumerate(ranges):
            if number and (reach is None or reach > at_least):
                text = Text(
                    f"{measure.name.ja}の範囲が重なっている", f"ranges of {measure.name.en} overlap"
                )
                yield _finding("overlapping-sizes", indicator, place, text)
            elif number and reach is not None and reach < at_least:
                text = Text(
                    f"{measure.name.ja}の範囲の間に隙間がある",
                    f"there is a gap between ranges of {measure.name.en}",
                )
                yield _finding("gap-between-sizes", indicator, place, text)
            # a wider range before may reach beyond this one
            reach = None if reach is None or below is None else max(reach, below)


def _bounds(item: SizeItem) -> Iterator[Bound]:
    return (b for b in item.any_of if isinstance(b, Bound))


def _between(lower: Indicator, upper: Indicator) -> Iterator[Finding]:
    """A level that asks less than the one below it, or the same."""
    name = {
        "role": Text("役割", "role"),
        "years": Text("年数", "years"),
        "criteria": Text("複雑性の項目数", "number of criteria"),
        "areas": Text("領域の数", "number of areas"),
        "depth": Text("領域の深さ", "depth of specialty"),
        "kinds": Text("技術の継承の項目数", "kinds of succession"),
    }
    high, low = _demands(upper), _demands(lower)
    for key in high:
        if high[key] < low[key]:
            text = Text(
                f"レベル{upper.level}の{name[key].ja}が、レベル{lower.level}より少ない",
                f"level {upper.level} asks for less than level {lower.level}: {name[key].en}",
            )
            yield _finding("asks-less", upper, upper.place, text)
    if high == low and upper.size == lower.size and _lists(upper) == _lists(lower):
        yield _finding(
            "asks-the-same",
            upper,
            upper.place,
            Text(
                f"レベル{lower.level}と同じことを求めている",
                f"it asks the same as level {lower.level}",
            ),
        )


def _demands(indicator: Indicator) -> dict[str, int]:
    said, areas = indicator.responsibility, indicator.professional.areas
    kinds = indicator.professional.succession
    some = indicator.complexity.at_least == SOME
    return {
        "role": said.role,
        "years": said.years or 0,
        "criteria": 2 if some else int(indicator.complexity.at_least),
        "areas": _areas_asked(areas),
        "depth": areas.depth if areas else -1,
        "kinds": kinds.at_least if kinds else 0,
    }


def _areas_asked(areas: Areas | None) -> int:
    if areas is None:
        return 0
    if areas.at_least == ALL:
        return len(areas.items)
    return 2 if areas.at_least == SOME else int(areas.at_least or 1)


def _lists(indicator: Indicator) -> tuple[object, ...]:
    said, areas = indicator.responsibility, indicator.professional.areas
    return (
        said.outcomes, said.experiences, said.succeeded, said.engagements,
        tuple(t.id for t in indicator.complexity.criteria), areas and tuple(t.id for t in areas.items),
    )  # fmt: skip


def _finding(code: FindingCode, indicator: Indicator, place: Place, text: Text) -> Finding:
    return Finding(code, indicator.field_id, indicator.level, place, text)
