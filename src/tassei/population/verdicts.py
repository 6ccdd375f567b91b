"""A table of verdicts read back: what it says it depends on, and whether it is about these people.

Aggregation runs inside DuckDB over the Parquet files. The two tables are in the same order, so that
they are read side by side and memory does not grow with the number of people.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.population.blocks import Population
from tassei.population.workforce import VERDICTS, Field
from tassei.shaping import suggestion
from tassei.text import Text


@frozen
class VerdictTable:
    """A table of verdicts.

    Args:
        rows: how many people.
        fields: in the order of their columns.
        as_of, readings, editions: what the verdicts depend on; digests of the editions by their ids.
        rungs: `EDITION/FIELD/LEVEL` for each bit of the masks.
    """

    path: Path
    rows: int
    fields: tuple[Field, ...]
    as_of: str
    readings: Mapping[str, str]
    editions: Mapping[str, str]
    rungs: tuple[str, ...]

    def field(self, written: str) -> Field:
        """The field of that path, or whose id ends so where only one does.

        Raises:
            RequestError: there is none, or there are several.
        """
        found = [f for f in self.fields if f.path == written] or [
            f for f in self.fields if f.path.endswith(f"/{written}")
        ]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f.path for f in found)
            what = Text(
                f"専門分野「{written}」は{len(found)}つの版にあります",
                f'the specialty field "{written}" is in {len(found)} editions',
            )
            repair = Text(f"次のいずれかを指定してください: {names}", f"name one of: {names}")
            raise RequestError([Fault("ambiguous-field", what, repair)])
        raise RequestError(
            [
                Fault(
                    "unknown-field",
                    Text(
                        f"判定の表に専門分野「{written}」はありません",
                        f'the table of verdicts has no specialty field "{written}"',
                    ),
                    suggestion(written, [f.path for f in self.fields]),
                )
            ]
        )


def read_verdicts(path: Path) -> VerdictTable:
    """What a table of verdicts holds.

    Raises:
        RequestError: it cannot be read, or is something else.
    """
    try:
        file = pq.ParquetFile(path, memory_map=True)
    except (OSError, pa.ArrowException) as error:
        said = str(error).strip().split("\n", 1)[0][:200]
        raise RequestError(
            [
                Fault(
                    "broken-table",
                    Text(
                        f"Parquetとして読めません（{said}）",
                        f"it cannot be read as Parquet ({said})",
                    ),
                    Text(
                        "tassei population judge で作り直してください",
                        "make it anew with `tassei population judge`",
                    ),
                    file=str(path),
                )
            ]
        ) from None
    schema = file.schema_arrow
    told = _told(schema)
    fields: dict[str, list[int]] = {}
    for rung in told.get("rungs", ()):
        field, _, level = str(rung).rpartition("/")
        fields.setdefault(field, []).append(int(level))
    missing = [f for f in ("person", *fields) if f not in schema.names]
    if told.get("schema") != VERDICTS or missing:
        raise no_verdicts(path, missing)
    return VerdictTable(
        path,
        file.metadata.num_rows,
        tuple(Field(f, tuple(sorted(levels))) for f, levels in fields.items()),
        told["as_of"],
        told["readings"],
        told["editions"],
        tuple(told["rungs"]),
    )


def _told(schema: pa.Schema) -> dict[str, Any]:
    try:
        told = json.loads((schema.metadata or {}).get(b"tassei", b"{}"))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def no_verdicts(path: Path, missing: Sequence[str] = ()) -> RequestError:
    """Something that is no table of verdicts, and columns that it lacks."""
    which = f": {', '.join(missing[:3])}" if missing else ""
    return RequestError(
        [
            Fault(
                "no-verdicts",
                Text(
                    f"判定の表ではありません（{VERDICTS} の印か列がありません{which}）",
                    f"it is no table of verdicts (the mark {VERDICTS} or a column is missing{which})",
                ),
                Text(
                    "tassei population judge で書き出した表を指定してください",
                    "name a table that `tassei population judge` has written",
                ),
                file=str(path),
            )
        ]
    )


def remarks(table: VerdictTable, standards: Standards) -> list[Text]:
    """What a reader of the table should know: readings that were chosen, editions that have changed."""
    found = []
    defaults = dict(standards.readings_with({}))
    if chosen := [f"{k}={v}" for k, v in table.readings.items() if defaults.get(k) != v]:
        said = ", ".join(chosen)
        found.append(Text(f"既定と異なる読み: {said}", f"readings other than the default: {said}"))
    now = {e.id: standards.digests.get(e.id, "") for e in standards.editions}
    if changed := [e for e, digest in table.editions.items() if now.get(e) != digest]:
        said = ", ".join(changed)
        found.append(
            Text(
                f"判定の後で版の内容が変わりました: {said}。判定し直すと結果が変わることがあります",
                f"the encoding has changed since the judgement: {said}; judging anew may give other verdicts",
            )
        )
    return found


class Joined:
    """The verdicts beside the people they are about, as tables `verdicts` and `people` of DuckDB.

    Raises:
        RequestError: the verdicts are about other people, or a file cannot be read.
    """

    def __init__(self, table: VerdictTable, population: Population) -> None:
        import duckdb

        self.table = table
        self.population = population
        if table.rows != len(population):
            what = Text(
                f"{table.rows:,}人の判定ですが、人材データは{len(population):,}人です",
                f"it is about {table.rows:,} people, but the population has {len(population):,}",
            )
            raise _of_others(table.path, what)
        self._database = duckdb.connect(config={"autoinstall_known_extensions": "false"})
        self._database.execute("SET enable_progress_bar = false")
        people = [str(f) for f in population.people.files]
        for name, files in (("verdicts", [str(table.path)]), ("people", people)):
            listed = ", ".join(quoted(f) for f in files)
            self._database.execute(f"CREATE VIEW {name} AS FROM read_parquet([{listed}])")
        self._database.execute(
            "CREATE VIEW joined AS SELECT v.*, p.person AS member, p.name AS name, p.unit AS unit "
            "FROM (FROM verdicts) v POSITIONAL JOIN (SELECT person, name, unit FROM people) p"
        )
        self._check()

    def _check(self) -> None:
        row = self.rows(
            "SELECT min(member) FILTER (WHERE person IS DISTINCT FROM member) FROM joined"
        )
        if row and row[0][0] is not None:
            found = row[0][0]
            raise _of_others(
                self.table.path,
                Text(
                    f"「{found}」の判定が、その人の行にありません",
                    f'the verdict of "{found}" is not in the row of that person',
                ),
            )

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            RequestError: a file cannot be read to its end.
        """
        import duckdb

        try:
            with interruptible():
                return self._database.execute(query, list(values)).fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            said = str(error).strip().split("\n", 1)[0][:200]
            raise RequestError(
                [
                    Fault(
                        "broken-table",
                        Text(
                            f"Parquetとして読めません（{said}）",
                            f"it cannot be read as Parquet ({said})",
                        ),
                        Text("ファイルを作り直してください", "make the file anew"),
                        file=str(self.table.path),
                    )
                ]
            ) from None

    def units(self) -> list[str]:
        """The units that people are in, in order."""
        found = self.rows("SELECT DISTINCT unit FROM people WHERE unit IS NOT NULL ORDER BY unit")
        return [unit for (unit,) in found]

    def unit(self, written: str) -> str:
        """A unit that people are in, or under which such units are.

        Raises:
            RequestError: nobody is in it.
        """
        units = self.units()
        if any(u == written or u.startswith(f"{written}/") for u in units):
            return written
        raise RequestError(
            [
                Fault(
                    "unknown-unit",
                    Text(
                        f"単位組織「{written}」の人はいません", f'nobody is in the unit "{written}"'
                    ),
                    suggestion(written, units),
                    file=str(self.population.folder),
                )
            ]
        )

    def close(self) -> None:
        self._database.close()


@contextmanager
def joined(table: VerdictTable, population: Population) -> Iterator[Joined]:
    """The verdicts beside the people they are about, for as long as they are asked.

    Raises:
        RequestError: as `Joined`.
    """
    found = Joined(table, population)
    try:
        yield found
    finally:
        found.close()


def column(field: Field, world: str) -> str:
    """The highest level of a field, as DuckDB names it; `world` is `sure` or `possible`."""
    return f"{identifier(field.path)}.{world}"


@contextmanager
def interruptible() -> Iterator[None]:
    """Queries that end on Ctrl-C as everything else does; DuckDB has an error of its own for it."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from None
        raise


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text as DuckDB writes it."""
    return "'" + text.replace("'", "''") + "'"


def _of_others(path: Path, what: Text) -> RequestError:
    return RequestError(
        [
            Fault(
                "verdicts-of-others",
                what,
                Text(
                    "この人材データを tassei population judge で判定し直してください",
                    "judge this population anew with `tassei population judge`",
                ),
                file=str(path),
            )
        ]
    )
