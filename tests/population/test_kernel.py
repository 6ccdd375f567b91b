"""The kernel says what the interpreter says, about everybody."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from judging.rungs import KNOWN, SHIPPED, STANDARDS
from judging.small import KNOWN as SMALL_KNOWN
from population.sameness import Both, shrunk, written
from strategies import AS_OF, SMALL_WORLD, rules_with_evidence, steady
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Work,
)
from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role
from tassei.judging.verdict import Verdict
from tassei.population.generate import generate
from tassei.population.kernel import Verdicts, empty_verdicts, judge, laid_out
from tassei.population.pack import unpack
from tassei.population.spans import TILE
from tassei.population.store import Writer
from tassei.rules.nodes import Counted, Measured, Years, walk

NAMES = [s.name for s in SHIPPED]
EDITIONS = tuple(e.id for e in STANDARDS.editions)


@cache
def shipped() -> Both:
    """Every rule of every edition under every alternative of each reading, in one program."""
    return Both([s.rule for s in SHIPPED], KNOWN, STANDARDS.vocabulary)


def test_one_program_has_more_rules_than_a_word_has_bits() -> None:
    assert len(SHIPPED) > 128


@given(st.lists(rules_with_evidence(), min_size=1, max_size=6))
@steady(max_examples=150)
def test_any_rules_of_any_standard(cases: list[tuple[object, Evidence]]) -> None:
    """Rules that no document has, in a world of two small editions, for people who come near them."""
    both = Both([rule for rule, _ in cases], SMALL_KNOWN, SMALL_WORLD.vocabulary)  # type: ignore[misc]
    both.check([evidence for _, evidence in cases], AS_OF)


def everything(written_for: tuple[str, ...] = EDITIONS, **work: Any) -> Evidence:
    """A person of whom all is recorded that any rule asks for, but for what is said otherwise."""
    known = KNOWN
    engagement = Engagement(
        "all",
        fields=frozenset(known.fields),
        first=Month.of(1990, 1),
        role=Role.OVERALL_RESPONSIBLE,
        supervised=True,
        succeeded=True,
        complexity=Holding(frozenset(known.criteria.words.values())),
        achieved=Holding(frozenset(known.outcomes.words.values())),
        activities=Holding(frozenset(known.activities.words.values())),
    )
    return Evidence(
        Person("E1", "E1"),
        written_for,
        tuple(evolve(engagement, id=f"e{n}", **work) for n in range(6)),
        Professional(
            dict.fromkeys(known.areas.words.values(), Depth.LEADS_INDUSTRY),
            tuple(Work(k) for k in sorted(set(known.succession.words.values()))),
            True,
        ),
        (PassedExamination("AP"), PassedExamination("FE")),
        {},
        frozenset(),
    )


def test_every_bound_of_every_measure() -> None:
    """One below, on, and one above each bound, of each measure alone and with all others unknown."""
    bounds = {
        (node.measure.id, bound)
        for s in SHIPPED
        for node in walk(s.rule)
        if isinstance(node, Measured)
        for bound in (node.lower, node.upper)
        if bound is not None
    }
    assert len(bounds) > 20
    people = [
        everything(size={measure: bound + beside})
        for measure, bound in sorted(bounds)
        for beside in (-1, 0, 1)
    ]
    shipped().check(people, AS_OF, NAMES)


def test_every_term_of_every_scale() -> None:
    scales = STANDARDS.vocabulary.scales.values()
    people = [everything(size={s.id: t.id}) for s in scales for t in s.terms()]
    shipped().check(people, AS_OF, NAMES)


def test_every_number_of_months() -> None:
    """Around every length that a rule asks for: at once, in two parts, overlapping, with a gap."""
    lengths = {n.months for s in SHIPPED for n in walk(s.rule) if isinstance(n, Years)}
    assert lengths == {12, 24, 36}
    people = []
    for months in (m + beside for m in sorted(lengths) for beside in (-1, 0, 1)):
        for ends in (None, AS_OF, Month(AS_OF.number - 1)):
            last = (ends or AS_OF).number
            first = last - months + 1
            half = first + months // 2
            for runs in (
                [(first, ends)],
                [(first, Month(half)), (half + 1, ends)],
                [(half, ends), (first, Month(half + 3))],
                [(first - 1, Month(half - 1)), (half + 1, ends)],
            ):
                one = everything(size=dict.fromkeys(STANDARDS.vocabulary.measures, 10**12))
                work = (one.engagements or ())[0]
                works = tuple(
                    evolve(work, id=f"e{n}", first=Month(a), last=b)
                    for n, (a, b) in enumerate(runs)
                )
                people.append(evolve(one, engagements=works))
    shipped().check(people, AS_OF, NAMES)


def test_every_number_of_engagements() -> None:
    counts = {n.at_least for s in SHIPPED for n in walk(s.rule) if isinstance(n, Counted)}
    size = dict.fromkeys(STANDARDS.vocabulary.measures, 10**12)
    people = []
    for count in range(max(counts) + 2):
        one = everything(size=size)
        work = (one.engagements or ())[0]
        for lesser in range(count + 1):
            works = [evolve(work, id=f"e{n}") for n in range(count - lesser)]
            works += [evolve(work, id=f"s{n}", size=dict.fromkeys(size, 1)) for n in range(lesser)]
            people.append(evolve(one, engagements=tuple(works)))
    shipped().check(people, AS_OF, NAMES)


def edges() -> Iterator[Evidence]:
    """People of whom little is known, in every way."""
    nobody = Person("E1", "E1")
    for written_for in ((), EDITIONS[:1], EDITIONS):
        yield Evidence(nobody, written_for)
        yield Evidence(nobody, written_for, ())
        yield Evidence(nobody, written_for, (), Professional({}, (), False), (), {}, frozenset())
        yield Evidence(nobody, written_for, (Engagement("e1"),))
        yield Evidence(nobody, written_for, tuple(Engagement(f"e{n}") for n in range(40)))
        yield evolve(everything(written_for), engagements=None)
        yield evolve(everything(written_for), engagements=())
        for unknown in (
            "first",
            "role",
            "fields",
            "complexity",
            "achieved",
            "activities",
            "succeeded",
        ):
            yield everything(written_for, **{unknown: None})
        yield everything(written_for, complexity=Holding(complete=False))
        yield everything(written_for, achieved=Holding(complete=False), activities=None)
        yield everything(written_for, first=AS_OF)
        yield everything(written_for, first=AS_OF, last=AS_OF)
        yield everything(written_for, first=Month.of(1900, 1), last=Month.of(1900, 1))


def test_people_of_whom_little_is_known() -> None:
    people = list(edges())
    shipped().check(people, AS_OF, NAMES)


def test_task_characteristics_are_denied_by_either_list() -> None:
    """They may be recorded as outcomes or as activities; what the one denies the other may not open."""
    tasks = sorted(KNOWN.tasks)
    holdings = (
        None,
        Holding(),
        Holding(frozenset(tasks)),
        Holding(frozenset(tasks[:1]), frozenset(tasks[1:]), complete=False),
        Holding(frozenset(), frozenset(tasks), complete=False),
        Holding(frozenset(tasks), complete=False),
    )
    people = [
        everything(written_for, achieved=a, activities=b, size={"peak_staff": 10**6})
        for written_for in ((), EDITIONS)
        for a in holdings
        for b in holdings
    ]
    shipped().check(people, AS_OF, NAMES)


def made(tmp_path_factory: pytest.TempPathFactory, people: int, seed: int) -> Iterator[Evidence]:
    """Made people, written to tables and read back as evidence."""
    folder = tmp_path_factory.mktemp("people") / "population"
    with Writer(folder, STANDARDS.vocabulary) as writer:
        for batches in generate(people, seed, STANDARDS, unknown=0.15, as_of=AS_OF):
            writer.write(*batches)
    yield from unpack(folder, STANDARDS.vocabulary)


def test_made_people(tmp_path_factory: pytest.TempPathFactory) -> None:
    people = list(made(tmp_path_factory, 1000, seed=3))
    both = shipped()
    verdicts = {v for row in both.computed(people, AS_OF) for v in row}
    assert verdicts == set(Verdict)
    both.check(people, AS_OF, NAMES)


def test_people_may_be_laid_out_once_and_decided_often(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """More people than a tile holds, some with their engagements in no order."""
    people = list(made(tmp_path_factory, 1000, seed=4))
    people = [evolve(p, engagements=(p.engagements or ())[::-1] or None) for p in people]
    both = shipped()
    columns = both.columns(people)
    assert len(columns[1].first) > TILE
    expected = empty_verdicts(len(people), both.program)
    judge(*columns, both.program, AS_OF.number, expected)
    assert expected.rungs.any()
    decide = laid_out(*columns, both.program, AS_OF.number)
    for _ in range(2):
        found = empty_verdicts(len(people), both.program)
        decide(found)
        for name in Verdicts._fields:
            assert (getattr(found, name) == getattr(expected, name)).all(), name
    both.check(people, AS_OF, NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_a_hundred_thousand_people(part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """100,000 people in all, against every indicator under every alternative of each reading."""
    people = list(made(tmp_path_factory, 5000, seed=1000 + part))
    shipped().check(people, AS_OF, NAMES)


def test_a_difference_is_told_with_the_least_evidence() -> None:
    """Shrinking leaves what makes the difference, and nothing else, as a readable evidence file."""
    person = everything(size={"peak_staff": 10})

    def differs(evidence: Evidence) -> bool:
        return any(w.role is Role.OVERALL_RESPONSIBLE for w in evidence.engagements or ())

    least = shrunk(person, differs)
    assert (
        least
        == Evidence(
            Person("E1", "E1"),
            engagements=(Engagement("e5", role=Role.OVERALL_RESPONSIBLE, fields=frozenset()),),
            professional=least.professional,
        )
        or len(least.engagements or ()) == 1
    )
    assert "role: overall_responsible" in written(least)
    assert "complexity" not in written(least)
