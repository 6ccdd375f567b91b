"""A worker gives the verdicts of one machine, however an engine hands it the rows; and faults in words."""

import random
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from population.faulty import TWO, WORK
from strategies import steady
from tassei.encoding.compiled import standards
from tassei.errors import Fault
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.population.blocks import Population
from tassei.population.generate import generate
from tassei.population.schema import ENGAGEMENTS, PEOPLE, engagements_schema, people_schema
from tassei.population.store import Writer
from tassei.population.worker import Order, Refused, judged, signed
from tassei.population.workforce import UNREAD, Workforce, write_verdicts
from tassei.text import Text

NOW = Month.of(2026, 11)
Rows = list[dict[str, Any]]


@cache
def workforce(*editions: str) -> Workforce:
    return Workforce(Judge(standards(), standards().readings_with({}), editions or None))


def order(of: Workforce | None = None, **changes: Any) -> str:
    made = Order((of or workforce()).told(NOW), "hdfs://a/people", "hdfs://a/engagements")
    return attrs.evolve(made, **changes).dumps()


@cache
def _columns() -> dict[str, pa.Schema]:
    schemas = people_schema(), engagements_schema(standards().vocabulary)
    return {
        name: pa.schema(
            [f.with_nullable(True) for f in schema if f.name not in UNREAD or f.name == "id"]
        )
        for name, schema in zip((PEOPLE, ENGAGEMENTS), schemas, strict=True)
    }


