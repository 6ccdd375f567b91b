"""What many tests need: the standards of this checkout, and a judge over all of them."""

import sys
from pathlib import Path

import pytest

from tassei.encoding import compiled
from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, known_of

ROOT = Path(__file__).resolve().parent.parent

if not hasattr(sys.modules["__main__"], "__file__"):
    # the client of Spark Connect takes a program without a file for a test of its own documentation,
    # and processes that pytest-xdist starts have none
    sys.modules["__main__"].__file__ = __file__


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed does not depend on the terminal that the tests run in."""
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="session")
def standards() -> Standards:
    return compiled.standards()


@pytest.fixture(scope="session")
def known(standards: Standards) -> Known:
    return known_of(standards)


@pytest.fixture(scope="session")
def judge(standards: Standards) -> Judge:
    return Judge(standards, standards.readings_with({}))


@pytest.fixture(scope="session")
def as_of() -> Month:
    return Month.of(2026, 11)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: at the end, one would wait for it alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
