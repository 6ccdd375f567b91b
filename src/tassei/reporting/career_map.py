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
    "level": Text("レベル", "level"),
    "met": Text("✓ 満たす", "✓ met"),
    "not": Text("制約の中では不可", "not within the limits"),
    "same": Text("今月", "this month"),
}
# indigo, light to dark: the same order in grey, so that it reads without colour
_RAMP = ["#eef0fb", "#c3c8ef", "#8d95dc", "#5a62bd", "#33398c"]


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
        met = cell.verdict is Verdict.MET
        plan = cell.plan
        when = (
            "" if met or plan is None else (str(plan.by) if plan.months else _LABELS["same"][lang])
        )
        rows.append({
            "field": name,
            "level": cell.rung.level,
            "cost": 0 if met else None if plan is None else plan.cost,
            "says": _LABELS["met"][lang] if met else (
                _LABELS["not"][lang] if plan is None else f"{plan.cost:,}"
            ),
            "when": when,
        })  # fmt: skip
    top = max((r["cost"] or 0 for r in rows), default=1) or 1
    base = altair.Chart(altair.Data(values=rows), title=title)
    across = altair.X("field:N", sort=order, title=None,
                      axis=altair.Axis(labelAngle=0, orient="top", labelLimit=150))  # fmt: skip
    up = altair.Y("level:O", sort="descending", title=_LABELS["level"][lang])
    boxes = base.mark_rect(stroke="white", strokeWidth=3, cornerRadius=4).encode(
        x=across,
        y=up,
        color=altair.condition(
            "datum.cost === null", altair.value("#d9d9d9"),
            altair.Color("cost:Q", title=_LABELS["effort"][lang],
                         scale=altair.Scale(range=_RAMP, domain=[0, top], type="sqrt")),
        ),
    )  # fmt: skip
    dark = f"datum.cost > {top * 0.3}"
    ink = altair.condition(dark, altair.value("white"), altair.value("#1d1f2b"))
    says = base.mark_text(fontSize=14, fontWeight="bold", dy=-7).encode(
        x=across, y=up, text="says:N", color=ink
    )
    when = base.mark_text(fontSize=11, dy=10).encode(x=across, y=up, text="when:N", color=ink)
    return (
        (boxes + says + when)
        .properties(width=130 * len(order), height=56 * len({r["level"] for r in rows}))
        .configure(font=FONT, background="white", padding=16)
        .configure_title(fontSize=16, anchor="start", offset=14, font=FONT)
        .configure_axis(labelFontSize=12, titleFontSize=12, domain=False, ticks=False)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=11, titleFontSize=11)
    )