def handed(people: Rows, engagements: Rows) -> pa.Table:
    """The rows as an engine hands them over: each in one of two structs."""
    columns = _columns()
    whole = pa.schema(
        [
            pa.field("person", pa.string()),
            *(pa.field(n, pa.struct([f for f in s if f.name != "person"])) for n, s in columns.items()),
        ]
    )  # fmt: skip

    def rows(name: str, some: Rows) -> Iterator[dict[str, Any]]:
        for row in some:
            full = {k: row.get(k) for k in columns[name].names if k != "person"}
            yield {"person": row["person"], name: full}

    return pa.Table.from_pylist([*rows(PEOPLE, people), *rows(ENGAGEMENTS, engagements)], whole)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some people."""
    folder = tmp_path_factory.mktemp("worker") / "people"
    with Writer(folder, standards().vocabulary) as writer:
        for batches in generate(120, 5, standards(), 0.1, as_of=NOW):
            writer.write(*batches)
    return folder


def rows_of(folder: Path) -> tuple[Rows, Rows]:
    return (
        pq.read_table(folder / f"{PEOPLE}.parquet").to_pylist(),
        pq.read_table(folder / f"{ENGAGEMENTS}.parquet").to_pylist(),
    )


def on_one_machine(folder: Path, of: Workforce) -> Rows:
    """The rows of the table of verdicts that is written without an engine."""
    out = folder.parent / f"{len(of.rungs)}.parquet"
    write_verdicts(of, Population(folder, standards().vocabulary), NOW, out)
    rows: Rows = pq.read_table(out).to_pylist()
    return rows


def unsigned(batches: Iterable[pa.RecordBatch]) -> Rows:
    """The rows with their masks as the table of one machine has them."""
    rows = [row for batch in batches for row in batch.to_pylist()]
    return [
        {k: v & (2**64 - 1) if isinstance(v, int) else v for k, v in row.items()} for row in rows
    ]


def test_the_order_of_rows_and_batches_does_not_matter(people: Path) -> None:
    """Shuffled and cut anywhere, the verdicts are those of one machine, sorted by person."""
    whole, expected = handed(*rows_of(people)), on_one_machine(people, workforce())
    assert len(expected) == 120

    @given(st.integers(0, 2**32), st.integers(1, 400))
    @steady(max_examples=12)
    def check(seed: int, size: int) -> None:
        places = list(range(len(whole)))
        random.Random(seed).shuffle(places)
        batches = whole.take(places).combine_chunks().to_batches(size)
        assert unsigned(judged(order(), batches)) == expected

    check()


def test_some_editions_alone_have_the_columns_of_one_machine(people: Path) -> None:
    """In the same order, whatever order they were asked for in."""
    of = workforce("itss-v2/operations", "itss-v1/operations")
    [found] = judged(order(of), handed(*rows_of(people)).to_batches())
    assert found.schema == signed(of.schema)
    assert unsigned([found]) == on_one_machine(people, of)


def test_all_editions_by_name_have_an_order_of_their_own(people: Path) -> None:
    """Columns follow the one who asks, also where everything is asked for by name."""
    of = workforce(*(e.id for e in standards().editions))
    assert [f.path for f in of.fields] != [f.path for f in workforce().fields]
    assert unsigned(judged(order(of), handed(*rows_of(people)).to_batches())) == on_one_machine(
        people, of
    )


def test_another_kernel_on_the_workers_judges_nothing() -> None:
    """Though all that the verdicts are said to depend on is the same."""
    with pytest.raises(Refused, match="kernel differ"):
        list(judged(order(kernel="0"), []))


def test_a_part_without_anybody_has_no_verdicts() -> None:
    """Engines hand out empty parts."""
    assert list(judged(order(), [])) == []
    assert unsigned(judged(order(), handed([], []).to_batches())) == []


FAULTY: dict[str, tuple[Rows, Rows, str]] = {
    "null-person": ([*TWO, {"person": None}], WORK, "column person"),
    "doubled-person": ([*TWO, TWO[0]], WORK, 'column person, person "E1"'),
    "engagement-of-nobody": (TWO, [WORK[0] | {"person": "E3"}, *WORK], 'column person, person "E3"'),
    "null-id": (TWO, [WORK[1], WORK[0] | {"id": None}], 'column id, person "E1"'),
    "doubled-row": (TWO, [*WORK, WORK[1]], 'column id, person "E2"'),
    "wrong-months": (TWO, [WORK[1], WORK[0] | {"from_month": 201913}], 'column from_month, to_month, person "E1"'),
    "unknown-value": (TWO, [*WORK, WORK[1] | {"id": "data", "role": "boss"}], 'column role, person "E2"'),
}  # fmt: skip
"""People, engagements, and where the fault is said to be."""


@pytest.mark.parametrize("code", FAULTY)
def test_a_fault_is_told_with_the_person(code: str) -> None:
    """It comes back whole from the words of an engine, which are of many lines."""
    people, engagements, where = FAULTY[code]
    with pytest.raises(Refused) as caught:
        list(judged(order(), handed(people, engagements).to_batches(2)))
    said = f"Job aborted:\n  {type(caught.value).__name__}: {caught.value}\n\tat org.apache.spark"
    told = Refused.read(said)
    assert told is not None
    [fault] = told.faults
    assert (fault.code, fault.where.en) == (code, where)
    assert fault.file in ("hdfs://a/people", "hdfs://a/engagements")


def test_works_of_nobody_at_all_are_told() -> None:
    """Where a part has engagements and no people."""
    with pytest.raises(Refused, match="engagement-of-nobody"):
        list(judged(order(), handed([], WORK).to_batches()))


def test_a_null_person_of_an_engagement_is_told() -> None:
    """With the table that it is in."""
    with pytest.raises(Refused) as caught:
        list(judged(order(), handed(TWO, [{"person": None, "id": "x"}]).to_batches()))
    told = Refused.read(str(caught.value))
    assert told is not None
    assert [(f.code, f.file) for f in told.faults] == [("null-person", "hdfs://a/engagements")]


@pytest.mark.parametrize(
    ("said", "code"),
    [("nothing of ours", None), ("<tassei-fault>[{]</tassei-fault>", None), ("<tassei-fault>[", None)],
)  # fmt: skip
def test_other_words_are_no_faults(said: str, code: None) -> None:
    """Nor are ours that were cut off."""
    assert Refused.read(said) is code


def test_faults_come_back_as_they_were() -> None:
    """Each of them, with all its parts."""
    faults = (
        Fault("a", Text("甲", "A"), Text("乙", "B"), Text("丙", "C"), file="s3://x/y", line=3),
        Fault("b", Text("", ""), Text("", "")),
    )
    told = Refused.read(str(Refused(faults)))
    assert told is not None
    assert told.faults == faults


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"engine": "sha256:0"}, "engine"),
        ({"editions": {"itss-v9": "sha256:0"}}, "editions"),
        ({"readings": {"R-NONE": "x"}}, "editions"),
        ({"population": "tassei/population/9"}, "population"),
    ],
)
def test_another_tassei_on_the_workers_judges_nothing(change: dict[str, Any], what: str) -> None:
    """It says which of the two is which."""
    told = workforce().told(NOW) | change
    asked = attrs.evolve(Order(told, "p", "e"), version="9.9.9").dumps()
    with pytest.raises(Refused) as caught:
        list(judged(asked, []))
    fault = Refused.read(str(caught.value))
    assert fault is not None
    assert fault.faults[0].code == "workers-differ"
    assert f"another one than here (9.9.9): {what} differ" in fault.faults[0].what.en
