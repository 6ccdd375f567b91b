"""The figures that the documentation quotes of the rules, and the labels that they rest on."""

import re

import pytest
from benchmarks.doubts_found import Score, labels, score

from comparing.sources import needs_sources, source
from conftest import ROOT
from tassei.encoding.standards import Standards

NUMBERS = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def result() -> Score:
    return score({n: source(n) for n in NUMBERS})


def test_labels_name_what_exists(standards: Standards) -> None:
    """Every doubt that a label names is in the register, and every label has its reason."""
    known = {d.id for d in standards.doubts}
    for key, label in labels().items():
        assert set(label.doubts) <= known, key
        assert label.why, key
        assert label.real or not label.doubts, key


@needs_sources
def test_every_proposal_has_a_label_and_every_label_a_proposal(result: Score) -> None:
    """So that no figure rests on what nobody has looked at."""
    assert [p.key for p in result.unlabelled] == []
    assert {p.key for p in result.proposals} == set(labels())


@needs_sources
def test_four_of_five_are_real(result: Score) -> None:
    """On the five documents, and so without the rules that seldom err."""
    assert result.precision >= 0.8
    assert result.without_open_places() >= 0.8


@needs_sources
@pytest.mark.parametrize("page", ["docs/reference/figures.md", "docs/ja/reference/figures.md"])
def test_the_figures_are_those_that_are_quoted(page: str, result: Score) -> None:
    """Precision and recall as the page says."""
    text = (ROOT / page).read_text("utf-8")
    hit, total = result.of_kinds(by_meaning=False)
    for figure in (
        f"{len(result.proposals)}", f"{len(result.real)}", f"{result.precision:.1%}",
        f"{result.recall:.1%}", f"{hit / total:.1%}",
    ):  # fmt: skip
        assert re.search(rf"(?<![\d.]){re.escape(figure)}", text), figure
