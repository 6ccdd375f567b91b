"""Evidence that is written and read again is the same evidence."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from evidence.people import people
from evidence.small import FULL, engagement, person, read, work
from tassei.evidence.model import Evidence, Person
from tassei.evidence.write import plain_evidence


@given(people)
@settings(derandomize=True, deadline=None)
def test_what_is_written_reads_equal(value: dict[str, Any]) -> None:
    """As it stands, and as JSON; writing it once more changes nothing."""
    evidence = read(value)
    written = plain_evidence(evidence)
    assert read(written) == evidence
    assert read(json.dumps(written)) == evidence
    assert plain_evidence(read(written)) == written


def test_every_key_is_written() -> None:
    """What uses all of them comes out as it went in, but for the order of lists."""
    written = plain_evidence(read(FULL))
    assert written == FULL


def test_what_is_not_known_is_left_out() -> None:
    """No key is null."""
    assert plain_evidence(Evidence(Person("E1", "E1"))) == person() | {
        "for": [],
        "person": {"id": "E1", "name": "E1"},
    }
    assert plain_evidence(read(work()))["engagements"] == [{"id": "a"}]


def test_what_is_none_is_not_left_out() -> None:
    """An empty list says that there is nothing, and so does false."""
    value = person(
        engagements=[
            {"id": "a", "fields": [], "supervised": False, "complexity": [], "achieved": {}}
        ],
        professional={"areas": {}, "succession": [], "mentoring": False},
        examinations=[],
        skills={},
        knowledge=[],
    )
    written = plain_evidence(read(value))
    assert {k: written[k] for k in value if k != "person"} == {
        k: v for k, v in value.items() if k != "person"
    }


@pytest.mark.parametrize(
    "complexity",
    [
        ["international", "structure"],
        {"international": True, "structure": False},
        {"contract": False},
    ],
)
def test_a_list_stays_a_list_and_a_mapping_a_mapping(complexity: object) -> None:
    """The one is complete, the other may be partial."""
    evidence = read(work(complexity=complexity))
    assert plain_evidence(evidence)["engagements"][0]["complexity"] == complexity
    assert engagement(complexity=complexity).complexity is not None


def test_equal_evidence_is_written_equal() -> None:
    """To the byte, whatever the order in which it was entered."""
    one = person(engagements=[{"id": "b", "complexity": ["structure", "contract"]}, {"id": "a"}])
    other = person(engagements=[{"id": "a"}, {"complexity": ["contract", "structure"], "id": "b"}])
    assert json.dumps(plain_evidence(read(one))) == json.dumps(plain_evidence(read(other)))
