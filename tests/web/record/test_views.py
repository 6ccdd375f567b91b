"""My record: a file goes in, the answer stands first, the file comes out again."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.account.setup import make_account
from tassei.web.history import Author, broken, create
from tassei.web.models import Entry, Event, Person
from web.reading import faults_of, read

pytestmark = pytest.mark.usefixtures("database")
MIDORI = (ROOT / "examples" / "midori.yaml").read_text("utf-8")


@pytest.fixture
def engineer(client: Client, database: None) -> Client:
    """An engineer who has come in."""
    person = create(Author(None), Person(code="E1024", name="港 みどり"))
    client.force_login(make_account(person, "midori", "correct horse battery"))
    return client


def _import(client: Client, text: str, seen: str | None = None) -> int:
    page = read(client.get("/record/import/"))
    now = page.one("main input[name=seen]").attributes["value"] or ""
    sent = {"text": text, "seen": seen or now, "do": "take"}
    return client.post("/record/import/", sent).status_code


def test_a_record_is_judged_where_it_stands(
    engineer: Client, lang: Lang, standards: Standards
) -> None:
    """An empty record says how to begin; a full one answers, and shows what to do next."""
    empty = read(engineer.get("/record/"))
    assert empty.tree.css("main a.button")
    assert faults_of(empty, lang, standards) == []
    assert _import(engineer, MIDORI) == 302
    page = read(engineer.get("/record/"))
    assert {"ja": "レベル5を満たしています", "en": "Level 5 is met"}[lang] in page.one(
        "#answer"
    ).text()
    assert faults_of(page, lang, standards) == []
    other = page.tree.css(".cell")[0].attributes["value"] or ""
    shown = read(engineer.get("/record/", {"show": other}))
    assert shown.one(".cell[aria-current]").attributes["value"] == other
    assert faults_of(read(engineer.get("/record/import/")), lang, standards) == []


def test_the_file_comes_out_as_it_went_in(engineer: Client) -> None:
    """What is exported can be imported again, and changes nothing."""
    _import(engineer, MIDORI)
    before = Event.objects.count()
    response = engineer.get("/record/file/")
    assert "attachment" in response.headers["Content-Disposition"]
    assert json.loads(response.content)["person"] == {"id": "E1024", "name": "港 みどり"}
    assert _import(engineer, response.content.decode()) == 302
    assert Event.objects.count() == before
    assert broken() is None


def test_a_newer_record_is_not_overwritten(engineer: Client) -> None:
    """Who sends a page that was made from an older record is told, and nothing is lost."""
    seen = read(engineer.get("/record/import/")).one("main input[name=seen]").attributes["value"]
    _import(engineer, MIDORI)
    count = Entry.objects.count()
    assert _import(engineer, MIDORI.replace("E1024", "X"), seen=seen) == 409
    assert Entry.objects.count() == count


@pytest.mark.parametrize("text", ["", "a: [", "schema: tassei/evidence/1", "x" * 70_000])
def test_a_faulty_file_changes_nothing(
    engineer: Client, lang: Lang, standards: Standards, text: str
) -> None:
    """Every fault is told, what was typed comes back, the record stays."""
    _import(engineer, MIDORI)
    before = Event.objects.count()
    now = read(engineer.get("/record/import/")).one("main input[name=seen]").attributes["value"]
    response = engineer.post("/record/import/", {"text": text, "seen": now or ""})
    assert response.status_code == 422
    page = read(response)
    assert page.one("textarea").text().strip() == text
    assert faults_of(page, lang, standards) == []
    assert Event.objects.count() == before


def test_a_record_stays_in_no_cache(engineer: Client) -> None:
    """What is about a person is kept neither by proxies nor by a shared browser."""
    for address in ("/record/", "/record/file/", "/record/import/"):
        assert engineer.get(address).headers["Cache-Control"] == "private, no-store"


def test_a_long_record_costs_no_more_queries(engineer: Client) -> None:
    """The number of queries does not grow with what is recorded."""
    with CaptureQueriesContext(connection) as few:
        engineer.get("/record/")
    empty = len(few)  # counted now: what was captured is forgotten with the next request
    _import(engineer, MIDORI)
    with CaptureQueriesContext(connection) as many:
        engineer.get("/record/")
    assert 0 < empty == len(many) <= 10


@pytest.mark.parametrize("address", ["/record/", "/record/file/", "/record/import/"])
def test_without_an_account_one_is_asked_to_come_in(client: Client, address: str) -> None:
    """Nothing of a record is shown to a visitor."""
    assert client.get(address).headers["Location"].startswith("/login/?back=")
    assert client.post(address).status_code in (302, 405)
