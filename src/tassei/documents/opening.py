"""File -> `Document`, whatever its format."""

import hashlib
from pathlib import Path

from tassei.documents.pieces import Document, Format, Piece
from tassei.documents.reading.markup import read_markup
from tassei.documents.reading.text import read_text
from tassei.marked import decode, read_bytes

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024


def open_document(path: Path) -> Document:
    data = read_bytes(path, limit=MAX_DOCUMENT_BYTES)
    text = decode(data, str(path))
    format, pieces = _read(text)
    return Document(path.name, format, f"sha256:{hashlib.sha256(data).hexdigest()}", pieces)


def _read(text: str) -> tuple[Format, tuple[Piece, ...]]:
    import re

    if re.match(r"\s*(<!doctype|<html)", text, re.IGNORECASE):
        return "html", read_markup(text, True)
    if re.search(r"(?m)^#{1,6} |</?(p|li|b|td|ul|input)\b", text) or re.search(r"(?m)^\S[^\n]*\t", text):
        return "markdown", read_markup(text, False)
    return "text", read_text(text)
