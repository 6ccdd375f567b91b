"""A small vocabulary to read evidence by, so that these tests do not hang on the real editions.

Edition `one/it` has the fields `operations`, `desk` and `common` (levels shared with `desk`);
`two/it` has `hardware` and shares a criterion, an outcome and the area `security` with it.
"""

import copy
from typing import Any

import pytest

from tassei.errors import EvidenceError, Fault
from tassei.evidence.known import Known
from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA, Record, record_from
from tassei.framework.edition import Edition, JobCategory, SpecialtyField
from tassei.framework.indicator import Complexity, Examination, Indicator, Responsibility
from tassei.framework.scales import Role
from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, SkillItem, Skills
from tassei.framework.vocabulary import Measure, Scale, Term, Terms, Vocabulary
from tassei.marked import as_marked, parse
from tassei.source import Place
from tassei.text import Text

PLACE = Place("000", 1)
NOTHING = Text("", "")
AS_OF = Month.of(2026, 11)
OPERATIONS, DESK, COMMON, HARDWARE = (
    "one/it/operations",
    "one/it/desk",
    "one/it/common",
    "two/it/hardware",
)


def term(id_: str, ja: str, en: str) -> Term:
    return Term(id_, Text(ja, en))


INTERNATIONAL = term(
    "international", "国際的な運用(文化の異なる環境)", "International work (several cultures)"
)
STRUCTURE = term("structure", "体制(複数の部門)", "Structure (several departments)")
CONTRACT = term("contract", "複雑な契約", "Complex contract")
SIMPLE = term("simple-support", "対象が単純", "Simple systems")
MANY_SITES = term("many-sites", "多数の拠点", "Many sites")
# the same name for two things in two editions: it names neither
RISK = term("system-risk", "高度なリスク", "High risk")
DISASTER = term("disaster-risk", "高度なリスク", "High risk of disasters")


def _indicator(
    field: str, level: int, *criteria: Term, examination: Examination | None = None
) -> Indicator:
    return Indicator(
        field,
        level,
        PLACE,
        Responsibility(PLACE, Role.MEMBER),
        Complexity(PLACE, 1, (), criteria),
        (),
        PLACE,
        examinations=(examination,) if examination else (),
    )


def _edition(
    id_: str,
    terms: Terms,
    fields: tuple[SpecialtyField, ...],
    *indicators: Indicator,
    skills: Skills,
) -> Edition:
    return Edition(
        id=id_,
        title=NOTHING,
        label="",
        document="000",
        language="ja",
        known_by=NOTHING,
        dated="2026-11-21",
        category=JobCategory("it", NOTHING, PLACE, NOTHING),
        fields=fields,
        terms=terms,
        indicators=indicators,
        skills=skills,
    )


def _field(id_: str, *applies_to: str) -> SpecialtyField:
    return SpecialtyField(id_, NOTHING, PLACE, (1,), NOTHING, applies_to)


