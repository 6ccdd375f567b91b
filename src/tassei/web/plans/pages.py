"""What the pages of plans show."""

from typing import ClassVar

from attrs import frozen

from tassei.web.explorer.pages import Link, OptionGroup
from tassei.web.troubles import Told


@frozen
class Point:
    """One place of the record, or one thing to do, with what is asked there."""

    head: str
    items: tuple[str, ...]


@frozen
class Card:
    """One plan: which level it leads to, at which effort, and from which month on.

    Args:
        goal: `EDITION/FIELD/LEVEL`, to propose it as a goal; by the month of the plan.
    """

    level: Link
    effort: str
    when: str
    facts: tuple[Point, ...]
    work: tuple[Point, ...]
    way: str
    goal: str
    by: str


@frozen
class GoalLine:
    """One goal with how far it is.

    Args:
        progress: what it lacks now, and what it lacked when it was agreed.
        does: what the reader can do with it: names of moves and their words.
        asks: one of these moves needs a reason.
    """

    id: int
    version: int
    who: str
    level: Link
    by: str
    state: str
    note: str
    progress: str
    does: tuple[Link, ...]
    asks: bool


@frozen
class PlanPage:
    """Next steps and goals of one person.

    Args:
        whose: code of the person whose plan it is, where that is not the reader; empty otherwise.
        goals: of that person.
        team: goals of people whose superior the reader is.
        fields: from which a goal or a way is chosen.
        written: what was typed.
    """

    template: ClassVar[str] = "web/plan.html"
    title: str
    lead: str
    whose: str
    empty: bool
    cards: tuple[Card, ...]
    goals: tuple[GoalLine, ...]
    team: tuple[GoalLine, ...]
    people: tuple[Link, ...]
    fields: tuple[OptionGroup, ...]
    maps: tuple[Link, ...]
    written: dict[str, str]
    faults: tuple[Told, ...]
    stale: bool


@frozen
class Bar:
    """One step on a time line of which the whole is 100 wide."""

    level: str
    when: str
    start: float
    width: float


@frozen
class Step:
    """One step of a path."""

    level: str
    effort: str
    when: str
    facts: tuple[Point, ...]
    work: tuple[Point, ...]


@frozen
class WayPage:
    """The way to one level.

    Args:
        why_not: clauses and facts that rule it out.
        steps: through the levels below it, each with a bar; empty where it is one step alone.
        span: the months that the time line begins and ends with.
    """

    template: ClassVar[str] = "web/plan_way.html"
    title: str
    lead: str
    back: str
    card: Card | None
    steps: tuple[Step, ...]
    bars: tuple[Bar, ...]
    span: str
    why_not: tuple[Point, ...]
    whose: str


@frozen
class MapCell:
    """One level of a field.

    Args:
        shade: the more effort, the darker, 0 to 5.
    """

    text: str
    said: str
    url: str
    shade: int
    kind: str = ""


@frozen
class MapRow:
    name: str
    cells: tuple[MapCell, ...]


@frozen
class MapPage:
    """All levels of an edition, shaded by effort."""

    template: ClassVar[str] = "web/plan_map.html"
    title: str
    lead: str
    back: str
    levels: tuple[int, ...]
    rows: tuple[MapRow, ...]
    others: tuple[Link, ...]
