"""Rules -> the program of the kernel: tables for engagements, for clauses over them, and for people.

What a single value means is asked of `judging.facts`, value by value, so that there is one meaning of
evidence; what is here only arranges the answers as tables.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, NamedTuple

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

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
from tassei.population.alternatives import Alternatives, Clause, Test, alternatives
from tassei.population.screen import (
    Integers,
    Outputs,
    Screen,
    Tests,
    Words,
    as_integers,
    as_words,
    packed,
    screen_of,
    sum_of,
    words_for,
)
from tassei.rules.nodes import Atom, AtomKind, OverEngagements, Rule, Years


class Tables(NamedTuple):
    """A screen and the rows of its single-valued columns, as the kernel takes them.

    Args:
        everything: (width) all alternatives.
        rows: (worlds, rows, width) what a code of a single-valued column leaves.
        first_row: (columns) where the rows of each column begin; code 0 is the unknown.
        bounds, first_bound: of each measure the sorted bounds that part its values into codes.
        mask: (set columns, words) the bits that a column of terms can answer.
        told: (set columns, 1 + editions, words) of them, those that a list always answers, and
            those that it answers where it is complete for the edition.
        either: (words) bits that several columns answer together.
    """

    everything: Words
    rows: Words
    first_row: Integers
    bounds: NDArray[np.int64]
    first_bound: Integers
    mask: Words
    told: Words
    either: Words
    tests: Tests


class Clauses(NamedTuple):
    """Rules over engagements, by number.

    Args:
        outputs: where the outcomes of the screen of engagements stand.
        singled_out: the outcome that the singled out ones have; -1 for none.
        at_least, of_which: how many engagements.
        months: how many months they cover; 0 where months do not matter.
        continuous: 1 where the months must be one run.
        start, number: the clauses that count outcome o are `number[start[o]:start[o + 1]]`.
        lost: (clauses, width of people) alternatives about people that end with the clause.
        needed: (alternatives about people, width of engagements) alternatives about engagements
            that can still make a difference.
    """

    outputs: Outputs
    singled_out: Integers
    at_least: Integers
    of_which: Integers
    months: Integers
    continuous: Integers
    start: Integers
    number: Integers
    lost: Words
    needed: Words


class Ladders(NamedTuple):
    """Which alternatives satisfy which rung, and which rungs make up a field.

    Args:
        mask: (rungs, width) alternatives of the rung.
        field: (rungs) number of the field.
        level: (rungs) the level.
    """

    mask: Words
    field: Integers
    level: Integers


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
    found, clauses, works = _taken_apart(rules)
    distinct = {alternatives: n for n, alternatives in enumerate(dict.fromkeys(found))}
    people, engagements = screen_of(list(distinct)), screen_of(works)
    table = AtomTable(rules, known)
    columns, singles = _person_columns(known), [_mentoring(table)]
    person_tables, of_person = _tables(people, table, columns, singles, known)
    columns = _work_columns(known)
    singles = [_role(table), _yes_or_no(table, "supervised"), _yes_or_no(table, "succeeded")]
    measures = sorted(known.vocabulary.measures)
    scales = {s: _codes(known, s) for s in sorted(known.vocabulary.scales)}
    singles += [_measure(table, m) for m in measures]
    singles += [_scale(table, s, codes) for s, codes in scales.items()]
    work_tables, of_work = _tables(engagements, table, columns, singles, known)
    ladders = Ladders(
        as_words([packed(people.spans[distinct[f]], people.width) for f in found], people.width),
        as_integers([f for f, _ in places]),
        as_integers([level for _, level in places]),
    )
    program = Program(work_tables, _clauses(people, engagements, clauses), person_tables, ladders)
    editions = {e: n for n, e in enumerate(known.editions, start=1)}
    return program, Codebook(
        editions, tuple(measures), scales, of_work, of_person,
        work_tables.mask.shape[1], person_tables.mask.shape[1],
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
    rules: Sequence[Rule],
) -> tuple[list[Alternatives], list[_ClauseOf], list[Alternatives]]:
    """Alternatives about people, the clauses they name, and alternatives about engagements."""
    clauses: dict[_ClauseOf, int] = {}
    works: dict[Alternatives, int] = {}

    def outcome(rule: Rule) -> int:
        return works.setdefault(alternatives(rule), len(works))

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
    counting = [[n for n, c in enumerate(clauses) if c.where == o] for o in range(len(works.spans))]
    lost = [people.asking.get(Clause(n), 0) for n in range(len(clauses))]
    asked = [
        works.spans[c.where] | (works.spans[c.singled_out] if c.of_which else 0) for c in clauses
    ]
    needed = [
        sum_of(span for span, bits in zip(asked, lost, strict=True) if bits >> alternative & 1)
        for alternative in range(max(1, people.everything.bit_length()))
    ]
    return Clauses(
        outputs=works.outputs,
        singled_out=as_integers([c.singled_out for c in clauses]),
        at_least=as_integers([c.at_least for c in clauses]),
        of_which=as_integers([c.of_which for c in clauses]),
        months=as_integers([c.months for c in clauses]),
        continuous=as_integers([c.continuous for c in clauses]),
        start=as_integers([0, *accumulate(map(len, counting))]),
        number=as_integers([n for those in counting for n in those]),
        lost=as_words([packed(bits, people.width) for bits in lost], people.width),
        needed=as_words([packed(bits, works.width) for bits in needed], works.width),
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


@frozen
class _Single:
    """A column of single values: the bits that each code sets, surely and possibly; 0 is unknown.

    Args:
        bounds: for a measure, the values at which its codes change.
    """

    atoms: tuple[Atom, ...]
    codes: tuple[tuple[int, int], ...]
    bounds: tuple[int, ...] | None = None


def _tables(
    screen: Screen,
    table: AtomTable,
    columns: Sequence[_Terms],
    singles: Sequence[_Single],
    known: Known,
) -> tuple[Tables, dict[str, TermColumn]]:
    kinds = {kind for column in columns for kind in column.kinds}
    atoms = [a for a in table.bits if a.kind in kinds]
    bit_of = {atom: n for n, atom in enumerate(atoms)}
    words = words_for(len(atoms))
    answered = {*atoms, *(a for single in singles for a in single.atoms)}
    for asked in screen.asking:
        if isinstance(asked, Test) and not asked.atoms <= answered:
            raise TypeError(f"no column answers {asked}")

    def compact(bits: int) -> list[int]:
        return packed(sum(1 << bit_of[a] for a in atoms if bits & table.bits[a]), words)

    def row(column: _Terms) -> Callable[[str, int], list[int]]:
        mask = sum(table.bits[a] for a in atoms if a.kind in column.kinds)
        return lambda term, rank: compact(column.ask(table, term, rank) & mask)

    mask, told = [], []
    for column in columns:
        own = sum(table.bits[a] for a in atoms if a.kind in column.kinds)
        mask.append(compact(own))
        always = own & ~column.unsaid(table, ())
        said = [always] + [own & ~column.unsaid(table, (e,)) for e in known.editions]
        told.append([compact(bits) for bits in said])
    several = [a for a in atoms if sum(a.kind in c.kinds for c in columns) > 1]
    sure: list[list[int]] = []
    possible: list[list[int]] = []
    first_row, bounds, first_bound = [], list[int](), []
    for single in singles:
        first_row.append(len(sure))
        first_bound.append(len(bounds))
        bounds += single.bounds or ()
        for certain, open_ in single.codes:
            sure.append(screen.row_of(single.atoms, _holding(table, certain)))
            possible.append(screen.row_of(single.atoms, _holding(table, open_)))
    tables = Tables(
        everything=np.array(packed(screen.everything, screen.width), np.uint64),
        rows=np.array([sure, possible], np.uint64),
        first_row=as_integers(first_row),
        bounds=np.array(bounds, np.int64),
        first_bound=as_integers([*first_bound, len(bounds)]),
        mask=as_words(mask, words),
        told=np.array(told, np.uint64),
        either=np.array(compact(sum(table.bits[a] for a in several)), np.uint64),
        tests=screen.tests(bit_of, words),
    )
    return tables, {c.name: TermColumn(c.ids, c.top, row(c)) for c in columns}


def _holding(table: AtomTable, bits: int) -> Callable[[Atom], bool]:
    return lambda atom: bool(bits & table.bits[atom])


def _atoms(table: AtomTable, kind: AtomKind, name: str = "") -> tuple[Atom, ...]:
    return tuple(a for a in table.bits if a.kind == kind and a.id == name)


def _work(table: AtomTable, **recorded: Any) -> tuple[int, int]:
    """The bits of an engagement of which this alone is recorded."""
    return table.of_engagement(Engagement("", **recorded), ())


def _role(table: AtomTable) -> _Single:
    codes = [_work(table), *(_work(table, role=role) for role in Role)]
    return _Single(_atoms(table, "role"), tuple(codes))


def _yes_or_no(table: AtomTable, kind: Literal["supervised", "succeeded"]) -> _Single:
    return _Single(
        _atoms(table, kind), tuple(_work(table, **{kind: v}) for v in (None, False, True))
    )


def _measure(table: AtomTable, measure: str) -> _Single:
    atoms = _atoms(table, "measure", measure)
    bounds = sorted({b for a in atoms for b in (a.at_least, a.below) if b is not None})
    # each code stands for the values from one bound to the next; the bound itself is one of them
    values = [min(bounds, default=0) - 1, *bounds]
    codes = [_work(table), *(_work(table, size={measure: v}) for v in values)]
    return _Single(atoms, tuple(codes), tuple(bounds))


def _scale(table: AtomTable, scale: str, codes: Mapping[str, int]) -> _Single:
    found = [_work(table), *(_work(table, size={scale: term}) for term in codes)]
    return _Single(_atoms(table, "scale", scale), tuple(found))


def _codes(known: Known, scale: str) -> dict[str, int]:
    return {t.id: n for n, t in enumerate(known.vocabulary.scales[scale].terms(), start=1)}


def _mentoring(table: AtomTable) -> _Single:
    codes = (
        table.of_person(Evidence(_NOBODY, professional=Professional(mentoring=m)))
        for m in (None, False, True)
    )
    return _Single(_atoms(table, "mentoring"), tuple(codes))


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
