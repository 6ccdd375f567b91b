"""Figures in kanji, digits and English words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tassei.documents.grammar.numbers import whole_of


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3,000", 3000),
        ("7.5億", 750_000_000),
        ("1億5千万", 150_000_000),
        ("一億二千万", 120_000_000),
        ("三", 3),
        ("十二", 12),
        ("5千万", 50_000_000),
        ("3千", 3000),
        ("1兆", 10**12),
        ("1 hundred million", 100_000_000),
        ("1.5 billion", 1_500_000_000),
        ("two", 2),
    ],
)
def test_figures(written: str, value: int) -> None:
    assert whole_of(written) == value


@pytest.mark.parametrize("written", ["1.5", "several"])
def test_what_is_no_whole_number(written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        whole_of(written)


@given(st.integers(1, 10**12))
def test_grouped_figures(value: int) -> None:
    assert whole_of(f"{value:,}") == value
