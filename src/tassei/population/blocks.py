"""A folder of Parquet tables -> blocks of people, each with all of their engagements.

Reading is a merge of two sorted tables, so memory is that of a block. Every fault is told with the
file, the column and the row, counted from 1.
"""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen
from numpy.typing import NDArray

from tassei.errors import Fault, RequestError
from tassei.framework.vocabulary import Vocabulary
from tassei.population.merge import (
    FINE,
    NOT_SORTED,
    OF_NOBODY,
    PEOPLE_NOT_SORTED,
    doubled,
    starts_of,
    wrong_month,
)
from tassei.population.schema import ENGAGEMENTS, PEOPLE, engagements_schema, people_schema
from tassei.text import Text

PEOPLE_A_BLOCK = 32_768


@frozen
class Block:
    """Some people and all of their engagements.

    Args:
        engagements: with their ids, whether or not these are asked for.
        start: (people + 1) where the engagements of each person begin.
        first_person, first_engagement: rows of the tables that come before those of the block.
    """

    people: pa.RecordBatch
    engagements: pa.RecordBatch
    start: NDArray[np.int64]
    first_person: int
    first_engagement: int


class Told(Protocol):
    """A table as faults name it."""

    def fault(self, code: str, what: Text, repair: Text, column: str, row: int) -> RequestError:
        """A fault in a row, which is counted from 0."""


class Tables(Protocol):
    """Both tables of a population, as faults name them."""

    @property
    def people(self) -> Told: ...

    @property
    def engagements(self) -> Told: ...


class Population:
    """The tables of a folder, checked for their columns.

    Raises:
        RequestError: the folder or a table is missing or broken, or a column is missing or of
            another type.
    """

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self.folder = folder
        self.people = Table(folder, PEOPLE, people_schema())
        self.engagements = Table(folder, ENGAGEMENTS, engagements_schema(vocabulary))

    def __len__(self) -> int:
        """How many people there are."""
        return self.people.rows

    def blocks(
        self, now: int, size: int = PEOPLE_A_BLOCK, without: Container[str] = ()
    ) -> Iterator[Block]:
        """Everybody, block by block.

        Args:
            now: the month of the judgement, counted as `Month.number` counts.
            without: columns that are not needed.

        Raises:
            RequestError: rows are not sorted, there twice, of nobody, or of a month that is none.
        """
        left_out = [c for c in self.engagements.schema.names if c in without]
        engagements = self.engagements.batches(8 * size, left_out)
        pending = self.engagements.none(left_out)
        before = seen = 0
        previous = ""
        for people in self.people.batches(size, without):
            ids = ids_of(self.people, people, before)
            if len(people) == 0:
                continue
            if before and ids[0].as_py().encode() <= previous.encode():
                raise self._not_sorted(ids, 0, before)
            while True:
                names = ids_of(self.engagements, pending, seen)
                start = np.zeros(len(ids) + 1, np.int64)
                used, status = starts_of(*bytes_of(ids), *bytes_of(names), start)
                if status == PEOPLE_NOT_SORTED:
                    raise self._not_sorted(ids, used, before)
                if status != FINE:
                    raise misplaced(self.engagements, status, seen + used, names[used].as_py())
                if used < len(pending) or (more := next(engagements, None)) is None:
                    break
                pending = pa.concat_batches([pending, more]) if len(pending) else more
            mine = pending.slice(0, used)
            check_ids(self.engagements, mine, start, seen)
            check_months(self.engagements, mine, seen, now)
            yield Block(people, mine, start, before, seen)
            pending = pending.slice(used)
            before, seen, previous = before + len(people), seen + used, ids[-1].as_py()
        if not len(pending):
            pending = next(engagements, pending)
        if len(pending):
            raise misplaced(self.engagements, OF_NOBODY, seen, pending["person"][0].as_py())

    def _not_sorted(self, ids: pa.Array, row: int, before: int) -> RequestError:
        found = ids[row].as_py()
        return self.people.fault(
            "people-not-sorted",
            Text(
                f"「{found}」は前の行の人と同じか、それより前に並ぶべき人です",
                f'"{found}" is the person of the row before, or belongs before it',
            ),
            Text(
                "person の昇順（UTF-8のバイト順）に、1人1行で並べてください",
                "sort by `person` (bytes of UTF-8), one row a person",
            ),
            "person",
            before + row,
        )


