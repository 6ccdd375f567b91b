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

import pytest

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


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_example_shows_its_accounts_and_leaves_nothing(
    tmp_path: Path, end: signal.Signals
) -> None:
    """The accounts are printed; afterwards the folder is gone, whoever ended it."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tassei", "serve", "--demo", "--port", "0", "--lang", "en"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert run.stdout is not None
    try:
        told = [run.stdout.readline() for _ in range(6)]
        assert re.search(r"http://127\.0\.0\.1:\d+/", told[1])
        assert re.fullmatch(r"  \w{5}-\w{5}-\w{5}\n", told[3])
        assert told[4].startswith("  midori ")
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        run.send_signal(end)
        run.communicate(timeout=20)
    assert run.returncode == 0
    assert not list(tmp_path.iterdir())


def test_the_example_is_for_this_machine_alone(tmp_path: Path) -> None:
    """Passwords that are shown do not go out: the example is served to nobody else."""
    for others in (["--host", "0.0.0.0"], ["--origin", "https://a.example"]):
        argv = [sys.executable, "-m", "tassei", "serve", "--demo", "--port", "0", "--lang", "en"]
        run = subprocess.run(
            [*argv, *others], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert run.returncode == 2, run.stderr
        assert "--demo does not go with" in run.stderr
