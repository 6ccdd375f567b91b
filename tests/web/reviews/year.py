"""Six people of one organisation, and a year that they go through in the browser."""

import datetime
from typing import Any

from attrs import define, field
from django.conf import settings
from django.test import Client
from django.utils import timezone

from conftest import ROOT
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.text import Lang
from tassei.web.cycle.case import Role
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, create
from tassei.web.models import Account, Assessment, Cycle, Grant, Person, Unit
from tassei.web.records import keep
from web.reading import Read, read

NOBODY = Author(None)
FIELD = "itss-v2-2006/it-service-management/operations-management"
AS_OF = Month.of(2026, 11)


@define
class Office:
    """The organisation, and a browser for each of its people."""

    lang: Lang
    people: dict[str, Person] = field(factory=dict)
    units: dict[str, Unit] = field(factory=dict)
    clients: dict[str, Client] = field(factory=dict)

    def join(
        self, code: str, name: str, unit: str, superior: str = "", *roles: tuple[Role, str]
    ) -> Person:
        """Somebody comes into the organisation, with an account and a browser."""
        person = create(
            NOBODY,
            Person(code=code, name=name, unit=self.units[unit], superior=self.people.get(superior)),
        )
        for role, where in roles:
            create(NOBODY, Grant(person=person, role=role.value, unit=self.units.get(where)))
        self.people[code] = person
        client = self.clients[code] = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.lang
        client.force_login(Account.objects.create(login=code, person=person, password="!"))
        return person

    def get(self, who: str, address: str, status: int = 200, **query: str) -> Read:
        response = self.clients[who].get(address, query)
        assert response.status_code == status, (who, address, response.status_code)
        return read(response)

    def post(self, who: str, address: str, status: int = 302, **answers: Any) -> Read:
        response = self.clients[who].post(address, answers)
        said = read(response)
        assert response.status_code == status, (who, address, response.status_code, said.said[:900])
        return said

    def move(self, who: str, number: int, name: str, status: int = 302, **answers: Any) -> Read:
        """Make a move on the page of the move, as somebody who has opened it."""
        address = f"/reviews/{number}/{name}/"
        version = self.get(who, address).one("main input[name=version]").attributes["value"]
        return self.post(who, address, status, version=version, **answers)


def office(lang: Lang) -> Office:
    """Midori, her superior Cho, three members, a manager of the unit, and an auditor."""
    made = Office(lang)
    top = create(NOBODY, Unit(code="ops", name_ja="運用本部", name_en="Operations"))
    team = create(NOBODY, Unit(code="team", name_ja="運用部", name_en="Team", above=top))
    other = create(NOBODY, Unit(code="sales", name_ja="営業部", name_en="Sales"))
    made.units.update(ops=top, team=team, sales=other)
    made.join("hana", "人事 花子", "ops", "", (Role.MANAGER, "ops"))
    made.join("boss", "上野 治", "ops")
    made.join("cho", "長 正雄", "team", "boss")
    made.join("midori", "港 みどり", "team", "cho")
    for code, name in (
        ("dai", "大場 大輔"),
        ("emi", "江見 恵美"),
        ("fay", "深井 ふみ"),
        ("gen", "源田 元"),
    ):
        made.join(code, name, "ops", "", (Role.MEMBER, ""))
    made.join("sato", "佐藤 実", "sales", "", (Role.MANAGER, "sales"))
    made.join("aki", "監査 亜紀", "ops", "", (Role.AUDITOR, "ops"))
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known(), AS_OF)
    keep(NOBODY, made.people["midori"], record.evidence)
    return made  # fmt: skip


def cycle(office: Office, **values: Any) -> Cycle:
    """An open cycle with all that the form asks for."""
    today = timezone.localdate()
    given = {
        "name_ja": "秋の棚卸し", "name_en": "Autumn", "opens": today, "closes": today,
        "as_of": "2026-11", "quorum": 2, "fields": [FIELD], "unit": office.units["ops"],
        "due_self": today - datetime.timedelta(days=1), "opened_at": timezone.now(),
    }  # fmt: skip
    return create(NOBODY, Cycle(**given | values))


def assessment(office: Office, row: Cycle, who: str = "midori", level: int = 5) -> Assessment:
    person = office.people[who]
    return create(
        NOBODY,
        Assessment(
            cycle=row, person=person, field=FIELD, level=level, superior=person.superior,
            since=timezone.now(),
        ),
        "added",
    )  # fmt: skip
