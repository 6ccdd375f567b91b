"""One content reads the same from every format, however a PDF of it was drawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.builder import (
    DEVELOPMENT,
    TRAINING,
    Content,
    Indicator,
    Look,
    as_docx,
    as_html,
    as_markdown,
    as_pdf,
    as_text,
    as_xlsx,
    texts,
    wide_texts,
)
from tassei.documents.pieces import Piece
from tassei.documents.reading import Limits, read_document
from tassei.documents.reading.child import parse

CONTENTS = {"development": DEVELOPMENT, "training": TRAINING}
OFFICE: dict[str, Callable[[Content], bytes]] = {"docx": as_docx, "xlsx": as_xlsx}
WRITTEN: dict[str, Callable[[Content], str]] = {"txt": as_text, "html": as_html, "md": as_markdown}
LOOKS = {
    "plain": Look(bold=False, vertical=False),
    "published": Look(),
    "drawn in no order": Look(shuffled=7),
    "lying on its side": Look(rotated=True, shuffled=3),
    "narrow, with soft hyphens": Look(width=330.0, hyphens=True),
    "several on a page": Look(arrangement="stacked", shuffled=4),
    "fields side by side": Look(arrangement="wide", shuffled=4),
    "side by side and rotated": Look(arrangement="wide", rotated=True, hyphens=True),
}


def _read(data: bytes, name: str = "x") -> list[Piece]:
    _, (pieces, _) = parse(data, name, Limits(), lambda done, total: None)
    return list(pieces)


def _said(pieces: list[Piece]) -> list[str]:
    """The texts of the body; what stands beside something in one paragraph counts for itself."""
    return [t for p in pieces if not p.furniture for t in p.text.split("\t")]


def _joined(lines: list[str], wanted: list[str]) -> list[str]:
    """Lines put together where the next one goes on with a text that is wanted.

    A text never begins inside a line, and none is left over; the break of an English word is not
    part of the word.
    """
    found: list[str] = []
    rest = list(lines)
    for text in wanted:
        here = rest.pop(0) if rest else ""
        while rest and here != text and text.startswith(here.rstrip("-")):
            following = rest.pop(0)
            whole = [here + following, f"{here} {following}", here.rstrip("-") + following]
            here = next((w for w in whole if text.startswith(w.rstrip("-"))), whole[0])
        found.append(here)
    return found + rest


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("kind", OFFICE)
def test_office_files_say_what_was_written(kind: str, content: Content) -> None:
    """Every text in its order, and nothing else but heads, feet and tabs."""
    assert _said(_read(OFFICE[kind](content))) == texts(content)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("kind", WRITTEN)
def test_texts_say_what_was_written(kind: str, content: Content) -> None:
    """Check boxes of one line stay on one line, with the wide spaces between them."""
    said = _said(_read(WRITTEN[kind](content).encode(), f"a.{kind}"))
    assert [t for line in said for t in line.split("\u3000\u3000")] == texts(content)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_pdf_says_what_was_written(look: Look, content: Content) -> None:
    """However it was drawn; heads, feet and page numbers are marked, and nothing else is."""
    pieces = _read(as_pdf(content, look))
    wanted = wide_texts(content) if look.arrangement == "wide" else texts(content)
    assert _joined(_said(pieces), wanted) == wanted
    pages = max(p.page or 0 for p in pieces)
    around = [f"- {n} -" for n in range(1, pages + 1)]
    around += [content.head] * pages + [content.foot] * pages
    assert sorted(p.text for p in pieces if p.furniture) == sorted(around)


def test_shift_jis_fonts_are_read() -> None:
    """As in files of the time, which name their fonts and their character map but hold neither."""
    plain = Content("見本の達成度指標", (Indicator("基本", "レベル５", ("●責任性", "１０人以上")),))
    pieces = _read(as_pdf(plain, Look(font="shift_jis", shuffled=2)))
    assert _said(pieces) == texts(plain)


def test_look_alikes_stay_as_they_are() -> None:
    """A reader does not normalise; that is for what reads on."""
    said = "".join(_said(_read(as_pdf(DEVELOPMENT, Look(alike=True)))))
    assert "尐ない資源での動作" in said
    assert "利⽤者に近い製品の開発チームの⼀員" in said


@pytest.mark.parametrize("kind", ["pdf", *OFFICE])
def test_places_are_told_apart(kind: str) -> None:
    """No two pieces stand at the same place, and places are counted from 1."""
    data = as_pdf(DEVELOPMENT, Look(shuffled=5)) if kind == "pdf" else OFFICE[kind](DEVELOPMENT)
    pieces = _read(data)
    places = [(p.page, p.line, p.start) for p in pieces]
    assert len(set(places)) == len(places)
    for p in pieces:
        assert p.line >= 1
        assert p.start >= 0
        assert p.text.strip() == p.text != ""
        assert "\n" not in p.text
        assert (p.row is None) == (p.column is None)
        assert p.kind == "cell" or p.row is None


@pytest.mark.parametrize("kind", ["pdf", *OFFICE])
def test_cells_of_the_overview_have_their_places(kind: str) -> None:
    """Levels are the rows, fields the columns, marks where they cross."""
    data = as_pdf(DEVELOPMENT, Look()) if kind == "pdf" else OFFICE[kind](DEVELOPMENT)
    cells = [p for p in _read(data) if p.kind == "cell"]
    first = next(i for i, p in enumerate(cells) if p.text == "専門分野")
    top = cells[first].row or 0
    marked = [((p.row or 0) - top, p.column) for p in cells[first : first + 14] if p.text == "■"]
    assert marked == [(1, 2), (2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (3, 4)]


@given(
    st.lists(
        st.lists(
            st.text(st.sampled_from("責任者が設計を行い12０Ab以上"), min_size=6, max_size=40).map(
                lambda t: "□" + t
            ),
            min_size=1,
            max_size=2,
        ).map(tuple),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 99),
)
@example(
    [
        ("□短い", "□その横"),
        ("□" + "長い" * 12, "□" + "行" * 13),
        ("□中くらいの長さ",),
        ("□ａｂｃｄ", "□ｅｆｇｈ"),
        ("□いろはにほへと", "□ちりぬるを"),
    ],
    0,
)
@settings(max_examples=20, deadline=None)
def test_any_content_reads_the_same_from_all(lines: list[tuple[str, ...]], seed: int) -> None:
    """Whatever the lines are: the characters of all formats are those that were written."""
    lines = [parts if sum(map(len, parts)) < 50 else parts[:1] for parts in lines]
    content = Content("見本", (Indicator("基本", "レベル５", tuple(lines)),))
    wanted = texts(content)
    assert _said(_read(as_xlsx(content))) == wanted
    assert _said(_read(as_docx(content))) == wanted
    assert "".join(_said(_read(as_pdf(content, Look(shuffled=seed))))) == "".join(wanted)


def test_a_document_knows_its_file(tmp_path: Path) -> None:
    """Name, format and digest; the pages are told as they are read."""
    path = tmp_path / "見本.bin"
    path.write_bytes(as_pdf(DEVELOPMENT))
    told: list[tuple[int, int]] = []
    document = read_document(path, progress=lambda done, total: told.append((done, total)))
    assert (document.name, document.format) == ("見本.bin", "pdf")
    assert document.digest.startswith("sha256:")
    assert told == [(n, 5) for n in range(1, 6)]
    assert list(document.pieces) == _read(path.read_bytes())
