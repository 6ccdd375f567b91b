"""Documents for tests: the sources where they are, and self-written ones."""

from functools import cache
from pathlib import Path

from tassei.documents.drafting import Draft, draft
from tassei.documents.pieces import Document
from tassei.documents.reading.markup import read_markup
from tassei.documents.reading.text import read_text
from tassei.encoding.compiled import standards

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
EDITIONS = {
    "000": "itss-v2/customer-service",
    "001": "itss-v2-2006/it-service-management",
    "002": "itss-v1/operations",
    "003": "itss-v3/it-service-management",
    "004": "itss-v2/operations",
}
HERE = SOURCES.is_dir() and len(list(SOURCES.glob("00?_*.txt"))) == 5
REASON = "the official documents are not in ../shared/sources"


@cache
def source_text(number: str) -> str:
    """The characters of one of the five sources."""
    [path] = SOURCES.glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def document_of(name: str, text: str) -> Document:
    """A text as a document, read as its name or its marks say."""
    marked = name.endswith(".md") or name in ("001", "002", "003")
    pieces = read_markup(text, html=False) if marked else read_text(text)
    return Document(name, "markdown" if marked else "text", "sha256:0", pieces)


def drafted(name: str, text: str, like: str | None = None) -> Draft:
    """A draft of a text, by the names of an edition where one is given."""
    everything = standards()
    edition = everything.edition(like) if like else None
    return draft(document_of(name, text), everything, like=edition)
