"""Sentences of both languages and what the grammars make of them."""

import time

import pytest

from tassei.documents.grammar.clauses import (
    Achieved,
    Amount,
    AnySize,
    AtDepth,
    Experienced,
    ForYears,
    HandsOn,
    InRole,
    InWords,
    Mandatory,
    NotUnderstood,
    OfLevel,
    Pick,
    Recognised,
    SameSizeAs,
    Success,
    Times,
    UnderGuidance,
    Value,
    WithComplexity,
)
from tassei.documents.grammar.parse import parse_sentence, parse_size, sentences_of
from tassei.framework.scales import Depth, Role
from tassei.text import Lang

SENTENCES: list[tuple[Lang, str, list[Value]]] = [
    ("ja", "開発の責任者として、開発を三回以上(うち1回以上はレベル5以上、他はレベル4以上の複雑性・サイズ相当)成功裏に遂行した実績を有する。",
     [InRole(Role.RESPONSIBLE), Times(3), OfLevel(4, True, 1, 5), Success()]),
    ("ja", "次の条件のうち3つ以上に該当する業務", [Pick(3)]),
    ("ja", "以下のすべてに該当する業務", [Pick("all")]),
    ("ja", "業務(国をまたぐもの、前例のないものは必須)。", [Mandatory(("国をまたぐもの", "前例のないもの"))]),
    ("ja", "また、仕様書の作成と、試験の計画の経験と実績を有する。", [Experienced(("仕様書の作成", "試験の計画"))]),
    ("ja", "品質、納期を遵守し、", [Achieved(("品質", "納期"))]),
    ("ja", "上位者の監督の下、業務を実施した。", [UnderGuidance()]),
    ("ja", "以下の領域の2項目以上について、業界に貢献している", [Pick(2), AtDepth(Depth.LEADS_INDUSTRY_CONTRIBUTION)]),
    ("ja", "技術の継承について次の2項目以上の実績を有する", [HandsOn(), Pick(2)]),
    ("en", "As a leader of the crew, has carried out work for 5 years or more.", [InRole(Role.LEADER), ForYears(5)]),
    ("en", "Has achieved results three times or more (one or more of which are equivalent to Level 5, and others are equivalent to Level 4 or above).",
     [Times(3), OfLevel(4, True, 1, 5)]),
    ("ja", "以下の条件の半数以上に該当する業務", [Pick("half")]),
    ("ja", "以下の条件の過半に該当する業務", [Pick("most")]),
    ("ja", "業務を3回以上(内2回以上はレベル5以上の複雑性、サイズ相当)遂行した。", [Times(3), OfLevel(None, True, 2, 5)]),
    ("ja", "以下の領域のうち少なくとも2領域について", [Pick(2)]),
    ("en", "Has experience in projects twice or more.", [Times(2)]),
    ("en", "Has experience in projects that meet any two of the following criteria.", [Pick(2)]),
    ("en", "Has experience in projects that meet more than one of the following criteria.", [Pick(2)]),
    ("en", "Has experience in projects that meet both of the following criteria.", [Pick("all")]),
    ("en", "Has experience in projects that meet the majority of the following criteria.", [Pick("most")]),
    ("en", "Has led the work two times or more (including one or more equivalent to the complexity and size of Level 6).",
     [Times(2), OfLevel(None, False, 1, 6)]),
    ("en", "By passing the examination PM, individuals are regarded as attaining level 4.", [Recognised(4)]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), SENTENCES)
def test_sentences(lang: Lang, text: str, expected: list[Value]) -> None:
    assert parse_sentence(text, lang) == tuple(expected)


