"""`script/bench population`: how long it takes to judge a workforce, as ratios to what ran in turn with it.

The data is made here (`populations`), the peers are set up here (`peers`), and each ratio is the
median over rounds in which both sides run one after the other.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
from attrs import frozen

from benchmarks.loaded import NOW, Loaded, all_rungs, loaded, numbered
from benchmarks.measuring import Spent, Times, in_turn, machine, said, spent, timed
from benchmarks.peers.columns import FIELD, write_columns
from benchmarks.peers.rule import LEVELS
from benchmarks.peers.running import Peer
from benchmarks.populations import population
from tassei.encoding.compiled import standards
from tassei.judging.judge import Judge
from tassei.population.blocks import Population
from tassei.population.workforce import UNREAD, Workforce, write_verdicts
from tassei.population.writing import parquet_file

THREADS = os.cpu_count() or 1
LIMIT = 2 << 30
"""Bytes of memory for ten million people."""


@frozen
class Plan:
    """How much is measured.

    Args:
        people, many: people in the populations; `many` is ten times as many.
        rounds, long_rounds: of what takes seconds, and of what takes minutes.
    """

    people: int = 1_000_000
    rounds: int = 7
    long_rounds: int = 3

    @property
    def many(self) -> int:
        return 10 * self.people


QUICK = Plan(people=100_000, rounds=3, long_rounds=1)
"""Shows that everything runs and agrees; the figures say little."""


def main(plan: Plan, parts: Sequence[str] = ()) -> None:
    """Print the table, or some parts of it."""
    print(machine("numpy", "numba", "pyarrow", "duckdb"))
    print(
        f"{THREADS} threads; medians of {plan.rounds} rounds, {plan.long_rounds} where a round takes minutes"
    )
    for name, part in PARTS.items():
        if not parts or name in parts:
            said(f"{name} …")
            part(plan)


def _title(text: str) -> None:
    print(f"\n{text}\n{'':60}{'wall':>10}{'cpu':>10}{'ratio':>8}{'of cpu':>8}  to")


def _row(
    name: str,
    took: Spent,
    ratio: Spent | None = None,
    to: str = "",
    asked: str = "",
    unit: str = "s",
) -> None:
    """One line of the table.

    Args:
        asked: `at most N` or `at least N`, of the ratio by the clock on the wall.
    """
    outcome = ""
    if asked and ratio is not None:
        word, bound = asked.rsplit(" ", 1)
        fine = ratio.wall <= float(bound) if word == "at most" else ratio.wall >= float(bound)
        outcome = f"{asked}: {'reached' if fine else 'MISSED'}"
    times = "".join(f"{_time(t, unit):>10}" for t in (took.wall, took.cpu))
    ratios = "".join(f"{_figure(r):>8}" for r in (ratio.wall, ratio.cpu)) if ratio else " " * 16
    print(f"  {name:58}{times}{ratios}  {to:24}{outcome}".rstrip(), flush=True)


def _time(seconds: float, unit: str) -> str:
    time = seconds * {"s": 1.0, "µs": 1e6}[unit]
    return f"{time:.{0 if time >= 100 else 2 if unit == 's' else 1}f} {unit}"


def _figure(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def kernel(plan: Plan) -> None:
    """The kernel on columns in memory, against adding the columns up."""
    data = loaded(population(plan.people), numbered(all_rungs()))
    indicators = sum(len(e.indicators) for e in standards().editions)
    works: dict[str, Callable[[], Spent]] = {}
    for threads in (THREADS, 1):
        works[f"kernel {threads}"] = timed(partial(data.judge, threads))
        works[f"sum {threads}"] = timed(partial(data.sum, threads))
    times = in_turn(works, plan.rounds)
    _title(f"all {indicators} indicators, three-valued, in memory")
    print(
        f"  {data.people:,} people, {data.engagements:,} engagements,"
        f" {data.bytes / 2**20:,.0f} MiB of columns; room for the verdicts included"
    )
    for threads, asked in ((THREADS, "at most 8"), (1, "")):
        name = f"{threads} threads" if threads > 1 else "1 thread"
        _row(f"numpy sum of the same columns, {name}", times.median(f"sum {threads}"))
        _row(
            f"kernel, {name}",
            times.median(f"kernel {threads}"),
            times.ratio(f"kernel {threads}", f"sum {threads}"),
            f"numpy sum, {name}",
            asked,
        )


def whole_way(plan: Plan) -> None:
    """From Parquet to Parquet, against a scan; and with everything loaded first."""
    folder = population(plan.people)
    every = standards()
    workforce = Workforce(Judge(every, every.readings_with({})))
    database = duckdb.connect()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "verdicts.parquet"
        times = in_turn(
            {
                "scan": timed(lambda: scan(database, folder)),
                "whole way": timed(lambda: _streamed(workforce, folder, out)),
                "loaded first": timed(lambda: _loaded_first(workforce, folder, out)),
            },
            plan.rounds,
        )
    _title("from Parquet on disk to verdicts as Parquet on disk")
    print("  files in the page cache; without the start of the process and the first compilation")
    _row("DuckDB, bare scan of the same columns", times.median("scan"))
    _row(
        "whole way, streamed",
        times.median("whole way"),
        times.ratio("whole way", "scan"),
        "DuckDB, bare scan",
        "at most 10",
    )
    _row(
        "whole way, all columns loaded before any is judged",
        times.median("loaded first"),
        times.ratio("loaded first", "scan"),
        "DuckDB, bare scan",
    )


def scan(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Read all columns that are judged, and count: what every reader has to do at least.

    Lists are measured, since their entries are not needed to tell that they are there.
    """
    for name in ("people", "engagements"):
        file = folder / f"{name}.parquet"
        columns = [f for f in pq.read_schema(file) if f.name not in UNREAD]
        counts = ", ".join(
            f"sum(len({f.name}))" if "list" in str(f.type) else f"count({f.name})" for f in columns
        )
        database.execute(f"select {counts} from '{file}'").fetchall()


