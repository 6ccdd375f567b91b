"""What the commands say about plans: each one applied and judged again, in the form of its schema."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tassei.cli.main import main
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence, record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Judge
from tassei.judging.verdict import Verdict
from tassei.marked import parse_line
from tassei.planning import program
from tassei.planning.costs import default_costs, read_costs
from tassei.planning.journeys import carry, path_to
from tassei.planning.options import Limits
from tassei.planning.plan import apply
from tassei.planning.planner import Planner
from tassei.planning.weights import facts_by_weight, single_additions

pytest.importorskip("ortools")
ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "reference" / "schemas"
EDITION = "itss-v2-2006/it-service-management"
LEVEL = f"{EDITION}/operations-management/7"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def midori(known: Known, as_of: Month) -> Evidence:
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    return record.evidence


@pytest.fixture(scope="module")
def planner(standards: Standards) -> Planner:
    judge = Judge(standards, standards.readings_with({}), [EDITION])
    return Planner(judge, default_costs())


def _told(capsys: Capture, *argv: str) -> Any:
    assert main([*argv, "--as-of", "2026-11", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def _faults(name: str, value: Any) -> list[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    found = Draft202012Validator(schema).iter_errors(value)
    return [f"{e.json_path}: {e.message}" for e in found]


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        ("plan", ()),
        ("plan", ("--to", LEVEL)),
        ("plan", ("--to", LEVEL, "--path")),
        ("plan", ("--to", LEVEL, "--facts-only")),
        ("plan", ("--carry", "itss-v3/it-service-management")),
        ("career-map", ("--map", EDITION)),
    ],
)
def test_answers_have_the_form_of_their_schema(
    name: str, argv: tuple[str, ...], capsys: Capture
) -> None:
    """Each kind of answer about a person."""
    assert _faults(name, _told(capsys, "plan", str(ROOT / "examples/midori.yaml"), *argv)) == []


def test_staffing_has_the_form_of_its_schema(capsys: Capture) -> None:
    """With targets, and with someone leaving."""
    files = [str(ROOT / "examples" / f"{n}.yaml") for n in ("midori", "takeshi", "haruto")]
    assignments = str(ROOT / "examples/staffing/assignments.yaml")
    told = _told(capsys, "staff", assignments, *files, "--leaves", "E1024")
    assert _faults("staffing", told) == []
    assert told["status"] == "optimal"
    assert {g["person"] for g in told["given"]} <= {"E1003", "E1081"}


def test_applied_evidence_is_judged_met(
    tmp_path: Path, capsys: Capture, known: Known, judge: Judge
) -> None:
    """What --applied writes is read as evidence and judged met in the month of the plan."""
    after = tmp_path / "after.json"
    argv = ("plan", str(ROOT / "examples/kaori.yaml"), "--to", LEVEL, "--applied", str(after))
    told = _told(capsys, *argv)
    by = Month.parse(told["plan"]["by"])
    [record] = read_evidence(after, known, by)
    rung = judge.rung(EDITION, "operations-management", 7)
    assert judge.judge(record.evidence, by, rung).verdict is Verdict.MET


def test_an_example_person_has_plans(planner: Planner, known: Known, as_of: Month) -> None:
    """For every level: met by the interpreter once written and read again, alternatives dearer, the
    earliest no later than any, and no addition can be left out."""
    _check_plans(planner, known, as_of, [ROOT / "examples" / "kaori.yaml"])


@pytest.mark.slow
def test_every_example_person_has_plans(planner: Planner, known: Known, as_of: Month) -> None:
    """The same for everyone."""
    _check_plans(planner, known, as_of, sorted((ROOT / "examples").glob("*.yaml")))


def _check_plans(planner: Planner, known: Known, as_of: Month, files: list[Path]) -> None:
    for path in files:
        [record] = read_evidence(path, known, as_of)
        for rung in planner.judge.rungs:
            plan = planner.cheapest(record.evidence, as_of, rung)
            soonest = planner.earliest(record.evidence, as_of, rung)
            assert plan is not None
            assert soonest is not None
            others = [a.plan for a in planner.alternatives(plan, 3)]
            assert all(plan.cost <= o.cost for o in others)
            assert all(soonest.plan.months <= p.months for p in (plan, *others))
            assert bool(soonest.clauses) == bool(soonest.plan.months)
            for one in (plan, *others):
                evidence = apply(one.additions, record.evidence, as_of, known)
                line = json.dumps(plain_evidence(evidence))
                again = record_from(parse_line(line, "x", 1), known, one.by, "x").evidence
                assert planner.met(again, one.by, rung)
                for n in range(len(one.additions)):
                    fewer = one.additions[:n] + one.additions[n + 1 :]
                    less = apply(fewer, record.evidence, as_of, known)
                    assert not planner.met(less, one.by, rung)


def test_a_path_ends_at_its_level(planner: Planner, midori: Evidence, as_of: Month) -> None:
    """Each step begins where the one before ends, and the last evidence meets the level."""
    rung = planner.judge.rung(EDITION, "operations-management", 7)
    path = path_to(planner, midori, as_of, rung)
    assert path is not None
    assert [p.rung.level for p in path.steps] == [6, 7]
    assert path.steps[1].as_of == path.steps[0].by
    last = path.steps[-1]
    assert planner.works(last, last.additions)
    assert path.cost == sum(p.cost for p in path.steps)


def test_the_fact_that_matters_most(planner: Planner, midori: Evidence, as_of: Month) -> None:
    """The people managed decide level 6 of Midori, in both directions and by themselves."""
    [weight] = facts_by_weight(planner.judge, planner.costs, midori, as_of)
    assert (weight.fact.target, weight.fact.id) == ("core-banking", "managed_staff")
    assert [r.level for r in weight.met] == [6]
    assert [r.level for r in weight.not_met] == [6]
    step = single_additions(planner.judge, planner.costs, midori, as_of)[0]
    assert step.addition.value == 150
    with_it = apply([step.addition], midori, as_of, planner.known)
    assert planner.met(with_it, as_of, step.met[0])


def test_carrying_keeps_what_is_named(standards: Standards, midori: Evidence, as_of: Month) -> None:
    """Work that names no field of another edition meets nothing there until that is recorded."""
    judge = Judge(
        standards, standards.readings_with({}), [EDITION, "itss-v3/it-service-management"]
    )
    planner = Planner(judge, default_costs())
    edition = standards.edition("itss-v3/it-service-management")
    found = {c.field_id: c for c in carry(planner, midori, as_of, edition)}
    operations = found["operations-management"]
    assert operations.plan is not None
    assert operations.plan.rung.level >= 5
    assert not operations.plan.work


def test_the_same_in_another_process() -> None:
    """Whatever the order of sets, the same bytes."""
    path = ROOT / "examples/emi.yaml"
    argv = ["plan", str(path), "--to", f"{EDITION}/system-management/6", "--as-of", "2026-11"]
    told = {
        subprocess.run(
            [sys.executable, "-m", "tassei", *argv, "--format", "json"],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_without_the_solver(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """One sentence says what to install."""
    monkeypatch.setattr(program, "find_spec", lambda name: None)
    assert main(["plan", "no-such-file.yaml", "--lang", "en"]) == 2
    assert "pip install 'tassei[plan]'" in capsys.readouterr().err


def test_costs_decide(standards: Standards, midori: Evidence, as_of: Month, tmp_path: Path) -> None:
    """The cost model is data: dear facts make new work the cheapest way."""
    text = (Path(program.__file__).with_name("costs.yaml")).read_text("utf-8")
    path = tmp_path / "costs.yaml"
    path.write_text(text.replace("fact: 1 ", "fact: 5000 "), "utf-8")
    kinds = frozenset(t.id for e in standards.editions for t in e.terms.succession)
    costs = read_costs(path, standards.vocabulary, kinds)
    judge = Judge(standards, standards.readings_with({}), [EDITION])
    plan = Planner(judge, costs).cheapest(
        midori, as_of, judge.rung(EDITION, "operations-management", 6)
    )
    assert plan is not None
    assert not plan.facts
    assert plan.work


def test_the_costs_that_ship_name_what_there_is(standards: Standards, tmp_path: Path) -> None:
    """Every id in them is one of the vocabulary."""
    shipped = Path(program.__file__).with_name("costs.yaml")
    kinds = frozenset(t.id for e in standards.editions for t in e.terms.succession)
    assert read_costs(shipped, standards.vocabulary, kinds) == default_costs()
    broken = tmp_path / "costs.yaml"
    broken.write_text(shipped.read_text("utf-8").replace("  skill:", "  skil:"), "utf-8")
    with pytest.raises(RequestError) as caught:
        read_costs(broken, standards.vocabulary, kinds)
    assert {f.code for f in caught.value.faults} == {"unknown-key", "missing-key"}


def test_limits_are_kept(planner: Planner, midori: Evidence, as_of: Month) -> None:
    """Facts alone, no new work, a month: what is found keeps to them, or there is a conflict."""
    rung = planner.judge.rung(EDITION, "operations-management", 7)
    for limits in (Limits(work=False), Limits(new_work=False), Limits(months=12)):
        assert planner.cheapest(midori, as_of, rung, limits) is None
        conflict = planner.conflict(midori, as_of, rung, limits)
        assert conflict is not None
        assert conflict.clauses
    assert planner.conflict(midori, as_of, rung, Limits(months=36)) is None
