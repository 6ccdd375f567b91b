"""The page of the backup: when the last one was made, and one to take away."""

import tempfile
from pathlib import Path
from typing import ClassVar

from attrs import frozen
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tassei.text import Lang, Text
from tassei.web.administration.controls import NO_REASON, Control, given, reason
from tassei.web.backup import backup, last_backup
from tassei.web.clock import now, today
from tassei.web.history import Author, create
from tassei.web.models import Account, Person, Run
from tassei.web.permits import Act, Concern, may
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in, viewer_of


@frozen
class BackupPage:
    """Taking everything away in one file.

    Args:
        possible: the database is a file of ours; a PostgreSQL has tools of its own.
        last: when the last backup was made; empty where none was.
    """

    template: ClassVar[str] = "web/admin_backup.html"
    title: str
    possible: bool
    last: str
    controls: tuple[Control, ...]


def data_folder() -> Path | None:
    """The folder of the database where it is a file; None where it is elsewhere, or in memory."""
    name = str(settings.DATABASES["default"]["NAME"])
    return Path(name).parent if connection.vendor == "sqlite" and Path(name).is_absolute() else None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a backup and take it away."""
    if not may(viewer_of(person), Act.BACK_UP, Concern()):
        raise PermissionDenied
    lang, folder = lang_of(request), data_folder()
    said = given(request, "why", "password")
    account = Account.objects.get(person=person)
    sent = request.method == "POST" and folder is not None
    sure = sent and account.check_password(request.POST.get("password", ""))
    if not sent or not sure or not said["why"] or folder is None:
        status = 422 if sent else 200
        return render(request, _page(folder, said["why"], sent, bool(sure), lang), status)
    # recorded first, so that the backup itself says that it was taken
    create(Author(person.pk, said["why"]), Run(kind="backup", at=now(), figures={}))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as place:
        path = Path(place) / "backup.zip"
        backup(folder, path)
        stream = path.open("rb")
    # the file is gone by its name, and stays until it has been read
    name = f"tassei-{today().isoformat()}.zip"
    return _streamed(FileResponse(stream, as_attachment=True, filename=name))


def _streamed(response: HttpResponseBase) -> HttpResponse:
    # for Django a streamed answer is one of its own kind; who answers need not know
    return response  # type: ignore[return-value]


def _page(folder: Path | None, why: str, sent: bool, sure: bool, lang: Lang) -> BackupPage:
    last = last_backup(folder) if folder else None
    wrong = Text("パスワードが違います", "the password is not right")
    return BackupPage(
        Text("バックアップ", "Backup")[lang],
        folder is not None,
        timezone.localtime(last).strftime("%Y-%m-%d %H:%M") if last else "",
        (
            reason(lang, why, NO_REASON[lang] if sent and not why else ""),
            Control("password", Text("あなたのパスワード", "Your password")[lang], "", "password", wrong=wrong[lang] if sent and not sure else "", needed=True, complete="current-password"),
        ),
    )  # fmt: skip
