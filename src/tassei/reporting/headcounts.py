"""Masked head-counts -> text, tables and JSON for people and other programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.population.masking import Cell, Mark, MaskedHeads, cells
from tassei.population.verdicts import VerdictTable
from tassei.reporting.layout import hanging
from tassei.reporting.sheets import Column, Sheet, Value, columns_of_text
from tassei.text import Lang, Text

NO_UNIT = Text("（単位組織なし）", "(no unit)")
SUMMARY = "tassei/summary/1"
_AT_ONCE = 4
"""Fields beside each other in text, so that a line stays within 80 columns."""


@frozen
class Told:
    """Masked head-counts of some fields, with the names that people know them by.

    Args:
        people: how many were judged.
    """

    table: VerdictTable
    standards: Standards
    people: int
    fields: tuple[MaskedHeads, ...]
    fewest: int
    remarks: tuple[Text, ...]

    def place(self, heads: MaskedHeads) -> tuple[Edition, str]:
        """The edition of a field and its id there."""
        return field_place(self.standards, heads.heads.field.path)

    def name(self, heads: MaskedHeads) -> Text:
        return field_name(self.standards, heads.heads.field.path)


def field_place(standards: Standards, path: str) -> tuple[Edition, str]:
    """`EDITION/FIELD` -> the edition and the id of the field."""
    edition, _, field = path.rpartition("/")
    return standards.edition(edition), field


def field_name(standards: Standards, path: str) -> Text:
    """What people call a field; its id where the edition no longer has it."""
    edition, field_id = field_place(standards, path)
    found = edition.field(field_id)
    return found.name if found else Text(field_id, field_id)


def edition_name(edition: Edition) -> Text:
    return Text(
        f"{edition.category.name.ja} · {edition.label}",
        f"{edition.category.name.en} · {edition.label}",
    )


def word(cell: Cell, fewest: int) -> Value:
    """A number, `<5`, or `*`."""
    if cell.count is not None:
        return cell.count
    return f"<{fewest}" if cell.mark is Mark.SMALL else "*"


def shown(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def bounds(sure: Cell, possible: Cell, fewest: int) -> str:
    """`1,203–1,518`, `<5–12`, or one word where both are the same."""
    low, high = shown(word(sure, fewest)), shown(word(possible, fewest))
    return low if low == high else f"{low}–{high}"


def legend(fewest: int) -> tuple[Text, ...]:
    """What the numbers and the marks mean, in lines."""
    return (
        Text(
            "そのレベル以上の人数（確実に満たす人数–満たしうる人数）",
            "people at the level or above, surely–possibly",
        ),
        marks(fewest),
    )


def marks(fewest: int) -> Text:
    """What stands where no number does."""
    return Text(
        f"<{fewest}: {fewest}人未満  *: 少人数の集まりが計算で分からないように伏せた数",
        f"<{fewest}: fewer than {fewest}   *: withheld, so that no small group can be worked out",
    )


def summary_text(told: Told, lang: Lang, width: int, unit: str | None, by_unit: bool) -> list[str]:
    """The head-counts as people read them.

    Args:
        unit: only this one, and those under it.
    """
    head = Text(
        f"{told.people:,}人 · {told.table.as_of} 時点",
        f"{told.people:,} people · as of {told.table.as_of}",
    )
    lines = [head[lang], *(hanging("", note[lang], width) for note in legend(told.fewest)), ""]
    for edition in dict.fromkeys(told.place(h)[0].id for h in told.fields):
        mine = [h for h in told.fields if told.place(h)[0].id == edition]
        title = edition_name(told.standards.edition(edition))[lang]
        if by_unit or unit is not None:
            for heads in mine:
                lines += [
                    f"{title} · {told.name(heads)[lang]}",
                    *_by_unit(told, heads, lang, unit),
                    "",
                ]
            continue
        lines.append(title)
        for n in range(0, len(mine), _AT_ONCE):
            lines += [*_ladders(told, mine[n : n + _AT_ONCE], lang), ""]
    return [*lines, *(hanging("", note[lang], width) for note in told.remarks)]


def _ladders(told: Told, fields: Sequence[MaskedHeads], lang: Lang) -> list[str]:
    levels = sorted({level for h in fields for level in h.heads.field.levels}, reverse=True)
    found = [
        dict(zip(h.heads.field.levels, cells(h.heads.total, h.total), strict=True)) for h in fields
    ]
    rows = [
        [str(level), *(bounds(*f[level], told.fewest) if level in f else "·" for f in found)]
        for level in levels
    ]
    return columns_of_text(
        [Text("レベル", "level")[lang], *(told.name(h)[lang] for h in fields)], rows, most=16
    )


def _by_unit(told: Told, heads: MaskedHeads, lang: Lang, unit: str | None) -> list[str]:
    levels = heads.heads.field.levels[::-1]
    rows = []
    for name, pairs in unit_cells(heads, unit):
        label = NO_UNIT[lang] if name is None else name
        rows.append([label, *(bounds(*pair, told.fewest) for pair in pairs[::-1])])
    if unit is None:
        pairs = cells(heads.heads.total, heads.total)
        rows.append([Text("全体", "all")[lang], *(bounds(*p, told.fewest) for p in pairs[::-1])])
    heading = Text("単位組織 ＼ レベル", "unit \\ level")[lang]
    return columns_of_text([heading, *(str(level) for level in levels)], rows)


def unit_cells(
    heads: MaskedHeads, unit: str | None = None
) -> Iterable[tuple[str | None, tuple[tuple[Cell, Cell], ...]]]:
    """The cells of each unit, or of one and those under it."""
    for name, ladder in heads.heads.units.items():
        if unit is None or (name is not None and (name == unit or name.startswith(f"{unit}/"))):
            yield name, cells(ladder, heads.units[name])


def summary_sheet(told: Told, lang: Lang, unit: str | None, by_unit: bool) -> Sheet:
    """One row for each field and level, and for each unit where they are told apart."""
    apart = by_unit or unit is not None
    rows: list[tuple[Value, ...]] = []
    for heads in told.fields:
        edition, field_id = told.place(heads)
        groups = (
            list(unit_cells(heads, unit))
            if apart
            else [(None, cells(heads.heads.total, heads.total))]
        )
        for name, pairs in groups:
            named = (NO_UNIT[lang] if name is None else name,) if apart else ()
            for level, (sure, possible) in zip(heads.heads.field.levels, pairs, strict=True):
                counted = (word(sure, told.fewest), word(possible, told.fewest))
                rows.append((edition.id, field_id, told.name(heads)[lang], *named, level, *counted))
    unit_column = (Column("unit", Text("単位組織", "unit")),) if apart else ()
    return Sheet(
        Text("人数", "head-count"),
        (
            Column("edition", Text("版", "edition")),
            Column("field", Text("専門分野のID", "id of the field")),
            Column("name", Text("専門分野", "specialty field")),
            *unit_column,
            Column("level", Text("レベル以上", "level or above")),
            Column("sure", Text("確実に", "surely")),
            Column("possible", Text("可能性として", "possibly")),
        ),
        tuple(rows),
        (*legend(told.fewest), *told.remarks),
    )


def summary_json(told: Told, lang: Lang, unit: str | None, by_unit: bool) -> dict[str, Any]:
    """The head-counts as an object of `tassei/summary/1`."""
    sheet = summary_sheet(told, lang, unit, by_unit)
    names = [c.name for c in sheet.columns]
    return {
        "schema": SUMMARY,
        "as_of": told.table.as_of,
        "readings": dict(told.table.readings),
        "editions": dict(told.table.editions),
        "people": told.people,
        "smallest": told.fewest,
        "counts": [dict(zip(names, row, strict=True)) for row in sheet.rows],
    }
