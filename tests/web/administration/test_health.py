"""Machines get a word; administrators get what there is to know; a backup is taken by who may."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tassei.evidence.months import Month
from tassei.text import Lang
from tassei.web import chores
from tassei.web.administration import backup_views, health, layers
from tassei.web.clock import now, this_month
from tassei.web.models import Person, Run, Standing
from web.administration.conftest import WORD, ComeIn
from web.reading import read


def test_machines_get_a_word(client: Client, come_in: ComeIn) -> None:
    """Whoever asks learns that it works, and nothing else; nor does an engineer."""
    for asking in (client, come_in("E1")):
        answer = asking.get("/health/")
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("part", "value", "word"),
    [("pending", lambda: ["0009_x"], b"migrations"), ("free_space", lambda: 5, b"disk")],
)
def test_what_is_not_well_is_a_word_too(
    part: str,
    value: Any,
    word: bytes,
    client: Client,
    come_in: ComeIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """503 with a word; an administrator sees the mark beside what it is."""
    admin = come_in("A1")
    monkeypatch.setattr(health, part, value)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content.strip()) == (503, word)
    page = admin.get("/health/")
    assert page.status_code == 503
    assert read(page).tree.css("main .not_met")


def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a database there is still an answer."""

    def away() -> list[str]:
        raise OperationalError

    monkeypatch.setattr(health, "pending", away)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"database\n")


@pytest.fixture
def on_disk(tmp_path: Path, organisation: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder as if the database were a file in it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has tools of its own")
    with sqlite3.connect(tmp_path / "tassei.sqlite3") as copy:
        connection.ensure_connection()
        copy.executescript(
            "CREATE TABLE web_chainhead(id, number, digest); CREATE TABLE django_migrations(app, name);"
        )
    copy.close()
    for module in (backup_views, health):
        monkeypatch.setattr(module, "data_folder", lambda: tmp_path)
    return tmp_path


def test_a_backup_is_taken_with_reason_and_password(
    on_disk: Path, come_in: ComeIn, lang: Lang
) -> None:
    """It is recorded, leaves no file behind, and the page says when it was."""
    admin = come_in("A1")
    for wrong in ({"why": "", "password": WORD}, {"why": "x", "password": "guess"}):
        assert admin.post("/admin/backup/", wrong).status_code == 422
    assert not Run.objects.exists()
    answer = admin.post("/admin/backup/", {"why": "monthly", "password": WORD})
    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # a file is streamed
    answer.close()
    assert Run.objects.get().kind == "backup"
    assert {p.name for p in on_disk.iterdir()} == {"tassei.sqlite3", "last-backup.json"}
    told = {"ja": "最後のバックアップは", "en": "The last backup was made"}[lang]
    assert told in read(admin.get("/admin/backup/")).said
    assert read(admin.get("/health/")).tree.css("main .met")


def test_nobody_else_takes_a_backup(on_disk: Path, come_in: ComeIn) -> None:
    """Everything is in it: a manager, an auditor and an engineer are refused."""
    for code in ("M1", "U1", "E1"):
        given = {"why": "x", "password": WORD}
        assert come_in(code).post("/admin/backup/", given).status_code == 403


def test_a_chore_that_fails_does_not_end_the_others(
    organisation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may be away for a while; what is due is done all the same."""

    def away() -> bool:
        raise OperationalError

    # the one connection of the tests stays open
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)
    monkeypatch.setattr(layers, "renew", away)
    chores.do()
    assert Run.objects.get().kind == "retention"


def test_a_new_month_renews_where_people_stand(
    organisation: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Totals are as of the present month without anybody asking."""
    month = this_month()
    person = organisation["E1"]
    Standing.objects.create(
        person=person,
        field="x",
        low=0,
        high=0,
        by_examination=False,
        as_of=str(Month(month.number - 1)),
        evidence_digest="x",
        at=now(),
    )
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)
    chores.do()
    assert set(Standing.objects.values_list("as_of", flat=True)) == {str(month)}
