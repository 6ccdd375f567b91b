"""Made people are the same everywhere, can be read as evidence, and fill every level of every field."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from attrs import evolve
from numpy.typing import NDArray

from conftest import ROOT
from tassei.encoding.load import load_standards
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, known_of
from tassei.judging.verdict import Verdict
from tassei.marked import parse_line
from tassei.population.draws import Draws
from tassei.population.generate import AS_OF, generate
from tassei.population.pack import unpack
from tassei.population.store import Writer
from tassei.population.units import SEPARATOR, UNITS
from tassei.rules.nodes import Atom, Leaf, walk

SMALL = ROOT / "tests" / "bad" / "standards" / "base"
COUNT = 12_000


def tables(
    standards: Standards,
    count: int,
    seed: int = 1,
    unknown: float = 0.05,
    editions: Iterable[str] | None = None,
    rows: int = 65_536,
) -> tuple[pa.Table, pa.Table]:
    """All people and all engagements."""
    made = list(generate(count, seed, standards, unknown, editions, rows=rows))
    people, engagements = zip(*made, strict=True)
    return pa.Table.from_batches(people), pa.Table.from_batches(engagements)


@pytest.fixture(scope="module")
def made(standards: Standards) -> tuple[pa.Table, pa.Table]:
    return tables(standards, COUNT)


def small(standards: Standards) -> Standards:
    """A standard of one field and three levels, under the readings of the shipped one."""
    return evolve(load_standards(SMALL), readings=standards.readings)


def evidence_of(standards: Standards, place: Path, *made: pa.Table) -> Iterator[Evidence]:
    """The people as evidence."""
    with Writer(place, standards.vocabulary) as writer:
        writer.write(*(t.combine_chunks().to_batches()[0] for t in made))
    yield from unpack(place, standards.vocabulary)


def reached(judge: Judge, people: Iterable[Evidence]) -> Counter[tuple[str, str, int]]:
    """How many people are sure at each level of each field."""
    found: Counter[tuple[str, str, int]] = Counter()
    for evidence in people:
        verdicts = judge.verdicts(evidence, Month.of(2026, 11))
        for rung, verdict in zip(judge.rungs, verdicts, strict=True):
            found[rung.edition.id, rung.field_id, rung.level] += verdict is Verdict.MET
    return found


# --- the same everywhere


def test_draws_are_those_of_splitmix() -> None:
    """Fixed numbers: another machine, or another version of a library, may not draw others."""
    keys = np.array([0, 1, 2**63], dtype=np.uint64)
    assert Draws(7).raw("name", keys).tolist() == [
        5192559643836436061,
        4118543609178036263,
        10473264527542972244,
    ]


@pytest.mark.parametrize("rows", [1, 97, 250])
def test_batches_of_any_size_have_the_same_people(rows: int, standards: Standards) -> None:
    """A person depends on the seed and the person's number, not on who is made together."""
    whole, parts = tables(standards, 250), tables(standards, 250, rows=rows)
    more = tables(standards, 400)
    for one, other, larger in zip(whole, parts, more, strict=True):
        assert one.equals(other.combine_chunks())
        assert one.equals(larger.slice(0, len(one)))


