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
from tassei.population.screen import Words

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
        denied_start, denied: in the same form, the terms that do not hold, of partial lists.
        bits, named: (codes, words) the bits that a code sets, and those that it decides either way.
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
        codes: (columns, rows) role, supervised, succeeded and the scales; 0 where not recorded.
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
        terms: areas, succession, examinations, skills, knowledge.
    """

    edition_start: Integers
    edition: Integers
    listed: Codes
    codes: Codes
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
    rungs, _ = program.ladders.mask.shape
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
    _judge(_read_only(people), _read_only(works), _read_only(program), now, verdicts)


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


@njit(cache=True, nogil=True)
def _judge(people, works, program, now, verdicts):
    engaged, clauses, tables = program.engagements, program.clauses, program.people
    width, wide = engaged.everything.shape[0], tables.everything.shape[0]
    words, person_words = engaged.mask.shape[1], tables.mask.shape[1]
    count = clauses.at_least.shape[0]
    outcomes = clauses.start.shape[0] - 1

    said = np.zeros((4, words), np.uint64)
    person_said = np.zeros((5, person_words), np.uint64)
    bits = np.zeros((2, words), np.uint64)
    person_bits = np.zeros((2, person_words), np.uint64)
    spare = np.zeros((2, max(words, person_words)), np.uint64)
    left = np.zeros((2, wide), np.uint64)
    needed = np.zeros((2, width), np.uint64)
    alive = np.zeros(width, np.uint64)
    holds = np.zeros(outcomes, np.uint8)
    found = np.zeros((2, count), np.int32)
    singled = np.zeros((2, count), np.int32)
    months = np.zeros((2, count), np.int32)
    since = np.zeros((2, count), np.int32)
    until = np.zeros((2, count), np.int32)
    order = np.zeros(16, np.int64)

    for p in range(people.listed.shape[0]):
        # what the person shows apart from engagements
        _said(people.edition_start, people.edition, p, tables.told, person_said)
        _clear(person_bits)
        _read(people.terms, p, tables.mask, person_said, person_bits, spare)
        undecided = False
        for world in range(2):
            for w in range(wide):
                left[world, w] = tables.everything[w]
            for c in range(people.codes.shape[0]):
                row = tables.first_row[c] + people.codes[c, p]
                for w in range(wide):
                    left[world, w] &= tables.rows[world, row, w]
            _test(left[world], np.int64(0), np.int64(wide), tables.tests, person_bits[world])
            # only what can still make a difference is asked of the engagements
            for w in range(width):
                needed[world, w] = 0
            for a in range(clauses.needed.shape[0]):
                if left[world, a >> 6] >> np.uint64(a & 63) & np.uint64(1):
                    undecided = True
                    for w in range(width):
                        needed[world, w] |= clauses.needed[a, w]
        if not undecided:
            continue

        for world in range(2):
            for n in range(count):
                found[world, n] = 0
                singled[world, n] = 0
                months[world, n] = 0
                until[world, n] = -1
        _said(people.edition_start, people.edition, p, engaged.told, said)
        begin, end = works.start[p], works.start[p + 1]
        if order.shape[0] < end - begin:
            order = np.zeros(2 * (end - begin), np.int64)
        _by_start(works.first, begin, end, order)
        for o in range(end - begin):
            e = order[o]
            _clear(bits)
            _read(works.terms, e, engaged.mask, said, bits, spare)
            # what either of two columns may say is denied where one of them denies it
            for w in range(words):
                bits[1, w] &= ~(spare[1, w] & engaged.either[w])
                bits[1, w] |= bits[0, w] & engaged.either[w]
            first, last = works.first[e], works.last[e]
            begun = first >= 0
            first = first // 100 * 12 + first % 100 - 1
            last = now if last < 0 else min(last // 100 * 12 + last % 100 - 1, now)
            for world in range(2):
                for w in range(width):
                    alive[w] = needed[world, w]
                low, high = _narrowed(alive, np.int64(0), np.int64(width))
                low, high = _single(
                    alive, low, high, works.codes, works.measures, e, engaged, world
                )
                low, high = _test(alive, low, high, engaged.tests, bits[world])
                if low >= high:
                    continue
                _outcomes(alive, low, high, clauses.outputs, holds)
                for o2 in range(outcomes):
                    if not holds[o2]:
                        continue
                    for k in range(clauses.start[o2], clauses.start[o2 + 1]):
                        n = clauses.number[k]
                        found[world, n] += 1
                        if clauses.singled_out[n] >= 0 and holds[clauses.singled_out[n]]:
                            singled[world, n] += 1
                        if clauses.months[n] == 0:
                            continue
                        if not begun:
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
                for o2 in range(outcomes):
                    holds[o2] = 0

        for world in range(2):
            for n in range(count):
                if world == 1 and not people.listed[p]:
                    continue
                if (
                    found[world, n] < clauses.at_least[n]
                    or singled[world, n] < clauses.of_which[n]
                    or months[world, n] < clauses.months[n]
                ):
                    for w in range(wide):
                        left[world, w] &= ~clauses.lost[n, w]
            _climb(
                left[world], program.ladders, verdicts.rungs[world, p], verdicts.levels[world, p]
            )


@njit(cache=True, nogil=True)
def _clear(worlds):
    for world in range(worlds.shape[0]):
        for w in range(worlds.shape[1]):
            worlds[world, w] = 0


@njit(cache=True, nogil=True)
def _said(start, edition, p, told, said):
    """The bits that the lists of a person answer: by columns and words."""
    for c in range(said.shape[0]):
        for w in range(said.shape[1]):
            said[c, w] = told[c, 0, w]
            for k in range(start[p], start[p + 1]):
                said[c, w] |= told[c, edition[k], w]


@njit(cache=True, nogil=True)
def _read(terms, i, mask, said, bits, spare):
    """Add what the lists of a row say surely and possibly; what they deny goes to `spare[1]`."""
    words = mask.shape[1]
    for w in range(words):
        spare[1, w] = 0
    for c in range(mask.shape[0]):
        state = terms.state[c, i]
        for w in range(words):
            spare[0, w] = 0
        if state == NOT_SAID:
            for w in range(words):
                bits[1, w] |= mask[c, w]
            continue
        for k in range(terms.start[c, i], terms.start[c, i + 1]):
            code = terms.code[k]
            for w in range(words):
                bits[0, w] |= terms.bits[code, w]
                spare[0, w] |= terms.named[code, w]
        if state == COMPLETE:
            for w in range(words):
                open_ = ~said[c, w] & ~spare[0, w]
                bits[1, w] |= mask[c, w] & (bits[0, w] | open_)
            continue
        for w in range(words):
            spare[0, w] = 0
        for k in range(terms.denied_start[c, i], terms.denied_start[c, i + 1]):
            code = terms.denied[k]
            for w in range(words):
                spare[0, w] |= terms.named[code, w]
        for w in range(words):
            bits[1, w] |= mask[c, w] & ~spare[0, w]
            spare[1, w] |= mask[c, w] & spare[0, w]


@njit(cache=True, nogil=True)
def _by_start(first, begin, end, order):
    """Put the rows of a person in the order of their starts; they nearly always are."""
    for i in range(end - begin):
        row = begin + i
        k = i
        while k > 0 and first[order[k - 1]] > first[row]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = row


@njit(cache=True, nogil=True)
def _narrowed(alive, low, high):
    """The words between which something is left."""
    while low < high and alive[low] == 0:
        low += 1
    while low < high and alive[high - 1] == 0:
        high -= 1
    return low, high


@njit(cache=True, nogil=True)
def _single(alive, low, high, codes, measures, e, tables, world):
    """Clear what the single values of an engagement rule out."""
    measured = measures.shape[0]
    for c in range(codes.shape[0] + measured):
        if low >= high:
            break
        if c < 3:
            code = np.int64(codes[c, e])
        elif c < 3 + measured:
            value = measures[c - 3, e]
            code = np.int64(0)
            if value != UNKNOWN:
                code = np.int64(1)
                for b in range(tables.first_bound[c], tables.first_bound[c + 1]):
                    code += value >= tables.bounds[b]
        else:
            code = np.int64(codes[c - measured, e])
        row = tables.first_row[c] + code
        for w in range(low, high):
            alive[w] &= tables.rows[world, row, w]
        low, high = _narrowed(alive, low, high)
    return low, high


@njit(cache=True, nogil=True)
def _test(alive, low, high, tests, bits):
    """Clear what too small a number of terms rules out."""
    for t in range(tests.row.shape[0]):
        if low >= high:
            break
        if tests.first[t] >= high or tests.last[t] <= low:
            continue
        total = tests.row[t]
        for w in range(bits.shape[0]):
            total += _ones(bits[w] & tests.mask[t, w])
        for w in range(low, high):
            alive[w] &= tests.rows[total, w]
        low, high = _narrowed(alive, low, high)
    return low, high


@njit(cache=True, nogil=True)
def _ones(x):
    """How many bits are set, in the form that compilers know as one instruction."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int32((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def _outcomes(alive, low, high, outputs, holds):
    """Which outcomes still have an alternative."""
    for w in range(low, high):
        if alive[w]:
            for k in range(outputs.start[w], outputs.start[w + 1]):
                if alive[w] & outputs.mask[k]:
                    holds[outputs.outcome[k]] = 1


@njit(cache=True, nogil=True)
def _climb(left, ladders, rungs, levels):
    """Write the rungs that still have an alternative, and the highest level of each field."""
    for r in range(ladders.level.shape[0]):
        for w in range(left.shape[0]):
            if left[w] & ladders.mask[r, w]:
                rungs[r >> 6] |= np.uint64(1) << np.uint64(r & 63)
                levels[ladders.field[r]] = max(levels[ladders.field[r]], ladders.level[r])
                break
