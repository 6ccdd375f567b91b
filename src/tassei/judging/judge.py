"""Judging people against the levels of the standard: the front of the package."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from attrs import frozen

from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.write import plain_evidence
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Readings
from tassei.judging.decide import OnWorld, on_world, verdict_of
from tassei.judging.facts import AtomTable, Facts
from tassei.judging.missing import Missing, missing
from tassei.judging.prove import Proof, prove
from tassei.judging.verdict import Verdict
from tassei.rules.from_indicators import rule_of
from tassei.rules.nodes import Any, Rule

Route = Literal["indicator", "examination"]


@frozen
class Rung:
    """One level of one field, with the rule that a person is judged by."""

    edition: Edition
    field_id: str
    indicator: Indicator
    rule: Rule

    @property
    def level(self) -> int:
        return self.indicator.level


@frozen
class Judgement:
    """What the recorded evidence says about a person at one level of one field."""

    evidence: Evidence
    rung: Rung
    as_of: Month
    readings: Readings
    verdict: Verdict
    proof: Proof

    @property
    def route(self) -> Route:
        """Which way the level is met by; `indicator` where it is not met."""
        if isinstance(self.rung.rule, Any) and self.verdict is Verdict.MET:
            by_indicator, *_ = self.proof.parts
            return "indicator" if by_indicator.verdict is Verdict.MET else "examination"
        return "indicator"

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        return missing(self.proof)


@frozen
class Standing:
    """A person's verdicts in one field, the highest level first.

    Args:
        level: the highest level that is met; None where none is.
        open_above: levels above it that the record does not suffice to tell.
        by_examination: levels that are met by an examination alone.
    """

    edition: Edition
    field_id: str
    verdicts: tuple[tuple[int, Verdict], ...]
    by_examination: tuple[int, ...] = ()

    @property
    def level(self) -> int | None:
        return next((level for level, v in self.verdicts if v is Verdict.MET), None)

    @property
    def open_above(self) -> tuple[int, ...]:
        reached = self.level or 0
        return tuple(
            level for level, v in self.verdicts if v is Verdict.UNDETERMINED and level > reached
        )

    @property
    def next_level(self) -> int | None:
        """The lowest level above the one that is met."""
        reached = self.level or 0
        return min((level for level, _ in self.verdicts if level > reached), default=None)


class Judge:
    """The rules of some editions under chosen readings, ready to judge any number of people.

    Args:
        editions: ids; all editions where left out.

    Raises:
        RequestError: an edition that does not exist.
    """

    def __init__(
        self, standards: Standards, readings: Readings, editions: Iterable[str] | None = None
    ) -> None:
        self.standards = standards
        self.readings = readings
        chosen = (
            standards.editions
            if editions is None
            else tuple(map(standards.edition, sorted(set(editions))))
        )
        self.editions = chosen
        self.rungs = tuple(
            Rung(e, f.id, i, rule_of(e, i, f.id, readings))
            for e in chosen
            for f in e.specialty_fields()
            for i in e.ladder(f.id)
        )
        self.table = AtomTable((r.rule for r in self.rungs), known_of(standards))
        self._deciders, self._decider_of = self._distinct()
        self._last: tuple[Evidence, Month, Facts] | None = None

    def _distinct(self) -> tuple[tuple[OnWorld, ...], tuple[int, ...]]:
        """One decider for each distinct rule; a level common to several fields is decided once."""
        number: dict[Rule, int] = {}
        for rung in self.rungs:
            number.setdefault(rung.rule, len(number))
        return (
            tuple(on_world(rule, self.table) for rule in number),
            tuple(number[rung.rule] for rung in self.rungs),
        )

    def facts(self, evidence: Evidence, as_of: Month) -> Facts:
        """The facts of a person; kept for the person last asked about, who is asked about again."""
        last = self._last
        if last is None or last[0] is not evidence or last[1] != as_of:
            last = self._last = (evidence, as_of, self.table.facts(evidence, as_of))
        return last[2]

    def verdicts(self, evidence: Evidence, as_of: Month) -> tuple[Verdict, ...]:
        """The verdict of every rung, in the order of `rungs`."""
        facts = self.facts(evidence, as_of)
        found = [verdict_of(holds, facts) for holds in self._deciders]
        return tuple(found[n] for n in self._decider_of)

    def judge(self, evidence: Evidence, as_of: Month, rung: Rung) -> Judgement:
        """Judge one level, with its proof."""
        proof = prove(rung.rule, self.facts(evidence, as_of), self.table)
        return Judgement(evidence, rung, as_of, self.readings, proof.verdict, proof)

    def judge_all(self, evidence: Evidence, as_of: Month) -> Iterator[Judgement]:
        """Judge every level of every field, each with its proof."""
        facts = self.facts(evidence, as_of)
        for rung in self.rungs:
            proof = prove(rung.rule, facts, self.table)
            yield Judgement(evidence, rung, as_of, self.readings, proof.verdict, proof)

    def standings(self, evidence: Evidence, as_of: Month) -> tuple[Standing, ...]:
        """The verdicts by field, in the order of the editions and their documents."""
        by_field: dict[tuple[str, str], list[tuple[Rung, Verdict]]] = {}
        for rung, verdict in zip(self.rungs, self.verdicts(evidence, as_of), strict=True):
            by_field.setdefault((rung.edition.id, rung.field_id), []).append((rung, verdict))
        return tuple(
            Standing(
                self.standards.edition(edition),
                field,
                tuple((rung.level, verdict) for rung, verdict in found),
                tuple(
                    rung.level
                    for rung, verdict in found
                    if verdict is Verdict.MET and self._by_examination(evidence, as_of, rung)
                ),
            )
            for (edition, field), found in by_field.items()
        )

    def _by_examination(self, evidence: Evidence, as_of: Month, rung: Rung) -> bool:
        if not isinstance(rung.rule, Any):
            return False
        return self.judge(evidence, as_of, rung).route == "examination"

    def rung(self, edition_id: str, field_id: str, level: int) -> Rung:
        """The rung of a level that exists; KeyError otherwise."""
        for rung in self.rungs:
            if (rung.edition.id, rung.field_id, rung.level) == (edition_id, field_id, level):
                return rung
        raise KeyError((edition_id, field_id, level))

    def doubts(self, rung: Rung) -> tuple[Doubt, ...]:
        return self.standards.doubts_of(rung.edition, rung.indicator)


def known_of(standards: Standards) -> Known:
    """What evidence may name."""
    return Known.of(standards.editions, standards.vocabulary)


def editions_for(evidence: Evidence) -> tuple[str, ...] | None:
    """The editions to judge against by default: those the evidence is written for, else all."""
    return evidence.written_for or None


def evidence_digest(evidence: Evidence) -> str:
    """A digest of what is recorded, whatever the order and form it was written in."""
    plain = json.dumps(
        plain_evidence(evidence), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"
