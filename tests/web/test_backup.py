"""A backup is whole, also while the application writes; what is restored is what was saved, or nothing."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tassei.errors import RequestError
from tassei.web.backup import backup, last_backup, restore

WORD = "correct horse battery"


def _made(folder: Path) -> Path:
    """A data folder with a small database of the right form."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "tassei.sqlite3")) as database:
        database.executescript(
            "CREATE TABLE web_chainhead(id, number, digest);"
            "INSERT INTO web_chainhead VALUES(1, 7, 'abc');"
            "CREATE TABLE django_migrations(app, name);"
            "INSERT INTO django_migrations VALUES('web', '0001_first');"
            "CREATE TABLE words(word);"
            "INSERT INTO words VALUES('見本');"
        )
    return folder


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    """The same database, for its owner alone; the key stays out of the archive."""
    data = _made(tmp_path / "data")
    (data / "secret.key").write_text("secret")
    made = backup(data, tmp_path / "b.zip")
    assert made.head == (7, "abc")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["manifest.json", "tassei.sqlite3"]
    assert last_backup(data) is not None
    assert restore(tmp_path / "b.zip", tmp_path / "new") == made
    with closing(sqlite3.connect(tmp_path / "new" / "tassei.sqlite3")) as database:
        assert database.execute("SELECT word FROM words").fetchall() == [("見本",)]
    assert {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "new").iterdir()} == {0o600}
    assert (tmp_path / "new" / "secret.key").read_text() != "secret"


def _refused(code: str, archive: Path, data: Path) -> None:
    with pytest.raises(RequestError, match=code):
        restore(archive, data)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither a file by a backup nor a database by what is restored."""
    data = _made(tmp_path / "data")
    backup(data, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(RequestError, match="file-exists"):
        backup(data, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == before
    _refused("folder-in-use", tmp_path / "b.zip", data)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.zip", "data"]


def test_a_damaged_archive_restores_nothing(tmp_path: Path) -> None:
    """One changed byte, a part of a file, another file, another digest: each is told."""
    data = _made(tmp_path / "data")
    good = tmp_path / "b.zip"
    backup(data, good)
    with zipfile.ZipFile(good) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}

    def written(name: str, **changed: bytes) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, changed.get(part.split(".")[0], content))
        return path

    (tmp_path / "half.zip").write_bytes(good.read_bytes()[:-200])
    (tmp_path / "text.zip").write_text("no archive")
    spoiled = parts["tassei.sqlite3"].replace("見本".encode(), "見木".encode())
    bad = [
        tmp_path / "half.zip",
        tmp_path / "text.zip",
        written("changed.zip", tassei=spoiled),
        written("longer.zip", tassei=parts["tassei.sqlite3"] + b"x"),
        written("manifest.zip", manifest=b"{}"),
        written("list.zip", manifest=b"[]"),
    ]
    for path in bad:
        _refused("damaged-backup", path, tmp_path / "new")
        assert not (tmp_path / "new" / "tassei.sqlite3").exists()
    _refused("no-such-file", tmp_path / "none.zip", tmp_path / "new")


def test_a_backup_of_a_later_version_is_told(tmp_path: Path) -> None:
    """A form that this version does not know is not opened by it."""
    data = _made(tmp_path / "data")
    with closing(sqlite3.connect(data / "tassei.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations VALUES('web', '9999_later')")
    backup(data, tmp_path / "b.zip")
    _refused("backup-of-later-version", tmp_path / "b.zip", tmp_path / "new")


def test_a_folder_without_a_database_is_told(tmp_path: Path) -> None:
    """And where a PostgreSQL is, its own tools are named."""
    with pytest.raises(RequestError, match="no-database") as told:
        backup(tmp_path, tmp_path / "b.zip")
    assert "pg_dump" in told.value.faults[0].repair.en


@contextmanager
def _served(data: Path) -> Iterator[tuple[str, str]]:
    """The application in a process of its own: its address, and the link for the first account."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tassei", "serve", "--data", str(data), "--port", "0", "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert run.stdout is not None
    try:
        run.stdout.readline()
        address = run.stdout.readline().strip()
        setup = ""
        if not (data / "made").exists():
            run.stdout.readline()
            setup = run.stdout.readline().strip()
        yield address, setup
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(timeout=20)
        run.stdout.close()


class _Browser:
    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> str:
        with self.opener.open(address, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, address: str, **given: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(address))
        assert token is not None
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **given}).encode()
        with self.opener.open(address, form, timeout=30) as answer:
            return str(answer.read().decode())


def _tassei(*argv: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tassei", *argv, "--lang", "en"], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_a_backup_under_writes_is_whole(tmp_path: Path) -> None:
    """While people are added a backup is taken; restored, the chain holds and one comes in as before."""
    data, new = tmp_path / "data", tmp_path / "new"
    with _served(data) as (address, setup):
        browser = _Browser()
        browser.post(setup, login="admin", name="A", password=WORD)
        (data / "made").touch()
        stop, added = threading.Event(), list[str]()

        def write() -> None:
            while not stop.is_set():
                code = f"P{len(added)}"
                browser.post(f"{address}admin/people/new/", code=code, active="yes", version="0")
                added.append(code)

        writer = threading.Thread(target=write)
        writer.start()
        while len(added) < 5:
            time.sleep(0.05)
        for number in range(3):
            _tassei("backup", "--data", str(data), str(tmp_path / f"{number}.zip"))
        stop.set()
        writer.join()
        before = len(added)
    assert before > 5
    _tassei("restore", "--data", str(new), str(tmp_path / "2.zip"))
    (new / "made").touch()
    with _served(new) as (address, _):
        again = _Browser()
        assert 'name="password"' not in again.post(f"{address}login/", login="admin", password=WORD)
        history = again.get(f"{address}admin/history/?check=yes")
        assert 'role="status"' in history
        assert 'role="alert"' not in history
        people = again.get(f"{address}admin/people/?find=P")
        assert ">P0<" in people
        with urllib.request.urlopen(f"{address}health/") as answer:
            assert answer.read() == b"ok\n"
