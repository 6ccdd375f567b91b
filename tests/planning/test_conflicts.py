"""Why a level cannot be met: the conflict is one, and nothing in it can be left out."""

import pytest
from attrs import evolve

from planning.exhaustive import AS_OF, Problem, problem
from planning.test_exact import OneRule, rung_of
from tassei.evidence.model import Engagement, Evidence
from tassei.framework.scales import Depth
from tassei.planning.options import Limits
from tassei.planning.plan import Recorded
from tassei.planning.planner import Planner, clauses_of
from tassei.rules.nodes import All, Any, Rule

pytest.importorskip("ortools")


def _without(rule: Rule, clause: Rule) -> Rule:
    """A rule with one clause taken as fulfilled."""
    if rule == clause:
        return All(label="always", parts=())
    if isinstance(rule, All | Any):
        return evolve(rule, parts=tuple(_without(p, clause) for p in rule.parts))
    return rule


def _only(evidence: Evidence, facts: set[Recorded]) -> Evidence | None:
    """The evidence as if nothing but these facts were recorded; None where that cannot be written."""
    professional, omitted = evidence.professional, Depth(0)
    areas: dict[str, Depth] = {}
    for fact in facts:
        if fact.what == "area":
            now = (professional.areas or {}).get(fact.id, omitted)
            if now is omitted and fact.id not in (professional.areas or {}):
                return None
            areas[fact.id] = now
    skills = {f.id: (evidence.skills or {}).get(f.id, 0) for f in facts if f.what == "skill"}
    whole = {f.what for f in facts if not f.target}
    lists = {"kind", "knowledge", "field", "criterion", "outcome", "activity", "task"}
    if (areas or skills) and lists & {f.what for f in facts}:
        return None  # a list that is complete, and a mapping that is not
    works = [_only_work(w, facts) for w in evidence.engagements or ()]
    if "list" not in whole:
        works += [Engagement(f"blank-{n}") for n in range(3)]
    if any(w is None for w in works):
        return None
    partial = bool(areas or skills)
    return evolve(
        evidence,
        written_for=() if partial else evidence.written_for,
        engagements=None if evidence.engagements is None else tuple(w for w in works if w),
        professional=evolve(
            professional,
            areas=areas or None,
            succession=professional.succession if "kind" in whole else None,
            mentoring=professional.mentoring if "mentoring" in whole else None,
        ),
        examinations=evidence.examinations if "examination" in whole else None,
        skills=skills or None,
        knowledge=evidence.knowledge if "knowledge" in whole else None,
    )


def _only_work(work: Engagement, facts: set[Recorded]) -> Engagement | None:
    kept = {(f.what, f.id) for f in facts if f.target == work.id}
    whats = {w for w, _ in kept}
    if "task" in whats and whats & {"outcome", "activity"}:
        return None
    return Engagement(
        work.id,
        fields=work.fields if "field" in whats else None,
        first=work.first if "months" in whats else None,
        last=work.last,
        role=work.role if "role" in whats else None,
        supervised=work.supervised if "supervised" in whats else None,
        succeeded=work.succeeded if "succeeded" in whats else None,
        complexity=work.complexity if "criterion" in whats else None,
        size={k: v for k, v in work.size.items() if {("measure", k), ("scale", k)} & kept},
        achieved=work.achieved if whats & {"outcome", "task"} else None,
        activities=work.activities if whats & {"activity", "task"} else None,
    )


def _feasible(given: Problem) -> bool:
    judge = OneRule(given)
    plan = Planner(judge, given.costs).cheapest(given.evidence, AS_OF, rung_of(given), given.limits)
    return plan is not None


def test_conflicts_are_minimal() -> None:
    """A conflict rules the level out by itself; without any one clause or fact of it, it does not."""
    clauses = facts = 0
    for seed in range(300):
        given = evolve(problem(seed), limits=Limits(work=False))
        judge = OneRule(given)
        planner = Planner(judge, given.costs)
        found = planner.conflict(given.evidence, AS_OF, rung_of(given), given.limits)
        assert (found is None) == _feasible(given), seed
        if found is None:
            continue
        rule = given.rule
        for other in clauses_of(rule):
            if other not in found.clauses:
                rule = _without(rule, other)
        evidence = _only(given.evidence, set(found.facts))
        if evidence is None:
            continue
        bare = evolve(given, rule=rule, evidence=evidence)
        assert not _feasible(bare), seed
        for clause in found.clauses:
            assert _feasible(evolve(bare, rule=_without(rule, clause))), (seed, clause.label)
            clauses += 1
        for fact in found.facts:
            less = _only(given.evidence, set(found.facts) - {fact})
            if less is not None:
                assert _feasible(evolve(bare, evidence=less)), (seed, fact)
                facts += 1
    assert clauses > 80
    assert facts > 60
