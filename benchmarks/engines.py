"""`script/bench engines`: what judging costs as people become more, on one machine and inside engines.

Each way is measured with three numbers of people; the slope over them is what a person more costs. The
line is held against a fourth, larger number that it was not drawn through, and thirty million people are
told from it. Each number is judged in several rounds and the run with the median of processor time is
shown. Seconds of processors and memory are counted over all processes of an engine, so that a machine
that is busy with other work slows the clock on the wall and hardly these.
"""

import math
import os
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
from benchmarks.servers import Engine, forget_peak, java, peak, running
from tassei.encoding.compiled import standards
from tassei.judging.judge import Judge
from tassei.population.blocks import Population
from tassei.population.spark import PEOPLE_IN_PART, judge_in_engine
from tassei.population.workforce import Workforce, write_verdicts

PEOPLE = (100_000, 200_000, 400_000, 800_000)
"""The line is drawn through all but the last, which it is held against."""
QUICK = (5_000, 10_000, 20_000, 40_000)
"""Shows that everything runs; the figures say little."""
ROUNDS = 3
NATION = 30_000_000
MIB, GIB = 2**20, 2**30
MINUTES = 10
"""How soon all verdicts are wanted, to tell how many processors that takes."""
YEN = 10
"""What an hour of one processor is taken to cost; prices differ, and the page says how to put in another."""


@frozen
class Run:
    """What judging so many people took.

    Args:
        wall: seconds by the clock on the wall.
        cpu: seconds of processors, of all processes.
        verdicts: bytes of what was written.
        memory: bytes that all processes have held at most, each at its own time.
        worker: bytes that the largest Python worker has held; 0 where Python runs in the server.
    """

    people: int
    wall: float
    cpu: float
    verdicts: int
    memory: int
    worker: int = 0


@frozen
class Line:
    """A straight line through runs: what no person costs, and what each costs."""

    fixed: float
    each: float

    def at(self, people: int) -> float:
        return self.fixed + self.each * people


@frozen
class Way:
    """A way of judging, as it was measured."""

    name: str
    runs: Sequence[Run]
    held_against: Run

    def line(self, of: Callable[[Run], float]) -> Line:
        """The straight line that fits the runs best."""
        each, fixed = np.polyfit(
            [run.people for run in self.runs], [of(run) for run in self.runs], 1
        )
        return Line(float(fixed), float(each))


def main(numbers: Sequence[int], rounds: int = ROUNDS) -> None:
    """Print the tables."""
    print(machine("numpy", "numba", "pyarrow", "pyspark-client"))
    workforce = Workforce(Judge(standards(), standards().readings_with({})))
    print(f"{len(workforce.rungs)} levels of all fields; Parquet in, Parquet out\n")
    ways = _measured(workforce, numbers, rounds)
    _print_runs(ways)
    _print_nation(ways, _bytes(population(numbers[-1])) / numbers[-1])


def _row(name: str, *cells: str) -> None:
    print(f"{name:26}" + "".join(f"{cell:>16}" for cell in cells))


def _print_runs(ways: Sequence[Way]) -> None:
    _row("", "people", "wall s", "cpu s", "cpu µs a person", "verdicts MiB", "memory GiB")
    for way in ways:
        cpu, size = way.line(lambda run: run.cpu), way.line(lambda run: run.verdicts)
        for run in (*way.runs, way.held_against):
            if run is way.held_against:
                told = cpu.at(run.people)
                each = told / run.people * 1e6
                _row("  told by the line", f"{run.people:,}", "", f"{told:,.1f}", f"{each:.0f}", f"{size.at(run.people) / MIB:,.1f}")  # fmt: skip
            name = "  measured" if run is way.held_against else way.name
            each = run.cpu / run.people * 1e6
            _row(name, f"{run.people:,}", f"{run.wall:,.1f}", f"{run.cpu:,.1f}", f"{each:.0f}", f"{run.verdicts / MIB:,.1f}", f"{run.memory / GIB:.1f}")  # fmt: skip


def _print_nation(ways: Sequence[Way], tables: float) -> None:
    """What thirty million people cost.

    Args:
        tables: bytes a person of the tables that are judged.
    """
    print(f"\n{NATION:,} people, told by the lines; tables of {tables * NATION / GIB:.1f} GiB ({tables:.0f} bytes a person)\n")  # fmt: skip
    _row("", "cpu µs a person", "cpu hours", f"cpus, {MINUTES} min", f"yen, {YEN} a cpu h", "verdicts GiB")  # fmt: skip
    for way in ways:
        cpu = way.line(lambda run: run.cpu)
        hours = cpu.at(NATION) / 3600
        size = way.line(lambda run: run.verdicts).at(NATION) / GIB
        _row(way.name, f"{cpu.each * 1e6:.0f}", f"{hours:.2f}", str(math.ceil(hours * 60 / MINUTES)), str(math.ceil(hours * YEN)), f"{size:.2f}")  # fmt: skip
    for way in ways:
        if worker := max(run.worker for run in (*way.runs, way.held_against)):
            print(f"\nlargest Python worker of {way.name}: {worker / MIB:.0f} MiB, for parts of {PEOPLE_IN_PART:,} people")  # fmt: skip


def _measured(workforce: Workforce, numbers: Sequence[int], rounds: int) -> "list[Way]":
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
            # starts what stays, and compiles; Java does so for as long as it runs the same things often
            way(numbers[-2])
            *runs, held_against = (_median([way(n) for _ in range(rounds)]) for n in numbers)
            found.append(Way(name, runs, held_against))
        return found


def _median(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]


def _alone(workforce: Workforce, people: int, place: Path) -> Run:
    out = place / "verdicts.parquet"
    table = Population(population(people), standards().vocabulary)
    forget_peak(os.getpid())
    wall, cpu = time.perf_counter(), time.process_time()
    write_verdicts(workforce, table, NOW, out)
    return Run(
        people,
        time.perf_counter() - wall,
        time.process_time() - cpu,
        out.stat().st_size,
        peak(os.getpid()),
    )


def _inside(workforce: Workforce, engine: Engine, people: int, place: Path) -> Run:
    out, folder = place / "verdicts", str(population(people))
    engine.forget_peaks()
    wall, cpu = time.perf_counter(), engine.cpu() + time.process_time()
    judge_in_engine(workforce, engine.remote, folder, str(out), NOW)
    run = Run(
        people,
        time.perf_counter() - wall,
        engine.cpu() + time.process_time() - cpu,
        _bytes(out),
        sum(engine.peaks("")),
        max(engine.peaks(r"pyspark\.daemon"), default=0),
    )
    shutil.rmtree(out)
    return run


def _bytes(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*.parquet"))
