"""Erasing a person: a page that says what it does, a reason, the code as a confirmation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tassei.text import Lang, Text
from tassei.web.administration.controls import (
    NO_REASON,
    Control,
    FormPage,
    given,
    number,
    reason,
    wrongs,
)
from tassei.web.administration.erasing import erase, mentions
from tassei.web.administration.people import Desk
from tassei.web.administration.people_views import LAST, named
from tassei.web.administration.roles import LastAdministrator
from tassei.web.history import Author, Stale
from tassei.web.models import Person
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in

_FACTS = (
    Text("消えるもの: 氏名、コード、メール、アカウント、役割、記録、履歴の中のこの人についての文", "Gone: name, code, email, account, roles, the record, and every text of the history about the person"),
    Text("残るもの: いつ何が起きたかの番号と要約値、判定と決定の結果。誰のものかは分からなくなります", "Kept: numbers and digests of what happened when, and what was computed and decided, of nobody who can be named"),
    Text("元に戻せません。先に作ったバックアップには残っているので、そちらも扱いを決めてください", "It cannot be undone. Backups made before still hold it all: decide about them too"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Erase everything about somebody."""
    desk, lang = Desk.of(person), lang_of(request)
    if not desk.may(Act.ERASE_PERSON):
        raise PermissionDenied
    one = desk.one(pk)
    sent = request.method == "POST"
    said = given(request, "code", "why", "everywhere", "version")
    controls = _controls(one, said, lang, sent)

    def form(*, stale: bool = False, wrong: str = "") -> FormPage:
        title = Text("{name} の情報をすべて消す", "Erase everything about {name}")
        lead = Text(
            "この人について書かれたものをすべて消します。元に戻せません。",
            "Everything that was written about this person is erased, for good.",
        )
        return FormPage(
            title.format(name=named(one))[lang], lead[lang], named(one),
            reverse("admin-person", args=[pk]), Text("すべて消す", "Erase everything")[lang], controls,
            one.version, tuple(f[lang] for f in _FACTS), stale, wrong, danger=True,
        )  # fmt: skip

    if not sent:
        return render(request, form())
    if wrongs(controls):
        return render(request, form(), 422)
    try:
        author = Author(person.pk, said["why"])
        erase(author, one, number(said["version"]), everywhere=bool(said["everywhere"]))
    except Stale:
        one.refresh_from_db()
        return render(request, form(stale=True), 409)
    except LastAdministrator:
        one.refresh_from_db()
        return render(request, form(wrong=LAST[lang]), 422)
    return HttpResponseRedirect(reverse("admin-people"))


def _controls(one: Person, said: dict[str, str], lang: Lang, sent: bool) -> tuple[Control, ...]:
    wrong = Text("この人のコードを入れてください", "enter the code of this person")[lang]
    needs = Text(f"確かめるために「{one.code}」と入れてください", f"to confirm, enter “{one.code}”")
    hint = Text(
        "請求の日など。誰のことかは書かないでください。この理由は残ります",
        "such as the date of the request; do not write who it is: this reason stays",
    )
    names_it = bool(one.name and one.name in said["why"]) or one.code in said["why"]
    says_who = Text(
        "誰のことか分からない理由にしてください", "give a reason that does not say who it is"
    )
    why = (
        NO_REASON[lang] if sent and not said["why"] else says_who[lang] if sent and names_it else ""
    )
    others = mentions(one).count()
    found = (
        Control("code", Text("社員コード", "Staff code")[lang], said["code"], hint=needs[lang], wrong=wrong if sent and said["code"] != one.code else "", most=60, needed=True),
        reason(lang, said["why"], why, hint),
    )  # fmt: skip
    if not others:
        return found
    label = Text(
        f"この氏名が書かれた、ほかの人についての理由も消す（{others}件）",
        f"also erase reasons about others in which this name stands ({others})",
    )
    return (*found, Control("everywhere", label[lang], said["everywhere"], "check"))
