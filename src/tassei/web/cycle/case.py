"""An assessment as a value: where it stands, who holds it, what was said and decided."""

from enum import Enum, unique

from attrs import field, frozen

from tassei.text import Text

COMMITTEE_FROM = 4
"""The lowest level that a committee decides on; below it the superior does."""


@unique
class State(Enum):
    """Where an assessment stands."""

    OPEN = "open"
    SELF = "self"
    SUPERIOR = "superior"
    COMMITTEE = "committee"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    State.OPEN: Text("開始前", "not begun"),
    State.SELF: Text("本人が記入中", "with the engineer"),
    State.SUPERIOR: Text("上司が確認中", "with the superior"),
    State.COMMITTEE: Text("審査中", "with the committee"),
    State.DECIDED: Text("決定済み", "decided"),
    State.CLOSED: Text("確定", "closed"),
    State.WITHDRAWN: Text("取り下げ", "withdrawn"),
}


@unique
class Role(Enum):
    """What a person does in the organisation; one may hold several."""

    ENGINEER = "engineer"
    SUPERIOR = "superior"
    MEMBER = "member"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        return _ROLES[self]


_ROLES = {
    Role.ENGINEER: Text("技術者", "engineer"),
    Role.SUPERIOR: Text("上司", "superior"),
    Role.MEMBER: Text("審査員", "committee member"),
    Role.MANAGER: Text("スキル管理者", "skills manager"),
    Role.AUDITOR: Text("監査者", "auditor"),
    Role.ADMINISTRATOR: Text("管理者", "administrator"),
}


@frozen
class Actor:
    """Somebody who does something."""

    id: str
    roles: frozenset[Role] = frozenset()


@frozen
class View:
    """What one member of the committee holds: whether the level is attained."""

    member: str
    attained: bool


@frozen
class Decision:
    """What people decided; the computed verdict stands apart from it.

    Args:
        by: everybody whose view it rests on.
    """

    attained: bool
    by: frozenset[str]


@frozen
class Case:
    """One person's assessment for one level of one field.

    Args:
        quorum: how many members must have given their view before a decision.
        committee: members who were seated, whether or not they may still decide.
        excluded: people with a conflict of interest, whom no reassignment brings back.
        heard: people who decided before, in the first round or before a reopening.
        above: people in the line above the engineer, who hold no seat in the committee by rule.
        appealed: the committee hears an appeal, or has heard it.
        upheld: the decision that stands if the appeal is dropped.
    """

    subject: str
    level: int
    superior: str | None = None
    quorum: int = 3
    state: State = State.OPEN
    committee: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    views: tuple[View, ...] = ()
    decision: Decision | None = None
    appealed: bool = False
    upheld: Decision | None = field(default=None)
    above: frozenset[str] = frozenset()

    def eligible(self, person: str) -> bool:
        """Whether a person may have a say in the decision at all."""
        barred = self.excluded | self.heard | {self.subject}
        return person not in barred

    @property
    def bench(self) -> frozenset[str]:
        """The members who may decide: seated, eligible, neither holding the case nor above the engineer."""
        apart = self.above | {self.superior}
        return frozenset(m for m in self.committee if self.eligible(m) and m not in apart)

    @property
    def counted(self) -> tuple[View, ...]:
        """The views of those who may decide."""
        return tuple(v for v in self.views if v.member in self.bench)

    @property
    def views_open(self) -> bool:
        """Whether members see the views of one another: once all have theirs, or it is decided.

        A quorum alone opens nothing, or who comes last would know what the others hold.
        """
        given = {v.member for v in self.counted}
        decided = self.state in (State.DECIDED, State.CLOSED)
        return decided or (bool(self.bench) and given == self.bench)

    @property
    def attained(self) -> bool:
        """What the views come to: more than half of them hold that the level is attained."""
        return 2 * sum(v.attained for v in self.counted) > len(self.counted)
