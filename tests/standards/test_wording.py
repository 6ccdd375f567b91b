"""The wording of every indicator, in both languages, as it was last reviewed."""

from pathlib import Path

import pytest

from golden import check
from tassei.encoding.standards import Standards
from tassei.reporting.indicators import indicator_lines
from tassei.text import LANGS, Lang

HERE = Path(__file__).resolve().parent / "golden" / "wording"
ROOT = Path(__file__).resolve().parents[2] / "standards"
FIELDS = sorted(
    (p.parent.relative_to(ROOT).as_posix(), p.stem)
    for p in ROOT.glob("*/*/*.yaml")
    if p.stem not in ("edition", "skills", "knowledge")
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("edition_id", "field_id"), FIELDS)
def test_wording(standards: Standards, edition_id: str, field_id: str, lang: Lang) -> None:
    """What a field asks at each level reads as it was reviewed."""
    edition = standards.edition(edition_id)
    readings = standards.readings_with({})
    blocks = [
        "\n".join(indicator_lines(standards, edition, i, readings, lang, 96))
        for i in edition.indicators
        if i.field_id == field_id
    ]
    check(
        HERE / edition_id.replace("/", "__") / f"{field_id}.{lang}.txt", "\n\n".join(blocks) + "\n"
    )


def test_every_indicator_is_worded(standards: Standards) -> None:
    """The golden files together hold all indicators."""
    assert len(FIELDS) == sum(len(e.fields) for e in standards.editions)
    assert sum(len(e.indicators) for e in standards.editions) == 62
