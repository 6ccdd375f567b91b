"""A made population of any size, record batch by record batch.

Nothing is drawn from a sequence: a person depends on the seed and on the person's number alone, so
the same people come out whatever the size of the batches, the machine, or how many others there are.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import evolve

from tassei.encoding.standards import Standards
from tassei.evidence.months import Month
from tassei.framework.scales import Role
from tassei.population import names
from tassei.population.book import NONE, Book, Chosen
from tassei.population.careers import MISSES, ROUGH, People, Works, people, works
from tassei.population.draws import Draws, Flags, Keys, Numbers, Shares
from tassei.population.lists import lengths, relisted
from tassei.population.recipes import VARIANTS
from tassei.population.schema import engagements_schema, people_schema
from tassei.population.units import UNITS, units_of

ROWS = 16_384
"""People in a batch."""
AS_OF = Month.of(2026, 9)
"""The month that careers are told up to, unless another is asked for: fixed, so that the same seed
gives the same population in any year."""
_DIGITS = 9
_PARTIAL = 0.12
_ROLES = [r.id for r in sorted(Role)]
_ROLE, _SUCCESS, _OUTCOMES, _COMPLEXITY, _ACTIVITIES, _SIZE = range(6)


def generate(
    count: int,
    seed: int,
    standards: Standards,
    unknown: float = 0.05,
    editions: Iterable[str] | None = None,
    *,
    as_of: Month = AS_OF,
    rows: int = ROWS,
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """Make people with their engagements, about eight each.

    Args:
        count: how many people, below 10**9.
        unknown: how likely a fact is missing, 0 to 1, on average over people.
        editions: ids of editions whose fields the people work in; all where left out.
        as_of: the month that careers are told up to.
        rows: people in a batch.

    Shape:
        Pairs of batches of `people_schema` and `engagements_schema`, the second with the work of
        the people in the first; sorted as a population is.

    Raises:
        RequestError: an edition that does not exist.
    """
    maker = Maker(Book(standards, editions), Draws(seed), unknown, as_of)
    for start in range(0, count, rows):
        yield maker.batch(start, min(start + rows, count))


class Maker:
    """Makes the people of any range of numbers."""

    def __init__(self, book: Book, draws: Draws, unknown: float, as_of: Month) -> None:
        self._book = book
        self._draws = draws
        self._unknown = unknown
        self._as_of = as_of.number
        self._engagements = engagements_schema(book.vocabulary)

    def batch(self, start: int, stop: int) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """The people from one number to before another, and their work."""
        key = np.arange(start, stop, dtype=np.uint64)
        who = people(self._book, self._draws, key, self._unknown)
        unlisted = self._hidden("engagements", key, who.rate / 4)
        # of those whose work is not listed nothing is told
        listed = evolve(who, works=np.where(unlisted, 0, who.works))
        work = works(self._book, self._draws, listed, self._as_of)
        ids = _ids(key)
        return self._people(who, ids, unlisted), self._work(who, work, ids)

    def _hidden(self, purpose: str, key: Keys, rate: Shares) -> Flags:
        """Which facts are missing from the record."""
        return self._draws.chance(f"hidden {purpose}", key, rate)

    # --- people

    def _people(self, who: People, ids: pa.Array, unlisted: Flags) -> pa.RecordBatch:
        book, draws, key = self._book, self._draws, who.key
        unit = units_of(draws, key)
        written = draws.weighted("written for", key, (70, 16, 10, 4))
        columns: dict[str, pa.Array] = {
            "person": ids,
            "name": _names(draws, key),
            "unit": pa.array(UNITS).take(_indices(unit, unit == NONE)),
            "written_for": book.arrow["plain"].take(_indices(book.written_for[who.field, written])),
            "engagements_listed": pa.array(~unlisted),
            "areas": self._areas(who),
            "succession": self._succession(who),
            "mentoring": self._mentoring(who),
            "examinations": self._examinations(who),
            "skills": self._beside(who, "skills", book.skills_of, book.has_skills),
            "knowledge": self._beside(who, "knowledge", book.knowledge, book.has_knowledge),
        }
        schema = people_schema()
        return pa.RecordBatch.from_arrays([columns[f.name] for f in schema], schema=schema)

    def _missing_part(self, who: People, purpose: str, part: int) -> Flags:
        """Who fails this part of what the level asks of the person."""
        rough = (who.fate == ROUGH) & self._draws.chance(f"rough {purpose}", who.key, 0.4)
        fails: Flags = (who.fate == MISSES) & (who.missed == part) | rough
        return fails

    def _choose(self, purpose: str, key: Keys, of: Chosen, line: Numbers, fails: Flags) -> Numbers:
        """A list that satisfies, or one that just fails where that is meant and possible."""
        nth = self._draws.below(purpose, key, VARIANTS)
        count = of.misses_count[line]
        missed = of.misses[line, nth % np.fmax(count, 1)]
        return np.where(fails & (count > 0), missed, of.hits[line, nth])

    def _areas(self, who: People) -> pa.Array:
        fails = self._missing_part(who, "areas", 1)
        chosen = self._choose("areas", who.key, self._book.areas_of, who.way, fails)
        return self._book.arrow["areas"].take(
            _indices(chosen, self._hidden("areas", who.key, who.rate))
        )

    def _beside(self, who: People, purpose: str, of: Chosen, has: Flags) -> pa.Array:
        """Skills and knowledge, recorded by about half of those whose edition knows any."""
        chosen = self._choose(purpose, who.key, of, who.way, np.zeros(len(who.key), dtype=bool))
        missing = ~has[who.way] | ~self._draws.chance(f"{purpose} kept", who.key, 0.5)
        table = "kinds" if purpose == "knowledge" else purpose
        return self._book.arrow[table].take(_indices(chosen, missing))

    def _succession(self, who: People) -> pa.Array:
        fails = self._missing_part(who, "succession", 2)
        chosen = self._choose("succession", who.key, self._book.succession, who.way, fails)
        lists = self._book.arrow["kinds"].take(
            _indices(chosen, self._hidden("succession", who.key, who.rate))
        )
        kinds, item = lists.flatten(), _items(lists, who.key)
        title = self._draws.below("title of work", item, len(names.WORKS))
        untitled = self._draws.chance("untitled", item, 0.3)
        works_ = pa.StructArray.from_arrays(
            [
                kinds,
                pa.array(names.WORKS).take(_indices(title, untitled)),
                self._past("month of work", item, 120),
            ],
            ["kind", "title", "on"],
        )
        return relisted(lists, works_)

    def _mentoring(self, who: People) -> pa.Array:
        asked = self._book.mentoring[who.way]
        fails = self._missing_part(who, "mentoring", 3)
        beside = self._draws.chance("mentoring", who.key, np.fmin(0.1 + who.rank * 0.2, 0.9))
        return pa.array(
            np.where(asked, ~fails, beside), mask=self._hidden("mentoring", who.key, who.rate)
        )

    def _examinations(self, who: People) -> pa.Array:
        """The one that a way asks for, and now and then another."""
        book, key = self._book, who.key
        asked = book.examination[who.way]
        lucky = self._draws.chance("examination", key, 0.15) & bool(book.examinations)
        other = self._draws.below("which examination", key, max(len(book.examinations), 1))
        passed = np.where(asked != NONE, asked, np.where(lucky, other, NONE))
        passed = np.where((asked != NONE) & (who.fate == MISSES), NONE, passed)
        has = passed != NONE
        offsets = np.concatenate([[0], np.cumsum(has)]).astype(np.int32)
        item = key[has]
        values = pa.StructArray.from_arrays(
            [
                book.arrow["examinations"].take(pa.array(passed[has])),
                self._past("month of examination", item, 200),
            ],
            ["name", "passed"],
        )
        hidden = self._hidden("examinations", key, who.rate) & ~has
        return pa.ListArray.from_arrays(offsets, values, mask=pa.array(hidden))

    def _past(self, purpose: str, key: Keys, span: int) -> pa.Array:
        """A month before the end, now and then not recorded."""
        month = self._as_of - self._draws.below(purpose, key, span)
        return pa.array(
            _written(month), pa.int32(), mask=self._draws.chance(f"no {purpose}", key, 0.1)
        )

    # --- work

    def _work(self, who: People, work: Works, ids: pa.Array) -> pa.RecordBatch:
        book, draws, key = self._book, self._draws, work.key
        rate = who.rate[work.person]
        twins = draws.chance("twins", who.key, 0.3).astype(np.int64)
        fields = book.fields_lists[book.field_of[work.demand], twins[work.person]]
        columns: dict[str, Any] = {
            "person": ids.take(pa.array(work.person)),
            "id": _WORK_IDS.take(pa.array(work.place)),
            "title": _titles(draws, key),
            "fields": book.arrow["plain"].take(
                _indices(fields, self._hidden("fields", key, rate / 4))
            ),
            "from_month": pa.array(
                _written(work.first), pa.int32(), mask=self._hidden("from", key, rate / 2)
            ),
            "to_month": pa.array(_written(work.last), pa.int32(), mask=work.ongoing),
            **self._part(work, rate),
        }
        for name, of, clause in (
            ("complexity", book.complexity, _COMPLEXITY),
            ("achieved", book.achieved, _OUTCOMES),
            ("activities", book.activities, _ACTIVITIES),
        ):
            columns |= self._holding(name, of, work, clause, rate)
        columns["size"] = self._size(who, work, rate)
        schema = self._engagements
        return pa.RecordBatch.from_arrays([columns[f.name] for f in schema], schema=schema)

    def _part(self, work: Works, rate: Shares) -> dict[str, pa.Array]:
        """Role, supervision and success."""
        book, draws, key = self._book, self._draws, work.key
        role = book.role[work.demand] + draws.chance("greater role", key, 0.2)
        role = np.where(work.misses == _ROLE, book.role[work.demand] - 1, role)
        role = np.clip(role, 0, len(_ROLES) - 1)
        lowly = draws.chance("supervised", key, np.where(role < Role.LEADER, 0.6, 0.03))
        asked = book.succeeded[work.demand]
        fine = draws.chance("succeeded", key, 0.94) | asked
        return {
            "role": pa.array(_ROLES).take(_indices(role, self._hidden("role", key, rate))),
            "supervised": pa.array(
                lowly | book.supervised[work.demand], mask=self._hidden("supervised", key, rate)
            ),
            "succeeded": pa.array(
                fine & (work.misses != _SUCCESS), mask=self._hidden("succeeded", key, rate)
            ),
        }

    def _holding(
        self, name: str, of: Chosen, work: Works, clause: int, rate: Shares
    ) -> dict[str, pa.Array]:
        """Terms that hold, complete or partial, or nothing recorded."""
        draws, key, line = self._draws, work.key, work.demand
        nth = draws.below(name, key, VARIANTS)
        count = of.misses_count[line]
        fails = (work.misses == clause) & (count > 0)
        at = nth % np.fmax(count, 1)
        held = np.where(fails, of.misses[line, at], of.hits[line, nth])
        rest = np.where(fails, of.rest_of_misses[line, at], of.rest_of_hits[line, nth])
        hidden = self._hidden(name, key, rate)
        complete = hidden | ~draws.chance(f"partial {name}", key, _PARTIAL)
        lists = self._book.arrow["terms"]
        return {
            name: lists.take(_indices(held, hidden)),
            f"{name}_not": lists.take(_indices(rest, complete)),
        }

    def _size(self, who: People, work: Works, rate: Shares) -> pa.Array:
        """Every measure and scale that the field asks about, on or beside the bounds."""
        book = self._book
        field = book.field_of[work.demand]
        # how far up the ladder the work is: what is not asked for grows with it
        height = who.rank[work.person] + 1
        columns = [
            self._measure(m, n, work, field, height, rate) for n, m in enumerate(book.measures)
        ] + [self._scale(s, work, field, rate) for s in book.scales]
        nothing = np.ones(len(work.key), dtype=bool)
        for column in columns:
            nothing &= np.asarray(column.is_null())
        kind = self._engagements.field("size").type
        return pa.StructArray.from_arrays(columns, fields=list(kind), mask=pa.array(nothing))

    def _measure(
        self, measure: str, n: int, work: Works, field: Numbers, height: Numbers, rate: Shares
    ) -> pa.Array:
        book, draws, key = self._book, self._draws, work.key
        lower, upper = book.lower[work.demand, n], book.upper[work.demand, n]
        asked = (lower != NONE) | (upper != NONE)
        bounds, count = book.bounds[measure]
        count = count[field]
        # beside what is asked: any value near a bound, the greater ones for those who got further
        reach = np.fmax(np.fmin(count * height // 8 + 1, count), 1)
        value = bounds[field, draws.below(f"{measure} beside", key, reach)]
        inside = self._inside(measure, key, lower, upper)
        beneath = (lower > 0) & ((upper == NONE) | draws.chance(f"{measure} under", key, 0.5))
        outside = np.where(beneath, lower - 1, np.fmax(upper, 0))
        fails = work.misses == _SIZE
        value = np.where(asked, np.where(fails, outside, inside), np.where(fails, 0, value))
        hidden = self._hidden(measure, key, rate) | (count == 0)
        # of measures that the work is not made after, half are never written down
        hidden |= ~asked & draws.chance(f"{measure} not kept", key, np.fmin(rate * 4, 0.5))
        return pa.array(value, mask=hidden)

    def _inside(self, measure: str, key: Keys, lower: Numbers, upper: Numbers) -> Numbers:
        """On the lower bound, just above it, just below the upper one, or somewhere between."""
        draws = self._draws
        low = np.fmax(lower, 0)
        # without an upper bound most work stays within three times the lower
        high = np.where(upper == NONE, low * 3 + 1, upper) - 1
        between = low + (high - low) // 64 * draws.below(f"{measure} between", key, 64)
        choice = draws.weighted(f"{measure} where", key, (3, 2, 2, 9))
        return np.choose(choice, (low, np.fmin(low + 1, high), high, between))

    def _scale(self, scale: str, work: Works, field: Numbers, rate: Shares) -> pa.Array:
        book, draws, key, line = self._book, self._draws, work.key, work.demand
        hits, hit_count = book.scale_hits[scale]
        misses, miss_count = book.scale_misses[scale]
        asked = hit_count[line] > 0
        hit = hits[line, draws.below(scale, key, np.fmax(hit_count[line], 1))]
        miss = misses[line, draws.below(scale, key, np.fmax(miss_count[line], 1))]
        beside = draws.below(f"{scale} beside", key, len(book.scale_terms[scale]))
        fails = (work.misses == _SIZE) & (miss_count[line] > 0)
        term = np.where(asked, np.where(fails, miss, hit), beside)
        hidden = self._hidden(scale, key, rate) | ~book.asks_scale[scale][field]
        hidden |= ~asked & draws.chance(f"{scale} not kept", key, 0.5)
        return book.arrow[f"scale {scale}"].take(_indices(term, hidden))


_WORK_IDS = pa.array([f"w{n:02d}" for n in range(1, 65)])


def _indices(numbers: Numbers, missing: Flags | None = None) -> pa.Array:
    """Places to take from a table; what is missing is taken as null."""
    return pa.array(numbers.astype(np.int32), mask=missing)


def _written(month: Numbers) -> Numbers:
    """Numbers of months as the tables have them: 201904."""
    return month // 12 * 100 + month % 12 + 1


def _ids(key: Keys) -> pa.Array:
    """`P000000001` and so on: as many digits for each, so that bytes sort as numbers do."""
    width = _DIGITS + 1
    letters = np.full((len(key), width), ord("P"), dtype=np.uint8)
    rest = key.astype(np.int64) + 1
    for place in range(width - 1, 0, -1):
        letters[:, place] = rest % 10 + ord("0")
        rest //= 10
    offsets = np.arange(0, (len(key) + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(key), pa.py_buffer(offsets), pa.py_buffer(letters))


def _names(draws: Draws, key: Keys) -> pa.Array:
    full = pa.array([f"{s} {g}" for s in names.SURNAMES for g in names.GIVEN_NAMES])
    family = _common_first(draws, "surname", key, len(names.SURNAMES))
    given = draws.below("given name", key, len(names.GIVEN_NAMES))
    return full.take(_indices(family * len(names.GIVEN_NAMES) + given))


def _common_first(draws: Draws, purpose: str, key: Keys, count: int) -> Numbers:
    """A number below the count; the first ones are more common."""
    one, two = (draws.below(f"{purpose} {n}", key, count) for n in (1, 2))
    return np.fmin(one, two)


def _titles(draws: Draws, key: Keys) -> pa.Array:
    full = pa.array([f"{o}{d}" for o in names.OBJECTS for d in names.DEEDS])
    return full.take(
        _indices(draws.below("title", key, len(full)), draws.chance("no title", key, 0.05))
    )


def _items(lists: pa.ListArray, key: Keys) -> Keys:
    """A key for each item of each list: 64 items of one person have different ones."""
    length = lengths(lists)
    owner = np.repeat(key, length)
    begin = np.cumsum(length) - length
    place = np.arange(len(owner)) - np.repeat(begin, length)
    return owner * np.uint64(64) + place.astype(np.uint64)
