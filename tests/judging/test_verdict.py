"""The three verdicts and how they combine."""

from itertools import product

import pytest

from judging.small import MET, NOT_MET, UNDETERMINED
from tassei.judging.verdict import Verdict, all_of, any_of, at_least
from tassei.text import Text

LISTS = [list(v) for n in range(5) for v in product(Verdict, repeat=n)]


def test_order() -> None:
    """Not met comes below undetermined, and undetermined below met."""
    assert sorted(Verdict, reverse=True) == [MET, UNDETERMINED, NOT_MET]


@pytest.mark.parametrize(
    ("verdict", "name", "mark", "label"),
    [
        (
            NOT_MET,
            "not_met",
            "✗",
            Text("記録は基準を満たしません", "the record does not satisfy it"),
        ),
        (
            UNDETERMINED,
            "undetermined",
            "?",
            Text("記録は判断するには足りません", "the record does not suffice to tell"),
        ),
        (MET, "met", "✓", Text("記録は基準を満たします", "the record satisfies it")),
    ],
)
def test_words_and_shapes(verdict: Verdict, name: str, mark: str, label: Text) -> None:
    """Each verdict has an id, a shape of its own, and words in both languages."""
    assert (verdict.id, verdict.mark, verdict.label) == (name, mark, label)


def test_between_the_worlds() -> None:
    """What holds without the unknown facts is met; what holds only with them is undetermined."""
    assert Verdict.between(surely=True, possibly=True) is MET
    assert Verdict.between(surely=False, possibly=True) is UNDETERMINED
    assert Verdict.between(surely=False, possibly=False) is NOT_MET


@pytest.mark.parametrize("verdicts", LISTS, ids=lambda v: "".join(x.mark for x in v) or "none")
def test_connectives_are_those_of_kleene(verdicts: list[Verdict]) -> None:
    """A combination is undetermined exactly when the undetermined parts can still decide it."""
    open_ = verdicts.count(UNDETERMINED)
    met = verdicts.count(MET)
    assert all_of(iter(verdicts)) is _of([met + n == len(verdicts) for n in range(open_ + 1)])
    assert any_of(iter(verdicts)) is _of([met + n > 0 for n in range(open_ + 1)])
    for count in range(4):
        expected = _of([met + n >= count for n in range(open_ + 1)])
        assert at_least(count, iter(verdicts)) is expected


def _of(outcomes: list[bool]) -> Verdict:
    """The verdict over every way in which the undetermined parts may turn out."""
    return MET if all(outcomes) else UNDETERMINED if any(outcomes) else NOT_MET


def test_nothing_to_combine() -> None:
    """All of nothing is met, one of nothing is not."""
    assert all_of([]) is MET
    assert any_of([]) is NOT_MET
