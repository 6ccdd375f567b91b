"""Sheets are read as spreadsheets write them, and what is written is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tassei.text import LANGS, Lang, Text
from tassei.web.administration.sheets import (
    Column,
    Wrong,
    decoded,
    guarded,
    read_sheet,
    unguarded,
    written,
)

CODE, NAME = Column("code", Text("コード", "code"), True, 10), Column("name", Text("氏名", "name"))
COLUMNS = (CODE, NAME)
CELLS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" ,\"';=+-@"), max_size=10
).map(str.strip)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_what_spreadsheets_write_is_read(encoding: str) -> None:
    """UTF-8 with and without a byte order mark, and Shift_JIS."""
    text = decoded("コード,氏名\r\nE1,髙橋 みどり\r\n".encode(encoding))
    assert isinstance(text, str)
    [row] = read_sheet(text, COLUMNS).rows
    assert row.cells == {"code": "E1", "name": "髙橋 みどり"}
    assert row.line == 2


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00a", b"code\n\x00", b"code,\xff\n", b"x" * 9_000_000]
)
def test_what_is_no_text_is_told(data: bytes) -> None:
    """Another encoding, NUL and what is too large are refused, not guessed."""
    assert isinstance(decoded(data), Wrong)


def test_a_paste_from_a_spreadsheet_has_tabs() -> None:
    """Cells that are copied are joined by tabs."""
    assert read_sheet("code\tname\nE1\tAnn, Bob\n", COLUMNS).rows[0].cells["name"] == "Ann, Bob"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 0, None),
        ("name\nAnn\n", 1, None),
        ("code,salary\nE1,5\n", 1, None),
        ("code,code\nE1,E2\n", 1, None),
        ('code,name\nE1,"Ann\n', 2, None),
        ("code,name\nE1,Ann,more\n", 2, None),
        ("code,name\nE1,Ann\n" + "E" * 11 + ",Bob\n", 3, CODE),
        ('code,name\nE1,"A\nB"\n', 3, NAME),
    ],
)
def test_each_fault_has_its_line_and_column(text: str, line: int, column: Column | None) -> None:
    """What is wrong with the form of a sheet is told with where it is."""
    [wrong] = read_sheet(text, COLUMNS).wrongs
    assert (wrong.line, wrong.column) == (line, column)
    assert all(wrong.what[x] and wrong.repair[x] for x in LANGS)


@given(CELLS)
def test_no_cell_is_a_formula(value: str) -> None:
    """A spreadsheet takes none of our cells for a formula, and each is read back as it was."""
    assert guarded(value)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert unguarded(guarded(value)) == value


@given(st.lists(st.tuples(CELLS.filter(bool), CELLS), max_size=5), st.sampled_from(LANGS))
def test_what_is_written_is_read_back(rows: list[tuple[str, str]], lang: Lang) -> None:
    """In either language of the headings, whatever stands in the cells."""
    data = written(COLUMNS, [{"code": c, "name": n} for c, n in rows], lang)
    text = decoded(data)
    assert isinstance(text, str)
    back = read_sheet(text, COLUMNS)
    assert [(r.cells["code"], r.cells["name"]) for r in back.rows] == rows
