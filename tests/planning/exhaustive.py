"""The least cost of a plan by trying everything: small random problems, and nothing of `planning`.

A problem is a rule, a person's evidence, costs and limits. What may be added is read off the evidence
and the rule here anew; every combination is made into evidence and judged by the interpreter, in the
order of its cost.
"""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any as Any_

from attrs import evolve, frozen

from strategies import CONTRACT, REACH, SMALL_WORLD, STAFF
from tassei.evidence.known import Kind, Known
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term, Vocabulary
from tassei.judging.decide import on_world
from tassei.judging.facts import AtomTable
from tassei.planning.costs import Costs, Effort, Sized
from tassei.planning.options import Limits
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Atom,
    Counted,
    Criteria,
    InField,
    Knows,
    Leaf,
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
    Years,
    walk,
)
from tassei.text import Text

AS_OF = Month.of(2026, 11)
KNOWN = Known.of(
    SMALL_WORLD.editions,
    Vocabulary(
        SMALL_WORLD.vocabulary.measures,
        SMALL_WORLD.vocabulary.scales,
        {
            "cri-c": frozenset({"cri-b"}),
            "suc-c": frozenset({"suc-b"}),
            "tas-b": frozenset({"tas-a"}),
        },
    ),
)
EDITIONS = KNOWN.editions
FIELDS = tuple(KNOWN.fields)


@frozen
class Problem:
    rule: Rule
    evidence: Evidence
    costs: Costs
    limits: Limits


def problem(seed: int) -> Problem:
    """A random problem; the same for a seed on any machine."""
    draw = random.Random(seed)
    made = _Maker(draw)
    rule = made.rule()
    limits = Limits(
        facts=draw.random() < 0.9,
        work=draw.random() < 0.85,
        new_work=draw.random() < 0.7,
        months=draw.choice([None, None, None, 4, 10, 12]),
    )
    return Problem(rule, made.evidence(rule), made.costs(), limits)


