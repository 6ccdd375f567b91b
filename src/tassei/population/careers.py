"""People and their careers as numbers: who, in which field, how far, with what fate; then the work.

A person aims at a level of a field. The career climbs to it through work of the levels below, with
overlaps, gaps and excursions to other fields; at its end stands the work that the level asks for. Most
attain what they aim at, some just miss one clause, some records are of the rough sort.
"""

import numpy as np
from attrs import frozen

from tassei.population.book import Book
from tassei.population.draws import Draws, Flags, Keys, Numbers, Shares

PYRAMID = (34, 26, 17, 9, 4, 2)
"""How many aim at the lowest level of their field, the next one, and so on."""
MOST_WORKS = 64
ATTAINS, MISSES, ROUGH = 0, 1, 2
FATES = (62, 26, 12)
CLAUSES = 6
"""Clauses of work that may be missed: role, success, outcomes, complexity, activities, size."""
DILIGENCE = ((0.2, 50), (1.0, 25), (2.6, 25))
"""Some records are kept well, some badly: (times the rate of missing facts, how many of 100)."""
_LENGTHS = (2, 3, 4, 6, 6, 8, 9, 12, 12, 12, 15, 18, 18, 24, 24, 30, 36, 48)
_OVER = (0, 0, 0, 1, 1, 2, 5, 6, 12, 18, 30)
"""Months beyond those that are asked for."""
_NOISE = (-13, -12, -7, -6, -1, 0, 0, 1, 6, 12)


@frozen
class People:
    """One entry a person.

    Args:
        key: the person's number.
        way: of the level aimed at, by number in the book.
        missed: which part of the level is missed where the fate is so: 0 work, 1 areas,
            2 succession, 3 mentoring.
        rate: how likely a fact is missing.
        attaining: how many works are meant for the level aimed at; the rest of `works` lead there.
        total_months: of the attaining works, where the level asks for years; else 0.
    """

    key: Keys
    field: Numbers
    rank: Numbers
    way: Numbers
    fate: Numbers
    missed: Numbers
    rate: Shares
    works: Numbers
    attaining: Numbers
    total_months: Numbers


def people(book: Book, draws: Draws, key: Keys, unknown: float) -> People:
    """Who the people with these numbers are."""
    field = draws.weighted("field", key, book.weight)
    height = book.ladder.count[field]
    rank = _ranks(draws, key, height)
    rung = book.ladder.start[field] + rank
    way = book.ways.start[rung] + _first_of_two(draws, "way", key, book.ways.count[rung])
    fate = draws.weighted("fate", key, FATES)
    missed = _missed(book, draws, key, way)
    short = (fate == MISSES) & (missed == 0)
    months = book.months[way]
    by_years = months > 0
    attaining = np.where(
        by_years,
        1 + draws.below("parts", key, 3),
        book.works[way] + draws.weighted("more", key, (6, 2, 1)),
    )
    attaining = np.where(book.works[way] == 0, 0, attaining)
    beyond = draws.one_of("beyond", key, _OVER)
    beyond = np.where(short & draws.chance("months short", key, 0.5), -1, beyond)
    beyond = np.where(fate == ROUGH, draws.one_of("noise", key, _NOISE), beyond)
    leading = 3 + rank + draws.below("leading", key, 4 + 2 * rank)
    none = draws.chance("no work", key, 0.03)
    return People(
        key=key,
        field=field,
        rank=rank,
        way=way,
        fate=fate,
        missed=missed,
        rate=_rates(draws, key, unknown),
        works=np.where(none, 0, np.fmin(leading + attaining, MOST_WORKS)),
        attaining=np.where(none, 0, attaining),
        total_months=np.where(by_years, months + beyond, 0),
    )


def _ranks(draws: Draws, key: Keys, height: Numbers) -> Numbers:
    """The place on the ladder that is aimed at, 0 for the lowest."""
    rank = np.zeros(len(key), dtype=np.int64)
    for count in np.unique(height):
        weights = (PYRAMID + PYRAMID[-1:] * int(count))[:count]
        rank = np.where(height == count, draws.weighted("rank", key, weights), rank)
    return rank


def _first_of_two(draws: Draws, purpose: str, key: Keys, count: Numbers) -> Numbers:
    """A number below the count; the first ones more often."""
    count = np.fmax(count, 1)
    return np.fmin(draws.below(purpose, key, count), draws.below(f"{purpose}, again", key, count))


def _missed(book: Book, draws: Draws, key: Keys, way: Numbers) -> Numbers:
    """The part that is missed by those who miss one; work where the level has no such part."""
    part = draws.weighted("missed", key, (5, 2, 2, 1))
    has = (
        np.ones(len(key), dtype=bool),
        book.areas_of.misses_count[way] > 0,
        book.succession.misses_count[way] > 0,
        book.mentoring[way],
    )
    return np.where(np.choose(part, has), part, 0)


