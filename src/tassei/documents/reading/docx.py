"""DOCX -> pieces: paragraphs, lists with their marks, tables with their cells, text around them.

Read from the XML itself, because much of what a person sees (numbers and boxes of lists, symbols,
text boxes, footnotes, what is inserted and deleted) is in none of the models that libraries make.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

from attrs import define, field, frozen

from tassei.documents.pieces import Piece, PieceKind
from tassei.documents.reading.limits import Limits
from tassei.documents.reading.numbering import Numbering, numbering_of
from tassei.documents.reading.package import Package
from tassei.documents.reading.refusals import Refused
from tassei.documents.reading.symbols import symbol
from tassei.text import Text

_LEFT_OUT = frozenset(
    # deleted, moved away, codes of fields, readings above characters, drawings for old readers
    {"del", "moveFrom", "delText", "instrText", "rt", "Fallback", "rPr", "pPr", "sectPr", "fldData"}
)
_HEADINGS = ("heading", "title", "見出し", "表題")


def read_docx(data: bytes, limits: Limits) -> tuple[tuple[Piece, ...], tuple[Text, ...]]:
    """Read a Word file.

    Raises:
        Refused: it is broken, encrypted, holds nothing, or is made to exhaust its reader.
    """
    package = Package(data, "Word (docx)", limits)
    reader = _Reader(package, "word/document.xml")
    reader.read()
    if not reader.pieces:
        raise Refused("empty")
    notes = []
    if reader.hidden:
        notes.append(
            Text(
                f"隠し文字が{reader.hidden}か所あり、それも読みました",
                f"text is hidden in {reader.hidden} places; it was read as well"
                if reader.hidden > 1
                else "text is hidden in one place; it was read as well",
            )
        )
    return tuple(reader.pieces), tuple(notes)


@frozen
class _Place:
    """Where a paragraph stands."""

    row: int | None = None
    column: int | None = None
    furniture: bool = False


@define
class _Paragraph:
    """The lines of a paragraph as they are gathered, and what stands beside it."""

    lines: list[str] = field(factory=lambda: [""])
    boxes: list[ET.Element] = field(factory=list)
    notes: list[tuple[str, str]] = field(factory=list)

    def add(self, text: str) -> None:
        # what a character may be in a file, a line of a piece may not
        parts = text.replace("\r", "\n").split("\n")
        self.lines[-1] += parts[0]
        self.lines += parts[1:]


class _Reader:
    """Goes through the body block by block, so that a long document is never held whole."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.relations = package.relations(name)
        self.pieces: list[Piece] = []
        self.paragraphs = 0
        self.hidden = 0
        self.styles = self._styles()
        self.numbering: Numbering = numbering_of(self._part("numbering"))
        self.footnotes = {kind: self._notes(kind) for kind in ("footnotes", "endnotes")}
        self.waiting: _Paragraph | None = None

    def read(self) -> None:
        """Heads, then the body with its footnotes, then feet."""
        around = list(
            dict.fromkeys(r for r in self.relations.values() if r[0] in ("header", "footer"))
        )
        for kind, part in sorted(around):
            if kind == "header":
                self._around(part)
        self._body()
        for kind, part in sorted(around):
            if kind == "footer":
                self._around(part)

    def _around(self, part: str) -> None:
        if part in self.package:
            self.blocks(self.package.tree(part), _Place(furniture=True))

    def _body(self) -> None:
        depth, body = 0, None
        for event, element in self.package.events(self.name):
            if event == "start":
                depth += 1
                if depth == 2 and element.tag == "body":
                    body = element
                continue
            depth -= 1
            if depth == 2 and body is not None:
                self.block(element, _Place())
                body.clear()
        self._end_paragraph(_Place(), "paragraph")

    def _part(self, kind: str) -> ET.Element | None:
        part = next((p for k, p in self.relations.values() if k == kind), None)
        return self.package.tree(part) if part and part in self.package else None

    def _styles(self) -> dict[str, ET.Element]:
        root = self._part("styles")
        found = root.iter("style") if root is not None else ()
        return {s.get("styleId", ""): s for s in found}

    def _notes(self, kind: str) -> dict[str, ET.Element]:
        root = self._part(kind)
        if root is None:
            return {}
        return {n.get("id", ""): n for n in root if n.get("type") in (None, "normal")}

    # blocks

    def blocks(self, parent: ET.Element, place: _Place) -> None:
        for element in parent:
            self.block(element, place)

    def block(self, element: ET.Element, place: _Place) -> None:
        match element.tag:
            case "p":
                self.paragraph(element, place)
            case "tbl":
                self.table(element, place)
            case "del" | "moveFrom" | "sectPr" | "Fallback":
                return
            case (
                "sdt"
                | "sdtContent"
                | "ins"
                | "moveTo"
                | "customXml"
                | "smartTag"
                | "AlternateContent"
                | "Choice"
            ):
                self.blocks(element, place)

    def table(self, table: ET.Element, place: _Place) -> None:
        """Cells row by row; one that is merged is read where it begins."""
        for number, row in enumerate(_inside(table, "tr"), start=1):
            if row.find("trPr/del") is not None:
                continue
            column = 1 + _whole(row.find("trPr/gridBefore"))
            for cell in _inside(row, "tc"):
                merged = cell.find("tcPr/vMerge")
                goes_on = merged is not None and merged.get("val", "continue") == "continue"
                if not goes_on or any(_has_text(p) for p in cell.iter("t")):
                    self.blocks(cell, _Place(number, column, place.furniture))
                column += max(_whole(cell.find("tcPr/gridSpan")), 1)

    # paragraphs

    def paragraph(self, element: ET.Element, place: _Place) -> None:
        """One paragraph; where its end was deleted, the next one goes on in it."""
        begun = self.waiting
        gathered = begun or _Paragraph()
        self.waiting = None
        properties = element.find("pPr")
        style = self._style(properties)
        if begun is None:
            self.paragraphs += 1
            gathered.add(self.mark(properties, style))
        marked = bool(gathered.lines[0])
        self.runs(element, gathered)
        if properties is not None and properties.find("rPr/del") is not None:
            self.waiting = gathered
            return
        kind: PieceKind = "paragraph"
        if place.row is not None:
            kind = "cell"
        elif _is_heading(properties, style, self.styles):
            kind = "heading"
        elif marked:
            kind = "item"
        self.say(gathered, place, kind)

    def _end_paragraph(self, place: _Place, kind: PieceKind) -> None:
        if self.waiting is not None:
            gathered, self.waiting = self.waiting, None
            self.say(gathered, place, kind)

    def say(self, gathered: _Paragraph, place: _Place, kind: PieceKind) -> None:
        number = self.paragraphs
        start = 0
        for line in gathered.lines:
            text = line.strip("\n\v\f")
            if text.strip():
                lead = len(text) - len(text.lstrip())
                self.pieces.append(
                    Piece(
                        text.strip(), number, start + lead, None, kind,
                        place.row, place.column, place.furniture,
                    )
                )  # fmt: skip
            start += len(line) + 1
        for box in gathered.boxes:
            self.blocks(box, place)
        for note_kind, number_of_note in gathered.notes:
            note = self.footnotes[note_kind].pop(number_of_note, None)
            if note is not None:
                self.blocks(note, _Place(furniture=place.furniture))

    def _style(self, properties: ET.Element | None) -> ET.Element | None:
        named = properties.find("pStyle") if properties is not None else None
        return self.styles.get(named.get("val", "")) if named is not None else None

    def mark(self, properties: ET.Element | None, style: ET.Element | None) -> str:
        """The number, bullet or box in front of an item of a list, as a person sees it."""
        for holder in (properties, *self._with_bases(style)):
            listed = holder.find("numPr") if holder is not None else None
            if listed is not None and listed.find("numId") is not None:
                return self.numbering.next(
                    _value(listed.find("numId")), _whole(listed.find("ilvl"))
                )
        return ""

    def _with_bases(self, style: ET.Element | None) -> Iterator[ET.Element | None]:
        for _ in range(20):
            if style is None:
                return
            yield style.find("pPr")
            style = self.styles.get(_value(style.find("basedOn")))

    def runs(self, element: ET.Element, gathered: _Paragraph) -> None:
        """Gather the text of a run, or of whatever holds runs."""
        for child in element:
            if child.tag in _LEFT_OUT:
                continue
            say = _SAID.get(child.tag)
            if say is not None:
                say(child, gathered)
            elif child.tag == "r":
                self.run(child, gathered)
            elif child.tag == "txbxContent":
                gathered.boxes.append(child)
            elif child.tag in ("footnoteReference", "endnoteReference"):
                gathered.notes.append(
                    (child.tag.removesuffix("Reference") + "s", child.get("id", ""))
                )
            else:
                self.runs(child, gathered)

    def run(self, run: ET.Element, gathered: _Paragraph) -> None:
        properties = run.find("rPr")
        font = None
        if properties is not None:
            hidden = properties.find("vanish")
            if hidden is not None and hidden.get("val", "1") not in ("0", "false", "off"):
                self.hidden += 1
            fonts = properties.find("rFonts")
            font = fonts.get("ascii") or fonts.get("hAnsi") if fonts is not None else None
        if font and (symbol("\uf0a8", font) or "dings" in font.lower()):
            inner = _Paragraph()
            self.runs(run, inner)
            gathered.boxes += inner.boxes
            gathered.notes += inner.notes
            gathered.add("\n".join(inner.lines).translate(_Marks(font)))
        else:
            self.runs(run, gathered)