@frozen
class _Maker:
    draw: random.Random

    def terms(self, kind: str, most: int = 3) -> tuple[Term, ...]:
        found = {t.id: t for e in SMALL_WORLD.editions for t in getattr(e.terms, kind)}
        return tuple(self.draw.sample(sorted(found.values(), key=str), self.draw.randint(1, most)))

    def leaf(self) -> Rule:
        """A leaf about one engagement."""
        draw = self.draw
        match draw.choice(["field", "role", "yes", "outcome", "activity", "task", "criteria",
                           "criteria", "measure", "measure", "scale"]):  # fmt: skip
            case "field":
                fields = tuple(sorted(draw.sample(FIELDS, draw.randint(1, 2))))
                return InField(fields=fields, name=Text("", ""))
            case "role":
                return RoleAtLeast(role=draw.choice(list(Role)))
            case "yes":
                return Supervised() if draw.random() < 0.5 else Succeeded()
            case "outcome":
                return Outcomes(terms=self.terms("outcomes", 2))
            case "activity":
                return Activities(terms=self.terms("activities", 2))
            case "task":
                return Tasks(terms=self.terms("tasks", 2))
            case "criteria":
                terms = self.terms("criteria", 4)
                count = draw.randint(1, len(terms))
                must = tuple(t.id for t in terms[:count] if draw.random() < 0.2)
                return Criteria(terms=terms, count=count, mandatory=must)
            case "measure":
                lower = draw.choice([None, 1, 5, 10, 20])
                upper = draw.choice([None, None, (lower or 0) + draw.choice([1, 5, 10])])
                if lower is None and upper is None:
                    lower = 7
                return Measured(measure=draw.choice([STAFF, CONTRACT]), lower=lower, upper=upper)
        chain = draw.choice(REACH.chains)
        return OnScale(scale=REACH, term=draw.choice(chain))

    def about_work(self, depth: int = 2) -> Rule:
        if depth == 0 or self.draw.random() < 0.35:
            return self.leaf()
        parts = tuple(self.about_work(depth - 1) for _ in range(self.draw.randint(1, 2)))
        combine = All if self.draw.random() < 0.67 else Any
        return combine(label="conditions", parts=parts)

    def about_person(self) -> Rule:
        draw = self.draw
        match draw.choice(["areas", "kinds", "mentoring", "passed", "skill", "knows"]):
            case "areas":
                terms = self.terms("areas", 2)
                depth = draw.choice(list(Depth))
                return AreasAtDepth(terms=terms, count=draw.randint(1, len(terms)), depth=depth)
            case "kinds":
                terms = self.terms("succession", 4)
                return SuccessionKinds(terms=terms, count=draw.randint(1, len(terms)))
            case "mentoring":
                return Mentoring(name=Text("", ""))
            case "passed":
                return Passed(name="AP", title=Text("", ""))
            case "skill":
                item = draw.choice([i for e in SMALL_WORLD.editions for i in e.skills.items])
                return Proficient(skill=Term(item.id, item.name), level=draw.randint(1, 4))
        leaves = {t.id: t for e in SMALL_WORLD.editions for b in e.skills.knowledge
                  for t in b.leaves()}  # fmt: skip
        terms = tuple(draw.sample(sorted(leaves.values(), key=str), 2))
        return Knows(terms=terms, count=draw.randint(1, 2))

    def clause(self) -> Rule:
        draw = self.draw
        if draw.random() < 0.35:
            return self.about_person()
        if draw.random() < 0.55:
            return Years(label="years", years=1, where=self.about_work(),
                         continuous=draw.random() < 0.4)  # fmt: skip
        count = draw.choice([1, 1, 1, 2])
        of_which = draw.randint(0, count)
        single = self.about_work(1) if of_which else All(label="any", parts=())
        return Counted(label="count", at_least=count, where=self.about_work(1),
                       of_which=of_which, singled_out=single)  # fmt: skip

    def rule(self) -> Rule:
        parts = tuple(self.clause() for _ in range(self.draw.choice([1, 1, 2])))
        if len(parts) == 1:
            return parts[0]
        combine = All if self.draw.random() < 0.5 else Any
        return combine(label="indicator", parts=parts)

    def costs(self) -> Costs:
        any_ = self.draw.randint
        return Costs(
            fact=any_(1, 6),
            start=any_(1, 20),
            month=any_(1, 5),
            continued_month=any_(1, 5),
            least_months=10,
            field=any_(1, 5),
            roles={r: 1 + r * any_(0, 3) for r in Role},
            supervised=any_(1, 5),
            succeeded=any_(1, 5),
            outcome=any_(1, 5),
            task=any_(1, 5),
            criterion=any_(1, 5),
            activity=any_(1, 5),
            scale_first=any_(1, 5),
            scale_further=any_(1, 5),
            measure={"other": Sized(any_(1, 5), 1, 4), "staff": Sized(1, any_(1, 3), 2)},
            area=Effort(any_(1, 20), any_(1, 8)),
            succession={"other": Effort(any_(1, 30), any_(1, 12)), "suc-b": Effort(2, 3)},
            mentoring=Effort(any_(1, 30), any_(1, 12)),
            examination=Effort(any_(1, 30), any_(1, 12)),
            skill=Effort(any_(1, 20), any_(1, 8)),
            knowledge=Effort(any_(1, 20), any_(1, 8)),
        )

    def holding(self, kind: Kind, asked: list[str]) -> Holding | None:
        draw = self.draw
        true = KNOWN.vocabulary.with_broader(i for i in asked if draw.random() < 0.4)
        match draw.choice(["none", "list", "list", "map"]):
            case "none":
                return None
            case "list":
                return Holding(true)
        rest = [i for i in kind.words.values() if i not in true]
        false = {i for i in rest if draw.random() < 0.5}
        # what is denied must not follow from what is left open
        wider = KNOWN.vocabulary.broader
        false |= {i for i in rest if wider.get(i, frozenset()) & false}
        return Holding(true, frozenset(false), complete=False)

    def evidence(self, rule: Rule) -> Evidence:
        draw = self.draw
        asked = [a.id for n in walk(rule) if isinstance(n, Leaf) for a in n.asks]
        engagements = None
        if draw.random() < 0.9:
            engagements = tuple(self.work(rule, n, asked) for n in range(draw.choice([0, 1, 1, 2])))
        maybe: Callable[[object], object] = lambda v: v if draw.random() < 0.7 else None  # noqa: E731  # short and local
        areas = {i: Depth(draw.randint(0, 4)) for i in asked if i.startswith("are-") and maybe(1)}
        kinds = tuple(
            Work(i) for i in dict.fromkeys(asked) if i.startswith("suc-") and not maybe(1)
        )
        return Evidence(
            Person("E1", "E1"),
            tuple(e for e in EDITIONS if draw.random() < 0.7),
            engagements,
            Professional(
                areas if maybe(1) else None,
                kinds if maybe(1) else None,
                draw.choice([None, False, True]),
            ),
            draw.choice([None, (), (PassedExamination("FE"),)]),
            {i: draw.randint(0, 4) for i in asked if i.startswith("skill-")} if maybe(1) else None,
            frozenset(i for i in asked if i.startswith("kno-") and maybe(1)) if maybe(1) else None,
        )  # fmt: skip

    def work(self, rule: Rule, number: int, asked: list[str]) -> Engagement:
        draw = self.draw
        length, ago = draw.choice([3, 6, 11, 12, 20]), draw.choice([0, 0, 0, 1, 5, 8])
        size: dict[str, int | str] = {}
        if draw.random() < 0.6:
            size["staff"] = draw.choice([0, 1, 4, 5, 10, 15, 20])
        if draw.random() < 0.6:
            size["contract_yen"] = draw.choice([0, 1, 4, 5, 10, 15, 20])
        if draw.random() < 0.6:
            size["reach"] = draw.choice([t.id for c in REACH.chains for t in c])
        fields = [f for f in asked if f in FIELDS] or list(FIELDS)
        return Engagement(
            f"work-{number}",
            fields=None if draw.random() < 0.3 else frozenset(draw.sample(fields, 1)),
            first=Month(AS_OF.number - ago - length + 1) if draw.random() < 0.8 else None,
            last=Month(AS_OF.number - ago) if ago else None,
            role=draw.choice([None, *Role]),
            supervised=draw.choice([None, False, True]),
            succeeded=draw.choice([None, False, True]),
            complexity=self.holding(KNOWN.criteria, [i for i in asked if i.startswith("cri-")]),
            size=size,
            achieved=self.holding(
                KNOWN.outcomes, [i for i in asked if i.startswith(("out-", "tas-"))]
            ),
            activities=self.holding(KNOWN.activities, [i for i in asked if i.startswith("act-")]),
        )