def _rates(draws: Draws, key: Keys, unknown: float) -> Shares:
    times = np.array([t for t, _ in DILIGENCE])
    kept = draws.weighted("diligence", key, [w for _, w in DILIGENCE])
    return np.fmin(times[kept] * unknown, 1.0)


@frozen
class Works:
    """One entry an engagement, grouped by person, in the order of time.

    Args:
        person: place of the person among the people.
        place: the number of the work within the person, from 0.
        demand: what it is made after, by number in the book.
        misses: the clause that it just fails, NONE where it fails none.
        first, last: numbers of months, both included.
        ongoing: it goes on, and has no last month.
    """

    key: Keys
    person: Numbers
    place: Numbers
    demand: Numbers
    misses: Numbers
    first: Numbers
    last: Numbers
    ongoing: Flags


def works(book: Book, draws: Draws, who: People, as_of: int) -> Works:
    """The work of these people up to a month."""
    person = np.repeat(np.arange(len(who.key)), who.works)
    begin = np.cumsum(who.works) - who.works
    place = np.arange(len(person)) - begin[person]
    key = who.key[person] * np.uint64(MOST_WORKS) + place.astype(np.uint64)
    step = place - (who.works - who.attaining)[person]
    demand, own = _demand_of(book, draws, who, person, place, step, key)
    misses = _misses(draws, who, person, step, key, own)
    first, last, ongoing = _months(book, draws, who, person, place, step, key, as_of)
    return Works(key, person, place, demand, misses, first, last, ongoing)


def _demand_of(
    book: Book,
    draws: Draws,
    who: People,
    person: Numbers,
    place: Numbers,
    step: Numbers,
    key: Keys,
) -> tuple[Numbers, Flags]:
    """What each work is made after, and whether it is meant for the level aimed at."""
    own = step >= 0
    leading = np.fmax((who.works - who.attaining)[person], 1)
    # on the way up the level rises with the work, to just below the one aimed at
    rank = who.rank[person] * np.fmin(place, leading - 1) // leading
    rung = book.ladder.start[who.field[person]] + rank
    other = draws.chance("excursion", key, 0.15)
    rung = np.where(other, draws.below("another rung", key, len(book.field_of_rung)), rung)
    way = book.ways.start[rung] + _first_of_two(draws, "way up", key, book.ways.count[rung])
    way = np.where(own, who.way[person], way)
    special = own & (step < book.singled_out[way])
    start = np.where(special, book.special.start[way], book.plain.start[way])
    count = np.where(special, book.special.count[way], book.plain.count[way])
    # a way that asks for no work: any work of the field will do
    bare = count == 0
    lowest = book.ways.start[book.ladder.start[who.field[person]]]
    start = np.where(bare, book.plain.start[lowest], start)
    count = np.where(bare, book.plain.count[lowest], count)
    return start + _first_of_two(draws, "demand", key, count), own


def _misses(
    draws: Draws, who: People, person: Numbers, step: Numbers, key: Keys, own: Flags
) -> Numbers:
    """The clause that each work just fails; NONE for most."""
    fate = who.fate[person]
    one = (fate == MISSES) & (who.missed[person] == 0) & (step == 0)
    likely = np.where(own, np.where(fate == ROUGH, 0.4, 0.0), 0.15)
    fails = one | draws.chance("fails", key, likely)
    return np.where(fails, draws.below("clause", key, CLAUSES), np.int64(-1))


def _months(
    book: Book,
    draws: Draws,
    who: People,
    person: Numbers,
    place: Numbers,
    step: Numbers,
    key: Keys,
    as_of: int,
) -> tuple[Numbers, Numbers, Flags]:
    """First and last months: the career is laid out backwards from its end."""
    total, parts = who.total_months[person], np.fmax(who.attaining[person], 1)
    by_years = (step >= 0) & (total > 0)
    share = total // parts
    share = np.where(step == parts - 1, total - share * (parts - 1), share)
    length = np.where(by_years, np.fmax(share, 1), draws.one_of("length", key, _LENGTHS))
    gap = np.where(
        draws.chance("gap", key, 0.15), 1 + draws.below("gap length", key, 18), np.int64(0)
    )
    gap = np.where(place == 0, 0, gap)
    upto = np.cumsum(length + gap)
    ends = np.cumsum(who.works) - 1
    tail = np.where(
        draws.chance("still working", who.key, 0.55), 0, draws.below("left", who.key, 60)
    )
    last = as_of - tail[person] - (upto[ends[person]] - upto)
    early = draws.chance("overlap", key, 0.25) & (place > 0) & ~(by_years & (step == 0))
    first = last - length + 1 - np.where(early, 1 + draws.below("overlap length", key, 12), 0)
    newest = place == (who.works - 1)[person]
    runs_on = draws.chance("runs on", key, 0.02) & (step < 0)
    ongoing = (newest & (tail[person] == 0) & draws.chance("ongoing", key, 0.8)) | runs_on
    return first, last, ongoing
