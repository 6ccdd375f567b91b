"""All that the generator knows of some editions, as arrays: fields, ladders, ways, demands, bounds.

Everything is taken from the rules and the vocabulary; a field, a measure or a threshold that is added
to the standard is found in the generated data without a change here.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
import pyarrow as pa
from attrs import frozen

from tassei.encoding.standards import Standards
from tassei.evidence.known import Kind
from tassei.framework.edition import Edition
from tassei.framework.scales import Depth
from tassei.judging.judge import Judge, Rung, known_of
from tassei.population.demands import Count, Demand, Way, ways_of
from tassei.population.draws import Numbers
from tassei.population.recipes import Choices, Lists, RankedLists, TermLists, padded
from tassei.rules.nodes import Atom, Leaf, walk

NONE = -1
"""Where an array of numbers has nothing."""
HIGHEST_SKILL = 7


@frozen
class Chosen:
    """For each line of a table, the numbers of lists that hit and of lists that miss."""

    hits: Numbers
    misses: Numbers
    misses_count: Numbers
    rest_of_hits: Numbers
    rest_of_misses: Numbers

    @classmethod
    def of(cls, choices: list[Choices]) -> "Chosen":
        misses, count = padded([c.misses for c in choices])
        return cls(
            padded([c.hits for c in choices])[0],
            misses,
            count,
            padded([c.rest_of_hits for c in choices])[0],
            padded([c.rest_of_misses for c in choices])[0],
        )


@frozen
class Span:
    """For each line, a stretch of another table."""

    start: Numbers
    count: Numbers

    @classmethod
    def of(cls, counts: list[int]) -> "Span":
        ends = np.cumsum(np.array(counts, dtype=np.int64))
        count = np.array(counts, dtype=np.int64)
        return cls(ends - count, count)


class Book:
    """The arrays for some editions of the standards.

    Rungs are numbered field by field, from the lowest level of each; ways by rung, demands by way.

    Args:
        editions: ids; all editions where left out.

    Raises:
        RequestError: an edition that does not exist.
    """

    def __init__(self, standards: Standards, editions: Iterable[str] | None = None) -> None:
        judge = Judge(standards, standards.readings_with({}), editions)
        self.known = known_of(standards)
        self.vocabulary = standards.vocabulary
        self.editions = judge.editions
        self.fields = [(e, f.id) for e in self.editions for f in e.specialty_fields()]
        rungs = self._ladders(judge.rungs)
        self.measures = sorted(self.vocabulary.measures)
        self.scales = sorted(self.vocabulary.scales)
        close = self.vocabulary.with_broader
        self.terms = TermLists(close)
        self.kinds = TermLists(lambda terms: frozenset(terms))
        self.areas, self.skills = RankedLists(), RankedLists()
        self.plain_lists: Lists[str] = Lists()
        self._fill_ways(rungs)
        self._fill_fields(rungs)

    def _ladders(self, judged: tuple[Rung, ...]) -> list[tuple[int, Rung]]:
        """The rungs with the number of their field, each field's from the lowest up."""
        number = {(e.id, f): n for n, (e, f) in enumerate(self.fields)}
        rungs = sorted(
            ((number[r.edition.id, r.field_id], r) for r in judged),
            key=lambda x: (x[0], x[1].level),
        )
        self.ladder = Span.of([sum(n == f for n, _ in rungs) for f in range(len(self.fields))])
        self.field_of_rung = np.array([n for n, _ in rungs], dtype=np.int64)
        return rungs

    # --- ways and demands

    def _fill_ways(self, rungs: list[tuple[int, Rung]]) -> None:
        ways: list[tuple[int, int, Way]] = []
        counts = []
        for field, rung in rungs:
            found = ways_of(rung.rule)
            ways += [(field, rung.level, w) for w in found]
            counts.append(len(found))
        self.ways = Span.of(counts)
        self.works = np.array([w.works for _, _, w in ways], dtype=np.int64)
        self.singled_out = np.array([w.singled_out for _, _, w in ways], dtype=np.int64)
        self.months = np.array([w.months for _, _, w in ways], dtype=np.int64)
        self.plain = Span.of([len(w.plain) for _, _, w in ways])
        special = Span.of([len(w.special) for _, _, w in ways])
        demands = [(f, d) for f, _, w in ways for d in w.plain]
        self.special = Span(special.start + len(demands), special.count)
        demands += [(f, d) for f, _, w in ways for d in w.special]
        self._fill_people(ways)
        self._fill_demands(demands)

    def _fill_people(self, ways: list[tuple[int, int, Way]]) -> None:
        known, people = self.known, [(self.fields[f][0], level, w.person) for f, level, w in ways]

        def terms(kind: str, words: Kind, lists: TermLists) -> Chosen:
            return Chosen.of(
                [
                    lists.choices(p.counts.get(kind, ()), words.by_edition[e.id])
                    for e, _, p in people
                ]
            )

        self.succession = terms("kind", known.succession, self.kinds)
        self.knowledge = terms("knowledge", known.knowledge, self.kinds)
        self.areas_of = Chosen.of(
            [
                self.areas.choices(
                    p.counts.get("area", ()),
                    known.areas.by_edition[e.id],
                    usual=min(level // 2, max(Depth)),
                    highest=max(Depth),
                )
                for e, level, p in people
            ]
        )
        self.skills_of = Chosen.of(
            [
                self.skills.choices(
                    p.counts.get("skill", ()),
                    known.skills.by_edition[e.id],
                    usual=min(level, HIGHEST_SKILL),
                    highest=HIGHEST_SKILL,
                )
                for e, level, p in people
            ]
        )
        # an edition that knows no skill items or knowledge items asks nothing about them
        self.has_skills = np.array([bool(known.skills.by_edition[e.id]) for e, _, _ in people])
        self.has_knowledge = np.array(
            [bool(known.knowledge.by_edition[e.id]) for e, _, _ in people]
        )
        self.mentoring = np.array(["mentoring" in p.flags for _, _, p in people])
        self.examinations = sorted(set(known.examinations.values()))
        asked = [_terms(p.counts.get("examination", ())) for _, _, p in people]
        self.examination = np.array(
            [self.examinations.index(min(a)) if a else NONE for a in asked], dtype=np.int64
        )

    def _fill_demands(self, demands: list[tuple[int, Demand]]) -> None:
        known = self.known
        at = [(self._field_for(f, d), d) for f, d in demands]
        self.field_of = np.array([f for f, _ in at], dtype=np.int64)
        self.role = np.array([d.role for _, d in at], dtype=np.int64)
        self.supervised = np.array(["supervised" in d.flags for _, d in at])
        self.succeeded = np.array(["succeeded" in d.flags for _, d in at])

        def chosen(kinds: tuple[str, ...], vocabulary: Callable[[int], frozenset[str]]) -> Chosen:
            return Chosen.of(
                [
                    self.terms.choices(
                        tuple(c for k in kinds for c in d.counts.get(k, ())), vocabulary(f)
                    )
                    for f, d in at
                ]
            )

        def of_edition(kind: Kind) -> Callable[[int], frozenset[str]]:
            return lambda f: kind.by_edition[self.fields[f][0].id]

        self.complexity = chosen(
            ("criterion",), lambda f: known.criteria_of_field[self._qualified(f)]
        )
        # a task characteristic may stand under either; here it stands among the outcomes
        self.achieved = chosen(("outcome", "task"), of_edition(known.outcomes))
        self.activities = chosen(("activity",), of_edition(known.activities))
        pairs = [[d.bounds.get(m, (None, None)) for m in self.measures] for _, d in at]
        self.lower = np.array([[NONE if p[0] is None else p[0] for p in row] for row in pairs])
        self.upper = np.array([[NONE if p[1] is None else p[1] for p in row] for row in pairs])
        self._fill_scales([d for _, d in at])

    def _fill_scales(self, demands: list[Demand]) -> None:
        """For each scale, the numbers of terms that will do and of those that will not."""
        self.scale_terms = {
            s: [t.id for t in self.vocabulary.scales[s].terms()] for s in self.scales
        }
        self.scale_hits, self.scale_misses = {}, {}
        for s in self.scales:
            numbered = list(enumerate(self.scale_terms[s]))
            wanted = [d.scales.get(s) for d in demands]
            self.scale_hits[s] = padded([[n for n, t in numbered if w and t in w] for w in wanted])
            self.scale_misses[s] = padded(
                [[n for n, t in numbered if w and t not in w] for w in wanted]
            )

    def _field_for(self, field: int, demand: Demand) -> int:
        """The field that work is recorded in: the person's own where it will do."""
        if demand.fields is None or self._qualified(field) in demand.fields:
            return field
        ids = [self._qualified(n) for n in range(len(self.fields))]
        return next((n for n, i in enumerate(ids) if i in demand.fields), field)

    def _qualified(self, field: int) -> str:
        edition, field_id = self.fields[field]
        return edition.qualified(field_id)

    # --- fields

    def _fill_fields(self, rungs: list[tuple[int, Rung]]) -> None:
        atoms: list[set[Atom]] = [set() for _ in self.fields]
        for field, rung in rungs:
            for node in walk(rung.rule):
                atoms[field] |= set(node.asks) if isinstance(node, Leaf) else set()
        self.bounds = {
            m: padded([_beside(a for a in asked if a.id == m) for asked in atoms])
            for m in self.measures
        }
        self.asks_scale = {
            s: np.array([any(a.kind == "scale" and a.id == s for a in asked) for asked in atoms])
            for s in self.scales
        }
        self.weight = [2 + self._age(e) for e, _ in self.fields]
        self.fields_lists = padded([self._field_lists(n) for n in range(len(self.fields))])[0]
        self.written_for = padded([self._written_for(n) for n in range(len(self.fields))])[0]

    def _age(self, edition: Edition) -> int:
        """How many editions it follows: more people are recorded under the later ones."""
        by_id = {e.id: e for e in self.editions}
        count = 0
        before = by_id.get(edition.follows or "")
        while before is not None:
            count, before = count + 1, by_id.get(before.follows or "")
        return count

    def _twins(self, field: int) -> list[int]:
        """Fields of other editions that have the same id: the same work under another edition."""
        own = self.fields[field]
        return [n for n, (e, f) in enumerate(self.fields) if f == own[1] and e is not own[0]]

    def _field_lists(self, field: int) -> tuple[int, int]:
        """Work under the field alone, and under its twins too."""
        twins = [self._qualified(n) for n in self._twins(field)]
        own = self._qualified(field)
        return self.plain_lists.number([own]), self.plain_lists.number([own, *twins])

    def _written_for(self, field: int) -> tuple[int, int, int, int]:
        """One edition, that and those of the twins, all of them, none."""
        own = self.fields[field][0].id
        twins = {self.fields[n][0].id for n in self._twins(field)}
        number = self.plain_lists.number
        return number([own]), number({own, *twins}), number(e.id for e in self.editions), number([])

    # --- lists as Arrow arrays

    @cached_property
    def arrow(self) -> dict[str, pa.Array]:
        """The tables of lists, ready to be taken from."""
        strings = pa.list_(pa.string())
        return {
            "terms": pa.array(self.terms.lists.all(), strings),
            "kinds": pa.array(self.kinds.lists.all(), strings),
            "plain": pa.array(self.plain_lists.all(), strings),
            "areas": _pairs(self.areas.lists, "area", "depth", lambda r: Depth(r).id, pa.string()),
            "skills": _pairs(self.skills.lists, "skill", "level", int, pa.int8()),
            "examinations": pa.array(self.examinations, pa.string()),
        } | {f"scale {s}": pa.array(t, pa.string()) for s, t in self.scale_terms.items()}


def _pairs(
    lists: Lists[tuple[str, int]],
    name: str,
    rank: str,
    write: Callable[[int], object],
    kind: pa.DataType,
) -> pa.Array:
    rows = [[{name: t, rank: write(r)} for t, r in row] for row in lists.all()]
    return pa.array(rows, pa.list_(pa.struct([(name, pa.string()), (rank, kind)])))


def _terms(counts: tuple[Count, ...]) -> set[str]:
    return {t for c in counts for t, _ in c.ranks}


def _beside(atoms: Iterable[Atom]) -> list[int]:
    """Values on and beside every bound of a measure, from the least; empty where nobody asks."""
    bounds = {
        b for a in atoms if a.kind == "measure" for b in (a.at_least, a.below) if b is not None
    }
    return sorted({max(b + d, 0) for b in bounds for d in (-1, 0, 1)} | ({0} if bounds else set()))
