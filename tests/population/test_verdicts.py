"""Tables of verdicts beside their people."""

import os
import signal
import threading
from pathlib import Path

import pytest

from population.faulty import judged
from tassei.encoding.compiled import standards
from tassei.population.blocks import Population
from tassei.population.verdicts import Joined, interruptible, read_verdicts


def test_a_query_ends_on_ctrl_c(tmp_path: Path) -> None:
    """As everything else does, and not with an error of the database."""
    judged(tmp_path / "people", tmp_path / "verdicts.parquet")
    population = Population(tmp_path / "people", standards().vocabulary)
    joined = Joined(read_verdicts(tmp_path / "verdicts.parquet"), population)
    timer = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    # a process that was started in the background ignores it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            joined.rows("SELECT sum(hash(range)) FROM range(300000000)")
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_errors_stay_what_they_are() -> None:
    """Only the words of an interruption make one."""
    with pytest.raises(RuntimeError, match="odd"), interruptible():
        raise RuntimeError("odd")
