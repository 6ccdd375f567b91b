"""Plain text -> pieces: one a line, as extracted from a word-processor file or a PDF."""

from tassei.documents.pieces import Piece


def read_text(text: str) -> tuple[Piece, ...]:
    """Every line that is not blank, from its first character to its last that is no space."""
    return tuple(
        Piece(text=line.strip(), line=number, start=len(line) - len(line.lstrip()))
        for number, line in enumerate(_lines(text), start=1)
        if line.strip()
    )


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them: a form feed is a space here, not the end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
