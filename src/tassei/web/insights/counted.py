"""Head-counts as tables: the heatmap, one field by unit, one cell."""

from collections import Counter
from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse

from tassei.reporting.proofs import CLAUSES
from tassei.reporting.sheets import Column
from tassei.text import Text
from tassei.web.explorer.pages import Link
from tassei.web.insights.desk import Desk
from tassei.web.insights.heads import Heads, Told, people_in, standings_at
from tassei.web.insights.pages import Cell, Head, InsightsPage, Line, Table, bounds_cell
from tassei.web.insights.reach import TEAM, Scope

MOST_NAMES = 200
"""So many people are named; further filters bring up the others."""
_MOST_ROUNDS = 6
_FIRST = Column("field", Text("専門分野", "Field"))
_AT_OR_ABOVE = Text(
    "各レベル以上の人数。「42–57」は、確かに42人、記録で分からない点がすべて満たされていれば57人です。",
    "People at a level or above it. “42–57”: surely 42, and 57 if all that the records leave open turned out well.",
)
_MASKED = Text(
    "5人未満の人数と、それが計算で分かってしまう人数は伏せています（—）。",
    "Numbers of fewer than five people, and those from which such a number would follow, are masked (—).",
)


def level_heads(levels: Sequence[int], desk: Desk) -> tuple[Head, ...]:
    return tuple(
        Head(
            Text(f"レベル{n}", f"Level {n}")[desk.lang],
            (
                Column(f"level_{n}_surely", Text(f"レベル{n}以上（確実）", f"level {n} or above, surely")),
                Column(f"level_{n}_possibly", Text(f"レベル{n}以上（可能性）", f"level {n} or above, possibly")),
            ),
        )
        for n in levels
    )  # fmt: skip


def heatmap(desk: Desk) -> InsightsPage:
    """The entrance: every field of the edition, level by level."""
    heads, scope = desk.heads, desk.asked.scope
    levels = sorted({n for p in heads.fields for n in heads.levels(p)})
    numbers = {(p, n): heads.told(scope, p, n) for p in heads.fields for n in heads.levels(p)}
    most = max((t.high or 0 for t in numbers.values()), default=0)
    lines = tuple(
        Line(
            Link(desk.field_name(p)[desk.lang], desk.url("insights-units", field=p)),
            tuple(
                bounds_cell(
                    numbers[p, n],
                    desk.lang,
                    desk.url("insights-cell", field=p, level=n),
                    most,
                )
                if (p, n) in numbers
                else Cell("", (None, None))
                for n in levels
            ),
        )
        for p in heads.fields
    )
    table = Table(
        Text("分野とレベルごとの人数", "People by field and level"),
        _FIRST,
        level_heads(levels, desk),
        lines if heads.size(scope).recorded else (),
        Text(
            "ここには、分野とレベルごとの人数が示されます。業務の記録を入力した人がいると始まります。",
            "The number of people at each level of each field will be shown here, once people have recorded their work.",
        )[desk.lang],
        heat=True,
        notes=_notes(heads, scope),
    )
    return desk.page(Text("集計", "Insights"), _lead(desk), [table])


def _notes(heads: Heads, scope: Scope) -> tuple[Text, ...]:
    return (_AT_OR_ABOVE,) if heads.knows_all(scope) else (_AT_OR_ABOVE, _MASKED)


def _lead(desk: Desk) -> Text:
    size, name = desk.heads.size(desk.asked.scope), desk.unit_name(desk.asked.scope)
    return Text(
        f"{name.ja}: {size.people:,}人のうち{size.recorded:,}人に業務の記録があります。",
        f"Of {size.people:,} people ({name.en}), {size.recorded:,} have recorded their work.",
    )


def by_unit(desk: Desk) -> InsightsPage:
    """One field in the units right below the scope."""
    heads, scope, path = desk.heads, desk.asked.scope, desk.field_named()
    levels = heads.levels(path)
    below = () if scope == TEAM else desk.reach.organisation.below.get(scope, ())
    rows: list[Scope] = [scope, *(u for u in below if desk.reach.reads(u))]
    numbers = {(r, n): heads.told(r, path, n) for r in rows for n in levels}
    most = max((numbers[r, n].high or 0 for r in rows[1:] for n in levels), default=0)
    lines = tuple(
        Line(
            Link(
                desk.unit_name(row)[desk.lang],
                desk.url(unit=desk.unit_code(row), field=path),
                Text(f"{heads.size(row).people:,}人", f"{heads.size(row).people:,} people")[desk.lang],
            ),
            tuple(
                bounds_cell(
                    numbers[row, n],
                    desk.lang,
                    desk.url("insights-cell", unit=desk.unit_code(row), field=path, level=n),
                    most if row != scope else 0,
                )
                for n in levels
            ),
        )
        for row in rows
    )  # fmt: skip
    name = desk.field_name(path)
    table = Table(
        Text(f"{name.ja}: 組織ごとの人数", f"{name.en}: people by unit"),
        Column("unit", Text("組織", "Unit")),
        level_heads(levels, desk),
        lines,
        heat=True,
        notes=_notes(heads, scope),
    )
    filters = (*desk.common, desk.field_filter(path))
    return desk.page(Text("組織別の人数", "People by unit"), _lead(desk), [table], filters)


