"""The pages of units: all of them as a tree, and the form of one."""

from typing import Any, ClassVar

from attrs import frozen
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tassei.text import Lang, Text
from tassei.web.administration.chart import Chart, circles, unit_name
from tassei.web.administration.controls import Control, FormPage, given, number, one_of, wrongs
from tassei.web.administration.people import Desk
from tassei.web.administration.plans import check_code
from tassei.web.administration.roles import locked
from tassei.web.administration.sheets import Row
from tassei.web.administration.unit_sheet import CODE
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import Person, Unit
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in


@frozen
class UnitRow:
    """One unit; `depth` counts the units above it that are shown."""

    code: str
    name: str
    depth: int
    people: int
    url: str
    people_url: str


@frozen
class UnitsPage:
    template: ClassVar[str] = "web/admin_units.html"
    title: str
    rows: tuple[UnitRow, ...]
    everywhere: bool


@require_safe
@signed_in
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """The units that may be changed, each below the one above it."""
    desk, lang = Desk.of(person), lang_of(request)
    here = Q(active=True, erased_at=None)
    counted = Person.objects.filter(here).values_list("unit").annotate(n=Count("pk"))
    counts = dict(counted.values_list("unit", "n"))
    mine = [u for u in desk.chart.units.values() if desk.scope.holds(u.pk)]
    rows = tuple(
        UnitRow(
            u.code,
            unit_name(u, lang),
            depth,
            counts.get(u.pk, 0),
            reverse("admin-unit", args=[u.pk]),
            f"{reverse('admin-people')}?{urlencode({'unit': u.code})}",
        )
        for u, depth in _tree(mine)
    )
    return render(request, UnitsPage(_TITLE[lang], rows, desk.scope.everywhere))


_TITLE = Text("組織", "Units")


