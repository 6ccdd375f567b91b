"""A page of a PDF -> its glyphs and the straight lines drawn on it, as the page is seen.

The only module that speaks to pdfium. Coordinates are points from the upper left corner of the
page as shown, rightwards and downwards, whatever rotation the file applies.
"""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from tassei.documents.reading.boxfont import lend
from tassei.documents.reading.refusals import Refused
from tassei.documents.reading.symbols import symbol

_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_MOST_LINES = 20_000
"""Straight lines of a page that are looked at; a drawing has more, a table never."""
_FARTHEST = 100_000.0
"""Points from the corner; the largest page that PDF knows has 14,400."""
_DEEPEST = 8
_THIN = 3.0
"""A filled box that is thinner than this [points] is a line."""
OBLIQUE = 4
_OBLIQUE = 0.05
"""Quarters by which text may be askew and still be taken for straight: 4.5 degrees."""
_LIGATURES = frozenset("filst")
_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""


class Glyph(NamedTuple):
    """A character where it stands; `turned` is how far it is rotated, in quarters clockwise.

    What is rotated by no whole quarters, such as a watermark, is `OBLIQUE`.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned: int = 0

    @property
    def size(self) -> float:
        return self.bottom - self.top if self.turned % 2 == 0 else self.right - self.left


class Stroke(NamedTuple):
    """A straight horizontal or vertical line, from its upper or left end."""

    left: float
    top: float
    right: float
    bottom: float


class Sheet(NamedTuple):
    """What is on a page: characters in the order they are drawn, lines, whether there are images."""

    width: float
    height: float
    glyphs: list[Glyph]
    strokes: list[Stroke]
    images: bool


@contextmanager
def opened_pdf(data: bytes) -> Iterator[Any]:
    """A handle to a PDF, closed afterwards; a file that opens without a password needs none.

    Raises:
        Refused: it is encrypted or broken.
    """
    pdfium.FPDF_InitLibrary()
    lend()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        if pdfium.FPDF_GetLastError() in _PASSWORD:
            raise Refused("encrypted")
        raise Refused("broken", format="PDF")
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


def page_count(handle: Any) -> int:
    return int(pdfium.FPDF_GetPageCount(handle))


def read_sheet(handle: Any, index: int) -> Sheet | None:
    """What is on a page; None where the file has no such page although it counts it."""
    page = pdfium.FPDF_LoadPage(handle, index)
    if not page:
        return None
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return None
        try:
            seen = _Seen(page)
            strokes, images = _drawn(page, seen)
            return Sheet(
                seen.width,
                seen.height,
                list(_whole_ligatures(_glyphs(text, seen))),
                strokes,
                images,
            )
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Seen:
    """Turns coordinates of the file, upwards from some corner, into those of the page as seen."""

    def __init__(self, page: Any) -> None:
        self.turned = max(pdfium.FPDFPage_GetRotation(page), 0)
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, box):
            box = pdfium.FS_RECTF(0, self.height, self.width, 0)
        self.box = box

    def box_of(self, left: float, bottom: float, right: float, top: float) -> Stroke:
        b = self.box
        match self.turned:
            case 1:
                found = bottom - b.bottom, left - b.left, top - b.bottom, right - b.left
            case 2:
                found = b.right - right, bottom - b.bottom, b.right - left, top - b.bottom
            case 3:
                found = b.top - top, b.right - right, b.top - bottom, b.right - left
            case _:
                found = left - b.left, b.top - top, right - b.left, b.top - bottom
        return Stroke(*found)


def _glyphs(text: Any, seen: _Seen) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    unicode, loose = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    generated, angle = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetCharAngle
    high = ""
    for i in range(pdfium.FPDFText_CountChars(text)):
        # spaces and line ends that pdfium puts in by its own idea of lines
        if generated(text, i) == 1:
            continue
        character = _character(unicode(text, i))
        if "\ud800" <= character <= "\udbff":
            high = character
            continue
        if "\udc00" <= character <= "\udfff":
            whole = (high + character).encode("utf-16", "surrogatepass")
            character, high = whole.decode("utf-16", "replace"), ""
        if character < " " or not loose(text, i, box):
            continue
        if (written := symbol(character)) is not None or character.isascii():
            character = _symbol(text, i, character, written)
        place = seen.box_of(box.left, box.bottom, box.right, box.top)
        if not _on_paper(place):
            continue
        quarters = angle(text, i) / 1.5707963
        oblique = abs(quarters - round(quarters)) > _OBLIQUE
        turned = OBLIQUE if oblique else (round(quarters) + seen.turned) % 4
        yield Glyph(character, *place, turned)


def _whole_ligatures(found: Iterator[Glyph]) -> Iterator[Glyph]:
    """Put together the letters of a ligature, which pdfium gives one by one in the same box."""
    before: Glyph | None = None
    for glyph in found:
        if before and glyph.text in _LIGATURES and before[1:] == glyph[1:]:
            before = before._replace(text=before.text + glyph.text)
            continue
        if before:
            yield before
        before = glyph
    if before:
        yield before


def _on_paper(place: Iterable[float]) -> bool:
    """Whether coordinates are those of any page at all: a file may hold what is no number."""
    return all(abs(value) < _FARTHEST for value in place)


def _character(code: int) -> str:
    if code == ord(_HYPHEN):
        return "-"
    return chr(code) if 0 < code < 0x110000 and code not in (0xFFFE, 0xFFFF) else "\ufffd"


def _symbol(text: Any, i: int, character: str, written: str | None) -> str:
    """A check box or bullet from a font of symbols; a letter is one where its font says so.

    The font is asked for only where the letter stands alone, as marks do.
    """
    if written is not None:
        return written
    if not character.isalnum() or _letter(text, i - 1) or _letter(text, i + 1):
        return character
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, i, name, 128, flags)
    return symbol(character, name.value.decode("utf-8", "replace")) or character


def _letter(text: Any, i: int) -> bool:
    code = pdfium.FPDFText_GetUnicode(text, i) if i >= 0 else 0
    return 48 <= code < 123


def _drawn(page: Any, seen: _Seen) -> tuple[list[Stroke], bool]:
    """The straight lines of a page, those inside its forms included, and whether it has images."""
    strokes: list[Stroke] = []
    images = False
    todo: list[tuple[Any, tuple[float, ...], int]] = [
        (pdfium.FPDFPage_GetObject(page, i), _PLAIN, 0)
        for i in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while todo and len(strokes) < _MOST_LINES:
        item, outer, depth = todo.pop()
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                strokes += _strokes(item, outer, seen)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                images = True
            case pdfium.FPDF_PAGEOBJ_FORM if depth < _DEEPEST:
                inner = _composed(_matrix(item), outer)
                todo += [
                    (pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)
                    for i in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_LINES))
                ]
    return strokes, images


_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _matrix(item: Any) -> tuple[float, ...]:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return _PLAIN
    return m.a, m.b, m.c, m.d, m.e, m.f


def _composed(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _strokes(path: Any, outer: tuple[float, ...], seen: _Seen) -> Iterator[Stroke]:
    """The horizontal and vertical lines of a path that is drawn; of a filled box only if thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _MOST_LINES:
        return
    a, b, c, d, e, f = _composed(_matrix(path), outer)
    points = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        points.append((kind, at, bool(pdfium.FPDFPathSegment_GetClose(segment))))
    if not stroke.value:
        xs, ys = [p[1][0] for p in points], [p[1][1] for p in points]
        if xs and _on_paper((*xs, *ys)) and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            wide = max(xs) - min(xs) >= max(ys) - min(ys)
            yield (
                seen.box_of(min(xs), middle_y, max(xs), middle_y)
                if wide
                else seen.box_of(middle_x, min(ys), middle_x, max(ys))
            )
        return
    first = last = (0.0, 0.0)
    for kind, at, closes in points:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, at, seen)
        if closes:
            yield from _straight(at, first, seen)
        last = at


def _straight(p: tuple[float, float], q: tuple[float, float], seen: _Seen) -> Iterator[Stroke]:
    wide, high = abs(p[0] - q[0]), abs(p[1] - q[1])
    if _on_paper((*p, *q)) and min(wide, high) <= 1.0 < max(wide, high):
        yield seen.box_of(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))
