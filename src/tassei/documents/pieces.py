"""A document as read: runs of text in reading order, each with the place it came from."""

from typing import Literal

from attrs import frozen

from tassei.text import Text

Format = Literal["text", "markdown", "html", "docx", "xlsx", "pdf"]
PieceKind = Literal["line", "heading", "paragraph", "item", "cell"]


@frozen
class Piece:
    """A run of text that the document keeps together; what readers yield and all else reads.

    Args:
        text: the characters of the document with markup taken out, otherwise untouched (no
            normalisation); without line breaks, not blank.
        line: where a person would look for it, counted from 1: the line of a text file, the
            paragraph of a word-processor file, the row of a sheet, the visual line of a PDF page
            counted through the document.
        start: offset of the first character in that line.
        page: counted from 1; None where the format knows no pages. For a workbook, the sheet.
        kind: `line` where the format does not say what the run is.
        row, column: place in its table, counted from 1; None outside tables.
        furniture: stands around the text and not in it: a running head or foot, a page number,
            the tab of a sheet. Only what is surely so is marked.
    """

    text: str
    line: int
    start: int = 0
    page: int | None = None
    kind: PieceKind = "line"
    row: int | None = None
    column: int | None = None
    furniture: bool = False


@frozen
class Document:
    """Everything that a document says, in reading order.

    Args:
        name: the file's name without folders.
        digest: `sha256:` and the digest of the file.
        notes: what a reader should know about how it was read, such as hidden sheets.
    """

    name: str
    format: Format
    digest: str
    pieces: tuple[Piece, ...]
    notes: tuple[Text, ...] = ()
