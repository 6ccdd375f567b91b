"""The crosswalk: what of one edition corresponds to what of the next, and why.

Ids of terms are one vocabulary, so a term that two editions share needs no link; a link says what the
ids alone do not: a field under another name, a list that ends, a criterion that is near another.
"""

from typing import Literal, get_args

from attrs import frozen

from tassei.text import Text

Relation = Literal["same", "narrower", "wider", "overlaps", "none"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
LinkKind = Literal[
    "fields", "criteria", "outcomes", "activities", "areas", "succession", "tasks", "measures"
]
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
_INVERSE: dict[Relation, Relation] = {
    "same": "same", "narrower": "wider", "wider": "narrower", "overlaps": "overlaps", "none": "none",
}  # fmt: skip


@frozen
class Link:
    """How one thing of the earlier edition stands to one of the later edition.

    Args:
        earlier, later: a field's id within its edition, or the id of a term or measure. One of them
            is None where the other edition has nothing that corresponds.
        relation: of the earlier to the later: `narrower` where all of the earlier is the later too,
            `wider` where the later is a part of it, `overlaps` where neither holds the other whole.
    """

    kind: LinkKind
    earlier: str | None
    later: str | None
    relation: Relation
    why: Text

    def reversed(self) -> "Link":
        """The same link, read from the later edition to the earlier one."""
        return Link(self.kind, self.later, self.earlier, _INVERSE[self.relation], self.why)


@frozen
class LevelLink:
    """What becomes of some levels: they keep their number and meaning, or have no counterpart."""

    levels: tuple[int, ...]
    relation: Literal["same", "none"]
    why: Text


@frozen
class Pair:
    """What is said about two editions that follow one another.

    Args:
        translation: why the later document is a translation of the earlier one; None where it is not.
    """

    earlier: str
    later: str
    links: tuple[Link, ...] = ()
    levels: tuple[LevelLink, ...] = ()
    translation: Text | None = None

    def of_kind(self, kind: LinkKind) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.kind == kind)

    def reversed(self) -> "Pair":
        """The pair as it is read backwards."""
        links = tuple(link.reversed() for link in self.links)
        return Pair(self.later, self.earlier, links, self.levels, self.translation)


@frozen
class Crosswalk:
    """All pairs of editions that are linked."""

    pairs: tuple[Pair, ...] = ()

    def between(self, one: str, other: str) -> Pair | None:
        """The pair of two editions, its links read from `one` to `other`; None where they are not linked."""
        for pair in self.pairs:
            if (pair.earlier, pair.later) == (one, other):
                return pair
            if (pair.earlier, pair.later) == (other, one):
                return pair.reversed()
        return None
