"""Where a translation parts from its original."""

from attrs import evolve

from comparing.finding.small import document, edition, indicator
from comparing.sources import needs_sources, source
from tassei.comparing.translation import (
    Divergence,
    Translation,
    compare_translation,
    is_translation,
)
from tassei.documents.pieces import Document
from tassei.encoding.compiled import standards as shipped
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import Crosswalk, Link, Pair
from tassei.framework.vocabulary import Vocabulary
from tassei.text import Text

STANDARDS = shipped()
JA = STANDARDS.edition("itss-v2-2006/it-service-management")
EN = STANDARDS.edition("itss-v3/it-service-management")
WHY = Text("同じ", "the same")


def _translated(
    one: dict[str, object],
    other: dict[str, object],
    texts: tuple[dict[int, str], dict[int, str]] | None = None,
) -> Translation:
    """Two small editions of one field at two levels, the second a translation of the first."""
    ja = edition({"alpha": [indicator(4, **one), indicator(3, **one)]})
    en = evolve(
        edition({"alpha": [indicator(4, **other), indicator(3, **other)]}, language="en"),
        id="mini-en/desk", follows=ja.id,
    )  # fmt: skip
    links = (Link("fields", "alpha", "alpha", "same", WHY),)
    crosswalk = Crosswalk((Pair(ja.id, en.id, links, translation=WHY),))
    standards = Standards(Vocabulary({}, {}), (), (ja, en), crosswalk=crosswalk)
    given: tuple[Document | None, Document | None] = (None, None)
    if texts:
        given = document(texts[0]), document(texts[1])
    return compare_translation(standards, ja, en, given)


def _kinds(translation: Translation) -> list[str]:
    return [d.kind for d in translation.divergences]


def _asks(count: int, *of: object) -> dict[str, object]:
    return {"complexity": {"at_least": count, "of": list(of)}}


def test_a_faithful_translation_does_not_part() -> None:
    """Not in values, not in its text."""
    ja = {
        300: "●複雑性",
        301: "以下の2項目以上の条件に該当する甲運用を成功裡に遂行した。",
        302: "□要件甲",
        303: "□要件乙",
    }
    en = {
        300: "●Complexity",
        301: "Success in Alpha work with two or more of the criteria.",
        302: "□Demand A",
        303: "□Demand B",
    }
    found = _translated(_asks(2, "a", "b"), _asks(2, "a", "b"), (ja, en))
    assert found.divergences == ()
    assert found.compared == 2


def test_a_quantifier_that_differs() -> None:
    """Two or more became three or more, at both levels."""
    found = _translated(_asks(2, "a", "b", "c"), _asks(3, "a", "b", "c"))
    assert _kinds(found) == ["quantifier", "quantifier"]
    assert found.divergences[0].original[0].en == "2 or more"
    assert found.divergences[0].translated[0].en == "3 or more"


def test_a_number_that_differs() -> None:
    """Years, and sizes."""
    years = _translated(
        {"responsibility": {"role": "member", "years": 2}},
        {"responsibility": {"role": "member", "years": 3}},
    )
    assert set(_kinds(years)) == {"number"}


def test_an_item_that_is_missing() -> None:
    """It is named in the words of the original."""
    found = _translated(_asks(1, "a", "b"), _asks(1, "a"))
    assert set(_kinds(found)) == {"item"}
    assert found.divergences[0].original == (Text("要件乙", "要件乙"),)
    assert found.divergences[0].translated == ()


def test_an_order_that_differs() -> None:
    """The same items otherwise arranged."""
    found = _translated(_asks(1, "a", "b"), _asks(1, "b", "a"))
    assert set(_kinds(found)) == {"order"}


def test_a_word_that_is_lost() -> None:
    """Success, asked in the original alone."""
    found = _translated({"responsibility": {"role": "member", "succeeded": True}}, {})
    assert set(_kinds(found)) == {"word"}


