"""Cycles: set up, filled with people, opened, followed and closed, by whom they belong to."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.cycles.closing import close_cycle
from tassei.web.history import broken, change, create
from tassei.web.models import Assessment, Cycle, Decision, Event, Person, Seat
from web.reading import Read, faults_of
from web.reviews.year import FIELD, NOBODY, Office, assessment, cycle, office

pytestmark = pytest.mark.usefixtures("database")

FULL: dict[str, Any] = {
    "name_ja": "秋", "name_en": "Autumn", "as_of": "2026-11", "opens": "2026-11-01",
    "due_self": "2026-11-10", "due_superior": "", "due_committee": "2026-11-20",
    "closes": "2026-11-30", "quorum": "2", "reminder_days": "7 1", "fields": [FIELD],
}  # fmt: skip


@pytest.fixture
def here(database: None, lang: Lang) -> Office:
    return office(lang)


def _value(page: Read, name: str) -> str:
    return page.one(f"main input[name={name}]").attributes["value"] or ""


def _lines(here: Office, row: Cycle, text: str, status: int = 200) -> Read:
    return here.post("hana", f"/cycles/{row.pk}/people/", status, text=text, do="check")


@pytest.mark.parametrize("address", ["/cycles/", "/cycles/new/"])
def test_only_managers_and_auditors_have_cycles(here: Office, address: str) -> None:
    """An auditor follows them and makes none; others have no such page, nor a row in the menu."""
    for who in ("midori", "cho", "dai"):
        here.get(who, address, 403)
        assert "/cycles/" not in here.get(who, "/record/").links()
    here.get("hana", address)
    here.get("aki", address, 200 if address == "/cycles/" else 403)
    assert "/cycles/" in here.get("hana", "/record/").links()


def test_a_cycle_is_within_the_units_of_its_manager(here: Office) -> None:
    """Of another unit it does not exist; a cycle of everybody is for managers of everything."""
    here.post("hana", "/cycles/new/", 422, **FULL, unit="")
    here.post("hana", "/cycles/new/", 422, **FULL, unit=str(here.units["sales"].pk))
    here.post("hana", "/cycles/new/", **FULL, unit=str(here.units["team"].pk))
    made = Cycle.objects.get()
    assert made.reminder_days == [7, 1]
    whole = cycle(here, unit=None)
    for part in ("", "edit/", "people/", "open/", "close/"):
        here.get("sato", f"/cycles/{made.pk}/{part}", 404)
        here.get("hana", f"/cycles/{whole.pk}/{part}", 404)
    here.get("aki", f"/cycles/{made.pk}/")
    here.get("aki", f"/cycles/{made.pk}/edit/", 404)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("name_ja", ""), ("name_en", "x" * 300), ("as_of", "next week"), ("opens", "2026-02-30"),
        ("closes", ""), ("due_self", "2026-10-01"), ("quorum", "0"), ("quorum", "9" * 20),
        ("reminder_days", "soon"), ("reminder_days", "1,2,3,4,5,6,7"), ("fields", []), ("fields", ["a/b/c"]),
        ("unit", "9" * 30), ("as_of", "\0"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_beside_it(
    here: Office, lang: Lang, standards: Standards, name: str, written: object
) -> None:
    """What was typed stays, and nothing is made."""
    answers = {**FULL, "unit": str(here.units["ops"].pk), name: written}
    page = here.post("hana", "/cycles/new/", 422, **answers)
    assert page.tree.css(".wrong .fault")
    assert faults_of(page, lang, standards) == []
    if name != "name_en":
        assert _value(page, "name_en") == "Autumn"
    assert not Cycle.objects.exists()


def test_settings_follow_the_version(here: Office, lang: Lang, standards: Standards) -> None:
    """An older form overwrites nothing; once it is open, what all are judged by is fixed."""
    row = cycle(here, opened_at=None)
    address = f"/cycles/{row.pk}/edit/"
    page = here.get("hana", address)
    assert faults_of(page, lang, standards) == []
    answers = FULL | {"unit": str(here.units["ops"].pk)}
    here.post("hana", address, **answers, version=_value(page, "version"))
    stale = here.post("hana", address, 409, **answers | {"name_en": "Mine"}, version="1")
    assert _value(stale, "name_en") == "Mine"
    row.refresh_from_db()
    change(NOBODY, row, row.version, opened_at=timezone.now())
    page = here.get("hana", address)
    here.post(
        "hana", address, 422, **answers | {"as_of": "2025-01"}, version=_value(page, "version")
    )


def test_lines_are_shown_before_anything_is_added(
    here: Office, lang: Lang, standards: Standards
) -> None:
    """Every fault by its line; nothing is added while one line is wrong."""
    row = cycle(here)
    before = Event.objects.count()
    text = "\n".join((
        "code, field, level, superior, members", "# a remark", f"midori, {FIELD}, 5, , dai emi",
        "nobody, x, 1", f"midori, {FIELD}, 99", f"cho, {FIELD}, x", "cho, elsewhere, 3",
        f"cho, {FIELD}, 4, cho, dai", f"midori, {FIELD}, 6, boss, cho ghost", f"sato, {FIELD}, 2",
        f"midori, {FIELD}, 5", f"hana, {FIELD}, 3", "cho, , ", 'x"\x07, "',
    ))  # fmt: skip
    page = _lines(here, row, text, 422)
    outcomes = [bool(r.css(".not_met")) for r in page.tree.css(".result tbody tr")]
    assert outcomes == [False] + [True] * 11
    assert faults_of(page, lang, standards) == []
    assert not page.tree.css("main input[name=seen]")
    assert Event.objects.count() == before
    here.post("hana", f"/cycles/{row.pk}/people/", 422, text=text, do="confirm", seen="")
    assert Event.objects.count() == before


def test_the_same_lines_again_change_nothing(here: Office) -> None:
    """And other lines change what they name: the superior, the members."""
    row = cycle(here)
    people = f"/cycles/{row.pk}/people/"
    first = f"midori, {FIELD}, 5, , dai emi"
    page = _lines(here, row, first)
    here.post("hana", people, text=first, do="confirm", seen=_value(page, "seen"))
    before = Event.objects.count()
    assert not _lines(here, row, first).tree.css("main input[name=seen]")
    here.post("hana", people, 409, text=first, do="confirm", seen=_value(page, "seen"))
    assert Event.objects.count() == before
    other = f"midori, {FIELD}, 5, boss, emi fay"
    page = _lines(here, row, other)
    here.post("hana", people, text=other, do="confirm", seen=_value(page, "seen"))
    one = Assessment.objects.get()
    assert one.superior == here.people["boss"]
    seated = Seat.objects.filter(seated=True).values_list("person__code", flat=True)
    assert sorted(seated) == ["emi", "fay"]


def test_a_confirmation_does_what_was_shown_or_nothing(here: Office) -> None:
    """Where something has changed in between, it is shown anew."""
    row = cycle(here)
    text = f"midori, {FIELD}, 5"
    page = _lines(here, row, text)
    assessment(here, row)
    here.post(
        "hana", f"/cycles/{row.pk}/people/", 409, text=text, do="confirm", seen=_value(page, "seen")
    )
    assert Assessment.objects.count() == 1


def test_people_are_picked_by_hand_or_by_unit(
    here: Office, lang: Lang, standards: Standards
) -> None:
    """What is picked becomes lines, which are shown as others are."""
    row = cycle(here, choosing=True)
    people = f"/cycles/{row.pk}/people/"
    page = here.get("hana", people, unit=str(here.units["team"].pk))
    shown = [b.attributes.get("value") for b in page.tree.css("input[name=person]")]
    assert shown == ["cho", "midori"]
    assert faults_of(page, lang, standards) == []
    picked = here.post(
        "hana", people, 200, person=["midori"], field=FIELD, level="5", members="dai,emi", do="pick"
    )
    assert "大場 大輔" in picked.one(".result").text()
    unit = here.post(
        "hana", people, 200, whole=str(here.units["team"].pk), field="", level="", do="pick"
    )
    here.post("hana", people, text=_value(unit, "text"), seen=_value(unit, "seen"), do="confirm")
    assert sorted(Assessment.objects.values_list("person__code", "level")) == [
        ("cho", 0),
        ("midori", 0),
    ]


def test_the_board_tells_what_lacks_and_what_is_late(
    here: Office, lang: Lang, standards: Standards
) -> None:
    """Counts by state, what is past its day, and who still lacks a reviewer."""
    row = cycle(here)
    assessment(here, row)
    page = here.get("hana", f"/cycles/{row.pk}/", show="lacking")
    assert {"ja": "審査員2人", "en": "2 members"}[lang] in page.said
    assert page.tree.css(".counts .late")
    for show in ("overdue", "open", "decided", "nonsense", "lacking"):
        shown = here.get("hana", f"/cycles/{row.pk}/", show=show, page="9" * 9)
        assert faults_of(shown, lang, standards) == []


def test_a_large_cycle_costs_no_more_queries(here: Office) -> None:
    """Three people or thirty: the board, and the page for adding people."""
    row = cycle(here)

    def grow(count: int) -> None:
        for _ in range(count):
            code = f"p{Person.objects.count()}"
            person = create(NOBODY, Person(code=code, unit=here.units["team"]))
            create(
                NOBODY,
                Assessment(cycle=row, person=person, field=FIELD, level=5, since=timezone.now()),
            )

    grow(3)
    counts = []
    for _ in range(2):
        for part in ("", "people/"):
            with CaptureQueriesContext(connection) as queries:
                here.get("hana", f"/cycles/{row.pk}/{part}")
            counts.append(len(queries))
        grow(30)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 18


def test_closing_makes_decisions_final(here: Office, lang: Lang, standards: Standards) -> None:
    """With a reason; nothing moves afterwards, and an older page closes nothing."""
    row = cycle(here)
    one = assessment(here, row, level=3)
    here.move("midori", one.pk, "begin")
    here.move("midori", one.pk, "submit")
    here.move("cho", one.pk, "settle", reason="r", attained="yes")
    address = f"/cycles/{row.pk}/close/"
    page = here.get("hana", address)
    assert faults_of(page, lang, standards) == []
    version = _value(page, "version")
    here.post("hana", address, 422, version=version, reason="")
    here.post("hana", address, 409, version="99", reason="r")
    here.post("hana", address, version=version, reason="予定どおり")
    assert Assessment.objects.get().state == "closed"
    here.get("midori", f"/reviews/{one.pk}/appeal/", 403)
    here.get("hana", address, 403)
    here.get("hana", f"/cycles/{row.pk}/people/", 403)


def test_many_are_closed_at_once(here: Office) -> None:
    """All but the manager's own, each with its events, and for each no more queries than its change."""

    def decided(row: Cycle, codes: Iterable[str]) -> None:
        for code in codes:
            one = assessment(here, row, code, level=3)
            change(NOBODY, one, one.version, state="decided")
            create(NOBODY, Decision(assessment=one, attained=True, by=[here.people["cho"].pk]))

    def closed(row: Cycle) -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            close_cycle(here.people["hana"], row, row.version, "予定どおり", timezone.now())
        return len(queries)

    few, many = cycle(here), cycle(here, name_ja="次", name_en="Next")
    decided(few, ["midori", "hana"])
    decided(many, ["midori", "hana", "cho", "boss", "dai", "emi", "fay", "gen"])
    for row in (few, many):
        states = dict(Assessment.objects.filter(cycle=row).values_list("person__code", "state"))
        assert set(states.values()) == {"decided"}
    cost = closed(few)
    assert closed(many) - cost <= 2 * 6
    states = dict(Assessment.objects.filter(cycle=many).values_list("person__code", "state"))
    assert states.pop("hana") == "decided"
    assert set(states.values()) == {"closed"}
    assert Decision.objects.filter(assessment__cycle=many, valid_until=None).count() == 1
    assert Event.objects.filter(kind="close").count() == 8
    assert broken() is None


@pytest.mark.parametrize("bad", ["9" * 30, "\0", "-1", "x" * 200_000])
def test_nonsense_is_answered(here: Office, bad: str) -> None:
    """Whatever is sent, there is a page and no change."""
    row = cycle(here, opened_at=None)
    before = Event.objects.count()
    client = here.clients["hana"]
    for part in ("edit/", "people/", "open/"):
        names = (
            "version",
            "text",
            "do",
            "seen",
            "person",
            "whole",
            "field",
            "level",
            "unit",
            "name_ja",
            "fields",
        )
        assert client.post(f"/cycles/{row.pk}/{part}", dict.fromkeys(names, bad)).status_code < 500
    assert client.get(f"/cycles/{'9' * 30}/").status_code == 404
    for query in (f"unit={bad[:40]}", f"page={bad[:40]}&show={bad[:40]}"):
        for part in ("", "people/"):
            assert client.get(f"/cycles/{row.pk}/{part}?{query}").status_code < 500
    assert Event.objects.count() == before
