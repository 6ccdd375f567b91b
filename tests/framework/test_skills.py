"""Knowledge trees: what can be known are their leaves, each once and in order."""

from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, Skills
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Text


def known(name: str, *items: KnowledgeItem) -> KnowledgeItem:
    return KnowledgeItem(Term(name, Text(name, name)), items)


TREE = known("a", known("b"), known("c", known("d"), known("e")))


def test_leaves_of_an_item() -> None:
    """An item with items below it is a heading; one without is something that one can know."""
    assert [t.id for t in TREE.leaves()] == ["b", "d", "e"]
    assert [t.id for t in known("f").leaves()] == ["f"]


def test_leaves_of_a_block() -> None:
    """What stands twice in a block is one thing to know."""
    block = KnowledgeBlock("skill", "desk", Place("000", 1), (TREE, known("f"), known("d")))
    assert [t.id for t in block.leaves()] == ["b", "d", "e", "f"]


def test_no_skills() -> None:
    """The skill part of a document that has none is empty."""
    assert Skills() == Skills((), (), ())
