"""One's own account: password, language and theme; and the page behind an invitation."""

from typing import ClassVar

from attrs import frozen
from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tassei.text import LANGS, Text
from tassei.web.account.invitations import accept, invited, set_password
from tassei.web.account.waiting import failed, must_wait
from tassei.web.history import Author, Stale
from tassei.web.models import Account, Person
from tassei.web.site import lang_of, render
from tassei.web.themes import THEME_COOKIE, THEMES
from tassei.web.troubles import Trouble
from tassei.web.viewers import signed_in


@frozen
class AccountPage:
    """The own account.

    Args:
        langs, themes: value, label, and whether it is chosen.
        done: what has just been changed; empty where nothing was.
    """

    template: ClassVar[str] = "web/account.html"
    title: str
    login: str
    langs: tuple[tuple[str, str, bool], ...]
    themes: tuple[tuple[str, str, bool], ...]
    wrong: tuple[str, ...]
    done: str


@frozen
class JoinPage:
    """The page behind an invitation."""

    template: ClassVar[str] = "web/join.html"
    title: str
    login: str
    wrong: tuple[str, ...]


_LANGS = {"ja": Text("日本語", "日本語"), "en": Text("English", "English")}
_THEMES = {
    "auto": Text("端末に合わせる", "as the device"),
    "light": Text("明るい", "light"),
    "dark": Text("暗い", "dark"),
}


@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own(request: HttpRequest, person: Person) -> HttpResponse:
    """Change the own password, language and theme."""
    account = Account.objects.get(person=person)
    if request.method == "POST" and request.POST.get("do") == "password":
        return _password(request, account)
    if request.method == "POST":
        return _choices(request, account)
    return render(request, _page(request, account))


def _page(
    request: HttpRequest, account: Account, wrong: tuple[str, ...] = (), done: str = ""
) -> AccountPage:
    lang = lang_of(request)
    theme = request.COOKIES.get(THEME_COOKIE, account.theme)
    return AccountPage(
        Text("アカウント", "Your account")[lang],
        account.login,
        tuple((k, _LANGS[k][lang], k == lang) for k in LANGS),
        tuple((k, _THEMES[k][lang], k == theme) for k in THEMES),
        wrong,
        done or (_DONE[lang] if request.GET.get("done") == "password" else ""),
    )


_DONE = Text(
    "パスワードを変えました。ほかの場所でのログインは終わりました。",
    "The password is changed. Sessions elsewhere have ended.",
)
_OLD = Text("いまのパスワードが違います", "the present password is not right")
_WAIT = Text(
    "続けて失敗したため、しばらく待ってから試してください（15分）",
    "too many attempts have failed; try again in 15 minutes",
)


def _password(request: HttpRequest, account: Account) -> HttpResponse:
    lang = lang_of(request)
    address = str(request.META.get("REMOTE_ADDR", ""))
    if must_wait(account.login, address):
        return render(request, _page(request, account, (_WAIT[lang],)), 429)
    new = request.POST.get("password", "")
    wrong = list(faults_of(new, account))
    if not account.check_password(request.POST.get("old", "")):
        # whoever sits down at an open screen is not to guess it there
        failed(account.login, address)
        wrong.insert(0, _OLD[lang])
    if wrong:
        return render(request, _page(request, account, tuple(wrong)), 422)
    with transaction.atomic():
        set_password(Author(account.person_id), account, new)
    update_session_auth_hash(request, account)
    return HttpResponseRedirect(reverse("account") + "?done=password")


def faults_of(password: str, account: Account) -> tuple[str, ...]:
    """What is wrong with a password, in the language of the reader."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return tuple(error.messages)
    return ()


def _choices(request: HttpRequest, account: Account) -> HttpResponse:
    lang, theme = request.POST.get("lang", ""), request.POST.get("theme", "")
    account.lang = lang if lang in LANGS else account.lang
    account.theme = theme if theme in THEMES else account.theme
    account.save(update_fields=["lang", "theme"])
    response = HttpResponseRedirect(reverse("account"))
    remember(response, account)
    return response


def remember(response: HttpResponse, account: Account) -> None:
    """Let a browser know what the account has chosen."""
    for cookie, value in (
        (settings.LANGUAGE_COOKIE_NAME, account.lang),
        (THEME_COOKIE, account.theme),
    ):
        if not value:
            continue
        response.set_cookie(
            cookie,
            value,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by an invitation, and come in."""
    lang = lang_of(request)
    invitation = invited(token)
    if invitation is None:
        return render(request, Trouble(_ENDED[lang], _ENDED_LEAD[lang]), 404)
    account = invitation.person.account
    page = JoinPage(Text("パスワードを決める", "Choose a password")[lang], account.login, ())
    if request.method != "POST":
        return _alone(render(request, page))
    password = request.POST.get("password", "")
    wrong = faults_of(password, account)
    if wrong:
        return _alone(render(request, JoinPage(page.title, page.login, wrong), 422))
    try:
        account = accept(invitation, password)
    except Stale:
        return render(request, Trouble(_ENDED[lang], _ENDED_LEAD[lang]), 404)
    login(request, account)
    response = HttpResponseRedirect(reverse("record"))
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        account.lang = lang
        account.save(update_fields=["lang"])
    return response


def _alone(response: HttpResponse) -> HttpResponse:
    # the address is a secret: it is neither kept nor told to the next page
    response.headers["Cache-Control"] = "private, no-store"
    # (with "no-referrer" a browser would not say either where the form comes from)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


_ENDED = Text("このリンクはもう使えません", "This link can no longer be used")
_ENDED_LEAD = Text(
    "使い終えたか、期限が切れたか、新しいリンクが作られています。管理者に新しいリンクを頼んでください。",
    "It was used, has run out, or a newer one was made. Ask an administrator for a new link.",
)
