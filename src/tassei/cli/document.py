"""Official documents as the commands read them."""

from importlib import import_module
from pathlib import Path

from tassei.documents.pieces import Document
from tassei.errors import Fault, RequestError
from tassei.text import Text


def read(path: Path) -> Document:
    """Read a document of any known format.

    Raises:
        RequestError: it cannot be read, or this installation has no readers.
    """
    try:
        # only the commands that are given a document need what reads it
        reading = import_module("tassei.documents.reading")
    except ImportError:
        raise RequestError(
            [
                Fault(
                    "unreadable-file",
                    Text(
                        "文書を読むためのライブラリがありません",
                        "the libraries that read documents are not installed",
                    ),
                    Text("pip install 'tassei[documents]'", "pip install 'tassei[documents]'"),
                    file=str(path),
                )
            ]
        ) from None
    document: Document = reading.read_document(path)
    return document
