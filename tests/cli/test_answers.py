"""The questions of managers: the same answers in every form, masked in every form."""

import csv
import errno
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

import tassei.population.workforce
from population.faulty import FAULTY
from tassei.cli.main import main
from tassei.text import LANGS, Lang

EDITION = "itss-v2-2006/it-service-management"
DESK = f"{EDITION}/service-desk"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A population of 900 and its verdicts."""
    folder = tmp_path_factory.mktemp("answers")
    people, verdicts = str(folder / "people"), str(folder / "verdicts.parquet")
    assert main(["population", "generate", "--people", "900", "--seed", "3", "--out", people]) == 0
    argv = ["population", "judge", people, "--out", verdicts, "--as-of", "2026-11"]
    assert main(argv) == 0
    return people, verdicts


def _json(capsys: Capture, *argv: str) -> Any:
    capsys.readouterr()
    assert main([*argv, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def _counted(verdicts: str, field: str, level: int) -> tuple[int, int]:
    rows = pq.read_table(verdicts, columns=[field])[field].to_pylist()
    return sum(r["sure"] >= level for r in rows), sum(r["possible"] >= level for r in rows)


def test_a_summary_counts_the_verdicts(made: tuple[str, str], capsys: Capture) -> None:
    """Each number that is shown is the count over the table; none is under five."""
    found = _json(capsys, "population", "summary", *made)
    shown = 0
    for row in found["counts"]:
        counted = _counted(made[1], f"{row['edition']}/{row['field']}", row["level"])
        for told, count in zip((row["sure"], row["possible"]), counted, strict=True):
            if isinstance(told, int):
                shown += 1
                assert told == count >= 5
            else:
                assert told == "*" or count < 5
    assert shown > 60


def test_every_form_says_the_same(made: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    """JSON, CSV and the workbook hold the same cells, masked alike."""
    argv = ["population", "summary", *made, "--by", "unit", "--lang", "en"]
    rows = [list(r.values()) for r in _json(capsys, *argv)["counts"]]
    out = tmp_path / "counts.csv"
    assert main([*argv, "--format", "csv", "--out", str(out)]) == 0
    read = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
    assert read[1:] == [[str(v) for v in row] for row in rows]
    book = tmp_path / "counts.xlsx"
    assert main([*argv, "--format", "xlsx", "--out", str(book)]) == 0
    sheet = load_workbook(book).active
    assert sheet is not None
    cells = [list(r) for r in sheet.iter_rows(min_row=2, max_row=len(rows) + 1, values_only=True)]
    assert cells == rows
    assert {"<5", "*"} <= {v for row in rows for v in row if isinstance(v, str)}


@pytest.mark.parametrize("lang", LANGS)
def test_a_summary_as_text_stays_within_its_width(
    made: tuple[str, str], lang: Lang, capsys: Capture
) -> None:
    """Bounds as `12–34`, and no line beyond 80 columns."""
    from rich.cells import cell_len

    assert main(["population", "summary", *made, "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert re.search(r"\d–\d", out)
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("chart", ["heatmap", "bars"])
def test_pictures_have_their_labels(
    made: tuple[str, str], lang: Lang, chart: str, tmp_path: Path
) -> None:
    """In the language asked for; the page needs no other host."""
    out = tmp_path / "picture"
    argv = ["population", "summary", *made, "--edition", EDITION, "--chart", chart, "--lang", lang]
    assert main([*argv, "--format", "svg", "--out", str(out)]) == 0
    text = out.read_text("utf-8")
    assert ("サービスデスク" if lang == "ja" else "Service Desk") in text
    assert main([*argv, "--format", "html", "--out", str(out)]) == 0
    page = out.read_text("utf-8")
    assert f'<html lang="{lang}">' in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?https?:", page)
    assert main([*argv, "--format", "png", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_japanese_letters_are_drawn(made: tuple[str, str]) -> None:
    """Different letters make different pictures; boxes for missing ones would all be alike."""
    from tassei.reporting.pictures import draw, heatmap, together

    def drawn(word: str) -> bytes:
        value = {"row": word, "column": "1", "count": 9, "text": "9", "told": ""}
        spec = heatmap([value], rows=[word], columns=["1"], row_title="", column_title="", most=9, legend="")  # fmt: skip
        return draw(together([spec], "", []), "png", "ja")

    assert drawn("運用") != drawn("保守")


def test_a_number_leads_to_people_and_people_to_the_proof(
    made: tuple[str, str], capsys: Capture
) -> None:
    """As many as are counted; each of them is told as `tassei judge` tells them."""
    argv = ["--field", DESK, "--level", "3"]
    sure = _json(capsys, "population", "people", *made, *argv)["people"]
    possible = _json(capsys, "population", "people", *made, *argv, "--possible")["people"]
    assert (len(sure), len(possible)) == _counted(made[1], DESK, 3)
    unit = sure[0]["unit"].split("/")[0]
    there = _json(capsys, "population", "people", *made, *argv, "--unit", unit)["people"]
    assert there == [p for p in sure if p["unit"] and p["unit"].split("/")[0] == unit]
    person = sure[0]["person"]
    when = ["--as-of", "2026-11"]
    level = ["--level", f"{DESK}/3"]
    told = _json(capsys, "population", "explain", made[0], person, *when, *level)
    assert (told["person"], told["verdict"]) == (person, "met")
    assert main(["population", "explain", made[0], person, *when, "--lang", "en"]) == 0
    assert person in capsys.readouterr().out


def test_risk_names_nobody_unless_asked(made: tuple[str, str], capsys: Capture) -> None:
    """Masked: at most one. With `--people`: how many, and who."""
    argv = ["population", "risk", *made, "--by", "unit", "--field", DESK]
    masked = _json(capsys, *argv)["levels"]
    assert {r["sure"] for r in masked} == {"<=1"}
    assert all(r["possible"] == "<5" or r["possible"] >= 5 for r in masked)
    assert "people" not in masked[0]
    named = _json(capsys, *argv, "--people")["levels"]
    assert [(r["unit"], r["level"]) for r in named] == [(r["unit"], r["level"]) for r in masked]
    assert {r["sure"] for r in named} == {0, 1}
    assert all(len(r["people"].split(", ") if r["people"] else []) == r["sure"] for r in named)


def test_near_misses_are_told_by_level_and_fact(made: tuple[str, str], capsys: Capture) -> None:
    """What many people lack comes first, and small groups are masked."""
    argv = ["population", "near-misses", made[0], "--field", DESK, "--as-of", "2026-11"]
    found = _json(capsys, *argv, "--lang", "en")
    assert {(r["edition"], r["field"]) for r in found["levels"]} == {(EDITION, "service-desk")}
    numbers = [v for r in found["facts"] for v in (r["to_establish"], r["to_do"])]
    assert all(v == "<5" or v >= 5 for v in numbers)
    totals = [sum(v for v in (r["to_establish"], r["to_do"]) if v != "<5") for r in found["facts"]]
    assert totals[0] == max(totals) > 0
    assert main([*argv, "--lang", "ja"]) == 0
    assert "多くの人を動かす事実" in capsys.readouterr().out


def test_a_comparison_has_its_forms(made: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    """Two editions as text, JSON, table and picture; the movers are named in a file of their own."""
    argv = ["population", "compare", made[0], "--as-of", "2026-11", "--lang", "en"]
    argv += ["--edition", EDITION, "--edition", "itss-v3/it-service-management"]
    found = _json(capsys, *argv)
    assert {m["after"] for m in found["moves"]} >= {"itss-v3/it-service-management/service-desk"}
    assert all(c["people"] in ("*", "<5", 0) or c["people"] >= 5 for c in found["matrix"])
    for form in ("text", "csv", "xlsx", "png", "svg", "html"):
        out = tmp_path / form
        assert main([*argv, "--format", form, "--field", "service-desk", "--out", str(out)]) == 0
        assert out.stat().st_size > 200
    movers = tmp_path / "movers.csv"
    assert main([*argv, "--movers", str(movers)]) == 0
    rows = list(csv.DictReader(io.StringIO(movers.read_text("utf-8"))))
    assert rows
    assert all((r["sure_before"], r["possible_before"]) != (r["sure_after"], r["possible_after"]) for r in rows)  # fmt: skip


def test_other_readings_and_corrections_are_said(
    made: tuple[str, str], tmp_path: Path, capsys: Capture
) -> None:
    """A table made under another reading says so wherever it is read."""
    out = str(tmp_path / "v.parquet")
    argv = ["population", "judge", made[0], "--out", out, "--as-of", "2026-11"]
    assert main([*argv, "--reading", "R-ENTRY=literal", "--edition", EDITION]) == 0
    capsys.readouterr()
    assert main(["population", "summary", made[0], out, "--lang", "en"]) == 0
    assert "readings other than the default: R-ENTRY=literal" in capsys.readouterr().out


def test_interrupted_judging_leaves_nothing(
    made: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Ctrl-C in the middle ends with one word, and no file."""

    def interrupted(*args: Any, **keywords: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tassei.population.workforce.Workforce, "judge_block", interrupted)
    argv = ["population", "judge", made[0], "--out", str(tmp_path / "v.parquet"), "--lang", "en"]
    assert main(argv) == 130
    assert list(tmp_path.iterdir()) == []
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("code", sorted(set(FAULTY) - {"broken-value"}))
def test_bad_tables_are_refused_when_they_are_judged(
    code: str, tmp_path: Path, capsys: Capture
) -> None:
    """With the file, and nothing is written; the messages are those of `unpack`."""
    folder, out = tmp_path / "people", tmp_path / "out"
    FAULTY[code](folder)
    out.mkdir()
    argv = ["population", "judge", str(folder), "--out", str(out / "v.parquet")]
    assert main([*argv, "--as-of", "2026-11", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(str(folder))
    assert said.endswith(f"  code    {code}\n")
    assert list(out.iterdir()) == []


def test_a_disk_that_fills_up_while_judging(
    made: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """One message that names the file, and nothing of it is left; what was there before stays."""
    out = tmp_path / "v.parquet"
    out.write_bytes(b"before")
    write = pq.ParquetWriter.write_batch

    def full(self: pq.ParquetWriter, *args: Any, **keywords: Any) -> None:
        write(self, *args, **keywords)
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    monkeypatch.setattr(pq.ParquetWriter, "write_batch", full)
    assert main(["population", "judge", made[0], "--out", str(out), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{out}: it cannot be written (No space left on device)\n")
    assert [p.name for p in tmp_path.iterdir()] == ["v.parquet"]
    assert out.read_bytes() == b"before"
