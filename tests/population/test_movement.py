"""Who moves is what judging one by one says."""

from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from tassei.encoding.reform import read_reform
from tassei.encoding.standards import Standards
from tassei.evidence.months import Month
from tassei.framework.scales import Role
from tassei.judging.judge import Judge
from tassei.judging.verdict import Verdict
from tassei.population.blocks import Population
from tassei.population.generate import generate
from tassei.population.movement import Counting, Mover, implies, pairs_of
from tassei.population.pack import unpack
from tassei.population.store import Writer
from tassei.population.workforce import Workforce
from tassei.rules.nodes import All, Any, Counted, RoleAtLeast, Years

NOW = Month.of(2026, 11)
EDITION = "itss-v2-2006/it-service-management"
FIELD = f"{EDITION}/operations-management"
REFORM = f"""schema: tassei/reform/1
edition: {EDITION}
changes:
- {{field: operations-management, level: 4, clause: responsibility.years, value: 1}}
- {{field: operations-management, level: 5, clause: complexity.at_least, value: 4}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, standards: Standards) -> Path:
    folder = tmp_path_factory.mktemp("movement") / "people"
    with Writer(folder, standards.vocabulary) as writer:
        for some, works in generate(400, 5, standards, 0.1, (EDITION,)):
            writer.write(some, works)
    return folder


def _levels(judge: Judge, folder: Path) -> list[tuple[int, int]]:
    """The highest level of each person, surely and possibly, by the interpreter."""
    found = []
    rungs = [n for n, r in enumerate(judge.rungs) if r.edition.qualified(r.field_id) == FIELD]
    for evidence in unpack(folder, judge.standards.vocabulary):
        verdicts = judge.verdicts(evidence, NOW)
        sure, possible = (
            max((judge.rungs[n].level for n in rungs if verdicts[n] in those), default=0)
            for those in ((Verdict.MET,), (Verdict.MET, Verdict.UNDETERMINED))
        )
        found.append((sure, possible))
    return found


def test_movement_under_a_reform(folder: Path, tmp_path: Path, standards: Standards) -> None:
    """Matrices and movers are those of the interpreter; who surely moves does, and the rest is bounded."""
    path = tmp_path / "reform.yaml"
    path.write_text(REFORM, "utf-8")
    reform = read_reform(path, standards)
    readings = standards.readings_with({})
    judges = [Judge(s, readings, [EDITION]) for s in (standards, reform.standards)]
    before, after = map(Workforce, judges)
    movers: list[Mover] = []
    pairs = pairs_of(before, after, {})
    counting = Counting(before, after, pairs, movers.extend)
    assert sum(counting.steps(Population(folder, standards.vocabulary), NOW)) == 400
    found = {m.pair[0]: m for m in counting.movements}
    old, new = (_levels(judge, folder) for judge in judges)
    expected = np.zeros((2, 8, 8), np.int64)
    for one, other in zip(old, new, strict=True):
        for world in (0, 1):
            expected[world, one[world], other[world]] += 1
    moved = found[FIELD]
    assert (moved.sure == expected[0]).all()
    assert (moved.possible == expected[1]).all()
    assert moved.up[0] == sum(n[0] > o[1] for o, n in zip(old, new, strict=True))
    assert moved.down[0] == sum(n[1] < o[0] for o, n in zip(old, new, strict=True))
    assert moved.up[0] <= moved.up[1]
    assert 0 < moved.up[1] < 400
    assert 0 < moved.down[1] < 400
    assert {(m.before, m.after) for m in movers if m.pair[0] == FIELD} == {
        (o, n) for o, n in zip(old, new, strict=True) if o != n
    }
    untouched = found[f"{EDITION}/service-desk"]
    assert (untouched.up, untouched.down, untouched.same) == ((0, 0), (0, 0), (400, 400))


def test_fields_of_two_editions_belong_together_by_their_ids(standards: Standards) -> None:
    """Those of another id after are named."""
    readings = standards.readings_with({})
    one, other = (
        Workforce(Judge(standards, readings, [e]))
        for e in ("itss-v1/operations", "itss-v2/operations")
    )
    found = pairs_of(one, other, {"customer-support": "service-desk"})
    assert ("itss-v1/operations/customer-support", "itss-v2/operations/service-desk") in found
    assert found[0] == ("itss-v1/operations/*", "itss-v2/operations/*")
    assert len(pairs_of(one, other, {})) == len(found) - 1


def test_a_threshold_that_is_raised_implies_the_one_before() -> None:
    """Clause by clause; what cannot be compared implies nothing."""
    leader, member = RoleAtLeast(role=Role.LEADER), RoleAtLeast(role=Role.MEMBER)
    assert implies(leader, member)
    assert not implies(member, leader)
    years = Years(label="years", years=3, where=leader)
    assert implies(years, evolve(years, years=2, where=member))
    assert not implies(years, evolve(years, years=4))
    assert not implies(years, evolve(years, continuous=True))
    counted = Counted(label="counted", at_least=3, where=leader)
    assert implies(counted, evolve(counted, at_least=2))
    assert not implies(counted, years)
    both = All(label="all", parts=(leader, years))
    assert implies(both, leader)
    assert implies(leader, Any(label="any", parts=(member, years)))
    assert not implies(Any(label="any", parts=(leader, years)), leader)