Edit = Callable[[Engagement], Engagement]
PersonEdit = Callable[[Evidence], Evidence]


@frozen
class Answer:
    """The least cost with the fewest months of it, and the fewest months with the least cost of it."""

    cheapest: tuple[int, int] | None
    earliest: tuple[int, int] | None
    tried: int


class TooLarge(Exception):
    """There are more combinations than it is sensible to try."""


def least(given: Problem, table: AtomTable, *, most: int) -> Answer:
    """Try every combination in the order of its cost.

    Raises:
        TooLarge: there are more than `most`.
    """
    search = _Search(given, table)
    choices = search.choices()
    total = 1
    for options in choices:
        total *= len(options)
        if total > most:
            raise TooLarge
    holds = on_world(given.rule, table)
    limit = given.limits.months
    found: list[tuple[int, int]] = []
    combined = sorted(
        ((sum(c[0] for c in combo), max((c[1] for c in combo), default=0), n, combo)
         for n, combo in enumerate(product(*choices))), key=lambda c: c[:3],
    )  # fmt: skip
    tried = 0
    for cost, months, _, combo in combined:
        if limit is not None and months > limit:
            continue
        if found and (months >= min(m for _, m in found)):
            continue
        tried += 1
        evidence = search.made([c[2] for c in combo])
        facts = table.facts(evidence, Month(AS_OF.number + months))
        if holds(facts.surely):
            found.append((cost, months))
    if not found:
        return Answer(None, None, tried)
    soonest = min((m, c) for c, m in found)
    return Answer(min(found), (soonest[1], soonest[0]), tried)


