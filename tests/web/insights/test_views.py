"""Totals: who sees what, that files say what pages say, and what bad addresses get."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web import clock
from tassei.web.history import create
from tassei.web.insights import views
from tassei.web.models import Assessment, Cycle, Decision, Event, Standing, Target
from tassei.web.periods import months_after
from web.insights.conftest import EDITION, NETWORK, NOBODY, OPERATIONS, House, stand
from web.reading import faults_of, read

PAGES = ("", "units/", "movement/", "gaps/", "near/", "risks/", "ending/", "reviewers/")
CELL = f"level/?field={OPERATIONS}&level=3&edition={EDITION}"


def _fill(house: House) -> None:
    """Nine of DEV stand at level 3, seven of NET, two of DESK; one of NET lacks one thing."""
    for n in range(9):
        stand(house.people[f"dev{n}"], OPERATIONS, 3, 4)
    for n in range(7):
        missing: dict[str, Any] = {"lacks": 1, "missing": ["size"]} if n == 0 else {}
        stand(house.people[f"net{n}"], OPERATIONS, 3, 3, **missing)
    for n in range(2):
        stand(house.people[f"desk{n}"], OPERATIONS, 3, 3)
    stand(house.people["net0"], NETWORK, 5, 6)


def _numbers(client: Client, address: str) -> dict[str, dict[str, str]]:
    """The rows of the first table, as CSV has them."""
    sign = "&" if "?" in address else "?"
    text = client.get(f"/insights/{address}{sign}as=csv").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


@pytest.mark.parametrize("address", [*PAGES, CELL, "targets/"])
def test_pages_are_readable_empty_and_filled(
    house: House, lang: Lang, standards: Standards, address: str
) -> None:
    """In both languages, whether or not there is anything to tell."""
    boss = house.enter("boss")
    empty = boss.get(f"/insights/{address}")
    assert empty.status_code == 200
    assert faults_of(read(empty), lang, standards) == []
    _fill(house)
    create(
        NOBODY, Target(unit=house.units["NET"], field=OPERATIONS, level=3, people=9, by="2027-03")
    )
    assert faults_of(read(boss.get(f"/insights/{address}")), lang, standards) == []


@pytest.mark.parametrize("address", [*PAGES, CELL])
def test_who_reads_no_totals_sees_none(house: House, client: Client, address: str) -> None:
    """Engineers and administrators are refused; visitors are asked to come in."""
    _fill(house)
    for code in ("net1", "dev1"):
        assert house.enter(code).get(f"/insights/{address}").status_code == 403
    assert client.get(f"/insights/{address}").headers["Location"].startswith("/login/")


def test_a_role_reaches_as_far_as_its_unit(house: House) -> None:
    """The manager of one department reads it and what is below it, and nothing beside or above."""
    head = house.enter("head")
    assert head.get("/insights/?unit=NET").status_code == 200
    assert head.get("/insights/?unit=DEV").status_code == 403
    page = read(head.get("/insights/"))
    chosen = [o.attributes["value"] for o in page.tree.css("#f-unit option")]
    assert chosen == ["OPS", "DESK", "NET"]


def test_a_manager_sees_every_number(house: House) -> None:
    """Whoever may read the verdicts of all is not kept from a number."""
    _fill(house)
    numbers = list(_numbers(house.enter("boss"), f"?edition={EDITION}").values())
    first = next(r for r in numbers if r["level_3_surely"] != "0")
    assert (first["level_3_surely"], first["level_4_possibly"]) == ("18", "9")
    units = _numbers(
        house.enter("dev0"),
        f"units/?edition={EDITION}&field={OPERATIONS}&unit=OPS",
    )
    assert [r["level_3_surely"] for r in units.values()] == ["9", "2", "7"]


def test_what_is_passed_on_tells_of_no_small_group(house: House) -> None:
    """Two people of DESK are masked, and so is what they would follow from."""
    _fill(house)
    boss = house.enter("boss")
    rows = _numbers(boss, f"units/?masked=1&edition={EDITION}&field={OPERATIONS}&unit=OPS")
    shown = [r["level_3_surely"] for r in rows.values()]
    assert shown[1] == "*"
    assert "2" not in shown
    assert shown.count("*") >= 2


def test_a_superior_sees_the_team_and_masked_units(house: House) -> None:
    """The own three people are no secret; the others of the unit are, as long as they are few."""
    _fill(house)
    lead = house.enter("lead")
    team = _numbers(lead, f"?edition={EDITION}")
    assert any(r["level_3_surely"] == "3" for r in team.values())
    unit = _numbers(lead, f"?edition={EDITION}&unit=NET")
    # seven stand there, and the four others are a small group
    assert {r["level_3_surely"] for r in unit.values()} <= {"*", "0"}
    assert lead.get("/insights/?unit=OPS").status_code == 403
    page = read(lead.get(f"/insights/level/?edition={EDITION}&field={OPERATIONS}&level=3&unit=NET"))
    assert "net0" in page.said
    assert "net5" not in page.said


def test_files_say_what_pages_say(house: House) -> None:
    """The same numbers on the page, as CSV and as a workbook; what is masked stays so."""
    _fill(house)
    boss = house.enter("boss")
    for query in ("", "&masked=1"):
        address = f"/insights/?edition={EDITION}{query}"
        page = read(boss.get(address))
        table = _numbers(boss, f"?edition={EDITION}{query}")
        book = load_workbook(io.BytesIO(boss.get(f"{address}&as=xlsx").content))
        rows = [[str(v) if v is not None else "" for v in r] for r in book.worksheets[0].values]
        for name, values in table.items():
            line = next(r for r in rows if r[0] == name)
            assert line == list(values.values())
        said = [c.text(strip=True) for c in page.tree.css("table.heat tbody tr td")]
        numbers = [v for r in table.values() for v in list(r.values())[1:]]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        assert all(
            (low in text and high in text) or low == "*" or high == "*"
            for text, (low, high) in zip(said, pairs, strict=True)
        )


def test_a_name_is_no_formula(house: House) -> None:
    """A cell that a spreadsheet would run is kept from it."""
    from tassei.web.history import change

    unit = house.units["NET"]
    change(NOBODY, unit, unit.version, name_ja="=1+1", name_en="=1+1")
    text = house.enter("boss").get("/insights/units/?unit=OPS&as=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert "\n=1+1" not in text


def test_movement_is_counted_between_rounds(house: House, lang: Lang) -> None:
    """Two move up and one down; masked, the whole matrix tells of nobody."""
    import datetime

    day = datetime.date(2026, 4, 1)
    cycle = create(
        NOBODY, Cycle(name_ja="春", name_en="Spring", opens=day, closes=day, as_of="2026-04")
    )
    _fill(house)
    for code, one in house.people.items():
        stand(one, "", 0, 0, cycle)
        low = {"net0": 0, "net1": 0, "net2": 4}.get(code, 3)
        if low and code.startswith(("net", "dev", "desk")):
            stand(one, OPERATIONS, low, low, cycle)
    boss = house.enter("boss")
    address = f"movement/?edition={EDITION}&field={OPERATIONS}"
    rows = list(_numbers(boss, address).values())
    assert rows[0]["to_3"] == "2"
    assert rows[2]["to_3"] == "1"
    lead = read(boss.get(f"/insights/{address}")).one(".lead").text()
    assert "2" in lead
    masked = _numbers(boss, f"{address}&masked=1")
    assert not {"1", "2", "3", "4"} & {v for r in masked.values() for v in list(r.values())[1:]}
    trend = read(boss.get(f"/insights/level/?field={OPERATIONS}&level=3&edition={EDITION}"))
    assert {"ja": "春", "en": "Spring"}[lang] in trend.said


def test_risks_and_near_misses_are_named_to_those_who_may(house: House, lang: Lang) -> None:
    """A manager reads who it is; a table that is passed on names nobody."""
    _fill(house)
    boss = house.enter("boss")
    risk = read(boss.get(f"/insights/risks/?edition={EDITION}"))
    assert "見本 net0" in risk.one("table").text()
    near = read(boss.get(f"/insights/near/?edition={EDITION}"))
    assert "見本 net0" in near.said
    assert {"ja": "サイズ", "en": "size"}[lang] in near.said
    for page in ("risks", "near"):
        assert "net0" not in read(boss.get(f"/insights/{page}/?edition={EDITION}&masked=1")).said


def test_results_that_run_out_are_named_to_those_who_may(house: House, lang: Lang) -> None:
    """Those within a year, the first to end first; of units that one reads, and never masked."""
    day = clock.today()
    cycle = create(
        NOBODY, Cycle(name_ja="春", name_en="Spring", opens=day, closes=day, as_of="2026-04")
    )
    _fill(house)
    for code, months in (("net0", 11), ("desk0", -2), ("dev0", 5), ("net1", 20)):
        one = create(
            NOBODY,
            Assessment(
                cycle=cycle, person=house.people[code], field=OPERATIONS, level=3, state="closed",
                since=timezone.now(),
            ),
            "added",
        )  # fmt: skip
        until = months_after(day, months)
        create(NOBODY, Decision(assessment=one, attained=True, by=[], valid_until=until))
    rows = _numbers(house.enter("boss"), f"ending/?edition={EDITION}")
    assert list(rows) == ["見本 desk0", "見本 dev0", "見本 net0"]
    assert rows["見本 desk0"]["until"] == months_after(day, -2).isoformat()
    page = read(house.enter("boss").get(f"/insights/ending/?edition={EDITION}"))
    assert page.tree.css("td.not_met")
    assert {"ja": "レベル3", "en": "level 3"}[lang] in page.said
    assert list(_numbers(house.enter("head"), f"ending/?edition={EDITION}")) == [
        "見本 desk0",
        "見本 net0",
    ]
    masked = read(house.enter("boss").get(f"/insights/ending/?edition={EDITION}&masked=1"))
    assert "desk0" not in masked.said


def test_gaps_say_what_is_surely_lacking(house: House) -> None:
    """Seven of nine: two are lacking, and a unit without enough people is marked by a sign, too."""
    _fill(house)
    for unit, people in (("NET", 9), ("DEV", 9)):
        create(
            NOBODY,
            Target(unit=house.units[unit], field=OPERATIONS, level=3, people=people, by="2027-03"),
        )
    rows = _numbers(house.enter("boss"), f"gaps/?edition={EDITION}").values()
    found = sorted((r["wanted"], r["surely"], r["lacking_at_least"]) for r in rows)
    assert found == [("9", "7", "2"), ("9", "9", "0")]


BAD = (
    "?unit=X", "?unit=%00", "?cycle=99", "?cycle=now2", f"?cycle={'9' * 400}", "?edition=x", "?unit=team",
    "units/?field=x", f"level/?field={OPERATIONS}", f"level/?field={OPERATIONS}&level=9&edition={EDITION}",
    f"level/?field={OPERATIONS}&level=%E2%85%A2&edition={EDITION}", "?as=pdf", f"?edition={'x' * 5000}",
    "movement/?from=-1", "?edition=itss-v2-2006/it-service-management%00",
)  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_bad_addresses_are_no_fault_of_ours(house: House, address: str) -> None:
    """What names nothing gets the page that says so."""
    assert house.enter("boss").get(f"/insights/{address}").status_code in (403, 404)


@pytest.mark.parametrize("address", [*PAGES, CELL])
def test_more_people_cost_no_more_queries(house: House, address: str) -> None:
    """The number of queries does not grow with the number of people."""
    boss = house.enter("boss")
    stand(house.people["net0"], OPERATIONS, 3, 3)
    boss.get(f"/insights/{address}")
    with CaptureQueriesContext(connection) as few:
        boss.get(f"/insights/{address}")
    before = len(few)
    _fill_others(house)
    with CaptureQueriesContext(connection) as many:
        boss.get(f"/insights/{address}")
    assert len(many) <= before <= 25


def _fill_others(house: House) -> None:
    for code, one in house.people.items():
        if code != "net0":
            stand(one, OPERATIONS, 3, 4, lacks=1, missing=["size"])


def test_targets_are_set_changed_and_removed(
    house: House, lang: Lang, standards: Standards
) -> None:
    """Each with its history; who saw an older one is told, and what was wrong is kept."""
    head = house.enter("head")
    new = {
        "do": "add",
        "unit": "NET",
        "field": OPERATIONS,
        "level": "3",
        "people": "9",
        "by": "2027-03",
    }
    assert head.post("/insights/targets/", new).status_code == 302
    target = Target.objects.get()
    bad = head.post("/insights/targets/", {**new, "level": "9", "people": "-1", "by": "soon"})
    assert bad.status_code == 422
    page = read(bad)
    assert faults_of(page, lang, standards) == []
    assert page.one("#by").attributes["value"] == "soon"
    assert head.post("/insights/targets/", {**new, "unit": "DEV"}).status_code == 422
    change = {"do": "change", "id": str(target.pk), "version": "1", "people": "12"}
    assert head.post("/insights/targets/", change).status_code == 302
    assert head.post("/insights/targets/", {**change, "people": "13"}).status_code == 409
    gone = {"do": "remove", "id": str(target.pk), "version": "2"}
    assert head.post("/insights/targets/", gone).status_code == 422
    assert head.post("/insights/targets/", {**gone, "why": "no longer needed"}).status_code == 302
    assert not Target.objects.exists()
    assert Event.objects.filter(table="target").count() == 3
    assert house.enter("lead").get("/insights/targets/").status_code == 403
    assert house.enter("dev0").post("/insights/targets/", new).status_code == 403


def test_a_file_of_targets_is_tried_first(house: House) -> None:
    """Faults come line by line; what changes is shown; the same file again changes nothing."""
    boss = house.enter("boss")
    head = "unit,field,level,people,by\n"
    text = f"{head}NET,{OPERATIONS},3,9,2027-03\nX,{OPERATIONS},3,9,2027-03\nNET,nothing,3,x,\n"
    bad = boss.post("/insights/targets/", {"do": "file", "text": text})
    assert bad.status_code == 422
    assert len(read(bad).tree.css(".faults li")) == 4
    good = f"{head}NET,{OPERATIONS},3,9,2027-03\n"
    seen = read(boss.post("/insights/targets/", {"do": "file", "text": good}))
    token = seen.one("#preview ~ form input[name=seen]").attributes["value"] or ""
    assert not Target.objects.exists()
    confirm = {"do": "confirm", "text": good, "seen": token}
    assert boss.post("/insights/targets/", confirm).status_code == 302
    assert boss.post("/insights/targets/", confirm).status_code == 409
    assert Target.objects.count() == 1
    for text in ("", "\0", "x" * 600_000, "a\nb", '"'):
        assert boss.post("/insights/targets/", {"do": "file", "text": text}).status_code in (
            400,
            422,
        )


def test_only_managers_and_auditors_compare_reviewers(house: House) -> None:
    """A superior sees neither the page nor the way to it."""
    lead = house.enter("lead")
    assert lead.get("/insights/reviewers/").status_code == 403
    assert lead.get("/insights/reviewers/?unit=NET").status_code == 403
    assert "/insights/reviewers/" not in " ".join(read(lead.get("/insights/")).links())
    for code in ("boss", "head", "dev0"):
        assert house.enter(code).get("/insights/reviewers/").status_code == 200


def test_numbers_of_an_earlier_month_are_renewed_by_a_manager(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button is there when the numbers are old; whoever sets up no rounds cannot press it."""
    _fill(house)
    asked: list[Cycle | None] = []
    monkeypatch.setattr(views, "renew_beside", lambda cycle=None: asked.append(cycle))
    boss = house.enter("boss")
    assert not read(boss.get("/insights/")).tree.css("form[action='/insights/renew/']")
    Standing.objects.update(as_of="2026-10")
    assert read(boss.get("/insights/")).tree.css("form[action='/insights/renew/']")
    for code in ("lead", "dev1", "net1"):
        assert house.enter(code).post("/insights/renew/").status_code == 403
    assert asked == []
    assert boss.post("/insights/renew/").headers["Location"] == "/insights/"
    assert asked == [None]


def test_targets_come_out_as_they_go_in(house: House) -> None:
    """The file of targets can be brought back, and then changes nothing."""
    boss = house.enter("boss")
    empty = boss.get("/insights/targets/?as=csv").content.decode("utf-8-sig")
    assert empty.splitlines()[0] == "unit,field,level,people,by"
    create(
        NOBODY, Target(unit=house.units["NET"], field=OPERATIONS, level=3, people=9, by="2027-03")
    )
    text = boss.get("/insights/targets/?as=csv").content.decode("utf-8-sig")
    page = read(boss.post("/insights/targets/", {"do": "file", "text": text}))
    assert len(page.tree.css("#preview ~ ul li")) == 1
    assert page.tree.css("#preview ~ ul li")[0].text() in (
        "変わるものはありません。",
        "Nothing would change.",
    )
