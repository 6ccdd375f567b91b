"""The pages of people: a list, one person, and the form of one."""

from typing import Any, ClassVar

from attrs import frozen
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tassei.text import Lang, Text
from tassei.web.administration import people
from tassei.web.administration.chart import unit_name
from tassei.web.administration.controls import (
    Control,
    FormPage,
    Option,
    given,
    number,
    one_of,
    wrongs,
)
from tassei.web.administration.people import Desk
from tassei.web.administration.people_sheet import CODE
from tassei.web.administration.plans import check_code
from tassei.web.administration.roles import LastAdministrator, current
from tassei.web.administration.sheets import Row
from tassei.web.cycle.case import Role
from tassei.web.history import Author, Stale
from tassei.web.models import Account, Grant, Person
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in


@frozen
class PersonRow:
    code: str
    name: str
    url: str
    unit: str
    superior: str
    state: str
    login: str


@frozen
class PeoplePage:
    """People who may be changed, a page of them at a time.

    Args:
        total: how many there are under the filters.
        query: the filters as a part of an address.
    """

    template: ClassVar[str] = "web/admin_people.html"
    title: str
    total: int
    asked: str
    units: tuple[Option, ...]
    states: tuple[Option, ...]
    rows: tuple[PersonRow, ...]
    number: int
    pages: int
    before: int
    after: int
    query: str
    everywhere: bool


@require_safe
@signed_in
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """Everybody who may be changed, searched by code, name and email."""
    desk, lang = Desk.of(person), lang_of(request)
    asked = request.GET.get("find", "").replace("\0", "").strip()[:200]
    unit, state = request.GET.get("unit", ""), request.GET.get("state", "")
    found = people.found(desk.people(), asked, desk.chart, unit, state)
    paginator = Paginator(found.select_related("superior", "account"), people.PAGE)
    shown = paginator.get_page(request.GET.get("page"))
    given = {k: v for k, v in (("find", asked), ("unit", unit), ("state", state)) if v}
    page = PeoplePage(
        LIST[lang],
        paginator.count,
        asked,
        _units(desk, lang, unit),
        tuple(
            Option(k, t[lang], k == state)
            for k, t in (("", _ANY), ("active", people.ACTIVE), ("left", people.LEFT))
        ),
        tuple(_row(p, desk, lang) for p in shown),
        shown.number,
        paginator.num_pages,
        shown.previous_page_number() if shown.has_previous() else 0,
        shown.next_page_number() if shown.has_next() else 0,
        urlencode(given),
        desk.scope.everywhere,
    )
    return render(request, page)


_ANY = Text("すべて", "all")


def _units(desk: Desk, lang: Lang, chosen: str) -> tuple[Option, ...]:
    mine = (u for u in desk.chart.units.values() if desk.scope.holds(u.pk))
    options = (Option(u.code, f"{u.code} {unit_name(u, lang)}", u.code == chosen) for u in mine)
    return (Option("", _ANY[lang], not chosen), *options)


def _row(person: Person, desk: Desk, lang: Lang) -> PersonRow:
    account: Account | None = getattr(person, "account", None)
    return PersonRow(
        person.code,
        person.name,
        reverse("admin-person", args=[person.pk]),
        desk.chart.name(person.unit_id, lang),
        named(person.superior) if person.superior else "",
        people.state_of(person, lang),
        account.login if account else "",
    )


def named(person: Person) -> str:
    """Somebody as colleagues know them."""
    return f"{person.name} ({person.code})" if person.name else person.code


@frozen
class RoleRow:
    role: str
    unit: str
    until: str
    url: str


@frozen
class PersonPage:
    """One person.

    Args:
        account: "" where there is none, "invited", "active" or "closed".
    """

    template: ClassVar[str] = "web/admin_person.html"
    title: str
    code: str
    email: str
    unit: str
    superior: str
    state: str
    left_on: str
    account: str
    login: str
    roles: tuple[RoleRow, ...]
    team: int
    edit_url: str
    account_url: str
    close_url: str
    grant_url: str
    erase_url: str
    may_grant: bool
    may_manage_account: bool
    may_erase: bool


