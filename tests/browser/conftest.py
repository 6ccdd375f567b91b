"""The application as it is served, and people who look at it in a real browser.

What no page may do is held against every one that any test opens: an error in the console, a request
to another host, a character that no font has.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import define, field, frozen
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tassei.text import Lang

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# a browser in a sandbox of tests: nothing in the background, which would ask hosts that are not there
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """None of these belongs to the core suite."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


@frozen
class Served:
    """A running application.

    Args:
        password: of every account of the example.
    """

    address: str
    password: str


@pytest.fixture(scope="package")
def served() -> Iterator[Served]:
    with serving() as found:
        yield found


@contextmanager
def serving() -> Iterator[Served]:
    """The example organisation, as `tassei serve --demo` serves it."""
    with TemporaryDirectory(prefix="tassei-served-") as folder:
        yield from _serving(Path(folder))


def _serving(folder: Path) -> Iterator[Served]:
    argv = [sys.executable, "-m", "tassei", "serve", "--demo", "--port", "0", "--lang", "en"]
    log = (folder / "stderr").open("w")
    run = subprocess.Popen(
        argv, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder)},
    )  # fmt: skip
    assert run.stdout is not None
    try:
        told = [run.stdout.readline() for _ in range(4)]
        address = re.search(r"http://\S+", told[1])
        assert address is not None, (folder / "stderr").read_text()
        yield Served(address[0].rstrip("/"), told[3].strip())
    finally:
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=30)
        log.close()
    # a fault of ours is written there, whatever the page said
    assert "Traceback" not in (folder / "stderr").read_text()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not any(map(shutil.which, _NAMES)):
        pytest.skip("there is no Chromium on this machine (apt install chromium)")
    with chromium_browser() as browser:
        yield browser


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """The Chromium of this machine; there is one."""
    found = next(filter(None, map(shutil.which, _NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        yield browser
        browser.close()


@define
class Visitor:
    """Somebody at a browser, with everything that went wrong there."""

    served: Served
    context: BrowserContext
    page: Page
    lang: Lang
    wrong: list[str] = field(factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the application; it must be there."""
        answer = self.page.goto(self.served.address + path)
        assert answer is not None
        assert answer.ok, f"{answer.status} {path}"
        return self.page

    def sign_in(self, login: str) -> None:
        self.go("/login/")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(self.served.password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_load_state()
        assert "/login/" not in self.page.url, self.page.inner_text("main")

    def say(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(served: Served, chromium: Browser) -> Iterator[Arrive]:
    """Lets somebody arrive: in a language, a theme, at a width, signed in or not."""
    visitors: list[Visitor] = []

    def arrived(
        login: str = "", lang: Lang = "ja", theme: str = "light", width: int = 1280
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale={"ja": "ja-JP", "en": "en-GB"}[lang],
            color_scheme="dark" if theme == "dark" else "light",
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(30_000)
        visitor = Visitor(served, context, context.new_page(), lang)
        context.on("console", lambda m: _console(visitor, m.type, m.text))
        context.on("weberror", lambda e: visitor.wrong.append(f"error in a script: {e.error}"))
        context.on("request", lambda r: _request(visitor, r))
        visitors.append(visitor)
        if login:
            visitor.sign_in(login)
        return visitor

    yield arrived
    wrong = [w for v in visitors for w in v.wrong]
    for visitor in visitors:
        visitor.context.close()
    assert wrong == []


def _console(visitor: Visitor, kind: str, text: str) -> None:
    # what the server refuses, the browser calls an error too; tests look at the answer itself
    if kind in ("error", "warning") and "Failed to load resource" not in text:
        visitor.wrong.append(f"{kind} in the console of {visitor.page.url}: {text}")


def _request(visitor: Visitor, request: Request) -> None:
    if not request.url.startswith(visitor.served.address + "/"):
        visitor.wrong.append(f"{visitor.page.url} asks another host: {request.url}")
