"""The verdict of one field beside a record: the answer, the ladder, and at most three things to do next."""

from collections.abc import Iterator, Mapping

from attrs import frozen
from django.urls import reverse
from django.utils.http import urlencode

from tassei.evidence.model import Engagement, Evidence
from tassei.judging.judge import Judge, Judgement, Standing
from tassei.judging.missing import Missing
from tassei.judging.prove import Proof
from tassei.judging.verdict import Verdict
from tassei.reporting.found import action
from tassei.reporting.proofs import Teller
from tassei.rules.nodes import (
    Activities,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Leaf,
    Measured,
    Mentoring,
    OnScale,
    Outcomes,
    Passed,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Terms,
    Years,
)
from tassei.rules.wording import sentence
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name, level_url
from tassei.web.explorer.pages import Link
from tassei.web.explorer.shelf import judge_for, level_at
from tassei.web.masks import said
from tassei.web.record.portfolio import Portfolio, all_fields
from tassei.web.trying.result import Ladder, ladders, named

MOST_STEPS = 3
Masks = Mapping[tuple[str, str], str]


@frozen
class Step:
    """Something to do next.

    Args:
        url: of the question that answers it; empty for who may not answer.
    """

    text: str
    url: str


@frozen
class Panel:
    """What the record says of one field.

    Args:
        field: the qualified id, for addresses.
        level: the level that the steps lead to.
        more: how many more things are missing than the steps.
    """

    field: str
    name: str
    edition: str
    as_of: str
    answer: str
    ladder: Ladder
    level: Link
    verdict: str
    mark: str
    said: str
    steps: tuple[Step, ...]
    more: int


@frozen
class Judged:
    """A field judged, with the engagements called by their titles.

    Args:
        keys: title as the judgement has it -> id of the engagement.
    """

    judge: Judge
    evidence: Evidence
    standing: Standing
    judgement: Judgement
    reached: Judgement | None
    keys: Mapping[str, str]


def judged(portfolio: Portfolio, path: str, show: str = "") -> Judged:
    """Judge one field, of one edition only.

    Args:
        show: the level whose proof is wanted, `EDITION/FIELD/LEVEL`; else the next one up.
    """
    edition, field = all_fields()[path]
    judge = judge_for((edition.id,))
    evidence = named(portfolio.evidence)
    keys = {
        n.id: w.id
        for n, w in zip(
            evidence.engagements or (), portfolio.evidence.engagements or (), strict=True
        )
    }
    standing = next(s for s in judge.standings(evidence, portfolio.as_of) if s.field_id == field.id)
    wanted = {f"{path}/{level}": level for level, _ in standing.verdicts}
    level = wanted.get(show) or standing.next_level or standing.level
    assert level is not None, "a field has at least one level"

    def at(number: int) -> Judgement:
        return judge.judge(evidence, portfolio.as_of, judge.rung(edition.id, field.id, number))

    reached = at(standing.level) if standing.level else None
    return Judged(judge, evidence, standing, at(level), reached, keys)


def panel_of(portfolio: Portfolio, found: Judged, path: str, own: bool, lang: Lang) -> Panel:
    """Tell a judged field.

    Args:
        own: the reader may answer what is missing.
    """
    edition, field = all_fields()[path]
    judgement = found.judgement
    level = level_at(f"{path}/{judgement.rung.level}")
    missing = judgement.missing
    [ladder] = ladders((found.standing,), judgement.rung, lang)
    return Panel(
        path,
        field.name[lang],
        edition_name(edition)[lang],
        portfolio.as_of.label[lang],
        Teller(found.judge, lang).answer(judgement, found.reached),
        ladder,
        Link(level.name[lang], level_url(level), edition_name(edition)[lang]),
        judgement.verdict.id,
        judgement.verdict.mark,
        judgement.verdict.label[lang],
        tuple(
            Step(_said(m, found.keys, portfolio.masks)[lang], _url(m, portfolio, found.keys, path) if own else "")
            for m in missing[:MOST_STEPS]
        ),
        max(len(missing) - MOST_STEPS, 0),
    )  # fmt: skip


