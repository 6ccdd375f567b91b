"""The commands on populations: what they write, and what is left when they are stopped."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tassei.population.generate
from conftest import ROOT
from tassei.cli.main import main

EXAMPLES = ROOT / "examples"
Capture = pytest.CaptureFixture[str]


def test_examples_go_there_and_back(tmp_path: Path, capsys: Capture) -> None:
    """What is packed twice is the same; so are the verdicts of what comes back."""
    folder, lines = str(tmp_path / "people"), tmp_path / "people.jsonl"
    files = [str(EXAMPLES / n) for n in ("team.jsonl", "midori.yaml")]
    assert main(["population", "pack", *files, "--out", folder, "--as-of", "2026-11"]) == 0
    assert main(["population", "unpack", folder, "--out", str(lines)]) == 0
    again = str(tmp_path / "again")
    assert main(["population", "pack", str(lines), "--out", again, "--as-of", "2026-11"]) == 0
    capsys.readouterr()
    told = []
    for argv in (folder, again):
        assert main(["population", "unpack", argv]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == lines.read_text("utf-8")
    as_json = ["--as-of", "2026-11", "--format", "json"]
    assert main(["judge", str(lines), *as_json]) == 0
    back = capsys.readouterr().out.splitlines()
    assert main(["judge", *files, *as_json]) == 0
    assert sorted(back) == sorted(capsys.readouterr().out.splitlines())


def test_a_person_in_two_files_is_told_with_both(tmp_path: Path, capsys: Capture) -> None:
    """By the names that were given."""
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((EXAMPLES / "midori.yaml").read_bytes())
    files = [str(EXAMPLES / "kaori.yaml"), str(EXAMPLES / "midori.yaml"), str(copy)]
    out = str(tmp_path / "people")
    argv = ["population", "pack", *files, "--out", out, "--as-of", "2026-11", "--lang", "en"]
    assert main(argv) == 2
    assert f'"E1024" is both in {files[1]} and in {files[2]}' in capsys.readouterr().err
    assert os.listdir(tmp_path) == ["copy.yaml"]


def test_interrupted_generating_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Ctrl-C in the middle ends with one word."""
    made = tassei.population.generate.generate

    def interrupted(*args: Any, **keywords: Any) -> Iterator[Any]:
        yield next(made(*args, **keywords))
        raise KeyboardInterrupt

    monkeypatch.setattr(tassei.population.generate, "generate", interrupted)
    argv = ["population", "generate", "--people", "30", "--out", str(tmp_path / "p")]
    assert main([*argv, "--lang", "en"]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_an_edition_that_does_not_exist(tmp_path: Path, capsys: Capture) -> None:
    """Nothing is made for it."""
    argv = ["population", "generate", "--people", "3", "--edition", "itss-v9"]
    assert main([*argv, "--out", str(tmp_path / "p"), "--lang", "en"]) == 2
    assert "unknown-edition" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []
