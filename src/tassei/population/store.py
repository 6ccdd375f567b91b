"""The folder of a population: writing it whole or not at all, and reading what anybody has put there.

Invariant: a batch that comes out of a table has the agreed columns and types, whatever library wrote
the file; what cannot be brought to that is a fault that names file and column.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import define, field, frozen

from tassei.errors import Fault, RequestError
from tassei.framework.vocabulary import Vocabulary
from tassei.population.schema import ENGAGEMENTS, PEOPLE, engagements_schema, people_schema
from tassei.text import Text

PEOPLE_IN_GROUP = 131_072
ENGAGEMENTS_IN_GROUP = 1_048_576
"""Rows of a row group: what is decoded, and so held in memory, at once."""
BATCH = 65_536
COMPRESSION, LEVEL = "zstd", 1


@frozen
class Table:
    """One table of a population: its files, read one after the other."""

    name: str
    files: tuple[Path, ...]
    schema: pa.Schema

    def rows(self) -> int:
        """How many rows there are, from the footers alone."""
        return sum(_opened(f).metadata.num_rows for f in self.files)

    def batches(
        self, columns: Sequence[str] | None = None, rows: int = BATCH
    ) -> Iterator[tuple[Path, int, pa.RecordBatch]]:
        """The rows in portions, each with its file and the number of its first row in it.

        Raises:
            RequestError: a file cannot be read, or does not have the agreed columns.
        """
        wanted = (
            self.schema if columns is None else pa.schema([self.schema.field(c) for c in columns])
        )
        for path in self.files:
            file = _opened(path)
            check(path, file.schema_arrow, wanted)
            first = 0
            for batch in _decoded(path, file.iter_batches(rows, columns=wanted.names)):
                yield path, first, agreed(path, batch, wanted)
                first += batch.num_rows

    def groups(self, person: str) -> Iterator[tuple[Path, pa.RecordBatch]]:
        """The rows of one person; only row groups whose bounds allow for the person are read."""
        for path in self.files:
            file = _opened(path)
            check(path, file.schema_arrow, self.schema)
            place = file.schema_arrow.names.index("person")
            for group in range(file.metadata.num_row_groups):
                bounds = file.metadata.row_group(group).column(place).statistics
                if bounds is not None and bounds.has_min_max and not _within(person, bounds):
                    continue
                people = _whole(path, file, group, ["person"])["person"]
                found = pc.indices_nonzero(pc.equal(people, person))
                if len(found):
                    whole = _whole(path, file, group, self.schema.names)
                    first, last = found[0].as_py(), found[-1].as_py()
                    for batch in whole.slice(first, last + 1 - first).to_batches():
                        yield path, agreed(path, batch, self.schema)


@frozen
class Population:
    """The two tables of a population."""

    people: Table
    engagements: Table


def open_population(folder: Path, vocabulary: Vocabulary) -> Population:
    """Find the tables of a population; they are checked when they are read.

    Raises:
        RequestError: the folder does not exist or lacks a table.
    """
    return Population(
        Table(PEOPLE, _files(folder, PEOPLE), people_schema()),
        Table(ENGAGEMENTS, _files(folder, ENGAGEMENTS), engagements_schema(vocabulary)),
    )


def _files(folder: Path, name: str) -> tuple[Path, ...]:
    """`name.parquet`, or the part files of a folder `name` or `name.parquet` in order."""
    for path in (folder / f"{name}.parquet", folder / name):
        if path.is_file():
            return (path,)
        if path.is_dir():
            parts = sorted(p for p in path.iterdir() if p.suffix == ".parquet" and p.is_file())
            if parts:
                return tuple(parts)
    raise RequestError(
        [
            Fault(
                "no-population",
                Text(
                    f"{name}.parquet がないため、人材データとして読めません",
                    f"there is no {name}.parquet, so this is no population",
                ),
                Text(
                    "tassei population pack か generate で作ったフォルダを指定してください",
                    "name a folder that tassei population pack or generate has made",
                ),
                file=str(folder),
            )
        ]
    )


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise RequestError([_unreadable(path, error)]) from None


def _decoded(path: Path, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except (OSError, pa.ArrowException) as error:
        raise RequestError([_unreadable(path, error)]) from None


def _whole(path: Path, file: pq.ParquetFile, group: int, columns: list[str]) -> pa.Table:
    try:
        return file.read_row_group(group, columns=columns)
    except (OSError, pa.ArrowException) as error:
        raise RequestError([_unreadable(path, error)]) from None


def _unreadable(path: Path, error: Exception) -> Fault:
    why = " ".join(str(error).split())[:120]
    return Fault(
        "unreadable-table",
        Text(f"Parquetとして読めません（{why}）", f"it cannot be read as Parquet ({why})"),
        Text(
            "壊れていないか確かめ、作り直してください",
            "check whether it is damaged, and make it anew",
        ),
        file=str(path),
    )


def _within(person: str, bounds: pq.Statistics) -> bool:
    low, high = (b if isinstance(b, bytes) else str(b).encode() for b in (bounds.min, bounds.max))
    return bool(low <= person.encode() <= high)


# --- agreed columns and types


def check(path: Path, found: pa.Schema, wanted: pa.Schema) -> None:
    """Compare the columns of a file with the agreed ones; others may stand beside them.

    Raises:
        RequestError: columns are missing or of another type, all of them named.
    """
    faults = []
    for column in wanted:
        if column.name not in found.names:
            faults.append(
                _column_fault(
                    path, column.name, "missing-column",
                    Text(f"列「{column.name}」がありません", f'the column "{column.name}" is missing'),
                    column.type,
                )
            )  # fmt: skip
        elif not _alike(found.field(column.name).type, column.type):
            kind = found.field(column.name).type
            faults.append(
                _column_fault(
                    path, column.name, "wrong-column-type",
                    Text(f"列「{column.name}」の型は {kind} です", f'the column "{column.name}" is of type {kind}'),
                    column.type,
                )
            )  # fmt: skip
    if faults:
        raise RequestError(faults)


def _column_fault(path: Path, name: str, code: str, what: Text, kind: pa.DataType) -> Fault:
    return Fault(
        code,
        what,
        Text(f"型 {kind} の列にしてください", f"write it as a column of type {kind}"),
        Text(f"列 {name}", f"column {name}"),
        file=str(path),
    )


def _alike(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether values of one type can be taken for those of the other without loss of meaning."""
    if pa.types.is_dictionary(found):
        return _alike(found.value_type, wanted)
    if pa.types.is_null(found):
        return True
    if pa.types.is_string(wanted):
        return bool(
            pa.types.is_string(found)
            or pa.types.is_large_string(found)
            or pa.types.is_string_view(found)
        )
    if pa.types.is_integer(wanted):
        return bool(pa.types.is_integer(found))
    if pa.types.is_list(wanted):
        listed = pa.types.is_list(found) or pa.types.is_large_list(found)
        return bool(listed) and _alike(found.value_type, wanted.value_type)
    if pa.types.is_struct(wanted):
        # a part that a file does not have is not recorded: a measure that is newer than the file
        named = {f.name: f.type for f in found} if pa.types.is_struct(found) else {}
        return bool(named) and all(_alike(named.get(f.name, f.type), f.type) for f in wanted)
    return bool(found == wanted)


