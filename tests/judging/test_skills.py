"""What a person can do: proficiency by skill item, and coverage of knowledge."""

import pytest
from attrs import evolve

from judging.small import MET, NOT_MET, UNDETERMINED, person
from rules.small import edition
from strategies import AS_OF, SMALL_WORLD
from tassei.encoding.standards import Standards
from tassei.evidence.model import Evidence
from tassei.framework.edition import Edition
from tassei.framework.scales import Role
from tassei.framework.skills import (
    KnowledgeBlock,
    KnowledgeItem,
    Proficiency,
    SkillItem,
    Skills,
)
from tassei.framework.vocabulary import Term
from tassei.judging.skills import coverages, proficiency_standings
from tassei.source import Place
from tassei.text import Text


def item(name: str, *fields: str) -> SkillItem:
    return SkillItem(name, "specific", fields, Text(name, name), Place("000", 1), ())


def entry(skill: str, field: str, level: int) -> Proficiency:
    return Proficiency(
        item=skill,
        field_id=field,
        level=level,
        place=Place("000", level),
        role=Role.MEMBER,
        supervised=False,
        manual=None,
        scope=(),
        ability=Text("", ""),
    )


def known(name: str, *items: KnowledgeItem) -> KnowledgeItem:
    return KnowledgeItem(Term(name, Text(name, name)), items)


def block(skill: str, *items: KnowledgeItem) -> KnowledgeBlock:
    return KnowledgeBlock(skill, "desk", Place("000", 9), items)


SKILLS = Skills(
    items=(item("design", "desk", "network"), item("running", "desk"), item("cabling", "network")),
    proficiency=(
        entry("design", "common", 2),
        entry("design", "desk", 3),
        entry("design", "desk", 5),
        entry("design", "network", 4),
        entry("running", "desk", 3),
        entry("design", "apart", 6),
    ),
    knowledge=(
        block("design", known("a", known("a1"), known("a2")), known("b")),
        block("running", known("c"), known("a1")),
    ),
)


def skilled() -> Edition:
    """The old edition with skills; its field `common` holds for `desk` and `network`."""
    return evolve(edition(), skills=SKILLS)


def standards() -> Standards:
    return evolve(SMALL_WORLD, editions=(skilled(), SMALL_WORLD.edition("new/category")))


def with_skills(**levels: int) -> Evidence:
    return evolve(person(), skills=levels)


def test_order_and_levels() -> None:
    """Each field has its items in order, each with its levels and the common ones, highest first."""
    found = list(proficiency_standings(standards(), skilled(), person(), AS_OF))
    assert [(s.field_id, s.item.id, [p.level for p, _ in s.verdicts]) for s in found] == [
        ("desk", "design", [5, 3, 2]),
        ("desk", "running", [3]),
        ("network", "design", [4, 2]),
        ("network", "cabling", []),
    ]


@pytest.mark.parametrize(
    ("level", "reached"), [(0, None), (1, None), (2, 2), (3, 3), (4, 3), (5, 5), (7, 5)]
)
def test_reached(level: int, reached: int | None) -> None:
    """The highest level that the recorded proficiency satisfies is reached."""
    desk, *_ = proficiency_standings(standards(), skilled(), with_skills(design=level), AS_OF)
    assert (desk.reached and desk.reached.level) == reached
    assert desk.possible == desk.reached
    assert [v for _, v in desk.verdicts] == [
        MET if level >= asked else NOT_MET for asked in (5, 3, 2)
    ]


def test_not_recorded() -> None:
    """Where skills are not recorded nothing is reached and everything possible."""
    desk, *_ = proficiency_standings(standards(), skilled(), person(), AS_OF)
    assert [v for _, v in desk.verdicts] == [UNDETERMINED] * 3
    assert desk.reached is None
    assert desk.possible is not None
    assert desk.possible.level == 5


def test_no_levels() -> None:
    """An item that the document describes at no level has nothing to reach."""
    *_, cabling = proficiency_standings(standards(), skilled(), with_skills(), AS_OF)
    assert cabling.reached is cabling.possible is None


@pytest.mark.parametrize(
    ("recorded", "written_for", "expected"),
    [
        (None, "old/category", [([], ["a1", "a2", "b"]), ([], ["c", "a1"])]),
        (set(), "old/category", [([], []), ([], [])]),
        ({"a1", "c"}, "old/category", [(["a1"], []), (["c", "a1"], [])]),
        ({"b", "a2", "a1"}, "old/category", [(["a1", "a2", "b"], []), (["a1"], [])]),
        ({"b"}, "new/category", [(["b"], ["a1", "a2"]), ([], ["c", "a1"])]),
    ],
)
def test_coverage(
    recorded: set[str] | None, written_for: str, expected: list[tuple[list[str], list[str]]]
) -> None:
    """Each block says what is known and what may be, in the order of the document."""
    evidence = evolve(
        person(),
        written_for=(written_for,),
        knowledge=None if recorded is None else frozenset(recorded),
    )
    found = list(coverages(standards(), skilled(), evidence, AS_OF))
    assert [([t.id for t in c.known], [t.id for t in c.open]) for c in found] == expected
    assert [c.total for c in found] == [3, 2]
    assert [c.possible for c in found] == [len(known_) + len(open_) for known_, open_ in expected]
    assert [c.block for c in found] == list(SKILLS.knowledge)
