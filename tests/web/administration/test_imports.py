"""People and units by sheets: looked at first, written as a whole or not at all, the same again changes nothing."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.administration.people_sheet import read_roles
from tassei.web.cycle.case import Role
from tassei.web.history import Author, broken, change
from tassei.web.models import Event, Grant, Person, Unit, Upload
from web.administration.conftest import ComeIn
from web.reading import faults_of, read

UNITS = "code,name_ja,name_en,above\nNEW-1,新一課,New 1,NEW\nNEW,新部,,\nOPS,運用本部,Operations,\n"
PEOPLE = (
    "社員コード,氏名,メール,組織コード,上司の社員コード,在籍,役割\n"
    "N1,新 一郎,ichiro@example.jp,OPS-1,N2,yes,\n"
    "N2,新 二郎,,OPS,M1,はい,member; auditor@OPS-1 until 2999-03-31\n"
    "E1,港 みどり,midori@example.jp,OPS-1,N2,yes,\n"
)


def _bring(client: Client, kind: str, text: str, **more: str) -> str:
    """Send a sheet; the address at which it is looked at."""
    response = client.post(f"/admin/{kind}/sheet/", {"text": text, **more})
    assert response.status_code == 302
    return response.headers["Location"]


def _confirm(client: Client, address: str) -> int:
    page = read(client.get(address))
    found = {
        i.attributes["name"] or "": i.attributes["value"] or ""
        for i in page.tree.css("main form input[type=hidden]")
    }
    return client.post(address.partition("?")[0], found).status_code


def test_units_come_in_with_those_above_them(
    come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Nothing changes before it is confirmed; lines may stand in any order; the same again is nothing."""
    client = come_in("A1")
    address = _bring(client, "units", UNITS)
    page = read(client.get(address))
    assert faults_of(page, lang, standards) == []
    assert Unit.objects.count() == 3
    assert _confirm(client, address) == 302
    assert Unit.objects.get(code="NEW-1").above == Unit.objects.get(code="NEW")
    assert Unit.objects.get(code="NEW").name_en == "新部"
    assert Unit.objects.get(code="OPS").name_ja == "運用本部"
    assert not Upload.objects.exists()
    before = Event.objects.count()
    again = read(client.get(_bring(client, "units", UNITS)))
    assert not again.tree.css("main form")
    assert faults_of(again, lang, standards) == []
    assert Event.objects.count() == before


def test_people_come_in_with_superiors_and_roles(
    come_in: ComeIn, organisation: dict[str, Person]
) -> None:
    """A superior may stand below in the same sheet; each change is an event with its author."""
    client = come_in("A1")
    assert _confirm(client, _bring(client, "people", PEOPLE)) == 302
    one, two = Person.objects.get(code="N1"), Person.objects.get(code="N2")
    assert one.superior == two
    assert two.superior == organisation["M1"]
    assert Person.objects.get(code="E1").email == "midori@example.jp"
    roles = {
        (g.role, g.unit.code if g.unit else "", str(g.until or ""))
        for g in Grant.objects.filter(person=two)
    }
    assert roles == {("member", "", ""), ("auditor", "OPS-1", "2999-03-31")}
    assert Event.objects.filter(table="person", row=one.pk).get().actor == organisation["A1"]
    assert broken() is None
    before = Event.objects.count()
    assert not read(client.get(_bring(client, "people", PEOPLE))).tree.css("main form")
    assert Event.objects.count() == before


