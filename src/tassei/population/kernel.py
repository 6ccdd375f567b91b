"""Columns of people and their engagements -> the rungs that each person surely and possibly meets.

One pass over the columns, person by person, with the two worlds of `judging.facts` side by side: world
0 takes every unknown as no, world 1 as yes. All that depends on the standard is in the tables of
`program`; the five meanings that rules have are the five loops here.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tassei.population.program import Program
from tassei.population.screen import Lookups, Words

UNKNOWN = np.iinfo(np.int64).min
"""A measure that is not recorded."""
NOT_SAID, COMPLETE, PARTIAL = 0, 1, 2
"""What a list of terms says: nothing; all that hold; some that hold and some that do not."""
ENDLESS = 1_000_000
"""Months that nobody can work: those of an engagement that may have begun at any time."""

# no reference is counted inside: that would cost more than all the rest, and nothing is allocated there
compiled = njit(cache=True, nogil=True, _nrt=False)

Codes = NDArray[np.int8]
Integers = NDArray[np.int32]


class TermLists(NamedTuple):
    """Columns of lists of terms; list i of column c is `code[start[c, i]:start[c, i + 1]]`.

    Args:
        state: (columns, rows) `NOT_SAID`, `COMPLETE` or `PARTIAL`.
        denied_start, denied: in the same form, the terms that do not hold, of partial lists.
        bits: (codes, words) the bits that a code sets.
        named: (codes, words) those that it decides either way; no rows where these are the same.
    """

    state: Codes
    start: Integers
    code: Integers
    denied_start: Integers
    denied: Integers
    bits: Words
    named: Words


class Works(NamedTuple):
    """Engagements, those of one person together.

    Args:
        start: (people + 1) the engagements of person p are rows `start[p]` to `start[p + 1]`.
        first, last: (rows) months as 201904; -1 for an unknown start, and for work that goes on.
        codes: (columns, rows) role, supervised, succeeded, then the scales; 0 where not recorded.
        measures: (measures, rows) whole units, or `UNKNOWN`.
        terms: fields, complexity, achieved, activities.
    """

    start: NDArray[np.int64]
    first: Integers
    last: Integers
    codes: Codes
    measures: NDArray[np.int64]
    terms: TermLists


class People(NamedTuple):
    """What is not about one engagement.

    Args:
        edition_start, edition: the editions that a record is written for, by number from 1.
        listed: (people) 0 where the record does not say whether there are engagements.
        codes: (columns, people) mentoring; 0 where not recorded.
        measures: (0, people) there are none.
        terms: areas, succession, examinations, skills, knowledge.
    """

    edition_start: Integers
    edition: Integers
    listed: Codes
    codes: Codes
    measures: NDArray[np.int64]
    terms: TermLists


class Verdicts(NamedTuple):
    """What the kernel writes, a row a person and world 0 before world 1.

    Args:
        rungs: (2, people, words) bits of the rungs that are met.
        levels: (2, people, fields) the highest level that is met; 0 for none.
    """

    rungs: Words
    levels: Codes


def empty_verdicts(people: int, program: Program) -> Verdicts:
    """Room for the verdicts of so many people."""
    rungs = len(program.ladders.level)
    fields = int(program.ladders.field.max(initial=-1)) + 1
    return Verdicts(
        np.zeros((2, people, -(-rungs // 64)), np.uint64),
        np.zeros((2, people, fields), np.int8),
    )


def judge(people: People, works: Works, program: Program, now: int, verdicts: Verdicts) -> None:
    """Judge everybody as of a month.

    Args:
        now: the month, counted as `Month.number` counts.
        verdicts: written to; must come zeroed.
    """
    most = int(np.diff(works.start).max(initial=0))
    room = _room(program, most)
    _judge(_read_only(people), _read_only(works), _read_only(program), now, room, verdicts)


class Room(NamedTuple):
    """What the kernel keeps about one person while it reads; the first axis is the world.

    Args:
        open_, person_open: (columns, words) what a complete list leaves open.
        denied: (words) what some list denies.
        bits, person_bits: (2, words) what an engagement and the person answer.
        rows, person_rows: (2, look-ups) the rows that they look up.
        left: (2, width) alternatives about the person.
        needed: (2, width) alternatives about engagements that still matter.
        alive: (width) those that an engagement satisfies.
        found, singled, months: (2, clauses) what has been counted.
        since, until: (2, clauses) the run of months that is being followed.
        settled: (2, clauses) 1 where no more has to be counted.
        seen: (outcomes) the last engagement that had the outcome.
        order: (engagements) the rows of a person by their start.
    """

    open_: Words
    person_open: Words
    denied: Words
    bits: Words
    person_bits: Words
    rows: Words
    person_rows: Words
    left: Words
    needed: Words
    alive: Words
    found: Integers
    singled: Integers
    months: Integers
    since: Integers
    until: Integers
    settled: NDArray[np.uint8]
    seen: NDArray[np.int64]
    order: NDArray[np.int64]


def _room(program: Program, engagements: int) -> Room:
    engaged, people, clauses = program.engagements, program.people, len(program.clauses.at_least)
    words, person_words = engaged.mask.shape[1], people.mask.shape[1]
    width = len(engaged.everything)

    def looked_up(lookups: Lookups) -> int:
        return lookups.joint_row.shape[1] + len(lookups.group_row) + len(lookups.count_row)

    def integers() -> Integers:
        return np.zeros((2, clauses), np.int32)

    return Room(
        np.zeros(engaged.mask.shape, np.uint64),
        np.zeros(people.mask.shape, np.uint64),
        np.zeros(max(words, person_words), np.uint64),
        np.zeros((2, words), np.uint64),
        np.zeros((2, person_words), np.uint64),
        np.zeros((2, looked_up(engaged.lookups)), np.uint64),
        np.zeros((2, looked_up(people.lookups)), np.uint64),
        np.zeros((2, len(people.everything)), np.uint64),
        np.zeros((2, width), np.uint64),
        np.zeros(width, np.uint64),
        integers(),
        integers(),
        integers(),
        integers(),
        integers(),
        np.zeros((2, clauses), np.uint8),
        np.zeros(len(program.clauses.counts) - 1, np.int64),
        np.zeros(max(1, engagements), np.int64),
    )


T = TypeVar("T", bound=tuple[Any, ...])


def _read_only(columns: T) -> T:
    """The same arrays, none to be written to: numba compiles anew for every mixture of the two."""
    found: list[Any] = []
    for column in columns:
        if isinstance(column, tuple):
            found.append(_read_only(column))
            continue
        column = np.ascontiguousarray(column).view()
        column.flags.writeable = False
        found.append(column)
    kind = type(columns)
    return kind(*found) if hasattr(kind, "_fields") else kind(found)


@compiled
def _judge(people, works, program, now, room, verdicts):
    engaged, clauses, tables = program.engagements, program.clauses, program.people
    width, wide = engaged.everything.shape[0], tables.everything.shape[0]
    words = engaged.mask.shape[1]
    count = clauses.at_least.shape[0]

    open_, person_open, denied = room.open_, room.person_open, room.denied
    bits, person_bits = room.bits, room.person_bits
    rows, person_rows = room.rows, room.person_rows
    left, needed, alive = room.left, room.needed, room.alive
    found, singled, months = room.found, room.singled, room.months
    since, until, settled = room.since, room.until, room.settled
    order, seen = room.order, room.seen
    stamp = 0

    for p in range(people.listed.shape[0]):
        if p == 0 or not _same(people.edition_start, people.edition, p):
            _unsaid(people.edition_start, people.edition, p, tables.mask, tables.told, person_open)
            _unsaid(people.edition_start, people.edition, p, engaged.mask, engaged.told, open_)
        # what the person shows apart from engagements
        _read(people.terms, p, tables.mask, person_open, person_bits, denied)
        _singles(people.codes, people.measures, p, tables.lookups, person_rows)
        undecided = False
        for world in range(2):
            for w in range(wide):
                left[world, w] = tables.everything[w]
            if _sift(left[world], person_bits[world], tables.lookups, person_rows[world]):
                undecided = True
            # only what can still make a difference is asked of the engagements
            _needed(left[world], clauses.needed, needed[world])
        if not undecided:
            continue

        for world in range(2):
            for n in range(count):
                found[world, n] = 0
                singled[world, n] = 0
                months[world, n] = 0
                until[world, n] = -1
                settled[world, n] = 0
        begin, end = works.start[p], works.start[p + 1]
        _by_start(works.first, begin, end, order)
        for o in range(end - begin):
            e = order[o]
            _read(works.terms, e, engaged.mask, open_, bits, denied)
            # what either of two columns may say is denied where one of them denies it
            for w in range(words):
                bits[1, w] &= ~(denied[w] & engaged.either[w])
                bits[1, w] |= bits[0, w] & engaged.either[w]
            _singles(works.codes, works.measures, e, engaged.lookups, rows)
            first, last = works.first[e], works.last[e]
            begun = first >= 0
            first = first // 100 * 12 + first % 100 - 1
            last = now if last < 0 else min(last // 100 * 12 + last % 100 - 1, now)
            for world in range(2):
                for w in range(width):
                    alive[w] = needed[world, w]
                if not _sift(alive, bits[world], engaged.lookups, rows[world]):
                    continue
                stamp += 1
                for w in range(width):
                    if not alive[w]:
                        continue
                    for entry in range(clauses.outputs.start[w], clauses.outputs.start[w + 1]):
                        outcome = clauses.outputs.outcome[entry]
                        if not alive[w] & clauses.outputs.mask[entry] or seen[outcome] == stamp:
                            continue
                        seen[outcome] = stamp
                        done = True
                        for k in range(clauses.counts[outcome], clauses.counts[outcome + 1]):
                            n = clauses.counting[k]
                            if settled[world, n]:
                                continue
                            found[world, n] += 1
                            single = clauses.singled_out[n]
                            if single >= 0 and _overlap(alive, clauses.span[single]):
                                singled[world, n] += 1
                            if clauses.months[n] == 0:
                                pass
                            elif not begun:
                                if world == 1:
                                    months[world, n] = ENDLESS
                            elif clauses.continuous[n]:
                                if until[world, n] < 0 or first > until[world, n] + 1:
                                    since[world, n] = first
                                    until[world, n] = last
                                else:
                                    until[world, n] = max(until[world, n], last)
                                run = until[world, n] - since[world, n] + 1
                                months[world, n] = max(months[world, n], run)
                            elif last > until[world, n]:
                                months[world, n] += last - max(first - 1, until[world, n])
                                until[world, n] = last
                            if (
                                found[world, n] >= clauses.at_least[n]
                                and singled[world, n] >= clauses.of_which[n]
                                and months[world, n] >= clauses.months[n]
                            ):
                                settled[world, n] = 1
                            else:
                                done = False
                        # nothing more is asked about an outcome once all who count it are settled
                        if done and not clauses.kept[outcome]:
                            for v in range(width):
                                needed[world, v] &= ~clauses.span[outcome, v]

        for world in range(2):
            if world == 1 and not people.listed[p]:
                for n in range(count):
                    settled[world, n] = 1
            _climb(
                left[world],
                settled[world],
                clauses.asked,
                clauses.asks,
                program.ladders,
                verdicts.rungs[world, p],
                verdicts.levels[world, p],
            )


@compiled
def _same(start, edition, p):
    """Whether a person's record is written for the same editions as that of the person before."""
    before, begin, end = start[p - 1], start[p], start[p + 1]
    if end - begin != begin - before:
        return False
    for k in range(end - begin):
        if edition[begin + k] != edition[before + k]:
            return False
    return True


