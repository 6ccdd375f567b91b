"""Columns of people and their engagements -> the rungs that each person surely and possibly meets.

One pass over the columns, person by person, with the two worlds of `judging.facts` side by side: world
0 takes every unknown as no, world 1 as yes. All that depends on the standard is in the tables of
`program`; the five meanings that rules have are the five loops here.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tassei.population.compiling import compiled
from tassei.population.program import Program, Tables
from tassei.population.screen import Records, Words

UNKNOWN = np.iinfo(np.int64).min
"""A measure that is not recorded."""
NOT_SAID, COMPLETE, PARTIAL = 0, 1, 2
"""What a list of terms says: nothing; all that hold; some that hold and some that do not."""
ENDLESS = 1_000_000
"""Months that nobody can work: those of an engagement that may have begun at any time."""

Codes = NDArray[np.int8]
Integers = NDArray[np.int32]


class TermLists(NamedTuple):
    """Columns of lists of terms; list i of column c is `code[start[c, i]:start[c, i + 1]]`.

    Args:
        state: (columns, rows) `NOT_SAID`, `COMPLETE` or `PARTIAL`.
        denied_start: in the same form, the terms that do not hold, of partial lists.
        code: of both.
        bits: (codes, words) the bits that a code sets.
        named: (codes, words) those that it decides either way; no rows where these are the same.
    """

    state: Codes
    start: Integers
    denied_start: Integers
    code: NDArray[np.uint32]
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
    rungs = program.ladders.rungs
    fields = int(rungs["field"].max(initial=-1)) + 1
    return Verdicts(
        np.zeros((2, people, -(-len(rungs) // 64)), np.uint64),
        np.zeros((2, people, fields), np.int8),
    )


def judge(people: People, works: Works, program: Program, now: int, verdicts: Verdicts) -> None:
    """Judge everybody as of a month.

    Args:
        now: the month, counted as `Month.number` counts.
        verdicts: written to; must come zeroed.
    """
    room = _room(program, int(np.diff(works.start).max(initial=0)))
    _judge(_read_only(people), _read_only(works), _read_only(program), now, room, verdicts)


class Desk(NamedTuple):
    """What is known of the record that is read.

    Args:
        open_: (columns, words) what complete lists leave open.
        bits: (2, words) what the record answers.
        codes: (columns) those of its single values.
        rows: (2, look-ups) the rows that it looks up.
        left: (2, width) the alternatives that are left.
    """

    open_: Words
    bits: Words
    codes: NDArray[np.int64]
    rows: Words
    left: Words


TALLY = np.dtype(
    [(name, np.int64) for name in ("found", "singled", "months", "since", "until", "settled")]
)
"""What has been counted for a clause; `since` and `until` are the run of months that is followed, and
`settled` is 1 where the clause holds already."""


class Room(NamedTuple):
    """What the kernel keeps about one person; the first axis of each is the world.

    Args:
        needed: (2, width) alternatives about engagements that still matter.
        tally: (2, clauses) records of `TALLY`.
        seen: (outcomes) the last engagement that had the outcome.
        order: (engagements) the rows of the person by their start.
    """

    person: Desk
    work: Desk
    needed: Words
    tally: Records
    seen: NDArray[np.int64]
    order: NDArray[np.int64]


def _room(program: Program, engagements: int) -> Room:
    clauses = program.clauses
    return Room(
        _desk(program.people),
        _desk(program.engagements),
        np.zeros((2, program.engagements.lookups.rows.shape[1]), np.uint64),
        np.zeros((2, len(clauses.clauses)), TALLY),
        np.zeros(len(clauses.outcomes), np.int64),
        np.zeros(max(1, engagements), np.int64),
    )


def _desk(tables: Tables) -> Desk:
    columns, _, words = tables.answers.shape
    found = tables.lookups
    return Desk(
        np.zeros((columns - 1, words), np.uint64),
        np.zeros((2, words), np.uint64),
        np.zeros(len(found.columns), np.int64),
        np.zeros((2, len(found.joints) + len(found.groups)), np.uint64),
        np.zeros((2, found.rows.shape[1]), np.uint64),
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
    return type(columns)(*found)


@compiled
def _judge(people, works, program, now, room, verdicts):
    person_tables, work_tables = program.people, program.engagements
    clauses, asked, asks = program.clauses, program.clauses.asked, program.clauses.asks
    person, work = room.person, room.work
    needed, tally, seen, order = room.needed, room.tally, room.seen, room.order
    stamp = 0
    for p in range(people.listed.shape[0]):
        if p == 0 or not _same(people.edition_start, people.edition, p):
            _open(people.edition_start, people.edition, p, person_tables.answers, person.open_)
            _open(people.edition_start, people.edition, p, work_tables.answers, work.open_)
        # what the person shows apart from engagements
        _read(people.terms, p, person_tables.answers, person)
        _singles(people.codes, people.measures, p, person_tables.lookups, person)
        undecided = False
        for world in range(2):
            for w in range(person.left.shape[1]):
                person.left[world, w] = person_tables.lookups.rows[0, w]
            if _sift(person, world, person_tables.lookups):
                undecided = True
            # only what can still make a difference is asked of the engagements
            _need(person.left, world, clauses.needed, needed)
        if not undecided:
            continue

        for world in range(2):
            for n in range(tally.shape[1]):
                tally[world, n].found = 0
                tally[world, n].singled = 0
                tally[world, n].months = 0
                tally[world, n].until = -1
                tally[world, n].settled = world == 1 and not people.listed[p]
        begin, end = works.start[p], works.start[p + 1]
        _by_start(works.first, begin, end, order)
        for o in range(end - begin):
            e = order[o]
            _read(works.terms, e, work_tables.answers, work)
            _singles(works.codes, works.measures, e, work_tables.lookups, work)
            first, last = works.first[e], works.last[e]
            begun = first >= 0
            first = first // 100 * 12 + first % 100 - 1
            last = now if last < 0 else min(last // 100 * 12 + last % 100 - 1, now)
            for world in range(2):
                for w in range(needed.shape[1]):
                    work.left[world, w] = needed[world, w]
                if not _sift(work, world, work_tables.lookups):
                    continue
                stamp += 1
                _count(work.left, world, clauses, seen, stamp, tally, needed, begun, first, last)

        for world in range(2):
            for w in range(person.left.shape[1]):
                rest = person.left[world, w]
                while rest:
                    a = 64 * w + _lowest(rest)
                    rest &= rest - np.uint64(1)
                    holds = True
                    for k in range(asks[a], asks[a + 1]):
                        if not tally[world, asked[k]].settled:
                            holds = False
                            break
                    if holds:
                        _climb(program.ladders, a, verdicts, world, p)


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
def _open(start, edition, p, answers, open_):
    """What lists leave open that are complete for the editions of a person."""
    for c in range(open_.shape[0]):
        for w in range(open_.shape[1]):
            said = answers[c, 1, w]
            for k in range(start[p], start[p + 1]):
                said |= answers[c, 1 + edition[k], w]
            open_[c, w] = answers[c, 0, w] & ~said


@compiled
def _read(terms, i, answers, desk):
    """Put down what the lists of a row say surely and possibly."""
    ranked = terms.named.shape[0] > 0
    columns = answers.shape[0] - 1
    for w in range(answers.shape[2]):
        sure = possible = denied = np.uint64(0)
        for c in range(columns):
            state = terms.state[c, i]
            if state == NOT_SAID:
                possible |= answers[c, 0, w]
                continue
            held = named = np.uint64(0)
            for k in range(terms.start[c, i], terms.start[c, i + 1]):
                held |= terms.bits[terms.code[k], w]
                if ranked:
                    named |= terms.named[terms.code[k], w]
            sure |= held
            if state == COMPLETE:
                possible |= held | desk.open_[c, w] & ~named
                continue
            ruled_out = np.uint64(0)
            for k in range(terms.denied_start[c, i], terms.denied_start[c, i + 1]):
                ruled_out |= terms.bits[terms.code[k], w]
            possible |= answers[c, 0, w] & ~ruled_out
            denied |= ruled_out
        # what either of two columns may say is denied where one of them denies it
        either = answers[columns, 0, w]
        desk.bits[0, w] = sure
        desk.bits[1, w] = possible & ~(denied & either) | sure & either


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
def _singles(codes, measures, i, lookups, desk):
    """The rows that the single values of a record look up, in both worlds."""
    columns, joints, parts = lookups.columns, lookups.joints, lookups.parts
    for c in range(codes.shape[0]):
        desk.codes[c] = codes[c, i]
    for m in range(measures.shape[0]):
        value, column = measures[m, i], columns[codes.shape[0] + m]
        code = np.int64(0)
        if value != UNKNOWN:
            code = np.int64(1)
            for b in range(column.first, column.last):
                code += value >= lookups.bounds[b]
        desk.codes[codes.shape[0] + m] = code
    for n in range(joints.shape[0]):
        joint = joints[n]
        move = np.int64(0)
        for k in range(joint.first, joint.last):
            move += desk.codes[parts[k].column] * parts[k].stride
        desk.rows[0, n] = np.uint64(joint.sure + move)
        desk.rows[1, n] = np.uint64(joint.possible + move)


@compiled
def _sift(desk, world, lookups):
    """Clear what the values of a record rule out in one world; returns whether anything is left.

    It goes two words at a time, as long as anything is left in them. What is cheap and rules out most
    comes first: single values and bits looked up together, among them the fields; then what has to be
    counted.
    """
    bits, rows, left = desk.bits, desk.rows, desk.left
    table, groups, counts, masks = lookups.rows, lookups.groups, lookups.counts, lookups.masks
    at = rows.shape[1] - groups.shape[0]
    for g in range(groups.shape[0]):
        group = groups[g]
        rows[world, at + g] = group.row + (bits[world, group.word] >> group.shift & group.ones)
    some = False
    for n in range(lookups.blocks.shape[0]):
        block, w = lookups.blocks[n], 2 * n
        a, b = left[world, w], left[world, w + 1]
        for k in range(block.first_row, block.last_row):
            if not a | b:
                break
            row = rows[world, lookups.which[k]]
            a &= table[row, w]
            b &= table[row, w + 1]
        for t in range(block.first_count, block.last_count):
            if not a | b:
                break
            count = counts[t]
            row = count.row + _ones(bits[world, count.first] & masks[t, count.first])
            for v in range(count.first + np.uint64(1), count.last):
                row += _ones(bits[world, v] & masks[t, v])
            a &= table[row, w]
            b &= table[row, w + 1]
        left[world, w], left[world, w + 1] = a, b
        if a | b:
            some = True
    return some


@compiled
def _ones(x):
    """How many bits are set, in the form that compilers know as one instruction."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def _lowest(x):
    """The number of the lowest bit that is set."""
    return np.int64(_ones((x & -x) - np.uint64(1)))


