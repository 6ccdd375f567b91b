"""One person and one unit: forms that keep what was typed, roles with a reason, erasure that is whole."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge
from tassei.text import Lang
from tassei.web import history, periods
from tassei.web.account.invitations import invite
from tassei.web.account.setup import make_account
from tassei.web.administration import erasing, retention
from tassei.web.cycle.case import Role
from tassei.web.history import Author, broken, change, create
from tassei.web.models import (
    Event,
    EventText,
    Grant,
    Invitation,
    Person,
    Run,
    Setting,
    Unit,
    Upload,
    Verdict,
)
from tassei.web.records import keep, kept_verdict
from web.administration.conftest import WORD, ComeIn
from web.reading import faults_of, read


def test_somebody_is_added_and_changed(come_in: ComeIn, organisation: dict[str, Person]) -> None:
    """By a form, with author and reason; whoever has left has a day on which it was."""
    admin = come_in("A1")
    given = {
        "code": "N1",
        "name": "新 一郎",
        "unit": "OPS",
        "superior": "M1",
        "active": "yes",
        "version": "0",
    }
    added = admin.post("/admin/people/new/", given)
    person = Person.objects.get(code="N1")
    assert added.headers["Location"] == f"/admin/people/{person.pk}/"
    assert person.superior == organisation["M1"]
    gone = given | {"version": "1", "active": "", "why": "left in March"}
    assert admin.post(f"/admin/people/{person.pk}/edit/", gone).status_code == 302
    person.refresh_from_db()
    assert (person.active, person.left_on) == (False, timezone.localdate())
    assert EventText.objects.get(event__number=history.head()[0]).why == "left in March"
    assert (
        admin.post(
            f"/admin/people/{person.pk}/edit/", gone | {"active": "yes", "version": "2"}
        ).status_code
        == 302
    )
    assert Person.objects.get(code="N1").left_on is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""}, {"code": "a/b"}, {"code": "M1"}, {"code": "x" * 61}, {"name": "x" * 201}, {"email": "x"},
        {"superior": "NOBODY"}, {"superior": "E1"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_it(
    wrong: dict[str, str],
    come_in: ComeIn,
    organisation: dict[str, Person],
    lang: Lang,
    standards: Standards,
) -> None:
    """Nothing is written, and what was typed comes back."""
    person, before = organisation["E1"], Event.objects.count()
    given = {
        "code": "E1",
        "name": "港 みどり",
        "unit": "OPS-1",
        "active": "yes",
        "version": "1",
    } | wrong
    response = come_in("A1").post(f"/admin/people/{person.pk}/edit/", given)
    assert response.status_code == 422
    page = read(response)
    assert faults_of(page, lang, standards) == []
    [(name, value)] = wrong.items()
    assert page.one(f"#{name}").attributes["value"] == value
    assert page.one(f"#{name}").attributes["aria-invalid"] == "true"
    assert Event.objects.count() == before


def test_who_saves_over_a_change_is_told(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """409, with what was typed; nothing of the other's is lost."""
    person = organisation["E1"]
    change(Author(None), person, 1, name="ほか")
    given = {"code": "E1", "name": "私の", "unit": "OPS-1", "active": "yes", "version": "1"}
    response = come_in("A1").post(f"/admin/people/{person.pk}/edit/", given)
    assert response.status_code == 409
    page = read(response)
    assert faults_of(page, lang, standards) == []
    assert page.one("#name").attributes["value"] == "私の"
    assert Person.objects.get(code="E1").name == "ほか"
    unit = Unit.objects.get(code="OPS-1")
    change(Author(None), unit, 1, name_ja="ほか")
    given = {"code": "OPS-1", "name_ja": "私の", "above": "OPS", "version": "1"}
    response = come_in("A1").post(f"/admin/units/{unit.pk}/", given)
    assert response.status_code == 409
    assert faults_of(read(response), lang, standards) == []


def test_a_unit_is_added_and_moved_but_not_below_itself(come_in: ComeIn) -> None:
    """The form of a unit refuses circles, taken codes and missing names."""
    admin = come_in("A1")
    assert (
        admin.post("/admin/units/new/", {"code": "N", "name_en": "New", "above": "SAL"}).status_code
        == 302
    )
    assert Unit.objects.get(code="N").name_ja == "New"
    ops = Unit.objects.get(code="OPS")
    good = {"code": "OPS", "name_ja": "運用", "version": "1"}
    for wrong in (
        {"above": "OPS-1"},
        {"code": "SAL"},
        {"name_ja": ""},
        {"code": "a@b"},
        {"name_ja": "x" * 201},
    ):
        assert admin.post(f"/admin/units/{ops.pk}/", good | wrong).status_code == 422
    assert admin.post(f"/admin/units/{ops.pk}/", good | {"above": "N"}).status_code == 302


