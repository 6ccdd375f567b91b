"""`script/bench engines`: what judging costs as people become more, on one machine and inside engines.

Each way is measured with three numbers of people; the slope over them is what a person more costs, and
thirty million people are told from it. Seconds of processors are counted over all processes of an
engine, so that a machine that is busy with other work slows the clock on the wall and hardly this.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from attrs import frozen

from benchmarks.loaded import NOW
from benchmarks.measuring import machine, said
from benchmarks.populations import population
from benchmarks.servers import Engine, java, running
from tassei.encoding.compiled import standards
from tassei.judging.judge import Judge
from tassei.population.blocks import Population
from tassei.population.spark import PEOPLE_IN_PART, judge_in_engine
from tassei.population.workforce import Workforce, write_verdicts

PEOPLE = (100_000, 200_000, 400_000)
QUICK = (5_000, 10_000, 20_000)
"""Shows that everything runs; the figures say little."""
NATION = 30_000_000
MIB = 2**20


@frozen
class Run:
    """What judging so many people took.

    Args:
        wall: seconds by the clock on the wall.
        cpu: seconds of processors, of all processes.
        verdicts: bytes of what was written.
        worker: bytes of memory that the largest Python worker has held; 0 where there are none.
    """

    people: int
    wall: float
    cpu: float
    verdicts: int
    worker: int = 0


@frozen
class Line:
    """A straight line through runs: what no person costs, and what each costs."""

    fixed: float
    each: float

    def at(self, people: int) -> float:
        return self.fixed + self.each * people


def main(numbers: Sequence[int]) -> None:
    """Print the table."""
    print(machine("numpy", "numba", "pyarrow", "pyspark-client"))
    workforce = Workforce(Judge(standards(), standards().readings_with({})))
    print(f"{len(workforce.rungs)} levels of all fields; Parquet in, Parquet out\n")
    heads = ("people", "wall s", "cpu s", "cpu µs a person", "verdicts MiB")
    print(f"{'':26}" + "".join(f"{h:>16}" for h in heads))
    for name, runs in _all(workforce, numbers):
        for run in runs:
            each = run.cpu / run.people * 1e6
            size = run.verdicts / MIB
            print(f"{name:26}{run.people:16,}{run.wall:16.1f}{run.cpu:16.1f}{each:16.0f}{size:16.1f}")  # fmt: skip
        cpu = _line(runs, lambda run: run.cpu)
        size = _line(runs, lambda run: run.verdicts).at(NATION) / MIB
        print(f"{'  from the slope':26}{NATION:16,}{'':16}{cpu.at(NATION):16,.0f}{cpu.each * 1e6:16.0f}{size:16,.0f}")  # fmt: skip
        if worker := max(run.worker for run in runs):
            print(f"{'  largest Python worker':26}{worker / MIB:16,.0f} MiB, for parts of {PEOPLE_IN_PART:,} people")  # fmt: skip
    bytes_each = _bytes(population(numbers[-1])) / numbers[-1]
    print(f"\ntables: {bytes_each:.0f} bytes a person, {bytes_each * NATION / 2**30:.1f} GiB for {NATION:,} people")  # fmt: skip


def _all(workforce: Workforce, numbers: Sequence[int]) -> "list[tuple[str, list[Run]]]":
    with ExitStack() as opened:
        place = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        ways: dict[str, Callable[[int], Run]] = {
            "one machine": lambda people: _alone(workforce, people, place)
        }
        if (why := java()) is None:
            spark = opened.enter_context(running("spark", place, "local[2,4]"))
            ways["Apache Spark, local[2]"] = lambda people: _inside(workforce, spark, people, place)
        else:
            said(why)
        sail = opened.enter_context(running("sail", place))
        ways["Sail, local"] = lambda people: _inside(workforce, sail, people, place)
        found = []
        for name, way in ways.items():
            said(f"{name} …")
            # starts what stays, and compiles
            way(numbers[0])
            found.append((name, [way(people) for people in numbers]))
        return found


def _alone(workforce: Workforce, people: int, place: Path) -> Run:
    out = place / "verdicts.parquet"
    table = Population(population(people), standards().vocabulary)
    wall, cpu = time.perf_counter(), time.process_time()
    write_verdicts(workforce, table, NOW, out)
    return Run(
        people, time.perf_counter() - wall, time.process_time() - cpu, out.stat().st_size
    )  # fmt: skip


def _inside(workforce: Workforce, engine: Engine, people: int, place: Path) -> Run:
    out, folder = place / "verdicts", str(population(people))
    wall, cpu = time.perf_counter(), engine.cpu() + time.process_time()
    judge_in_engine(workforce, engine.remote, folder, str(out), NOW)
    run = Run(
        people,
        time.perf_counter() - wall,
        engine.cpu() + time.process_time() - cpu,
        _bytes(out),
        engine.peak("pyspark.daemon"),
    )
    shutil.rmtree(out)
    return run


def _bytes(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*.parquet"))


def _line(runs: Sequence[Run], of: Callable[[Run], float]) -> Line:
    """The straight line that fits the runs best."""
    each, fixed = np.polyfit([run.people for run in runs], [of(run) for run in runs], 1)
    return Line(float(fixed), float(each))
