"""Pieces -> runs: stretches of text that carry one mark (a box, a bullet, a dash, a heading) or none.

A piece may hold several boxes; a sentence may go over several pieces. Here pieces are cut at marks;
what belongs together is joined in `structure`, where it is known what a run stands in.
"""

import re
from collections.abc import Iterator
from typing import Literal

from attrs import evolve, frozen

from tassei.documents.grammar.terms import Terms
from tassei.documents.normal import _BOXES, BOX, Joined, Span, fold, is_latin, join, squeeze, tight
from tassei.documents.pieces import Document, Piece
from tassei.text import Lang

Mark = Literal["box", "bullet", "dash", "dot", "head", ""]
_CUT = re.compile(f"[{_BOXES}]|●|【[^】]*】|\\[(?:Contribution|Business|Professional)[^\\]]*\\]")
_DOT = re.compile(
    r"(?:[・･•·∙◦▪▫○◇◆▶➢✓✔＊*]|o(?=\s+[A-Z])|[①-⑳]|\[[ xX]?\](?=\s)|[0-9]{1,2}\)(?=\s)|[a-z]\)(?=\s)|[(（][ア-ンa-z][)）])\s*(?=\S)"
)
_BOX = re.compile(f"^[{_BOXES}]+$")
_KATAKANA_END = re.compile(r"[ァ-ヺ]$")
_SMALL_VOWEL = re.compile(r"ー[ァィゥェォッャュョン]")


@frozen
class Run:
    """A stretch of text with one mark.

    Args:
        parts: the original texts and where they stand.
        text: folded; Japanese without the spaces of layout.
        pieces: numbers of the pieces it touches, in order.
        line: of its first piece.
        apart: a blank line or a jump stands before it.
        width: signs of the longest piece it consists of, wide ones counted twice.
    """

    mark: Mark
    parts: tuple[tuple[str, Span], ...]
    text: str
    pieces: tuple[int, ...]
    line: int
    kind: str
    cell: tuple[int, int] | None
    furniture: bool
    apart: bool
    width: int

    @property
    def original(self) -> str:
        """What the document has, pieces joined by spaces."""
        return " ".join(t.strip() for t, _ in self.parts)

    def joined(self) -> Joined:
        """The folded text with its way back to the document."""
        return join(self.parts)

    def with_more(self, other: "Run") -> "Run":
        """The run together with one that continues it."""
        parts = (*self.parts, *other.parts)
        return evolve(
            self,
            parts=parts,
            text=join(parts).text,
            pieces=(*self.pieces, *(p for p in other.pieces if p not in self.pieces)),
            width=other.width,
        )

    def cut(self, at: int, mark: Mark = "") -> tuple["Run", "Run"]:
        """Two runs, cut before the sign `at` of the first part."""
        original, span = self.parts[0]
        head = _run(self, original[:at], span.start, self.mark)
        tail = _run(self, original[at:], span.start + at, mark)
        return head, tail


def _run(like: Run, original: str, start: int, mark: Mark) -> Run:
    stripped = original.strip()
    start += len(original) - len(original.lstrip())
    span = Span(like.pieces[0], start, start + len(stripped))
    return evolve(like, mark=mark, parts=((stripped, span),), text=_folded(stripped))


def _folded(text: str) -> str:
    folded = squeeze(fold(text))
    return folded if is_latin(folded) else tight(folded)


def language_of(document: Document) -> Lang:
    """The language that most of the document is written in."""
    return "en" if is_latin("".join(p.text for p in document.pieces)) else "ja"


def runs_of(pieces: tuple[Piece, ...], terms: Terms) -> tuple[Run, ...]:
    """The runs of a document in reading order."""
    statement = re.compile(terms.layout["statement"])
    found: list[Run] = []
    line = 0
    for number, piece in enumerate(pieces):
        apart = piece.line > line + 1
        line = piece.line
        for run in _cut(number, piece):
            run = evolve(run, apart=apart)
            apart = False
            if not run.mark and found and _inside_a_word(found[-1], run):
                found.append(run)
                continue
            if not run.mark and (match := statement.match(run.text)):
                run = _unmarked(run, match.end(), "dash")
            elif not run.mark and (match := _DOT.match(run.parts[0][0])):
                run = _unmarked(run, match.end(), "dot")
            found.append(run)
    return tuple(found)


def _inside_a_word(before: Run, run: Run) -> bool:
    """Whether a line begins with a drawn-out vowel that belongs to the word before it.

    Some documents begin a statement with that very sign. A list item may end in any word; a statement
    ends in a verb or a bracket, and no word begins with a small vowel.
    """
    if run.apart or not run.text.startswith("ー") or not _KATAKANA_END.search(before.text):
        return False
    open_ = before.text.count("(") > before.text.count(")")
    return before.mark in ("", "dash") or open_ or bool(_SMALL_VOWEL.match(run.text))


def _unmarked(run: Run, length: int, mark: Mark) -> Run:
    """The run behind its leading mark."""
    original, span = run.parts[0]
    rest = original[length:].lstrip()
    start = span.start + len(original) - len(rest)
    return evolve(
        run, mark=mark, parts=((rest, Span(span.piece, start, span.end)),), text=_folded(rest)
    )


def _cut(number: int, piece: Piece) -> Iterator[Run]:
    """A piece, cut before each mark that stands in it."""
    text = piece.text
    cell = (piece.row, piece.column) if piece.row and piece.column else None
    like = Run(
        mark="",
        parts=((text, Span(number, 0, len(text))),),
        text="",
        pieces=(number,),
        line=piece.line,
        kind=piece.kind,
        cell=cell,
        furniture=piece.furniture,
        apart=False,
        width=sum(2 if c > "\u2fff" else 1 for c in text),
    )
    if _BOX.match(text):
        # a mark in a table of levels, not a box of a list
        yield evolve(like, text=BOX)
        return
    position, mark = 0, ""
    for found in _CUT.finditer(text):
        if text[position : found.start()].strip():
            yield _run(like, text[position : found.start()], position, _as_mark(mark))
        if _BOX.match(found[0]):
            position, mark = found.end(), "box"
        elif found[0] == "●":
            position, mark = found.end(), "bullet"
        else:
            yield _run(like, found[0], found.start(), "head")
            position, mark = found.end(), ""
    if text[position:].strip():
        yield _run(like, text[position:], position, _as_mark(mark))


def _as_mark(mark: str) -> Mark:
    return "box" if mark == "box" else "bullet" if mark == "bullet" else ""
