"""A small organisation, and people of it who have come in."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tassei.text import Lang
from tassei.web.account.setup import make_account
from tassei.web.cycle.case import Role
from tassei.web.history import Author, create
from tassei.web.models import Account, Grant, Person, Unit

WORD = "correct horse battery"
ComeIn = Callable[[str], Client]


@pytest.fixture
def organisation(database: None) -> dict[str, Person]:
    """Operations with two sections; an administrator, a manager of operations, an auditor, two engineers."""
    ops = create(Author(None), Unit(code="OPS", name_ja="運用部", name_en="Operations"))
    one = create(
        Author(None), Unit(code="OPS-1", name_ja="運用一課", name_en="Operations 1", above=ops)
    )
    sales = create(Author(None), Unit(code="SAL", name_ja="営業部", name_en="Sales"))
    people = {}
    for code, name, unit in (
        ("A1", "管理 太郎", None), ("M1", "組織 花子", ops), ("U1", "監査 次郎", None),
        ("E1", "港 みどり", one), ("S1", "店 三郎", sales),
    ):  # fmt: skip
        people[code] = create(Author(None), Person(code=code, name=name, unit=unit))
    for code, role, unit in (
        ("A1", Role.ADMINISTRATOR, None), ("M1", Role.MANAGER, ops), ("U1", Role.AUDITOR, None),
    ):  # fmt: skip
        create(Author(None), Grant(person=people[code], role=role.value, unit=unit))
    return people


@pytest.fixture
def come_in(organisation: dict[str, Person], lang: Lang) -> ComeIn:
    """A browser in which somebody has come in."""

    def client(code: str) -> Client:
        person = organisation[code]
        account = Account.objects.filter(person=person).first()
        made = Client()
        made.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
        # hashing is slow on purpose, and is not what is tested here
        made.force_login(account or make_account(person, code, WORD))
        return made

    return client
