"""Renews the pictures of the web application in the documentation, out of the example organisation."""

import base64
import sys
from collections.abc import Callable
from pathlib import Path

from attrs import frozen
from playwright.sync_api import Browser, Page

from browser.conftest import Served, chromium_browser, serving
from tassei.text import LANGS, Lang

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE, PHONE = (1180, 800), (390, 780)


@frozen
class Screen:
    """One picture.

    Args:
        reach: what is done before it is taken, by somebody who is signed in.
    """

    name: str
    login: str
    path: str
    size: tuple[int, int] = WIDE
    theme: str = "light"
    reach: Callable[[Page], None] = lambda page: None


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
    Screen("record", "midori", "/record/"),
    Screen("work", "midori", "/record/", reach=_open_next),
    Screen("plan", "midori", "/plan/"),
    Screen("case", "takeshi", "/reviews/", reach=_open_first_case),
    Screen("cycle", "megumi", "/cycles/", reach=_open_latest_cycle),
    Screen("insights", "megumi", "/insights/"),
    Screen("record-phone", "midori", "/record/", PHONE, "dark"),
    Screen("case-phone", "takeshi", "/reviews/", PHONE, reach=_open_first_case),
)


def _take(browser: Browser, served: Served, screen: Screen, lang: Lang) -> bytes:
    width, height = screen.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale={"ja": "ja-JP", "en": "en-GB"}[lang],
        color_scheme="dark" if screen.theme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{served.address}/login/")
    page.locator("input[name=login]").fill(screen.login)
    page.locator("input[name=password]").fill(served.password)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(served.address + screen.path)
    screen.reach(page)
    page.evaluate("document.fonts.ready")
    # a picture of words in this form is a quarter of what it is as PNG
    taken = context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": 85}
    )
    context.close()
    return base64.b64decode(taken["data"])


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with serving() as served, chromium_browser() as browser:
        for screen in SCREENS:
            for lang in LANGS:
                file = PICTURES / f"{screen.name}.{lang}.webp"
                file.write_bytes(_take(browser, served, screen, lang))
                sys.stdout.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
