"""A naive oracle: what READINGS says of a rule, in Kleene's three values and with months as sets.

It shares nothing with `tassei.judging`: no bits, no pair of worlds, no short cuts. Where the two
disagree, one of them is wrong.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from tassei.encoding.standards import Standards
from tassei.evidence.model import Engagement, Evidence, Holding
from tassei.evidence.months import Month
from tassei.framework.edition import Edition
from tassei.framework.vocabulary import Scale, Term
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Knows,
    Measured,
    Mentoring,
    OnScale,
    Outcomes,
    Passed,
    Proficient,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Terms,
    Years,
)

Truth = bool | None

ROLES = ("participant", "member", "leader", "responsible", "overall_responsible")
DEPTHS = (
    "basic", "independent", "guides_juniors", "leads_company", "leads_industry_contribution",
    "leads_industry",
)  # fmt: skip


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction."""
    found = list(truths)
    return False if False in found else None if None in found else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction."""
    found = list(truths)
    return True if True in found else None if None in found else False


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Met when `count` are true, not met when true and unknown together are fewer."""
    found = list(truths)
    true, unknown = found.count(True), found.count(None)
    return True if true >= count else False if true + unknown < count else None


def in_order(found: str, asked: str, order: Sequence[str]) -> bool:
    """Whether a word of an ordered scale is the one that is asked for, or a greater one."""
    return order.index(found) >= order.index(asked)


def longest_run(months: set[int]) -> int:
    """The longest unbroken run, by trying every month as its first."""
    best = 0
    for month in months:
        length = 0
        while month + length in months:
            length += 1
        best = max(best, length)
    return best


