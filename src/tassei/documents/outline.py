"""What the layout of a document says: its category, fields, level table and indicator blocks, as values."""

from typing import Literal

from attrs import frozen

from tassei.documents.runs import Run

Part = Literal[
    "responsibility", "complexity", "size", "tasks", "professional", "remarks", "business"
]


@frozen
class Statement:
    """A sentence or more with the list behind it; either may be missing."""

    said: Run | None
    items: tuple[Run, ...] = ()

    @property
    def line(self) -> int:
        return self.said.line if self.said else self.items[0].line


@frozen
class Section:
    """One clause of an indicator: what stands below its heading."""

    part: Part
    heading: Run | None
    statements: tuple[Statement, ...]

    @property
    def line(self) -> int:
        if self.statements:
            return self.statements[0].line
        return self.heading.line if self.heading else 0


@frozen
class Block:
    """One indicator as the document prints it."""

    number: int
    field_name: str
    level: int
    header: tuple[Run, ...]
    sections: tuple[Section, ...]

    @property
    def line(self) -> int:
        """Where the indicator begins: its level heading, or its first clause where they share a cell."""
        return self.header[-1].line if self.header else self.sections[0].line

    def section(self, part: Part) -> Section | None:
        return next((s for s in self.sections if s.part == part), None)


@frozen
class LevelTable:
    """The overview of fields and levels; `marks` is empty where the document lost them."""

    fields: tuple[Run, ...]
    levels: tuple[int, ...]
    marks: frozenset[tuple[str, int]]
    runs: tuple[Run, ...]


@frozen
class Outline:
    """All that the layout of a document says.

    Args:
        uses: run number -> how the run is used: `title`, `header`, `table`, `outline`,
            `decoration`, `skills`, or `block` with the block's number.
        rest: numbers of the runs that nothing uses.
    """

    category: str
    category_run: Run | None
    runs: tuple[Run, ...]
    blocks: tuple[Block, ...]
    table: LevelTable | None
    fields: tuple[tuple[str, Run], ...]
    uses: dict[int, str]
    skill_pages: tuple[tuple[Run, ...], ...] = ()
