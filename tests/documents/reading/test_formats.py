"""A file is what is in it, whatever its name."""

import pytest

from documents.builder import DEVELOPMENT, as_docx, as_html, as_markdown, as_pdf, as_text, as_xlsx
from documents.faulty import FAULTY
from tassei.documents.reading.formats import format_of_bytes, format_of_text
from tassei.documents.reading.refusals import KINDS, Refused


def test_binary_formats_are_known_by_their_content() -> None:
    """With bytes in front of the mark of a PDF, as some programs put there."""
    assert format_of_bytes(as_pdf(DEVELOPMENT)) == "pdf"
    assert format_of_bytes(b"\r\n\r\n" + as_pdf(DEVELOPMENT)) == "pdf"
    assert format_of_bytes(as_docx(DEVELOPMENT)) == "docx"
    assert format_of_bytes(as_xlsx(DEVELOPMENT)) == "xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp932", "euc_jp"])
def test_text_may_be_text(encoding: str) -> None:
    """In any encoding, and although it begins like something else."""
    for text in (as_text(DEVELOPMENT), "BM・MZの比較", "GIFの扱い"):
        assert format_of_bytes(text.encode(encoding, "replace")) is None


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.txt", as_text(DEVELOPMENT).replace("\t", " "), "text"),
        ("a", as_text(DEVELOPMENT), "markdown"),
        ("a.txt", "\t字下げした文\n", "text"),
        ("a.txt", as_markdown(DEVELOPMENT), "markdown"),
        ("a.md", "ただの文", "markdown"),
        ("a.txt", "専門分野\tレベル５\n<p><b>●</b>責任性</p>", "markdown"),
        ("a.txt", "| a | b |\n|---|---|\n", "markdown"),
        ("a.txt", as_html(DEVELOPMENT), "html"),
        ("a.txt", "\n<?xml version='1.0'?>\n<HTML><body>", "html"),
        ("a.HTM", "<p>一部", "html"),
        ("a.txt", "5 < 6 and 7 > 3, # of items", "text"),
    ],
)
def test_formats_of_text(name: str, text: str, wanted: str) -> None:
    """By what is written; by the name where that leaves it open."""
    assert format_of_text(name, text) == wanted


def test_every_kind_of_refusal_is_tested() -> None:
    """Each has a faulty document, but what is no file at all."""
    assert {f.kind for f in FAULTY} | {"not-a-file"} == set(KINDS)


def test_a_refusal_fills_its_wording() -> None:
    """Whatever it names is named in both languages."""
    with pytest.raises(Refused) as caught:
        format_of_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert (caught.value.kind, caught.value.found) == ("of-another-kind", {"looks": "image"})
