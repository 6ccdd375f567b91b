"""What the pages of totals show: the same tables that become CSV and workbooks."""

from typing import ClassVar

from attrs import frozen

from tassei.reporting.sheets import Column, Sheet, Value
from tassei.text import Lang, Text
from tassei.web.explorer.pages import Choice, Link
from tassei.web.insights.heads import Told
from tassei.web.troubles import Told as Wrong

HIDDEN = "*"
"""What stands for a number that is not shown, in files; on pages, a word beside it says so."""


@frozen
class Cell:
    """One cell.

    Args:
        text: as people read it.
        values: the same for programs, one for each column that the cell has there.
        url: where more of it is told.
        said: what a screen reader says in its place; empty where the text does.
        shade: how dark it is, 0 to 5.
        kind: `met`, `not_met` or empty.
    """

    text: str
    values: tuple[Value, ...]
    url: str = ""
    said: str = ""
    shade: int = 0
    kind: str = ""


@frozen
class Head:
    """The head of a column of cells, and the columns that programs read in its place."""

    text: str
    columns: tuple[Column, ...]


@frozen
class Line:
    """One row: what it is about, and its cells."""

    name: Link
    cells: tuple[Cell, ...]


@frozen
class Table:
    """A table with a title.

    Args:
        first: the head of the first column.
        empty: what is said where there are no rows.
        heat: cells are shaded.
        notes: what a reader must know, below it.
    """

    title: Text
    first: Column
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    empty: str = ""
    heat: bool = False
    notes: tuple[Text, ...] = ()

    def sheet(self) -> Sheet:
        """The same table for files."""
        columns = (self.first, *(c for h in self.heads for c in h.columns))
        rows = tuple(
            (line.name.text, *(v for cell in line.cells for v in cell.values))
            for line in self.lines
        )
        return Sheet(self.title, columns, rows, self.notes)


@frozen
class Shown:
    """A table in the language of a reader.

    Args:
        sheet: the same for files.
    """

    id: str
    title: str
    first: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    empty: str
    heat: bool
    notes: tuple[str, ...]
    sheet: Sheet


def shown(table: Table, number: int, lang: Lang) -> Shown:
    return Shown(
        f"t{number}",
        table.title[lang],
        table.first.title[lang],
        tuple(h.text for h in table.heads),
        table.lines,
        table.empty,
        table.heat,
        tuple(n[lang] for n in table.notes),
        table.sheet(),
    )


@frozen
class Filter:
    """A choice above the tables; it becomes a part of the address."""

    name: str
    label: str
    options: tuple[Choice, ...]


@frozen
class Tab:
    """One of the pages of totals."""

    text: str
    url: str
    here: bool


@frozen
class InsightsPage:
    """Tables about a scope, at a time, of an edition.

    Args:
        lead: the answer in a sentence.
        keep: parts of the address that no filter shows.
        masked: some numbers may not be shown to the reader.
        files: the same tables as CSV and as a workbook.
        renew: whether the numbers are of an earlier month and the reader may renew them.
        renewing: whether that is being done.
        more: further addresses.
    """

    template: ClassVar[str] = "web/insights.html"
    title: str
    lead: str
    as_of: str
    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    keep: tuple[tuple[str, str], ...]
    masked: bool
    tables: tuple[Shown, ...]
    files: tuple[Link, ...]
    renew: bool
    renewing: bool
    more: tuple[Link, ...]


@frozen
class TargetsPage:
    """Targets and the form for one more.

    Args:
        written: what was typed, by the name of the control.
        preview: what a file would change, in words.
    """

    template: ClassVar[str] = "web/insights_targets.html"
    title: str
    lead: str
    back: str
    targets: tuple["TargetLine", ...]
    units: tuple[Choice, ...]
    fields: tuple["FieldGroup", ...]
    written: dict[str, str]
    faults: tuple[Wrong, ...]
    stale: bool
    preview: tuple[str, ...]
    seen: str


@frozen
class FieldGroup:
    name: str
    options: tuple[Choice, ...]


@frozen
class TargetLine:
    """One target as it stands."""

    id: int
    version: int
    unit: str
    field: str
    level: int
    people: int
    by: str


def bounds_cell(told: Told, lang: Lang, url: str = "", most: int = 0) -> Cell:
    """`42–57`: surely to possibly; one number where they are the same.

    Args:
        most: the number that the darkest shade stands for.
    """
    values = tuple(HIDDEN if n is None else n for n in (told.low, told.high))
    if told.hidden:
        return Cell("—", values, url, Text("伏せています", "masked")[lang])
    if told.low is None or told.high is None:
        # the other one of the two is hidden
        limit = told.high if told.low is None else told.low
        at_most = Text(f"{limit}人以下", f"at most {limit}")
        of = at_most if told.low is None else Text(f"{limit}人以上", f"at least {limit}")
        text = f"≤{limit}" if told.low is None else f"≥{limit}"
        return Cell(text, values, url, of[lang], _shade(limit or 0, most))
    if told.low == told.high:
        return Cell(str(told.low), values, url, "", _shade(told.low, most))
    span = Text(f"{told.low}人から{told.high}人", f"{told.low} to {told.high}")
    return Cell(f"{told.low}–{told.high}", values, url, span[lang], _shade(told.high, most))


def _shade(number: int, most: int) -> int:
    """The root, so that a few people are not as good as nobody."""
    return min(5, round(5 * (number / most) ** 0.5)) if most and number else 0
