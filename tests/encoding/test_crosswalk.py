"""The crosswalk that ships: it is complete, and says nothing twice."""

import json
import re

import pytest

from comparing.finding.small import READINGS, VOCABULARY
from tassei.encoding.crosswalk import ids_of
from tassei.encoding.load import standards_from
from tassei.encoding.standards import Standards
from tassei.errors import StandardError
from tassei.framework.crosswalk import LINK_KINDS, LinkKind, Pair
from tassei.marked import Marked, parse


def _pairs(standards: Standards) -> list[Pair]:
    return [*standards.crosswalk.pairs]


def test_every_step_of_a_lineage_has_a_pair(standards: Standards) -> None:
    """An edition that follows another is linked to it, and to no other."""
    steps = {(e.follows, e.id) for e in standards.editions if e.follows}
    assert {(p.earlier, p.later) for p in _pairs(standards)} == steps


@pytest.mark.parametrize("kind", LINK_KINDS)
def test_everything_without_its_like_is_told(kind: LinkKind, standards: Standards) -> None:
    """A field, term or measure that the other edition does not have under its id has an entry."""
    broader = standards.vocabulary.broader
    for pair in _pairs(standards):
        one = ids_of(standards.edition(pair.earlier), kind)
        other = ids_of(standards.edition(pair.later), kind)
        for mine, theirs, end in ((one, other, "earlier"), (other, one, "later")):
            told = {getattr(x, end) for x in pair.of_kind(kind)}
            for term in mine:
                related = any(
                    o in broader.get(term, ()) or term in broader.get(o, ()) for o in theirs
                )
                shared = kind != "fields" and term in theirs
                assert shared or related or term in told, (pair.earlier, kind, term)


def test_every_level_is_told(standards: Standards) -> None:
    """Each level of either edition stands in one entry of the pair."""
    for pair in _pairs(standards):
        editions = (standards.edition(pair.earlier), standards.edition(pair.later))
        levels = {n for e in editions for f in e.fields for n in f.levels}
        told = [n for x in pair.levels for n in x.levels]
        assert sorted(told) == sorted(levels)


def test_reasons_are_there_and_cite_what_exists(standards: Standards) -> None:
    """In both languages, and every doubt and document that they cite exists."""
    doubts = {d.id for d in standards.doubts}
    documents = {e.document for e in standards.editions}
    for pair in _pairs(standards):
        for why in (*(x.why for x in pair.links), *(x.why for x in pair.levels)):
            assert why.ja
            assert why.en
            assert re.findall(r"D-\d+", why.ja) == re.findall(r"D-\d+", why.en)
            assert set(re.findall(r"D-\d+", why.en)) <= doubts
            cited = re.findall(r"\b(\d{3}):\d+", why.en)
            assert set(cited) <= documents
            assert cited == re.findall(r"(\d{3}):\d+", why.ja)


def _load(crosswalk: object) -> Standards:
    trees: dict[str, Marked] = {
        name: parse(json.dumps(value), name)
        for name, value in {
            "vocabulary.yaml": VOCABULARY, "readings.yaml": READINGS, "crosswalk.yaml": crosswalk,
        }.items()
    }  # fmt: skip
    return standards_from(trees, {})


def test_standards_without_a_crosswalk_have_an_empty_one() -> None:
    """It may be left out."""
    assert _load({"schema": "tassei/crosswalk/1", "pairs": []}).crosswalk.pairs == ()


def test_a_pair_of_unknown_editions_is_a_fault() -> None:
    """Both are told at once."""
    pair = {"from": "a/b", "to": "c/d", "levels": [], "fields": []}
    with pytest.raises(StandardError) as caught:
        _load({"schema": "tassei/crosswalk/1", "pairs": [pair]})
    assert [f.code for f in caught.value.faults] == ["unknown-edition", "unknown-edition"]
