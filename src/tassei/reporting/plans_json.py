"""Answers about plans as JSON for other programs, and the values that they were made from."""

import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from tassei.encoding.compiled import engine_digest
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import Rung, evidence_digest
from tassei.planning.journeys import Carried, Cell, Path
from tassei.planning.options import Limits
from tassei.planning.plan import Conflict, Plan, apply
from tassei.planning.planner import Alternative, Earliest, Planner
from tassei.planning.weights import facts_by_weight, single_additions
from tassei.reporting.career_map import map_json
from tassei.reporting.plans import SCHEMA, Names, PlanWriter, Wording
from tassei.text import Lang


@frozen
class Answer:
    """The plans for one level."""

    value: dict[str, Any]
    plan: Plan | None
    earliest: Earliest | None
    alternatives: tuple[Alternative, ...]
    conflict: Conflict | None


@frozen
class Desk:
    """Answers about one person."""

    planner: Planner
    evidence: Evidence
    as_of: Month
    lang: Lang
    limits: Limits
    by: Month | None

    def plan(self, rung: Rung, alternatives: int) -> Answer:
        """Everything about one level: the cheapest plan, the earliest, others, or why not."""
        planner, evidence, as_of, limits = self.planner, self.evidence, self.as_of, self.limits
        plan = planner.cheapest(evidence, as_of, rung, limits)
        writer = self._writer(rung)
        if plan is None:
            conflict = planner.conflict(evidence, as_of, rung, limits)
            value = self._value(rung, "none") | {"conflict": conflict and writer.conflict(conflict)}
            return Answer(value, None, None, (), conflict)
        earliest = planner.earliest(evidence, as_of, rung, limits)
        others = tuple(planner.alternatives(plan, alternatives, limits))
        value = self._value(rung, "plan" if plan.additions else "met") | {
            "plan": writer.plan(plan),
            "earliest": earliest and writer.earliest(earliest),
            "alternatives": [writer.alternative(a) for a in others],
        }
        return Answer(value, plan, earliest, others, None)

    def next_levels(self, rungs: Iterable[Rung]) -> dict[str, Any]:
        """The cheapest plan to the next level of every field, and what decides most."""
        planner, costs = self.planner, self.planner.costs
        judge, evidence, as_of = planner.judge, self.evidence, self.as_of
        found = []
        for rung in rungs:
            plan = planner.cheapest(evidence, as_of, rung, self.limits)
            found.append(
                {"edition": rung.edition.id, "field": rung.field_id, "level": rung.level}
                | {"plan": plan and self._writer(rung).plan(plan)}
            )
        words = Wording(Names.of(r.rule for r in judge.rungs), evidence)
        writer = PlanWriter(words, self.lang)
        return self._head() | {
            "next": found,
            "facts": [
                writer.addition(w.fact, as_of)
                | {"decides": w.decides, "met": _paths(w.met), "not_met": _paths(w.not_met)}
                for w in facts_by_weight(judge, costs, evidence, as_of)
            ],
            "single": [
                writer.addition(s.addition, as_of) | {"met": _paths(s.met)}
                for s in single_additions(judge, costs, evidence, as_of)
            ],
        }

    def path(self, rung: Rung, path: Path | None) -> dict[str, Any]:
        steps = [] if path is None else [
            {"level": p.rung.level, "from": str(p.as_of)}
            | PlanWriter(Wording(Names.of([p.rung.rule]).of_field(p.rung), p.evidence), self.lang).plan(p)
            for p in path.steps
        ]  # fmt: skip
        return self._value(rung, "none" if path is None else "path") | {"steps": steps}

    def map(self, cells: list[Cell], edition: str) -> dict[str, Any]:
        return map_json(cells, self.evidence.person.id, edition, self.as_of)

    def carried(self, found: Iterable[Carried], edition: str) -> dict[str, Any]:
        return self._head() | {
            "edition": edition,
            "carried": [
                {
                    "field": c.field_id,
                    "level": c.level,
                    "reached": None if c.plan is None else c.plan.rung.level,
                    "plan": c.plan and self._writer(c.plan.rung).plan(c.plan),
                }
                for c in found
            ],
        }

    def applied(self, plan: Plan) -> bytes:
        """The evidence as it would be after a plan."""
        evidence = apply(plan.additions, plan.evidence, plan.as_of, self.planner.known)
        plain = plain_evidence(evidence)
        return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()

    def _writer(self, rung: Rung) -> PlanWriter:
        return PlanWriter(Wording(Names.of([rung.rule]).of_field(rung), self.evidence), self.lang)

    def _head(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "person": self.evidence.person.id,
            "as_of": str(self.as_of),
            "readings": dict(self.planner.judge.readings),
            "limits": {
                "work": self.limits.work,
                "new_work": self.limits.new_work,
                "by": self.by and str(self.by),
            },
        }

    def _value(self, rung: Rung, answer: str) -> dict[str, Any]:
        judge = self.planner.judge
        return self._head() | {
            "edition": rung.edition.id,
            "field": rung.field_id,
            "level": rung.level,
            "answer": answer,
            "digests": {
                "edition": judge.standards.digests.get(rung.edition.id, ""),
                "evidence": evidence_digest(self.evidence),
                "engine": engine_digest(),
            },
        }


def _paths(rungs: Iterable[Rung]) -> list[str]:
    return [f"{r.edition.qualified(r.field_id)}/{r.level}" for r in rungs]
