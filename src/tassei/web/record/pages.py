"""The pages of a record, as frozen values."""

from typing import ClassVar

from attrs import frozen

from tassei.web.asking.sheet import Control, Group
from tassei.web.explorer.pages import Link, OptionGroup
from tassei.web.proofs import Node
from tassei.web.record.counts import CountsOfField
from tassei.web.record.panel import Panel
from tassei.web.record.preview import Preview
from tassei.web.record.timeline import Chapter, TimeLine
from tassei.web.troubles import Told


@frozen
class Tab:
    """A chosen field, by which the page shows another verdict."""

    text: str
    note: str
    url: str
    here: bool


@frozen
class RecordPage:
    """A record: what was done on the left, what it says of a field on the right.

    Args:
        own: the reader's; nobody else changes it.
        panel: None while no field is chosen.
        team: the records of those whose superior the reader is; on the own page alone.
    """

    template: ClassVar[str] = "web/record.html"
    title: str
    own: bool
    tabs: tuple[Tab, ...]
    panel: Panel | None
    proof: Node | None
    doubts: tuple[Link, ...]
    line: TimeLine
    chapters: tuple[Chapter, ...]
    team: tuple[Link, ...]


@frozen
class FieldsPage:
    """The fields to be judged in.

    Args:
        seen: the version of the choice that the page was made from.
    """

    template: ClassVar[str] = "web/record_fields.html"
    title: str
    groups: tuple[OptionGroup, ...]
    seen: str
    stale: bool


@frozen
class Document:
    """A document attached to an engagement."""

    id: int
    name: str
    kind: str
    size: str
    at: str
    url: str


@frozen
class FormState:
    """What became of a form that was sent.

    Args:
        seen: the versions that the form is now made from.
        saved: what was sent is kept, or as much of it as can be read.
        stale: it was changed elsewhere, so that nothing was saved.
        empty: nothing was entered.
        faults: the questions whose answers cannot be read.
        controls: all questions, each with a place where it is told.
        opened: the page of what was recorded just now, where the form stands on another.
    """

    seen: str
    saved: bool = False
    stale: bool = False
    empty: bool = False
    faults: tuple[Control, ...] = ()
    other: tuple[Told, ...] = ()
    controls: tuple[Control, ...] = ()
    opened: str = ""


@frozen
class WorkPage:
    """The form of one engagement.

    Args:
        id: of the entry; 0 for one that is not recorded yet.
        key: the id of the engagement.
        copied: the entry that it is copied from; empty for none.
        ended: it can be extended, since it has a last month.
    """

    template: ClassVar[str] = "web/record_work.html"
    title: str
    url: str
    id: int
    key: str
    copied: str
    groups: tuple[Group, ...]
    state: FormState
    panel: Panel | None
    tabs: tuple[Tab, ...]
    documents: tuple[Document, ...]
    most_files: int
    ended: bool
    refused: str


@frozen
class AboutPage:
    """The form of contributions and examinations, or of skills and knowledge."""

    template: ClassVar[str] = "web/record_about.html"
    title: str
    lead: str
    url: str
    groups: tuple[Group, ...]
    state: FormState
    panel: Panel | None
    tabs: tuple[Tab, ...]


@frozen
class LivePage:
    """What changes beside a form while one types."""

    template: ClassVar[str] = "web/record_live.html"
    title: str
    panel: Panel | None
    state: FormState


@frozen
class RemovePage:
    """Taking an engagement, or a document, out of the record.

    Args:
        why: the reason as it was typed.
        asked: a reason is still to be given.
    """

    template: ClassVar[str] = "web/record_remove.html"
    title: str
    why: str
    documents: int
    seen: str
    back: str
    stale: bool
    asked: bool


@frozen
class CountsPage:
    """What one engagement counts for."""

    template: ClassVar[str] = "web/record_counts.html"
    title: str
    name: str
    period: str
    fields: tuple[CountsOfField, ...]
    documents: tuple[Document, ...]
    url: str
    back: str
    whose: str


@frozen
class ImportPage:
    """A file for one's own record.

    Args:
        seen: the digest of the record that the page was made from.
        stale: the record was changed since.
        preview: what the file would change; None until one was read.
    """

    template: ClassVar[str] = "web/record_import.html"
    title: str
    written: str
    seen: str
    faults: tuple[Told, ...]
    stale: bool
    preview: Preview | None
