"""Taking a file in: first what it would change, then the change, and each record tells its followers."""

import json

import pytest
from django.test import Client

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web import records
from tassei.web.models import Entry, Event, Person
from web.reading import Read, faults_of, read
from web.record.people import FIELD, MIDORI, sent

pytestmark = pytest.mark.usefixtures("database")
TEXT = MIDORI.read_text("utf-8")


def _send(client: Client, text: str, **more: str) -> Read:
    page = read(client.get("/record/import/"))
    seen = page.one("main input[name=seen]").attributes["value"] or ""
    return read(client.post("/record/import/", {"text": text, "seen": seen} | more))


def test_a_file_is_tried_before_it_is_taken(
    browser: Client, lang: Lang, standards: Standards
) -> None:
    """What would be added, changed and removed stands on the page; nothing has changed yet."""
    before = Event.objects.count()
    text = (
        TEXT.replace("id: retail-systems", "id: shops")
        .replace("地方銀行勘定系システムの運用サービス", "新しい題名")
        .replace("annual_contract_yen: 980_000_000", "annual_contract_yen: 9億8千万円")
    )
    page = _send(browser, text)
    assert faults_of(page, lang, standards) == []
    named = {c: [n.text() for n in page.tree.css(f"#preview ~ ul .{c}")] for c in ("in", "out")}
    quoted = {
        "ja": "業務「流通業基幹システムの運用管理」",
        "en": "work “流通業基幹システムの運用管理”",
    }
    assert named == {"in": [quoted[lang]], "out": [quoted[lang]]}
    assert "新しい題名" in page.said
    assert "9億8千万円 → 980,000,000" in page.said
    assert {"ja": "3件が変わります", "en": "What would change: 3"}[lang] in page.said
    assert Event.objects.count() == before


def test_the_same_file_changes_nothing(browser: Client, lang: Lang) -> None:
    """A file that is equal to the record says so, and taking it in writes nothing."""
    before = Event.objects.count()
    page = _send(browser, TEXT)
    assert {"ja": "変わるものはありません", "en": "Nothing would change"}[lang] in page.said
    _send(browser, TEXT, do="take")
    assert Event.objects.count() == before


@pytest.mark.parametrize("form", ["", "yaml"])
def test_an_export_is_taken_back(browser: Client, midori: Person, form: str) -> None:
    """JSON and YAML both hold the whole record."""
    answer = browser.get("/record/file/", {"as": form})
    text = answer.content.decode()
    assert (text[:1] == "{") == (form == "")
    before = Event.objects.count()
    _send(browser, text, do="take")
    assert Event.objects.count() == before
    _send(browser, json.dumps({"schema": "tassei/evidence/1", "person": {"id": "x"}}), do="take")
    assert Entry.objects.filter(kind="engagement").count() == 0
    _send(browser, text, do="take")
    assert Entry.objects.filter(kind="engagement").count() == 7


def test_every_change_tells_those_who_follow(
    browser: Client, midori: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form, an import, a copy and a removal each tell once; what changes nothing tells nobody."""
    heard: list[str] = []
    monkeypatch.setattr(records, "followers", [lambda p: heard.append(p.code)])
    work = Entry.objects.get(key="core-banking").pk

    def told() -> int:
        count = len(heard)
        heard.clear()
        return count

    page = read(browser.get(f"/record/work/{work}/"))
    browser.post(f"/record/work/{work}/", sent(page))
    assert told() == 0
    browser.post(f"/record/work/{work}/", sent(page, title="別の名前"))
    assert told() == 1
    page = read(browser.get("/record/work/new/"))
    browser.post("/record/work/new/", sent(page, title="新しい", **{f"field-{FIELD}": "yes"}))
    assert told() == 1
    page = read(browser.get("/record/about/"))
    browser.post("/record/about/", sent(page, mentoring="no"))
    assert told() == 1
    browser.post(f"/record/work/{work}/extend/", {"seen": "2.0"})
    assert told() == 1
    browser.post(f"/record/work/{work}/remove/", {"seen": "3.0", "why": "doubled"})
    assert told() == 1
    _send(browser, TEXT, do="take")
    assert told() == 1
    _send(browser, TEXT, do="take")
    assert told() == 0
