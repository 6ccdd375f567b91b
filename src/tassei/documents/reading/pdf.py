"""PDF -> pieces: one for each run of text that a page keeps together, in reading order.

The characters are those of the file; nothing is joined over the end of a line but vertical text,
because where a sentence goes on is for the reader of sentences to tell.
"""

from attrs import frozen

from tassei.documents.pieces import Piece
from tassei.documents.reading.furniture import furniture
from tassei.documents.reading.glyphs import opened_pdf, page_count, read_sheet
from tassei.documents.reading.layout import Placed, arranged
from tassei.documents.reading.limits import Limits, Progress
from tassei.documents.reading.lines import SAME_LINE
from tassei.documents.reading.refusals import Refused
from tassei.text import Text

TYPE_CHECKING = False


@frozen
class _Page:
    height: float
    placed: list[Placed]
    images: bool


_NONE = _Page(0.0, [], False)


def read_pdf(
    data: bytes, limits: Limits, progress: Progress
) -> tuple[tuple[Piece, ...], tuple[Text, ...]]:
    """Read a PDF.

    Raises:
        Refused: it is encrypted, broken, too long, or holds no text.
    """
    pages: list[_Page] = []
    with opened_pdf(data) as handle:
        count = page_count(handle)
        if count > limits.pages:
            raise Refused("too-long", pages=count, limit=limits.pages)
        missing = 0
        for index in range(count):
            sheet = read_sheet(handle, index)
            missing += sheet is None
            pages.append(_Page(sheet.height, arranged(sheet), sheet.images) if sheet else _NONE)
            progress(index + 1, count)
    if missing == count:
        raise Refused("broken", format="PDF")
    if not any(page.placed for page in pages):
        raise Refused("without-text", pages=count)
    return tuple(_pieces(pages)), _notes(pages)


def _pieces(pages: list[_Page]) -> list[Piece]:
    around = furniture([(page.height, page.placed) for page in pages])
    found = []
    line = 0
    for number, page in enumerate(pages):
        starts, last = _starts(page.placed)
        for index, placed in enumerate(page.placed):
            at, start = starts[index]
            cell = placed.cell
            found.append(
                Piece(
                    placed.fragment.text,
                    line + at,
                    start,
                    number + 1,
                    "cell" if cell else "line",
                    cell.row if cell else None,
                    cell.column if cell else None,
                    (number, index) in around,
                )
            )
        line += last
    return found


def _starts(placed: list[Placed]) -> tuple[list[tuple[int, int]], int]:
    """The visual line of each fragment on its page, where in it the fragment starts; and the last.

    A visual line goes over the whole page, through all cells and columns.
    """
    order = sorted(range(len(placed)), key=lambda i: placed[i].fragment.middle)
    lines: list[list[int]] = []
    for index in order:
        fragment = placed[index].fragment
        first = placed[lines[-1][0]].fragment if lines else None
        near = first and fragment.middle - first.middle < SAME_LINE * min(first.size, fragment.size)
        if near:
            lines[-1].append(index)
        else:
            lines.append([index])
    found = [(0, 0)] * len(placed)
    for number, members in enumerate(lines, start=1):
        start = 0
        for index in sorted(members, key=lambda i: placed[i].fragment.left):
            found[index] = number, start
            start += len(placed[index].fragment.text) + 1
    return found, len(lines)


def _notes(pages: list[_Page]) -> tuple[Text, ...]:
    numbered = list(enumerate(pages, start=1))
    bare = [n for n, page in numbered if page.images and not page.placed]
    lost = [n for n, page in numbered if page is _NONE]
    notes = []
    if bare:
        notes.append(
            Text(
                f"画像だけで文字のないページがあります: {_listed(bare)}",
                f"these pages hold images and no text: {_listed(bare)}",
            )
        )
    if lost:
        notes.append(
            Text(
                f"壊れていて読めないページがあります: {_listed(lost)}",
                f"these pages are broken and could not be read: {_listed(lost)}",
            )
        )
    return tuple(notes)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
