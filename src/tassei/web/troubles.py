"""Pages for what went wrong: each says what, and leads on."""

from typing import ClassVar

from attrs import frozen
from django.http import HttpRequest, HttpResponse

from tassei.errors import Fault
from tassei.text import Lang, Text
from tassei.web.site import lang_of, render


@frozen
class Told:
    """One fault in words.

    Args:
        place: the line of what was entered, if it has one.
    """

    what: str
    repair: str
    where: str = ""
    line: int = 0


@frozen
class Trouble:
    """A page that says what is wrong."""

    template: ClassVar[str] = "web/trouble.html"
    title: str
    lead: str


def told(fault: Fault, lang: Lang) -> Told:
    return Told(fault.what[lang], fault.repair[lang], fault.where[lang], fault.line)


_NOT_FOUND = Text("そのページはありません", "There is no such page")
_NOT_FOUND_LEAD = Text(
    "アドレスが変わったか、書き間違えられています。基準の一覧か検索から探してください。",
    "The address has changed or was mistyped. Look for it in the standard, or search.",
)
_FORBIDDEN = Text("このページを見ることはできません", "This page is not open to you")
_FORBIDDEN_LEAD = Text(
    "必要な場合は、管理者に役割を確かめてください。",
    "If you need it, ask an administrator about your roles.",
)
_BROKEN = Text("この要求は処理できませんでした", "This request could not be carried out")
_BROKEN_LEAD = Text(
    "こちらの誤りです。記録されました。入力した内容は変わっていません。",
    "The mistake is ours and has been logged. Nothing that you entered was changed.",
)
_FORM_LEAD = Text(
    "ページを開いてから時間がたったか、Cookieが使えないようです。戻って、もう一度送ってください。",
    "The page was open for too long, or cookies are blocked. Go back and send it again.",
)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the address names does not exist; the ids that do are no help to who reads a page."""
    lang = lang_of(request)
    return render(request, Trouble(_NOT_FOUND[lang], _NOT_FOUND_LEAD[lang]), 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    lang = lang_of(request)
    return render(request, Trouble(_FORBIDDEN[lang], _FORBIDDEN_LEAD[lang]), 403)


def server_error(request: HttpRequest) -> HttpResponse:
    lang = lang_of(request)
    return render(request, Trouble(_BROKEN[lang], _BROKEN_LEAD[lang]), 500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    lang = lang_of(request)
    return render(request, Trouble(_BROKEN[lang], _NOT_FOUND_LEAD[lang]), 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    lang = lang_of(request)
    return render(request, Trouble(_BROKEN[lang], _FORM_LEAD[lang]), 403)
