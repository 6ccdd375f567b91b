"""Damaged documents are read or refused; a short run of `script/bench fuzz`."""

import pytest
from benchmarks.fuzz_readers import fuzz, read

from documents.mutations import mutant, seeds


def test_the_seeds_are_sound() -> None:
    """Before they are damaged, every one of them is read."""
    for seed in seeds():
        assert read(seed.data, seed.name)[0] == "read", seed.name


@pytest.mark.parametrize("first", [1_000_000, 2_000_000])
def test_damaged_documents(first: int) -> None:
    """No crash, and none that takes long."""
    found = fuzz(150, first)
    assert (found["crash"], found["slow"]) == (0, 0)
    assert found["read"] + found["refused"] == 150
    assert found["read"] > 20
    assert found["refused"] > 20


def test_a_number_makes_the_same_document_again() -> None:
    """So that what is found can be looked at."""
    assert mutant(7) == mutant(7)
    assert len({mutant(n)[1] for n in range(30)}) == 30
