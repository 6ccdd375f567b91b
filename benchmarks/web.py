"""How long pages of the web application take in an organisation of ten thousand people.

The people are those of `tassei population generate`, the database is SQLite in a temporary folder, and
each page is asked for in this process (Django's client) and through the server that `tassei serve`
starts. Every page is warmed up once, as a server that runs is.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks.measuring import machine, said
from tassei.encoding.compiled import standards
from tassei.evidence.model import Evidence

EDITION = "itss-v2-2006/it-service-management"
FIELD = f"{EDITION}/operations-management"
_SEED = 20261121
_AT_ONCE = 500
_TEAM = 8
"""People of each superior."""


@frozen
class Plan:
    """How much is measured.

    Args:
        rounds: how often each page of totals is asked for.
        records: of how many people the records are read.
    """

    people: int = 10_000
    rounds: int = 20
    records: int = 300


QUICK = Plan(500, 5, 40)


@frozen
class Asked:
    """A page with the addresses by which it is asked for, and the account that asks.

    Args:
        within: the most milliseconds that are asked for; 0 where nothing is.
        at: of which that is the limit.
    """

    name: str
    addresses: tuple[str, ...]
    login: str
    within: int = 0
    at: str = "p99"


def main(plan: Plan) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="tassei-web-") as folder:
        _settings(Path(folder))
        codes = _filled(plan)
        _table(plan, codes, Path(folder))


def _settings(folder: Path) -> None:
    from tassei.web.folder import DataFolder

    DataFolder(folder).prepare()
    os.environ["TASSEI_WEB_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tassei.web.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", interactive=False, verbosity=0)


# --- an organisation


def load(rows: Sequence[Any]) -> None:
    """Write many rows at once, without a history: for measurements alone.

    The application refuses this: its rows change one by one, through `history`. An organisation of
    ten thousand people would take an hour to enter in that way.
    """
    from django.db.models import QuerySet

    if rows:
        QuerySet(model=type(rows[0])).bulk_create(rows, batch_size=1000)


def _people(count: int) -> Iterator[Evidence]:
    from tassei.population.generate import generate
    from tassei.population.pack import unpack
    from tassei.population.store import Writer

    everything = standards()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "population"
        with Writer(path, everything.vocabulary) as writer:
            for some, works in generate(count, _SEED, everything):
                writer.write(some, works)
        yield from unpack(path, everything.vocabulary)


def _filled(plan: Plan) -> list[str]:
    """Fill the database; returns the codes of the people."""
    from django.db import transaction

    from tassei.web.models import Entry, Person

    started = time.perf_counter()
    made = list(_people(plan.people))
    engagements = sum(len(p.engagements or ()) for p in made)
    units = _units(p.person.unit for p in made)
    with transaction.atomic():
        load(
            [
                Person(code=p.person.id, name=p.person.name, unit_id=units.get(p.person.unit or ""))
                for p in made
            ]
        )
        ids = dict(Person.objects.values_list("code", "pk"))
        codes = [p.person.id for p in made]
        # the first of each few people of the list leads the others
        for n in range(0, len(codes), _TEAM):
            team = [ids[c] for c in codes[n + 1 : n + _TEAM]]
            _set_superior(team, ids[codes[n]])
        entries: list[Entry] = []
        for one in made:
            entries += _entries(ids[one.person.id], one)
            if len(entries) > 20_000:
                load(entries)
                entries = []
        load(entries)
    said(
        f"seeded {len(made):,} people with {engagements:,} engagements in {time.perf_counter() - started:.0f} s"
    )
    _accounts(codes)
    return codes  # fmt: skip


def _set_superior(team: list[int], lead: int) -> None:
    from django.db.models import QuerySet

    from tassei.web.models import Person

    QuerySet(model=Person).filter(pk__in=team).update(superior_id=lead)


def _units(paths: Iterator[str | None]) -> dict[str, int]:
    """Units of every path, and of the parts above it."""
    from tassei.web.models import Unit

    wanted = sorted(
        {"/".join(p.split("/")[:n]) for p in paths if p for n in range(1, p.count("/") + 2)}
    )
    found: dict[str, int] = {}
    for number, path in enumerate(wanted):
        name = path.rpartition("/")[2]
        load(
            [
                Unit(
                    code=f"U{number:04}",
                    name_ja=name,
                    name_en=f"Unit {number}",
                    above_id=found.get(path.rpartition("/")[0]),
                )
            ]
        )
        found[path] = Unit.objects.get(code=f"U{number:04}").pk
    return found  # fmt: skip


def _entries(person: int, evidence: Evidence) -> list[Any]:
    from tassei.evidence.write import plain_evidence
    from tassei.web.models import Entry
    from tassei.web.records import entries_of

    parts = entries_of(plain_evidence(evidence))
    return [Entry(person_id=person, kind=k, key=key, body=body) for (k, key), body in parts]


def _accounts(codes: Sequence[str]) -> None:
    """A manager of everything, a superior, and an engineer."""
    from tassei.web.account.setup import make_account
    from tassei.web.cycle.case import Role
    from tassei.web.models import Grant, Person

    boss = Person(code="boss", name="Boss")
    load([boss])
    boss = Person.objects.get(code="boss")
    load([Grant(person=boss, role=Role.MANAGER.value)])
    for login, code in (("boss", "boss"), ("lead", codes[0]), ("engineer", codes[1])):
        make_account(Person.objects.get(code=code), login, "correct horse battery")


def _cycle() -> int:
    """A round with the standings of the present, half of them a level lower where there is one."""
    import datetime

    from tassei.web.models import Cycle, Standing

    day = datetime.date(2026, 4, 1)
    load([Cycle(name_ja="春", name_en="Spring", opens=day, closes=day, as_of="2026-04")])
    cycle = Cycle.objects.get()
    rows = []
    for row in Standing.objects.filter(cycle=None).iterator(5000):
        row.pk, row.cycle = None, cycle
        row.low = row.low - (row.low > 0 and row.person_id % 2)
        rows.append(row)
    load(rows)
    return cycle.pk


# --- measuring


def _pages(plan: Plan, codes: Sequence[str], cycle: int) -> Iterator[Asked]:
    from django.urls import NoReverseMatch, reverse

    def totals(name: str, address: str, login: str = "boss") -> Asked:
        return Asked(name, (address,) * plan.rounds, login, 2000, "median")

    yield totals("dashboard: heatmap of everybody", f"/insights/?edition={EDITION}")
    yield totals("the same, masked to be passed on", f"/insights/?edition={EDITION}&masked=1")
    yield totals("the same as a workbook", f"/insights/?edition={EDITION}&as=xlsx")
    yield totals("one field by unit", f"/insights/units/?edition={EDITION}&field={FIELD}")
    yield totals(
        "one cell: who, what is missing, trend",
        f"/insights/level/?edition={EDITION}&field={FIELD}&level=4",
    )
    yield totals(
        "movement since a round",
        f"/insights/movement/?edition={EDITION}&field={FIELD}&from={cycle}",
    )
    yield totals("near misses", f"/insights/near/?edition={EDITION}")
    yield totals("single-person risks", f"/insights/risks/?edition={EDITION}")
    yield totals("a superior's unit, masked", f"/insights/?edition={EDITION}", "lead")
    some = codes[:: max(len(codes) // plan.records, 1)][: plan.records]
    try:
        people = tuple(reverse("record-of", args=[c]) for c in some)
    except NoReverseMatch:
        people = ()
    if people:
        yield Asked("person page, of everybody in turn", people, "boss", 500)
    yield Asked("my record", ("/record/",) * plan.rounds, "engineer", 500)
    yield Asked("my plan, once it is made", ("/plan/",) * plan.rounds, "engineer", 500)  # fmt: skip


def _table(plan: Plan, codes: Sequence[str], folder: Path) -> None:
    from tassei.web.models import Standing

    renewal, meanwhile = _renewed()
    rows = Standing.objects.count()
    pages = list(_pages(plan, codes, _cycle()))
    print(machine("django", "waitress"))
    print(
        f"{len(codes):,} people, SQLite; standings of everybody renewed in {renewal:.0f} s ({rows:,} rows)"
    )
    print(
        f"meanwhile {len(meanwhile)} changes by somebody else: median "
        f"{statistics.median(meanwhile) * 1e3:.0f}, p99 {_p99(meanwhile) * 1e3:.0f} milliseconds"
    )
    print()
    print(f"{'milliseconds':42}{'in this process':>22}{'through waitress':>22}   queries")
    print(f"{'':42}{'median':>11}{'p99':>11}{'median':>11}{'p99':>11}")
    cookies = {a.login: _come_in(a.login) for a in pages}
    with _Served(folder) as served:
        for page in pages:
            here, queries = _in_process(page)
            there = [served.get(address, cookies[page.login]) for address in page.addresses]
            print(f"{page.name:42}{_two(here)}{_two(there)}{queries:10}", flush=True)
            _told(page, here, there)
    print()  # fmt: skip


def _renewed() -> tuple[float, list[float]]:
    """How long everybody's renewal takes, and each change that somebody else makes meanwhile."""
    from tassei.web.clock import this_month
    from tassei.web.history import Author, change
    from tassei.web.models import Person
    from tassei.web.standings import refresh_all

    def tell(count: int) -> None:
        if count % 2000 == 0:
            said(f"standings of {count:,} people")

    started = time.perf_counter()
    with ThreadPoolExecutor(1) as threads:
        renewal = threads.submit(refresh_all, this_month(), told=tell)
        person, times = Person.objects.get(code="boss"), list[float]()
        while not renewal.done():
            begun = time.perf_counter()
            change(Author(None), person, person.version, email=f"boss{len(times)}@example.jp")
            times.append(time.perf_counter() - begun)
            time.sleep(0.1)
        renewal.result()
    return time.perf_counter() - started, times


