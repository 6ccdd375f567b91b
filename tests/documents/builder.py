"""Documents in the manner of the standard, written for the tests: one content, every format.

The sentences are our own. What a format can say (headings, tables, marks of lists) it says in its
own way; `texts` is what every reader has to find, in this order.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Literal

from attrs import evolve, frozen

from documents.pdf_writer import PdfPage, pdf

Line = str | tuple[str, ...]
"""A sentence or a heading, or several check boxes that stand on one line."""


@frozen
class Indicator:
    """The indicator of one level: the words of its head row, then its lines."""

    field: str
    level: str
    lines: tuple[Line, ...]


@frozen
class Content:
    """A category as it is published.

    Args:
        head, foot: repeated on every page, where the format has pages.
        fields, marks: the overview: specialty fields, and for each level which of them have it.
    """

    title: str
    indicators: tuple[Indicator, ...]
    head: str = "スキル標準（見本版）　付属書"
    foot: str = "見本のための文書"
    contents: tuple[str, ...] = ()
    overview_title: str = "レベルの一覧"
    corner: str = "専門分野"
    fields: tuple[str, ...] = ()
    marks: tuple[tuple[str, tuple[bool, ...]], ...] = ()
    description: tuple[str, ...] = ()


DEVELOPMENT = Content(
    title="ソフトウェア基盤開発の達成度指標",
    contents=("1. 職種の概要 ........ 2", "2. 達成度指標 ........ 3"),
    fields=("基本ソフト", "ミドルソフト", "応用ソフト"),
    marks=(
        ("レベル７", (True, False, False)),
        ("レベル６", (True, True, True)),
        ("レベル５", (True, True, True)),
    ),
    description=(
        "情報技術の部品を組み合わせ、世の中に広く出荷される製品を設計し、作り、育てる仕事である。",
        "製品の企画に始まり、設計、製造、試験、出荷後の支援までを受け持つ。",
    ),
    indicators=(
        Indicator(
            "基本ソフト",
            "レベル６",
            (
                "【ビジネス貢献】",
                "●責任性",
                "製品の企画、設計、出荷の局面において、開発を率いる責任者として、"
                "３回以上（内１回以上はレベル６、他はレベル５以上の複雑性、サイズ相当）成功裡に完遂した経験と実績を有する。",
                "●複雑性",
                "以下の２項目以上の条件に該当する製品の開発を完遂した経験と実績を有する。",
                ("□新しい計算機に向けた設計", "□公開仕様への適合"),
                "□複数の国での同時出荷",
                ("□高い信頼性", "□尐ない資源での動作", "□並列処理"),
                "●サイズ",
                "以下のいずれかの規模に相当する開発を完遂した経験と実績を有する。",
                "□開発規模が１００万行以上、又は出荷本数が年間５万本以上",
                "□上記複雑性の条件の３項目以上に該当し、開発規模が５０万行以上１００万行未満",
                "【プロフェッショナル貢献】",
                "－以下の領域のいずれかについて、業界を先導し、後に続く者の手本となっている。",
                ("□計算機の構成", "□言語処理"),
                "－技術の継承に対して次の３項目以上の実績を有する。",
                ("□著書", "□社外論文掲載", "□社内講師", "□特許出願"),
                "－後進の育成（メンタリング等）",
            ),
        ),
        Indicator(
            "基本ソフト",
            "レベル５",
            (
                "【ビジネス貢献】",
                "●責任性",
                "製品の企画、設計、出荷の局面において、開発チームのリーダーとして成功裡に完遂した経験と実績を有する。",
                "●複雑性",
                "以下の２項目以上の条件に該当する製品の開発を完遂した経験と実績を有する。",
                ("□新しい計算機に向けた設計", "□公開仕様への適合"),
                "□複数の国での同時出荷",
                "●サイズ",
                "以下の規模に相当する開発を完遂した経験と実績を有する。",
                "□ピーク時の要員数が１０人以上５０人未満、又は契約金額が１億円以上",
            ),
        ),
        Indicator(
            "応用ソフト",
            "レベル５",
            (
                "【ビジネス貢献】",
                "●責任性",
                "利用者に近い製品の開発チームの一員として、２年以上の経験と実績を有する。",
                "●サイズ",
                "□利用者数が1,000人以上",
            ),
        ),
    ),
)
"""A category that the shipped standards do not have."""

TRAINING = Content(
    title="Achievement indicators: Workshop Teaching",
    head="Skill Standard (specimen)",
    foot="Written for tests",
    overview_title="Levels of the category",
    corner="Specialty field",
    fields=("Planning of courses", "Instruction"),
    marks=(("Level 5", (True, False)), ("Level 4", (True, True))),
    description=("Plans, holds and improves courses for engineers, and measures what they bring.",),
    indicators=(
        Indicator(
            "Planning of courses",
            "Level 5",
            (
                "[Contribution to business]",
                "●Responsibilities",
                "As the responsible person, has successfully planned three or more programmes of courses "
                "(of which one or more equivalent to the complexity and size of Level 5 and the others "
                "to those of Level 4 or above).",
                "●Complexity",
                "Has experience with programmes that meet two or more of the following conditions.",
                ("□Several customer-facing departments", "□Courses in two languages"),
                "□Methods that are new to the organisation",
                "●Size",
                "□Programmes for 500 persons or more a year, or a contract of 20 million yen or more.",
            ),
        ),
        Indicator(
            "Instruction",
            "Level 4",
            (
                "[Contribution to business]",
                "●Responsibilities",
                "As a leader or a member, has held courses of 30 days or more in all, at least "
                "10 of which were well-attended.",
            ),
        ),
    ),
)
"""One in English."""


def items(line: Line) -> tuple[str, ...]:
    return (line,) if isinstance(line, str) else line


def texts(content: Content) -> list[str]:
    """Every text of the content in reading order, without heads, feet and page numbers."""
    found = [content.title, *content.contents, *_heading(content)]
    found += [word for row in _overview(content) for word in row if word]
    found += content.description
    for indicator in content.indicators:
        found += [content.title, content.corner, indicator.field, indicator.level]
        found += [item for line in indicator.lines for item in items(line)]
    return found


def as_text(content: Content) -> str:
    """Plain text: cells parted by tabs, check boxes of one line by wide spaces."""
    lines = [content.title, *content.contents, "", *_heading(content)]
    lines += ["\t".join(row) for row in _overview(content)]
    lines += ["", *content.description]
    for indicator in content.indicators:
        lines += ["", content.title, f"{content.corner}\t{indicator.field}\t{indicator.level}"]
        lines += ["　　".join(items(line)) for line in indicator.lines]
    return "\n".join(lines) + "\n"


def as_html(content: Content) -> str:
    """A page with tables; an indicator is a table of a head row and one cell."""
    parts = [
        f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><h1>{content.title}</h1>"
    ]
    parts += [f"<p>{line}</p>" for line in content.contents]
    parts += [f"<h2>{heading}</h2>" for heading in _heading(content)]
    parts.append("<table>")
    parts += [
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in _overview(content)
    ]
    parts.append("</table>")
    parts += [f"<p>{line}</p>" for line in content.description]
    for i in content.indicators:
        body = "".join(f"<p>{'　　'.join(items(line))}</p>" for line in i.lines)
        parts.append(
            f"<h2>{content.title}</h2><table><tr><td>{content.corner}</td><td>{i.field}</td>"
            f"<td>{i.level}</td></tr><tr><td colspan='3'>{body}</td></tr></table>"
        )
    return "\n".join([*parts, "</body></html>"])


def as_markdown(content: Content) -> str:
    """Headings with #, tables of HTML, bold marks."""
    parts = [f"# {content.title}", *content.contents, *(f"## {h}" for h in _heading(content))]
    parts.append("<table>")
    parts += [
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in _overview(content)
    ]
    parts += ["</table>", *content.description]
    for i in content.indicators:
        parts += [f"## {content.title}", f"{content.corner}\t**{i.field}**\t{i.level}"]
        parts.append("".join(f"<p>{'　　'.join(items(line))}</p>" for line in i.lines))
    return "\n\n".join(parts) + "\n"


