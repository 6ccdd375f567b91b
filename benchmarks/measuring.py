"""Measuring in turn on a machine that may be busy, and telling what was measured."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from attrs import frozen

Run = Callable[[], object]


def seconds(work: Run) -> float:
    """How long one run takes, by the clock on the wall."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@frozen
class Times:
    """Seconds of several things that were measured in turn, round by round."""

    rounds: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        return statistics.median(self.rounds[name])

    def ratio(self, name: str, base: str) -> float:
        """The median over the rounds of the ratio within a round: a busy machine slows both."""
        pairs = zip(self.rounds[name], self.rounds[base], strict=True)
        return statistics.median(a / b for a, b in pairs)


def in_turn(works: Mapping[str, Callable[[], float]], rounds: int) -> Times:
    """Measure each of the works once a round, after a round that does not count.

    Args:
        works: by name, functions that run once and return the seconds that count.
    """
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name, work in works.items():
            found[name].append(work())
        said(f"  round {number + 1} of {rounds}")
    return Times({name: tuple(times) for name, times in found.items()})


def timed(work: Run) -> Callable[[], float]:
    """A work as `in_turn` takes it."""
    return lambda: seconds(work)


def said(text: str) -> None:
    """Progress, beside the table."""
    print(text, file=sys.stderr, flush=True)


def machine(*packages: str) -> str:
    """The machine, what it is busy with, and the versions that run."""
    cpu = _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    kilobytes = int((_field("/proc/meminfo", "MemTotal") or "0").split()[0])
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    versions = ", ".join(f"{p} {version(p)}" for p in packages)
    return (
        f"{cpu}, {os.cpu_count()} processors, {kilobytes / 2**20:.0f} GiB of memory;"
        f" load over 1, 5 and 15 minutes at the start {load}\n"
        f"{platform.system()} {platform.release()}, {platform.python_implementation()}"
        f" {platform.python_version()}, {versions}"
    )


def _field(file: str, name: str) -> str | None:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((ln.split(":", 1)[1].strip() for ln in lines if ln.startswith(name)), None)
