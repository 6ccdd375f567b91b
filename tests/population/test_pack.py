"""Packing and unpacking loses nothing; what cannot be packed or read is one clear fault."""

import os
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from population.faulty import FAULTY, TWO, WORK, population
from strategies import Pool, evidences, steady
from tassei.encoding.compiled import standards as shipped
from tassei.encoding.standards import Standards
from tassei.errors import EvidenceError, RequestError
from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence, Holding, Person, Professional, Work
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge
from tassei.population import pack as packing
from tassei.population import runs
from tassei.population.pack import Packed, pack, person_of, unpack

VOCABULARY = shipped().vocabulary
POOL = Pool.of(shipped(), (r.rule for r in Judge(shipped(), shipped().readings_with({})).rungs))


def back(evidence: Iterable[Evidence]) -> list[Evidence]:
    """What comes back from packing and unpacking."""
    with tempfile.TemporaryDirectory() as place:
        pack(evidence, Path(place) / "people", VOCABULARY)
        return list(unpack(Path(place) / "people", VOCABULARY))


def plain(evidence: Iterable[Evidence]) -> list[object]:
    return [plain_evidence(e) for e in evidence]


@st.composite
def people(draw: st.DrawFn) -> list[Evidence]:
    """Some people of different ids, with and without names and units."""
    ids = draw(st.lists(st.text("ab0é漢😀/ ", min_size=1, max_size=4), max_size=4, unique=True))
    names = st.none() | st.sampled_from(["港 みどり", "A"])
    return [
        evolve(draw(evidences(POOL)), person=Person(i, draw(names) or i, draw(names))) for i in ids
    ]


@given(people())
@steady(max_examples=80)
def test_nothing_is_lost(evidence: list[Evidence]) -> None:
    """Whatever is recorded or not comes back as it was, sorted by the bytes of the id."""
    by_id = sorted(evidence, key=lambda e: e.person.id.encode())
    assert plain(back(evidence)) == plain(by_id)


def test_what_is_not_recorded_is_kept_apart_from_what_is_none() -> None:
    """An empty list is no null, a partial mapping no list, and an empty one neither."""
    holdings = (
        None,
        Holding(),
        Holding(complete=False),
        Holding(frozenset({"sla"})),
        Holding(frozenset({"sla"}), complete=False),
        Holding(frozenset({"sla"}), frozenset({"safety"}), complete=False),
    )
    works = tuple(
        Engagement(f"w{n}", achieved=h, fields=f)
        for n, (h, f) in enumerate((h, f) for h in holdings for f in (None, frozenset[str]()))
    )
    month = Month.of(1900, 1)
    given_ = [
        Evidence(Person("a", "a")),
        Evidence(Person("b", "B", "本部/課"), engagements=()),
        Evidence(Person("c", "C"), engagements=works, examinations=(), skills={}),
        Evidence(Person("d", "D"), knowledge=frozenset(), professional=Professional({}, (), False)),
        Evidence(
            Person("e", "E"),
            written_for=("itss-v1/operations",),
            professional=Professional(
                succession=(Work("book", "題", Month.of(9999, 12)), Work("book", "", month))
            ),
        ),
    ]
    assert back(given_) == given_


def test_engagements_keep_their_order(tmp_path: Path) -> None:
    """Also where it is not that of their ids, as in evidence that a program has made."""
    works = tuple(Engagement(i) for i in ("z", "a", "m"))
    [found] = back([Evidence(Person("E1", "E1"), engagements=works)])
    assert found.engagements == works


