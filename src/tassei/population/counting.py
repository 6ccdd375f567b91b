"""Head-counts: how many people surely and possibly stand at a level of a field or above it.

A person whose highest level is surely 3 and possibly 5 counts for "level 4 or above" among those who
possibly stand there. So the number at a level is at least the first and at most the second count, and
each count falls as the level rises.
"""

from collections.abc import Mapping
from itertools import product

from attrs import frozen

from tassei.population.verdicts import Joined, identifier
from tassei.population.workforce import Field

SURE, POSSIBLE = 0, 1
Ladder = tuple[tuple[int, ...], tuple[int, ...]]
"""For each level of a field, ascending, how many stand there or above: surely, and possibly."""


@frozen
class Heads:
    """The head-counts of one field.

    Args:
        total: of everybody.
        units: of each unit; None stands for people whose unit is not recorded.
    """

    field: Field
    total: Ladder
    units: Mapping[str | None, Ladder]


@frozen
class Counts:
    """All head-counts of a table of verdicts.

    Args:
        people: how many there are.
        sizes: how many are in each unit.
    """

    people: int
    sizes: Mapping[str | None, int]
    fields: tuple[Heads, ...]


def count_heads(source: Joined) -> Counts:
    """Count everybody, by field and unit."""
    fields = source.table.fields
    sizes = dict(source.rows("SELECT unit, count(*) FROM people GROUP BY unit"))
    ordered = sorted(sizes, key=lambda u: (u is None, u or ""))
    found: dict[Field, dict[str | None, dict[tuple[int, int], int]]] = {f: {} for f in fields}
    columns = [identifier(f.path) for f in fields]
    sets = ", ".join(f"(unit, {c})" for c in columns)
    query = (
        f"SELECT unit, grouping({', '.join(columns)}), count(*), {', '.join(columns)} "
        f"FROM joined GROUP BY GROUPING SETS ({sets})"
    )
    for unit, marks, people, *standings in source.rows(query):
        # the mark of the one column that is grouped by is 0, the first column being the highest bit
        number = next(n for n in range(len(fields)) if not marks >> (len(fields) - 1 - n) & 1)
        standing = standings[number]
        by_unit = found[fields[number]].setdefault(unit, {})
        by_unit[standing["sure"], standing["possible"]] = people
    return Counts(
        sum(sizes.values()),
        {u: sizes[u] for u in ordered},
        tuple(
            Heads(
                f,
                ladder(f, [found[f].get(u, {}) for u in ordered]),
                {u: ladder(f, [found[f].get(u, {})]) for u in ordered},
            )
            for f in fields
        ),
    )


def ladder(field: Field, groups: list[dict[tuple[int, int], int]]) -> Ladder:
    """Counts of people by their highest levels, as counts of those at a level or above."""
    counts: tuple[list[int], list[int]] = ([], [])
    for level, world in product(field.levels, (SURE, POSSIBLE)):
        counts[world].append(
            sum(n for group in groups for at, n in group.items() if at[world] >= level)
        )
    return tuple(counts[SURE]), tuple(counts[POSSIBLE])
