"""Words, months, amounts and lists are read as people write them, and each is told how."""

import pytest

from evidence.small import engagement, fault, faults, person, read, record, work
from tassei.evidence.model import Holding, Understood
from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role

APRIL = Month.of(2019, 4)


@pytest.mark.parametrize(
    "written",
    ["2019-04", "2019/04", "2019年4月", "２０１９年４月", "平成31年4月", "2019-04-01", "2019.4"],
)
def test_months_are_read_in_any_form(written: str) -> None:
    """And a reader is told how they were understood."""
    assert engagement(from_=written).first == APRIL
    told = record(work(from_=written)).understood
    assert told == (
        ()
        if written == "2019-04"
        else (Understood("a.yaml", 1, "engagements[0].from", written, "2019-04"),)
    )


@pytest.mark.parametrize(
    "written", ["現在", "現在まで", "継続中", "present", "Present", "now", "ongoing", " NOW "]
)
def test_work_that_goes_on_may_say_so(written: str) -> None:
    """It has no end, as if `to` were left out; a reader is told that it was understood so."""
    assert engagement(from_="2019-04", to=written) == engagement(from_="2019-04")
    told = record(work(from_="2019-04", to=written)).understood
    assert [(u.key, u.written) for u in told] == [("engagements[0].to", written)]


def test_only_an_end_may_be_now() -> None:
    """A beginning is a month."""
    assert fault(work(from_="now")).code == "not-a-month"


@pytest.mark.parametrize("key", ["from", "to"])
@pytest.mark.parametrize(
    "value", ["someday", "2019", 2019, 201904, 2019.04, True, ["2019-04"], {"year": 2019}, ""]
)
def test_what_is_no_month_is_a_fault(key: str, value: object) -> None:
    """A number too: 2019.10 written without quotes has lost its zero."""
    found = fault(work(**{key: value}))
    assert found.code in ("not-a-month", "wrong-type", "empty-text")
    assert f"engagements[0].{key}" in found.what.en


@pytest.mark.parametrize(
    ("written", "role"),
    [
        *((r.id, r) for r in Role),
        ("全体の責任者", Role.OVERALL_RESPONSIBLE),
        ("全体責任者", Role.OVERALL_RESPONSIBLE),
        ("統括責任者", Role.OVERALL_RESPONSIBLE),
        ("責任者", Role.RESPONSIBLE),
        ("リーダー", Role.LEADER),
        ("リーダ", Role.LEADER),
        ("ﾘｰﾀﾞｰ", Role.LEADER),
        ("メンバー", Role.MEMBER),
        ("メンバ", Role.MEMBER),
        ("参画", Role.PARTICIPANT),
        ("参画者", Role.PARTICIPANT),
        ("Leader", Role.LEADER),
        ("ＬＥＡＤＥＲ", Role.LEADER),
        (" leader ", Role.LEADER),
    ],
)
def test_roles_go_by_the_words_that_people_use(written: str, role: Role) -> None:
    """In any width and case."""
    assert engagement(role=written).role is role


def test_an_unknown_role_is_not_guessed() -> None:
    """All roles are offered, not the nearest, which may be a greater one."""
    found = fault(work(role="responsable"))
    assert found.code == "unknown-role"
    assert (
        found.repair.en
        == "use one of: leader, member, overall_responsible, participant, responsible"
    )
    assert "全体の責任者" in fault(work(role="責任")).repair.ja


@pytest.mark.parametrize("key", ["supervised", "succeeded"])
@pytest.mark.parametrize(
    ("written", "value"),
    [(True, True), (False, False), ("yes", True), ("No", False), ("はい", True), ("いいえ", False),
     ("TRUE", True), (" false ", False)],
)  # fmt: skip
def test_truth_goes_by_the_words_that_people_use(key: str, written: object, value: bool) -> None:
    """In both languages."""
    assert getattr(engagement(**{key: written}), key) is value


@pytest.mark.parametrize("written", ["maybe", "成功", 1, 0, "", []])
def test_other_words_are_not_true(written: object) -> None:
    """Nor false."""
    assert fault(work(succeeded=written)).code == "wrong-type"


def test_an_engagement_goes_by_a_number_as_a_person_does() -> None:
    """People number their projects."""
    assert engagement(id=5).id == "5"


