"""Units as a sheet: what it would do, doing it, and the units as a sheet again."""

from collections.abc import Mapping

from tassei.text import Lang, Text
from tassei.web.administration.chart import Chart, Scope, circles
from tassei.web.administration.plans import (
    Detail,
    Plan,
    Step,
    check_code,
    in_circle,
    outside,
    unknown,
    wrong,
)
from tassei.web.administration.sheets import Column, Row, Wrong, read_sheet, written
from tassei.web.history import Author, Stale, change_all, create_all
from tassei.web.models import Unit

CODE = Column("code", Text("組織コード", "unit code"), True, 60)
JA = Column("name_ja", Text("名前（日本語）", "name (Japanese)"))
EN = Column("name_en", Text("名前（英語）", "name (English)"))
ABOVE = Column("above", Text("上位の組織コード", "code of the unit above"), False, 60)
COLUMNS = (CODE, JA, EN, ABOVE)
EXAMPLE = (
    {"code": "OPS", "name_ja": "運用部", "name_en": "Operations", "above": ""},
    {"code": "OPS-1", "name_ja": "運用一課", "name_en": "Operations 1", "above": "OPS"},
)


def unit_sheet(scope: Scope, chart: Chart, lang: Lang) -> bytes:
    """The units that somebody may change."""
    codes = {u.pk: u.code for u in chart.units.values()}
    rows = (_values(u, codes) for u in chart.units.values() if scope.holds(u.pk))
    return written(COLUMNS, rows, lang)


def _values(unit: Unit, codes: Mapping[int, str]) -> dict[str, str]:
    above = codes.get(unit.above_id or 0, "")
    return {"code": unit.code, "name_ja": unit.name_ja, "name_en": unit.name_en, "above": above}


def plan_units(text: str, scope: Scope, chart: Chart) -> Plan:
    """What a sheet would do to the units; units that are not in it are left as they are."""
    sheet = read_sheet(text, COLUMNS)
    wrongs = list(sheet.wrongs)
    present = {u.code: u for u in chart.units.values()}
    codes = {u.pk: u.code for u in chart.units.values()}
    seen: dict[str, int] = {}
    for row in sheet.rows:
        wrongs += check_code(row, CODE, seen)
    rows = [r for r in sheet.rows if r.cells.get("code")]
    above = {c: codes.get(u.above_id or 0, "") for c, u in present.items()}
    before = dict(above)
    above |= {r.cells["code"]: r.cells.get("above", above.get(r.cells["code"], "")) for r in rows}
    in_circles = circles(above, [r.cells["code"] for r in rows])
    mine = _mine(scope, present, above)
    steps, same = [], 0
    for row in rows:
        code = row.cells["code"]
        if above[code] and above[code] not in above:
            wrongs.append(unknown(row, ABOVE, above[code]))
        elif code in in_circles:
            wrongs.append(in_circle(row, ABOVE))
        elif code not in mine and not scope.everywhere:
            wrongs.append(outside(row, CODE if code in present else ABOVE))
        elif above[code] != before.get(code) and above[code] not in mine and not scope.everywhere:
            wrongs.append(outside(row, ABOVE))
        step = _step(row, present.get(code), codes)
        same += step is None
        if step is not None:
            steps.append(step)
            if not step.name:
                wrongs.append(_nameless(row))
    return Plan(tuple(steps), same, tuple(sorted(wrongs, key=lambda w: w.line)))


def _mine(scope: Scope, present: Mapping[str, Unit], above: Mapping[str, str]) -> frozenset[str]:
    """Codes of the units that somebody may change: those there are, and new ones below them."""
    found = {c for c, u in present.items() if scope.holds(u.pk)}
    for code in above:
        path, at = list[str](), code
        while at in above and at not in present and at not in path:
            path.append(at)
            at = above[at]
        if at in found:
            found.update(path)
    return frozenset(found)


def _nameless(row: Row) -> Wrong:
    repair = Text("どちらかの言語の名前を入れてください", "enter a name in one of the languages")
    return wrong(row, JA, Text("名前がありません", "it has no name"), repair)


def _step(row: Row, unit: Unit | None, codes: Mapping[int, str]) -> Step | None:
    before = _values(unit, codes) if unit else {c.id: "" for c in COLUMNS}
    after = before | dict(row.cells)
    # a unit that has a name in one language alone goes by it in both
    after["name_ja"] = after["name_ja"] or after["name_en"]
    after["name_en"] = after["name_en"] or after["name_ja"]
    if unit is not None and before == after:
        return None
    details = tuple(
        Detail(c, before[c.id], after[c.id]) for c in COLUMNS[1:] if before[c.id] != after[c.id]
    )
    name = after["name_ja"]
    return Step(
        "changed" if unit else "added",
        after["code"],
        name,
        details,
        after,
        unit.version if unit else 0,
    )


def write_units(author: Author, plan: Plan) -> None:
    """Do what a plan says, each unit after the one above it; joins the transaction of its caller.

    Raises:
        Stale: a unit was changed since the plan was made.
    """
    present = {u.code: u for u in Unit.objects.all()}
    waiting = [s for s in plan.steps if s.kind == "added"]
    while waiting:
        ready = [s for s in waiting if not s.values["above"] or s.values["above"] in present]
        if not ready:
            raise Stale
        made = [_filled(Unit(code=s.code), s, present) for s in ready]
        create_all(author, made)
        present |= {u.code: u for u in made}
        waiting = [s for s in waiting if s not in ready]
    changes = []
    for step in plan.steps:
        if step.kind == "changed":
            unit = present[step.code]
            unit.version = step.version
            above = present.get(step.values["above"])
            names = {k: step.values[k] for k in ("name_ja", "name_en")}
            changes.append((unit, {**names, "above_id": above.pk if above else None}))
    change_all(author, changes)


def _filled(unit: Unit, step: Step, present: Mapping[str, Unit]) -> Unit:
    unit.name_ja, unit.name_en = step.values["name_ja"], step.values["name_en"]
    unit.above = present.get(step.values["above"])
    return unit
