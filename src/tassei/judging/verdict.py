"""The three verdicts, and how they combine (Kleene's strong three-valued logic)."""

from collections.abc import Iterable
from enum import IntEnum, unique

from tassei.text import Text


@unique
class Verdict(IntEnum):
    """What the recorded evidence says about a rule; the order is that of Kleene's logic."""

    NOT_MET = 0
    UNDETERMINED = 1
    MET = 2

    @property
    def id(self) -> str:
        return self.name.lower()

    @property
    def mark(self) -> str:
        return "✗?✓"[self]

    @property
    def label(self) -> Text:
        return _LABELS[self]

    @classmethod
    def between(cls, surely: bool, possibly: bool) -> "Verdict":
        """The verdict of what holds without the unknown facts, and of what holds with them."""
        return cls.MET if surely else cls.UNDETERMINED if possibly else cls.NOT_MET


_LABELS = {
    Verdict.NOT_MET: Text("記録は基準を満たしません", "the record does not satisfy it"),
    Verdict.UNDETERMINED: Text(
        "記録は判断するには足りません", "the record does not suffice to tell"
    ),
    Verdict.MET: Text("記録は基準を満たします", "the record satisfies it"),
}


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, default=Verdict.MET)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, default=Verdict.NOT_MET)


def at_least(count: int, verdicts: Iterable[Verdict]) -> Verdict:
    """Met when `count` are met, not met when even with the undetermined ones there are fewer."""
    found = list(verdicts)
    met = found.count(Verdict.MET)
    return Verdict.between(met >= count, met + found.count(Verdict.UNDETERMINED) >= count)
