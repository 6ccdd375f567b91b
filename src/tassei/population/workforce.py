"""Judging everybody: rules in, a table of verdicts out, with memory that does not grow."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from tassei.encoding.compiled import engine_digest
from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, Rung, known_of
from tassei.population.blocks import Block, Population, Tables
from tassei.population.columns import UnknownValue, people_columns, work_columns
from tassei.population.kernel import Verdicts, empty_verdicts, judge
from tassei.population.program import Codebook, Program, program_of
from tassei.population.schema import ENGAGEMENTS, PEOPLE, VERSION
from tassei.text import Text

VERDICTS = "tassei/verdicts/1"
UNREAD = frozenset({"title", "name", "unit"})
"""Columns that nothing in judging asks about; by the ids, rows that are there twice are found."""


@frozen
class Field:
    """A specialty field in a table of verdicts.

    Args:
        path: `EDITION/FIELD`, the name of its column.
        levels: ascending.
    """

    path: str
    levels: tuple[int, ...]


class Workforce:
    """The rules of a `Judge` as a program of the kernel.

    Args:
        judge: says which editions and under which readings.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.rungs = judge.rungs
        paths = list(dict.fromkeys(map(_field_path, self.rungs)))
        self.fields = tuple(
            Field(p, tuple(sorted(r.level for r in self.rungs if _field_path(r) == p)))
            for p in paths
        )
        places = [(paths.index(_field_path(r)), r.level) for r in self.rungs]
        built = program_of([r.rule for r in self.rungs], known_of(judge.standards), places)
        self.program: Program = built[0]
        self.book: Codebook = built[1]

    def judge_block(self, block: Block, now: Month, population: Tables) -> Verdicts:
        """The verdicts of a block's people, in their order.

        Raises:
            RequestError: a table holds a word that the standard does not know.
        """
        try:
            people = people_columns(block.people, self.book)
        except UnknownValue as error:
            raise _unknown_value(population, PEOPLE, error, block.first_person) from None
        try:
            works = work_columns(block.engagements, block.start, self.book)
        except UnknownValue as error:
            raise _unknown_value(population, ENGAGEMENTS, error, block.first_engagement) from None
        verdicts = empty_verdicts(len(block.people), self.program)
        judge(people, works, self.program, now.number, verdicts)
        return verdicts

    def judge_all(
        self,
        population: Population,
        now: Month,
        threads: int | None = None,
        told: Callable[[int], None] = lambda _: None,
    ) -> Iterator[pa.RecordBatch]:
        """A batch of the table of verdicts for each block, in order.

        Args:
            threads: how many blocks are judged at once; as many as there are processors where
                left out.
            told: called with the number of people whenever more have been judged.

        Raises:
            RequestError: as `Population.blocks` and `judge_block`.
        """
        threads = threads or os.cpu_count() or 1
        with ThreadPoolExecutor(threads) as pool:
            waiting: deque[tuple[pa.Array, Future[Verdicts]]] = deque()
            try:
                for block in population.blocks(now.number, without=UNREAD):
                    future = pool.submit(self.judge_block, block, now, population)
                    waiting.append((block.people["person"], future))
                    if len(waiting) > threads:
                        yield self._batch(*waiting.popleft(), told)
                while waiting:
                    yield self._batch(*waiting.popleft(), told)
            finally:
                for _, future in waiting:
                    future.cancel()

    @cached_property
    def schema(self) -> pa.Schema:
        """Columns of the table of verdicts.

        `person`; for each field a struct of the highest level that is `sure` and that is
        `possible`, 0 for none; `met_0`, `possible_0`, … hold one bit a rung, in the order of `rungs` in
        the metadata of the schema.
        """
        return verdicts_schema([f.path for f in self.fields], self._words)

    def described(self, now: Month) -> pa.Schema:
        """The schema, with all that the verdicts depend on."""
        told = json.dumps(self.told(now), ensure_ascii=False)
        return self.schema.with_metadata({"tassei": told})

    def told(self, now: Month) -> dict[str, Any]:
        """All that the verdicts depend on, as plain data."""
        standards = self.judge.standards
        return {
            "schema": VERDICTS,
            "as_of": str(now),
            "readings": dict(self.judge.readings),
            "editions": {e.id: standards.digests.get(e.id, "") for e in self.judge.editions},
            "engine": engine_digest(),
            "population": VERSION,
            "rungs": [f"{_field_path(r)}/{r.level}" for r in self.rungs],
        }

    @property
    def _words(self) -> int:
        return -(-len(self.rungs) // 64)

    def _batch(
        self, ids: pa.Array, future: "Future[Verdicts]", told: Callable[[int], None]
    ) -> pa.RecordBatch:
        verdicts = future.result()
        told(len(ids))
        return self.table(ids, verdicts)

    def table(self, ids: pa.Array, verdicts: Verdicts) -> pa.RecordBatch:
        """Verdicts as a batch of the table."""
        columns = [ids.cast(pa.string())]
        for number in range(len(self.fields)):
            levels = [pa.array(verdicts.levels[world, number]) for world in (0, 1)]
            columns.append(pa.StructArray.from_arrays(levels, _WORLDS_OF_LEVELS))
        for word in range(self._words):
            columns += [
                pa.array(np.ascontiguousarray(verdicts.rungs[world, :, word])) for world in (0, 1)
            ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)


def verdicts_schema(fields: Iterable[str], words: int) -> pa.Schema:
    """Columns of a table of verdicts about these fields, with so many words of masks."""
    level = pa.struct([pa.field("sure", pa.int8()), pa.field("possible", pa.int8())])
    masks = [pa.field(f"{w}_{n}", pa.uint64()) for n in range(words) for w in _WORLDS]
    return pa.schema(
        [pa.field("person", pa.string(), nullable=False)]
        + [pa.field(path, level) for path in fields]
        + masks
    )


_WORLDS = ("met", "possible")
_WORLDS_OF_LEVELS = ("sure", "possible")


def write_verdicts(
    workforce: Workforce,
    population: Population,
    now: Month,
    out: Path,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Judge everybody and write the table of verdicts, whole or not at all; returns how many people.

    Raises:
        RequestError: bad input, or a place that cannot be written.
    """
    from tassei.population.writing import parquet_file

    with parquet_file(out, workforce.described(now)) as write:
        people = 0
        for batch in workforce.judge_all(population, now, told=told):
            write(batch)
            people += len(batch)
        return people


def _field_path(rung: Rung) -> str:
    return rung.edition.qualified(rung.field_id)


def _unknown_value(population: Tables, name: str, error: UnknownValue, before: int) -> RequestError:
    table = population.people if name == PEOPLE else population.engagements
    return table.fault(
        "unknown-value",
        Text(f"「{error.value}」を知りません", f'nobody knows "{error.value}"'),
        Text(
            "標準の語彙にあるIDを書いてください（tassei show で確かめられます）",
            "write an id of the standard's vocabulary (`tassei show` tells them)",
        ),
        error.column,
        before + error.row,
    )
