"""Granting a role, and taking one back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tassei.text import Lang, Text
from tassei.web.administration.chart import unit_name
from tassei.web.administration.controls import (
    NO_REASON,
    Control,
    FormPage,
    given,
    number,
    one_of,
    reason,
    wrongs,
)
from tassei.web.administration.people import Desk
from tassei.web.administration.people_views import EVERYWHERE, LAST, named
from tassei.web.administration.roles import GRANTED, LastAdministrator, grant, take_back
from tassei.web.clock import today
from tassei.web.cycle.case import Role
from tassei.web.history import Author, Stale
from tassei.web.models import Grant, Person
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in

_FACTS = {
    Role.MEMBER: Text("審査員: 任された審査で意見を述べる", "committee member: gives views where seated"),
    Role.MANAGER: Text(
        "スキル管理者: 範囲の記録を読み、評価の回を設ける", "skills manager: reads the records of the unit and sets up cycles"
    ),
    Role.AUDITOR: Text("監査者: 範囲のすべてを読み、何も変えない", "auditor: reads all of the unit and changes nothing"),
    Role.ADMINISTRATOR: Text(
        "管理者: アカウントと設定を扱う。本人の記録は読めない", "administrator: keeps accounts and settings; does not read records"
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Grant a role in a unit and all below it, or everywhere, for good or up to a day."""
    desk, lang = Desk.of(person), lang_of(request)
    if not desk.may(Act.GRANT_ROLES):
        raise PermissionDenied
    one = desk.one(pk)
    sent = request.method == "POST"
    said = given(request, "role", "unit", "until", "why")
    controls = _controls(desk, said, lang, sent)
    back = reverse("admin-person", args=[pk])

    def page(wrong: str = "") -> FormPage:
        title = Text("{name} に役割を与える", "Grant {name} a role").format(name=named(one))
        lead = Text(
            "誰が誰に何を与えたかは、理由とともに履歴に残ります。自分に与えた場合も同じです。",
            "Who granted what to whom stands in the history with the reason, also where one grants it to oneself.",
        )
        return FormPage(
            title[lang], lead[lang], named(one), back, Text("与える", "Grant")[lang], controls,
            facts=tuple(f[lang] for f in _FACTS.values()), wrong=wrong,
        )  # fmt: skip

    if not sent:
        return render(request, page())
    if wrongs(controls):
        return render(request, page(), 422)
    unit = next((u for u in desk.chart.units.values() if u.code == said["unit"]), None)
    until = date.fromisoformat(said["until"]) if said["until"] else None
    try:
        made = grant(Author(person.pk, said["why"]), one, Role(said["role"]), unit, until)
    except LastAdministrator:
        return render(request, page(LAST[lang]), 422)
    if made is None:
        held = Text("この役割はすでにあります", "the person holds this role already")[lang]
        return render(request, page(held), 422)
    return HttpResponseRedirect(back)


def _controls(desk: Desk, said: dict[str, str], lang: Lang, sent: bool) -> tuple[Control, ...]:
    units = {u.code: f"{u.code} {unit_name(u, lang)}" for u in desk.chart.units.values()}
    roles = {r.value: r.label[lang] for r in GRANTED}
    faults = {}
    if sent and said["role"] not in roles:
        faults["role"] = Text("役割を選んでください", "choose a role")[lang]
    if sent and said["unit"] and said["unit"] not in units:
        faults["unit"] = Text("組織を選んでください", "choose a unit")[lang]
    if sent and said["until"] and not _day_to_come(said["until"]):
        faults["until"] = Text(
            "今日以降の日付を 2027-03-31 のように入れてください",
            "enter today or a later day, like 2027-03-31",
        )[lang]
    return (
        one_of("role", Text("役割", "Role")[lang], said["role"], roles, empty="—", wrong=faults.get("role", "")),
        one_of("unit", Text("範囲（下の組織も）", "Unit, with those below")[lang], said["unit"], units, empty=EVERYWHERE[lang], wrong=faults.get("unit", "")),
        Control("until", Text("期限", "Last day")[lang], said["until"], "date", Text("空けておくと、取り消すまで", "empty: until it is taken back")[lang], faults.get("until", "")),
        reason(lang, said["why"], NO_REASON[lang] if sent and not said["why"] else ""),
    )  # fmt: skip


def _day_to_come(written: str) -> bool:
    try:
        return date.fromisoformat(written) >= today()
    except ValueError:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Take a role back, with a reason."""
    desk, lang = Desk.of(person), lang_of(request)
    if not desk.may(Act.GRANT_ROLES):
        raise PermissionDenied
    held = Grant.objects.select_related("person", "unit").filter(pk=pk).first()
    if held is None:
        raise Http404
    sent = request.method == "POST"
    said = given(request, "why", "version")
    back = reverse("admin-person", args=[held.person_id])
    why = reason(lang, said["why"], NO_REASON[lang] if sent and not said["why"] else "")

    def page(*, stale: bool = False, wrong: str = "") -> FormPage:
        where = unit_name(held.unit, lang) if held.unit else EVERYWHERE[lang]
        lead = Text("役割: {role}（{where}）", "Role: {role} ({where})").format(
            role=Role(held.role).label, where=where
        )
        title = Text("{name} の役割を取り消す", "Take a role back from {name}").format(
            name=named(held.person)
        )
        return FormPage(
            title[lang], lead[lang], named(held.person), back, Text("取り消す", "Take it back")[lang],
            (why,), held.version, stale=stale, wrong=wrong, danger=True,
        )  # fmt: skip

    if not sent:
        return render(request, page())
    if why.wrong:
        return render(request, page(), 422)
    try:
        take_back(Author(person.pk, said["why"]), held, number(said["version"]))
    except Stale:
        return render(request, page(stale=True), 409)
    except LastAdministrator:
        return render(request, page(wrong=LAST[lang]), 422)
    return HttpResponseRedirect(back)
