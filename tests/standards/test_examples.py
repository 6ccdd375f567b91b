"""What the example people are told, as it was last reviewed."""

from pathlib import Path

import pytest

from golden import check
from tassei.cli.main import main
from tassei.text import LANGS, Lang

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = Path(__file__).resolve().parent / "golden" / "examples"
PEOPLE = sorted(p.name for p in EXAMPLES.iterdir() if p.suffix in (".yaml", ".jsonl"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PEOPLE)
def test_judged(name: str, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """The judgement of an example person, with the proof of the next level, reads as reviewed."""
    assert main(["judge", str(EXAMPLES / name), "--lang", lang, "--as-of", "2026-11"]) == 0
    check(HERE / f"{name}.{lang}.txt", capsys.readouterr().out)


def test_the_organisation_is_large_enough() -> None:
    """At least twelve people, so that every kind of clause has somebody."""
    assert len(PEOPLE) >= 12
