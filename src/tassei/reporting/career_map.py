"""A career map as a picture: fields across, levels up, the effort to each level as colour and number."""

from collections.abc import Sequence
from typing import Any

from tassei.evidence.months import Month
from tassei.judging.verdict import Verdict
from tassei.planning.journeys import Cell
from tassei.text import Lang, Text

SCHEMA = "tassei/career-map/1"
FONT = "Noto Sans CJK JP"
_LABELS = {
    "effort": Text("必要な労力（日）", "days of effort"),
    "met": Text("✓ 満たす", "✓ met"),
    "not": Text("制約の中では不可", "not within the limits"),
    "same": Text("今月", "this month"),
    "caption": Text(
        "上は必要な労力（日）、下はその計画で満たせる最も早い月",
        "above: days of effort; below: the earliest month of that plan",
    ),
}
_INDIGO = "#33398c"
_LEAST_TOP = 200
"""The darkest colour stands for so many days at least: a few days are never dark."""
_WIDE, _HIGH, _GAP = 156, 56, 5
"""Points of one cell, in which the longest name of a field fits, and between two."""
# indigo, light to dark: the same order in grey, so that it reads without colour
_RAMP = ["#eef0fb", "#c3c8ef", "#8d95dc", "#5a62bd", _INDIGO]


def map_json(cells: Sequence[Cell], person: str, edition: str, as_of: Month) -> dict[str, Any]:
    """The map for another program."""
    return {
        "schema": SCHEMA,
        "person": person,
        "edition": edition,
        "as_of": str(as_of),
        "levels": [
            {
                "field": c.rung.field_id,
                "level": c.rung.level,
                "verdict": c.verdict.id,
                "cost": None if c.plan is None else c.plan.cost,
                "months": None if c.plan is None else c.plan.months,
                "by": None if c.plan is None else str(c.plan.by),
            }
            for c in cells
        ],
    }


def map_picture(cells: Sequence[Cell], title: str, lang: Lang, form: str) -> bytes:
    """Draw a map as `png` or `svg`."""
    import altair

    from tassei.reporting.pictures import draw

    return draw(_chart(altair, cells, title, lang).to_dict(), form, lang)


def _chart(altair: Any, cells: Sequence[Cell], title: str, lang: Lang) -> Any:
    order: list[str] = []
    rows: list[dict[str, Any]] = []
    for cell in cells:
        field = cell.rung.edition.field(cell.rung.field_id)
        name = field.name[lang] if field else cell.rung.field_id
        if name not in order:
            order.append(name)
        plan = cell.plan
        if cell.verdict is Verdict.MET:
            kind, says, when = "met", _LABELS["met"][lang], ""
        elif plan is None:
            kind, says, when = "none", _LABELS["not"][lang], ""
        else:
            done = plan.by.label if plan.months else _LABELS["same"]
            kind, says, when = "plan", f"{plan.cost:,}", done[lang]
        rows.append({
            "field": name, "level": _level(cell, lang), "kind": kind, "says": says, "when": when,
            "cost": plan.cost if plan is not None and kind == "plan" else None,
        })  # fmt: skip
    top = max([_LEAST_TOP, *(r["cost"] or 0 for r in rows)])
    levels = list(
        dict.fromkeys(_level(c, lang) for c in sorted(cells, key=lambda c: -c.rung.level))
    )
    heading = {"text": title, "subtitle": _LABELS["caption"][lang]}
    # as far apart upwards as across
    beside, above = (altair.Scale(paddingInner=_GAP / each) for each in (_WIDE, _HIGH))
    across = altair.X("field:N", sort=order, title=None, scale=beside,
                      axis=altair.Axis(labelAngle=0, orient="top", labelLimit=_WIDE - 6))  # fmt: skip
    up = altair.Y("level:N", sort=levels, title=None, scale=above)
    base = altair.Chart(altair.Data(values=rows), title=heading).encode(x=across, y=up)

    def of(kind: str) -> Any:
        return base.transform_filter(f"datum.kind === '{kind}'")

    effort = altair.Color(
        "cost:Q", title=_LABELS["effort"][lang], legend=altair.Legend(format=",d"),
        scale=altair.Scale(range=_RAMP, domain=[0, top], type="sqrt"),
    )  # fmt: skip
    # where the ramp passes from black text to white, both have a contrast of 4.5
    dark = f"datum.cost > {top * 0.49}"
    ink = altair.condition(dark, altair.value("white"), altair.value("black"))
    layers = (
        of("plan").mark_rect(cornerRadius=4).encode(color=effort),
        of("plan")
        .mark_text(fontSize=14, fontWeight="bold", dy=-8)
        .encode(text="says:N", color=ink),
        of("plan").mark_text(fontSize=11, dy=10).encode(text="when:N", color=ink),
        of("met").mark_rect(cornerRadius=4, fill="white", stroke=_INDIGO, strokeWidth=2),
        of("met").mark_text(fontSize=13, fontWeight="bold").encode(text="says:N"),
        of("none").mark_rect(cornerRadius=4, fill="#e4e4e4"),
        of("none").mark_text(fontSize=11, color="#444444").encode(text="says:N"),
    )
    return (
        altair.layer(*layers)
        .properties(width=_WIDE * len(order), height=_HIGH * len(levels))
        .configure(font=FONT, background="white", padding=16)
        .configure_title(
            fontSize=16,
            subtitleFontSize=12,
            subtitlePadding=6,
            anchor="start",
            offset=14,
            font=FONT,
            subtitleFont=FONT,
        )
        .configure_axis(labelFontSize=12, titleFontSize=12, domain=False, ticks=False)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=11, titleFontSize=11)
    )


def _level(cell: Cell, lang: Lang) -> str:
    level = cell.rung.level
    return Text(f"レベル{level}", f"level {level}")[lang]
