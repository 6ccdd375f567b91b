"""One case: who sees what, what is remarked, and that nothing is overwritten or broken."""

import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import ROOT
from tassei.encoding.standards import Standards
from tassei.evidence.read import read_evidence
from tassei.text import Lang
from tassei.web.cycle.moves import MOVES
from tassei.web.explorer.shelf import known
from tassei.web.history import broken, change, create
from tassei.web.models import Assessment, Decision, Entry, Event, Remark, RemarkKind
from tassei.web.record.files import attach
from tassei.web.records import keep
from tassei.web.reviews.making import MEANINGS, TARGETS
from web.reading import faults_of
from web.reviews.year import AS_OF, FIELD, NOBODY, Office, assessment, cycle, office

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def here(database: None, lang: Lang) -> Office:
    return office(lang)


@pytest.fixture
def number(here: Office) -> int:
    """Midori's case for level 5, submitted, with Dai and Emi as members."""
    row = assessment(here, cycle(here))
    for member in ("dai", "emi"):
        here.move("hana", row.pk, "seat", target=member)
    here.move("midori", row.pk, "begin")
    here.move("midori", row.pk, "submit")
    return row.pk


@pytest.mark.parametrize("who", ["midori", "cho", "dai", "hana", "aki"])
def test_those_concerned_read_a_case(here: Office, number: int, who: str) -> None:
    """The engineer, the superior, a member, the manager of the unit and an auditor."""
    for address in (f"/reviews/{number}/", f"/reviews/{number}/dossier/"):
        here.get(who, address)


@pytest.mark.parametrize("who", ["fay", "sato", "boss"])
def test_nobody_else_learns_that_there_is_a_case(here: Office, number: int, who: str) -> None:
    """A member of other committees, a manager of another unit, the superior's superior."""
    for part in ("", "dossier/", "dossier/code.svg", "return/", "remark/accept/", "answer/1/"):
        here.get(who, f"/reviews/{number}/{part}", 404)


def test_a_row_has_claim_evidence_clause_and_verdict(here: Office, number: int, lang: Lang) -> None:
    """Side by side, the work that carries it with its number and months."""
    page = here.get("cho", f"/reviews/{number}/")
    row = page.one("#r1")
    assert {"ja": "業務4 クレジットカード", "en": "Work 4 クレジットカード"}[lang] in row.text()
    assert "001:70" in row.text()
    assert row.css(".verdict.met")
    assert len(page.tree.css(".review tbody")) > 20


def test_documents_are_opened_from_the_case(here: Office, number: int) -> None:
    """By those concerned alone, members of the committee among them, and none of another person."""
    entry = Entry.objects.get(key="core-banking", person=here.people["midori"])
    file = io.BytesIO("実績の覚え書き\n".encode())
    file.name = "実績.txt"
    here.post("midori", f"/record/work/{entry.pk}/documents/", file=file)
    links = [u for u in here.get("dai", f"/reviews/{number}/").links() if "/document/" in u]
    assert len(links) == 1
    for who in ("midori", "cho", "dai", "hana", "aki"):
        response = here.clients[who].get(links[0])
        assert response.content == file.getvalue()
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]
    for who in ("fay", "sato", "boss"):
        here.get(who, links[0], 404)
    assert "実績.txt" in here.get("cho", f"/reviews/{number}/dossier/").said
    # an address of this case opens no document of somebody else
    other = create(NOBODY, Entry(person=here.people["gen"], kind="engagement", key="x", body={}))
    theirs = attach(here.people["gen"], other, "x.txt", b"secret of gen")
    here.get("dai", f"/reviews/{number}/document/{theirs.pk}/", 404)
    here.get("dai", f"/reviews/{number}/document/999/", 404)


