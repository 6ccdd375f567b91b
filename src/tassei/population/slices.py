"""Columns of records -> the slices that the gates of `circuit` ask: bit i of a slice is about record i.

Whatever is recorded first sets a bit in the slice of its code; inputs then join codes. For each input
there is a slice of what surely holds and one of what possibly holds: what a list leaves out is known
not to hold where the list is complete and speaks of such things. The loops have no branch that depends
on a record, since processors guess those wrong.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tassei.population.circuit import Integers, Records, Words
from tassei.population.compiling import part
from tassei.population.records import COMPLETE
from tassei.population.spans import WORD

NOT_ASKED = 0
"""The code of all that no rule asks about."""

SAID = np.dtype([(name, np.int64) for name in ("column", "first", "last")])
"""Where a complete list of a column speaks of some inputs: for records of the editions of a part of
`said_for`, in which 0 stands for all records."""
SINGLE = np.dtype([(name, np.int64) for name in ("measure", "column", "first", "last", "code")])
"""A column of single values: 1 for a measure; the part of `bounds` that parts its values into codes; the
first code, that of the unknown, which is below all bounds."""
JOINED = np.dtype(
    [(name, np.int64) for name in ("input", "first", "last", "other_first", "other_last")]
)
"""An input as some of the `codes`: those that say that it holds, and others that, for a list, decide it
either way, and, for a single value, leave it possible."""


class Inputs(NamedTuple):
    """How columns answer the inputs of a circuit.

    Args:
        listed: records of `JOINED`, the inputs that lists answer.
        said: records of `SAID`, with the numbers of editions `said_for`.
        says, says_at: what must all be said for input i of `listed` to be known where it is not named:
            `says[says_at[i]:says_at[i + 1]]`.
        singles: records of `SINGLE`, with the `bounds` of all of them.
        joined: records of `JOINED`, the inputs that single values answer.
        codes: of both kinds of `JOINED`.
    """

    listed: Records
    said: Records
    said_for: Integers
    says: Integers
    says_at: Integers
    singles: Records
    bounds: NDArray[np.int64]
    joined: Records
    codes: Integers


class Desk(NamedTuple):
    """Where the slices of one kind of records stand; the first axis of `slices` is the tile.

    Args:
        slices: (tiles, 2, nodes, words) what surely and what possibly holds: inputs, then gates.
        codes: (codes, words) for which records a code is recorded.
        complete: (columns, words) whose list is complete.
        said: (groups, words) where lists speak.
        editions: (editions + 1, words) which records are written for an edition; the first is all.
        steps: (entries of a list column) how many records further than the entry before; all zero.
    """

    slices: Words
    codes: Words
    complete: Words
    said: Words
    editions: Words
    steps: Integers


@part
def lay_out(terms, codes, measures, first, count, inputs, desk, t):
    """Set the slices of the inputs from the rows `first` to `first + count`, as tile t.

    The slices of editions must stand already.
    """
    words = -(-count // WORD)
    for k in range(desk.codes.shape[0]):
        for w in range(words):
            desk.codes[k, w] = 0
    for c in range(terms.state.shape[0]):
        _name(terms.start, terms.code, c, first, count, desk)
        _name(terms.denied_start, terms.code, c, first, count, desk)
        _complete(terms.state, c, first, count, desk, words)
    for n in range(inputs.singles.shape[0]):
        single = inputs.singles[n]
        if single.measure:
            _code(measures, first, count, inputs.bounds, single, desk)
        else:
            _code(codes, first, count, inputs.bounds, single, desk)
    _speak(inputs, desk, words)
    for n in range(inputs.listed.shape[0]):
        _leave_open(inputs, n, desk, t, words)
    for n in range(inputs.joined.shape[0]):
        for world in range(2):
            _join(inputs.codes, inputs.joined[n], desk, t, world, words)


@part
def _name(start, code, c, first, count, desk):
    """What the lists of a column name.

    First the steps from entry to entry are noted, so that going through the entries needs no guess
    where a list ends.
    """
    codes, steps, one = desk.codes, desk.steps, np.uint64(1)
    row, begin, end = (
        np.uint64(first),
        np.uint64(start[c, first]),
        np.uint64(start[c, first + count]),
    )
    if begin == end:
        return
    for i in range(count):
        steps[np.uint64(start[c, row + np.uint64(i)]) - begin] += 1
    at = ~np.uint64(0)
    for k in range(end - begin):
        at += np.uint64(steps[k])
        steps[k] = 0
        codes[np.uint64(code[begin + k]), at >> np.uint64(6)] |= one << (at & np.uint64(63))
    # of empty lists behind the last entry
    steps[end - begin] = 0


@part
def _complete(state, c, first, count, desk, words):
    """Whose list of a column is complete."""
    for w in range(words):
        row = np.uint64(first + WORD * w)
        found = np.uint64(0)
        for i in range(min(WORD, count - WORD * w)):
            found |= np.uint64(state[c, row + np.uint64(i)] == COMPLETE) << np.uint64(i)
        desk.complete[c, w] = found


@part
def _code(values, first, count, bounds, single, desk):
    """Which code a single value has: how many of the bounds it reaches."""
    codes, column, code = desk.codes, single.column, single.code
    for w in range(-(-count // WORD)):
        codes[code, w] = ~np.uint64(0)
    for b in range(single.first, single.last):
        bound = bounds[b]
        for w in range(count // WORD):
            # so many steps, at places that cannot be negative, become a few instructions
            row = np.uint64(first + WORD * w)
            reached = np.uint64(0)
            for i in range(WORD):
                at = row + np.uint64(i)
                reached |= np.uint64(values[column, at] >= bound) << np.uint64(i)
            codes[code, w] &= ~reached
            codes[code + 1, w] = reached
        w = count // WORD
        if WORD * w < count:
            reached = np.uint64(0)
            for i in range(count - WORD * w):
                reached |= np.uint64(values[column, first + WORD * w + i] >= bound) << np.uint64(i)
            codes[code, w] &= ~reached
            codes[code + 1, w] = reached
        code += 1


@part
def _speak(inputs, desk, words):
    """Where a complete list speaks of some inputs."""
    for g in range(inputs.said.shape[0]):
        group = inputs.said[g]
        for w in range(words):
            written = np.uint64(0)
            for k in range(group.first, group.last):
                written |= desk.editions[inputs.said_for[k], w]
            desk.said[g, w] = desk.complete[group.column, w] & written


@part
def _leave_open(inputs, n, desk, t, words):
    """What lists name holds; what none of them decides is possible."""
    slices, said, says = desk.slices, desk.said, inputs.says
    one = inputs.listed[n]
    _join(inputs.codes, one, desk, t, np.int64(0), words)
    for w in range(words):
        slices[t, 1, one.input, w] = 0
    begin, end = inputs.says_at[n], inputs.says_at[n + 1]
    if begin < end:
        for w in range(words):
            slices[t, 1, one.input, w] = said[says[begin], w]
    for k in range(begin + 1, end):
        for w in range(words):
            slices[t, 1, one.input, w] &= said[says[k], w]
    for k in range(one.other_first, one.other_last):
        for w in range(words):
            slices[t, 1, one.input, w] |= desk.codes[inputs.codes[k], w]
    for w in range(words):
        slices[t, 1, one.input, w] = slices[t, 0, one.input, w] | ~slices[t, 1, one.input, w]


@part
def _join(codes, one, desk, t, world, words):
    """Where one of some codes is recorded."""
    slices, node = desk.slices, one.input
    first, last = (one.other_first, one.other_last) if world else (one.first, one.last)
    for w in range(words):
        slices[t, world, node, w] = 0
    for k in range(first, last):
        for w in range(words):
            slices[t, world, node, w] |= desk.codes[codes[k], w]
