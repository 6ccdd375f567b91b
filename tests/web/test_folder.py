"""The data folder, and how its database is opened."""

import stat
from pathlib import Path

import pytest

from tassei.errors import RequestError
from tassei.web.folder import DataFolder, journal_mode, postgresql_settings, sqlite_settings


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """The first start makes the key, later ones read it, and nobody else may."""
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    key = folder.secret()
    assert folder.secret() == key
    assert len(key) > 60
    assert stat.S_IMODE((folder.root / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    """Where a file stands in the way, it is said in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot-write"):
        DataFolder(tmp_path / "file" / "data").prepare()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_the_log_is_written_ahead_only_where_that_is_safe(
    version: tuple[int, int, int], mode: str
) -> None:
    """Versions whose write-ahead log may corrupt do without it."""
    assert journal_mode(version) == mode


def test_sqlite_waits_for_the_lock_and_for_the_disk() -> None:
    """A transaction takes its lock at once, and a commit is on the disk when it is acknowledged."""
    options = sqlite_settings(Path("x.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_is_one_setting() -> None:
    """An address holds everything; what is written with percent signs is read back."""
    found = postgresql_settings("postgresql://me:p%40ss@db.example:5433/skills")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("me", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"]) == ("5433", "skills")
    assert postgresql_settings("postgresql://%2Ftmp%2Frun/skills")["HOST"] == "/tmp/run"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_another_address_is_a_fault(url: str) -> None:
    """What is no address of PostgreSQL is refused before anything starts."""
    with pytest.raises(RequestError, match="malformed-database"):
        postgresql_settings(url)