def _streamed(workforce: Workforce, folder: Path, out: Path) -> None:
    write_verdicts(workforce, Population(folder, standards().vocabulary), NOW, out)


def _loaded_first(workforce: Workforce, folder: Path, out: Path) -> None:
    """The same in three steps, each with everything in memory."""
    source = Population(folder, standards().vocabulary)
    blocks = deque(source.blocks(NOW.number, without=UNREAD))
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda b: workforce.judge_block(b, NOW, source), blocks))
    with parquet_file(out, workforce.described(NOW)) as write:
        for block, verdicts in zip(blocks, found, strict=True):
            write(workforce.table(block.people["person"], verdicts))


def compilation(plan: Plan) -> None:
    """What the first use costs, and every later start."""
    folder = str(population(1_000))
    cold: list[Answers] = []
    warm: list[Answers] = []
    for _ in range(plan.long_rounds):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(_alone("start", folder, NUMBA_CACHE_DIR=cache))
            warm.append(_alone("start", folder, NUMBA_CACHE_DIR=cache))

    _title("in a new process")
    compiling = _median(cold, "compiling")
    _row("first compilation", compiling, compiling, "one second", "at most 5")
    _row("the same from the cache", _median(warm, "compiling"))
    _row("imports, standards and tables of the kernel", _median(warm, "ready"))


Answers = dict[str, Any]


def _median(runs: list[Answers], name: str) -> Spent:
    return Times({name: [Spent(*run[name]) for run in runs]}).median(name)


def _alone(*words: str, **environment: str) -> Answers:
    command = [sys.executable, "-m", "benchmarks.alone", *words]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=root, env=os.environ | environment
    )
    found: Answers = json.loads(done.stdout)
    return found


PEERS = (
    ("openfisca", "at least 50"),
    ("openfisca by-position", ""),
    ("zen", "at least 1000"),
    ("duckdb", "at least 20"),
    ("polars", "at least 10"),
)


