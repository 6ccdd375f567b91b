"""Letters of symbol fonts are the marks that they look like."""

import pytest

from tassei.documents.reading.symbols import symbol


@pytest.mark.parametrize(
    ("character", "font", "mark"),
    [
        ("\uf0a8", None, "□"), ("\uf0b7", None, "•"), ("o", "Wingdings", "□"), ("\uf06f", "Wingdings", "□"),
        ("q", "ABCDEF+Wingdings-Regular", "□"), ("R", "Wingdings 2", "☑"), ("c", "Webdings", "□"),
        ("\xb7", "SymbolMT", "•"), ("o", None, None), ("o", "Arial", None), ("あ", None, None),
        ("\uf0ff", None, None), ("\ue000", "Wingdings", None), ("o", "Wingdings 3", None), ("\uf0a8", "Arial", "□"),
    ],
)  # fmt: skip
def test_marks(character: str, font: str | None, mark: str | None) -> None:
    """By their font, or by their place in the private area alone."""
    assert symbol(character, font) == mark
