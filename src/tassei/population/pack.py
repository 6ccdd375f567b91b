"""Evidence -> a folder of tables and back, without loss, however many people there are.

What comes back is written as the same evidence, to the order of engagements and the difference between
an empty list and one that is not recorded.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from tassei.errors import EvidenceError, Fault
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.framework.vocabulary import Vocabulary
from tassei.population.blocks import Population, Table
from tassei.population.rows import (
    Place,
    Row,
    amounts_too_large,
    engagement_of,
    engagement_rows,
    evidence_of,
    people_rows,
    rows_of,
)
from tassei.population.runs import Runs
from tassei.population.store import Writer
from tassei.text import Text

_AT_ONCE = 1024
"""People that are held as values at once."""
_ORDERED = 65_536
"""People that are put in order at once."""
_END_OF_TIME = Month.of(9999, 12)
"""Evidence may end in any month: whether work has begun is asked where it is judged."""
_MOST_FAULTS = 200


@frozen
class Packed:
    """How much was packed."""

    people: int
    engagements: int


def pack(
    evidence: Iterable[Evidence],
    folder: Path,
    vocabulary: Vocabulary,
    *,
    origin: Callable[[int], str] = lambda number: "",
) -> Packed:
    """Write the tables of these people, who may come in any order.

    Args:
        folder: a folder that does not exist, is empty, or holds a population to be replaced.
        origin: the file that the evidence of this number came from, for faults; numbers count
            from 0 in the order of `evidence`.

    Raises:
        EvidenceError: a person is there twice, or an amount is greater than a table can hold.
        RequestError: the folder holds something else, the place cannot be written, or the disk is
            full.
    """
    engagements = 0
    rest = iter(evidence)
    with (
        Writer(folder, vocabulary) as writer,
        tempfile.TemporaryDirectory(dir=writer.beside) as place,
    ):
        runs = Runs(Path(place))
        while some := list(islice(rest, _AT_ONCE)):
            faults = [
                f
                for number, e in enumerate(some, start=runs.people)
                for f in amounts_too_large(e, origin(number))
            ]
            if faults:
                raise EvidenceError(faults[:_MOST_FAULTS])
            works = engagement_rows(some, vocabulary)
            runs.add(people_rows(some), works)
            engagements += works.num_rows
        if doubled := runs.doubled():
            raise EvidenceError(
                _doubled(i, origin(a), origin(b)) for i, a, b in doubled[:_MOST_FAULTS]
            )
        for people, some_works in runs.merged(_ORDERED):
            writer.write(people, some_works)
    return Packed(runs.people, engagements)


def _doubled(person: str, first: str, second: str) -> Fault:
    both = (
        Text(f"{first} に2度あります", f"twice in {first}")
        if first == second
        else Text(f"{first} と {second} の両方にあります", f"both in {first} and in {second}")
    )
    return Fault(
        "doubled-person",
        Text(f"個人のid「{person}」が {both.ja}", f'the person "{person}" is {both.en}'),
        Text(
            "1人分の記録を1つにまとめるか、別のidを付けてください",
            "put the records of a person together, or give one of them another id",
        ),
        file=second,
    )


def unpack(folder: Path, vocabulary: Vocabulary) -> Iterator[Evidence]:
    """The evidence of everybody in a population, one person after the other.

    Raises:
        RequestError: the folder is no population, or a table does not have the agreed shape; the
            fault names file, column and row.
    """
    found = Population(folder, vocabulary)
    for block in found.blocks(_END_OF_TIME.number, _AT_ONCE):
        works = rows_of(found.engagements, block.first_engagement, block.engagements)
        counts = (block.start[1:] - block.start[:-1]).tolist()
        people = rows_of(found.people, block.first_person, block.people)
        for (place, row), count in zip(people, counts, strict=True):
            yield evidence_of(place, row, [engagement_of(*w) for w in islice(works, count)])


def person_of(folder: Path, person: str, vocabulary: Vocabulary) -> Evidence | None:
    """The evidence of one person, or None; only row groups that may hold the person are read.

    Raises:
        RequestError: the folder is no population, or a table does not have the agreed shape.
    """
    found = Population(folder, vocabulary)
    people = list(_about(found.people, person))
    if not people:
        return None
    works = [engagement_of(*w) for w in _about(found.engagements, person)]
    return evidence_of(*people[0], works)


def _about(table: Table, person: str) -> Iterator[tuple[Place, Row]]:
    """The rows of one person."""
    first = 0
    for path in table.files:
        file = pq.ParquetFile(path, memory_map=True)
        for number in range(file.metadata.num_row_groups):
            group = file.metadata.row_group(number)
            if _may_hold(group, person):
                people = file.read_row_group(number, columns=["person"])["person"]
                rows = pc.indices_nonzero(pc.equal(people, person))
                if len(rows):
                    begin, count = rows[0].as_py(), len(rows)
                    whole = file.read_row_group(number, columns=table.schema.names)
                    [batch] = whole.slice(begin, count).combine_chunks().to_batches()
                    yield from rows_of(table, first + begin, batch)
            first += group.num_rows


def _may_hold(group: pq.RowGroupMetaData, person: str) -> bool:
    """Whether a row group may have rows of a person, by the bounds in the footer."""
    for place in range(group.num_columns):
        column = group.column(place)
        if column.path_in_schema == "person":
            bounds = column.statistics
            if bounds is None or not bounds.has_min_max:
                return True
            return bool(bounds.min.encode() <= person.encode() <= bounds.max.encode())
    return True
