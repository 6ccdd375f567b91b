"""Each rule on a made example where it speaks, and on one beside it where it is silent."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from attrs import frozen

from comparing.finding.small import edition, found, indicator
from tassei.comparing.finding.find import rules
from tassei.framework.edition import Edition

Lines = Mapping[int, str]


@frozen
class Example:
    """A rule with an edition and a text in which it finds something, and one in which it does not."""

    rule: str
    faulty: Edition
    sound: Edition
    faulty_lines: Lines | None = None
    sound_lines: Lines | None = None


def _sizes(*any_of: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"any": list(any_of)} | more]


def _one(level: int = 3, **changes: Any) -> Edition:
    return edition({"alpha": [indicator(level, **changes)]})


def _two(upper: dict[str, Any], lower: dict[str, Any], **more: Any) -> Edition:
    return edition({"alpha": [indicator(4, **upper), indicator(3, **lower)]}, **more)


def _beside(alpha: dict[str, Any], beta: dict[str, Any]) -> Edition:
    return edition({"alpha": [indicator(3, **alpha)], "beta": [indicator(3, **beta)]})


def _staff(at_least: int | None = None, below: int | None = None) -> dict[str, Any]:
    bounds = {"at_least": at_least, "below": below}
    return {"managed_staff": {k: v for k, v in bounds.items() if v is not None}}


def _money(at_least: int | None = None, below: int | None = None) -> dict[str, Any]:
    bounds = {"at_least": at_least, "below": below}
    return {"annual_contract_yen": {k: v for k, v in bounds.items() if v is not None}}


def _said(**said: Any) -> dict[str, Any]:
    return {"responsibility": {"role": "member"} | said}


def _asks(at_least: int | str, *of: Any, **more: Any) -> dict[str, Any]:
    return {"complexity": {"at_least": at_least, "of": list(of)} | more}


def _areas(*of: Any, depth: str = "independent", **more: Any) -> dict[str, Any]:
    return {"areas": {"depth": depth, "of": list(of)} | more}


ALL_LEVELS = {300: "●責任性", 301: "甲運用チームのメンバとして業務を実施した経験を有する。"}


def _lines(clause: str, *texts: str) -> dict[int, str]:
    """A text whose clause holds the given lines."""
    heads = {"complexity": "●複雑性", "size": "●サイズ", "areas": "【プロフェッショナル貢献】"}
    head = heads.get(clause)
    rest = [*([head] if head else []), *texts]
    return ALL_LEVELS | {302 + n: t for n, t in enumerate(rest)}


PLAIN = edition({"alpha": [indicator(3)]})
PLAIN_EN = edition({"alpha": [indicator(3)]}, language="en")
BOTH = edition({"alpha": [indicator(3)], "beta": [indicator(3)]})
TWO_SIZES = _one(size=[{"any": [_staff(10)]}, {"any": [_money(100)]}])

SKILLS: dict[str, Any] = {
    "skill_items": [
        {
            "id": "relations", "kind": "common", "fields": ["alpha"], "ja": "顧客リレーションの確立", "en": "Relations",
            "source": "900:2000", "sub_items": [{"id": "needs", "ja": "要望の理解", "en": "Needs"}],
        },
        {
            "id": "system", "kind": "common", "fields": ["alpha"], "ja": "マネジメントシステムの確立", "en": "System",
            "source": "900:2001",
        },
        {"id": "own", "kind": "specific", "fields": ["alpha"], "ja": "固有の技", "en": "Own", "source": "900:2002"},
        {"id": "other", "kind": "specific", "fields": ["beta"], "ja": "別の技", "en": "Other", "source": "900:2003"},
    ]
}  # fmt: skip


def _able(item: str, level: int, ability: str, **more: Any) -> dict[str, Any]:
    field = "beta" if item == "other" else "alpha"
    return {
        "item": item, "field": field, "level": level, "source": f"900:{2000 + level}", "role": "member",
        "ability": {"ja": ability, "en": ability},
    } | more  # fmt: skip


def _skilled(*proficiency: dict[str, Any], knowledge: Any = None, **size: Any) -> Edition:
    return edition(
        {"alpha": [indicator(4, **size), indicator(3, **size)], "beta": [indicator(3)]},
        skills=SKILLS | {"proficiency": list(proficiency)},
        knowledge={"blocks": knowledge} if knowledge else None,
    )


def _block(item: str, *names: str) -> dict[str, Any]:
    field = "beta" if item == "other" else "alpha"
    items = [{"id": f"n{k}", "ja": n, "en": n} for k, n in enumerate(names)]
    return {"item": item, "field": field, "source": "900:2100", "items": items}


EXAMPLES = (
    # sizes
    Example(
        "count-not-below-list",
        _one(**_asks(1, "a", "b"), size=_sizes(_staff(10), with_complexity=2)),
        _one(**_asks(1, "a", "b", "c"), size=_sizes(_staff(10), with_complexity=2)),
    ),
    Example(
        "only-upper-bound", _one(size=_sizes(_staff(below=10))), _one(size=_sizes(_staff(5, 10)))
    ),
    Example(
        "sizes-overlap",
        _two({"size": _sizes(_staff(8, 20))}, {"size": _sizes(_staff(below=10))}),
        _two({"size": _sizes(_staff(10, 20))}, {"size": _sizes(_staff(below=10))}),
    ),
    Example(
        "one-work-two-levels",
        _two({"size": _sizes(_staff(10), _money(100))}, {"size": _sizes(_staff(below=10), _money(below=100))}),
        _two({"size": _sizes(_staff(10))}, {"size": _sizes(_staff(below=10))}),
    ),
    Example(
        "capped-size",
        _beside({"size": _sizes(_staff(10, 20))}, {"size": _sizes(_staff(10))}),
        _beside({"size": _sizes(_staff(10, 20))}, {"size": _sizes(_staff(10, 30))}),
    ),
    Example(
        "uneven-lower-bound",
        _one(size=_sizes(_staff(5, 10), _money(below=100))),
        _one(size=_sizes(_staff(5, 10), _money(50, 100))),
    ),
    Example(
        "idle-size",
        _one(**_asks(1, "a", "b", "c"), size=[{"any": [_staff(10)]}, {"any": [_staff(below=10)], "with_complexity": 2}]),
        _one(**_asks(1, "a", "b", "c"), size=[{"any": [_staff(10)]}, {"any": [_staff(5, 10)], "with_complexity": 2}]),
    ),
    Example(
        "measure-missing",
        _two({"size": _sizes(_staff(10), _money(100))}, {"size": _sizes(_staff(5))}),
        _two({"size": _sizes(_staff(10))}, {"size": _sizes(_staff(5))}),
    ),
    Example(
        "odd-threshold",
        edition({f: [indicator(3, size=_sizes(_staff(n)))] for f, n in (("alpha", 35), ("beta", 35), ("common", 30))}),
        edition({f: [indicator(3, size=_sizes(_staff(n)))] for f, n in (("alpha", 35), ("beta", 35), ("common", 70))}),
    ),
    Example(
        "two-like-measures",
        _beside({"size": _sizes(_staff(10))}, {"size": _sizes({"peak_staff": {"at_least": 10}})}),
        _beside({"size": _sizes(_staff(10))}, {"size": _sizes(_staff(20))}),
    ),
    # demands
    Example("neither-count-nor-years", PLAIN, _one(**_said(years=1))),
    Example(
        "lone-count",
        edition({"alpha": [indicator(5), indicator(4), indicator(3, **_said(engagements={"at_least": 2}))]}),
        edition({"alpha": [indicator(5), indicator(4), indicator(3)]}),
    ),
    Example("no-or-above", _one(**_said(work_level=3)), _one(**_said(work_level=3, or_above=True))),
    Example(
        "or-above-the-top",
        _one(**_said(work_level=3, or_above=True)),
        _two({}, _said(work_level=3, or_above=True)),
    ),
    Example("no-level-of-work", PLAIN, _one(**_said(work_level=3))),
    Example(
        "level-of-nothing",
        _one(**_said(work_level=3)),
        _one(**_said(work_level=3), **_asks(1, "a", "b"), size=_sizes(_staff(10))),
    ),
    Example("some", _one(**_asks("some", "a", "b")), _one(**_asks(1, "a", "b"))),
    Example(
        "same-role",
        _two(_said(role="leader"), _said(role="leader")),
        _two(_said(role="responsible"), _said(role="leader")),
    ),
    Example(
        "same-years",
        edition({f: [indicator(3, **_said(years=n))] for f, n in (("alpha", 1), ("beta", 1), ("common", 2))}),
        edition({f: [indicator(3, **_said(years=1))] for f in ("alpha", "beta", "common")}),
    ),
    Example(
        "led-under-guidance",
        _one(**_said(role="leader", supervised=True)),
        _one(**_said(supervised=True)),
    ),
    Example(
        "guides-and-mentors",
        _one(professional=_areas("x", depth="guides_juniors") | {"mentoring": "900:300"}),
        _one(professional=_areas("x", depth="leads_company") | {"mentoring": "900:300"}),
    ),
    Example("uneven-words", _beside(_said(succeeded=True), {}), _beside(_said(succeeded=True), _said(succeeded=True))),
    Example(
        "same-criteria-count",
        edition({"alpha": [indicator(n, **_asks(2, "a", "b")) for n in (5, 4, 3)]}),
        edition({"alpha": [indicator(n, **_asks(n - 2, "a", "b", "c")) for n in (5, 4, 3)]}),
    ),
    # lists
    Example(
        "shorter-list",
        _two({"professional": _areas("x", "y")}, {"professional": _areas("x")}),
        _two({"professional": _areas("x", "y")}, {"professional": _areas("x", "y")}),
    ),
    Example("plain-twin", _two(_asks(1, "a"), _asks(1, "plain-a")), _two(_asks(1, "a"), _asks(1, "a"))),
    Example(
        "criterion-of-another-field",
        edition({
            "alpha": [indicator(4, **_asks(1, "a")), indicator(3, **_asks(1, "b"))],
            "beta": [indicator(3, **_asks(1, "b"))],
        }),
        edition({
            "alpha": [indicator(4, **_asks(1, "a")), indicator(3, **_asks(1, "a"))],
            "beta": [indicator(3, **_asks(1, "b"))],
        }),
    ),
    Example("one-name-two-things", _one(**_asks(1, "lists")), _one(**_asks(1, "a"))),
    Example(
        "same-list-twice",
        _one(professional={"succession": {"at_least": 1, "of": ["book", "book"]}}),
        _one(professional={"succession": {"at_least": 1, "of": ["book", "paper"]}}),
    ),
    Example(
        "uncovered-field",
        edition({"alpha": [indicator(3)], "beta": [indicator(3)], "common": [indicator(2)]}, common={"common": ["alpha"]}),
        edition({"alpha": [indicator(3)], "beta": [indicator(3)], "common": [indicator(2)]}, common={"common": ["alpha", "beta"]}),
    ),
    Example(
        "worded-otherwise",
        _two(_asks(1, "a"), _asks(1, {"id": "a", "ja": "要件の甲", "en": "Demand A"})),
        _two(_asks(1, "a"), _asks(1, "a")),
    ),
    Example("no-number-of-areas", _one(professional=_areas("x")), _one(professional=_areas("x", at_least=1))),
    Example("simple-list", _one(**_asks(1, "a", kind="ceiling")), _one(**_asks(1, "a"))),
    # open places
    Example("bracket-list", _one(**_asks(1, "lists")), _one(**_asks(1, "a"))),
    Example("degree-without-measure", _one(**_asks(1, "vague")), _one(**_asks(1, "a"))),
    Example(
        "reach-of-extra-criteria",
        _one(**_asks(1, "a", "b"), size=_sizes(_staff(10), _money(100), with_complexity=1)),
        _one(**_asks(1, "a", "b"), size=_sizes(_staff(10), with_complexity=1)),
    ),
    Example(
        "kinds-or-works",
        _one(professional={"succession": {"at_least": 2, "of": ["book", "paper"]}}),
        _one(professional={"succession": {"at_least": 1, "of": ["book", "paper"]}}),
    ),
    Example(
        "examples-or-all",
        _one(professional={"contributions": {"of": ["book", "paper"]}}),
        _one(professional={"contributions": {"of": ["book"]}}),
    ),
    Example("must-be-supervised", _one(**_said(supervised=True)), PLAIN),
    Example("tasks-as-conditions", _one(tasks={"of": ["t"]}), PLAIN),
    Example("size-in-words", _one(size=_sizes({"scope": {"at_least": "all"}})), _one(size=_sizes(_staff(10)))),
    Example("examination-or-level", _one(examinations=["AP"]), PLAIN),
    Example("mentoring-without-amount", _one(professional={"mentoring": "900:300"}), PLAIN),
    Example(
        "counted-in-a-year",
        _one(size=_sizes({"users_per_year": {"at_least": 100}})),
        _one(size=_sizes(_staff(10))),
    ),
    # the form of the text
    Example(
        "unbalanced-bracket", PLAIN, PLAIN,
        _lines("complexity", "以下の1項目以上に該当する。", "□要件(速さ"), _lines("complexity", "以下の1項目以上に該当する。", "□要件(速さ)"),
    ),
    Example("lost-list-marks", PLAIN, PLAIN, _lines("complexity", "甲の要件 乙の要件"), _lines("complexity", "□甲の要件", "□乙の要件")),
    Example(
        "glued-items", PLAIN, PLAIN,
        _lines("complexity", "甲の要件 乙の要件丙の要件", "丙の要件 乙の要件"), _lines("complexity", "甲の要件 乙の要件", "丙の要件 乙の要件"),
    ),
    Example(
        "empty-level-table", PLAIN, PLAIN,
        {n: f"レベル{8 - n}" for n in range(1, 8)}, {n: f"レベル{8 - n}\t■" for n in range(1, 8)},
    ),
    Example("table-row-without-indicator", PLAIN, PLAIN, {1: "レベル7"}, {1: "レベル3"}),
    Example("page-counter", PLAIN, PLAIN, {300: "甲運用 1 of 3"}, {300: "甲運用"}),
    Example(
        "stop-at-some", edition({"alpha": [indicator(n) for n in (6, 5, 4, 3)]}), edition({"alpha": [indicator(n) for n in (6, 5, 4, 3)]}),
        {k: t for n in (6, 5, 4, 3) for k, t in ((n * 100, "●責任性"), (n * 100 + 1, "甲運用チームのメンバとして指定された業務を実施した経験を有する" + ("。" if n == 3 else "")))},
        {k: t for n in (6, 5, 4, 3) for k, t in ((n * 100, "●責任性"), (n * 100 + 1, "甲運用チームのメンバとして指定された業務を実施した経験を有する。"))},
    ),
    Example(
        "repeated-table", PLAIN, PLAIN,
        _lines("areas", "－技術の継承に対して次の実績を有する", "□著書", "□論文", "－後進の育成", "□著書", "□論文"),
        _lines("areas", "－技術の継承に対して次の実績を有する", "□著書", "□論文", "－後進の育成"),
    ),
    Example("doubled-heading", PLAIN, PLAIN, {1: "甲の達成度指標", 2: "甲の達成度指標"}, {1: "甲の達成度指標", 2: "乙の達成度指標"}),
    Example("blank-in-word", PLAIN, PLAIN, {1: "システム オペレーション", 2: "システムオペレーションの概要"}, {1: "システムオペレーション", 2: "システムオペレーションの概要"}),
    Example("broken-heading", PLAIN_EN, PLAIN_EN, {1: "Specialty", 2: "Field"}, {1: "Specialty Field", 2: "Level 3"}),
    # the words of the text
    Example(
        "name-of-another-field", BOTH, BOTH,
        _lines("complexity", "以下の1項目以上に該当する乙管理を遂行した経験を有する。"), _lines("complexity", "以下の1項目以上に該当する甲運用を遂行した経験を有する。"),
    ),
    Example(
        "no-bound-word", PLAIN, PLAIN,
        _lines("size", "□管理する要員数が30人、または年間契約金額3億円以上"), _lines("size", "□管理する要員数が30人以上、または年間契約金額3億円以上"),
    ),
    Example(
        "no-either", TWO_SIZES, TWO_SIZES,
        _lines("size", "以下の規模に相当する甲運用を実施した経験を有する。", "□要員10人以上", "□100円以上"),
        _lines("size", "以下のいずれかの規模に相当する甲運用を実施した経験を有する。", "□要員10人以上", "□100円以上"),
    ),
    Example(
        "either-of-many", PLAIN_EN, PLAIN_EN,
        {300: "●Complexity", 301: "Has experience that meets either one of the following.", 302: "□A", 303: "□B", 304: "□C"},
        {300: "●Complexity", 301: "Has experience that meets either one of the following.", 302: "□A", 303: "□B"},
    ),
    Example("no-role", PLAIN, PLAIN, {300: "●責任性", 301: "指定された業務を実施した経験を有する。"}, ALL_LEVELS),
    Example("long-vowel", PLAIN, PLAIN, {1: "リーダーとして", 2: "リーダとして", 3: "リーダーとして"}, {1: "リーダーとして", 2: "リーダーとして"}),
    Example("two-spellings", PLAIN, PLAIN, {1: "運用及び保守", 2: "運用および保守"}, {1: "運用および保守", 2: "保守および運用"}),
    Example("hyphen-or-not", PLAIN_EN, PLAIN_EN, {1: "multi-vendor", 2: "multivendor"}, {1: "multi-vendor", 2: "multi-vendor"}),
    Example("field-name-varies", PLAIN_EN, PLAIN_EN, {1: "Alpha work", 2: "Alpha works"}, {1: "Alpha work", 2: "Alpha work"}),
    Example(
        "uneven-sentence", edition({"alpha": [indicator(n) for n in (5, 4, 3)]}), edition({"alpha": [indicator(n) for n in (5, 4, 3)]}),
        {k: t for n in (5, 4, 3) for k, t in ((n * 100, "●サイズ"), (n * 100 + 1, "以下の規模に相当する業務を成功裡" + ("" if n == 3 else "に") + "実施した経験を有する。"))},
        {k: t for n in (5, 4, 3) for k, t in ((n * 100, "●サイズ"), (n * 100 + 1, "以下の規模に相当する業務を成功裡に実施した経験を有する。"))},
    ),
    Example("doubled-particle", PLAIN, PLAIN, {1: "システムを確立を支援する"}, {1: "システムの確立を支援する"}),
    Example("open-list", PLAIN, PLAIN, _lines("complexity", "□要件(速さ、広さ等)"), _lines("complexity", "□要件(速さ、広さ)")),
    Example("commas-and-or", PLAIN, PLAIN, {1: "要員10人以上、年間契約金額1億円以上、または利用者"}, {1: "要員10人以上、または年間契約金額1億円以上"}),
    Example("slash", PLAIN, PLAIN, {1: "文書力/会話力"}, {1: "文書力と会話力"}),
    Example(
        "whose-staff", edition({"alpha": [indicator(4), indicator(3)]}), edition({"alpha": [indicator(4), indicator(3)]}),
        {400: "●サイズ", 401: "□管理する要員数がピーク時10人以上", 300: "●サイズ", 301: "□ピーク時の要員数10人未満"},
        {400: "●サイズ", 401: "□管理する要員数がピーク時10人以上", 300: "●サイズ", 301: "□管理する要員数がピーク時10人未満"},
    ),
    # the skill part
    Example("same-proficiency", _skilled(_able("system", 4, "同じ"), _able("system", 3, "同じ")), _skilled(_able("system", 4, "高い"), _able("system", 3, "低い"))),
    Example(
        "scope-only-below",
        _skilled(_able("system", 4, "甲", scope={"any": [_staff(below=10)]})), _skilled(_able("system", 4, "甲", scope={"any": [_staff(5, 10)]})),
    ),
    Example(
        "scope-unlike-size",
        _skilled(_able("system", 4, "甲", scope={"any": [_staff(20)]}), size=_sizes(_staff(10))),
        _skilled(_able("system", 4, "甲", scope={"any": [_staff(10)]}), size=_sizes(_staff(10))),
    ),
    Example("knowledge-twice", _skilled(knowledge=[_block("system", "方針", "方針")]), _skilled(knowledge=[_block("system", "方針", "目標")])),
    Example(
        "knowledge-of-another-field",
        _skilled(knowledge=[_block("own", "方針"), _block("other", "方針")]), _skilled(knowledge=[_block("own", "方針"), _block("other", "目標")]),
    ),
    Example(
        "goal-of-another-skill", _skilled(_able("system", 4, "甲")), _skilled(_able("system", 4, "甲")),
        {2004: "管理定義書の作成を行い、顧客リレーション確立を支援することができる"}, {2004: "管理定義書の作成を行い、マネジメントシステム確立を支援することができる"},
    ),
    Example("field-as-person", PLAIN, PLAIN, {1: "指導の下、甲運用として実施する"}, {1: "指導の下、甲運用メンバとして実施する"}),
    Example("no-specific-skill", _skilled(_able("system", 3, "甲")), _skilled(_able("system", 3, "甲"), _able("own", 3, "乙"))),
    Example(
        "manuals-joined",
        _skilled(_able("system", 4, "甲", manual="or"), _able("system", 3, "乙", manual="and")),
        _skilled(_able("system", 4, "甲", manual="or"), _able("system", 3, "乙", manual="or")),
    ),
    Example("areas-unlike-knowledge", _skilled(knowledge=[_block("relations", "別の話")]), _skilled(knowledge=[_block("relations", "要望の理解")])),
)  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.rule)
def test_a_rule_speaks_where_it_should(example: Example) -> None:
    """It finds the fault that the example has."""
    proposals = found(example.rule, example.faulty, example.faulty_lines)
    assert proposals
    for proposal in proposals:
        assert proposal.places
        assert proposal.title.ja
        assert proposal.title.en
        assert proposal.says.ja
        assert proposal.says.en


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.rule)
def test_a_rule_is_silent_where_nothing_is_wrong(example: Example) -> None:
    """It finds nothing in the example beside it."""
    assert found(example.rule, example.sound, example.sound_lines) == ()


def test_every_rule_has_an_example() -> None:
    """No rule is without one, and ids are distinct."""
    ids = [r.id for r in rules()]
    assert len(ids) == len(set(ids))
    assert sorted(e.rule for e in EXAMPLES) == sorted(ids)


def test_every_rule_says_what_it_looks_for() -> None:
    """In both languages, in words of its own."""
    said: Callable[[Any], tuple[str, str]] = lambda r: (r.what.ja, r.what.en)  # noqa: E731
    assert len({said(r) for r in rules()}) == len(rules())