Choice = tuple[int, int, tuple[str, object]]
"""Cost, months, and what to do: the id of an engagement or of the person, with an edit."""


@frozen
class _Search:
    given: Problem
    table: AtomTable

    def atoms(self, kind: str) -> list[Atom]:
        found = (a for n in walk(self.given.rule) if isinstance(n, Leaf) for a in n.asks)
        return [a for a in dict.fromkeys(found) if a.kind == kind]

    def choices(self) -> list[list[Choice]]:
        limits, costs, evidence = self.given.limits, self.given.costs, self.given.evidence
        found: list[list[Choice]] = []
        for work in evidence.engagements or ():
            if limits.facts:
                found += [
                    [(0, 0, (work.id, None)), *((costs.fact, 0, (work.id, e)) for _, e in edits)]
                    for edits in self.about_work(work, costs, past=True)
                ]
            if limits.work and work.last is None:
                found.append([
                    (costs.continued_month * m, m, (work.id, _lasting(AS_OF.number + m)))
                    for m in range(13)
                ])  # fmt: skip
        wanted = self.engagements(self.given.rule)
        if evidence.engagements is None and limits.facts:
            for n in range(wanted):
                blank = Engagement(f"p{n}", last=AS_OF)
                edits = self.about_work(blank, costs, past=True)
                found.append([(0, 0, (blank.id, None)), *(
                    (costs.fact * len(chosen), 0, (blank.id, _all([e for _, e in chosen])))
                    for chosen in _every(edits) if chosen
                )])  # fmt: skip
        if limits.work and limits.new_work:
            for n in range(wanted):
                blank = Engagement(f"n{n}", first=Month(AS_OF.number + 1))
                edits = self.about_work(blank, costs, past=False)
                found.append([(0, 0, (blank.id, None)), *(
                    (
                        costs.start + costs.month * m + sum(c for c, _ in chosen), m,
                        (blank.id, _all([*(e for _, e in chosen), _lasting(AS_OF.number + m)])),
                    )
                    for chosen in _every(edits) for m in (10, 11, 12)
                )])  # fmt: skip
        return found + self.about_person()

    def engagements(self, rule: Rule) -> int:
        match rule:
            case Counted():
                return rule.at_least
            case Years():
                return 1
            case All() | Any():
                counts = [self.engagements(p) for p in rule.parts]
                return sum(counts) if isinstance(rule, All) else max(counts)
        return 0

    def open_terms(self, kind: str, holding: Holding | None, of: Kind) -> list[str]:
        """Of the terms asked for, those that the record leaves open, with all that they imply."""
        outside = of.outside(self.given.evidence.written_for)
        found = []
        for term in dict.fromkeys(a.id for a in self.atoms(kind)):
            if holding is None:
                found.append(term)
            elif term in holding.true:
                continue
            elif holding.complete:
                if term in outside:
                    found.append(term)
            elif not KNOWN.vocabulary.with_broader([term]) & holding.false:
                found.append(term)
        return found

    def about_work(
        self, work: Engagement, costs: Costs, *, past: bool
    ) -> list[list[tuple[int, Edit]]]:
        """The questions about one engagement that are open, each with its answers."""
        found: list[list[tuple[int, Edit]]] = []
        written_for = self.given.evidence.written_for
        for atom in self.atoms("field"):
            known_not = work.fields is not None and (
                atom.id in work.fields or KNOWN.fields[atom.id].id in written_for
            )
            if not known_not:
                found.append([(costs.field, _field(atom.id))])
        if work.role is None and self.atoms("role"):
            found.append([(costs.roles[r], _setting("role", r)) for r in Role])
        if work.supervised is None and self.atoms("supervised"):
            found.append([(costs.supervised, _setting("supervised", True))])
        if work.succeeded is None and self.atoms("succeeded"):
            found.append([(costs.succeeded, _setting("succeeded", True))])
        for kind, key, of, cost in (
            ("criterion", "complexity", KNOWN.criteria, costs.criterion),
            ("outcome", "achieved", KNOWN.outcomes, costs.outcome),
            ("activity", "activities", KNOWN.activities, costs.activity),
        ):
            for term in self.open_terms(kind, getattr(work, key), of):
                found.append([(cost, _term(key, term))])
        for term in dict.fromkeys(a.id for a in self.atoms("task")):
            implied = KNOWN.vocabulary.with_broader([term])
            both = (work.achieved, work.activities)
            if any(h and (term in h.true or implied & h.false) for h in both):
                continue
            keys = [
                key for key, of in (("achieved", KNOWN.outcomes), ("activities", KNOWN.activities))
                if term in self.open_terms("task", getattr(work, key), of)
            ]  # fmt: skip
            if keys:
                found.append([(costs.task, _term(key, term)) for key in keys])
        for measure in dict.fromkeys(a.id for a in self.atoms("measure")):
            if measure in work.size:
                continue
            bounds = {
                b for a in self.atoms("measure") if a.id == measure
                for b in (a.at_least, a.below) if b is not None
            }  # fmt: skip
            values = {v for b in bounds for v in (1, b - 1, b, b + 1) if v >= 1}
            if min(bounds) <= 1:
                values.add(0)
            found.append([(costs.size(measure, v), _sized(measure, v)) for v in sorted(values)])
        for scale in dict.fromkeys(a.id for a in self.atoms("scale")):
            if scale not in work.size:
                found.append([
                    (costs.scale_first + n * costs.scale_further, _sized(scale, t.id))
                    for chain in REACH.chains for n, t in enumerate(chain)
                ])  # fmt: skip
        if past and work.first is None and any(isinstance(n, Years) for n in walk(self.given.rule)):
            end = work.last or AS_OF
            found.append([(0, _setting("first", Month(end.number - m + 1))) for m in (1, 12)])
        return found

    def about_person(self) -> list[list[Choice]]:
        evidence, costs, limits = self.given.evidence, self.given.costs, self.given.limits
        professional = evidence.professional
        found: list[list[Choice]] = []

        def ask(*options: tuple[bool, bool, Effort, PersonEdit]) -> None:
            answers: list[Choice] = [(0, 0, ("", None))]
            for open_, done, effort, edit in options:
                if done:
                    continue
                if open_ and limits.facts:
                    answers.append((costs.fact, 0, ("", edit)))
                if limits.work:
                    answers.append((effort.cost, effort.months, ("", edit)))
            if len(answers) > 1:
                found.append(answers)

        outside = KNOWN.areas.outside(evidence.written_for)
        areas = professional.areas
        for area in dict.fromkeys(a.id for a in self.atoms("area")):
            now = -1 if areas is None else areas.get(area, -1)
            open_ = areas is None or (area not in areas and area in outside)
            ask(*(
                (open_, d <= now, _times(costs.area, max(d - now, 1)), _deep(area, d))
                for d in Depth
            ))  # fmt: skip
        works = professional.succession
        kinds = KNOWN.vocabulary.with_broader(w.kind for w in works or ())
        outside = KNOWN.succession.outside(evidence.written_for)
        for kind in dict.fromkeys(a.id for a in self.atoms("kind")):
            implied = KNOWN.vocabulary.with_broader([kind])
            open_ = works is None or (kind in outside and implied <= outside | kinds)
            ask((open_, kind in kinds, costs.handed_on(kind), _handed_on(kind)))
        if self.atoms("mentoring"):
            said = professional.mentoring
            ask((said is None, said is True, costs.mentoring, _mentoring))
        for atom in self.atoms("examination"):
            passed = evidence.examinations
            done = atom.id in [x.name for x in passed or ()]
            ask((passed is None, done, costs.examination, _passed(atom.id)))
        outside = KNOWN.skills.outside(evidence.written_for)
        skills = evidence.skills
        for skill in dict.fromkeys(a.id for a in self.atoms("skill")):
            now = 0 if skills is None else skills.get(skill, 0)
            open_ = skills is None or (skill not in skills and skill in outside)
            ask(*(
                (open_, n <= now and not open_, _times(costs.skill, max(n - now, 1)), _skilled(skill, n))
                for n in range(1, 5)
            ))  # fmt: skip
        outside = KNOWN.knowledge.outside(evidence.written_for)
        for atom in self.atoms("knowledge"):
            known = evidence.knowledge
            open_ = known is None or atom.id in outside
            done = known is not None and atom.id in known
            ask((open_, done, costs.knowledge, _knows(atom.id)))
        return found

    def made(self, edits: list[tuple[str, object]]) -> Evidence:
        evidence = self.given.evidence
        works = {
            e.id: evolve(e, last=e.last or AS_OF) for e in evidence.engagements or ()
        }  # work that goes on is not taken for granted
        for target, edit in edits:
            if edit is None:
                continue
            if target:
                blank = Engagement(
                    target,
                    first=Month(AS_OF.number + 1) if target.startswith("n") else None,
                    last=AS_OF if target.startswith("p") else None,
                )
                works[target] = edit(works.get(target, blank))  # type: ignore[operator]
            else:
                evidence = edit(evidence)  # type: ignore[operator]
        if works or evidence.engagements is not None:
            evidence = evolve(evidence, engagements=tuple(works.values()))
        return evidence