def peers(plan: Plan) -> None:
    """The same four indicators in other tools, which must agree on every person."""
    levels = " ".join(str(asked.level) for asked in LEVELS)
    for field, told in ((FIELD, "everybody works in the field"), (None, "people of all fields")):
        folder = population(plan.people, field)
        data = four(folder)
        _title(f"operations management of 001, levels {levels}: {told}")
        print(
            f"  {data.people:,} people, {data.engagements:,} engagements, in memory;"
            f" {_idle(data):,} people without an engagement"
        )
        print(
            "  everybody's data as each tool would have it: slices, columns with a bit a term, records"
        )
        _compare(plan, folder, data)


def four(folder: Path) -> Loaded:
    """The population as columns for the four indicators alone."""
    edition, _, field = FIELD.rpartition("/")
    levels = [asked.level for asked in LEVELS]
    chosen = [
        r
        for r in all_rungs()
        if (r.edition.id, r.field_id) == (edition, field) and r.level in levels
    ]
    assert [r.level for r in chosen] == levels
    return loaded(folder, numbered(chosen))


def masks(data: Loaded) -> np.ndarray:
    """What the kernel says of each person: the bits of the levels that are surely met."""
    return np.concatenate([v.rungs[0, :, 0] for v in data.judge(THREADS)]).astype(np.uint8)


def _idle(data: Loaded) -> int:
    return sum(int((np.diff(w.start) == 0).sum()) for _, w in data.blocks)


def _compare(plan: Plan, folder: Path, data: Loaded) -> None:
    expected = masks(data)
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as running:
        columns = Path(scratch)
        write_columns(folder, standards().vocabulary, NOW.number, columns)
        started = {name: running.enter_context(Peer(*_words(name, columns))) for name, _ in PEERS}
        decide = data.laid_out()
        works: dict[str, Callable[[], Spent]] = {
            "kernel": timed(lambda: decide(THREADS)),
            "kernel, 1 thread": timed(lambda: decide(1)),
            "kernel, from lists": timed(lambda: data.judge(THREADS)),
        }
        times = in_turn(works | {name: peer.run for name, peer in started.items()}, plan.rounds)
        sizes = {name: _agreeing(name, p.masks(columns), expected) for name, p in started.items()}
        _row(f"kernel, {THREADS} threads, three-valued", times.median("kernel"))
        _row("kernel, 1 thread, three-valued", times.median("kernel, 1 thread"))
        _row("the same, laying out lists of terms included", times.median("kernel, from lists"))
        for name, asked in PEERS:
            _peer_row(name, started[name].title, times, sizes[name], len(expected), asked)


def _words(name: str, columns: Path) -> tuple[str, Path, *tuple[str, ...]]:
    script, *options = name.split()
    return script, columns, *options


_NOTES = {
    "openfisca": ", months in plain numpy",
    "openfisca by-position": ", months by its group operations",
    "duckdb": ", window functions",
    "zen": "",
    "polars": ", lazy query",
}


def _peer_row(name: str, title: str, times: Times, judged: int, people: int, asked: str) -> None:
    """A peer's line; one that judged a part of the people is told by the person."""
    share = judged / people
    label = f"{title}{_NOTES[name]}"
    if judged < people:
        label += f", {judged:,} of them, a person"
    took, unit = times.median(name), "s"
    if judged < people:
        took, unit = Spent(took.wall / judged, took.cpu / judged), "µs"
    _row(label, took, times.ratio(name, "kernel", 1 / share), "kernel", asked, unit)


def _agreeing(name: str, found: np.ndarray, expected: np.ndarray) -> int:
    """How many people were judged; all of them alike.

    Raises:
        SystemExit: a person was judged otherwise.
    """
    differing = np.flatnonzero(found != expected[: len(found)])
    if differing.size:
        person = int(differing[0])
        raise SystemExit(
            f"{name} differs from the kernel for {differing.size:,} people; person {person}:"
            f" {found[person]:04b} against {expected[person]:04b}"
        )
    return len(found)