def test_the_dossier_tells_what_the_person_can_do(here: Office, lang: Lang) -> None:
    """Where the edition describes proficiency: each item of the field, with what is known of it."""
    field = "itss-v1/operations/network-operation"
    [record] = read_evidence(ROOT / "examples" / "kenji.yaml", known(), AS_OF)
    keep(NOBODY, here.people["gen"], record.evidence)
    row = assessment(here, cycle(here, fields=[field]), "gen")
    change(NOBODY, row, row.version, field=field, level=4, superior=here.people["cho"])
    table = here.get("cho", f"/reviews/{row.pk}/dossier/").tree.css("table.checklist")[1]
    lines = [r for r in table.css("tr") if r.css("td")]
    rows = {r.css("th")[0].text(): r.css("td")[0].text() for r in lines}
    assert len(rows) == 9
    name = {"ja": "ネットワークオペレーション", "en": "Network operation"}[lang]
    reached = next(v for k, v in rows.items() if k.startswith(name))
    assert reached.startswith({"ja": "レベル5", "en": "level 5"}[lang])
    untold = {"ja": "どのレベルにも届かない", "en": "no level"}[lang]
    assert sum(v.startswith(untold) for v in rows.values()) == 5


def test_a_remark_needs_a_reason(
    here: Office, number: int, lang: Lang, standards: Standards
) -> None:
    """Accepting needs none; a correction also says what is right. What was typed stays."""
    clause = "indicator/business/years"
    for kind, answers, status in (
        ("question", {"reason": " "}, 422), ("correct", {"reason": "違います"}, 422),
        ("question", {"reason": "x" * 5000}, 422), ("correct", {"reason": "r", "proposal": "84人"}, 302),
        ("accept", {}, 302),
    ):  # fmt: skip
        address = f"/reviews/{number}/remark/{kind}/"
        page = here.get("cho", address, clause=clause)
        version = page.one("main input[name=version]").attributes["value"]
        sent = here.post("cho", address, status, clause=clause, version=version, **answers)
        if status == 422:
            assert answers["reason"].strip() in sent.html
            assert faults_of(sent, lang, standards) == []
    assert [r.kind for r in Remark.objects.order_by("pk")] == ["correct", "accept"]
    assert "84人" in here.get("midori", f"/reviews/{number}/").said
    assert broken() is None


def test_who_has_the_case_in_hand_remarks(here: Office, number: int) -> None:
    """The superior who holds it; members once it is with them; nobody else, and the engineer never."""
    address = f"/reviews/{number}/remark/accept/"
    clause = "indicator/business/years"
    for who, status in (("cho", 200), ("dai", 403), ("midori", 403), ("hana", 403), ("aki", 403)):
        here.get(who, address, status, clause=clause)
    here.move("cho", number, "forward")
    for who, status in (("cho", 403), ("dai", 200), ("midori", 403), ("hana", 403)):
        here.get(who, address, status, clause=clause)


def test_only_the_engineer_answers(here: Office, number: int) -> None:
    """And an answer once given is not overwritten by one written at the same time."""
    made = create(
        NOBODY,
        Remark(
            assessment_id=number, author=here.people["cho"], kind=RemarkKind.QUESTION.value,
            clause="indicator/business/years", reason="何人でしたか", at=timezone.now(),
        ),
    )  # fmt: skip
    address = f"/reviews/{number}/answer/{made.pk}/"
    for who in ("cho", "dai", "hana"):
        here.get(who, address, 403)
    here.post("midori", address, 422, version="1", answer="")
    here.post("midori", address, version="1", answer="82人")
    again = here.post("midori", address, 409, version="1", answer="83人")
    assert "83人" in again.html
    assert Remark.objects.get().answer == "82人"


def test_a_move_from_an_older_page_moves_nothing(
    here: Office, number: int, lang: Lang, standards: Standards
) -> None:
    """Who comes second is told, with what was typed kept."""
    address = f"/reviews/{number}/return/"
    seen = here.get("cho", address).one("main input[name=version]").attributes["value"]
    here.move("hana", number, "seat", target="fay")
    page = here.post("cho", address, 409, version=seen, reason="もう一度")
    assert "もう一度" in page.one("textarea").text()
    assert faults_of(page, lang, standards) == []
    assert Assessment.objects.get(pk=number).state == "superior"


