"""Text in columns: two for a Japanese character, no word broken, no bracket left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tassei.reporting.layout import hanging, pad, wrap


def test_pad_counts_columns() -> None:
    """A Japanese name and an English one are filled to the same width."""
    assert cell_len(pad("運用管理", 20)) == cell_len(pad("Operations", 20)) == 20


def test_pad_never_cuts() -> None:
    """What is wider than its column stays whole."""
    assert pad("サービスデスク", 4) == "サービスデスク"


@pytest.mark.parametrize("width", [20, 31, 44])
def test_no_japanese_line_begins_with_a_comma(width: int) -> None:
    """Closing punctuation stays behind what it closes."""
    text = "顧客満足度、安全性、信頼性、効率性を保証しつつ（最適コストで）サービスを提供する。" * 3
    for line in wrap(text, width):
        assert line[0] not in "、。）"
        assert line[-1] != "（"
        assert cell_len(line) <= width + 2


def test_english_words_stay_whole() -> None:
    """A line ends between words."""
    text = "annual contract: less than 100 million, with four or more of the criteria"
    assert " ".join(wrap(text, 30)) == text


@given(st.text(alphabet="ab 運用、。（）1", max_size=80), st.integers(20, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """All that is not white space is still there, in its order."""
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_the_tail_stands_at_the_right_edge() -> None:
    """A place stands at the end of the first line, and the rest hangs under the text."""
    first, *rest = hanging("  ✓ ", "word " * 30, 60, "001:65").split("\n")
    assert first.endswith("001:65")
    assert cell_len(first) == 60
    assert all(line.startswith("    word") for line in rest)
