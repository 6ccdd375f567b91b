"""Golden files: text that people read, kept whole and reviewed in the diff.

`script/cases --accept` (TASSEI_ACCEPT=1) renews them.
"""

import os
from pathlib import Path


def check(path: Path, text: str) -> None:
    """Compare a text with its golden file, or renew the file when that was asked for."""
    if "TASSEI_ACCEPT" in os.environ:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path.name} does not exist yet: script/cases --accept"
    assert path.read_text("utf-8") == text
