"""People for measurements: work histories near to what the standard asks, with gaps; the same every time."""

import random
from collections.abc import Iterator

from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
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

_SEED = 20261121
_BOUNDS = {
    "managed_staff": (0, 5, 10, 20, 35, 40, 75, 80, 150, 200, 250),
    "peak_staff": (1, 2, 5, 10, 20, 50, 60),
    "annual_contract_yen": tuple(n * 10_000_000 for n in (2, 10, 35, 50, 75, 100, 150, 200, 250)),
    "computer_rooms": (1, 2, 3, 5, 8),
    "floor_m2": (300, 1000, 2000, 5000),
    "sites": (5, 10, 50, 100, 200),
    "users_per_year": (1000, 10_000, 50_000),
    "inquiries_per_year": (500, 5000, 20_000),
}


def people(standards: Standards, known: Known, as_of: Month, count: int) -> Iterator[Evidence]:
    """Generate people.

    Args:
        known: what evidence may name.
        as_of: the month in which their records end.
    """
    for number in range(count):
        yield _Maker(random.Random(_SEED + number), standards, known, as_of).person(number)


class _Maker:
    def __init__(
        self, draw: random.Random, standards: Standards, known: Known, as_of: Month
    ) -> None:
        self.draw = draw
        self.known = known
        self.as_of = as_of
        self.editions = sorted(
            draw.sample(standards.editions, draw.choice([1, 1, 1, 2])), key=lambda e: e.id
        )
        self.grade = draw.random()
        self.gaps = draw.choice([0.0, 0.1, 0.25])

    def person(self, number: int) -> Evidence:
        draw = self.draw
        months = int(24 + 300 * self.grade)
        start = self.as_of.number - months
        works: list[Engagement] = []
        while start < self.as_of.number:
            length = draw.randint(6, 60)
            works.append(self.work(len(works), start, start + length))
            start += length - draw.choice([0, 0, 6]) + draw.choice([0, 0, 4])
        return Evidence(
            Person(f"G{number:03d}", f"G{number:03d}"),
            tuple(e.id for e in self.editions),
            None if draw.random() < 0.03 else tuple(works),
            self.professional(),
            draw.choice([None, (), (PassedExamination("AP"),)]),
        )

    def gap(self) -> bool:
        return self.draw.random() < self.gaps

    def work(self, number: int, first: int, last: int) -> Engagement:
        draw = self.draw
        edition = draw.choice(self.editions)
        fields = edition.specialty_fields()
        field = edition.qualified(draw.choice(fields).id)
        near = self.known.criteria_of_field[field]
        terms = [t for e in self.editions for t in (*e.terms.outcomes, *e.terms.tasks)]
        activities = [t for e in self.editions for t in e.terms.activities]
        rank = min(int((self.grade * 0.6 + number * 0.08) * len(Role)), len(Role) - 1)
        wide = (0.2 + 0.8 * self.grade) * draw.random()
        size: dict[str, int | str] = {
            m: v[int(wide * len(v))] for m, v in _BOUNDS.items() if not self.gap()
        }
        if not self.gap():
            scale = draw.choice(list(self.known.vocabulary.scales.values()))
            size[scale.id] = draw.choice(scale.terms()).id
        return Engagement(
            f"work-{number:02d}",
            fields=None if self.gap() else frozenset({field}),
            first=None if self.gap() else Month(first),
            last=None if last >= self.as_of.number else Month(last),
            role=None if self.gap() else Role(rank),
            supervised=None if self.gap() else rank < Role.LEADER,
            succeeded=None if self.gap() else draw.random() < 0.9,
            complexity=self.holding(sorted(near), 0.5),
            size=size,
            achieved=self.holding([t.id for t in terms], 0.9),
            activities=self.holding([t.id for t in activities], 0.6),
        )

    def holding(self, ids: list[str], share: float) -> Holding | None:
        if self.gap():
            return None
        true = self.known.vocabulary.with_broader(i for i in ids if self.draw.random() < share)
        if self.draw.random() < 0.8:
            return Holding(true)
        open_ = {i for i in ids if self.gap()}
        return Holding(true, frozenset(ids) - true - open_, complete=False)

    def professional(self) -> Professional:
        draw = self.draw

        def some(kind: str) -> list[str]:
            found = {t.id for e in self.editions for t in getattr(e.terms, kind)}
            return [i for i in sorted(found) if draw.random() < self.grade]

        depth = Depth(min(int(self.grade * 6), 5))
        return Professional(
            None if self.gap() else dict.fromkeys(some("areas"), depth),
            None if self.gap() else tuple(Work(k) for k in some("succession")),
            None if self.gap() else draw.random() < self.grade,
        )
