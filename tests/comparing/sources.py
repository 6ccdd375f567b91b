"""The documents beside the repository, where they are there."""

import re
from hashlib import sha256
from html import unescape

import pytest

from conftest import ROOT
from tassei.documents.pieces import Document, Piece

SOURCES = ROOT.parent / "shared" / "sources"
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason=f"the official documents are not at {SOURCES}"
)
_BOX = re.compile(r"<input[^>]*>")
_BREAK = re.compile(r"</?(?:p|li|ul|tr|td|table|br)[^>]*>|\t")
_TAG = re.compile(r"<[^>]*>|\*\*+|^#+ ")


def source(number: str) -> Document:
    """A document, each line parted at its tags; what the readers make of it, near enough."""
    [path] = SOURCES.glob(f"{number}_*.txt")
    data = path.read_bytes()
    pieces = []
    for line, text in enumerate(data.decode("utf-8").splitlines(), start=1):
        for run in _BREAK.split(_BOX.sub("□", text)):
            run = unescape(_TAG.sub("", run)).strip()
            # two boxes of one paragraph are two items
            pieces += [Piece(r, line) for r in re.split(r"\s+(?=□)", run) if r.strip()]
    return Document(path.name, "text", f"sha256:{sha256(data).hexdigest()}", tuple(pieces))