class _Marks(dict[int, str]):
    """Turns the letters of a font of symbols into the marks that they show."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, code: int) -> str:
        return symbol(chr(code), self.font) or chr(code)


def _text(element: ET.Element, gathered: _Paragraph) -> None:
    text = element.text or ""
    if any("\uf020" <= c <= "\uf0ff" for c in text):
        text = "".join(symbol(c) or c for c in text)
    gathered.add(text)


def _symbol(element: ET.Element, gathered: _Paragraph) -> None:
    try:
        character = chr(int(element.get("char", ""), 16))
    except (ValueError, OverflowError):
        return
    gathered.add(symbol(character, element.get("font", "")) or character)


def _break(element: ET.Element, gathered: _Paragraph) -> None:
    gathered.add("\n")


def _constant(text: str) -> Callable[[ET.Element, _Paragraph], None]:
    return lambda element, gathered: gathered.add(text)


_SAID: dict[str, Callable[[ET.Element, _Paragraph], None]] = {
    "t": _text,
    "sym": _symbol,
    "br": _break,
    "cr": _break,
    "tab": _constant("\t"),
    "ptab": _constant("\t"),
    "noBreakHyphen": _constant("\u2011"),
    "softHyphen": _constant("\u00ad"),
}


def _inside(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, through the controls that may stand around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, tag)


def _has_text(element: ET.Element) -> bool:
    return bool((element.text or "").strip())


def _value(element: ET.Element | None) -> str:
    return element.get("val", "") if element is not None else ""


def _whole(element: ET.Element | None) -> int:
    value = _value(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


def _is_heading(
    properties: ET.Element | None, style: ET.Element | None, styles: dict[str, ET.Element]
) -> bool:
    if properties is not None and properties.find("outlineLvl") is not None:
        return _value(properties.find("outlineLvl")) != "9"
    for _ in range(20):
        if style is None:
            return False
        if _value(style.find("name")).lower().startswith(_HEADINGS):
            return True
        if style.find("pPr/outlineLvl") is not None:
            return _value(style.find("pPr/outlineLvl")) != "9"
        style = styles.get(_value(style.find("basedOn")))
    return False
