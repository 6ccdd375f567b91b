"""What a person can do: the highest proficiency of each skill item, and the coverage of knowledge.

Kept apart from the indicators, which ask what a person did. The same rule nodes and facts serve both.
"""

from collections.abc import Iterator

from attrs import frozen

from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.framework.edition import Edition
from tassei.framework.skills import KnowledgeBlock, Proficiency, SkillItem
from tassei.framework.vocabulary import Term
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.facts import AtomTable
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import Knows, Proficient


@frozen
class ProficiencyStanding:
    """A person's proficiency in one skill item of one field.

    Args:
        verdicts: each level that the document describes, the highest first, with its verdict.
        reached: the entry of the highest level that is met; None where none is.
    """

    field_id: str
    item: SkillItem
    verdicts: tuple[tuple[Proficiency, Verdict], ...]

    @property
    def reached(self) -> Proficiency | None:
        return next((p for p, v in self.verdicts if v is Verdict.MET), None)

    @property
    def possible(self) -> Proficiency | None:
        """The highest level that what is not recorded could still show."""
        return next((p for p, v in self.verdicts if v is not Verdict.NOT_MET), None)


@frozen
class Coverage:
    """How much of a block of knowledge a person knows: surely `known`, at most `possible`, of `total`."""

    block: KnowledgeBlock
    known: tuple[Term, ...]
    open: tuple[Term, ...]

    @property
    def total(self) -> int:
        return len(self.block.leaves())

    @property
    def possible(self) -> int:
        return len(self.known) + len(self.open)


def proficiency_standings(
    standards: Standards, edition: Edition, evidence: Evidence, as_of: Month
) -> Iterator[ProficiencyStanding]:
    """Judge every skill item of every field, in the order of the document."""
    table = _table(standards, edition)
    facts = table.facts(evidence, as_of)
    for field in edition.specialty_fields():
        shared = {f.id for f in edition.fields if field.id in f.applies_to}
        for item in edition.skills.items:
            if field.id not in item.fields:
                continue
            entries = [
                p
                for p in edition.skills.proficiency
                if p.item == item.id and p.field_id in {field.id, *shared}
            ]
            verdicts = (verdict_of(on_world(_rule(p, item), table), facts) for p in entries)
            ordered = sorted(zip(entries, verdicts, strict=True), key=lambda pair: -pair[0].level)
            yield ProficiencyStanding(field.id, item, tuple(ordered))


def coverages(
    standards: Standards, edition: Edition, evidence: Evidence, as_of: Month
) -> Iterator[Coverage]:
    """How much of every block of knowledge is known, in the order of the document."""
    table = _table(standards, edition)
    facts = table.facts(evidence, as_of)
    for block in edition.skills.knowledge:
        asked = table.asked(_knows(block)).atoms
        known, open_ = [], []
        for term, (_, bit) in zip(block.leaves(), asked, strict=True):
            if facts.surely.person & bit:
                known.append(term)
            elif facts.possibly.person & bit:
                open_.append(term)
        yield Coverage(block, tuple(known), tuple(open_))


def _rule(entry: Proficiency, item: SkillItem) -> Proficient:
    return Proficient(place=entry.place, skill=Term(item.id, item.name), level=entry.level)


def _knows(block: KnowledgeBlock) -> Knows:
    return Knows(place=block.place, terms=block.leaves())


def _table(standards: Standards, edition: Edition) -> AtomTable:
    items = {i.id: i for i in edition.skills.items}
    rules = [_rule(p, items[p.item]) for p in edition.skills.proficiency]
    known = Known.of(standards.editions, standards.vocabulary)
    return AtomTable([*rules, *map(_knows, edition.skills.knowledge)], known)
