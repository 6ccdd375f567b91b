"""Numbers, money and months as each language writes them."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tassei.evidence.amounts import parse_whole
from tassei.figures import months, plural, yen
from tassei.text import LANGS, Text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, Text("0円", "¥0")),
        (1, Text("1円", "¥1")),
        (9_999, Text("9,999円", "¥9,999")),
        (10_000, Text("1万円", "¥10,000")),
        (10_001, Text("1万1円", "¥10,001")),
        (999_999, Text("99万9,999円", "¥999,999")),
        (1_000_000, Text("100万円", "¥1 million")),
        (1_001_000, Text("100万1,000円", "¥1.001 million")),
        (1_000_500, Text("100万500円", "¥1,000,500")),
        (10_000_000, Text("1千万円", "¥10 million")),
        (12_340_000, Text("1,234万円", "¥12.34 million")),
        (100_000_000, Text("1億円", "¥100 million")),
        (350_000_000, Text("3億5千万円", "¥350 million")),
        (750_000_000, Text("7億5千万円", "¥750 million")),
        (755_000_000, Text("7億5,500万円", "¥755 million")),
        (1_000_000_000, Text("10億円", "¥1 billion")),
        (2_600_000_000, Text("26億円", "¥2.6 billion")),
        (2_600_000_001, Text("26億1円", "¥2,600,000,001")),
        (1_234_500_000, Text("12億3,450万円", "¥1,234.5 million")),
    ],
)
def test_money_is_worded(amount: int, text: Text) -> None:
    """By 億, 千万 and 万 in Japanese, by million and billion in English."""
    assert yen(amount) == text


@given(st.integers(0, 10**18))
@example(9_007_199_254_740_993_000_000)
@example(12_345_678_901_234_567_000_000)
@example(10**400)
@settings(derandomize=True)
def test_money_is_never_rounded(amount: int) -> None:
    """What is worded says the very amount, however large it is."""
    digits = re.fullmatch(r"¥([0-9,]+)(?:\.([0-9]{1,3}))?( million| billion)?", yen(amount).en)
    assert digits
    unit = {"": 1, " million": 10**6, " billion": 10**9}[digits[3] or ""]
    part = int((digits[2] or "0").ljust(3, "0")) * unit // 1000
    assert int(digits[1].replace(",", "")) * unit + part == amount


@given(st.integers(0, 10**9))
@settings(derandomize=True)
def test_money_reads_as_what_was_worded(man: int) -> None:
    """The words of either language are among those that evidence may be written in."""
    for lang in LANGS:
        assert parse_whole(yen(man * 10_000)[lang], money=True) == man * 10_000


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, Text("0か月", "0 months")),
        (1, Text("1か月", "1 month")),
        (11, Text("11か月", "11 months")),
        (12, Text("1年", "1 year")),
        (13, Text("1年1か月", "1 year 1 month")),
        (24, Text("2年", "2 years")),
        (50, Text("4年2か月", "4 years 2 months")),
    ],
)
def test_months_are_worded_in_years(count: int, text: Text) -> None:
    """Whole years stand alone; months alone only below a year."""
    assert months(count) == text


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 engagements"), (1, "1 engagement"), (2, "2 engagements")]
)
def test_english_nouns_agree_with_their_number(count: int, words: str) -> None:
    """One is singular; none and many are plural."""
    assert plural(count, "engagement") == words
