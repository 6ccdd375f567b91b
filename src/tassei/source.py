"""Places in the official documents.

Every clause of an encoded standard stands beside the place that it was read from, so that a reader
can go back to the document and disagree.
"""

import re

from attrs import frozen

_PLACE = re.compile(r"(?P<document>[0-9A-Za-z][0-9A-Za-z.-]*):(?P<line>[1-9][0-9]*)")


@frozen(order=True)
class Place:
    """A line of an official document, written `001:60`; lines count from 1."""

    document: str
    line: int

    @classmethod
    def parse(cls, written: str) -> "Place":
        """Read a place as it is written in the encodings.

        Raises:
            ValueError: `written` is not of the form `DOCUMENT:LINE`.
        """
        match = _PLACE.fullmatch(written)
        if match is None:
            raise ValueError(f"not a place: {written!r}")
        return cls(match["document"], int(match["line"]))

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"
