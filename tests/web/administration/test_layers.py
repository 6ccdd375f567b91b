"""Tailored layers: looked at beside the official edition, activated with a reason, and followed at once."""

from collections.abc import Iterator
from datetime import date

import pytest

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.text import Lang
from tassei.web.administration import layers
from tassei.web.clock import now
from tassei.web.explorer import shelf
from tassei.web.explorer.shelf import judge_for
from tassei.web.history import Author, create
from tassei.web.models import Assessment, Cycle, EventText, Layer, Person, Verdict
from tassei.web.records import keep, kept_verdict
from web.administration.conftest import ComeIn
from web.reading import Read, faults_of, read

OVER = "itss-v2-2006/it-service-management"
OWN = "example-2026/it-service-management"
TEXT = f"""schema: tassei/layer/1
id: example-2026
label: Example Co. 2026
title: {{ja: 見本社の基準, en: The standard of Example Co.}}
dated: '2026-04-01'
over: {OVER}
changes:
- {{field: operations-management, level: 5, clause: responsibility.years, value: 9}}
words:
- {{of: fields, id: operations-management, ja: システム運用, en: Systems Operations}}
"""


@pytest.fixture(autouse=True)
def official(database: None) -> Iterator[None]:
    """No test leaves a layer behind."""
    yield
    shelf.lay(())


def _activate(come_in: ComeIn, text: str = TEXT, why: str = "our rules") -> int:
    admin = come_in("A1")
    page = read(admin.post("/admin/layers/", {"text": text}))
    return admin.post("/admin/layers/activate/", _hidden(page) | {"why": why}).status_code


def _hidden(page: Read) -> dict[str, str]:
    form = page.one("main form[action]")
    inputs = form.css("input[type=hidden]")
    return {i.attributes["name"] or "": i.attributes["value"] or "" for i in inputs}