def agreed(path: Path, batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    """The batch with the agreed columns in their order and types.

    Raises:
        RequestError: a value does not fit its type, or a person or an id is null.
    """
    columns = []
    for column in wanted:
        values = batch.column(column.name)
        if values.type != column.type:
            try:
                values = _cast(values, column.type)
            except pa.ArrowInvalid as error:
                what = " ".join(str(error).split())[:120]
                raise RequestError(
                    [
                        _column_fault(
                            path, column.name, "wrong-column-type",
                            Text(f"列「{column.name}」に合わない値があります（{what}）", f'the column "{column.name}" has a value that does not fit ({what})'),
                            column.type,
                        )
                    ]
                ) from None  # fmt: skip
        columns.append(values)
    return pa.RecordBatch.from_arrays(columns, schema=wanted)


def _cast(values: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_struct(kind) and pa.types.is_struct(values.type):
        parts = [
            _cast(values.field(f.name), f.type)
            if values.type.get_field_index(f.name) >= 0
            else pa.nulls(len(values), f.type)
            for f in kind
        ]
        return pa.StructArray.from_arrays(parts, fields=list(kind), mask=values.is_null())
    return values.cast(kind)


# --- writing


@define
class Writer:
    """Writes a population beside its place, and puts it there once it is whole.

    A context manager: leaving it by an exception, Ctrl-C included, leaves nothing behind.

    Args:
        folder: a folder that does not exist, is empty, or holds a population and nothing else,
            which is then replaced.

    Raises:
        RequestError: the folder holds anything else.
        OSError: the disk is full, or the place cannot be written.
    """

    folder: Path
    vocabulary: Vocabulary
    _beside: Path = field(init=False)
    _tables: tuple["_Growing", "_Growing"] = field(init=False)

    def __enter__(self) -> Self:
        _free(self.folder)
        parent = self.folder.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        self._beside = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.", dir=parent))
        try:
            self._tables = (
                _Growing(self._beside / f"{PEOPLE}.parquet", people_schema(), PEOPLE_IN_GROUP),
                _Growing(
                    self._beside / f"{ENGAGEMENTS}.parquet",
                    engagements_schema(self.vocabulary),
                    ENGAGEMENTS_IN_GROUP,
                ),
            )
        except BaseException:
            shutil.rmtree(self._beside, ignore_errors=True)
            raise
        return self

    @property
    def beside(self) -> Path:
        """Where the tables grow; what is put there besides goes away with it."""
        return self._beside

    def write(self, people: pa.RecordBatch, engagements: pa.RecordBatch) -> None:
        """Add people behind those that are there, and their work."""
        for table, batch in zip(self._tables, (people, engagements), strict=True):
            table.write(batch)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            for table in self._tables:
                table.close(whole=kind is None)
            if kind is None:
                self._put()
        finally:
            shutil.rmtree(self._beside, ignore_errors=True)

    def _put(self) -> None:
        umask = os.umask(0)
        os.umask(umask)
        self._beside.chmod(0o777 & ~umask)
        if not self.folder.exists():
            os.rename(self._beside, self.folder)
            return
        _free(self.folder)
        # there is no moment at which neither the old nor the new one can be found
        old = self._beside.with_name(f"{self._beside.name}.old")
        os.rename(self.folder, old)
        try:
            os.rename(self._beside, self.folder)
        except BaseException:
            os.rename(old, self.folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


class _Growing:
    """A Parquet file that grows by whole row groups."""

    def __init__(self, path: Path, schema: pa.Schema, group: int) -> None:
        self._schema = schema
        self._group = group
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0
        self._file = pq.ParquetWriter(
            path,
            schema,
            compression=COMPRESSION,
            compression_level=LEVEL,
            use_dictionary=True,
            write_statistics=["person"],
        )

    def write(self, batch: pa.RecordBatch) -> None:
        while self._rows + batch.num_rows >= self._group:
            head = self._group - self._rows
            self._waiting.append(batch.slice(0, head))
            self._flush()
            batch = batch.slice(head)
        if batch.num_rows:
            self._waiting.append(batch)
            self._rows += batch.num_rows

    def _flush(self) -> None:
        table = pa.Table.from_batches(self._waiting, self._schema)
        self._file.write_table(table, row_group_size=self._group)
        self._waiting, self._rows = [], 0

    def close(self, *, whole: bool) -> None:
        if whole and self._waiting:
            self._flush()
        if whole:
            self._file.close()
        else:
            # what was begun is thrown away, and the disk may be full
            try:
                self._file.close()
            except (OSError, pa.ArrowException):
                pass


def _free(folder: Path) -> None:
    """Whether a population may be put here.

    Raises:
        RequestError: there is something else.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    found = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else [folder.name]
    ours = {f"{PEOPLE}.parquet", f"{ENGAGEMENTS}.parquet"}
    if folder.is_dir() and not folder.is_symlink() and (not found or set(found) == ours):
        return
    other = next((n for n in found if n not in ours), found[0])
    raise RequestError(
        [
            Fault(
                "not-a-population",
                Text(
                    f"人材データ以外のもの（{other}）があるため、置き換えません",
                    f"it holds something else than a population ({other}), and is not replaced",
                ),
                Text(
                    "新しいフォルダ、空のフォルダ、または人材データだけのフォルダを指定してください",
                    "name a new folder, an empty one, or one that holds a population alone",
                ),
                file=str(folder),
            )
        ]
    )
