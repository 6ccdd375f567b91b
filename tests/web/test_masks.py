"""Masked amounts: judged as the true ones, and nowhere the true ones."""

from hypothesis import given
from hypothesis import strategies as st

from tassei.encoding.standards import Standards
from tassei.evidence.model import Engagement, Evidence, Person
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.judging.prove import Proof
from tassei.rules.nodes import Measured, walk
from tassei.web.masks import masked, measures_of_money, said, thresholds

AS_OF = Month.of(2026, 11)


def _amounts(standards: Standards) -> list[tuple[str, int]]:
    """Each threshold of each measure of money, one yen below it, and one above."""
    found = []
    for measure in measures_of_money():
        for bound in thresholds(measure.id):
            found += [(measure.id, bound + d) for d in (-1, 0, 1)]
        found += [(measure.id, 0), (measure.id, 10**15)]
    return found


def test_every_bound_of_money_is_a_threshold(standards: Standards) -> None:
    """No rule of any level under any reading compares money with something else."""
    readings = [standards.readings_with({})]
    readings += [
        standards.readings_with({r.id: a.id}) for r in standards.readings for a in r.alternatives
    ]
    seen = 0
    for chosen in readings:
        for rung in Judge(standards, chosen).rungs:
            for rule in walk(rung.rule):
                if isinstance(rule, Measured) and rule.measure.money:
                    seen += 1
                    bounds = {b for b in (rule.lower, rule.upper) if b is not None}
                    assert bounds <= set(thresholds(rule.measure.id))
    assert seen > 100


def _with(standards: Standards, measure: str, amount: int) -> Evidence:
    """Work that lacks nothing but its size, in every field, with one amount."""
    fields = frozenset(e.qualified(f.id) for e in standards.editions for f in e.specialty_fields())
    work = Engagement(
        "w", "w", fields, first=Month.of(2000, 1), succeeded=True, size={measure: amount}
    )
    return Evidence(Person("p", "p"), (), (work,))


def _shape(proof: Proof) -> tuple[object, ...]:
    return (proof.label, proof.verdict, len(proof.holds), *map(_shape, proof.parts))


def test_a_masked_amount_is_judged_as_the_true_one(judge: Judge, standards: Standards) -> None:
    """Every level of every edition, at every threshold and one yen beside it: each clause agrees."""
    differing = set()
    for measure, amount in _amounts(standards):
        true = _with(standards, measure, amount)
        hidden = _with(standards, measure, masked(measure, amount))
        for rung in judge.rungs:
            one = _shape(judge.judge(true, AS_OF, rung).proof)
            assert one == _shape(judge.judge(hidden, AS_OF, rung).proof), (rung, amount)
            differing.add((rung.edition.id, rung.field_id, rung.level, one))
    # amounts do make a difference, or nothing would be shown
    assert len(differing) > len(judge.rungs)


@given(st.integers(0, 10**13))
def test_a_masked_amount_says_no_more_than_its_threshold(amount: int) -> None:
    """It never exceeds the amount, and masking it again changes nothing."""
    for measure in measures_of_money():
        kept = masked(measure.id, amount)
        assert kept <= amount
        assert kept == masked(measure.id, kept)
        assert kept in (0, *thresholds(measure.id))
        between = [t for t in thresholds(measure.id) if kept < t <= amount]
        assert between == []


def test_a_masked_amount_is_told_as_a_bound() -> None:
    """At least its threshold, or below the least one; with who confirmed it."""
    text = said("annual_contract_yen", 1_500_000_000, "経理部長")
    assert text.ja == "15億円以上（伏せています・確認者 経理部長）"
    assert text.en == "¥1.5 billion or more (masked, confirmed by 経理部長)"
    assert said("annual_contract_yen", 0, "").ja == "5千万円未満（伏せています）"
