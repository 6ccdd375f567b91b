"""Reminders go out on their days, to those whose turn it is, and none twice."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from tassei.errors import RequestError
from tassei.text import Lang
from tassei.web.cycles import reminders
from tassei.web.cycles.reminders import remind
from tassei.web.history import change
from tassei.web.mail import mail_settings
from tassei.web.models import Account, Person, Reminder
from web.reviews.year import NOBODY, Office, assessment, cycle, office

pytestmark = pytest.mark.usefixtures("database")
DUE = datetime.date(2026, 11, 20)


@pytest.fixture
def here(database: None, lang: Lang) -> Iterator[Office]:
    """Everybody has an address; mail goes into a list."""
    made = office(lang)
    for code, person in made.people.items():
        change(NOBODY, person, 1, email=f"{code}@example.jp")
        Account.objects.filter(person=person).update(lang=lang)
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST_SET=True, DEFAULT_FROM_EMAIL="a@b.jp"):
        mail.outbox = []
        yield made


def _day(before: int) -> datetime.date:
    return DUE - datetime.timedelta(days=before)


def test_each_reminder_goes_out_once(here: Office, lang: Lang) -> None:
    """On its day, or on the next on which anything runs; not after the due day."""
    row = cycle(here, due_self=DUE, reminder_days=[7, 1])
    for level in (4, 5):
        assessment(here, row, level=level)
    sent = [remind(_day(n)) for n in (9, 8, 7, 7, 6, 3, 1, 0, -1)]
    assert sent == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert [m.to for m in mail.outbox] == [["midori@example.jp"]] * 2
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert {"ja": "2026年11月20日", "en": "20 Nov 2026"}[lang] in said
    assert {"ja": "2件", "en": "2 assessments"}[lang] in said
    assert "港" not in said


def test_a_day_on_which_nothing_ran_is_made_up_for(here: Office) -> None:
    """A server that was off on the day reminds when it is on again."""
    assessment(here, cycle(here, due_self=DUE, reminder_days=[7, 1]))
    assert [remind(_day(n)) for n in (5, 4, 0)] == [1, 0, 1]


def test_it_goes_to_those_whose_turn_it_is(here: Office) -> None:
    """The superior once it is submitted, members who have not given a view once it is with them."""
    row = cycle(here, due_self=DUE, due_superior=DUE, due_committee=DUE, reminder_days=[1])
    one = assessment(here, row)
    for member in ("dai", "emi"):
        here.move("hana", one.pk, "seat", target=member)
    here.move("midori", one.pk, "begin")
    here.move("midori", one.pk, "submit")
    assert remind(_day(1)) == 1
    here.move("cho", one.pk, "forward")
    here.move("dai", one.pk, "view", attained="yes", reason="r")
    assert remind(_day(1)) == 1
    assert [m.to[0] for m in mail.outbox] == ["cho@example.jp", "emi@example.jp"]


def test_nothing_is_sent_of_a_cycle_that_is_not_open(here: Office) -> None:
    """Nor where no mail server was named, nor to who has no address or has left."""
    assessment(here, cycle(here, due_self=DUE, reminder_days=[1], opened_at=None))
    assert remind(_day(1)) == 0
    assessment(here, cycle(here, due_self=DUE, reminder_days=[1]))
    with override_settings(EMAIL_HOST_SET=False):
        assert remind(_day(1)) == 0
    midori = here.people["midori"]
    change(NOBODY, midori, midori.version, email="")
    assert remind(_day(1)) == 0
    assert not Reminder.objects.exists()


def test_what_could_not_be_sent_is_tried_again(
    here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server is away nothing counts as sent, and nothing breaks."""
    assessment(here, cycle(here, due_self=DUE, reminder_days=[1]))

    def away(*args: object, **values: object) -> None:
        raise ConnectionRefusedError("away")

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", away)
        assert remind(_day(1)) == 0
    assert not Reminder.objects.exists()
    assert remind(_day(1)) == 1


def test_nothing_is_locked_while_a_mail_goes_out(
    here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server may take its time, and others go on writing."""
    assessment(here, cycle(here, due_self=DUE, reminder_days=[1]))
    inside: list[int] = []

    def slow(*said: object) -> None:
        inside.append(len(connection.savepoint_ids))

    monkeypatch.setattr(reminders, "send_mail", slow)
    outside = len(connection.savepoint_ids)
    assert remind(_day(1)) == len(inside) > 0
    assert set(inside) == {outside}


def test_an_address_of_a_mail_server_is_read() -> None:
    """Encrypted from the start, or once somebody signs in; a sender is needed."""
    found = mail_settings("smtp://me:p%40ss@mail.example.jp?from=skills@example.jp")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.jp", 587)
    assert (found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_TLS"]) == ("p@ss", True)
    assert mail_settings("smtps://mail.example.jp?from=a@b.jp")["EMAIL_USE_SSL"]
    assert mail_settings("") == {}
    with override_settings(**found):
        backend: Any = get_connection("django.core.mail.backends.smtp.EmailBackend")
        assert (backend.host, backend.use_tls) == ("mail.example.jp", True)
    assert settings.EMAIL_HOST != "mail.example.jp"


@pytest.mark.parametrize(
    "url",
    ["mail.example.jp", "smtp://mail.example.jp", "http://h?from=a@b.jp", "smtp://?from=a@b.jp", "smtp://h:x?from=a@b.jp"],
)  # fmt: skip
def test_what_is_no_address_is_told(url: str) -> None:
    """With how to write one."""
    with pytest.raises(RequestError) as error:
        mail_settings(url)
    assert [f.code for f in error.value.faults] == ["malformed-mail"]


def test_many_people_cost_no_more_queries(here: Office) -> None:
    """To find out that nothing is left to send takes the same few queries for three and for thirty."""
    row = cycle(here, due_self=DUE, reminder_days=[1])
    counts = []
    for many in (3, 30):
        for _ in range(many):
            code = f"p{Person.objects.count()}"
            here.join(code, code, "team", "cho")
            change(NOBODY, here.people[code], 1, email=f"{code}@example.jp")
            assessment(here, row, who=code)
        assert remind(_day(1)) == many
        with CaptureQueriesContext(connection) as queries:
            assert remind(_day(1)) == 0
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_it_is_done_once_an_hour(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the application looks."""
    calls = []
    monkeypatch.setattr(reminders, "remind", lambda: calls.append(1))
    monkeypatch.setattr(reminders, "_done", [])
    for _ in range(3):
        reminders.remind_hourly()
    assert len(calls) == 1
