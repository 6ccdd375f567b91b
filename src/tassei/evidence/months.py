"""Calendar months and runs of months: the unit in which experience is counted."""

import re
import unicodedata
from collections.abc import Iterable
from functools import total_ordering

from attrs import frozen

from tassei.text import Text

_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})[/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?"),
    re.compile(
        r"(?P<era>令和|平成|昭和)(?P<year>[0-9]{1,2}|元)年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?"
    ),
)
# first month and the month after the last, so that 平成40年 is refused
_ERAS = {"令和": (2019, 5, None), "平成": (1989, 1, (2019, 4)), "昭和": (1926, 12, (1989, 1))}
EARLIEST_YEAR = 1900
_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@total_ordering
@frozen(order=False)
class Month:
    """A calendar month; `number` counts months from year 0, so that differences are months."""

    number: int

    @classmethod
    def of(cls, year: int, month: int) -> "Month":
        if not 1 <= month <= 12:
            raise ValueError(f"no month {month}")
        return cls(12 * year + month - 1)

    @classmethod
    def parse(cls, written: str) -> "Month":
        """Read a month as people write it: 2019-04, 2019/4, 2019年4月, 平成31年4月, full-width too.

        Raises:
            ValueError: it is none of these forms, or no month that exists.
        """
        text = "".join(unicodedata.normalize("NFKC", written).split())
        for form in _FORMS:
            if match := form.fullmatch(text):
                found = match.groupdict()
                month = cls.of(_year(found), int(found["month"]))
                _check_era(found, month)
                if found.get("day") and not 1 <= int(found["day"]) <= 31:
                    raise ValueError(f"no day {found['day']}")
                return month
        raise ValueError(f"not a month: {written!r}")

    @property
    def year(self) -> int:
        return self.number // 12

    @property
    def month(self) -> int:
        return self.number % 12 + 1

    @property
    def label(self) -> Text:
        return Text(f"{self.year}年{self.month}月", f"{_EN[self.month - 1]} {self.year}")

    def __lt__(self, other: "Month") -> bool:
        return self.number < other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def _year(found: dict[str, str]) -> int:
    if era := found.get("era"):
        return int(_ERAS[era][0]) + (1 if found["year"] == "元" else int(found["year"])) - 1
    year = int(found["year"])
    if year < EARLIEST_YEAR:
        raise ValueError(f"no year {year}")
    return year


def _check_era(found: dict[str, str], month: Month) -> None:
    if era := found.get("era"):
        year, first, last = _ERAS[era]
        if month < Month.of(year, first) or (last and Month.of(*last) < month):
            raise ValueError(f"{era} does not have that month")


Run = tuple[int, int]
"""First and last month number of a run of months, both included."""


def united(runs: Iterable[Run]) -> int:
    """Count the months that at least one run covers; a month covered twice counts once."""
    total, covered_to = 0, -1
    for first, last in sorted(runs):
        if last > covered_to:
            total += last - max(first - 1, covered_to)
            covered_to = last
    return total


def longest(runs: Iterable[Run]) -> int:
    """Count the months of the longest stretch that the runs cover without a gap."""
    best = start = 0
    covered_to: int | None = None
    for first, last in sorted(runs):
        if covered_to is None or first > covered_to + 1:
            start, covered_to = first, last
        else:
            covered_to = max(covered_to, last)
        best = max(best, covered_to - start + 1)
    return best
