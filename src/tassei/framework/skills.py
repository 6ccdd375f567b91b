"""The skill part of an edition: skill areas, proficiency and knowledge (スキル領域, 熟達度, 知識項目).

It asks what a person *can* do; the indicators ask what a person *did*. The two are never mixed.
"""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from tassei.framework.indicator import Bound
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Text


@frozen
class SkillItem:
    """A skill item of the skill areas, with its sub-items in the order of the document."""

    id: str
    kind: Literal["common", "specific"]
    fields: tuple[str, ...]
    name: Text
    place: Place
    sub_items: tuple[Term, ...]


@frozen
class Proficiency:
    """スキル熟達度: what a person at a level can do in one skill item of one field.

    Args:
        field_id: a specialty field, or the entry common to several (levels 2 and 1).
        scope: the figures of the work in which it is done; any one of them; empty where none is given.
        manual: how "follows the manuals" and "under guidance" are joined, at the common levels.
    """

    item: str
    field_id: str
    level: int
    place: Place
    role: Role
    supervised: bool
    manual: Literal["or", "and"] | None
    scope: tuple[Bound, ...]
    ability: Text


@frozen
class KnowledgeItem:
    """A node of a knowledge tree; a node without items is something that one can know."""

    term: Term
    items: tuple["KnowledgeItem", ...] = ()

    def leaves(self) -> Iterator[Term]:
        if not self.items:
            yield self.term
        for item in self.items:
            yield from item.leaves()


@frozen
class KnowledgeBlock:
    """知識項目: the knowledge tree of one skill item in one field."""

    item: str
    field_id: str
    place: Place
    items: tuple[KnowledgeItem, ...]

    def leaves(self) -> tuple[Term, ...]:
        """What can be known, each once, in the order of the document."""
        return tuple({t.id: t for i in self.items for t in i.leaves()}.values())


@frozen
class Skills:
    """The whole skill part; empty for editions whose document has none."""

    items: tuple[SkillItem, ...] = ()
    proficiency: tuple[Proficiency, ...] = ()
    knowledge: tuple[KnowledgeBlock, ...] = ()
