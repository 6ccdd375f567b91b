"""Rules -> what to record so that they hold: the ways in which a level can be reached.

A rule combines its parts by all and any. Written out, it is a list of ways, each a plain list of what
must be so; each way has demands on single engagements and on the person. Nothing here knows what a
rule is about: it asks the atoms.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from attrs import frozen

from tassei.rules.nodes import All, Any, Counted, Leaf, OverEngagements, Rule, Years

MOST_WAYS = 24
"""Of the ways to satisfy one rule so many are kept; the first are those of the level itself."""
_MOST_COMBINED = 4096
_PERSON = frozenset({"area", "kind", "mentoring", "examination", "skill", "knowledge"})


@frozen
class Count:
    """At least so many of these terms, at these ranks, the required ones among them."""

    ranks: tuple[tuple[str, int], ...]
    at_least: int
    required: frozenset[str] = frozenset()

    def holds(self, found: Mapping[str, int]) -> bool:
        """Whether terms at their ranks suffice."""
        held = {t for t, rank in self.ranks if found.get(t, -1) >= rank}
        return len(held) >= self.at_least and self.required <= held


@frozen
class Demand:
    """All that must be so at once, about one engagement or about the person.

    Args:
        fields: qualified ids, any of which will do; None where nothing is asked.
        counts: kind of atom -> what is asked of its terms.
        bounds: measure id -> (lower bound, included; upper bound, excluded).
        scales: scale id -> terms that will do.
    """

    fields: frozenset[str] | None
    role: int
    flags: frozenset[str]
    counts: Mapping[str, tuple[Count, ...]]
    bounds: Mapping[str, tuple[int | None, int | None]]
    scales: Mapping[str, frozenset[str]]


@frozen
class Way:
    """One way to reach a level.

    Args:
        person: what is asked of the person.
        works: how many engagements are asked for; at least 1 where months are, 0 where none is.
        singled_out: how many of them must satisfy one of `special`.
        months: how many months they must cover; 0 where they are counted.
        plain, special: demands that an engagement may satisfy; special ones satisfy more.
    """

    person: Demand
    works: int
    singled_out: int
    months: int
    plain: tuple[Demand, ...]
    special: tuple[Demand, ...]


def ways_of(rule: Rule) -> tuple[Way, ...]:
    """The ways to satisfy a rule about a person; empty where it contradicts itself."""
    ways = (_way(parts) for parts in _alternatives(rule))
    return tuple(islice((w for w in ways if w is not None), MOST_WAYS))


def scattered(items: Iterable[str], key: str) -> list[str]:
    """The items in an order that looks arbitrary, and is the same for the same key."""
    return sorted(set(items), key=lambda i: (zlib.crc32(f"{key}/{i}".encode()), i))


def _alternatives(rule: Rule) -> Iterator[tuple[Rule, ...]]:
    """A rule without its alls and anys: lists of rules, one of which must hold whole."""
    match rule:
        case All():
            combined = product(*(list(_alternatives(p)) for p in rule.parts))
            for parts in islice(combined, _MOST_COMBINED):
                yield tuple(r for part in parts for r in part)
        case Any():
            for part in rule.parts:
                yield from _alternatives(part)
        case _:
            yield (rule,)


def _way(parts: tuple[Rule, ...]) -> Way | None:
    person = _demand([p for p in parts if isinstance(p, Leaf)])
    over = [p for p in parts if isinstance(p, OverEngagements)]
    if person is None:
        return None
    if not over:
        return Way(person, 0, 0, 0, (), ())
    # the one that asks most leads; the others are satisfied by the same work where that is possible
    main = max(over, key=_weight)
    beside = [o.where for o in over if o is not main]
    singled_out = [main.singled_out] if isinstance(main, Counted) and main.of_which else []
    plain = _demands([main.where])
    special = _demands([main.where, *singled_out, *beside])
    if not plain or not special:
        return None
    return Way(
        person,
        works=main.at_least if isinstance(main, Counted) else 1,
        singled_out=max(main.of_which if isinstance(main, Counted) else 0, int(bool(beside))),
        months=main.months if isinstance(main, Years) else 0,
        plain=plain,
        special=special,
    )


def _weight(rule: OverEngagements) -> tuple[bool, int]:
    return isinstance(rule, Years), rule.at_least if isinstance(rule, Counted) else rule.months


def _demands(rules: list[Rule]) -> tuple[Demand, ...]:
    """The demands any of which satisfies all of the rules about one engagement."""
    found = (_demand(parts) for parts in _alternatives(All(label="", parts=tuple(rules))))
    distinct: list[Demand] = []
    for demand in found:
        if demand is not None and demand not in distinct:
            distinct.append(demand)
        if len(distinct) == MOST_WAYS:
            break
    return tuple(distinct)


def _demand(leaves: Iterable[Rule]) -> Demand | None:
    """What the leaves ask together; None where they cannot all hold."""
    fields: frozenset[str] | None = None
    role, flags = 0, set()
    counts: dict[str, tuple[Count, ...]] = {}
    bounds: dict[str, tuple[int | None, int | None]] = {}
    scales: dict[str, frozenset[str]] = {}
    for leaf in leaves:
        assert isinstance(leaf, Leaf)
        kind, atom = leaf.asks[0].kind, leaf.asks[0]
        match kind:
            case "field":
                named = frozenset(a.id for a in leaf.asks)
                fields = named if fields is None else fields & named
            case "role":
                role = max(role, atom.at_least or 0)
            case "supervised" | "succeeded" | "mentoring":
                flags.add(kind)
            case "measure":
                bounds[atom.id] = _narrowed(bounds.get(atom.id), atom.at_least, atom.below)
            case "scale":
                scales[atom.id] = scales.get(atom.id, atom.any_of) & atom.any_of
            case _:
                ranks = tuple((a.id, a.at_least or 0) for a in leaf.asks)
                count = Count(ranks, leaf.at_least, leaf.required)
                counts[kind] = tuple(dict.fromkeys((*counts.get(kind, ()), count)))
    empty = any(low is not None and up is not None and low >= up for low, up in bounds.values())
    if empty or fields == frozenset() or frozenset() in scales.values():
        return None
    return Demand(fields, role, frozenset(flags), counts, bounds, scales)


def _narrowed(
    found: tuple[int | None, int | None] | None, lower: int | None, upper: int | None
) -> tuple[int | None, int | None]:
    low, up = found or (None, None)
    lows = [n for n in (low, lower) if n is not None]
    ups = [n for n in (up, upper) if n is not None]
    return (max(lows) if lows else None, min(ups) if ups else None)


def least(counts: Iterable[Count], key: str) -> dict[str, int]:
    """Terms at ranks that just satisfy all of the counts; other keys choose other terms."""
    found: dict[str, int] = {}
    counts = tuple(counts)
    for count in counts:
        for term, rank in count.ranks:
            if term in count.required:
                found[term] = max(rank, found.get(term, rank))
    for count in counts:
        ranks = dict(count.ranks)
        for term in scattered(ranks, key):
            if count.holds(found):
                break
            found[term] = max(ranks[term], found.get(term, -1))
    return found
