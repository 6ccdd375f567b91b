"""A reform is an edition with some thresholds changed, checked as any edition is."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT
from tassei.encoding.reform import read_reform
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.marked import parse

EDITION = "itss-v2-2006/it-service-management"
FIELD = "operations-management"


def _written(folder: Path, *changes: str) -> Path:
    path = folder / "reform.yaml"
    head = f"schema: tassei/reform/1\ntitle: {{ja: 案, en: Draft}}\nedition: {EDITION}\nchanges:\n"
    path.write_text(head + "".join(f"- {{{c}}}\n" for c in changes), "utf-8")
    return path


def test_a_reform_changes_what_it_names(tmp_path: Path, standards: Standards) -> None:
    """Thresholds of every kind; all else stays, and the digest is another one."""
    path = _written(
        tmp_path,
        f"field: {FIELD}, level: 5, clause: responsibility.years, value: 2",
        f"field: {FIELD}, level: 5, clause: complexity.at_least, value: 3",
        f"field: {FIELD}, level: 6, clause: 'size[0].any[0].managed_staff.at_least', value: 120",
        f"field: {FIELD}, level: 7, clause: professional.areas.depth, value: leads_company",
    )
    found = read_reform(path, standards)
    before, after = standards.edition(EDITION), found.standards.edition(EDITION)
    five, six, seven = (after.indicator(FIELD, n) for n in (5, 6, 7))
    assert five is not None and six is not None and seven is not None  # noqa: PT018
    assert five.responsibility.years == 2
    assert five.complexity.at_least == 3
    assert getattr(six.size[0].any_of[0], "at_least", None) == 120
    assert seven.professional.areas is not None
    assert seven.professional.areas.depth.id == "leads_company"
    same = [
        i for i in after.indicators if (i.field_id, i.level) not in {(FIELD, n) for n in (5, 6, 7)}
    ]
    assert same == [i for i in before.indicators if i in same]
    assert len(after.indicators) == len(before.indicators)
    assert [c.before for c in found.changes][:2] == [3, 2]
    assert found.standards.digests[EDITION] != standards.digests[EDITION]
    assert [e for e in found.standards.editions if e.id != EDITION] == [
        e for e in standards.editions if e.id != EDITION
    ]


def test_a_reform_without_effect_is_the_edition(tmp_path: Path, standards: Standards) -> None:
    """A value put where it already stands gives equal values: writing out and reading lose nothing."""
    for indicator in standards.edition(EDITION).indicators:
        if indicator.responsibility.years is None:
            continue
        years = indicator.responsibility.years
        change = f"field: {indicator.field_id}, level: {indicator.level}, clause: responsibility.years, value: {years}"
        found = read_reform(_written(tmp_path, change), standards)
        assert found.standards.edition(EDITION) == standards.edition(EDITION)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (f"field: {FIELD}, level: 5, clause: responsibility.years, value: two", "wrong-type"),
        (f"field: {FIELD}, level: 5, clause: complexity.at_least, value: 99", "count-too-large"),
        (f"field: {FIELD}, level: 5, clause: complexity.least, value: 1", "unknown-key"),
        (f"field: {FIELD}, level: 5, clause: 'size[9].any', value: 1", "no-such-clause"),
        (f"field: {FIELD}, level: 5, clause: level, value: 4", "no-such-clause"),
        (f"field: {FIELD}, level: 5, clause: '..', value: 4", "no-such-clause"),
        (f"field: {FIELD}, level: 1, clause: responsibility.years, value: 4", "unknown-level"),
        ("field: operations, level: 5, clause: responsibility.years, value: 4", "unknown-field"),
        (f"field: {FIELD}, level: 5, clause: responsibility.role, value: boss", "unknown-role"),
        (f"field: {FIELD}, level: 5, clause: responsibility.years", "missing-key"),
    ],
)
def test_a_faulty_change_is_told_with_its_line(
    change: str, code: str, tmp_path: Path, standards: Standards
) -> None:
    """Whatever is wrong, in the reform or in the indicator it would make, the line of the reform is named."""
    good = f"field: {FIELD}, level: 4, clause: responsibility.years, value: 2"
    with pytest.raises(RequestError) as caught:
        read_reform(_written(tmp_path, good, change), standards)
    assert {(f.code, f.line) for f in caught.value.faults} == {(code, 6)}


def test_the_schema_knows_the_reform(tmp_path: Path) -> None:
    """What is read has the form of the schema; what lacks a key has not."""
    text = (ROOT / "docs/reference/schemas/reform.schema.json").read_text("utf-8")
    validator = Draft202012Validator(json.loads(text))
    good = _written(
        tmp_path, f"field: {FIELD}, level: 5, clause: 'size[0].any[1].x.at_least', value: 2"
    )
    assert validator.is_valid(parse(good.read_text("utf-8"), "reform").plain())
    bad = _written(tmp_path, f"field: {FIELD}, level: 5, value: 2")
    assert not validator.is_valid(parse(bad.read_text("utf-8"), "reform").plain())
