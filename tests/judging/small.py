"""Judging in the small world of `strategies`: one rule at a time, three ways."""

from collections.abc import Mapping

from judging.oracle import Oracle, Truth
from strategies import AS_OF, SMALL_WORLD
from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence, Person
from tassei.evidence.months import Month
from tassei.framework.vocabulary import Term
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.facts import AtomTable, Facts
from tassei.judging.prove import Proof, prove
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import Rule

VERDICTS: Mapping[Truth, Verdict] = {
    True: Verdict.MET,
    None: Verdict.UNDETERMINED,
    False: Verdict.NOT_MET,
}
MET, UNDETERMINED, NOT_MET = Verdict.MET, Verdict.UNDETERMINED, Verdict.NOT_MET
KNOWN = Known.of(SMALL_WORLD.editions, SMALL_WORLD.vocabulary)
OLD, NEW = "old/category", "new/category"
DESK = f"{OLD}/desk"
TERMS: Mapping[str, Term] = {
    t.id: t
    for e in SMALL_WORLD.editions
    for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
    for t in getattr(e.terms, kind)
}


def terms(*ids: str) -> tuple[Term, ...]:
    """Terms of the small world by id."""
    return tuple(TERMS[i] for i in ids)


def person(*works: Engagement, written_for: tuple[str, ...] = (OLD,)) -> Evidence:
    """Evidence of some engagements, and nothing else recorded."""
    return Evidence(Person("E1", "E1"), written_for, works)


def work(name: str = "work", *, months: int = 12, ago: int = 0) -> Engagement:
    """An engagement of so many months that ended so many months ago; nothing else recorded."""
    last = Month(AS_OF.number - ago)
    return Engagement(name, first=Month(last.number - months + 1), last=last)


def facts_and_table(rule: Rule, evidence: Evidence) -> tuple[Facts, AtomTable]:
    """What the engine makes of evidence for one rule."""
    table = AtomTable([rule], KNOWN)
    return table.facts(evidence, AS_OF), table


def proof_of(rule: Rule, evidence: Evidence) -> Proof:
    """The proof of one rule in the small world."""
    facts, table = facts_and_table(rule, evidence)
    return prove(rule, facts, table)


def verdicts(
    rule: Rule, evidence: Evidence, standards: Standards = SMALL_WORLD
) -> tuple[Verdict, Verdict, Verdict]:
    """The verdict by decision, by proof and by the oracle, in this order."""
    table = AtomTable([rule], Known.of(standards.editions, standards.vocabulary))
    facts = table.facts(evidence, AS_OF)
    return (
        verdict_of(on_world(rule, table), facts),
        prove(rule, facts, table).verdict,
        VERDICTS[Oracle(standards, evidence, AS_OF).holds(rule)],
    )


def verdict(rule: Rule, evidence: Evidence) -> Verdict:
    """The one verdict on which decision, proof and oracle agree."""
    (found,) = set(verdicts(rule, evidence))
    return found
