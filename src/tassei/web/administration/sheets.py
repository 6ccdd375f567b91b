"""Sheets (CSV) of a few named columns: bytes -> rows with every fault, and rows -> bytes.

What is written can be read again and says the same; a cell that a spreadsheet would take for a formula
is written behind an apostrophe, and read without it.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from tassei.text import LANGS, Lang, Text

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 50_000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NO_TEXT = re.compile("[\x80-\xa0\ue000-\uf8ff]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@frozen
class Column:
    """A column of a sheet.

    Args:
        id: by which code and, as well as by the label, a heading may name it.
    """

    id: str
    label: Text
    required: bool = False
    most: int = 200


@frozen
class Wrong:
    """What is wrong with one cell, or with a whole line or sheet.

    Args:
        line: counts from 1, the heading included; 0 where it is the whole sheet.
        column: None where it is the whole line.
    """

    line: int
    column: Column | None
    what: Text
    repair: Text


@frozen
class Row:
    """One line.

    Args:
        cells: by the ids of columns; a column that the sheet does not have is not there.
    """

    line: int
    cells: Mapping[str, str]


@frozen
class Sheet:
    """The lines of a sheet, and all that is wrong with its form."""

    rows: tuple[Row, ...] = ()
    wrongs: tuple[Wrong, ...] = field(default=())


def decoded(data: bytes) -> str | Wrong:
    """The text of a file: UTF-8, with or without a byte order mark, or Shift_JIS as Excel writes it.

    UTF-8 is tried first: hardly any Japanese text in Shift_JIS is valid UTF-8 by chance.
    """
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        return Wrong(
            0,
            None,
            Text(f"{limit}MBを超えています", f"it is larger than {limit} MB"),
            Text("いくつかのファイルに分けてください", "split it into several files"),
        )
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "cp932"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            # bytes that Shift_JIS does not have come out as signs that no text has
            if encoding == "utf-8-sig" or not _NO_TEXT.search(text):
                return text
    return Wrong(
        0,
        None,
        Text("UTF-8でもShift_JISでもありません", "it is neither UTF-8 nor Shift_JIS"),
        Text(
            "「CSV UTF-8」の形式で保存し直してください",
            "save it again in the form called “CSV UTF-8”",
        ),
    )


def read_sheet(text: str, columns: Sequence[Column]) -> Sheet:
    """The rows of a sheet; columns are known by their headings, in any order."""
    first = text.partition("\n")[0]
    # what is copied out of a spreadsheet has tabs between its cells
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, wrongs, heading = list[Row](), list[Wrong](), list[Column | None]()
    try:
        for cells in reader:
            if not any(c.strip() for c in cells):
                continue
            if not heading:
                heading, wrongs = _heading(cells, columns, reader.line_num)
                if wrongs:
                    break
                continue
            if len(rows) == MOST_ROWS:
                wrongs.append(_too_many(reader.line_num))
                break
            row, faults = _row(cells, heading, reader.line_num)
            rows.append(row)
            wrongs += faults
    except csv.Error as error:
        wrongs.append(_broken(reader.line_num, str(error)))
    if not heading and not wrongs:
        wrongs.append(_empty())
    return Sheet(tuple(rows), tuple(wrongs))


def _heading(
    cells: list[str], columns: Sequence[Column], line: int
) -> tuple[list[Column | None], list[Wrong]]:
    names = {n.casefold(): c for c in columns for n in (c.id, *(c.label[x] for x in LANGS))}
    found = [names.get(c.strip().casefold()) for c in cells]
    wrongs = []
    for number, (cell, column) in enumerate(zip(cells, found, strict=True)):
        if column is None and cell.strip():
            known = Text(
                "、".join(c.label.ja for c in columns), ", ".join(c.label.en for c in columns)
            )
            what = Text(
                f"「{_short(cell)}」という列はありません", f"no column is called “{_short(cell)}”"
            )
            repair = Text(
                f"見出しを次から選んでください: {known.ja}",
                f"name the columns by these: {known.en}",
            )
            wrongs.append(Wrong(line, None, what, repair))
        if column is not None and column in found[:number]:
            what = Text(
                f"列「{column.label.ja}」が2つあります",
                f"there are two columns “{column.label.en}”",
            )
            wrongs.append(
                Wrong(line, None, what, Text("一つを除いてください", "take one of them out"))
            )
    for column in columns:
        if column.required and column not in found:
            what = Text(
                f"列「{column.label.ja}」がありません", f"there is no column “{column.label.en}”"
            )
            repair = Text(
                "1行目を見出しにして、この列を加えてください",
                "make the first line the heading, and add this column",
            )
            wrongs.append(Wrong(line, None, what, repair))
    return found, wrongs


def _row(cells: list[str], heading: list[Column | None], line: int) -> tuple[Row, list[Wrong]]:
    wrongs = []
    if len(cells) > len(heading) and any(c.strip() for c in cells[len(heading) :]):
        what = Text(
            f"見出しより{len(cells) - len(heading)}個多いセルがあります",
            f"it has {len(cells) - len(heading)} more cells than the heading",
        )
        repair = Text(
            "コンマを含む値を二重引用符で囲んでください",
            "put values that hold a comma in double quotes",
        )
        wrongs.append(Wrong(line, None, what, repair))
    found = {}
    for column, cell in zip(heading, cells, strict=False):
        if column is None:
            continue
        value = unguarded(cell.strip())
        if len(value) > column.most:
            what = Text(
                f"{column.most}文字を超えています", f"it is longer than {column.most} characters"
            )
            wrongs.append(Wrong(line, column, what, Text("短くしてください", "shorten it")))
        elif any(not c.isprintable() for c in value):
            what = Text(
                "改行などの見えない文字があります",
                "it holds line breaks or other signs that cannot be seen",
            )
            wrongs.append(Wrong(line, column, what, Text("取り除いてください", "take them out")))
        else:
            found[column.id] = value
    # a short line: the cells that it leaves out are empty
    for column in heading[len(cells) :]:
        if column is not None:
            found[column.id] = ""
    return Row(line, found), wrongs


def _too_many(line: int) -> Wrong:
    what = Text(f"{MOST_ROWS:,}行を超えています", f"there are more than {MOST_ROWS:,} lines")
    repair = Text("いくつかのファイルに分けてください", "split it into several files")
    return Wrong(line, None, what, repair)


def _broken(line: int, problem: str) -> Wrong:
    return Wrong(
        line,
        None,
        Text(f"CSVとして読めません（{problem}）", f"it cannot be read as CSV ({problem})"),
        Text("この行の二重引用符を確かめてください", "check the double quotes on this line"),
    )


def _empty() -> Wrong:
    return Wrong(
        0,
        None,
        Text("中身がありません", "it is empty"),
        Text("ひな形をダウンロードして始めてください", "begin with the template"),
    )


def written(columns: Sequence[Column], rows: Iterable[Mapping[str, str]], lang: Lang) -> bytes:
    """A sheet that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([c.label[lang] for c in columns])
    writer.writerows([guarded(row.get(c.id, "")) for c in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if _FORMULA.match(value) else value


def unguarded(value: str) -> str:
    return value[1:] if _GUARDED.match(value) else value


def _short(text: str) -> str:
    plain = "".join(c for c in text if c.isprintable()).strip()
    return plain if len(plain) <= 40 else plain[:39] + "…"
