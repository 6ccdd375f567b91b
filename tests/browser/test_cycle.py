"""A whole cycle in the browser, as its people live it: from set-up to the decision on an appeal, and its paper."""

import re
from datetime import date, timedelta

import pytest
from attrs import define

from browser.conftest import Arrive, Visitor
from tassei.text import LANGS, Lang

FIRST, OTHERS = ("E1011", "E1015"), ("E1030", "E1006")
"""Codes of those who decide first, and of those who hear the appeal."""


@define
class Office:
    """One browser for each of the people, and the case that they are about."""

    arrive: Arrive
    lang: Lang
    who: dict[str, Visitor]
    case: str = ""

    def at(self, login: str) -> Visitor:
        if login not in self.who:
            self.who[login] = self.arrive(login, self.lang)
        return self.who[login]

    def says(self, login: str, path: str = "") -> str:
        return self.at(login).go(path or self.case).inner_text("main")

    def move(
        self, login: str, name: str, reason: str = "", attained: str = "", target: str = ""
    ) -> None:
        """Make a move by the link on the case and the form behind it."""
        page = self.at(login).go(self.case)
        page.locator(f"main a[href$='{self.case}{name}/']").first.click()
        page.wait_for_url(f"**{self.case}{name}/")
        if target:
            page.locator("select[name=target]").select_option(target)
        if attained:
            page.locator(f"input[name=attained][value={attained}]").check()
        if reason:
            page.locator("textarea[name=reason]").fill(reason)
        page.locator("main form[method=post] button").click()
        # back to the case, or to the list where the case is no longer one's own to see
        page.wait_for_url(lambda url: not url.endswith(f"/{name}/"))


def _set_up(here: Office) -> None:
    """The manager makes a cycle, adds one engineer with a committee of two, and opens it."""
    page, today = here.at("megumi").go("/cycles/"), date.today()
    page.locator("a[href='/cycles/new/']").click()
    for name, value in (
        ("name_ja", "臨時の回"), ("name_en", "An extra cycle"), ("as_of", f"{today:%Y-%m}"), ("quorum", "2"),
        ("opens", f"{today}"), ("due_self", f"{today + timedelta(7)}"),
        ("due_superior", f"{today + timedelta(14)}"), ("due_committee", f"{today + timedelta(21)}"),
        ("closes", f"{today + timedelta(28)}"), ("reminder_days", "3, 1"),
    ):  # fmt: skip
        page.locator(f"main [name={name}]").fill(value)
    page.locator("fieldset.checks details").evaluate_all(
        "all => all.forEach(d => { d.open = true })"
    )
    for box in page.locator("input[name=fields]").all():
        box.check()
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url(re.compile(r"/cycles/\d+/$"))
    cycle = page.url
    page.locator("main a[href$='/people/']").first.click()
    field = (
        page.locator("#field option")
        .filter(has_text=here.at("megumi").say("運用管理", "Operations Management"))
        .first
    )
    page.locator("#text").fill(f"E1024, {field.get_attribute('value')}, 5, , {' '.join(FIRST)}")
    page.locator("button[value=check]").click()
    page.locator("button[value=confirm]").click()
    page.goto(cycle)
    page.locator("main a[href$='/open/']").click()
    page.locator("main form[method=post] button").click()
    page.wait_for_url(cycle)
    link = page.locator("main tbody th a[href^='/reviews/']").first
    here.case = link.get_attribute("href") or ""


@pytest.mark.parametrize("lang", LANGS)
def test_a_cycle_from_set_up_to_appeal(arrive: Arrive, lang: Lang) -> None:
    """Seven people, each in a browser of their own; what each may see is seen, and nothing else."""
    here = Office(arrive, lang, {})
    _set_up(here)
    # the engineer finds it waiting, begins, and submits
    assert here.at("midori").go("/assessments/").locator(f"a[href*='{here.case}begin/']").count()
    here.move("midori", "begin")
    here.move("midori", "submit")
    # the superior finds it in the queue, asks about the first claim, and returns it
    page = here.at("takeshi").go("/reviews/")
    page.locator(f"main a[href='{here.case}']").click()
    page.locator("main a[href*='/remark/question/']").first.click()
    page.locator("textarea[name=reason]").fill("何人を管理しましたか")
    page.locator("#remark-form button").click()
    page.wait_for_url(re.compile(here.case))
    here.move("takeshi", "return", "質問に答えてから、もう一度出してください")
    # the engineer answers beside the question, and submits again
    assert "もう一度出してください" in here.says("midori")
    page = here.at("midori").go(here.case)
    page.locator("main a[href*='/answer/']").first.click()
    page.locator("#answer").fill("82人です")
    page.locator("main form[method=post] button").click()
    here.move("midori", "submit")
    assert "82人です" in here.says("takeshi")
    here.move("takeshi", "forward")
    # two members differ with the computed verdict; neither sees the other's view before
    here.move("akira", "view", "期間の裏づけが一件だけです", "no")
    assert "期間の裏づけが一件だけです" not in here.says("kenji")
    here.move("kenji", "view", "同じ考えです", "no")
    assert "期間の裏づけが一件だけです" in here.says("kenji")
    assert "同じ考えです" not in here.says("midori")
    here.move("kenji", "decide", "意見がそろいました")
    verdict = here.at("midori").say("記録は基準を満たします", "the record satisfies").lower()
    assert verdict in here.says("midori").lower()
    # the appeal goes to two others; whoever decided has no say any more
    here.move("midori", "appeal", "もう一件の契約書が見つかりました")
    assert not here.at("akira").go(here.case).locator(f"a[href$='{here.case}view/']").count()
    for member in OTHERS:
        here.move("megumi", "seat", target=member)
    here.move("naomi", "view", "契約書を確かめました", "yes")
    here.move("daisuke", "view", "確かめました", "yes")
    here.move("daisuke", "decide", "二件とも確かめました")
    # the paper: every page of it, with what was decided and why
    dossier = here.at("midori").go(f"{here.case}dossier/")
    assert "二件とも確かめました" in dossier.inner_text("main")
    assert len(dossier.pdf()) > 10_000
    # the manager closes, and the decision is final
    page = here.at("megumi").go("/cycles/")
    page.get_by_text(here.at("megumi").say("臨時の回", "An extra cycle")).first.click()
    page.locator("main a[href$='/close/']").click()
    page.locator("textarea[name=reason]").fill("予定どおり終えます")
    page.locator("main form[method=post] button").click()
    page.wait_for_load_state()
    assert here.at("midori").say("確定", "closed") in here.says("midori")
