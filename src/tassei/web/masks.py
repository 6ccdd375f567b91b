"""Amounts of money that are masked: of an amount only the threshold that it reaches is kept.

Every rule compares an amount with thresholds alone, so that a masked amount is judged as the true one
is, whatever the level, the edition and the readings.
"""

from bisect import bisect_right

from tassei.figures import yen
from tassei.framework.indicator import Bound
from tassei.framework.vocabulary import Measure
from tassei.text import Text
from tassei.web.explorer.shelf import of_the_shelf, standards


@of_the_shelf
def thresholds(measure_id: str) -> tuple[int, ...]:
    """Every bound of a measure over all levels of all editions, ascending."""
    bounds = (
        bound
        for edition in standards().editions
        for indicator in edition.indicators
        for item in indicator.size
        for bound in item.any_of
        if isinstance(bound, Bound) and bound.measure.id == measure_id
    )
    return tuple(sorted({x for b in bounds for x in (b.at_least, b.below) if x is not None}))


def masked(measure_id: str, amount: int) -> int:
    """What is kept of an amount: the greatest threshold that it reaches; 0 below the least."""
    known = thresholds(measure_id)
    reached = bisect_right(known, amount)
    return known[reached - 1] if reached else 0


def measures_of_money() -> tuple[Measure, ...]:
    """What can be masked."""
    return tuple(m for m in standards().vocabulary.measures.values() if m.money)


def said(measure_id: str, kept: int, by: str) -> Text:
    """A masked amount in words, with who confirmed it."""
    confirmed = Text(f"・確認者 {by}", f", confirmed by {by}") if by else Text("", "")
    known = thresholds(measure_id)
    if kept:
        amount = yen(kept)
        return Text(
            f"{amount.ja}以上（伏せています{confirmed.ja}）",
            f"{amount.en} or more (masked{confirmed.en})",
        )
    if not known:
        return Text(f"伏せています{confirmed.ja}", f"masked{confirmed.en}")
    amount = yen(known[0])
    return Text(
        f"{amount.ja}未満（伏せています{confirmed.ja}）",
        f"below {amount.en} (masked{confirmed.en})",
    )
