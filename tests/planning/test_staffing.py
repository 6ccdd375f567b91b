"""Staffing against trying every choice, and what it says about people who leave."""

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from attrs import evolve
from benchmarks.people import people

from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, Rung
from tassei.judging.verdict import Verdict
from tassei.planning.staffing import Assignment, Desk, Staffing, Target

pytest.importorskip("ortools")
Field = tuple[str, str]


def _field(rung: Rung) -> Field:
    return rung.edition.id, rung.field_id


def _levels(judge: Judge, evidence: Evidence, month: Month) -> dict[Field, int]:
    """The highest level by field that the interpreter judges met."""
    found: dict[Field, int] = {}
    for rung, verdict in zip(judge.rungs, judge.verdicts(evidence, month), strict=True):
        if verdict is Verdict.MET:
            found[_field(rung)] = max(rung.level, found.get(_field(rung), 0))
    return found


def _after(evidence: Evidence, assignment: Assignment, as_of: Month, months: int) -> Evidence:
    """The record with some months of an assignment; what goes on today ends today."""
    done = [evolve(e, last=min(e.last or as_of, as_of)) for e in evidence.engagements or ()]
    last = Month(as_of.number + months)
    work = evolve(assignment.work, first=Month(as_of.number + 1), last=last)
    return evolve(evidence, engagements=(*done, work))


class Case:
    """Some people and assignments, with what each choice would bring, found by the interpreter."""

    def __init__(
        self, judge: Judge, as_of: Month, pool: Sequence[Evidence], draw: random.Random
    ) -> None:
        self.judge, self.as_of = judge, as_of
        self.staff = draw.sample(pool, 4)
        works = [
            e for p in pool for e in p.engagements or () if e.role is not None and e.fields
        ]  # fmt: skip
        self.assignments = [
            Assignment(_open(draw.choice(works), n), draw.choice([6, 12, 24]), draw.randint(1, 2))
            for n in range(3)
        ]
        self.now = [_levels(judge, p, as_of) for p in self.staff]
        self.reached = {
            (p, a): self._reached(p, assignment)
            for p in range(len(self.staff))
            for a, assignment in enumerate(self.assignments)
        }

    def _reached(self, p: int, assignment: Assignment) -> dict[tuple[Field, int], int]:
        """New levels above the highest of a field -> after how many months of the assignment."""
        found: dict[tuple[Field, int], int] = {}
        for months in range(1, assignment.months + 1):
            evidence = _after(self.staff[p], assignment, self.as_of, months)
            month = Month(self.as_of.number + months)
            for rung, verdict in zip(
                self.judge.rungs, self.judge.verdicts(evidence, month), strict=True
            ):
                higher = rung.level > self.now[p].get(_field(rung), 0)
                if verdict is Verdict.MET and higher:
                    found.setdefault((_field(rung), rung.level), months)
        return found

    def choices(self) -> Iterator[dict[int, int]]:
        """Every way to give each person one assignment that brings something, or none."""
        options = [
            [None, *(a for a in range(3) if self.reached[p, a])] for p in range(len(self.staff))
        ]
        for chosen in product(*options):
            if all(chosen.count(a) <= x.people for a, x in enumerate(self.assignments)):
                yield {p: a for p, a in enumerate(chosen) if a is not None}

    def soonest(self, choice: dict[int, int]) -> int:
        return sum(min(self.reached[pair].values()) for pair in choice.items())

    def value(self, choice: dict[int, int], targets: Sequence[Target]) -> tuple[int, ...]:
        """What is made least, one after another."""
        short, latest = 0, 0
        for t in targets:
            field = t.edition, t.field_id
            lacking = max(t.people - sum(n.get(field, 0) >= t.level for n in self.now), 0)
            months = [
                [m for (f, level), m in self.reached[pair].items() if f == field and level >= t.level]
                for pair in choice.items()
            ]  # fmt: skip
            reaching = sorted(min(m) for m in months if m)
            short += max(lacking - len(reaching), 0)
            latest = max([latest, *reaching[:lacking]])
        return (short, latest, -len(choice), self.soonest(choice))


def _open(work: Engagement, number: int) -> Engagement:
    return evolve(work, id=f"open-{number}", title="", first=None, last=None, succeeded=True)


def _chosen(case: Case, answer: Staffing) -> dict[int, int]:
    persons = [p.person.id for p in case.staff]
    works = [a.id for a in case.assignments]
    return {persons.index(g.person.id): works.index(g.assignment.id) for g in answer.given}


def _compare(
    standards: Standards, known: Known, as_of: Month, seeds: range, *, wanted: bool
) -> int:
    """How many cases had a choice to make; fails where another choice is better."""
    judge = Judge(standards, standards.readings_with({}), ["itss-v2/operations"])
    pool = [
        p for p in people(standards, known, as_of, 160) if "itss-v2/operations" in p.written_for
    ]
    told = 0
    for seed in seeds:
        draw = random.Random(seed)
        case = Case(judge, as_of, pool, draw)
        targets = [
            Target(*_field(r), r.level, draw.randint(1, 4)) for r in draw.sample(judge.rungs, 2)
        ] if wanted else []  # fmt: skip
        answer = Desk(judge, as_of).staff(case.staff, case.assignments, targets)
        assert answer.status == "optimal"
        best = min(case.value(c, targets) for c in case.choices())
        assert case.value(_chosen(case, answer), targets) == best, seed
        assert sum(f.short for f in answer.filled) == best[0], seed
        told += bool(answer.given)
    return told


def test_most_people_rise(standards: Standards, known: Known, as_of: Month) -> None:
    """Without targets no other choice lets more people rise, or as many sooner."""
    assert _compare(standards, known, as_of, range(12), wanted=False) >= 6


def test_targets_are_filled_first(standards: Standards, known: Known, as_of: Month) -> None:
    """With targets no other choice leaves fewer places short, or fills them earlier."""
    assert _compare(standards, known, as_of, range(100, 112), wanted=True) >= 6


def test_who_leaves_leaves_a_single_point(standards: Standards, known: Known, as_of: Month) -> None:
    """A level that two people hold hangs on one once the other has left; on nobody where it was one."""
    judge = Judge(standards, standards.readings_with({}), ["itss-v2/operations"])
    pool = [
        p for p in people(standards, known, as_of, 160) if "itss-v2/operations" in p.written_for
    ]
    holders: dict[int, list[str]] = {}
    for n, rung in enumerate(judge.rungs):
        holders[n] = [
            p.person.id for p in pool if _levels(judge, p, as_of).get(_field(rung), 0) >= rung.level
        ]
    desk = Desk(judge, as_of)
    leaver = next(ids for ids in holders.values() if 1 <= len(ids) <= 2)[0]
    told = {
        (_field(s.rung), s.rung.level): s.holder and s.holder.id
        for s in desk.single_points(pool, [leaver])
    }
    wanted = {}
    for n, ids in holders.items():
        left = [i for i in ids if i != leaver]
        if leaver in ids and len(left) <= 1:
            wanted[_field(judge.rungs[n]), judge.rungs[n].level] = left[0] if left else None
    assert told == wanted
    assert wanted
