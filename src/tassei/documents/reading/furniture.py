"""Which lines of a PDF are running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from tassei.documents.reading.layout import Placed

_MARGIN = 0.12
"""Heads and feet stand in this part of the page's height, at its top and bottom."""
_FEWEST = 3
"""Pages on which a line is repeated at least."""
_LARGER = 1.15
"""What is larger than the text by this factor is a title, however often it comes."""
_NUMBER = re.compile(r"[-–－(（]?\s?(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,6})(?:\s?[/／]\s?[0-9０-９]{1,4})?\s?[-–－)）]?")
_DIGITS = re.compile(r"[0-9０-９]+")


def furniture(pages: Sequence[tuple[float, Sequence[Placed]]]) -> set[tuple[int, int]]:
    """Find heads and feet: small lines at the margins that come back at the same place.

    Args:
        pages: height [points] and fragments of each page.

    Returns:
        (index of the page, index of the fragment) of each.
    """
    sizes = [p.fragment.size for _, placed in pages for p in placed]
    if not sizes:
        return set()
    usual = median(sizes)
    found: dict[tuple[int, int], tuple[str, int, int]] = {}
    for page, (height, placed) in enumerate(pages):
        for index, p in enumerate(placed):
            f = p.fragment
            at_margin = f.bottom < _MARGIN * height or f.top > (1 - _MARGIN) * height
            if at_margin and p.cell is None and f.size <= _LARGER * usual:
                where = round(f.middle / 6), round(f.left / 12)
                number = _NUMBER.fullmatch(f.text) is not None
                # page numbers move with their width and from side to side
                found[page, index] = (
                    ("#", where[0], 0) if number else (_DIGITS.sub("#", f.text), *where)
                )
    counts = Counter(found.values())
    enough = min(_FEWEST, len(pages)) if len(pages) > 1 else 2
    return {place for place, key in found.items() if counts[key] >= enough}