@compiled
def _need(left, world, table, needed):
    """The alternatives about engagements that the alternatives left about a person ask for."""
    for w in range(needed.shape[1]):
        needed[world, w] = 0
    for v in range(left.shape[1]):
        rest = left[world, v]
        while rest:
            a = 64 * v + _lowest(rest)
            rest &= rest - np.uint64(1)
            for w in range(needed.shape[1]):
                needed[world, w] |= table[a, w]


@compiled
def _count(left, world, clauses, seen, stamp, tally, needed, begun, first, last):
    """Count an engagement for every clause that it satisfies."""
    outcomes, span = clauses.outcomes, clauses.span
    for w in range(left.shape[1]):
        rest = left[world, w]
        while rest:
            number = clauses.outcome_of[64 * w + _lowest(rest)]
            rest &= ~span[number, w]
            if seen[number] == stamp:
                continue
            seen[number] = stamp
            outcome = outcomes[number]
            done = True
            for c in range(outcome.first, outcome.last):
                clause = clauses.clauses[clauses.counting[c]]
                so_far = tally[world, clauses.counting[c]]
                if so_far.settled:
                    continue
                so_far.found += 1
                if clause.single >= 0:
                    for v in range(left.shape[1]):
                        if left[world, v] & span[clause.single, v]:
                            so_far.singled += 1
                            break
                if clause.months > 0:
                    if begun:
                        _cover(so_far, clause.continuous, first, last)
                    elif world == 1:
                        so_far.months = ENDLESS
                if (
                    so_far.found >= clause.at_least
                    and so_far.singled >= clause.of_which
                    and so_far.months >= clause.months
                ):
                    so_far.settled = 1
                else:
                    done = False
            # nothing more is asked about an outcome once all who count it are settled
            if done and not outcome.kept:
                for v in range(needed.shape[1]):
                    needed[world, v] &= ~span[number, v]


@compiled
def _cover(so_far, continuous, first, last):
    """Add a run of months to those covered; runs come in the order of their starts."""
    if not continuous:
        if last > so_far.until:
            so_far.months += last - max(first - 1, so_far.until)
            so_far.until = last
        return
    if so_far.until < 0 or first > so_far.until + 1:
        so_far.since = first
        so_far.until = last
    else:
        so_far.until = max(so_far.until, last)
    so_far.months = max(so_far.months, so_far.until - so_far.since + 1)


@compiled
def _climb(ladders, a, verdicts, world, p):
    """Write the rungs that an alternative satisfies, and the levels they stand for."""
    for k in range(ladders.start[a], ladders.start[a + 1]):
        r = ladders.rung[k]
        rung = ladders.rungs[r]
        verdicts.rungs[world, p, r >> 6] |= np.uint64(1) << np.uint64(r & 63)
        if verdicts.levels[world, p, rung.field] < rung.level:
            verdicts.levels[world, p, rung.field] = rung.level