def test_a_list_is_complete() -> None:
    """What it leaves out does not hold."""
    assert engagement(complexity=["international", "structure", "structure"]).complexity == Holding(
        frozenset({"international", "structure"})
    )
    assert engagement(complexity=[]).complexity == Holding()


def test_a_mapping_may_be_partial() -> None:
    """It says what holds and what does not; null and what is left out are unknown."""
    found = engagement(
        complexity={"international": True, "structure": "いいえ", "system-risk": None}
    )
    assert found.complexity == Holding(
        frozenset({"international"}), frozenset({"structure"}), complete=False
    )
    assert engagement(complexity={}).complexity == Holding(complete=False)


@pytest.mark.parametrize(
    "word",
    [
        "international",
        "国際的な運用",
        "国際的な運用(文化の異なる環境)",
        "国際的な運用（文化の異なる環境）",
        "INTERNATIONAL WORK",
    ],
)
def test_terms_go_by_their_names(word: str) -> None:
    """In a list and as the key of a mapping, in any width and case; a reader is told."""
    for value in ([word], {word: True}):
        found = record(work(complexity=value))
        assert found.evidence.engagements is not None
        holding = found.evidence.engagements[0].complexity
        assert holding is not None
        assert holding.true == {"international"}
        assert [u.taken_as for u in found.understood] == ["international"] * (
            word != "international"
        )


def test_a_name_that_means_two_things_is_unknown() -> None:
    """It is not sure which."""
    assert fault(work(complexity=["高度なリスク"])).code == "unknown-criterion"


def test_what_follows_from_a_term_holds_too() -> None:
    """It need not be recorded, and is not false where it is left out."""
    assert engagement(achieved=["safety"]).achieved == Holding(frozenset({"safety", "sla"}))
    partial = engagement(achieved={"safety": True}).achieved
    assert partial == Holding(frozenset({"safety", "sla"}), complete=False)


def test_an_outcome_may_be_a_task_characteristic() -> None:
    """So may an activity."""
    found = engagement(achieved=["利用者の満足"], activities=["satisfies-users"])
    assert found.achieved == found.activities == Holding(frozenset({"satisfies-users"}))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("complexity", "unknown-criterion"),
        ("achieved", "unknown-outcome"),
        ("activities", "unknown-activity"),
    ],
)
def test_unknown_terms_are_faults(key: str, code: str) -> None:
    """In a list and in a mapping; with the nearest, or with a list in the script that was used."""
    for value in (["unheard of"], {"unheard of": True}, {"unheard of": None}):
        found = fault(work(**{key: value}))
        assert found.code == code
        assert '"unheard of"' in found.what.en
        assert "「unheard of」" in found.what.ja


def test_the_nearest_term_is_suggested() -> None:
    """In the script that was used, whatever else goes by a name."""
    assert fault(work(complexity=["internatonal"])).repair.en == 'did you mean "international"?'
    assert fault(work(complexity=["国際的な運営"])).repair.en == 'did you mean "国際的な運用"?'


def test_a_list_of_choices_is_one_of_ids() -> None:
    """Where no term is near, the ids are offered, not the sentences of the documents."""
    assert fault(work(complexity=["zzz"])).repair.en == (
        "use one of: contract, disaster-risk, international, many-sites, simple-support, structure, system-risk"
    )


@pytest.mark.parametrize("key", ["complexity", "achieved", "activities"])
@pytest.mark.parametrize("value", ["international", 5, True])
def test_what_holds_is_a_list_or_a_mapping(key: str, value: object) -> None:
    """One word is neither."""
    assert fault(work(**{key: value})).code == "wrong-type"


def test_a_term_that_is_said_to_hold_and_not_to_hold_is_a_fault() -> None:
    """Under two of its names; neither wins in silence."""
    faults(work(complexity={"international": True, "国際的な運用": False}))


def test_a_term_that_follows_and_is_said_not_to_hold_is_a_fault() -> None:
    """Safety was said to hold, from which it follows."""
    faults(work(achieved={"safety": True, "sla": False}))


