"""Documents of categories that nobody has encoded import with every indicator and number."""

from typing import Any

import pytest

from documents.samples import ALL, UNREADABLE, Sample
from documents.sources import drafted
from tassei.documents.checking import values_of
from tassei.framework.indicator import Indicator
from tassei.text import Lang


def found(indicator: Indicator, lang: str, expected: dict[str, Any]) -> dict[str, Any]:
    """The expected values as found; of a list that is expected as a number, its length."""
    values = dict(values_of(indicator, lang))
    values["size"] = [
        ([tuple(b) for b in s["any"]], s["complexity_at_least"], s["leading"], s["same_as_level"])
        for s in values["size"]
    ]
    return {
        name: len(values[name])
        if type(wanted) is int and isinstance(values[name], list)
        else values[name]
        for name, wanted in expected.items()
    }


@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_every_indicator_is_found_with_its_numbers(sample: Sample) -> None:
    """Fields, levels and every stated value of a self-written document."""
    made = drafted(sample.name, sample.text)
    lang: Lang = "ja" if made.edition.language == "ja" else "en"
    names = {f.id: f.name[lang] for f in made.edition.fields}
    indicators = {(names[i.field_id], i.level): i for i in made.edition.indicators}
    assert list(indicators) == list(sample.expected)
    for where, expected in sample.expected.items():
        assert found(indicators[where], lang, expected) == expected, where


@pytest.mark.parametrize("sample", ALL, ids=lambda s: s.name)
def test_what_is_not_understood_is_reported_and_nothing_else(sample: Sample) -> None:
    made = drafted(sample.name, sample.text)
    assert len(made.problems) == sample.problems
    assert tuple(m.id for m in made.new_measures if ":" not in m.id) == sample.new_measures
    if sample is not UNREADABLE:
        assert made.account.not_understood() == ()


def test_unreadable_clauses_keep_their_place() -> None:
    """Each clause that could not be read says where it stands, and in which clause."""
    made = drafted(UNREADABLE.name, UNREADABLE.text)
    [indicator] = made.edition.indicators
    assert {u.clause for u in indicator.unparsed} == {"responsibility", "size", "areas"}
    assert [p.line for p in made.problems] == [7, 14, 16]
