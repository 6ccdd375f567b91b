"""Adding people to a cycle: picked ones become lines, and lines are shown before they are carried out."""

from django.http import HttpRequest
from django.urls import reverse

from tassei.text import Lang, Text
from tassei.web.cycles import pages
from tassei.web.cycles.board import name_of
from tassei.web.cycles.lines import Directory, Plan, digest_of
from tassei.web.cycles.people import below
from tassei.web.dates import called
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, Link, OptionGroup
from tassei.web.explorer.shelf import level_at
from tassei.web.models import Cycle, Unit
from tassei.web.reviews.mine import field_options, level_options
from tassei.web.typing_in import typed

MOST = 300
"""People to pick from at once; more are reached by their unit, or by lines."""


def picked_lines(request: HttpRequest, directory: Directory) -> str:
    """What was picked, as the lines it stands for."""
    field, level = typed(request, "field"), typed(request, "level")
    members = " ".join(typed(request, "members").replace(",", " ").replace("、", " ").split())
    codes = [c.replace("\0", "")[:60] for c in request.POST.getlist("person")]
    if typed(request, "whole"):
        codes = _unit_codes(typed(request, "whole"), directory)
    lines = []
    for code in codes:
        person = directory.by_code.get(code)
        held = directory.by_id.get(person.superior_id or 0) if person else None
        lines.append(", ".join([code, field, level, held.code if held else "", members]))
    return "\n".join(lines)


def _unit_codes(unit: str, directory: Directory) -> list[str]:
    """Everybody of a unit and below it who can take part."""
    pk = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 15 else 0
    units = below(pk, Unit.objects.all())
    return sorted(
        p.code
        for p in directory.by_code.values()
        if p.pk in directory.reach and units is not None and p.unit_id in units
    )


def people_page(
    cycle: Cycle,
    directory: Directory,
    unit: str,
    text: str,
    plans: tuple[Plan, ...] | None,
    lang: Lang,
    *,
    stale: bool = False,
) -> pages.PeoplePage:
    """The page; with what would come of some lines, where there are any.

    Args:
        unit: only people of this unit and below are shown to be picked.
    """
    units = list(Unit.objects.order_by("code"))
    pk = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 15 else None
    chosen = below(pk, units) if pk else None
    people = sorted(
        (
            p
            for p in directory.by_code.values()
            if p.pk in directory.reach and (chosen is None or p.unit_id in chosen)
        ),
        key=lambda p: p.code,
    )
    reachable = {p.unit_id for p in directory.by_code.values() if p.pk in directory.reach}
    offered = [u for u in units if (below(u.pk, units) or frozenset()) & reachable]
    all_units = Choice("", Text("すべて", "all")[lang], pk is None)
    wrong = sum(bool(p.wrong) for p in plans or ())
    return pages.PeoplePage(
        Text("人を加える", "Add people")[lang],
        Link(name_of(cycle, lang), reverse("cycle", args=[cycle.pk])),
        (
            OptionGroup(
                "",
                (
                    all_units,
                    *(
                        Choice(str(u.pk), u.name_ja if lang == "ja" else u.name_en, u.pk == pk)
                        for u in offered
                    ),
                ),
            ),
        ),
        tuple(Choice(p.code, f"{called(p)} ({p.code})", False) for p in people[:MOST]),
        max(0, len(people) - MOST),
        field_options(cycle, "", lang),
        level_options(cycle, 0, lang),
        cycle.choosing,
        text,
        tuple(_line(p, lang) for p in plans or ()),
        _said(plans)[lang] if plans is not None else "",
        wrong,
        digest_of(plans) if plans else "",
        bool(plans) and not wrong and any(p.outcome != "same" for p in plans or ()),
        stale,
    )


_OUTCOMES = {
    "add": Text("加える", "add"),
    "change": Text("変える", "change"),
    "same": Text("変わらない", "no change"),
    "wrong": Text("直すところがある", "to put right"),
}


def _line(plan: Plan, lang: Lang) -> pages.LineShown:
    what = Text("本人が選ぶ", "the engineer chooses")[lang]
    if plan.path:
        level = level_at(f"{plan.path}/{plan.level}") if plan.level else None
        what = f"{level.name[lang]} · {edition_name(level.edition)[lang]}" if level else "—"
    return pages.LineShown(
        plan.number,
        plan.outcome,
        _OUTCOMES[plan.outcome][lang],
        called(plan.person) if plan.person else plan.written,
        what if plan.person else "",
        called(plan.superior) if plan.superior else "",
        Text("、", ", ")[lang].join(called(p) for p in plan.committee or ()),
        tuple(t[lang] for t in plan.wrong),
    )


def _said(plans: tuple[Plan, ...] | None) -> Text:
    if not plans:
        return Text("加える人が一人もいません。", "There is nobody to add.")
    count = {o: sum(p.outcome == o for p in plans) for o in _OUTCOMES}
    if count["wrong"]:
        return Text(
            f"直すところのある行が{count['wrong']}行あります。まだ何も加えていません。",
            f"{count['wrong']} of {len(plans)} lines to put right. Nothing has been added yet.",
        )
    return Text(
        f"{count['add']}件を加え、{count['change']}件を変えます。{count['same']}件は変わりません。",
        f"{count['add']} to add, {count['change']} to change, {count['same']} as they are.",
    )
