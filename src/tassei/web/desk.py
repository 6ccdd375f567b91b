"""Assessments in the database: a row becomes a `Case`, a move is made on it, and it is written back.

All that a move changes, and the record of it, is one transaction.
"""

from collections.abc import Iterable, Sequence

from attrs import evolve
from django.db import connection, transaction

from tassei.web.clock import now, today
from tassei.web.cycle.case import Actor, Case, Role, State, View
from tassei.web.cycle.case import Decision as Decided
from tassei.web.cycle.moves import Asked, Refused, made
from tassei.web.history import Author, Stale, change, change_all, create, remove
from tassei.web.models import Assessment, Decision, Grant, Person, Seat
from tassei.web.viewers import units_above

_AT_ONCE = 500
"""People of one query: databases take a limited number of values."""


def actor_of(person: Person, units: frozenset[int] | None = None) -> Actor:
    """Who somebody is to the cycle: the id, and the roles that have not run out.

    Args:
        units: only roles held in one of these, or everywhere; all roles where left out.
    """
    day = today()
    grants = Grant.objects.filter(person=person)
    held = (
        g.role
        for g in grants
        if (g.until is None or g.until >= day)
        and (units is None or g.unit_id is None or g.unit_id in units)
    )
    return Actor(str(person.pk), frozenset(map(Role, held)))


def lines_above(people: Iterable[int]) -> dict[int, frozenset[str]]:
    """Everybody in the line above each of some people; a circle ends it. One query for `_AT_ONCE` of them."""
    found: dict[int, set[str]] = {p: set() for p in people}
    keys = list(found)
    for start in range(0, len(keys), _AT_ONCE):
        for person, above in _pairs_above(keys[start : start + _AT_ONCE]):
            found[person].add(str(above))
    return {person: frozenset(above) for person, above in found.items()}


def _pairs_above(people: list[int]) -> list[tuple[int, int]]:
    places = ", ".join(["%s"] * len(people))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE line(whose, id) AS ("
            f" SELECT id, superior_id FROM web_person WHERE id IN ({places})"
            " UNION SELECT line.whose, p.superior_id FROM web_person p JOIN line ON p.id = line.id"
            ") SELECT whose, id FROM line WHERE id IS NOT NULL AND id <> whose",
            people,
        )
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def case_of(assessment: Assessment, above: frozenset[str] | None = None) -> Case:
    """The assessment as a value; one query where its rows were fetched along.

    Args:
        above: the line above the engineer, where it is known; then there is no query.
    """
    if above is None:
        above = lines_above([assessment.person_id])[assessment.person_id]
    seats, decisions = list(assessment.seats.all()), list(assessment.decisions.all())
    stands = {d.upheld: Decided(d.attained, frozenset(d.by)) for d in decisions}
    return Case(
        subject=str(assessment.person_id),
        level=assessment.level,
        superior=str(assessment.superior_id) if assessment.superior_id else None,
        quorum=assessment.cycle.quorum,
        state=State(assessment.state),
        committee=frozenset(str(s.person_id) for s in seats if s.seated),
        excluded=frozenset(str(s.person_id) for s in seats if s.excluded),
        heard=frozenset(str(s.person_id) for s in seats if s.heard),
        views=tuple(View(str(s.person_id), s.attained) for s in seats if s.attained is not None),
        decision=stands.get(False),
        appealed=assessment.appealed,
        upheld=stands.get(True),
        above=above,
    )


def move(
    person: Person,
    assessment_id: int,
    version: int,
    name: str,
    *,
    reason: str = "",
    target: Person | None = None,
    attained: bool | None = None,
) -> Assessment:
    """Make a move.

    Args:
        version: of the assessment, as the person saw it.

    Raises:
        Refused: it may not be made.
        Stale: somebody else has made a move since.
    """
    with transaction.atomic():
        assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
        cycle = assessment.cycle
        if assessment.version != version:
            raise Stale
        asked = Asked(
            actor_of(person, units_above(assessment.person)), reason,
            str(target.pk) if target else "", attained,
            cycle.closed_at is None, cycle.opened_at is not None,
        )  # fmt: skip
        before = case_of(assessment)
        after = made(before, name, asked)
        author = Author(person.pk, reason)
        _keep_seats(author, assessment, after, name)
        _keep_decisions(author, assessment, after, name)
        # the row itself comes last and always: its version tells that something has been done
        return _keep(author, assessment, before, after, name)


def close_all(person: Person, assessments: Sequence[Assessment], reason: str) -> list[Assessment]:
    """Make many decisions final at once; what the person may not close is left as it is.

    What is asked for one is asked for each, in a number of queries that does not grow with them but for
    the change itself.

    Args:
        assessments: with cycle, person, seats and decisions fetched along.

    Raises:
        Stale: somebody else has made a move on one of them since.
    """
    above = lines_above(a.person_id for a in assessments)
    actors: dict[int | None, Actor] = {}
    closed = []
    for one in assessments:
        unit, cycle = one.person.unit_id, one.cycle
        if unit not in actors:
            actors[unit] = actor_of(person, units_above(one.person))
        asked = Asked(
            actors[unit], reason,
            cycle_open=cycle.closed_at is None, cycle_begun=cycle.opened_at is not None,
        )  # fmt: skip
        before = case_of(one, above[one.person_id])
        try:
            after = made(before, "close", asked)
        except Refused:
            continue
        assert after == evolve(before, state=after.state), "to close changes nothing else"
        closed.append(one)
    at = now()
    change_all(
        Author(person.pk, reason),
        [(a, {"state": State.CLOSED.value, "since": at, "moves": a.moves + 1}) for a in closed],
        "close",
    )
    return closed


def _keep(
    author: Author, assessment: Assessment, before: Case, after: Case, name: str
) -> Assessment:
    since = assessment.since if before.state is after.state else now()
    return change(
        author,
        assessment,
        assessment.version,
        name,
        state=after.state.value,
        superior_id=int(after.superior) if after.superior else None,
        appealed=after.appealed,
        since=since,
        moves=assessment.moves + 1,
    )


def _keep_seats(author: Author, assessment: Assessment, case: Case, name: str) -> None:
    views = {v.member: v.attained for v in case.views}
    present = {str(s.person_id): s for s in assessment.seats.all()}
    for person in sorted({*case.committee, *case.excluded, *case.heard, *views, *present}):
        values = {
            "seated": person in case.committee,
            "excluded": person in case.excluded,
            "heard": person in case.heard,
            "attained": views.get(person),
        }
        seat = present.get(person)
        if seat is None:
            create(author, Seat(assessment=assessment, person_id=int(person), **values), name)
        else:
            change(author, seat, seat.version, name, **values)


def _keep_decisions(author: Author, assessment: Assessment, case: Case, name: str) -> None:
    wanted = {False: case.decision, True: case.upheld}
    present = {d.upheld: d for d in assessment.decisions.all()}
    for upheld, decision in wanted.items():
        row = present.get(upheld)
        if row is not None and decision is None:
            remove(author, row, row.version)
        elif decision is not None:
            values = {"attained": decision.attained, "by": sorted(decision.by)}
            if row is None:
                create(author, Decision(assessment=assessment, upheld=upheld, **values), name)
            else:
                change(author, row, row.version, name, **values)
