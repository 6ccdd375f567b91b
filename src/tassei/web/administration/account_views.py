"""Accounts of others: a link by which somebody chooses a password, and closing an account."""

from typing import ClassVar

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tassei.text import Text
from tassei.web.account.invitations import DAYS, invite, take_back
from tassei.web.administration.controls import NO_REASON, Control, FormPage, given, reason
from tassei.web.administration.people import Desk
from tassei.web.administration.people_views import LAST, named
from tassei.web.administration.roles import (
    LastAdministrator,
    administrators,
    check_somebody_left,
    locked,
)
from tassei.web.history import Author, note
from tassei.web.models import Account, Person
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in


@frozen
class InvitedPage:
    """The link, this once, and words to send it with.

    Args:
        texts: the language of each, its name, and the words.
    """

    template: ClassVar[str] = "web/admin_invited.html"
    title: str
    name: str
    back_url: str
    link: str
    days: int
    texts: tuple[tuple[str, str, str], ...]


def _desk(person: Person) -> Desk:
    desk = Desk.of(person)
    if not desk.may(Act.CHANGE_ACCOUNTS):
        raise PermissionDenied
    return desk


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def link(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Make an account, or a link to choose another password."""
    desk, lang = _desk(person), lang_of(request)
    one = desk.one(pk)
    account = Account.objects.filter(person=one).first()
    back = reverse("admin-person", args=[pk])
    said = given(request, "login", "why", most=150)
    login = said["login"] if request.method == "POST" else one.code
    wrong = ""
    if account is None and request.method == "POST":
        if not login or not login.isprintable():
            wrong = Text("ログイン名を入れてください", "enter a name to sign in with")[lang]
        elif Account.objects.filter(login__iexact=login).exists():
            wrong = Text("このログイン名はすでに使われています", "this name is used already")[lang]
    controls: tuple[Control, ...] = (Control("why", Text("理由", "Reason")[lang], said["why"], hint=Text("空でもかまいません", "it may be empty")[lang], most=150),)  # fmt: skip
    if account is None:
        label = Text("ログイン名", "Name to sign in with")[lang]
        controls = (Control("login", label, login, wrong=wrong, most=150, needed=True), *controls)
    if request.method != "POST" or wrong or not one.active:
        lead = Text(
            f"一度だけ使えるリンクを作ります。本人がそれを開いてパスワードを決めます。{DAYS}日で切れ、前のリンクは使えなくなります。",
            f"This makes a link that can be used once, by which the person chooses a password. It ends after {DAYS} days, and links made before end now.",
        )
        title = Text("{name} を招待する", "Invite {name}") if account is None else Text("{name} のパスワードを決め直す", "A new password for {name}")  # fmt: skip
        gone = Text("在籍していない人は招待できません", "somebody who has left cannot be invited")
        page = FormPage(
            title.format(name=named(one))[lang], lead[lang], named(one), back,
            Text("リンクを作る", "Make the link")[lang], controls, wrong="" if one.active else gone[lang],
        )  # fmt: skip
        return render(request, page, 422 if request.method == "POST" else 200)
    token = invite(Author(person.pk, said["why"]), one, login)
    where = request.build_absolute_uri(reverse("join", args=[token]))
    name = account.login if account else login
    title = Text("リンクができました", "The link is made")
    return render(
        request,
        InvitedPage(title[lang], named(one), back, where, DAYS, _texts(where, name)),
    )


def _texts(where: str, login: str) -> tuple[tuple[str, str, str], ...]:
    ja = (
        "Tasseiへの招待です。\n\n次のリンクを開いて、パスワードを決めてください。"
        f"リンクは一度だけ、{DAYS}日以内に使えます。\n{where}\n\nログイン名: {login}\n"
    )
    en = (
        "You are invited to Tassei.\n\nOpen this link and choose a password. "
        f"It can be used once, within {DAYS} days.\n{where}\n\nYour name to sign in with: {login}\n"
    )
    return ("ja", "日本語", ja), ("en", "English", en)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def close(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Close an account: its sessions end at once; a new link opens it again."""
    desk, lang = _desk(person), lang_of(request)
    one = desk.one(pk)
    back = reverse("admin-person", args=[pk])
    sent = request.method == "POST"
    said = given(request, "why")
    why = reason(lang, said["why"], NO_REASON[lang] if sent and not said["why"] else "")

    def page(wrong: str = "") -> FormPage:
        lead = Text(
            "すぐにログインできなくなり、開いている画面も次の操作で終わります。記録は残ります。もう一度リンクを作ると、また使えます。",
            "The person can no longer sign in, and what is open ends with the next click. The record stays. A new link opens the account again.",
        )
        return FormPage(
            Text("{name} のアカウントを止める", "Close the account of {name}").format(name=named(one))[lang],
            lead[lang], named(one), back, Text("止める", "Close it")[lang], (why,), wrong=wrong, danger=True,
        )  # fmt: skip

    if not sent:
        return render(request, page())
    if why.wrong:
        return render(request, page(), 422)
    try:
        with transaction.atomic():
            locked()
            before = administrators()
            author = Author(person.pk, said["why"])
            if Account.objects.filter(person=one, is_active=True).update(is_active=False):
                note(author, "account-closed", one)
            take_back(author, one)
            check_somebody_left(before)
    except LastAdministrator:
        return render(request, page(LAST[lang]), 422)
    return HttpResponseRedirect(back)
