"""Renews the pictures of the web application in the documentation, out of the example organisation."""

import base64
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

from attrs import frozen
from playwright.sync_api import Browser, Page

from browser.conftest import Served, chromium_browser, serving
from browser.drawn import boxes_in
from tassei.text import LANGS, Lang

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE, PHONE = (1180, 800), (390, 780)
SIZES = {"": WIDE, "-phone": PHONE}


@frozen
class Screen:
    """A page of which pictures are taken, at both widths.

    Args:
        login: who looks at it; a visitor without an account where empty.
        reach: what is done before it is taken.
        phone_theme: the colours on a phone; some are dark, so that both are shown.
    """

    name: str
    login: str
    path: str
    reach: Callable[[Page], None] = lambda page: None
    phone_theme: Literal["light", "dark"] = "light"


def _open_next(page: Page) -> None:
    # what is to be done next leads to the question that answers it
    page.locator(".next a").first.click()
    page.wait_for_load_state()
    page.evaluate("scrollTo(0, 0)")


def _open_first_case(page: Page) -> None:
    page.locator("main tbody a[href^='/reviews/']").first.click()
    page.wait_for_load_state()


def _open_latest_cycle(page: Page) -> None:
    page.locator("main a[href^='/cycles/'][href$='/']:not([href$='new/'])").first.click()
    page.wait_for_load_state()


SCREENS = (
    Screen("level", "", "/standard/itss-v2-2006/it-service-management/operations-management/5/"),
    Screen("record", "midori", "/record/", phone_theme="dark"),
    Screen("work", "midori", "/record/", _open_next),
    Screen("plan", "midori", "/plan/", phone_theme="dark"),
    Screen("case", "takeshi", "/reviews/", _open_first_case),
    Screen("cycle", "megumi", "/cycles/", _open_latest_cycle, "dark"),
    Screen("insights", "megumi", "/insights/"),
)


def _take(
    browser: Browser, served: Served, screen: Screen, lang: Lang, size: tuple[int, int]
) -> bytes:
    width, height = size
    dark = size == PHONE and screen.phone_theme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale={"ja": "ja-JP", "en": "en-GB"}[lang],
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    if screen.login:
        page.goto(f"{served.address}/login/")
        page.locator("input[name=login]").fill(screen.login)
        page.locator("input[name=password]").fill(served.password)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
    page.goto(served.address + screen.path)
    screen.reach(page)
    boxes = boxes_in(page)
    assert not boxes, boxes
    # a picture of words in this form is a quarter of what it is as PNG
    taken = context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": 70}
    )
    context.close()
    return base64.b64decode(taken["data"])


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with serving() as served, chromium_browser() as browser:
        for screen, (suffix, size), lang in product(SCREENS, SIZES.items(), LANGS):
            file = PICTURES / f"{screen.name}{suffix}.{lang}.webp"
            file.write_bytes(_take(browser, served, screen, lang, size))
            sys.stdout.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
