"""How long it takes to judge one person: in a running process, and as a command from cold.

Beside each figure stands its ratio to something run side by side, because machines differ: the
judging to reading the same person's record with `json.loads`, the command to `python -c pass`.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tassei.encoding.compiled import COMPILED, fingerprint, shipped, standards
from tassei.encoding.load import load_standards
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge, known_of

AS_OF = Month.of(2026, 11)
REPEATS = 40
COLD_RUNS = 15


def main() -> None:
    """Print the table."""
    everything = standards()
    known = known_of(everything)
    files = sorted(p for p in shipped("examples").iterdir() if p.suffix in (".yaml", ".jsonl"))
    people = [r.evidence for path in files for r in read_evidence(path, known, AS_OF)]
    judge = Judge(everything, everything.readings_with({}))
    engagements = statistics.mean(len(p.engagements or ()) for p in people)
    indicators = sum(len(e.indicators) for e in everything.editions)
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors"
    )
    print(
        f"{len(people)} example people, {engagements:.1f} engagements each, all {indicators} indicators"
    )
    print()
    print(f"{'one person, warm':44}{'median':>10}{'worst':>10}   ratio to json.loads of the record")
    base = _row("json.loads of the record", people, _loads(people), None)
    _row("answer: every verdict", people, lambda p: judge.verdicts(p, AS_OF), base)
    _row("answer and one full proof", people, _answer_and_proof(judge), base)
    _row("every proof", people, lambda p: list(judge.judge_all(p, AS_OF)), base)
    print()
    _cold()
    print()
    root = shipped("standards")
    assert json.loads(COMPILED.read_bytes())["fingerprint"] == fingerprint(root)
    standards.cache_clear()
    compiled, yaml = _seconds(standards), _seconds(lambda: load_standards(root))
    print(f"{'standards, compiled form':44}{compiled * 1e3:8.0f} ms")
    print(
        f"{'standards, from YAML':44}{yaml * 1e3:8.0f} ms   {yaml / compiled:6.1f} times the compiled form"
    )


def _loads(people: list[Evidence]) -> Callable[[Evidence], object]:
    texts = {p.person.id: json.dumps(plain_evidence(p)) for p in people}
    return lambda p: json.loads(texts[p.person.id])


def _answer_and_proof(judge: Judge) -> Callable[[Evidence], object]:
    """Every verdict, and the proof of the first level above the highest that is met."""

    def run(person: Evidence) -> object:
        verdicts = judge.verdicts(person, AS_OF)
        best = max(range(len(verdicts)), key=lambda n: (verdicts[n], judge.rungs[n].level))
        return judge.judge(person, AS_OF, judge.rungs[best])

    return run


def _row(
    name: str, people: list[Evidence], work: Callable[[Evidence], object], base: float | None
) -> float:
    """Median and worst person; each person by the median of several rounds.

    The people come in turn, so that nothing is remembered from one run of a person to the next.
    """
    rounds = [[_seconds(lambda p=p: work(p)) for p in people] for _ in range(REPEATS)]  # type: ignore[misc]
    times = [statistics.median(runs) for runs in zip(*rounds, strict=True)]
    median, worst = statistics.median(times), max(times)
    ratio = f"{median / base:8.1f}" if base else ""
    print(f"{name:44}{median * 1e6:7.0f} µs{worst * 1e6:7.0f} µs   {ratio}")
    return median


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _cold() -> None:
    """The command as a whole process, in turn with an empty Python."""
    example = str(shipped("examples") / "midori.yaml")
    judge = [sys.executable, "-m", "tassei", "judge", example, "--as-of", "2026-11"]
    empty = [sys.executable, "-c", "pass"]
    pairs = [(_process(judge), _process(empty)) for _ in range(COLD_RUNS)]
    times, bases = zip(*pairs, strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{'command from cold':44}{'median':>10}{'worst':>10}   ratio to python -c pass")
    print(
        f"{'tassei judge, one example file':44}{statistics.median(times):8.2f} s{max(times):8.2f} s   {ratio:8.1f}"
    )
    print(f"{'python -c pass':44}{statistics.median(bases):8.2f} s{max(bases):8.2f} s")


def _process(command: list[str]) -> float:
    return _seconds(
        lambda: subprocess.run(
            command, capture_output=True, check=True, cwd=Path(__file__).parent.parent
        )
    )
