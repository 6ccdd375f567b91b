"""Plans and goals: next steps, the way, the map; who proposes, who agrees, what is told of progress."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.text import Lang
from tassei.web.account.setup import make_account
from tassei.web.cycle.case import Role
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, create
from tassei.web.models import Account, Event, EventText, Goal, Grant, Person
from tassei.web.plans import planned, views
from tassei.web.records import keep
from web.reading import faults_of, read

pytest.importorskip("ortools")
pytestmark = pytest.mark.usefixtures("database")
NOBODY = Author(None)
FIELD = "itss-v2-2006/it-service-management/operations-management"
Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands in November 2026."""
    monkeypatch.setattr(views, "this_month", lambda: Month.of(2026, 11))


@pytest.fixture
def enter(database: None, lang: Lang) -> Enter:
    """Midori with a record, the superior, a colleague, a manager, an auditor."""
    boss = create(NOBODY, Person(code="boss", name="上司 一郎"))
    midori = create(NOBODY, Person(code="midori", name="港 みどり", superior=boss))
    create(NOBODY, Person(code="other", name="同僚 花"))
    for code, role in (("manager", Role.MANAGER), ("auditor", Role.AUDITOR)):
        create(NOBODY, Grant(person=create(NOBODY, Person(code=code)), role=role.value))
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known(), Month.of(2026, 11))
    keep(NOBODY, midori, record.evidence)

    def come_in(code: str) -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
        found = Account.objects.filter(login=code).first()
        person = Person.objects.get(code=code)
        client.force_login(found or make_account(person, code, "correct horse battery"))
        return client

    return come_in


def test_the_next_steps_stand_first(enter: Enter, lang: Lang, standards: Standards) -> None:
    """The cheapest first; an empty record says how to begin."""
    page = read(enter("midori").get("/plan/"))
    assert faults_of(page, lang, standards) == []
    efforts = [int("".join(filter(str.isdigit, n.text()))) for n in page.tree.css(".cards strong")]
    assert efforts == sorted(efforts)
    assert efforts
    assert {"ja": "日分", "en": "effort"}[lang] in page.one(".lead").text()
    empty = read(enter("other").get("/plan/"))
    assert faults_of(empty, lang, standards) == []
    assert empty.tree.css("main a.button[href='/record/']")


def test_the_way_and_the_map(enter: Enter, lang: Lang, standards: Standards) -> None:
    """A far level goes through those between; the map leads to each."""
    midori = enter("midori")
    way = read(midori.get("/plan/way/", {"to": f"{FIELD}/7"}))
    assert faults_of(way, lang, standards) == []
    assert len(way.tree.css("svg rect")) == len(way.tree.css("ol.cards > li")) >= 2
    met = read(midori.get("/plan/way/", {"to": f"{FIELD}/4"}))
    assert not met.tree.css(".sheet")
    chart = read(midori.get("/plan/map/", {"edition": FIELD.rpartition("/")[0]}))
    assert faults_of(chart, lang, standards) == []
    cells = chart.tree.css("tbody td a")
    assert len(cells) > 10
    assert {c.text(strip=True)[0] for c in cells} & {"✓"}
    address = chart.tree.css("tbody td a")[0].attributes["href"] or ""
    assert midori.get(address).status_code == 200


def _propose(client: Client, **values: str) -> int:
    new = {"do": "new", "field": FIELD, "level": "6", "by": "2027-09", "why": "next year", **values}
    return client.post("/plan/", new).status_code


def _goal(client: Client, goal: Goal, do: str, why: str = "", version: int | None = None) -> int:
    goal.refresh_from_db()
    seen = goal.version if version is None else version
    asked = {"goal": str(goal.pk), "version": str(seen), "do": do, "why": why}
    return client.post("/plan/", asked).status_code


