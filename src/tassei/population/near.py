"""The loops of `nearness` over the bits of records, compiled."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tassei.population.compiling import compiled

Bits = NDArray[np.uint64]
Integers = NDArray[np.int64]
Hits = tuple[Integers, Integers, Integers, Integers, Integers]


class Records(NamedTuple):
    """People and their engagements, as what surely holds.

    Args:
        person, work: (rows, words) bits of the atoms.
        person_open, work_open: those that may hold besides, as the record does not say.
        start: (people + 1) where the engagements of each person begin.
        first, last: months by number; -1 for an unknown start.
    """

    person: Bits
    work: Bits
    person_open: Bits
    work_open: Bits
    start: Integers
    first: Integers
    last: Integers
    now: int


class Rules(NamedTuple):
    """Rules as arrays; `x_start` says where the items of each begin.

    Args:
        mask, at_least: of each test.
        touched, touch_start: for each test the facts that answer it.
        way, way_start: for each alternative about an engagement its tests.
        span: (outcomes, 2) the alternatives of each outcome.
        clause: (clauses, 6) outcome, singled out outcome or -1, how many, of which, months,
            whether they must be one run.
        own, own_start, over, over_start: for each alternative about a person its tests, and its
            clauses.
        rung_start: where the alternatives about a person begin for each rung.
        uses, use_start, asks, ask_start: for each rung the outcomes and the clauses it depends on.
        cleared, added: bits that each fact clears and sets.
        group: what each fact is about.
        of_person: whether that is the person.
    """

    mask: Bits
    at_least: Integers
    touched: Integers
    touch_start: Integers
    way: Integers
    way_start: Integers
    span: Integers
    clause: Integers
    own: Integers
    own_start: Integers
    over: Integers
    over_start: Integers
    rung_start: Integers
    uses: Integers
    use_start: Integers
    asks: Integers
    ask_start: Integers
    cleared: Bits
    added: Bits
    group: Integers
    of_person: NDArray[np.bool_]


class Room(NamedTuple):
    """What is kept while one person is looked at.

    Args:
        has: (engagements, outcomes) which outcomes each has; `other` is that row with a fact changed.
        settled, changed: (clauses) which hold, and which would.
        order, first, last: (engagements) their order by start, and their months.
        highest, target: (fields) the highest level that is met, and the rung above it.
        bits: (words) a record with a fact changed.
        told, tried: for what facts are about, and for facts, the last search that met them.
    """

    has: NDArray[np.bool_]
    other: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    changed: NDArray[np.bool_]
    order: Integers
    first: Integers
    last: Integers
    highest: Integers
    target: Integers
    bits: Bits
    told: Integers
    tried: Integers


def _room(records: Records, rules: Rules, field: Integers) -> Room:
    works = max(1, int(np.diff(records.start).max(initial=0)))
    outcomes, clauses, fields = len(rules.span), len(rules.clause), int(field.max(initial=0)) + 1
    return Room(
        np.zeros((works, outcomes), np.bool_),
        np.zeros(outcomes, np.bool_),
        np.zeros(clauses, np.bool_),
        np.zeros(clauses, np.bool_),
        np.zeros(works, np.int64),
        np.zeros(works, np.int64),
        np.zeros(works, np.int64),
        np.zeros(fields, np.int64),
        np.zeros(fields, np.int64),
        np.zeros(records.person.shape[1], np.uint64),
        np.zeros(int(rules.group.max(initial=0)) + 1, np.int64),
        np.zeros(len(rules.cleared), np.int64),
    )


def find(records: Records, rules: Rules, field: Integers, level: Integers) -> Hits:
    """The near misses: row of the person, rung, fact, row of the engagement or -1, 1 where unknown."""
    space = max(1024, 64 * len(records.person))
    while True:
        hits = np.zeros((5, space), np.int64)
        count = int(_find(records, rules, field, level, _room(records, rules, field), hits))
        if count <= space:
            person, rung, fact, work, unknown = hits[:, :count]
            return person, rung, fact, work, unknown
        space = count


@compiled
def _ones(x):
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def _passes(bits, rules, test):
    count = 0
    for w in range(bits.shape[0]):
        count += _ones(bits[w] & rules.mask[test, w])
    return count >= rules.at_least[test]


@compiled
def _meets(some, others):
    for w in range(some.shape[0]):
        if some[w] & others[w]:
            return 1
    return 0


@compiled
def _has(bits, rules, outcome):
    """Whether an engagement has an outcome."""
    for way in range(rules.span[outcome, 0], rules.span[outcome, 1]):
        holds = True
        for k in range(rules.way_start[way], rules.way_start[way + 1]):
            if not _passes(bits, rules, rules.way[k]):
                holds = False
                break
        if holds:
            return True
    return False


@compiled
def _clause(rules, n, has, other, changed, order, first, last, works):
    """Whether a clause holds; engagement `changed` has the outcomes `other` instead of its own."""
    outcome, single = rules.clause[n, 0], rules.clause[n, 1]
    months, continuous = rules.clause[n, 4], rules.clause[n, 5]
    found = singled = covered = best = 0
    until = since = np.int64(-1)
    for i in range(works):
        e = order[i]
        mine = other if e == changed else has[e]
        if not mine[outcome]:
            continue
        found += 1
        if single >= 0 and mine[single]:
            singled += 1
        if months == 0 or first[e] < 0:
            continue
        if continuous:
            if until < 0 or first[e] > until + 1:
                since, until = first[e], last[e]
            else:
                until = max(until, last[e])
            best = max(best, until - since + 1)  # type: ignore[assignment]  # numba finds the type
        elif last[e] > until:
            covered += last[e] - max(first[e] - 1, until)
            until = last[e]
    reached = best if continuous else covered
    return found >= rules.clause[n, 2] and singled >= rules.clause[n, 3] and reached >= months


@compiled
def _find(records, rules, field, level, room, hits):
    words, clauses, rungs = records.person.shape[1], rules.clause.shape[0], level.shape[0]
    has, other, settled, changed = room.has, room.other, room.settled, room.changed
    order, first, last = room.order, room.first, room.last
    highest, target, bits = room.highest, room.target, room.bits
    told, tried = room.told, room.tried
    fields = highest.shape[0]
    stamp = 0
    count = 0
    for p in range(records.person.shape[0]):
        begin = records.start[p]
        works = records.start[p + 1] - begin
        person = records.person[p]
        for i in range(works):
            first[i] = records.first[begin + i]
            last[i] = min(records.last[begin + i], records.now)
            for o in range(has.shape[1]):
                has[i, o] = _has(records.work[begin + i], rules, o)
            k = i
            while k > 0 and first[order[k - 1]] > first[i]:
                order[k] = order[k - 1]
                k -= 1
            order[k] = i
        for n in range(clauses):
            settled[n] = _clause(rules, n, has, other, -1, order, first, last, works)
        # the lowest level above the highest that is met
        for f in range(fields):
            highest[f], target[f] = 0, -1
        for r in range(rungs):
            if _rung(rules, r, person, settled):
                highest[field[r]] = max(highest[field[r]], level[r])
        for r in range(rungs):
            f = field[r]
            if level[r] > highest[f] and (target[f] < 0 or level[r] < level[target[f]]):
                target[f] = r
        for t in range(fields):
            r = target[t]
            if r < 0:
                continue
            # facts about the person
            stamp += 1
            for a in range(rules.rung_start[r], rules.rung_start[r + 1]):
                if not _over(rules, a, settled):
                    continue
                test = _failing(
                    rules.own, rules.own_start[a], rules.own_start[a + 1], person, rules
                )
                if test < 0:
                    continue
                for k in range(rules.touch_start[test], rules.touch_start[test + 1]):
                    f = rules.touched[k]
                    if not rules.of_person[f] or told[rules.group[f]] == stamp:
                        continue
                    for w in range(words):
                        bits[w] = person[w] & ~rules.cleared[f, w] | rules.added[f, w]
                    if _rung(rules, r, bits, settled):
                        told[rules.group[f]] = stamp
                        if count < hits.shape[1]:
                            hits[0, count], hits[1, count] = p, r
                            hits[2, count], hits[3, count] = f, -1
                            hits[4, count] = _meets(records.person_open[p], rules.added[f])
                        count += 1
            # facts about one engagement
            for i in range(works):
                stamp += 1
                work = records.work[begin + i]
                for a in range(rules.rung_start[r], rules.rung_start[r + 1]):
                    if (
                        _failing(
                            rules.own, rules.own_start[a], rules.own_start[a + 1], person, rules
                        )
                        >= 0
                    ):
                        continue
                    for c in range(rules.over_start[a], rules.over_start[a + 1]):
                        n = rules.over[c]
                        if settled[n]:
                            continue
                        for which in range(2):
                            outcome = rules.clause[n, which]
                            if outcome < 0 or has[i, outcome]:
                                continue
                            for way in range(rules.span[outcome, 0], rules.span[outcome, 1]):
                                test = _failing(
                                    rules.way,
                                    rules.way_start[way],
                                    rules.way_start[way + 1],
                                    work,
                                    rules,
                                )
                                for k in range(
                                    rules.touch_start[test], rules.touch_start[test + 1]
                                ):
                                    f = rules.touched[k]
                                    if (
                                        rules.of_person[f]
                                        or tried[f] == stamp
                                        or told[rules.group[f]] == stamp
                                    ):
                                        continue
                                    for w in range(words):
                                        bits[w] = work[w] & ~rules.cleared[f, w] | rules.added[f, w]
                                    if not _way(rules, way, bits):
                                        continue
                                    tried[f] = stamp
                                    for u in range(rules.use_start[r], rules.use_start[r + 1]):
                                        other[rules.uses[u]] = _has(bits, rules, rules.uses[u])
                                    for u in range(rules.ask_start[r], rules.ask_start[r + 1]):
                                        m = rules.asks[u]
                                        changed[m] = _clause(
                                            rules, m, has, other, i, order, first, last, works
                                        )
                                    if _rung(rules, r, person, changed):
                                        told[rules.group[f]] = stamp
                                        if count < hits.shape[1]:
                                            hits[0, count], hits[1, count] = p, r
                                            hits[2, count], hits[3, count] = f, begin + i
                                            hits[4, count] = _meets(
                                                records.work_open[begin + i], rules.added[f]
                                            )
                                        count += 1
    return count


@compiled
def _failing(tests, begin, end, bits, rules):
    """The first of some tests that fails; -1 where all pass."""
    for k in range(begin, end):
        if not _passes(bits, rules, tests[k]):
            return tests[k]
    return -1


@compiled
def _way(rules, way, bits):
    return _failing(rules.way, rules.way_start[way], rules.way_start[way + 1], bits, rules) < 0


@compiled
def _over(rules, a, settled):
    """Whether the clauses of an alternative about a person hold."""
    for c in range(rules.over_start[a], rules.over_start[a + 1]):
        if not settled[rules.over[c]]:
            return False
    return True


@compiled
def _rung(rules, r, bits, settled):
    """Whether a rung is met."""
    for a in range(rules.rung_start[r], rules.rung_start[r + 1]):
        if (
            _over(rules, a, settled)
            and _failing(rules.own, rules.own_start[a], rules.own_start[a + 1], bits, rules) < 0
        ):
            return True
    return False