def test_a_role_is_granted_and_taken_back_with_reasons(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """In a unit, up to a day; who granted it to whom, and to oneself, stands in the history."""
    admin, me = come_in("A1"), organisation["A1"]
    address = f"/admin/people/{me.pk}/grant/"
    last = (timezone.localdate() + timedelta(days=30)).isoformat()
    given = {"role": "auditor", "unit": "OPS", "until": last, "why": "audit of spring"}
    for wrong in (
        {"role": "x"},
        {"role": ""},
        {"unit": "NO"},
        {"until": "2020-01-01"},
        {"until": "x"},
        {"why": ""},
    ):
        refused = admin.post(address, given | wrong)
        assert refused.status_code == 422
        assert faults_of(read(refused), lang, standards) == []
    assert admin.post(address, given).status_code == 302
    assert admin.post(address, given).status_code == 422
    held = Grant.objects.get(person=me, role="auditor")
    assert (held.unit, held.until) == (Unit.objects.get(code="OPS"), date.fromisoformat(last))
    seen = read(come_in("U1").get("/admin/history/", {"table": "grant", "person": "A1"})).said
    assert seen.count("管理 太郎 (A1)") >= 2
    assert "audit of spring" in read(admin.get("/admin/history/", {"table": "grant"})).said
    taken = f"/admin/roles/{held.pk}/"
    assert faults_of(read(admin.get(taken)), lang, standards) == []
    assert admin.post(taken, {"version": "1"}).status_code == 422
    assert admin.post(taken, {"version": "7", "why": "x"}).status_code == 409
    assert admin.post(taken, {"version": "1", "why": "done"}).status_code == 302
    assert not Grant.objects.filter(person=me, role="auditor").exists()


def test_the_last_administrator_stays(come_in: ComeIn, organisation: dict[str, Person]) -> None:
    """Taking the role back, giving it an end, marking as left, erasing: each is refused."""
    admin, me = come_in("A1"), organisation["A1"]
    held = Grant.objects.get(person=me)
    ending = {"role": "administrator", "unit": "", "until": "2999-01-01", "why": "x"}
    gone = {"code": "A1", "name": "管理 太郎", "version": "1"}
    attempts = (
        (f"/admin/roles/{held.pk}/", {"version": "1", "why": "x"}),
        (f"/admin/people/{me.pk}/grant/", ending),
        (f"/admin/people/{me.pk}/edit/", gone),
        (f"/admin/people/{me.pk}/erase/", {"code": "A1", "why": "asked", "version": "1"}),
    )
    before = Event.objects.count()
    for address, given in attempts:
        assert admin.post(address, given).status_code == 422, address
    assert Event.objects.count() == before
    create(Author(None), Grant(person=organisation["M1"], role=Role.ADMINISTRATOR.value))
    # one who has never come in does not count
    invite(Author(None), organisation["M1"], "M1")
    assert admin.post(*attempts[0]).status_code == 422
    account = organisation["M1"].account
    account.set_password(WORD)
    account.save()
    assert admin.post(*attempts[0]).status_code == 302


def _everything() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_nothing_says_who_was_erased(
    come_in: ComeIn,
    organisation: dict[str, Person],
    known: Known,
    as_of: Month,
    judge: Judge,
    lang: Lang,
    standards: Standards,
) -> None:
    """No table holds the name, the code, the email, the login or a word of the record; the chain is whole."""
    person = create(Author(None), Person(code="KEY-7788", name="消える 花子", email="hanako@erased.example", unit=Unit.objects.get(code="OPS"), superior=organisation["M1"]))  # fmt: skip
    create(Author(None), Person(code="T1", superior=person))
    make_account(person, "hanako-login", WORD)
    browser = Client()
    browser.post("/login/", {"login": "hanako-login", "password": WORD})
    browser.post("/account/", {"do": "password", "old": "x", "password": "y"})
    invite(Author(person.pk), person, "unused")
    create(Author(None, "for 消える 花子"), Grant(person=person, role="member"))
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    keep(Author(person.pk, "my own reason"), person, record.evidence)
    kept_verdict(judge, person, judge.judge(record.evidence, as_of, judge.rungs[0]))
    change(Author(None, "like 消える 花子"), organisation["E1"], 1, name="別")
    Upload.objects.create(person=organisation["M1"], kind="people", text="KEY-7788,消える 花子")
    title = next(e.title or e.id for e in record.evidence.engagements or ())
    words = ("KEY-7788", "消える 花子", "hanako@erased", "hanako-login", "my own reason", title)
    everything = _everything() + repr(list(EventText.objects.values_list("values", flat=True)))
    assert all(w in everything for w in words)
    admin, address = come_in("A1"), f"/admin/people/{person.pk}/erase/"
    page = read(admin.get(address))
    assert faults_of(page, lang, standards) == []
    good = {"code": "KEY-7788", "why": "asked on 1 April", "everywhere": "yes", "version": "1"}
    for wrong in ({"code": "E1"}, {"why": ""}, {"why": "消える 花子 asked"}):
        refused = admin.post(address, good | wrong)
        assert refused.status_code == 422
        assert faults_of(read(refused), lang, standards) == []
    assert admin.post(address, good | {"version": "9"}).status_code == 409
    kept = history.head()
    assert admin.post(address, good).status_code == 302
    everything = _everything() + repr(list(EventText.objects.values_list("values", flat=True)))
    assert [w for w in words if w in everything] == []
    assert broken(kept) is None
    assert browser.get("/record/").status_code == 302
    assert Person.objects.get(pk=person.pk).erased_at is not None
    assert Verdict.objects.get().evidence_digest == ""
    assert EventText.objects.get(event__table="run").why == "asked on 1 April"
    assert admin.get(address).status_code == 404
    assert faults_of(read(admin.get("/admin/history/")), lang, standards) == []


def test_every_table_says_what_becomes_of_it() -> None:
    """A model that erasure does not know of would keep what it should not."""
    known = {m.__name__ for m, _ in erasing.REMOVED} | set(erasing.KEPT)
    assert {m.__name__ for m in apps.get_app_config("web").get_models()} == known


@pytest.fixture
def leavers(organisation: dict[str, Person]) -> dict[str, Person]:
    """Two have left: one long ago, one of late."""
    today = timezone.localdate()
    for code, days in (("S1", 800), ("E1", 10)):
        change(
            Author(None), organisation[code], 1, active=False, left_on=today - timedelta(days=days)
        )
    return organisation


def test_nothing_goes_before_it_is_chosen(leavers: dict[str, Person]) -> None:
    """Everything is kept for ever unless somebody decides otherwise."""
    assert retention.due(timezone.localdate()).nothing
    assert retention.let_go_daily()
    assert not Person.objects.exclude(erased_at=None).exists()


def test_what_is_past_its_time_goes_once_a_day(
    leavers: dict[str, Person],
    come_in: ComeIn,
    judge: Judge,
    as_of: Month,
    known: Known,
    lang: Lang,
    standards: Standards,
) -> None:
    """The page says what would go; then it goes, by the button or once a day, and is recorded."""
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    judgement = judge.judge(record.evidence, as_of, judge.rungs[0])
    old, new = (kept_verdict(judge, leavers["M1"], judgement) for _ in range(2))
    Verdict.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=366 * 5))
    admin = come_in("A1")
    page = read(admin.get("/admin/retention/"))
    seen = page.one("input[name=seen]").attributes["value"] or ""
    keys = {r.key: "5" for r in periods.RULES} | {periods.LEFT.key: "24"}
    for wrong in ("-1", "", "x", "99999", "１"):
        refused = admin.post(
            "/admin/retention/", keys | {periods.LEFT.key: wrong, "why": "x", "seen": seen}
        )
        assert refused.status_code == 422
        assert faults_of(read(refused), lang, standards) == []
    assert (
        admin.post("/admin/retention/", keys | {"why": "policy", "seen": seen}).status_code == 302
    )
    stale = admin.post("/admin/retention/", keys | {"why": "policy", "seen": seen})
    assert stale.status_code == 409
    assert faults_of(read(stale), lang, standards) == []
    assert Setting.objects.get(key=periods.LEFT.key).value == 24
    shown = read(admin.get("/admin/retention/"))
    assert faults_of(shown, lang, standards) == []
    assert "店 三郎" in shown.said
    assert "港 みどり" not in shown.said
    assert admin.post("/admin/retention/", {"do": "erase"}).status_code == 422
    assert admin.post("/admin/retention/", {"do": "erase", "sure": "yes"}).status_code == 302
    assert set(Person.objects.exclude(erased_at=None).values_list("pk", flat=True)) == {
        leavers["S1"].pk
    }
    assert list(Verdict.objects.all()) == [new]
    assert Run.objects.get(kind="retention").figures == {"people": 1, "verdicts": 1}
    assert not retention.let_go_daily()
    run = Run.objects.get(kind="retention")
    change(Author(None), run, 1, at=timezone.now() - timedelta(days=2))
    assert retention.let_go_daily()
    assert broken() is None


@pytest.mark.parametrize(
    ("day", "months", "other"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 11, 21), -24, date(2024, 11, 21)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
        (date(2026, 1, 15), -99_999, date.min),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 11, 21), 36, date(2029, 11, 21)),
        (date(2026, 1, 15), 99_999, date.max),
    ],
)
def test_months_are_counted(day: date, months: int, other: date) -> None:
    """A month that is shorter ends on its last day; the calendar ends where Python's does."""
    assert periods.months_after(day, months) == other


def test_unused_invitations_are_taken_back_on_closing(
    come_in: ComeIn, organisation: dict[str, Person]
) -> None:
    """A link that was sent does not outlive the account that is closed."""
    admin, person = come_in("A1"), organisation["E1"]
    invite(Author(None), person, "E1")
    admin.post(f"/admin/people/{person.pk}/close/", {"why": "x"})
    assert not Invitation.objects.filter(used_at=None).exists()
