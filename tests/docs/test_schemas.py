"""The files that other programs rely on have the form that their schemas fix, and come back whole."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from documents.samples import ALL as SAMPLES
from documents.sources import document_of, drafted
from tassei.cli.main import main
from tassei.documents.checking import check
from tassei.encoding.standards import Standards
from tassei.encoding.table import as_csv, as_xlsx, flat, indicator_rows
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence, record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge
from tassei.marked import parse_line
from tassei.reporting.checks import check_json
from tassei.reporting.imports import import_json
from tassei.reporting.judgements import Writer, changes

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "reference" / "schemas"
EXAMPLES = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".yaml", ".jsonl"))


def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _faults(validator: Draft202012Validator, value: Any) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(value)]


def test_indicator_table(standards: Standards) -> None:
    """All 62 rows have the form of the schema, and every doubt that they name exists."""
    validator = _validator("indicator")
    rows = indicator_rows(standards, standards.editions)
    assert len(rows) == 62
    assert [f for row in rows for f in _faults(validator, row)] == []
    assert {d for row in rows for d in row["doubts"]} <= {d.id for d in standards.doubts}


def test_import_and_check(standards: Standards) -> None:
    """The reports on a document have the form of their schemas, faulty documents' too."""
    for sample in SAMPLES:
        made = drafted(sample.name, sample.text)
        assert _faults(_validator("import"), import_json(made)) == []
        document = document_of(sample.name, sample.text)
        for edition in (made.edition, standards.editions[0]):
            found = check_json(check(edition, document, standards))
            assert _faults(_validator("check"), found) == []


def test_the_table_comes_back_from_its_forms(standards: Standards, tmp_path: Path) -> None:
    """JSON, CSV and XLSX hold the same rows."""
    import csv
    import io

    from openpyxl import load_workbook

    rows = indicator_rows(standards, standards.editions)
    read = list(csv.reader(io.StringIO(as_csv(rows).removeprefix("\ufeff"))))
    assert len(read) == 63
    written = [{k: "" if v is None else str(v) for k, v in flat(r).items()} for r in rows]
    lower = [[str(v).lower() if v in ("True", "False") else v for v in r.values()] for r in written]
    assert read[1:] == lower
    (tmp_path / "table.xlsx").write_bytes(as_xlsx(rows))
    sheet = load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    cells = [
        ["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert cells[1:] == [list(r.values()) for r in written]


def test_the_workbook_is_the_same_every_day(standards: Standards) -> None:
    """Two workbooks of one table are byte for byte equal."""
    rows = indicator_rows(standards, standards.editions)
    assert as_xlsx(rows) == as_xlsx(rows)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_evidence_comes_back_equal(path: Path, known: Known, as_of: Month) -> None:
    """Evidence that is written and read again is equal, and what is written fits the schema."""
    validator = _validator("evidence")
    for record in read_evidence(path, known, as_of):
        plain = plain_evidence(record.evidence)
        assert _faults(validator, plain) == []
        again = record_from(parse_line(json.dumps(plain), path.name, 1), known, as_of, path.name)
        assert again.evidence == record.evidence
        assert plain_evidence(again.evidence) == plain


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_judgements(path: Path, judge: Judge, known: Known, as_of: Month) -> None:
    """Every judgement of every example person fits the schema and survives being stored."""
    validator = _validator("judgement")
    writer = Writer(judge, "en")
    for record in read_evidence(path, known, as_of):
        for judgement in judge.judge_all(record.evidence, as_of):
            stored = json.loads(writer.line(judgement))
            assert changes(stored, writer.as_json(judgement)) == ()
            # a proof can be deep; one level of each field is enough to hold against the schema
            if judgement.rung.level == 3:
                assert _faults(validator, stored) == []


def test_a_misfit_is_seen() -> None:
    """The schemas are not empty: a row without its level does not fit."""
    assert _faults(_validator("indicator"), {"schema": "tassei/indicator/1"})
    assert _faults(
        _validator("evidence"), {"schema": "tassei/evidence/1", "person": {"id": "a"}, "x": 1}
    )


def test_the_command_writes_the_table(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`tassei table` prints the 62 rows as one JSON array."""
    assert main(["table", "--format", "json"]) == 0
    assert len(json.loads(capsysbinary.readouterr().out)) == 62


LINEAGE = (
    "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
    "itss-v3/it-service-management",
)  # fmt: skip


def _printed(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    assert main([*argv, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("one", LINEAGE)
@pytest.mark.parametrize("other", [*LINEAGE, "itss-v2/customer-service"])
def test_comparisons(one: str, other: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Any two editions, of one lineage or not."""
    assert _faults(_validator("comparison"), _printed(capsys, "compare", one, other)) == []


def test_story(capsys: pytest.CaptureFixture[str]) -> None:
    """A whole lineage, and some of its editions."""
    validator = _validator("story")
    assert (
        _faults(validator, _printed(capsys, "compare", "--lineage", "it-service-management")) == []
    )
    assert _faults(validator, _printed(capsys, "compare", *LINEAGE[1:])) == []


def test_translation(capsys: pytest.CaptureFixture[str]) -> None:
    """The pair that is declared, and one that is not."""
    validator = _validator("translation")
    for pair in (LINEAGE[2:], LINEAGE[:2]):
        assert _faults(validator, _printed(capsys, "compare", *pair, "--translation")) == []


def test_proposals(standards: Standards, capsys: pytest.CaptureFixture[str]) -> None:
    """Every edition, from its encoding alone; the entries that a proposal may be exist."""
    validator = _validator("proposals")
    known = {d.id for d in standards.doubts}
    for edition in standards.editions:
        told = _printed(capsys, "doubts", edition.id, "--find")
        assert _faults(validator, told) == []
        assert {i for p in told["proposals"] for i in p["registered"]} <= known


def test_carried_judgements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They have the form of judgements, say how they were carried, and are derived the same again."""
    validator = _validator("judgement")
    evidence = str(ROOT / "examples" / "goro.yaml")
    out = tmp_path / "carried.jsonl"
    argv = ["judge", evidence, "--carry", LINEAGE[1], "--as-of", "2026-11", "--out", str(out)]
    assert main([*argv, "--format", "json"]) == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(lines) == 15
    for line in lines:
        assert _faults(validator, line) == []
        assert line["carried"]["from"] == [LINEAGE[0]]
    assert main(["judge", evidence, "--verify", str(out)]) == 0
    lines[0]["carried"]["crosswalk"] = "sha256:" + "0" * 64
    out.write_text(json.dumps(lines[0]) + "\n", "utf-8")
    capsys.readouterr()
    assert main(["judge", evidence, "--verify", str(out), "--lang", "en"]) == 1
    assert "the crosswalk is not the one" in capsys.readouterr().out
