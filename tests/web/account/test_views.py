"""Coming in and going out: what is wrong is not told apart, and who guesses waits."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.account.invitations import set_password
from tassei.web.account.setup import make_account, setup_token
from tassei.web.account.waiting import MOST
from tassei.web.cycle.case import Role
from tassei.web.history import Author, change, create
from tassei.web.models import Account, Failure, Grant, Person
from web.reading import faults_of, read

pytestmark = pytest.mark.usefixtures("database")
WORD = "correct horse battery"


def _account(login: str = "Ann") -> Account:
    return make_account(create(Author(None), Person(code=login)), login, WORD)


def test_a_password_is_kept_as_argon2_of_modest_size() -> None:
    """19 MiB and two passes: what a small server can afford, and what is recommended."""
    assert _account().password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN "])
def test_who_comes_in_lands_where_they_wanted(client: Client, name: str) -> None:
    """The case of a name is forgiven; the page that was asked for first comes next."""
    _account()
    asked = client.get("/record/import/")
    assert asked.headers["Location"] == "/login/?back=%2Frecord%2Fimport%2F"
    page = read(client.get(asked.headers["Location"]))
    back = page.one("main input[name=back]").attributes["value"] or ""
    came = client.post("/login/", {"login": name, "password": WORD, "back": back})
    assert came.headers["Location"] == "/record/import/"
    assert client.get("/record/").status_code == 200
    assert client.post("/logout/").headers["Location"] == "/"
    assert client.get("/record/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    client: Client, lang: Lang, standards: Standards
) -> None:
    """Nobody learns from an answer which accounts there are."""
    _account()
    pages = [
        read(client.post("/login/", {"login": name, "password": "wrong"}))
        for name in ("Ann", "Bob")
    ]
    faults = {p.one(".fault").text() for p in pages}
    assert len(faults) == 1
    assert faults_of(pages[0], lang, standards) == []


def test_who_guesses_waits(client: Client) -> None:
    """After some failures even the right password has to wait; other people do not."""
    _account()
    _account("Bob")
    for _ in range(MOST):
        assert client.post("/login/", {"login": "Ann", "password": "guess"}).status_code == 422
    assert client.post("/login/", {"login": "ANN", "password": WORD}).status_code == 429
    assert client.post("/login/", {"login": "Bob", "password": WORD}).status_code == 302


def test_a_restart_forgets_nobody(client: Client) -> None:
    """The counts stand in the database, under keys from which no name can be read."""
    _account()
    for _ in range(MOST):
        client.post("/login/", {"login": "Ann", "password": "guess"})
    cache.clear()
    assert client.post("/login/", {"login": "Ann", "password": WORD}).status_code == 429
    assert {f.count for f in Failure.objects.all()} == {MOST}
    assert all(len(f.key) == 64 for f in Failure.objects.all())
    Failure.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.post("/login/", {"login": "Ann", "password": WORD}).status_code == 302


def test_who_has_left_is_out_at_once(client: Client) -> None:
    """A session ends with the next request after its person has left, or its password was changed."""
    account = _account()
    client.post("/login/", {"login": "Ann", "password": WORD})
    person = Person.objects.get(code="Ann")
    change(Author(None), person, person.version, active=False)
    assert client.get("/record/").status_code == 302
    assert client.post("/login/", {"login": "Ann", "password": WORD}).status_code == 422
    change(Author(None), person, person.version, active=True)
    assert client.post("/login/", {"login": "Ann", "password": WORD}).status_code == 302
    assert client.get("/record/").status_code == 200
    set_password(Author(None), account, "another long password")
    assert client.get("/record/").status_code == 302


def test_an_inactive_account_is_none(client: Client) -> None:
    """Who has left does not come in."""
    account = _account()
    account.is_active = False
    account.save()
    assert client.post("/login/", {"login": "Ann", "password": WORD}).status_code == 422


def test_the_way_back_never_leads_out(client: Client) -> None:
    """Another host in the address is ignored."""
    _account()
    given = {"login": "Ann", "password": WORD, "back": "https://evil.example/"}
    assert client.post("/login/", given).headers["Location"] == "/record/"


def test_the_first_account_is_made_once(client: Client, lang: Lang, standards: Standards) -> None:
    """The link of the terminal makes an administrator, and then leads nowhere."""
    link = f"/setup/{setup_token()}/"
    assert client.get("/setup/guess/").status_code == 404
    page = read(client.get(link))
    assert faults_of(page, lang, standards) == []
    given = {"login": "admin", "name": "見本", "password": "short"}
    refused = client.post(link, given)
    assert refused.status_code == 422
    assert read(refused).one("#login").attributes["value"] == "admin"
    assert client.post(link, given | {"password": WORD}).status_code == 302
    assert client.get("/record/").status_code == 200
    roles = set(Grant.objects.values_list("role", flat=True))
    assert roles == {Role.ADMINISTRATOR.value, Role.MANAGER.value}
    assert Client().get(link).status_code == 404
    assert Client().post(link, given | {"password": WORD}).status_code == 404


@pytest.mark.parametrize("address", ["/", "/doubts/", "/try/", "/login/"])
def test_visitors_cost_no_query(client: Client, address: str) -> None:
    """Public pages ask nothing of the database."""
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 0
