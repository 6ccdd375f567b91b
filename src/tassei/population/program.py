"""Rules -> the program of the kernel: two circuits, how columns answer them, and clauses in between.

What a single value means is asked of `judging.facts`, value by value, so that there is one meaning of
evidence; what is here only arranges the answers as tables.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from attrs import astuple, frozen
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
from tassei.population.circuit import Circuit, Gates, Integers, Records, as_integers, end_to_end
from tassei.population.records import UNKNOWN
from tassei.population.slices import JOINED, NOT_ASKED, SAID, SINGLE, Inputs
from tassei.rules.nodes import Atom, AtomKind, Counted, OverEngagements, Rule, Years, parts_of, walk


class Side(NamedTuple):
    """The circuit about records of one kind.

    Args:
        inputs: how columns answer the first nodes.
        nodes, codes, editions: (1) how many there are.
    """

    inputs: Inputs
    gates: Gates
    nodes: Integers
    codes: Integers
    editions: Integers


CLAUSE = np.dtype(
    [
        (name, np.int64)
        for name in (
            "where", "single", "at_least", "of_which", "months", "continuous", "length",
            "out", "first", "last",
        )
    ]
)  # fmt: skip
"""A rule over engagements: the nodes of engagements for what they satisfy and for those singled out; how
many, and of them how many singled out; how many months they cover, 0 where months do not matter; 1 where
the months must be one run; the number of the months among `lengths`; the node of people that it sets; the
part of `asking` with the nodes of the rungs that ask for it."""
RUNG = np.dtype([(name, np.int64) for name in ("node", "field", "level")])
"""The node of people, the number of the field, and the level."""


class Ladders(NamedTuple):
    """Rungs as records of `RUNG`, in their order."""

    rungs: Records


class Program(NamedTuple):
    """All that the kernel knows of a standard.

    Args:
        clauses: records of `CLAUSE`.
        lengths: the numbers of months that they ask for.
    """

    works: Side
    people: Side
    clauses: Records
    asking: Integers
    lengths: Integers
    ladders: Ladders


@frozen
class TermColumn:
    """A column of terms: the codes of the terms that some rule asks about.

    Args:
        ids: the terms that evidence may name there; None where it may name any.
        top: the highest rank; 0 where terms have none.
        held: for a term at a rank.
        denied: for a term that does not hold.
    """

    ids: frozenset[str] | None
    top: int
    held: Mapping[tuple[str, int], int]
    denied: Mapping[str, int]

    def knows(self, term: str | None) -> bool:
        """Whether evidence may name it."""
        return bool(term) and (self.ids is None or term in self.ids)


@frozen
class Codebook:
    """How the values of evidence become numbers for one program.

    Args:
        editions: their numbers, from 1.
        measures: ids in the order of their rows.
        scales: for each scale its terms with their codes, from 1.
        of_work, of_person: the columns of terms by name.
    """

    editions: Mapping[str, int]
    measures: tuple[str, ...]
    scales: Mapping[str, Mapping[str, int]]
    of_work: Mapping[str, TermColumn]
    of_person: Mapping[str, TermColumn]


def program_of(
    rules: Sequence[Rule], known: Known, places: Sequence[tuple[int, int]]
) -> tuple[Program, Codebook]:
    """Make the tables for some rules about people.

    Args:
        places: for each rule the number of its field, from 0, and its level.
    """
    table = AtomTable(rules, known)
    measures = tuple(sorted(known.vocabulary.measures))
    scales = {s: _codes(known, s) for s in sorted(known.vocabulary.scales)}
    singles = [_role(table), _yes_or_no(table, "supervised"), _yes_or_no(table, "succeeded")]
    singles += [_scale(table, s, codes) for s, codes in scales.items()]
    works = _answers(table, _work_columns(known), singles, [_measure(table, m) for m in measures])
    people = _answers(table, _person_columns(known), [_mentoring(table)], [])

    over = [n for rule in rules for n in walk(rule) if isinstance(n, Counted | Years)]
    engagements = Circuit(works.atoms, [part for node in over for part in parts_of(node)])
    clause_of = {node: _clause(node, engagements) for node in over}
    clauses = list(dict.fromkeys(clause_of.values()))
    persons = Circuit([*people.atoms, *clauses], rules, clause_of.__getitem__)
    rungs = [persons.add(rule) for rule in rules]

    def side(answers: _Answers, circuit: Circuit) -> Side:
        sizes = (circuit.size, answers.codes, len(known.editions))
        return Side(answers.inputs, circuit.gates(), *(as_integers([size]) for size in sizes))

    program = Program(
        side(works, engagements),
        side(people, persons),
        *_clauses(clauses, persons, _askers(rules, rungs, clause_of)),
        Ladders(np.array([(n, *place) for n, place in zip(rungs, places, strict=True)], RUNG)),
    )
    numbers = {e: n for n, e in enumerate(known.editions, start=1)}
    return program, Codebook(numbers, measures, scales, works.columns, people.columns)


@frozen
class _Clause:
    """A rule over engagements, once its parts are nodes; as in `CLAUSE`."""

    where: int
    single: int
    at_least: int
    of_which: int
    months: int
    continuous: bool


def _clause(rule: OverEngagements, engagements: Circuit) -> _Clause:
    where = engagements.add(rule.where)
    if isinstance(rule, Years):
        return _Clause(where, 0, 1, 0, rule.months, rule.continuous)
    single = engagements.add(rule.singled_out) if rule.of_which else 0
    return _Clause(where, single, rule.at_least, rule.of_which, 0, False)


def _askers(
    rules: Sequence[Rule], rungs: Sequence[int], clause_of: Mapping[OverEngagements, _Clause]
) -> Mapping[_Clause, list[int]]:
    """For each clause the nodes of the rungs that ask for it."""
    found: dict[_Clause, set[int]] = {clause: set() for clause in clause_of.values()}
    for rule, node in zip(rules, rungs, strict=True):
        for part in walk(rule):
            if isinstance(part, Counted | Years):
                found[clause_of[part]].add(node)
    return {clause: sorted(nodes) for clause, nodes in found.items()}


def _clauses(
    clauses: Sequence[_Clause], persons: Circuit, askers: Mapping[_Clause, list[int]]
) -> tuple[Records, Integers, Integers]:
    """Records of `CLAUSE`, `asking` and `lengths`."""
    lengths = sorted({clause.months for clause in clauses if clause.months})
    found, asking = [], list[int]()
    for clause in clauses:
        begin = len(asking)
        asking += askers[clause]
        length = lengths.index(clause.months) if clause.months else 0
        out = persons.nodes[clause]
        found.append((*astuple(clause), length, out, begin, len(asking)))
    return np.array(found, CLAUSE), as_integers(asking), as_integers(lengths)


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
    """A column of single values, by what its codes answer; code 0 is the unknown.

    Args:
        atoms: what the column is asked.
        sure, possible: for each code, which of the atoms surely and which possibly hold.
        bounds: for a measure, the values at which its codes change.
    """

    atoms: tuple[Atom, ...]
    sure: tuple[frozenset[Atom], ...]
    possible: tuple[frozenset[Atom], ...]
    bounds: tuple[int, ...] = ()


@frozen
class _Answers:
    """What records of one kind answer: their atoms in the order of the inputs, and how.

    Args:
        codes: how many there are.
    """

    atoms: tuple[Atom, ...]
    inputs: Inputs
    codes: int
    columns: Mapping[str, TermColumn]


def _answers(
    table: AtomTable,
    columns: Sequence[_Terms],
    singles: Sequence[_Single],
    measures: Sequence[_Single],
) -> _Answers:
    kinds = dict.fromkeys(kind for column in columns for kind in column.kinds)
    listed = [a for kind in kinds for a in table.bits if a.kind == kind]
    asked = (*singles, *measures)
    atoms = (*listed, *(a for single in asked for a in single.atoms))
    number = {a: n for n, a in enumerate(atoms)}
    codes = _Codes()
    found = {c.name: _column(table, c, number, codes) for c in columns}
    values, bounds = _values(singles, measures, number, codes)
    joins: list[list[tuple[int, ...]]] = [[], []]
    joined = list[int]()
    for n in range(len(atoms)):
        ends = [len(joined)]
        for those in (codes.first[n], codes.other[n]):
            joined += those
            ends.append(len(joined))
        joins[n >= len(listed)].append((n, ends[0], ends[1], ends[1], ends[2]))
    inputs = Inputs(
        np.array(joins[0], JOINED), *_said(table, columns, listed),
        values, bounds, np.array(joins[1], JOINED), as_integers(joined),
    )  # fmt: skip
    return _Answers(atoms, inputs, codes.size, found)


class _Codes:
    """Codes as they are given out, and what they say about each input: as in `JOINED`."""

    def __init__(self) -> None:
        self.size = NOT_ASKED + 1
        self.first: dict[int, list[int]] = defaultdict(list)
        self.other: dict[int, list[int]] = defaultdict(list)

    def new(self, first: Iterable[int], other: Iterable[int]) -> int:
        """One more code.

        Args:
            first, other: the inputs of which it says the first and the other.
        """
        code = self.size
        self.size += 1
        for inputs, said in ((first, self.first), (other, self.other)):
            for n in inputs:
                said[n].append(code)
        return code


def _column(
    table: AtomTable, column: _Terms, number: Mapping[Atom, int], codes: _Codes
) -> TermColumn:
    """Give codes to the terms of a column; terms that say the same have one."""

    def asked(term: str, rank: int) -> tuple[int, ...]:
        held = _held(table, column.ask(table, term, rank))
        return tuple(sorted(number[a] for a in held if a.kind in column.kinds))

    ids = column.ids
    if ids is None:
        ids = frozenset(a.id for a in number if a.kind in column.kinds)
    given: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    held: dict[tuple[str, int], int] = {}
    denied: dict[str, int] = {}
    for term in sorted(ids):
        named = asked(term, column.top)
        if not named:
            continue
        for rank in range(column.top + 1):
            # a rank decides about the greater ones too
            key = asked(term, rank), named if column.top else ()
            if key not in given:
                given[key] = codes.new(*key)
            held[term, rank] = given[key]
        if not column.top:
            key = (), named
            if key not in given:
                given[key] = codes.new(*key)
            denied[term] = given[key]
    return TermColumn(column.ids, column.top, held, denied)


def _said(
    table: AtomTable, columns: Sequence[_Terms], atoms: Sequence[Atom]
) -> tuple[Records, Integers, Integers, Integers]:
    """When a complete list decides which atoms: the tables of `Inputs` from `said` to `says_at`."""
    editions = list(enumerate(table.known.editions, start=1))
    groups: dict[tuple[int, tuple[int, ...]], int] = {}
    says: list[list[int]] = [[] for _ in atoms]
    for c, column in enumerate(columns):
        always = _held(table, column.unsaid(table, ()))
        unsaid = {n: _held(table, column.unsaid(table, (e,))) for n, e in editions}
        for n, atom in enumerate(atoms):
            if atom.kind not in column.kinds:
                continue
            told: tuple[int, ...] = (0,)
            if atom in always:
                told = tuple(e for e, open_ in unsaid.items() if atom not in open_)
            says[n].append(groups.setdefault((c, told), len(groups)))
    said_for, bounds = end_to_end([told for _, told in groups])
    said = [(c, *bounds[n : n + 2]) for (c, _), n in groups.items()]
    return np.array(said, SAID), said_for, *end_to_end(says)


def _values(
    singles: Sequence[_Single],
    measures: Sequence[_Single],
    number: Mapping[Atom, int],
    codes: _Codes,
) -> tuple[Records, NDArray[np.int64]]:
    """Give codes to single values: records of `SINGLE`, and `bounds`."""
    found, bounds = [], list[int]()
    for measured, columns in enumerate((singles, measures)):
        for c, single in enumerate(columns):
            if not single.atoms:
                continue
            begin = len(bounds)
            # a value of its own for each code, or what is recorded at all and what lies between bounds
            bounds += [UNKNOWN + 1, *single.bounds] if measured else range(1, len(single.sure))
            found.append((measured, c, begin, len(bounds), codes.size))
            for sure, possible in zip(single.sure, single.possible, strict=True):
                codes.new(*([number[a] for a in single.atoms if a in x] for x in (sure, possible)))
    return np.array(found, SINGLE), np.array(bounds, np.int64)


def _held(table: AtomTable, bits: int) -> frozenset[Atom]:
    return frozenset(a for a, bit in table.bits.items() if bits & bit)


def _single(
    table: AtomTable,
    atoms: Iterable[Atom],
    codes: Iterable[tuple[int, int]],
    bounds: Sequence[int] = (),
) -> _Single:
    """A column by the bits that each of its codes sets, surely and possibly."""
    asked = tuple(atoms)
    sure, possible = zip(*codes, strict=True)
    return _Single(
        asked,
        tuple(_held(table, bits) for bits in sure),
        tuple(_held(table, bits) for bits in possible),
        tuple(bounds),
    )


def _atoms(table: AtomTable, kind: AtomKind, name: str = "") -> tuple[Atom, ...]:
    return tuple(a for a in table.bits if a.kind == kind and a.id == name)


def _work(table: AtomTable, **recorded: Any) -> tuple[int, int]:
    """The bits of an engagement of which this alone is recorded."""
    return table.of_engagement(Engagement("", **recorded), ())


def _role(table: AtomTable) -> _Single:
    codes = [_work(table), *(_work(table, role=role) for role in Role)]
    return _single(table, _atoms(table, "role"), codes)


def _yes_or_no(table: AtomTable, kind: Literal["supervised", "succeeded"]) -> _Single:
    return _single(
        table, _atoms(table, kind), tuple(_work(table, **{kind: v}) for v in (None, False, True))
    )


def _measure(table: AtomTable, measure: str) -> _Single:
    atoms = _atoms(table, "measure", measure)
    bounds = sorted({b for a in atoms for b in (a.at_least, a.below) if b is not None})
    # each code stands for the values from one bound to the next; the bound itself is one of them
    values = [min(bounds, default=0) - 1, *bounds]
    codes = [_work(table), *(_work(table, size={measure: v}) for v in values)]
    return _single(table, atoms, codes, bounds)


def _scale(table: AtomTable, scale: str, codes: Mapping[str, int]) -> _Single:
    found = [_work(table), *(_work(table, size={scale: term}) for term in codes)]
    return _single(table, _atoms(table, "scale", scale), found)


def _codes(known: Known, scale: str) -> dict[str, int]:
    return {t.id: n for n, t in enumerate(known.vocabulary.scales[scale].terms(), start=1)}


def _mentoring(table: AtomTable) -> _Single:
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
