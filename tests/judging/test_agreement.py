"""Three ways to the same verdict: the proof, the fast decision, and a naive oracle."""

import pytest
from hypothesis import given

from judging.oracle import Oracle
from judging.rungs import SHIPPED, STANDARDS, ShippedRule, judge_under
from judging.small import VERDICTS, verdicts
from strategies import AS_OF, Pool, choices, evidences, rules_with_evidence, steady
from tassei.evidence.model import Evidence
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.prove import prove
from tassei.rules.nodes import Rule


def test_every_indicator_is_among_the_rules() -> None:
    """The rules below stem from each of the 62 indicators."""
    indicators = {(e.id, i.field_id, i.level) for e in STANDARDS.editions for i in e.indicators}
    rungs = judge_under(()).rungs
    assert indicators == {(r.edition.id, r.indicator.field_id, r.level) for r in rungs}
    assert {r.rule for r in rungs} <= {s.rule for s in SHIPPED}


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda s: s.name)
def test_shipped_rules(shipped: ShippedRule) -> None:
    """Proof, decision and oracle agree on each indicator under each alternative of a reading."""
    rule, table = shipped.rule, shipped.table
    holds = on_world(rule, table)

    @steady(max_examples=12)
    @given(evidences(shipped.pool))
    def agree(evidence: Evidence) -> None:
        facts = table.facts(evidence, AS_OF)
        expected = VERDICTS[Oracle(STANDARDS, evidence, AS_OF).holds(rule)]
        assert (verdict_of(holds, facts), prove(rule, facts, table).verdict) == (expected, expected)

    agree()


@steady(max_examples=500)
@given(rules_with_evidence())
def test_random_rules(pair: tuple[Rule, Evidence]) -> None:
    """Proof, decision and oracle agree on any rule of the language."""
    assert len(set(verdicts(*pair))) == 1


@steady(max_examples=20)
@given(choices(STANDARDS.readings), evidences(Pool.of(STANDARDS, [s.rule for s in SHIPPED])))
def test_the_whole_judge(readings: dict[str, str], evidence: Evidence) -> None:
    """A judge of all editions gives the verdicts of the oracle, whatever readings are combined."""
    judge = judge_under(tuple(readings.items()))
    oracle = Oracle(STANDARDS, evidence, AS_OF)
    expected = tuple(VERDICTS[oracle.holds(r.rule)] for r in judge.rungs)
    assert judge.verdicts(evidence, AS_OF) == expected
    assert tuple(j.verdict for j in judge.judge_all(evidence, AS_OF)) == expected
    standings = judge.standings(evidence, AS_OF)
    assert tuple(v for s in standings for _, v in s.verdicts) == expected
