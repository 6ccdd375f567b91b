"""Contributions, examinations, skills and knowledge; and the fields to be judged in."""

from pathlib import Path

import pytest
from django.test import Client

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.judging.judge import Judge, evidence_digest
from tassei.text import Lang
from tassei.web.history import Author, create
from tassei.web.models import ChosenFields, Entry, Event, Person
from tassei.web.record.portfolio import all_fields
from tassei.web.records import evidence_of
from web.reading import faults_of, read
from web.record.people import AS_OF, EXAMPLES, FIELD, recorded, sent, signed_in

pytestmark = pytest.mark.usefixtures("database")
LIVE = {"HX-Request": "true"}
FORMS = ("/record/about/", "/record/skills/")


def _choose(client: Client, *paths: str) -> int:
    page = read(client.get("/record/fields/"))
    seen = page.one("input[name=seen]").attributes["value"] or ""
    return client.post("/record/fields/", {"field": list(paths), "seen": seen}).status_code


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("address", FORMS)
def test_a_form_sent_as_it_is_changes_nothing(path: Path, address: str) -> None:
    """Every example: what is shown and what is not asked both stay."""
    person = recorded(path)
    client = signed_in(person, "en")
    if not read(client.get("/record/")).tree.css("#answer"):
        assert _choose(client, FIELD) == 302
    before = Event.objects.count()
    page = read(client.get(address))
    assert client.post(address, sent(page)).status_code == 302
    assert Event.objects.count() == before


def test_contributions_are_recorded(browser: Client, midori: Person) -> None:
    """A depth, a work handed on and an examination, each as an evidence file has it; the rest stays."""
    before = evidence_of(midori, AS_OF).evidence
    page = read(browser.get("/record/about/"))
    free = len(before.professional.succession or ()) + 1
    answers = sent(
        page,
        **{
            "area-service-level-management": "leads_industry",
            f"succession-{free}-kind": "external-lecturer",
            f"succession-{free}-title": "新しい講義",
            f"succession-{free}-on": "2026年10月",
            "mentoring": "no",
        },
    )
    assert browser.post("/record/about/", answers).status_code == 302
    after = evidence_of(midori, AS_OF).evidence
    assert after.professional.areas is not None
    assert after.professional.areas["service-level-management"].id == "leads_industry"
    assert {w.title for w in after.professional.succession or ()} == {
        *(w.title for w in before.professional.succession or ()),
        "新しい講義",
    }
    assert after.professional.mentoring is False
    assert after.examinations == before.examinations
    assert after.engagements == before.engagements


def test_contributions_are_judged_while_one_types(browser: Client, lang: Lang) -> None:
    """A change beside the form changes the answer, and a stale one is told."""
    page = read(browser.get("/record/about/"))
    answers = sent(page, mentoring="no")
    part = read(browser.post("/record/about/", answers, headers=LIVE))
    assert part.one("#seen").attributes["value"] != answers["seen"]
    assert {"ja": "保存しました", "en": "Saved"}[lang] in part.one("#state").text()
    count = Event.objects.count()
    stale = browser.post("/record/about/", answers | {"mentoring": "yes"})
    assert stale.status_code == 409
    assert read(stale).one("[name=mentoring] option[selected]").attributes["value"] == "yes"
    assert Event.objects.count() == count


def test_a_wrong_month_is_told_and_the_rest_is_saved(
    browser: Client, lang: Lang, standards: Standards
) -> None:
    """The answer that cannot be read stands as typed beside its question."""
    page = read(browser.get("/record/about/"))
    answers = sent(page, **{"succession-1-on": "いつか", "mentoring": "no"})
    answer = browser.post("/record/about/", answers)
    assert answer.status_code == 422
    again = read(answer)
    [wrong] = again.tree.css("[aria-invalid]")
    assert (wrong.attributes["name"], wrong.attributes["value"]) == ("succession-1-on", "いつか")
    assert faults_of(again, lang, standards) == []
    assert Entry.objects.get(kind="mentoring").body is False


def test_a_work_without_a_kind_is_no_work(browser: Client) -> None:
    """A title alone is told; choosing "nothing here" takes a work out."""
    page = read(browser.get("/record/about/"))
    count = Entry.objects.filter(kind="succession").count()
    answers = sent(page, **{f"succession-{count + 1}-title": "題名だけ"})
    assert browser.post("/record/about/", answers).status_code == 422
    gone = {f"succession-1-{n}": "" for n in ("kind", "title", "on")}
    page = read(browser.get("/record/about/"))
    assert browser.post("/record/about/", sent(page, **gone)).status_code == 302
    assert Entry.objects.filter(kind="succession").count() == count - 1