def test_a_record_that_changes_after_submission_is_told_of(here: Office, number: int) -> None:
    """What is reviewed is what was submitted; reviewers learn that the record is another by now."""
    entry = Entry.objects.get(person=here.people["midori"], kind="engagement", key="card-systems")
    before = here.get("cho", f"/reviews/{number}/")
    body = {k: v for k, v in entry.body.items() if k != "role"}
    change(NOBODY, entry, entry.version, body=body)
    after = here.get("cho", f"/reviews/{number}/")
    notes = [n.text() for n in after.tree.css(".note")]
    assert len(notes) == len(before.tree.css(".note")) + 1
    assert after.one("#r1").text() == before.one("#r1").text()
    here.move("cho", number, "return", reason="x")
    assert here.get("cho", f"/reviews/{number}/").one("#r1").text() != before.one("#r1").text()


def test_views_stay_hidden_until_all_are_given(here: Office, number: int, lang: Lang) -> None:
    """A quorum is not enough, neither for members nor for an auditor; the history keeps quiet too."""
    here.move("hana", number, "seat", target="fay")
    here.move("cho", number, "forward")
    here.move("dai", number, "view", attained="yes", reason="ダイの理由")
    here.move("emi", number, "view", attained="yes", reason="エミの理由")
    case = f"/reviews/{number}/"
    for who in ("dai", "emi", "fay", "aki", "hana", "midori"):
        for address in (case, f"{case}dossier/", f"{case}decide/"):
            if address.endswith("decide/") and who not in ("dai", "emi", "fay"):
                continue
            said = here.get(who, address).said
            assert "ダイの理由" not in said, (who, address)
    here.move("fay", number, "view", attained="no", reason="フミの理由")
    assert "ダイの理由" in here.get("fay", case).said
    assert "ダイの理由" in here.get("aki", case).said
    for who in ("midori", "hana", "cho"):
        assert "ダイの理由" not in here.get(who, case).said


def test_a_conflict_of_interest_ends_the_part_of_a_member(here: Office, number: int) -> None:
    """One steps aside by oneself, or is excluded; who is above in the line is never seated."""
    here.move("cho", number, "forward")
    here.move("dai", number, "recuse", reason="親戚です")
    here.get("dai", f"/reviews/{number}/", 404)
    page = here.get("hana", f"/reviews/{number}/seat/", q="上野")
    assert "boss" not in [o.attributes.get("value") for o in page.tree.css("option")]
    version = page.one("main input[name=version]").attributes["value"]
    here.post("hana", f"/reviews/{number}/seat/", 422, version=version, target="boss")
    here.post("hana", f"/reviews/{number}/seat/", 422, version=version, target="dai")


def test_below_level_four_the_superior_decides_beside_the_verdict(here: Office, lang: Lang) -> None:
    """The decision stands beside the computed verdict, and the difference has a name."""
    row = assessment(here, cycle(here), level=3)
    here.move("midori", row.pk, "begin")
    here.move("midori", row.pk, "submit")
    asked = here.get("cho", f"/reviews/{row.pk}/settle/")
    assert asked.tree.css(".verdict-line .met")
    here.move("cho", row.pk, "settle", 422, reason="x")
    here.move("cho", row.pk, "settle", reason="任せきれない", attained="no")
    assert Decision.objects.get().computed is not None
    said = here.get("midori", f"/reviews/{row.pk}/").one(".decision").text()
    assert "任せきれない" in said
    assert {
        "ja": "人は未達成と決定しました",
        "en": "people decided that the level is not attained",
    }[lang] in said


