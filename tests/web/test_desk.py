"""Assessments in the database move as their values do."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tassei.web import history
from tassei.web.cycle.case import Role, State
from tassei.web.cycle.moves import MOVES, Asked, Refused, made
from tassei.web.desk import actor_of, case_of, lines_above, move
from tassei.web.history import Author, Stale, create
from tassei.web.models import Assessment, Cycle, Event, Grant, Person, Unit

pytestmark = pytest.mark.usefixtures("database")
NOBODY = Author(None)


@pytest.fixture
def people(database: None) -> dict[str, Person]:
    made = {n: create(NOBODY, Person(code=n)) for n in ("ann", "ben", "cho", "dai", "emi", "fay")}
    for name in ("ben", "fay"):
        create(NOBODY, Grant(person=made[name], role=Role.MANAGER.value))
    return made


@pytest.fixture
def assessment(people: dict[str, Person]) -> Assessment:
    day = datetime.date(2026, 11, 1)
    cycle = create(
        NOBODY,
        Cycle(
            name_ja="2026年",
            name_en="2026",
            opens=day,
            closes=day,
            as_of="2026-11",
            quorum=2,
            opened_at=timezone.now(),
        ),
    )
    return create(
        NOBODY,
        Assessment(
            cycle=cycle, person=people["ann"], field="e/f", level=5, superior=people["cho"],
            since=timezone.now(),
        ),
    )  # fmt: skip


def _story(
    people: dict[str, Person], row: Assessment, *steps: tuple[str, str, str, bool | None]
) -> Assessment:
    for who, name, target, attained in steps:
        row = move(
            people[who], row.pk, row.version, name, reason="why",
            target=people[target] if target else None, attained=attained,
        )  # fmt: skip
    return row


TO_DECISION = (
    ("ben", "seat", "dai", None), ("ben", "seat", "emi", None), ("ann", "begin", "", None),
    ("ann", "submit", "", None), ("cho", "forward", "", None), ("dai", "view", "", False),
    ("emi", "view", "", False), ("emi", "decide", "", None),
)  # fmt: skip


def test_a_year_is_stored_with_its_history(
    people: dict[str, Person], assessment: Assessment
) -> None:
    """From the first move to the appeal, every move is there with who and why."""
    row = _story(people, assessment, *TO_DECISION, ("ann", "appeal", "", None))
    case = case_of(Assessment.objects.get(pk=row.pk))
    assert (case.state, case.appealed, case.decision) == (State.COMMITTEE, True, None)
    assert case.heard == {str(people["dai"].pk), str(people["emi"].pk)}
    moves = Event.objects.filter(table="assessment", kind__in=[m.name for m in MOVES])
    assert [e.kind for e in moves.order_by("number")] == [s[1] for s in TO_DECISION] + ["appeal"]
    row = _story(people, row, ("ann", "drop-appeal", "", None))
    decision = case_of(row).decision
    assert decision is not None
    assert not decision.attained
    assert history.broken() is None


def test_who_saw_an_older_state_moves_nothing(
    people: dict[str, Person], assessment: Assessment
) -> None:
    """Every move raises the version, also one that only seats a member."""
    _story(people, assessment, TO_DECISION[0])
    with pytest.raises(Stale):
        move(people["ann"], assessment.pk, 1, "begin")


def test_a_refused_move_writes_nothing(people: dict[str, Person], assessment: Assessment) -> None:
    """What may not be done leaves no trace."""
    before = Event.objects.count()
    with pytest.raises(Refused):
        move(people["dai"], assessment.pk, 1, "begin")
    assert Event.objects.count() == before


def test_nothing_moves_after_the_cycle(people: dict[str, Person], assessment: Assessment) -> None:
    """A cycle that was closed refuses moves."""
    cycle = assessment.cycle
    history.change(NOBODY, cycle, cycle.version, closed_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        move(people["ann"], assessment.pk, 1, "begin")


def test_a_role_that_has_run_out_is_none(people: dict[str, Person]) -> None:
    """Yesterday's manager manages nothing today."""
    grant = Grant.objects.get(person=people["ben"])
    history.change(NOBODY, grant, 1, until=timezone.localdate() - datetime.timedelta(days=1))
    assert actor_of(people["ben"]).roles == frozenset()
    assert actor_of(people["fay"]).roles == {Role.MANAGER}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_rows_and_values_agree(
    data: st.DataObject, people: dict[str, Person], assessment: Assessment
) -> None:
    """Whatever is tried, the database ends where the value ends."""
    from django.db import transaction

    with transaction.atomic():
        row = Assessment.objects.get(pk=assessment.pk)
        names, moves = st.sampled_from(sorted(people)), st.sampled_from([m.name for m in MOVES])
        for who, name, target, attained in (
            *TO_DECISION[: data.draw(st.integers(0, len(TO_DECISION)))],
            *data.draw(st.lists(st.tuples(names, moves, names, st.booleans()), max_size=8)),
        ):
            case, whom = case_of(row), people[target] if target else None
            asked = Asked(actor_of(people[who]), "why", str(whom.pk) if whom else "", attained)
            try:
                expected = made(case, name, asked)
            except Refused:
                with pytest.raises(Refused):
                    move(
                        people[who],
                        row.pk,
                        row.version,
                        name,
                        reason="why",
                        target=whom,
                        attained=attained,
                    )
                continue
            move(
                people[who], row.pk, row.version, name, reason="why", target=whom, attained=attained
            )
            row = Assessment.objects.get(pk=row.pk)
            found = case_of(row)
            assert set(found.views) == set(expected.views)
            assert (found.state, found.committee, found.excluded, found.heard) == (
                expected.state, expected.committee, expected.excluded, expected.heard,
            )  # fmt: skip
            assert (found.decision, found.upheld, found.superior) == (
                expected.decision, expected.upheld, expected.superior,
            )  # fmt: skip
        transaction.set_rollback(True)


