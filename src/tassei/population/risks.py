"""Which levels rest on a single person."""

from collections.abc import Iterable, Iterator

from tassei.population.counting import Counts, Heads, Ladder
from tassei.population.standing import Risk


def risks(counts: Counts, *, by_unit: bool) -> list[Risk]:
    """The highest-needed levels with one person or nobody, surely, where somebody could be.

    A field that nobody possibly works in at all is no risk: nothing rests on it. Of a ladder, each
    level from the lowest that at most one person surely reaches is told.

    Args:
        by_unit: of each unit instead of everybody.
    """
    return list(_risks(counts.fields, by_unit))


def _risks(fields: Iterable[Heads], by_unit: bool) -> Iterator[Risk]:
    for heads in fields:
        if not by_unit:
            yield from _of(heads, heads.total, None, no_unit=False)
            continue
        for unit, ladder in heads.units.items():
            yield from _of(heads, ladder, unit, no_unit=unit is None)


def _of(heads: Heads, ladder: Ladder, unit: str | None, *, no_unit: bool) -> Iterator[Risk]:
    for level, sure, possible in zip(heads.field.levels, *ladder, strict=True):
        if sure <= 1 and possible:
            yield Risk(heads.field, level, unit, no_unit, sure, possible)
