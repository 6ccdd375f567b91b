"""Pictures of answers, made as Vega-Lite and drawn as PNG, SVG or a page that needs no other host."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from tassei.text import Lang

Spec = dict[str, Any]
FORMATS = ("png", "svg", "html")
FONT = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif"
INK, FAINT, PAPER = "#1f2430", "#6b7280", "#ffffff"
HIDDEN = "#eef0f3"
"""The ground of what is masked."""
SCALE = ["#eef2fb", "#c3d0f0", "#8ea6e0", "#5a78c8", "#33519f", "#1d3272"]
"""Indigo, from few to many; told apart without colour by the numbers in the cells."""


LABELS = 210
"""Room for the names of rows, so that pictures below each other begin at one line."""
_PART = "|"


def config() -> Spec:
    """The looks that all pictures share."""
    return {
        "background": PAPER,
        "font": FONT,
        "padding": 16,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "fontSize": 15, "fontWeight": 600, "color": INK, "offset": 10,
            "subtitleColor": FAINT, "subtitleFontSize": 11, "subtitleLineHeight": 16,
        },
        "axis": {
            "labelFontSize": 12, "labelColor": INK, "titleFontSize": 11, "titleColor": FAINT,
            "titleFontWeight": 400, "domain": False, "ticks": False, "labelPadding": 6, "labelLimit": 320,
        },
        "legend": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": 400, "titleColor": FAINT, "titleLimit": 400},
    }  # fmt: skip


def heatmap(
    values: Sequence[Mapping[str, Any]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    row_title: str,
    column_title: str,
    most: int,
    legend: str,
    title: str | None = None,
    step: int | None = None,
    room: int = LABELS,
) -> Spec:
    """Cells with a word in each, coloured by how many people it stands for.

    Args:
        values: `row`, `column`, `text`, `count` (None where it is masked) and `told` for the tip.
        most: the count of the darkest colour.
        step: width of a cell; as its words need where left out.
        room: for the names of the rows.
    """
    place = {
        "x": {
            "field": "column", "type": "ordinal", "sort": list(columns), "title": column_title,
            "scale": {"domain": list(columns)},
            "axis": {"orient": "top", "labelAngle": 0},
        },
        "y": {
            "field": "row", "type": "ordinal", "sort": list(rows), "title": row_title,
            "axis": {"minExtent": room, "titleAngle": 0, "titleAlign": "right", "titleX": -6, "titleY": -12},
        },
        "tooltip": {"field": "told", "type": "nominal"},
    }  # fmt: skip
    dark = f"datum.count !== null && datum.count > {most} * 0.3"
    spec: Spec = {
        "data": {"values": list(values)},
        "width": {"step": step or step_for(values)},
        "height": {"step": 30},
        "encoding": place,
        "layer": [
            {
                "mark": {"type": "rect", "invalid": None, "stroke": PAPER, "strokeWidth": 2},
                "encoding": {
                    "color": {
                        "condition": {
                            "test": "datum.count !== null",
                            "field": "count", "type": "quantitative",
                            "scale": {"type": "sqrt", "domain": [0, max(most, 1)], "range": SCALE},
                            "legend": {
                                "title": legend, "orient": "bottom", "gradientLength": 220,
                                "format": ",d", "tickCount": 3,
                            },
                        },
                        "value": HIDDEN,
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {
                    "text": {"field": "text", "type": "nominal"},
                    "color": {"condition": {"test": dark, "value": PAPER}, "value": INK},
                },
            },
        ],
    }  # fmt: skip
    if title:
        spec["title"] = {"text": title, "fontSize": 13, "offset": 6}
    return spec


def step_for(values: Iterable[Mapping[str, Any]]) -> int:
    """How wide a cell must be for its words."""
    return max(7 * max([len(str(v["text"])) for v in values], default=1) + 18, 54)


def stacked(
    values: Sequence[Mapping[str, Any]],
    *,
    rows: Sequence[str],
    worlds: Sequence[str],
    levels: Sequence[str],
    people: str,
    most: int,
    legend: str,
) -> Spec:
    """For each row one bar a world, made of parts by level.

    Args:
        values: `row`, `world`, `level`, `order`, `count` and `told` for the tip.
        most: where the scale ends.
    """
    values = [{**v, "bar": f"{v['row']}{_PART}{v['world']}"} for v in values]
    colours = ["#e3e7ef", *SCALE[1:], "#101d47"]
    picked = colours[: len(levels)] if len(levels) <= len(colours) else SCALE
    return {
        "data": {"values": list(values)},
        "width": 560,
        "height": {"step": 17},
        "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 0.7},
        "encoding": {
            "y": {
                "field": "bar", "type": "nominal", "sort": None, "title": None,
                "scale": {"domain": [b for row in rows for b in (*(f"{row}{_PART}{w}" for w in worlds), f"{row}{_PART}")][:-1]},
                "axis": {
                    "minExtent": LABELS, "labelFontSize": 12,
                    # the row is named once, beside its first bar
                    "labelExpr": f"split(datum.value, '{_PART}')[1] == '{worlds[0]}' ? replace(datum.value, '{_PART}', '　') : split(datum.value, '{_PART}')[1]",
                },
            },
            "x": {
                "field": "count", "type": "quantitative", "title": people, "scale": {"domain": [0, most], "nice": True},
                "axis": {"format": ",d", "grid": True, "gridColor": "#e5e7eb", "tickCount": 6},
            },
            "color": {
                "field": "level", "type": "nominal", "sort": list(levels),
                "scale": {"domain": list(levels), "range": picked},
                "legend": {"title": legend, "orient": "bottom", "columns": 9},
            },
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }  # fmt: skip


def together(
    parts: Sequence[Spec], title: str, subtitle: Sequence[str], *, shared: bool = True
) -> Spec:
    """Pictures below each other under one title.

    Args:
        shared: the colours mean the same in all of them.
    """
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": title, "subtitle": list(subtitle), "fontSize": 17, "offset": 18},
        "vconcat": list(parts),
        "spacing": 26,
        "resolve": {"scale": {"color": "shared" if shared else "independent"}},
        "config": config(),
    }


def draw(spec: Spec, form: str, lang: Lang) -> bytes:
    """A picture as `png`, `svg` or `html`; the page holds all that it needs."""
    import vl_convert

    _fonts()
    match form:
        case "png":
            return bytes(vl_convert.vegalite_to_png(spec, scale=2))
        case "svg":
            return str(vl_convert.vegalite_to_svg(spec)).encode()
    page = str(vl_convert.vegalite_to_html(spec, bundle=True))
    title = spec["title"]["text"]
    page = re.sub(r"<html[^>]*>", f'<html lang="{lang}">', page, count=1)
    named = f"<title>{_escaped(title)}</title>"
    page = (
        re.sub(r"<title>.*?</title>", lambda _: named, page, count=1, flags=re.DOTALL)
        if "<title>" in page
        else page.replace("<head>", f"<head>{named}", 1)
    )
    return page.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@cache
def _fonts() -> None:
    """Make the Japanese fonts known that are installed beside; there may be none in the system."""
    import vl_convert

    for weight in ("regular", "bold"):
        folder = resources.files(f"noto_cjk_sans_jp_{weight}")
        vl_convert.register_font_directory(str(folder))