def _said(item: Missing, keys: Mapping[str, str], masks: Masks) -> Text:
    """What to do; an amount that is masked is not told as if it were the amount itself."""
    work = item.engagement
    if item.kind == "change" and isinstance(item.rule, Measured) and work:
        kept = work.size.get(item.rule.measure.id)
        by = masks.get((keys[work.id], item.rule.measure.id))
        if by is not None and isinstance(kept, int):
            asked, amount = sentence(item.rule)[0], said(item.rule.measure.id, kept, by)
            return Text(
                f"業務「{work.id}」: {asked.ja}こと（記録は{amount.ja}）",
                f"{work.id}: {asked.en} (recorded: {amount.en})",
            )
    return action(item)


def _url(item: Missing, portfolio: Portfolio, keys: Mapping[str, str], path: str) -> str:
    """Where the question stands that a missing thing answers."""
    query = urlencode({"field": path})
    names = names_of(item.proof)
    at = f"#q-{names[0]}" if names else ""
    if item.engagement is not None:
        entry = portfolio.works[keys[item.engagement.id]]
        return f"{reverse('record-work', args=[entry.pk])}?{query}{at}"
    if isinstance(item.rule, Years | Counted):
        return f"{reverse('record-work-new')}?{query}"
    return f"{reverse('record-about')}?{query}{at}"


def names_of(proof: Proof) -> list[str]:
    """The names of the controls that a clause is about, what is open first."""
    rule = proof.rule
    match rule:
        case Terms():
            prefix = _PREFIXES[type(rule)]
            left = [
                t.id for a, t in zip(rule.asks, rule.terms, strict=True) if a not in proof.holds
            ]
            if isinstance(rule, SuccessionKinds):
                return ["succession"]
            return [f"{prefix}-{i}" for i in left]
        case Measured():
            return [f"s-{rule.measure.id}"]
        case OnScale():
            return [f"s-{rule.scale.id}"]
        case Passed():
            return [f"examination-{rule.name}"]
    return list(_NAMES.get(type(rule), ()))


_PREFIXES: dict[type[Terms], str] = {
    Criteria: "c", Outcomes: "o", Tasks: "o", Activities: "a", AreasAtDepth: "area", SuccessionKinds: "succession",
}  # fmt: skip
_NAMES: dict[type[Rule], tuple[str, ...]] = {
    InField: ("fields",),
    RoleAtLeast: ("role",),
    Succeeded: ("succeeded",),
    Supervised: ("supervised",),
    Mentoring: ("mentoring",),
    Years: ("from",),
    Counted: ("from",),
}


def deciding_names(portfolio: Portfolio, key: str) -> frozenset[str]:
    """The questions about one engagement that the next level of a chosen field can turn on."""
    found: set[str] = set()
    for path in portfolio.chosen:
        one = judged(portfolio, path)
        for proof in _of_work(one.judgement.proof, one.keys, key):
            found.update(n for leaf in _open(proof) for n in names_of(leaf))
            if proof.run is not None and _undated(proof.engagement):
                found.update(("from", "to"))
    return frozenset(found)


def _undated(work: Engagement | None) -> bool:
    return work is not None and work.first is None


def _of_work(proof: Proof, keys: Mapping[str, str], key: str) -> Iterator[Proof]:
    """The proofs about an engagement as a whole that are still open."""
    if proof.engagement is not None:
        if keys.get(proof.engagement.id) == key and proof.verdict is Verdict.UNDETERMINED:
            yield proof
        return
    if proof.verdict is not Verdict.MET:
        for part in proof.parts:
            yield from _of_work(part, keys, key)


def _open(proof: Proof) -> Iterator[Proof]:
    if proof.verdict is Verdict.UNDETERMINED:
        if isinstance(proof.rule, Leaf):
            yield proof
        for part in proof.parts:
            yield from _open(part)
