"""Headings, list items and statements are known whatever sign an edition puts before them."""

import pytest

from documents.sources import drafted
from tassei.documents.checking import values_of

JAPANESE = """コンサルタントの達成度指標
専門分野 改革
レベル5
{b}
{h0}
改革の責任者として、改革を3回以上(内1回以上はレベル5、他はレベル4以上の複雑性、サイズ相当)成功裡に遂行した経験と実績を有する。
{h1}
以下の2項目以上に該当する改革の経験と実績を有する。
{x}部門の多さ
{x}関係者の多さ
{x}時間の短さ
{h2}
以下のいずれかの規模に相当する改革の経験と実績を有する。
{x}契約金額3億円以上
{p}
{d}以下の領域のいずれかについて、高度な専門性を保有し、後進を指導している
{x}業務
{x}組織
{d}改革の技術の継承に対して次の1項目以上の実績を有する
{x}著書
{x}社内講師
"""

ENGLISH = """Key Performance Indicator: Consultant
Specialty Field: Reform
Level 5
{b}
{h0}
As a person responsible for reform, has experience in reform three times or more (one or more of which are equivalent to the complexity and size of Level 5, and others are equivalent to Level 4 or above).
{h1}
Has experience in reform that meets two or more of the following complexity criteria.
{x}Many departments
{x}Many people
{x}Little time
{h2}
Has experience in reform with either one of the following size.
{x}Contract of 300 million yen or more
{p}
{d}Holds the high specialty in either one of the following areas and guides subordinates.
{x}Business
{x}Organization
{d}Has recognized accomplishments in one or more items of technology succession of reform.
{x}Publication of a book
{x}Instructor within the company
"""

JA_HEADS = (
    "●{}", "・{}", "■{}", "◆{}", "○{}", "◎{}", "▼{}", "＜{}＞", "【{}】", "[{}]", "《{}》", "〈{}〉", "〔{}〕",
    "{}", "{}：", "(1) {}", "① {}", "1. {}",
)  # fmt: skip
EN_HEADS = ("●{}", "• {}", "{}", "{}:", "[{}]", "<{}>", "1. {}", "(1) {}", "■{}", "- {}")
ITEMS = ("□", "• ", "■", "- ", "* ", "☐ ", "[ ] ", "1) ", "a) ")
JA_PARTS = (
    ("ビジネス貢献", "プロフェッショナル貢献"),
    ("■ビジネス貢献", "■プロフェッショナル貢献"),
    ("＜ビジネス貢献＞", "＜プロフェッショナル貢献＞"),
    ("【ビジネスへの貢献】", "【プロフェッショナルとしての貢献】"),
    ("1. ビジネス貢献", "2. プロフェッショナル貢献"),
)
EN_PARTS = (
    ("Business contribution", "Professional contribution"),
    ("<Business Contribution>", "<Professional Contribution>"),
    ("Contribution to Business", "Contribution to the Profession"),
    ("1. Business contribution", "2. Professional contribution"),
)


def check(
    text: str,
    names: tuple[str, str, str],
    head: str = "●{}",
    item: str = "□",
    dash: str = "-",
    parts: tuple[str, str] = ("", ""),
) -> None:
    """The one indicator of the text is read whole."""
    heads = {f"h{n}": head.format(name) for n, name in enumerate(names)}
    written = text.format(b=parts[0], p=parts[1], x=item, d=dash, **heads)
    made = drafted("signs.txt", written)
    [indicator] = made.edition.indicators
    values = dict(values_of(indicator, made.edition.language))
    assert made.problems == ()
    assert values["responsibility.engagements"] == [3, 1, 5, 4]
    assert values["complexity.at_least"] == 2
    assert values["areas.at_least"] == 1
    assert values["succession.at_least"] == 1
    lists = ("complexity.criteria", "size", "areas.items", "succession.items")
    assert [len(values[name]) for name in lists] == [3, 1, 2, 2]


JA_NAMES, EN_NAMES = ("責任性", "複雑性", "サイズ"), ("Responsibilities", "Complexity", "Size")


@pytest.mark.parametrize("head", JA_HEADS)
def test_japanese_headings(head: str) -> None:
    check(JAPANESE, JA_NAMES, head=head, parts=JA_PARTS[0])


@pytest.mark.parametrize("head", EN_HEADS)
def test_english_headings(head: str) -> None:
    check(ENGLISH, EN_NAMES, head=head, parts=EN_PARTS[0])


@pytest.mark.parametrize("item", [*ITEMS, "・", "○", "(ア)", "①"])
def test_japanese_items(item: str) -> None:
    check(JAPANESE, JA_NAMES, item=item, parts=JA_PARTS[0])


@pytest.mark.parametrize("item", [*ITEMS, "o "])
def test_english_items(item: str) -> None:
    check(ENGLISH, EN_NAMES, item=item, parts=EN_PARTS[0])


@pytest.mark.parametrize("dash", ["－", "ー", "-", "―", "・", "", "○", "▪"])
def test_statements(dash: str) -> None:
    check(JAPANESE, JA_NAMES, dash=dash, parts=JA_PARTS[0])


@pytest.mark.parametrize("parts", JA_PARTS)
def test_japanese_parts(parts: tuple[str, str]) -> None:
    check(JAPANESE, JA_NAMES, parts=parts)


@pytest.mark.parametrize("parts", EN_PARTS)
def test_english_parts(parts: tuple[str, str]) -> None:
    check(ENGLISH, EN_NAMES, parts=parts)


def test_a_heading_that_nobody_knows_is_reported() -> None:
    """What then stands below the wrong heading is not taken for a size."""
    text = JAPANESE.format(
        b="ビジネス貢献", p="専門家の務め", x="□", d="－", h0="●責任性", h1="●複雑性", h2="●サイズ"
    )
    made = drafted("signs.txt", text)
    assert [p.clause for p in made.problems][:1] == ["size"]