def test_a_case_is_read_in_few_queries(people: dict[str, Person], assessment: Assessment) -> None:
    """However large the committee, the number of queries is the same."""
    _story(people, assessment, *TO_DECISION)
    fetched = Assessment.objects.select_related("cycle").prefetch_related("seats", "decisions")
    with CaptureQueriesContext(connection) as queries:
        case_of(fetched.get(pk=assessment.pk))
    assert len(queries) == 4


def test_the_line_above_is_found_whatever_its_length(people: dict[str, Person]) -> None:
    """Everybody above, in one query; a circle ends, and nobody stands above themselves."""
    line = ["ann", "cho", "dai", "emi"]
    for below, above in itertools.pairwise([*line, "ann"]):
        row = people[below]
        history.change(NOBODY, row, row.version, superior_id=people[above].pk)
    with CaptureQueriesContext(connection) as queries:
        found = lines_above([people["ann"].pk, people["ben"].pk])
    assert len(queries) == 1
    assert found[people["ann"].pk] == {str(people[n].pk) for n in ("cho", "dai", "emi")}
    assert found[people["ben"].pk] == frozenset()


def test_a_role_of_another_unit_moves_nothing(
    people: dict[str, Person], assessment: Assessment
) -> None:
    """A manager acts within the units that the role was granted in."""
    mine, other = (create(NOBODY, Unit(code=c, name_ja=c, name_en=c)) for c in ("a", "b"))
    history.change(NOBODY, people["ann"], 1, unit_id=mine.pk)
    for unit, name in ((other, "dai"), (mine, "emi")):
        create(NOBODY, Grant(person=people[name], role=Role.MANAGER.value, unit=unit))
    with pytest.raises(Refused, match="skills manager"):
        move(people["dai"], assessment.pk, 1, "seat", target=people["fay"])
    move(people["emi"], assessment.pk, 1, "seat", target=people["fay"])
