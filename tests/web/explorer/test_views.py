"""The public pages: each is there in both languages, can be read by everybody, and leads on."""

import pytest
from django.test import Client

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.explorer.shelf import all_levels
from web.reading import faults_of, read

LEVEL = "/standard/itss-v2-2006/it-service-management/operations-management/5/"


def test_every_page_that_can_be_reached_is_sound(
    client: Client, lang: Lang, standards: Standards
) -> None:
    """From the first page on, every link is answered, and every page is fit for every reader.

    Choices of language and theme lead back to where one was, so they are not followed; of the pages
    of doubts, and of those that only differ in what they are asked, some are enough.
    """
    left, seen, faults = ["/"], set[str](), list[str]()
    while left:
        address = left.pop().split("#")[0]
        kind = address.split("?")[0]
        if address in seen or kind.startswith(("/language/", "/theme/", "/static/")):
            continue
        seen.add(address)
        if "?" in address and sum(s.split("?")[0] == kind for s in seen) > 6:
            continue
        if kind.startswith("/doubts/D-") and sum(s.startswith("/doubts/D-") for s in seen) > 25:
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        page = read(response)
        left += page.links()
        faults += [f"{address}: {f}" for f in faults_of(page, lang, standards)]
    assert faults == []
    assert {x for x in seen if x.startswith("/standard/")} >= {
        f"/standard/{level.path}/" for level in all_levels()
    }


def test_a_level_shows_its_clauses_with_places_and_doubts(client: Client, lang: Lang) -> None:
    """Each clause stands in plain words beside its place, and the doubts that touch it open there."""
    page = read(client.get(LEVEL))
    assert page.heading == {"ja": "運用管理 レベル5", "en": "Operations Management level 5"}[lang]
    assert "001:70" in page.said
    assert {"ja": "管理する要員数が75人以上", "en": "staff managed: 75 people or more"}[
        lang
    ] in page.said
    marks = page.tree.css(".marks a")
    assert "D-207" in [m.text() for m in marks]


def test_another_reading_shows_another_clause(client: Client, lang: Lang) -> None:
    """A reading that is chosen in the address changes what is asked, and says so."""
    word = {"ja": "途切れずに続けて", "en": "in one unbroken run"}[lang]
    assert word not in read(client.get(LEVEL)).said
    other = read(client.get(LEVEL, {"R-YEARS": "continuous"}))
    assert word in other.said
    assert other.tree.css(".note")


def test_levels_that_readings_do_not_change_offer_no_choice(client: Client) -> None:
    """Only readings that matter for a level are offered there."""
    names = [s.attributes["name"] for s in read(client.get(LEVEL)).tree.css("main select")]
    assert "R-YEARS" in names
    assert "R-EXAM" not in names


def test_two_levels_side_by_side(client: Client, lang: Lang) -> None:
    """What the second asks differently stands first, both in full below."""
    field = "itss-v2-2006/it-service-management/operations-management"
    page = read(client.get("/compare/levels/", {"one": f"{field}/5", "other": f"{field}/6"}))
    assert page.tree.css("td.more")
    assert len(page.tree.css(".sides .clauses")) == 2
    same = read(client.get("/compare/levels/", {"one": f"{field}/5", "other": f"{field}/5"}))
    assert not same.tree.css("td")


def test_two_editions_side_by_side(client: Client, lang: Lang) -> None:
    """The earlier edition of a lineage stands first, whichever was named first."""
    one, other = "itss-v1/operations", "itss-v2/operations"
    page = read(client.get("/compare/editions/", {"one": other, "other": one}))
    assert page.heading.endswith("V1 → V2")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("D-207", "D-207"),
        ("ＲＩＳＫ", "D-"),
        ("運用管理 レベル5", "V2 2006"),
        ("operations management", ""),
    ],
)
def test_search_finds_in_either_language(client: Client, asked: str, first: str) -> None:
    """Words are found whatever their language, width and case."""
    page = read(client.get("/search/", {"q": asked}))
    found = page.tree.css(".found li")
    assert found
    assert any(first in li.text() for li in found)


@pytest.mark.parametrize("asked", ["", "zzzzz", "<script>", "x" * 5000])
def test_search_for_nothing_leads_on(client: Client, asked: str) -> None:
    """What is not found says so, and what was asked comes back as text."""
    page = read(client.get("/search/", {"q": asked}))
    assert not page.tree.css(".found")
    assert not page.tree.css("script:not([src])")


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/standard/itss-v9/nothing/",
        "/standard/itss-v2-2006/it-service-management/common/",
        "/standard/itss-v2-2006/it-service-management/operations-management/9/",
        LEVEL + "?R-YEARS=never",
        "/doubts/D-999/",
        "/doubts/?edition=x",
        "/compare/levels/?one=x&other=y",
        "/compare/editions/?one=x",
        "/try/?field=x",
        "/try/form/?field=x/y",
        "/language/fr/",
        "/theme/pink/",
    ],
)
def test_what_does_not_exist_is_a_page_that_leads_on(
    client: Client, lang: Lang, standards: Standards, address: str
) -> None:
    """An address that names nothing is answered with 404, in the reader's language."""
    response = client.get(address)
    assert response.status_code == 404
    page = read(response)
    assert page.tree.css("main a.button")
    assert faults_of(page, lang, standards) == []


def test_pages_of_the_standard_take_no_forms(client: Client) -> None:
    """A page that only shows refuses what is sent to it."""
    assert client.post(LEVEL).status_code == 405
