"""Text in columns of a terminal, where a Japanese character is two columns wide."""

import re
from collections.abc import Iterable

from rich.cells import cell_len

# a word of letters and digits stays whole; every wide character may end a line
_TOKEN = re.compile(r"〔[^〕]{1,40}〕|[\x21-\x7e¥–—]+\s*|\s+|.", re.DOTALL)
_NOT_FIRST = "、。，．）」』】〉》〕・：；！？ー々,.)]"
_NOT_LAST = "（「『【〈《〔(["


def pad(text: str, width: int) -> str:
    """Fill with blanks to a width in columns."""
    return text + " " * max(width - cell_len(text), 0)


def column(texts: Iterable[str], least: int = 42) -> int:
    """The width of a column of texts, with room before the next one."""
    return max(least, *(cell_len(t) + 2 for t in texts), 0)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` columns, never inside a word.

    A line does not begin with closing punctuation nor end with an opening bracket. A word that is
    wider than a line stands alone on one.
    """
    lines: list[str] = []
    line = ""
    for token in _joined(text):
        if line and cell_len(line + token.rstrip()) > width:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _joined(text: str) -> list[str]:
    """Tokens that may not be parted, with the punctuation that must stay beside them."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        glued = tokens and (token[0] in _NOT_FIRST or tokens[-1][-1] in _NOT_LAST)
        if glued and not tokens[-1].isspace():
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def hanging(head: str, text: str, width: int, tail: str = "") -> str:
    """Text behind a head, wrapped with its lines hanging under its start; `tail` at the right edge.

    The tail goes to the end of the first line, where the text leaves room for it.
    """
    indent = cell_len(head)
    room = width - indent - (cell_len(tail) + 2 if tail else 0)
    lines = wrap(text, max(room, 20))
    first = head + lines[0]
    if tail:
        first = pad(first, width - cell_len(tail)) + tail
    return "\n".join([first, *(" " * indent + line for line in lines[1:])])
