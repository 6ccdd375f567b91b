"""`tassei compare`, `tassei judge --carry` and `tassei doubts --find`, as people use them."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from comparing.sources import SOURCES, needs_sources
from tassei.cli.main import main
from tassei.encoding.standards import Standards
from tassei.marked import parse
from tassei.reporting.comparisons import change_text
from tassei.text import LANGS, Lang

V1, V2, V2006, V3 = LINEAGE = (
    "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
    "itss-v3/it-service-management",
)  # fmt: skip
GORO = str(Path(__file__).resolve().parents[2] / "examples" / "goro.yaml")
Capture = pytest.CaptureFixture[str]


def _shown(capsys: Capture, *argv: str, code: int = 0) -> str:
    assert main([*argv]) == code
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "argv",
    [
        ("compare", V2, V2006),
        ("compare", V2, V2006, "--full"),
        ("compare", V1, V3),
        ("compare", V2006, V3, "--translation"),
        ("compare", "--lineage", "it-service-management"),
        ("doubts", V1, "--find"),
        ("judge", GORO, "--carry", V2, "--as-of", "2026-11"),
    ],
    ids=lambda argv: "-".join(argv[:2]),
)
def test_what_is_shown_is_for_people(argv: tuple[str, ...], lang: Lang, capsys: Capture) -> None:
    """It fits the terminal, and shows no id where there is a name."""
    text = _shown(capsys, *argv, "--lang", lang)
    for line in text.splitlines():
        if " tassei compare " in f" {line}":
            continue  # a command stays in one line, so that it can be copied
        words = [w for w in re.split(r"\s", line) if w]
        assert cell_len(line) <= 80 or max(map(cell_len, words)) > 40, line
    named = re.sub(r"tassei \w+ .*|itss-\S+|--\w+", "", text)
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", named)
    ids = (
        "system-operation",
        "service-desk",
        "operations-system",
        "customer-support",
        "peak_staff",
    )
    assert not [i for i in ids if i in named]


def test_the_order_of_the_lineage_decides(capsys: Capture) -> None:
    """Whichever is named first, the earlier edition stands on the left."""
    assert _shown(capsys, "compare", V3, V2006) == _shown(capsys, "compare", V2006, V3)


def test_an_edition_and_itself(capsys: Capture) -> None:
    """One sentence."""
    text = _shown(capsys, "compare", V3, V3, "--lang", "en")
    assert "nothing differs" in text
    assert len(text.splitlines()) == 2


def test_a_pair_in_two_languages_points_to_its_own_comparison(capsys: Capture) -> None:
    """And only such a pair."""
    text = _shown(capsys, "compare", V2006, V3, "--lang", "en")
    assert f"tassei compare {V2006} {V3} --translation" in " ".join(text.split())
    assert "One text in two languages" not in _shown(capsys, "compare", V1, V2, "--lang", "en")


def test_three_editions_are_a_story(capsys: Capture) -> None:
    """Of those editions; a category or one of its editions names the whole lineage."""
    text = _shown(capsys, "compare", V1, V2, V2006, "--lang", "en")
    assert text.startswith("IT Service Management: from V1 to V2 2006\n")
    whole = _shown(capsys, "compare", "--lineage", "it-service-management", "--lang", "en")
    assert whole == _shown(capsys, "compare", "--lineage", V1, "--lang", "en")
    assert "System operation and Network operation were recast as" in " ".join(whole.split())


def test_a_page_is_written_to_a_file(tmp_path: Path, capsys: Capture) -> None:
    """The same bytes as on standard output."""
    out = tmp_path / "page.html"
    printed = _shown(capsys, "compare", V1, V2, "--format", "html", "--lang", "ja")
    assert (
        _shown(capsys, "compare", V1, V2, "--format", "html", "--lang", "ja", "--out", str(out))
        == ""
    )
    assert out.read_text("utf-8") == printed
    assert printed.startswith("<!doctype html>")


def test_what_moved_has_a_direction(standards: Standards) -> None:
    """Up or down where that can be said, and nothing where it cannot."""
    from tassei.comparing.differences import compare

    found = compare(standards, standards.edition(V2), standards.edition(V2006))
    desk = next(x for x in found.levels if x.later_field.id == "service-desk" and x.level == 4)
    said = {m.key: change_text(m).en for m in desk.moves}
    assert said["role"] == "person responsible → leader ↓"
    assert said["years"] == "not asked → 2 years or more"


@pytest.mark.parametrize("lang", LANGS)
def test_carried_evidence_says_what_was_lost(lang: Lang, capsys: Capture) -> None:
    """For each engagement, in names."""
    text = " ".join(
        _shown(capsys, "judge", GORO, "--carry", V2, "--as-of", "2026-11", "--lang", lang).split()
    )
    assert {
        "en": "Carried over: Operations V1 → Operations V2",
        "ja": "引き継ぎ: オペレーション V1 → オペレーション V2",
    }[lang] in text
    assert {
        "en": "not asked by V1, so the record does not tell",
        "ja": "V1は問わないため記録から分からない",
    }[lang] in text


def test_evidence_for_the_edition_itself_is_judged_as_it_is(capsys: Capture) -> None:
    """The same verdicts, and a word that nothing was carried."""
    plain = _shown(capsys, "judge", GORO, "--as-of", "2026-11", "--lang", "en")
    carried = _shown(capsys, "judge", GORO, "--carry", V1, "--as-of", "2026-11", "--lang", "en")
    assert carried.startswith(plain.rstrip("\n"))
    assert "it is judged as it is" in " ".join(carried.split())
    other = _shown(
        capsys, "judge", GORO, "--carry", f"{V2006}={V2}", "--as-of", "2026-11", "--lang", "en"
    )
    assert "it is judged as it is" in " ".join(other.split())


def test_proposals_can_be_pasted_into_the_register(
    tmp_path: Path, standards: Standards, capsys: Capture
) -> None:
    """Under the next free numbers; the standards load with them."""
    import shutil

    from tassei.encoding.compiled import shipped
    from tassei.encoding.load import load_standards

    text = _shown(capsys, "doubts", V3, "--find", "--format", "yaml")
    entries = parse(text, "found.yaml").plain()
    last = max(int(d.id[2:]) for d in standards.doubts)
    assert [e["id"] for e in entries] == [f"D-{last + n + 1:03d}" for n in range(len(entries))]
    shutil.copytree(shipped("standards"), tmp_path / "standards")
    register = tmp_path / "standards" / "doubts.yaml"
    register.write_text(register.read_text("utf-8") + text, "utf-8")
    assert len(load_standards(tmp_path / "standards").doubts) == last + len(entries)


def test_only_what_is_new(capsys: Capture) -> None:
    """`--new` leaves out places where the register has a doubt of the kind."""
    every = _shown(capsys, "doubts", V1, "--find", "--lang", "en")
    new = _shown(capsys, "doubts", V1, "--find", "--new", "--lang", "en")
    assert "may be registered" in every
    assert "may be registered" not in new
    assert len(new) < len(every)


def test_the_register_as_yaml(standards: Standards, capsys: Capture) -> None:
    """What is listed can be read again."""
    entries = parse(_shown(capsys, "doubts", V3, "--format", "yaml"), "doubts.yaml").plain()
    by_id = {d.id: d for d in standards.doubts}
    assert entries
    assert all(by_id[e["id"]].title.ja == e["title"]["ja"] for e in entries)


@needs_sources
def test_a_document_is_looked_through(capsys: Capture) -> None:
    """With its text, more is found than from the encoding alone."""
    pytest.importorskip("tassei.documents.reading.sandbox", reason="the readers are not installed")
    [path] = SOURCES.glob("003_*.txt")
    alone = _shown(capsys, "doubts", V3, "--find", "--lang", "en")
    both = _shown(capsys, "doubts", V3, "--find", "--document", str(path), "--lang", "en")
    assert "multivendor" in both
    assert "multivendor" not in alone
