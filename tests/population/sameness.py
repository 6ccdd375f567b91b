"""The kernel and the interpreter side by side, and the smallest evidence on which they differ."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from attrs import evolve, frozen
from ruamel.yaml import YAML

from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence, Holding
from tassei.evidence.months import Month
from tassei.evidence.write import plain_evidence
from tassei.framework.vocabulary import Vocabulary
from tassei.judging.decide import on_world, verdict_of
from tassei.judging.facts import AtomTable
from tassei.judging.verdict import Verdict
from tassei.population.columns import people_columns, work_columns
from tassei.population.kernel import empty_verdicts, judge
from tassei.population.program import program_of
from tassei.population.records import People, Works
from tassei.population.rows import engagement_rows, people_rows
from tassei.rules.nodes import Rule


class Both:
    """Some rules, decided by the interpreter and by the kernel."""

    def __init__(self, rules: Sequence[Rule], known: Known, vocabulary: Vocabulary) -> None:
        self.rules = rules
        self.vocabulary = vocabulary
        self.table = AtomTable(rules, known)
        self.deciders = [on_world(rule, self.table) for rule in rules]
        self.program, self.book = program_of(rules, known, [(0, 1)] * len(rules))

    def interpreted(self, evidence: Evidence, now: Month) -> list[Verdict]:
        facts = self.table.facts(evidence, now)
        return [verdict_of(holds, facts) for holds in self.deciders]

    def computed(self, evidence: Sequence[Evidence], now: Month) -> list[list[Verdict]]:
        """The verdicts of the kernel, a list a person."""
        found = empty_verdicts(len(evidence), self.program)
        judge(*self.columns(evidence), self.program, now.number, found)
        return [
            [
                Verdict.between(*(bool(word >> (r & 63) & 1) for word in words[r >> 6]))
                for r in range(len(self.rules))
            ]
            for words in found.rungs.transpose(1, 2, 0).tolist()
        ]

    def columns(self, evidence: Sequence[Evidence]) -> tuple[People, Works]:
        start = np.array([0, *accumulate(len(e.engagements or ()) for e in evidence)], np.int64)
        return (
            people_columns(people_rows(evidence), self.book),
            work_columns(engagement_rows(evidence, self.vocabulary), start, self.book),
        )

    def differences(self, evidence: Sequence[Evidence], now: Month) -> list["Difference"]:
        return [
            Difference(person, number, expected, found)
            for person, row in zip(evidence, self.computed(evidence, now), strict=True)
            for number, (expected, found) in enumerate(
                zip(self.interpreted(person, now), row, strict=True)
            )
            if expected is not found
        ]

    def check(self, evidence: Sequence[Evidence], now: Month, names: Sequence[str] = ()) -> None:
        """Fail with the smallest evidence that shows a difference."""
        found = self.differences(evidence, now)
        if not found:
            return
        first = found[0]

        def differs(smaller: Evidence) -> bool:
            return any(d.rule == first.rule for d in self.differences([smaller], now))

        name = names[first.rule] if names else f"rule {first.rule}"
        raise AssertionError(
            f"{len(found)} differences; {name} as of {now}: the interpreter says "
            f"{first.expected.name}, the kernel {first.found.name}, of\n"
            + written(shrunk(first.evidence, differs))
        )


@frozen
class Difference:
    """A verdict on which the two do not agree."""

    evidence: Evidence
    rule: int
    expected: Verdict
    found: Verdict


def shrunk(evidence: Evidence, differs: Callable[[Evidence], bool]) -> Evidence:
    """The least of the evidence that still makes the difference, leaving out one part after another."""
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(evidence):
            if differs(smaller):
                evidence, progress = smaller, True
                break
    return evidence


def written(evidence: Evidence) -> str:
    """An evidence file, as a person would write it."""
    from io import StringIO

    stream = StringIO()
    yaml = YAML()
    yaml.default_flow_style = None
    yaml.dump(plain_evidence(evidence), stream)
    return stream.getvalue()


def _smaller(evidence: Evidence) -> Iterator[Evidence]:
    nothing: Any = None
    works = evidence.engagements or ()
    for n in range(len(works)):
        yield evolve(evidence, engagements=works[:n] + works[n + 1 :])
    for n, work in enumerate(works):
        for less in _smaller_work(work):
            yield evolve(evidence, engagements=(*works[:n], less, *works[n + 1 :]))
    professional = evidence.professional
    for areas in [
        {k: v for k, v in (professional.areas or {}).items() if k != area}
        for area in professional.areas or ()
    ]:
        yield evolve(evidence, professional=evolve(professional, areas=areas))
    kinds = professional.succession or ()
    for n in range(len(kinds)):
        yield evolve(
            evidence, professional=evolve(professional, succession=kinds[:n] + kinds[n + 1 :])
        )
    for name in ("areas", "succession", "mentoring"):
        if getattr(professional, name) is not None:
            yield evolve(evidence, professional=evolve(professional, **{name: None}))
    for name in ("examinations", "skills", "knowledge"):
        if getattr(evidence, name) is not None:
            yield evolve(evidence, **{name: nothing})
    for n in range(len(evidence.written_for)):
        fewer = evidence.written_for[:n] + evidence.written_for[n + 1 :]
        yield evolve(evidence, written_for=fewer)


def _smaller_work(work: Engagement) -> Iterator[Engagement]:
    nothing: Any = None
    for name in ("first", "last", "role", "supervised", "succeeded"):
        if getattr(work, name) is not None:
            yield evolve(work, **{name: nothing})
    for size in work.size:
        yield evolve(work, size={k: v for k, v in work.size.items() if k != size})
    for field in work.fields or ():
        yield evolve(work, fields=(work.fields or frozenset()) - {field})
    for name in ("complexity", "achieved", "activities"):
        holding: Holding | None = getattr(work, name)
        if holding is None:
            continue
        yield evolve(work, **{name: nothing})
        less: Any = [evolve(holding, true=holding.true - {term}) for term in holding.true]
        less += [evolve(holding, false=holding.false - {term}) for term in holding.false]
        for one in less:
            yield evolve(work, **{name: one})
