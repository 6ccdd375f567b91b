"""Documents that cannot be read, each in its own way, made for the tests."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from attrs import field, frozen

from documents.builder import DEVELOPMENT, as_docx, as_pdf, as_xlsx
from documents.pdf_writer import PdfPage, pdf
from tassei.documents.reading import Limits


@frozen
class Faulty:
    """A file that is refused: its name, what is in it, and the end of the code it is refused with."""

    name: str
    kind: str
    make: Callable[[], bytes]
    limits: Limits = field(factory=Limits)


def archive(parts: dict[str, bytes], *, like: bytes | None = None) -> bytes:
    """An archive of some parts; with `like`, those of another archive with some of them replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        if like:
            with zipfile.ZipFile(io.BytesIO(like)) as source:
                for name in source.namelist():
                    if name not in parts:
                        target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name)


def repeated(data: bytes, name: str, old: bytes, new: bytes, times: int) -> bytes:
    """An Office file in which a place of a part is written very often, which packs to little."""
    return archive({name: part_of(data, name).replace(old, new * times)}, like=data)


def bomb_docx() -> bytes:
    """Some hundred kilobytes that unpack to 150 MB."""
    body = b"<w:p><w:r><w:t>" + b"a" * 2**20 + b"</w:t></w:r></w:p>"
    return repeated(
        as_docx(DEVELOPMENT), "word/document.xml", b"<w:sectPr", body + b"<w:sectPr", 150
    )


def lying_bomb() -> bytes:
    """A part that is larger than the archive says."""
    data = archive({"word/document.xml": b"<a>" + b" " * 50_000_000 + b"</a>"})
    size = struct.pack("<I", 50_000_007)
    assert data.count(size) == 2
    return data.replace(size, struct.pack("<I", 1000))


def crowded_archive() -> bytes:
    return archive({**{f"x/{n}.xml": b"" for n in range(20_001)}, "word/document.xml": b"<a/>"})


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10)
        for n in range(12)
    )
    + b"]><d>&a11;</d>"
)
"""Ten to the twelfth letters in a few hundred."""


def entity_xlsx() -> bytes:
    return archive({"xl/worksheets/sheet1.xml": ENTITIES}, like=as_xlsx(DEVELOPMENT))


def deep_docx() -> bytes:
    deep = b"<w:tbl><w:tr><w:tc>" * 3000
    return repeated(as_docx(DEVELOPMENT), "word/document.xml", b"<w:sectPr", deep + b"<w:sectPr", 1)


def compound(stream: str) -> bytes:
    """The head of a compound file, as Office wrote before 2007 and still does around encryption."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(480)
    )


def scan() -> bytes:
    pages = [PdfPage() for _ in range(3)]
    for page in pages:
        page.picture()
    return pdf(pages)


def many_pages(count: int) -> bytes:
    return pdf([PdfPage() for _ in range(count)])


def claimed_pages() -> bytes:
    """One page, of which the file says that there are a million."""
    return pdf([PdfPage()]).replace(b"/Count 1", b"/Count 999999")


def looping_pages() -> bytes:
    """A tree of pages that contains itself."""
    return pdf([PdfPage()]).replace(b"/Kids[10 0 R]", b"/Kids[2 0 R]")


@cache
def slow_pdf() -> bytes:
    """Pages of very much text, packed to little."""
    page = PdfPage()
    page.text(10, 10, "重い" * 20_000, size=1)
    for _ in range(40):
        page.drawn.append(page.drawn[0])
    return pdf([page] * 50)


def one_slow_page() -> bytes:
    """A page that is read at once, and one that takes many seconds."""
    first, page = PdfPage(), PdfPage()
    first.text(10, 10, "軽い")
    for line in range(150):
        page.text(10, 5 * line, "重い" * 5_000, size=0.05)
    return pdf([first, page])


def heavy_xlsx() -> bytes:
    """One cell of very much text."""
    text = b"<t>" + b"ab " * 35_000_000 + b"</t>"
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>%s</si></sst>'
    )
    return archive({"xl/sharedStrings.xml": strings % text}, like=as_xlsx(DEVELOPMENT))


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def macros(data: bytes, name: str) -> bytes:
    return archive({name: b"\xd0\xcf\x11\xe0"}, like=data)


def encrypted_zip() -> bytes:
    """An archive whose parts have the mark of encryption."""
    data = bytearray(as_docx(DEVELOPMENT))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + at] |= 1
            start += 4
    return bytes(data)


def cut(data: bytes, share: float = 0.6) -> bytes:
    return data[: int(len(data) * share)]


def plain_broken(data: bytes, name: str) -> bytes:
    return archive({name: b"<a><b></a>"}, like=data)


FAULTY = (
    Faulty("empty.pdf", "empty", lambda: b""),
    Faulty("blank.txt", "empty", lambda: b" \r\n\n"),
    Faulty("cover-only.docx", "empty", lambda: plain_document(b"<w:p/>")),
    Faulty("broken.pdf", "broken", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4),
    Faulty("cut-off.docx", "broken", lambda: cut(as_docx(DEVELOPMENT))),
    Faulty("cut-off.xlsx", "broken", lambda: cut(as_xlsx(DEVELOPMENT))),
    Faulty("cut-off.pdf", "broken", lambda: cut(as_pdf(DEVELOPMENT), 0.02)),
    Faulty("looping.pdf", "broken", looping_pages),
    Faulty(
        "broken-xml.docx", "broken", lambda: plain_broken(as_docx(DEVELOPMENT), "word/document.xml")
    ),
    Faulty(
        "broken-xml.xlsx", "broken", lambda: plain_broken(as_xlsx(DEVELOPMENT), "xl/workbook.xml")
    ),
    Faulty("deep.docx", "broken", deep_docx),
    Faulty("lying-bomb.docx", "broken", lying_bomb),
    Faulty("locked.pdf", "encrypted", lambda: as_locked("secret")),
    Faulty("unheard-of-lock.pdf", "encrypted", lambda: pdf([PdfPage()], locked=True)),
    Faulty("locked.docx", "encrypted", lambda: compound("EncryptedPackage")),
    Faulty("locked-parts.docx", "encrypted", encrypted_zip),
    Faulty("old.doc", "in-old-format", lambda: compound("WordDocument")),
    Faulty("old.xls", "in-old-format", lambda: compound("Workbook")),
    Faulty("unknown.txt", "in-unknown-encoding", lambda: b"a\xff\xfe\x81 \xff\xa0\n" * 9),
    Faulty("picture.pdf", "of-another-kind", png),
    Faulty("archive.docx", "of-another-kind", lambda: archive({"a.txt": b"a"})),
    Faulty(
        "slides.docx",
        "of-another-kind",
        lambda: archive({"[Content_Types].xml": b"", "ppt/p.xml": b""}),
    ),
    Faulty("program.txt", "of-another-kind", lambda: b"\x7fELF" + bytes(range(256))),
    Faulty("packed.txt", "of-another-kind", lambda: b"\x1f\x8b\x08" + bytes(range(256))),
    Faulty("data.txt", "of-another-kind", lambda: bytes(range(256)) * 3),
    Faulty("heavy.xlsx", "too-heavy", heavy_xlsx, Limits(memory_mb=192)),
    Faulty("large.txt", "too-large", lambda: b"a\n" * 600_000, Limits(file_mb=1)),
    Faulty("ten-thousand-pages.pdf", "too-long", lambda: many_pages(10_000)),
    Faulty("claimed.pdf", "too-long", claimed_pages),
    Faulty("slow.pdf", "too-slow", slow_pdf, Limits(cpu_seconds=1)),
    Faulty("bomb.docx", "unpacks-too-large", bomb_docx),
    Faulty("crowded.docx", "unpacks-too-large", crowded_archive),
    Faulty("entities.xlsx", "with-entities", entity_xlsx),
    Faulty(
        "macros.docm", "with-macros", lambda: macros(as_docx(DEVELOPMENT), "word/vbaProject.bin")
    ),
    Faulty("macros.xlsm", "with-macros", lambda: macros(as_xlsx(DEVELOPMENT), "xl/vbaProject.bin")),
    Faulty("scan.pdf", "without-text", scan),
)


def as_locked(password: str) -> bytes:
    page = PdfPage()
    page.text(50, 50, "保護された文書")
    return pdf([page], password=password)


def plain_document(body: bytes) -> bytes:
    """A Word file with nothing but a body."""
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return archive(
        {"word/document.xml": b"<w:document %s><w:body>%s</w:body></w:document>" % (space, body)}
    )
