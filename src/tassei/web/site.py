"""What all pages share: the language and theme of the reader, and how a page becomes an answer."""

from typing import ClassVar, Protocol

from attrs import frozen
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from tassei.text import Lang
from tassei.web.dates import day
from tassei.web.menu import Place, menu
from tassei.web.reviews.waiting import Waiting
from tassei.web.themes import THEME_COOKIE, THEMES


class Page(Protocol):
    """A frozen value with everything that its template shows."""

    template: ClassVar[str]

    @property
    def title(self) -> str: ...


@frozen
class Site:
    """The frame around a page.

    Args:
        path: the address of the page with its question mark, to come back to.
        section: the part of the application that the page belongs to, the first step of its address.
        menu: where the reader can go from every page.
        waiting: what waits for the reader.
        due: the earliest day on which something of it is due; empty where none is set.
    """

    lang: Lang
    theme: str
    path: str
    section: str
    menu: tuple[Place, ...]
    waiting: Waiting
    due: str


def lang_of(request: HttpRequest) -> Lang:
    """The language that the reader chose, or that the browser asks for."""
    return "ja" if translation.get_language() == "ja" else "en"


def site_of(request: HttpRequest) -> Site:
    theme, lang, found = request.COOKIES.get(THEME_COOKIE, "auto"), lang_of(request), menu(request)
    due = found.waiting.due
    return Site(
        lang,
        theme if theme in THEMES else "auto",
        request.get_full_path(),
        request.path.strip("/").split("/")[0],
        found.places,
        found.waiting,
        day(due)[lang] if due else "",
    )


def render(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """The page in its template."""
    site = site_of(request)
    values = {"page": page, "site": site, "lang": site.lang}
    return HttpResponse(render_to_string(page.template, values, request), status=status)


def render_part(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """What changes on a page that is open, without the frame around it and what that costs."""
    values = {"page": page, "lang": lang_of(request)}
    return HttpResponse(render_to_string(page.template, values, request), status=status)
