"""An organisation of two floors, with people of every kind who read totals."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from django.test import Client
from django.utils import timezone

from tassei.evidence.months import Month
from tassei.text import Lang
from tassei.web.account.setup import make_account
from tassei.web.cycle.case import Role
from tassei.web.history import Author, create
from tassei.web.insights import desk
from tassei.web.models import Account, Cycle, Grant, Person, Standing, Unit

NOBODY = Author(None)
EDITION = "itss-v2-2006/it-service-management"
OPERATIONS, NETWORK = f"{EDITION}/operations-management", f"{EDITION}/system-management"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands in November 2026."""
    monkeypatch.setattr(desk, "this_month", lambda: Month.of(2026, 11))


@frozen
class House:
    """Two departments, one of two groups; and how to come in as somebody."""

    units: dict[str, Unit]
    people: dict[str, Person]
    enter: Callable[[str], Client]


def stand(
    person: Person, field: str, low: int, high: int, cycle: Cycle | None = None, **more: Any
) -> None:
    """A row as `standings` would write it."""
    Standing.objects.create(
        person=person, cycle=cycle, field=field, low=low, high=high, unit=person.unit,
        as_of="2026-11", at=timezone.now(), evidence_digest="sha256:0", **more,
    )  # fmt: skip


@pytest.fixture
def house(database: None, lang: Lang) -> House:
    """Everybody is counted; who stands where is up to each test."""
    units: dict[str, Unit] = {}
    for code, above in (("DEV", None), ("OPS", None), ("NET", "OPS"), ("DESK", "OPS")):
        units[code] = create(
            NOBODY,
            Unit(
                code=code,
                name_ja=f"部門{code}",
                name_en=f"Unit {code}",
                above=units.get(above or ""),
            ),
        )
    people: dict[str, Person] = {}

    def person(code: str, unit: str | None, superior: str | None = None) -> None:
        people[code] = create(
            NOBODY,
            Person(
                code=code, name=f"見本 {code}", unit=units.get(unit or ""),
                superior=people.get(superior or ""),
            ),
        )  # fmt: skip

    person("boss", None)
    person("lead", "NET")
    person("head", "OPS")
    for unit, count in (("DEV", 9), ("NET", 8), ("DESK", 12)):
        for n in range(count):
            person(f"{unit.lower()}{n}", unit, "lead" if unit == "NET" and n < 3 else None)
    for code, role, where in (
        ("boss", Role.MANAGER, None), ("head", Role.MANAGER, "OPS"),
        ("dev0", Role.AUDITOR, None), ("dev1", Role.ADMINISTRATOR, None),
    ):  # fmt: skip
        create(NOBODY, Grant(person=people[code], role=role.value, unit=units.get(where or "")))
    for one in people.values():
        stand(one, "", 0, 0)

    def enter(code: str) -> Client:
        account = Account.objects.filter(login=code).first()
        from django.conf import settings

        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
        client.force_login(account or make_account(people[code], code, "correct horse battery"))
        return client

    return House(units, people, enter)
