"""The same people under two sets of rules: who stands higher, who lower.

Both kernels run over the same blocks, and only counts are kept. What is unknown stays so: a person
surely moves up where even the lowest level that is possible after is above the highest before.
"""

from collections.abc import Callable, Iterator

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from tassei.evidence.months import Month
from tassei.population.blocks import Block, Population
from tassei.population.kernel import Verdicts
from tassei.population.workforce import UNREAD, Workforce
from tassei.rules.nodes import All, Any, Atom, Counted, Leaf, Rule, Years

ANY_FIELD = "*"
"""Stands for the highest level in any field of an edition."""
Pair = tuple[str, str]
_LEVELS = 8
"""No level, and the seven that there are."""


@frozen
class Movement:
    """How people move between two fields.

    Args:
        pair: `EDITION/FIELD` before and after; `ANY_FIELD` behind an edition for the highest of it.
        sure, possible: (8, 8) people by the level before and after, surely and possibly; row and
            column 0 are those without a level.
        people: how many there are.
        up, down: people who surely and who possibly move.
        same: people who surely and who possibly stay.
    """

    pair: Pair
    sure: NDArray[np.int64]
    possible: NDArray[np.int64]
    up: tuple[int, int]
    down: tuple[int, int]
    same: tuple[int, int]


@frozen
class Mover:
    """A person whose bounds are others: (sure, possible) before and after."""

    person: str
    pair: Pair
    before: tuple[int, int]
    after: tuple[int, int]


@define
class _Tally:
    """What has been counted of one pair so far."""

    sure: NDArray[np.int64] = field(factory=lambda: np.zeros((_LEVELS, _LEVELS), np.int64))
    possible: NDArray[np.int64] = field(factory=lambda: np.zeros((_LEVELS, _LEVELS), np.int64))
    moves: NDArray[np.int64] = field(factory=lambda: np.zeros(6, np.int64))

    def take(
        self,
        before: NDArray[np.int8],
        after: NDArray[np.int8],
        rises: NDArray[np.bool_],
        falls: NDArray[np.bool_],
    ) -> None:
        """Count people; the first two are (2, people) levels, sure and possible.

        Args:
            rises, falls: (people) whether the rules let a person move at all.
        """
        for total, world in ((self.sure, 0), (self.possible, 1)):
            cells = before[world].astype(np.int64) * _LEVELS + after[world]
            total += np.bincount(cells, minlength=_LEVELS * _LEVELS).reshape(_LEVELS, _LEVELS)
        (low, high), (lower, higher) = before, after
        self.moves += [
            np.count_nonzero(lower > high), np.count_nonzero((higher > low) & rises),
            np.count_nonzero(higher < low), np.count_nonzero((lower < high) & falls),
            np.count_nonzero(~((higher > low) & rises) & ~((lower < high) & falls)),
            np.count_nonzero((lower <= high) & (low <= higher)),
        ]  # fmt: skip


def pairs_of(before: Workforce, after: Workforce, named: dict[str, str]) -> list[Pair]:
    """Which fields are compared: those of the same id, and the highest of any field.

    Args:
        named: for fields that have another id after, that id by the one before.
    """
    there = {f.path.rpartition("/")[2]: f.path for f in after.fields}
    found = []
    for path in (f.path for f in before.fields):
        name = path.rpartition("/")[2]
        if (other := there.get(named.get(name, name))) is not None:
            found.append((path, other))
    if not found or len(before.fields) > 1 or len(after.fields) > 1:
        editions = (before.fields[0].path, after.fields[0].path)
        one, other = (path.rpartition("/")[0] for path in editions)
        found.insert(0, (f"{one}/{ANY_FIELD}", f"{other}/{ANY_FIELD}"))
    return found


class Counting:
    """Judges everybody twice and counts as it goes.

    Args:
        movers: given the people whose bounds are others, some at a time.
    """

    def __init__(
        self,
        before: Workforce,
        after: Workforce,
        pairs: list[Pair],
        movers: Callable[[list[Mover]], None] | None = None,
    ) -> None:
        self._before = before
        self._after = after
        self._tallies = {pair: _Tally() for pair in pairs}
        self._movers = movers
        same = [(e.id, e.title) for e in before.judge.editions] == [
            (e.id, e.title) for e in after.judge.editions
        ]
        # an edition and a reform of it have the same rungs, and unknowns that are the same
        self._changed = {p: _changed(before, after, p[0]) for p in pairs} if same else {}

    def steps(self, population: Population, now: Month) -> Iterator[int]:
        """Count everybody, block by block; yields how many people each has.

        Raises:
            RequestError: as `Workforce.judge_block`.
        """
        for block in population.blocks(now.number, without=UNREAD):
            first = self._before.judge_block(block, now, population)
            second = self._after.judge_block(block, now, population)
            for pair, tally in self._tallies.items():
                old = _levels(self._before, first, pair[0])
                new = _levels(self._after, second, pair[1])
                moves = _room(self._changed.get(pair), first, second, old, new)
                tally.take(old, new, *moves)
                if self._movers is not None and not pair[0].endswith(ANY_FIELD):
                    self._movers(list(_movers(block, pair, old, new)))
            yield len(block.people)

    @property
    def movements(self) -> list[Movement]:
        """What has been counted so far."""
        return [_movement(pair, tally) for pair, tally in self._tallies.items()]