def _two(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1e3:11.0f}{_p99(times) * 1e3:11.0f}"


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def _told(page: Asked, *measured: Sequence[float]) -> None:
    """Say where a page takes longer than is asked."""
    for times in measured:
        found = (_p99(times) if page.at == "p99" else statistics.median(times)) * 1e3
        if page.within and found > page.within:
            print(f"    more than {page.within} ms ({page.at})")


def _come_in(login: str) -> str:
    """The cookie of a session."""
    from django.conf import settings
    from django.test import Client

    from tassei.web.models import Account

    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _in_process(page: Asked) -> tuple[list[float], int]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = _come_in(page.login)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ja"

    def get(address: str) -> None:
        found = client.get(address)
        assert found.status_code == 200, f"{address}: {found.status_code}"

    get(page.addresses[0])
    with CaptureQueriesContext(connection) as queries:
        get(page.addresses[0])
    count = len(queries)  # counted now: what was captured is forgotten with the next request
    return [_seconds(lambda a=a: get(a)) for a in page.addresses], count  # type: ignore[misc]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class _Served:
    """`tassei serve` in a process of its own, over the same folder."""

    def __init__(self, folder: Path) -> None:
        self._argv = [sys.executable, "-m", "tassei", "serve", "--port", "0", "--lang", "en"]
        self._argv += ["--data", str(folder)]
        self._warm: set[str] = set()

    def __enter__(self) -> "_Served":
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._run = subprocess.Popen(
            self._argv,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self._run.stdout is not None
        lines = "".join(islice(self._run.stdout, 2))
        found = re.search(r"http://([\d.]+):(\d+)/", lines)
        assert found, lines
        self._connection = http.client.HTTPConnection(found[1], int(found[2]), timeout=120)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._run.terminate()
        self._run.wait()

    def get(self, address: str, session: str) -> float:
        """The seconds from asking to the last byte."""
        path = address.partition("?")[0]
        if path not in self._warm:
            self._warm.add(path)
            self._fetch(address, session)
        return _seconds(lambda: self._fetch(address, session))

    def _fetch(self, address: str, session: str) -> None:
        self._connection.request(
            "GET", address, headers={"Cookie": f"sessionid={session}; django_language=ja"}
        )
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{address}: {answer.status}"  # fmt: skip
