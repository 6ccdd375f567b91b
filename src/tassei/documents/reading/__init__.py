"""File -> `Document`: text, Markdown, HTML, DOCX, XLSX and PDF, parsed in a child process.

What comes in is a file that may be broken or hostile; what goes out is everything that it says,
in reading order, each run with its place. Nothing is dropped and nothing is interpreted: heads,
feet and page numbers stay, characters stay as they are. A document that cannot be read, or not
within its limits, is one `RequestError`.
"""

from pathlib import Path

from tassei.documents.pieces import Document
from tassei.documents.reading.limits import Limits, Progress

__all__ = ["Limits", "Progress", "read_document"]


def read_document(
    path: Path, limits: Limits | None = None, progress: Progress | None = None
) -> Document:
    """Read an official document of any format that is known.

    Args:
        limits: what reading may cost; 512 MB and 20 s of processor time if not said otherwise.
        progress: called with the pages done and their number, as reading goes on.

    Raises:
        RequestError: the file cannot be opened, or its document cannot be read within the limits.
    """
    from tassei.documents.reading.sandbox import open_document, read_in_child

    with open_document(path) as stream:
        document, _ = read_in_child(
            stream, path.name, str(path), limits or Limits(), progress or _silent
        )
    return document


def _silent(done: int, total: int) -> None:
    pass