def growth(plan: Plan) -> None:
    """Four times the indicators, in memory."""
    folder, rungs = population(plan.people), all_rungs()
    once, four_times = loaded(folder, numbered(rungs)), loaded(folder, numbered(rungs, copies=4))
    times = in_turn(
        {
            "once": timed(lambda: once.judge(THREADS)),
            "four times": timed(lambda: four_times.judge(THREADS)),
        },
        plan.rounds,
    )
    _title("four times the indicators: three more copies, with other thresholds")
    _row(f"{len(rungs)} rungs", times.median("once"))
    _row(
        f"{4 * len(rungs)} rungs",
        times.median("four times"),
        times.ratio("four times", "once"),
        f"{len(rungs)} rungs",
        "at most 4.5",
    )


def stream(plan: Plan) -> None:
    """Ten times the people from disk to disk, in a process that may not take more memory."""
    few, many = str(population(plan.people)), str(population(plan.many))
    every = standards()
    workforce = Workforce(Judge(every, every.readings_with({})))
    peaks: list[float] = []

    def streamed(folder: str) -> Spent:
        found = _alone("stream", folder, f"{scratch}/verdicts.parquet", str(LIMIT))
        peaks.append(found["peak"])
        return Spent(found["wall"], found["cpu"])

    with tempfile.TemporaryDirectory() as scratch:
        rounds: dict[str, list[Spent]] = {n: [] for n in ("few", "loaded", "memory", "many")}
        out = Path(scratch) / "verdicts.parquet"
        source = Population(Path(few), every.vocabulary)
        blocks = list(source.blocks(NOW.number, without=UNREAD))
        # compiles whatever is not compiled yet, and does not count
        streamed(few)
        _in_memory(workforce, source, blocks)
        peaks.clear()
        for _ in range(plan.long_rounds):
            rounds["few"].append(streamed(few))
            rounds["loaded"].append(spent(lambda: _loaded_first(workforce, Path(few), out)))
            rounds["memory"].append(spent(lambda: _in_memory(workforce, source, blocks)))
            rounds["many"].append(streamed(many))
            said("  a round done")
    times = Times(rounds)
    _title(f"{plan.many:,} people from disk to disk, streamed")
    print(f"  a process of its own with RLIMIT_DATA at {LIMIT / 2**30:.0f} GiB; peak is VmHWM")
    _row(f"{plan.people:,} people", times.median("few"))
    _row(
        f"{plan.many:,} people",
        times.median("many"),
        times.ratio("many", "few"),
        f"{plan.people:,} people",
        "at most 10.5",
    )
    for name, label in (
        ("loaded", "with all columns loaded first"),
        ("memory", "from tables in memory to tables in memory"),
    ):
        _row(
            f"{plan.people:,} people, {label}",
            times.median(name),
            times.ratio(name, "many", 10),
            "streamed against it",
            "at least 0.7",
        )
    gib = max(peaks) / 2**30
    outcome = "reached" if gib <= 2 else "MISSED"
    print(f"  {'peak memory':58}{gib:6.2f} GiB{'':28}{'':24}at most 2: {outcome}")


def _in_memory(workforce: Workforce, source: Population, blocks: list) -> None:  # type: ignore[type-arg]
    """Arrow tables that are loaded already to tables of verdicts that nobody writes."""
    with ThreadPoolExecutor(THREADS) as pool:
        for block, verdicts in zip(
            blocks, pool.map(lambda b: workforce.judge_block(b, NOW, source), blocks), strict=True
        ):
            workforce.table(block.people["person"], verdicts)


PARTS: dict[str, Callable[[Plan], None]] = {
    "kernel": kernel,
    "whole-way": whole_way,
    "compilation": compilation,
    "peers": peers,
    "growth": growth,
    "stream": stream,
}
