"""Plans in words, as pages show them."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.http import urlencode

from tassei.figures import plural
from tassei.judging.judge import Rung
from tassei.judging.verdict import Verdict
from tassei.planning.journeys import Cell
from tassei.planning.plan import Addition, Plan
from tassei.reporting.plans import Entry, Names, Wording, days, name_of, until
from tassei.text import Lang, Text
from tassei.web.explorer.build import level_url
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import level_at
from tassei.web.plans.pages import Bar, Card, MapCell, MapRow, Point, Step
from tassei.web.plans.planned import Way

_LEAST_TOP = 200
"""The darkest shade stands for so many days at least: a few days are never dark."""


def path_of(rung: Rung) -> str:
    """`EDITION/FIELD/LEVEL`."""
    return f"{rung.edition.qualified(rung.field_id)}/{rung.level}"


def way_url(path: str, whose: str = "") -> str:
    asked = {"to": path, **({"of": whose} if whose else {})}
    return f"{reverse('plan-way')}?{urlencode(asked)}"


def card(plan: Plan, lang: Lang, whose: str = "") -> Card:
    """A plan on a card."""
    path = path_of(plan.rung)
    return Card(
        Link(name_of(plan.rung)[lang], level_url(level_at(path))),
        days(plan.cost)[lang],
        until(plan)[lang],
        points(plan, plan.facts, lang),
        points(plan, plan.work, lang),
        way_url(path, whose),
        path,
        str(plan.by),
    )


def points(plan: Plan, additions: Iterable[Addition], lang: Lang) -> tuple[Point, ...]:
    """What a plan adds, place by place."""
    entries = _wording(plan.rung, plan).entries(tuple(additions), plan.as_of)
    return tuple(_point(e, lang) for e in entries)


def _wording(rung: Rung, plan: Plan) -> Wording:
    return Wording(Names.of([rung.rule]).of_field(rung), plan.evidence)


def _point(entry: Entry, lang: Lang) -> Point:
    return Point(entry.head[lang], tuple(i[lang] for i in entry.items))


def why_not(way: Way, lang: Lang) -> tuple[Point, ...]:
    """The clauses and facts that rule a level out."""
    if way.conflict is None:
        return ()
    wording = Wording(Names.of([way.rung.rule]).of_field(way.rung), way.conflict.evidence)
    return tuple(_point(e, lang) for e in wording.conflict(way.conflict))


def steps(way: Way, lang: Lang) -> tuple[Step, ...]:
    """Each level on the way; nothing where the way is one step."""
    if way.path is None or len(way.path.steps) < 2:
        return ()
    return tuple(
        Step(
            Text(f"レベル{p.rung.level}", f"Level {p.rung.level}")[lang],
            days(p.cost)[lang],
            p.by.label[lang],
            points(p, p.facts, lang),
            points(p, p.work, lang),
        )
        for p in way.path.steps
    )


def bars(way: Way, lang: Lang) -> tuple[Bar, ...]:
    """The same on a time line: each step from the month that it begins in to that of its end."""
    if way.path is None or not way.path.steps:
        return ()
    start = way.path.steps[0].as_of.number
    span = max(way.path.steps[-1].by.number - start, 1)
    return tuple(
        Bar(
            Text(f"レベル{p.rung.level}", f"Level {p.rung.level}")[lang],
            p.by.label[lang],
            round(100 * (p.as_of.number - start) / span, 2),
            # what can be done within the month is seen as well
            round(max(100 * (p.by.number - p.as_of.number) / span, 1), 2),
        )
        for p in way.path.steps
    )


def span(way: Way, lang: Lang) -> str:
    """The months between which the path lies."""
    if way.path is None or not way.path.steps:
        return ""
    first, last = way.path.steps[0].as_of.label, way.path.steps[-1].by.label
    return Text(f"{first.ja}〜{last.ja}", f"{first.en} – {last.en}")[lang]


def map_rows(
    cells: Sequence[Cell], lang: Lang, whose: str
) -> tuple[tuple[int, ...], tuple[MapRow, ...]]:
    """The levels that there are, and a row a field."""
    levels = tuple(sorted({c.rung.level for c in cells}))
    top = max([_LEAST_TOP, *(c.plan.cost for c in cells if c.plan is not None)])
    by_field: dict[str, dict[int, Cell]] = {}
    for cell in cells:
        by_field.setdefault(cell.rung.field_id, {})[cell.rung.level] = cell
    rows = []
    for of_level in by_field.values():
        rung = next(iter(of_level.values())).rung
        field = rung.edition.field(rung.field_id)
        name = field.name[lang] if field else ""
        rows.append(
            MapRow(
                name,
                tuple(
                    _map_cell(of_level[n], top, lang, whose)
                    if n in of_level
                    else MapCell("", "", "", 0)
                    for n in levels
                ),
            )
        )
    return levels, tuple(rows)  # fmt: skip


def _map_cell(cell: Cell, top: int, lang: Lang, whose: str) -> MapCell:
    url = way_url(path_of(cell.rung), whose)
    if cell.verdict is Verdict.MET:
        return MapCell("✓", Text("満たしています", "met")[lang], url, 0, "met")
    if cell.plan is None:
        return MapCell(
            "✗", Text("満たす方法がありません", "there is no way")[lang], url, 0, "not_met"
        )
    cost = cell.plan.cost
    said = Text(
        f"{days(cost).ja}、{until(cell.plan).ja}", f"{plural(cost, 'day')}, {until(cell.plan).en}"
    )
    return MapCell(f"{cost:,}", said[lang], url, max(1, round(5 * (cost / top) ** 0.5)))
