"""A folder of verdicts that an engine has written -> the table that one machine would have written.

Engines write parts in no order, with masks as signed numbers, and put the description beside them. What
comes out is sorted by person, so that it stands beside the people; memory is bounded by DuckDB, which
sorts on disk where it must.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from attrs import frozen

from tassei.population.verdicts import identifier, interruptible, no_verdicts, quoted
from tassei.population.workforce import VERDICTS, verdicts_schema

DESCRIPTION = "_tassei"
"""The folder in a folder of verdicts that says what they depend on, as one line of JSON; it is written
last, so that without it the verdicts are not whole."""
_ROWS = 65_536


@frozen
class Gathered:
    """A folder of verdicts that is whole.

    Args:
        people: how many.
        schema: of the table, with all that the verdicts depend on.
    """

    folder: Path
    people: int
    schema: pa.Schema

    def batches(self, beside: Path) -> Iterator[pa.RecordBatch]:
        """The table, sorted by person.

        Args:
            beside: a folder for what does not fit into memory.

        Raises:
            RequestError: the parts are not those that the description is about.
        """
        import duckdb

        parts = f"read_parquet({quoted(str(self.folder / '*.parquet'))})"
        columns = ", ".join(map(_column, self.schema))
        beside_it = tempfile.TemporaryDirectory(dir=beside, prefix=".gather.")
        with interruptible(), beside_it as place:
            settings: dict[str, Any] = {
                "autoinstall_known_extensions": "false",
                "temp_directory": place,
            }
            database = duckdb.connect(config=settings)
            try:
                database.execute("SET enable_progress_bar = false")
                counted = database.execute(f"SELECT count(*) FROM {parts}").fetchall()
                if counted != [(self.people,)]:
                    raise no_verdicts(self.folder)
                found = database.sql(f"SELECT {columns} FROM {parts} ORDER BY person")
                for batch in found.to_arrow_reader(_ROWS):
                    yield pa.RecordBatch.from_arrays(
                        [c.cast(f.type) for c, f in zip(batch.columns, self.schema, strict=True)],
                        schema=self.schema,
                    )
            except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException):
                raise no_verdicts(self.folder) from None
            finally:
                database.close()


def gathered(folder: Path) -> Gathered:
    """What a folder of verdicts holds.

    Raises:
        RequestError: it is none, or is not whole.
    """
    told = _told(folder)
    people = told.pop("people", None)
    rungs = told.get("rungs")
    if told.get("schema") != VERDICTS or not isinstance(people, int) or not rungs:
        raise no_verdicts(folder)
    fields = dict.fromkeys(str(rung).rpartition("/")[0] for rung in rungs)
    schema = verdicts_schema(fields, -(-len(rungs) // 64))
    description = {"tassei": json.dumps(told, ensure_ascii=False)}
    return Gathered(folder, people, schema.with_metadata(description))


def _told(folder: Path) -> dict[str, Any]:
    """The description; empty where there is none that can be read."""
    lines = [f.read_bytes().strip() for f in sorted((folder / DESCRIPTION).glob("*.txt"))]
    try:
        [line] = filter(None, lines)
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _column(field: pa.Field) -> str:
    """A column as one machine writes it: masks without a sign."""
    name = identifier(field.name)
    if field.type != pa.uint64():
        return name
    return f"(CASE WHEN {name} < 0 THEN {name}::HUGEINT + {2**64} ELSE {name} END)::UBIGINT"
