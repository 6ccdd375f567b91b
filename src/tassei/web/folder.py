"""The folder that holds everything the application keeps, and how its database is opened.

Whoever backs up this folder has backed up all. What is secret in it may be read by its owner alone.
"""

import os
import secrets
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from attrs import frozen

from tassei.errors import Fault, RequestError
from tassei.text import Text

_REPAIRED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first versions of SQLite, each of its own line, whose write-ahead log does not corrupt."""


@frozen
class DataFolder:
    """The folder named by `--data`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "tassei.sqlite3"

    def prepare(self) -> None:
        """Make the folder where it is missing, for its owner alone.

        Raises:
            RequestError: it cannot be made or written.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.secret()
        except OSError as error:
            raise RequestError(
                [
                    Fault(
                        "cannot-write",
                        Text(
                            f"書き込めません（{error.strerror}）",
                            f"it cannot be written ({error.strerror})",
                        ),
                        Text(
                            "フォルダと権限を確かめてください",
                            "check the folder and its permissions",
                        ),
                        file=str(self.root),
                    )
                ]
            ) from None

    def secret(self) -> str:
        """The key that signs cookies and forms; made at the first start."""
        path = self.root / "secret.key"
        try:
            # O_EXCL: of two servers that start at once, one makes the key and both read it
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            key = secrets.token_urlsafe(64)
            stream.write(key + "\n")
        return key


def journal_mode(version: tuple[int, int, int]) -> str:
    """How SQLite may keep its journal: write-ahead only where that is known not to corrupt."""
    repaired = version >= max(_REPAIRED) or any(
        version[:2] == first[:2] and version >= first for first in _REPAIRED
    )
    return "WAL" if repaired else "TRUNCATE"


def sqlite_settings(path: Path | str) -> dict[str, Any]:
    """Django's settings of a SQLite database.

    A transaction takes the write lock when it begins: one that takes it later fails under load
    instead of waiting. Every commit is on the disk before it is acknowledged.
    """
    mode = journal_mode(sqlite3.sqlite_version_info[:3])
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode={mode};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON",
        },
    }


def postgresql_settings(url: str) -> dict[str, Any]:
    """Django's settings of `postgresql://USER:PASSWORD@HOST:PORT/NAME`; a host may be a folder of sockets.

    Raises:
        RequestError: it is no address of that form.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise RequestError(
            [
                Fault(
                    "malformed-database",
                    Text(
                        "データベースのアドレスを読むことができません",
                        "the address of the database cannot be read",
                    ),
                    Text(
                        "postgresql://利用者:パスワード@ホスト:5432/名前 の形で書いてください",
                        "write it like postgresql://user:password@host:5432/name",
                    ),
                )
            ]
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
