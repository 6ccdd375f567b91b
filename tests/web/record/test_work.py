"""The form of an engagement: asks what a field needs, keeps what it does not ask, overwrites nothing."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.judging.judge import evidence_digest
from tassei.text import Lang
from tassei.web.history import broken
from tassei.web.models import Entry, Event, Person
from tassei.web.record.portfolio import portfolio_of
from tassei.web.records import evidence_of
from web.reading import Read, faults_of, read
from web.record.people import AS_OF, EXAMPLES, FIELD, recorded, sent, signed_in

pytestmark = pytest.mark.usefixtures("database")
LIVE = {"HX-Request": "true"}


def _entry(key: str) -> Entry:
    entry: Entry = Entry.objects.get(kind="engagement", key=key)
    return entry


def _address(key: str) -> str:
    return f"/record/work/{_entry(key).pk}/"


def _form(client: Client, key: str) -> Read:
    return read(client.get(_address(key)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_form_sent_as_it_is_changes_nothing(path: Path) -> None:
    """Every engagement of every example: what is shown and what is not asked both stay."""
    person = recorded(path)
    client = signed_in(person, "en")
    before = Event.objects.count()
    for entry in Entry.objects.filter(person=person, kind="engagement"):
        address = f"/record/work/{entry.pk}/"
        page = read(client.get(address))
        assert client.post(address, sent(page)).status_code == 302, entry.key
    assert Event.objects.count() == before


def test_one_answer_changes_that_fact_alone(browser: Client, midori: Person) -> None:
    """What the form does not ask about survives a save, and so does every other answer."""
    entry = _entry("core-banking")
    before = dict(entry.body)
    page = _form(browser, entry.key)
    answer = browser.post(_address(entry.key), sent(page, **{"s-managed_staff": "１６０人"}))
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.body == before | {"size": {**before["size"], "managed_staff": 160}}
    record = read(browser.get("/record/"))
    assert "6" in record.one("#answer").text()


def test_facts_of_other_fields_survive(browser: Client, midori: Person) -> None:
    """Who chooses another field is asked other things, and loses nothing that was recorded before."""
    other = "itss-v2-2006/it-service-management/service-desk"
    choice = read(browser.get("/record/fields/"))
    seen = choice.one("input[name=seen]").attributes["value"] or ""
    assert browser.post("/record/fields/", {"field": [other], "seen": seen}).status_code == 302
    before = dict(_entry("core-banking").body)
    page = _form(browser, "core-banking")
    assert browser.post(_address("core-banking"), sent(page, title="別の名前")).status_code == 302
    assert _entry("core-banking").body == before | {"title": "別の名前"}


def test_what_would_decide_comes_first(browser: Client, lang: Lang) -> None:
    """The one number that level 6 hangs on stands in a group of its own, before all other questions."""
    page = _form(browser, "core-banking")
    [group] = page.tree.css("fieldset.decides")
    assert [n.attributes["name"] for n in group.css("input")] == ["s-managed_staff"]
    assert group.css(".tag")
    fieldsets = [f.attributes.get("class") for f in page.tree.css("form#record fieldset")]
    assert fieldsets.index("decides") == 1


def test_the_next_step_leads_to_its_question(browser: Client) -> None:
    """Each thing to do is a link to the form and the control that answers it."""
    [step] = read(browser.get("/record/")).tree.css(".next a")
    address, _, anchor = (step.attributes["href"] or "").partition("#")
    page = read(browser.get(address))
    assert page.one(f"[id='{anchor}'] input").attributes["name"] == "s-managed_staff"


def test_a_change_is_judged_while_one_types(browser: Client, lang: Lang) -> None:
    """The answer beside the form follows, with the version that the next change is made from."""
    page = _form(browser, "core-banking")
    answer = browser.post(
        _address("core-banking"), sent(page, **{"s-managed_staff": "160"}), headers=LIVE
    )
    assert answer.status_code == 200
    part = read(answer)
    assert {"ja": "レベル6を満たしています", "en": "Level 6 is met"}[lang] in part.one(
        "#answer"
    ).text()
    assert part.one("#seen").attributes["value"] == "2.0"
    assert {"ja": "保存しました", "en": "Saved"}[lang] in part.one("#state").text()


def test_a_stale_form_overwrites_nothing(browser: Client, lang: Lang, standards: Standards) -> None:
    """Who sends a form that is older than the record is told, and what was typed stays."""
    page = _form(browser, "core-banking")
    browser.post(_address("core-banking"), sent(page, title="first"))
    count = Event.objects.count()
    answer = browser.post(_address("core-banking"), sent(page, title="second"))
    assert answer.status_code == 409
    again = read(answer)
    assert again.one("input[name=title]").attributes["value"] == "second"
    assert again.one("#seen").attributes["value"] == page.one("#seen").attributes["value"]
    assert faults_of(again, lang, standards) == []
    assert browser.post(_address("core-banking"), sent(page), headers=LIVE).status_code == 409
    assert Event.objects.count() == count
    assert _entry("core-banking").body["title"] == "first"


def test_what_cannot_be_read_is_told_and_the_rest_is_saved(
    browser: Client, lang: Lang, standards: Standards
) -> None:
    """A wrong answer stands as it was typed, is not recorded, and costs no other answer."""
    page = _form(browser, "core-banking")
    answers = sent(page, title="新しい名前", **{"from": "いつか", "s-managed_staff": "たくさん"})
    answer = browser.post(_address("core-banking"), answers)
    assert answer.status_code == 422
    again = read(answer)
    wrong = {n.attributes["name"]: n.attributes["value"] for n in again.tree.css("[aria-invalid]")}
    assert wrong == {"from": "いつか", "s-managed_staff": "たくさん"}
    assert faults_of(again, lang, standards) == []
    body = _entry("core-banking").body
    assert (body["title"], body["from"]) == ("新しい名前", "2019-04")
    assert "managed_staff" not in body["size"]
    repaired = sent(again, **{"from": "2019-05", "s-managed_staff": ""})
    assert browser.post(_address("core-banking"), repaired).status_code == 302
    assert _entry("core-banking").body["from"] == "2019-05"


def test_dont_know_is_an_answer(browser: Client) -> None:
    """A fact can be made unknown again; a list then says of every other term what it said before."""
    page = _form(browser, "core-banking")
    answers = sent(page, role="", **{"c-structure": "", "c-contract": "yes"})
    assert browser.post(_address("core-banking"), answers).status_code == 302
    body = _entry("core-banking").body
    assert "role" not in body
    assert "structure" not in body["complexity"]
    assert body["complexity"]["contract"] is True
    assert body["complexity"]["system-risk"] is True
    assert body["complexity"]["infrastructure-requirements"] is False


def test_new_work_is_recorded_once(browser: Client, midori: Person, lang: Lang) -> None:
    """The first change makes the entry, the next ones change it, from the same page."""
    page = read(browser.get("/record/work/new/"))
    assert browser.post("/record/work/new/", sent(page), headers=LIVE).status_code == 200
    assert Entry.objects.filter(kind="engagement").count() == 7
    answers = sent(page, title="新しい業務", **{f"field-{FIELD}": "yes"})
    first = read(browser.post("/record/work/new/", answers, headers=LIVE))
    seen = first.one("#seen").attributes["value"] or ""
    answers |= {"seen": seen, "from": "2026-01"}
    assert browser.post("/record/work/new/", answers, headers=LIVE).status_code == 200
    [made] = Entry.objects.filter(kind="engagement", body__title="新しい業務")
    assert made.body == {
        "id": made.key,
        "title": "新しい業務",
        "fields": [FIELD],
        "from": "2026-01",
    }
    # the same form again without what the answer brought is stale
    assert browser.post("/record/work/new/", answers).status_code == 409
    assert broken() is None


def test_new_work_shows_what_the_next_level_asks(browser: Client) -> None:
    """Of work that is not recorded yet everything is open, so what decides is marked from the start."""
    page = read(browser.get("/record/work/new/", {"field": FIELD}))
    names = [n.attributes["name"] for n in page.tree.css(".decides input, .decides select")]
    assert {"role", "s-managed_staff", "from"} <= set(names)


def test_work_is_copied_without_its_months(browser: Client) -> None:
    """Work that is alike begins as a copy, facts that are not asked about included."""
    source = _entry("card-systems")
    page = read(browser.get("/record/work/new/", {"copy": str(source.pk)}))
    assert page.one("input[name=from]").attributes["value"] == ""
    answers = sent(page, **{"from": "2026-04"})
    assert browser.post("/record/work/new/", answers).status_code == 302
    [made] = Entry.objects.filter(kind="engagement", body__from="2026-04")
    for part in ("title", "fields", "role", "complexity", "achieved", "size"):
        assert made.body[part] == source.body[part], part
    assert "to" not in made.body


def test_work_that_goes_on_is_extended(browser: Client) -> None:
    """One press clears the last month; a stale one does not."""
    entry = _entry("core-banking")
    address = f"{_address(entry.key)}extend/"
    assert browser.post(address, {"seen": "9.0"}).status_code == 409
    assert browser.post(address, {"seen": "1.0"}).status_code == 302
    assert "to" not in _entry("core-banking").body
    assert browser.get(address).status_code == 405


def test_work_is_taken_out_with_a_reason(
    browser: Client, lang: Lang, standards: Standards, midori: Person
) -> None:
    """A page of its own asks, and nothing goes without a reason."""
    entry = _entry("core-banking")
    address = f"{_address(entry.key)}remove/"
    page = read(browser.get(address))
    assert faults_of(page, lang, standards) == []
    assert browser.post(address, {"seen": "1.0", "why": " "}).status_code == 422
    assert browser.post(address, {"seen": "7.0", "why": "doubled"}).status_code == 409
    assert Entry.objects.filter(pk=entry.pk).exists()
    assert browser.post(address, {"seen": "1.0", "why": "doubled"}).status_code == 302
    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert Event.objects.get(kind="removed").text.why == "doubled"


def test_a_contradiction_is_told_at_the_answer(lang: Lang, standards: Standards) -> None:
    """What follows from a yes cannot be a no: the page says so in words, without ids."""
    client = signed_in(recorded(ROOT / "examples" / "goro.yaml"), lang)
    page = read(client.get("/record/"))
    address = page.one(".timeline a").attributes["href"] or ""
    page = read(client.get(address))
    strong, weak = "o-satisfaction-of-department-heads", "o-satisfaction-of-users"
    answer = client.post(address, sent(page, **{strong: "yes", weak: "no"}))
    assert answer.status_code == 422
    again = read(answer)
    assert again.one("[aria-invalid]").attributes["name"] == weak
    assert again.one(f"[name='{weak}'] option[selected]").attributes["value"] == "no"
    assert faults_of(again, lang, standards) == []
    assert client.post(address, sent(again, **{weak: "yes"})).status_code == 302


def test_criteria_go_with_their_field(browser: Client) -> None:
    """Taking a field away keeps the record readable: what only that field knows goes with it."""
    page = _form(browser, "core-banking")
    answers = sent(page)
    answers[f"field-{FIELD}"] = "no"
    answers["field-itss-v2-2006/it-service-management/operation"] = "yes"
    assert browser.post(_address("core-banking"), answers).status_code in (302, 422)
    assert portfolio_of(Person.objects.get(code="E1024"), AS_OF).evidence


@pytest.mark.parametrize("path", EXAMPLES[::3], ids=lambda p: p.stem)
def test_every_form_can_be_read(path: Path, lang: Lang, standards: Standards) -> None:
    """Labels, headings and ids are right, and no id of the data is on the page."""
    person = recorded(path)
    client = signed_in(person, lang)
    for entry in Entry.objects.filter(person=person, kind="engagement")[:2]:
        page = read(client.get(f"/record/work/{entry.pk}/"))
        assert faults_of(page, lang, standards) == []
        counts = read(client.get(f"/record/work/{entry.pk}/counts/"))
        assert faults_of(counts, lang, standards) == []
    for address in ("/record/", "/record/work/new/", "/record/about/", "/record/fields/"):
        assert faults_of(read(client.get(address, follow=True)), lang, standards) == [], address


def test_work_counts_for_levels(browser: Client, lang: Lang) -> None:
    """Every level of the chosen fields says whether the work counts, and why not for the next."""
    page = read(browser.get(f"{_address('core-banking')}counts/"))
    marks = [n.text() for n in page.tree.css("main table")[0].css(".mark")]
    assert marks[:3] == ["✗", "?", "✓"]
    assert {"ja": "管理する要員数", "en": "staff managed"}[lang] in page.said


@pytest.mark.parametrize("answer", ["", "x" * 100_000, "\0", "９" * 300, "-1", "yes", "{}"])
def test_no_answer_breaks_a_form(browser: Client, answer: str) -> None:
    """Whatever every question is answered with, the page says something about it."""
    page = _form(browser, "core-banking")
    fields = {n: answer for n in sent(page) if n not in ("seen", "key")}
    fields = {n: a[:200] for n, a in fields.items()} | {"title": answer}
    for more in ({}, LIVE):
        seen = f"{_entry('core-banking').version}.0"
        response = browser.post(_address("core-banking"), fields | {"seen": seen}, headers=more)
        assert response.status_code in (200, 302, 409, 422)
    assert evidence_digest(evidence_of(Person.objects.get(code="E1024"), AS_OF).evidence)


@pytest.mark.parametrize("seen", ["", "x", "0.0", "-1.0", "99999999999999999999.0", "\0"])
def test_no_version_breaks_a_form(browser: Client, seen: str) -> None:
    """A version that is none is an old one."""
    answers = sent(_form(browser, "core-banking"), seen=seen)
    assert browser.post(_address("core-banking"), answers).status_code == 409


def test_an_address_that_names_no_work_is_no_page(browser: Client) -> None:
    """Numbers of nobody's entries, and keys that are none, lead nowhere."""
    area = Entry.objects.filter(kind="area")[0]
    for address in ("999999", "99999999999999999999", str(area.pk)):
        for rest in ("", "counts/", "remove/"):
            assert browser.get(f"/record/work/{address}/{rest}").status_code == 404
        assert browser.post(f"/record/work/{address}/extend/").status_code == 404
    for key in ("", "x", "work-../../etc", "\0", "work-0123456789abcdef"):
        assert browser.post("/record/work/new/", {"key": key}).status_code == 404
    assert browser.get("/record/work/new/", {"copy": "999999"}).status_code == 404
    assert browser.get("/record/", {"field": "x", "show": "\0/9"}).status_code == 200


def test_a_longer_record_costs_no_more_queries(browser: Client, midori: Person) -> None:
    """Saving while one types asks the database the same number of things, with 7 works and with 30."""

    def queries(number: str) -> int:
        answers = sent(_form(browser, "core-banking"), **{"s-managed_staff": number})
        with CaptureQueriesContext(connection) as captured:
            browser.post(_address("core-banking"), answers, headers=LIVE)
        return len(captured)

    few = queries("160")
    for number in range(30):
        page = read(browser.get("/record/work/new/"))
        browser.post("/record/work/new/", sent(page, title=f"work {number}"))
    assert queries("170") == few
