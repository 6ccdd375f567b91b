"""How two judgements differ."""

from tassei.reporting.judgements import Change, changes


def test_equal_judgements_differ_in_nothing() -> None:
    """A judgement is the same as itself."""
    assert changes({"verdict": "met"}, {"verdict": "met"}) == ()


def test_words_are_no_difference() -> None:
    """The same judgement in another language is the same judgement."""
    stored = {
        "proof": {"clause": "role", "needed": "責任者", "found": "なし"},
        "missing": [{"what": "記録する"}],
    }
    now = {
        "proof": {"clause": "role", "needed": "responsible", "found": None},
        "missing": [{"what": "record"}],
    }
    assert changes(stored, now) == ()


def test_digests_come_first() -> None:
    """The reason stands before its effect."""
    stored = {"verdict": "met", "digests": {"engine": "a", "evidence": "b"}}
    now = {"verdict": "not_met", "digests": {"engine": "a", "evidence": "c"}}
    assert changes(stored, now) == (
        Change("digests.evidence", "b", "c"),
        Change("verdict", "met", "not_met"),
    )


def test_a_difference_deep_in_the_proof_has_its_path() -> None:
    """The path leads to the clause; lists of another length are shown as a whole."""
    stored = {"proof": {"parts": [{"verdict": "met"}, {"verdict": "met"}]}, "doubts": []}
    now = {
        "proof": {"parts": [{"verdict": "met"}, {"verdict": "undetermined"}]},
        "doubts": ["D-001"],
    }
    assert changes(stored, now) == (
        Change("doubts", "[]", '["D-001"]'),
        Change("proof.parts[1].verdict", "met", "undetermined"),
    )
