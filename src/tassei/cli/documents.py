"""What the commands about documents share: reading a file, with the extra that it needs."""

from importlib.util import find_spec
from pathlib import Path

from tassei.cli.context import Session
from tassei.documents.pieces import Document
from tassei.errors import Fault, RequestError
from tassei.text import Text


def opened(session: Session, path: Path) -> Document:
    """Read a document.

    Raises:
        RequestError: the extra for documents is not installed, or the file cannot be read.
    """
    if find_spec("lark") is None:
        raise RequestError(
            [
                Fault(
                    "missing-extra",
                    Text(
                        "文書の取り込みに必要なライブラリがありません",
                        "the libraries that read documents are not installed",
                    ),
                    Text("pip install 'tassei[documents]'", "pip install 'tassei[documents]'"),
                )
            ]
        )
    from tassei.documents.opening import open_document

    return open_document(path)
