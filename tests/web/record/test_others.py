"""The record of somebody else: read by those who may, changed by nobody."""

import pytest
from django.test import Client
from django.utils import timezone

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import Author, change, create
from tassei.web.models import Assessment, Cycle, Entry, Grant, Person, Seat, Unit
from web.reading import faults_of, read
from web.record.people import FIELD, recorded, signed_in

pytestmark = pytest.mark.usefixtures("database")
A = Author(None)


def _person(code: str, role: str = "", unit: Unit | None = None) -> Person:
    person = create(A, Person(code=code, name=code))
    if role:
        create(A, Grant(person=person, role=role, unit=unit))
    return person


@pytest.fixture
def people(midori: Person) -> dict[str, Person]:
    """Midori in a unit, and everybody who could want to read her record."""
    unit = create(A, Unit(code="u", name_ja="部", name_en="unit"))
    other = create(A, Unit(code="v", name_ja="他部", name_en="other unit"))
    superior = _person("superior")
    change(A, midori, midori.version, superior=superior, unit=unit)
    return {
        "superior": superior,
        "manager": _person("manager", "manager", unit),
        "manager-elsewhere": _person("manager-elsewhere", "manager", other),
        "auditor": _person("auditor", "auditor"),
        "administrator": _person("administrator", "administrator"),
        "member": _person("member", "member"),
        "colleague": _person("colleague"),
    }


@pytest.mark.parametrize(
    ("who", "open_"),
    [
        ("superior", True),
        ("manager", True),
        ("auditor", True),
        ("manager-elsewhere", False),
        ("administrator", False),
        ("member", False),
        ("colleague", False),
    ],
)
def test_who_may_read_a_record(people: dict[str, Person], who: str, open_: bool) -> None:
    """The record and what its work counts for, by the table of permissions."""
    client = signed_in(people[who], "en")
    work = Entry.objects.get(key="core-banking").pk
    wanted = 200 if open_ else 404
    assert client.get("/record/of/E1024/").status_code == wanted
    assert client.get(f"/record/of/E1024/counts/{work}/").status_code == wanted
    # whoever it is, nobody reaches the forms of another
    for address in ("", "counts/", "remove/"):
        assert client.get(f"/record/work/{work}/{address}").status_code == 404
    assert client.post(f"/record/work/{work}/", {"title": "mine"}).status_code == 404
    assert client.post(f"/record/work/{work}/extend/", {"seen": "1.0"}).status_code == 404
    assert client.get("/record/work/new/", {"copy": str(work)}).status_code in (302, 404)


def test_a_member_reads_while_the_assessment_lasts(people: dict[str, Person]) -> None:
    """Who sits on the committee of an assessment reads what it rests on, until it is over."""
    today = timezone.localdate()
    cycle = create(
        A, Cycle(name_ja="回", name_en="cycle", opens=today, closes=today, as_of="2026-11")
    )
    midori = Person.objects.get(code="E1024")
    case = create(
        A, Assessment(cycle=cycle, person=midori, field=FIELD, level=6, since=timezone.now())
    )
    create(A, Seat(assessment=case, person=people["member"], seated=True))
    client = signed_in(people["member"], "en")
    assert client.get("/record/of/E1024/").status_code == 200
    change(A, case, case.version, state="closed")
    assert client.get("/record/of/E1024/").status_code == 404


def test_the_page_of_another_is_for_reading(
    people: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """Nothing on it leads to a form, and it can be read in both languages."""
    client = signed_in(people["superior"], lang)
    page = read(client.get("/record/of/E1024/"))
    assert faults_of(page, lang, standards) == []
    assert "港 みどり" in page.heading
    assert not page.tree.css("main form[method=post]")
    forms = [
        a for a in page.links() if a.startswith("/record/") and not a.startswith("/record/of/")
    ]
    assert forms == ["/record/"]
    counts = next(a for a in page.links() if "/counts/" in a)
    assert faults_of(read(client.get(counts)), lang, standards) == []


def test_a_superior_finds_the_records_of_the_team(people: dict[str, Person], lang: Lang) -> None:
    """The own page of a superior leads to them, that of others to nobody's."""
    page = read(signed_in(people["superior"], lang).get("/record/"))
    assert "/record/of/E1024/" in page.links()
    page = read(signed_in(people["auditor"], lang).get("/record/"))
    assert not [a for a in page.links() if a.startswith("/record/of/")]


def test_codes_of_nobody_are_no_page(people: dict[str, Person]) -> None:
    """Whether there is such a person is not told to who may not read the record."""
    client = signed_in(people["superior"], "en")
    for code in ("nobody", "%00", "E1024%00", "x" * 500, "港"):
        assert client.get(f"/record/of/{code}/").status_code == 404
    assert Client().get("/record/of/E1024/").headers["Location"].startswith("/login/")


def test_an_empty_record_of_another_says_so(lang: Lang, standards: Standards) -> None:
    """The page of somebody who has recorded nothing says that there is nothing yet."""
    reader, author = recorded(code="R1"), _person("empty")
    change(A, author, author.version, superior=reader)
    page = read(signed_in(reader, lang).get("/record/of/empty/"))
    assert faults_of(page, lang, standards) == []
    assert page.one("main .lead").text()
