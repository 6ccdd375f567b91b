"""What one engagement counts for: every level of the chosen fields, and why not for the next."""

from collections.abc import Iterator

from attrs import frozen

from tassei.judging.prove import Proof, deciding
from tassei.judging.verdict import Verdict
from tassei.reporting.found import action
from tassei.reporting.proofs import CLAUSES
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name, level_url
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import level_at
from tassei.web.record.panel import judged
from tassei.web.record.portfolio import Portfolio, all_fields

_COUNTS = {
    Verdict.MET: Text("数えられます", "counts"),
    Verdict.NOT_MET: Text("数えられません", "does not count"),
    Verdict.UNDETERMINED: Text("判断できません", "cannot tell"),
}


@frozen
class Count:
    """Whether an engagement counts for one level.

    Args:
        why: the clauses on which it falls short, or that are not recorded.
        missing: what would make it count, where it comes near.
    """

    level: Link
    number: int
    verdict: str
    mark: str
    said: str
    why: str
    missing: tuple[str, ...]


@frozen
class CountsOfField:
    name: str
    edition: str
    counts: tuple[Count, ...]


def counts_of(portfolio: Portfolio, key: str, lang: Lang) -> tuple[CountsOfField, ...]:
    """Put one engagement to every level of the chosen fields."""
    return tuple(
        CountsOfField(
            all_fields()[path][1].name[lang],
            edition_name(all_fields()[path][0])[lang],
            tuple(_counts(portfolio, path, key, lang)),
        )
        for path in portfolio.chosen
    )


def _counts(portfolio: Portfolio, path: str, key: str, lang: Lang) -> Iterator[Count]:
    first = judged(portfolio, path)
    for number, _ in first.standing.verdicts:
        rung = first.judge.rung(first.standing.edition.id, first.standing.field_id, number)
        judgement = first.judge.judge(first.evidence, portfolio.as_of, rung)
        parts = [
            p
            for p in _of_works(judgement.proof)
            if p.engagement and first.keys[p.engagement.id] == key
        ]
        if not parts:
            continue
        part = max(parts, key=lambda p: p.verdict)
        labels = frozenset[str]() if part.verdict is Verdict.MET else deciding(part)
        why = Text("、", ", ")[lang].join(CLAUSES[n][lang] for n in CLAUSES if n in labels)
        level = level_at(f"{path}/{number}")
        yield Count(
            Link(level.name[lang], level_url(level)),
            number,
            part.verdict.id,
            part.verdict.mark,
            _COUNTS[part.verdict][lang],
            why,
            tuple(
                action(m)[lang]
                for m in judgement.missing
                if m.engagement and first.keys[m.engagement.id] == key
            ),
        )


def _of_works(proof: Proof) -> Iterator[Proof]:
    """The proofs about engagements as a whole."""
    if proof.engagement is not None:
        yield proof
        return
    for part in proof.parts:
        yield from _of_works(part)
