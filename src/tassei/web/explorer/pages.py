"""What each page of the explorer shows, as frozen values in the reader's language."""

from typing import ClassVar

from attrs import frozen

from tassei.web.explorer.clauses import Clause


@frozen
class Link:
    """Words that lead somewhere; `note` stands beside them."""

    text: str
    url: str
    note: str = ""


@frozen
class Step:
    """One level in a ladder: a number that leads to it, and its one sentence."""

    level: int
    url: str
    said: str
    shared: str = ""


@frozen
class FieldRow:
    """A field in the table of an edition: a cell a level, None where the level does not exist."""

    name: str
    url: str
    outline: str
    cells: tuple[Link | None, ...]


@frozen
class EditionCard:
    """An edition with its fields."""

    name: str
    label: str
    url: str
    outline: str
    levels: tuple[int, ...]
    fields: tuple[FieldRow, ...]


@frozen
class Home:
    template: ClassVar[str] = "web/home.html"
    title: str
    editions: tuple[EditionCard, ...]


@frozen
class EditionPage:
    template: ClassVar[str] = "web/edition.html"
    title: str
    card: EditionCard
    place: str
    known_by: str
    dated: str
    before: Link | None
    after: Link | None
    doubts: int
    doubts_url: str
    over: Link | None
    beside_url: str


@frozen
class FieldPage:
    template: ClassVar[str] = "web/field.html"
    title: str
    edition: Link
    outline: str
    place: str
    steps: tuple[Step, ...]
    try_url: str


@frozen
class Choice:
    """One alternative of a choice."""

    id: str
    text: str
    chosen: bool


@frozen
class ReadingChoice:
    """A reading that changes what a level asks, with its alternatives."""

    id: str
    question: str
    why: str
    url: str
    choices: tuple[Choice, ...]


@frozen
class LevelPage:
    template: ClassVar[str] = "web/level.html"
    title: str
    edition: Link
    field: Link
    lead: str
    shared_with: tuple[Link, ...]
    clause: Clause
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    doubts: tuple[Link, ...]
    readings: tuple[ReadingChoice, ...]
    other_readings: bool
    up: Link | None
    down: Link | None
    compare_url: str
    try_url: str
    over: Link | None
    beside_url: str


@frozen
class DoubtPage:
    template: ClassVar[str] = "web/doubt.html"
    title: str
    id: str
    kind: str
    says: str
    reading: str
    why: str
    changes_rule: bool
    places: tuple[str, ...]
    touches: tuple[Link, ...]
    readings: tuple[Link, ...]


@frozen
class DoubtsPage:
    template: ClassVar[str] = "web/doubts.html"
    title: str
    lead: str
    doubts: tuple[Link, ...]
    edition: Link | None


@frozen
class ReadingEntry:
    id: str
    question: str
    why: str
    choices: tuple[Choice, ...]
    doubts: tuple[Link, ...]


@frozen
class ReadingsPage:
    template: ClassVar[str] = "web/readings.html"
    title: str
    readings: tuple[ReadingEntry, ...]


@frozen
class SearchPage:
    template: ClassVar[str] = "web/search.html"
    title: str
    asked: str
    found: tuple[Link, ...]
    more: int


@frozen
class OptionGroup:
    name: str
    options: tuple[Choice, ...]


@frozen
class Side:
    """One of two levels that are compared."""

    name: str
    edition: str
    url: str
    clause: Clause


@frozen
class Difference:
    """One thing that two levels ask differently.

    Args:
        more: "more" or "less" where the second asks for more or less, else empty.
        gone, added: of a list, what left it and what came into it.
    """

    label: str
    before: str
    after: str
    more: str
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@frozen
class CompareLevelsPage:
    template: ClassVar[str] = "web/compare_levels.html"
    title: str
    lead: str
    ones: tuple[OptionGroup, ...]
    others: tuple[OptionGroup, ...]
    differences: tuple[Difference, ...]
    sides: tuple[Side, ...]


@frozen
class CompareEditionsPage:
    template: ClassVar[str] = "web/compare_editions.html"
    title: str
    lead: str
    ones: tuple[Choice, ...]
    others: tuple[Choice, ...]
    body: str
