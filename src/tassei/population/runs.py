"""Putting people in order who come in any order, with memory for a few batches only.

Portions are sorted and laid down as runs on disk; then, cut by cut of the sorted ids, the rows up to the
cut are taken from every run and sorted together. Of all people only the ids are kept in memory.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

ROWS_IN_RUN = 65_536
"""People in a run."""
_NUMBER = pa.field("number", pa.int64())
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


@define
class Runs:
    """Rows of people and of their engagements, in runs that are sorted by person.

    Args:
        folder: where the runs are kept; whoever makes it takes it away.
    """

    folder: Path
    people: int = 0
    _waiting: list[tuple[pa.Table, pa.Table]] = field(factory=list)
    _waiting_people: int = 0
    _ids: list[pa.ChunkedArray] = field(factory=list)
    _numbers: list[pa.ChunkedArray] = field(factory=list)
    _runs: int = 0

    def add(self, people: pa.RecordBatch, engagements: pa.RecordBatch) -> None:
        """Add people behind those added before, with all their engagements."""
        numbers = pa.array(range(self.people, self.people + people.num_rows), pa.int64())
        numbered = pa.Table.from_batches([people]).append_column(_NUMBER, numbers)
        self._waiting.append((numbered, pa.Table.from_batches([engagements])))
        self._waiting_people += people.num_rows
        self.people += people.num_rows
        if self._waiting_people >= ROWS_IN_RUN:
            self._lay_down()

    def doubled(self) -> list[tuple[str, int, int]]:
        """People who were added twice: the id, and the numbers of two of their additions."""
        self._lay_down()
        if not self._ids:
            return []
        ids, numbers = _joined(self._ids), _joined(self._numbers)
        # the earlier addition first
        order = pc.sort_indices(
            pa.table({"p": ids, "n": numbers}), [("p", "ascending"), ("n", "ascending")]
        )
        sorted_ids, sorted_numbers = ids.take(order), numbers.take(order)
        same = pc.indices_nonzero(pc.equal(sorted_ids[1:], sorted_ids[:-1])).to_pylist()
        return [
            (sorted_ids[i].as_py(), sorted_numbers[i].as_py(), sorted_numbers[i + 1].as_py())
            for i in same
        ]

    def merged(self, rows: int) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
        """All rows in the order of the ids, so many people at once."""
        self._lay_down()
        if not self._ids:
            return
        ids = _joined(self._ids)
        ids = ids.take(pc.sort_indices(ids))
        cuts = [ids[min(n + rows, len(ids)) - 1] for n in range(0, len(ids), rows)]
        del ids
        with ExitStack() as opened:
            sources = [
                [_Run(opened, self._path(name, n)) for n in range(self._runs)]
                for name in ("people", "engagements")
            ]
            for cut in cuts:
                people, engagements = (_in_order([r.upto(cut) for r in runs]) for runs in sources)
                yield _one(people.drop_columns(["number"])), _one(engagements)

    def _lay_down(self) -> None:
        if not self._waiting:
            return
        people = _in_order([p for p, _ in self._waiting])
        engagements = _in_order([e for _, e in self._waiting])
        for name, table in (("people", people), ("engagements", engagements)):
            with pa.ipc.new_stream(
                self._path(name, self._runs), table.schema, options=_OPTIONS
            ) as run:
                run.write_table(table, max_chunksize=4096)
        self._ids.append(people["person"])
        self._numbers.append(people["number"])
        self._runs += 1
        self._waiting, self._waiting_people = [], 0

    def _path(self, name: str, number: int) -> str:
        return str(self.folder / f"{name}-{number}")


class _Run:
    """One run, read from its beginning as far as is asked for."""

    def __init__(self, opened: ExitStack, path: str) -> None:
        self._reader = opened.enter_context(
            pa.ipc.open_stream(opened.enter_context(pa.OSFile(path)))
        )
        self._rest = pa.Table.from_batches([], self._reader.schema)
        self._ended = False

    def upto(self, cut: pa.Scalar) -> pa.Table:
        """The rows that have not been taken yet, to the last of the person `cut`."""
        found = []
        while True:
            count = pc.sum(pc.less_equal(self._rest["person"], cut)).as_py() or 0
            found.append(self._rest.slice(0, count))
            self._rest = self._rest.slice(count)
            if self._rest.num_rows or self._ended:
                return pa.concat_tables(found)
            try:
                self._rest = pa.Table.from_batches([self._reader.read_next_batch()])
            except StopIteration:
                self._ended = True


def _joined(arrays: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([c for a in arrays for c in a.chunks])


def _in_order(tables: list[pa.Table]) -> pa.Table:
    """The rows of all tables by person; those of one person keep their order."""
    table = pa.concat_tables(tables)
    return table.take(pc.sort_indices(table, [("person", "ascending")]))


def _one(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], table.schema)