@compiled
def _unsaid(start, edition, p, mask, told, open_):
    """What lists leave open that are complete for the editions of a person."""
    for c in range(mask.shape[0]):
        for w in range(mask.shape[1]):
            said = told[c, 0, w]
            for k in range(start[p], start[p + 1]):
                said |= told[c, edition[k], w]
            open_[c, w] = mask[c, w] & ~said


@compiled
def _needed(left, table, needed):
    """The alternatives about engagements that the alternatives left about a person ask for."""
    for w in range(needed.shape[0]):
        needed[w] = 0
    for v in range(left.shape[0]):
        rest = left[v]
        while rest:
            a = 64 * v + np.int64(_ones((rest & -rest) - np.uint64(1)))
            rest &= rest - np.uint64(1)
            for w in range(needed.shape[0]):
                needed[w] |= table[a, w]


@compiled
def _read(terms, i, mask, open_, bits, denied):
    """Add what the lists of a row say surely and possibly; what they deny goes to `denied`."""
    ranked = terms.named.shape[0] > 0
    for w in range(mask.shape[1]):
        sure = possible = no = np.uint64(0)
        for c in range(mask.shape[0]):
            state = terms.state[c, i]
            if state == NOT_SAID:
                possible |= mask[c, w]
                continue
            held = named = np.uint64(0)
            for k in range(terms.start[c, i], terms.start[c, i + 1]):
                held |= terms.bits[terms.code[k], w]
                if ranked:
                    named |= terms.named[terms.code[k], w]
            sure |= held
            if state == COMPLETE:
                possible |= held | open_[c, w] & ~named
                continue
            ruled_out = np.uint64(0)
            for k in range(terms.denied_start[c, i], terms.denied_start[c, i + 1]):
                ruled_out |= terms.bits[terms.denied[k], w]
            possible |= mask[c, w] & ~ruled_out
            no |= ruled_out
        bits[0, w], bits[1, w], denied[w] = sure, possible, no


