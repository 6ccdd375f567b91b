"""Long hostile inputs take as much longer as they are longer: nothing in the readers runs away."""

import contextlib
import gc
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
import xlsxwriter

from documents.builder import DEVELOPMENT, as_xlsx
from documents.faulty import archive, part_of, plain_document
from documents.pdf_writer import PdfPage, pdf
from tassei.documents.reading.child import parse
from tassei.documents.reading.encodings import decoded
from tassei.documents.reading.formats import format_of_bytes, format_of_text
from tassei.documents.reading.limits import Limits
from tassei.documents.reading.refusals import Refused
from tassei.documents.reading.xlsx import read_xlsx

pytestmark = pytest.mark.slow

TIMES = 3.0
"""Twice the input may take so many times as long."""
ATTEMPTS = 6

TEXTS = {
    "spaces": " ", "heads": "#", "bars": "|", "bars and words": "| a", "comments": "<!--", "tags": "<p",
    "ends of tags": "</", "doctypes": "<!doctype ", "declarations": "<?xml ", "stars": "**", "charset": "charset=",
    "lines": "\n", "heads and spaces": "# ", "one long word": "a", "kana": "あ",
}  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    # the collector looks at all that other tests have left, which is none of the reader's doing
    gc.collect()
    gc.freeze()
    try:
        best = 1e9
        for _ in range(3):
            started = time.process_time()
            work()
            best = min(best, time.process_time() - started)
        return best
    finally:
        gc.unfreeze()


def _assert_grows_evenly(work: Callable[[int], Callable[[], object]], size: int) -> None:
    """Compare the time for `size` and twice that, from where it can be measured.

    On a busy machine a measurement may mislead; what grows too fast does so each time.
    """
    short = _seconds(work(size))
    while short < 0.01 and size < 1_000_000:
        size *= 4
        short = _seconds(work(size))
    ratios: list[float] = []
    while len(ratios) < ATTEMPTS:
        long, short = _seconds(work(2 * size)), _seconds(work(size))
        if long < TIMES * short + 0.02:
            return
        ratios.append(long / short)
    pytest.fail(f"twice the input takes {min(ratios):.1f} times as long")


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
def test_formats_of_texts(unit: str) -> None:
    """Which encoding and which format it is."""

    def work(size: int) -> Callable[[], object]:
        text = unit * size + "x"
        data = text.encode("cp932")
        return lambda: (format_of_text("a", text), decoded(data), format_of_bytes(b" " + data))

    _assert_grows_evenly(work, 2000)


@pytest.mark.parametrize("unit", [",", "[", '"', "\\", "_", "0.", "[a]", '""'])
def test_formats_of_numbers(unit: str) -> None:
    """Excel's are short; a file may hold any."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        form = book.add_format({"num_format": '0"見本"'})
        book.add_worksheet().write_number("A1", 5, form)
    styles = part_of(stream.getvalue(), "xl/styles.xml")
    written = 'formatCode="0&quot;見本&quot;"'.encode()
    assert written in styles

    def work(size: int) -> Callable[[], object]:
        code = (unit * size).replace('"', "&quot;")
        changed = styles.replace(written, f'formatCode="{code}"'.encode())
        data = archive({"xl/styles.xml": changed}, like=stream.getvalue())
        return lambda: read_xlsx(data, Limits(), lambda done, total: None)

    _assert_grows_evenly(work, 200)


@pytest.mark.parametrize("unit", ["_x000D_", "_x", "\n", "&amp;", "a"])
def test_strings_of_a_workbook(unit: str) -> None:
    """However long a cell is, and whatever it repeats."""

    def work(size: int) -> Callable[[], object]:
        cell = f'<worksheet><sheetData><row><c t="str"><v>a{unit * size}</v></c></row></sheetData>'
        head = f"<headerFooter><oddHeader>{unit * size}</oddHeader></headerFooter></worksheet>"
        parts = {"xl/worksheets/sheet1.xml": (cell + head).encode()}
        data = archive(parts, like=as_xlsx(DEVELOPMENT))
        return lambda: read_xlsx(data, Limits(), lambda done, total: None)

    _assert_grows_evenly(work, 2000)


@pytest.mark.parametrize(
    "body",
    [
        b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>",
        b"<w:p>%s</w:p>",
        b"%s",
        b"<w:tbl>%s</w:tbl>",
    ],
)
@pytest.mark.parametrize(
    "unit",
    [b"a", b"<w:r><w:br/></w:r>", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", b"<w:tr><w:tc><w:p/></w:tc></w:tr>"],
)  # fmt: skip
def test_bodies_of_word_files(body: bytes, unit: bytes) -> None:
    """Long words, many runs, paragraphs and rows."""

    def work(size: int) -> Callable[[], object]:
        data = plain_document(body % (unit * size))
        return partial(_parsed, data)

    _assert_grows_evenly(work, 500)


def _parsed(data: bytes) -> None:
    with contextlib.suppress(Refused):
        parse(data, "a", Limits(), lambda done, total: None)


def _one_line(page: PdfPage, count: int) -> None:
    page.text(10, 10, "あ" * count, size=1)


def _one_place(page: PdfPage, count: int) -> None:
    page.text(10, 10, "あ" * count, size=0.001)


def _lines(page: PdfPage, count: int) -> None:
    for i in range(count):
        page.text(10, 0.5 * i, f"あ{i}", size=5)


def _boxes(page: PdfPage, count: int) -> None:
    for i in range(count):
        page.box(i, i, 500, 500)


def _grid(page: PdfPage, count: int) -> None:
    for i in range(0, count, 10):
        page.rule(i, 0, i, 800)
        page.rule(0, i, 500, i)


def _two_columns(page: PdfPage, count: int) -> None:
    for i in range(count):
        for x in (50, 300):
            page.text(x, 10 + 0.2 * i, f"文章の中の長い行{i}", size=8)


def _vertical(page: PdfPage, count: int) -> None:
    for i in range(count):
        page.text(50, 10 + 2 * i, "縦", size=2)


def _single_characters(page: PdfPage, count: int) -> None:
    for i in range(count):
        page.text(i * 7 % 500, i * 11 % 800, "字", size=2)


PAGES = (
    _one_line, _one_place, _lines, _boxes, _grid, _two_columns, _vertical, _single_characters,
)  # fmt: skip


@pytest.mark.parametrize("draw", PAGES, ids=lambda draw: draw.__name__.strip("_"))
def test_pages(draw: Callable[[PdfPage, int], None]) -> None:
    """Of very many characters, lines and boxes, wherever they stand."""

    def work(size: int) -> Callable[[], object]:
        page = PdfPage()
        draw(page, size)
        data = pdf([page])
        return partial(_parsed, data)

    _assert_grows_evenly(work, 150)
