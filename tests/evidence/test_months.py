"""Months are read as people write them, and runs of months are counted by the month."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tassei.evidence.months import EARLIEST_YEAR, Month, Run, longest, united
from tassei.text import Text

months = st.builds(Month.of, st.integers(EARLIEST_YEAR, 9999), st.integers(1, 12))
runs = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda r: (r[0], r[0] + r[1])),
    max_size=6,
)
APRIL = Month.of(2019, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2019-04",
        "2019-4",
        "2019-04-01",
        "2019-04-30",
        "2019/04",
        "2019/4",
        "2019/04/15",
        "2019.04",
        "2019.4.1",
        "2019年4月",
        "2019年04月",
        "2019年4月1日",
        "２０１９年４月",
        "２０１９－０４",
        "２０１９／４",
        " 2019年 4月 ",
        "2019年\u30004月",
        "平成31年4月",
        "平成３１年４月",
        "平成31年4月30日",
        "㍻31年4月",
    ],
)
def test_a_month_is_read_as_people_write_it(written: str) -> None:
    """Dashes, slashes, points, 年 and 月, a day behind, full width, spaces, and the era of the time."""
    assert Month.parse(written) == APRIL


@pytest.mark.parametrize(
    ("written", "year", "month"),
    [
        ("令和元年5月", 2019, 5),
        ("令和1年5月", 2019, 5),
        ("㋿2年1月", 2020, 1),
        ("令和8年11月", 2026, 11),
        ("平成元年1月", 1989, 1),
        ("平成31年4月", 2019, 4),
        ("昭和64年1月", 1989, 1),
        ("昭和元年12月", 1926, 12),
        ("昭和50年1月", 1975, 1),
        ("1900-01", 1900, 1),
        ("9999-12", 9999, 12),
    ],
)
def test_the_first_and_last_month_of_an_era_belong_to_it(
    written: str, year: int, month: int
) -> None:
    """Eras are read up to the month in which they change, in which both exist."""
    assert Month.parse(written) == Month.of(year, month)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2019",
        "201904",
        "19-04",
        "2019-00",
        "2019-13",
        "2019-004",
        "2019-04-32",
        "2019-04-00",
        "2019-04/01",
        "2019年",
        "2019年13月",
        "4月2019年",
        "April 2019",
        "2019-04~2020-03",
        "2019年4月頃",
        "1899-12",
        "0000-01",
        "令和元年4月",
        "令和0年5月",
        "平成31年5月",
        "平成40年1月",
        "昭和64年2月",
        "昭和元年11月",
        "大正10年1月",
        "H31.4",
        "平成元元年1月",
        "現在",
    ],
)
def test_what_is_not_surely_a_month_is_refused(written: str) -> None:
    """No year alone, no month that does not exist, none outside its era, no words around it."""
    with pytest.raises(ValueError, match=r"."):
        Month.parse(written)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_year_has_twelve_months(month: int) -> None:
    """A month is made of 1 to 12."""
    with pytest.raises(ValueError, match="no month"):
        Month.of(2019, month)


@given(months)
@settings(derandomize=True)
def test_a_month_that_is_written_reads_as_itself(month: Month) -> None:
    """In its plain form and in the words of the Japanese label."""
    assert Month.parse(str(month)) == month
    assert Month.parse(month.label.ja) == month


@given(months, months)
@settings(derandomize=True)
def test_months_stand_in_the_order_of_time(one: Month, other: Month) -> None:
    """The order is that of year and month, and of the written form."""
    assert (one < other) == ((one.year, one.month) < (other.year, other.month))
    assert (one < other) == (str(one) < str(other))
    assert (one >= other) == (not one < other)


@given(months, st.integers(0, 200))
@settings(derandomize=True)
def test_numbers_of_months_differ_by_months(month: Month, later: int) -> None:
    """The number of a month a year later is greater by twelve."""
    moved = Month(month.number + later)
    assert 12 * (moved.year - month.year) + moved.month - month.month == later


def test_a_month_is_labelled_in_both_languages() -> None:
    """2019年4月, and Apr 2019."""
    assert APRIL.label == Text("2019年4月", "Apr 2019")
    assert Month.of(2026, 12).label == Text("2026年12月", "Dec 2026")


@given(runs)
@example([(0, 0), (1, 1)])
@example([(5, 9), (0, 20)])
@settings(derandomize=True)
def test_a_month_covered_twice_counts_once(found: list[Run]) -> None:
    """The count is that of the set of months."""
    assert united(found) == len(_covered(found))


@given(runs)
@example([(0, 2), (3, 5)])
@example([(0, 2), (4, 5)])
@example([(0, 9), (2, 3), (10, 10)])
@settings(derandomize=True)
def test_the_longest_stretch_has_no_gap(found: list[Run]) -> None:
    """It is the longest row of neighbouring months; runs that touch are one stretch."""
    covered = _covered(found)
    stretch = best = 0
    for month in range(100):
        stretch = stretch + 1 if month in covered else 0
        best = max(best, stretch)
    assert longest(found) == best


@given(runs, st.integers(0, 30_000))
@settings(derandomize=True)
def test_counts_do_not_depend_on_when(found: list[Run], later: int) -> None:
    """The same runs at another time cover as many months."""
    moved = [(first + later, last + later) for first, last in found]
    assert (united(moved), longest(moved)) == (united(found), longest(found))


@given(runs)
@settings(derandomize=True)
def test_counts_do_not_depend_on_the_order_of_runs(found: list[Run]) -> None:
    """Runs may be given in any order, as an iterator too."""
    assert united(reversed(found)) == united(iter(found))
    assert longest(reversed(found)) == longest(iter(found))


def _covered(found: list[Run]) -> set[int]:
    return {month for first, last in found for month in range(first, last + 1)}
