"""The child process: reads a document from standard input and writes what it says as JSON lines.

    {"done": 3, "total": 200}                     how far it is, after each page
    {"pieces": [["…", 1, 0, 1, "line", null, null, false], …]}
    {"refused": "encrypted", "found": {}}         why it is not read; then nothing follows
    {"end": {"format": "pdf", "digest": "sha256:…", "notes": [["…", "…"]], "peak_mb": 31}}

The parent believes none of it before it has checked it.
"""

import hashlib
import json
import os
import sys

from attrs import astuple

from tassei.documents.pieces import Format, Piece
from tassei.documents.reading.confinement import confine
from tassei.documents.reading.encodings import decoded
from tassei.documents.reading.formats import format_of_bytes, format_of_text
from tassei.documents.reading.limits import MB, Limits, Progress
from tassei.documents.reading.refusals import Refused
from tassei.text import Text

Read = tuple[tuple[Piece, ...], tuple[Text, ...]]

BATCH = 400
"""Pieces on one line."""


def parse(data: bytes, name: str, limits: Limits, progress: Progress) -> tuple[Format, Read]:
    """Read a document of any known format, in this process and without its limits.

    Raises:
        Refused: it cannot be read.
    """
    form = format_of_bytes(data)
    match form:
        case "pdf":
            from tassei.documents.reading.pdf import read_pdf

            return form, read_pdf(data, limits, progress)
        case "docx":
            from tassei.documents.reading.docx import read_docx

            return form, read_docx(data, limits)
        case "xlsx":
            from tassei.documents.reading.xlsx import read_xlsx

            return form, read_xlsx(data, limits, progress)
    return _parse_text(decoded(data), name)


def _parse_text(text: str, name: str) -> tuple[Format, Read]:
    form = format_of_text(name, text)
    if form == "text":
        from tassei.documents.reading.text import read_text

        pieces = read_text(text)
    else:
        from tassei.documents.reading.markup import read_markup

        pieces = read_markup(text, html=form == "html")
    if not pieces:
        raise Refused("empty")
    return form, (pieces, ())


def main() -> None:
    """Serve one document: limits and name from the arguments, its bytes from standard input."""
    limits = Limits(*map(int, sys.argv[1:7]))
    name = sys.argv[7]
    confine(limits)
    try:
        _serve(name, limits)
    except Refused as refused:
        _say({"refused": refused.kind, "found": refused.found})
    except MemoryError:
        _say({"refused": "too-heavy", "found": {"limit": limits.memory_mb}})
    except ModuleNotFoundError as error:
        _say({"missing": error.name})
    except RecursionError:
        _say({"refused": "broken", "found": {"format": "XML"}})
    # the interpreter is not wound up: that costs time and what it holds goes with the process
    sys.stdout.flush()
    os._exit(0)


def _serve(name: str, limits: Limits) -> None:
    data = sys.stdin.buffer.read(limits.file_mb * MB + 1)
    if len(data) > limits.file_mb * MB:
        raise Refused("too-large", limit=limits.file_mb)
    digest = hashlib.sha256(data).hexdigest()
    form, (pieces, notes) = parse(data, name, limits, _progress)
    for start in range(0, len(pieces), BATCH):
        _say({"pieces": [astuple(p) for p in pieces[start : start + BATCH]]})
    said = [[note.ja, note.en] for note in notes]
    end = {"format": form, "digest": f"sha256:{digest}", "notes": said, "peak_mb": _peak_mb()}
    _say({"end": end})


def _peak_mb() -> int:
    """The most memory this process held [MB of 1024 × 1024 bytes]; 0 where it cannot be told."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
    except (OSError, StopIteration):
        return 0


def _progress(done: int, total: int) -> None:
    _say({"done": done, "total": total})
    sys.stdout.flush()


def _say(message: dict[str, object]) -> None:
    # escapes keep half surrogates and whatever else a document holds to plain ASCII
    sys.stdout.write(json.dumps(message) + "\n")


if __name__ == "__main__":
    main()
