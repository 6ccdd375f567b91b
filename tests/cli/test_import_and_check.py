"""The commands `import` and `check`, as a person meets them."""

import json
from pathlib import Path

import pytest

from documents.samples import PROJECTS, UNREADABLE
from tassei.cli.main import main
from tassei.text import LANGS, Lang

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / PROJECTS.name
    path.write_text(PROJECTS.text, "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_lines_answer(document: Path, lang: Lang, capsys: Capture) -> None:
    assert main(["import", str(document), "--lang", lang]) == 0
    first, answer = capsys.readouterr().out.split("\n")[:2]
    assert first == "プロジェクトマネジメント  draft/project-management"
    assert (
        answer
        == {
            "ja": "3件の達成度指標を、残らず読み取りました。",
            "en": "3 indicators read; nothing was left not understood.",
        }[lang]
    )


def test_what_is_not_understood_stands_first(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / UNREADABLE.name
    path.write_text(UNREADABLE.text, "utf-8")
    assert main(["import", str(path), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.index("Not understood") < out.index("New terms") < out.index("specialty field")
    assert "unreadable:7" in out


def test_a_draft_is_not_overwritten(document: Path, tmp_path: Path, capsys: Capture) -> None:
    """The second import of the same category is refused; `--replace` and `--id` make room."""
    argv = ["import", str(document), "--out", str(tmp_path / "w"), "--lang", "en"]
    assert main(argv) == 0
    assert main(argv) == 2
    assert "draft-exists" in capsys.readouterr().err
    assert main([*argv, "--replace"]) == 0
    assert main([*argv, "--id", "own/projects"]) == 0
    assert main([*argv, "--id", "Own Projects"]) == 2


def test_a_draft_is_the_same_as_its_document(
    document: Path, tmp_path: Path, capsys: Capture
) -> None:
    """And it is not, once a value of it is changed."""
    folder = str(tmp_path / "w")
    assert main(["import", str(document), "--out", folder]) == 0
    argv = ["check", "draft/project-management", str(document), "--standards", folder]
    assert main(argv) == 0
    file = tmp_path / "w" / "draft" / "project-management" / "system-development.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("{at_least: 4, of_which: 2", "{at_least: 5, of_which: 2"), "utf-8")
    capsys.readouterr()
    assert main([*argv, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    [differing] = [i for i in found["indicators"] if not i["same"]]
    assert [d["value"] for d in differing["differences"]] == ["responsibility.engagements"]


def test_official_wording_is_shown(document: Path, tmp_path: Path, capsys: Capture) -> None:
    folder = str(tmp_path / "w")
    assert main(["import", str(document), "--out", folder]) == 0
    capsys.readouterr()
    path = "draft/project-management/system-development/5"
    assert main(["show", path, "--standards", folder, "--lang", "en"]) == 0
    assert "Official wording" in capsys.readouterr().out
    assert main(["show", path, "--standards", folder, "--format", "json"]) == 0
    [shown] = json.loads(capsys.readouterr().out)
    assert shown["official"][0]["clause"] == "responsibility"
