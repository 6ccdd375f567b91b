"""Places in the official documents are written as `DOCUMENT:LINE`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tassei.source import Place


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("001:60", Place("001", 60)),
        ("003:1", Place("003", 1)),
        ("a-b.c:12", Place("a-b.c", 12)),
    ],
)
def test_a_place_is_read(written: str, place: Place) -> None:
    """The document and the line are told apart."""
    assert Place.parse(written) == place


@pytest.mark.parametrize(
    "written",
    [
        "",
        "001",
        "001:",
        ":60",
        "001:0",
        "001:060",
        "001:-1",
        "001:6x",
        "001: 60",
        "-1:5",
        "001:60\n",
    ],
)
def test_what_is_no_place_is_refused(written: str) -> None:
    """Lines count from 1 and are written in full, without zeros in front."""
    with pytest.raises(ValueError, match="not a place"):
        Place.parse(written)


def test_places_stand_in_the_order_of_the_documents() -> None:
    """By document, then by line as a number."""
    places = [Place("001", 60), Place("000", 100), Place("001", 7)]
    assert sorted(places) == [Place("000", 100), Place("001", 7), Place("001", 60)]


@given(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.-]*", fullmatch=True), st.integers(1, 10**6))
@settings(derandomize=True)
def test_a_place_that_is_written_reads_as_itself(document: str, line: int) -> None:
    """Writing and reading agree."""
    place = Place(document, line)
    assert Place.parse(str(place)) == place
