"""Wordings stand side by side in both languages."""

import pytest
from attrs.exceptions import FrozenInstanceError

from tassei.text import LANGS, Text


def test_the_project_has_two_languages() -> None:
    """Japanese and English, and no other."""
    assert LANGS == ("ja", "en")


def test_a_text_is_looked_up_by_language() -> None:
    """Each language gives its own wording."""
    text = Text("業務", "engagement")
    assert [text[lang] for lang in LANGS] == ["業務", "engagement"]


def test_placeholders_are_filled_in_the_language_of_each_wording() -> None:
    """A value that is a text gives each wording its own half; other values go into both."""
    text = Text("{count}件の{noun}", "{count} {noun}s")
    filled = text.format(noun=Text("業務", "engagement"), count=3)
    assert filled == Text("3件の業務", "3 engagements")


def test_a_value_given_as_a_plain_word_stands_in_both() -> None:
    """A name that has no translation is the same in both wordings."""
    assert Text("「{name}」", '"{name}"').format(name="a") == Text("「a」", '"a"')


def test_a_text_cannot_be_changed() -> None:
    """Wordings are values."""
    with pytest.raises(FrozenInstanceError):
        Text("a", "b").ja = "c"  # type: ignore[misc]  # what is tested
