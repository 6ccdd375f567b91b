"""Tells the example organisation's reviews again: each move as its people made it, on its day.

Every move goes the way that the pages go, so that what cannot be done by hand is not told either.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from attrs import frozen
from django.utils import timezone

from tassei.evidence.months import Month
from tassei.web import clock
from tassei.web.cycles.closing import close_cycle, open_cycle
from tassei.web.demo.organisation import Organisation, Round, Told
from tassei.web.explorer.shelf import standards
from tassei.web.history import Author, create
from tassei.web.models import Assessment, Cycle, Person, Seat
from tassei.web.reviews.making import make

_MANAGER = "E0902"
_AFTER = {
    "begin": 2,
    "submit": 7,
    "forward": 10,
    "view": 13,
    "settle": 12,
    "decide": 16,
    "appeal": 17,
}
"""How many days after the opening each move is made."""


@frozen
class Step:
    """One move of one person, on a day counted from the opening."""

    day: int
    who: str
    move: str
    why: str = ""
    attained: bool | None = None


def tell(example: Organisation, people: Mapping[str, Person]) -> None:
    """Write all cycles of the example; their people and records are there."""
    for one in example.rounds:
        _Teller(example, people, one).tell()


class _Teller:
    """Tells one cycle in the order of its days, as the history demands."""

    def __init__(self, example: Organisation, people: Mapping[str, Person], one: Round) -> None:
        self.words, self.people, self.round = example.words, people, one
        self.today = clock.today()
        self.opens = self._day(one.days["opens"])

    def tell(self) -> None:
        with clock.at(_noon(self.opens)):
            cycle = self._cycle()
            rows = [(told, self._assessment(cycle, told)) for told in self.round.assessments]
            open_cycle(Author(self.people[_MANAGER].pk), cycle, cycle.version)
        steps = [(step, row) for told, row in rows for step in self._steps(told)]
        for step, row in sorted(steps, key=lambda pair: pair[0].day):
            row.refresh_from_db()
            with clock.at(_noon(self.opens + timedelta(days=step.day))):
                make(
                    self.people[step.who], row.pk, row.version, step.move,
                    reason=step.why, attained=step.attained,
                )  # fmt: skip
        if self.round.closed:
            cycle.refresh_from_db()
            with clock.at(_noon(cycle.closes)):
                manager = self.people[_MANAGER]
                close_cycle(manager, cycle, cycle.version, self.words["closed"], clock.now())

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _cycle(self) -> Cycle:
        name, days = self.round.name.format(year=self.opens.year), self.round.days
        paths = [
            edition.qualified(field.id)
            for edition in standards().editions
            if edition.id in self.round.editions
            for field in edition.specialty_fields()
        ]
        return create(
            Author(self.people[_MANAGER].pk),
            Cycle(
                name_ja=name.ja, name_en=name.en, opens=self.opens, closes=self._day(days["closes"]),
                as_of=str(Month.of(self.opens.year, self.opens.month)), fields=paths,
                due_self=self._day(days["due_self"]), due_superior=self._day(days["due_superior"]),
                due_committee=self._day(days["due_committee"]), reminder_days=[7, 1],
            ),
        )  # fmt: skip

    def _assessment(self, cycle: Cycle, told: Told) -> Assessment:
        author = Author(self.people[_MANAGER].pk)
        row = Assessment(
            cycle=cycle, person=self.people[told.person], field=told.field, level=told.level,
            superior=self.people[told.superior], since=clock.now(),
        )  # fmt: skip
        create(author, row, "added")
        for member in told.members:
            seat = Seat(assessment=row, person=self.people[member], seated=True)
            create(author, seat, "added")
        return row

    def _steps(self, told: Told) -> Iterator[Step]:
        """The moves of one assessment, up to the last that was made."""
        for step in self._whole(told):
            yield step
            if step.move == told.until and step.move != "view":
                return

    def _whole(self, told: Told) -> Iterator[Step]:
        if told.until == "open":
            return
        yield Step(_AFTER["begin"], told.person, "begin")
        yield Step(_AFTER["submit"], told.person, "submit")
        if told.settled is not None:
            why = self.words["settled"]
            yield Step(_AFTER["settle"], told.superior, "settle", why, told.settled)
            return
        yield Step(_AFTER["forward"], told.superior, "forward")
        for member, attained in zip(told.members, told.views, strict=False):
            why = self.words["attained" if attained else "not-attained"]
            yield Step(_AFTER["view"], member, "view", why, attained)
        if told.until == "view":
            return
        yield Step(_AFTER["decide"], told.members[0], "decide", self.words["decided"])
        if told.until == "appeal":
            yield Step(_AFTER["appeal"], told.person, "appeal", self.words["appeal"])


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
