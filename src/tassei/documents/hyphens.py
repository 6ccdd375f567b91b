"""Words that a line end broke: a hyphen at the end of a line that belongs to no word is taken back.

A file does not say whether a hyphen at a line end was there before the line was broken. It was not
where the two halves together are a word that the document has elsewhere, or that the grammar knows.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from attrs import evolve

from tassei.documents.grammar.terms import HERE
from tassei.documents.pieces import Piece

SOFT = "\u00ad"
_WORD = re.compile(r"[A-Za-z]{3,}")
_HEAD = re.compile(r"([A-Za-z]+)-\s*$")
_TAIL = re.compile(r"\s*([a-z]+)")


def mended(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces; a hyphen that only a line end put there is a soft one."""
    if not any(_HEAD.search(p.text) for p in pieces):
        return pieces
    words = _words(p.text for p in pieces) | _of_the_grammar()
    found = list(pieces)
    for n, (piece, following) in enumerate(pairwise(pieces)):
        head, tail = _HEAD.search(piece.text), _TAIL.match(following.text)
        if head and tail and f"{head[1]}{tail[1]}".casefold() in words:
            found[n] = evolve(piece, text=f"{piece.text[: head.end(1)]}{SOFT}")
    return tuple(found)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w.casefold() for text in texts for w in _WORD.findall(text))


@cache
def _of_the_grammar() -> frozenset[str]:
    """The words that the English grammar and its terms are made of."""
    return _words((HERE / name).read_text("utf-8") for name in ("en.lark", "terms.en.yaml"))
