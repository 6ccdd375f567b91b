"""Populations with one fault each, named by the code that is told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tassei.encoding.compiled import standards
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.population.blocks import Population
from tassei.population.schema import engagements_schema, people_schema
from tassei.population.workforce import Workforce, write_verdicts

Rows = list[dict[str, Any]]


def population(
    folder: Path,
    people: Rows | None = None,
    engagements: Rows | None = None,
    change: Callable[[str, pa.Table], pa.Table] = lambda name, table: table,
) -> None:
    """Write a population of these rows; what they leave out is null.

    Args:
        change: applied to each table before it is written.
    """
    folder.mkdir(parents=True)
    schemas = {"people": people_schema(), "engagements": engagements_schema(standards().vocabulary)}
    rows = {"people": people or TWO, "engagements": WORK if engagements is None else engagements}
    for name, schema in schemas.items():
        full = [dict.fromkeys(schema.names) | row for row in rows[name]]
        # built without the promise that nothing is null, which a broken file does not keep
        loose = pa.schema([f.with_nullable(True) for f in schema])
        pq.write_table(change(name, pa.Table.from_pylist(full, loose)), folder / f"{name}.parquet")


TWO: Rows = [
    {"person": "E1", "name": "港 みどり", "engagements_listed": True},
    {"person": "E2", "name": "相川 明", "engagements_listed": True},
]
WORK: Rows = [
    {"person": "E1", "id": "core-banking", "from_month": 201904, "role": "leader"},
    {"person": "E2", "id": "network", "from_month": 202004, "to_month": 202103},
]


def judged(folder: Path, verdicts: Path, people: Rows | None = None) -> None:
    """Write a population and the table of its verdicts."""
    population(folder, [row | {"unit": "Operations/Banking"} for row in people or TWO])
    everything = standards()
    workforce = Workforce(Judge(everything, everything.readings_with({})))
    write_verdicts(
        workforce, Population(folder, everything.vocabulary), Month.of(2026, 11), verdicts
    )


def _truncated(folder: Path) -> None:
    population(folder)
    path = folder / "engagements.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def _without_role(name: str, table: pa.Table) -> pa.Table:
    return table.drop_columns(["role"]) if name == "engagements" else table


def _months_as_words(name: str, table: pa.Table) -> pa.Table:
    if name == "people":
        return table
    place = table.schema.names.index("from_month")
    return table.set_column(place, "from_month", table["from_month"].cast(pa.string()))


FAULTY: dict[str, Callable[[Path], None]] = {
    "broken-table": _truncated,
    "broken-value": lambda f: population(f, engagements=[WORK[0] | {"role": "boss"}]),
    "doubled-row": lambda f: population(f, engagements=[*WORK, WORK[1]]),
    "engagement-of-nobody": lambda f: population(
        f, engagements=[WORK[0] | {"person": "E0"}, *WORK]
    ),
    "engagements-not-sorted": lambda f: population(f, engagements=WORK[::-1]),
    "missing-column": lambda f: population(f, change=_without_role),
    "no-table": lambda f: f.mkdir(),
    "null-id": lambda f: population(f, engagements=[WORK[0] | {"id": None}]),
    "null-person": lambda f: population(f, people=[*TWO, {"person": None}]),
    "people-not-sorted": lambda f: population(f, people=[*TWO, TWO[0]]),
    "wrong-column-type": lambda f: population(f, change=_months_as_words),
    "wrong-months": lambda f: population(f, engagements=[WORK[0] | {"from_month": 201913}]),
}
"""What `tassei population unpack` refuses."""
