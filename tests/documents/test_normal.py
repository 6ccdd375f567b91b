"""Folding: same signs in another dress become one, and the way back is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tassei.documents.normal import Span, fold, join, key, loose_key, tight


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("３～４箇所", "3～4箇所"),
        ("2〜3", "2～3"),
        ("（レベル５）", "(レベル5)"),
        ("尐ない", "少ない"),
        ("⽤⼈", "用人"),
        ("☐☑■", "□□□"),
        ("５，０００㎡", "5,000㎡"),
        ("①", "①"),
        ("サ\u00adービス", "サービス"),
        ("ｻｰﾋﾞｽ", "サービス"),
        ("“AP”", '"AP"'),
        ("―", "-"),
    ],
)
def test_signs(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_names_compare_by_what_they_have_in_common() -> None:
    assert key("体制（複雑な協業関係、複数の関係部門）") == key(
        "体制 (複雑な協業関係、複数の関係部門)"
    )
    assert loose_key("マルチプロトコール") == loose_key("マルチプロトコル")
    assert key("マルチプロトコール") != key("マルチプロトコル")
    assert key("Structure (many)") == key("structure(many)")


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4))
def test_every_sign_knows_where_it_came_from(lines: list[str]) -> None:
    """Each character of a joined text names a character of the document that folds to it."""
    joined = join((line, Span(n, 0, len(line))) for n, line in enumerate(lines))
    assert len(joined.text) == len(joined.at)
    for sign, (piece, offset) in zip(joined.text, joined.at, strict=True):
        assert sign in fold(lines[piece][offset]) or sign == " "


def test_broken_words_are_mended() -> None:
    """Japanese lines join without a space, English words with one, hyphenated ones without."""
    assert join([("運用の", Span(0, 0, 3)), ("管理", Span(1, 0, 2))]).text == "運用の管理"
    assert join([("risk of", Span(0, 0, 7)), ("failure", Span(1, 0, 7))]).text == "risk of failure"
    assert join([("multi-", Span(0, 0, 6)), ("vendor", Span(1, 0, 6))]).text == "multi-vendor"


def test_spaces_of_layout() -> None:
    assert tight("ピーク時 10 人以上、 IT service 3 回") == "ピーク時10人以上、IT service 3回"
