"""Who lacks one fact for the next level, and which fact it is.

A fact is one value of the record: a term in a list, a role, a measure, yes to a question; of one engagement
or of the person. Somebody is a near miss at a level where the record, with that one value added or
changed, surely satisfies its rule and does not without. Another engagement, or more months, is no fact.

Only the world without unknowns is asked, in bits as `judging.facts` has them. For each engagement the
alternatives of a rule that fail are looked at, and a fact is tried only where it answers a test that
fails; what it then changes is evaluated in full.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen
from numpy.typing import NDArray

from tassei.evidence.known import Known
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
from tassei.judging.facts import AtomTable
from tassei.judging.judge import Judge, known_of
from tassei.population.alternatives import Alternative, Clause, Test, alternatives
from tassei.population.blocks import Block
from tassei.population.near import Hits, Records, Rules, find
from tassei.rules.nodes import AtomKind, Counted, OverEngagements, Rule, Years

Bits = NDArray[np.uint64]


@frozen
class Fact:
    """A value that a record may have.

    Args:
        kind, id: what it is about, as in `Atom`.
        value: the rank, the amount or the term of a scale; None where the kind and the id say all.
    """

    kind: AtomKind
    id: str
    value: int | str | None = None

    @property
    def of_person(self) -> bool:
        return self.kind in _OF_PERSON

    @property
    def about(self) -> tuple[str, str]:
        """What the fact is about, whatever its value."""
        return self.kind, self.id


_OF_PERSON = frozenset({"area", "kind", "mentoring", "examination", "skill", "knowledge"})


@frozen
class NearMiss:
    """A person who lacks one fact for a level.

    Args:
        rung: number of the level among the rungs of the judge.
        engagement: its row in the block, from 0; None for a fact about the person.
        unknown: the record does not say; else it says that it is not so.
    """

    row: int
    rung: int
    fact: Fact
    engagement: int | None
    unknown: bool


class Finder:
    """Finds near misses in blocks of a population.

    Args:
        judge: says which editions and under which readings.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self._known = known_of(judge.standards)
        self._table = AtomTable([r.rule for r in judge.rungs], self._known)
        self._words = max(1, -(-len(self._table.bits) // 64))
        self.facts = list(_facts(self._table, self._known))
        self._changes = [_change(self._table, self._known, f) for f in self.facts]
        self._rules = _rules(
            [r.rule for r in judge.rungs], self._table, self.facts, self._changes, self._words
        )
        fields = list(dict.fromkeys((r.edition.id, r.field_id) for r in judge.rungs))
        self._field = np.array(
            [fields.index((r.edition.id, r.field_id)) for r in judge.rungs], np.int64
        )
        self._level = np.array([r.level for r in judge.rungs], np.int64)

    def near_misses(self, block: Block, now: Month) -> list[NearMiss]:
        """The near misses of a block's people at the next level of each field."""
        hits = self.hits(block, now)
        return [
            NearMiss(int(p), int(r), self.facts[f], int(e) if e >= 0 else None, bool(u))
            for p, r, f, e, u in zip(*hits, strict=True)
        ]

    def hits(self, block: Block, now: Month) -> Hits:
        """The same as arrays: person, rung, number of the fact, engagement or -1, and 1
        where the fact is not recorded; rows are those of the block."""
        records = Records(
            *self.bits(block),
            np.asarray(block.start, np.int64),
            _months(block.engagements["from_month"], -1),
            _months(block.engagements["to_month"], now.number),
            now.number,
        )
        return find(records, self._rules, self._field, self._level)

    def bits(self, block: Block) -> tuple[Bits, Bits, Bits, Bits]:
        """What surely holds for people and for engagements, and what may hold besides for each."""
        person, work = self._person_bits(block.people), self._work_bits(block.engagements)
        return person, work, self._person_open(block.people, person), self._work_open(block, work)

    def _person_bits(self, people: pa.RecordBatch) -> Bits:
        bits = np.zeros((len(people), self._words), np.uint64)
        table, of = self._table, _of_person
        flags = people["mentoring"]
        yes = np.flatnonzero(pc.fill_null(flags, False).to_numpy(zero_copy_only=False))
        bits[yes] |= self._row(of(table, Professional(mentoring=True)))
        depths = {d.id: d for d in Depth}
        self._add(
            bits,
            people["areas"],
            ("area", "depth"),
            lambda a, d: of(table, Professional(areas={a: depths[d]})),
        )
        self._add(
            bits,
            people["succession"],
            ("kind",),
            lambda k: of(table, Professional(succession=(Work(k),))),
        )
        self._add(
            bits,
            people["examinations"],
            ("name",),
            lambda n: of(table, examinations=(PassedExamination(n),)),
        )
        self._add(bits, people["skills"], ("skill", "level"), lambda s, n: of(table, skills={s: n}))
        self._add(bits, people["knowledge"], (), lambda k: of(table, knowledge=frozenset([k])))
        return bits  # fmt: skip

    def _work_bits(self, works: pa.RecordBatch) -> Bits:
        bits = np.zeros((len(works), self._words), np.uint64)
        table = self._table
        self._single(bits, works["role"], lambda r: _of_work(table, role=_ROLES[r]))
        for name in ("supervised", "succeeded"):
            yes = pc.fill_null(works[name], False).to_numpy(zero_copy_only=False)
            bits[np.flatnonzero(yes)] |= self._row(_of_work(table, **{name: True}))
        self._add(bits, works["fields"], (), lambda f: _of_work(table, fields=frozenset([f])))
        for name in ("complexity", "achieved", "activities"):
            self._add(
                bits,
                works[name],
                (),
                lambda t, n=name: _of_work(table, **{n: Holding(frozenset([t]))}),
            )
        size = works["size"]
        for member in size.type:
            column = pc.struct_field(size, member.name)
            if member.name in self._known.vocabulary.scales:
                self._single(bits, column, lambda t, n=member.name: _of_work(table, size={n: t}))
                continue
            values = _values(table, member.name)
            rows = [self._row(_of_work(table, size={member.name: v})) for v in values]
            known = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
            amounts = column.take(pa.array(known)).to_numpy(zero_copy_only=False).astype(np.int64)
            bits[known] |= np.array(rows)[np.searchsorted(values[1:], amounts, "right")]
        return bits  # fmt: skip

    def _person_open(self, people: pa.RecordBatch, sure: Bits) -> Bits:
        """What may hold besides for the person."""
        written, combinations = _written_for(people)
        nothing = Professional(areas={}, succession=(), mentoring=False)
        silent = [
            self._row(
                self._table.of_person(
                    Evidence(_NOBODY, c, None, nothing, (), skills={}, knowledge=frozenset())
                )[1]
            )
            for c in combinations
        ]
        open_ = np.array(silent)[written]
        for column, kind in _COLUMNS_OF_PERSON.items():
            # an area named at a lesser depth is known not to be at a greater one
            named = np.zeros_like(open_)
            if kind in ("area", "skill"):
                member = "area" if kind == "area" else "skill"
                self._add(named, people[column], (member,), lambda i, k=kind: self._about(k, i))
            open_ &= ~named
            open_[np.flatnonzero(people[column].is_null())] |= self._row(self._of_kind(kind))
        return open_ & ~sure

    def _work_open(self, block: Block, sure: Bits) -> Bits:
        """What may hold besides for the engagements."""
        works, table = block.engagements, self._table
        written, combinations = _written_for(block.people)
        empty = Holding()
        nothing = Engagement(
            "", fields=frozenset(), role=Role.PARTICIPANT, supervised=False, succeeded=False,
            complexity=empty, achieved=empty, activities=empty,
        )  # fmt: skip
        sizes = self._of_kind("measure") | self._of_kind("scale")
        silent = [self._row(table.of_engagement(nothing, c)[1] & ~sizes) for c in combinations]
        open_ = np.array(silent)[np.repeat(written, np.diff(block.start))]
        for name, kind in (
            ("role", "role"),
            ("supervised", "supervised"),
            ("succeeded", "succeeded"),
            ("fields", "field"),
        ):
            open_[np.flatnonzero(works[name].is_null())] |= self._row(self._of_kind(kind))
        denied = np.zeros_like(open_)
        for name, kinds in _KINDS_OF_LISTS.items():
            mask = self._row(sum(self._of_kind(k) for k in kinds))
            partial = works[f"{name}_not"].is_valid().to_numpy(zero_copy_only=False)
            unsaid = partial | works[name].is_null().to_numpy(zero_copy_only=False)
            open_[np.flatnonzero(unsaid)] |= mask
            self._add(
                denied,
                works[f"{name}_not"],
                (),
                lambda t, n=name: _of_work(table, **{n: Holding(frozenset([t]))}),
            )
        open_ &= ~denied
        size = works["size"]
        members = {f.name for f in size.type}
        for name in (*self._known.vocabulary.measures, *self._known.vocabulary.scales):
            kind = "measure" if name in self._known.vocabulary.measures else "scale"
            unknown = pc.struct_field(size, name).is_null() if name in members else size.is_null()
            rows = slice(None) if name not in members else np.flatnonzero(unknown)
            open_[rows] |= self._row(self._about(kind, name))
            if kind == "scale" and name in members:
                # a term of another chain says nothing either way
                self._single(
                    open_, pc.struct_field(size, name), lambda t, n=name: self._beside(n, t)
                )
        return open_ & ~sure

    def _beside(self, scale: str, term: str) -> int:
        """The bits of a scale that a term on it leaves open."""
        possible = self._table.of_engagement(Engagement("", size={scale: term}), ())[1]
        return possible & self._about("scale", scale)

    def _of_kind(self, kind: str) -> int:
        return sum(bit for a, bit in self._table.bits.items() if a.kind == kind)

    def _about(self, kind: str, name: str) -> int:
        return sum(bit for a, bit in self._table.bits.items() if (a.kind, a.id) == (kind, name))

    def _row(self, bits: int) -> Bits:
        return _packed(bits, self._words)

    def _single(self, bits: Bits, column: pa.Array, ask: Any) -> None:
        """Add what the words of a column say."""
        codes, words = _coded(column)
        rows = np.array([self._row(ask(w)) for w in words] + [self._row(0)])
        bits |= rows[codes]

    def _add(self, bits: Bits, column: pa.Array, members: tuple[str, ...], ask: Any) -> None:
        """Add what lists say: each entry by itself."""
        offsets = column.offsets.to_numpy(zero_copy_only=False)
        values = column.values.slice(offsets[0], offsets[-1] - offsets[0])
        owners = np.repeat(np.arange(len(column)), np.diff(offsets))
        parts = [_coded(values.field(m)) for m in members] if members else [_coded(values)]
        codes, words = parts[0]
        spelt: list[tuple[Any, ...]] = [(w,) for w in words]
        if len(parts) == 2:
            more, ranks = parts[1]
            spelt = [(w, r) for w in words for r in ranks]
            codes = codes * len(ranks) + more
        if not spelt:
            return
        rows = np.array([self._row(ask(*s)) for s in spelt])
        order = np.arange(len(codes))
        starts = np.flatnonzero(np.diff(owners, prepend=-1)) if len(codes) else order
        if len(starts):
            bits[owners[starts]] |= np.bitwise_or.reduceat(rows[codes], starts, axis=0)


_COLUMNS_OF_PERSON = {
    "areas": "area", "succession": "kind", "mentoring": "mentoring",
    "examinations": "examination", "skills": "skill", "knowledge": "knowledge",
}  # fmt: skip
_KINDS_OF_LISTS = {
    "complexity": ("criterion",),
    "achieved": ("outcome", "task"),
    "activities": ("activity", "task"),
}


def _written_for(people: pa.RecordBatch) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """The number of the editions that each record is written for, and which those are."""
    found: dict[tuple[str, ...], int] = {}
    numbers = [
        found.setdefault(tuple(editions or ()), len(found))
        for editions in people["written_for"].to_pylist()
    ]
    return np.array(numbers, np.int64), list(found) or [()]


_ROLES = {role.id: role for role in Role}
_NOBODY = Person("", "")


def _of_person(table: AtomTable, professional: Professional = Professional(), **known: Any) -> int:  # noqa: B008  # a frozen value
    return table.of_person(Evidence(_NOBODY, professional=professional, **known))[0]


def _of_work(table: AtomTable, **recorded: Any) -> int:
    return table.of_engagement(Engagement("", **recorded), ())[0]


def _packed(bits: int, words: int) -> Bits:
    return np.array([(bits >> (64 * w)) & (2**64 - 1) for w in range(words)], np.uint64)


def _coded(column: pa.Array) -> tuple[NDArray[np.int64], list[Any]]:
    """The number of each word, and the words; null is the number -1."""
    found = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    codes = pc.fill_null(found.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, found.dictionary.to_pylist()


def _months(column: pa.Array, unknown: int) -> NDArray[np.int64]:
    """Months as `Month.number` counts them."""
    known = column.is_valid().to_numpy(zero_copy_only=False)
    written = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(known, written // 100 * 12 + written % 100 - 1, unknown)


def _values(table: AtomTable, measure: str) -> list[int]:
    """One amount for each stretch between the bounds that rules know, the lowest first."""
    bounds = sorted(
        {
            b
            for a in table.bits
            if a.kind == "measure" and a.id == measure
            for b in (a.at_least, a.below)
            if b is not None
        }
    )
    return [min(bounds, default=0) - 1, *bounds]


def _facts(table: AtomTable, known: Known) -> Iterator[Fact]:
    """Every value that can answer a question, those that say less before those that say more."""
    about = list(dict.fromkeys((a.kind, a.id) for a in table.bits))
    for kind, name in about:
        ranks = sorted({a.at_least or 0 for a in table.bits if (a.kind, a.id) == (kind, name)})
        match kind:
            case "measure":
                yield from (Fact(kind, name, v) for v in _values(table, name)[1:])
            case "scale":
                terms = [t.id for t in known.vocabulary.scales[name].terms()]
                yield from (Fact(kind, name, t) for t in reversed(terms))
            case "role" | "area" | "skill":
                yield from (Fact(kind, name, r) for r in ranks)
            case _:
                yield Fact(kind, name)


@frozen
class _Change:
    """What a fact does to the bits of a record.

    Args:
        cleared: bits that no longer hold, as another value is in their place.
    """

    cleared: int
    added: int


def _change(table: AtomTable, known: Known, fact: Fact) -> _Change:
    before = granted(Evidence(_NOBODY, engagements=(Engagement(""),)), fact, 0, known)
    assert before.engagements is not None, "one was given"
    added = (
        table.of_person(before)[0]
        if fact.of_person
        else table.of_engagement(before.engagements[0], ())[0]
    )
    replaces = fact.kind in ("measure", "scale", "role", "area", "skill")
    own = sum(bit for a, bit in table.bits.items() if (a.kind, a.id) == fact.about)
    return _Change(own if replaces else 0, added)


def granted(evidence: Evidence, fact: Fact, engagement: int | None, known: Known) -> Evidence:
    """The record with one fact added or changed.

    Args:
        engagement: which one the fact is about.
    """
    professional = evidence.professional
    match fact.kind:
        case "area":
            areas = {**(professional.areas or {}), fact.id: Depth(int(fact.value or 0))}
            return evolve(evidence, professional=evolve(professional, areas=areas))
        case "kind":
            given = (*(professional.succession or ()), Work(fact.id))
            return evolve(evidence, professional=evolve(professional, succession=given))
        case "mentoring":
            return evolve(evidence, professional=evolve(professional, mentoring=True))
        case "examination":
            passed = (*(evidence.examinations or ()), PassedExamination(fact.id))
            return evolve(evidence, examinations=passed)
        case "skill":
            return evolve(
                evidence, skills={**(evidence.skills or {}), fact.id: int(fact.value or 0)}
            )
        case "knowledge":
            return evolve(evidence, knowledge=(evidence.knowledge or frozenset()) | {fact.id})
    works = evidence.engagements or ()
    return evolve(
        evidence,
        engagements=tuple(
            _granted(w, fact, known) if n == engagement else w for n, w in enumerate(works)
        ),
    )


_HOLDING = {
    "criterion": "complexity",
    "outcome": "achieved",
    "activity": "activities",
    "task": "achieved",
}


def _granted(work: Engagement, fact: Fact, known: Known) -> Engagement:
    match fact.kind:
        case "field":
            return evolve(work, fields=(work.fields or frozenset()) | {fact.id})
        case "role":
            return evolve(work, role=Role(int(fact.value or 0)))
        case "supervised":
            return evolve(work, supervised=True)
        case "succeeded":
            return evolve(work, succeeded=True)
        case "measure" | "scale":
            assert fact.value is not None, "sizes have values"
            return evolve(work, size={**work.size, fact.id: fact.value})
    name = _HOLDING[fact.kind]
    held: Holding = getattr(work, name) or Holding(complete=False)
    more = known.vocabulary.with_broader([fact.id])
    changed: dict[str, Any] = {name: evolve(held, true=held.true | more, false=held.false - more)}
    return evolve(work, **changed)


def _behind(lists: Iterable[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    items: list[int] = []
    starts = [0]
    for one in lists:
        items += one
        starts.append(len(items))
    return np.array(items, np.int64), np.array(starts, np.int64)


def _rules(
    rules: Sequence[Rule],
    table: AtomTable,
    facts: Sequence[Fact],
    changes: Sequence[_Change],
    words: int,
) -> Rules:
    """The rules as arrays: tests, alternatives of tests, clauses over engagements, rungs."""
    tests: dict[Test, int] = {}
    ways: list[list[int]] = []
    outcomes: dict[frozenset[Alternative], int] = {}
    spans: list[tuple[int, int]] = []
    clauses: dict[OverEngagements, int] = {}

    def test(one: Test) -> int:
        return tests.setdefault(one, len(tests))

    def outcome(rule: Rule) -> int:
        found = alternatives(rule)
        if found not in outcomes:
            outcomes[found] = len(outcomes)
            begin = len(ways)
            for alternative in sorted(found, key=lambda a: sorted(x.order for x in a)):
                ordered = sorted(alternative, key=lambda x: x.order)
                ways.append([test(x) for x in ordered if isinstance(x, Test)])
            spans.append((begin, len(ways)))
        return outcomes[found]

    def over(rule: OverEngagements) -> Clause:
        return Clause(clauses.setdefault(rule, len(clauses)))

    rungs = []
    for rule in rules:
        found = []
        for alternative in sorted(
            alternatives(rule, over), key=lambda a: sorted(x.order for x in a)
        ):
            asked = sorted(alternative, key=lambda x: x.order)
            found.append(
                (
                    [test(x) for x in asked if isinstance(x, Test)],
                    [x.number for x in asked if isinstance(x, Clause)],
                )
            )
        rungs.append(found)
    shapes = [_clause(rule, outcome) for rule in clauses]
    asks = [sorted({n for _, over in found for n in over}) for found in rungs]
    person_ways = [way for found in rungs for way in found]
    masks = [sum(table.bits[a] for a in t.atoms) for t in tests]
    touching = [[n for n, c in enumerate(changes) if c.added & mask] for mask in masks]
    way_tests, way_starts = _behind(ways)
    own_tests, own_starts = _behind([w[0] for w in person_ways])
    own_clauses, clause_starts = _behind([w[1] for w in person_ways])
    touched, touch_starts = _behind(touching)
    groups = {about: n for n, about in enumerate(dict.fromkeys(f.about for f in facts))}
    return Rules(
        np.array([_packed(m, words) for m in masks]).reshape(len(masks), words),
        np.array([t.at_least for t in tests], np.int64),
        touched, touch_starts,
        way_tests, way_starts,
        np.array(spans, np.int64).reshape(-1, 2),
        np.array(shapes, np.int64).reshape(-1, 6),
        own_tests, own_starts, own_clauses, clause_starts,
        np.cumsum([0, *(len(found) for found in rungs)]).astype(np.int64),
        *_behind(sorted({o for n in asked for o in shapes[n][:2] if o >= 0}) for asked in asks),
        *_behind(asks),
        np.array([_packed(c.cleared, words) for c in changes]).reshape(len(changes), words),
        np.array([_packed(c.added, words) for c in changes]).reshape(len(changes), words),
        np.array([groups[f.about] for f in facts], np.int64),
        np.array([f.of_person for f in facts], np.bool_),
    )  # fmt: skip


def _clause(rule: OverEngagements, outcome: Any) -> tuple[int, int, int, int, int, int]:
    """Outcome, singled out outcome or -1, how many, of which, months, continuous."""
    match rule:
        case Years():
            return outcome(rule.where), -1, 1, 0, rule.months, int(rule.continuous)
        case Counted():
            single = outcome(rule.singled_out) if rule.of_which else -1
            return outcome(rule.where), single, rule.at_least, rule.of_which, 0, 0
