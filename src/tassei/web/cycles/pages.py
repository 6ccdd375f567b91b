"""The pages of cycles, as frozen values in the reader's language."""

from typing import ClassVar

from attrs import frozen

from tassei.web.explorer.pages import Choice, Link, OptionGroup


@frozen
class CycleRow:
    """One cycle in the list."""

    name: str
    url: str
    unit: str
    as_of: str
    state: str
    time: str
    people: int


@frozen
class CyclesPage:
    template: ClassVar[str] = "web/cycles.html"
    title: str
    lead: str
    rows: tuple[CycleRow, ...]
    new_url: str


@frozen
class Ask:
    """One question of a form.

    Args:
        kind: as HTML names kinds of inputs; also "select" and "checks".
        wrong: what is wrong with the answer; empty where nothing is.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    options: tuple[OptionGroup, ...] = ()
    wrong: str = ""


@frozen
class CycleFormPage:
    """Making or changing a cycle.

    Args:
        readings: each a choice, folded away; most cycles keep the defaults.
    """

    template: ClassVar[str] = "web/cycle_form.html"
    title: str
    back: Link
    asks: tuple[Ask, ...]
    readings: tuple[Ask, ...]
    faults: tuple[Ask, ...]
    version: int
    stale: bool


@frozen
class StateCount:
    label: str
    url: str
    count: int
    overdue: int
    here: bool


@frozen
class Participant:
    """One assessment of a cycle.

    Args:
        lacks: what is still to be settled; empty where nothing is.
    """

    name: str
    what: str
    url: str
    state: str
    held: str
    due: str
    overdue: bool
    lacks: str


@frozen
class CyclePage:
    """One cycle: how far it is, what is lacking, who takes part."""

    template: ClassVar[str] = "web/cycle.html"
    title: str
    lead: str
    state: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[StateCount, ...]
    lacking: Link | None
    rows: tuple[Participant, ...]
    shown: str
    before: str
    after: str
    links: tuple[Link, ...]
    may: bool


@frozen
class LineShown:
    """One line of people as it was read.

    Args:
        outcome: "add", "change", "same" or "wrong".
    """

    number: int
    outcome: str
    label: str
    who: str
    what: str
    superior: str
    members: str
    wrong: tuple[str, ...]


@frozen
class PeoplePage:
    """Adding people: by picking, or by lines; and what would come of it.

    Args:
        seen: the digest of what is shown, which the confirmation carries.
        confirm: what is shown can be done.
    """

    template: ClassVar[str] = "web/cycle_people.html"
    title: str
    back: Link
    units: tuple[OptionGroup, ...]
    people: tuple[Choice, ...]
    more: int
    fields: tuple[OptionGroup, ...]
    levels: tuple[OptionGroup, ...]
    choosing: bool
    text: str
    lines: tuple[LineShown, ...]
    said: str
    wrong: int
    seen: str
    confirm: bool
    stale: bool


@frozen
class ConfirmPage:
    """Opening or closing a cycle, on a page of its own."""

    template: ClassVar[str] = "web/cycle_confirm.html"
    title: str
    back: Link
    lead: str
    notes: tuple[str, ...]
    version: int
    needs_reason: bool
    reason: str
    wrong: tuple[str, ...]
    stale: bool
