"""Text files of Japan, in every encoding that they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.builder import DEVELOPMENT, TRAINING, as_html, as_text
from tassei.documents.reading.encodings import decoded
from tassei.documents.reading.refusals import Refused

JAPANESE = as_text(DEVELOPMENT).translate(str.maketrans("尐－", "少・"))
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp932",
    "euc_jp",
    "iso2022_jp",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [JAPANESE, as_text(TRAINING).replace("□●", "")], ids=["ja", "en"])
def test_encodings_are_told_apart(encoding: str, text: str) -> None:
    """A whole document, with a byte order mark and without."""
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize(
    "text", ["達成度指標", "●責任性", "レベル５", "以下の２項目以上", "ピーク時の要員数10人以上", "複雑性、サイズ相当"]
)  # fmt: skip
def test_a_few_words_suffice(encoding: str, text: str) -> None:
    """Although their bytes may mean something in another encoding too."""
    assert decoded(text.encode(encoding)) == text


def test_what_a_page_says_of_itself_is_believed_where_it_is_true() -> None:
    """In the ways that pages say it; where it is not, the bytes decide."""
    page = as_html(DEVELOPMENT).translate(str.maketrans("尐－", "少・"))
    for name, codec in (("Shift_JIS", "cp932"), ("x-sjis", "cp932"), ("EUC-JP", "euc_jp")):
        said = page.replace(
            "charset='utf-8'", f'http-equiv="Content-Type" content="text/html; charset={name}"'
        )
        assert decoded(said.encode(codec)) == said
        assert decoded(said.encode("utf-8")) == said


def test_circled_digits_are_read_in_euc() -> None:
    """They are not in the standard that the encoding is of, and yet in many of its files."""
    text = "①責任性 ②複雑性 ㈱見本"
    assert decoded(text.encode("euc_jis_2004")) == text


def test_line_ends_and_marks_stay() -> None:
    """Only the byte order mark is taken away."""
    assert decoded("\ufeff甲\r\n乙\r丙\f".encode()) == "甲\r\n乙\r丙\f"


@pytest.mark.parametrize("data", [b"\xff\xff\xa0 \x81\n", "é à".encode("latin-1") + b"\xff"])
def test_an_unknown_encoding_is_refused(data: bytes) -> None:
    """Instead of being guessed."""
    with pytest.raises(Refused, match="in-unknown-encoding"):
        decoded(data)


@pytest.mark.parametrize("data", [b"a\0b", bytes(range(256)), b"\0" * 9, b"\xef\xbb\xbfa\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Data with zero bytes are no text."""
    with pytest.raises(Refused, match="of-another-kind"):
        decoded(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """And nothing else happens."""
    kind = "text"
    try:
        decoded(data)
    except Refused as refused:
        kind = refused.kind
    assert kind in ("text", "in-unknown-encoding", "of-another-kind")
