"""Plans for records that the repository does not have, applied and judged by a program outside it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ortools")
ROOT = Path(__file__).resolve().parents[2]


def _plans(count: int, seed: int, folder: Path) -> int:
    program = Path(__file__).with_name("outside.py")
    done = subprocess.run(
        [sys.executable, str(program), str(count), str(seed), str(folder)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.slow
def test_plans_hold_outside(tmp_path: Path) -> None:
    """Fifty new records: each plan, applied from its JSON, is judged met; without a part of it, not."""
    assert _plans(50, 11, tmp_path) >= 250