def test_field_and_level_are_chosen_where_that_is_left_open(
    here: Office, lang: Lang, standards: Standards
) -> None:
    """Until it has begun; what the cycle does not have cannot be chosen."""
    row = cycle(here, choosing=True)
    one = create(
        NOBODY,
        Assessment(
            cycle=row,
            person=here.people["midori"],
            superior=here.people["cho"],
            field="",
            level=0,
            since=timezone.now(),
        ),
    )
    address = f"/assessments/{one.pk}/choose/"
    page = here.get("midori", address)
    assert faults_of(page, lang, standards) == []
    assert faults_of(here.get("midori", f"/reviews/{one.pk}/"), lang, standards) == []
    here.get("midori", f"/reviews/{one.pk}/begin/", 403)
    here.get("cho", address, 404)
    for field, level, status in (
        ("x/y/z", "5", 422),
        (FIELD, "99", 422),
        (FIELD, "", 422),
        (FIELD, "5", 302),
    ):
        here.post("midori", address, status, version="1", field=field, level=level)
    here.post("midori", address, 409, version="1", field=FIELD, level="4")
    here.move("midori", one.pk, "begin")
    here.get("midori", address, 403)  # fmt: skip


def test_many_remarks_cost_no_more_queries(here: Office, number: int) -> None:
    """Three remarks or thirty, on the case and on the dossier."""
    for address in (f"/reviews/{number}/", f"/reviews/{number}/dossier/"):
        counts = []
        for many in (3, 30):
            for _ in range(many):
                create(
                    NOBODY,
                    Remark(
                        assessment_id=number, author=here.people["cho"], kind="question",
                        clause="indicator/business/years", reason="?", at=timezone.now(),
                    ),
                    "question",
                )  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                here.get("midori", address)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 26


def test_the_code_of_the_judgement_is_an_image_of_its_own(here: Office, number: int) -> None:
    """An SVG without script or style, of an address that asks who one is."""
    response = here.clients["cho"].get(f"/reviews/{number}/dossier/code.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"<path" in response.content
    assert b"style=" not in response.content
    from tassei.web.reviews.cases import opened
    from tassei.web.reviews.dossier import judgement_code
    from tassei.web.reviews.judged import judged

    one = opened(here.people["cho"], number)
    said = json.loads(judgement_code(one, judged(one.assessment)))
    kept = one.assessment.computed
    assert kept is not None
    assert said["digests"] == {
        "edition": kept.edition_digest, "evidence": kept.evidence_digest, "engine": kept.engine,
    }  # fmt: skip


@pytest.mark.parametrize("bad", ["9" * 30, "-1", "\0", "x" * 9000, "yes"])
def test_nonsense_is_answered_and_changes_nothing(here: Office, number: int, bad: str) -> None:
    """Huge numbers, NUL and text where a number belongs: never an error of ours."""
    before = Event.objects.count()
    client = here.clients["cho"]
    for name in ("return", "delegate", "settle", "no-such-move"):
        answers = dict.fromkeys(("version", "reason", "target", "attained"), bad)
        assert client.post(f"/reviews/{number}/{name}/", answers).status_code < 500
    for address in (
        f"/reviews/{'9' * 30}/", f"/reviews/{number}/answer/{'9' * 30}/", f"/reviews/load/?reviewer={bad[:50]}",
        f"/reviews/{number}/delegate/?q={bad[:50]}", f"/reviews/{number}/remark/accept/?clause={bad[:50]}",
    ):  # fmt: skip
        assert client.get(address).status_code < 500, address
    answers = {"clause": bad, "reason": bad, "version": bad}
    assert client.post(f"/reviews/{number}/remark/question/", answers).status_code < 500
    assert Event.objects.count() == before


def test_every_move_says_what_it_means() -> None:
    """No move is offered without a word on what follows from it."""
    assert MEANINGS.keys() == {m.name for m in MOVES}
    assert MEANINGS.keys() >= TARGETS
