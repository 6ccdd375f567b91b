"""A tailored layer is an edition of its own over an official one, which stays as it is."""

import pytest
from attrs import evolve

from conftest import ROOT
from tassei.comparing.differences import compare
from tassei.encoding.layers import read_layer, with_layers
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge

OVER = "itss-v2-2006/it-service-management"
OWN = "example-2026/it-service-management"
FIELD = "operations-management"
HEAD = f"""schema: tassei/layer/1
id: example-2026
label: Example Co. 2026
title: {{ja: 見本社の基準, en: The standard of Example Co.}}
dated: '2026-04-01'
over: {OVER}
"""
CHANGES = f"""changes:
- {{field: {FIELD}, level: 5, clause: responsibility.years, value: 9}}
- field: {FIELD}
  level: 6
  clause: size[0].any[0].managed_staff.at_least
  value: 120
"""
WORDS = """words:
- {of: fields, id: operations-management, ja: 運用, en: Running}
- {of: criteria, id: international, ja: 海外拠点がある}
"""


def _layer(text: str, standards: Standards) -> Standards:
    return with_layers(standards, [read_layer(text.encode(), "layer.yaml", standards)])


def test_a_layer_stands_beside_its_edition(standards: Standards) -> None:
    """It has its own id, label and digest; the official edition is untouched."""
    layer = read_layer((HEAD + CHANGES).encode(), "layer.yaml", standards)
    everything = with_layers(standards, [layer])
    own, official = everything.edition(OWN), everything.edition(OVER)
    assert official == standards.edition(OVER)
    assert (own.label, own.over, own.dated) == ("Example Co. 2026", OVER, "2026-04-01")
    five, was = own.indicator(FIELD, 5), official.indicator(FIELD, 5)
    assert five is not None
    assert was is not None
    assert (five.responsibility.years, was.responsibility.years) == (9, 3)
    assert everything.digests[OWN] == layer.digest not in standards.digests.values()
    assert [(c.level, c.before, c.value) for c in layer.changes] == [(5, 3, 9), (6, 150, 120)]
    other = read_layer((HEAD + CHANGES.replace("120", "130")).encode(), "layer.yaml", standards)
    assert other.digest != layer.digest


def test_words_are_changed_wherever_they_stand(standards: Standards) -> None:
    """A term goes by its new name in every indicator, and asks for the same as before."""
    everything = _layer(HEAD + WORDS, standards)
    own, official = everything.edition(OWN), standards.edition(OVER)
    field = own.field(FIELD)
    assert field is not None
    assert (field.name.ja, field.name.en) == ("運用", "Running")
    names = {
        t.name.ja for i in own.indicators for t in i.complexity.criteria if t.id == "international"
    }
    assert names == {"海外拠点がある"}
    assert len(own.indicators) == len(official.indicators)
    comparison = compare(everything, official, own)
    assert comparison.moves == 0
    assert {t.id for t in comparison.terms} >= {"international"}


def test_a_comparison_shows_what_was_changed_and_nothing_else(standards: Standards) -> None:
    """The two correspond field by field; each change is one move."""
    everything = _layer(HEAD + CHANGES, standards)
    comparison = compare(everything, everything.edition(OVER), everything.edition(OWN))
    moved = {(c.later_field.id, c.level) for c in comparison.levels if c.moves}
    assert moved == {(FIELD, 5), (FIELD, 6)}
    assert comparison.moves == 2


def test_a_record_of_the_edition_is_judged_by_the_layer(
    standards: Standards, known: Known, as_of: Month
) -> None:
    """Work that was recorded for the official field counts; a stricter layer takes the level away."""
    everything = _layer(HEAD + CHANGES, standards)
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    evidence = evolve(record.evidence, written_for=())
    judge = Judge(everything, everything.readings_with({}), (OVER, OWN))
    levels = {
        s.edition.id: s.level for s in judge.standings(evidence, as_of) if s.field_id == FIELD
    }
    assert levels[OVER] == 5
    assert (levels[OWN] or 0) in range(1, 5)
    same = _layer(HEAD + WORDS, standards)
    judge = Judge(same, same.readings_with({}), (OVER, OWN))
    by_edition: dict[str, list[object]] = {}
    for standing in judge.standings(evidence, as_of):
        by_edition.setdefault(standing.edition.id, []).append(standing.verdicts)
    assert by_edition[OVER] == by_edition[OWN]


def test_doubts_are_doubts_of_the_layer_too(standards: Standards) -> None:
    """What is doubtful below is doubtful above, and readings matter in both."""
    everything = _layer(HEAD + CHANGES, standards)
    own, official = everything.edition(OWN), everything.edition(OVER)
    for mine, theirs in zip(own.indicators, official.indicators, strict=True):
        assert everything.doubts_of(own, mine) == everything.doubts_of(official, theirs)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD, "no-changes", 1),
        (HEAD.replace("layer/1", "layer/9") + WORDS, "wrong-schema", 1),
        (HEAD.replace("example-2026", "Example 2026") + WORDS, "malformed-id", 2),
        (HEAD.replace("'2026-04-01'", "April") + WORDS, "malformed-id", 5),
        (HEAD.replace("Example Co. 2026", "draft") + WORDS, "malformed-id", 3),
        (HEAD.replace(OVER, "itss-v9/nowhere") + WORDS, "unknown-edition", 6),
        (HEAD.replace("example-2026", "itss-v2-2006") + WORDS, "doubled-term", 2),
        (HEAD + CHANGES.replace("years", "yearz"), "unknown-key", 8),
        (HEAD + CHANGES.replace("value: 120", "value: many"), "wrong-type", 12),
        (HEAD + CHANGES.replace("size[0]", "size[9]"), "no-such-clause", 11),
        (HEAD + CHANGES.replace("level: 6", "level: 9"), "unknown-level", 10),
        (HEAD + WORDS.replace("of: criteria", "of: colours"), "unknown-kind", 9),
        (HEAD + WORDS.replace("id: international", "id: nobody"), "unknown-criteria", 9),
        (HEAD + WORDS.replace(", ja: 海外拠点がある", ""), "missing-key", 9),
        (HEAD.replace("label: Example Co. 2026\n", "") + WORDS, "missing-key", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    text: str, code: str, line: int, standards: Standards
) -> None:
    """The same checks as of any encoding; nothing is laid over anything where one fails."""
    with pytest.raises(RequestError) as told:
        read_layer(text.encode(), "layer.yaml", standards)
    first, *_ = told.value.faults
    assert (first.code, first.line) == (code, line)


def test_a_layer_over_a_layer_is_refused(standards: Standards) -> None:
    """One layer, so that the official rule is never two steps away."""
    everything = _layer(HEAD + WORDS, standards)
    text = (HEAD + WORDS).replace("id: example-2026", "id: more").replace(OVER, OWN)
    with pytest.raises(RequestError, match="unknown-edition"):
        read_layer(text.encode(), "layer.yaml", everything)
