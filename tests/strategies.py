"""Hypothesis strategies that several tests share: readings, evidence and rules near every bound.

All of them are deterministic: `steady` makes the settings under which they are used.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from attrs import frozen
from hypothesis import settings
from hypothesis import strategies as st

from tassei.encoding.standards import Standards
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
from tassei.framework.edition import Edition, JobCategory, SpecialtyField
from tassei.framework.readings import Alternative, Reading
from tassei.framework.scales import Depth, Role
from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, SkillItem, Skills
from tassei.framework.vocabulary import Measure, Scale, Term, Terms, Vocabulary
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
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
from tassei.source import Place
from tassei.text import Text

T = TypeVar("T")
AS_OF = Month.of(2026, 11)


def steady(*, max_examples: int) -> settings:
    """Settings of a property: the same examples every time, on any machine.

    TASSEI_EXAMPLES=1000 in the environment tries ten times as many, TASSEI_EXAMPLES=10 a tenth.
    """
    percent = int(os.environ.get("TASSEI_EXAMPLES", "100"))
    count = max(max_examples * percent // 100, 1)
    return settings(derandomize=True, deadline=None, database=None, max_examples=count)


# --- readings


def default_and_single_changes(readings: Iterable[Reading]) -> Iterator[dict[str, str]]:
    """The default readings, then every choice that departs from them in one place."""
    yield {}
    for reading in readings:
        for alternative in reading.alternatives[1:]:
            yield {reading.id: alternative.id}


def choices(readings: Iterable[Reading]) -> st.SearchStrategy[dict[str, str]]:
    """Any choice for every reading."""
    return st.fixed_dictionaries(
        {r.id: st.sampled_from([a.id for a in r.alternatives]) for r in readings}
    )


# --- evidence


@frozen
class Pool:
    """What random evidence may name, and what it names when it comes near to some rules.

    Args:
        near: ids of the terms that the rules ask for.
        amounts: measure id -> values on and beside every bound of the rules.
        spans: numbers of months on and beside those that the rules ask for.
        one_in: of so many facts, one is not recorded or departs from what the rules ask.
    """

    editions: tuple[Edition, ...]
    near: frozenset[str]
    fields: tuple[str, ...]
    roles: tuple[Role, ...]
    amounts: Mapping[str, tuple[int, ...]]
    scales: Mapping[str, tuple[str, ...]]
    spans: tuple[int, ...]
    depths: tuple[Depth, ...]
    criteria: tuple[str, ...]
    outcomes: tuple[str, ...]
    activities: tuple[str, ...]
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    skills: tuple[str, ...]
    knowledge: tuple[str, ...]
    examinations: tuple[str, ...] = ("AP", "FE")
    one_in: int = 10

    @classmethod
    def of(cls, standards: Standards, rules: Iterable[Rule], *, one_in: int = 10) -> "Pool":
        """The pool for these rules, over the vocabulary of all editions."""
        editions = standards.editions
        nodes = list(dict.fromkeys(n for rule in rules for n in walk(rule)))
        bounds: dict[str, set[int]] = {}
        for node in nodes:
            if isinstance(node, Measured):
                found = bounds.setdefault(node.measure.id, {0, 10**10})
                for bound in (node.lower, node.upper):
                    found |= set() if bound is None else {max(bound - 1, 0), bound, bound + 1}
        lengths = {n.months for n in nodes if isinstance(n, Years)} or {12}
        depths = {n.depth for n in nodes if isinstance(n, AreasAtDepth)}
        return cls(
            editions=editions,
            near=frozenset(a.id for n in nodes if isinstance(n, Leaf) for a in n.asks),
            fields=tuple(e.qualified(f.id) for e in editions for f in e.fields),
            roles=tuple(sorted({n.role for n in nodes if isinstance(n, RoleAtLeast)})),
            amounts={m: tuple(sorted(v)) for m, v in sorted(bounds.items())},
            scales={
                s.id: tuple(t.id for t in s.terms()) for s in standards.vocabulary.scales.values()
            },
            spans=tuple(sorted({n + d for n in lengths for d in (-1, 0, 1)} | {6, 60})),
            depths=tuple(sorted({Depth(max(d - n, 0)) for d in depths for n in (0, 1)})),
            criteria=_ids(editions, "criteria"),
            outcomes=_ids(editions, "outcomes", "tasks"),
            activities=_ids(editions, "activities", "tasks"),
            areas=_ids(editions, "areas"),
            kinds=_ids(editions, "succession"),
            skills=tuple(sorted({i.id for e in editions for i in e.skills.items})),
            knowledge=tuple(
                sorted({t.id for e in editions for b in e.skills.knowledge for t in b.leaves()})
            ),
            one_in=one_in,
        )


def _ids(editions: Iterable[Edition], *kinds: str) -> tuple[str, ...]:
    terms = (t for e in editions for k in kinds for t in getattr(e.terms, k))
    return tuple(sorted({t.id for t in terms}))


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def one_of(draw: st.DrawFn, *choices: T) -> T:
    """One of the choices; many times as fast as a strategy made for the occasion."""
    return choices[draw(_below(len(choices)))]


def seldom(draw: st.DrawFn, pool: Pool) -> bool:
    """Whether a fact departs from what the rules ask."""
    return draw(_below(pool.one_in)) == pool.one_in - 1


def some(draw: st.DrawFn, ids: Sequence[str]) -> frozenset[str]:
    """Any subset."""
    bits = draw(_below(2 ** len(ids)))
    return frozenset(i for n, i in enumerate(ids) if bits >> n & 1)


def most(draw: st.DrawFn, pool: Pool, ids: tuple[str, ...]) -> frozenset[str]:
    """Any subset: mostly all, or all but some of those that the rules ask for."""
    near = [i for i in ids if i in pool.near]
    match pool.one_in - draw(_below(pool.one_in)):
        case 1:
            return some(draw, near)
        case 2:
            return frozenset(ids) - some(draw, near)
        case 3:
            return some(draw, ids)
    return frozenset(ids)


def holding(draw: st.DrawFn, pool: Pool, ids: tuple[str, ...]) -> Holding | None:
    """A list of terms, a mapping that says yes and no of some, or nothing recorded."""
    if seldom(draw, pool):
        return None
    true = most(draw, pool, ids)
    if draw(_below(4)):
        return Holding(true)
    unsaid = some(draw, [i for i in ids if i in pool.near])
    return Holding(true, frozenset(ids) - true - unsaid, complete=False)


def truth(draw: st.DrawFn, pool: Pool) -> bool | None:
    return one_of(draw, False, None) if seldom(draw, pool) else True


def sizes(draw: st.DrawFn, pool: Pool) -> dict[str, int | str]:
    """Sizes on and beside every bound; some left out, and often one that speaks for all."""
    found: dict[str, int | str] = {}
    alone = one_of(draw, None, *pool.amounts)
    for measure, amounts in pool.amounts.items():
        value = one_of(draw, None, 0, *amounts)
        if alone not in (None, measure):
            value = value and 0
        if value is not None:
            found[measure] = value
    for scale, terms in pool.scales.items():
        term = one_of(draw, None, *terms)
        if term is not None:
            found[scale] = term
    return found


def engagement(draw: st.DrawFn, pool: Pool, number: int) -> Engagement:
    """One piece of work, mostly near to what the rules ask."""
    near = [f for f in pool.fields if f in pool.near] or pool.fields
    fields: frozenset[str] | None = frozenset({one_of(draw, *near), one_of(draw, *near)})
    if seldom(draw, pool):
        fields = one_of(draw, None, frozenset(), frozenset({one_of(draw, *pool.fields)}))
    span, ago = one_of(draw, *pool.spans), one_of(draw, 0, 0, 1, 12, 13, 30)
    last = Month(AS_OF.number - ago)
    return Engagement(
        id=f"work-{number}",
        fields=fields,
        first=None if seldom(draw, pool) else Month(last.number - span + 1),
        last=last if ago else one_of(draw, last, None),
        role=one_of(draw, *Role, None)
        if seldom(draw, pool)
        else one_of(draw, *pool.roles, Role.OVERALL_RESPONSIBLE),
        supervised=truth(draw, pool),
        succeeded=truth(draw, pool),
        complexity=holding(draw, pool, pool.criteria),
        size=sizes(draw, pool),
        achieved=holding(draw, pool, pool.outcomes),
        activities=holding(draw, pool, pool.activities),
    )


def professional(draw: st.DrawFn, pool: Pool) -> Professional:
    """What was given back to the profession."""
    areas = None if seldom(draw, pool) else most(draw, pool, pool.areas)
    kinds = None if seldom(draw, pool) else most(draw, pool, pool.kinds)
    deep = one_of(draw, Depth.LEADS_INDUSTRY, *pool.depths)
    shallow = some(draw, pool.areas) if seldom(draw, pool) else ()
    return Professional(
        areas=None
        if areas is None
        else {a: Depth.BASIC if a in shallow else deep for a in sorted(areas)},
        succession=None if kinds is None else tuple(Work(k) for k in sorted(kinds)),
        mentoring=truth(draw, pool),
    )


@st.composite
def evidences(draw: st.DrawFn, pool: Pool) -> Evidence:
    """What one person may have recorded, in whole, in part, or not at all."""
    ids = frozenset(e.id for e in pool.editions)
    asked = frozenset(f.rpartition("/")[0] for f in pool.fields if f in pool.near) or ids
    written_for = some(draw, sorted(ids)) if seldom(draw, pool) else one_of(draw, asked, asked, ids)
    count = one_of(draw, 0, None) if seldom(draw, pool) else one_of(draw, 1, 2, 3, 4)
    passed = one_of(draw, None, (), ("FE",), ("AP",), ("AP", "FE"))
    rank = draw(_below(8))
    return Evidence(
        person=Person("E1", "E1"),
        written_for=tuple(sorted(written_for)),
        engagements=None
        if count is None
        else tuple(engagement(draw, pool, n) for n in range(count)),
        professional=professional(draw, pool),
        examinations=None if passed is None else tuple(map(PassedExamination, passed)),
        skills=None
        if seldom(draw, pool)
        else dict.fromkeys(sorted(most(draw, pool, pool.skills)), rank),
        knowledge=None if seldom(draw, pool) else most(draw, pool, pool.knowledge),
    )


# --- a small world of two editions that share some terms, for random rules


def term(kind: str, name: str) -> Term:
    """A term whose name says its kind, so that different things have different names."""
    return Term(name, Text(f"{kind}の{name}（説明）", f"{kind} {name} (explained)"))


def _terms(*names: str) -> Terms:
    return Terms(
        **{
            kind: tuple(term(kind, f"{kind[:3]}-{n}") for n in names)
            for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
        }
    )


_PLACE = Place("000", 1)


def _edition(name: str, *terms: str) -> Edition:
    own = _terms(*terms)
    return Edition(
        id=f"{name}/category",
        title=Text(name, name),
        label=name,
        document="000",
        language="en",
        known_by=Text("", ""),
        dated="2026-01-01",
        category=JobCategory(
            "category", Text(f"職種{name}", f"category {name}"), _PLACE, Text("", "")
        ),
        fields=tuple(
            SpecialtyField(f, Text(f"{name}の{f}", f"{f} of {name}"), _PLACE, (), Text("", ""))
            for f in ("desk", "network")
        ),
        terms=own,
        indicators=(),
        skills=Skills(
            items=tuple(
                SkillItem(
                    f"skill-{n}", "common", ("desk",), Text(f"技{n}", f"skill {n}"), _PLACE, ()
                )
                for n in terms
            ),
            knowledge=(
                KnowledgeBlock(
                    "skill-a",
                    "desk",
                    _PLACE,
                    tuple(KnowledgeItem(term("knowledge", f"kno-{n}")) for n in terms),
                ),
            ),
        ),
    )


STAFF = Measure("staff", Text("要員", "staff"), Text("人", "people"))
CONTRACT = Measure(
    "contract_yen", Text("契約金額", "contract"), Text("円", "yen"), money=True, countable=False
)
REACH = Scale(
    "reach",
    Text("範囲", "reach"),
    (
        (term("reach", "part"), term("reach", "whole"), term("reach", "several")),
        (term("reach", "room"), term("reach", "building")),
    ),
)
SMALL_WORLD = Standards(
    Vocabulary({m.id: m for m in (STAFF, CONTRACT)}, {REACH.id: REACH}),
    (
        Reading(
            "R-ONE",
            Text("", ""),
            Text("", ""),
            (Alternative("a", Text("", "")), Alternative("b", Text("", ""))),
        ),
    ),
    (_edition("old", "a", "b", "c"), _edition("new", "b", "c", "d")),
)
"""Two editions without indicators; the terms `b` and `c` are common to them."""

_PLACES = st.sampled_from([None, _PLACE, Place("001", 60)])
_LABELS = ("indicator", "business", "professional", "size", "contributions", "engagement", "other")


def _list_of(kind: str, *, least: int = 1) -> st.SearchStrategy[tuple[Term, ...]]:
    terms = {t.id: t for e in SMALL_WORLD.editions for t in getattr(e.terms, kind)}
    return st.lists(
        st.sampled_from(list(terms.values())), min_size=least, max_size=3, unique=True
    ).map(tuple)


@st.composite
def _counts(draw: st.DrawFn, terms: tuple[Term, ...]) -> int:
    return draw(st.integers(1, len(terms)))


@st.composite
def leaves_about_work(draw: st.DrawFn) -> Rule:
    """A leaf about one engagement."""
    place = draw(_PLACES)
    match draw(st.integers(0, 8)):
        case 0:
            fields = [e.qualified(f.id) for e in SMALL_WORLD.editions for f in e.fields]
            chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True))
            name = "、".join(sorted(chosen))
            return InField(place=place, fields=tuple(sorted(chosen)), name=Text(name, name))
        case 1:
            return RoleAtLeast(place=place, role=draw(st.sampled_from(Role)))
        case 2:
            return draw(st.sampled_from([Supervised(place=place), Succeeded(place=place)]))
        case 3:
            return Outcomes(place=place, terms=draw(_list_of("outcomes")))
        case 4:
            return Activities(place=place, terms=draw(_list_of("activities")))
        case 5:
            return Tasks(place=place, terms=draw(_list_of("tasks")))
        case 6:
            terms = draw(_list_of("criteria"))
            mandatory = some(draw, [t.id for t in terms])
            return Criteria(
                place=place,
                terms=terms,
                count=draw(_counts(terms)),
                mandatory=tuple(sorted(mandatory)),
            )
        case 7:
            scale_term = draw(st.sampled_from(REACH.terms()))
            return OnScale(place=place, scale=REACH, term=scale_term)
        case _:
            lower, upper = draw(
                st.sampled_from(
                    [(20, None), (None, 150), (75, 150), (1, 2), (0, 100_000_000), (None, 1_234)]
                )
            )
            measure = draw(st.sampled_from([STAFF, CONTRACT]))
            return Measured(place=place, measure=measure, lower=lower, upper=upper)


@st.composite
def leaves_about_the_person(draw: st.DrawFn) -> Rule:
    """A leaf about the person."""
    place = draw(_PLACES)
    match draw(st.integers(0, 5)):
        case 0:
            terms = draw(_list_of("areas"))
            return AreasAtDepth(
                place=place,
                terms=terms,
                count=draw(st.one_of(st.none(), _counts(terms))),
                depth=draw(st.sampled_from(Depth)),
            )
        case 1:
            terms = draw(_list_of("succession"))
            return SuccessionKinds(place=place, terms=terms, count=draw(_counts(terms)))
        case 2:
            return Mentoring(place=place, name=Text("後進の育成", "mentoring"))
        case 3:
            name = draw(st.sampled_from(["AP", "FE"]))
            return Passed(place=place, name=name, title=Text(f"試験{name}", f"examination {name}"))
        case 4:
            skills = {i.id: i for e in SMALL_WORLD.editions for i in e.skills.items}
            item = draw(st.sampled_from(list(skills.values())))
            return Proficient(
                place=place, skill=Term(item.id, item.name), level=draw(st.integers(1, 7))
            )
        case _:
            leaves = {
                t.id: t
                for e in SMALL_WORLD.editions
                for b in e.skills.knowledge
                for t in b.leaves()
            }
            terms = draw(
                st.lists(
                    st.sampled_from(list(leaves.values())), min_size=1, max_size=3, unique=True
                ).map(tuple)
            )
            return Knows(place=place, terms=terms, count=draw(_counts(terms)))


@st.composite
def _combined(draw: st.DrawFn, parts: st.SearchStrategy[Rule]) -> Rule:
    least = 1 if draw(_below(8)) else 0
    place, found = draw(_PLACES), tuple(draw(st.lists(parts, min_size=least, max_size=3)))
    level = draw(st.integers(1, 7))
    match draw(st.integers(0, 4)):
        case 0 | 1:
            return All(label=draw(st.sampled_from(_LABELS)), place=place, parts=found)
        case 2:
            return All(label=f"level_{level}", place=place, parts=found)
        case 3:
            return Any(label="work_level", place=place, parts=found, level=level)
        case _:
            label = draw(st.sampled_from([*_LABELS, "routes"]))
            return Any(label=label, place=place, parts=found)


rules_about_work: st.SearchStrategy[Rule] = st.recursive(
    leaves_about_work(), _combined, max_leaves=5
)


@st.composite
def _over_engagements(draw: st.DrawFn) -> Rule:
    place, where = draw(_PLACES), draw(rules_about_work)
    if draw(st.booleans()):
        return Years(
            label="years",
            place=place,
            years=draw(st.sampled_from([1, 2, 3])),
            where=where,
            continuous=draw(st.booleans()),
        )
    count = draw(st.integers(1, 3))
    of_which = draw(st.integers(0, count))
    if not of_which:
        return Counted(label="count", place=place, at_least=count, where=where)
    return Counted(
        label="count",
        place=place,
        at_least=count,
        where=where,
        of_which=of_which,
        singled_out=draw(rules_about_work),
    )


rules: st.SearchStrategy[Rule] = st.recursive(
    st.one_of(_over_engagements(), _over_engagements(), leaves_about_the_person()),
    _combined,
    max_leaves=4,
)
"""Any rule about a person in the small world."""


@st.composite
def rules_with_evidence(draw: st.DrawFn) -> tuple[Rule, Evidence]:
    """Any rule of the small world, and evidence that comes near to it and has many gaps."""
    rule = draw(rules)
    return rule, draw(evidences(Pool.of(SMALL_WORLD, [rule], one_in=5)))
