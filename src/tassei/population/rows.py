"""Evidence -> rows of the tables, and rows -> evidence: the meaning of every column, in both directions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
from attrs import frozen

from tassei.errors import Fault, RequestError
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import EARLIEST_YEAR, Month
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Vocabulary
from tassei.population.blocks import Table
from tassei.population.lists import relisted
from tassei.population.schema import HOLDINGS, engagements_schema, people_schema
from tassei.text import Text

GREATEST = 2**63 - 1
"""The greatest amount that a column of the tables holds."""
_ROLES = {r.id: r for r in Role}
_DEPTHS = {d.id: d for d in Depth}
Row = Mapping[str, Any]


# --- evidence -> rows


def people_rows(evidence: Sequence[Evidence]) -> pa.RecordBatch:
    """One row a person, in the order given."""
    return _batch([_person(e) for e in evidence], people_schema())


def engagement_rows(evidence: Sequence[Evidence], vocabulary: Vocabulary) -> pa.RecordBatch:
    """One row an engagement, person by person in the order given.

    Raises:
        ValueError: a size names what the vocabulary does not have.
    """
    schema = engagements_schema(vocabulary)
    sizes = frozenset(f.name for f in schema.field("size").type)
    rows = [_work(e, w) for e in evidence for w in e.engagements or ()]
    for row in rows:
        if unknown := (row["size"] or {}).keys() - sizes:
            raise ValueError(f"no measure or scale is called {sorted(unknown)}")
    return _batch(rows, schema)


def _batch(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array([row[f.name] for row in rows], f.type) for f in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _person(evidence: Evidence) -> dict[str, Any]:
    person, professional = evidence.person, evidence.professional
    areas, succession, skills = professional.areas, professional.succession, evidence.skills
    return {
        "person": person.id,
        # a person without a name goes by the id
        "name": None if person.name == person.id else person.name,
        "unit": person.unit,
        "written_for": evidence.written_for,
        "engagements_listed": evidence.engagements is not None,
        "areas": None
        if areas is None
        else [{"area": a, "depth": Depth(d).id} for a, d in sorted(areas.items())],
        "succession": None
        if succession is None
        else [{"kind": w.kind, "title": w.title or None, "on": _written(w.on)} for w in succession],
        "mentoring": professional.mentoring,
        "examinations": None
        if evidence.examinations is None
        else [{"name": x.name, "passed": _written(x.passed)} for x in evidence.examinations],
        "skills": None
        if skills is None
        else [{"skill": s, "level": n} for s, n in sorted(skills.items())],
        "knowledge": None if evidence.knowledge is None else sorted(evidence.knowledge),
    }


def _work(evidence: Evidence, work: Engagement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "person": evidence.person.id,
        "id": work.id,
        "title": work.title or None,
        "fields": None if work.fields is None else sorted(work.fields),
        "from_month": _written(work.first),
        "to_month": _written(work.last),
        "role": None if work.role is None else work.role.id,
        "supervised": work.supervised,
        "succeeded": work.succeeded,
        "size": dict(work.size) or None,
    }
    for name in HOLDINGS:
        holding: Holding | None = getattr(work, name)
        partial = holding is not None and not holding.complete
        row[name] = None if holding is None else sorted(holding.true)
        row[f"{name}_not"] = sorted(holding.false) if holding is not None and partial else None
    return row


def amounts_too_large(evidence: Evidence, file: str) -> Iterator[Fault]:
    """A fault for each amount that a column cannot hold."""
    for work in evidence.engagements or ():
        for name, value in work.size.items():
            if isinstance(value, int) and value > GREATEST:
                yield Fault(
                    "amount-too-large",
                    Text(
                        f"{name} が大きすぎます。{GREATEST:,} までにしてください",
                        f"{name} is too large; the greatest amount is {GREATEST:,}",
                    ),
                    Text("桁を確かめてください", "check the number of digits"),
                    Text(
                        f"{evidence.person.id}の業務「{work.id}」",
                        f'engagement "{work.id}" of {evidence.person.id}',
                    ),
                    file,
                )


def _written(month: Month | None) -> int | None:
    return None if month is None else month.year * 100 + month.month


# --- rows -> evidence


@frozen
class Place:
    """A row of a table, for faults; rows count from 0 over all files of the table."""

    table: Table
    row: int

    def broken(self, column: str, value: object, expected: Text) -> RequestError:
        """A value that is none that the column may have."""
        return self.table.fault(
            "broken-value",
            Text(f"値「{value}」は{expected.ja}ではありません", f'"{value}" is not {expected.en}'),
            Text("元のデータを確かめてください", "check where the data come from"),
            column,
            self.row,
        )


def rows_of(table: Table, first: int, batch: pa.RecordBatch) -> Iterator[tuple[Place, Row]]:
    """The rows of a batch with their places.

    Args:
        first: the number of the batch's first row in the table, from 0.
    """
    columns = [_plain(batch.column(f.name), f.type).to_pylist() for f in table.schema]
    for number, values in enumerate(zip(*columns, strict=True), start=first):
        yield Place(table, number), dict(zip(table.schema.names, values, strict=True))


def _plain(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """The values without dictionaries, which are slow to take apart one by one."""
    if pa.types.is_dictionary(values.type):
        return values.dictionary_decode()
    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        return relisted(values, _plain(values.flatten(), wanted.value_type))
    if pa.types.is_struct(values.type):
        parts = [
            _plain(values.field(f.name), f.type)
            if values.type.get_field_index(f.name) >= 0
            # a measure that is newer than the file is not recorded in it
            else pa.nulls(len(values), f.type)
            for f in wanted
        ]
        names = [f.name for f in wanted]
        return pa.StructArray.from_arrays(parts, names, mask=values.is_null())
    return values


def evidence_of(place: Place, row: Row, engagements: Sequence[Engagement]) -> Evidence:
    """A person's evidence, of the person's row and what was made of the rows of the work.

    Raises:
        RequestError: a value is none that the column may have.
    """
    areas, succession, skills = row["areas"], row["succession"], row["skills"]
    examinations, knowledge = row["examinations"], row["knowledge"]
    if row["engagements_listed"] is not True and engagements:
        raise place.broken(
            "engagements_listed",
            row["engagements_listed"],
            Text("true（この人の業務がある）", "true, though there is work of this person"),
        )
    return Evidence(
        person=Person(row["person"], row["name"] or row["person"], row["unit"]),
        written_for=tuple(row["written_for"] or ()),
        engagements=tuple(engagements) if row["engagements_listed"] else None,
        professional=Professional(
            areas=None if areas is None else {a["area"]: _depth(place, a["depth"]) for a in areas},
            succession=None
            if succession is None
            else tuple(
                Work(w["kind"], w["title"] or "", _month(place, "succession", w["on"]))
                for w in succession
            ),
            mentoring=row["mentoring"],
        ),
        examinations=None
        if examinations is None
        else tuple(
            PassedExamination(x["name"], _month(place, "examinations", x["passed"]))
            for x in examinations
        ),
        skills=None if skills is None else {s["skill"]: s["level"] for s in skills},
        knowledge=None if knowledge is None else frozenset(knowledge),
    )


def engagement_of(place: Place, row: Row) -> Engagement:
    """An engagement of its row.

    Raises:
        RequestError: a value is none that the column may have.
    """
    if row["id"] is None:
        raise place.broken("id", None, Text("業務のid", "the id of an engagement"))
    size = {k: v for k, v in (row["size"] or {}).items() if v is not None}
    for name, value in size.items():
        if isinstance(value, int) and value < 0:
            raise place.broken(f"size.{name}", value, Text("0以上の数", "zero or more"))
    role = row["role"]
    if role is not None and role not in _ROLES:
        raise place.broken("role", role, Text("役割", "a role"))
    return Engagement(
        id=row["id"],
        title=row["title"] or "",
        fields=None if row["fields"] is None else frozenset(row["fields"]),
        first=_month(place, "from_month", row["from_month"]),
        last=_month(place, "to_month", row["to_month"]),
        role=None if role is None else _ROLES[role],
        supervised=row["supervised"],
        succeeded=row["succeeded"],
        complexity=_holding(row["complexity"], row["complexity_not"]),
        size=dict(sorted(size.items())),
        achieved=_holding(row["achieved"], row["achieved_not"]),
        activities=_holding(row["activities"], row["activities_not"]),
    )


def _holding(true: Sequence[str] | None, false: Sequence[str] | None) -> Holding | None:
    if true is None and false is None:
        return None
    return Holding(frozenset(true or ()), frozenset(false or ()), complete=false is None)


def _depth(place: Place, written: str | None) -> Depth:
    if written not in _DEPTHS:
        raise place.broken("areas", written, Text("深さ", "a depth"))
    return _DEPTHS[written]


def _month(place: Place, column: str, written: int | None) -> Month | None:
    if written is None:
        return None
    year, month = divmod(written, 100)
    if not (EARLIEST_YEAR <= year <= 9999 and 1 <= month <= 12):
        raise place.broken(column, written, Text("201904 の形の年月", "a month of the form 201904"))
    return Month.of(year, month)
