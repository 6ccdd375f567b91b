"""XLSX -> pieces: every cell of every sheet, with the text boxes and notes on it.

Read from the XML itself, row by row: so hidden rows are known, readings above characters are told
from the characters, and a sheet of a million rows is never held whole.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from attrs import define, field, frozen

from tassei.documents.pieces import Piece
from tassei.documents.reading.limits import Limits, Progress
from tassei.documents.reading.package import Package
from tassei.documents.reading.refusals import Refused
from tassei.text import Text

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_KIND = "Excel (xlsx)"
_BOOK = "xl/workbook.xml"


@frozen
class _Sheet:
    number: int
    name: str
    part: str
    hidden: bool


def read_xlsx(
    data: bytes, limits: Limits, progress: Progress
) -> tuple[tuple[Piece, ...], tuple[Text, ...]]:
    """Read a workbook.

    Raises:
        Refused: it is broken, encrypted, holds nothing, or is made to exhaust its reader.
    """
    package = Package(data, _KIND, limits)
    sheets = list(_sheets(package))
    if len(sheets) > limits.pages:
        raise Refused("too-long", pages=len(sheets), limit=limits.pages)
    reader = _Reader(package)
    for sheet in sheets:
        reader.sheet(sheet)
        progress(sheet.number, len(sheets))
    if not any(not p.furniture for p in reader.pieces):
        raise Refused("empty")
    return tuple(reader.pieces), tuple(reader.notes)


def _sheets(package: Package) -> Iterator[_Sheet]:
    relations = package.relations(_BOOK)
    number = 0
    for sheet in package.tree(_BOOK).iter("sheet"):
        kind, part = relations.get(sheet.get("id", ""), ("", ""))
        # a chart on a sheet of its own has no cells
        if kind == "worksheet":
            number += 1
            hidden = sheet.get("state", "visible") != "visible"
            yield _Sheet(number, sheet.get("name", ""), part, hidden)


@define
class _Cell:
    """A cell as it is read; its text may have several lines."""

    row: int
    column: int
    text: str


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.shared = _shared_strings(package)
        self.shapes = _Shapes.of(package)
        self.pieces: list[Piece] = []
        self.notes: list[Text] = []
        self.said: dict[int, int] = {}

    def sheet(self, sheet: _Sheet) -> None:
        """Its tab, its cells row by row, then what lies on it."""
        self.said.clear()
        self._say(sheet, _Cell(1, 1, sheet.name), furniture=True)
        hidden = 0
        row, column = 0, 0
        heads: list[str] = []
        for event, element in self.package.events(sheet.part):
            if event == "start":
                if element.tag == "row":
                    row, column = _number(element.get("r")) or row + 1, 0
                    hidden += _is_true(element.get("hidden"))
                continue
            match element.tag:
                case "c":
                    place = _PLACE.fullmatch(element.get("r", ""))
                    column = _column(place[1]) if place else column + 1
                    row = int(place[2]) if place else row
                    self._say(sheet, _Cell(row, column, self.text_of(element)))
                    element.clear()
                case "row":
                    element.clear()
                case (
                    "oddHeader"
                    | "evenHeader"
                    | "firstHeader"
                    | "oddFooter"
                    | "evenFooter"
                    | "firstFooter"
                ):
                    heads.append(_head(element.text or ""))
                case "sheetData":
                    element.clear()
        for head in heads:
            self._say(sheet, _Cell(row + 1, 1, head), furniture=True)
        self._on_top(sheet, row)
        self._note(sheet, hidden)

    def _note(self, sheet: _Sheet, hidden: int) -> None:
        if sheet.hidden:
            self.notes.append(
                Text(
                    f"シート「{sheet.name}」は非表示ですが、読みました",
                    f'the sheet "{sheet.name}" is hidden; it was read as well',
                )
            )
        if hidden:
            rows = "1 hidden row" if hidden == 1 else f"{hidden} hidden rows"
            was = "it was" if hidden == 1 else "they were"
            self.notes.append(
                Text(
                    f"シート「{sheet.name}」には非表示の行が{hidden}行あり、それも読みました",
                    f'the sheet "{sheet.name}" has {rows}; {was} read as well',
                )
            )

    def _say(self, sheet: _Sheet, cell: _Cell, *, furniture: bool = False) -> None:
        # a row is one line, on which its cells follow one another
        start = self.said.get(cell.row, 0)
        for line in re.split(r"\r\n|[\r\n]", cell.text):
            if line.strip():
                lead = len(line) - len(line.lstrip())
                self.pieces.append(
                    Piece(
                        line.strip(), cell.row, start + lead, sheet.number,
                        "line" if furniture else "cell",
                        None if furniture else cell.row, None if furniture else cell.column,
                        furniture,
                    )
                )  # fmt: skip
            start += len(line) + 1
        self.said[cell.row] = start

    def text_of(self, cell: ET.Element) -> str:
        """What a cell shows: text as it is, a formula's last result, a number as it is written."""
        kind, value = cell.get("t", "n"), cell.findtext("v") or ""
        match kind:
            case "s":
                at = _number(value)
                return self.shared[at] if at is not None and at < len(self.shared) else ""
            case "inlineStr":
                inside = cell.find("is")
                return _plain(inside) if inside is not None else ""
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "str" | "e" | "d":
                return _unescaped(value)
        return self.shapes.shown(value, _number(cell.get("s")) or 0)

    def _on_top(self, sheet: _Sheet, last: int) -> None:
        """Text boxes and shapes, where they are anchored, and notes on cells."""
        for kind, part in self.package.relations(sheet.part).values():
            if part not in self.package:
                continue
            if kind == "drawing":
                self._drawing(sheet, self.package.tree(part))
            elif kind == "comments":
                for note in self.package.tree(part).iter("comment"):
                    place = _PLACE.fullmatch(note.get("ref", ""))
                    text = "".join(_plain(t) for t in note.iter("text"))
                    at = (int(place[2]), _column(place[1])) if place else (last, 1)
                    self._say(sheet, _Cell(*at, text))

    def _drawing(self, sheet: _Sheet, root: ET.Element) -> None:
        for anchor in root:
            row = _number(anchor.findtext("from/row")) or 0
            column = _number(anchor.findtext("from/col")) or 0
            lines = []
            for paragraph in anchor.iter("p"):
                lines.append("".join(
                    "\n" if e.tag == "br" else e.text or ""
                    for e in paragraph.iter() if e.tag in ("t", "br")
                ))  # fmt: skip
            self._say(sheet, _Cell(row + 1, column + 1, "\n".join(lines)))


