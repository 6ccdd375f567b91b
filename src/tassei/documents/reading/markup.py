"""Markdown and HTML -> pieces: blocks, cells and list items with markup taken out.

A scanner rather than a tree builder: the published texts leave lists unclosed and mix Markdown with
HTML in one line, and each piece must say on which line it stands. A check box that is drawn by a form
control is written `□`, so that all formats give the same characters.
"""

import html as entities
import re
from collections.abc import Iterator

from attrs import define, field, frozen

from tassei.documents.pieces import Piece, PieceKind

_TOKEN = re.compile(
    r"<!--.*?-->|<![A-Za-z][^<>]*>|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>|(?P<break>\n)|(?P<tab>\t)",
    re.DOTALL,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_BOX_TYPE = "check" + "box"  # HTML's word, which is none of ours
_HIDDEN = frozenset({"script", "style"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_HEAD = re.compile(r"#{1,6}[ \t]+")
_BULLET = re.compile(r"[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|(?<!\\)`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}|\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_SPAN = re.compile(r"(?i)\b(rowspan|colspan)\s{0,9}=\s{0,9}[\"']?\s{0,9}([0-9]{1,5})")
_WIDEST = 1000
"""Columns that one cell may take, or that reach down; a page that says more is not believed."""


@frozen
class _Cell:
    row: int
    column: int


@define
class _Table:
    """Where the scanner stands in an HTML table.

    Args:
        taken: for a column that cells of earlier rows reach down into, the last row they reach.
        wide: how many columns the cell takes.
    """

    row: int = 0
    column: int = 0
    taken: dict[int, int] = field(factory=dict)
    wide: int = 1

    def next_row(self) -> None:
        self.row += 1
        self.column, self.wide = 0, 1

    def next_cell(self, attributes: str) -> None:
        """The next free place of the row; what the cell spans is taken for the rows below."""
        self.column += self.wide
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        spans = {name.lower(): int(n) for name, n in _SPAN.findall(attributes)}
        self.wide = min(max(spans.get("colspan", 1), 1), _WIDEST)
        if (high := spans.get("rowspan", 1)) > 1 and len(self.taken) < _WIDEST:
            for column in range(self.column, self.column + self.wide):
                self.taken[column] = self.row + high - 1

    def cell(self) -> _Cell | None:
        return _Cell(self.row, self.column) if self.row and self.column else None


def read_markup(text: str, html: bool) -> tuple[Piece, ...]:
    """The blocks of a marked text in reading order.

    Args:
        html: the whole is HTML, where a line end is a space; else Markdown, where HTML may stand in
            any line and tabs or `|` part the cells of a table.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(_Scanner(text, html).pieces())


@define
class _Scanner:
    text: str
    html: bool
    line: int = 1
    line_start: int = 0
    kinds: list[str] = field(factory=list)
    tables: list[_Table] = field(factory=list)
    outer: _Table = field(factory=_Table)
    held: list[str] = field(factory=list)
    held_at: tuple[int, int] | None = None
    hidden: str = ""

    def pieces(self) -> Iterator[Piece]:
        if not self.html:
            yield from self._markdown()
            return
        yield from self._scan(0, len(self.text))
        yield from self._flush()

    def _markdown(self) -> Iterator[Piece]:
        position = 0
        for line in self.text.split("\n"):
            end = position + len(line)
            self.line_start = position
            yield from self._markdown_line(line, position, end)
            yield from self._flush()
            position = end + 1
            self.line += 1

    def _markdown_line(self, line: str, start: int, end: int) -> Iterator[Piece]:
        if _RULE.fullmatch(line) or not line.strip():
            if not line.strip():
                # lists and tables that were never closed end with their paragraph
                self.outer, self.kinds, self.tables = _Table(), [], []
            return
        indent = len(line) - len(line.lstrip(" "))
        bare = line.strip(" ")
        parts = bare.split("|")
        if bare.startswith("|") and len(parts) > 2:
            self.outer.row += 1
            at = start + indent + 1
            for column, cell in enumerate(parts[1:-1], start=1):
                self.outer.column = column
                yield from self._scan(at, at + len(cell))
                yield from self._flush()
                at += len(cell) + 1
            return
        if "\t" in line.lstrip():
            self.outer.row += 1
            self.outer.column = 1
        else:
            self.outer = _Table()
        at = start + indent
        for mark, kind in ((_HEAD, "h"), (_BULLET, "li")):
            if (found := mark.match(bare)) and "<" not in found[0]:
                at += found.end()
                self.kinds.append(kind)
                if "[" in found[0]:
                    self._hold("□", at)
                yield from self._scan(at, end)
                yield from self._flush()
                self.kinds.remove(kind)
                return
        yield from self._scan(at, end)

    def _scan(self, start: int, end: int) -> Iterator[Piece]:
        """Text between tags is held until a block ends; tags change where the scanner stands."""
        position = start
        for token in _TOKEN.finditer(self.text, start, end):
            self._take(position, token.start())
            position = token.end()
            if token["break"]:
                self._hold(" ", token.start())
                self.line += 1
                self.line_start = token.end()
            elif token["tab"]:
                if self.html or not self.outer.row:
                    self._hold(" ", token.start())
                else:
                    yield from self._flush()
                    self.outer.column += 1
            elif token["tag"]:
                yield from self._tag(token["tag"].lower(), bool(token["close"]), token)
            else:
                self.line += token[0].count("\n")
        self._take(position, end)

    def _tag(self, tag: str, close: bool, token: re.Match[str]) -> Iterator[Piece]:
        if tag in _HIDDEN:
            self.hidden = "" if close else tag
        elif tag == "input" and _BOX_TYPE in token["rest"].lower():
            yield from self._flush()
            self._hold("□", token.start())
        elif tag in _BLOCKS:
            yield from self._flush()
            self._nest(tag, close, token["rest"])

    def _nest(self, tag: str, close: bool, attributes: str) -> None:
        if tag == "table":
            if close:
                if self.tables:
                    self.tables.pop()
            else:
                self.tables.append(_Table())
        elif tag == "tr" and self.tables and not close:
            self.tables[-1].next_row()
        elif tag in ("td", "th") and self.tables and not close:
            self.tables[-1].next_cell(attributes)
        if tag in ("li", "ul", "ol", "dd") or tag in _HEADINGS:
            kind = "h" if tag in _HEADINGS else "li"
            if not close:
                self.kinds.append(kind)
            elif kind in self.kinds:
                self.kinds.reverse()
                self.kinds.remove(kind)
                self.kinds.reverse()

    def _take(self, start: int, end: int) -> None:
        if start < end and not self.hidden:
            self._hold(self.text[start:end], start)

    def _hold(self, text: str, at: int) -> None:
        if self.held_at is None and text.strip():
            at += len(text) - len(text.lstrip())
            self.held_at = (self.line, at - self.line_start)
        self.held.append(text)

    def _flush(self) -> Iterator[Piece]:
        text = "".join(self.held)
        if not self.html:
            text = _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))
        text = entities.unescape(text).replace("\n", " ").strip()
        at, self.held, self.held_at = self.held_at, [], None
        if not text or at is None or text == "□":
            return
        cell = (self.tables[-1] if self.tables else self.outer).cell()
        yield Piece(
            text=text,
            line=at[0],
            start=at[1],
            kind=self._kind(text, cell),
            row=cell.row if cell else None,
            column=cell.column if cell else None,
        )

    def _kind(self, text: str, cell: _Cell | None) -> PieceKind:
        if text.startswith("□") or (self.kinds and self.kinds[-1] == "li"):
            return "item"
        if self.kinds:
            return "heading"
        if cell:
            return "cell"
        return "paragraph" if self.html else "line"
