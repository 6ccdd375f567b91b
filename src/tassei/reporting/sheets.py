"""A table of an answer in the forms that other programs open: CSV, a workbook, and text in columns."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from attrs import frozen
from rich.cells import cell_len

from tassei.reporting.layout import pad, wrap
from tassei.text import Lang, Text

Value = str | int | None
_EPOCH = datetime(2000, 1, 1)  # a fixed date, of no time zone
_WIDEST = 48


@frozen
class Column:
    """A column: its name for programs, and its title for people."""

    name: str
    title: Text


@frozen
class Sheet:
    """A table with a title; numbers stay numbers, what is masked is a word.

    Args:
        notes: what a reader must know, below the table.
    """

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Text, ...] = ()


def as_csv(sheet: Sheet) -> bytes:
    """The rows with the names of the columns; with a byte order mark, which Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.name for c in sheet.columns])
    writer.writerows([_unexecuted(v) for v in row] for row in sheet.rows)
    return ("\ufeff" + out.getvalue()).encode()


def _unexecuted(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula is kept from it by an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def as_xlsx(sheets: Sequence[Sheet], lang: Lang) -> bytes:
    """A workbook: one sheet each, heads frozen, with a filter and the notes below."""
    from xlsxwriter import Workbook  # slow to import, and only needed here

    out = io.BytesIO()
    # nothing that a cell holds is taken for a formula or a link
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, plain) as book:
        book.set_properties({"created": _EPOCH})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        number = book.add_format({"num_format": "#,##0"})
        right = book.add_format({"align": "right"})
        for sheet in sheets:
            page = book.add_worksheet(_tab(sheet.title[lang]))
            for n, column in enumerate(sheet.columns):
                page.write(0, n, column.title[lang], head)
                width = max([cell_len(str(row[n] or "")) for row in sheet.rows], default=0)
                page.set_column(n, n, min(max(width, cell_len(column.title[lang])) + 2, _WIDEST))
            for r, row in enumerate(sheet.rows, start=1):
                for n, value in enumerate(row):
                    masked = isinstance(value, str) and (value[:1] == "<" or value == "*")
                    page.write(
                        r, n, value, number if isinstance(value, int) else right if masked else None
                    )
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
            for n, note in enumerate(sheet.notes):
                page.write_string(len(sheet.rows) + 2 + n, 0, note[lang])
    return out.getvalue()


def _tab(title: str) -> str:
    """A name that a sheet of a workbook may have."""
    return "".join("_" if c in "[]:*?/\\'" else c for c in title)[:31]


def columns_of_text(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, indent: int = 2, most: int = 18
) -> list[str]:
    """Lines of a table: the first column to the left, the others to the right, heads wrapped.

    Args:
        most: the greatest width of a column but the first.
    """
    wrapped = [wrap(head, most) for head in heads]
    widths = [
        max([cell_len(line) for line in wrapped[n]] + [cell_len(row[n]) for row in rows])
        for n in range(len(heads))
    ]
    height = max(map(len, wrapped))
    lines = [
        [part[k - height + len(part)] if k >= height - len(part) else "" for part in wrapped]
        for k in range(height)
    ]
    return [
        (" " * indent + "  ".join(_placed(v, widths[n], n) for n, v in enumerate(line))).rstrip()
        for line in [*lines, *rows]
    ]


def _placed(text: str, width: int, column: int) -> str:
    return pad(text, width) if column == 0 else " " * (width - cell_len(text)) + text
