"""What a file is, by its content: a name says what somebody thought it was."""

import re
import zipfile
from io import BytesIO

from tassei.documents.pieces import Format
from tassei.documents.reading.refusals import Refused

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PROGRAMS = (b"MZ", b"\x7fELF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def format_of_bytes(data: bytes) -> Format | None:
    """Tell PDF, DOCX and XLSX from their content; None where it may be text.

    Raises:
        Refused: it is empty, encrypted, with macros, in an old format, or no document at all.
    """
    if not data.strip():
        raise Refused("empty")
    # readers of PDF allow a few bytes in front of the mark, and some mail programs put them there
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_OLE):
        raise _ole(data)
    if data.startswith(_ARCHIVES):
        raise Refused("of-another-kind", looks="archive")
    if data.startswith(_PROGRAMS) and b"\0" in data[:4096]:
        raise Refused("of-another-kind", looks="program")
    if data.startswith(_IMAGES) and not _all_text(data[:64]):
        raise Refused("of-another-kind", looks="image")
    return None


def _all_text(data: bytes) -> bool:
    return all(b >= 32 or b in b"\t\r\n\f\x1b" for b in data)


def _office(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("broken", format="Word / Excel") from error
    lower = {n.lower() for n in names}
    word, excel = "word/document.xml" in lower, "xl/workbook.xml" in lower
    if any(n.endswith("vbaproject.bin") or "/macrosheets/" in n for n in lower):
        raise Refused("with-macros", newer="xlsx" if excel else "docx")
    if word or excel:
        return "docx" if word else "xlsx"
    raise Refused(
        "of-another-kind", looks="office" if "[content_types].xml" in lower else "archive"
    )


def _ole(data: bytes) -> Refused:
    """An Office file that is encrypted, or older than 2007; its directory names its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused("encrypted")
    if "WordDocument".encode("utf-16-le") in data:
        return Refused("in-old-format", format="Word 97-2003", newer="docx")
    if any(n.encode("utf-16-le") in data for n in ("Workbook", "Book")):
        return Refused("in-old-format", format="Excel 97-2003", newer="xlsx")
    return Refused("of-another-kind", looks="office")


_PAGE = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--|<!doctype\s{1,9}html|<html)", re.I
)
_MARKDOWN = re.compile(
    r"(?m)^#{1,6} \S|</?(?:table|td|tr|p|b|ul|li|input)\b|\*\*\S|^\|.+\|[ \t]{0,9}$|^\S[^\n\t]*\t"
)
"""Marks of Markdown, and the tabs by which published texts part the cells of a table."""


def format_of_text(name: str, text: str) -> Format:
    """Tell HTML, Markdown and plain text apart; where the content leaves it open, by the name."""
    suffix = name.lower().rpartition(".")[2]
    if _PAGE.match(text):
        return "html"
    if suffix in ("html", "htm", "xhtml"):
        return "html"
    if suffix in ("md", "markdown") or _MARKDOWN.search(text):
        return "markdown"
    return "text"