def _every(edits: list[list[tuple[int, Edit]]]) -> Iterator[list[tuple[int, Edit]]]:
    for chosen in product(*([None, *answers] for answers in edits)):
        yield [c for c in chosen if c is not None]


def _all(edits: list[Edit]) -> Edit:
    def edit(work: Engagement) -> Engagement:
        for e in edits:
            work = e(work)
        return work

    return edit


def _times(effort: Effort, steps: int) -> Effort:
    return Effort(effort.cost * steps, effort.months * steps)


def _lasting(last: int) -> Edit:
    return lambda work: evolve(work, last=Month(last))


def _setting(key: str, value: Any_) -> Edit:
    return lambda work: evolve(work, **{key: value})


def _field(field: str) -> Edit:
    return lambda work: evolve(work, fields=(work.fields or frozenset()) | {field})


def _term(key: str, term: str) -> Edit:
    def edit(work: Engagement) -> Engagement:
        now = getattr(work, key) or Holding(complete=False)
        more: Any_ = {key: evolve(now, true=now.true | KNOWN.vocabulary.with_broader([term]))}
        return evolve(work, **more)

    return edit


def _sized(key: str, value: int | str) -> Edit:
    return lambda work: evolve(work, size={**work.size, key: value})


def _professional(evidence: Evidence, **values: Any_) -> Evidence:
    return evolve(evidence, professional=evolve(evidence.professional, **values))


def _deep(area: str, depth: Depth) -> PersonEdit:
    return lambda e: _professional(e, areas={**(e.professional.areas or {}), area: depth})


def _handed_on(kind: str) -> PersonEdit:
    return lambda e: _professional(e, succession=(*(e.professional.succession or ()), Work(kind)))


def _mentoring(evidence: Evidence) -> Evidence:
    return _professional(evidence, mentoring=True)


def _passed(name: str) -> PersonEdit:
    return lambda e: evolve(e, examinations=(*(e.examinations or ()), PassedExamination(name)))


def _skilled(skill: str, level: int) -> PersonEdit:
    return lambda e: evolve(e, skills={**(e.skills or {}), skill: level})


def _knows(item: str) -> PersonEdit:
    return lambda e: evolve(e, knowledge=(e.knowledge or frozenset()) | {item})
