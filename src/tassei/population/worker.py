"""The rows of some people, in any order -> their verdicts: what runs inside an engine, once a part.

Needs this package beside the engine's Python and nothing of the engine. A row is about a person or an
engagement, in one of two structs; all rows of a person come to the same part. The program is built from
what the verdicts depend on, once in a process; where this installation would judge otherwise than the
one that asks, nothing is judged.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
from attrs import field, frozen

from tassei import __version__
from tassei.encoding.compiled import standards
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError, TasseiError
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.population.blocks import (
    Block,
    Told,
    bytes_of,
    check_ids,
    check_months,
    ids_of,
    misplaced,
)
from tassei.population.compiling import sources_digest
from tassei.population.merge import FINE, OF_NOBODY, PEOPLE_NOT_SORTED, starts_of
from tassei.population.schema import ENGAGEMENTS, PEOPLE
from tassei.population.workforce import Workforce
from tassei.text import Text


@frozen
class Order:
    """What is asked of a worker; as text on its way through the engine.

    Args:
        told: all that the verdicts depend on, as `Workforce.told` gives it.
        people, engagements: where the tables are, for faults.
        version: of the package that asks.
        kernel: digest of the code that judges populations there.
    """

    told: Mapping[str, Any]
    people: str
    engagements: str
    version: str = __version__
    kernel: str = field(factory=sources_digest)

    def dumps(self) -> str:
        """The order as text."""
        return json.dumps(attrs.asdict(self), ensure_ascii=False)


class Refused(Exception):
    """Faults, in a form that outlives the way through an engine: as JSON between marks."""

    MARKS = "<tassei-fault>", "</tassei-fault>"

    def __init__(self, faults: Iterable[Fault]) -> None:
        told = json.dumps([attrs.asdict(f) for f in faults])
        super().__init__(told.join(self.MARKS))

    @classmethod
    def read(cls, text: str) -> RequestError | None:
        """The faults in the words of an engine, if there are any."""
        _, mark, rest = text.partition(cls.MARKS[0])
        told, end, _ = rest.partition(cls.MARKS[1])
        if not mark or not end:
            return None
        try:
            found = json.loads(told)
        except ValueError:
            return None
        return RequestError(map(_fault, found))


def _fault(told: Mapping[str, Any]) -> Fault:
    texts = {name: Text(**told[name]) for name in ("what", "repair", "where")}
    parts: dict[str, Any] = {**told, **texts}
    return Fault(**parts)


def judged(order: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The verdicts of the people of one part, sorted by person.

    Args:
        order: an `Order` as text.

    Shape:
        In: `person`, and the structs `people` and `engagements`, of which one is null. Out: the table
        of verdicts with masks as signed numbers, since engines know no others; the bits are the same.

    Raises:
        Refused: the rows are faulty, or this installation is another one.
    """
    try:
        workforce, now, paths = _prepared(order)
        people, engagements = _rows(batches)
        if people is not None and engagements is not None:
            yield _signed(_judged(workforce, now, paths, people, engagements))
    except TasseiError as error:
        raise Refused(error.faults) from None


def signed(schema: pa.Schema) -> pa.Schema:
    """The columns of verdicts as engines write them."""
    return pa.schema(
        [f.with_type(pa.int64()) if f.type == pa.uint64() else f for f in schema]
    ).remove_metadata()