def test_another_seed_makes_others(standards: Standards) -> None:
    """And the same seed the same."""
    one, again, other = (tables(standards, 50, seed)[1] for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one.equals(other)


def test_the_small_standard_gives_known_people(standards: Standards) -> None:
    """Byte for byte, as they were when this was written."""
    _, engagements = tables(small(standards), 40)
    written = json.dumps(engagements.to_pylist(), ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(written.encode()).hexdigest()[:16] == "fabff102bfe89e3e"


# --- what is made


def test_people_can_be_read_as_evidence(
    standards: Standards, known: Known, tmp_path: Path, as_of: Month
) -> None:
    """Every one of them, without a fault or a remark, and is written the same again."""
    for evidence in evidence_of(standards, tmp_path / "p", *tables(standards, 800, seed=3)):
        written = plain_evidence(evidence)
        line = json.dumps(written, ensure_ascii=False)
        record = record_from(parse_line(line, "made", 1), known, as_of, "made")
        assert not record.remarks
        assert plain_evidence(record.evidence) == written


def test_careers_are_lifelike(made: tuple[pa.Table, pa.Table]) -> None:
    """About eight engagements, some people without any, overlaps, gaps, ongoing work, growth."""
    people, work = made
    listed = people["engagements_listed"].to_numpy()
    counts = np.zeros(COUNT, dtype=np.int64)
    found = pc.value_counts(work["person"])
    places = pc.index_in(found.field("values"), people["person"]).to_numpy()
    counts[places] = found.field("counts").to_numpy()
    assert 7 < counts.mean() < 9
    assert 0.002 < (~listed).mean() < 0.05
    assert not counts[~listed].any()
    assert 0.01 < (counts[listed] == 0).mean() < 0.06
    assert counts.max() < 64
    first, last = (_number(work[c]) for c in ("from_month", "to_month"))
    ongoing = np.isnan(last)
    assert 0.03 < ongoing.mean() < 0.2
    assert np.nanmax(first) <= AS_OF.number
    assert np.nanmax(last) <= AS_OF.number
    assert not (last < first).any()
    same = (work["person"].to_numpy()[1:] == work["person"].to_numpy()[:-1]) & ~ongoing[:-1]
    pause = first[1:][same] - last[:-1][same]
    assert 0.1 < (pause < 1).mean() < 0.5, "overlaps"
    assert 0.05 < (pause > 1).mean() < 0.4, "gaps"
    roles = np.asarray(pc.index_in(work["role"], pa.array(_ROLES)).to_numpy(), dtype=float)
    begins = np.concatenate(
        [[True], work["person"].to_numpy()[1:] != work["person"].to_numpy()[:-1]]
    )
    ends = np.concatenate([begins[1:], [True]])
    assert np.nanmean(roles[ends]) > np.nanmean(roles[begins]) + 0.25


_ROLES = ["participant", "member", "leader", "responsible", "overall_responsible"]


def _number(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Months as numbers that can be subtracted; no number for null."""
    written: NDArray[np.float64] = column.to_numpy().astype(float)
    return written // 100 * 12 + written % 100 - 1


def test_units_form_a_tree(made: tuple[pa.Table, pa.Table]) -> None:
    """About 200 of them, large and small, and a few people in none."""
    people, _ = made
    assert 150 <= len(UNITS) <= 250
    counts = Counter(people["unit"].to_pylist())
    nobody = counts.pop(None)
    assert 0.003 < nobody / COUNT < 0.02
    assert counts.keys() <= set(UNITS)
    assert all(u.rpartition(SEPARATOR)[0] in {*UNITS, ""} for u in UNITS)
    assert max(counts.values()) > 20 * np.median(list(counts.values()))
    assert {u.count(SEPARATOR) for u in counts} == {0, 1, 2}


def test_records_are_written_for_one_edition_or_several(
    made: tuple[pa.Table, pa.Table], standards: Standards
) -> None:
    """Or for none; most are written for one."""
    people, _ = made
    lengths = Counter(pc.list_value_length(people["written_for"]).to_pylist())
    assert lengths[1] > COUNT / 2
    assert lengths[0] > 0
    assert lengths[len(standards.editions)] > 0
    named = set(pc.list_flatten(people["written_for"]).to_pylist())
    assert named == {e.id for e in standards.editions}


def test_the_whole_vocabulary_occurs(
    made: tuple[pa.Table, pa.Table], known: Known, standards: Standards
) -> None:
    """Every field, criterion, outcome, activity, area, kind, skill and piece of knowledge."""
    people, work = made

    def terms(column: pa.ChunkedArray, part: str = "") -> set[object]:
        values = pc.list_flatten(column)
        return set((pc.struct_field(values, part) if part else values).unique().to_pylist())

    def of(*kinds: str) -> set[str]:
        return {t for k in kinds for ids in getattr(known, k).by_edition.values() for t in ids}

    fields = {e.qualified(f.id) for e in standards.editions for f in e.specialty_fields()}
    assert terms(work["fields"]) == fields
    assert of("criteria") <= terms(work["complexity"])
    assert of("outcomes") <= terms(work["achieved"])
    assert of("activities") <= terms(work["activities"])
    assert terms(people["areas"], "area") == of("areas")
    assert terms(people["succession"], "kind") == of("succession")
    assert terms(people["skills"], "skill") == of("skills")
    assert terms(people["knowledge"]) == of("knowledge")
    assert terms(people["examinations"], "name") == set(known.examinations.values())
    for scale in standards.vocabulary.scales.values():
        found = set(pc.struct_field(work["size"], scale.id).unique().to_pylist())
        assert {t.id for t in scale.terms()} <= found


def test_amounts_stand_on_and_beside_every_bound(
    made: tuple[pa.Table, pa.Table], judge: Judge
) -> None:
    """Of every measure that a rule asks about."""
    _, work = made
    seen = 0
    for atom in sorted(_measured(judge), key=repr):
        values = set(pc.struct_field(work["size"], atom.id).unique().to_pylist())
        for bound in (atom.at_least, atom.below):
            if bound is not None:
                assert {bound - 1, bound, bound + 1} <= values, atom
                seen += 1
    assert seen > 40


def _measured(judge: Judge) -> set[Atom]:
    leaves = (n for r in judge.rungs for n in walk(r.rule) if isinstance(n, Leaf))
    return {a for leaf in leaves for a in leaf.asks if a.kind == "measure"}


@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_so_many_facts_are_missing(unknown: float, standards: Standards) -> None:
    """On average; some people keep their records well, others badly."""
    people, work = tables(standards, 3000, unknown=unknown)
    missing = [work[c].null_count / len(work) for c in ("role", "succeeded", "complexity")]
    missing += [people[c].null_count / len(people) for c in ("areas", "mentoring")]
    assert all(abs(share - unknown) < 0.2 * unknown + 1e-9 for share in missing)


# --- how far people get


def test_some_people_are_sure_at_every_level(
    standards: Standards, judge: Judge, tmp_path: Path
) -> None:
    """In every field; and the higher the fewer, from the third level of a ladder on."""
    found = reached(judge, evidence_of(standards, tmp_path / "p", *tables(standards, 4000, seed=5)))
    assert min(found.values()) > 0, [r for r, n in found.items() if not n]
    for edition, field in {(e, f) for e, f, _ in found}:
        levels = sorted(n for e, f, n in found if (e, f) == (edition, field))
        assert found[edition, field, levels[-1]] < found[edition, field, levels[0]]


def test_one_edition_is_enough(standards: Standards) -> None:
    """People then work in its fields only."""
    only = "itss-v2/customer-service"
    people, work = tables(standards, 500, editions=[only])
    assert {f.rpartition("/")[0] for f in pc.list_flatten(work["fields"]).to_pylist()} == {only}
    assert set(pc.list_flatten(people["written_for"]).to_pylist()) == {only}
    with pytest.raises(RequestError):
        next(generate(1, 1, standards, editions=["no-such-edition"]))


def test_another_standard_needs_no_other_code(standards: Standards, tmp_path: Path) -> None:
    """Its fields, measures and bounds are found in what is made for it."""
    other = small(standards)
    judge = Judge(other, other.readings_with({}))
    made = tables(other, 1500)
    known = known_of(other)
    found = reached(judge, evidence_of(other, tmp_path / "p", *made))
    assert min(found.values()) > 0, found
    assert set(pc.list_flatten(made[1]["fields"]).to_pylist()) <= known.fields.keys()
    for atom in _measured(judge):
        values = set(pc.struct_field(made[1]["size"], atom.id).to_pylist())
        assert {b for b in (atom.at_least, atom.below) if b is not None} <= values
