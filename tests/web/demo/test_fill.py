"""The example organisation is whole: every record as in its file, superiors without circles, all can come in."""

import pytest
from django.db import transaction
from django.test import Client

from tassei.encoding.compiled import shipped
from tassei.evidence.read import read_evidence
from tassei.judging.verdict import Verdict
from tassei.web import history
from tassei.web.clock import this_month
from tassei.web.cycle.case import State
from tassei.web.demo.fill import fill
from tassei.web.demo.organisation import organisation
from tassei.web.explorer.shelf import known
from tassei.web.models import Cycle, Decision, Event, Person, Standing
from tassei.web.records import evidence_of

pytestmark = pytest.mark.usefixtures("database")


def test_every_record_is_the_one_of_its_file() -> None:
    """What is stored says the same as the file, but for the unit, which the organisation knows."""
    fill()
    files = [p for p in shipped("examples").iterdir() if p.suffix in (".yaml", ".jsonl")]
    seen = 0
    for file in files:
        for record in read_evidence(file, known(), this_month()):
            person = Person.objects.get(code=record.evidence.person.id)
            stored = evidence_of(person, this_month()).evidence
            assert stored.engagements == record.evidence.engagements
            assert stored.professional == record.evidence.professional
            assert stored.examinations == record.evidence.examinations
            seen += 1
    assert seen == 23
    assert history.broken() is None


def test_superiors_lead_up_to_the_top() -> None:
    """From everybody the way up ends at the president."""
    fill()
    for person in Person.objects.all():
        seen, one = set(), person
        while one.superior is not None:
            assert one.pk not in seen
            seen.add(one.pk)
            one = one.superior
        assert one.code == "E0901"


def test_every_account_that_is_told_lets_somebody_in() -> None:
    """Name and password are right, and everybody has a page to begin with."""
    ways = fill()
    assert {w.login for w in ways} == {p.login for p in organisation().players}
    for way in ways:
        client = Client()
        answer = client.post("/login/", {"login": way.login, "password": way.password})
        assert answer.status_code == 302
        assert client.get(answer["Location"]).status_code == 200


def test_the_password_is_another_one_each_time() -> None:
    """Nobody who read of it once gets in later."""
    found = set()
    for _ in range(2):
        with transaction.atomic():
            found |= {w.password for w in fill()}
            transaction.set_rollback(True)
    assert len(found) == 2


def test_the_reviews_stand_where_the_example_says() -> None:
    """Last year's are final, this year's at every stage; what happened is in the order of its days."""
    fill()
    past, present = Cycle.objects.order_by("opens")
    assert past.closed_at is not None
    assert set(past.assessments.values_list("state", flat=True)) == {State.CLOSED.value}
    assert present.closed_at is None
    for cycle in (past, present):
        assert Standing.objects.filter(cycle=cycle).exclude(field="").exists()
    states = set(present.assessments.values_list("state", flat=True))
    assert states == {s.value for s in State} - {State.CLOSED.value, State.WITHDRAWN.value}
    # people decided otherwise than the verdict was computed, once at least
    decisions = [d for d in Decision.objects.select_related("computed") if d.computed]
    differing = [d for d in decisions if (d.computed.verdict == Verdict.MET.id) != d.attained]
    assert 0 < len(differing) < len(decisions)
    times = list(Event.objects.order_by("number").values_list("at", flat=True))
    assert len(set(times)) > 10
    assert history.broken() is None
