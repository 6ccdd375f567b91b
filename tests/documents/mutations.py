"""Damaged documents without end: small valid files of every format, changed at random.

Each is told by a number alone, so that what one run finds another can make again.
"""

import io
import random
import struct
import zipfile
from functools import cache

from attrs import frozen

from documents.builder import (
    DEVELOPMENT,
    TRAINING,
    Look,
    as_docx,
    as_html,
    as_markdown,
    as_text,
    as_xlsx,
    pages_of,
)
from documents.pdf_writer import pdf

_WORDS = {
    "pdf": (
        b"/Kids", b"/Count", b"/Parent 2 0 R", b"/Rotate 90", b"/W[0 65535 0]", b"/DW -1000", b"BT", b"ET",
        b" Tj", b" Td", b" cm", b" re S", b" l S", b"Do", b"q", b"Q", b"9999999999", b"-1", b"0 0 0 0 0 0 cm",
        b"1e38 1e38 l S", b"endobj", b"stream", b"obj", b"xref", b"<</Type/Page/Parent 2 0 R>>", b"[[[[", b"nan",
        b"0 Tz", b"90 Tz", b"/F2 1e9 Tf", b"/F3 0.0001 Tf", b"3 Tr",
    ),
    "xml": (
        b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:p>", b"</w:p>", b"<w:r><w:br/></w:r>", b'w:val="-1"',
        b'w:val="99999999999999999999"', b'w:val=""', b"<w:del>", b"<w:txbxContent>", b"<w:sym w:char='zz'/>",
        b"<w:numPr><w:numId w:val='1'/></w:numPr>", b'r="A99999999"', b'r="ZZZ1"', b't="s"', b't="e"', b"<v>1e999</v>",
        b"<v>-1</v>", b"<v>nan</v>", b"<is><t>", b"&#0;", b"&amp;", b"&a;", b"<!DOCTYPE a>", b"]]>", b"<![CDATA[",
        b'hidden="1"', b'formatCode="0.0000000000000000000000000000"', b'formatCode="[[[[\\"\\"\\\\"', b'Target="../../x"',
    ),
    "text": (
        b"<table>", b"</table>", b"<td", b"</td>", b"<tr>", b"<p>", b"<b>", b"<ul><li>", b"<!--", b"-->", b"<script>",
        b"&nbsp;", b"&#xffffffff;", b"#" * 40, b"|" * 60, b"\t" * 40, b"**", b"\r", b"\x0c", b"\xe3\x80\x80" * 30,
        b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b$B", b"\x85", b"\xe2\x80\xa8",
    ),
}  # fmt: skip
_ODD = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


@frozen
class Seed:
    """A small valid file."""

    name: str
    words: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    pages = [
        pages_of(c, look)[:3]
        for c in (DEVELOPMENT, TRAINING)
        for look in (Look(), Look(rotated=True))
    ]
    found = [
        Seed(f"{n}-{packed}.pdf", "pdf", pdf(p, packed=packed))
        for n, p in enumerate(pages)
        for packed in (False, False, True)
    ]
    found.append(Seed("open.pdf", "pdf", pdf(pages[0], password="")))
    for content in (DEVELOPMENT, TRAINING):
        found += [
            Seed("a.docx", "xml", as_docx(content)),
            Seed("a.xlsx", "xml", as_xlsx(content)),
        ] * 3
        found.append(Seed("a.html", "text", as_html(content).encode()))
        found.append(Seed("a.md", "text", as_markdown(content).encode()))
        for encoding in ("utf-8", "utf-16", "cp932", "euc-jp"):
            found.append(Seed("a.txt", "text", as_text(content).encode(encoding, "replace")))
    return tuple(found)


def mutant(number: int) -> tuple[str, bytes]:
    """The name and the bytes of a damaged document."""
    chance = random.Random(number)
    seed = chance.choice(seeds())
    if seed.words == "xml" and chance.random() < 0.8:
        return seed.name, _repacked(seed.data, chance)
    return seed.name, _changed(seed.data, chance, _WORDS[seed.words])


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """An archive with one or two parts changed, lost or doubled."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    likely = [
        n
        for n, (name, _) in enumerate(parts)
        if "document" in name or "sheet" in name or "trings" in name
    ]
    for _ in range(chance.randint(1, 2)):
        at = chance.choice(likely) if chance.random() < 0.7 else chance.randrange(len(parts))
        name, content = parts[at]
        what = chance.random()
        if what < 0.85:
            parts[at] = name, _changed(content, chance, _WORDS["xml"])
        elif what < 0.95:
            parts[at] = name, chance.choice(parts)[1]
        else:
            parts[at] = f"lost/{name}", content
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in parts:
            target.writestr(name, content)
    return stream.getvalue()


def _changed(data: bytes, chance: random.Random, words: tuple[bytes, ...]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 30))):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(9):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.choice((1, 2, 8, 50, 500))]
            case 2:
                changed[at:at] = chance.choice(words)
            case 3:
                length = chance.choice((1, 4, 30, 300))
                changed[at:at] = changed[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                other = chance.randrange(len(changed) + 1)
                length = chance.choice((4, 40, 400))
                changed[at : at + length] = changed[other : other + length]
            case 5:
                value = chance.choice(_ODD)
                changed[at : at + 4] = struct.pack(chance.choice(("<I", ">I")), value)
            case 6:
                changed[at:at] = str(chance.choice(_ODD) * chance.choice((1, -1))).encode()
            case 7:
                changed[at : at + 1] = (
                    bytes([changed[at] ^ 1 << chance.randrange(8)]) if at < len(changed) else b""
                )
            case _ if chance.random() < 0.1:
                del changed[at:]
        if not changed:
            break
    return bytes(changed)
