"""Encoding, loading and encoding again gives the same bytes; what ships is in that form."""

from pathlib import Path

import pytest

from tassei.encoding.dump import dump_edition
from tassei.encoding.load import load_standards
from tassei.encoding.standards import Standards

ROOT = Path(__file__).resolve().parents[2] / "standards"
EDITIONS = sorted(p.parent.relative_to(ROOT).as_posix() for p in ROOT.glob("*/*/edition.yaml"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_ships_is_canonical(standards: Standards, edition: str) -> None:
    """Each shipped file is byte for byte what dumping its edition writes, and none is left over."""
    dumped = dump_edition(standards.edition(edition))
    shipped = {p.name: p.read_bytes() for p in (ROOT / edition).glob("*.yaml")}
    assert dumped == shipped


def test_a_dumped_edition_loads_equal(standards: Standards, tmp_path: Path) -> None:
    """Loading what was dumped gives equal editions, and dumping those gives the same bytes."""
    for shared in ("vocabulary.yaml", "readings.yaml"):
        (tmp_path / shared).write_bytes((ROOT / shared).read_bytes())
    for edition in standards.editions:
        folder = tmp_path / edition.id
        folder.mkdir(parents=True)
        for name, data in dump_edition(edition).items():
            (folder / name).write_bytes(data)
    again = load_standards(tmp_path)
    assert again.editions == standards.editions
    for edition in again.editions:
        for name, data in dump_edition(edition).items():
            assert (tmp_path / edition.id / name).read_bytes() == data
