"""Pages are read as a person reads them, however they were drawn."""

import io
from collections.abc import Iterable
from itertools import pairwise

import pytest

from documents.builder import DEVELOPMENT, Look, as_pdf, pages_of
from documents.pdf_writer import PdfPage, pdf
from tassei.documents.pieces import Piece
from tassei.documents.reading.limits import Limits
from tassei.documents.reading.pdf import read_pdf
from tassei.text import Text


def _read(*pages: PdfPage) -> tuple[tuple[Piece, ...], tuple[Text, ...]]:
    return read_pdf(pdf(pages), Limits(), lambda done, total: None)


def _texts(*pages: PdfPage) -> list[str]:
    return [p.text for p in _read(*pages)[0]]


def _written(lines: Iterable[tuple[float, float, str]], size: float = 10) -> PdfPage:
    page = PdfPage()
    for x, y, text in lines:
        page.text(x, y, text, size=size)
    return page


def test_two_check_boxes_on_one_line_are_two_pieces() -> None:
    """They share their line; the second one starts later in it."""
    page = _written(
        [(300, 100, "□高い信頼性"), (50, 100, "□並列処理"), (50, 115, "□公開仕様 □互換性")]
    )
    assert [(p.text, p.line, p.start) for p in _read(page)[0]] == [
        ("□並列処理", 1, 0), ("□高い信頼性", 1, 6), ("□公開仕様 □互換性", 2, 0),
    ]  # fmt: skip


def test_bold_by_printing_twice_is_read_once() -> None:
    """Shifted to the side or down; letters that come twice stay two."""
    page = _written(
        [
            (50, 100, "●責任性"),
            (50.4, 100, "●責任性"),
            (50, 130, "ああ 11"),
            (50.2, 130.3, "ああ 11"),
        ]
    )
    assert _texts(page) == ["●責任性", "ああ 11"]


def test_spaces_are_where_they_are_seen() -> None:
    """Between words, also where none is in the file; not between characters that are set wide."""
    page = _written(
        [
            (50, 100, "Level"),
            (77, 100, "5"),
            (50, 120, "責"),
            (63, 120, "任"),
            (50, 140, "専門 分野"),
        ]
    )
    assert _texts(page) == ["Level 5", "責任", "専門 分野"]


def test_vertical_text_is_one_piece() -> None:
    """In a narrow cell, in two columns from the right, and beside other text."""
    page = PdfPage()
    for n, character in enumerate("レベル７"):
        page.text(56, 104 + 13 * n, character, size=10)
    for n, (right, left) in enumerate(zip("上級専門", "技術者向", strict=True)):
        page.text(114, 104 + 13 * n, right, size=10)
        page.text(100, 104 + 13 * n, left, size=10)
    for n, line in enumerate(("製品の企画を率いる責任者として、", "その成功に責任を負う。")):
        page.text(150, 104 + 13 * n, line, size=10)
    for x in (50, 80, 140, 500):
        page.rule(x, 100, x, 170)
    for y in (100, 170):
        page.rule(50, y, 500, y)
    assert [(p.text, p.row, p.column) for p in _read(page)[0]] == [
        ("レベル７", 1, 1), ("上級専門技術者向", 1, 2),
        ("製品の企画を率いる責任者として、", 1, 3), ("その成功に責任を負う。", 1, 3),
    ]  # fmt: skip


def test_vertical_text_needs_no_lines_around_it() -> None:
    """Three characters are enough; marks and digits one below the other stay what they are."""
    page = _written([(50, 100 + 13 * n, c) for n, c in enumerate("専門分野")])
    for n in range(4):
        page.text(200, 100 + 13 * n, "■", size=10)
        page.text(300, 100 + 13 * n, str(7 - n), size=10)
    assert _texts(page) == ["専門分野", *(t for n in range(4) for t in ("■", str(7 - n)))]


@pytest.mark.parametrize("turned", [1, 3])
def test_rotated_text_is_one_piece(turned: int) -> None:
    """As in a narrow column of a table in English."""
    page = PdfPage()
    page.text(70, 300, "Contribution to business", size=10, turned=turned)
    page.text(100, 300, "beside it", size=10)
    assert sorted(_texts(page)) == ["Contribution to business", "beside it"]


def test_a_watermark_stays_out_of_the_lines() -> None:
    """Although its characters lie among theirs."""
    page = _written([(50, 100 + 14.0 * n, f"行{n} の文 と 続き") for n in range(20)])
    page.draw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 60 500 Tm <898b672c306e658766f8> Tj ET")
    said = _texts(page)
    assert [t for t in said if t != "見本の文書"] == [f"行{n} の文 と 続き" for n in range(20)]
    assert len(said) == 21


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_may_be_turned(rotate: int) -> None:
    """Lines, cells and texts come out as on a page that is not."""
    wanted = [(p.text, p.line, p.row, p.column) for p in _read(_turned(0))[0]]
    assert wanted[:3] == [("甲", 1, 1, 1), ("乙", 1, 1, 2), ("丙", 2, 2, 1)]
    assert [(p.text, p.line, p.row, p.column) for p in _read(_turned(rotate))[0]] == wanted