@pytest.mark.parametrize("kind", ["people", "units"])
def test_what_is_exported_changes_nothing_when_brought_back(kind: str, come_in: ComeIn) -> None:
    """The sheet of what there is says what there is."""
    client = come_in("A1")
    _confirm(client, _bring(client, "people", PEOPLE))
    file = client.get(f"/admin/{kind}/file/").content
    sent = client.post(f"/admin/{kind}/sheet/", {"file": SimpleUploadedFile("x.csv", file)})
    page = read(client.get(sent.headers["Location"]))
    assert not page.tree.css("main form")
    assert not page.tree.css("main table")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("E1,x,,NOWHERE,,yes,", [(2, "unit")]),
        ("E1,x,,,NOBODY,yes,", [(2, "superior")]),
        ("E1,x,,,E1,yes,", [(2, "superior")]),
        ("X1,,,,X2,,\nX2,,,,X1,,", [(2, "superior"), (3, "superior")]),
        ("E1,x,not an address,,,yes,", [(2, "email")]),
        ("E1,x,,,,maybe,", [(2, "active")]),
        ("E1,x,,,,yes,emperor", [(2, "roles")]),
        ("E1,x,,,,yes,auditor@NOWHERE", [(2, "roles")]),
        (",x,,,,yes,", [(2, "code")]),
        ("E1,x,,,,yes,\nE1,y,,,,yes,", [(3, "code")]),
        ("a/b,x,,,,yes,", [(2, "code")]),
        ("A1,x,,,,yes,", [(0, "")]),
        ("A1,x,,,,no,administrator", [(0, "")]),
    ],
)
def test_every_fault_is_told_by_line_and_column(
    lines: str, expected: list[tuple[int, str]], come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Nothing is written where anything is wrong; circles and the loss of the last administrator are wrong."""
    client, before = come_in("A1"), Event.objects.count()
    address = _bring(client, "people", "code,name,email,unit,superior,active,roles\n" + lines)
    page = read(client.get(address))
    assert faults_of(page, lang, standards) == []
    rows = page.tree.css("main tbody")[0].css("tr")
    found = [(r.css("th")[0].text(strip=True), r.css("td")[0].text(strip=True)) for r in rows]
    assert len(found) == len(expected)
    for (line, column), (number, name) in zip(found, expected, strict=True):
        assert line == (str(number) if number else {"ja": "全体", "en": "all"}[lang])
        assert bool(column) == bool(name)
    assert client.post(address, {"digest": "x"}).status_code == 409
    assert Event.objects.count() == before


def test_who_confirms_what_has_changed_is_told(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """What was looked at is what is written, or nothing is."""
    client = come_in("A1")
    address = _bring(client, "people", PEOPLE)
    page = read(client.get(address))
    digest = page.one("input[name=digest]").attributes["value"] or ""
    change(Author(None), organisation["E1"], 1, name="別 の人")
    before = Event.objects.count()
    response = client.post(address, {"digest": digest})
    assert response.status_code == 409
    assert faults_of(read(response), lang, standards) == []
    assert Event.objects.count() == before
    assert _confirm(client, address) == 302


def test_who_is_not_in_the_sheet_stays_unless_asked(come_in: ComeIn) -> None:
    """People who are left out stay as they are; marked as left only where that was chosen, and shown."""
    client = come_in("A1")
    sheet = "code,name\nA1,管理 太郎\nE1,港 みどり\n"
    assert not read(client.get(_bring(client, "people", sheet))).tree.css("main form")
    address = _bring(client, "people", sheet, leave="yes")
    assert _confirm(client, address) == 302
    left = set(Person.objects.filter(active=False).values_list("code", flat=True))
    assert left == {"M1", "U1", "S1"}
    assert all(p.left_on for p in Person.objects.filter(active=False))


def test_a_manager_changes_the_own_units_alone(come_in: ComeIn) -> None:
    """Neither others' people, nor a way into others' units, nor roles; marking as left stays inside too."""
    client = come_in("M1")
    for lines in ("S1,x,SAL", "S1,x,OPS-1", "E1,x,SAL", "Y1,x,", "M1,x,OPS,administrator"):
        heading = "code,name,unit,roles\n" if lines.count(",") == 3 else "code,name,unit\n"
        page = read(client.get(_bring(client, "people", heading + lines)))
        assert not page.tree.css("main form"), lines
    for lines in ("SAL,x,x,", "TOP,x,x,", "NEW,x,x,SAL", "OPS,x,x,SAL", "OPS-1,x,x,"):
        page = read(client.get(_bring(client, "units", "code,name_ja,name_en,above\n" + lines)))
        assert not page.tree.css("main form"), lines
    assert (
        _confirm(client, _bring(client, "units", "code,name_ja,above\nN2,x,N1\nN1,x,OPS-1\n"))
        == 302
    )
    address = _bring(client, "people", "code,name\nM1,組織 花子\n", leave="yes")
    assert _confirm(client, address) == 302
    assert set(Person.objects.filter(active=False).values_list("code", flat=True)) == {"E1"}


def test_a_sheet_of_somebody_else_is_not_there(come_in: ComeIn) -> None:
    """What waits is shown to who brought it alone."""
    address = _bring(come_in("A1"), "people", PEOPLE)
    assert come_in("M1").get(address).status_code == 404
    assert come_in("M1").post(address, {"digest": "x"}).status_code == 404


@pytest.mark.parametrize("data", [b"", b"\xff\xff\x00", b"a" * 8_500_000])
def test_a_file_that_is_none_is_told(
    data: bytes, come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Empty, no text, or too large: a page that says so."""
    file = SimpleUploadedFile("x.csv", data)
    response = come_in("A1").post("/admin/people/sheet/", {"file": file})
    assert response.status_code == 422
    assert faults_of(read(response), lang, standards) == []


def test_a_form_of_another_site_brings_nothing(come_in: ComeIn) -> None:
    """The page that reads larger files still asks for its token."""
    client = come_in("A1")
    client.handler.enforce_csrf_checks = True
    assert client.post("/admin/people/sheet/", {"text": PEOPLE}).status_code == 403


def test_roles_are_read_as_they_are_written() -> None:
    """In ids or in Japanese, with a unit and a last day; twice in one place is no answer."""
    expected = frozenset({(Role.AUDITOR, "OPS", ""), (Role.MANAGER, "", "2027-03-31")})
    assert read_roles("監査者@OPS ; manager until 2027-03-31") == expected
    for wrong in ("engineer", "manager until 2027-3-1", "manager; manager until 2027-03-31"):
        assert isinstance(read_roles(wrong), str)


@pytest.mark.slow
def test_ten_thousand_people_take_seconds(come_in: ComeIn) -> None:
    """Looking at 10,000 lines and writing them, with a superior each."""
    lines = ["code,name,email,unit,superior,active"]
    lines += [
        f"P{n:05},人 {n},p{n}@example.jp,OPS-1,{f'P{n // 10:05}' if n else ''},yes"
        for n in range(10_000)
    ]
    client = come_in("A1")
    begun = time.perf_counter()
    file = SimpleUploadedFile("x.csv", "\n".join(lines).encode())
    address = client.post("/admin/people/sheet/", {"file": file}).headers["Location"]
    page = read(client.get(address))
    looked = time.perf_counter()
    digest = page.one("input[name=digest]").attributes["value"] or ""
    assert client.post(address, {"digest": digest}).status_code == 302
    done = time.perf_counter()
    assert Person.objects.count() == 10_005
    assert looked - begun < 10
    assert done - looked < 20
