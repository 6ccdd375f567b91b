"""What has to be measured in a process of its own: `python -m benchmarks.alone start|stream …`.

It prints one object of JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path


def start(folder: str) -> dict[str, tuple[float, float]]:
    """How long it takes until the first verdict: twice the same small population.

    Where nothing is compiled yet, the first time compiles; the second shows what the work itself costs.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    from tassei.encoding.compiled import standards
    from tassei.evidence.months import Month
    from tassei.judging.judge import Judge
    from tassei.population.blocks import Population
    from tassei.population.workforce import Workforce

    every = standards()
    workforce = Workforce(Judge(every, every.readings_with({})))
    ready = time.perf_counter() - wall, time.process_time() - cpu
    found = []
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in workforce.judge_all(
            Population(Path(folder), every.vocabulary), Month.of(2026, 11)
        ):
            pass
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    first, second = found
    return {"ready": ready, "compiling": (first[0] - second[0], first[1] - second[1])}


def stream(folder: str, out: str, limit: str = "") -> dict[str, float]:
    """Judge a population from disk to disk, with no more memory for data than the limit.

    Args:
        limit: bytes of private, writable memory (RLIMIT_DATA); no limit where left out. Files that
            are read through the memory map are not counted by it, but they are in `peak`.

    Returns:
        people; wall and cpu without the start of the process; peak: bytes of resident memory (VmHWM).
    """
    if limit:
        resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))
    from tassei.encoding.compiled import standards
    from tassei.evidence.months import Month
    from tassei.judging.judge import Judge
    from tassei.population.blocks import Population
    from tassei.population.workforce import Workforce, write_verdicts

    every = standards()
    workforce = Workforce(Judge(every, every.readings_with({})))
    population = Population(Path(folder), every.vocabulary)
    wall, cpu = time.perf_counter(), time.process_time()
    people = write_verdicts(workforce, population, Month.of(2026, 11), Path(out))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"people": people, "wall": wall, "cpu": cpu, "peak": float(_peak())}


def _peak() -> int:
    """The most memory that was resident; `ru_maxrss` would begin with that of the parent process."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(ln for ln in status.splitlines() if ln.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    print(json.dumps(start(*sys.argv[2:]) if sys.argv[1] == "start" else stream(*sys.argv[2:])))
