"""Every page of administration can be read, in both languages, empty and filled, by those it is for."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import Author, create
from tassei.web.models import Grant, Person, Unit
from web.administration.conftest import ComeIn
from web.reading import faults_of, read

PAGES = (
    "/admin/", "/admin/people/", "/admin/people/new/", "/admin/people/sheet/", "/admin/units/", "/admin/units/new/",
    "/admin/units/sheet/", "/admin/history/", "/admin/history/?check=yes", "/admin/retention/", "/admin/backup/",
    "/admin/layers/", "/health/", "/account/",
)  # fmt: skip
OF_ONE = ("", "edit/", "account/", "close/", "grant/", "erase/")
FILES = ("/admin/people/file/", "/admin/people/template/", "/admin/units/file/", "/admin/units/template/", "/admin/history/file/")  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_read(
    address: str, come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Headings, labels, the language, no id of the data, nothing of another host."""
    response = come_in("A1").get(address)
    assert response.status_code == 200
    assert faults_of(read(response), lang, standards) == []


@pytest.mark.parametrize("part", OF_ONE)
def test_the_pages_of_one_person_can_be_read(
    part: str, come_in: ComeIn, lang: Lang, standards: Standards, organisation: dict[str, Person]
) -> None:
    """The same of everything that is done with one person."""
    for code in ("M1", "E1"):
        response = come_in("A1").get(f"/admin/people/{organisation[code].pk}/{part}")
        assert response.status_code == 200
        assert faults_of(read(response), lang, standards) == []


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_an_engineer_administers_nothing(address: str, come_in: ComeIn) -> None:
    """Who has no role but the own record sees neither a page nor a file of it, and no entry in the menu."""
    if address in ("/health/", "/account/"):
        return
    engineer = come_in("E1")
    assert engineer.get(address).status_code == 403
    assert engineer.post(address).status_code in (403, 405)
    assert "/admin/" not in read(engineer.get("/record/")).links()


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_a_visitor_is_asked_to_come_in(address: str, client: Client, database: None) -> None:
    """Nothing of it is open without an account but whether the application works."""
    if address == "/health/":
        return
    assert client.get(address).headers["Location"].startswith("/login/?back=")


@pytest.mark.parametrize(
    ("address", "open_to"),
    [
        ("/admin/people/", "AM"), ("/admin/units/", "AM"), ("/admin/history/", "AU"), ("/admin/retention/", "A"),
        ("/admin/backup/", "A"), ("/admin/people/file/", "AM"), ("/admin/history/file/", "AU"), ("/admin/", "AMU"),
    ],
)  # fmt: skip
def test_each_page_is_open_to_its_roles(address: str, open_to: str, come_in: ComeIn) -> None:
    """Administrator, manager and auditor see what the table of permissions says."""
    seen = {c for c in "AMU" if come_in(f"{c}1").get(address).status_code == 200}
    assert seen == set(open_to)


def test_a_manager_reaches_the_own_units_alone(
    come_in: ComeIn, organisation: dict[str, Person]
) -> None:
    """People and units of others are not there, neither in lists nor by their addresses."""
    manager = come_in("M1")
    listed = read(manager.get("/admin/people/")).said
    assert "港 みどり" in listed
    assert "店 三郎" not in listed
    assert "Sales" not in read(manager.get("/admin/units/")).said
    other, own = organisation["S1"].pk, organisation["E1"].pk
    for part in OF_ONE:
        assert manager.get(f"/admin/people/{other}/{part}").status_code in (403, 404)
    assert manager.get(f"/admin/people/{own}/").status_code == 200
    for part in ("account/", "close/", "grant/", "erase/"):
        assert manager.get(f"/admin/people/{own}/{part}").status_code == 403
    sales = Unit.objects.get(code="SAL").pk
    assert manager.get(f"/admin/units/{sales}/").status_code == 404
    held = Grant.objects.get(person=organisation["A1"]).pk
    assert manager.post(f"/admin/roles/{held}/", {"why": "x"}).status_code == 403


@pytest.mark.parametrize(
    "address", ["/admin/people/", "/admin/units/", "/admin/history/", "/admin/"]
)
def test_more_people_cost_no_more_queries(address: str, come_in: ComeIn) -> None:
    """The number of queries is the same with three people and with thirty."""
    client, ops = come_in("A1"), Unit.objects.get(code="OPS")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
            return len(captured)

    few = queries()
    for number in range(30):
        unit = create(Author(None), Unit(code=f"X{number}", name_ja="課", name_en="x", above=ops))
        create(Author(None, "why"), Person(code=f"P{number}", name="人", unit=unit))
    assert 0 < queries() == few <= 14


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999"])
def test_a_page_that_is_none_is_another(page: str, come_in: ComeIn) -> None:
    """What stands in an address is no fault of ours."""
    client = come_in("A1")
    for address in ("/admin/people/", "/admin/history/"):
        given = {"page": page, "find": "\0%", "since": "2026-99-99", "person": "\0", "kind": "x"}
        assert client.get(address, given).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/admin/people/9999999999999999999/", "/admin/people/99/erase/", "/admin/roles/99/", "/admin/units/99/", "/admin/people/sheet/99/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str, come_in: ComeIn) -> None:
    """Ids of nothing lead to a page that says so."""
    client = come_in("A1")
    assert client.get(address).status_code == 404
    assert client.post(address, {"why": "x"}).status_code in (404, 405)