def test_a_layer_is_looked_at_activated_and_ended(
    come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Nothing changes before; then the explorer shows it beside the official one; then it is gone again."""
    admin = come_in("A1")
    looked = read(admin.post("/admin/layers/", {"text": TEXT}))
    assert faults_of(looked, lang, standards) == []
    assert admin.get(f"/standard/{OWN}/").status_code == 404
    no_reason = admin.post("/admin/layers/activate/", _hidden(looked))
    assert no_reason.status_code == 422
    assert faults_of(read(no_reason), lang, standards) == []
    assert _activate(come_in) == 302
    assert EventText.objects.get(event__table="layer").why == "our rules"
    everything = shelf.standards()
    for address in (f"/standard/{OWN}/", f"/standard/{OWN}/operations-management/", f"/standard/{OWN}/operations-management/5/", "/", "/compare/editions/", "/try/", "/search/?q=Systems"):  # fmt: skip
        page = read(admin.get(address))
        assert faults_of(page, lang, everything) == [], address
        assert "Example Co. 2026" in page.said or "Example Co. 2026" in page.html
    level = read(admin.get(f"/standard/{OWN}/operations-management/5/"))
    assert f"/standard/{OVER}/operations-management/5/" in level.links()
    beside = admin.get(
        "/compare/levels/",
        {"one": f"{OVER}/operations-management/5", "other": f"{OWN}/operations-management/5"},
    )
    assert faults_of(read(beside), lang, everything) == []
    assert read(beside).tree.css("main tbody tr")
    editions = admin.get("/compare/editions/", {"one": OVER, "other": OWN})
    assert faults_of(read(editions), lang, everything) == []
    listed = read(admin.get("/admin/layers/"))
    assert faults_of(listed, lang, everything) == []
    row = Layer.objects.get()
    assert admin.get(f"/admin/layers/{row.pk}/text/").content.decode() == TEXT
    ending = f"/admin/layers/{row.pk}/end/"
    assert faults_of(read(admin.get(ending)), lang, everything) == []
    assert admin.post(ending, {"version": "1"}).status_code == 422
    assert admin.post(ending, {"version": "7", "why": "x"}).status_code == 409
    assert admin.post(ending, {"version": "1", "why": "over"}).status_code == 302
    assert admin.get(f"/standard/{OWN}/").status_code == 404
    assert faults_of(read(admin.get("/admin/layers/")), lang, standards) == []


def test_a_record_is_judged_by_the_layer_too(
    come_in: ComeIn, organisation: dict[str, Person], known: Known, as_of: Month, lang: Lang
) -> None:
    """Who has a record for the edition sees both verdicts; a verdict that is kept names the layer's digest."""
    [record] = read_evidence(ROOT / "examples" / "midori.yaml", known, as_of)
    person = organisation["E1"]
    keep(Author(person.pk), person, record.evidence)
    engineer = come_in("E1")
    path = f"{OWN}/operations-management"
    assert "Example Co. 2026" not in read(engineer.get("/record/")).said
    assert _activate(come_in) == 302
    seen = read(engineer.get("/record/fields/")).one("main input[name=seen]").attributes["value"]
    chosen = {"field": [f"{OVER}/operations-management", path], "seen": seen or ""}
    assert engineer.post("/record/fields/", chosen).status_code == 302
    page = read(engineer.get("/record/", {"field": path}))
    assert "Example Co. 2026" in page.said
    assert page.one(".cell[aria-current]").attributes["class"]
    judge = judge_for((OWN,))
    kept_verdict(
        judge,
        person,
        judge.judge(record.evidence, as_of, judge.rung(OWN, "operations-management", 5)),
    )
    row = Layer.objects.get()
    assert Verdict.objects.get().edition_digest == row.digest
    assert row.digest == shelf.standards().digests[OWN]


def test_a_newer_layer_takes_the_place_of_the_older(come_in: ComeIn, lang: Lang) -> None:
    """One layer of an id is active; who decided upon another is told."""
    assert _activate(come_in) == 302
    admin = come_in("A1")
    newer, newest = (TEXT.replace("value: 9", f"value: {n}") for n in (8, 7))
    first = _hidden(read(admin.post("/admin/layers/", {"text": newer})))
    assert _activate(come_in, newest) == 302
    assert admin.post("/admin/layers/activate/", first | {"why": "x"}).status_code == 409
    assert list(Layer.objects.order_by("pk").values_list("active", flat=True)) == [False, True]
    indicator = shelf.standards().edition(OWN).indicator("operations-management", 5)
    assert indicator is not None
    assert indicator.responsibility.years == 7


@pytest.mark.parametrize(
    "text",
    ["", "a: [", "\0", "x" * 120_000, TEXT.replace("value: 9", "value: many"), TEXT.replace("level: 5", "level: 99")],
)  # fmt: skip
def test_a_faulty_layer_is_told_line_by_line(
    text: str, come_in: ComeIn, lang: Lang, standards: Standards
) -> None:
    """Every fault, with what was typed; nothing is stored."""
    for address in ("/admin/layers/", "/admin/layers/activate/"):
        response = come_in("A1").post(address, {"text": text, "why": "x"})
        assert response.status_code == 422
        assert faults_of(read(response), lang, standards) == []
    assert not Layer.objects.exists()


def test_another_process_follows(come_in: ComeIn) -> None:
    """What one process activated, another lays over its editions when it looks."""
    assert _activate(come_in) == 302
    shelf.lay(())
    assert layers.renew()
    assert OWN in {e.id for e in shelf.standards().editions}
    assert not layers.renew()


def test_what_somebody_was_assessed_by_stays(
    come_in: ComeIn, organisation: dict[str, Person], lang: Lang, standards: Standards
) -> None:
    """Its id is not given another meaning, and after its end its cases can still be read."""
    assert _activate(come_in) == 302
    day = date(2026, 11, 1)
    cycle = create(
        Author(None), Cycle(name_ja="秋", name_en="Autumn", opens=day, closes=day, as_of="2026-11")
    )
    path = f"{OWN}/operations-management"
    create(
        Author(None),
        Assessment(cycle=cycle, person=organisation["E1"], field=path, level=5, since=now()),
    )
    admin = come_in("A1")
    looked = _hidden(read(admin.post("/admin/layers/", {"text": TEXT.replace("9", "8")})))
    refused = admin.post("/admin/layers/activate/", looked | {"why": "x"})
    assert refused.status_code == 422
    assert faults_of(read(refused), lang, shelf.standards()) == []
    row = Layer.objects.get()
    assert (
        admin.post(f"/admin/layers/{row.pk}/end/", {"version": "1", "why": "x"}).status_code == 302
    )
    assert shelf.level_at(f"{path}/5").indicator.responsibility.years == 9