@compiled
def _by_start(first, begin, end, order):
    """Put the rows of a person in the order of their starts; they nearly always are."""
    for i in range(end - begin):
        row = begin + i
        k = i
        while k > 0 and first[order[k - 1]] > first[row]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = row


@compiled
def _singles(codes, measures, i, lookups, rows):
    """The rows that the single values of a record look up, in both worlds."""
    at = 0
    move = np.int64(0)
    for c in range(codes.shape[0] + measures.shape[0]):
        code = np.int64(0)
        if c < codes.shape[0]:
            code = np.int64(codes[c, i])
        else:
            value = measures[c - codes.shape[0], i]
            if value != UNKNOWN:
                code = np.int64(1)
                for b in range(lookups.first_bound[c], lookups.first_bound[c + 1]):
                    code += value >= lookups.bounds[b]
        move += code * lookups.stride[c]
        if lookups.ends[c]:
            rows[0, at] = np.uint64(lookups.joint_row[0, at] + move)
            rows[1, at] = np.uint64(lookups.joint_row[1, at] + move)
            at += 1
            move = np.int64(0)


@compiled
def _sift(left, bits, lookups, rows):
    """Clear what the values of a record rule out in one world; returns whether anything is left.

    What is cheap and rules out most comes first: bits looked up together, among them the fields; then
    single values, whose rows are in `rows` already; then what has to be counted.
    """
    groups, joint = lookups.group_row.shape[0], lookups.joint_row.shape[1]
    for g in range(groups):
        index = bits[lookups.word[g]] >> lookups.shift[g] & lookups.ones[g]
        rows[joint + g] = np.uint64(lookups.group_row[g]) + index
    if not _combine(left, lookups.rows, rows, joint, joint + groups):
        return False
    if not _combine(left, lookups.rows, rows, 0, joint):
        return False
    begin = joint + groups
    end = begin
    for t in range(lookups.count_row.shape[0]):
        total = np.uint64(lookups.count_row[t])
        for w in range(lookups.first[t], lookups.last[t]):
            total += _ones(bits[w] & lookups.mask[t, w])
        rows[end] = total
        end += 1
    return _combine(left, lookups.rows, rows, begin, end)