@frozen
class _Changed:
    """A rung whose rule is another one after a reform.

    Args:
        rises, falls: whether somebody may meet it only after, or only before.
    """

    number: int
    level: int
    rises: bool
    falls: bool


def _changed(before: Workforce, after: Workforce, path: str) -> list[_Changed]:
    found = []
    for number, (old, new) in enumerate(zip(before.rungs, after.rungs, strict=True)):
        field = old.edition.qualified(old.field_id)
        if old.rule != new.rule and (path == field or path == f"{old.edition.id}/{ANY_FIELD}"):
            rises, falls = not implies(new.rule, old.rule), not implies(old.rule, new.rule)
            found.append(_Changed(number, old.level, rises, falls))
    return found


def _room(
    changed: list[_Changed] | None,
    first: Verdicts,
    second: Verdicts,
    old: NDArray[np.int8],
    new: NDArray[np.int8],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who may rise and who may fall by the rungs that have changed; everybody between two editions."""
    rises = np.full(old.shape[1], changed is None)
    falls = rises.copy()
    for rung in changed or ():
        (met, open_), (met_after, open_after) = (
            (v.rungs[:, :, rung.number // 64] >> np.uint64(rung.number % 64) & np.uint64(1)) > 0
            for v in (first, second)
        )
        if rung.rises:
            rises |= open_after & ~met & (old[0] < rung.level)
        if rung.falls:
            falls |= open_ & ~met_after & (new[0] < rung.level)
    return rises, falls


def implies(one: Rule, other: Rule) -> bool:
    """Whether it can be seen that whoever satisfies the one rule satisfies the other.

    Compared clause by clause, so that a threshold which is merely raised or lowered is recognised; False
    says nothing.
    """
    if one == other:
        return True
    if isinstance(other, Any) and any(implies(one, p) for p in other.parts):
        return True
    match one, other:
        case Any(), _:
            return all(implies(p, other) for p in one.parts)
        case _, All():
            return all(implies(one, p) for p in other.parts)
        case All(), _:
            return any(implies(p, other) for p in one.parts)
        case Years(), Years():
            longer = one.months >= other.months and (one.continuous or not other.continuous)
            return longer and implies(one.where, other.where)
        case Counted(), Counted():
            more = one.at_least >= other.at_least and one.of_which >= other.of_which
            single = not other.of_which or implies(one.singled_out, other.singled_out)
            return more and single and implies(one.where, other.where)
        case Leaf(), Leaf():
            return _leaf_implies(one, other)
    return False


def _leaf_implies(one: Leaf, other: Leaf) -> bool:
    """The atoms that hold for the one hold for the other, which asks for no more of them."""
    if other.at_least > one.at_least or not other.required <= one.required:
        return False
    there = {(a.kind, a.id): a for a in other.asks}
    if len(there) < len(other.asks):
        return False
    for atom in one.asks:
        found = there.get((atom.kind, atom.id))
        if found is None or not _atom_implies(atom, found):
            return False
    return True


def _atom_implies(one: Atom, other: Atom) -> bool:
    low = other.at_least is None or (one.at_least is not None and one.at_least >= other.at_least)
    high = other.below is None or (one.below is not None and one.below <= other.below)
    return low and high and one.any_of <= other.any_of


def _levels(workforce: Workforce, verdicts: Verdicts, path: str) -> NDArray[np.int8]:
    if path.endswith(f"/{ANY_FIELD}"):
        highest: NDArray[np.int8] = verdicts.levels.max(axis=1)
        return highest
    number = next(n for n, f in enumerate(workforce.fields) if f.path == path)
    return np.ascontiguousarray(verdicts.levels[:, number])


def _movers(
    block: Block, pair: Pair, before: NDArray[np.int8], after: NDArray[np.int8]
) -> Iterator[Mover]:
    rows = np.flatnonzero((before != after).any(axis=0))
    ids = block.people["person"].take(rows).to_pylist()
    for person, old, new in zip(
        ids, before[:, rows].T.tolist(), after[:, rows].T.tolist(), strict=True
    ):
        yield Mover(person, pair, (old[0], old[1]), (new[0], new[1]))


def _movement(pair: Pair, tally: _Tally) -> Movement:
    up, may_up, down, may_down, same, may_same = (int(n) for n in tally.moves)
    return Movement(
        pair, tally.sure, tally.possible, (up, may_up), (down, may_down), (same, may_same)
    )