def _tree(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Units in the order of a tree; one whose unit above is not among them stands at the top."""
    known = {u.pk for u in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.above_id if unit.above_id in known else None, []).append(unit)
    found, waiting = [], [(u, 0) for u in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        found.append((unit, depth))
        waiting += [(u, depth + 1) for u in reversed(below.get(unit.pk, []))]
    return found


_NAMES = ("code", "name_ja", "name_en", "above", "why", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, person: Person, pk: int | None = None) -> HttpResponse:
    """Change a unit, or add one."""
    desk, lang = Desk.of(person), lang_of(request)
    unit = desk.chart.units.get(pk or 0)
    if pk is not None and (unit is None or not desk.scope.holds(unit.pk)):
        raise Http404
    sent = request.method == "POST"
    said = given(request, *_NAMES) if sent else _present(unit, desk.chart)
    above = next((u for u in desk.chart.units.values() if u.code == said["above"]), None)
    faults = _faults(desk, unit, said, above, lang) if sent else {}
    controls = _controls(desk, unit, said, faults, lang)
    title = (
        Text("組織を加える", "Add a unit")
        if unit is None
        else Text("組織を変える", "Change a unit")
    )

    def page(version: int, *, stale: bool = False) -> FormPage:
        lead = Text(
            "コードで組織を見分けます。役割は、与えられた組織とその下に及びます。",
            "A unit is known by its code. A role reaches the unit it was granted in, and those below.",
        )
        return FormPage(
            title[lang], lead[lang], _TITLE[lang], reverse("admin-units"),
            Text("保存する", "Save")[lang], controls, version, stale=stale,
        )  # fmt: skip

    if not sent:
        return render(request, page(unit.version if unit else 0))
    if wrongs(controls):
        return render(request, page(number(said["version"])), 422)
    values: dict[str, Any] = {
        "code": said["code"],
        "name_ja": said["name_ja"] or said["name_en"],
        "name_en": said["name_en"] or said["name_ja"],
        "above_id": above.pk if above else None,
    }
    author = Author(person.pk, said["why"])
    try:
        with transaction.atomic():
            locked()
            if unit is None:
                create(author, Unit(**values))
            else:
                change(author, unit, number(said["version"]), **values)
    except Stale:
        return render(request, page(_version(unit), stale=True), 409)
    return HttpResponseRedirect(reverse("admin-units"))


def _version(unit: Unit | None) -> int:
    found = Unit.objects.filter(pk=unit.pk).first() if unit else None
    return found.version if found else 0


def _present(unit: Unit | None, chart: Chart) -> dict[str, str]:
    if unit is None:
        return dict.fromkeys(_NAMES, "")
    above = chart.units[unit.above_id].code if unit.above_id else ""
    return {
        "code": unit.code, "name_ja": unit.name_ja, "name_en": unit.name_en, "above": above,
        "why": "", "version": str(unit.version),
    }  # fmt: skip


def _faults(
    desk: Desk, unit: Unit | None, said: dict[str, str], above: Unit | None, lang: Lang
) -> dict[str, str]:
    found = {}
    for wrong in check_code(Row(1, {"code": said["code"]}), CODE, {}):
        found["code"] = Text(
            f"{wrong.what.ja}。{wrong.repair.ja}", f"{wrong.what.en}; {wrong.repair.en}"
        )[lang]
    if len(said["code"]) > CODE.most or not said["code"].isprintable():
        found["code"] = Text(
            "60文字以内で、改行なしにしてください", "use at most 60 characters, without line breaks"
        )[lang]
    if any(u.code == said["code"] and u != unit for u in desk.chart.units.values()):
        found["code"] = Text("このコードはすでに使われています", "this code is used already")[lang]
    if not said["name_ja"] and not said["name_en"]:
        found["name_ja"] = Text(
            "どちらかの言語の名前を入れてください", "enter a name in one of the languages"
        )[lang]
    for name in ("name_ja", "name_en"):
        if len(said[name]) > 200:
            found[name] = Text("200文字以内にしてください", "use at most 200 characters")[lang]
    chosen = above.pk if above else None
    if unit is None or chosen != unit.above_id:
        if not desk.scope.holds(chosen):
            found["above"] = Text(
                "あなたの範囲の組織を選んでください", "choose a unit that you may change"
            )[lang]
        elif unit and above and _circle(unit, above, desk.chart):
            found["above"] = Text(
                "自分かその下の組織は選べません",
                "neither the unit itself nor one below it can be chosen",
            )[lang]
    return found


def _circle(unit: Unit, above: Unit, chart: Chart) -> bool:
    line = {str(u.pk): str(u.above_id) if u.above_id else None for u in chart.units.values()}
    line[str(unit.pk)] = str(above.pk)
    return bool(circles(line, [str(unit.pk)]))


def _controls(
    desk: Desk, unit: Unit | None, said: dict[str, str], faults: dict[str, str], lang: Lang
) -> tuple[Control, ...]:
    options = {
        u.code: f"{u.code} {unit_name(u, lang)}"
        for u in desk.chart.units.values()
        if desk.scope.holds(u.pk) or (unit and u.pk == unit.above_id)
    }
    top = Text("なし（最上位）", "none: at the top")[lang]
    return (
        Control("code", CODE.label[lang], said["code"], wrong=faults.get("code", ""), most=60, needed=True),
        Control("name_ja", Text("名前（日本語）", "Name (Japanese)")[lang], said["name_ja"], wrong=faults.get("name_ja", "")),
        Control("name_en", Text("名前（英語）", "Name (English)")[lang], said["name_en"], wrong=faults.get("name_en", "")),
        one_of("above", Text("上位の組織", "Unit above")[lang], said["above"], options, empty=top if desk.scope.everywhere or (unit and not unit.above_id) else "", wrong=faults.get("above", "")),
        Control("why", Text("理由", "Reason")[lang], said["why"], hint=Text("履歴に残ります。空でもかまいません", "it stands in the history; it may be empty")[lang], most=500),
    )  # fmt: skip
