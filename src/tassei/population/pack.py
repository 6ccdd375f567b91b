"""Evidence -> a folder of tables and back, without loss, however many people there are.

What comes back is written as the same evidence, to the order of engagements and the difference between
an empty list and one that is not recorded.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from attrs import frozen

from tassei.errors import EvidenceError, Fault
from tassei.evidence.model import Engagement, Evidence
from tassei.framework.vocabulary import Vocabulary
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
from tassei.population.store import BATCH, Table, Writer, open_population
from tassei.text import Text

_AT_ONCE = 1024
"""People that are held as values at once."""
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
        RequestError: the folder holds something else.
        OSError: the disk is full, or the place cannot be written.
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
        for people, some_works in runs.merged(BATCH):
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
        Text(f"個人のid「{person}」が{both.ja}", f'the person "{person}" is {both.en}'),
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
    found = open_population(folder, vocabulary)
    works = _Works(found.engagements)
    before: str | None = None
    for place, row in _rows(found.people):
        person: str = row["person"]
        if before is not None and person.encode() <= before.encode():
            raise _disordered(place, person, before)
        before = person
        yield evidence_of(place, row, works.of(person))
    works.finish()


def person_of(folder: Path, person: str, vocabulary: Vocabulary) -> Evidence | None:
    """The evidence of one person, or None; only row groups that may hold the person are read.

    Raises:
        RequestError: the folder is no population, or a table does not have the agreed shape.
    """
    found = open_population(folder, vocabulary)
    people = [r for portion in found.people.about(person) for r in rows_of(portion)]
    if not people:
        return None
    works = [
        engagement_of(place, row)
        for portion in found.engagements.about(person)
        for place, row in rows_of(portion)
    ]
    return evidence_of(*people[0], works)


def _rows(table: Table) -> Iterator[tuple[Place, Row]]:
    for portion in table.portions(rows=_AT_ONCE):
        yield from rows_of(portion)


class _Works:
    """The engagements of a population, taken person by person."""

    def __init__(self, table: Table) -> None:
        self._rows = _rows(table)
        self._next = next(self._rows, None)
        self._before = ""

    def of(self, person: str) -> list[Engagement]:
        """The engagements of the next person; those of persons before must have been taken."""
        found = []
        while self._next is not None and (key := self._next[1]["person"]) <= person:
            place, row = self._next
            if key != person:
                raise self._out_of_place(place, key)
            found.append(engagement_of(place, row))
            self._before = key
            self._next = next(self._rows, None)
        return found

    def finish(self) -> None:
        """Nothing may be left once everybody has been asked for."""
        if self._next is not None:
            raise self._out_of_place(self._next[0], self._next[1]["person"])

    def _out_of_place(self, place: Place, person: str) -> Exception:
        if person.encode() < self._before.encode():
            return _disordered(place, person, self._before)
        return place.fault(
            "engagement-of-nobody",
            Text(
                f"「{person}」はpeopleの表にいません",
                f'there is no "{person}" in the table of people',
            ),
            Text(
                "その人をpeopleの表に加えるか、業務を取り除いてください",
                "add the person to the table of people, or take the engagement out",
            ),
        )


def _disordered(place: Place, person: str, before: str) -> Exception:
    if person == before:
        return place.fault(
            "doubled-person",
            Text(f"個人のid「{person}」が2行あります", f'the person "{person}" has two rows'),
            Text("1人を1行にしてください", "write one row a person"),
        )
    return place.fault(
        "not-sorted",
        Text(
            f"「{person}」が「{before}」の後にあります",
            f'"{person}" stands behind "{before}"',
        ),
        Text(
            "個人のid（UTF-8のバイト順）で並べ替えてください",
            "sort the rows by the id of the person, by the bytes of UTF-8",
        ),
    )
