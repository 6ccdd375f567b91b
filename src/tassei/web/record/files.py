"""Documents attached to an engagement: kept as they were sent, given back as files, never read."""

import hashlib
from io import BytesIO
from typing import Any, Literal
from urllib.parse import quote

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tassei.text import Text
from tassei.web import clock
from tassei.web.history import Author, create
from tassei.web.models import Attachment, Entry, Person

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 20
"""Of one person."""

Kind = Literal["pdf", "png", "jpeg", "xlsx", "docx", "text"]
TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text": "text/plain; charset=utf-8",
}
LABELS: dict[str, Text] = {
    "pdf": Text("PDF", "PDF"),
    "png": Text("PNG画像", "PNG picture"),
    "jpeg": Text("JPEG画像", "JPEG picture"),
    "xlsx": Text("Excel", "Excel"),
    "docx": Text("Word", "Word"),
    "text": Text("テキスト", "text"),
}


class Upload(FileUploadHandler):
    """Takes one document into memory; of one that is too large as much as shows that it is."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._data = BytesIO()
        self._taken = False

    def new_file(self, *args: Any, **values: Any) -> None:
        super().new_file(*args, **values)
        if self._taken:
            raise SkipFile
        self._taken = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._data.tell() <= MOST_BYTES:
            self._data.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self._data.tell()
        self._data.seek(0)
        return InMemoryUploadedFile(
            self._data, self.field_name, self.file_name or "", self.content_type, size, None
        )


class Refused(Exception):
    """A document that is not taken, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def kind_of(data: bytes) -> Kind | None:
    """What a document is by its content; its name says nothing. None for what is not taken."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"PK\x03\x04"):
        # the names of the parts stand readable in the archive, which is not opened
        excel, word = b"xl/workbook.xml" in data, b"word/document.xml" in data
        return "xlsx" if excel and not word else "docx" if word and not excel else None
    return "text" if _is_text(data) else None


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and all(c.isprintable() or c in "\r\n\t\f\u3000" for c in text)


def attach(person: Person, entry: Entry, name: str, data: bytes) -> Attachment:
    """Attach a document to an engagement.

    Raises:
        Refused: it is too large, of no kind that is taken, or one too many.
    """
    if len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    kind = kind_of(data)
    if kind is None:
        raise Refused(
            Text(
                "PDF、PNG、JPEG、Excel（xlsx）、Word（docx）、UTF-8のテキストのいずれでもありません",
                "it is none of PDF, PNG, JPEG, Excel (xlsx), Word (docx) and UTF-8 text",
            )
        )
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Attachment.objects.filter(entry__person=person).count() >= MOST_FILES:
            raise Refused(
                Text(
                    f"添付できる文書は1人{MOST_FILES}件までです。要らないものを外してください",
                    f"a person can attach {MOST_FILES} documents; take away one that is not needed",
                )
            )
        row = Attachment(
            entry=entry,
            name=_safe(name),
            kind=kind,
            size=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            content=data,
            at=clock.now(),
        )
        return create(Author(person.pk), row)


def sent(row: Attachment) -> HttpResponse:
    """A document as a file; a browser neither shows nor runs it."""
    return HttpResponse(
        bytes(row.content),
        content_type=TYPES[row.kind],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


TOO_LARGE = Text(
    f"{MOST_BYTES // 1024 // 1024}MBを超えています",
    f"it is larger than {MOST_BYTES // 1024 // 1024} MB",
)


def _safe(name: str) -> str:
    """A name without folders and without characters that are not seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[:200] or "document"


def size_said(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"
