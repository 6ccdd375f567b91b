"""Exceptions carry every fault, and are told apart by who can repair them."""

import pytest

from tassei.errors import EvidenceError, Fault, RequestError, StandardError, TasseiError
from tassei.text import Text

FAULT = Fault(
    "unknown-role",
    Text("役割「boss」はありません", 'no role is called "boss"'),
    Text("直し方", "repair"),
    Text("業務「a」", 'engagement "a"'),
    "a.yaml",
    3,
)


@pytest.mark.parametrize(
    ("kind", "exit_code"), [(StandardError, 3), (EvidenceError, 2), (RequestError, 2)]
)
def test_exit_codes_say_who_repairs(kind: type[TasseiError], exit_code: int) -> None:
    """3 is for the author of a standard; 2 for whoever wrote the evidence or the request."""
    assert kind.exit_code == exit_code
    assert issubclass(kind, TasseiError)


def test_all_faults_are_kept_in_their_order() -> None:
    """What is caught holds every fault, whatever it was made of."""
    other = Fault("empty-file", Text("空", "empty"), Text("", ""))
    assert EvidenceError(f for f in [FAULT, other]).faults == (FAULT, other)


def test_an_exception_reads_as_places_and_codes() -> None:
    """A traceback in a log says where and what, without the renderer of the front ends."""
    error = EvidenceError([FAULT, FAULT])
    line = 'a.yaml:3: no role is called "boss" [unknown-role]'
    assert str(error) == f"{line}; {line}"


def test_a_fault_may_have_no_place() -> None:
    """What was asked for on the command line stands in no file and on no line."""
    fault = Fault("no-evidence", Text("", ""), Text("", ""))
    assert (fault.file, fault.line, fault.where) == ("", 0, Text("", ""))
