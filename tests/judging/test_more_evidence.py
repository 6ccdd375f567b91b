"""What more evidence does to a verdict: a true fact never lowers it, a settled one never contradicts it."""

from collections.abc import Callable
from functools import partial

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from judging.rungs import SHIPPED, STANDARDS, ShippedRule
from judging.small import facts_and_table
from strategies import (
    AS_OF,
    SMALL_WORLD,
    Pool,
    engagement,
    evidences,
    one_of,
    professional,
    rules_with_evidence,
    some,
    steady,
)
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Professional,
    Work,
)
from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Scale
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import Measured, Rule, walk

Change = Callable[[st.DrawFn, Pool, Evidence], Evidence]


def _verdict(shipped: ShippedRule, evidence: Evidence) -> Verdict:
    return verdict_of(on_world(shipped.rule, shipped.table), shipped.table.facts(evidence, AS_OF))


def _small_verdict(rule: Rule, evidence: Evidence) -> Verdict:
    facts, table = facts_and_table(rule, evidence)
    return verdict_of(on_world(rule, table), facts)


# --- one more true fact


def truer_holding(draw: st.DrawFn, holding: Holding | None, ids: tuple[str, ...]) -> Holding:
    """One more term holds."""
    term = one_of(draw, *ids)
    if holding is None:
        return Holding(frozenset({term}), complete=False)
    return evolve(holding, true=holding.true | {term}, false=holding.false - {term})


def truer_size(
    draw: st.DrawFn, size: dict[str, int | str], pool: Pool, scales: tuple[Scale, ...]
) -> dict[str, int | str]:
    """A size that is one step greater, or that was not recorded and is now; a greater scope."""
    scale = one_of(draw, *scales)
    for chain in scale.chains:
        ids = [t.id for t in chain]
        if size.get(scale.id) in ids[:-1]:
            size[scale.id] = ids[ids.index(str(size[scale.id])) + 1]
    if pool.amounts:
        measure = one_of(draw, *pool.amounts)
        now = size.get(measure, 10**12)
        size[measure] = int(now) + one_of(draw, 0, 1, 10**9)
    return size


def truer_engagement(
    draw: st.DrawFn, pool: Pool, scales: tuple[Scale, ...], work: Engagement
) -> Engagement:
    """One thing about an engagement is truer: longer, greater, or more of it recorded as so."""
    match one_of(draw, *range(9)):
        case 0:
            return evolve(work, fields=frozenset(work.fields or ()) | {one_of(draw, *pool.fields)})
        case 1:
            better = Role.OVERALL_RESPONSIBLE if work.role is None else min(work.role + 1, 4)
            return evolve(work, role=Role(better))
        case 2:
            return evolve(work, supervised=True)
        case 3:
            return evolve(work, succeeded=True)
        case 4:
            return evolve(work, complexity=truer_holding(draw, work.complexity, pool.criteria))
        case 5:
            return evolve(work, achieved=truer_holding(draw, work.achieved, pool.outcomes))
        case 6:
            return evolve(work, activities=truer_holding(draw, work.activities, pool.activities))
        case 7:
            return evolve(work, size=truer_size(draw, dict(work.size), pool, scales))
    return evolve(work, first=work.first and Month(work.first.number - 5), last=None)


def truer_professional(draw: st.DrawFn, pool: Pool, found: Professional) -> Professional:
    """A deeper area, one more kind of succession, or mentoring."""
    areas = dict.fromkeys(pool.areas, Depth.LEADS_INDUSTRY)
    if found.areas is not None:
        area = one_of(draw, *pool.areas)
        areas = {**found.areas, area: Depth(min(found.areas.get(area, 4) + 1, 5))}
    works = found.succession
    return evolve(
        found,
        areas=areas,
        succession=tuple(map(Work, pool.kinds))
        if works is None
        else (*works, Work(one_of(draw, *pool.kinds))),
        mentoring=True,
    )


def truer(draw: st.DrawFn, pool: Pool, evidence: Evidence, scales: tuple[Scale, ...]) -> Evidence:
    """The evidence with one more true fact."""
    works = evidence.engagements
    match one_of(draw, *range(8)):
        case 0 if works is not None:
            return evolve(evidence, engagements=(*works, engagement(draw, pool, len(works))))
        case 1:
            return evolve(
                evidence, professional=truer_professional(draw, pool, evidence.professional)
            )
        case 2:
            return evolve(evidence, examinations=tuple(map(PassedExamination, ("AP", "FE"))))
        case 3:
            skills = evidence.skills
            levels = dict.fromkeys(pool.skills, 7)
            return evolve(evidence, skills=levels if skills is None else {**skills, **levels})
        case 4:
            return evolve(evidence, knowledge=frozenset(pool.knowledge))
        case _ if works:
            chosen = one_of(draw, *works)
            better = truer_engagement(draw, pool, scales, chosen)
            return evolve(evidence, engagements=tuple(better if w is chosen else w for w in works))
    return evidence


def without_upper_bounds(rule: Rule) -> bool:
    return not any(isinstance(n, Measured) and n.upper is not None for n in walk(rule))


def _never_lowered(
    draw: st.DrawFn,
    pool: Pool,
    evidence: Evidence,
    scales: tuple[Scale, ...],
    verdict: Callable[[Evidence], Verdict],
) -> None:
    before = verdict(evidence)
    for _ in range(4):
        evidence = truer(draw, pool, evidence, scales)
        after = verdict(evidence)
        assert after >= before, evidence
        before = after


