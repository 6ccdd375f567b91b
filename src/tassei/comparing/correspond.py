"""What of one edition corresponds to what of another, however far apart in the lineage they stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from attrs import frozen

from tassei.encoding.crosswalk import ids_of
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import LINK_KINDS, LevelLink, Link, LinkKind, Pair, Relation
from tassei.framework.edition import Edition
from tassei.text import Text

_NEAREST: tuple[Relation, ...] = ("same", "narrower", "wider", "overlaps")


def lineage(standards: Standards, edition: Edition) -> tuple[Edition, ...]:
    """The editions of one category from the first to the last, the given one among them."""
    by_id = {e.id: e for e in standards.editions}
    chain = [edition]
    while (before := chain[0].follows) in by_id:
        chain.insert(0, by_id[before or ""])
    followers = {e.follows: e for e in standards.editions if e.follows}
    while chain[-1].id in followers:
        chain.append(followers[chain[-1].id])
    return tuple(chain)


def pair_between(standards: Standards, earlier: Edition, later: Edition) -> Pair | None:
    """What the crosswalk says of two editions, by way of those between them where they are not neighbours.

    Links of fields are followed through the editions between; terms are compared by their ids, so of
    terms only the links of the last step are kept whose ends both editions know.

    Returns:
        None where the editions are not of one lineage.
    """
    if earlier.id == later.id:
        return None
    chain = lineage(standards, earlier)
    if later not in chain:
        return standards.crosswalk.between(earlier.id, later.id)
    start, end = chain.index(earlier), chain.index(later)
    path = chain[start : end + 1] if start < end else chain[end : start + 1][::-1]
    steps = [standards.crosswalk.between(a.id, b.id) for a, b in pairwise(path)]
    found = [s for s in steps if s is not None]
    if len(found) < len(steps):
        return None
    whole = found[0]
    for step in found[1:]:
        whole = _joined(whole, step)
    known = _known(earlier), _known(later)
    links = tuple(link for link in whole.links if _holds(link, *known))
    return Pair(earlier.id, later.id, links, whole.levels, whole.translation)


def _joined(one: Pair, other: Pair) -> Pair:
    """Two pairs that meet in an edition, as one."""
    translation = one.translation and other.translation
    links = (*_fields_through(one, other), *_terms_through(one, other))
    return Pair(one.earlier, other.later, links, _levels_through(one, other), translation)


def _fields_through(one: Pair, other: Pair) -> Iterable[Link]:
    onward: dict[str, list[Link]] = defaultdict(list)
    for link in other.of_kind("fields"):
        if link.earlier:
            onward[link.earlier].append(link)
    best: dict[tuple[str, str], Link] = {}
    ends: set[str] = set()
    for first in one.of_kind("fields"):
        if first.earlier is None or first.later is None:
            continue
        ends.add(first.earlier)
        for second in onward[first.later]:
            if second.later is None:
                continue
            relation = _through(first.relation, second.relation)
            link = Link(
                "fields", first.earlier, second.later, relation, _both(first.why, second.why)
            )
            kept = best.get((first.earlier, second.later))
            if kept is None or _NEAREST.index(relation) < _NEAREST.index(kept.relation):
                best[first.earlier, second.later] = link
    yield from best.values()
    reached = {link.earlier for link in best.values()}
    arrived = {link.later for link in best.values()}
    for first in one.of_kind("fields"):
        if first.earlier and first.earlier not in reached:
            reached.add(first.earlier)
            last = [x.why for x in onward[first.later or ""] if x.relation == "none"]
            yield Link("fields", first.earlier, None, "none", last[0] if last else first.why)
    for second in other.of_kind("fields"):
        if second.later and second.later not in arrived:
            arrived.add(second.later)
            yield Link("fields", None, second.later, "none", second.why)


def _through(first: Relation, second: Relation) -> Relation:
    """How a thing stands to one that it reaches in two steps."""
    if first == "same":
        return second
    if second == "same" or first == second:
        return first
    return "overlaps"


def _both(one: Text, other: Text) -> Text:
    return Text(f"{one.ja}{other.ja}", f"{one.en} {other.en}")


def _terms_through(one: Pair, other: Pair) -> Iterable[Link]:
    """Links of terms are between ids that mean the same everywhere, so those of either step hold."""
    found: dict[tuple[LinkKind, str | None, str | None], Link] = {}
    for link in (*one.links, *other.links):
        if link.kind != "fields":
            found.setdefault((link.kind, link.earlier, link.later), link)
    return found.values()


def _levels_through(one: Pair, other: Pair) -> tuple[LevelLink, ...]:
    """A level is the same when it stays so through both steps; else the step that ends it says why."""
    ended = [x for x in (*one.levels, *other.levels) if x.relation == "none"]
    gone = {n for x in ended for n in x.levels}
    kept = (
        LevelLink(tuple(n for n in x.levels if n not in gone), "same", x.why)
        for x in other.levels
        if x.relation == "same"
    )
    return (*(x for x in kept if x.levels), *ended)


def _known(edition: Edition) -> Mapping[LinkKind, frozenset[str]]:
    return {kind: frozenset(ids_of(edition, kind)) for kind in LINK_KINDS}


def _holds(
    link: Link,
    earlier: Mapping[LinkKind, frozenset[str]],
    later: Mapping[LinkKind, frozenset[str]],
) -> bool:
    """Whether a link is about these two editions: each end is known to its own, and `none` to no other."""
    if link.earlier is not None and link.earlier not in earlier[link.kind]:
        return False
    if link.later is not None and link.later not in later[link.kind]:
        return False
    if link.relation == "none" and link.kind != "fields":
        alone = link.earlier or link.later
        return not (alone in earlier[link.kind] and alone in later[link.kind])
    return True


@frozen
class Inclusion:
    """Which ids hold wherever another holds, over all editions.

    Args:
        wider: id -> every id that holds wherever it holds, itself among them. A field is named by
            its qualified id, any other thing by its own.
    """

    wider: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, standards: Standards) -> "Inclusion":
        """Gather what the vocabulary and the crosswalk say, and what follows from it."""
        steps: dict[str, set[str]] = defaultdict(set)
        for one, others in standards.vocabulary.broader.items():
            steps[one] |= others
        for pair in standards.crosswalk.pairs:
            for link in pair.links:
                if link.earlier is None or link.later is None:
                    continue
                earlier, later = link.earlier, link.later
                if link.kind == "fields":
                    earlier, later = f"{pair.earlier}/{earlier}", f"{pair.later}/{later}"
                if link.relation in ("same", "narrower"):
                    steps[earlier].add(later)
                if link.relation in ("same", "wider"):
                    steps[later].add(earlier)
        return cls({one: frozenset(_reached(one, steps)) for one in list(steps)})

    def holds_with(self, one: str) -> frozenset[str]:
        """Every id that holds wherever this one does."""
        return self.wider.get(one, frozenset()) | {one}


def _reached(start: str, steps: Mapping[str, set[str]]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        for following in steps.get(todo.pop(), ()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen
