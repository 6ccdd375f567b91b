"""A judgement as the rows of a review: claim, evidence, clause and verdict, one row a clause.

A row has a key that stays the same while the clause does, so that remarks find it again.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, evolve, field, frozen

from tassei.evidence.model import Engagement, Evidence
from tassei.judging.judge import Judgement
from tassei.judging.prove import Proof
from tassei.reporting.found import NOT_RECORDED, found
from tassei.rules.nodes import All, Any, Counted, Leaf, Measured, OnScale, Rule, Years
from tassei.text import Lang, Text
from tassei.web.explorer.pages import Link
from tassei.web.proofs import Masks, Node, flat, proof_tree
from tassei.web.reviews.beside import Beside
from tassei.web.reviews.judged import Judged

_UNTIL = Text("〜", " – ")
_NOW = Text("継続中", "still going on")
_WHEN = Text("期間は未記録", "time not recorded")


@frozen
class Work:
    """An engagement as evidence.

    Args:
        number: by which checklist and history name it, from 1, the oldest first.
        documents: what is attached to it.
    """

    id: str
    number: int
    title: str
    period: str
    documents: tuple[Link, ...] = ()


@frozen
class Row:
    """One clause.

    Args:
        claim: what the record says.
        evidence: the engagements and works that show it.
        node: the clause with its wording, place, doubts and verdict, and what is below it.
    """

    key: str
    number: int
    claim: str
    evidence: tuple[Work, ...]
    works: tuple[str, ...]
    node: Node


@frozen
class Group:
    """Rows about one engagement, or about the person.

    Args:
        work: None for what is about the person.
        opened: it is of use to see at once.
    """

    rows: tuple[Row, ...]
    work: Work | None = None
    mark: str = ""
    verdict: str = ""
    said: str = ""
    opened: bool = True


def period(engagement: Engagement, lang: Lang) -> str:
    """From when to when."""
    if engagement.first is None:
        return _WHEN[lang]
    last = engagement.last.label[lang] if engagement.last else _NOW[lang]
    return f"{engagement.first.label[lang]}{_UNTIL[lang]}{last}"


def works_of(
    evidence: Evidence, lang: Lang, documents: Mapping[str, tuple[Link, ...]]
) -> dict[str, Work]:
    """The engagements with their numbers, by id; the oldest first, those without a time last."""
    ordered = sorted(
        evidence.engagements or (),
        key=lambda e: (e.first is None, e.first.number if e.first else 0, e.id),
    )
    return {
        e.id: Work(e.id, n, e.title or e.id, period(e, lang), documents.get(e.id, ()))
        for n, e in enumerate(ordered, start=1)
    }


def groups_of(judged: Judged, lang: Lang, beside: Beside | None = None) -> tuple[Group, ...]:
    """The rows of a judgement: what is asked of the person first, then engagement by engagement."""
    beside = beside or Beside()
    works = works_of(judged.evidence, lang, beside.documents)
    # the judgement calls engagements by their titles; both have them in the same order
    told = judged.judgement.evidence.engagements or ()
    written = judged.evidence.engagements or ()
    ids = {t.id: w.id for t, w in zip(told, written, strict=True)}
    masks = {
        (t, m): text for t, i in ids.items() for (w, m), text in beside.masks.items() if w == i
    }
    sheet = _Sheet(judged.judgement, lang, {t: works[i] for t, i in ids.items()}, masks)
    root = proof_tree(judged.judgement, judged.judge, lang, masks)
    person = Group(tuple(sheet.clauses(judged.judgement.proof, root, "")))
    each = sorted(
        _united(sheet.groups),
        key=lambda g: (g.verdict == "not_met", g.work.number if g.work else 0),
    )
    return (person, *each)


def _united(groups: Iterable[Group]) -> Iterator[Group]:
    """One group for each work, however many clauses ask for work: what two of them ask stands once."""
    order = ("not_met", "undetermined", "met")
    by_work: dict[str, list[Group]] = {}
    for group in groups:
        assert group.work is not None, "groups of a sheet are about work"
        by_work.setdefault(group.work.id, []).append(group)
    for same in by_work.values():
        # work that one clause counts has its use, whatever another says of it
        best = max(same, key=lambda g: order.index(g.verdict))
        rows = {(r.node.text, r.node.verdict, r.claim): r for g in reversed(same) for r in g.rows}
        yield evolve(
            best,
            rows=tuple(sorted(rows.values(), key=lambda r: r.number)),
            opened=any(g.opened for g in same),
        )


@define
class _Sheet:
    """Walks a proof and its tree side by side, and keeps the groups that it meets."""

    judgement: Judgement
    lang: Lang
    works: Mapping[str, Work]
    masks: Masks
    groups: list[Group] = field(factory=list)
    _keys: dict[str, int] = field(factory=dict)
    _number: int = 0

    def clauses(self, proof: Proof, node: Node, path: str) -> Iterator[Row]:
        """The rows about the person; what is about an engagement becomes a group."""
        rule, path = proof.rule, f"{path}/{proof.label}".lstrip("/")
        if isinstance(rule, Years | Counted):
            yield self.row(proof, node, path)
            for part, below in zip(proof.parts, node.parts, strict=True):
                if part.engagement:
                    self.work(part, below, path)
                else:
                    yield from self.clauses(part, below, path)
        elif (isinstance(rule, All | Any) and _holds_works(proof)) or (
            isinstance(rule, All) and proof.parts
        ):
            for part, below in zip(proof.parts, node.parts, strict=True):
                yield from self.clauses(part, below, path)
        else:
            yield self.row(proof, node, path)

    def work(self, proof: Proof, node: Node, path: str) -> None:
        """The rows about one engagement."""
        assert proof.engagement is not None, "the caller looked"
        work = self.works[proof.engagement.id]
        below = zip(flat(proof.parts), node.parts, strict=True)
        rows = tuple(
            row
            for part, child in below
            for row in self.conditions(part, child, f"{path}/{work.id}", work)
        )
        opened = proof.verdict.id != "not_met" or node.opened
        self.groups.append(Group(rows, work, node.mark, node.verdict, node.said, opened))

    def conditions(self, proof: Proof, node: Node, path: str, work: Work) -> Iterator[Row]:
        """One condition; of the levels that work may have, the one that comes nearest."""
        path = f"{path}/{proof.label}"
        if proof.label == "work_level" and proof.parts:
            best = max(range(len(proof.parts)), key=lambda n: (proof.parts[n].verdict, -n))
            part, child = proof.parts[best], node.parts[best]
            for inner, below in zip(part.parts, child.parts, strict=True):
                yield self.row(inner, below, f"{path}/{inner.label}", work)
            if not part.parts:
                yield self.row(proof, node, path, work)
        else:
            yield self.row(proof, node, path, work)

    def row(self, proof: Proof, node: Node, path: str, work: Work | None = None) -> Row:
        self._number += 1
        seen = self._keys[path] = self._keys.get(path, 0) + 1
        carried = (work,) if work else tuple(self.works[e] for e in proof.engagements)
        # in a tree a place is told of once, and a row stands by itself
        node = evolve(node, place=str(proof.rule.place or ""))
        if isinstance(proof.rule, Years | Counted):
            # the works follow one by one
            node = evolve(node, parts=tuple(p for p in node.parts if not p.work), opened=False)
        return Row(
            path if seen == 1 else f"{path}#{seen}",
            self._number,
            claim(proof, self.masks)[self.lang],
            tuple(sorted(carried, key=lambda w: w.number)) if proof.parts or work else (),
            () if work else self.shown_by(proof.rule),
            node,
        )

    def shown_by(self, rule: Rule) -> tuple[str, ...]:
        """Works and examinations that a clause about the person rests on."""
        evidence = self.judgement.evidence
        if rule.label in ("succession", "contributions"):
            return tuple(
                (w.title or "") + (f" ({w.on.label[self.lang]})" if w.on else "")
                for w in evidence.professional.succession or ()
                if w.title
            )
        if rule.label == "examination":
            return tuple(
                x.name.upper() + (f" ({x.passed.label[self.lang]})" if x.passed else "")
                for x in evidence.examinations or ()
            )
        return ()


def _holds_works(proof: Proof) -> bool:
    return any(isinstance(p.rule, Years | Counted) for p in proof.walk())


def claim(proof: Proof, masks: Masks) -> Text:
    """What the record says on a clause; of a combination, what it says on each measure in it."""
    said = _found(proof, masks)
    if said is not None:
        return said
    if not proof.parts:
        return NOT_RECORDED
    each = {t.ja: t for p in proof.walk() if isinstance(p.rule, Leaf) for t in [_leaf(p, masks)]}
    return Text("、".join(t.ja for t in each.values()), "; ".join(t.en for t in each.values()))


def _found(proof: Proof, masks: Masks) -> Text | None:
    if isinstance(proof.rule, Measured) and proof.engagement:
        masked = masks.get((proof.engagement.id, proof.rule.measure.id))
        if masked is not None:
            return masked
    return found(proof)


def _leaf(proof: Proof, masks: Masks) -> Text:
    said = _found(proof, masks) or NOT_RECORDED
    match proof.rule:
        case Measured():
            name = proof.rule.measure.name
        case OnScale():
            name = proof.rule.scale.name
        case _:
            return said
    return Text(f"{name.ja}: {said.ja}", f"{name.en}: {said.en}")
