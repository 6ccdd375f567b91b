"""How many people lack one fact, by level and by what the fact is about."""

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from attrs import define, field

from tassei.evidence.months import Month
from tassei.population.blocks import Block, Population
from tassei.population.nearness import Finder
from tassei.population.workforce import UNREAD

About = tuple[str, str]
"""The kind and the id of a fact, whatever its value."""
TO_ESTABLISH, TO_DO = 0, 1
"""A fact that the record does not tell, and one that it tells is not so."""
_PEOPLE_A_BLOCK = 8_192


@define
class NearCounts:
    """Counts of near misses.

    A person for whom any record of a fact would do counts where it is not told, if there is one;
    so nobody counts twice for the same level and fact.

    Args:
        facts: people by number of the rung, fact, and `TO_ESTABLISH` or `TO_DO`.
        levels: people by number of the rung and the same.
    """

    facts: Counter[tuple[int, About, int]] = field(factory=Counter)
    levels: Counter[tuple[int, int]] = field(factory=Counter)


def count_near_misses(
    finder: Finder, population: Population, now: Month, into: NearCounts
) -> Iterator[int]:
    """Count everybody, block by block; yields how many people each has.

    Which field some work belongs to is what the work is: a fact only where it is not recorded.

    Raises:
        RequestError: as `Population.blocks`.
    """
    abouts = list(dict.fromkeys(f.about for f in finder.facts))
    group = np.array([abouts.index(f.about) for f in finder.facts], np.int64)
    is_field = np.array([f.kind == "field" for f in finder.facts], np.bool_)
    rungs = len(finder.judge.rungs)

    def counted(block: Block) -> tuple[int, list[tuple[int, ...]], list[tuple[int, ...]]]:
        person, rung, fact, _, unknown = finder.hits(block, now)
        kept = (unknown == 1) | ~is_field[fact]
        state = np.where(unknown[kept] == 1, TO_ESTABLISH, TO_DO)
        whole = (person[kept] * rungs + rung[kept]) * len(abouts) + group[fact[kept]]
        by_fact = _first(whole, state)
        by_level = _first(person[kept] * rungs + rung[kept], state)
        facts = _tallied(by_fact[0] % (rungs * len(abouts)), by_fact[1])
        return len(block.people), facts, _tallied(by_level[0] % rungs, by_level[1])

    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[tuple[int, list[tuple[int, ...]], list[tuple[int, ...]]]]] = deque()
        try:
            for block in population.blocks(now.number, _PEOPLE_A_BLOCK, without=UNREAD):
                waiting.append(pool.submit(counted, block))
                if len(waiting) > threads:
                    yield _add(into, waiting.popleft().result(), abouts)
            while waiting:
                yield _add(into, waiting.popleft().result(), abouts)
        finally:
            for future in waiting:
                future.cancel()


def _first(
    keys: "np.typing.NDArray[np.int64]", state: "np.typing.NDArray[np.int64]"
) -> "tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]":
    """Each key once, with the least state that it has."""
    packed = np.unique(keys * 2 + state)
    first = np.ones(len(packed), np.bool_)
    first[1:] = packed[1:] // 2 != packed[:-1] // 2
    return packed[first] // 2, packed[first] % 2


def _tallied(
    keys: "np.typing.NDArray[np.int64]", state: "np.typing.NDArray[np.int64]"
) -> list[tuple[int, ...]]:
    found, counts = np.unique(keys * 2 + state, return_counts=True)
    return [(int(k) // 2, int(k) % 2, int(n)) for k, n in zip(found, counts, strict=True)]


def _add(
    into: NearCounts,
    found: tuple[int, list[tuple[int, ...]], list[tuple[int, ...]]],
    abouts: list[About],
) -> int:
    people, facts, levels = found
    for key, state, count in facts:
        rung, about = divmod(key, len(abouts))
        into.facts[rung, abouts[about], state] += count
    for rung, state, count in levels:
        into.levels[rung, state] += count
    return people
