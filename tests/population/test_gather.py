"""What an engine has written is gathered as one machine would have written it, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tassei.cli.main import main
from tassei.population.gather import DESCRIPTION
from tassei.population.worker import signed
from tassei.population.workforce import VERDICTS, verdicts_schema

Capture = pytest.CaptureFixture[str]
TOLD = {"schema": VERDICTS, "as_of": "2026-11", "rungs": [f"e/f/{n}" for n in range(65)]}
SCHEMA = verdicts_schema(["e/f"], 2).with_metadata({"tassei": json.dumps(TOLD)})
TABLE = pa.table(
    {
        "person": ["A", "B", "a", "あ", "😀"],
        "e/f": [{"sure": n, "possible": n + 1} for n in range(5)],
        "met_0": [0, 2**63, 2**64 - 1, 2**63 - 1, 1],
        "possible_0": [0, 2**64 - 1, 2**64 - 1, 2**64 - 1, 1],
        "met_1": [0, 0, 0, 1, 1],
        "possible_1": [1, 1, 1, 1, 1],
    },
    SCHEMA,
)
"""Sorted as people are, with masks on both sides of where a sign would be."""


def written(folder: Path, people: int = 5) -> Path:
    """As an engine writes it: parts in no order, and a description that says how many people."""
    columns = [
        c.cast(pa.int64(), safe=False) if c.type == pa.uint64() else c for c in TABLE.columns
    ]
    whole = pa.table(columns, schema=signed(SCHEMA)).take([3, 0, 4, 2, 1])
    (folder / DESCRIPTION).mkdir(parents=True)
    for name, part in (("b", whole.slice(0, 2)), ("a", whole.slice(2))):
        pq.write_table(part, folder / f"{name}.parquet")
    text = json.dumps({**TOLD, "people": people}) + "\n"
    (folder / DESCRIPTION / "part-0.txt").write_text(text, "utf-8")
    # engines write empty parts, too
    (folder / DESCRIPTION / "part-1.txt").write_text("", "utf-8")
    return folder


def test_it_is_the_table_of_one_machine(tmp_path: Path, capsys: Capture) -> None:
    """Sorted by the bytes of the ids, masks without a sign, and with all that it depends on."""
    out = tmp_path / "verdicts.parquet"
    argv = ["population", "gather", str(written(tmp_path / "folder")), "--out", str(out)]
    assert main([*argv, "--lang", "en"]) == 0
    assert pq.read_table(out).equals(TABLE, check_metadata=True)
    assert capsys.readouterr().err == f"wrote the verdicts of 5 people to {out}\n"


def _without_description(folder: Path) -> None:
    (folder / DESCRIPTION / "part-0.txt").unlink()


def _twice(folder: Path) -> None:
    (folder / "c.parquet").write_bytes((folder / "a.parquet").read_bytes())


def _cut_off(folder: Path) -> None:
    part = folder / "a.parquet"
    part.write_bytes(part.read_bytes()[:-9])


def _without_parts(folder: Path) -> None:
    for part in folder.glob("*.parquet"):
        part.unlink()


def _of_others(folder: Path) -> None:
    for part in folder.glob("*.parquet"):
        pq.write_table(pq.read_table(part).drop_columns(["e/f"]), part)


def _garbled(folder: Path) -> None:
    (folder / DESCRIPTION / "part-0.txt").write_text("[1", "utf-8")


@pytest.mark.parametrize(
    "spoil", [_without_description, _twice, _cut_off, _without_parts, _of_others, _garbled]
)
def test_what_is_not_whole_is_refused(
    spoil: Callable[[Path], None], tmp_path: Path, capsys: Capture
) -> None:
    """Whatever is missing or too much; and nothing is written."""
    folder, out = written(tmp_path / "folder"), tmp_path / "verdicts.parquet"
    spoil(folder)
    assert main(["population", "gather", str(folder), "--out", str(out), "--lang", "en"]) == 2
    assert "no-verdicts" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
