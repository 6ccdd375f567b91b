"""The limits that the documentation names are those of the program."""

import re
from pathlib import Path

import click
import pytest
from attrs import asdict

from docs.pages import page_of
from tassei.cli.documents import limit_options
from tassei.documents.reading import Limits, read_document
from tassei.documents.reading.limits import LEAST_MEMORY_MB
from tassei.text import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_limits_are_documented(lang: Lang) -> None:
    """Every one, with its default."""
    text = page_of("how-to/read-documents.md", lang).text
    rows = re.findall(r"(?m)^\| `(\w+)` \| (\d+) \|", text)
    assert {name: int(value) for name, value in rows} == asdict(Limits())


def test_the_least_memory_is_enough_to_begin(tmp_path: Path) -> None:
    """The least that the option takes reads a short document, and anything less is refused there."""
    path = tmp_path / "short.txt"
    path.write_text("専門分野", "utf-8")
    found = read_document(path, Limits(memory_mb=LEAST_MEMORY_MB), lambda done, total: None)
    assert [p.text for p in found.pieces] == ["専門分野"]
    [option] = [o for o in limit_options("en") if o.name == "limit_memory"]
    assert isinstance(option.type, click.IntRange)
    assert option.type.min == LEAST_MEMORY_MB