SIZES: list[tuple[Lang, str, list[Value]]] = [
    ("ja", "100ノード以上", [Amount("\0", "ノード", 100, None)]),
    ("ja", "要員数が10人以上、50人未満", [Amount("要員数が\0", "人", 10, 50)]),
    ("ja", "要員数10人～50人", [Amount("要員数\0", "人", 10, 51)]),
    ("ja", "3箇所以下", [Amount("\0", "箇所", None, 4)]),
    ("ja", "契約金額が1億円を超える", [Amount("契約金額が\0", "円", 100_000_001, None)]),
    ("ja", "上記複雑性の3項目以上に該当し、5拠点以上", [WithComplexity(3, True), Amount("\0", "拠点", 5, None)]),
    ("ja", "5拠点以上で、上記複雑性の条件の3項目以上に該当", [Amount("\0で", "拠点", 5, None), WithComplexity(3, False)]),
    ("ja", "規模は問わない", [AnySize()]),
    ("ja", "規模は特に定めない", [AnySize()]),
    ("ja", "導入先の数が10を超える", [Amount("導入先の数が\0", "", 11, None)]),
    ("ja", "200回線以上500回線以下", [Amount("\0", "回線", 200, 501)]),
    ("ja", "要員数が50人規模以上", [Amount("要員数が\0", "人", 50, None)]),
    ("ja", "1案件あたりの金額が1億円以上", [Amount("1案件あたりの金額が\0", "円", 10**8, None)]),
    ("ja", "利用者1万人超10万人以下", [Amount("利用者\0", "人", 10_001, 100_001)]),
    ("ja", "全国の顧客", [InWords("全国の顧客")]),
    ("en", "Network with 100 nodes or more", [Amount("Network with\0", "nodes", 100, None)]),
    ("en", "Not less than 30 screens", [Amount("\0", "screens", 30, None)]),
    ("en", "Not more than 30 screens", [Amount("\0", "screens", None, 31)]),
    ("en", "Project with 10 members or fewer", [Amount("Project with\0", "members", None, 11)]),
    ("en", "Between 5 and 10 sites", [Amount("\0", "sites", 5, 11)]),
    ("en", "1,000 or more client terminals", [Amount("\0client", "terminals", 1000, None)]),
    ("en", "Budget of US$ 5 million or more", [Amount("Budget of\0", "us$", 5_000_000, None)]),
    ("en", "50,000 copies shipped a year or more", [Amount("\0shipped a year", "copies", 50_000, None)]),
    ("en", "More than 20 sites", [Amount("\0", "sites", 21, None)]),
    ("en", "Up to 20 sites", [Amount("\0", "sites", None, 21)]),
    ("en", "Project that fulfils level 4 size requirements", [SameSizeAs(4)]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), SIZES)
def test_sizes(lang: Lang, text: str, expected: list[Value]) -> None:
    assert parse_size(text, lang) == tuple(expected)


@pytest.mark.parametrize(
    ("lang", "text", "sign"),
    [
        ("ja", "ただし、海外を除く3回以上の実績を有する。", "ただし"),
        ("ja", "年間100日以上の研修を実施した。", "日"),
        ("ja", "レベル3を満たす。", "を満たす"),
        ("en", "Has worked on projects, except small ones, three times or more.", "except"),
        ("en", "Has held courses of 30 days or more.", "days"),
    ],
)
def test_what_is_not_known_is_never_passed_over(lang: Lang, text: str, sign: str) -> None:
    """A number, a level or a word of exception outside the grammar makes the sentence not understood."""
    read = parse_sentence(text, lang)
    assert isinstance(read, NotUnderstood)
    assert read.sign == sign


@pytest.mark.parametrize(
    ("lang", "text", "sign"),
    [
        ("ja", "契約金額3億円以上かつ要員数30人以上", "かつ"),
        ("en", "Project with 30 persons or more and 5 sites or more", "and"),
    ],
)
def test_amounts_that_must_both_hold(lang: Lang, text: str, sign: str) -> None:
    """A check box is a list of alternatives; two amounts at once are not read as one of them."""
    read = parse_size(text, lang)
    assert isinstance(read, NotUnderstood)
    assert read.sign == sign


def test_sentences_are_parted() -> None:
    assert [s for _, s in sentences_of("した。する。", "ja")] == ["した。", "する。"]
    assert [s for _, s in sentences_of("Has done it. Has seen it.", "en")] == [
        "Has done it.",
        "Has seen it.",
    ]


@pytest.mark.parametrize(
    "part",
    ["レベル", "(", "指定された、", "1", "を保証", "以上の", "level ", "or more ", "by passing "],
)
def test_long_texts_take_time_in_proportion(part: str) -> None:
    """No text makes the grammar slow: ten times the length takes far less than a hundred times as long."""
    lang: Lang = "en" if part.isascii() and part.strip().isalpha() else "ja"
    started = time.perf_counter()
    parse_sentence(part * 300, lang)
    parse_size(part * 300, lang)
    assert time.perf_counter() - started < 2
