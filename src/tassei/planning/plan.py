"""A plan: what is added to the evidence, and the evidence with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from attrs import evolve, field, frozen

from tassei.evidence.known import Known
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
from tassei.judging.judge import Rung
from tassei.rules.nodes import AtomKind, Rule

Nature = Literal["fact", "work"]
Origin = Literal["recorded", "unlisted", "new", "person"]
What = AtomKind | Literal["begin", "months"]


@frozen
class Addition:
    """One thing to establish about the past, or to do from now on.

    Args:
        origin: what it is about: an engagement of the record, one that the record does not list
            yet, a new one, or the person.
        target: id of the engagement; empty for the person.
        what: the kind of question that it answers; `begin` for the month in which past work began,
            `months` for the months of new or continued work.
        id: the term, measure, scale or field.
        value: role or depth as a number, value of a measure, term of a scale, level of a skill, number of
            the month that work began in, or number of months.
        below: of a measure, the least greater value with which the plan would fail; None where
            every greater value will do.
        among: ids that would do as well in its place; other additions of the plan have the same.
        instead: additions of other measures, each of which would do in its place.
        cost: in days of effort.
        lead: the months that it takes at least.
    """

    nature: Nature
    origin: Origin
    target: str
    what: What
    id: str = ""
    value: int | str | None = None
    cost: int = field(default=1, kw_only=True)
    lead: int = field(default=0, kw_only=True)
    below: int | None = field(default=None, kw_only=True)
    among: tuple[str, ...] = field(default=(), kw_only=True)
    instead: tuple["Addition", ...] = field(default=(), kw_only=True)


@frozen
class Plan:
    """The least that has to be added for a level to be met.

    Args:
        additions: in order: facts before work, the record's engagements before others.
    """

    rung: Rung
    evidence: Evidence
    as_of: Month
    additions: tuple[Addition, ...]

    @cached_property
    def cost(self) -> int:
        return sum(a.cost for a in self.additions)

    @cached_property
    def months(self) -> int:
        return max((a.lead for a in self.additions), default=0)

    @property
    def by(self) -> Month:
        """The earliest month in which the plan can be done."""
        return Month(self.as_of.number + self.months)

    @property
    def binding(self) -> tuple[Addition, ...]:
        return tuple(a for a in self.additions if a.lead == self.months and self.months)

    @property
    def facts(self) -> tuple[Addition, ...]:
        return tuple(a for a in self.additions if a.nature == "fact")

    @property
    def work(self) -> tuple[Addition, ...]:
        return tuple(a for a in self.additions if a.nature == "work")


@frozen
class Recorded:
    """One thing that the record says, and that a plan cannot change.

    Args:
        target: id of the engagement; empty for the person, and for the list of engagements itself.
        what: the kind of question; `months` for the months that work covered, `list` for the fact
            that there are no engagements but those listed.
        id: of a measure, scale, area or skill; empty where the whole list of terms is meant.
    """

    target: str
    what: What | Literal["list"]
    id: str = ""


@frozen
class Conflict:
    """Why a level cannot be met: clauses that cannot hold together with what is recorded.

    These clauses and facts rule the level out by themselves, whatever else the record said; without
    any one of them, the others would not.

    Args:
        clauses: of the rule, in its order; none where no part of the rule stands in the way.
        facts: what the record says.
    """

    rung: Rung
    evidence: Evidence
    as_of: Month
    clauses: tuple[Rule, ...]
    facts: tuple[Recorded, ...] = ()


def apply(
    additions: Iterable[Addition],
    evidence: Evidence,
    as_of: Month,
    known: Known,
    *,
    goes_on: bool = False,
) -> Evidence:
    """The evidence with some additions, as it would be once they are done.

    Work that goes on ends with the months that are added to it, or with `as_of` where none are:
    nothing is taken for granted that the plan does not name. A new engagement without months is none.

    Args:
        goes_on: leave work open that reaches the last month of the additions, and work that goes on
            today; so begins the next step of a path.
    """
    by_target: dict[str, list[Addition]] = defaultdict(list)
    additions = tuple(additions)
    for addition in additions:
        by_target[addition.target].append(addition)
    until = as_of.number + max((a.lead for a in additions), default=0)
    adder = _Adder(known, as_of, until if goes_on else None)
    engagements = [adder.recorded(e, by_target[e.id]) for e in evidence.engagements or ()]
    listed = {e.id for e in engagements}
    for target, of_target in by_target.items():
        if target and target not in listed:
            engagements += adder.other(target, of_target)
    return adder.person(
        evolve(
            evidence,
            engagements=None
            if evidence.engagements is None and not engagements
            else tuple(sorted(engagements, key=lambda e: e.id)),
        ),
        by_target[""],
    )


@frozen
class _Adder:
    """Adds to engagements and to the person; `until` is the month number up to which work stays open."""

    known: Known
    as_of: Month
    until: int | None

    def recorded(self, engagement: Engagement, additions: list[Addition]) -> Engagement:
        if engagement.last is None or self.as_of < engagement.last:
            more = [a for a in additions if a.what == "months"]
            last = self._end(int(more[0].value or 0)) if more else self.as_of
            engagement = evolve(
                engagement, last=None if self.until is not None and not more else last
            )
        return self._with(engagement, additions)

    def other(self, target: str, additions: list[Addition]) -> list[Engagement]:
        """An engagement that the record does not list yet, or a new one; none without months."""
        if additions[0].origin == "unlisted":
            return [self._with(Engagement(target, last=self.as_of), additions)]
        months = [a for a in additions if a.what == "months"]
        if not months:
            return []
        first = Month(self.as_of.number + 1)
        last = self._end(int(months[0].value or 0))
        return [self._with(Engagement(target, first=first, last=last), additions)]

    def _end(self, months: int) -> Month | None:
        last = self.as_of.number + months
        return None if last == self.until else Month(last)

    def _with(self, engagement: Engagement, additions: list[Addition]) -> Engagement:
        for a in additions:
            engagement = self._one(engagement, a)
        return engagement

    def _one(self, engagement: Engagement, a: Addition) -> Engagement:
        match a.what:
            case "field":
                return evolve(engagement, fields=(engagement.fields or frozenset()) | {a.id})
            case "role":
                return evolve(engagement, role=Role(int(a.value or 0)))
            case "supervised":
                return evolve(engagement, supervised=True)
            case "succeeded":
                return evolve(engagement, succeeded=True)
            case "criterion":
                return evolve(engagement, complexity=self._more(engagement.complexity, a.id))
            case "outcome":
                return evolve(engagement, achieved=self._more(engagement.achieved, a.id))
            case "activity":
                return evolve(engagement, activities=self._more(engagement.activities, a.id))
            case "task":
                # recorded where the record leaves room for it
                if _complete(engagement.achieved) and not _complete(engagement.activities):
                    return evolve(engagement, activities=self._more(engagement.activities, a.id))
                return evolve(engagement, achieved=self._more(engagement.achieved, a.id))
            case "measure" | "scale":
                assert a.value is not None
                return evolve(engagement, size={**engagement.size, a.id: a.value})
            case "begin":
                return evolve(engagement, first=Month(int(a.value or 0)))
        return engagement

    def _more(self, holding: Holding | None, term: str) -> Holding:
        holding = holding or Holding(complete=False)
        return evolve(holding, true=holding.true | self.known.vocabulary.with_broader([term]))

    def person(self, evidence: Evidence, additions: list[Addition]) -> Evidence:
        for a in additions:
            evidence = self._about_person(evidence, a)
        return evidence

    def _about_person(self, evidence: Evidence, a: Addition) -> Evidence:
        professional: Professional = evidence.professional
        match a.what:
            case "area":
                areas: Mapping[str, Depth] = professional.areas or {}
                deep = Depth(int(a.value or 0))
                professional = evolve(professional, areas={**areas, a.id: deep})
            case "kind":
                works = professional.succession or ()
                professional = evolve(professional, succession=(*works, Work(a.id)))
            case "mentoring":
                professional = evolve(professional, mentoring=True)
            case "examination":
                passed = evidence.examinations or ()
                return evolve(evidence, examinations=(*passed, PassedExamination(a.id)))
            case "skill":
                return evolve(evidence, skills={**(evidence.skills or {}), a.id: int(a.value or 0)})
            case "knowledge":
                return evolve(evidence, knowledge=(evidence.knowledge or frozenset()) | {a.id})
        return evolve(evidence, professional=professional)


def _complete(holding: Holding | None) -> bool:
    return holding is not None and holding.complete