def cell(desk: Desk) -> InsightsPage:
    """One cell opened: who, what is missing most on the way to it, and how it has changed."""
    path = desk.field_named()
    level, name = desk.level_named(path), desk.field_name(path)
    told = desk.heads.told(desk.asked.scope, path, level)
    shown = bounds_cell(told, desk.lang)
    where = desk.unit_name(desk.asked.scope)
    title = Text(f"{name.ja} レベル{level}以上", f"{name.en}, level {level} or above")
    lead = Text(
        f"{where.ja}: {'人数は伏せています。' if told.hidden else f'{shown.text}人です。'}",
        f"{where.en[:1].upper()}{where.en[1:]}: {'the number is masked.' if told.hidden else f'{shown.text} people.'}",
    )
    tables = [_who(desk, path, level), _missing(desk, path, level), _trend(desk, path, level)]
    keep = {"field": path, "level": str(level)}
    back = Link(
        Text("分野とレベルごとの人数へ", "To all fields and levels")[desk.lang],
        desk.url("insights"),
    )
    return desk.page(title, lead, tables, more=[back], keep=keep)  # fmt: skip


def record_url(code: str) -> str:
    """Where the record of somebody is read; empty where there is no such page."""
    try:
        return reverse("record-of", args=[code])
    except NoReverseMatch:
        return ""


def _who(desk: Desk, path: str, level: int) -> Table:
    rows = people_in(
        standings_at(desk.asked.cycle, desk.reach), desk.asked.scope, desk.reach, desk.heads.sizes
    ).filter(field=path, high__gte=level)
    named = rows.select_related("person").order_by("-low", "-high", "person__code")[
        : MOST_NAMES + 1
    ]
    lines = tuple(
        Line(
            Link(s.person.name or s.person.code, record_url(s.person.code), s.person.code),
            (_standing(s.low, s.high, desk),),
        )
        for s in named[:MOST_NAMES]
    )
    notes = [
        Text(
            "判定を見ることのできる人だけを示します。",
            "Only people whose verdicts you may read are named.",
        )
    ]
    if len(named) > MOST_NAMES:
        notes.append(
            Text(
                f"はじめの{MOST_NAMES}人です。範囲を絞ると、ほかの人も示せます。",
                f"The first {MOST_NAMES}; choose a smaller unit to see others.",
            )
        )
    return Table(
        Text("このレベルに達している人、達している可能性のある人", "Who stands there, surely or possibly"),
        Column("person", Text("人", "Person")),
        (Head(Text("レベル", "Level")[desk.lang], (Column("surely", Text("確実", "surely")), Column("possibly", Text("可能性", "possibly")))),),
        lines,
        Text("示せる人はいません。", "There is nobody to be named.")[desk.lang],
        notes=tuple(notes),
    )  # fmt: skip


def _standing(low: int, high: int, desk: Desk) -> Cell:
    text = str(low) if low == high else f"{low}–{high}"
    said = Text(f"確実に{low}、可能性は{high}まで", f"surely {low}, possibly up to {high}")
    return Cell(text, (low, high), said=said[desk.lang] if low != high else "")


def _missing(desk: Desk, path: str, level: int) -> Table:
    """What people on the level below lack most often."""
    below = max((n for n in desk.heads.levels(path) if n < level), default=0)
    rows = people_in(
        standings_at(desk.asked.cycle, desk.reach), desk.asked.scope, desk.reach, desk.heads.sizes
    ).filter(field=path, low=below, lacks__gt=0)
    count: Counter[str] = Counter()
    for labels in rows.values_list("missing", flat=True):
        count.update(set(labels) & CLAUSES.keys())
    head = Head(Text("人数", "People")[desk.lang], (Column("people", Text("人数", "people")),))
    lines = tuple(
        Line(Link(CLAUSES[label][desk.lang], ""), (Cell(str(n), (n,)),))
        for label, n in count.most_common()
    )
    return Table(
        Text("一つ下のレベルの人に足りないもの", "What those one level below lack most"),
        Column("clause", Text("条項", "Clause")),
        (head,),
        lines,
        Text("数えられる人はいません。", "There is nobody to be counted.")[desk.lang],
    )


def _trend(desk: Desk, path: str, level: int) -> Table:
    """The same number in the rounds before."""
    rounds: list[int | None] = [*sorted(list(desk.cycles)[:_MOST_ROUNDS]), None]
    lines = []
    for one in rounds:
        heads = (
            desk.heads if one == desk.asked.cycle else Heads(desk.reach, one, desk.asked.edition)
        )
        told = heads.told(desk.asked.scope, path, level) if heads.sizes else Told(0, 0)
        lines.append(
            Line(Link(desk.cycle_name(one)[desk.lang], ""), (bounds_cell(told, desk.lang),))
        )
    return Table(
        Text("推移", "Over time"),
        Column("cycle", Text("時点", "As of")),
        level_heads([level], desk),
        tuple(lines),
    )
