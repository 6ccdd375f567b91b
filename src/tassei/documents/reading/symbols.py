"""Marks from fonts of symbols, in which a letter looks like a check box.

Word writes them as a character of the private area from U+F000 on, or as the plain letter in the
font; either way a person sees the mark, and so does who reads on.
"""

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x75: "◆",
    0x76: "❖", 0x77: "◆", 0x9E: "・", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◎",
    0xA7: "■", 0xA8: "□", 0xD8: "▶", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x98: "●",
    0x99: "○",
    0xA2: "■",
    0xA3: "□",
}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_SYMBOL = {0xB7: "•", 0xA8: "◆", 0xAE: "→", 0xDE: "⇒", 0x2D: "−", 0xB3: "≥", 0xA3: "≤"}
_FONTS: tuple[tuple[str, dict[int, str]], ...] = (
    ("wingdings2", _WINGDINGS_2),
    ("wingdings3", {}),
    ("wingdings", _WINGDINGS),
    ("webdings", _WEBDINGS),
    ("symbol", _SYMBOL),
)


def symbol(character: str, font: str | None = None) -> str | None:
    """The mark that a character shows in a font; None where it is an ordinary character.

    Args:
        font: name of the font; without one, a character of the private area is taken for one of
            Wingdings, in which the check boxes are, or of Symbol, in which the bullet is.
    """
    code = ord(character)
    private = 0xF020 <= code <= 0xF0FF
    at = code - 0xF000 if private else code
    if font is None:
        return (_WINGDINGS.get(at) or _SYMBOL.get(at)) if private else None
    name = font.lower().replace(" ", "").replace("-", "")
    for known, table in _FONTS:
        if known in name:
            return table.get(at)
    return (_WINGDINGS.get(at) or _SYMBOL.get(at)) if private else None
