"""People with records, and forms as a browser without script sends them."""

from pathlib import Path

from django.conf import settings
from django.test import Client

from conftest import ROOT
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.text import Lang
from tassei.web.account.setup import make_account
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, create
from tassei.web.models import Person
from tassei.web.records import keep
from web.reading import Read

AS_OF = Month.of(2026, 11)
MIDORI = ROOT / "examples" / "midori.yaml"
FIELD = "itss-v2-2006/it-service-management/operations-management"
EXAMPLES = sorted(p for p in (ROOT / "examples").glob("*.yaml"))


def recorded(path: Path = MIDORI, code: str = "") -> Person:
    """A person with the record of a file."""
    [record] = read_evidence(path, known(), AS_OF)
    who = record.evidence.person
    person = create(Author(None), Person(code=code or who.id, name=who.name))
    keep(Author(person.pk), person, record.evidence)
    return person


def signed_in(person: Person, lang: Lang) -> Client:
    """A browser in which somebody has come in."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    client.force_login(make_account(person, person.code.lower(), "correct horse battery"))
    return client


def sent(page: Read, form: str = "form#record", **more: str) -> dict[str, str]:
    """What a form sends, with some answers changed."""
    found: dict[str, str] = {}
    for node in page.one(form).css("input, select, textarea"):
        name = node.attributes.get("name") or ""
        if node.attributes.get("type") == "checkbox" and "checked" not in node.attributes:
            continue
        if node.tag == "select":
            chosen = node.css("option[selected]") or node.css("option")
            found[name] = chosen[0].attributes.get("value") or ""
        else:
            found[name] = node.attributes.get("value") or ""
    assert more.keys() <= found.keys(), more.keys() - found.keys()
    found.pop("csrfmiddlewaretoken", None)
    return found | more