ONE = _edition(
    "one/it",
    Terms(
        criteria=(INTERNATIONAL, STRUCTURE, CONTRACT, SIMPLE, RISK),
        outcomes=(
            term("sla", "SLAの遵守", "Service level agreement"),
            term("safety", "安全性", "Safety"),
        ),
        activities=(term("platform-design", "基盤の設計", "Design of the platform"),),
        areas=(
            term("security", "セキュリティ", "Security"),
            term("network", "ネットワーク", "Network"),
        ),
        succession=(term("book", "著書", "Book"), term("patent", "特許出願", "Patent application")),
        tasks=(term("satisfies-users", "利用者の満足", "Satisfied users"),),
    ),
    (_field("operations"), _field("desk"), _field("common", "desk")),
    _indicator(
        "operations",
        1,
        INTERNATIONAL,
        STRUCTURE,
        RISK,
        examination=Examination(PLACE, "AP", term("AP", "応用情報技術者試験", "Applied Engineer")),
    ),
    _indicator("desk", 1, CONTRACT),
    _indicator("common", 1, SIMPLE),
    skills=Skills(
        items=(
            SkillItem(
                "service-support",
                "common",
                ("desk",),
                Text("サービスサポート", "Service support"),
                PLACE,
                (),
            ),
        ),
        knowledge=(
            KnowledgeBlock(
                "service-support",
                "desk",
                PLACE,
                (
                    KnowledgeItem(
                        term("all", "全体", "All"),
                        (KnowledgeItem(term("monitoring", "監視", "Monitoring")),),
                    ),
                ),
            ),
        ),
    ),
)
TWO = _edition(
    "two/it",
    Terms(
        criteria=(STRUCTURE, MANY_SITES, DISASTER),
        outcomes=(term("safety", "安全", "Being safe"),),
        areas=(term("security", "安全管理", "Security management"),),
    ),
    (_field("hardware"),),
    _indicator("hardware", 1, STRUCTURE, MANY_SITES, DISASTER),
    skills=Skills(),
)
VOCABULARY = Vocabulary(
    measures={
        "managed_staff": Measure("managed_staff", Text("要員数", "staff"), Text("人", "people")),
        "annual_contract_yen": Measure(
            "annual_contract_yen", Text("年間契約金額", "contract"), Text("円", "yen"), money=True
        ),
    },
    scales={
        "scope": Scale(
            "scope",
            Text("担当範囲", "scope"),
            (
                (
                    term("one_user", "特定ユーザ", "One user"),
                    term("whole_industry", "業界全体", "A whole industry"),
                ),
            ),
        )
    },
    broader={"safety": frozenset({"sla"})},
)
KNOWN = Known.of([ONE, TWO], VOCABULARY)

FULL: dict[str, Any] = {
    "schema": SCHEMA,
    "for": ["one/it"],
    "person": {"id": "E1024", "name": "見本 花子"},
    "engagements": [
        {
            "id": "banking",
            "title": "勘定系の運用",
            "fields": [OPERATIONS],
            "from": "2019-04",
            "to": "2023-03",
            "role": "responsible",
            "supervised": False,
            "succeeded": True,
            "complexity": ["international", "structure"],
            "size": {
                "managed_staff": 260,
                "annual_contract_yen": 2_600_000_000,
                "scope": "one_user",
            },
            "achieved": ["sla"],
            "activities": ["platform-design"],
        }
    ],
    "professional": {
        "areas": {"security": "leads_industry"},
        "succession": [{"kind": "book", "title": "運用の本", "on": "2022-05"}],
        "mentoring": True,
    },
    "examinations": [{"name": "AP", "passed": "2012-10"}],
    "skills": {"service-support": 3},
    "knowledge": ["monitoring"],
}
"""Every key that evidence may have."""


def person(**keys: Any) -> dict[str, Any]:
    """A person of whom nothing is recorded but `keys`; `for_` stands for `for`."""
    return {"schema": SCHEMA, "person": {"id": "E1"}} | {k.rstrip("_"): v for k, v in keys.items()}


def work(**keys: Any) -> dict[str, Any]:
    """A person with one engagement; `from_` stands for `from`."""
    return person(engagements=[{"id": "a"} | {k.rstrip("_"): v for k, v in keys.items()}])


def record(value: Any) -> Record:
    """What is read of plain data, or of YAML where it is text."""
    marked = (
        parse(value, "a.yaml") if isinstance(value, str) else as_marked(copy.deepcopy(value), 1)
    )
    return record_from(marked, KNOWN, AS_OF, "a.yaml")


def read(value: Any) -> Evidence:
    return record(value).evidence


def engagement(**keys: Any) -> Engagement:
    """The one engagement of a person, read."""
    evidence = read(work(**keys))
    assert evidence.engagements is not None
    [found] = evidence.engagements
    return found


def faults(value: Any) -> tuple[Fault, ...]:
    """All faults of data that are wrong, each worded in both languages."""
    with pytest.raises(EvidenceError) as caught:
        read(value)
    for fault in caught.value.faults:
        assert all((fault.what.ja, fault.what.en, fault.repair.ja, fault.repair.en)), fault
        assert bool(fault.where.ja) == bool(fault.where.en), fault
    return caught.value.faults


def fault(value: Any) -> Fault:
    """The one fault of data in which one thing is wrong."""
    [found] = faults(value)
    return found
