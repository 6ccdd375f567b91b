"""The people behind a number, and the levels that rest on one of them."""

from attrs import frozen

from tassei.population.verdicts import Joined, column
from tassei.population.workforce import Field


@frozen
class Standing:
    """A person's highest levels in one field; 0 for none."""

    person: str
    name: str | None
    unit: str | None
    sure: int
    possible: int


def people_at(
    source: Joined, field: Field, level: int, *, possible: bool, unit: str | None = None
) -> list[Standing]:
    """Who stands at a level or above, by their ids.

    Args:
        possible: with those who possibly stand there.
        unit: only this one, and those under it.
    """
    sure, open_ = column(field, "sure"), column(field, "possible")
    where = f"{open_ if possible else sure} >= ?"
    values: list[object] = [level]
    if unit is not None:
        where += " AND (unit = ? OR starts_with(unit, ?))"
        values += [unit, f"{unit}/"]
    rows = source.rows(
        f"SELECT person, name, unit, {sure}, {open_} FROM joined WHERE {where} ORDER BY person",
        *values,
    )
    return [Standing(*row) for row in rows]


@frozen
class Risk:
    """A level that at most one person surely stands at, or above.

    Args:
        unit: None for everybody; people without a unit are told apart by `no_unit`.
        sure, possible: how many stand there.
    """

    field: Field
    level: int
    unit: str | None
    no_unit: bool
    sure: int
    possible: int
