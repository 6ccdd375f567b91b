"""Trying a record: by a form or a file, without an account, with everything that was typed kept."""

import re
from io import BytesIO

import pytest
from django.test import Client

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.text import Lang
from web.reading import Read, faults_of, read

FIELD = "itss-v2-2006/it-service-management/operations-management"
MIDORI = (ROOT / "examples" / "midori.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands in November 2026."""
    from tassei.evidence.months import Month
    from tassei.web.trying import views

    monkeypatch.setattr(views, "this_month", lambda: Month.of(2026, 11))


def _file(client: Client, text: str, **more: str) -> Read:
    return read(client.post("/try/file/", {"text": text, **more}))


def test_a_file_is_answered_with_a_proof(client: Client, lang: Lang, standards: Standards) -> None:
    """The first heading answers; below it stand the next step, every level and the proof."""
    page = _file(client, MIDORI)
    answer = page.one("#answer")
    expected = {
        "ja": "V2 2006 · 運用管理: レベル5を満たしています。レベル6については、記録は判断するには足りません（足りないもの1件）",
        "en": "V2 2006 · Operations Management: Level 5 is met. Level 6: the record does not suffice to tell (1 thing missing)",
    }[lang]
    assert answer.text(strip=True) == expected
    [step] = page.tree.css(".next li")
    assert {"ja": "150人以上", "en": "150"}[lang] in step.text()
    assert "地方銀行勘定系システムの運用サービス" in step.text()
    assert faults_of(page, lang, standards) == []


def test_the_proof_of_another_level_can_be_asked_for(client: Client, lang: Lang) -> None:
    """Every verdict is a button that shows its proof."""
    page = _file(client, MIDORI, show=f"{FIELD}/7")
    [here] = page.tree.css(".cell[aria-current]")
    assert here.attributes["value"] == f"{FIELD}/7"
    assert page.tree.css(".proof .not_met")


def test_a_proof_unfolds_only_what_decides(client: Client) -> None:
    """What is open leads to what is missing; an engagement that counts stays folded."""
    page = _file(client, MIDORI)
    opened = [d for d in page.tree.css("details[open]") if d.css("summary .work")]
    names = [
        d.css(".work .said")[0].text() for d in opened if d.css(".line")[0] == d.css(".work")[0]
    ]
    assert names == ["地方銀行勘定系システムの運用サービス"]


def test_an_uploaded_file_is_judged(client: Client) -> None:
    """A file may be chosen instead of pasted."""
    upload = BytesIO(MIDORI.encode())
    upload.name = "midori.yaml"
    assert read(client.post("/try/file/", {"file": upload})).tree.css("#answer")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [",
        "schema: tassei/evidence/1",
        MIDORI.replace("2019-04", "2019-44"),
        "x" * 70_000,
        "\0",
        "- *a",
    ],
)
def test_what_cannot_be_read_is_told_and_kept(
    client: Client, lang: Lang, standards: Standards, text: str
) -> None:
    """Every fault is told with its line, and what was typed comes back."""
    response = client.post("/try/file/", {"text": text})
    assert response.status_code == 422
    page = read(response)
    assert page.tree.css(".faults li")
    [area] = page.tree.css("textarea")
    assert area.text().strip() == text[: 64 * 1024].replace("\0", "").strip()
    assert faults_of(page, lang, standards) == []


def test_an_empty_form_says_how_to_begin(client: Client) -> None:
    """Nothing entered is no verdict, and no fault either."""
    page = read(client.post("/try/form/", {"field": FIELD}))
    assert page.tree.css(".faults")
    assert not page.tree.css("#answer")


def _answers(page: Read, **wanted: str) -> dict[str, str]:
    """What a form sends when the rest is left as it is."""
    form = page.one("#record")
    found = {}
    for node in form.css("input, select"):
        chosen = node.css("option[selected]")
        value = chosen[0].attributes["value"] if chosen else node.attributes.get("value")
        found[node.attributes["name"] or ""] = value or ""
    assert wanted.keys() <= found.keys()
    found.pop("csrfmiddlewaretoken", None)
    return found | wanted


ENOUGH = {
    "w1-title": "基幹システムの運用",
    "w1-from": "2019年4月",
    "w1-to": "2023-03",
    "w1-role": "responsible",
    "w1-succeeded": "yes",
    "w1-s-managed_staff": "80",
    "mentoring": "yes",
}


def test_a_form_makes_a_record_and_a_verdict(
    client: Client, lang: Lang, standards: Standards
) -> None:
    """Answers become a record; what is not answered stays unknown, and is what to do next."""
    page = read(client.get("/try/form/", {"field": FIELD}))
    answers = _answers(page, **ENOUGH)
    for name in answers:
        if re.match(r"w1-[co]-", name):
            answers[name] = "yes"
    result = read(client.post("/try/form/", answers | {"show": f"{FIELD}/5"}))
    assert "undetermined" in result.classes(".verdict")
    areas = [n for n in answers if n.startswith("area-")]
    kinds = [n for n in answers if n.startswith("succession-")]
    answers |= {areas[0]: "leads_company"} | dict.fromkeys(kinds[:3], "yes")
    result = read(client.post("/try/form/", answers | {"show": f"{FIELD}/5"}))
    assert "met" in result.classes(".verdict")
    assert faults_of(result, lang, standards) == []
    assert _answers(result) == answers


def test_an_answer_of_no_counts_as_known(client: Client) -> None:
    """Who says no to every kind has handed nothing on, and that is a verdict."""
    answers = _answers(read(client.get("/try/form/", {"field": FIELD})), **ENOUGH)
    answers |= {n: "no" for n in answers if n.startswith("succession-")}
    page = read(client.post("/try/form/", answers | {"show": f"{FIELD}/7"}))
    assert "not_met" in page.classes(".verdict")


def test_a_wrong_answer_is_told_beside_it(client: Client, lang: Lang, standards: Standards) -> None:
    """A fault stands at the control it is about, and the list above leads there."""
    answers = _answers(read(client.get("/try/form/", {"field": FIELD})), **ENOUGH)
    answers |= {"w1-from": "いつか", "w1-s-annual_contract_yen": "たくさん"}
    response = client.post("/try/form/", answers)
    assert response.status_code == 422
    page = read(response)
    wrong = [n.attributes["name"] for n in page.tree.css("[aria-invalid]")]
    assert wrong == ["w1-from", "w1-s-annual_contract_yen"]
    led = [a.attributes["href"] for a in page.tree.css(".faults a")]
    assert led == [f"#{n.attributes['id']}" for n in page.tree.css("[aria-invalid]")]
    assert _answers(page) == answers
    assert faults_of(page, lang, standards) == []


def test_more_work_is_added_without_a_script(client: Client) -> None:
    """A button adds room for another engagement and keeps what was typed, up to a limit."""
    answers = _answers(read(client.get("/try/form/", {"field": FIELD})), **ENOUGH)
    page = read(client.post("/try/form/", answers | {"do": "more"}))
    assert len(page.tree.css(".sheet")) == 3
    assert _answers(page)["w1-title"] == ENOUGH["w1-title"]
    page = read(client.post("/try/form/", answers | {"works": "8"}))
    assert not page.tree.css("button[value=more]")


def test_two_works_of_one_name_are_told_apart(client: Client) -> None:
    """A title used twice is no fault: people name their work as it comes."""
    answers = _answers(read(client.post("/try/form/", {"field": FIELD, "works": "2"})), **ENOUGH)
    answers |= {"w2-title": ENOUGH["w1-title"], "w2-from": "2024-01"}
    response = client.post("/try/form/", answers)
    assert response.status_code == 200
    assert "基幹システムの運用 (2)" in read(response).said


@pytest.mark.parametrize("works", ["99", "-1", "x", "99999999999"])
def test_a_form_of_absurd_size_stays_small(client: Client, works: str) -> None:
    """The number of engagements is limited whatever is sent."""
    page = read(client.post("/try/form/", {"field": FIELD, "works": works}))
    assert 2 <= len(page.tree.css(".sheet")) <= 9


def test_every_field_has_a_form(client: Client, lang: Lang, standards: Standards) -> None:
    """Whatever a field asks, its form asks it, under labels."""
    for edition in standards.editions:
        for field in edition.specialty_fields():
            page = read(client.get("/try/form/", {"field": edition.qualified(field.id)}))
            assert faults_of(page, lang, standards) == [], field.id
            assert len(page.tree.css("fieldset")) >= 4, field.id
