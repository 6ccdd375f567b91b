"""Columns of people and their engagements -> the rungs that each person surely and possibly meets.

People are taken in tiles, so many that what is known of them stays near the processor. Of each tile the
columns are laid out as slices, a bit an engagement; the circuit of the rules decides every engagement
for every outcome; clauses over engagements are counted, person by person, where something can be
counted at all; and the circuit of the people decides the rungs. Both worlds of `judging.facts` go side by
side: world 0 takes every unknown as no, world 1 as yes. All that depends on the standard is in the
tables of `program`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tassei.population.circuit import ALL, Words
from tassei.population.compiling import compiled, part
from tassei.population.program import Program, Side
from tassei.population.records import Codes, People, TermLists, Works
from tassei.population.slices import Desk, lay_out
from tassei.population.spans import WORD, Spans, empty_spans, note_spans, tiles_of


class Verdicts(NamedTuple):
    """What the kernel writes, world 0 before world 1.

    Args:
        rungs: (2, people, words) bits of the rungs that are met.
        levels: (2, fields, people) the highest level that is met; 0 for none.
    """

    rungs: Words
    levels: Codes


def empty_verdicts(people: int, program: Program) -> Verdicts:
    """Room for the verdicts of so many people."""
    rungs = program.ladders.rungs
    fields = int(rungs["field"].max(initial=-1)) + 1
    return Verdicts(
        np.zeros((2, people, -(-len(rungs) // WORD)), np.uint64),
        np.zeros((2, fields, people), np.int8),
    )


def judge(people: People, works: Works, program: Program, now: int, verdicts: Verdicts) -> None:
    """Judge everybody as of a month.

    Args:
        now: the month, counted as `Month.number` counts.
        verdicts: written to; must come zeroed.
    """
    tiles = tiles_of(works.start)
    _Work(people, works, program, now, tiles, 1).do(_LAY_OUT | _DECIDE, verdicts)


def laid_out(
    people: People, works: Works, program: Program, now: int
) -> Callable[[Verdicts], None]:
    """Lay everybody out, and keep it: what is returned decides, as often as it is called.

    It takes more memory than to lay out and decide tile by tile, as `judge` does.
    """
    tiles = tiles_of(works.start)
    work = _Work(people, works, program, now, tiles, len(tiles) - 1)
    work.do(_LAY_OUT, Verdicts(np.zeros((2, 0, 0), np.uint64), np.zeros((2, 0, 0), np.int8)))
    return partial(work.do, _DECIDE)


_LAY_OUT, _DECIDE = 1, 2


class Room(NamedTuple):
    """What the kernel keeps about tiles, and the places where it works.

    Args:
        works, people: slices.
        whom: people for whom a clause can make a difference.
        rows: (4, words) engagements as a clause is decided.
        square: (64) rungs of 64 people.
    """

    works: Desk
    people: Desk
    spans: Spans
    whom: Words
    rows: Words
    square: Words


class _Work:
    """Columns with the room that the kernel needs for them.

    Args:
        kept: how many tiles there is room for.
    """

    def __init__(
        self,
        people: People,
        works: Works,
        program: Program,
        now: int,
        tiles: NDArray[np.int64],
        kept: int,
    ) -> None:
        most_people = int(np.diff(tiles).max(initial=1))
        rows = works.start[tiles]
        most = int(np.diff(rows).max(initial=1))
        self._asked = (*map(_read_only, (people, works, program)), tiles, now)
        self._room = Room(
            _desk(program.works, works.terms, rows, most, kept),
            _desk(program.people, people.terms, tiles, most_people, kept),
            empty_spans(kept, most, most_people, len(program.lengths)),
            np.zeros(-(-most_people // WORD), np.uint64),
            np.zeros((4, -(-most // WORD)), np.uint64),
            np.zeros(WORD, np.uint64),
        )

    def do(self, steps: int, verdicts: Verdicts) -> None:
        _judge(*self._asked, self._room, steps, verdicts)


def _desk(
    side: Side, terms: TermLists, bounds: NDArray[np.int64], records: int, tiles: int
) -> Desk:
    words, inputs = max(1, -(-records // WORD)), side.inputs
    entries = max(
        int(np.diff(start[:, bounds]).max(initial=0)) for start in (terms.start, terms.denied_start)
    )
    editions = np.zeros((int(side.editions[0]) + 1, words), np.uint64)
    editions[0] = ~np.uint64(0)
    return Desk(
        np.zeros((tiles, 2, int(side.nodes[0]), words), np.uint64),
        np.zeros((int(side.codes[0]), words), np.uint64),
        np.zeros((len(terms.state), words), np.uint64),
        np.zeros((len(inputs.said), words), np.uint64),
        editions,
        np.zeros(entries + 1, np.int32),
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
def _judge(people, works, program, tiles, now, room, steps, verdicts):
    for tile in range(tiles.shape[0] - 1):
        begin, end = tiles[tile], tiles[tile + 1]
        t = tile % room.works.slices.shape[0]
        if steps & _LAY_OUT:
            note_spans(
                people.listed, works.start, works.first, works.last, program.lengths,
                begin, end, now, room.spans, t,
            )  # fmt: skip
            _editions(
                people.edition_start, people.edition, works.start, begin, end,
                room.people.editions, room.works.editions,
            )  # fmt: skip
            first = works.start[begin]
            lay_out(
                works.terms, works.codes, works.measures, first, works.start[end] - first,
                program.works.inputs, room.works, t,
            )  # fmt: skip
            lay_out(
                people.terms, people.codes, people.measures, begin, end - begin,
                program.people.inputs, room.people, t,
            )  # fmt: skip
        if steps & _DECIDE:
            _decide(works.start, program, begin, end, room, t, verdicts)


@part
def _editions(edition_start, edition, start, begin, end, of_people, of_works):
    """Which records are written for which editions."""
    base = start[begin]
    for e in range(1, of_people.shape[0]):
        for w in range(of_people.shape[1]):
            of_people[e, w] = 0
        for w in range(of_works.shape[1]):
            of_works[e, w] = 0
    for p in range(begin, end):
        for k in range(edition_start[p], edition_start[p + 1]):
            e = edition[k]
            _set(of_people, e, p - begin, p - begin + 1)
            _set(of_works, e, start[p] - base, start[p + 1] - base)


@part
def _set(rows, row, begin, end):
    """Set the bits from `begin` to `end`."""
    w = begin >> 6
    while WORD * w < end:
        rows[row, w] |= _between(w, begin, end)
        w += 1


@part
def _between(w, begin, end):
    """The bits of word w that stand for `begin` to `end`."""
    found = ~np.uint64(0)
    low, high = begin - WORD * w, end - WORD * w
    if low > 0:
        found &= ~np.uint64(0) << np.uint64(low)
    if high < WORD:
        found &= ~(~np.uint64(0) << np.uint64(high))
    return found


@part
def _decide(start, program, begin, end, room, t, verdicts):
    """Decide tile t, whose inputs are laid out."""
    count = start[end] - start[begin]
    works_words, words = -(-count // WORD), -(-(end - begin) // WORD)
    slices, clauses, whom = room.people.slices, program.clauses, room.whom
    for world in range(2):
        _run(program.works.gates, room.works.slices, t, world, works_words)
    # with every clause fulfilled nobody stands higher: who falls short then needs no counting
    possible = np.int64(1)
    for n in range(clauses.shape[0]):
        for w in range(words):
            slices[t, possible, clauses[n].out, w] = ~np.uint64(0)
    _run(program.people.gates, slices, t, possible, words)
    for n in range(clauses.shape[0]):
        clause = clauses[n]
        _need(program.asking, clause, slices, t, words, whom)
        for w in range(words):
            slices[t, 0, clause.out, w] = 0
            slices[t, 1, clause.out, w] = room.spans.unlisted[t, w]
        _fulfil(
            clause, start, begin, room.works.slices, slices, room.spans, room.rows, whom, t, works_words
        )  # fmt: skip
    for world in range(2):
        _run(program.people.gates, slices, t, world, words)
        _climb(program.ladders, slices, t, world, begin, end, room.square, verdicts)


@part
def _run(circuit, slices, t, world, words):
    """Decide every gate of a circuit."""
    gates, inputs = circuit.gates, circuit.inputs
    for g in range(gates.shape[0]):
        gate = gates[g]
        out = gate.out
        if gate.kind == ALL:
            for w in range(words):
                slices[t, world, out, w] = ~np.uint64(0)
            for k in range(gate.first, gate.last):
                one = inputs[k]
                for w in range(words):
                    slices[t, world, out, w] &= slices[t, world, one, w]
            continue
        for n in range(gate.most):
            for w in range(words):
                slices[t, world, out + n, w] = 0
        for k in range(gate.first, gate.last):
            one = inputs[k]
            # who has n and one more has n + 1; from above, so that none counts twice
            for n in range(gate.most - 1, 0, -1):
                for w in range(words):
                    slices[t, world, out + n, w] |= (
                        slices[t, world, out + n - 1, w] & slices[t, world, one, w]
                    )
            for w in range(words):
                slices[t, world, out, w] |= slices[t, world, one, w]


@part
def _need(asking, clause, slices, t, words, whom):
    """For whom a clause can make a difference, given the rungs they meet with every clause fulfilled."""
    for w in range(words):
        whom[w] = 0
    for k in range(clause.first, clause.last):
        for w in range(words):
            whom[w] |= slices[t, 1, asking[k], w]


@part
def _fulfil(clause, start, begin, rows, out, spans, places, whom, t, words):
    """Find the people who fulfil a clause, in one world and then in the other."""
    found, rest, more, told = places[0], places[1], places[2], places[3]
    for w in range(words):
        told[w] = 0
    for world in range(2):
        for w in range(words):
            rest[w] = found[w] = rows[t, world, clause.where, w]
        if clause.months:
            # such a clause asks for one: one that is long enough, or that may have begun at any time
            for w in range(words):
                found[w] &= spans.long[t, clause.length, w] | (
                    spans.undated[t, w] if world else np.uint64(0)
                )
        _at_least(clause.at_least, found, spans.ends, t, found, words)
        if clause.of_which:
            for w in range(words):
                rest[w] &= rows[t, world, clause.single, w]
            _at_least(clause.of_which, rest, spans.ends, t, rest, words)
            for w in range(words):
                found[w] &= rest[w]
        # who fulfils it surely has been told of both worlds
        for w in range(words):
            found[w] &= ~told[w]
            told[w] |= found[w]
        _tell(found, clause.out, spans.person, out, t, world, words)
        if clause.months:
            # or for two, that may be long enough together; in the second world if it has more of them
            for w in range(words):
                more[w] = rest[w] & ~rows[t, 0, clause.where, w] if world else rest[w]
            _at_least(clause.at_least, more, spans.ends, t, more, words)
            _at_least(clause.at_least + 1, rest, spans.ends, t, rest, words)
            for w in range(words):
                found[w] = rest[w] & more[w] & ~told[w]
            _sum_up(found, told, clause, start, begin, rows, spans, whom, t, world, words)
            _tell(found, clause.out, spans.person, out, t, world, words)


@part
def _sum_up(found, told, clause, start, begin, rows, spans, whom, t, world, words):
    """Find the people among those found whose engagements are long enough together."""
    for w in range(words):
        bits, enough = found[w], np.uint64(0)
        while bits:
            bit = bits & -bits
            end = WORD * w + _lowest(bits)
            bits ^= bit
            p = spans.person[t, end]
            if whom[p >> 6] >> np.uint64(p & 63) & np.uint64(1):
                first = start[begin + p] - start[begin]
                if _cover(clause, rows, spans, t, world, first, end + 1):
                    enough |= bit
        found[w] = enough
        told[w] |= enough


@part
def _at_least(count, rest, ends, t, found, words):
    """The last bit of every person with so many bits set; `rest` is used up, and may be `found`.

    To the ones in front of a person's last bit the set bits are added. The sum has a one in the last
    place if any bit in front of it was set, and keeps all set bits but the lowest.
    """
    for _ in range(count - 1):
        carry = np.uint64(0)
        for w in range(words):
            inner = ~ends[t, w]
            part = inner + (rest[w] & inner)
            total = part + carry
            carry = np.uint64(part < inner) | np.uint64(total < part)
            rest[w] &= total
    carry = np.uint64(0)
    for w in range(words):
        inner = ~ends[t, w]
        part = inner + (rest[w] & inner)
        total = part + carry
        carry = np.uint64(part < inner) | np.uint64(total < part)
        found[w] = (total | rest[w]) & ends[t, w]


@part
def _tell(found, node, person, out, t, world, words):
    """Note for people what was found about their last engagements."""
    for w in range(words):
        bits = found[w]
        while bits:
            p = person[t, WORD * w + _lowest(bits)]
            bits &= bits - np.uint64(1)
            # what surely holds is possible too
            for other in range(world, 2):
                out[t, other, node, p >> 6] |= np.uint64(1) << np.uint64(p & 63)


@part
def _cover(clause, rows, spans, t, world, begin, end):
    """Whether engagements cover months enough; they come in the order of their starts."""
    months, since, until = np.int64(0), np.int64(-1), np.int64(-1)
    for w in range(begin >> 6, ((end - 1) >> 6) + 1):
        bits = rows[t, world, clause.where, w] & ~spans.undated[t, w] & _between(w, begin, end)
        while bits:
            at = WORD * w + _lowest(bits)
            bits &= bits - np.uint64(1)
            first, last = (
                np.int64(spans.months[t, 0, at]),
                np.int64(spans.months[t, 1, at]),
            )
            if not clause.continuous:
                if last > until:
                    months += last - max(first - 1, until)
                    until = last
            else:
                if until < 0 or first > until + 1:
                    since, until = first, last
                else:
                    until = max(until, last)
                months = max(months, until - since + 1)
            if months >= clause.months:
                return True
    return False


@part
def _climb(ladders, slices, t, world, begin, end, square, verdicts):
    """Write the rungs that are met, and the levels they stand for; 64 people at a time."""
    rungs, levels = ladders.rungs, verdicts.levels
    for w in range(-(-(end - begin) // WORD)):
        first = np.uint64(begin + WORD * w)
        people = min(WORD, end - begin - WORD * w)
        for word in range(verdicts.rungs.shape[2]):
            for r in range(WORD):
                n = WORD * word + r
                square[r] = (
                    slices[t, world, rungs[n].node, w] if n < rungs.shape[0] else np.uint64(0)
                )
            _turn(square)
            for i in range(people):
                verdicts.rungs[world, first + np.uint64(i), word] = square[i]
        for n in range(rungs.shape[0]):
            met = slices[t, world, rungs[n].node, w]
            if met:
                field, level = rungs[n].field, np.int8(rungs[n].level)
                for i in range(people):
                    at = first + np.uint64(i)
                    reached = level * np.int8(met >> np.uint64(i) & np.uint64(1))
                    levels[world, field, at] = max(levels[world, field, at], reached)


@part
def _turn(square):
    """Turn a square of 64 rows of 64 bits, so that rows become columns."""
    step, mask = np.uint64(32), np.uint64(0xFFFFFFFF)
    while step:
        k = np.uint64(0)
        while k < np.uint64(WORD):
            change = (square[k] >> step ^ square[k | step]) & mask
            square[k] ^= change << step
            square[k | step] ^= change
            k = ((k | step) + np.uint64(1)) & ~step
        step >>= np.uint64(1)
        mask ^= mask << step


@part
def _ones(x):
    """How many bits are set, in the form that compilers know as one instruction."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@part
def _lowest(x):
    """The number of the lowest bit that is set."""
    return np.int64(_ones((x & -x) - np.uint64(1)))