@compiled
def _ones(x):
    """How many bits are set, in the form that compilers know as one instruction."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def _combine(left, table, rows, begin, end):
    """And some rows to `left`, four words at a time; returns whether anything is left."""
    some = False
    for at in range(0, left.shape[0], 4):
        a, b, c, d = left[at], left[at + 1], left[at + 2], left[at + 3]
        for k in range(begin, end):
            if not (a | b | c | d):
                break
            row = rows[k]
            a &= table[row, at]
            b &= table[row, at + 1]
            c &= table[row, at + 2]
            d &= table[row, at + 3]
        left[at], left[at + 1], left[at + 2], left[at + 3] = a, b, c, d
        if a | b | c | d:
            some = True
    return some


@compiled
def _overlap(some, others):
    for w in range(some.shape[0]):
        if some[w] & others[w]:
            return True
    return False


@compiled
def _climb(left, settled, asked, asks, ladders, rungs, levels):
    """Write the rungs of the alternatives that hold, and the highest level of each field."""
    for w in range(left.shape[0]):
        rest = left[w]
        while rest:
            a = 64 * w + np.int64(_ones((rest & -rest) - np.uint64(1)))
            rest &= rest - np.uint64(1)
            holds = True
            for k in range(asks[a], asks[a + 1]):
                if not settled[asked[k]]:
                    holds = False
                    break
            if holds:
                for k in range(ladders.start[a], ladders.start[a + 1]):
                    r = ladders.rung[k]
                    rungs[r >> 6] |= np.uint64(1) << np.uint64(r & 63)
                    levels[ladders.field[r]] = max(levels[ladders.field[r]], ladders.level[r])
