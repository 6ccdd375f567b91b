"""A proof as a tree that a page folds and unfolds; what is met stays folded."""

from collections.abc import Mapping

from attrs import frozen

from tassei.judging.judge import Judge, Judgement
from tassei.judging.prove import Proof, deciding
from tassei.judging.verdict import Verdict
from tassei.reporting.doubts import Marker
from tassei.reporting.found import NOT_RECORDED, found
from tassei.reporting.proofs import CLAUSES, SAYS_ALL
from tassei.rules.nodes import (
    Activities,
    Any,
    Counted,
    InField,
    Leaf,
    Measured,
    Terms,
    Years,
    walk,
)
from tassei.rules.wording import sentence
from tassei.text import Lang, Text


@frozen
class Item:
    """One term of a list with what the record says of it."""

    text: str
    mark: str
    verdict: str


@frozen
class Node:
    """One clause, or one engagement, with its verdict.

    Args:
        said: of an engagement that does not count, the clauses on which it falls short.
        found: what the record has; empty where the verdict says it all.
        opened: it is of use to see at once what is below.
        work: it is about an engagement as a whole.
    """

    text: str
    mark: str
    verdict: str
    said: str
    found: str = ""
    place: str = ""
    doubts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    parts: tuple["Node", ...] = ()
    opened: bool = False
    work: bool = False


Masks = Mapping[tuple[str, str], Text]
"""By engagement and measure, an amount that is masked in words."""


def proof_tree(judgement: Judgement, judge: Judge, lang: Lang, masks: Masks | None = None) -> Node:
    """The proof of a judgement, every clause of it.

    Args:
        masks: amounts that are not told as they are recorded.
    """
    return _Writer(judgement, judge, lang, masks or {}).clause(judgement.proof, True)


VERDICTS = {
    Verdict.MET: Text("満たす", "met"),
    Verdict.NOT_MET: Text("満たさない", "not met"),
    Verdict.UNDETERMINED: Text("判断できない", "cannot tell"),
}


class _Writer:
    """Writes one proof; a doubt and a place are told of once."""

    def __init__(self, judgement: Judgement, judge: Judge, lang: Lang, masks: Masks) -> None:
        rung = judgement.rung
        self._masks = masks
        self.lang: Lang = lang
        self._marker = Marker(judge.doubts(rung), rung.edition, rung.indicator, lang)
        self._missing = {m.engagement.id for m in judgement.missing if m.engagement}
        self._place = ""

    def clause(self, proof: Proof, opened: bool) -> Node:
        """A clause with what is below it.

        Args:
            opened: whether what is above it is open.
        """
        place = str(proof.rule.place or "")
        shown = "" if place == self._place else place
        self._place = place or self._place
        near = opened and (
            proof.verdict is not Verdict.MET or proof.label in ("indicator", "business")
        )
        over_works = isinstance(proof.rule, Years | Counted)
        return Node(
            self._text(proof),
            proof.verdict.mark,
            proof.verdict.id,
            VERDICTS[proof.verdict][self.lang],
            self._found(proof),
            shown,
            self._marker.ids(proof.label),
            self._items(proof),
            tuple(
                self._work(p)
                if over_works and p.engagement
                else self.clause(p, self._nearest(p, proof))
                for p in proof.parts
            ),
            near,
        )

    def _nearest(self, part: Proof, whole: Proof) -> bool:
        """Of alternatives only those that come nearest are open."""
        if not isinstance(whole.rule, Any):
            return True
        best = [p for p in whole.parts if p.verdict is max(q.verdict for q in whole.parts)]
        return part in (best[:1] if whole.label == "work_level" else best)

    def _text(self, proof: Proof) -> str:
        text = sentence(proof.rule)[0][self.lang]
        if proof.label == "experience":
            names = [
                t.name[self.lang]
                for r in walk(proof.rule)
                if isinstance(r, Activities)
                for t in r.terms
            ]
            text += ": " + ", ".join(names)
        return text

    def _found(self, proof: Proof) -> str:
        if not isinstance(proof.rule, Leaf | Years | Counted) or isinstance(proof.rule, InField):
            return ""
        if isinstance(proof.rule, Terms) and len(proof.rule.terms) > 1:
            return ""
        if proof.verdict is Verdict.MET and proof.label in SAYS_ALL:
            return ""
        if isinstance(proof.rule, Measured) and proof.engagement:
            masked = self._masks.get((proof.engagement.id, proof.rule.measure.id))
            if masked is not None:
                return masked[self.lang]
        return (found(proof) or NOT_RECORDED)[self.lang]

    def _items(self, proof: Proof) -> tuple[Item, ...]:
        """The terms of a list one by one: a sentence counts them, and each has its own answer."""
        rule = proof.rule
        if not isinstance(rule, Terms) or len(rule.terms) < 2:
            return ()
        holds, unknown = set(proof.holds), set(proof.unknown)

        def verdict(atom: object) -> Verdict:
            if atom in holds:
                return Verdict.MET
            return Verdict.UNDETERMINED if atom in unknown else Verdict.NOT_MET

        each = [(t.name, verdict(a)) for a, t in zip(rule.asks, rule.terms, strict=True)]
        return tuple(Item(n[self.lang], v.mark, v.id) for n, v in each)

    def _work(self, proof: Proof) -> Node:
        """An engagement; open where something is missing in it."""
        work = proof.engagement
        assert work is not None, "the caller looked"
        opened = work.id in self._missing
        lacks = ""
        if proof.verdict is not Verdict.MET and not opened:
            labels = deciding(proof)
            names = Text("、", ", ")[self.lang].join(
                CLAUSES[n][self.lang] for n in CLAUSES if n in labels
            )
            lacks = Text("満たさない条項: {names}", "falls short on: {names}").format(names=names)[
                self.lang
            ]
        return Node(
            work.title or work.id,
            proof.verdict.mark,
            proof.verdict.id,
            VERDICTS[proof.verdict][self.lang],
            lacks,
            parts=tuple(self.clause(p, opened) for p in flat(proof.parts)),
            opened=opened,
            work=True,
        )


def flat(parts: tuple[Proof, ...]) -> list[Proof]:
    """The clauses of an engagement; one that is again "the engagement" is taken apart."""
    return [q for p in parts for q in (flat(p.parts) if p.label == "engagement" else [p])]
