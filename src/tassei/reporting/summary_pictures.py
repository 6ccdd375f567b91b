"""Masked head-counts -> a heatmap, or bars in parts."""

from collections.abc import Iterable
from typing import Any

from tassei.population.masking import Cell, cells
from tassei.reporting.headcounts import (
    NO_UNIT,
    Told,
    bounds,
    edition_name,
    legend,
    shown,
    unit_cells,
    word,
)
from tassei.reporting.layout import wrap
from tassei.reporting.pictures import Spec, heatmap, stacked, step_for, together
from tassei.text import Lang, Text

Pairs = tuple[tuple[Cell, Cell], ...]
_LEVEL = Text("レベル", "level")
_BARS = Text(
    "人数を最高レベルで分けた棒。上は確実に満たすレベル、下は満たしうるレベル",
    "people by their highest level: surely met in the upper bar, possibly met in the lower",
)
_SURELY = Text("確実に", "surely")
_POSSIBLY = Text("可能性", "possibly")


def summary_picture(told: Told, lang: Lang, chart: str, unit: str | None, by_unit: bool) -> Spec:
    """The picture of some fields: one panel an edition, or one a field where units are told apart."""
    apart = by_unit or unit is not None
    panels: list[tuple[str, list[tuple[str, tuple[int, ...], Pairs]]]] = []
    if apart:
        for heads in told.fields:
            edition, _ = told.place(heads)
            rows = [
                (NO_UNIT[lang] if u is None else u, heads.heads.field.levels, pairs)
                for u, pairs in unit_cells(heads, unit)
            ]
            panels.append((f"{edition_name(edition)[lang]} · {told.name(heads)[lang]}", rows))
    else:
        for edition_id in dict.fromkeys(told.place(h)[0].id for h in told.fields):
            rows = [
                (told.name(h)[lang], h.heads.field.levels, cells(h.heads.total, h.total))
                for h in told.fields
                if told.place(h)[0].id == edition_id
            ]
            panels.append((edition_name(told.standards.edition(edition_id))[lang], rows))
    draw = _heat if chart == "heatmap" else _bars
    title = Text("専門分野とレベルごとの人数", "People by specialty field and level")[lang]
    about = Text(
        f"{told.people:,}人 · {told.table.as_of} 時点",
        f"{told.people:,} people · as of {told.table.as_of}",
    )
    means = legend(told.fewest) if chart == "heatmap" else (_BARS,)
    notes = [line for n in (about, *means, *told.remarks) for line in wrap(n[lang], 100)]
    return together(draw(told, panels, lang), title, notes)


def _heat(
    told: Told, panels: list[tuple[str, list[tuple[str, tuple[int, ...], Pairs]]]], lang: Lang
) -> list[Spec]:
    most = max(
        (s.count or 0 for _, rows in panels for _, _, pairs in rows for s, _ in pairs), default=0
    )
    levels = sorted({n for _, rows in panels for _, those, _ in rows for n in those})
    found = []
    for title, rows in panels:
        values = [
            {
                "row": row,
                "column": str(level),
                "count": sure.count,
                "text": bounds(sure, possible, told.fewest),
                "told": _tip(told, row, str(level), sure, possible, lang),
            }
            for row, those, pairs in rows
            for level, (sure, possible) in zip(those, pairs, strict=True)
        ]
        found.append((title, [row for row, _, _ in rows], values))
    step = max(step_for(values) for _, _, values in found)
    return [
        heatmap(
            values,
            rows=names,
            columns=[str(level) for level in levels],
            row_title="",
            column_title=Text("このレベル以上", "at this level or above")[lang],
            most=most,
            legend=Text("確実に満たす人数", "people who surely stand there")[lang],
            title=title,
            step=step,
        )
        for title, names, values in found
    ]


def _tip(told: Told, row: str, level: str, sure: Cell, possible: Cell, lang: Lang) -> str:
    low, high = (shown(word(c, told.fewest)) for c in (sure, possible))
    return f"{row} · {_LEVEL[lang]} {level}+ · {_SURELY[lang]} {low} · {_POSSIBLY[lang]} {high}"


def _bars(
    told: Told, panels: list[tuple[str, list[tuple[str, tuple[int, ...], Pairs]]]], lang: Lang
) -> list[Spec]:
    specs = []
    most = max(
        (c.count or 0 for _, rows in panels for _, _, ps in rows for pair in ps for c in pair),
        default=0,
    )
    levels = [
        str(n) for n in sorted({n for _, rows in panels for _, those, _ in rows for n in those})
    ]
    for title, rows in panels:
        values: list[dict[str, Any]] = []
        for row, those, pairs in rows:
            for world, name in ((0, _SURELY[lang]), (1, _POSSIBLY[lang])):
                counted = [(n, pair[world]) for n, pair in zip(those, pairs, strict=True)]
                for level, label, count in _parts(counted):
                    values.append(
                        {
                            "row": row, "world": name, "level": str(level), "order": level, "count": count,
                            "told": f"{row} · {name} · {_LEVEL[lang]} {label} · {count:,}",
                        }
                    )  # fmt: skip
        spec = stacked(
            values,
            rows=[row for row, _, _ in rows],
            worlds=[_SURELY[lang], _POSSIBLY[lang]],
            levels=levels,
            people=Text("人数", "people")[lang],
            most=most,
            legend=Text(
                "最高レベル（伏せた数があれば、その上のレベルも含む）",
                "highest level (with those above it where a number is masked)",
            )[lang],
        )
        specs.append({**spec, "title": {"text": title, "fontSize": 13, "offset": 6}})
    return specs


def _parts(counted: Iterable[tuple[int, Cell]]) -> list[tuple[int, str, int]]:
    """How many have a level as their highest; levels whose numbers are masked stay with the one below."""
    known = [(level, cell.count) for level, cell in counted if cell.count is not None]
    parts = []
    for n, (level, count) in enumerate(known):
        above = known[n + 1] if n + 1 < len(known) else None
        left = count - (above[1] if above else 0)
        top = above[0] - 1 if above else None
        label = f"{level}+" if top is None else f"{level}" if top == level else f"{level}–{top}"
        if left:
            parts.append((level, label, left))
    return parts
