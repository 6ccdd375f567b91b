"""A population in memory as the columns of the kernel, block by block."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from numpy.typing import NDArray

from tassei.encoding.compiled import standards
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, Rung, known_of
from tassei.population.blocks import Population
from tassei.population.columns import people_columns, work_columns
from tassei.population.kernel import Verdicts, empty_verdicts, judge, laid_out
from tassei.population.program import Program, program_of
from tassei.population.records import People, Works
from tassei.population.workforce import UNREAD
from tassei.rules.nodes import All, Counted, Measured, Rule, Years
from tassei.rules.nodes import Any as AnyOf

NOW = Month.of(2026, 11)


@frozen
class Loaded:
    """Columns in memory, and the program that reads them."""

    program: Program
    blocks: tuple[tuple[People, Works], ...]

    @property
    def people(self) -> int:
        return sum(len(p.listed) for p, _ in self.blocks)

    @property
    def engagements(self) -> int:
        return sum(len(w.first) for _, w in self.blocks)

    @property
    def bytes(self) -> int:
        """The size of all that has a row a person, an engagement or an entry of a list."""
        return sum(a.nbytes for block in self.blocks for a in _arrays(block))

    def judge(self, threads: int) -> list[Verdicts]:
        """Judge everybody, both worlds; room for the verdicts is part of it."""
        return _each(self.blocks, self._judge, threads)

    def laid_out(self) -> Callable[[int], list[Verdicts]]:
        """Lay the columns out as slices; what is returned decides them, with so many threads."""
        laid = [
            (len(people.listed), laid_out(people, works, self.program, NOW.number))
            for people, works in self.blocks
        ]

        def decide(block: tuple[int, Callable[[Verdicts], None]]) -> Verdicts:
            people, decided = block
            verdicts = empty_verdicts(people, self.program)
            decided(verdicts)
            return verdicts

        return lambda threads: _each(laid, decide, threads)

    def sum(self, threads: int) -> list[int]:
        """Add up every column with numpy: the least that can be done with all of the data."""
        return _each(self.blocks, lambda block: sum(int(a.sum()) for a in _arrays(block)), threads)

    def _judge(self, block: tuple[People, Works]) -> Verdicts:
        people, works = block
        verdicts = empty_verdicts(len(people.listed), self.program)
        judge(people, works, self.program, NOW.number, verdicts)
        return verdicts


def _each(blocks: Sequence[Any], work: Callable[[Any], Any], threads: int) -> list[Any]:
    if threads == 1:
        return [work(block) for block in blocks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, blocks))


def loaded(folder: Path, rules: Sequence[tuple[Rule, int, int]]) -> Loaded:
    """Read a population as the columns for some rules.

    Args:
        rules: each with the number of its field and its level.
    """
    every = standards()
    program, book = program_of(
        [rule for rule, _, _ in rules],
        known_of(every),
        [(field, level) for _, field, level in rules],
    )
    population = Population(folder, every.vocabulary)
    blocks = population.blocks(NOW.number, without=UNREAD)
    return Loaded(
        program,
        tuple(
            (people_columns(b.people, book), work_columns(b.engagements, b.start, book))
            for b in blocks
        ),
    )


def all_rungs() -> tuple[Rung, ...]:
    """Every level of every field of every edition, under the default readings."""
    every = standards()
    return Judge(every, every.readings_with({})).rungs


def numbered(rungs: Sequence[Rung], copies: int = 1) -> list[tuple[Rule, int, int]]:
    """The rules of rungs; further copies have other thresholds, and fields of their own."""
    fields = list(dict.fromkeys((r.edition.id, r.field_id) for r in rungs))
    return [
        (
            shifted(r.rule, copy),
            copy * len(fields) + fields.index((r.edition.id, r.field_id)),
            r.level,
        )
        for copy in range(copies)
        for r in rungs
    ]


def shifted(rule: Rule, by: int) -> Rule:
    """The rule with every size greater by so many tenths, and every number of years or of engagements
    by so many."""
    match rule:
        case All() | AnyOf():
            return evolve(rule, parts=tuple(shifted(p, by) for p in rule.parts))
        case Years():
            return evolve(rule, years=rule.years + by, where=shifted(rule.where, by))
        case Counted():
            return evolve(
                rule,
                at_least=rule.at_least + by,
                where=shifted(rule.where, by),
                singled_out=shifted(rule.singled_out, by),
            )
        case Measured():
            lower, upper = (
                b if b is None else b * (10 + by) // 10 for b in (rule.lower, rule.upper)
            )
            return evolve(rule, lower=lower, upper=upper)
    return rule


def _arrays(columns: tuple[Any, ...]) -> Iterator[NDArray[Any]]:
    """All columns of a block, however deep."""
    for column in columns:
        if isinstance(column, tuple):
            yield from _arrays(column)
        else:
            yield column
