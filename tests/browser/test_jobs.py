"""What each role comes for, done in the browser in both languages."""

import json
import re

import pytest

from browser.conftest import Arrive
from browser.test_pages import wrong_in
from tassei.text import LANGS, Lang

pytestmark = pytest.mark.parametrize("lang", LANGS)


def test_a_visitor_tries_a_record(arrive: Arrive, lang: Lang) -> None:
    """Without an account: a few answers, a verdict with its proof, and nothing in it that stands in the way."""
    visitor = arrive("", lang)
    page = visitor.go("/try/")
    page.locator("select[name=field]").select_option(
        label=visitor.say("運用管理", "Operations Management")
    )
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/try/form/"))
    page.locator("[name=w1-title]").fill("販売システムの運用")
    page.locator("[name=w1-from]").fill("2019-04")
    page.locator("[name=w1-to]").fill("2023-03")
    page.locator("[name=w1-role]").select_option("responsible")
    page.locator("#record button").last.click()
    page.wait_for_selector("section.result")
    assert "販売システムの運用" in page.inner_text(".proof")
    assert wrong_in(page) == []


def test_an_administrator_brings_people_and_lets_one_in(arrive: Arrive, lang: Lang) -> None:
    """A sheet with a mistake is told by line and column; the right one is shown, then imported; a link lets in."""
    visitor, code = arrive("sho", lang), f"E77{LANGS.index(lang)}"
    page = visitor.go("/admin/people/sheet/")
    for superior in ("E9999", "E1003"):
        page.locator("#text").fill(
            f"code,name,unit,superior\n{code},茅ヶ崎 望,operations-management,{superior}"
        )
        page.locator("main form[method=post] button").first.click()
        page.wait_for_url(re.compile(r"/sheet/\d+/$"))
        assert wrong_in(page) == []
        if superior == "E9999":
            assert "E9999" in page.inner_text("main tbody tr")
            page.locator("main a.button").last.click()
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()
    page = visitor.go(f"/admin/people/?find={code}")
    assert "茅ヶ崎 望" in page.inner_text("main")
    page.locator("main tbody th a").first.click()
    page.locator("main a[href$='/account/']").click()
    page.locator("main form[method=post] input[name=login]").fill(f"nozomi{lang}")
    for why in page.locator("main form[method=post] [name=why]").all():
        why.fill("入社")
    page.locator("main form[method=post] button").click()
    link = page.locator("#link").input_value()
    guest = arrive("", lang)
    guest.page.goto(link)
    guest.page.locator("#password").fill("kugenuma-kaigan-2026")
    guest.page.locator("main form button").click()
    guest.page.wait_for_url(re.compile("/record/"))
    assert wrong_in(guest.page) == []


def test_an_administrator_lays_a_layer_over_an_edition(arrive: Arrive, lang: Lang) -> None:
    """The example that the page gives is compared with the official edition, activated, and then read like one."""
    visitor = arrive("sho", lang)
    page = visitor.go("/admin/layers/")
    page.locator("details summary").last.click()
    text = page.locator("#example").input_value()
    # each language's run brings one of its own
    text = re.sub(r"(?m)^(id: *\S+)", rf"\1-{lang}", text, count=1)
    text = text.replace("Example Co.", f"Example Co. {lang}")
    page.locator("#text").fill(text)
    page.locator("main form[method=post] button").first.click()
    assert page.locator("input[name=digest]").count(), page.inner_text("main")
    assert wrong_in(page) == []
    page.locator("main form[method=post] [name=why]").fill("今年度から適用")
    page.locator("main form[method=post] button").click()
    page.wait_for_url(re.compile("/standard/"))
    assert page.locator("main table a").count()
    assert wrong_in(page) == []


def test_an_auditor_reads_all_and_changes_nothing(arrive: Arrive, lang: Lang) -> None:
    """Records, cases, history: all open, and no form but those for looking and signing out."""
    visitor = arrive("susumu", lang)
    for path in ("/record/of/E1024/", "/reviews/1/", "/cycles/1/", "/admin/history/", "/insights/"):
        page = visitor.go(path)
        posts = page.locator("main form[method=post]")
        fields = {f for form in posts.all() for f in [form.get_attribute("action") or path]}
        assert fields <= {"/admin/history/"}, path
    page = visitor.go("/admin/history/")
    head = page.locator("code.digest").inner_text().strip()
    assert re.search(r"\d+ [0-9a-f]{64}", head)


def test_a_goal_is_proposed_and_agreed(arrive: Arrive, lang: Lang) -> None:
    """The engineer proposes, the superior agrees, and both see how far it is."""
    engineer, superior = arrive("kaori", lang), arrive("takeshi", lang)
    page = engineer.go("/plan/")
    page.locator("#field").select_option(label=engineer.say("システム管理", "System Management"))
    page.locator("#level").fill(str(4 + LANGS.index(lang)))
    page.locator("#by").fill("2028-03")
    page.locator("#why").fill("来期に挑戦します")
    page.locator("button[value=new]").click()
    page.wait_for_load_state()
    page = superior.go("/plan/")
    goal = page.locator("li.sheet").filter(has_text="来期に挑戦します").last
    goal.locator("button").first.click()
    page.wait_for_load_state()
    assert superior.say("合意", "agreed") in engineer.go("/plan/").inner_text("main").lower()
    assert wrong_in(engineer.page) == []


def test_a_manager_sets_a_target_and_takes_the_numbers_away(arrive: Arrive, lang: Lang) -> None:
    """A target shows as a gap, and the numbers of the page come as CSV and XLSX too."""
    visitor = arrive("megumi", lang)
    page = visitor.go("/insights/targets/")
    form = page.locator("main form").filter(has=page.locator("button[value=add]"))
    form.locator("[name=field]").select_option(
        label=visitor.say("運用管理", "Operations Management")
    )
    form.locator("[name=level]").fill("5")
    form.locator("[name=people]").fill("41")
    form.locator("[name=by]").fill(f"202{7 + LANGS.index(lang)}-03")
    form.locator("button[value=add]").click()
    page.wait_for_load_state()
    page = visitor.go("/insights/gaps/")
    assert wrong_in(page) == []
    assert "41" in page.inner_text("main table")
    page = visitor.go("/insights/")
    for kind, begins in (("CSV", "\ufeff".encode()), ("XLSX", b"PK")):
        with page.expect_download() as file:
            page.get_by_role("link", name=kind, exact=True).click()
        assert file.value.path().read_bytes().startswith(begins), json.dumps(kind)


def test_a_piece_of_work_is_reached_by_keyboard(arrive: Arrive, lang: Lang) -> None:
    """From the address to the answer without a mouse: the skip link, the fields, the button, focus in sight."""
    visitor = arrive("", lang)
    page = visitor.go("/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "login":
            break
    page.keyboard.type("midori")
    page.keyboard.press("Tab")
    page.keyboard.type(visitor.served.password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/record/"))
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(40):
        page.keyboard.press("Tab")
        assert (
            page.evaluate(outline) != "none"
            or page.evaluate("document.activeElement.tagName") == "BODY"
        )
        if "/record/work/" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/record/work/"))