def _shared_strings(package: Package) -> list[str]:
    part = next(
        (p for k, p in package.relations(_BOOK).values() if k == "sharedStrings"),
        "xl/sharedStrings.xml",
    )
    if part not in package:
        return []
    found = []
    depth, root = 0, None
    for event, element in package.events(part):
        depth += 1 if event == "start" else -1
        if depth == 1 and event == "start":
            root = element
        elif depth == 1 and element.tag == "si":
            found.append(_plain(element))
            if root is not None:
                root.clear()
    return found


def _plain(element: ET.Element) -> str:
    """The text of a cell whose parts may look different; without the readings above characters."""
    if element.tag == "t":
        return _unescaped(element.text or "")
    return "".join(_plain(child) for child in element if child.tag != "rPh")


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_ by Excel."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


@define
class _Shapes:
    """How numbers are shown, by the style of their cell, as far as documents need it."""

    formats: list[str] = field(factory=list)

    @classmethod
    def of(cls, package: Package) -> "_Shapes":
        part = next((p for k, p in package.relations(_BOOK).values() if k == "styles"), "")
        if part not in package:
            return cls()
        root = package.tree(part)
        own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter("numFmt")}
        used = root.find("cellXfs")
        ids = [x.get("numFmtId", "0") for x in used] if used is not None else []
        return cls([own.get(i) or _BUILT_IN.get(i, "") for i in ids])

    def shown(self, value: str, style: int) -> str:
        """A number in plain digits; in per cent, with thousands parted or with its unit where so shown."""
        form = self.formats[style] if style < len(self.formats) else ""
        try:
            number = float(value)
            if abs(number) >= 1e15:
                return value
        except ValueError:
            return value
        return _formatted(number, form)


_BUILT_IN = {"9": "0%", "10": "0.00%", "3": "#,##0", "4": "#,##0.00", "37": "#,##0", "38": "#,##0"}
_LONGEST_FORMAT = 255
"""As Excel allows; patterns that look for a format inside a longer one could take for ever."""
_LITERAL = re.compile(r'"([^"]{0,80})"|\\(.)')
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")


def _formatted(number: float, form: str) -> str:
    """A number in a format of Excel such as `#,##0"人"`; other formats than of numbers are not applied."""
    first = form.split(";")[0]
    bare = _LITERAL.sub("\0", first)
    if (
        len(form) > _LONGEST_FORMAT
        or not _DIGITS.search(bare)
        or re.search(r"[ymdhsYMDHSEe*]", bare)
    ):
        return _plain_number(number)
    place = _DIGITS.search(_LITERAL.sub(lambda m: "\0" * len(m[0]), first))
    if place is None:
        return _plain_number(number)
    percent = "%" in bare
    decimals = len(place[0].rpartition(".")[2]) if "." in place[0] else 0
    parted = "," if "," in place[0] else ""
    digits = f"{number * (100 if percent else 1):{parted}.{min(decimals, 15)}f}"
    around = first[: place.start()], first[place.end() :]
    head, tail = (
        _LITERAL.sub(lambda m: m[1] or m[2] or "", re.sub(r"\[[^\]]*\]|_.", "", a)) for a in around
    )
    return f"{head}{digits}{tail}".strip()


def _plain_number(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.15g}"


def _head(text: str) -> str:
    """A head or foot without its codes for place, font and size."""
    text = re.sub(r'&(?:[LCR]|"[^"]{0,80}"|K[0-9A-F]{6}|[0-9]{1,3})', " ", text)
    return re.sub(r"&[PNDTZFAGBIUESXYOH]", "", text).replace("&&", "&")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")
