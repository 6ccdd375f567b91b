"""Rules -> the program of the kernel: tables for engagements, for clauses over them, and for people.

What a single value means is asked of `judging.facts`, value by value, so that there is one meaning of
evidence; what is here only arranges the answers as tables.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, NamedTuple

import numpy as np
from attrs import field, frozen

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
from tassei.framework.scales import Depth, Role
from tassei.judging.facts import AtomTable
from tassei.population.alternatives import Alternatives, Clause, alternatives, joined
from tassei.population.screen import (
    JOINT_ROWS,
    Integers,
    Lookups,
    Records,
    Screen,
    Single,
    Words,
    as_integers,
    as_words,
    packed,
    rows_of,
    screen_of,
    sum_of,
)
from tassei.rules.nodes import Atom, AtomKind, OverEngagements, Rule, Years


class Tables(NamedTuple):
    """A screen for records of one kind, as the kernel takes it.

    Args:
        answers: (columns of terms + 1, 2 + editions, words) the bits that each column can answer;
            those that a list of it answers always; and those that it answers where it is complete for
            the edition. The last row begins with the bits that several columns answer together.
    """

    answers: Words
    lookups: Lookups


CLAUSE = np.dtype(
    [(name, np.int64) for name in ("single", "at_least", "of_which", "months", "continuous")]
)
"""A rule over engagements: the outcome of those singled out, or -1; how many engagements, and of them
how many singled out; how many months they cover, 0 where months do not matter; 1 where the months must
be one run."""
OUTCOME = np.dtype([("first", np.int64), ("last", np.int64), ("kept", np.int64)])
"""What an engagement may satisfy: the part of `counting` with the clauses that count it; 1 where a
clause singles it out."""
RUNG = np.dtype([("field", np.int64), ("level", np.int64)])
"""The number of the field, and the level."""


class Clauses(NamedTuple):
    """Rules over engagements, and what asks for them.

    Args:
        outcome_of: (alternatives) the outcome that each belongs to.
        clauses: records of `CLAUSE`.
        outcomes: records of `OUTCOME`, with the numbers of clauses `counting`.
        span: (outcomes, width) the alternatives of each outcome.
        asked, asks: alternative a about people asks for the clauses `asked[asks[a]:asks[a + 1]]`.
        needed: (alternatives about people, width) the alternatives about engagements that matter to it.
    """

    outcome_of: Integers
    clauses: Records
    outcomes: Records
    counting: Integers
    span: Words
    asked: Integers
    asks: Integers
    needed: Words


class Ladders(NamedTuple):
    """Which rungs an alternative about people satisfies.

    Args:
        rung, start: alternative a satisfies `rung[start[a]:start[a + 1]]`.
        rungs: records of `RUNG`.
    """

    rung: Integers
    start: Integers
    rungs: Records


class Program(NamedTuple):
    """All that the kernel knows of a standard."""

    engagements: Tables
    clauses: Clauses
    people: Tables
    ladders: Ladders


@frozen
class TermColumn:
    """A column of terms: the bits that a term in it sets.

    Args:
        ids: the terms that evidence may name there; None where it may name any.
        top: the highest rank; 0 where terms have none.
    """

    ids: frozenset[str] | None
    top: int
    _ask: Callable[[str, int], list[int]]
    _rows: dict[tuple[str, int], list[int]] = field(factory=dict, init=False)

    def row(self, term: str, rank: int = 0) -> list[int]:
        """Words of the bits that surely hold where this term is recorded, at this rank.

        Raises:
            KeyError: nobody knows the term.
        """
        if self.ids is not None and term not in self.ids:
            raise KeyError(term)
        if (term, rank) not in self._rows:
            self._rows[term, rank] = self._ask(term, rank)
        return self._rows[term, rank]


@frozen
class Codebook:
    """How the values of evidence become numbers for one program.

    Args:
        editions: their numbers, from 1.
        measures: ids in the order of their rows.
        scales: for each scale its terms with their codes, from 1.
        of_work, of_person: the columns of terms by name.
        words_of_work, words_of_person: of a row of bits.
    """

    editions: Mapping[str, int]
    measures: tuple[str, ...]
    scales: Mapping[str, Mapping[str, int]]
    of_work: Mapping[str, TermColumn]
    of_person: Mapping[str, TermColumn]
    words_of_work: int
    words_of_person: int


def program_of(
    rules: Sequence[Rule], known: Known, places: Sequence[tuple[int, int]]
) -> tuple[Program, Codebook]:
    """Make the tables for some rules about people.

    Args:
        places: for each rule the number of its field, from 0, and its level.
    """
    table = AtomTable(rules, known)
    measures = sorted(known.vocabulary.measures)
    scales = {s: _codes(known, s) for s in sorted(known.vocabulary.scales)}
    singles = [_role(table), _yes_or_no(table, "supervised"), _yes_or_no(table, "succeeded")]
    singles += [_scale(table, s, codes) for s, codes in scales.items()]
    singles += [_measure(table, m) for m in measures]
    found, clauses, works = _taken_apart(rules, singles)
    distinct = {alternatives: n for n, alternatives in enumerate(dict.fromkeys(found))}
    people, engagements = screen_of(list(distinct)), screen_of(works)
    person_tables, of_person = _tables(
        people, table, _person_columns(known), [_mentoring(table)], known
    )
    work_tables, of_work = _tables(engagements, table, _work_columns(known), singles, known)
    spans = [people.spans[distinct[f]] for f in found]
    rungs = _lists([_bits_among(spans, a) for a in range(people.everything.bit_length())])
    ladders = Ladders(*rungs, np.array(list(places), RUNG))
    program = Program(work_tables, _clauses(people, engagements, clauses), person_tables, ladders)
    editions = {e: n for n, e in enumerate(known.editions, start=1)}
    return program, Codebook(
        editions, tuple(measures), scales, of_work, of_person,
        work_tables.answers.shape[2], person_tables.answers.shape[2],
    )  # fmt: skip


@frozen
class _ClauseOf:
    """A rule over engagements once its parts are outcomes of the screen of engagements."""

    where: int
    singled_out: int
    at_least: int
    of_which: int
    months: int
    continuous: bool


def _taken_apart(
    rules: Sequence[Rule], singles: Sequence[Single]
) -> tuple[list[Alternatives], list[_ClauseOf], list[Alternatives]]:
    """Alternatives about people, the clauses they name, and alternatives about engagements."""
    clauses: dict[_ClauseOf, int] = {}
    works: dict[Alternatives, int] = {}

    column_of = {atom: single for single in singles for atom in single.atoms}

    def together(atoms: frozenset[Atom]) -> bool:
        columns = {id(column_of[a]): column_of[a] for a in atoms if a in column_of}
        return atoms <= column_of.keys() and rows_of(columns.values()) <= JOINT_ROWS

    def outcome(rule: Rule) -> int:
        return works.setdefault(joined(alternatives(rule), together), len(works))

    def over(rule: OverEngagements) -> Clause:
        where = outcome(rule.where)
        if isinstance(rule, Years):
            clause = _ClauseOf(where, -1, 1, 0, rule.months, rule.continuous)
        else:
            single = outcome(rule.singled_out) if rule.of_which else -1
            clause = _ClauseOf(where, single, rule.at_least, rule.of_which, 0, False)
        return Clause(clauses.setdefault(clause, len(clauses)))

    found = [alternatives(rule, over) for rule in rules]
    return found, list(clauses), list(works)


def _clauses(people: Screen, works: Screen, clauses: Sequence[_ClauseOf]) -> Clauses:
    outcomes = range(len(works.spans))
    alternatives = range(people.everything.bit_length())
    asking = [people.asking.get(Clause(n), 0) for n in range(len(clauses))]
    counting, counts = _lists(
        [[n for n, c in enumerate(clauses) if c.where == o] for o in outcomes]
    )
    asked, asks = _lists([_bits_among(asking, a) for a in alternatives])
    needed = [
        sum_of(
            works.spans[o]
            for n in _bits_among(asking, a)
            for o in (clauses[n].where, clauses[n].singled_out)
            if o >= 0
        )
        for a in alternatives
    ]
    singled_out = [c.singled_out for c in clauses]
    return Clauses(
        outcome_of=works.outcome_of(),
        clauses=np.array(
            [(c.singled_out, c.at_least, c.of_which, c.months, c.continuous) for c in clauses],
            CLAUSE,
        ),
        outcomes=np.array([(*counts[o : o + 2], o in singled_out) for o in outcomes], OUTCOME),
        counting=counting,
        span=as_words([packed(span, works.width) for span in works.spans], works.width),
        asked=asked,
        asks=asks,
        needed=as_words([packed(bits, works.width) for bits in needed], works.width),
    )


def _bits_among(sets: Sequence[int], bit: int) -> list[int]:
    """The numbers of the sets that have the bit."""
    return [n for n, bits in enumerate(sets) if bits >> bit & 1]


def _lists(lists: Sequence[Sequence[int]]) -> tuple[Integers, Integers]:
    """Lists one behind the other, and where each begins."""
    return as_integers([n for those in lists for n in those]), as_integers(
        [0, *accumulate(map(len, lists))]
    )


@frozen
class _Terms:
    """A column of terms, as questions to `AtomTable`.

    Args:
        ask: the bits that a term at a rank sets surely.
        unsaid: the bits that may hold where nothing is named, for editions the record is written for.
    """

    name: str
    kinds: tuple[AtomKind, ...]
    ids: frozenset[str] | None
    ask: Callable[[AtomTable, str, int], int]
    unsaid: Callable[[AtomTable, tuple[str, ...]], int]
    top: int = 0


def _tables(
    screen: Screen,
    table: AtomTable,
    columns: Sequence[_Terms],
    singles: Sequence[Single],
    known: Known,
) -> tuple[Tables, dict[str, TermColumn]]:
    kinds = [kind for column in columns for kind in column.kinds]
    # in the order of the columns, which is that of how much they rule out
    layout = screen.layout(
        [a for kind in dict.fromkeys(kinds) for a in table.bits if a.kind == kind]
    )
    answers = []
    for column in columns:
        own = frozenset(a for a in layout.places if a.kind in column.kinds)
        written_for = [(), *((e,) for e in known.editions)]
        said = [own - _held(table, column.unsaid(table, editions)) for editions in written_for]
        answers.append([layout.row(atoms) for atoms in (own, *said)])
    several = [layout.row(a for a in layout.places if kinds.count(a.kind) > 1)]
    answers.append(several + [layout.row(())] * (1 + len(known.editions)))

    def row(column: _Terms) -> Callable[[str, int], list[int]]:
        def ask(term: str, rank: int) -> list[int]:
            held = _held(table, column.ask(table, term, rank))
            return layout.row(a for a in held if a.kind in column.kinds)

        return ask

    tables = Tables(np.array(answers, np.uint64), screen.lookups(layout, singles))
    return tables, {c.name: TermColumn(c.ids, c.top, row(c)) for c in columns}


def _held(table: AtomTable, bits: int) -> frozenset[Atom]:
    return frozenset(a for a, bit in table.bits.items() if bits & bit)


def _single(
    table: AtomTable,
    atoms: Iterable[Atom],
    codes: Iterable[tuple[int, int]],
    bounds: Sequence[int] = (),
) -> Single:
    """A column by the bits that each of its codes sets, surely and possibly."""
    asked = frozenset(atoms)
    sure, possible = zip(*codes, strict=True)
    return Single(
        asked,
        tuple(asked & _held(table, bits) for bits in sure),
        tuple(asked & _held(table, bits) for bits in possible),
        tuple(bounds),
    )


def _atoms(table: AtomTable, kind: AtomKind, name: str = "") -> tuple[Atom, ...]:
    return tuple(a for a in table.bits if a.kind == kind and a.id == name)


def _work(table: AtomTable, **recorded: Any) -> tuple[int, int]:
    """The bits of an engagement of which this alone is recorded."""
    return table.of_engagement(Engagement("", **recorded), ())


def _role(table: AtomTable) -> Single:
    codes = [_work(table), *(_work(table, role=role) for role in Role)]
    return _single(table, _atoms(table, "role"), codes)


def _yes_or_no(table: AtomTable, kind: Literal["supervised", "succeeded"]) -> Single:
    return _single(
        table, _atoms(table, kind), tuple(_work(table, **{kind: v}) for v in (None, False, True))
    )


def _measure(table: AtomTable, measure: str) -> Single:
    atoms = _atoms(table, "measure", measure)
    bounds = sorted({b for a in atoms for b in (a.at_least, a.below) if b is not None})
    # each code stands for the values from one bound to the next; the bound itself is one of them
    values = [min(bounds, default=0) - 1, *bounds]
    codes = [_work(table), *(_work(table, size={measure: v}) for v in values)]
    return _single(table, atoms, codes, bounds)


def _scale(table: AtomTable, scale: str, codes: Mapping[str, int]) -> Single:
    found = [_work(table), *(_work(table, size={scale: term}) for term in codes)]
    return _single(table, _atoms(table, "scale", scale), found)


def _codes(known: Known, scale: str) -> dict[str, int]:
    return {t.id: n for n, t in enumerate(known.vocabulary.scales[scale].terms(), start=1)}


def _mentoring(table: AtomTable) -> Single:
    codes = (
        table.of_person(Evidence(_NOBODY, professional=Professional(mentoring=m)))
        for m in (None, False, True)
    )
    return _single(table, _atoms(table, "mentoring"), codes)


_NOBODY = Person("", "")


_UNPARSED: tuple[AtomKind, ...] = ("unparsed",)
"""Clauses that nobody can answer go with a column that every record has: nothing in it settles them."""


def _work_columns(known: Known) -> list[_Terms]:
    """The columns of terms of an engagement, in the order that the kernel takes them."""

    def unsaid(table: AtomTable, editions: tuple[str, ...]) -> int:
        empty = Holding()
        nothing = Engagement(
            "", fields=frozenset(), complexity=empty, achieved=empty, activities=empty
        )
        return table.of_engagement(nothing, editions)[1]

    def ask(key: str) -> Callable[[AtomTable, str, int], int]:
        return lambda table, term, _: _work(table, **{key: Holding(frozenset([term]))})[0]

    def fields(table: AtomTable, term: str, _: int) -> int:
        return _work(table, fields=frozenset([term]))[0]

    return [
        _Terms("fields", ("field", *_UNPARSED), frozenset(known.fields), fields, unsaid),
        _Terms("complexity", ("criterion",), _ids(known.criteria), ask("complexity"), unsaid),
        _Terms("achieved", ("outcome", "task"), _ids(known.outcomes), ask("achieved"), unsaid),
        _Terms("activities", ("activity", "task"), _ids(known.activities), ask("activities"), unsaid),
    ]  # fmt: skip


def _person_columns(known: Known) -> list[_Terms]:
    """The columns of terms of a person, in the order that the kernel takes them."""

    def unsaid(table: AtomTable, editions: tuple[str, ...]) -> int:
        return table.of_person(
            Evidence(
                _NOBODY,
                editions,
                professional=Professional({}, (), False),
                examinations=(),
                skills={},
                knowledge=frozenset(),
            )
        )[1]

    def areas(table: AtomTable, term: str, rank: int) -> int:
        return _sure(table, professional=Professional(areas={term: Depth(rank)}))

    def succession(table: AtomTable, term: str, _: int) -> int:
        return _sure(table, professional=Professional(succession=(Work(term),)))

    def examinations(table: AtomTable, term: str, _: int) -> int:
        return _sure(table, examinations=(PassedExamination(term),))

    def skills(table: AtomTable, term: str, rank: int) -> int:
        return _sure(table, skills={term: rank})

    def knowledge(table: AtomTable, term: str, _: int) -> int:
        return _sure(table, knowledge=frozenset([term]))

    return [
        _Terms("areas", ("area",), _ids(known.areas), areas, unsaid, max(Depth)),
        _Terms("succession", ("kind",), _ids(known.succession), succession, unsaid),
        _Terms("examinations", ("examination",), None, examinations, unsaid),
        _Terms("skills", ("skill", *_UNPARSED), _ids(known.skills), skills, unsaid, _TOP_SKILL),
        _Terms("knowledge", ("knowledge",), _ids(known.knowledge), knowledge, unsaid),
    ]


_TOP_SKILL = 127
"""Above every level of proficiency; the greatest that a column of skills can hold."""


def _sure(table: AtomTable, **recorded: Any) -> int:
    return table.of_person(Evidence(_NOBODY, **recorded))[0]


def _ids(kind: Kind) -> frozenset[str]:
    return frozenset(kind.words.values())
