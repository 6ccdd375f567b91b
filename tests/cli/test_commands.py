"""Each command does its job, in both languages and as JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tassei.cli.main import main
from tassei.encoding.standards import Standards
from tassei.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
MIDORI = str(ROOT / "examples" / "midori.yaml")
AS_OF = ["--as-of", "2026-11"]
Capture = pytest.CaptureFixture[str]


def _json(capsys: Capture, *argv: str) -> object:
    assert main([*argv]) == 0
    return json.loads(capsys.readouterr().out)


def _list(capsys: Capture, *argv: str) -> list[dict[str, Any]]:
    found = _json(capsys, *argv)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_editions_are_listed_along_their_lineage(lang: Lang, capsys: Capture) -> None:
    """Every edition with how it was identified; each behind the one that it follows."""
    assert main(["editions", "--lang", lang]) == 0
    out = capsys.readouterr().out
    order = ["itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management"]
    places = [out.index(e) for e in [*order, "itss-v3/it-service-management"]]
    assert places == sorted(places)
    assert ("推定" if lang == "ja" else "inferred") in out


def test_editions_as_json(capsys: Capture) -> None:
    """Each edition with its digest, fields and levels."""
    found = _json(capsys, "editions", "--format", "json")
    assert isinstance(found, list)
    assert len(found) == 5
    assert all(e["digest"].startswith("sha256:") and e["outline"]["ja"] for e in found)


@pytest.mark.parametrize("lang", LANGS)
def test_show_an_edition_begins_with_its_ladder(lang: Lang, capsys: Capture) -> None:
    """An edition is shown by its outline and which levels exist."""
    assert main(["show", "itss-v2/customer-service", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert "■" in out
    assert "000:503" in out


def test_show_a_level_has_places_and_doubts(capsys: Capture) -> None:
    """A level is shown in words, with source places, notes and the doubts that touch it."""
    assert (
        main(["show", "itss-v3/it-service-management/operations-management/3", "--lang", "en"]) == 0
    )
    out = capsys.readouterr().out
    assert "003:78" in out
    assert "R-EXAM" in out
    assert "Doubts\n  D-" in out


def test_show_follows_the_readings(capsys: Capture) -> None:
    """Under another reading the wording says another thing."""
    path = "itss-v2-2006/it-service-management/operations-management/4"
    main(["show", path, "--lang", "en"])
    one = capsys.readouterr().out
    main(["show", path, "--lang", "en", "--reading", "R-AREAS=all"])
    every = capsys.readouterr().out
    assert "in 1 or more of these 5 areas" in one
    assert "in all of these 5 areas" in every


def test_show_as_json_has_the_wording_in_both_languages(capsys: Capture) -> None:
    """One object an indicator: the row of the table with its wording as a tree."""
    [found] = _list(capsys, "show", "itss-v1/operations/common/2", "--format", "json")
    assert found["wording"]["ja"]
    assert found["wording"]["parts"]
    assert found["applies_to"] == ["system-operation", "network-operation", "customer-support"]


def test_show_reports_the_static_checks(capsys: Capture) -> None:
    """What looks wrong in the standard itself is reported, not rejected."""
    assert main(["show", "itss-v2/operations/network-operation/5", "--check", "--lang", "en"]) == 0
    assert "the condition of a size asks for all 4 criteria" in capsys.readouterr().out


def test_doubts_one_in_full(capsys: Capture) -> None:
    """A doubt says where, what the text says, the reading taken, why, and whether it matters."""
    assert main(["doubts", "D-001", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    for label in ("places: ", "the text: ", "reading: ", "why: ", "rule: "):
        assert label in out


def test_doubts_of_a_level_and_those_that_change_a_rule(
    standards: Standards, capsys: Capture
) -> None:
    """The register is narrowed by place and by weight."""
    everything = _json(capsys, "doubts", "--format", "json")
    level = _json(capsys, "doubts", "itss-v1/operations/system-operation/5", "--format", "json")
    heavy = _json(capsys, "doubts", "--rules", "--format", "json")
    assert isinstance(everything, list)
    assert isinstance(level, list)
    assert isinstance(heavy, list)
    assert len(everything) == len(standards.doubts) > 70
    assert 0 < len(level) < len(everything)
    assert all(d["changes_rule"] for d in heavy)


def test_judge_as_json_is_the_same_in_any_locale(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The language inside JSON is English unless it is asked for: the locale does not show."""
    outputs = []
    for name in ("ja_JP.UTF-8", "de_DE.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", name)
        assert main(["judge", MIDORI, "--format", "json", *AS_OF]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(outputs[0].splitlines()) == 19


def test_judge_one_level(capsys: Capture) -> None:
    """A level that is asked for is judged also where its edition is not one of the evidence."""
    found = _json(
        capsys,
        "judge",
        MIDORI,
        "--format",
        "json",
        "--level",
        "itss-v2/customer-service/hardware/3",
        *AS_OF,
    )
    assert isinstance(found, dict)
    assert found["edition"] == "itss-v2/customer-service"
    # the evidence is not written for this edition, so it does not say that the work was not of it
    assert found["verdict"] == "undetermined"


def test_judge_all_shows_every_edition(capsys: Capture) -> None:
    """`--all` judges against the editions that the evidence is not written for, too."""
    main(["judge", MIDORI, "--all", "--lang", "en", *AS_OF])
    out = capsys.readouterr().out
    assert out.count(" · V") == 5
    assert "--all" not in out


def test_judge_full_unfolds_what_is_met(capsys: Capture) -> None:
    """`--full` shows the clauses that are met with what was found."""
    main(["judge", MIDORI, "--lang", "en", *AS_OF])
    folded = capsys.readouterr().out
    main(["judge", MIDORI, "--full", "--lang", "en", *AS_OF])
    assert len(capsys.readouterr().out.splitlines()) > 2 * len(folded.splitlines())


def test_judge_shows_how_words_were_understood(capsys: Capture) -> None:
    """Figures, months and names in words are shown with what they were taken for."""
    main(
        [
            "judge",
            str(ROOT / "examples" / "sakura.yaml"),
            "--show-understood",
            "--lang",
            "en",
            *AS_OF,
        ]
    )
    assert " → " in capsys.readouterr().out.split("understood\n")[1]


def test_judge_other_readings_are_named(capsys: Capture) -> None:
    """A judgement under another reading says so in its first line."""
    main(["judge", MIDORI, "--reading", "R-BRANCH=last", "--lang", "en", *AS_OF])
    out = capsys.readouterr().out
    assert "readings R-BRANCH=last" in out.splitlines()[0]
    assert "Level 6 is met" in out


def test_judge_many_people(capsys: Capture) -> None:
    """One line a person in, one after another out."""
    assert main(["judge", str(ROOT / "examples" / "team.jsonl"), "--lang", "en", *AS_OF]) == 0
    assert capsys.readouterr().out.count("as of 2026-11") == 3


def test_out_is_written_whole(tmp_path: Path, capsys: Capture) -> None:
    """`--out` writes the file and leaves nothing beside it."""
    target = tmp_path / "judgements.jsonl"
    assert main(["judge", MIDORI, "--format", "json", "--out", str(target), *AS_OF]) == 0
    assert capsys.readouterr().out == ""
    assert [p.name for p in tmp_path.iterdir()] == ["judgements.jsonl"]
    assert len(target.read_text("utf-8").splitlines()) == 19


@pytest.mark.parametrize("lang", LANGS)
def test_verify_derives_the_same(lang: Lang, tmp_path: Path, capsys: Capture) -> None:
    """A stored judgement, in either language, is derived the same from the evidence beside it."""
    stored, evidence = tmp_path / "j.jsonl", tmp_path / "midori.yaml"
    evidence.write_bytes(Path(MIDORI).read_bytes())
    main(["judge", str(evidence), "--format", "json", "--lang", lang, "--out", str(stored), *AS_OF])
    assert main(["judge", "--verify", str(stored), "--lang", "en"]) == 0
    assert "19 of 19 derived the same" in capsys.readouterr().out


def test_verify_says_what_changed(tmp_path: Path, capsys: Capture) -> None:
    """Where the evidence is another one, it says so first, and then what became of the verdict."""
    stored, evidence = tmp_path / "j.jsonl", tmp_path / "midori.yaml"
    evidence.write_bytes(Path(MIDORI).read_bytes())
    main(["judge", MIDORI, "--format", "json", "--out", str(stored), *AS_OF])
    text = evidence.read_text("utf-8")
    assert "managed_staff: 82" in text
    evidence.write_text(text.replace("managed_staff: 82", "managed_staff: 182"), "utf-8")
    assert main(["judge", "--verify", str(stored), str(evidence), "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "the evidence is not the one that was judged" in out
    assert "verdict: undetermined → met" in out


def test_verify_sees_a_forged_verdict(tmp_path: Path, capsys: Capture) -> None:
    """A verdict that was changed by hand does not come out again."""
    stored = tmp_path / "j.jsonl"
    main(["judge", MIDORI, "--format", "json", "--out", str(stored), *AS_OF])
    stored.write_text(
        stored.read_text("utf-8").replace('"verdict":"not_met"', '"verdict":"met"', 1), "utf-8"
    )
    assert main(["judge", "--verify", str(stored), MIDORI, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "verdict: met → not_met" in out
    assert "digests" not in out


def test_skills_are_judged_apart(capsys: Capture) -> None:
    """Proficiency and knowledge are told beside each other, with bounds where nothing is recorded."""
    kenji = str(ROOT / "examples" / "kenji.yaml")
    assert main(["skills", kenji, "--lang", "en", "--knowledge", *AS_OF]) == 0
    out = capsys.readouterr().out
    assert "level 4" in out
    assert "in work of: staff at the peak: fewer than 10 people" in out
    found = _json(capsys, "skills", kenji, "--format", "json", *AS_OF)
    assert isinstance(found, dict)
    assert found["schema"] == "tassei/skill-standing/1"
    assert len(found["proficiency"]) == 27
    assert len(found["knowledge"]) == 35


@pytest.mark.parametrize("lang", LANGS)
def test_demo_ends_with_a_proof(lang: Lang, capsys: Capture) -> None:
    """The demo tells of everybody and proves one verdict."""
    assert main(["demo", "--lang", lang, *AS_OF]) == 0
    out = capsys.readouterr().out
    assert out.count("(E") >= 14
    assert "001:65" in out


def test_demo_writes_the_examples(tmp_path: Path, capsys: Capture) -> None:
    """The examples are written to a new folder, and never over what is there."""
    target = tmp_path / "mine"
    assert main(["demo", "--write", str(target)]) == 0
    assert (target / "midori.yaml").read_bytes() == Path(MIDORI).read_bytes()
    assert main(["demo", "--write", str(target), "--lang", "en"]) == 2
    assert "folder-not-empty" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGS)
def test_help_is_in_the_language_asked_for(lang: Lang, capsys: Capture) -> None:
    """Every command has help in both languages."""
    for argv in (
        ["--help"],
        *(
            [c, "--help"]
            for c in ("editions", "show", "table", "doubts", "judge", "skills", "demo")
        ),
    ):
        assert main([*argv, "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Usage: tassei")
        assert any("ぁ" <= c <= "ん" for c in out) == (lang == "ja")


def test_no_line_of_a_judgement_is_too_wide(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 80 columns no line is wider, a Japanese character counting two."""
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "80")
    for lang in LANGS:
        main(["judge", MIDORI, "--lang", lang, "--full", *AS_OF])
        wide = [
            x for x in capsys.readouterr().out.splitlines() if cell_len(x) > 80 and "/" not in x
        ]
        assert wide == []


def test_the_same_bytes_under_any_hash_seed_and_time_zone() -> None:
    """Whole processes with other hash seeds, time zones and locales print the same bytes."""
    outputs = set()
    for seed, zone, name in (
        ("0", "UTC", "C"),
        ("1", "Asia/Tokyo", "ja_JP.UTF-8"),
        ("77", "America/Lima", "C.UTF-8"),
    ):
        run = subprocess.run(
            [sys.executable, "-m", "tassei", "judge", MIDORI, "--format", "json", "--all", *AS_OF],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": name, "PATH": ""},
            capture_output=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
