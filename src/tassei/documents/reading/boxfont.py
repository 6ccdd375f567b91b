"""A font in which every character is one box, lent to pdfium for fonts that a file only names.

Many published files name the fonts of their time without holding them. What pdfium then finds
depends on the machine, and where it finds no Japanese font it leaves single characters out of the
text. With one font for all of them, every machine reads the same.
"""

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium

_EM = 1000
_GLYPHS = 0xFFFF


def lend() -> None:
    """Have pdfium use the font of boxes wherever a file does not hold its font."""
    pdfium.FPDF_SetSystemFontInfo(_INFO)


def box_font() -> bytes:
    """A TrueType font in which every character, and every glyph there may be, is the same box.

    Glyphs too, because some files name glyphs of a font that they do not hold. The box is narrow:
    how far a character reaches is for the file to say, and it never reaches less than its box.
    """
    box = _glyph(50, -100, 150, 800)
    maps = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + maps,
        b"glyf": box + box,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 50, -100, 150, 800, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, 860, -140, 0, _EM, 50, 50, 150, 1, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", _EM, 50) + struct.pack(">h", 50) * (_GLYPHS - 1),
        b"loca": struct.pack(">HH", 0, len(box) // 2) * (_GLYPHS // 2 + 1),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    start = 12 + 16 * len(tables)
    head = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    body = b""
    for tag, data in sorted(tables.items()):
        head += tag + struct.pack(">III", 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def _glyph(left: int, bottom: int, right: int, top: int) -> bytes:
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    data = struct.pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0) + bytes([1] * 4)
    for axis in (0, 1):
        before = 0
        for corner in corners:
            data += struct.pack(">h", corner[axis] - before)
            before = corner[axis]
    return data + bytes(-len(data) % 4)


_DATA = box_font()
_HANDLE = 1


def _map(*_: Any) -> int:
    return _HANDLE


def _data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole file where no table is asked for; pdfium first asks how long it is."""
    if table:
        return 0
    if buffer and size >= len(_DATA):
        ctypes.memmove(buffer, _DATA, len(_DATA))
    return len(_DATA)


def _nothing(*_: Any) -> int:
    return 0


def _made() -> Any:
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1
    given = {"MapFont": _map, "GetFont": _map, "GetFontData": _data}
    for name, kind in pdfium.FPDF_SYSFONTINFO._fields_[1:]:
        if name != "EnumFonts":
            setattr(info, name, kind(given.get(name, _nothing)))
    return info


_INFO = _made()
"""Held here for as long as the process runs: pdfium keeps a pointer to it."""
