"""One font for all that files only name: every machine reads the same."""

import pytest

from documents.pdf_writer import PdfPage, pdf
from tassei.documents.reading.glyphs import opened_pdf, read_sheet


@pytest.mark.parametrize("font", ["unicode", "shift_jis"])
def test_single_characters_are_read(font: str) -> None:
    """Where the machine has no font for them either; and they are as wide as the file says."""
    page = PdfPage()
    page.text(100, 100, "級", size=10, font=font)
    page.text(200, 100, "5", size=10, font=font)
    with opened_pdf(pdf([page])) as handle:
        sheet = read_sheet(handle, 0)
    assert sheet is not None
    assert [(g.text, round(g.right - g.left)) for g in sheet.glyphs] == [("級", 10), ("5", 5)]
