"""Standings follow records: of one person at once, of everybody once a month and for a round."""

import datetime
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from conftest import ROOT
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.web import standings
from tassei.web.explorer.shelf import judge_for, known
from tassei.web.history import Author, change, create
from tassei.web.models import Cycle, Person, Standing, Unit
from tassei.web.records import keep
from tassei.web.standings import oldest, refresh_all, renew_beside, renew_when_due

pytestmark = pytest.mark.usefixtures("database")
NOBODY = Author(None)
NOVEMBER = Month.of(2026, 11)


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands in November 2026."""
    monkeypatch.setattr(standings, "this_month", lambda: NOVEMBER)


def _people() -> list[Person]:
    unit = create(NOBODY, Unit(code="U", name_ja="部", name_en="Unit"))
    people = []
    for file in sorted((ROOT / "examples").glob("*.yaml"))[:8]:
        for record in read_evidence(file, known(), NOVEMBER):
            evidence = record.evidence
            person = create(NOBODY, Person(code=evidence.person.id, name="x", unit=unit))
            keep(NOBODY, person, evidence)
            people.append(person)
    return people


def test_standings_are_those_of_the_interpreter() -> None:
    """For each field: the highest level met, the highest possible, as judging has them."""
    for person in _people():
        rows = {s.field: s for s in Standing.objects.filter(person=person)}
        assert rows[""].unit is not None
        [record] = [
            r.evidence
            for f in (ROOT / "examples").glob("*.yaml")
            for r in read_evidence(f, known(), NOVEMBER)
            if r.evidence.person.id == person.code
        ]
        for found in judge_for(record.written_for or None).standings(record, NOVEMBER):
            row = rows.get(found.edition.qualified(found.field_id))
            reached = found.level or 0
            highest = max([reached, *found.open_above])
            assert (row.low, row.high) == (reached, highest) if row else highest == 0


def test_a_change_of_a_record_is_followed() -> None:
    """What was removed from a record counts no more."""
    [record] = list(read_evidence(ROOT / "examples" / "midori.yaml", known(), NOVEMBER))
    person = create(NOBODY, Person(code="E1024", name="x"))
    keep(NOBODY, person, record.evidence)
    rows = Standing.objects.filter(person=person)
    assert max(rows.values_list("low", flat=True)) == 5
    keep(NOBODY, person, evolve(record.evidence, engagements=()))
    assert max(rows.values_list("low", flat=True)) < 5


def test_everybody_is_renewed_once_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a new month once; who has left is counted no more, and a round keeps its own rows."""
    people = _people()
    day = datetime.date(2026, 11, 1)
    cycle = create(
        NOBODY, Cycle(name_ja="秋", name_en="Autumn", opens=day, closes=day, as_of="2026-11")
    )
    refresh_all(NOVEMBER, cycle)
    assert not renew_when_due()
    monkeypatch.setattr(standings, "this_month", lambda: Month.of(2026, 12))
    gone = people[0]
    change(NOBODY, gone, Person.objects.get(pk=gone.pk).version, active=False)
    assert renew_when_due()
    assert oldest() == Month.of(2026, 12)
    assert not renew_when_due()
    assert not Standing.objects.filter(person=gone, cycle=None).exists()
    assert Standing.objects.filter(person=gone, cycle=cycle).exists()


def test_a_record_that_cannot_be_read_is_told() -> None:
    """Work that begins after the month is no fault of the renewal; the person is counted all the same."""
    people = _people()
    found = refresh_all(Month.of(1990, 1))
    assert found.people == len(people)
    assert found.unread
    assert Standing.objects.filter(field="", as_of="1990-01").count() == len(people)


class _AtOnce:
    """A thread that does its work where it is started: what a test has written, another could not see."""

    def __init__(self, target: Callable[..., None], args: tuple[object, ...], name: str) -> None:
        self.start = lambda: target(*args)


@pytest.mark.parametrize("of_cycle", [True, False])
def test_standings_are_renewed_once_what_asks_for_it_is_written(
    of_cycle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the request, for the present as of this month or for a round as of its own."""
    _people()
    day = datetime.date(2026, 3, 1)
    cycle = create(NOBODY, Cycle(name_ja="回", name_en="C", opens=day, closes=day, as_of="2026-03"))
    mine = cycle if of_cycle else None
    Standing.objects.all().delete()
    monkeypatch.setattr(standings, "Thread", _AtOnce)
    monkeypatch.setattr(connection, "close", lambda: None)
    with TestCase.captureOnCommitCallbacks() as asked:
        renew_beside(mine)
    assert not Standing.objects.exists()
    for renew in asked:
        renew()
    months = set(Standing.objects.values_list("cycle_id", "as_of"))
    assert months == {(cycle.pk, "2026-03") if of_cycle else (None, "2026-11")}


def test_there_is_a_pause_between_the_parts_of_a_renewal(monkeypatch: pytest.MonkeyPatch) -> None:
    """None before the first and none after the last, and each part is written by then."""
    people = _people()
    paused: list[int] = []
    monkeypatch.setattr(standings, "_AT_ONCE", 1)
    monkeypatch.setattr(standings, "sleep", lambda _: paused.append(Standing.objects.count()))
    Standing.objects.all().delete()
    refresh_all(NOVEMBER)
    assert len(paused) == len(people) - 1 > 1
    assert paused == sorted(set(paused))


_MEANWHILE = """
import sys, threading
from pathlib import Path
from tassei.web.folder import DataFolder
import os
folder = DataFolder(Path(sys.argv[1]))
folder.prepare()
os.environ["TASSEI_WEB_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "tassei.web.settings"
os.environ.pop("TASSEI_WEB_DATABASE", None)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from tassei.web import standings
from tassei.web.demo.fill import fill
from tassei.web.history import Author, change
from tassei.web.models import Person
fill()
standings._AT_ONCE = 3
renewal = threading.Thread(target=standings._renew, args=(None,))
renewal.start()
person, written = Person.objects.first(), 0
while renewal.is_alive():
    change(Author(None), person, person.version, email=f"a{written}@example.jp")
    written += 1
print(written)
"""


@pytest.mark.slow
def test_others_write_while_everybody_is_renewed(tmp_path: Path) -> None:
    """With a database in a file, as it is served: nobody waits until the renewal is through."""
    run = subprocess.run(
        [sys.executable, "-c", _MEANWHILE, str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.stderr == ""
    assert int(run.stdout) > 5


def test_the_present_is_not_renewed_twice_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses the button again while it is being done does not slow it down."""
    begun, go_on = [], threading.Event()

    def slow(cycle: Cycle | None) -> None:
        begun.append(cycle)
        assert go_on.wait(60)

    monkeypatch.setattr(standings, "_renew", slow)
    assert not standings.renewing()
    for _ in range(2):
        with TestCase.captureOnCommitCallbacks(execute=True):
            renew_beside()
        assert standings.renewing()
    go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("standings"):
            thread.join(60)
    assert begun == [None]
    assert not standings.renewing()


def test_many_people_are_renewed_in_few_queries() -> None:
    """The number of queries does not grow with the number of people of one part."""
    people = _people()
    with CaptureQueriesContext(connection) as one:
        refresh_all(NOVEMBER, people=people[:1])
    few = len(one)
    with CaptureQueriesContext(connection) as all_:
        refresh_all(NOVEMBER, people=people)
    assert len(all_) == few
