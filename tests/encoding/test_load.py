"""Loading `standards/`: what a small tree becomes, and every fault that a faulty one has."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tassei.encoding.load import digests_of, load_standards, read_trees, standards_from
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError, StandardError
from tassei.framework.doubts import Touch
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Bound,
    Complexity,
    Contributions,
    Engagements,
    Examination,
    Rung,
    SizeItem,
    Succession,
    Tasks,
)
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term
from tassei.marked import as_marked
from tassei.source import Place
from tassei.text import Text

Tree = dict[str, Any]
EDITION, DESK, COMMON = "e/c/edition.yaml", "e/c/desk.yaml", "e/c/common.yaml"
SKILLS, KNOWLEDGE = "e/c/skills.yaml", "e/c/knowledge.yaml"


def words(name: str) -> Tree:
    return {"ja": f"{name}の名", "en": f"name of {name}"}


def term(name: str) -> Tree:
    return {"id": name, **words(name)}


def text(name: str) -> Text:
    return Text(f"{name}の名", f"name of {name}")


def small_tree() -> dict[str, Tree]:
    """One edition with a field, a level common to it, skills and knowledge; a reading and a doubt."""
    return {
        "vocabulary.yaml": {
            "schema": "tassei/vocabulary/1",
            "measures": [
                {**term("staff"), "unit": words("people")},
                {**term("yen"), "unit": words("yen"), "money": True, "countable": False},
            ],
            "scales": [{**term("scope"), "chains": [[term("part"), term("whole")]]}],
            "broader": {"hard": ["plain"]},
        },
        "readings.yaml": {
            "schema": "tassei/readings/1",
            "readings": [
                {
                    "id": "R-LEADS",
                    "question": words("question"),
                    "why": words("why"),
                    "alternatives": [term("role"), term("stated")],
                }
            ],
        },
        "doubts.yaml": {
            "schema": "tassei/doubts/1",
            "doubts": [
                {
                    "id": "D-001",
                    "kind": "gap",
                    "places": ["000:1", "000:7"],
                    "touches": ["e/c/desk/4/size", "e/c"],
                    "title": words("title"),
                    "says": words("says"),
                    "reading": words("reading"),
                    "why": words("why"),
                    "changes_rule": True,
                    "readings": ["R-LEADS"],
                }
            ],
        },
        EDITION: {
            "schema": "tassei/edition/1",
            "id": "e/c",
            "title": words("title"),
            "label": "V0",
            "document": "000",
            "language": "ja",
            "dated": "2026-01-01",
            "known_by": words("known"),
            "category": {**term("c"), "source": "000:1", "outline": words("outline")},
            "fields": [
                {**term("desk"), "source": "000:2", "levels": [4, 3], "outline": words("o")},
                {
                    **term("common"),
                    "source": "000:3",
                    "levels": [2],
                    "applies_to": ["desk"],
                    "outline": words("o"),
                },
            ],
            "terms": {
                "criteria": [term("hard"), term("plain"), term("far")],
                "outcomes": [term("sla")],
                "activities": [term("leads")],
                "areas": [term("law"), term("trade")],
                "succession": [term("book"), term("paper")],
                "tasks": [term("whole-term")],
            },
            "examinations": [{"id": "AP", **words("AP")}],
        },
        DESK: {
            "schema": "tassei/indicators/1",
            "field": "desk",
            "indicators": [
                {
                    "level": 4,
                    "source": "000:10",
                    "responsibility": {
                        "source": "000:11",
                        "role": "leader",
                        "supervised": True,
                        "succeeded": True,
                        "continued": True,
                        "years": 2,
                        "work_level": 4,
                        "or_above": True,
                        "outcomes": ["sla"],
                        "experiences": ["leads"],
                        "implied": {"R-LEADS": "leads"},
                    },
                    "complexity": {
                        "source": "000:12",
                        "at_least": 2,
                        "required": ["far"],
                        "of": [{"id": "hard", "ja": "別の名"}, "plain", "far"],
                    },
                    "size_source": "000:13",
                    "size": [
                        {"source": "000:14", "any": [{"staff": {"at_least": 20}}]},
                        {
                            "any": [{"yen": {"at_least": 5, "below": 9}}, {"scope": {"at_least": "whole"}}],
                            "with_complexity": 3,
                        },
                        {"same_as_level": 3, "given_complexity": 1},
                    ],
                    "professional": {
                        "areas": {"source": "000:15", "at_least": 1, "depth": "basic", "of": ["law", "trade"]},
                        "succession": {"at_least": 1, "of": ["book", "book"], "restored": ["book", "paper"]},
                        "mentoring": "000:16",
                    },
                    "examinations": ["AP"],
                },
                {
                    "level": 3,
                    "source": "000:20",
                    "responsibility": {
                        "role": "member",
                        "engagements": {
                            "at_least": 3, "of_which": 1, "of_which_level": 4, "others_level": 3,
                        },
                    },
                    "complexity": {"at_least": "some", "kind": "ceiling", "of": ["plain", "hard"]},
                    "size": [],
                    "professional": {
                        "areas": {"depth": "independent", "at_least": "all", "of": ["law"]},
                        "contributions": {"mentoring": term("juniors"), "of": ["paper"]},
                    },
                    "tasks": {"source": "000:21", "of": ["whole-term"], "noted": []},
                    "notes": [words("note")],
                },
            ],
        },
        COMMON: {
            "schema": "tassei/indicators/1",
            "field": "common",
            "indicators": [
                {
                    "level": 2,
                    "source": "000:30",
                    "responsibility": {"role": "member"},
                    "complexity": {"at_least": 0},
                    "size": [],
                    "professional": {"areas": {"depth": "basic", "of": ["law"]}, "mentoring": True},
                    "tasks": ["whole-term"],
                }
            ],
        },
        SKILLS: {
            "schema": "tassei/skills/1",
            "skill_items": [
                {
                    **term("design"),
                    "kind": "specific",
                    "fields": ["desk"],
                    "source": "000:40",
                    "sub_items": [term("sketch")],
                }
            ],
            "proficiency": [
                {
                    "item": "design",
                    "field": "desk",
                    "level": 4,
                    "source": "000:41",
                    "role": "leader",
                    "supervised": True,
                    "manual": "or",
                    "scope": {"any": [{"staff": {"at_least": 20}}]},
                    "ability": words("ability"),
                },
                {
                    "item": "design",
                    "field": "common",
                    "level": 2,
                    "source": "000:42",
                    "role": "member",
                    "manual": None,
                    "scope": None,
                    "ability": words("ability"),
                },
            ],
        },
        KNOWLEDGE: {
            "schema": "tassei/knowledge/1",
            "blocks": [
                {
                    "item": "design",
                    "field": "desk",
                    "source": "000:50",
                    "items": [{**term("drawing"), "items": [term("by-hand"), term("by-machine")]}],
                }
            ],
        },
    }  # fmt: skip


GONE = object()


def changed(*changes: tuple[str, str, Any]) -> dict[str, Tree]:
    """The small tree with values put at some places of some files; `GONE` takes a key away."""
    trees = small_tree()
    for file, path, value in changes:
        *way, last = path.split(".") if path else []
        inner: Any = trees[file]
        for step in way:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if isinstance(inner, list) and last == "+":
            inner.append(copy.deepcopy(inner[0]) if value is None else value)
        elif isinstance(inner, list):
            inner[int(last)] = value
        elif value is GONE:
            del inner[last]
        else:
            inner[last] = value
    return trees


def load(trees: dict[str, Tree]) -> Standards:
    return standards_from(
        {name: as_marked(tree) for name, tree in trees.items()}, {"e/c": "sha256:0"}
    )


def faults(*changes: tuple[str, str, Any]) -> list[Fault]:
    """The faults of the small tree with some changes."""
    with pytest.raises(StandardError) as refused:
        load(changed(*changes))
    return list(refused.value.faults)


# --- what comes out


def test_edition() -> None:
    """An edition has its names, its category, its fields and its terms, in order."""
    (edition,) = load(small_tree()).editions
    assert (edition.id, edition.label, edition.document) == ("e/c", "V0", "000")
    assert (edition.language, edition.dated, edition.follows) == ("ja", "2026-01-01", None)
    assert (edition.title, edition.known_by) == (text("title"), text("known"))
    assert (edition.category.id, edition.category.name) == ("c", text("c"))
    assert (edition.category.place, edition.category.outline) == (Place("000", 1), text("outline"))
    desk, common = edition.fields
    assert (desk.id, desk.levels, desk.applies_to) == ("desk", (4, 3), ())
    assert (common.id, common.levels, common.applies_to) == ("common", (2,), ("desk",))
    assert (desk.name, desk.place, desk.outline) == (text("desk"), Place("000", 2), text("o"))
    assert edition.terms.criteria == tuple(Term(i, text(i)) for i in ("hard", "plain", "far"))
    assert [t.id for t in edition.terms.tasks] == ["whole-term"]
    follows = load(changed((EDITION, "follows", "e/b"))).editions[0].follows
    assert follows == "e/b"


def test_order_of_indicators() -> None:
    """Indicators come by field in the order of the edition, the highest level first."""
    trees = changed()
    trees[DESK]["indicators"].reverse()
    (edition,) = load(trees).editions
    assert [(i.field_id, i.level) for i in edition.indicators] == [
        ("desk", 4),
        ("desk", 3),
        ("common", 2),
    ]


def test_responsibility() -> None:
    """Every key of responsibility arrives; what is left out is not asked."""
    four, three, two = load(small_tree()).editions[0].indicators
    said = four.responsibility
    assert (said.place, said.role) == (Place("000", 11), Role.LEADER)
    assert (said.supervised, said.succeeded, said.continued, said.or_above) == (True,) * 4
    assert (said.years, said.work_level, said.engagements) == (2, 4, None)
    leads = Term("leads", text("leads"))
    assert said.outcomes == (Term("sla", text("sla")),)
    assert said.experiences == (leads,)
    assert said.implied == {"R-LEADS": leads}
    assert three.responsibility.engagements == Engagements(3, 1, 4, 3)
    bare = two.responsibility
    assert (bare.place, bare.role) == (Place("000", 30), Role.MEMBER)
    assert (bare.supervised, bare.succeeded, bare.continued, bare.or_above) == (False,) * 4
    assert (bare.years, bare.work_level, bare.engagements) == (None, None, None)
    assert (bare.outcomes, bare.experiences, dict(bare.implied)) == ((), (), {})


def test_complexity() -> None:
    """Criteria keep their order, their own wording where the document has one, and who is required."""
    four, three, two = load(small_tree()).editions[0].indicators
    assert four.complexity == Complexity(
        Place("000", 12),
        2,
        ("far",),
        (
            Term("hard", Text("別の名", "name of hard")),
            Term("plain", text("plain")),
            Term("far", text("far")),
        ),
    )
    assert (three.complexity.at_least, three.complexity.kind) == (SOME, "ceiling")
    assert three.complexity.place == Place("000", 20)
    assert (two.complexity.at_least, two.complexity.criteria, two.complexity.kind) == (
        0,
        (),
        "demand",
    )


def test_size() -> None:
    """Each check box has its place, its sizes, and its condition before or behind them."""
    standards = load(small_tree())
    staff, yen = (standards.vocabulary.measures[m] for m in ("staff", "yen"))
    scope = standards.vocabulary.scales["scope"]
    four, three, _ = standards.editions[0].indicators
    assert (four.size_place, three.size_place, three.size) == (
        Place("000", 13),
        Place("000", 20),
        (),
    )
    assert four.size == (
        SizeItem(Place("000", 14), (Bound(staff, 20),)),
        SizeItem(
            Place("000", 10), (Bound(yen, 5, 9), Rung(scope, Term("whole", text("whole")))), 3
        ),
        SizeItem(Place("000", 10), (), 1, leading=True, same_as_level=3),
    )


def test_professional() -> None:
    """Areas, succession, mentoring and contributions arrive as the document has them."""
    four, three, two = load(small_tree()).editions[0].indicators
    law, trade = Term("law", text("law")), Term("trade", text("trade"))
    book, paper = Term("book", text("book")), Term("paper", text("paper"))
    assert four.professional.areas == Areas(Place("000", 15), Depth.BASIC, (law, trade), 1)
    assert four.professional.succession == Succession(
        Place("000", 10), 1, (book, book), (book, paper)
    )
    assert four.professional.mentoring == Place("000", 16)
    assert four.professional.contributions is None
    assert three.professional.areas == Areas(Place("000", 20), Depth.INDEPENDENT, (law,), ALL)
    assert three.professional.contributions == Contributions(
        Place("000", 20), (paper,), Term("juniors", text("juniors"))
    )
    assert (three.professional.succession, three.professional.mentoring) == (None, None)
    assert two.professional.areas is not None
    assert two.professional.areas.at_least is None
    assert two.professional.mentoring == Place("000", 30)
    none = load(changed((COMMON, "indicators.0.professional.mentoring", False)))
    assert none.editions[0].indicators[2].professional.mentoring is None


def test_tasks_examinations_and_notes() -> None:
    """Task characteristics, examinations and notes stand beside the clauses."""
    four, three, two = load(small_tree()).editions[0].indicators
    task = Term("whole-term", text("whole-term"))
    assert (four.tasks, three.tasks) == (None, Tasks(Place("000", 21), (task,), ()))
    assert two.tasks == Tasks(Place("000", 30), (task,))
    assert four.examinations == (Examination(Place("000", 10), "AP", Term("AP", text("AP"))),)
    assert (three.examinations, three.notes) == ((), (text("note"),))


def test_skills() -> None:
    """Skill items, proficiency and knowledge arrive in the order of the document."""
    standards = load(small_tree())
    (item,), (high, low), (block,) = (
        standards.editions[0].skills.items,
        standards.editions[0].skills.proficiency,
        standards.editions[0].skills.knowledge,
    )
    assert (item.id, item.kind, item.fields, item.place) == (
        "design", "specific", ("desk",), Place("000", 40),
    )  # fmt: skip
    assert item.sub_items == (Term("sketch", text("sketch")),)
    assert (high.item, high.field_id, high.level, high.role) == ("design", "desk", 4, Role.LEADER)
    assert (high.place, high.supervised, high.manual) == (Place("000", 41), True, "or")
    assert high.scope == (Bound(standards.vocabulary.measures["staff"], 20),)
    assert high.ability == text("ability")
    assert (low.field_id, low.supervised, low.manual, low.scope) == ("common", False, None, ())
    assert (block.item, block.field_id, block.place) == ("design", "desk", Place("000", 50))
    assert [t.id for t in block.leaves()] == ["by-hand", "by-machine"]


def test_what_is_shared() -> None:
    """Vocabulary, readings and doubts belong to all editions."""
    standards = load(small_tree())
    assert [(m.id, m.money, m.countable) for m in standards.vocabulary.measures.values()] == [
        ("staff", False, True),
        ("yen", True, False),
    ]
    assert standards.vocabulary.measures["staff"].unit == text("people")
    assert [t.id for t in standards.vocabulary.scales["scope"].terms()] == ["part", "whole"]
    assert standards.vocabulary.broader == {"hard": frozenset({"plain"})}
    (reading,) = standards.readings
    assert (reading.id, reading.default, reading.question) == ("R-LEADS", "role", text("question"))
    assert [a.meaning for a in reading.alternatives] == [text("role"), text("stated")]
    (doubt,) = standards.doubts
    assert (doubt.id, doubt.kind, doubt.changes_rule) == ("D-001", "gap", True)
    assert doubt.places == (Place("000", 1), Place("000", 7))
    assert doubt.touches == (Touch("e/c", "desk", 4, "size"), Touch("e/c"))
    assert (doubt.title, doubt.says, doubt.reading, doubt.why, doubt.readings) == (
        text("title"), text("says"), text("reading"), text("why"), ("R-LEADS",),
    )  # fmt: skip
    assert standards.digests == {"e/c": "sha256:0"}


@pytest.mark.parametrize(
    ("written", "touch"),
    [
        ("e/c", Touch("e/c")),
        ("e/c/desk", Touch("e/c", "desk")),
        ("e/c/desk/4", Touch("e/c", "desk", 4)),
        ("e/c/*/3", Touch("e/c", None, 3)),
        ("e/c/*/*/areas", Touch("e/c", None, None, "areas")),
        ("e/c/desk/*/size", Touch("e/c", "desk", None, "size")),
    ],
)
def test_touches(written: str, touch: Touch) -> None:
    """What a doubt touches is written from the edition down; an asterisk stands for every."""
    (doubt,) = load(changed(("doubts.yaml", "doubts.0.touches", [written]))).doubts
    assert doubt.touches == (touch,)


def test_what_may_be_left_out() -> None:
    """Doubts, scales, broader terms, examinations and the skill part may be missing."""
    trees = changed(
        ("vocabulary.yaml", "scales", GONE),
        ("vocabulary.yaml", "broader", GONE),
        (DESK, "indicators.0.size.1.any.1", {"yen": {"below": 3}}),
        (DESK, "indicators.0.examinations", GONE),
        (EDITION, "examinations", GONE),
    )
    for file in ("doubts.yaml", SKILLS, KNOWLEDGE):
        del trees[file]
    standards = load(trees)
    assert (standards.doubts, dict(standards.vocabulary.scales)) == ((), {})
    assert standards.editions[0].skills.items == ()


# --- every fault


ONE_FAULT: list[tuple[str, str, str, Any]] = [
    # what any mapping, list or text may have
    ("unknown-key", EDITION, "colour", "red"),
    ("unknown-key", DESK, "indicators.1.colour", "red"),
    ("unknown-key", "vocabulary.yaml", "measures.0.colour", "red"),
    ("missing-key", EDITION, "label", GONE),
    ("missing-key", DESK, "indicators.0.complexity.at_least", GONE),
    ("missing-key", DESK, "indicators.0.source", GONE),
    ("missing-key", "readings.yaml", "readings.0.why", GONE),
    ("missing-key", "vocabulary.yaml", "measures.0.unit.ja", GONE),
    ("missing-key", SKILLS, "proficiency.0.ability", GONE),
    ("wrong-type", EDITION, "label", 5),
    ("wrong-type", EDITION, "fields.0.levels", "4"),
    ("wrong-type", DESK, "indicators.0.size", {}),
    ("wrong-type", DESK, "indicators.0.responsibility.supervised", "yes"),
    ("wrong-type", DESK, "indicators.0.responsibility.years", 2.5),
    ("wrong-type", DESK, "indicators.0.responsibility.years", True),
    ("wrong-type", "vocabulary.yaml", "broader.hard", "plain"),
    ("wrong-type", "doubts.yaml", "doubts.0.changes_rule", 1),
    ("empty-text", EDITION, "label", ""),
    ("empty-text", EDITION, "title.en", "  "),
    # ids, places, sizes
    ("malformed-id", EDITION, "terms.outcomes.0.id", "SLA"),
    ("malformed-id", EDITION, "category.id", "c_d"),
    ("malformed-id", SKILLS, "skill_items.0.sub_items.0.id", "a b"),
    ("malformed-source", DESK, "indicators.0.source", "line 10"),
    ("malformed-source", DESK, "indicators.0.professional.mentoring", "000"),
    ("malformed-source", "doubts.yaml", "doubts.0.places.0", "000:0"),
    ("several-measures", DESK, "indicators.0.size.0.any.0", {"staff": {"below": 3}, "yen": {"below": 3}}),
    ("unknown-measure", DESK, "indicators.0.size.0.any.0", {"stuff": {"at_least": 3}}),
    ("unknown-scope", DESK, "indicators.0.size.1.any.1", {"scope": {"at_least": "hole"}}),
    ("empty-range", DESK, "indicators.0.size.0.any.0", {"staff": {"at_least": 3, "below": 3}}),
    ("empty-range", DESK, "indicators.0.size.0.any.0", {"staff": {"at_least": 4, "below": 3}}),
    ("empty-range", DESK, "indicators.0.size.0.any.0", {"staff": {}}),
    ("size-without-bounds", DESK, "indicators.0.size.0", {"with_complexity": 1}),
    ("size-without-bounds", DESK, "indicators.0.size.2.any", [{"staff": {"below": 3}}]),
    # names that are not there
    ("unknown-role", DESK, "indicators.0.responsibility.role", "chief"),
    ("unknown-role", SKILLS, "proficiency.0.role", "chief"),
    ("unknown-outcomes", DESK, "indicators.0.responsibility.outcomes.0", "slap"),
    ("unknown-activities", DESK, "indicators.0.responsibility.experiences.0", "leaps"),
    ("unknown-activities", DESK, "indicators.0.responsibility.implied.R-LEADS", "leaps"),
    ("unknown-reading", DESK, "indicators.0.responsibility.implied", {"R-LEAD": "leads"}),
    ("unknown-criteria", DESK, "indicators.0.complexity.of.1", "plane"),
    ("unknown-criteria", DESK, "indicators.0.complexity.of.0.id", "card"),
    ("unknown-criteria", DESK, "indicators.0.complexity.required.0", "near"),
    ("unknown-complexity-kind", DESK, "indicators.1.complexity.kind", "floor"),
    ("unknown-areas", DESK, "indicators.0.professional.areas.of.0", "lore"),
    ("unknown-depth", DESK, "indicators.0.professional.areas.depth", "deep"),
    ("unknown-succession", DESK, "indicators.0.professional.succession.restored.0", "brook"),
    ("unknown-succession", DESK, "indicators.1.professional.contributions.of.0", "brook"),
    ("unknown-tasks", DESK, "indicators.1.tasks.of.0", "half-term"),
    ("unknown-tasks", COMMON, "indicators.0.tasks.0", "half-term"),
    ("unknown-examination", DESK, "indicators.0.examinations.0", "FE"),
    ("unknown-field", SKILLS, "proficiency.0.field", "disk"),
    ("unknown-field", KNOWLEDGE, "blocks.0.field", "disk"),
    ("unknown-skill-kind", SKILLS, "skill_items.0.kind", "special"),
    ("unknown-connective", SKILLS, "proficiency.0.manual", "nor"),
    ("unknown-doubt-kind", "doubts.yaml", "doubts.0.kind", "gab"),
    ("unknown-touch", "doubts.yaml", "doubts.0.touches.0", "e/d"),
    ("unknown-touch", "doubts.yaml", "doubts.0.touches.0", "e/c/disk"),
    ("unknown-touch", "doubts.yaml", "doubts.0.touches.0", "e/c/desk/5"),
    ("unknown-touch", "doubts.yaml", "doubts.0.touches.0", "e/c/desk/4/weight"),
    # what does not fit together
    ("doubled-doubt", "doubts.yaml", "doubts.+", None),
    ("doubled-term", DESK, "indicators.0.complexity.of.1", "hard"),
    ("count-too-large", DESK, "indicators.0.complexity.at_least", 4),
    ("count-too-large", DESK, "indicators.0.size.1.with_complexity", 4),
    ("count-too-large", DESK, "indicators.0.size.2.given_complexity", 4),
    ("count-too-large", DESK, "indicators.0.professional.areas.at_least", 3),
    ("count-too-large", DESK, "indicators.0.professional.succession.at_least", 3),
    ("count-too-large", DESK, "indicators.1.responsibility.engagements.of_which", 4),
    ("level-not-offered", DESK, "indicators.0.size.2.same_as_level", 5),
    ("level-not-offered", EDITION, "fields.0.levels", [4]),
    ("missing-indicator", EDITION, "fields.0.levels", [5, 4, 3]),
    ("edition-misplaced", EDITION, "id", "e/d"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "file", "path", "value"), ONE_FAULT, ids=[f"{c}-{p}" for c, _, p, _ in ONE_FAULT]
)
def test_fault(code: str, file: str, path: str, value: Any) -> None:
    """One thing that is wrong is one fault of its code, in its file, with words for repair."""
    found = [f for f in faults((file, path, value)) if f.code == code]
    (fault,) = [f for f in found if f.file == f"standards/{file}"]
    for words_ in (fault.what, fault.repair):
        assert words_.ja
        assert words_.en


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        (DESK, "indicators.1.colour", "red"),
        (DESK, "indicators.0.responsibility.role", "chief"),
        (DESK, "indicators.0.complexity.of.1", "plane"),
        (DESK, "indicators.0.professional.areas.depth", "deep"),
        (EDITION, "label", GONE),
        (EDITION, "category.source", "nowhere"),
        (SKILLS, "skill_items.0.kind", "special"),
    ],
)
def test_no_fault_follows_from_another(file: str, path: str, value: Any) -> None:
    """What is wrong in one place is not reported from others that only depend on it."""
    (fault,) = faults((file, path, value))
    assert fault.file == f"standards/{file}"


def test_indicators_of_an_unknown_field() -> None:
    """Indicators of a field that is not there are one fault, and those that are missing another."""
    found = faults((DESK, "field", "disk"))
    assert [f.code for f in found if f.file.endswith(DESK)] == ["unknown-field"]
    assert {f.code for f in found if f.file.endswith(EDITION)} == {"missing-indicator"}


def test_where_a_fault_is() -> None:
    """A fault inside an indicator names its field and level."""
    (found, *_) = [
        f
        for f in faults((DESK, "indicators.0.responsibility.role", "chief"))
        if f.code == "unknown-role"
    ]
    assert found.where == Text("deskの名 レベル4", "name of desk level 4")


def test_all_faults_at_once() -> None:
    """The faults of all files are reported together."""
    changes: list[tuple[str, str, Any]] = [
        ("vocabulary.yaml", "measures.0.colour", "red"),
        ("readings.yaml", "readings.0.why", GONE),
        (EDITION, "colour", "red"),
        (DESK, "indicators.0.complexity.required.0", "near"),
        (DESK, "indicators.0.professional.areas.depth", "deep"),
        (COMMON, "indicators.0.tasks.0", "half-term"),
        (SKILLS, "skill_items.0.kind", "special"),
        (SKILLS, "proficiency.0.manual", "nor"),
        (KNOWLEDGE, "blocks.0.field", "disk"),
        ("doubts.yaml", "doubts.0.kind", "gab"),
    ]
    found = faults(*changes)
    assert [(f.file.removeprefix("standards/"), f.code) for f in found] == [
        ("vocabulary.yaml", "unknown-key"),
        ("readings.yaml", "missing-key"),
        (EDITION, "unknown-key"),
        (COMMON, "unknown-tasks"),
        (DESK, "unknown-criteria"),
        (DESK, "unknown-depth"),
        (KNOWLEDGE, "unknown-field"),
        (SKILLS, "unknown-skill-kind"),
        (SKILLS, "unknown-connective"),
        ("doubts.yaml", "unknown-doubt-kind"),
    ]


# --- what could not be used must be refused


def _without_alternatives(trees: dict[str, Tree]) -> None:
    trees["readings.yaml"]["readings"][0]["alternatives"] = []


def _two_of_one_level(trees: dict[str, Tree]) -> None:
    trees[DESK]["indicators"].append(copy.deepcopy(trees[DESK]["indicators"][1]))


def _put(file: str, path: str, value: Any) -> Callable[[dict[str, Tree]], None]:
    def put(trees: dict[str, Tree]) -> None:
        trees |= changed((file, path, value))

    return put


UNUSABLE: dict[str, Callable[[dict[str, Tree]], None]] = {
    "a reading without alternatives": _without_alternatives,
    "two indicators for one level": _two_of_one_level,
    "proficiency in a skill that does not exist": _put(SKILLS, "proficiency.0.item", "resign"),
    "knowledge of a skill that does not exist": _put(KNOWLEDGE, "blocks.0.item", "resign"),
    "a skill of a field that does not exist": _put(SKILLS, "skill_items.0.fields", ["disk"]),
    "a level common to a field that does not exist": _put(EDITION, "fields.1.applies_to", ["disk"]),
    "work of a level that the field does not have": _put(
        DESK, "indicators.0.responsibility.work_level", 6
    ),
    "engagements of a level that the field does not have": _put(
        DESK, "indicators.1.responsibility.engagements.of_which_level", 6
    ),
    "a doubt about a level that is no number": _put(
        "doubts.yaml", "doubts.0.touches", ["e/c/desk/four/size"]
    ),
    "a doubt about something below a clause": _put(
        "doubts.yaml", "doubts.0.touches", ["e/c/desk/4/size/staff"]
    ),
    "a doubt settled by a reading that does not exist": _put(
        "doubts.yaml", "doubts.0.readings", ["R-LEAD"]
    ),
    "a term twice": _put(EDITION, "terms.outcomes.+", None),
    "a field twice": _put(EDITION, "fields.+", None),
    "a measure twice": _put("vocabulary.yaml", "measures.+", None),
    "a reading twice": _put("readings.yaml", "readings.+", None),
    "an area twice in one list": _put(
        DESK, "indicators.0.professional.areas.of", ["law", "law", "trade"]
    ),
    "a number of years below one": _put(DESK, "indicators.0.responsibility.years", 0),
    "a number of criteria below nought": _put(DESK, "indicators.0.complexity.at_least", -1),
}


@pytest.mark.parametrize("break_it", UNUSABLE.values(), ids=UNUSABLE)
def test_what_could_not_be_used_is_refused(break_it: Callable[[dict[str, Tree]], None]) -> None:
    """What would fail later, or silently mean nothing or something else, is a fault when loaded."""
    trees = small_tree()
    break_it(trees)
    with pytest.raises(StandardError):
        load(trees)


# --- from files


def write(root: Path, trees: dict[str, Tree]) -> None:
    for name, tree in trees.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")


def test_from_files(tmp_path: Path) -> None:
    """A folder is read whole, its worked cases left out, and gives what the trees give."""
    write(tmp_path, small_tree())
    cases = tmp_path / "e/c/cases/desk.yaml"
    cases.parent.mkdir()
    cases.write_text("not: [well, formed", "utf-8")
    loaded, direct = load_standards(tmp_path), load(small_tree())
    assert (loaded.editions, loaded.doubts) == (direct.editions, direct.doubts)
    assert (loaded.vocabulary, loaded.readings) == (direct.vocabulary, direct.readings)
    assert list(read_trees(tmp_path)) == sorted(small_tree())


def test_faults_of_files_have_lines(tmp_path: Path) -> None:
    """A fault says on which line it stands."""
    trees = changed((DESK, "indicators.0.responsibility.role", "chief"), (DESK, "colour", "red"))
    write(tmp_path, trees)
    with pytest.raises(StandardError) as refused:
        load_standards(tmp_path)
    lines = (tmp_path / DESK).read_text("utf-8").splitlines()
    by_code = {f.code: lines[f.line - 1] for f in refused.value.faults}
    assert '"chief"' in by_code["unknown-role"]
    assert '"colour"' in by_code["unknown-key"]


def test_a_file_that_is_no_yaml(tmp_path: Path) -> None:
    """A file that cannot be read at all is refused by its name."""
    write(tmp_path, small_tree())
    (tmp_path / DESK).write_text("field: [desk", "utf-8")
    with pytest.raises(RequestError) as refused:
        load_standards(tmp_path)
    assert [(f.code, f.file) for f in refused.value.faults] == [
        ("broken-yaml", f"standards/{DESK}")
    ]


# --- digests


def digests(root: Path) -> dict[str, str]:
    return digests_of(root, read_trees(root))


def test_digests(tmp_path: Path) -> None:
    """An edition's digest changes with its own files and the shared ones, not with doubts or others."""
    trees = small_tree()
    write(tmp_path, trees)
    write(
        tmp_path, {name.replace("e/c", "e/d"): tree for name, tree in trees.items() if "/" in name}
    )
    before = digests(tmp_path)
    assert set(before) == {"e/c", "e/d"}
    assert before["e/c"] != before["e/d"]
    assert all(d.startswith("sha256:") and len(d) == 71 for d in before.values())
    for name, expected in [
        (DESK, {"e/c"}),
        (EDITION, {"e/c"}),
        ("e/d/common.yaml", {"e/d"}),
        ("vocabulary.yaml", {"e/c", "e/d"}),
        ("readings.yaml", {"e/c", "e/d"}),
        ("doubts.yaml", set()),
    ]:
        path = tmp_path / name
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n# a remark\n")
        after = digests(tmp_path)
        assert {e for e in before if after[e] != before[e]} == expected, name
        path.write_bytes(kept)
    assert digests(tmp_path) == before


def test_what_stands_in_which_file_matters(tmp_path: Path) -> None:
    """Moving bytes from one file to another changes the digest."""
    write(tmp_path, small_tree())
    before = digests(tmp_path)
    (tmp_path / DESK).rename(tmp_path / "e/c/disk.yaml")
    assert digests(tmp_path) != before