@require_safe
@signed_in
def shown(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """One person with account and roles."""
    desk, lang = Desk.of(person), lang_of(request)
    one = desk.one(pk)
    account = Account.objects.filter(person=one).first()
    grants = current(Grant.objects.filter(person=one).select_related("unit").order_by("role", "pk"))
    page = PersonPage(
        one.name or one.code,
        one.code,
        one.email,
        desk.chart.name(one.unit_id, lang),
        named(one.superior) if one.superior else "",
        people.state_of(one, lang),
        one.left_on.isoformat() if one.left_on else "",
        _account(account),
        account.login if account else "",
        tuple(
            RoleRow(
                Role(g.role).label[lang],
                unit_name(g.unit, lang) if g.unit else EVERYWHERE[lang],
                g.until.isoformat() if g.until else "",
                reverse("admin-role", args=[g.pk]),
            )
            for g in grants
        ),
        Person.objects.filter(superior=one, active=True).count(),
        reverse("admin-person-edit", args=[pk]),
        reverse("admin-account", args=[pk]),
        reverse("admin-account-close", args=[pk]),
        reverse("admin-grant", args=[pk]),
        reverse("admin-erase", args=[pk]),
        desk.may(Act.GRANT_ROLES),
        desk.may(Act.CHANGE_ACCOUNTS),
        desk.may(Act.ERASE_PERSON),
    )
    return render(request, page)


EVERYWHERE = Text("全体", "everywhere")


def _account(account: Account | None) -> str:
    if account is None:
        return ""
    if not account.is_active:
        return "closed"
    return "active" if account.has_usable_password() else "invited"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, person: Person, pk: int | None = None) -> HttpResponse:
    """Change somebody, or add somebody."""
    desk, lang = Desk.of(person), lang_of(request)
    one = desk.one(pk) if pk is not None else None
    sent = request.method == "POST"
    said = given(request, *_NAMES) if sent else _present(one, desk)
    form = _Form(desk, one, said, lang, sent)
    title = (
        Text("人を加える", "Add a person") if one is None else Text("人を変える", "Change a person")
    )
    back = reverse("admin-people") if one is None else reverse("admin-person", args=[one.pk])

    def page(version: int, *, stale: bool = False, wrong: str = "") -> FormPage:
        return FormPage(
            title[lang],
            _LEAD[lang],
            LIST[lang] if one is None else named(one),
            back,
            SAVE[lang],
            form.controls,
            version,
            stale=stale,
            wrong=wrong,
        )

    now = one.version if one else 0
    if not sent:
        return render(request, page(now))
    if wrongs(form.controls):
        return render(request, page(number(said["version"])), 422)
    try:
        made = people.keep(
            Author(person.pk, said["why"]), one, number(said["version"]), form.values
        )
    except Stale:
        return render(request, page(now, stale=True), 409)
    except LastAdministrator:
        return render(request, page(now, wrong=LAST[lang]), 422)
    return HttpResponseRedirect(reverse("admin-person", args=[made.pk]))


LAST = Text(
    "これでは管理者がいなくなります。先に別の人へ管理者の役割を与え、その人がログインできるようにしてください。",
    "Nobody would be left who can administer. First grant the role to somebody else who can sign in.",
)
LIST, SAVE = Text("人", "People"), Text("保存する", "Save")
_LEAD = Text(
    "本人の記録は、ここからは見えず、変わりません。",
    "What the person has recorded is not seen here, and stays as it is.",
)
_NAMES = ("code", "name", "email", "unit", "superior", "active", "why", "version")


def _present(one: Person | None, desk: Desk) -> dict[str, str]:
    if one is None:
        return dict.fromkeys(_NAMES, "") | {"active": "yes"}
    return {
        "code": one.code,
        "name": one.name,
        "email": one.email,
        "unit": desk.chart.units[one.unit_id].code if one.unit_id else "",
        "superior": one.superior.code if one.superior else "",
        "active": "yes" if one.active else "",
        "why": "",
        "version": str(one.version),
    }


