"""Whether the application works: a word for machines, and for administrators what there is to know."""

import shutil
import sqlite3
from pathlib import Path
from typing import ClassVar

from attrs import frozen
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tassei import __version__
from tassei.encoding.compiled import engine_digest
from tassei.text import Lang, Text
from tassei.web import history
from tassei.web.administration.backup_views import data_folder
from tassei.web.backup import last_backup
from tassei.web.models import Account, Assessment, Entry, Event, Person, Unit, Verdict
from tassei.web.permits import Act, Concern, may
from tassei.web.site import lang_of, render
from tassei.web.viewers import viewer_of

LITTLE = 200 * 1024 * 1024
"""With less free space than this the application is not well."""


@frozen
class Fact:
    """One thing to know; `mark` is ✓ or ✗ where it can be well or not."""

    name: str
    value: str
    mark: str = ""


@frozen
class HealthPage:
    template: ClassVar[str] = "web/admin_health.html"
    title: str
    well: bool
    facts: tuple[Fact, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`ok`, or what kind of thing is wrong, in a word; to administrators the whole."""
    problem = _problem()
    if _administers(request):
        shown = HealthPage(
            Text("動作の状態", "Health")[lang_of(request)],
            not problem,
            tuple(_facts(problem, lang_of(request))),
        )
        response = render(request, shown, 503 if problem else 200)
    else:
        response = HttpResponse(
            f"{problem or 'ok'}\n", "text/plain; charset=utf-8", 503 if problem else 200
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem() -> str:
    """What is wrong, in a word that says nothing about what is stored; empty where nothing is."""
    try:
        if pending():
            return "migrations"
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM web_chainhead")
    except DatabaseError:
        return "database"
    return "disk" if 0 <= free_space() < LITTLE else ""


def pending() -> list[str]:
    """Names of the migrations that the database has not been through."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration.name for migration, _ in plan]


def free_space() -> int:
    """Bytes that are free where the data is; -1 where that cannot be said."""
    folder = data_folder()
    return shutil.disk_usage(folder).free if folder else -1


def _administers(request: HttpRequest) -> bool:
    try:
        account = request.user
        return isinstance(account, Account) and may(
            viewer_of(account.person), Act.CHANGE_SETTINGS, Concern()
        )
    except DatabaseError:
        return False


def _facts(problem: str, lang: Lang) -> list[Fact]:
    def say(ja: str, en: str) -> str:
        return Text(ja, en)[lang]

    found = [
        Fact("Tassei", __version__),
        Fact(say("エンジンの要約値", "Digest of the engine"), engine_digest()),
    ]
    if problem == "database":
        return [
            *found,
            Fact(say("データベース", "Database"), say("応答しません", "it does not answer"), "✗"),
        ]
    waiting, folder = pending(), data_folder()
    found += [
        Fact(say("データベース", "Database"), _database(lang), "✓"),
        Fact(
            say("移行", "Migrations"),
            ", ".join(waiting) or say("済み", "all done"),
            "✗" if waiting else "✓",
        ),
    ]
    if folder:
        free, last = free_space(), last_backup(folder)
        size = sum(p.stat().st_size for p in Path(folder).glob("tassei.sqlite3*"))
        found += [
            Fact(say("大きさ", "Size"), _bytes(size)),
            Fact(say("空き容量", "Free space"), _bytes(free), "✓" if free >= LITTLE else "✗"),
            Fact(
                say("最後のバックアップ", "Last backup"),
                timezone.localtime(last).strftime("%Y-%m-%d %H:%M")
                if last
                else say("なし", "none"),
                "✓" if last else "✗",
            ),
        ]
    number, digest = history.head()
    found.append(Fact(say("履歴の末尾", "Head of the history"), f"{number} {digest}"))
    found += [
        Fact(name, f"{model._default_manager.count():,}")
        for name, model in (
            (say("人", "People"), Person),
            (say("組織", "Units"), Unit),
            (say("アカウント", "Accounts"), Account),
            (say("記録の項目", "Entries of records"), Entry),
            (say("審査", "Assessments"), Assessment),
            (say("判定", "Verdicts"), Verdict),
            (say("出来事", "Events"), Event),
        )
    ]
    return found


def _database(lang: Lang) -> str:
    if connection.vendor != "sqlite":
        return "PostgreSQL"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        [mode] = cursor.fetchone()
    journal = Text("ジャーナル", "journal")[lang]
    return f"SQLite {sqlite3.sqlite_version}, {journal} {str(mode).upper()}"


def _bytes(count: int) -> str:
    return f"{count / 1024 / 1024:,.1f} MB"