def _turned(rotate: int) -> PdfPage:
    page = PdfPage(842, 595, rotate)
    for x, y, text in ((60, 110, "甲"), (160, 110, "乙"), (60, 140, "丙"), (60, 200, "表の後の文")):
        page.text(x, y, text, size=10)
    for x in (50, 150, 250):
        page.rule(x, 100, x, 160)
    for y in (100, 130, 160):
        page.rule(50, y, 250, y)
    return page


COLUMN = "この文章は段の幅いっぱいに書かれて折り返す。"


def test_columns_are_read_one_after_the_other() -> None:
    """Also where their lines stand at different heights, between a title and a last line."""
    for shift in (0.0, 5.0):
        left = [(50.0, 120 + 14.0 * n, f"左{n}{COLUMN}") for n in range(8)]
        right = [(310.0, 120 + shift + 14.0 * n, f"右{n}{COLUMN}") for n in range(8)]
        page = _written([*right, *left, (50, 90, "段の上の題"), (50, 300, "段の下の行")])
        assert _texts(page) == [
            "段の上の題", *(t for _, _, t in left), *(t for _, _, t in right), "段の下の行",
        ]  # fmt: skip


def test_a_list_in_two_columns_is_read_line_by_line() -> None:
    """So that its items keep the order of the document."""
    items = [f"□条件その{n}である" for n in range(10)]
    page = _written([(50 + 200 * (n % 2), 100 + 14.0 * (n // 2), t) for n, t in enumerate(items)])
    assert _texts(page) == items


def test_a_table_without_lines_is_read_row_by_row() -> None:
    """Short entries side by side are no columns of text."""
    rows = [f"{a}{n}" for n in range(6) for a in ("甲", "乙", "丙")]
    page = _written([(50 + 150 * (n % 3), 100 + 14.0 * (n // 3), t) for n, t in enumerate(rows)])
    assert _texts(page) == rows


def test_cells_may_be_merged_and_drawn_in_pieces() -> None:
    """Lines of dashes, thin boxes and double lines make cells as whole lines do."""
    page = PdfPage()
    for n in range(40):
        page.rule(50 + 10 * n, 100, 57.5 + 10 * n, 100)
    page.box(50, 129.5, 450, 130.5, filled=True)
    page.rule(150, 160, 450, 160)
    page.rule(50, 190, 450, 190)
    page.rule(50, 191.2, 450, 191.2)
    for x, top, bottom in ((50, 100, 190), (150, 100, 190), (300, 130, 190), (450, 100, 190)):
        page.rule(x, top, x, bottom)
    for x, y, text in (
        (60, 110, "a"),
        (160, 110, "b"),
        (60, 140, "c"),
        (160, 140, "d"),
        (310, 140, "e"),
        (160, 170, "f"),
        (310, 170, "g"),
    ):
        page.text(x, y, text, size=10)
    assert [(p.text, p.row, p.column) for p in _read(page)[0]] == [
        ("a", 1, 1), ("b", 1, 2), ("c", 2, 1), ("d", 2, 2), ("e", 2, 3), ("f", 3, 2), ("g", 3, 3),
    ]  # fmt: skip


def test_a_table_may_lie_in_a_frame() -> None:
    """It is read where it stands among the lines of the frame."""
    page = PdfPage()
    page.box(40, 60, 550, 780)
    page.box(60, 120, 300, 150)
    page.rule(180, 120, 180, 150)
    for x, y, text in ((60, 80, "表の前"), (66, 130, "左"), (186, 130, "右"), (60, 170, "表の後")):
        page.text(x, y, text, size=10)
    assert [(p.text, p.row, p.column) for p in _read(page)[0]] == [
        ("表の前", 1, 1), ("左", 1, 1), ("右", 1, 2), ("表の後", 1, 1),
    ]  # fmt: skip


def test_shading_makes_no_cells() -> None:
    """Nor does a line under words."""
    page = _written([(60, 105, "網掛けの上の文"), (60, 130, "下線のある文")])
    page.box(50, 100, 300, 120, filled=True)
    page.rule(60, 142, 120, 142)
    assert [p.kind for p in _read(page)[0]] == ["line", "line"]


def test_marks_of_symbol_fonts_are_read() -> None:
    """A letter that stands alone in such a font; the same letter in words is one."""
    page = PdfPage()
    page.text(50, 100, "o", size=10, font="wingdings")
    page.text(62, 100, "high usability", size=10, font="latin")
    page.text(50, 120, "\uf0a8高い信頼性", size=10)
    page.text(50, 140, "o", size=10, font="latin")
    assert _texts(page) == ["□high usability", "□高い信頼性", "o"]


def test_hyphens_and_ligatures() -> None:
    """The hyphen at the end of a line is there; a ligature is its letters."""
    page = PdfPage()
    page.text(50, 100, "customer-", size=10, font="latin")
    page.text(50, 114, "facing", size=10, font="latin")
    page.text(50, 128, "eﬃcient soft\xadware", size=10)
    said = _texts(page)
    assert said[:2] == ["customer-", "facing"]
    assert said[2].replace("\xad", "") == "efficient software"


def test_characters_beyond_the_first_plane() -> None:
    """Are one character each."""
    assert _texts(_written([(50, 100, "𠮷野家")])) == ["𠮷野家"]


def test_a_table_of_contents_keeps_its_page_numbers() -> None:
    """Also where leaders are left out and the number stands far to the right."""
    page = _written(
        [(50, 100, "1. 職種の概要"), (500, 100, "12"), (50, 115, "2. 達成度指標 …………… 34")]
    )
    assert [(p.text, p.line) for p in _read(page)[0]] == [
        ("1. 職種の概要", 1), ("12", 1), ("2. 達成度指標 …………… 34", 2),
    ]  # fmt: skip


def test_lines_are_counted_through_the_document() -> None:
    """From page to page, over all cells and columns of a page."""
    lines = [
        (p.page or 0, p.line) for p in read_pdf(as_pdf(DEVELOPMENT), Limits(), lambda d, t: None)[0]
    ]
    assert sorted({n for _, n in lines}) == list(range(1, max(n for _, n in lines) + 1))
    first = {page: min(n for p, n in lines if p == page) for page, _ in lines}
    last = {page: max(n for p, n in lines if p == page) for page, _ in lines}
    assert all(last[page] < first[after] for page, after in pairwise(sorted(first)))


def test_only_what_is_surely_furniture_is_marked() -> None:
    """Not a title that comes back on every page, nor a line of the text at the margin."""
    pages = []
    for n in range(1, 5):
        page = _written([(50, 200 + 15 * i, f"本文の{n}ページ目の行{i}") for i in range(5)])
        page.text(200, 60, "達成度指標", size=16)
        page.text(50, 30, "付属書", size=9)
        page.text(50, 90, f"本文の先頭 {'あいうえ'[n - 1]}", size=10)
        page.text(280 + n % 2 * 100, 800, f"- {n} -", size=9)
        pages.append(page)
    marked = {p.text for p in _read(*pages)[0] if p.furniture}
    assert marked == {"付属書", *(f"- {n} -" for n in range(1, 5))}


def test_a_single_page_has_no_furniture() -> None:
    """Nothing comes back on it."""
    page = _written([(50, 20, "見出し"), (50, 820, "1"), *((100.0 * n, 30, "■") for n in range(5))])
    assert not any(p.furniture for p in _read(page)[0])


def test_pages_of_images_are_told() -> None:
    """Where other pages have text."""
    bare = PdfPage()
    bare.picture()
    pieces, [note] = _read(_written([(50, 50, "表紙")]), bare, bare)
    assert [p.text for p in pieces] == ["表紙"]
    assert note.en == "these pages hold images and no text: 2, 3"
    assert "2, 3" in note.ja


def test_lost_pages_are_told() -> None:
    """The pages that can be read are."""
    data = pdf([_written([(50, 50, "表紙")])] * 3)
    pieces, [note] = read_pdf(
        data.replace(b"13 0 obj\n<</Type/Page", b"13 0 obj\n<</Type/Pave"),
        Limits(),
        lambda d, t: None,
    )
    assert [p.page for p in pieces] == [1, 3]
    assert note.en == "these pages are broken and could not be read: 2"


def test_pages_may_be_drawn_through_forms() -> None:
    """Moved and enlarged by what draws them: texts, cells and marks are where they are seen."""
    pages = pages_of(DEVELOPMENT, Look(shuffled=1))
    plain = read_pdf(pdf(pages), Limits(), lambda done, total: None)
    assert read_pdf(pdf(pages, framed=True), Limits(), lambda done, total: None) == plain


def test_embedded_fonts_are_read() -> None:
    """Of a file by another program, with a Japanese font cut to what is used."""
    import noto_cjk_sans_jp_regular
    import vl_convert

    vl_convert.register_font_directory(noto_cjk_sans_jp_regular.__path__[0])
    shown = "".join(
        f"<text x='60' y='{100 + 20 * n}' font-size='10' font-family='Noto Sans CJK JP'>{text}</text>"
        for n, text in enumerate(
            ("●責任性", "３回以上（内１回以上はレベル５）", "Level 5 or above①㎡")
        )
    )
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='500' height='400'>{shown}<path d='M50 80H400V150H50Z' fill='none' stroke='black'/></svg>"
    data = io.BytesIO(vl_convert.svg_to_pdf(svg)).getvalue()
    pieces = read_pdf(data, Limits(), lambda done, total: None)[0]
    assert [p.text for p in pieces] == [
        "●責任性",
        "３回以上（内１回以上はレベル５）",
        "Level 5 or above①㎡",
    ]
    assert {p.kind for p in pieces} == {"cell"}


def test_what_is_drawn_twice_in_any_order_reads_the_same() -> None:
    """The order of drawing does not matter, for whole documents."""
    plain = read_pdf(pdf(pages_of(DEVELOPMENT, Look())), Limits(), lambda done, total: None)
    for seed in range(8):
        shuffled = pdf(pages_of(DEVELOPMENT, Look(shuffled=seed)))
        assert read_pdf(shuffled, Limits(), lambda done, total: None) == plain
