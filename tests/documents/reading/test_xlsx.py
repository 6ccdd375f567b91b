"""Everything that a workbook shows is read, and what it hides is told."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from documents.faulty import archive, part_of
from tassei.documents.pieces import Piece
from tassei.documents.reading.limits import Limits
from tassei.documents.reading.xlsx import read_xlsx
from tassei.text import Text


def _book(write: Callable[[Any], None]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)
    return stream.getvalue()


def _read(data: bytes) -> tuple[tuple[Piece, ...], tuple[Text, ...]]:
    return read_xlsx(data, Limits(), lambda done, total: None)


def _cells(data: bytes) -> list[tuple[str, int | None, int | None]]:
    return [(p.text, p.row, p.column) for p in _read(data)[0] if not p.furniture]


def test_cells_are_read_row_by_row() -> None:
    """Merged ones where they begin; lines of a cell are pieces; digits stay as wide as they are."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet("指標")
        sheet.merge_range("B2:D3", "レベル５")
        sheet.write("A5", "１００人以上\n又は\n\n５億円")
        sheet.write("C5", " 後 ")

    data = _book(write)
    assert _cells(data) == [
        ("レベル５", 2, 2), ("１００人以上", 5, 1), ("又は", 5, 1), ("５億円", 5, 1), ("後", 5, 3),
    ]  # fmt: skip
    pieces, notes = _read(data)
    assert [(p.text, p.page) for p in pieces if p.furniture] == [("指標", 1)]
    assert notes == ()
    assert [(p.line, p.start) for p in pieces[2:]] == [(5, 0), (5, 7), (5, 11), (5, 16)]


def test_parts_of_a_cell_may_look_different() -> None:
    """The text is one."""

    def write(book: Any) -> None:
        bold = book.add_format({"bold": True})
        book.add_worksheet().write_rich_string("A1", "以下の", bold, "２項目以上", "に該当")

    assert _cells(_book(write)) == [("以下の２項目以上に該当", 1, 1)]


def test_readings_above_characters_are_left_out() -> None:
    """Excel keeps how a word was typed beside it."""
    data = _book(lambda book: book.add_worksheet().write("A1", "運用"))
    strings = part_of(data, "xl/sharedStrings.xml").replace(
        b"</t></si>", '</t><rPh sb="0" eb="2"><t>ウンヨウ</t></rPh></si>'.encode()
    )
    assert _cells(archive({"xl/sharedStrings.xml": strings}, like=data)) == [("運用", 1, 1)]


def test_what_is_hidden_is_read_and_told() -> None:
    """Sheets and rows."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write("A1", "一")
        sheet.write("A2", "二")
        sheet.set_row(1, None, None, {"hidden": True})
        hidden = book.add_worksheet("裏")
        hidden.write("A1", "三")
        hidden.hide()

    data = _book(write)
    assert [t for t, _, _ in _cells(data)] == ["一", "二", "三"]
    rows, sheet = _read(data)[1]
    assert rows.en == 'the sheet "表" has 1 hidden row; it was read as well'
    assert rows.ja == "シート「表」には非表示の行が1行あり、それも読みました"
    assert sheet.en == 'the sheet "裏" is hidden; it was read as well'


def test_a_formula_is_its_last_result() -> None:
    """Numbers, words, truth values; nothing is computed."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 250)
        sheet.write_formula("B1", '="ab"', None, "件数")
        sheet.write_boolean("C1", True)
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")

    assert [t for t, _, _ in _cells(_book(write))] == ["250", "件数", "TRUE", "#DIV/0!"]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (3, "General", "3"), (0.1 + 0.2, "General", "0.3"), (1e6, "General", "1000000"),
        (0.8, "0%", "80%"), (0.125, "0.0%", "12.5%"), (1234567, "#,##0", "1,234,567"),
        (250, '0"人以上"', "250人以上"), (5, '"レベル"0', "レベル5"), (2.5, "0.00", "2.50"),
        (1500, '#,##0"円";[Red]-#,##0"円"', "1,500円"), (12, "0_ ", "12"), (45000, "yyyy/m/d", "45000"),
        (7, "@", "7"), (5, "\\第0\\章", "第5章"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_it_is_written(number: float, form: str, shown: str) -> None:
    """With its unit, per cent and thousands; a date stays the number that it is."""

    def write(book: Any) -> None:
        book.add_worksheet().write_number("A1", number, book.add_format({"num_format": form}))

    assert _cells(_book(write)) == [(shown, 1, 1)]


def test_what_lies_on_a_sheet_is_read() -> None:
    """Text boxes where they are anchored, notes on cells, heads and feet without their codes."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet("あ")
        sheet.write("A1", "本文")
        sheet.insert_textbox(4, 2, "□箱の一\n□箱の二")
        sheet.write_comment("B2", "注記")
        sheet.set_header('&L&"MS ゴシック,太字"&14スキル標準&R&P / &N')

    pieces = _read(_book(write))[0]
    assert sorted((p.text, p.row, p.column) for p in pieces if not p.furniture) == sorted(
        [("本文", 1, 1), ("□箱の一", 5, 3), ("□箱の二", 5, 3), ("注記", 2, 2)]
    )
    around = [" ".join(p.text.split()) for p in pieces if p.furniture]
    assert around == ["あ", "スキル標準 /"]


def test_cells_may_leave_out_their_places() -> None:
    """Then they follow one another; a sheet may hold its text itself."""
    data = _book(lambda book: book.add_worksheet().write("A1", "x"))
    sheet = (
        "<worksheet><sheetData><row><c t='inlineStr'><is><r><t>甲</t></r><r><t>乙</t></r></is></c>"
        "<c t='str'><v>丙_x000D_丁</v></c></row><row><c><v>5</v></c></row></sheetData></worksheet>"
    )
    changed = archive({"xl/worksheets/sheet1.xml": sheet.encode()}, like=data)
    assert _cells(changed) == [("甲乙", 1, 1), ("丙", 1, 2), ("丁", 1, 2), ("5", 2, 1)]


def test_sheets_are_told_as_they_are_read() -> None:
    """And a sheet that is a chart is none."""

    def write(book: Any) -> None:
        for name in ("一", "二"):
            book.add_worksheet(name).write("A1", name)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=一!$A$1"})
        book.add_chartsheet("図").set_chart(chart)

    told: list[tuple[int, int]] = []
    read_xlsx(_book(write), Limits(), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