def test_a_goal_is_proposed_returned_agreed_and_followed(
    enter: Enter, lang: Lang, standards: Standards
) -> None:
    """The engineer proposes, the superior returns it with a reason and then agrees; progress is told."""
    midori, boss = enter("midori"), enter("boss")
    assert _propose(midori) == 302
    goal = Goal.objects.get()
    assert _propose(midori) == 422
    waiting = read(boss.get("/plan/"))
    assert "港 みどり" in waiting.said
    assert faults_of(waiting, lang, standards) == []
    assert _goal(boss, goal, "return") == 422
    assert _goal(boss, goal, "return", "too late") == 302
    assert "too late" in read(midori.get("/plan/")).said
    assert _goal(midori, goal, "propose", "better now") == 302
    assert _goal(boss, goal, "agree", version=1) == 409
    assert _goal(boss, goal, "agree") == 302
    goal.refresh_from_db()
    assert (goal.state, goal.agreed_by) == ("agreed", Person.objects.get(code="boss"))
    assert goal.cost
    assert goal.lacks
    page = read(midori.get("/plan/"))
    assert str(goal.cost) in page.said
    assert {"ja": "合意したとき", "en": "when it was agreed"}[lang] in page.said
    assert faults_of(page, lang, standards) == []
    assert _goal(midori, goal, "attain") == 422, "the record does not satisfy it"
    assert _goal(midori, goal, "drop") == 422
    assert _goal(midori, goal, "drop", "another field") == 302
    kinds = Event.objects.filter(table="goal").order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["proposed", "return", "propose", "agree", "drop"]
    assert all(t.about_id == goal.person_id for t in EventText.objects.filter(event__table="goal"))


def test_what_the_record_satisfies_can_be_marked_as_attained(enter: Enter) -> None:
    """And only that."""
    midori, boss = enter("midori"), enter("boss")
    assert _propose(midori, level="5") == 302
    goal = Goal.objects.get()
    assert _goal(boss, goal, "agree") == 302
    assert _goal(boss, goal, "attain") == 422
    assert _goal(midori, goal, "attain") == 302


def test_nobody_agrees_to_the_own_goal_and_nobody_else_reads_it(enter: Enter) -> None:
    """Plans are between two: not even a manager or an auditor reads them."""
    midori = enter("midori")
    _propose(midori)
    goal = Goal.objects.get()
    assert _goal(midori, goal, "agree") == 422
    assert enter("boss").get("/plan/?of=midori").status_code == 200
    assert enter("boss").get("/plan/way/", {"to": f"{FIELD}/6", "of": "midori"}).status_code == 200
    assert enter("boss").post("/plan/?of=midori", {"do": "new"}).status_code == 403
    for code in ("other", "manager", "auditor"):
        client = enter(code)
        assert client.get("/plan/?of=midori").status_code == 403
        assert client.get("/plan/map/?of=midori&edition=x").status_code == 403
        assert _goal(client, goal, "agree") == 403
        assert "港 みどり" not in read(client.get("/plan/")).said


@pytest.mark.parametrize(
    "values",
    [
        {"level": "9"}, {"level": ""}, {"level": "Ⅲ"}, {"field": "x"}, {"by": "2001-01"}, {"by": ""},
        {"by": "9999-01"}, {"to": "x" * 9000}, {"by": "\0"},
    ],
)  # fmt: skip
def test_a_faulty_goal_is_told_and_kept(
    enter: Enter, lang: Lang, standards: Standards, values: dict[str, str]
) -> None:
    """What was typed comes back with what is wrong."""
    client = enter("midori")
    new = {"do": "new", "field": FIELD, "level": "6", "by": "2027-09", "why": "abc", **values}
    response = client.post("/plan/", new)
    assert response.status_code == 422
    page = read(response)
    assert page.one("#why").attributes["value"] == "abc"
    assert faults_of(page, lang, standards) == []
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["?of=x", "?of=%00", "way/", "way/?to=x", "way/?to=%00", f"way/?to={FIELD}/9", "map/", "map/?edition=x"],
)  # fmt: skip
def test_bad_addresses_are_no_fault_of_ours(enter: Enter, address: str) -> None:
    """What names nothing gets the page that says so."""
    assert enter("midori").get(f"/plan/{address}").status_code == 404
    asked = {"goal": "9" * 30, "version": "x", "do": "agree"}
    assert enter("midori").post("/plan/", asked).status_code == 404


def test_visitors_are_asked_to_come_in(client: Client) -> None:
    """Nothing of a plan is shown without an account."""
    for address in ("/plan/", "/plan/way/", "/plan/map/"):
        assert client.get(address).headers["Location"].startswith("/login/")


def test_a_plan_is_made_once_while_nothing_changes(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look at the same record in the same month plans nothing."""
    midori = enter("midori")
    midori.get("/plan/")
    monkeypatch.setattr(planned, "planner_for", None)
    assert midori.get("/plan/").status_code == 200


def test_more_goals_cost_no_more_queries(enter: Enter) -> None:
    """The number of queries does not grow with the number of goals, own or of the team."""
    midori, boss = enter("midori"), enter("boss")
    counts = []
    for levels in (("6",), ("3", "4", "5", "7")):
        for level in levels:
            _propose(midori, level=level)
        for client in (midori, boss):
            client.get("/plan/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/plan/")
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15