def test_the_examples_come_back(known: Known, as_of: Month, tmp_path: Path) -> None:
    """Everybody of the example organisation, and each of them alone."""
    files = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".yaml", ".jsonl"))
    everybody = [r.evidence for p in files for r in read_evidence(p, known, as_of)]
    packed = pack(everybody, tmp_path / "people", VOCABULARY)
    works = sum(len(e.engagements or ()) for e in everybody)
    assert packed == Packed(len(everybody), works)
    assert all(e.person.unit for e in everybody)
    by_id = sorted(everybody, key=lambda e: e.person.id)
    assert plain(unpack(tmp_path / "people", VOCABULARY)) == plain(by_id)
    for evidence in everybody:
        found = person_of(tmp_path / "people", evidence.person.id, VOCABULARY)
        assert found is not None
        assert plain_evidence(found) == plain_evidence(evidence)
    assert person_of(tmp_path / "people", "E9999", VOCABULARY) is None


def test_people_may_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they are many more than are put in order at once."""
    monkeypatch.setattr(packing, "_AT_ONCE", 7)
    monkeypatch.setattr(packing, "_ORDERED", 11)
    monkeypatch.setattr(runs, "ROWS_IN_RUN", 20)
    everybody = [
        Evidence(
            Person(f"é{n % 10}-{n:04d}", "A"),
            engagements=tuple(Engagement(f"w{k}") for k in range(n % 4)) if n % 5 else None,
        )
        for n in range(300)
    ]
    mixed = everybody[:]
    random.Random(1).shuffle(mixed)
    assert back(mixed) == sorted(everybody, key=lambda e: e.person.id.encode())


def test_nobody_is_a_population_too(tmp_path: Path) -> None:
    """Tables without rows are read like others."""
    assert back([]) == []


def test_one_person_is_found_in_many_row_groups(tmp_path: Path) -> None:
    """By the bounds of the groups; engagements of one person may stand in two groups."""
    everybody = [
        Evidence(Person(f"E{n:03d}", "A"), engagements=tuple(Engagement(f"w{k}") for k in range(3)))
        for n in range(50)
    ]
    pack(everybody, tmp_path / "people", VOCABULARY)
    for name in ("people", "engagements"):
        path = tmp_path / "people" / f"{name}.parquet"
        pq.write_table(pq.read_table(path), path, row_group_size=7)
    for evidence in everybody:
        assert person_of(tmp_path / "people", evidence.person.id, VOCABULARY) == evidence
    assert list(unpack(tmp_path / "people", VOCABULARY)) == everybody


def test_tables_that_other_programs_wrote_are_read(tmp_path: Path) -> None:
    """Part files, wider types, dictionaries, other columns beside, and a measure that is missing."""

    def wider(name: str, table: pa.Table) -> pa.Table:
        if name == "people":
            return table.append_column("salary", pa.array([1, 2]))
        size = pa.array([{"managed_staff": 5}, None], pa.struct([("managed_staff", pa.int32())]))
        fields = pa.array([["x"], None], pa.large_list(pa.large_string()))
        role = table["role"].combine_chunks().dictionary_encode()
        for column, values in {"size": size, "fields": fields, "role": role}.items():
            table = table.set_column(table.schema.names.index(column), column, values)
        return table

    population(tmp_path / "p", change=wider)
    parts = tmp_path / "p" / "engagements"
    parts.mkdir()
    whole = pq.read_table(tmp_path / "p" / "engagements.parquet")
    (tmp_path / "p" / "engagements.parquet").unlink()
    for n in range(2):
        pq.write_table(whole.slice(n, 1), parts / f"part-{n}.parquet")
    first, second = unpack(tmp_path / "p", VOCABULARY)
    assert first.engagements is not None
    assert first.engagements[0].size == {"managed_staff": 5}
    assert first.engagements[0].fields == frozenset({"x"})
    assert second.person == Person("E2", "相川 明")
    assert person_of(tmp_path / "p", "E2", VOCABULARY) == second


def test_a_list_of_what_does_not_hold_is_enough(tmp_path: Path) -> None:
    """With it a record is partial, even where nothing is said to hold."""
    population(tmp_path / "p", engagements=[WORK[0] | {"achieved_not": ["sla"]}])
    found = next(unpack(tmp_path / "p", VOCABULARY)).engagements
    assert found is not None
    assert found[0].achieved == Holding(frozenset(), frozenset({"sla"}), complete=False)


@pytest.mark.parametrize("code", FAULTY)
def test_a_faulty_population_is_refused(code: str, tmp_path: Path) -> None:
    """With the file, and the row and the column where there is one."""
    FAULTY[code](tmp_path / "p")
    with pytest.raises(RequestError) as refused:
        list(unpack(tmp_path / "p", VOCABULARY))
    [fault] = refused.value.faults
    assert fault.code == code
    assert fault.file.startswith(str(tmp_path / "p"))


def test_work_of_nobody_behind_everybody_is_refused(tmp_path: Path) -> None:
    """Once there are no more people, no work may be left."""
    population(tmp_path / "p", engagements=[*WORK, WORK[0] | {"person": "E3"}])
    with pytest.raises(RequestError) as refused:
        list(unpack(tmp_path / "p", VOCABULARY))
    assert refused.value.faults[0].code == "engagement-of-nobody"
    assert "row 3" in refused.value.faults[0].where.en


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("to_month", 190012 - 100),
        ("role", ""),
        ("size", {"managed_staff": -1}),
        ("id", None),
    ],
)
def test_a_value_that_is_none_is_refused(column: str, value: object, tmp_path: Path) -> None:
    """A column may hold more than makes sense."""
    population(tmp_path / "p", engagements=[WORK[0], WORK[1] | {column: value}])
    with pytest.raises(RequestError) as refused:
        list(unpack(tmp_path / "p", VOCABULARY))
    [fault] = refused.value.faults
    assert "row 2" in fault.where.en
    assert column in fault.where.en


def test_work_of_somebody_whose_work_is_not_listed_is_refused(tmp_path: Path) -> None:
    """The two tables would contradict each other."""
    population(tmp_path / "p", people=[TWO[0] | {"engagements_listed": False}, TWO[1]])
    with pytest.raises(RequestError) as refused:
        list(unpack(tmp_path / "p", VOCABULARY))
    assert refused.value.faults[0].code == "broken-value"


def test_a_person_who_is_there_twice_is_told_with_both_files(tmp_path: Path) -> None:
    """All of them at once; nothing is written."""
    ids = ["b", "a", "c", "a", "c"]
    files = ["one.yaml", "one.yaml", "two.jsonl", "two.jsonl", "two.jsonl"]
    with pytest.raises(EvidenceError) as refused:
        pack(
            [Evidence(Person(i, i)) for i in ids],
            tmp_path / "p",
            VOCABULARY,
            origin=files.__getitem__,
        )
    first, second = refused.value.faults
    assert first.code == second.code == "doubled-person"
    assert "both in one.yaml and in two.jsonl" in first.what.en
    assert "twice in two.jsonl" in second.what.en
    assert os.listdir(tmp_path) == []


def test_an_amount_that_no_column_holds_is_refused(tmp_path: Path) -> None:
    """The greatest that fits is packed; one more is not."""
    greatest = 2**63 - 1
    for amount in (greatest, greatest + 1):
        work = Engagement("w", size={"annual_contract_yen": amount})
        evidence = [Evidence(Person("a", "a"), engagements=(work,))]
        if amount == greatest:
            assert back(evidence) == evidence
            continue
        with pytest.raises(EvidenceError) as refused:
            pack(evidence, tmp_path / "p", VOCABULARY, origin=lambda n: "a.yaml")
        [fault] = refused.value.faults
        assert (fault.code, fault.file) == ("amount-too-large", "a.yaml")
    assert os.listdir(tmp_path) == []


def test_a_size_outside_the_vocabulary_is_not_dropped(tmp_path: Path, standards: Standards) -> None:
    """Evidence that was made by hand may name what no column is there for."""
    work = Engagement("w", size={"desks": 3})
    with pytest.raises(ValueError, match="desks"):
        pack([Evidence(Person("a", "a"), engagements=(work,))], tmp_path / "p", VOCABULARY)
