"""`script/bench engines`: what judging costs as people become more, on one machine and inside engines.

Each way is measured with three numbers of people; the slope over them is what a person more costs. The
line is held against a fourth, larger number that it was not drawn through, and thirty million people are
told from it. Seconds of processors are counted over all processes of an engine, so that a machine that
is busy with other work slows the clock on the wall and hardly this.
"""

import math
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

PEOPLE = (100_000, 200_000, 400_000, 1_000_000)
"""The line is drawn through all but the last, which it is held against."""
QUICK = (5_000, 10_000, 20_000, 40_000)
"""Shows that everything runs; the figures say little."""
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
        memory: bytes that the largest process that runs our Python has held; 0 on one machine.
    """

    people: int
    wall: float
    cpu: float
    verdicts: int
    memory: int = 0


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


def main(numbers: Sequence[int]) -> None:
    """Print the tables."""
    print(machine("numpy", "numba", "pyarrow", "pyspark-client"))
    workforce = Workforce(Judge(standards(), standards().readings_with({})))
    print(f"{len(workforce.rungs)} levels of all fields; Parquet in, Parquet out\n")
    ways = _measured(workforce, numbers)
    _print_runs(ways)
    _print_nation(ways, _bytes(population(numbers[-1])) / numbers[-1])


def _row(name: str, *cells: str) -> None:
    print(f"{name:26}" + "".join(f"{cell:>16}" for cell in cells))


def _print_runs(ways: Sequence[Way]) -> None:
    _row("", "people", "wall s", "cpu s", "cpu µs a person", "verdicts MiB")
    for way in ways:
        cpu, size = way.line(lambda run: run.cpu), way.line(lambda run: run.verdicts)
        for run in (*way.runs, way.held_against):
            if run is way.held_against:
                told = cpu.at(run.people)
                each = told / run.people * 1e6
                _row("  told by the line", f"{run.people:,}", "", f"{told:,.1f}", f"{each:.0f}", f"{size.at(run.people) / MIB:,.1f}")  # fmt: skip
            name = "  measured" if run is way.held_against else way.name
            each = run.cpu / run.people * 1e6
            _row(name, f"{run.people:,}", f"{run.wall:,.1f}", f"{run.cpu:,.1f}", f"{each:.0f}", f"{run.verdicts / MIB:,.1f}")  # fmt: skip


def _print_nation(ways: Sequence[Way], tables: float) -> None:
    """What thirty million people cost.

    Args:
        tables: bytes a person of the tables that are judged.
    """
    print(f"\n{NATION:,} people, told by the lines; tables of {tables * NATION / GIB:.1f} GiB ({tables:.0f} bytes a person)\n")  # fmt: skip
    _row("", "cpu µs a person", "cpu hours", f"cpus, {MINUTES} min", f"yen, {YEN} a cpu h", "verdicts GiB", "GiB a process")  # fmt: skip
    for way in ways:
        cpu = way.line(lambda run: run.cpu)
        hours = cpu.at(NATION) / 3600
        size = way.line(lambda run: run.verdicts).at(NATION) / GIB
        memory = max(run.memory for run in (*way.runs, way.held_against)) / GIB
        _row(way.name, f"{cpu.each * 1e6:.0f}", f"{hours:.2f}", str(math.ceil(hours * 60 / MINUTES)), str(math.ceil(hours * YEN)), f"{size:.2f}", f"{memory:.2f}" if memory else "")  # fmt: skip
    print(f"\nparts of {PEOPLE_IN_PART:,} people in engines")


def _measured(workforce: Workforce, numbers: Sequence[int]) -> "list[Way]":
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
            *runs, held_against = (way(people) for people in numbers)
            found.append(Way(name, runs, held_against))
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
        engine.peak(r"pyspark\.daemon|sail spark server"),
    )
    shutil.rmtree(out)
    return run


def _bytes(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*.parquet"))
