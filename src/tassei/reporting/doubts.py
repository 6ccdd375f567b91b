"""Which doubts belong beside which clause."""

from collections.abc import Iterable

from attrs import define, field

from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.text import Lang, Text

_CLAUSE_OF = {
    "years": "responsibility", "count": "responsibility", "of_which": "responsibility",
    "role": "responsibility", "supervised": "responsibility", "succeeded": "responsibility",
    "outcomes": "responsibility", "activities": "responsibility", "experience": "responsibility",
    "work_level": "responsibility", "field": "responsibility", "complexity": "complexity",
    "size": "size", "areas": "areas", "succession": "succession", "mentoring": "mentoring",
    "contributions": "contributions", "tasks": "tasks", "examination": "examinations",
}  # fmt: skip


def clause_of(label: str) -> str | None:
    """The clause of the document that a node stands for, as the register names clauses."""
    return _CLAUSE_OF.get(label)


def marks(
    doubts: Iterable[Doubt], edition: Edition, indicator: Indicator, label: str
) -> tuple[str, ...]:
    """Ids of the doubts that touch the clause of a node."""
    clause = clause_of(label)
    if clause is None:
        return ()
    return tuple(
        d.id
        for d in doubts
        if d.concerns_clause(edition.id, indicator.field_id, indicator.level, clause)
    )


_MARKED = frozenset(
    {
        "years", "count", "complexity", "size", "areas", "succession", "mentoring", "contributions",
        "tasks", "examination",
    }
)  # fmt: skip


@define
class Marker:
    """Puts a mark behind the first sentence of each clause that doubts touch."""

    doubts: tuple[Doubt, ...]
    edition: Edition
    indicator: Indicator
    lang: Lang
    _done: set[str] = field(factory=set)

    def ids(self, label: str) -> tuple[str, ...]:
        """The doubts that touch a clause; none where they were told of before."""
        if label not in _MARKED or label in self._done:
            return ()
        self._done.add(label)
        return marks(self.doubts, self.edition, self.indicator, label)

    def mark(self, label: str) -> str:
        """The mark for a clause, with a blank before it; empty where there is none or it was put."""
        ids = self.ids(label)
        return f" {doubt_mark(ids, self.lang)}" if ids else ""


def doubt_mark(ids: tuple[str, ...], lang: Lang) -> str:
    """A small mark behind a clause: the first few doubts that touch it, and how many more."""
    listed = ", ".join(ids[:_LISTED])
    if len(ids) > _LISTED:
        listed += Text(f" ほか{len(ids) - _LISTED}件", f" and {len(ids) - _LISTED} more")[lang]
    return Text(
        f"〔疑義 {listed}〕", f"[doubts {listed}]" if len(ids) > 1 else f"[doubt {listed}]"
    )[lang]


_LISTED = 3
