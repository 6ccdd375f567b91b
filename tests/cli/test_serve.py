"""`tassei serve` starts the other front end by its name, and leaves nothing running."""

import inspect
import os
import re
import signal
import stat
import subprocess
import sys
import urllib.request
from importlib import import_module
from pathlib import Path

from tassei.cli import serve


def test_the_name_leads_to_what_the_command_calls() -> None:
    """The function that is called by name takes the arguments that the command passes."""
    taken = list(inspect.signature(import_module(serve.APPLICATION).serve).parameters)
    passed = [p for p in inspect.signature(serve.run).parameters if p != "session"]
    assert taken == [*passed, "ready"]


def test_a_served_page_opens_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    """The address that is printed opens; Ctrl+C ends the program in one word."""
    argv = [
        sys.executable,
        "-m",
        "tassei",
        "serve",
        "--data",
        "data",
        "--port",
        "0",
        "--lang",
        "en",
    ]
    run = subprocess.Popen(
        argv, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert run.stdout is not None
    try:
        assert run.stdout.readline() == "Open this address:\n"
        address = re.search(r"http://127\.0\.0\.1:\d+/", run.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address[0]) as page:
            assert b"<h1>" in page.read()
    finally:
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=20)[1]
    assert run.returncode == 0, told
    assert told.endswith("stopped\n")
    written = list((tmp_path / "data").iterdir())
    assert {p.name for p in written} >= {"secret.key", "tassei.sqlite3"}
    assert {stat.S_IMODE(p.stat().st_mode) for p in written} == {0o600}
