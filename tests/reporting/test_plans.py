"""Plans in words: what is said together, and what an alternative says that the first plan does not."""

from tassei.reporting.plans import Beside, Entry, either, listed
from tassei.text import Text


def _text(word: str) -> Text:
    return Text(word, word)


def _entry(head: str, **items: str) -> Entry:
    return Entry(_text(head), tuple(map(_text, items.values())), tuple(items))


def test_only_what_differs_is_said() -> None:
    """Of a place in both plans, all items of the kinds that differ and none of the others."""
    found = Beside.of(
        [_entry("new", role="leader", size="150 or more", criterion="4 of 6")],
        [_entry("new", role="leader", size="250 or more", criterion="2 of 6")],
    )
    assert found.said == (_entry("new", size="150 or more", criterion="4 of 6"),)
    assert found.dropped == ()
    assert found.same


def test_what_is_not_needed_any_more_is_said() -> None:
    """Whole entries, and kinds of an entry that another plan does not ask for."""
    found = Beside.of(
        [_entry("work", role="leader"), _entry("patent")],
        [_entry("work", role="leader", size="250 or more"), _entry("paper")],
    )
    assert found.said == (_entry("patent"),)
    assert found.dropped == (_entry("paper"), _entry("work", size="250 or more"))
    assert found.same


def test_plans_with_nothing_in_common_share_nothing() -> None:
    """So that nothing is left out by saying that it is the same."""
    found = Beside.of([_entry("new", role="leader")], [_entry("old", role="leader")])
    assert not found.same
    assert found.said == (_entry("new", role="leader"),)


def test_names_with_commas_stay_apart() -> None:
    """A reader sees where one name ends and the next begins."""
    names = [Text("導入、保守", "Setup, upkeep"), Text("運用", "Operation")]
    assert listed(names) == Text("「導入、保守」「運用」", "Setup, upkeep; Operation")
    assert either(names) == Text("「導入、保守」「運用」のいずれか", "Setup, upkeep; or Operation")
    assert either(names[:1]) == Text("「導入、保守」", "Setup, upkeep")
    assert listed(names[1:] * 2) == Text("運用、運用", "Operation, Operation")
    assert either(names[1:] * 3) == Text(
        "運用、運用、運用のいずれか", "any of Operation, Operation, Operation"
    )
