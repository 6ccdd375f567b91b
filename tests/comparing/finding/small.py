"""A small edition of two fields, made for one test at a time, with or without a text beside it.

Every indicator asks for nothing but a role, unless a test says otherwise; so what a rule finds comes
from what the test says.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tassei.comparing.finding.find import rules
from tassei.comparing.finding.proposal import Proposal
from tassei.comparing.finding.sections import Laid
from tassei.documents.pieces import Document, Piece
from tassei.encoding.load import standards_from
from tassei.framework.edition import Edition
from tassei.marked import Marked, parse

Data = Mapping[str, Any]
VOCABULARY = {
    "schema": "tassei/vocabulary/1",
    "measures": [
        {"id": m, "ja": m, "en": m, "unit": {"ja": "人", "en": "people"}}
        for m in ("managed_staff", "peak_staff", "annual_contract_yen", "users_per_year")
    ],
    "scales": [
        {
            "id": "scope", "ja": "範囲", "en": "scope",
            "chains": [[{"id": "one", "ja": "一部", "en": "a part"}, {"id": "all", "ja": "全体", "en": "the whole"}]],
        }
    ],
}  # fmt: skip
READINGS = {
    "schema": "tassei/readings/1",
    "readings": [
        {
            "id": "R-LEADS", "question": {"ja": "問", "en": "q"}, "why": {"ja": "訳", "en": "w"},
            "alternatives": [{"id": "role", "ja": "役割", "en": "role"}],
        }
    ],
}  # fmt: skip
TERMS = {
    "criteria": [
        {"id": "a", "ja": "要件甲", "en": "Demand A"},
        {"id": "b", "ja": "要件乙", "en": "Demand B"},
        {"id": "c", "ja": "要件丙", "en": "Demand C"},
        {"id": "plain-a", "ja": "平易な甲", "en": "Plain A"},
        {"id": "lists", "ja": "要件丁(速さ、広さ)", "en": "Demand D (speed, width)"},
        {"id": "vague", "ja": "高度な要件", "en": "Advanced demand"},
        {"id": "twin", "ja": "要件丁(深さ、高さ)", "en": "Demand D (depth, height)"},
    ],
    "outcomes": [{"id": "sla", "ja": "合意の達成", "en": "the agreement"}],
    "areas": [
        {"id": "x", "ja": "領域一", "en": "Area one"},
        {"id": "y", "ja": "領域二", "en": "Area two"},
    ],
    "succession": [
        {"id": "book", "ja": "著書", "en": "Book"},
        {"id": "paper", "ja": "論文", "en": "Paper"},
    ],
    "tasks": [{"id": "t", "ja": "特性", "en": "task"}],
}


def indicator(level: int, **changes: Any) -> dict[str, Any]:
    """An indicator that asks for the role of a member; line 100 for level 1, 200 for level 2 and so on."""
    plain: dict[str, Any] = {
        "level": level,
        "source": f"900:{level * 100}",
        "responsibility": {"role": "member"},
        "complexity": {"at_least": 0},
        "size": [],
    }
    return plain | changes


def edition(
    fields: Mapping[str, Sequence[Data]],
    *,
    language: str = "ja",
    common: Mapping[str, Sequence[str]] | None = None,
    skills: Data | None = None,
    knowledge: Data | None = None,
    terms: Data | None = None,
) -> Edition:
    """An edition of the given fields; every second one stands 1000 lines further down."""
    names = {
        "alpha": ("甲運用", "Alpha work"),
        "beta": ("乙管理", "Beta care"),
        "common": ("共通", "Common"),
    }
    data: dict[str, Any] = {
        "vocabulary.yaml": VOCABULARY,
        "readings.yaml": READINGS,
        "mini/desk/edition.yaml": {
            "schema": "tassei/edition/1", "id": "mini/desk", "title": {"ja": "小さな版", "en": "A small edition"},
            "label": "mini", "document": "900", "language": language, "dated": "2026-11-21",
            "known_by": {"ja": "作例", "en": "made up"},
            "category": {"id": "desk", "ja": "窓口", "en": "Desk", "source": "900:1", "outline": {"ja": "窓口", "en": "The desk"}},
            "fields": [
                {
                    "id": f, "ja": names[f][0], "en": names[f][1], "source": "900:2",
                    "levels": [i["level"] for i in own], "outline": {"ja": "説明", "en": "outline"},
                } | ({"applies_to": list(common[f])} if common and f in common else {})
                for f, own in fields.items()
            ],
            "terms": dict(TERMS) | dict(terms or {}),
            "examinations": [{"id": "AP", "ja": "応用", "en": "Applied"}],
        },
    }  # fmt: skip
    for n, (field, own) in enumerate(fields.items()):
        shifted = [
            dict(i) | {"source": f"900:{int(i['source'].split(':')[1]) + 1000 * n}"} for i in own
        ]
        data[f"mini/desk/{field}.yaml"] = {
            "schema": "tassei/indicators/1", "field": field, "indicators": shifted,
        }  # fmt: skip
    if skills:
        data["mini/desk/skills.yaml"] = {"schema": "tassei/skills/1"} | dict(skills)
    if knowledge:
        data["mini/desk/knowledge.yaml"] = {"schema": "tassei/knowledge/1"} | dict(knowledge)
    trees: dict[str, Marked] = {n: parse(json.dumps(v), n) for n, v in data.items()}
    [made] = standards_from(trees, {}).editions
    return made


def document(lines: Mapping[int, str]) -> Document:
    """A document of these lines."""
    pieces = tuple(Piece(text, line) for line, text in sorted(lines.items()))
    return Document("small.txt", "text", "sha256:0", pieces)


def found(rule: str, made: Edition, lines: Mapping[int, str] | None = None) -> tuple[Proposal, ...]:
    """What one rule proposes."""
    [one] = [r for r in rules() if r.id == rule]
    return tuple(one.proposals(Laid(made, document(lines) if lines else None)))
