"""Loops over the bytes of ids and over months that would take too long one value at a time."""

import numpy as np

from tassei.population.compiling import compiled, part

FINE, OF_NOBODY, NOT_SORTED, PEOPLE_NOT_SORTED = 0, 1, 2, 3


@part
def _compare(a_starts, a_data, i, b_starts, b_data, j):
    """Below 0, 0 or above 0 as string i of the one is before, the same as or behind j of the other."""
    a, b = a_starts[i], b_starts[j]
    a_size, b_size = a_starts[i + 1] - a, b_starts[j + 1] - b
    for k in range(min(a_size, b_size)):
        if a_data[a + k] != b_data[b + k]:
            return np.int64(a_data[a + k]) - np.int64(b_data[b + k])
    return np.int64(a_size) - np.int64(b_size)


@compiled
def starts_of(ids, id_data, names, name_data, starts):
    """Match the owners of engagements, which are sorted, with the people, who are sorted too.

    Args:
        ids, id_data: (people + 1) and the bytes: string p is `id_data[ids[p]:ids[p + 1]]`.
        names, name_data: the same for the owner of each engagement.
        starts: (people + 1) is given where the engagements of each person begin.

    Returns:
        How many engagements belong to
        these people, the rest to later ones; and `FINE`, or what is wrong with the next one. With
        `PEOPLE_NOT_SORTED` the second is the person who is not behind the one before.
    """
    people, engagements = len(ids) - 1, len(names) - 1
    for i in range(1, people):
        if _compare(ids, id_data, i - 1, ids, id_data, i) >= 0:
            return i, PEOPLE_NOT_SORTED
    p = -1
    for e in range(engagements):
        if e > 0:
            order = _compare(names, name_data, e - 1, names, name_data, e)
            if order == 0:
                continue
            if order > 0:
                return e, NOT_SORTED
        order = np.int64(-1)
        while p + 1 < people:
            p += 1
            starts[p] = e
            order = _compare(ids, id_data, p, names, name_data, e)
            if order >= 0:
                break
        if order > 0:
            return e, OF_NOBODY
        if order < 0:
            starts[people] = e
            return e, FINE
    for rest in range(p + 1, people + 1):
        starts[rest] = engagements
    return engagements, FINE


@compiled
def doubled(names, data, starts, owner, row):
    """The first engagement whose id its person has at an earlier one; else -1.

    Args:
        names, data: (engagements + 1) and the bytes of the ids.
        starts: (people + 1) where the engagements of each person begin.
        owner, row: room for a table of hashes; a power of two, and more than any person has
            engagements. `owner` is -1 throughout.
    """
    last = len(owner) - 1
    for p in range(len(starts) - 1):
        for e in range(starts[p], starts[p + 1]):
            at = np.uint64(14695981039346656037)
            for k in range(names[e], names[e + 1]):
                at = (at ^ np.uint64(data[k])) * np.uint64(1099511628211)
            place = np.int64((at ^ (at >> np.uint64(32))) & np.uint64(last))
            while owner[place] == p:
                if _compare(names, data, row[place], names, data, e) == 0:
                    return e
                place = (place + 1) & last
            owner[place], row[place] = p, e
    return -1


@compiled
def wrong_month(first, last, now):
    """The first row that begins after it ends or after now, or whose months are none; else -1.

    Args:
        first, last: months as 201904; -1 for unknown.
        now: a month, counted as `Month.number` counts.
    """
    latest = now // 12 * 100 + now % 12 + 1
    for row in range(len(first)):
        if first[row] >= 0 and not 1 <= first[row] % 100 <= 12:
            return row
        if last[row] >= 0 and (not 1 <= last[row] % 100 <= 12 or last[row] < first[row]):
            return row
        if first[row] > latest:
            return row
    return -1
