"""Every address of the application, found by itself: nobody sees what is not open to them, nothing breaks a page.

A new page stands under these tests as soon as it has an address; one with a new kind of part in its
address fails until there is an example of it here.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from attrs import frozen
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tassei.web.demo.fill import fill
from tassei.web.explorer import urls as explorer
from tassei.web.models import Account, Entry, Person

PUBLIC = {p.name for p in explorer.urlpatterns} | {
    "login",
    "logout",
    "setup",
    "language",
    "theme",
    "join",
    "health",
}
STRANGER = "kaori"
"""An engineer who is nobody's superior and holds no role."""
OWNER = "E1024"
NONSENSE = {
    "version": "x",
    "name": "\0" + "x" * 3000,
    "level": "9" * 30,
    "field": "no/such",
    "do": "?",
}


@frozen
class Address:
    name: str
    parts: tuple[str, ...]

    def at(self, samples: dict[str, str]) -> str:
        missing = [p for p in self.parts if p not in samples]
        assert not missing, (
            f"{self.name} has {missing} in its address: give an example in `_samples`"
        )
        return reverse(self.name, kwargs={p: samples[p] for p in self.parts})


def _addresses(
    patterns: list[URLPattern | URLResolver], above: tuple[str, ...] = ()
) -> Iterator[Address]:
    for one in patterns:
        parts = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _addresses(one.url_patterns, parts)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield Address(one.name, parts)


ADDRESSES = tuple(_addresses(get_resolver().url_patterns))
CLOSED = tuple(a for a in ADDRESSES if a.name not in PUBLIC)
OF_SOMEBODY = tuple(a for a in CLOSED if {"code", "entry", "number"} & set(a.parts))


@pytest.fixture(scope="module")
def organisation(_database: None) -> Iterator[dict[str, str]]:
    """The example organisation, written once; and an example of every part of an address."""
    with transaction.atomic():
        fill()
        yield _samples()
        transaction.set_rollback(True)


def _samples() -> dict[str, str]:
    person = Person.objects.get(code=OWNER)
    entry = Entry.objects.filter(person=person, kind="engagement").first()
    assert entry is not None
    return {
        "token": "x", "lang": "ja", "theme": "dark", "code": OWNER, "entry": str(entry.pk),
        "number": "1", "series": "itss-v2-2006", "category": "it-service-management",
        "field": "operations-management", "level": "5", "doubt": "D-001",
        "kind": "question", "remark": "1", "document": "1", "name": "submit", "pk": "1", "upload": "1",
    }  # fmt: skip


def _browser(login: str) -> Client:
    client = Client(raise_request_exception=False)
    if login:
        client.force_login(Account.objects.get(login=login))
    return client


def test_all_addresses_are_found() -> None:
    """The list is not empty by mistake, and no two pages have the same name."""
    names = [a.name for a in ADDRESSES]
    assert {"home", "level", "record", "record-work"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("address", CLOSED, ids=lambda a: a.name)
def test_without_an_account_only_the_standard_is_open(
    organisation: dict[str, str], address: Address
) -> None:
    """Whatever else is asked for leads to the page for signing in, or takes nothing."""
    client, path = _browser(""), address.at(organisation)
    for answer in (client.get(path), client.post(path, {"why": "x"})):
        assert answer.status_code in (302, 405), f"{answer.status_code} {path}"
        if answer.status_code == 302:
            assert answer["Location"].startswith("/login/"), path


@pytest.mark.parametrize("address", OF_SOMEBODY, ids=lambda a: a.name)
def test_a_stranger_sees_and_changes_nothing_of_others(
    organisation: dict[str, str], address: Address
) -> None:
    """An address that names somebody, or something of theirs, is closed to who has nothing to do with it."""
    client, path = _browser(STRANGER), address.at(organisation)
    for answer in (client.get(path), client.post(path, {"why": "x"})):
        assert answer.status_code in (403, 404, 405), f"{answer.status_code} {path}"


@pytest.mark.parametrize("login", ["midori", "takeshi", "megumi", "sho"])
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)
def test_nonsense_breaks_no_page(
    organisation: dict[str, str], address: Address, login: str
) -> None:
    """Whatever is asked with, and whatever is sent, is answered in words and not by a fault of ours."""
    client, path = _browser(login), address.at(organisation)
    with transaction.atomic():
        for query, method in product(({}, NONSENSE), (client.get, client.post)):
            answer = method(path, query)
            assert answer.status_code < 500, f"{answer.status_code} {method.__name__} {path}"
        transaction.set_rollback(True)
