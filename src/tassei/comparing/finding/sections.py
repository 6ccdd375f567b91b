"""A document laid beside its edition: which run of text belongs to which clause of which indicator.

The edition knows on which lines its indicators stand; between two of them, the headings of clauses and
the marks of lists part the text. Without a document there are no units, and rules on words find nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from attrs import define, frozen

from tassei.documents.pieces import Document
from tassei.encoding.crosswalk import ids_of
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.source import Place

UnitKind = Literal["head", "said", "item"]
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("responsibility", re.compile(r"責任性|Responsibilit")),
    ("complexity", re.compile(r"複雑性|Complexity")),
    ("size", re.compile(r"サイズ|Size")),
    ("tasks", re.compile(r"タスク特性|Task characteristics", re.IGNORECASE)),
    ("professional", re.compile(r"[【\[]\s*(?:プロフェッショナル貢献|Professional Contribution|Contribution to professional)", re.IGNORECASE)),
    ("business", re.compile(r"[【\[]\s*(?:ビジネス貢献|Business Contribution|Contribution to business)", re.IGNORECASE)),
)  # fmt: skip
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("succession", re.compile(r"技術の継承|succession")),
    (
        "mentoring",
        re.compile(r"^[-ー－\s]*(?:後進の育成|Develop|Has accomplishments in developing)"),
    ),
)
_HEADING = re.compile(
    r"達成度指標\s*$|^\s*専門分野|Key\s+Performance\s+Indicator|^\s*Special[it]+y\b\s*(?:Field|area)?\s*$|^\s*Field\s*$"
    r"|^\s*(?:レベル|Level)\s*[0-9]\s*$"
)
_BOX = re.compile(r"[□■☐☑]")
_LOST = re.compile(r"(?<=[^\x00-\x7f)])\s(?=[^\x00-\x7f])|(?<=\))\s(?=[^\x00-\x7f])")
_MARKED = re.compile(r"^\s*[●○□■☐☑・•\-ー－【\[]")


@frozen
class Unit:
    """A sentence, a heading or one item of a list, with the line where it begins.

    Args:
        run_together: the document prints several items without a mark between them.
    """

    text: str
    line: int
    clause: str
    kind: UnitKind
    run_together: bool = False


@frozen
class Section:
    """The text of one indicator."""

    field: SpecialtyField
    indicator: Indicator
    units: tuple[Unit, ...]

    @property
    def level(self) -> int:
        return self.indicator.level

    def of_clause(self, clause: str, kind: UnitKind | None = None) -> tuple[Unit, ...]:
        return tuple(
            u
            for u in self.units
            if u.clause == clause and u.kind != "head" and kind in (None, u.kind)
        )


@define(slots=False)
class Laid:
    """An edition with its document beside it."""

    edition: Edition
    document: Document | None = None

    def place(self, line: int) -> Place:
        return Place(self.edition.document, line)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The indicators of the edition with their text, in the order of the document."""
        if self.document is None:
            return ()
        starts = sorted(
            {i.place.line for i in self.edition.indicators} | set(_other_places(self.edition))
        )
        found = []
        for indicator in sorted(self.edition.indicators, key=lambda i: i.place.line):
            owner = self.edition.field(indicator.field_id)
            assert owner is not None, "checked when the edition was loaded"
            first = indicator.place.line
            last = next((s for s in starts if s > first), 1_000_000_000)
            pieces = [(p.text, p.line) for p in self.document.pieces if first <= p.line < last]
            names = {
                plain(name).casefold()
                for f in self.edition.fields
                for name in (f.name.ja, f.name.en)
            }
            found.append(Section(owner, indicator, tuple(_units(pieces, names))))
        return tuple(found)

    @cached_property
    def measures(self) -> frozenset[str]:
        """Ids of the measures by which sizes are given, scales in words apart."""
        return frozenset(ids_of(self.edition, "measures"))

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """All runs of the document, normalised for reading."""
        return tuple((p.line, plain(p.text)) for p in self.document.pieces) if self.document else ()

    def section(self, field_id: str, level: int) -> Section | None:
        return next((s for s in self.sections if (s.field.id, s.level) == (field_id, level)), None)


def plain(text: str) -> str:
    """A text as it is compared: forms of width and compatibility made one, blanks made one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _other_places(edition: Edition) -> Iterator[int]:
    yield edition.category.place.line
    yield from (f.place.line for f in edition.fields)
    yield from (i.place.line for i in edition.skills.items)
    yield from (p.place.line for p in edition.skills.proficiency)


def _units(pieces: list[tuple[str, int]], names: set[str]) -> Iterator[Unit]:
    clause, part = "", ""
    pending: Unit | None = None
    for raw, line in pieces:
        text = plain(raw)
        bare = re.sub(r"\s*(?:レベル|Level)\s*[0-9]$", "", text)
        if _HEADING.search(text) or bare.casefold() in names:
            # the heading of the next indicator
            if pending:
                yield pending
            pending = None
            continue
        head, rest = _head(text)
        if head:
            if pending:
                yield pending
            clause, part = head, ""
            pending = None
            yield Unit(text[: len(text) - len(rest)].strip(), line, clause, "head")
            text = rest
            if not text:
                continue
        if pending and _continues(pending.text, text):
            pending = Unit(f"{pending.text} {text}", pending.line, pending.clause, pending.kind)
            continue
        if pending:
            yield pending
            pending = None
        if clause == "professional" and not _BOX.match(text):
            part = next((name for name, form in _PARTS if form.search(text)), "areas")
        units = list(_split(text, line, part or clause))
        yield from units[:-1]
        pending = units[-1] if units else None
    if pending:
        yield pending


def _head(text: str) -> tuple[str, str]:
    """The clause that a heading opens and the text behind it; empty where the text is no heading."""
    bare = text.lstrip("●○ ")
    for clause, form in _HEADS:
        match = form.match(bare)
        if match is None:
            continue
        marked = text[:1] in "●○"
        rest = bare[match.end() :]
        if clause in ("professional", "business"):
            return clause, rest.partition("】")[2] if "】" in rest else rest.partition("]")[2]
        if marked or re.match(r"\s*[:：]", rest) or not rest.strip():
            return clause, re.sub(r"^(?:es|ies|y)?\s*[:：]?\s*", "", rest)
    return "", text


def _continues(before: str, text: str) -> bool:
    """Whether a line of Latin text goes on in the next one."""
    if _MARKED.match(text) or not text[:1].isascii() or not before[-1:].isascii():
        return False
    return not before.endswith((".", ":", "]"))


def _split(text: str, line: int, clause: str) -> Iterator[Unit]:
    boxes = [b.strip() for b in _BOX.split(text)]
    if len(boxes) > 1:
        if boxes[0]:
            yield Unit(boxes[0], line, clause, "said")
        yield from (Unit(b, line, clause, "item") for b in boxes[1:] if b)
        return
    if re.match(r"^[-ー－・•]", text) or clause in ("areas", "succession", "mentoring"):
        yield Unit(text.lstrip("-ー－・• "), line, clause, "said")
        return
    # blanks between Japanese words part items whose marks are lost
    parts = _LOST.split(text)
    if len(parts) > 1:
        yield from (Unit(p, line, clause, "item", run_together=True) for p in parts)
    else:
        yield Unit(text, line, clause, "said")