def _heading(content: Content) -> tuple[str, ...]:
    return (content.overview_title,) if content.fields else ()


def _overview(content: Content) -> Iterator[tuple[str, ...]]:
    """The rows of the table of fields and levels; none where it has no fields."""
    if content.fields:
        yield (content.corner, *content.fields)
    for level, marks in content.marks:
        yield (level, *("■" if mark else "" for mark in marks))


def as_docx(content: Content) -> bytes:
    """A Word file by python-docx: headings, tables, heads and feet."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = content.head
    document.sections[0].footer.paragraphs[0].text = content.foot
    document.add_heading(content.title, 1)
    for line in content.contents:
        document.add_paragraph(line)
    for heading in _heading(content):
        document.add_heading(heading, 2)
    rows = list(_overview(content))
    table = document.add_table(len(rows), len(content.fields) + 1)
    for at, words in enumerate(rows):
        for column, word in enumerate(words):
            table.cell(at, column).text = word
    for line in content.description:
        document.add_paragraph(line)
    for indicator in content.indicators:
        document.add_heading(content.title, 2)
        table = document.add_table(2, 3)
        for cell, word in zip(
            table.rows[0].cells, (content.corner, indicator.field, indicator.level), strict=True
        ):
            cell.text = word
        cell = table.cell(1, 0).merge(table.cell(1, 2))
        lines = ["\t".join(items(line)) for line in indicator.lines]
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(content: Content) -> bytes:
    """A workbook by XlsxWriter: the overview, then a sheet for each indicator."""
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        at = 0
        for line in (content.title, *content.contents, *_heading(content)):
            sheet.write_string(at, 0, line)
            at += 1
        for row in _overview(content):
            for column, word in enumerate(row):
                sheet.write(at, column, word)
            at += 1
        for line in content.description:
            sheet.write_string(at, 0, line)
            at += 1
        for indicator in content.indicators:
            sheet = book.add_worksheet()
            sheet.set_header(f"&C{content.head}")
            sheet.merge_range(0, 0, 0, 2, content.title)
            sheet.write_row(1, 0, (content.corner, indicator.field, indicator.level))
            for at, parts in enumerate(map(items, indicator.lines), start=2):
                sheet.write_row(at, 0, parts)
    return stream.getvalue()


@frozen
class Look:
    """How a PDF is made.

    Args:
        font: of `pdf_writer.FONTS`.
        shuffled: whether what a page draws is drawn in no order at all; a seed.
        bold: headings are printed twice, a little apart.
        vertical: the levels of the overview are written from top to bottom.
        hyphens: breaks of English words are marked by soft hyphens.
        alike: some characters are replaced by others that look the same, as some programs do.
        rotated: pages lie on their side and are turned for the reader.
        copies: how often the indicators are repeated, to make a document as long as is needed.
        width: of the text [points].
        arrangement: a page for each indicator, indicators one below the other as far as they go on
            a page, or all fields of a level side by side in one wide table.
    """

    font: str = "unicode"
    shuffled: int | None = None
    bold: bool = True
    vertical: bool = True
    hyphens: bool = False
    alike: bool = False
    rotated: bool = False
    copies: int = 1
    width: float = 500.0
    arrangement: Literal["page", "stacked", "wide"] = "page"


ALIKE = str.maketrans({"一": "⼀", "人": "⼈", "用": "⽤", "高": "⾼", "力": "⼒", "少": "尐"})
"""Characters, and the radicals that some programs put in their place."""


def as_pdf(content: Content, look: Look | None = None) -> bytes:
    """Pages as they are published: a head and a foot, a ruled head row, the text in one ruled box."""
    return pdf(pages_of(content, look or Look()))


def pages_of(content: Content, look: Look) -> list[PdfPage]:
    """The pages of `as_pdf`, to be changed by a test."""
    if look.alike:
        content = _alike(content)
    pages = [_cover(content, look)]
    if content.fields:
        pages.append(_overview_page(content, look))
    for _ in range(look.copies):
        pages += _ARRANGED[look.arrangement](content, look)
    for number, page in enumerate(pages, start=1):
        _put(page, 60, 24, content.head, 8, look)
        _put(page, page.width / 2, page.height - 40, f"- {number} -", 8, look)
        _put(page, page.width - 160, page.height - 40, content.foot, 8, look)
        if look.shuffled is not None:
            random.Random(look.shuffled + number).shuffle(page.drawn)
    return pages


def _alike(content: Content) -> Content:
    indicators = tuple(
        evolve(
            i,
            lines=tuple(
                x.translate(ALIKE) if isinstance(x, str) else tuple(y.translate(ALIKE) for y in x)
                for x in i.lines
            ),
        )
        for i in content.indicators
    )
    return evolve(content, indicators=indicators)


def _page(look: Look, *, landscape: bool = False) -> PdfPage:
    width, height = (842.0, 595.0) if landscape else (595.0, 842.0)
    return PdfPage(width, height, 90 if look.rotated else 0)


def _put(
    page: PdfPage, x: float, y: float, text: str, size: float, look: Look, *, bold: bool = False
) -> None:
    page.text(x, y, text, size=size, font=look.font)
    if bold and look.bold:
        page.text(x + 0.3, y, text, size=size, font=look.font)


def _cover(content: Content, look: Look) -> PdfPage:
    page = _page(look)
    _put(page, 120, 260, content.title, 18, look, bold=True)
    for row, line in enumerate(content.contents):
        _put(page, 100, 400 + 20 * row, line, 10, look)
    return page


def _overview_page(content: Content, look: Look) -> PdfPage:
    """Landscape: fields across, levels down; a level may be written vertically."""
    page = _page(look, landscape=True)
    _put(page, 60, 80, content.overview_title, 14, look, bold=True)
    rows = list(_overview(content))
    upright = look.vertical and not content.title.isascii()
    first = 30.0 if upright else 100.0
    lefts = [60.0, 60 + first] + [60 + first + 150 * (i + 1) for i in range(len(content.fields))]
    tops = [120.0]
    for row in rows:
        tall = upright
        tops.append(tops[-1] + (14.0 * len(row[0]) + 10 if tall else 30.0))
    for x in lefts:
        page.rule(x, tops[0], x, tops[-1])
    for y in tops:
        page.rule(lefts[0], y, lefts[-1], y)
    for at, words in enumerate(rows):
        for column, word in enumerate(words):
            x, y = lefts[column] + 6, tops[at] + 6
            if column == 0 and upright:
                for n, character in enumerate(word):
                    _put(page, x, y + 13 * n, character, 10, look)
            elif word:
                _put(page, x, y, word, 10, look)
    y = tops[-1] + 30
    for line in content.description:
        for part in wrapped(line, 660, 10, look):
            _put(page, 60, y, part, 10, look)
            y += 15
    return page


def _one_a_page(content: Content, look: Look) -> list[PdfPage]:
    pages = []
    for indicator in content.indicators:
        pages.append(_page(look))
        _draw_indicator(pages[-1], content, indicator, 56.0, look)
    return pages


def _stacked(content: Content, look: Look) -> list[PdfPage]:
    pages: list[PdfPage] = []
    y = 1000.0
    for indicator in content.indicators:
        if y + 62 + 13 * 2 * len(indicator.lines) > 780:
            pages.append(_page(look))
            y = 56.0
        y = _draw_indicator(pages[-1], content, indicator, y, look) + 20
    return pages


def _wide(content: Content, look: Look) -> list[PdfPage]:
    """A landscape page for each level: its fields are the columns of a table of two rows."""
    pages = []
    for _, group in _levels(content):
        page = _page(look, landscape=True)
        _put(page, 60, 56, f"{content.title} {group[0].level}", 14, look, bold=True)
        column = 740 / len(group)
        bottoms = []
        for n, indicator in enumerate(group):
            left = 50 + n * column
            _put(page, left + 6, 95, indicator.field, 10, look)
            bottoms.append(_draw_lines(page, indicator.lines, left + 6, 118, column - 14, look))
        bottom = max(bottoms) + 6
        for n in range(len(group) + 1):
            page.rule(50 + n * column, 90, 50 + n * column, bottom)
        for y in (90, 112, bottom):
            page.rule(50, y, 790, y)
        pages.append(page)
    return pages


_ARRANGED: dict[str, Callable[[Content, Look], list[PdfPage]]] = {
    "page": _one_a_page,
    "stacked": _stacked,
    "wide": _wide,
}


def _levels(content: Content) -> Iterator[tuple[str, list[Indicator]]]:
    for level in dict.fromkeys(i.level for i in content.indicators):
        yield level, [i for i in content.indicators if i.level == level]


def wide_texts(content: Content) -> list[str]:
    """As `texts`, of a PDF in which the fields of a level stand side by side."""
    bare = texts(evolve(content, indicators=()))
    for level, group in _levels(content):
        bare += [f"{content.title} {level}", *(i.field for i in group)]
        bare += [item for i in group for line in i.lines for item in items(line)]
    return bare


def _draw_indicator(
    page: PdfPage, content: Content, indicator: Indicator, y: float, look: Look
) -> float:
    """Draw the title, the head row and the box of an indicator; returns where the box ends."""
    _put(page, 60, y, content.title, 14, look, bold=True)
    top, right = y + 34, 50 + look.width
    page.box(50, top, right, top + 22)
    page.rule(150, top, 150, top + 22)
    page.rule(right - 120, top, right - 120, top + 22)
    for x, word in ((56, content.corner), (156, indicator.field), (right - 114, indicator.level)):
        _put(page, x, top + 5, word, 10, look)
    bottom = _draw_lines(page, indicator.lines, 56, top + 28, look.width - 14, look) + 6
    page.rule(50, top + 22, 50, bottom)
    page.rule(right, top + 22, right, bottom)
    page.rule(50, bottom, right, bottom)
    return bottom


def _draw_lines(
    page: PdfPage, lines: tuple[Line, ...], left: float, y: float, width: float, look: Look
) -> float:
    """Write lines into a width; check boxes of one line share it as far as there is room."""
    for line in lines:
        parts = items(line)
        heading = parts[0].startswith(("●", "【", "["))
        if len(parts) == 1 or sum(_advance(part, 9) + 9 for part in parts) > 2 * width:
            for part in (w for p in parts for w in wrapped(p, width, 9, look)):
                _put(page, left, y, part, 9, look, bold=heading)
                y += 13
            continue
        wide = [_advance(part, 9) for part in parts]
        spare = max((width - sum(wide)) / len(parts), 9)
        x = left
        for part, advance in zip(parts, wide, strict=True):
            if x > left and x + advance > left + width + 8:
                x, y = left, y + 13
            _put(page, x, y, part, 9, look)
            x += advance + spare
        y += 13
    return y


def wrapped(text: str, width: float, size: float, look: Look) -> Iterable[str]:
    """Break a text where it reaches the width: Japanese anywhere, English between words or inside."""
    line, room = "", width
    for n, character in enumerate(text):
        advance = _advance(character, size)
        if advance > room:
            head, space, rest = line.rpartition(" ")
            inside = character.isascii() and character.isalpha() and line[-1:].isalpha()
            if look.hyphens and inside and text[n : n + 2].isalpha():
                yield line + "\xad"
                line = ""
            elif character != " " and line[-1:].isascii() and space:
                yield head
                line = rest
            else:
                yield line
                line = ""
            room = width - _advance(line, size)
        line += character
        room -= advance
    if line:
        yield line


def _advance(text: str, size: float) -> float:
    return sum(size * (0.5 if c < "\u0100" else 1.0) for c in text)
