"""Targets of units: what is wanted by when, and what is lacking now."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from django.db import transaction
from django.urls import reverse

from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.reporting.sheets import Column, Sheet, Value
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import field_at, standards
from tassei.web.history import Author, change, create
from tassei.web.insights.desk import Desk
from tassei.web.insights.heads import Told
from tassei.web.insights.pages import HIDDEN, Cell, Head, InsightsPage, Line, Table, bounds_cell
from tassei.web.insights.reach import TEAM, Organisation, Reach
from tassei.web.models import Target
from tassei.web.permits import Act
from tassei.web.troubles import Told as Wrong

MOST_PEOPLE = 1_000_000
MOST_LINES = 5000
COLUMNS = ("unit", "field", "level", "people", "by")
"""The columns of a file of targets."""


@frozen
class Wanted:
    """One target as it was entered, checked."""

    unit: int
    field: str
    level: int
    people: int
    by: str

    @property
    def key(self) -> tuple[int, str, int, str]:
        return self.unit, self.field, self.level, self.by


def gaps(desk: Desk) -> InsightsPage:
    """Every target in the scope, with what is there now and what is lacking."""
    scope = desk.asked.scope
    units = () if scope == TEAM else desk.reach.organisation.all_below(scope)
    readable = [u for u in units if u is not None and desk.reach.reads(u)]
    targets = Target.objects.filter(unit__in=readable, field__in=desk.heads.fields)
    lines = tuple(_line(desk, t) for t in targets.order_by("by", "unit__code", "field", "level"))
    lang = desk.lang
    heads = (
        Head(Text("専門分野", "Field")[lang], (Column("field", Text("専門分野", "field")), Column("level", Text("レベル", "level")))),
        Head(Text("期限", "By")[lang], (Column("by", Text("期限", "by")),)),
        Head(Text("目標", "Wanted")[lang], (Column("wanted", Text("目標人数", "people wanted")),)),
        Head(Text("いま", "Now")[lang], (Column("surely", Text("いま（確実）", "now, surely")), Column("possibly", Text("いま（可能性）", "now, possibly")))),
        Head(Text("不足", "Lacking")[lang], (Column("lacking_at_least", Text("不足（最少）", "lacking at least")), Column("lacking_at_most", Text("不足（最多）", "lacking at most")))),
    )  # fmt: skip
    table = Table(
        Text("目標と今の人数", "Targets and people"),
        Column("unit", Text("組織", "Unit")),
        heads,
        lines,
        Text(
            "ここには、組織ごとの目標と、いま足りない人数が示されます。目標を入力すると始まります。",
            "The targets of units and what they lack now will be shown here, once targets are set.",
        )[lang],
        notes=(
            Text(
                "「不足」は、確実に足りない人数と、分からない点がすべて満たされない場合の人数です。",
                "“Lacking”: what is surely lacking, and what is if nothing that is left open turns out well.",
            ),
        ),
    )
    lacking = sum(1 for line in lines if line.cells[-1].kind == "not_met")
    lead = Text(
        f"目標{len(lines)}件のうち、{lacking}件は確実に人数が足りません。",
        f"Of {len(lines)} targets, {lacking} surely lack people.",
    )
    more = []
    if any(desk.reach.reads(u, Act.SET_TARGETS) for u in readable):
        more.append(Link(Text("目標を決める", "Set targets")[lang], reverse("insights-targets")))
    return desk.page(Text("目標との差", "Gaps against targets"), lead, [table], more=more)


def _line(desk: Desk, target: Target) -> Line:
    told = desk.heads.told(target.unit_id, target.field, target.level)
    name = desk.field_name(target.field)[desk.lang]
    level = Text(f"{name} レベル{target.level}", f"{name} level {target.level}")[desk.lang]
    return Line(
        Link(desk.unit_name(target.unit_id)[desk.lang], ""),
        (
            Cell(level, (name, target.level)),
            Cell(Month.parse(target.by).label[desk.lang], (target.by,)),
            Cell(str(target.people), (target.people,)),
            bounds_cell(told, desk.lang),
            _lacking(told, target.people, desk.lang),
        ),
    )


def _lacking(told: Told, wanted: int, lang: Lang) -> Cell:
    """What is lacking, at least and at most; ✗ where it surely is, ? where it may be, ✓ where it is not."""
    if told.low is None or told.high is None:
        return Cell("—", (HIDDEN, HIDDEN), said=Text("伏せています", "masked")[lang])
    least, most = max(0, wanted - told.high), max(0, wanted - told.low)
    if not most:
        return Cell("✓ 0", (0, 0), said=Text("足りています", "none")[lang], kind="met")
    text = str(most) if least == most else f"{least}–{most}"
    said = Text(f"{least}人から{most}人", f"{least} to {most}")
    if not least:
        return Cell(f"? {text}", (0, most), said=said[lang], kind="undetermined")
    return Cell(f"✗ {text}", (least, most), said=said[lang], kind="not_met")


# --- entering them


def read_target(given: Mapping[str, str], reach: Reach) -> tuple[Wanted | None, list[Text]]:
    """One target from what was typed, or everything that is wrong with it."""
    wrong: list[Text] = []
    unit = _unit(given.get("unit", ""), reach.organisation)
    if unit is None or not reach.reads(unit, Act.SET_TARGETS):
        wrong.append(
            Text(
                "目標を決められる組織を選んでください", "choose a unit that you may set targets of"
            )
        )
    field, level = given.get("field", "").strip(), given.get("level", "").strip()
    levels: tuple[str, ...] = ()
    try:
        edition, found = field_at(field)
        levels = tuple(str(i.level) for i in edition.ladder(found.id))
    except RequestError:
        wrong.append(Text("専門分野を選んでください", "choose a field"))
    if levels and level not in levels:
        wrong.append(
            Text(
                f"この分野にあるレベルを書いてください（{'、'.join(levels)}）",
                f"give a level that the field has ({', '.join(levels)})",
            )
        )
    people = given.get("people", "").strip()
    if not (
        people.isascii() and people.isdecimal() and len(people) < 8 and int(people) <= MOST_PEOPLE
    ):
        wrong.append(
            Text("人数を0以上の整数で書いてください", "give the number of people as a whole number")
        )
    by = ""
    try:
        by = str(Month.parse(given.get("by", "")))
    except ValueError:
        wrong.append(Text("期限の月を 2027-03 の形で書いてください", "give the month as 2027-03"))
    if wrong or unit is None:
        return None, wrong
    return Wanted(unit, field, int(level), int(people), by), []  # fmt: skip


def _unit(code: str, organisation: Organisation) -> int | None:
    return next((u.pk for u in organisation.units.values() if u.code == code.strip()), None)


def read_file(text: str, reach: Reach, lang: Lang) -> tuple[list[Wanted], list[Wrong]]:
    """Targets from CSV, or everything that is wrong with it, line by line."""
    text = text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""))))
    if not rows or [c.strip() for c in rows[0]] != list(COLUMNS):
        expected = ",".join(COLUMNS)
        what = Text("1行目に列の名前がありません", "the first line does not name the columns")
        repair = Text(f"1行目を {expected} としてください", f"begin with the line {expected}")
        return [], [Wrong(what[lang], repair[lang], line=1)]
    if len(rows) > MOST_LINES:
        what = Text(f"{MOST_LINES}行を超えています", f"it has more than {MOST_LINES} lines")
        return [], [Wrong(what[lang], Text("分けて送ってください", "send it in parts")[lang])]
    found: dict[tuple[int, str, int, str], Wanted] = {}
    wrong: list[Wrong] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(c.strip() for c in row):
            continue
        given = {name: cell.removeprefix("'") for name, cell in zip(COLUMNS, row, strict=False)}
        one, faults = read_target(given, reach)
        wrong += [Wrong(",".join(row)[:200], fault[lang], line=number) for fault in faults]
        if one is not None and one.key in found:
            twice = Text("同じ目標が2度あります", "the same target is there twice")
            wrong.append(Wrong(",".join(row)[:200], twice[lang], line=number))
        elif one is not None:
            found[one.key] = one
    return ([] if wrong else list(found.values())), wrong


def changes(wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Target | None]]:
    """What entering targets would change, each with the row that is there already."""
    units = {w.unit for w in wanted}
    present = {
        (t.unit_id, t.field, t.level, t.by): t for t in Target.objects.filter(unit__in=units)
    }
    for one in wanted:
        row = present.get(one.key)
        if row is None or row.people != one.people:
            yield one, row


def targets_sheet(organisation: Organisation, units: Sequence[int]) -> Sheet:
    """The targets of some units as a file of the shape that `read_file` reads; a line to fill in where there are none."""
    rows: list[tuple[Value, ...]] = [
        (organisation.units[t.unit_id].code, t.field, t.level, t.people, t.by)
        for t in Target.objects.filter(unit__in=units).order_by(
            "by", "unit__code", "field", "level"
        )
    ]
    if not rows:
        edition = standards().editions[0]
        field = edition.specialty_fields()[0]
        level = edition.ladder(field.id)[-1].level
        rows = [
            (organisation.units[u].code, edition.qualified(field.id), level, None, "")
            for u in units
        ]
    columns = tuple(Column(name, Text(name, name)) for name in COLUMNS)
    return Sheet(Text("目標", "Targets"), columns, tuple(rows))


def enter(author: Author, wanted: Sequence[Wanted]) -> int:
    """Write targets; what is there already is changed, and the rest is left alone.

    Returns:
        How many were changed or added.
    """
    with transaction.atomic():
        found = list(changes(wanted))
        for one, row in found:
            if row is not None:
                change(author, row, row.version, people=one.people)
            else:
                create(
                    author,
                    Target(
                        unit_id=one.unit, field=one.field, level=one.level, people=one.people,
                        by=one.by,
                    ),
                )  # fmt: skip
    return len(found)


def said(one: Wanted, row: Target | None, organisation: Organisation, lang: Lang) -> str:
    """One change in words."""
    unit = organisation.units[one.unit]
    edition, field = field_at(one.field)
    of = Text(
        f"{unit.name_ja}・{edition_name(edition).ja} {field.name.ja} レベル{one.level}、{Month.parse(one.by).label.ja}まで",
        f"{unit.name_en}, {edition_name(edition).en} {field.name.en} level {one.level}, by {Month.parse(one.by).label.en}",
    )
    if row is None:
        return Text(f"加える: {of.ja}に{one.people}人", f"new: {of.en}: {one.people} people")[lang]
    return Text(
        f"変える: {of.ja}を{row.people}人から{one.people}人に",
        f"changed: {of.en}: from {row.people} to {one.people} people",
    )[lang]
