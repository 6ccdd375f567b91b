"""Everything in one file, and back again; knows files and SQLite, and nothing of Django.

An archive holds the database and what it should be. The key of the folder stays out: nothing in the
database needs it, and who has it can forge sessions.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from attrs import frozen

from tassei import __version__
from tassei.errors import Fault, RequestError
from tassei.text import Text
from tassei.web.folder import DataFolder

FORM = "tassei/backup/1"
_DATABASE = "tassei.sqlite3"
_MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


@frozen
class Manifest:
    """What an archive says about itself.

    Args:
        head: number and digest of the last event in it.
        migrations: names of those that its database has been through.
    """

    at: str
    version: str
    digest: str
    size: int
    head: tuple[int, str]
    migrations: tuple[str, ...]


def backup(data: Path, target: Path) -> Manifest:
    """Write an archive of a data folder, while it is served or not; readable by its owner alone.

    Raises:
        RequestError: there is no database in the folder, or the file exists or cannot be written.
    """
    source = DataFolder(data).database
    if not source.is_file():
        _refuse(
            "no-database",
            Text("データベースがありません", "there is no database in it"),
            Text(
                "`tassei serve` の --data と同じフォルダを指定してください。PostgreSQLのデータは pg_dump で保存します",
                "name the folder that `tassei serve` has as --data; what is in PostgreSQL is saved by pg_dump",
            ),
            data,
        )
    with _written(target) as beside:
        copy = beside.with_suffix(".copy")
        try:
            with (
                closing(
                    sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
                ) as live,
                closing(sqlite3.connect(copy)) as saved,
            ):
                # in one step, so that it is as of one moment; who writes waits as long as it takes
                live.backup(saved)
                manifest = _manifest(saved, copy)
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                archive.write(copy, _DATABASE)
                archive.writestr(_MANIFEST, json.dumps(_plain(manifest), indent=1) + "\n")
        finally:
            copy.unlink(missing_ok=True)
    keep_mark(data, manifest)
    return manifest


def restore(archive: Path, data: Path) -> Manifest:
    """Make a data folder of an archive; what it holds is held against its digest first.

    Raises:
        RequestError: it is no archive or a damaged one, was made by a later version, or the folder
            has a database already.
    """
    folder = DataFolder(data)
    if folder.database.exists():
        _in_use(data)
    manifest = _read_manifest(archive)
    # looked at beside the folder, so that an archive that is refused leaves no trace in it
    with tempfile.TemporaryDirectory(dir=_nearest(data), prefix=".tassei-restore-") as place:
        beside = Path(place) / _DATABASE
        _extract(archive, beside, manifest)
        _check_database(archive, beside, manifest)
        folder.prepare()
        try:
            # of two that restore at once, the second finds the name taken
            os.link(beside, folder.database)
        except FileExistsError:
            _in_use(data)
    return manifest


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    path = folder.absolute()
    while not path.is_dir():
        path = path.parent
    return path


def _in_use(data: Path) -> NoReturn:
    _refuse(
        "folder-in-use",
        Text("すでにデータベースがあります", "there is a database in it already"),
        Text("空のフォルダを指定してください", "name an empty folder"),
        data,
    )


def keep_mark(data: Path, manifest: Manifest) -> None:
    """Note in the folder when it was last backed up."""
    path = data / "last-backup.json"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump({"at": manifest.at, "head": list(manifest.head)}, stream)


def last_backup(data: Path) -> datetime | None:
    """When a folder was last backed up."""
    try:
        return datetime.fromisoformat(
            json.loads((data / "last-backup.json").read_text("utf-8"))["at"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _written:
    """A file that is there whole or not at all, and that replaces no other."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Path:
        try:
            handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=".tassei-backup-")
        except OSError as error:
            self._cannot(error)
        os.close(handle)  # mkstemp makes it for its owner alone
        self.beside = Path(name)
        return self.beside

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        try:
            if kind is None:
                with self.beside.open("rb") as stream:
                    os.fsync(stream.fileno())
                os.link(self.beside, self.target)
        except FileExistsError:
            _refuse(
                "file-exists",
                Text("同じ名前のファイルがあります", "there is a file of that name"),
                Text("別の名前にしてください", "choose another name"),
                self.target,
            )
        except OSError as problem:
            self._cannot(problem)
        finally:
            self.beside.unlink(missing_ok=True)

    def _cannot(self, error: OSError) -> NoReturn:
        _refuse(
            "cannot-write",
            Text(f"書き込めません（{error.strerror}）", f"it cannot be written ({error.strerror})"),
            Text("フォルダと権限を確かめてください", "check the folder and its permissions"),
            self.target,
        )