BY_DEFAULT = tuple(s for s in SHIPPED if "=" not in s.name)
UNBOUNDED = tuple(s for s in BY_DEFAULT if without_upper_bounds(s.rule))
SCALES = tuple(STANDARDS.vocabulary.scales.values())


@pytest.mark.parametrize("shipped", UNBOUNDED, ids=lambda s: s.name)
def test_true_facts_never_lower(shipped: ShippedRule) -> None:
    """One more true fact never lowers a verdict where no size is bounded from above."""

    @steady(max_examples=8)
    @given(st.data(), evidences(shipped.pool))
    def never_lowered(data: st.DataObject, evidence: Evidence) -> None:
        _never_lowered(drawn(data), shipped.pool, evidence, SCALES, partial(_verdict, shipped))

    never_lowered()


def drawn(data: st.DataObject) -> st.DrawFn:
    """`data.draw` in the form that the strategies take."""
    draw: st.DrawFn = data.draw  # type: ignore[assignment]  # its label is an argument by position
    return draw


@steady(max_examples=200)
@given(st.data(), rules_with_evidence())
def test_true_facts_never_lower_random_rules(
    data: st.DataObject, pair: tuple[Rule, Evidence]
) -> None:
    """The same for any rule of the language."""
    rule, evidence = pair
    pool = Pool.of(SMALL_WORLD, [rule], one_in=5)
    if without_upper_bounds(rule):
        scales = tuple(SMALL_WORLD.vocabulary.scales.values())
        _never_lowered(drawn(data), pool, evidence, scales, partial(_small_verdict, rule))


# --- what was unknown becomes known, either way


def settled_holding(draw: st.DrawFn, holding: Holding | None, ids: tuple[str, ...]) -> Holding:
    """Every term that was open is now true or false."""
    if holding is None:
        return Holding(some(draw, ids))
    true = some(draw, [i for i in ids if i not in holding.false])
    if holding.complete:
        return holding
    return Holding(holding.true | true, frozenset(ids) - true - holding.true, complete=False)


def settled_engagement(draw: st.DrawFn, pool: Pool, number: int, work: Engagement) -> Engagement:
    """Everything about an engagement that was not recorded is recorded, as it may be."""
    other = engagement(draw, pool, number)
    return evolve(
        work,
        fields=other.fields if work.fields is None else work.fields,
        first=other.first if work.first is None else work.first,
        last=other.last if work.first is None else work.last,
        role=other.role if work.role is None else work.role,
        supervised=other.supervised if work.supervised is None else work.supervised,
        succeeded=other.succeeded if work.succeeded is None else work.succeeded,
        complexity=settled_holding(draw, work.complexity, pool.criteria),
        size={**other.size, **work.size},
        achieved=settled_holding(draw, work.achieved, pool.outcomes),
        activities=settled_holding(draw, work.activities, pool.activities),
    )


def settled(draw: st.DrawFn, pool: Pool, evidence: Evidence) -> Evidence:
    """The evidence with what was unknown recorded, for all editions."""
    other, new = professional(draw, pool), evidence.professional
    works = evidence.engagements
    if works is None:
        works = tuple(engagement(draw, pool, n) for n in range(one_of(draw, 0, 1, 3)))
    return evolve(
        evidence,
        written_for=tuple(e.id for e in pool.editions),
        engagements=tuple(settled_engagement(draw, pool, n, w) for n, w in enumerate(works)),
        professional=Professional(
            areas=other.areas if new.areas is None else new.areas,
            succession=other.succession if new.succession is None else new.succession,
            mentoring=other.mentoring if new.mentoring is None else new.mentoring,
        ),
        examinations=one_of(draw, (), (PassedExamination("AP"),))
        if evidence.examinations is None
        else evidence.examinations,
        skills=dict.fromkeys(some(draw, pool.skills), 3)
        if evidence.skills is None
        else evidence.skills,
        knowledge=some(draw, pool.knowledge) if evidence.knowledge is None else evidence.knowledge,
    )


def _never_contradicted(before: Verdict, after: Verdict) -> None:
    if before is not Verdict.UNDETERMINED:
        assert after is before


@pytest.mark.parametrize("shipped", BY_DEFAULT, ids=lambda s: s.name)
def test_settled_facts_never_contradict(shipped: ShippedRule) -> None:
    """Recording what was unknown, whichever way it turns out, leaves a decided verdict as it is."""

    @steady(max_examples=8)
    @given(st.data(), evidences(shipped.pool))
    def never_contradicted(data: st.DataObject, evidence: Evidence) -> None:
        after = settled(drawn(data), shipped.pool, evidence)
        _never_contradicted(_verdict(shipped, evidence), _verdict(shipped, after))

    never_contradicted()


@steady(max_examples=300)
@given(st.data(), rules_with_evidence())
def test_settled_facts_never_contradict_random_rules(
    data: st.DataObject, pair: tuple[Rule, Evidence]
) -> None:
    """The same for any rule of the language."""
    rule, evidence = pair
    after = settled(drawn(data), Pool.of(SMALL_WORLD, [rule], one_in=5), evidence)
    _never_contradicted(_small_verdict(rule, evidence), _small_verdict(rule, after))