def test_one_term_with_two_translations() -> None:
    """And the other way round: told with the rarer wordings' places."""
    ja = edition({"alpha": [indicator(4, **_asks(1, "a")), indicator(3, **_asks(1, "a"))]})
    lower = _asks(1, {"id": "a", "ja": "要件甲", "en": "Requirement A"})
    en = edition({"alpha": [indicator(4, **_asks(1, "a")), indicator(3, **lower)]}, language="en")
    en = evolve(en, id="mini-en/desk", follows=ja.id)
    links = (Link("fields", "alpha", "alpha", "same", WHY),)
    for one, other, words in ((ja, en, "several translations"), (en, ja, "one translation")):
        crosswalk = Crosswalk((Pair(one.id, other.id, links, translation=WHY),))
        first, second = evolve(one, follows=None), evolve(other, follows=one.id)
        standards = Standards(Vocabulary({}, {}), (), (first, second), crosswalk=crosswalk)
        [found] = compare_translation(standards, first, second).divergences
        assert found.kind == "term"
        assert words in found.what.en


def _text(ja: str, en: str) -> Translation:
    return _translated({}, {}, ({300: "●サイズ", 301: ja}, {300: "●Size", 301: en}))


def test_figures_of_a_sentence_are_compared() -> None:
    """In whole units, whatever the language writes them in."""
    assert _text(
        "年間契約金額1億5千万円以上", "an annual contract of 150 million yen or more"
    ).divergences
    assert not _text(
        "年間契約金額7.5億円以上", "an annual contract of 750 million yen or more"
    ).divergences
    [found] = _text("管理する要員数30人以上", "35 persons or more").divergences
    assert (found.kind, found.original[0].en, found.translated[0].en) == ("number", "30", "35")


def test_items_of_a_list_are_counted() -> None:
    """ "Not specified" is none."""
    ja, en = {300: "●サイズ", 301: "□特定せず"}, {300: "●Size", 301: "Not specified."}
    assert _translated({}, {}, (ja, en)).divergences == ()
    ja, en = {300: "●複雑性", 301: "□甲", 302: "□乙"}, {300: "●Complexity", 301: "□A"}
    [found] = _translated({}, {}, (ja, en)).divergences
    assert (found.kind, found.original[0].ja, found.translated[0].ja) == ("item", "2", "1")


def test_one_sentence_in_two_wordings() -> None:
    """A set phrase of the original that the translation words in two ways."""
    said = "以下の条件に該当する甲運用を成功裡に遂行した経験を有する。"
    ja = {n: t for k in (400, 300) for n, t in ((k, "●複雑性"), (k + 1, said))}
    en = {
        400: "●Complexity", 401: "Has experience of success in Alpha work that meets these.",
        300: "●Complexity", 301: "Has experience of achievement in Alpha work that meets these.",
    }  # fmt: skip
    [found] = _translated({}, {}, (ja, en)).divergences
    assert found.kind == "term"
    assert len(found.translated) == 2


def test_the_pair_that_ships_is_declared() -> None:
    """001 and 003, in both directions, and no other."""
    assert is_translation(STANDARDS, JA, EN)
    assert is_translation(STANDARDS, EN, JA)
    first = STANDARDS.edition("itss-v1/operations")
    assert not is_translation(STANDARDS, first, STANDARDS.edition("itss-v2/operations"))


def _about(found: list[Divergence], kind: str, level: int) -> list[Divergence]:
    return [d for d in found if d.kind == kind and d.where.en.endswith(f"level {level}")]


def test_what_is_known_of_001_and_003() -> None:
    """All areas of operations management 3 became one; continuity was lost at levels 7, 6 and 3."""
    found = list(compare_translation(STANDARDS, JA, EN).divergences)
    quantifiers = [d for d in found if d.kind == "quantifier"]
    assert [d.original[0].en for d in quantifiers] == ["no number is given"] * 4 + ["all of them"]
    lost = [d for d in found if d.kind == "word" and d.what.en == "continuity"]
    assert [d.where.en[-1] for d in lost] == ["7", "6", "3"]
    assert not [d for d in found if d.kind in ("number", "order")]


@needs_sources
def test_what_the_texts_of_001_and_003_show() -> None:
    """Every figure agrees; a list is doubled in the original, and set phrases vary in the English."""
    found = compare_translation(STANDARDS, JA, EN, (source("001"), source("003"))).divergences
    assert not [d for d in found if d.kind == "number"]
    doubled = [d for d in found if d.kind == "item" and "number of items" in d.what.en]
    assert {(d.where.en, d.original[0].en, d.translated[0].en) for d in doubled} == {
        ("Operation level 4", "14", "0"), ("Service Desk level 4", "8", "7"),
    }  # fmt: skip
    uneven = [d for d in found if d.kind == "term" and "one sentence" in d.what.en]
    assert len(uneven) == 5