@pytest.mark.parametrize(
    ("measure", "written", "value"),
    [
        ("managed_staff", 260, 260),
        ("managed_staff", 0, 0),
        ("managed_staff", "２６０人", 260),
        ("managed_staff", "1,200", 1200),
        ("annual_contract_yen", "26億円", 2_600_000_000),
        ("annual_contract_yen", "2億6千万円", 260_000_000),
        ("annual_contract_yen", "¥1.5 billion", 1_500_000_000),
        ("scope", "one_user", "one_user"),
        ("scope", "業界全体", "whole_industry"),
        ("scope", "A WHOLE INDUSTRY", "whole_industry"),
    ],
)
def test_sizes_are_read_in_figures_and_in_words(
    measure: str, written: object, value: object
) -> None:
    """By the measure's unit; a scale by id or name."""
    assert engagement(size={measure: written}).size == {measure: value}


def test_a_reader_is_told_how_words_were_understood() -> None:
    """Not where a figure was written as it is taken."""
    found = record(
        work(
            size={"managed_staff": "２６０人", "annual_contract_yen": "26億円", "scope": "one_user"}
        )
    )
    assert [(u.key, u.written, u.taken_as) for u in found.understood] == [
        ("engagements[0].size.managed_staff", "２６０人", "260"),
        ("engagements[0].size.annual_contract_yen", "26億円", "2,600,000,000"),
    ]
    assert record(work(size={"managed_staff": "1,200"})).understood == ()


def test_a_size_that_is_null_is_unknown() -> None:
    """As if it were left out; the name of the measure must be right all the same."""
    assert engagement(size={"managed_staff": None}).size == {}
    assert fault(work(size={"staff": None})).code == "unknown-measure"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-5, "negative-amount"),
        ("-5", "negative-amount"),
        ("−5", "negative-amount"),
        ("－5", "negative-amount"),
        ("△5", "negative-amount"),
        ("▲5人", "negative-amount"),
        (1.5, "fractional-amount"),
        ("1.5", "not-a-whole-number"),
        ("約260人", "not-a-whole-number"),
        ("many", "not-a-whole-number"),
        ("", "not-a-whole-number"),
        (True, "wrong-type"),
        ([260], "wrong-type"),
        ({"at_least": 5}, "wrong-type"),
    ],
)
def test_what_is_no_whole_number_is_a_fault(value: object, code: str) -> None:
    """Which says how it was written."""
    found = fault(work(size={"managed_staff": value}))
    assert found.code == code
    assert "managed_staff" in found.what.en
    assert "managed_staff" in found.what.ja


def test_a_fault_of_money_asks_for_yen() -> None:
    """In full."""
    assert "yen" in fault(work(size={"annual_contract_yen": 1.5})).repair.en
    assert "円" in fault(work(size={"annual_contract_yen": 1.5})).repair.ja
    staff = fault(work(size={"managed_staff": 1.5})).repair
    assert "yen" not in staff.en
    assert "円" not in staff.ja


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ({"scope": "everywhere"}, "unknown-scope"),
        ({"scope": 5}, "wrong-type"),
        ({"people": 5}, "unknown-measure"),
        ([5], "wrong-type"),
        ("260人", "wrong-type"),
    ],
)
def test_sizes_are_those_of_the_vocabulary(size: object, code: str) -> None:
    """A mapping from measures to amounts."""
    assert fault(work(size=size)).code == code


def test_a_step_of_a_scale_is_not_guessed() -> None:
    """All of them are offered, not the nearest, which may be a greater one."""
    for word in ("one_usr", "whole_industri"):
        repair = fault(work(size={"scope": word})).repair.en
        assert "one_user" in repair
        assert "whole_industry" in repair
    areas = {"security": "leads_industri"}
    assert "basic" in fault(person(professional={"areas": areas})).repair.en


@pytest.mark.parametrize(
    ("written", "depth"),
    [
        *((d.id, d) for d in Depth),
        ("基本", Depth.BASIC),
        ("基本的な知識と経験", Depth.BASIC),
        ("独力で実践", Depth.INDEPENDENT),
        ("後進を指導", Depth.GUIDES_JUNIORS),
        ("社内に貢献", Depth.LEADS_COMPANY),
        ("業界に貢献", Depth.LEADS_INDUSTRY_CONTRIBUTION),
        ("業界をリード", Depth.LEADS_INDUSTRY),
        ("Leads_Industry", Depth.LEADS_INDUSTRY),
    ],
)
def test_depths_go_by_the_words_that_people_use(written: str, depth: Depth) -> None:
    """An area goes by its names, too."""
    areas = read(person(professional={"areas": {"セキュリティ": written}})).professional.areas
    assert areas == {"security": depth}
