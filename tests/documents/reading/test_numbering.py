"""Numbers in the forms that Word gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tassei.documents.reading.numbering import numeral

FORMS = ("decimal", "decimalEnclosedCircle", "decimalFullWidth", "decimalZero", "lowerLetter", "upperLetter",
         "lowerRoman", "upperRoman", "aiueoFullWidth", "irohaFullWidth", "japaneseCounting", "unheardOf")  # fmt: skip


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", ["1", "9", "20", "27"]), ("decimalEnclosedCircle", ["①", "⑨", "⑳", "27"]),
        ("decimalFullWidth", ["１", "９", "２０", "２７"]), ("decimalZero", ["01", "09", "20", "27"]),
        ("lowerLetter", ["a", "i", "t", "aa"]), ("upperLetter", ["A", "I", "T", "AA"]),
        ("lowerRoman", ["i", "ix", "xx", "xxvii"]), ("upperRoman", ["I", "IX", "XX", "XXVII"]),
        ("aiueoFullWidth", ["ア", "ケ", "ト", "ヒ"]), ("irohaFullWidth", ["イ", "リ", "ネ", "オ"]),
        ("japaneseCounting", ["一", "九", "二十", "二十七"]), ("unheardOf", ["1", "9", "20", "27"]),
    ],
)  # fmt: skip
def test_forms(form: str, numbers: list[str]) -> None:
    """At the first, at single figures, at the end of a row of signs, beyond it."""
    assert [numeral(n, form) for n in (1, 9, 20, 27)] == numbers


@given(st.integers(1, 10**9), st.sampled_from(FORMS))
def test_any_number_has_a_short_sign(number: int, form: str) -> None:
    """However far a list is counted."""
    assert 1 <= len(numeral(number, form)) <= 20


@given(st.integers(1, 3999))
def test_roman_numbers_are_right(number: int) -> None:
    """Read back, they are the same number."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    signs = [values[c] for c in numeral(number, "upperRoman")]
    pairs = zip(signs, [*signs[1:], 0], strict=True)
    assert sum(-a if a < b else a for a, b in pairs) == number