@frozen
class Oracle:
    """Answers for one person as of one month."""

    standards: Standards
    evidence: Evidence
    as_of: Month
    _answers: dict[tuple[Rule, int], Truth] = field(factory=dict, init=False)

    def holds(self, rule: Rule) -> Truth:
        """A rule about the person."""
        match rule:
            case All():
                return all_of(map(self.holds, rule.parts))
            case Any():
                return any_of(map(self.holds, rule.parts))
            case Counted():
                return self._counted(rule)
            case Years():
                return self._years(rule)
            case _:
                return self._about_the_person(rule)

    def holds_for(self, rule: Rule, work: Engagement) -> Truth:
        """A rule about one engagement."""
        key = rule, id(work)
        if key not in self._answers:
            self._answers[key] = self._about_work(rule, work)
        return self._answers[key]

    def months(self, work: Engagement) -> set[int] | None:
        """Every calendar month from the first to the last; None where the first is not known."""
        if work.first is None:
            return None
        last = self.as_of if work.last is None else work.last
        return {m for m in range(work.first.number, last.number + 1) if m <= self.as_of.number}

    def _counted(self, rule: Counted) -> Truth:
        def counts(work: Engagement) -> Truth:
            return self.holds_for(rule.where, work)

        def singled_out(work: Engagement) -> Truth:
            return all_of([counts(work), self.holds_for(rule.singled_out, work)])

        return all_of([self.times(rule.at_least, counts), self.times(rule.of_which, singled_out)])

    def _years(self, rule: Years) -> Truth:
        return self.years(rule.years, rule.continuous, lambda w: self.holds_for(rule.where, w))

    def times(self, count: int, counts: Callable[[Engagement], Truth]) -> Truth:
        """At least so many engagements count."""
        works = self.evidence.engagements
        return None if works is None else at_least(count, map(counts, works))

    def years(self, count: int, continuous: bool, counts: Callable[[Engagement], Truth]) -> Truth:
        """The engagements that count cover so many years; a month covered twice counts once."""
        works = self.evidence.engagements
        if works is None:
            return None
        sure: set[int] = set()
        possible: set[int] = set()
        unlimited = False
        for work in works:
            verdict, months = counts(work), self.months(work)
            if verdict is False:
                continue
            if months is None:
                unlimited = True
                continue
            possible |= months
            if verdict:
                sure |= months
        covered = longest_run if continuous else len
        if covered(sure) >= 12 * count:
            return True
        return None if unlimited or covered(possible) >= 12 * count else False

    def _about_work(self, rule: Rule, work: Engagement) -> Truth:
        match rule:
            case All():
                return all_of(self.holds_for(p, work) for p in rule.parts)
            case Any():
                return any_of(self.holds_for(p, work) for p in rule.parts)
            case InField():
                return any_of(self.in_field(f, work) for f in rule.fields)
            case RoleAtLeast():
                return self.had_role(rule.role.id, work)
            case Supervised():
                return work.supervised
            case Succeeded():
                return work.succeeded
            case Outcomes():
                return self._enough(rule, [self.achieved(t.id, work) for t in rule.terms])
            case Activities():
                return self._enough(rule, [self.contained(t.id, work) for t in rule.terms])
            case Tasks():
                return self._enough(rule, [self.showed(t.id, work) for t in rule.terms])
            case Criteria():
                held = {t.id: self.criterion(t.id, work) for t in rule.terms}
                return all_of(
                    [self._enough(rule, held.values()), *(held[m] for m in rule.mandatory)]
                )
            case Measured():
                return self.measured(rule.measure.id, rule.lower, rule.upper, work)
            case OnScale():
                return self.on_scale(rule.scale, rule.term, work.size.get(rule.scale.id))
        raise AssertionError(rule)

    def _about_the_person(self, rule: Rule) -> Truth:
        match rule:
            case AreasAtDepth():
                return self._enough(rule, [self.area(t.id, rule.depth.id) for t in rule.terms])
            case SuccessionKinds():
                return self._enough(rule, [self.handed_on(t.id) for t in rule.terms])
            case Mentoring():
                return self.evidence.professional.mentoring
            case Passed():
                return self.passed(rule.name)
            case Proficient():
                levels = self.evidence.skills
                skills = None if levels is None else {s: str(n) for s, n in levels.items()}
                return self._at(rule.skill.id, skills, str(rule.level), "01234567", "skills")
            case Knows():
                known = self.evidence.knowledge
                return self._enough(rule, [self._in(t.id, known, "knowledge") for t in rule.terms])
        raise AssertionError(rule)

    @staticmethod
    def _enough(rule: Terms, truths: Iterable[Truth]) -> Truth:
        return at_least(len(rule.terms) if rule.count is None else rule.count, truths)

    def had_role(self, asked: str, work: Engagement) -> Truth:
        return None if work.role is None else in_order(work.role.id, asked, ROLES)

    def measured(
        self, measure: str, lower: int | None, upper: int | None, work: Engagement
    ) -> Truth:
        """The lower bound is included, the upper one is not."""
        value = work.size.get(measure)
        if value is None:
            return None
        assert isinstance(value, int)
        return (lower is None or value >= lower) and (upper is None or value < upper)

    def area(self, term: str, asked: str) -> Truth:
        deep = self.evidence.professional.areas
        areas = None if deep is None else {a: d.id for a, d in deep.items()}
        return self._at(term, areas, asked, DEPTHS, "areas")

    def handed_on(self, kind: str) -> Truth:
        works = self.evidence.professional.succession
        kinds = None if works is None else self._with_broader({w.kind for w in works})
        return self._in(kind, kinds, "succession")

    def passed(self, name: str) -> Truth:
        passed = self.evidence.examinations
        return None if passed is None else name in {x.name for x in passed}

    def in_field(self, qualified: str, work: Engagement) -> Truth:
        if work.fields is None:
            return None
        edition, _, _ = qualified.rpartition("/")
        return True if qualified in work.fields else self._unless_foreign({edition})

    def criterion(self, term: str, work: Engagement) -> Truth:
        return self._held(term, work.complexity, "criteria")

    def achieved(self, term: str, work: Engagement) -> Truth:
        return self._held(term, work.achieved, "outcomes", "tasks")

    def contained(self, term: str, work: Engagement) -> Truth:
        return self._held(term, work.activities, "activities", "tasks")

    def showed(self, term: str, work: Engagement) -> Truth:
        """A task characteristic is recorded among what was achieved or among what was done."""
        either = (self.achieved(term, work), self.contained(term, work))
        if True in either:
            return True
        denied = any(h and term in h.false for h in (work.achieved, work.activities))
        return False if denied or either == (False, False) else None

    def _held(self, term: str, holding: Holding | None, *kinds: str) -> Truth:
        if holding is None:
            return None
        if term in holding.true:
            return True
        if term in holding.false:
            return False
        return self._unless_foreign(self._knowing(term, kinds)) if holding.complete else None

    def _in(self, term: str, given: Iterable[str] | None, kind: str) -> Truth:
        if given is None:
            return None
        return True if term in given else self._unless_foreign(self._knowing(term, [kind]))

    def _at(
        self,
        term: str,
        given: Mapping[str, str] | None,
        asked: str,
        order: Sequence[str],
        kind: str,
    ) -> Truth:
        if given is None:
            return None
        if term in given:
            return in_order(given[term], asked, order)
        return self._unless_foreign(self._knowing(term, [kind]))

    @staticmethod
    def on_scale(scale: Scale, asked: Term, found: int | str | None) -> Truth:
        """Terms of different chains do not compare."""
        for chain in scale.chains:
            ids = [t.id for t in chain]
            if asked.id in ids and found in ids:
                return in_order(str(found), asked.id, ids)
        return None

    def _with_broader(self, ids: set[str]) -> set[str]:
        """The ids and what holds wherever they hold."""
        broader = self.standards.vocabulary.broader
        more = {b for i in ids for b in broader.get(i, ())} | ids
        return more if more == ids else self._with_broader(more)

    def _unless_foreign(self, editions: set[str]) -> Truth:
        """What a complete list leaves out: no, for the editions that the list is written for."""
        return False if editions & set(self.evidence.written_for) else None

    def _knowing(self, term: str, kinds: Iterable[str]) -> set[str]:
        """The editions whose vocabulary has a term."""
        return {
            e.id for e in self.standards.editions for kind in kinds if term in vocabulary(e, kind)
        }


def vocabulary(edition: Edition, kind: str) -> set[str]:
    """The ids of one kind that an edition uses."""
    match kind:
        case "skills":
            return {i.id for i in edition.skills.items}
        case "knowledge":
            return {t.id for b in edition.skills.knowledge for t in b.leaves()}
    terms: tuple[Term, ...] = getattr(edition.terms, kind)
    return {t.id for t in terms}
