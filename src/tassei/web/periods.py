"""How long things are kept and results are valid: numbers that administrators choose, and counting months."""

from datetime import date

from attrs import frozen

from tassei.text import Text
from tassei.web.models import Setting


@frozen
class Rule:
    """One number that administrators choose.

    Args:
        default: where nothing was chosen; 0 stands for "for ever".
    """

    key: str
    label: Text
    hint: Text
    default: int
    most: int


LEFT = Rule(
    "erase-months-after-leaving",
    Text("退職などから消すまでの月数", "Months from leaving to erasure"),
    Text("0なら消しません", "0: never"),
    0,
    600,
)
VERDICTS = Rule(
    "keep-verdicts-years",
    Text("判定を残す年数", "Years that verdicts are kept"),
    Text(
        "審査に使われた判定は、審査とともに残ります。0なら消しません",
        "those that an assessment rests on stay with it; 0: for ever",
    ),
    0,
    100,
)
VALIDITY = Rule(
    "valid-years",
    Text("結果の有効年数", "Years that a result is valid"),
    Text("0なら期限なし", "0: without an end"),
    3,
    100,
)
RULES = (LEFT, VERDICTS, VALIDITY)


def chosen() -> dict[str, int]:
    """The number of each rule; one query."""
    found = dict(Setting.objects.values_list("key", "value"))
    return {r.key: found.get(r.key, r.default) for r in RULES}


def months_after(day: date, months: int) -> date:
    """The same day some months later, or earlier where negative; the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if year < 1:
        return date.min
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
