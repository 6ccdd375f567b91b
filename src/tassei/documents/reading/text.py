"""Plain text -> pieces: one a line, as extracted from a word-processor file or a PDF."""

from collections.abc import Iterator

from tassei.documents.pieces import Piece


def read_text(text: str) -> tuple[Piece, ...]:
    """Every line that is not blank; tabs inside a line part the cells of a table."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    row = 0
    for number, line in enumerate(_lines(text), start=1):
        bare = line.strip()
        if not bare:
            row = 0
        elif "\t" in bare:
            row += 1
            yield from _cells(line, number, row)
        else:
            row = 0
            yield Piece(text=bare, line=number, start=len(line) - len(line.lstrip()))


def _cells(line: str, number: int, row: int) -> Iterator[Piece]:
    start = 0
    for column, cell in enumerate(line.split("\t"), start=1):
        if cell.strip():
            at = start + len(cell) - len(cell.lstrip())
            yield Piece(
                text=cell.strip(), line=number, start=at, kind="cell", row=row, column=column
            )
        start += len(cell) + 1


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them: a form feed is a space here, not the end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
