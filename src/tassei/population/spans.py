"""Whose the engagements of a tile are, and which months they cover."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tassei.population.circuit import Integers, Words
from tassei.population.compiling import part

WORD = 64
TILE = 4096
"""So many engagements, and so many people, are taken together at most; those of one person always."""


class Spans(NamedTuple):
    """What is noted of the engagements of tiles beside their slices; the first axis is the tile.

    Args:
        person: (tiles, engagements) the person of each, by number in the tile.
        months: (tiles, 2, engagements) first and last month by number, up to now.
        ends: (tiles, words) engagements that are the last of their person.
        undated: (tiles, words) engagements of unknown start.
        long: (tiles, lengths, words) engagements that last so many months.
        unlisted: (tiles, words of people) whose engagements the record does not list.
    """

    person: Integers
    months: Integers
    ends: Words
    undated: Words
    long: Words
    unlisted: Words


def tiles_of(start: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first person of each tile, and the number of people at the end."""
    people, bounds = len(start) - 1, [0]
    while bounds[-1] < people:
        first = bounds[-1]
        fitting = int(np.searchsorted(start, start[first] + TILE, "right")) - 1
        bounds.append(min(max(fitting, first + 1), first + TILE, people))
    return np.array(bounds, np.int64)


def empty_spans(tiles: int, engagements: int, people: int, lengths: int) -> Spans:
    """Room for so many at most in a tile."""
    words = -(-engagements // WORD)
    return Spans(
        np.zeros((tiles, engagements), np.int32),
        np.zeros((tiles, 2, engagements), np.int32),
        np.zeros((tiles, words), np.uint64),
        np.zeros((tiles, words), np.uint64),
        np.zeros((tiles, lengths, words), np.uint64),
        np.zeros((tiles, -(-people // WORD)), np.uint64),
    )


@part
def note_spans(listed, start, firsts, lasts, lengths, begin, end, now, spans, t):
    """Note the spans of the people from `begin` to `end`, as tile t."""
    base = start[begin]
    count = start[end] - base
    one = np.uint64(1)
    for w in range(-(-count // WORD)):
        spans.ends[t, w] = spans.undated[t, w] = 0
    for w in range(-(-(end - begin) // WORD)):
        spans.unlisted[t, w] = 0
    for p in range(end - begin):
        unlisted = np.uint64(listed[begin + p] == 0)
        spans.unlisted[t, p >> 6] |= unlisted << np.uint64(p & 63)
        first, last = start[begin + p] - base, start[begin + p + 1] - base
        for at in range(first, last):
            spans.person[t, at] = p
        if first < last:
            spans.ends[t, last - 1 >> 6] |= one << np.uint64(last - 1 & 63)
    row = np.uint64(base)
    for i in range(count):
        last = lasts[row + np.uint64(i)]
        spans.months[t, 0, i] = firsts[row + np.uint64(i)]
        spans.months[t, 1, i] = now if last < 0 else min(last, now)
    for w in range(-(-count // WORD)):
        some = min(WORD, count - WORD * w)
        for i in range(some):
            undated = np.uint64(spans.months[t, 0, WORD * w + i] < 0)
            spans.undated[t, w] |= undated << np.uint64(i)
        for n in range(lengths.shape[0]):
            long = np.uint64(0)
            for i in range(some):
                months = spans.months[t, 1, WORD * w + i] - spans.months[t, 0, WORD * w + i] + 1
                long |= np.uint64(months >= lengths[n]) << np.uint64(i)
            spans.long[t, n, w] = long & ~spans.undated[t, w]
