"""Measuring in turn on a machine that may be busy, and telling what was measured."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from attrs import frozen

Run = Callable[[], object]


@frozen
class Spent:
    """What one run took.

    Args:
        wall: seconds by the clock on the wall.
        cpu: seconds of processors, over all threads; hardly more on a busy machine than on an idle one.
    """

    wall: float
    cpu: float


def spent(work: Run) -> Spent:
    """Run once."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


@frozen
class Times:
    """What several things took that were measured in turn, round by round."""

    rounds: Mapping[str, Sequence[Spent]]

    def median(self, name: str) -> Spent:
        runs = self.rounds[name]
        return Spent(
            statistics.median(r.wall for r in runs), statistics.median(r.cpu for r in runs)
        )

    def ratio(self, name: str, base: str, times: float = 1.0) -> Spent:
        """The medians over the rounds of the ratios within a round: a busy machine slows both.

        Args:
            times: what each ratio is multiplied by.
        """
        pairs = list(zip(self.rounds[name], self.rounds[base], strict=True))
        return Spent(
            times * statistics.median(a.wall / b.wall for a, b in pairs),
            times * statistics.median(a.cpu / b.cpu for a, b in pairs),
        )


def in_turn(works: Mapping[str, Callable[[], Spent]], rounds: int) -> Times:
    """Measure each of the works once a round, after a round that does not count.

    Args:
        works: by name, functions that run once and return what that took.
    """
    for work in works.values():
        work()
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for number in range(rounds):
        for name, work in works.items():
            found[name].append(work())
        said(f"  round {number + 1} of {rounds}")
    return Times(found)


def timed(work: Run) -> Callable[[], Spent]:
    """A work as `in_turn` takes it."""
    return lambda: spent(work)


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
