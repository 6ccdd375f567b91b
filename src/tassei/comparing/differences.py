"""Two editions -> what is different: fields, levels, thresholds and terms.

Every difference is derived from the two encodings and the crosswalk; a threshold stands beside its
places in both documents.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from tassei.comparing.aspects import CLAUSES, Aspect, Clause, SizeTerm, aspects, sizes
from tassei.comparing.correspond import lineage, pair_between
from tassei.encoding.crosswalk import ids_of
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import LINK_KINDS, LevelLink, Link, LinkKind, Pair, Relation
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.framework.vocabulary import Vocabulary
from tassei.source import Place
from tassei.text import Text

Change = Literal["added", "gone", "moved"]
TERM_KINDS: tuple[LinkKind, ...] = tuple(k for k in LINK_KINDS if k not in ("fields", "measures"))
NOT_ASKED = Text("問わない", "not asked")


@frozen
class FieldLink:
    """A field with what it became; one end is None where nothing corresponds."""

    earlier: SpecialtyField | None
    later: SpecialtyField | None
    relation: Relation
    why: Text

    @property
    def renamed(self) -> bool:
        """Whether the two are one field under another name or id."""
        if self.relation != "same" or not self.earlier or not self.later:
            return False
        return self.earlier.id != self.later.id

    @property
    def levels_gone(self) -> tuple[int, ...]:
        return _levels_without(self.earlier, self.later)

    @property
    def levels_added(self) -> tuple[int, ...]:
        return _levels_without(self.later, self.earlier)


def _levels_without(one: SpecialtyField | None, other: SpecialtyField | None) -> tuple[int, ...]:
    if one is None or other is None:
        return ()
    return tuple(n for n in one.levels if n not in other.levels)


@frozen
class Move:
    """One thing that two indicators ask differently.

    Args:
        key: which aspect, stable over all editions.
        before, after: in words; None where one of them does not ask about it.
        values: the same two as data.
        gone, added: of a list, what left it and what came into it, each with its id.
        more: whether the later one asks for more; None where that cannot be said.
    """

    clause: Clause
    key: str
    label: Text
    change: Change
    before: Text | None = None
    after: Text | None = None
    values: tuple[object, object] = (None, None)
    gone: tuple[tuple[str, Text], ...] = ()
    added: tuple[tuple[str, Text], ...] = ()
    more: bool | None = None


@frozen
class LevelComparison:
    """The indicators of one level of two fields that correspond, with all that differs."""

    earlier_field: SpecialtyField
    later_field: SpecialtyField
    relation: Relation
    level: int
    places: tuple[Place, Place]
    moves: tuple[Move, ...]


@frozen
class TermChange:
    """A term that only one of the editions has, or that both have under another wording.

    Args:
        links: what the crosswalk or the vocabulary says of it.
    """

    kind: LinkKind
    id: str
    change: Literal["added", "gone", "reworded"]
    before: Text | None
    after: Text | None
    links: tuple[Link, ...] = ()


@frozen
class Comparison:
    """All differences of two editions.

    Args:
        pair: what the crosswalk says of them; None where they are not of one lineage.
        wording_compared: whether both documents are in one language, so that wordings compare.
    """

    earlier: Edition
    later: Edition
    pair: Pair | None
    fields: tuple[FieldLink, ...]
    levels: tuple[LevelComparison, ...]
    terms: tuple[TermChange, ...]
    level_links: tuple[LevelLink, ...] = ()
    wording_compared: bool = False
    clauses_gone: tuple[Clause, ...] = field(default=())
    clauses_added: tuple[Clause, ...] = field(default=())

    @property
    def moves(self) -> int:
        """How many things corresponding levels ask differently, in fields that are the same."""
        return sum(len(c.moves) for c in self.levels if c.relation != "overlaps")


def compare(standards: Standards, earlier: Edition, later: Edition) -> Comparison:
    """Compare two editions, of one lineage or not."""
    pair = pair_between(standards, earlier, later)
    fields = _fields(earlier, later, pair)
    before, after = _clauses(earlier), _clauses(later)
    return Comparison(
        earlier,
        later,
        pair,
        fields,
        tuple(_levels(earlier, later, fields)),
        tuple(_terms(standards.vocabulary, earlier, later, pair)),
        pair.levels if pair else (),
        earlier.language == later.language,
        tuple(c for c in before if c not in after),
        tuple(c for c in after if c not in before),
    )


def ordered(standards: Standards, one: Edition, other: Edition) -> tuple[Edition, Edition]:
    """Two editions, the earlier of one lineage first; as given where they are of different ones."""
    chain = lineage(standards, one)
    if other in chain and chain.index(other) < chain.index(one):
        return other, one
    return one, other


def _fields(earlier: Edition, later: Edition, pair: Pair | None) -> tuple[FieldLink, ...]:
    if earlier.id == later.id:
        why = Text("同じ版です", "it is the same edition")
        return tuple(FieldLink(f, f, "same", why) for f in earlier.fields)
    if pair is None:
        why = Text(
            "異なる職種の版で、対応は定められていない",
            "the editions are of different categories, and no link between them is known",
        )
        return (
            *(FieldLink(f, None, "none", why) for f in earlier.fields),
            *(FieldLink(None, f, "none", why) for f in later.fields),
        )
    order = {f.id: n for n, f in enumerate(earlier.fields)}
    links = sorted(pair.of_kind("fields"), key=lambda x: order.get(x.earlier or "", 99))
    found = [
        FieldLink(
            earlier.field(x.earlier) if x.earlier else None,
            later.field(x.later) if x.later else None,
            x.relation,
            x.why,
        )
        for x in links
    ]
    linked = {f.later.id for f in found if f.later}
    new = Text("対応する専門分野がない", "no field corresponds to it")
    found += [FieldLink(None, f, "none", new) for f in later.fields if f.id not in linked]
    return tuple(found)


def _levels(
    earlier: Edition, later: Edition, fields: Iterable[FieldLink]
) -> Iterator[LevelComparison]:
    for link in fields:
        if link.earlier is None or link.later is None:
            continue
        for level in link.earlier.levels:
            one = _own(earlier, link.earlier.id, level)
            other = _own(later, link.later.id, level)
            if one is None or other is None:
                continue
            yield LevelComparison(
                link.earlier,
                link.later,
                link.relation,
                level,
                (one.place, other.place),
                moves_between(earlier, one, later, other),
            )


def _own(edition: Edition, field_id: str, level: int) -> Indicator | None:
    return next((i for i in edition.indicators if (i.field_id, i.level) == (field_id, level)), None)


def moves_between(
    earlier: Edition, one: Indicator, later: Edition, other: Indicator
) -> tuple[Move, ...]:
    """Everything that two indicators ask differently, in the order of their clauses."""
    before, after = aspects(earlier, one), aspects(later, other)
    keys = dict.fromkeys([*before, *after])
    found = [m for k in keys if (m := _move(k, before.get(k), after.get(k)))]
    found += _size_moves(sizes(earlier, one), sizes(later, other))
    order = list(CLAUSES)
    return tuple(sorted(found, key=lambda m: order.index(m.clause)))


def _move(key: str, before: Aspect | None, after: Aspect | None) -> Move | None:
    known = before or after
    assert known is not None, "a key comes from one of the two"
    if known.items is not None:
        had = before.items or {} if before else {}
        has = after.items or {} if after else {}
        gone = tuple((i, had[i]) for i in had if i not in has)
        added = tuple((i, has[i]) for i in has if i not in had)
        if not gone and not added:
            return None
        change: Change = "added" if not had else "gone" if not has else "moved"
        return Move(known.clause, key, known.label, change, gone=gone, added=added)
    if before and after and before.value == after.value:
        return None
    return Move(
        known.clause,
        key,
        known.label,
        "added" if before is None else "gone" if after is None else "moved",
        before.text if before else None,
        after.text if after else None,
        (before.value if before else None, after.value if after else None),
        more=_more(before, after),
    )


def _more(before: Aspect | None, after: Aspect | None) -> bool | None:
    if before is None or after is None or before.rank is None or after.rank is None:
        return None
    return after.rank > before.rank


def _size_moves(before: tuple[SizeTerm, ...], after: tuple[SizeTerm, ...]) -> Iterator[Move]:
    """Sizes that left and came; one of a measure for one of the same measure is a threshold that moved."""
    label = Text("サイズ", "size")
    gone = [s for s in before if _size_key(s) not in map(_size_key, after)]
    added = [s for s in after if _size_key(s) not in map(_size_key, before)]
    for one in list(gone):
        # the condition on complexity tells the main size of a measure from the lesser one
        other = next(
            (s for s in added if s.measure == one.measure and (s.criteria is None) == (one.criteria is None)),
            None,
        )  # fmt: skip
        if other is None:
            continue
        gone.remove(one)
        added.remove(other)
        yield Move(
            "size",
            f"size.{one.measure}",
            label,
            "moved",
            one.text,
            other.text,
            (_size_words(one), _size_words(other)),
            more=_size_more(one, other),
        )
    for one in gone:
        yield Move(
            "size", f"size.{one.measure}", label, "gone", one.text, None, (_size_words(one), None)
        )
    for one in added:
        yield Move(
            "size", f"size.{one.measure}", label, "added", None, one.text, (None, _size_words(one))
        )


def _size_key(size: SizeTerm) -> tuple[object, ...]:
    return size.measure, size.at_least, size.below, size.criteria


def _size_words(size: SizeTerm) -> dict[str, object]:
    return {
        "measure": size.measure,
        "at_least": size.at_least,
        "below": size.below,
        "complexity_at_least": size.criteria,
    }


def _size_more(one: SizeTerm, other: SizeTerm) -> bool | None:
    """Whether the later size is harder to reach; only where the lower bounds alone differ."""
    if (
        isinstance(one.at_least, int)
        and isinstance(other.at_least, int)
        and one.at_least != other.at_least
    ):
        return other.at_least > one.at_least
    return None


def _terms(
    vocabulary: Vocabulary, earlier: Edition, later: Edition, pair: Pair | None
) -> Iterator[TermChange]:
    for kind in TERM_KINDS:
        had = {t.id: t.name for t in getattr(earlier.terms, kind)}
        has = {t.id: t.name for t in getattr(later.terms, kind)}
        links = pair.of_kind(kind) if pair else ()
        for term, name in had.items():
            if term not in has:
                said = tuple(x for x in links if x.earlier == term)
                said = said or tuple(_broader(vocabulary, kind, term, has, earlier_end=True))
                yield TermChange(kind, term, "gone", name, None, said)
            elif earlier.language == later.language and _differs(name, has[term], earlier.language):
                yield TermChange(kind, term, "reworded", name, has[term])
        for term, name in has.items():
            if term not in had:
                said = tuple(x for x in links if x.later == term)
                said = said or tuple(_broader(vocabulary, kind, term, had, earlier_end=False))
                yield TermChange(kind, term, "added", None, name, said)
    for measure in ids_of(earlier, "measures"):
        if measure not in ids_of(later, "measures"):
            said = (
                tuple(x for x in pair.of_kind("measures") if x.earlier == measure) if pair else ()
            )
            yield TermChange(
                "measures", measure, "gone", vocabulary.measures[measure].name, None, said
            )
    for measure in ids_of(later, "measures"):
        if measure not in ids_of(earlier, "measures"):
            said = tuple(x for x in pair.of_kind("measures") if x.later == measure) if pair else ()
            yield TermChange(
                "measures", measure, "added", None, vocabulary.measures[measure].name, said
            )


def _differs(one: Text, other: Text, language: str) -> bool:
    """Whether the documents word a name differently; only in their own language is it theirs."""
    return one.ja != other.ja if language == "ja" else one.en != other.en


def _broader(
    vocabulary: Vocabulary,
    kind: LinkKind,
    term: str,
    others: Mapping[str, Text],
    *,
    earlier_end: bool,
) -> Iterator[Link]:
    """What `broader` says of a term and the terms of the other edition, in the form of links."""
    why = Text(
        "一方が成り立てば他方も成り立つ（vocabulary.yaml）",
        "where the one holds, the other holds too (vocabulary.yaml)",
    )
    for other in others:
        relation: Relation | None = None
        if other in vocabulary.broader.get(term, ()):
            relation = "narrower"
        elif term in vocabulary.broader.get(other, ()):
            relation = "wider"
        if relation:
            link = Link(kind, term, other, relation, why)
            yield link if earlier_end else link.reversed()


def _clauses(edition: Edition) -> tuple[Clause, ...]:
    """The kinds of clauses that any indicator of an edition has."""
    found = {a.clause for i in edition.indicators for a in aspects(edition, i).values()}
    if any(i.size for i in edition.indicators):
        found.add("size")
    return tuple(c for c in CLAUSES if c in found)
