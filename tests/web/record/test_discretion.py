"""What is kept back: masked amounts and clients' names, on pages, in files and in the history."""

import json

import pytest
from django.db import connection
from django.test import Client

from tassei.text import Lang
from tassei.web.history import Author, broken, change, create
from tassei.web.models import Discretion, Entry, EventText, Person
from web.reading import read
from web.record.people import MIDORI, sent, signed_in

pytestmark = pytest.mark.usefixtures("database")
TRUE = 981_234_567
MEASURE = "annual_contract_yen"


def _address() -> str:
    return f"/record/work/{Entry.objects.get(key='core-banking').pk}/"


def _post(browser: Client, **answers: str) -> int:
    page = read(browser.get(_address()))
    return browser.post(_address(), sent(page) | answers).status_code


def _mask(browser: Client, amount: str = str(TRUE)) -> None:
    answers = {f"s-{MEASURE}": amount, f"mask-{MEASURE}": "yes", f"by-{MEASURE}": "経理部長"}
    assert _post(browser, **answers) == 302


def _stored() -> str:
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_masked_amount_is_stored_nowhere(browser: Client, lang: Lang) -> None:
    """Neither the record, nor the history, nor any other table holds the true amount."""
    _mask(browser)
    assert str(TRUE) not in _stored()
    assert Entry.objects.get(key="core-banking").body["size"][MEASURE] == 750_000_000
    page = read(browser.get(_address()))
    assert page.one(f"[name=s-{MEASURE}]").attributes["value"] == ""
    assert {"ja": "7億5千万円以上", "en": "¥750 million or more"}[lang] in page.said
    assert "経理部長" in page.said
    assert broken() is None


@pytest.mark.parametrize("typed", ["", "981,234,567"])
def test_masking_what_was_recorded_erases_it(browser: Client, typed: str) -> None:
    """An amount that the history held is gone from it once it is masked; the chain stays whole."""
    assert _post(browser, **{f"s-{MEASURE}": str(TRUE)}) == 302
    assert _post(browser, title="another name") == 302
    assert str(TRUE) in _stored()
    texts = EventText.objects.count()
    _mask(browser, typed)
    assert str(TRUE) not in _stored()
    assert EventText.objects.count() < texts + 2
    assert broken() is None


def test_a_form_sent_again_keeps_the_mask(browser: Client) -> None:
    """The empty field of a masked amount stands for what is masked, until the mask is taken off."""
    _mask(browser)
    assert _post(browser, title="another name") == 302
    assert Entry.objects.get(key="core-banking").body["size"][MEASURE] == 750_000_000
    answers = {f"mask-{MEASURE}": "no", f"s-{MEASURE}": ""}
    assert _post(browser, **answers) == 302
    assert MEASURE not in Entry.objects.get(key="core-banking").body.get("size", {})
    assert Discretion.objects.get().amounts == {}


def test_an_import_keeps_masks(browser: Client) -> None:
    """A file with the true amount does not bring it back; what is kept back of the work stays."""
    _mask(browser)
    assert _post(browser, client="Example Bank") == 302
    text = MIDORI.read_text("utf-8").replace("980_000_000", str(TRUE))
    page = read(browser.get("/record/import/"))
    seen = page.one("main input[name=seen]").attributes["value"] or ""
    preview = read(browser.post("/record/import/", {"text": text, "seen": seen}))
    assert preview.tree.css("#preview")
    answer = browser.post("/record/import/", {"text": text, "seen": seen, "do": "take"})
    assert answer.status_code == 302
    assert str(TRUE) not in _stored()
    assert Discretion.objects.get().client == "Example Bank"
    exported = json.loads(browser.get("/record/file/").content)
    [work] = [w for w in exported["engagements"] if w["id"] == "core-banking"]
    assert work["size"][MEASURE] == 750_000_000


def test_a_client_is_shown_to_its_owner_alone(browser: Client, midori: Person, lang: Lang) -> None:
    """Others see that there is a client; where the owner wishes they see which. The history never says."""
    other = signed_in(_superior(midori), lang)
    assert _post(browser, client="Example Bank") == 302
    assert "Example Bank" in read(browser.get("/record/")).said
    page = read(other.get("/record/of/E1024/"))
    assert "Example Bank" not in page.html
    assert {"ja": "伏せています", "en": "masked"}[lang] in page.said
    assert not any("Example Bank" in json.dumps(t.values) for t in EventText.objects.all())
    assert _post(browser, **{"mask-client": "no"}) == 302
    assert "Example Bank" in read(other.get("/record/of/E1024/")).said


def _superior(person: Person) -> Person:
    superior = create(Author(None), Person(code="S1", name="上司"))
    person.refresh_from_db()
    change(Author(None), person, person.version, superior=superior)
    return superior


def test_a_proof_tells_a_masked_amount_as_masked(browser: Client, lang: Lang) -> None:
    """The proof does not show a threshold as if it were the amount."""
    _mask(browser)
    page = read(browser.get("/record/"))
    found = [n.text() for n in page.tree.css(".proof .found")]
    assert any({"ja": "伏せています", "en": "masked"}[lang] in f for f in found)