class Table:
    """One table of a population: a Parquet file, or a folder of them in the order of their names."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema) -> None:
        self.schema = schema
        whole, parts = folder / f"{name}.parquet", folder / name
        self.files = [whole] if whole.is_file() else sorted(parts.glob("*.parquet"))
        if not self.files:
            raise no_table(str(folder), name)
        self.rows = sum(self._checked(file) for file in self.files)

    def none(self, without: Container[str] = ()) -> pa.RecordBatch:
        """A batch without rows."""
        return pa.RecordBatch.from_pylist(
            [], pa.schema([f for f in self.schema if f.name not in without])
        )

    def batches(self, size: int, without: Container[str] = ()) -> Iterator[pa.RecordBatch]:
        """The rows in order; words that repeat come as dictionaries."""
        names = [n for n in self.schema.names if n not in without]
        for file in self.files:
            try:
                with _open(file, as_words=True) as reader, _open(file) as plain:
                    for group in range(reader.num_row_groups):
                        for batch in _of_group(reader, plain, group, size, names):
                            yield batch.select(names)
            except (OSError, pa.ArrowException) as error:
                raise _broken(file, error) from None

    def fault(self, code: str, what: Text, repair: Text, column: str, row: int) -> RequestError:
        """A fault in a row, which is counted from 0 over all files of the table."""
        file = self.files[0]
        for file in self.files:
            rows = _open(file).metadata.num_rows
            if row < rows:
                break
            row -= rows
        where = Text(f"列 {column}、{row + 1}行目", f"column {column}, row {row + 1}")
        return RequestError([Fault(code, what, repair, where, file=str(file))])

    def _checked(self, file: Path) -> int:
        """Check the columns of a file; returns its number of rows."""
        found = _open(file)
        check_columns(str(file), self.schema, found.schema_arrow)
        return int(found.metadata.num_rows)


def check_columns(file: str, wanted: pa.Schema, found: pa.Schema) -> None:
    """Check the columns of a table; others may stand beside those that are wanted.

    Raises:
        RequestError: a column is missing or of another type.
    """
    columns = {f.name: f.type for f in found}
    faults = []
    for column in wanted:
        if column.name not in columns:
            faults.append(_missing(file, column.name))
            continue
        faults += _wrong_types(file, column.name, column.type, columns[column.name])
    if faults:
        raise RequestError(faults)


def _of_group(
    reader: pq.ParquetFile, plain: pq.ParquetFile, group: int, size: int, names: list[str]
) -> Iterator[pa.RecordBatch]:
    """The rows of a row group; each has dictionaries of its own, so no batch goes beyond one."""
    told = 0
    try:
        for batch in reader.iter_batches(size, row_groups=[group], columns=names):
            told += len(batch)
            yield batch
    except pa.ArrowNotImplementedError:
        # a writer may give up a dictionary in the middle of a row group, where Arrow cannot follow
        for batch in plain.iter_batches(size, row_groups=[group], columns=names):
            skipped = min(told, len(batch))
            told -= skipped
            if skipped < len(batch):
                yield batch.slice(skipped)


def _open(file: Path, as_words: bool = False) -> pq.ParquetFile:
    try:
        # mapped, the pages of a file that have been read would stay with the process
        found = pq.ParquetFile(file)
        if not as_words:
            return found
        leaves = (found.schema.column(n) for n in range(len(found.schema)))
        # these differ nearly everywhere, so a dictionary would only cost
        texts = [c.path for c in leaves if c.physical_type == "BYTE_ARRAY"]
        words = [c for c in texts if c not in ("person", "id")]
        return pq.ParquetFile(file, read_dictionary=words)
    except (OSError, pa.ArrowException) as error:
        raise _broken(file, error) from None


def _kind(type_: pa.DataType) -> Text | None:
    """What a column holds, in the words of the schema; None for what no column holds."""
    types = pa.types
    if types.is_dictionary(type_):
        return _kind(type_.value_type)
    if types.is_string(type_) or types.is_large_string(type_):
        return Text("文字列", "text")
    if types.is_integer(type_):
        return Text("整数", "integer")
    if types.is_boolean(type_):
        return Text("真偽", "true or false")
    return None


def _is_list(type_: pa.DataType) -> bool:
    return bool(pa.types.is_list(type_) or pa.types.is_large_list(type_))


def _wrong_types(file: str, path: str, wanted: pa.DataType, found: pa.DataType) -> list[Fault]:
    """What does not fit; a struct of sizes may lack measures, and may not have unknown ones."""
    if _is_list(wanted):
        if not _is_list(found):
            return [_wrong_type(file, path, Text("リスト", "list"), found)]
        return _wrong_types(file, path, wanted.value_type, found.value_type)
    if pa.types.is_struct(wanted):
        if not pa.types.is_struct(found):
            return [_wrong_type(file, path, Text("構造体", "struct"), found)]
        members = {f.name: f.type for f in found}
        known = {f.name: f.type for f in wanted}
        faults = [
            fault
            for name, type_ in known.items()
            if name in members
            for fault in _wrong_types(file, f"{path}.{name}", type_, members[name])
        ]
        if path == "size":
            faults += [
                _unknown_size(file, f"{path}.{name}") for name in members if name not in known
            ]
        else:
            faults += [_missing(file, f"{path}.{name}") for name in known if name not in members]
        return faults
    if _kind(found) == (kind := _kind(wanted)):
        return []
    assert kind is not None, "every column of the schema has a kind"
    return [_wrong_type(file, path, kind, found)]


def _missing(file: str, column: str) -> Fault:
    return Fault(
        "missing-column",
        Text(f"列 {column} がありません", f"the column {column} is missing"),
        Text(
            "分からない値は、列ごと省かずに null にしてください",
            "give unknown values as null; do not leave the column out",
        ),
        file=file,
    )


def _wrong_type(file: str, column: str, wanted: Text, found: pa.DataType) -> Fault:
    return Fault(
        "wrong-column-type",
        Text(
            f"列 {column} は{wanted.ja}のはずですが、{found} です",
            f"the column {column} should hold {wanted.en}, and is {found}",
        ),
        Text(
            "docs/ja/reference/population.md の型に合わせてください",
            "use the type given in docs/reference/population.md",
        ),
        file=file,
    )


def _unknown_size(file: str, column: str) -> Fault:
    return Fault(
        "unknown-measure",
        Text(f"{column} という規模はありません", f"there is no measure {column}"),
        Text(
            "規模の名前は tassei show で確かめられます",
            "`tassei show` tells which measures there are",
        ),
        file=file,
    )


def no_table(folder: str, name: str) -> RequestError:
    """A folder that has no such table."""
    return RequestError(
        [
            Fault(
                "no-table",
                Text(
                    f"{name}.parquet も、フォルダ {name} の中の *.parquet もありません",
                    f"there is neither {name}.parquet nor a folder {name} with *.parquet files",
                ),
                Text(
                    "tassei population pack か generate で作れます",
                    "make one with `tassei population pack` or `generate`",
                ),
                file=folder,
            )
        ]
    )


def _broken(file: Path, error: Exception) -> RequestError:
    return RequestError(
        [
            Fault(
                "broken-table",
                Text(
                    f"Parquetとして読めません（{_first_line(error)}）",
                    f"it cannot be read as Parquet ({_first_line(error)})",
                ),
                Text("ファイルを作り直してください", "make the file anew"),
                file=str(file),
            )
        ]
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def ids_of(table: Told, batch: pa.RecordBatch, before: int = 0) -> pa.Array:
    """The people that the rows of a batch are about.

    Args:
        before: rows of the table that come before those of the batch.

    Raises:
        RequestError: one is null.
    """
    ids = batch["person"]
    if ids.null_count:
        row = before + int(np.flatnonzero(ids.is_null())[0])
        raise table.fault(
            "null-person",
            Text("人のIDがありません", "the id of the person is null"),
            Text("すべての行に person を入れてください", "give every row a `person`"),
            "person",
            row,
        )
    return ids


def check_ids(
    table: Told, batch: pa.RecordBatch, start: NDArray[np.int64], before: int = 0
) -> None:
    """Check that each engagement of a person has an id of its own.

    Args:
        start: (people + 1) where the engagements of each person begin.
        before: rows of the table that come before those of the batch.

    Raises:
        RequestError: an id is null, or there twice.
    """
    ids = batch["id"]
    if ids.null_count:
        raise table.fault(
            "null-id",
            Text("業務のidがありません", "the id of the engagement is null"),
            Text("すべての行に id を入れてください", "give every row an `id`"),
            "id",
            before + int(np.flatnonzero(ids.is_null())[0]),
        )
    room = 1 << int(np.diff(start).max(initial=0)).bit_length()
    row = doubled(*bytes_of(ids), start, np.full(room, -1), np.zeros(room, np.int64))
    if row < 0:
        return
    person, found = batch["person"][row].as_py(), ids[row].as_py()
    raise table.fault(
        "doubled-row",
        Text(
            f"「{person}」の業務「{found}」が2行あります",
            f'there are two rows of engagement "{found}" of "{person}"',
        ),
        Text(
            "同じ業務であれば1行にし、別の業務であれば別のidを付けてください",
            "keep one row, or give one of them another id if they are different work",
        ),
        "id",
        before + row,
    )


def check_months(table: Told, batch: pa.RecordBatch, before: int, now: int) -> None:
    """Check the periods of the engagements of a batch.

    Args:
        before: rows of the table that come before those of the batch.
        now: the month of the judgement, counted as `Month.number` counts.

    Raises:
        RequestError: a month is none, or a period ends before it begins or begins after now.
    """
    first, last = (
        batch[c].fill_null(-1).to_numpy(zero_copy_only=False) for c in ("from_month", "to_month")
    )
    row = wrong_month(first, last, now)
    if row < 0:
        return
    found = (batch["from_month"][row].as_py(), batch["to_month"][row].as_py())
    raise table.fault(
        "wrong-months",
        Text(
            f"{found[0]} から {found[1] or '現在'} までは、基準月までの期間ではありません",
            f"from {found[0]} to {found[1] or 'now'} is no time up to the month of the judgement",
        ),
        Text(
            "201904 の形の年月で、始まりは終わりと基準月を超えないようにしてください",
            "give months like 201904, the first neither after the last nor after the month of the judgement",
        ),
        "from_month, to_month",
        before + row,
    )


def misplaced(table: Told, status: int, row: int, person: str) -> RequestError:
    """An engagement that does not follow the people."""
    if status == NOT_SORTED:
        return table.fault(
            "engagements-not-sorted",
            Text(
                f"「{person}」の業務が、前の行の人より前に並ぶべきところにあります",
                f'the engagement of "{person}" belongs before that of the row before',
            ),
            Text(
                "people と同じ順（person の昇順、UTF-8のバイト順）に並べてください",
                "sort like the people: by `person`, bytes of UTF-8",
            ),
            "person",
            row,
        )
    return table.fault(
        "engagement-of-nobody",
        Text(f"people に「{person}」という人はいません", f'there is no person "{person}"'),
        Text(
            "people に加えるか、業務を除いてください",
            "add the person to the people, or take the engagement out",
        ),
        "person",
        row,
    )


def bytes_of(ids: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Where each string begins, and the bytes of all of them."""
    if not pa.types.is_string(ids.type):
        ids = ids.cast(pa.string())
    _, offsets, data = ids.buffers()
    if data is None:
        return np.zeros(len(ids) + 1, np.int32), np.zeros(0, np.uint8)
    starts = np.frombuffer(offsets, np.int32)[ids.offset : ids.offset + len(ids) + 1]
    return starts, np.frombuffer(data, np.uint8)
