"""Whole numbers are read as people write them, and nothing is read that may mean two numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tassei.evidence.amounts import parse_whole


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("260", 260),
        ("007", 7),
        ("２６０", 260),
        ("1,200", 1_200),
        ("１，２００", 1_200),
        ("1,234,567", 1_234_567),
        ("260人", 260),
        ("260名", 260),
        ("260 人", 260),
        ("３拠点", 3),
        ("12箇所", 12),
        ("12か所", 12),
        ("12ヶ所", 12),
        ("12カ所", 12),
        ("4室", 4),
        ("1,500件", 1_500),
        ("30社員", 30),
        ("1200㎡", 1_200),
        ("1200m2", 1_200),
        ("1200m²", 1_200),
        ("1200平米", 1_200),
        ("1200平方メートル", 1_200),
        ("百二十三人", 123),
        ("二〇〇人", 200),
        ("1万2000件", 12_000),
        ("1.2万件", 12_000),
        ("3千件", 3_000),
    ],
)
def test_a_count_is_read(written: str, number: int) -> None:
    """Digits of any width, grouped or not, 万 and 千, kanji numerals, with the counter behind."""
    assert parse_whole(written, money=False) == number


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        ("0円", 0),
        ("2600000000", 2_600_000_000),
        ("2,600,000,000円", 2_600_000_000),
        ("26億", 2_600_000_000),
        ("26億円", 2_600_000_000),
        ("２６億円", 2_600_000_000),
        ("２.６億円", 260_000_000),
        ("1.5億円", 150_000_000),
        ("0.5億円", 50_000_000),
        ("2億6千万円", 260_000_000),
        ("2億6000万円", 260_000_000),
        ("2億6,000万円", 260_000_000),
        ("3,000万", 30_000_000),
        ("3千万円", 30_000_000),
        ("1.5千万円", 15_000_000),
        ("5百万円", 5_000_000),
        ("1.5百万円", 1_500_000),
        ("260百万円", 260_000_000),
        ("260,000千円", 260_000_000),
        ("1.5十億円", 1_500_000_000),
        ("1.5百億円", 15_000_000_000),
        ("1.5千億円", 150_000_000_000),
        ("二億六千万円", 260_000_000),
        ("1兆2億円", 1_000_200_000_000),
        ("1.5兆円", 1_500_000_000_000),
        ("¥1,000", 1_000),
        ("￥1,000", 1_000),
        ("¥26億", 2_600_000_000),
        ("1,000 yen", 1_000),
        ("1,000JPY", 1_000),
        ("¥1.5 billion", 1_500_000_000),
        ("1.5 Billion yen", 1_500_000_000),
        ("260 million yen", 260_000_000),
        ("750 thousand", 750_000),
        ("1,500 million yen", 1_500_000_000),
        ("¥1,234.5 million", 1_234_500_000),
    ],
)
def test_money_is_read(written: str, yen: int) -> None:
    """億, 万 and 千 in any mixture, the words of English, the signs and words of yen."""
    assert parse_whole(written, money=True) == yen


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "人",
        "many",
        "約260人",
        "260人以上",
        "5~10人",
        "5〜10",
        "5人から10人",
        "-5",
        "－5",
        "△5",
        "+5",
        "1.5",
        "1.5人",
        "1.0",
        "1e3",
        "1_000",
        "0x10",
        "50%",
        "1/2",
        "1,20",
        "1,2000",
        "1,200,30",
        "1234,567",
        "12 34",
        "5 10",
        "260円",
        "260 yen",
        "3坪",
    ],
)
def test_what_is_not_surely_a_count_is_refused(written: str) -> None:
    """No range, no more-or-less, no fraction, no sign, no doubtful grouping, no other unit."""
    with pytest.raises(ValueError, match=r"."):
        parse_whole(written, money=False)


@pytest.mark.parametrize(
    "written",
    [
        "円",
        "¥",
        "¥-5",
        "$1.5 million",
        "1.5 EUR",
        "1.5M",
        "260人",
        "約2億円",
        "2億円強",
        "1.234567891億円",
        "0.00001万円",
        "0.0001 thousand",
        "1.5億2千万円",
        "1万2",
        "2億6",
        "1億5000",
        "万2億",
        "億万",
        "1億2億",
        "億億",
        "〇千万2",
        "1,23億円",
    ],
)
def test_what_is_not_surely_an_amount_of_yen_is_refused(written: str) -> None:
    """No other currency, no parts of a yen; 1億5000 may mean 1億5000万, and 1万2 may mean 1万2千."""
    with pytest.raises(ValueError, match=r"."):
        parse_whole(written, money=True)


whole = st.one_of(st.integers(0, 10**5), st.integers(0, 10**12))


@given(whole)
@settings(derandomize=True)
def test_digits_read_as_their_number(number: int) -> None:
    """Plain, grouped, full-width and with the counter behind."""
    wide = str(number).translate({ord("0") + d: ord("０") + d for d in range(10)})
    for written in (str(number), f"{number:,}", wide, f"{number:,}人", f" {number} 件"):
        assert parse_whole(written, money=False) == number


@given(whole)
@settings(derandomize=True)
def test_money_in_any_words_reads_as_its_number(number: int) -> None:
    """With signs and words of yen, and by 億 and 万."""
    for written in (f"¥{number:,}", f"{number}円", f"{number:,} yen", _mixed(number)):
        assert parse_whole(written, money=True) == number


@given(st.integers(0, 10**8))
@settings(derandomize=True)
def test_kanji_numerals_read_as_their_number(tens: int) -> None:
    """As one would write them by hand: 二億六千万, 千五百, 百二十."""
    assert parse_whole(_kanji(10 * tens), money=True) == 10 * tens
    assert parse_whole(_kanji(tens % 1000), money=False) == tens % 1000


@given(
    st.integers(0, 10**6), st.sampled_from([("万", 4), ("億", 8), ("兆", 12)]), st.integers(0, 4)
)
@settings(derandomize=True)
def test_decimals_before_a_unit_are_exact(number: int, unit: tuple[str, int], places: int) -> None:
    """1.5億 is a hundred and fifty million to the yen, never a rounded number."""
    word, zeros = unit
    digits = str(number).rjust(places + 1, "0")
    written = f"{digits[:-places]}.{digits[-places:]}{word}" if places else f"{digits}{word}"
    assert parse_whole(written, money=True) == number * 10 ** (zeros - places)


@given(st.text(alphabet="0123456789,.十百千万億兆〇一二五九円人¥- ", max_size=9), st.booleans())
@settings(derandomize=True, max_examples=400)
def test_any_text_is_a_number_or_is_refused(written: str, money: bool) -> None:
    """Nothing but a whole number comes out, and nothing but a ValueError is raised."""
    try:
        number = parse_whole(written, money=money)
    except ValueError:
        return
    assert isinstance(number, int)
    assert number >= 0


def _mixed(number: int) -> str:
    """By 億 and 万, with digits: 2億6000万0500円; in full where no 万 stands before the rest."""
    parts, rest = [], number
    for word, unit in (("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        count, rest = divmod(rest, unit)
        parts += [f"{count}{word}"] if count else []
    if rest == 0 and parts:
        return "".join(parts) + "円"
    return "".join(parts) + f"{rest:04}円" if number // 10**4 % 10**4 else f"{number}円"


def _kanji(number: int) -> str:
    """As one would write it by hand."""
    if number == 0:
        return "〇"
    words = []
    for word, unit in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        count, number = divmod(number, unit)
        if count:
            words.append(_small(count, one=bool(word)) + word)
    return "".join(words)


def _small(count: int, *, one: bool) -> str:
    """A number below 10,000; 千 before a unit is written 一千 (`one`)."""
    words = ""
    for word, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, count = divmod(count, unit)
        if digit:
            bare = word and digit == 1 and not (one and word == "千")
            words += ("" if bare else "〇一二三四五六七八九"[digit]) + word
    return words
