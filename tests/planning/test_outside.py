"""Plans for records that the repository does not have, applied and judged by a program outside it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ortools")
ROOT = Path(__file__).resolve().parents[2]


def _plans(count: int, seed: int, folder: Path, *readings: str) -> int:
    program = Path(__file__).with_name("outside.py")
    done = subprocess.run(
        [sys.executable, str(program), str(count), str(seed), str(folder), *readings],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.slow
def test_plans_hold_outside(tmp_path: Path) -> None:
    """Fifty new records: each plan, applied from its JSON, is judged met; without a part of it, not."""
    assert _plans(50, 11, tmp_path) >= 250


@pytest.mark.slow
def test_plans_hold_under_other_readings(tmp_path: Path) -> None:
    """With upper bounds taken by the letter, years in one run, and all areas and examples asked for."""
    readings = ("R-ENTRY=literal", "R-YEARS=continuous", "R-AREAS=all", "R-EXAMPLES=all")
    assert _plans(20, 12, tmp_path, *readings) >= 80