class _Form:
    """The answers of a form, what is wrong with them, and what they would write."""

    def __init__(
        self, desk: Desk, one: Person | None, said: dict[str, str], lang: Lang, sent: bool
    ) -> None:
        unit = next((u for u in desk.chart.units.values() if u.code == said["unit"]), None)
        superior = Person.objects.filter(code=said["superior"], erased_at=None).first()
        faults = self._faults(desk, one, said, superior, lang) if sent else {}
        if sent and not desk.scope.holds(unit.pk if unit else None):
            faults["unit"] = _NEED_UNIT[lang]
        options = {
            u.code: f"{u.code} {unit_name(u, lang)}"
            for u in desk.chart.units.values()
            if desk.scope.holds(u.pk)
        }
        none = Text("なし", "none")[lang]

        def text(name: str, label: Text, hint: Text | None = None, **more: Any) -> Control:
            told = hint[lang] if hint else ""
            return Control(
                name, label[lang], said[name], hint=told, wrong=faults.get(name, ""), **more
            )

        self.controls = (
            text("code", CODE.label, most=60, needed=True),
            text("name", Text("氏名", "Name")),
            text("email", Text("メール", "Email"), kind="email", most=254),
            one_of(
                "unit", Text("組織", "Unit")[lang], said["unit"], options,
                empty=none if desk.scope.everywhere else "", wrong=faults.get("unit", ""),
            ),
            text("superior", Text("上司の社員コード", "Staff code of the superior"), Text("いなければ空けておく", "leave empty if there is none")),
            text("active", Text("在籍している", "Is active"), Text("外すと、ログインできなくなります", "without it, the person cannot sign in"), kind="check"),
            text("why", Text("理由", "Reason"), Text("履歴に残ります。空でもかまいません", "it stands in the history; it may be empty"), most=500),
        )  # fmt: skip
        self.values = {
            "code": said["code"],
            "name": said["name"],
            "email": said["email"],
            "unit_id": unit.pk if unit else None,
            "superior_id": superior.pk if superior else None,
            **people.fields(bool(said["active"]), one),
        }

    @staticmethod
    def _faults(
        desk: Desk, one: Person | None, said: dict[str, str], superior: Person | None, lang: Lang
    ) -> dict[str, str]:
        found = {}
        for wrong in check_code(Row(1, {"code": said["code"]}), CODE, {}):
            found["code"] = (
                f"{wrong.what[lang]}。{wrong.repair[lang]}"
                if lang == "ja"
                else f"{wrong.what[lang]}; {wrong.repair[lang]}"
            )
        if len(said["code"]) > CODE.most or not said["code"].isprintable():
            found["code"] = Text(
                "60文字以内で、改行なしにしてください",
                "use at most 60 characters, without line breaks",
            )[lang]
        same = Person.objects.filter(code=said["code"])
        if (same.exclude(pk=one.pk) if one else same).exists():
            found["code"] = Text("このコードはすでに使われています", "this code is used already")[
                lang
            ]
        if len(said["name"]) > 200:
            found["name"] = Text("200文字以内にしてください", "use at most 200 characters")[lang]
        if said["email"]:
            try:
                validate_email(said["email"])
            except ValidationError:
                found["email"] = Text("例: hanako@example.jp", "write it like hanako@example.jp")[
                    lang
                ]
        if said["superior"] and superior is None:
            found["superior"] = Text("そのコードの人はいません", "there is nobody of that code")[
                lang
            ]
        elif one and superior and people.superior_circle(one, superior):
            found["superior"] = Text(
                "たどると本人に戻ります", "following it upwards leads back to the person"
            )[lang]
        return found


_NEED_UNIT = Text("あなたの範囲の組織を選んでください", "choose a unit that you may change")
