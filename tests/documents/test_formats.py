"""One document gives the same rules whatever format it comes in: text, Markdown, HTML, DOCX, XLSX, PDF."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from documents.builder import (
    DEVELOPMENT,
    TRAINING,
    Content,
    Indicator,
    Look,
    as_docx,
    as_html,
    as_markdown,
    as_pdf,
    as_text,
    as_xlsx,
    wrapped,
)
from documents.pdf_writer import PdfPage, pdf
from documents.reading.test_agreement import LOOKS
from documents.test_unseen import found_in
from tassei.documents.drafting import Draft, draft
from tassei.documents.pieces import Document
from tassei.documents.reading import Limits
from tassei.documents.reading.child import parse
from tassei.encoding.compiled import standards

SEMINARS = Content(
    title="エデュケーションの達成度指標",
    head="スキル標準（見本版）",
    fields=("研修の企画", "研修の実施"),
    marks=(
        ("レベル６", (True, False)),
        ("レベル５", (True, True)),
        ("レベル４", (False, True)),
    ),
    description=("技術者の育成に関わる研修を企画し、実施し、その効果を測る仕事である。",),
    indicators=(
        Indicator(
            "研修の企画",
            "レベル６",
            (
                "【ビジネス貢献】",
                "●責任性",
                "研修の企画、開発、評価の局面において、研修の企画全体の責任者として、企画メンバをリードする。受講者の満足度、"
                "収益性を維持しつつ、研修の企画を３年以上（レベル６以上の複雑性、サイズ相当）成功裡に継続した経験と実績を有する。",
                "●複雑性",
                "以下の３項目以上の条件に該当する研修の企画を成功裡に遂行した経験と実績を有する。",
                ("□受講者の経歴の多様さ", "□教材の新しさ"),
                "□複数の組織にまたがる育成計画（部門、職種、海外）",
                ("□短い準備期間", "□効果の測定の難しさ"),
                "●サイズ",
                "以下のいずれかの規模に相当する研修の企画を成功裡に遂行した経験と実績を有する。",
                "□年間受講者数１,０００人以上、又は研修コース数５０コース以上",
                "□上記複雑性の条件の４項目以上に該当し、年間受講者数５００人以上１,０００人未満",
                "【プロフェッショナル貢献】",
                "－以下の研修領域のいずれか２項目以上について、他を指導することができる高度な専門性を保有し、業界に貢献している",
                ("□育成計画の策定", "□教材の開発"),
                "□効果の測定",
                "－研修の技術の継承について次の４項目以上の実績を有する",
                ("□専門家の集まりでの活動", "□著書"),
                ("□社外論文掲載", "□社内論文掲載", "□社外講師"),
                ("□社内講師", "□特許出願"),
                "－後進の育成（メンタリング、コーチング等）",
            ),
        ),
        Indicator(
            "研修の実施",
            "レベル５",
            (
                "【ビジネス貢献】",
                "●責任性",
                "研修の実施の局面において、講師チームのリーダーとして、研修を５回以上（内２回以上はレベル５、他はレベル４以上の"
                "複雑性、サイズ相当）成功裡に実施した経験と実績を有する。",
                "●複雑性",
                "以下の幾つかの条件に該当する研修を成功裡に実施した経験と実績を有する。",
                ("□受講者の経歴の多様さ", "□教材の新しさ"),
                "●サイズ",
                "以下の規模に相当する研修を成功裡に実施した経験と実績を有する。",
                "□年間研修実施日数１００日以上",
                "【プロフェッショナル貢献】",
                "－以下の研修領域の全般について、高度な専門性を保有し、後進を指導している",
                ("□話し方", "□教材の開発"),
            ),
        ),
    ),
)

EXPECTED: dict[str, tuple[Content, dict[str, dict[str, Any]]]] = {
    "seminars": (
        SEMINARS,
        {
            "研修の企画/6": {
                "responsibility.role": "overall_responsible",
                "responsibility.years": 3,
                "responsibility.work_level": 6,
                "responsibility.or_above": True,
                "responsibility.outcomes": 2,
                "complexity.at_least": 3,
                "complexity.criteria": 5,
                "size": [
                    {"any": [["new:人", 1000, None], ["new:コース", 50, None]]},
                    {"any": [["new:人", 500, 1000]], "complexity": 4, "leading": True},
                ],
                "areas.at_least": 2,
                "areas.depth": "leads_industry_contribution",
                "areas.items": 3,
                "succession.at_least": 4,
                "succession.items": 7,
                "mentoring": True,
            },
            "研修の実施/5": {
                "responsibility.role": "leader",
                "responsibility.engagements": [5, 2, 5, 4],
                "complexity.at_least": "some",
                "complexity.criteria": 2,
                "size": [{"any": [["new:日", 100, None]]}],
                "areas.at_least": "all",
                "areas.depth": "guides_juniors",
                "areas.items": 2,
                "mentoring": False,
            },
        },
    ),
    "development": (
        DEVELOPMENT,
        {
            "基本ソフト/6": {
                "responsibility.role": "responsible",
                "responsibility.engagements": [3, 1, 6, 5],
                "complexity.at_least": 2,
                "complexity.criteria": 6,
                "size": [
                    {"any": [["new:行", 1_000_000, None], ["new:本", 50_000, None]]},
                    {"any": [["new:行", 500_000, 1_000_000]], "complexity": 3, "leading": True},
                ],
                "areas.at_least": 1,
                "areas.depth": "leads_industry",
                "succession.at_least": 3,
                "succession.items": 4,
                "mentoring": True,
            },
            "基本ソフト/5": {
                "responsibility.role": "leader",
                "complexity.at_least": 2,
                "complexity.criteria": 3,
                "size": [{"any": [["peak_staff", 10, 50], ["new:円", 10**8, None]]}],
            },
            "応用ソフト/5": {
                "responsibility.role": "member",
                "responsibility.years": 2,
                "size": [{"any": [["new:人", 1000, None]]}],
            },
        },
    ),
    "training": (
        TRAINING,
        {
            "Planning of courses/5": {
                "responsibility.role": "responsible",
                "responsibility.engagements": [3, 1, 5, 4],
                "responsibility.or_above": True,
                "complexity.at_least": 2,
                "complexity.criteria": 3,
                "size": [{"any": [["new:people", 500, None], ["new:yen", 20_000_000, None]]}],
            },
            "Instruction/4": {"size": []},
        },
    ),
}
FORMATS: dict[str, Callable[[Content], bytes]] = {
    "text": lambda c: as_text(c).encode(),
    "markdown": lambda c: as_markdown(c).encode(),
    "html": lambda c: as_html(c).encode(),
    "docx": as_docx,
    "xlsx": as_xlsx,
    **{f"pdf, {name}": lambda c, look=look: as_pdf(c, look) for name, look in LOOKS.items()},  # type: ignore[misc]
    "pdf, look-alikes": lambda c: as_pdf(c, Look(alike=True)),
}


def imported(data: bytes) -> Draft:
    """A draft of a file, read as the command reads it, but in this process."""
    kind, (pieces, notes) = parse(data, "specimen", Limits(), lambda done, total: None)
    return draft(Document("specimen", kind, "sha256:0", tuple(pieces), tuple(notes)), standards())


def check(made: Draft, expected: dict[str, dict[str, Any]]) -> None:
    lang = made.edition.language
    names = {f.id: f.name.ja if lang == "ja" else f.name.en for f in made.edition.fields}
    indicators = {f"{names[i.field_id]}/{i.level}": i for i in made.edition.indicators}
    assert list(indicators) == list(expected)
    for where, values in expected.items():
        assert {where: found_in(indicators[where], made, values)} == {where: values}


@pytest.mark.parametrize("content", EXPECTED)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_rules_from_every_format(kind: str, content: str) -> None:
    written, expected = EXPECTED[content]
    check(imported(FORMATS[kind](written)), expected)


ROWS = (
    ("専門分野", "レベル", "責任性", "複雑性", "サイズ"),
    (
        "構成設計",
        "6",
        "設計の責任者として、設計を３回以上（レベル６以上の複雑性、サイズ相当）成功裡に遂行した経験と実績を有する。",
        "以下の２項目以上に該当する設計の経験と実績を有する。\n□無停止の移行\n□多くの外部接続\n□新しい技術",
        "□サーバ台数２００台以上",
    ),
    (
        "",
        "5",
        "設計チームのリーダーとして、設計を２年以上（レベル５の複雑性、サイズ相当）継続した経験と実績を有する。",
        "以下の１項目以上に該当する設計の経験と実績を有する。\n□無停止の移行\n□新しい技術",
        "□サーバ台数５０台以上２００台未満",
    ),
)
COLUMNS: dict[str, dict[str, Any]] = {
    "構成設計/6": {
        "responsibility.role": "responsible",
        "responsibility.engagements": [3, None, None, None],
        "complexity.at_least": 2,
        "complexity.criteria": 3,
        "size": [{"any": [["new:台", 200, None]]}],
    },
    "構成設計/5": {
        "responsibility.role": "leader",
        "responsibility.years": 2,
        "complexity.at_least": 1,
        "complexity.criteria": 2,
        "size": [{"any": [["new:台", 50, 200]]}],
    },
}


def table_xlsx() -> bytes:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "ITアーキテクトの達成度指標")
        for n, row in enumerate(ROWS, start=1):
            sheet.write_row(n, 0, row)
        sheet.merge_range(2, 0, 3, 0, ROWS[1][0])
    return stream.getvalue()


def table_docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("ITアーキテクトの達成度指標", 1)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for n, row in enumerate(ROWS):
        for m, text in enumerate(row):
            first, *others = text.split("\n")
            table.cell(n, m).text = first
            for other in others:
                table.cell(n, m).add_paragraph(other)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def table_html(cell: str) -> bytes:
    rows = "".join(
        "<tr>"
        + "".join(f"<{cell}>{text.replace(chr(10), '<br>')}</{cell}>" for text in row)
        + "</tr>"
        for row in ROWS
    )
    page = f"<html><body><h1>ITアーキテクトの達成度指標</h1><table>{rows}</table></body></html>"
    return page.encode()


def table_pdf() -> bytes:
    """The same table ruled on a page that lies on its side; sentences are broken within their cells."""
    page = PdfPage(842.0, 595.0)
    page.text(60, 40, "ITアーキテクトの達成度指標", size=14)
    lefts = (50.0, 110.0, 150.0, 360.0, 570.0, 790.0)
    tops = [80.0]
    for row in ROWS:
        y = tops[-1] + 6
        lowest = y + 14
        for left, right, text in zip(lefts, lefts[1:], row, strict=False):
            at = y
            for line in text.split("\n"):
                for part in wrapped(line, right - left - 12, 9, Look()):
                    page.text(left + 5, at, part, size=9)
                    at += 13
            lowest = max(lowest, at)
        tops.append(lowest + 4)
    for x in lefts:
        page.rule(x, tops[0], x, tops[-1])
    for y in tops:
        # the field spans both of its levels
        page.rule(lefts[0] if y != tops[2] else lefts[1], y, lefts[-1], y)
    return pdf([page])


@pytest.mark.parametrize(
    "write",
    [table_xlsx, table_docx, table_pdf, lambda: table_html("td"), lambda: table_html("th")],
    ids=["xlsx", "docx", "pdf", "html", "html of heads"],
)
def test_clauses_as_columns(write: Callable[[], bytes]) -> None:
    """A table with a column for each clause, and a field that spans its levels."""
    made = imported(write())
    check(made, COLUMNS)
    assert made.account.not_understood() == ()