def test_skills_are_recorded_apart(lang: Lang, standards: Standards) -> None:
    """What one can do is asked where a document describes it, in the document's levels."""
    person = recorded(ROOT / "examples" / "goro.yaml")
    client = signed_in(person, lang)
    page = read(client.get("/record/skills/"))
    assert faults_of(page, lang, standards) == []
    names = [n for n in sent(page) if n.startswith("skill-")]
    boxes = {n.attributes["name"] for n in page.tree.css("input[type=checkbox]")}
    ticked = sorted(b for b in boxes if b)[0]
    chosen = page.one(f"[name='{names[0]}']").css("option")[2].attributes["value"] or ""
    answers = sent(page, **{names[0]: chosen, ticked: "yes"})
    assert client.post("/record/skills/", answers).status_code == 302
    evidence = evidence_of(person, AS_OF).evidence
    assert evidence.skills is not None
    assert evidence.skills[names[0].removeprefix("skill-")] == int(chosen)
    assert ticked.removeprefix("known-") in (evidence.knowledge or ())


def test_an_empty_record_begins_with_fields(lang: Lang, standards: Standards) -> None:
    """Without a field nothing can be asked, so every form leads to the choice."""
    person = create(Author(None), Person(code="N1", name="新人"))
    client = signed_in(person, lang)
    page = read(client.get("/record/"))
    assert faults_of(page, lang, standards) == []
    assert page.one("main a.button").attributes["href"] == "/record/fields/"
    for address in ("/record/work/new/", *FORMS):
        assert client.get(address).headers["Location"] == "/record/fields/"
    assert _choose(client, FIELD) == 302
    assert evidence_of(person, AS_OF).evidence.written_for == (FIELD.rsplit("/", 1)[0],)
    page = read(client.get("/record/about/"))
    areas = [n for n in sent(page) if n.startswith("area-")]
    answers = sent(page, **{areas[0]: "basic"})
    assert client.post("/record/about/", answers).status_code == 302
    given = evidence_of(person, AS_OF).evidence.professional
    assert list(given.areas or ()) == [areas[0].removeprefix("area-")]


@pytest.mark.parametrize("path", EXAMPLES[::2], ids=lambda p: p.stem)
def test_choosing_fields_changes_no_verdict(path: Path, judge: Judge) -> None:
    """A record that is asked for more editions says the same as before about every level of all."""
    person = recorded(path)
    client = signed_in(person, "en")
    before = judge.verdicts(evidence_of(person, AS_OF).evidence, AS_OF)
    assert _choose(client, *all_fields()) == 302
    assert judge.verdicts(evidence_of(person, AS_OF).evidence, AS_OF) == before


def test_a_list_of_one_edition_says_nothing_of_another(midori: Person, judge: Judge) -> None:
    """Once contributions are confirmed for more editions, engagements still say what they said."""
    client = signed_in(midori, "en")
    works = evidence_of(midori, AS_OF).evidence.engagements
    assert works is not None
    assert _choose(client, FIELD, "itss-v1/operations/system-operation") == 302
    page = read(client.get("/record/about/"))
    assert client.post("/record/about/", sent(page, mentoring="no")).status_code == 302
    after = evidence_of(midori, AS_OF).evidence
    assert "itss-v1/operations" in after.written_for
    for one, other in zip(works, after.engagements or (), strict=True):
        known_before, known_after = one.achieved, other.achieved
        assert known_before is not None
        assert known_after is not None
        assert known_after.true == known_before.true
        assert not known_after.complete
        assert "satisfaction-of-department-heads" not in known_after.false


def test_a_choice_is_not_overwritten(browser: Client) -> None:
    """Who chooses from a page that is older is told; what is no field is left out."""
    assert browser.post("/record/fields/", {"field": [FIELD], "seen": "0"}).status_code == 302
    assert browser.post("/record/fields/", {"field": [], "seen": "0"}).status_code == 409
    assert _choose(browser, FIELD, "nowhere/else", "\0", FIELD) == 302
    assert ChosenFields.objects.get().fields == [FIELD]


@pytest.mark.parametrize("answer", ["x" * 50_000, "\0", "９" * 300, "-1", "yes"])
@pytest.mark.parametrize("address", FORMS)
def test_no_answer_breaks_a_form(browser: Client, address: str, answer: str) -> None:
    """Whatever every question is answered with, the page says something about it."""
    page = read(browser.get(address))
    answers = {n: answer[:300] if n != "seen" else v for n, v in sent(page).items()}
    answers |= {"succession-99999999-kind": answer[:300], "succession-x-kind": "y"}
    assert browser.post(address, answers).status_code in (200, 302, 422)
    assert browser.post(address, answers | {"seen": answer}).status_code in (302, 409, 422)
    assert evidence_digest(evidence_of(Person.objects.get(code="E1024"), AS_OF).evidence)
