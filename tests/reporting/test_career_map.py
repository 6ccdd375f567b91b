"""The career map as a picture: met, reachable and unreachable levels are all drawn."""

from pathlib import Path

import pytest

from tassei.cli.main import main

pytest.importorskip("ortools")
pytest.importorskip("altair")
pytest.importorskip("vl_convert")
pytest.importorskip("noto_cjk_sans_jp_regular")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ["✓ 満たす", "今月", "制約の中では不可", "運用管理", "レベル7", "2026年11月時点"]),
        ("en", ["✓ met", "this month", "not within the limits", "Service Desk", "level 7"]),
    ],
)
def test_every_level_is_drawn(
    lang: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sixteen levels, of which facts alone meet one and cannot meet fourteen."""
    path = tmp_path / "map.svg"
    argv = ["plan", str(ROOT / "examples/kaori.yaml"), "--facts-only", "--as-of", "2026-11"]
    edition = "itss-v2-2006/it-service-management"
    assert main([*argv, "--map", edition, "--picture", str(path), "--lang", lang]) == 0
    drawn = path.read_text("utf-8")
    assert [w for w in words if w not in drawn] == []
    levels = capsys.readouterr().out.count("—")
    assert levels > 10
    assert drawn.count('fill="#e4e4e4"') == levels
