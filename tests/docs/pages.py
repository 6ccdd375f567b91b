"""What a page of the documentation consists of, for the tests that hold it to the program."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from tassei.text import Lang

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@frozen
class Block:
    """A fenced block: its language, its lines, where they stand, and the comments in front."""

    info: str
    lines: tuple[str, ...]
    first: int
    notes: dict[str, str]

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)

    @property
    def is_shell(self) -> bool:
        return bool(self.lines) and self.lines[0].startswith("$ ")

    def commands(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """Each command with the number of its line and the output that is shown below it."""
        starts = [n for n, line in enumerate(self.lines) if line.startswith("$ ")]
        ends = [*starts[1:], len(self.lines)]
        return [
            (self.lines[a][2:], a, self.lines[a + 1 : b]) for a, b in zip(starts, ends, strict=True)
        ]


@frozen
class Page:
    """One page of the documentation."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(DOCS).as_posix()

    @property
    def lang(self) -> Lang:
        return "ja" if self.name.startswith("ja/") else "en"

    @property
    def pair(self) -> "Page":
        """The same page in the other language."""
        other = self.name.removeprefix("ja/") if self.lang == "ja" else f"ja/{self.name}"
        return Page(DOCS / other)

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    def blocks(self) -> Iterator[Block]:
        """The fenced blocks; lines count from 0."""
        notes: dict[str, str] = {}
        found: list[str] | None = None
        info, first = "", 0
        for number, line in enumerate(self.text.split("\n")):
            if found is not None and line.strip() != "```":
                found.append(line)
            elif found is not None:
                yield Block(info, tuple(found), first, notes)
                found, notes = None, {}
            elif line.startswith("```"):
                info, first, found = line.removeprefix("```").strip(), number + 1, []
            elif match := re.fullmatch(r"<!-- ([a-z ]+?)(?:: (.*))? -->", line):
                notes[match[1]] = match[2] or ""
            elif line.strip():
                notes = {}

    def prose(self) -> str:
        """The page without its fenced blocks."""
        return re.sub(r"(?ms)^```.*?^```$", "", self.text)

    def headings(self) -> list[str]:
        return [m[1] for m in re.finditer(r"(?m)^(#+) ", self.prose())]

    def section(self, heading: str) -> str:
        """What stands under a heading, up to the next one of its rank."""
        match = re.search(rf"(?m)^(#+) {re.escape(heading)}$", self.text)
        assert match, f"{self.name} has no heading {heading!r}"
        rest = self.text[match.end() :]
        return re.split(rf"(?m)^#{{1,{len(match[1])}}} ", rest)[0]


def page_of(name: str, lang: Lang) -> Page:
    """The page of that name in a language."""
    return Page(DOCS / ("ja" if lang == "ja" else "") / name)
