"""How long it takes to read a document, and how much memory the process that reads it holds.

Beside our readers stand the libraries that also read such files, where they are installed: for
pages `pdfplumber`, for Word and Excel files `python-docx`, `openpyxl` and `python-calamine`.
"""

import io
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from tassei.documents.pieces import Document
from tassei.documents.reading.limits import Limits
from tassei.documents.reading.sandbox import Used, open_document, read_in_child
from tassei.errors import RequestError

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5
sys.path.insert(0, str(ROOT / "tests"))

from documents.builder import (  # noqa: E402  the tests' folder has to be on the path first
    DEVELOPMENT,
    Look,
    as_docx,
    as_html,
    as_markdown,
    as_text,
    as_xlsx,
    pages_of,
)
from documents.pdf_writer import pdf  # noqa: E402


def main() -> None:
    """Print the table."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors"
    )
    print(
        f"the median of {REPEATS} runs; the process that reads may hold {Limits().memory_mb} MB\n"
    )
    print(f"{'document':38}{'characters':>11}{'size':>10}{'time':>9}{'processor':>11}{'peak':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _documents().items():
            path = Path(folder, name)
            path.write_bytes(data)
            _row(path)
        print()
        for name, work in _others(Path(folder)).items():
            _other(name, work)
    sources = sorted((ROOT.parent / "shared" / "sources").glob("*.txt"))
    if sources:
        seconds = sum(_read(path)[0] for path in sources)
        print(f"\n{'the five source texts together':38}{seconds:30.2f} s")


def _documents() -> dict[str, bytes]:
    """Two hundred pages as dense as published ones, and the same indicators in other formats."""
    dense = evolve(
        DEVELOPMENT,
        indicators=tuple(evolve(i, lines=i.lines * 2) for i in DEVELOPMENT.indicators[:1]),
    )
    many = evolve(DEVELOPMENT, indicators=DEVELOPMENT.indicators * 66)
    return {
        "200 pages.pdf": pdf(pages_of(dense, Look(copies=198, shuffled=1))),
        "200 indicators.docx": as_docx(many),
        "200 indicators.xlsx": as_xlsx(many),
        "200 indicators.html": as_html(many).encode(),
        "200 indicators.md": as_markdown(many).encode(),
        "200 indicators.txt": as_text(many).encode(),
        "20,000 rows.xlsx": _rows(),
        "1 page.pdf": pdf(pages_of(evolve(DEVELOPMENT, indicators=()), Look())[:1]),
    }


def _rows() -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            sheet.write_row(row, 0, (f"指標{row}", "レベル５", row, "責任者として完遂した"))
    return stream.getvalue()


def _read(path: Path) -> tuple[float, Document, Used]:
    """Time of a whole reading, start of the process included, in the run of the median."""
    runs = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        with open_document(path) as stream:
            document, used = read_in_child(
                stream, path.name, str(path), Limits(), lambda done, total: None
            )
        runs.append((time.perf_counter() - started, document, used))
    return sorted(runs, key=lambda run: run[0])[REPEATS // 2]


def _row(path: Path) -> None:
    try:
        seconds, document, used = _read(path)
    except RequestError as error:
        print(f"{path.name:38}{error.faults[0].what.en}")
        return
    characters = sum(len(p.text) for p in document.pieces)
    kib = path.stat().st_size / 1024
    print(
        f"{path.name:38}{characters:11,}{kib:6,.0f} KiB{seconds:7.2f} s"
        f"{used.cpu_seconds:9.2f} s{used.peak_mb:5} MB"
    )


def _others(folder: Path) -> dict[str, Callable[[], object]]:
    """The same files read by libraries, in this process."""

    def pdfplumber() -> object:
        import pdfplumber

        logging.disable(logging.WARNING)
        with pdfplumber.open(folder / "200 pages.pdf") as file:
            # a tenth of the pages, because it takes so long
            return [(p.extract_text(), p.extract_tables()) for p in file.pages[:20]]

    def docx() -> object:
        import docx

        document = docx.Document(str(folder / "200 indicators.docx"))
        return [[c.text for r in t.rows for c in r.cells] for t in document.tables]

    def openpyxl() -> object:
        import openpyxl

        book = openpyxl.load_workbook(folder / "20,000 rows.xlsx", data_only=True)
        return [list(s.iter_rows(values_only=True)) for s in book]

    def calamine() -> object:
        import python_calamine

        book = python_calamine.CalamineWorkbook.from_path(folder / "20,000 rows.xlsx")
        return [s.to_python() for s in map(book.get_sheet_by_name, book.sheet_names)]

    return {
        "pdfplumber: 20 of the 200 pages": pdfplumber,
        "python-docx: 200 indicators.docx": docx,
        "openpyxl: 20,000 rows.xlsx": openpyxl,
        "python-calamine: 20,000 rows.xlsx": calamine,
    }


def _other(name: str, work: Callable[[], object]) -> None:
    started, used = time.perf_counter(), time.process_time()
    try:
        work()
    except ImportError:
        print(f"{name:38}not installed")
        return
    seconds, used = time.perf_counter() - started, time.process_time() - used
    print(f"{name:38}{seconds:28.2f} s{used:9.2f} s")
