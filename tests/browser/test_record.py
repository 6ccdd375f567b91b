"""My record in a real browser: saved as one types, judged beside it, nothing overwritten."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Arrive, Visitor
from tassei.text import LANGS, Lang


def _new_work(visitor: Visitor, title: str) -> Page:
    """Work of which the name alone is recorded, by typing it."""
    page = visitor.go("/record/work/new/")
    page.locator("input[name=title]").press_sequentially(title, delay=20)
    expect(page.locator("#state")).to_contain_text(visitor.say("保存しました", "Saved"))
    page.locator("#state a").click()
    expect(page.locator("h1")).to_have_text(title)
    return page


def _remove(visitor: Visitor, address: str) -> None:
    page = visitor.go(address.removeprefix(visitor.served.address).split("?")[0] + "remove/")
    page.locator("#why").fill("test")
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(r"/record/$"))


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_typed_is_saved(arrive: Arrive, lang: Lang) -> None:
    """Without a press of a button, and without losing the place where one types."""
    visitor = arrive("kaori", lang)
    page = _new_work(visitor, "ブラウザーの試験")
    saved = visitor.say("保存しました", "Saved")
    first = page.locator("input[name=from]")
    first.press_sequentially("2024-01", delay=20)
    expect(page.locator("#seen")).to_have_value("2.0")
    expect(page.locator("#state")).to_contain_text(saved)
    assert first.evaluate("e => e === document.activeElement")
    page.locator("input[name=to]").fill("いつか")
    wrong = page.locator("#q-to .fault")
    expect(wrong).to_contain_text(visitor.say("年月として", "month"))
    expect(page.locator("input[name=to]")).to_have_value("いつか")
    page.locator("input[name=to]").fill("2024-12")
    expect(wrong).to_be_hidden()
    expect(page.locator("#seen")).to_have_value("3.0")
    page.reload()
    expect(page.locator("input[name=from]")).to_have_value("2024-01")
    expect(page.locator("input[name=to]")).to_have_value("2024-12")
    _remove(visitor, page.url)


def test_an_older_window_overwrites_nothing(arrive: Arrive) -> None:
    """The second of two windows is told, and keeps what was typed in it."""
    visitor = arrive("kaori", "en")
    page = _new_work(visitor, "two windows")
    other = visitor.context.new_page()
    other.goto(page.url)
    other.locator("select[name=role]").select_option("leader")
    expect(other.locator("#seen")).to_have_value("2.0")
    page.locator("select[name=role]").select_option("member")
    expect(page.locator("#state")).to_contain_text("nothing was overwritten")
    expect(page.locator("select[name=role]")).to_have_value("member")
    other.reload()
    expect(other.locator("select[name=role]")).to_have_value("leader")
    _remove(visitor, page.url)


def test_the_verdict_follows(arrive: Arrive) -> None:
    """The number that level 6 hangs on changes the answer beside the form while it is typed."""
    visitor = arrive("midori", "en")
    page = visitor.go("/record/")
    page.locator(".next a").first.click()
    number = page.locator(".decides input").first
    before = page.locator("#answer").inner_text()
    number.press_sequentially("160", delay=30)
    expect(page.locator("#answer")).to_contain_text("Level 6 is met")
    # as it was, for those who come next
    number.fill("")
    expect(page.locator("#answer")).to_have_text(before)
