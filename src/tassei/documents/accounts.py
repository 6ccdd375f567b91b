"""Every passage of a document and what became of it: nothing is passed over in silence.

A passage is a piece of the document. It is used (by a clause, the outline, a heading, the level table,
the skill part), known to be decoration, or not understood.
"""

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from tassei.documents.clausework import Problem
from tassei.documents.outline import Outline
from tassei.documents.pieces import Document

Use = Literal[
    "clause", "outline", "title", "header", "table", "skills", "decoration", "not-understood"
]
USES: tuple[Use, ...] = (
    "clause", "outline", "title", "header", "table", "skills", "decoration", "not-understood",
)  # fmt: skip


@frozen
class Passage:
    """One piece of the document and what it was used for.

    Args:
        by: for a clause, `FIELD/LEVEL/CLAUSE` with the field's name as the document has it.
    """

    line: int
    page: int | None
    text: str
    use: Use
    by: str = ""


@frozen
class Account:
    """What became of every passage, in the order of the document."""

    passages: tuple[Passage, ...]

    def share(self, *uses: Use) -> float:
        """The part of the passages that these uses take, 0 to 1; 0 of nothing."""
        if not self.passages:
            return 0.0
        return sum(p.use in uses for p in self.passages) / len(self.passages)

    def count(self, use: Use) -> int:
        return sum(p.use == use for p in self.passages)

    def not_understood(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.use == "not-understood")


def account_of(
    document: Document,
    outline: Outline,
    problems: Iterable[Problem],
    beside: Iterable[int] = (),
) -> Account:
    """Account for every piece of a document.

    Args:
        beside: numbers of the pieces of the skill part that were not understood.
    """
    open_ = {piece for p in problems for piece in p.pieces} | set(beside)
    uses: dict[int, list[tuple[Use, str]]] = {}
    for number, run in enumerate(outline.runs):
        use = _use(outline, outline.uses.get(number, ""))
        for piece in run.pieces:
            uses.setdefault(piece, []).append(use)
    return Account(
        tuple(
            Passage(piece.line, piece.page, piece.text, *_worst(uses.get(n, []), n in open_))
            for n, piece in enumerate(document.pieces)
        )
    )


def _use(outline: Outline, written: str) -> tuple[Use, str]:
    kind, *rest = written.split() or [""]
    if kind == "block":
        number, part = int(rest[0]), rest[1]
        blocks = [b for b in outline.blocks if b.number == number]
        if not blocks:
            return "not-understood", ""
        levels = ",".join(str(b.level) for b in blocks)
        return "clause", f"{blocks[0].field_name}/{levels}/{part}"
    for use in USES:
        if kind == use:
            return use, ""
    return "not-understood", ""


def _worst(uses: list[tuple[Use, str]], open_: bool) -> tuple[Use, str]:
    """One run of a piece that nobody understands makes the piece one to look at."""
    if open_ or not uses or any(use == "not-understood" for use, _ in uses):
        return "not-understood", next((by for _, by in uses if by), "")
    return next((u for u in uses if u[0] == "clause"), uses[0])
