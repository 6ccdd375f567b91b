"""Which lines of a PDF are running heads, feet and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from tassei.documents.reading.layout import Placed

_MARGIN = 0.12
"""Heads and feet stand in this part of the page's height, at its top and bottom."""
_FEWEST = 3
"""Pages on which a line is repeated at least."""
_SAME_PLACE = 8.0
"""Points by which the distance from the edge may differ, on pages of any size."""
_LARGER = 1.15
"""What is larger than the text by this factor is a title, however often it comes."""
_NUMBER = re.compile(
    r"[-–－(（]?\s?(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,6})(?:\s?[/／]\s?[0-9０-９]{1,4})?\s?[-–－)）]?"
)
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
    groups: dict[tuple[str, bool], list[tuple[float, int, int]]] = defaultdict(list)
    for page, (height, placed) in enumerate(pages):
        for index, p in enumerate(placed):
            f = p.fragment
            above, below = f.middle, height - f.middle
            at_margin = min(above, below) < _MARGIN * height
            if at_margin and p.cell is None and f.size <= _LARGER * usual:
                said = "#" if _NUMBER.fullmatch(f.text) else _DIGITS.sub("#", f.text)
                groups[said, above < below].append((min(above, below), page, index))
    enough = min(_FEWEST, max(len(pages), 2))
    return {place for group in groups.values() for place in _repeated(group, enough)}


def _repeated(group: list[tuple[float, int, int]], enough: int) -> Iterator[tuple[int, int]]:
    """Of lines that say the same those that stand at about the same height on enough pages.

    Args:
        group: distance from the edge [points], page and fragment of each.
    """
    group.sort()
    pages: Counter[int] = Counter()
    first = last = 0
    for near, page, index in group:
        while last < len(group) and group[last][0] < near + _SAME_PLACE:
            pages[group[last][1]] += 1
            last += 1
        while group[first][0] <= near - _SAME_PLACE:
            gone = group[first][1]
            pages[gone] -= 1
            if not pages[gone]:
                del pages[gone]
            first += 1
        if len(pages) >= enough:
            yield page, index
