"""A whole year through the pages, as six people live it: from set-up to the decision on an appeal."""

import csv
import io

import pytest

from tassei.encoding.standards import Standards
from tassei.text import Lang
from tassei.web.history import broken
from tassei.web.models import Assessment, Cycle, Decision, Remark, Snapshot, Verdict
from web.reading import Read, faults_of
from web.reviews.year import FIELD, Office, office

pytestmark = pytest.mark.usefixtures("database")


def _value(page: Read, name: str) -> str:
    return page.one(f"main input[name={name}]").attributes["value"] or ""


def _set_up(here: Office) -> int:
    """Hana makes a cycle, adds Midori by a line, sees what lacks, seats a third member, opens it."""
    here.get("hana", "/cycles/new/")
    here.post(
        "hana", "/cycles/new/", name_ja="2026年 秋", name_en="Autumn 2026", as_of="2026-11",
        unit=str(here.units["ops"].pk), opens="2026-11-01", due_self="2026-11-10",
        due_superior="2026-11-15", due_committee="2026-11-25", closes="2026-11-30", quorum="2",
        reminder_days="7, 1", fields=[FIELD],
    )  # fmt: skip
    made = Cycle.objects.get()
    assert (made.quorum, made.reminder_days, made.unit) == (2, [7, 1], here.units["ops"])
    people = f"/cycles/{made.pk}/people/"
    name = {"ja": "運用管理", "en": "Operations Management"}[here.lang]
    shown = here.post("hana", people, 200, text=f"midori, {name}, 5, , dai emi", do="check")
    assert not Assessment.objects.exists()
    text = _value(shown, "text")
    here.post("hana", people, text=text, seen=_value(shown, "seen"), do="confirm")
    row = Assessment.objects.get()
    assert row.superior == here.people["cho"]
    again = here.post("hana", people, 200, text=text, do="check")
    assert not again.tree.css("main input[name=seen]")
    here.get("midori", f"/reviews/{row.pk}/", 404)
    version = _value(here.get("hana", f"/cycles/{made.pk}/open/"), "version")
    here.post("hana", f"/cycles/{made.pk}/open/", version=version)
    return row.pk


def test_a_year_from_set_up_to_the_appeal(database: None, lang: Lang, standards: Standards) -> None:
    """Every page on the way can be read by everybody it is for, in both languages."""
    here = office(lang)
    number = _set_up(here)
    case = f"/reviews/{number}/"

    def pages_hold() -> None:
        for who in ("midori", "cho", "dai", "hana", "aki"):
            for address in (case, f"{case}dossier/", "/reviews/", "/assessments/", "/record/"):
                found = faults_of(here.get(who, address), lang, standards)
                assert found == [], (who, address)
        for address in ("/cycles/", f"/cycles/{Cycle.objects.get().pk}/", "/reviews/load/"):
            assert faults_of(here.get("hana", address), lang, standards) == []

    # the engineer begins and submits; the verdict and the record are kept
    pages_hold()
    here.move("midori", number, "begin")
    here.move("midori", number, "submit")
    kept = Assessment.objects.get().computed
    assert kept is not None
    assert kept.verdict == "met"
    assert Snapshot.objects.get().digest == kept.evidence_digest
    # the superior questions a claim, and returns it
    page = here.get("cho", case)
    links = [h for h in page.links() if "/remark/question/" in h]
    asked = here.get("cho", links[0])
    assert faults_of(asked, lang, standards) == []
    here.post(
        "cho", links[0].split("?")[0], version=_value(asked, "version"),
        clause=_value(asked, "clause"), reason="何人でしたか",
    )  # fmt: skip
    here.move("cho", number, "return", reason="質問に答えてください")
    pages_hold()
    assert "質問に答えてください" in here.get("midori", case).said
    # the engineer answers there, and submits again
    [answer] = [h for h in here.get("midori", case).links() if "/answer/" in h]
    page = here.get("midori", answer)
    assert faults_of(page, lang, standards) == []
    here.post("midori", answer, version=_value(page, "version"), answer="82人です")
    assert Remark.objects.get().answer == "82人です"
    here.move("midori", number, "submit")
    assert "82人です" in here.get("cho", case).said
    # the superior leaves it to somebody else, who passes it on
    here.move("cho", number, "delegate", reason="出張のため", target="boss")
    here.move("boss", number, "forward")
    # two members give views; neither sees that of the other before
    here.move("dai", number, "view", attained="yes", reason="十分な規模です")
    assert "十分な規模です" not in here.get("emi", case).said
    here.move("emi", number, "view", attained="no", reason="期間が足りません")
    assert "十分な規模です" in here.get("emi", case).said
    assert "期間が足りません" not in here.get("midori", case).said
    pages_hold()
    here.move("emi", number, "decide", reason="意見が分かれました")
    decision = Decision.objects.get()
    assert (decision.attained, decision.computed and decision.computed.verdict) == (False, "met")
    differs = {"ja": "人は未達成と決定しました", "en": "people decided that the level is not"}[lang]
    assert differs in here.get("midori", case).said
    # the appeal goes to others
    pages_hold()
    here.move("midori", number, "appeal", reason="期間は3年を超えています")
    here.get("dai", f"{case}view/", 403)
    for member in ("fay", "gen"):
        here.move("hana", number, "seat", target=member)
    here.move("fay", number, "view", attained="yes", reason="確かめました")
    here.move("gen", number, "view", attained="yes", reason="同じです")
    here.move("gen", number, "decide", reason="3年を超えています")
    pages_hold()
    assert Decision.objects.get().attained
    # the manager closes the cycle, and the decision is final
    close = f"/cycles/{Cycle.objects.get().pk}/close/"
    version = _value(here.get("hana", close), "version")
    here.post("hana", close, version=version, reason="予定どおり")
    assert Assessment.objects.get().state == "closed"
    pages_hold()
    assert Verdict.objects.count() == 4
    # what the members held is counted, and that the first decision was turned round
    sheet = here.clients["hana"].get("/insights/reviewers/", {"as": "csv"}).content
    told = {r["reviewer"]: r for r in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))}
    counted = {
        who: tuple(int(r[n]) for n in ("views", "severe", "lenient", "decided", "reversed"))
        for who, r in told.items()
    }
    everybody = {"ja": "すべての決定", "en": "All decisions"}[lang]
    assert counted == {
        everybody: (2, 1, 0, 2, 1),
        "大場 大輔": (1, 0, 0, 1, 1),
        "江見 恵美": (1, 1, 0, 1, 1),
        "深井 ふみ": (1, 0, 0, 1, 0),
        "源田 元": (1, 0, 0, 1, 0),
    }
    assert broken() is None
