"""The pages of reviews, as frozen values in the reader's language."""

from typing import ClassVar

from attrs import frozen

from tassei.web.explorer.pages import Link, OptionGroup
from tassei.web.reviews.rows import Group, Row
from tassei.web.troubles import Told


@frozen
class QueueRow:
    """One case in a queue.

    Args:
        asked: what is asked of the reader.
        due: the day, empty where none is set.
        pass_on: leads to passing it on; empty where the reader cannot.
    """

    name: str
    what: str
    url: str
    cycle: str
    asked: str
    since: str
    due: str
    overdue: bool
    questions: int
    pass_on: Link | None


@frozen
class LoadRow:
    """How much one reviewer has in hand."""

    name: str
    url: str
    cases: int
    oldest: str
    overdue: int


@frozen
class QueuePage:
    template: ClassVar[str] = "web/queue.html"
    title: str
    lead: str
    rows: tuple[QueueRow, ...]
    more: int
    load_url: str


@frozen
class LoadPage:
    """The load of reviewers, and the cases of one of them.

    Args:
        name: whose cases are listed; empty where nobody was chosen.
    """

    template: ClassVar[str] = "web/load.html"
    title: str
    lead: str
    load: tuple[LoadRow, ...]
    name: str
    rows: tuple[QueueRow, ...]
    more: int


@frozen
class MoveLink:
    """A move that the reader can make."""

    label: str
    url: str
    meaning: str
    grave: bool


@frozen
class RemarkShown:
    """A remark under its clause.

    Args:
        answer_url: where the reader answers it; empty where it is answered, or not theirs to answer.
    """

    kind: str
    label: str
    who: str
    when: str
    reason: str
    proposal: str
    answer: str
    answered: str
    answer_url: str
    clause: str = ""


@frozen
class RowShown:
    """A row with what was said about it.

    Args:
        remark_links: accept, correct, question; none where the reader has no say now.
    """

    row: Row
    remarks: tuple[RemarkShown, ...]
    links: tuple[Link, ...]


@frozen
class GroupShown:
    group: Group
    rows: tuple[RowShown, ...]
    open: bool
    questions: int


@frozen
class StepShown:
    what: str
    whom: str
    who: str
    when: str
    why: str


@frozen
class MemberShown:
    """One member of the committee.

    Args:
        view: what the member holds; empty while it is hidden or not given.
    """

    name: str
    standing: str
    view: str
    reason: str


@frozen
class CommitteeShown:
    """The committee.

    Args:
        hidden: why the views are not shown; empty where they are.
    """

    members: tuple[MemberShown, ...]
    said: str
    hidden: str


@frozen
class DecisionShown:
    """What people decided, beside what was computed.

    Args:
        differs: what the difference is; empty where there is none.
        valid: until when the result is valid; empty where it is not final, or has no end.
        late: it has ended, or ends soon.
    """

    heading: str
    said: str
    attained: bool
    by: str
    when: str
    reason: str
    computed: str
    mark: str
    differs: str
    valid: str
    late: bool


@frozen
class Clause:
    """The verdict on the level in one line."""

    mark: str
    verdict: str
    said: str
    answer: str
    as_of: str
    readings: str


@frozen
class CasePage:
    template: ClassVar[str] = "web/case.html"
    title: str
    cycle: Link
    level: Link | None
    state: str
    held: str
    due: str
    overdue: bool
    turn: str
    moves: tuple[MoveLink, ...]
    last: StepShown | None
    notices: tuple[str, ...]
    questions: int
    verdict: Clause | None
    faults: tuple[Told, ...]
    groups: tuple[GroupShown, ...]
    gone: tuple[RemarkShown, ...]
    committee: CommitteeShown | None
    decisions: tuple[DecisionShown, ...]
    trail: tuple[StepShown, ...]
    dossier: str
    own: bool


@frozen
class MovePage:
    """One move: what it means, and what it asks for.

    Args:
        asks_person: the move names somebody.
        sought: the part of a name that was looked for.
        people: who can be named.
        which: the answers to whether the level is attained, where the move says so.
        wrong: why it could not be made.
        stale: somebody else has moved it since the page was made.
    """

    template: ClassVar[str] = "web/move.html"
    title: str
    case: Link
    meaning: str
    state: str
    version: int
    verdict: Clause | None
    views: CommitteeShown | None
    asks_person: bool
    sought: str
    people: tuple[OptionGroup, ...]
    which: OptionGroup | None
    needs_reason: bool
    reason: str
    wrong: tuple[str, ...]
    stale: bool
    grave: bool


@frozen
class RemarkPage:
    """Accept, correct or question one clause."""

    template: ClassVar[str] = "web/remark.html"
    title: str
    case: Link
    row: Row
    action: str
    kind: str
    reason: str
    proposal: str
    wrong: tuple[str, ...]
    stale: bool
    version: int


@frozen
class AnswerPage:
    """The engineer's answer to one remark."""

    template: ClassVar[str] = "web/answer.html"
    title: str
    case: Link
    remark: RemarkShown
    answer: str
    version: int
    wrong: tuple[str, ...]
    stale: bool


@frozen
class MineRow:
    """One of the engineer's own assessments.

    Args:
        step: the next move, where it is the engineer's turn.
        choose: leads to choosing field and level; empty where they are chosen.
        valid: until when the result is valid; empty where there is none, or it has no end.
        late: it has ended, or ends soon.
    """

    what: str
    url: str
    cycle: str
    state: str
    meaning: str
    due: str
    overdue: bool
    questions: int
    moves: tuple[MoveLink, ...]
    choose: str
    valid: str
    late: bool


@frozen
class MinePage:
    template: ClassVar[str] = "web/mine.html"
    title: str
    lead: str
    rows: tuple[MineRow, ...]
    past: tuple[MineRow, ...]


@frozen
class ChoosePage:
    """Choosing field and level."""

    template: ClassVar[str] = "web/choose.html"
    title: str
    cycle: str
    fields: tuple[OptionGroup, ...]
    levels: tuple[OptionGroup, ...]
    version: int
    wrong: tuple[str, ...]
    stale: bool
