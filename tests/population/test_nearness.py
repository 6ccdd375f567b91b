"""Near misses are those of the interpreter, fact by fact."""

from pathlib import Path

import numpy as np
import pytest

from tassei.encoding.standards import Standards
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.judging.judge import Judge, known_of
from tassei.judging.verdict import Verdict
from tassei.population.blocks import Population
from tassei.population.generate import generate
from tassei.population.nearness import Fact, Finder, granted
from tassei.population.pack import unpack
from tassei.population.store import Writer

NOW = Month.of(2026, 11)
Found = set[tuple[int, int, tuple[str, str], int, bool]]


def _population(folder: Path, people: int, seed: int, standards: Standards, unknown: float) -> Path:
    with Writer(folder, standards.vocabulary) as writer:
        for some, works in generate(people, seed, standards, unknown):
            writer.write(some, works)
    return folder


def _by_force(judge: Judge, finder: Finder, everybody: list[Evidence], starts: list[int]) -> Found:
    """Change every fact of every record, one at a time, and judge again."""
    known = known_of(judge.standards)
    found: Found = set()
    for row, evidence in enumerate(everybody):
        met = [v is Verdict.MET for v in judge.verdicts(evidence, NOW)]
        targets = _next_rungs(judge, met)
        places: list[int | None] = [*range(len(evidence.engagements or ())), None]
        for place in places:
            for fact in finder.facts:
                if fact.of_person != (place is None):
                    continue
                changed = granted(evidence, fact, place, known)
                if changed == evidence:
                    continue
                after = judge.verdicts(changed, NOW)
                for rung in targets:
                    if after[rung] is Verdict.MET:
                        unknown = _is_unknown(finder, evidence, fact, place)
                        at = -1 if place is None else starts[row] + place
                        found.add((row, rung, fact.about, at, unknown))
    return found


def _next_rungs(judge: Judge, met: list[bool]) -> list[int]:
    fields: dict[str, list[int]] = {}
    for n, rung in enumerate(judge.rungs):
        fields.setdefault(rung.edition.qualified(rung.field_id), []).append(n)
    found = []
    for numbers in fields.values():
        highest = max((judge.rungs[n].level for n in numbers if met[n]), default=0)
        above = [n for n in numbers if judge.rungs[n].level > highest]
        found += [min(above, key=lambda n: judge.rungs[n].level)] if above else []
    return found


def _is_unknown(finder: Finder, evidence: Evidence, fact: Fact, place: int | None) -> bool:
    table = finder.judge.table
    own = sum(bit for a, bit in table.bits.items() if (a.kind, a.id) == fact.about)
    if place is None:
        sure, possible = table.of_person(evidence)
    else:
        assert evidence.engagements is not None
        sure, possible = table.of_engagement(evidence.engagements[place], evidence.written_for)
    return bool(possible & ~sure & own)


@pytest.mark.parametrize(("seed", "unknown"), [(1, 0.1), (2, 0.3)])
def test_near_misses_are_those_of_the_interpreter(
    tmp_path: Path, standards: Standards, seed: int, unknown: float
) -> None:
    """Every fact of every record is changed in turn; the interpreter finds the same near misses."""
    folder = _population(tmp_path / "people", 5, seed, standards, unknown)
    judge = Judge(standards, standards.readings_with({}))
    finder = Finder(judge)
    everybody = list(unpack(folder, standards.vocabulary))
    [block] = Population(folder, standards.vocabulary).blocks(NOW.number)
    expected = _by_force(judge, finder, everybody, block.start.tolist())
    found = {
        (m.row, m.rung, m.fact.about, -1 if m.engagement is None else m.engagement, m.unknown)
        for m in finder.near_misses(block, NOW)
    }
    assert found == expected
    assert len(expected) > 10


def test_what_is_unknown_is_what_the_interpreter_leaves_open(
    tmp_path: Path, standards: Standards
) -> None:
    """Bit by bit, for people and engagements whose lists are complete, partial or not there."""
    folder = _population(tmp_path / "people", 200, 4, standards, 0.3)
    finder = Finder(Judge(standards, standards.readings_with({})))
    table = finder.judge.table
    [block] = Population(folder, standards.vocabulary).blocks(NOW.number)
    person, work, person_open, work_open = finder.bits(block)
    row = 0
    for n, evidence in enumerate(unpack(folder, standards.vocabulary)):
        sure, possible = table.of_person(evidence)
        assert (_whole(person[n]), _whole(person_open[n])) == (sure, possible & ~sure)
        for engagement in evidence.engagements or ():
            sure, possible = table.of_engagement(engagement, evidence.written_for)
            assert (_whole(work[row]), _whole(work_open[row])) == (sure, possible & ~sure)
            row += 1
    assert row == len(work)


def _whole(words: "np.typing.NDArray[np.uint64]") -> int:
    return sum(int(w) << (64 * n) for n, w in enumerate(words))
