"""The queue, the load, and what waits for somebody."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import Author, create
from tassei.web.models import Assessment, Person, Seat
from tassei.web.reviews.waiting import waiting_for
from web.reading import faults_of
from web.reviews.year import FIELD, NOBODY, Office, cycle, office

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def here(database: None, lang: Lang) -> Office:
    return office(lang)


def _cases(here: Office, count: int, state: str, days: int = 0) -> list[Assessment]:
    """Cases of people of the team, in the hands of Cho or of a committee with Dai and Emi."""
    row = cycle(here, due_superior=timezone.localdate() - datetime.timedelta(days=1))
    made: list[Assessment] = []
    for _ in range(count):
        code = f"p{Person.objects.count()}"
        person = create(NOBODY, Person(code=code, name=code, unit=here.units["team"]))
        one = create(
            NOBODY,
            Assessment(
                cycle=row, person=person, field=FIELD, level=5, superior=here.people["cho"],
                state=state, since=timezone.now() - datetime.timedelta(days=days + len(made)),
            ),
        )  # fmt: skip
        for member in ("dai", "emi"):
            create(NOBODY, Seat(assessment=one, person=here.people[member], seated=True))
        made.append(one)
    return made


@pytest.mark.parametrize("address", ["/reviews/", "/reviews/load/", "/assessments/"])
def test_an_empty_page_says_what_will_be_there(
    here: Office, lang: Lang, standards: Standards, address: str
) -> None:
    """Nobody meets an empty page without a word."""
    page = here.get("hana", address)
    assert len(page.one("main").text()) > 60
    assert faults_of(page, lang, standards) == []


def test_the_oldest_case_stands_first(here: Office, lang: Lang, standards: Standards) -> None:
    """With what is asked, since when, and that its day has passed."""
    _cases(here, 3, "superior", days=4)
    page = here.get("cho", "/reviews/")
    since = [r.css("td")[1].text() for r in page.tree.css("tbody tr")]
    days = {"ja": "{}日前", "en": "{} days ago"}[lang]
    assert since == [days.format(n) for n in (6, 5, 4)]
    assert {"ja": "期限超過", "en": "overdue"}[lang] in page.said
    assert page.one(".top .count").text().endswith("3")
    assert faults_of(page, lang, standards) == []


@pytest.mark.parametrize(
    ("who", "state"), [("cho", "superior"), ("dai", "committee"), ("hana", "superior")]
)
def test_a_long_queue_costs_no_more_queries(here: Office, who: str, state: str) -> None:
    """Three rows or thirty: the same number of queries."""
    _cases(here, 3, state)
    address = "/reviews/load/?reviewer=cho" if who == "hana" else "/reviews/"
    with CaptureQueriesContext(connection) as few:
        here.get(who, address)
    count = len(few)
    _cases(here, 30, state)
    with CaptureQueriesContext(connection) as many:
        here.get(who, address)
    assert len(many) == count <= 14  # fmt: skip


def test_who_has_given_a_view_is_asked_again_only_to_decide(here: Office) -> None:
    """A member waits for others until there are enough views for a decision."""
    [one] = _cases(here, 1, "committee")
    dai, emi = here.people["dai"], here.people["emi"]
    assert waiting_for(dai.pk).reviews == 1
    here.move("dai", one.pk, "view", attained="yes", reason="x")
    assert (waiting_for(dai.pk).reviews, waiting_for(emi.pk).reviews) == (0, 1)
    here.move("emi", one.pk, "view", attained="yes", reason="x")
    assert (waiting_for(dai.pk).reviews, waiting_for(emi.pk).reviews) == (1, 1)
    here.move("emi", one.pk, "decide", reason="x")
    assert waiting_for(dai.pk).all == 0


def test_the_load_reaches_as_far_as_the_unit(here: Office, lang: Lang) -> None:
    """The manager of another unit sees nothing of it, and somebody without the role no page."""
    _cases(here, 2, "superior")
    assert "長 正雄" in here.get("hana", "/reviews/load/").said
    assert "長 正雄" not in here.get("sato", "/reviews/load/").said
    here.get("cho", "/reviews/load/", 403)
    page = here.get("hana", "/reviews/load/", reviewer="cho")
    assert [h for h in page.links() if h.endswith("/assign/")]


def test_what_waits_is_told_on_the_first_page(here: Office, lang: Lang) -> None:
    """Who comes in sees what is due, and what is past its day."""
    row = cycle(here)
    create(
        Author(None),
        Assessment(cycle=row, person=here.people["midori"], field=FIELD, level=5, since=timezone.now()),
    )  # fmt: skip
    said = here.get("midori", "/record/").one(".note.late").text()
    assert {"ja": "あなたの評価が1件待っています", "en": "One assessment of yours is waiting"}[
        lang
    ] in said
    assert {"ja": "期限を過ぎています", "en": "past the day"}[lang] in said
    assert not here.get("boss", "/record/").tree.css(".note.late")
