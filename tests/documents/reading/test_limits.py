"""The limits that the documentation names are those of the program."""

import re

import pytest
from attrs import asdict

from docs.pages import page_of
from tassei.documents.reading import Limits
from tassei.text import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_limits_are_documented(lang: Lang) -> None:
    """Every one, with its default."""
    text = page_of("how-to/read-documents.md", lang).text
    rows = re.findall(r"(?m)^\| `(\w+)` \| (\d+) \|", text)
    assert {name: int(value) for name, value in rows} == asdict(Limits())
