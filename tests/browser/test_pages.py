"""Every kind of page, for every role, in both languages and themes: nothing keeps anybody from using it."""

import json
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.conftest import Arrive
from browser.drawn import boxes_in
from browser.walk import pages
from tassei.text import LANGS, Lang
from tassei.web.explorer import urls as explorer

PUBLIC = {p.name or "" for p in explorer.urlpatterns} | {"login"}
"""What looks alike to everybody, and is walked through without an account."""
WHO = ("", "midori", "takeshi", "akira", "megumi", "susumu", "sho")
NARROW = 390
ZOOMED = 640
"""The width that 1280 pixels leave at 200 %."""


def wrong_in(page: Page) -> list[str]:
    """What axe finds on a page."""
    found = Axe().run(page).response["violations"]
    return [
        json.dumps({v["id"]: [n["html"][:200] for n in v["nodes"][:3]]}, ensure_ascii=False)
        for v in found
    ]


@pytest.mark.parametrize("login", WHO)
@pytest.mark.parametrize(("lang", "theme"), [("ja", "light"), ("en", "dark")])
def test_every_page_is_open_to_all(arrive: Arrive, lang: Lang, theme: str, login: str) -> None:
    """No rule of axe is broken, and no character is missing from the fonts."""
    visitor = arrive(login, lang, theme)
    wrong, kinds = [], set()
    starts, known = (
        (["/record/"], PUBLIC) if login else (["/", "/search/?q=SLA", "/search/?q=zzz"], ())
    )
    for kind, page in pages(visitor, *starts, without=known):
        kinds.add(kind)
        wrong += [f"{page.url}: {w}" for w in wrong_in(page)]
        wrong += [f"{page.url}: drawn as boxes: {c}" for c in boxes_in(page)]
    assert not wrong, "\n".join(wrong)
    # the walk has been somewhere
    assert kinds >= ({"record"} if login else PUBLIC - {"try-form"})


@pytest.mark.parametrize("width", [NARROW, ZOOMED])
@pytest.mark.parametrize("login", ["midori", "takeshi", "megumi", "sho"])
def test_nothing_is_cut_off(arrive: Arrive, login: str, width: int) -> None:
    """On a phone, and at 200 %, a page scrolls in one direction only."""
    visitor = arrive(login, "ja", "light", width)
    wide = [
        f"{page.url}: {over}"
        for _, page in pages(
            visitor, "/record/", without=PUBLIC - {"home", "level", "compare-levels"}
        )
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0
    ]
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("lang", LANGS)
def test_boxes_are_seen(arrive: Arrive, lang: Lang) -> None:
    """The search finds a character that no font has, and a word that is drawn by a font without it."""
    page = arrive("", lang).go("/")
    assert boxes_in(page) == []
    page.evaluate("document.querySelector('h1').append('\\u{10FFFD}')")
    assert boxes_in(page) == ["\U0010fffd"]
    if _knows_japanese():
        pytest.skip("fonts of this machine have Japanese characters, so nothing becomes a box")
    visitor = arrive("", "ja")
    visitor.context.route("**/*.otf", lambda route: route.abort())
    assert any(w.startswith("基準 (") for w in boxes_in(visitor.go("/")))


def _knows_japanese() -> bool:
    found = subprocess.run(["fc-list", ":lang=ja"], check=True, capture_output=True)
    return bool(found.stdout.strip())
