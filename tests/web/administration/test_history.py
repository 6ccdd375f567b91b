"""The history as each may read it: all events, texts where they are open; and whether the chain holds."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web import event_names, history
from tassei.web.administration.roles import grant
from tassei.web.clock import today
from tassei.web.cycle.case import Role
from tassei.web.history import Author, change, create
from tassei.web.models import Assessment, Cycle, Decision, Entry, EventText, Person, Target, Unit
from tassei.web.models.recorded import Recorded
from web.administration.conftest import ComeIn
from web.reading import faults_of, read


@pytest.fixture
def recorded(organisation: dict[str, Person]) -> dict[str, Person]:
    """Somebody has recorded something, with a reason of their own."""
    person = organisation["E1"]
    body = {"id": "x", "title": "秘密の業務"}
    create(
        Author(person.pk, "私の理由"), Entry(person=person, kind="engagement", key="x", body=body)
    )
    return organisation


def test_texts_of_records_are_open_to_auditors_alone(
    recorded: dict[str, Person], come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """An administrator sees that something was recorded, and neither what nor why."""
    entry = {"table": "entry"}
    for address in ("/admin/history/", "/admin/history/file/"):
        auditor = come_in("U1").get(address, entry).content.decode("utf-8-sig")
        administrator = come_in("A1").get(address, entry).content.decode("utf-8-sig")
        assert "私の理由" in auditor
        assert "私の理由" not in administrator
        assert "港 みどり" in administrator
        assert "秘密の業務" not in administrator
    assert "秘密の業務" in read(come_in("U1").get("/admin/history/", entry)).said
    assert faults_of(read(come_in("U1").get("/admin/history/")), lang, standards) == []


def test_an_auditor_of_a_unit_reads_its_texts_alone(
    recorded: dict[str, Person], come_in: ComeIn
) -> None:
    """What is about people of other units stays closed."""
    sales = Unit.objects.get(code="SAL")
    grant(Author(None), recorded["S1"], Role.AUDITOR, sales, None)
    assert "私の理由" not in read(come_in("S1").get("/admin/history/", {"table": "entry"})).said


def test_events_are_found_by_person_kind_and_day(
    recorded: dict[str, Person], come_in: ComeIn
) -> None:
    """Each filter leaves what it says; several add up."""
    change(Author(recorded["A1"].pk, "moved"), recorded["S1"], 1, email="s@example.jp")
    admin = come_in("A1")

    def count(**given: str) -> int:
        return len(read(admin.get("/admin/history/", given)).tree.css("main tbody tr"))

    assert count(person="S1") == 2
    assert count(person="A1", kind="changed") == 1
    assert count(person="NOBODY") == 0
    assert count(table="entry") == 1
    day = today()
    assert count(since=day.isoformat(), table="entry") == 1
    assert count(until=(day - timedelta(days=1)).isoformat()) == 0
    assert count(since=(day + timedelta(days=1)).isoformat()) == 0


def test_the_chain_is_checked_against_what_was_kept(
    recorded: dict[str, Person], come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Whole: a mark. Tampered with, or cut off: where."""
    admin = come_in("A1")
    kept = read(admin.get("/admin/history/")).one("code.digest").text()
    assert kept == "{} {}".format(*history.head())
    whole = read(admin.get("/admin/history/", {"check": "yes", "head": kept}))
    assert whole.one("[role=status]")
    assert not whole.tree.css("[role=alert]")
    other = f"{kept.split()[0]} {'0' * 64}"
    assert read(admin.get("/admin/history/", {"check": "yes", "head": other})).one("[role=alert]")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_event SET kind = 'x' WHERE number = 3")
    broken = read(admin.get("/admin/history/", {"check": "yes"}))
    assert "3" in broken.one("[role=alert]").text()
    assert faults_of(broken, lang, standards) == []


def test_whatever_is_recorded_has_a_name() -> None:
    """Every table and every column of which changes are kept is told in words."""
    recorded = [m for m in apps.get_models() if issubclass(m, Recorded)]
    assert len(recorded) > 15
    assert {m.__name__.lower() for m in recorded} == set(event_names.TABLES)
    columns = {f.attname for m in recorded for f in m._meta.concrete_fields}
    assert columns - {"id", "version"} == set(event_names.COLUMNS)
    assert set(event_names.COLUMNS) >= event_names.PEOPLE | event_names.UNITS


def test_values_are_told_in_words(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang
) -> None:
    """A superior by name, a unit by name, yes and no; no column of a database, no id."""
    unit = organisation["E1"].unit
    assert unit is not None
    person = create(Author(None), Person(code="N1", name="新人 一郎", unit=unit))
    change(Author(None), person, person.version, superior_id=organisation["E1"].pk, active=False)
    page = read(come_in("U1").get("/admin/history/?person=N1"))
    said = " ".join(item.text() for item in page.tree.css("details li"))
    assert organisation["E1"].name in said
    assert {"ja": "上司", "en": "superior"}[lang] in said
    assert "superior_id" not in said
    assert "False" not in said


def test_lists_of_people_and_moments_are_told_in_words(
    come_in: ComeIn, organisation: dict[str, Person]
) -> None:
    """Who decided by name, and when to the minute in Japan; a month stays a month."""
    person, noon = organisation["E1"], datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    day = noon.date()
    cycle = create(
        Author(None),
        Cycle(name_ja="回", name_en="C", opens=day, closes=day, as_of="2026-11", opened_at=noon),
    )
    one = create(Author(None), Assessment(cycle=cycle, person=person, level=3, since=noon))
    decider = organisation["M1"]
    create(Author(None), Decision(assessment=one, attained=True, by=[str(decider.pk)]))
    create(Author(None), Target(unit=person.unit, field="x", level=3, people=2, by="2027-03"))
    auditor = come_in("U1")

    def said(table: str) -> str:
        page = read(auditor.get("/admin/history/", {"table": table}))
        return " ".join(item.text() for item in page.tree.css("details li"))

    assert decider.name in said("decision")
    assert f'["{decider.pk}"]' not in said("decision")
    assert "2026-11-20 12:00" in said("assessment")
    assert "2027-03" in said("target")
    # what was tampered with is shown as it stands
    EventText.objects.filter(event__table="assessment").update(values={"since": [None, "nonsense"]})
    assert "nonsense" in said("assessment")
