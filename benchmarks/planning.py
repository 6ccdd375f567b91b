"""How long planning takes: one level for one person, and the staffing of many.

One target is all that `tassei plan --to` shows: the cheapest plan, the earliest month with what
binds, and three alternatives. Times are those of the processor, which a quiet machine's clock shows
too and other programs do not blur. `TASSEI_PEOPLE` sets how many people are generated (200).
"""

import os
import platform
import random
import statistics
import time
from collections.abc import Sequence

from benchmarks.people import people
from tassei.encoding.compiled import shipped, standards
from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge, known_of
from tassei.planning.costs import default_costs
from tassei.planning.planner import Planner
from tassei.planning.program import solver
from tassei.planning.staffing import Assignment, Desk, Target

AS_OF = Month.of(2026, 11)
STAFF, ASSIGNMENTS = 500, 50


def main() -> None:
    """Print the table."""
    everything = standards()
    known = known_of(everything)
    judge = Judge(everything, everything.readings_with({}))
    started = time.perf_counter()
    solver()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors"
    )
    print(f"loading the solver{time.perf_counter() - started:34.2f} s")
    files = sorted(p for p in shipped("examples").iterdir() if p.suffix in (".yaml", ".jsonl"))
    examples = [r.evidence for path in files for r in read_evidence(path, known, AS_OF)]
    count = int(os.environ.get("TASSEI_PEOPLE", "200"))
    # all levels of all indicators: one that several fields share counts in each of them
    print(
        f"{len(judge.rungs)} levels of {sum(len(e.indicators) for e in everything.editions)} indicators"
    )
    print()
    print(f"{'one target, after start':34}{'plans':>8}{'median':>10}{'p95':>10}{'worst':>10}")
    _targets("example people", judge, examples)
    _targets("generated people", judge, list(people(everything, known, AS_OF, count)))
    print()
    _staffing(judge, list(people(everything, known, AS_OF, STAFF + 300)))


def _targets(name: str, judge: Judge, persons: Sequence[Evidence]) -> None:
    planner = Planner(judge, default_costs())
    cheapest, whole = [], []
    for person in persons:
        for rung in judge.rungs:
            started = time.process_time()
            plan = planner.cheapest(person, AS_OF, rung)
            assert plan is not None
            cheapest.append(time.process_time() - started)
            planner.earliest(person, AS_OF, rung)
            list(planner.alternatives(plan, 3))
            whole.append(time.process_time() - started)
    _row(f"{len(persons)} {name}: cheapest", cheapest)
    _row(f"{len(persons)} {name}: all", whole)


def _row(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    shown = (statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])
    print(f"{name:34}{len(times):8}" + "".join(f"{t * 1e3:7.0f} ms" for t in shown))


def _staffing(judge: Judge, persons: list[Evidence]) -> None:
    """Assignments like the work of other people, with and without targets."""
    draw = random.Random(1)
    staff, others = persons[:STAFF], persons[STAFF:]
    works = [e for p in others for e in p.engagements or () if e.role is not None and e.fields]
    assignments = [
        Assignment(_open(draw.choice(works), n), draw.choice([6, 12, 24, 36]), draw.randint(1, 3))
        for n in range(ASSIGNMENTS)
    ]
    targets = [
        Target(r.edition.id, r.field_id, r.level, draw.randint(5, 60))
        for r in draw.sample(judge.rungs, 8)
    ]
    desk = Desk(judge, AS_OF)
    print(
        f"{'staffing, ' + str(STAFF) + ' people, ' + str(ASSIGNMENTS) + ' assignments':46}{'time':>10}"
    )
    for name, wanted in (("most people rise", []), ("8 targets first", targets)):
        started = time.perf_counter()
        answer = desk.staff(staff, assignments, wanted)
        taken = time.perf_counter() - started
        print(
            f"{name:46}{taken:8.1f} s   {answer.status}, gap {answer.gap}, {answer.rising} rise,"
            f" {sum(f.short for f in answer.filled)} places short"
        )


def _open(work: Engagement, number: int) -> Engagement:
    return Engagement(
        f"assignment-{number}",
        fields=work.fields,
        role=work.role,
        succeeded=True,
        complexity=work.complexity,
        size=work.size,
        achieved=work.achieved,
        activities=work.activities,
    )