def _signed(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [c.view(pa.int64()) if c.type == pa.uint64() else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=signed(batch.schema))


@frozen
class _Table:
    """A table whose rows are known by their people, as an engine gives them in any order."""

    path: str
    ids: pa.Array

    def fault(self, code: str, what: Text, repair: Text, column: str, row: int) -> RequestError:
        person = self.ids[row].as_py()
        where = Text(f"列 {column}", f"column {column}")
        if person is not None:
            where = Text(f"{where.ja}、個人「{person}」", f'{where.en}, person "{person}"')
        return RequestError([Fault(code, what, repair, where, file=self.path)])


@frozen
class _Tables:
    people: Told
    engagements: Told


@cache
def _prepared(order: str) -> tuple[Workforce, Month, Mapping[str, str]]:
    """What an order asks for; kept, because a process judges many parts.

    Raises:
        RequestError: the package here is another one than that which asks.
    """
    asked = Order(**json.loads(order))
    everything = standards()
    try:
        workforce = _workforce(everything, asked.told)
        now = Month.parse(asked.told["as_of"])
        here = workforce.told(now)
    except TasseiError:
        # a reading or an edition that is not known here
        raise _differs(asked.version, "editions") from None
    wrong = [k for k in here if here[k] != asked.told.get(k)]
    if asked.kernel != sources_digest():
        wrong.append("kernel")
    if wrong:
        raise _differs(asked.version, ", ".join(wrong))
    return workforce, now, {PEOPLE: asked.people, ENGAGEMENTS: asked.engagements}


def _workforce(everything: Standards, told: Mapping[str, Any]) -> Workforce:
    """The program that the order was made with, its fields in the same order."""
    editions = tuple(told["editions"])
    whole = editions == tuple(e.id for e in everything.editions)
    readings = everything.readings_with(dict(told["readings"]))
    return Workforce(Judge(everything, readings, None if whole else editions))


def _differs(asked: str, what: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "workers-differ",
                Text(
                    f"ワーカーの tassei（{__version__}）が手元のもの（{asked}）と異なります: {what}",
                    f"tassei on the workers ({__version__}) is another one than here ({asked}): {what} differ",
                ),
                Text(
                    "手元と同じ tassei をワーカーに入れてください",
                    "install on the workers the very tassei that is here",
                ),
            )
        ]
    )


def _rows(
    batches: Iterable[pa.RecordBatch],
) -> tuple[pa.RecordBatch | None, pa.RecordBatch | None]:
    """The rows of both tables, each sorted by person; None where nothing came at all."""
    people, engagements = [], []
    for batch in batches:
        people.append(_of(batch, PEOPLE))
        engagements.append(_of(batch, ENGAGEMENTS))
    return _in_order(people), _in_order(engagements)


def _of(batch: pa.RecordBatch, table: str) -> pa.RecordBatch:
    """The rows about one table, as its columns."""
    found = batch.filter(batch[table].is_valid())
    columns = pa.RecordBatch.from_struct_array(found[table])
    return columns.add_column(0, "person", found["person"].cast(pa.string()))


def _in_order(batches: list[pa.RecordBatch]) -> pa.RecordBatch | None:
    if not batches:
        return None
    whole = pa.concat_batches(batches)
    return whole.sort_by("person")


def _judged(
    workforce: Workforce,
    now: Month,
    paths: Mapping[str, str],
    people: pa.RecordBatch,
    engagements: pa.RecordBatch,
) -> pa.RecordBatch:
    """The verdicts of people and engagements that are sorted by person."""
    tables = _Tables(
        _Table(paths[PEOPLE], people["person"]),
        _Table(paths[ENGAGEMENTS], engagements["person"]),
    )
    ids = ids_of(tables.people, people)
    names = ids_of(tables.engagements, engagements)
    start = np.zeros(len(ids) + 1, np.int64)
    used, status = starts_of(*bytes_of(ids), *bytes_of(names), start)
    if status == PEOPLE_NOT_SORTED:
        raise _doubled(tables.people, used, ids[used].as_py())
    if status != FINE or used < len(names):
        raise misplaced(tables.engagements, OF_NOBODY, used, names[used].as_py())
    check_ids(tables.engagements, engagements, start)
    check_months(tables.engagements, engagements, 0, now.number)
    verdicts = workforce.judge_block(Block(people, engagements, start, 0, 0), now, tables)
    return workforce.table(ids, verdicts)


def _doubled(table: Told, row: int, person: str) -> RequestError:
    return table.fault(
        "doubled-person",
        Text(f"「{person}」の行が2つ以上あります", f'there is more than one row of "{person}"'),
        Text(
            "1人1行にまとめるか、別のidを付けてください",
            "keep one row a person, or give one of them another id",
        ),
        "person",
        row,
    )
