"""Fills an empty application with the example organisation."""

import secrets
from collections.abc import Iterator

from attrs import frozen
from django.db import transaction

from tassei.encoding.compiled import shipped
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.text import Text
from tassei.web.account.setup import make_account
from tassei.web.clock import this_month
from tassei.web.cycle.case import Role
from tassei.web.demo.organisation import Organisation, organisation
from tassei.web.demo.story import tell
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, change, create
from tassei.web.models import Cycle, Grant, Person, Unit
from tassei.web.records import keep
from tassei.web.standings import refresh_all

_SUFFIXES = (".yaml", ".jsonl")
# without letters that are taken for others
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_AUTHOR = Author(None, "example")


@frozen
class Way:
    """A way in, as the terminal tells of it."""

    login: str
    password: str
    job: Text


def fill() -> tuple[Way, ...]:
    """Write units, people, roles, records, accounts and reviews; all of it or nothing.

    Returns:
        The accounts, with the password that all of them have until the application ends.
    """
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))
    example = organisation()
    with transaction.atomic():
        people = _people(example, _units(example))
        for player in example.players:
            make_account(people[player.code], player.login, password)
        tell(example, people)
        # here and now, so that the first page that is opened has its totals
        refresh_all(this_month())
        for cycle in Cycle.objects.all():
            refresh_all(Month.parse(cycle.as_of), cycle)
    return tuple(Way(p.login, password, p.job) for p in example.players)


def _units(example: Organisation) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for part in example.units:
        unit = Unit(
            code=part.code,
            name_ja=part.name.ja,
            name_en=part.name.en,
            above=made.get(part.above),
        )
        made[part.code] = create(_AUTHOR, unit)
    return made


def _people(example: Organisation, units: dict[str, Unit]) -> dict[str, Person]:
    made: dict[str, Person] = {}
    by_path = {example.path(part): units[part.code] for part in example.units}
    for one in example.staff:
        person = create(_AUTHOR, Person(code=one.code, name=one.name, unit=units[one.unit]))
        made[one.code] = person
        for role in one.roles:
            create(_AUTHOR, Grant(person=person, role=role.value))
    for evidence in _records():
        who = evidence.person
        person = create(_AUTHOR, Person(code=who.id, name=who.name, unit=by_path[who.unit or ""]))
        made[who.id] = person
        keep(_AUTHOR, person, evidence)
    for code in example.members:
        create(_AUTHOR, Grant(person=made[code], role=Role.MEMBER.value))
    for person in made.values():
        assert person.unit is not None, "everybody here is in a unit"
        superior = made.get(example.superior(person.code, person.unit.code))
        change(_AUTHOR, person, person.version, superior=superior)
    return made


def _records() -> Iterator[Evidence]:
    files = sorted(p for p in shipped("examples").iterdir() if p.suffix in _SUFFIXES)
    for file in files:
        for record in read_evidence(file, known(), this_month()):
            yield record.evidence
