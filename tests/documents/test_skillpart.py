"""The skill part of documents that nobody has encoded: items, proficiency, knowledge trees."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from documents.sources import drafted
from tassei.documents.drafting import Draft
from tassei.framework.indicator import Bound
from tassei.text import Lang

FOLDER = Path(__file__).parent / "skills"
NAMES = sorted(p.name for p in FOLDER.glob("*.md"))


def expected(name: str) -> dict[str, Any]:
    """What the document must give."""
    found: dict[str, Any] = YAML(typ="safe").load((FOLDER / name).with_suffix(".yaml"))
    return found


@cache
def read(name: str) -> Draft:
    return drafted(name, (FOLDER / name).read_text("utf-8"))


def found_in(made: Draft) -> dict[str, Any]:
    """The skill part as the list of what is expected writes it."""
    lang: Lang = "ja" if made.edition.language == "ja" else "en"
    skills = made.edition.skills
    fields = {f.id: f.name[lang] for f in made.edition.fields}
    names = {i.id: i.name[lang] for i in skills.items}
    return {
        "items": [
            [i.kind, i.name[lang], [fields[f] for f in i.fields], [s.name[lang] for s in i.sub_items]]
            for i in skills.items
        ],
        "proficiency": [
            [
                fields[p.field_id], names[p.item], p.level, p.role.id, p.supervised, p.manual,
                [[b.measure.id, b.at_least, b.below] for b in p.scope if isinstance(b, Bound)],
            ]
            for p in skills.proficiency
        ],
        "knowledge": [
            [
                fields[b.field_id],
                names[b.item],
                {n.term.name[lang]: [t.term.name[lang] for t in n.items] for n in b.items},
            ]
            for b in skills.knowledge
        ],
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", ["items", "proficiency", "knowledge"])
def test_the_skill_part_is_read(name: str, part: str) -> None:
    assert found_in(read(name))[part] == expected(name)[part]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_it_is_lost(name: str) -> None:
    made = read(name)
    assert [(p.line, p.clause, p.text) for p in made.problems] == []
    assert [(p.line, p.text) for p in made.account.not_understood()] == []
