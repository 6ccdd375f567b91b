"""Rule + facts -> proof: the verdict of every clause, and what was found for it.

A proof has the shape of its rule: each node's verdict follows from those of its parts by Kleene's
logic, so a reader can check it by hand. `decide` answers the same question faster; a test holds the
two against each other.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from tassei.evidence.model import Engagement
from tassei.evidence.months import Run, longest, united
from tassei.judging.facts import EVERY_MONTH, NO_MONTH, AtomTable, Facts
from tassei.judging.verdict import Verdict, all_of, any_of, at_least
from tassei.rules.nodes import (
    All,
    Any,
    Atom,
    Counted,
    InField,
    Leaf,
    OverEngagements,
    Rule,
    Years,
)


@frozen
class Proof:
    """One clause with its verdict.

    Args:
        engagement: the engagement that the clause was put to; None where it is about the person.
        holds, unknown: of a leaf, the atoms that hold and those that are not recorded.
        reached, reachable: of `Counted` and `Years`, the engagements or months that surely count,
            and that possibly count; None where there is no limit.
        engagements: ids of the engagements that carry the verdict.
        parts: the proofs below; for `Counted` and `Years` one for each engagement of the field.
        run: of the whole of an engagement, the months that it covers; every month where its start
            is not recorded.
    """

    rule: Rule
    verdict: Verdict
    engagement: Engagement | None = None
    holds: tuple[Atom, ...] = ()
    unknown: tuple[Atom, ...] = ()
    reached: int | None = None
    reachable: int | None = None
    engagements: tuple[str, ...] = ()
    parts: tuple["Proof", ...] = ()
    run: Run | None = None

    @property
    def label(self) -> str:
        return self.rule.label

    def walk(self) -> Iterator["Proof"]:
        yield self
        for part in self.parts:
            yield from part.walk()


def prove(rule: Rule, facts: Facts, table: AtomTable) -> Proof:
    """Prove a rule about a person."""
    match rule:
        case Counted() | Years():
            return _over_engagements(rule, facts, table)
        case All() | Any():
            parts = tuple(prove(p, facts, table) for p in rule.parts)
            return _combined(rule, parts, None)
        case _:
            return _leaf(rule, facts.surely.person, facts.possibly.person, None, table)


def _combined(
    rule: All | Any,
    parts: tuple[Proof, ...],
    engagement: Engagement | None,
    run: Run | None = None,
) -> Proof:
    verdicts = [p.verdict for p in parts]
    verdict = all_of(verdicts) if isinstance(rule, All) else any_of(verdicts)
    carried = tuple(sorted({e for p in parts for e in p.engagements})) if engagement is None else ()
    return Proof(rule, verdict, engagement, (), (), None, None, carried, parts, run)


def _leaf(
    rule: Leaf, surely: int, possibly: int, engagement: Engagement | None, table: AtomTable
) -> Proof:
    asked = table.asked(rule)
    least, must = asked.at_least, asked.required
    open_ = possibly & ~surely & asked.mask
    holds = [a for a, bit in asked.atoms if surely & bit]
    unknown = [a for a, bit in asked.atoms if open_ & bit] if open_ else []
    verdict = Verdict.between(
        len(holds) >= least and surely & must == must,
        len(holds) + len(unknown) >= least and possibly & must == must,
    )
    return Proof(rule, verdict, engagement, tuple(holds), tuple(unknown))


def _on_engagement(
    rule: Rule, engagement: Engagement, surely: int, possibly: int, table: AtomTable
) -> Proof:
    if isinstance(rule, Leaf):
        return _leaf(rule, surely, possibly, engagement, table)
    assert isinstance(rule, All | Any), "only leaves, All and Any are about one engagement"
    parts = [_on_engagement(p, engagement, surely, possibly, table) for p in rule.parts]
    return _combined(rule, tuple(parts), engagement)


def _over_engagements(rule: OverEngagements, facts: Facts, table: AtomTable) -> Proof:
    near = _of_the_field(rule.where, facts, table)
    proofs = tuple([_one(rule.where, i, e, facts, table) for i, e in near])
    if isinstance(rule, Years):
        return _years(rule, near, proofs, facts)
    return _counted(rule, near, proofs, facts, table)


def _one(rule: Rule, index: int, engagement: Engagement, facts: Facts, table: AtomTable) -> Proof:
    """A rule put to one engagement as a whole, with the months that it covers."""
    surely, _ = facts.surely.engagements[index]
    possibly, run = facts.possibly.engagements[index]
    if isinstance(rule, Leaf):
        return evolve(_leaf(rule, surely, possibly, engagement, table), run=run)
    assert isinstance(rule, All | Any), "only leaves, All and Any are about one engagement"
    parts = [_on_engagement(p, engagement, surely, possibly, table) for p in rule.parts]
    return _combined(rule, tuple(parts), engagement, run)


def _of_the_field(where: Rule, facts: Facts, table: AtomTable) -> list[tuple[int, Engagement]]:
    """The engagements that are not surely of another field; the others decide nothing."""
    all_of_them = list(enumerate(facts.evidence.engagements or ()))
    fields = [p for p in where.parts if isinstance(p, InField)] if isinstance(where, All) else []
    masks = [table.asked(f).mask for f in fields]
    worlds = facts.possibly.engagements
    return [(i, e) for i, e in all_of_them if all(worlds[i][0] & m for m in masks)]


def _counted(
    rule: Counted,
    near: list[tuple[int, Engagement]],
    proofs: tuple[Proof, ...],
    facts: Facts,
    table: AtomTable,
) -> Proof:
    unlisted = facts.possibly.unlisted
    parts = proofs
    verdict = _count_verdict(rule.at_least, proofs, unlisted)
    if rule.of_which:
        of_which = _of_which(rule, near, proofs, facts, table)
        verdict = min(verdict, of_which.verdict)
        parts = (*proofs, of_which)
    return Proof(
        rule, verdict, reached=_count(proofs, Verdict.MET),
        reachable=None if unlisted else _count(proofs, Verdict.UNDETERMINED),
        engagements=_carriers(proofs), parts=parts,
    )  # fmt: skip


def _of_which(
    rule: Counted,
    near: list[tuple[int, Engagement]],
    proofs: tuple[Proof, ...],
    facts: Facts,
    table: AtomTable,
) -> Proof:
    """ "Of which m": the engagements that count and satisfy what singles them out, as a count of its own."""
    both = All(label="engagement", place=rule.place, parts=(rule.where, rule.singled_out))
    singled = tuple(
        _combined(both, (proof, _one(rule.singled_out, i, e, facts, table)), e)
        for proof, (i, e) in zip(proofs, near, strict=True)
    )
    unlisted = facts.possibly.unlisted
    return Proof(
        Counted(label="of_which", place=rule.place, at_least=rule.of_which, where=both),
        _count_verdict(rule.of_which, singled, unlisted), reached=_count(singled, Verdict.MET),
        reachable=None if unlisted else _count(singled, Verdict.UNDETERMINED),
        engagements=_carriers(singled), parts=singled,
    )  # fmt: skip


def _count(proofs: Iterable[Proof], least: Verdict) -> int:
    return sum(p.verdict >= least for p in proofs)


def _count_verdict(count: int, proofs: tuple[Proof, ...], unlisted: bool) -> Verdict:
    verdict = at_least(count, [p.verdict for p in proofs])
    return max(verdict, Verdict.UNDETERMINED) if unlisted else verdict


def _years(
    rule: Years, near: list[tuple[int, Engagement]], proofs: tuple[Proof, ...], facts: Facts
) -> Proof:
    sure, possible = facts.surely.engagements, facts.possibly.engagements
    met = [i for (i, _), p in zip(near, proofs, strict=True) if p.verdict is Verdict.MET]
    open_ = [i for (i, _), p in zip(near, proofs, strict=True) if p.verdict is not Verdict.NOT_MET]
    covered = longest if rule.continuous else united
    reached = covered([sure[i][1] for i in met if sure[i][1] != NO_MONTH])
    unlimited = facts.possibly.unlisted or any(possible[i][1] == EVERY_MONTH for i in open_)
    reachable = None if unlimited else covered([possible[i][1] for i in open_])
    verdict = Verdict.between(reached >= rule.months, reachable is None or reachable >= rule.months)
    return Proof(
        rule,
        verdict,
        reached=reached,
        reachable=reachable,
        engagements=_carriers(proofs),
        parts=proofs,
    )


def _carriers(proofs: Iterable[Proof]) -> tuple[str, ...]:
    return tuple(p.engagement.id for p in proofs if p.verdict is Verdict.MET and p.engagement)


TERMINAL = frozenset({"size", "contributions"})
"""Clauses that are named as a whole when it is said which clause decides."""


def deciding(proof: Proof) -> frozenset[str]:
    """The labels of the clauses on which the verdict hangs.

    Where one of several alternatives would do, the one that lacks fewest clauses is named; the same
    for engagements. A verdict `met` hangs on every clause.
    """
    if proof.verdict is Verdict.MET:
        return frozenset(p.label for p in proof.walk() if p.verdict is Verdict.MET)
    if not proof.parts and not isinstance(proof.rule, OverEngagements):
        return frozenset({proof.label})
    if proof.label in TERMINAL:
        return frozenset({proof.label})
    if isinstance(proof.rule, Counted | Years):
        return _deciding_engagement(proof)
    lacking = [p for p in proof.parts if p.verdict is proof.verdict]
    if proof.label == "routes":
        # the examination is a route beside the indicator: what the indicator lacks is never hidden
        lacking = [*proof.parts[:1]] if proof.verdict is Verdict.NOT_MET else lacking
    if isinstance(proof.rule, All) or proof.label == "routes":
        return frozenset[str]().union(*map(deciding, lacking))
    return _nearest(lacking)


def _nearest(proofs: list[Proof]) -> frozenset[str]:
    """Of several proofs the one with fewest failing clauses, then fewest open ones.

    What is compared is their content, so that the answer does not depend on ids or order.
    """
    return min(((deciding(p), _open(p)) for p in proofs), key=_distance)[0]


def _open(proof: Proof) -> int:
    return sum(not p.parts and p.verdict is Verdict.UNDETERMINED for p in proof.walk())


def _distance(near: tuple[frozenset[str], int]) -> tuple[int, int, list[str]]:
    labels, open_ = near
    return len(labels), open_, sorted(labels)


def _deciding_engagement(proof: Proof) -> frozenset[str]:
    """Of "n engagements" or "n years": the number itself, or the clause that keeps the nearest out."""
    of_which = [p for p in proof.parts if p.label == "of_which"]
    each = [p for p in proof.parts if p not in of_which]
    lacking = [p for p in each if p.verdict is proof.verdict]
    if of_which and of_which[0].verdict is proof.verdict and _long_enough(proof):
        return frozenset({"of_which"}) | _deciding_engagement(of_which[0])
    if proof.verdict is Verdict.UNDETERMINED and lacking:
        return _nearest(lacking)
    if any(p.verdict > proof.verdict for p in each) or not lacking:
        return frozenset({proof.label})
    return _nearest(lacking)


def _long_enough(proof: Proof) -> bool:
    """Whether the count itself, "of which" apart, is better than the verdict of the whole."""
    if not isinstance(proof.rule, Counted):
        return False
    count = proof.reached if proof.verdict is Verdict.UNDETERMINED else proof.reachable
    return count is None or count >= proof.rule.at_least