def _manifest(saved: sqlite3.Connection, copy: Path) -> Manifest:
    return Manifest(
        datetime.now(UTC).isoformat(timespec="seconds"),
        __version__,
        _digest(copy),
        copy.stat().st_size,
        _head(saved),
        _migrations(saved),
    )


def _head(database: sqlite3.Connection) -> tuple[int, str]:
    found = database.execute("SELECT number, digest FROM web_chainhead WHERE id = 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "0" * 64)


def _migrations(database: sqlite3.Connection) -> tuple[str, ...]:
    rows = database.execute("SELECT name FROM django_migrations WHERE app = 'web' ORDER BY name")
    return tuple(str(name) for (name,) in rows)


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        "schema": FORM,
        "at": manifest.at,
        "version": manifest.version,
        "digest": manifest.digest,
        "size": manifest.size,
        "head": list(manifest.head),
        "migrations": list(manifest.migrations),
    }


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return f"sha256:{digest.hexdigest()}"


def _read_manifest(path: Path) -> Manifest:
    try:
        with zipfile.ZipFile(path) as archive:
            plain = json.loads(archive.read(_MANIFEST))
        if plain["schema"] != FORM:
            raise ValueError
        number, digest = plain["head"]
        return Manifest(
            str(plain["at"]),
            str(plain["version"]),
            str(plain["digest"]),
            int(plain["size"]),
            (int(number), str(digest)),
            tuple(map(str, plain["migrations"])),
        )
    except FileNotFoundError:
        _refuse(
            "no-such-file",
            Text("ファイルがありません", "there is no such file"),
            Text("パスを確かめてください", "check the path"),
            path,
        )
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
        _damaged(path)


def _extract(path: Path, target: Path, manifest: Manifest) -> None:
    """Take the database out, as much of it as the archive says there is."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    left = manifest.size
    try:
        with (
            os.fdopen(handle, "wb") as out,
            zipfile.ZipFile(path) as archive,
            archive.open(_DATABASE) as stored,
        ):
            while chunk := stored.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except (zipfile.BadZipFile, KeyError, EOFError, OSError):
        _damaged(path)
    if left or _digest(target) != manifest.digest:
        _damaged(path)


def _check_database(path: Path, database: Path, manifest: Manifest) -> None:
    try:
        with closing(
            sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            same = _head(opened) == manifest.head and _migrations(opened) == manifest.migrations
    except sqlite3.Error:
        sound = same = False
    if not sound or not same:
        _damaged(path)
    if unknown := sorted(set(manifest.migrations) - _known_migrations()):
        _refuse(
            "backup-of-later-version",
            Text(
                f"Tassei {manifest.version} で作られ、この版が知らない形式です（{unknown[0]}）",
                f"it was made by Tassei {manifest.version}, in a form that this version does not know ({unknown[0]})",
            ),
            Text(
                "その版かそれより新しい版で復元してください",
                "restore it with that version, or a later one",
            ),
            path,
        )


def _known_migrations() -> frozenset[str]:
    folder = Path(__file__).resolve().parent / "migrations"
    return frozenset(p.stem for p in folder.glob("[0-9]*.py"))


def _damaged(path: Path) -> NoReturn:
    _refuse(
        "damaged-backup",
        Text("バックアップのファイルではないか、壊れています", "it is no backup, or a damaged one"),
        Text("別のバックアップを使ってください", "use another backup"),
        path,
    )


def _refuse(code: str, what: Text, repair: Text, file: Path) -> NoReturn:
    raise RequestError([Fault(code, what, repair, file=str(file))])
