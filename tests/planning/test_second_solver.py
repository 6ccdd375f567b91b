"""Plans for people as large as real ones, against another solver in another process."""

import json
import os
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from benchmarks.people import people

from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.planning.costs import default_costs
from tassei.planning.planner import Planner

pytest.importorskip("ortools")
if find_spec("highspy") is None:  # not imported here: it cannot share a process with OR-tools
    pytest.skip("highspy is not installed", allow_module_level=True)
ROOT = Path(__file__).resolve().parents[2]


def _compare(
    judge: Judge, standards: Standards, known: Known, as_of: Month, count: int, size: int
) -> int:
    draw = random.Random(5)
    pairs = [(draw.randrange(size), draw.randrange(len(judge.rungs))) for _ in range(count)]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("second_solver.py"))],
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    answers = json.loads(done.stdout)
    planner = Planner(judge, default_costs())
    generated = list(people(standards, known, as_of, size))
    planned = 0
    for (person, number), wanted in zip(pairs, answers, strict=True):
        rung = judge.rungs[number]
        plan = planner.cheapest(generated[person], as_of, rung)
        assert plan is not None
        assert plan.cost == wanted, f"{plan.evidence.person.id} {rung.field_id} {rung.level}"
        planned += bool(plan.additions)
    return planned


def test_another_solver_agrees(
    judge: Judge, standards: Standards, known: Known, as_of: Month
) -> None:
    """The least cost is the same by HiGHS, which counts months one by one."""
    assert _compare(judge, standards, known, as_of, 12, 30) >= 9


@pytest.mark.slow
def test_another_solver_agrees_on_many(
    judge: Judge, standards: Standards, known: Known, as_of: Month
) -> None:
    """The same for more people and levels."""
    assert _compare(judge, standards, known, as_of, 150, 100) >= 120
