"""What was found for a clause, in words; and what to do about what is missing."""

from collections.abc import Iterable

from tassei.evidence.model import Engagement
from tassei.figures import months, plural
from tassei.framework.scales import Depth, Role
from tassei.judging.missing import Missing
from tassei.judging.prove import Proof
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import (
    AreasAtDepth,
    Counted,
    InField,
    Leaf,
    Measured,
    OnScale,
    Proficient,
    RoleAtLeast,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Terms,
    Years,
)
from tassei.rules.wording import figure, sentence, short
from tassei.text import Text

NOT_RECORDED = Text("未記録", "not recorded")
_NONE = Text("なし", "none")
_YES, _NO = Text("はい", "yes"), Text("いいえ", "no")


def found(proof: Proof) -> Text | None:
    """What the evidence has for a clause; None where nothing is recorded, or for a combination."""
    match proof.rule:
        case Years():
            return _span(proof)
        case Counted():
            return _count(proof)
        case Leaf():
            return _leaf(proof.rule, proof)
    return None


def _span(proof: Proof) -> Text:
    reached = months(proof.reached or 0)
    names = ", ".join(proof.engagements)
    text = Text(
        reached.ja + (f"（{names}）" if names else ""),
        reached.en + (f" ({names})" if names else ""),
    )
    if proof.reachable is None:
        return Text(
            f"{text.ja}。期間が未記録の業務がある",
            f"{text.en}; the time of some work is not recorded",
        )
    if proof.reachable > (proof.reached or 0):
        most = months(proof.reachable)
        return Text(
            f"{text.ja}。未記録の事実により{most.ja}まで",
            f"{text.en}; up to {most.en} with what is not recorded",
        )
    return text


def _count(proof: Proof) -> Text:
    count = proof.reached or 0
    names = ", ".join(proof.engagements)
    text = Text(
        f"{count}回" + (f"（{names}）" if names else ""),
        plural(count, "engagement") + (f" ({names})" if names else ""),
    )
    if proof.reachable is None:
        return Text(
            f"{text.ja}。業務の一覧が未記録", f"{text.en}; the list of engagements is not recorded"
        )
    if proof.reachable > count:
        return Text(
            f"{text.ja}。未記録の事実により{proof.reachable}回まで",
            f"{text.en}; up to {proof.reachable} with what is not recorded",
        )
    return text


def _leaf(rule: Leaf, proof: Proof) -> Text | None:
    work = proof.engagement
    match rule:
        case InField():
            return _YES if proof.holds else None if proof.unknown else _NO
        case RoleAtLeast():
            return None if work is None or work.role is None else Role(work.role).label
        case Succeeded():
            return _truth(work.succeeded if work else None)
        case Supervised():
            return _truth(work.supervised if work else None)
        case Measured():
            value = work.size.get(rule.measure.id) if work else None
            return figure(rule.measure, value) if isinstance(value, int) else None
        case OnScale():
            term = work.size.get(rule.scale.id) if work else None
            return next((t.name for t in rule.scale.terms() if t.id == term), None)
        case Terms():
            return _terms(rule, proof)
        case Proficient():
            return _YES if proof.holds else None if proof.unknown else _NO
    return _YES if proof.holds else None if proof.unknown else _NO


def _truth(value: bool | None) -> Text | None:
    return None if value is None else _YES if value else _NO


def _terms(rule: Terms, proof: Proof) -> Text | None:
    names = {a: short(t.name) for a, t in zip(rule.asks, rule.terms, strict=True)}
    holding = [names[a] for a in proof.holds]
    open_ = [names[a] for a in proof.unknown]
    if open_ and not holding and len(open_) == len(rule.terms):
        return None
    parts = [
        Text(f"{len(holding)}: {_listed(holding).ja}", f"{len(holding)}: {_listed(holding).en}")
        if holding
        else _NONE
    ]
    if open_:
        parts.append(Text(f"未記録 {_listed(open_).ja}", f"not recorded: {_listed(open_).en}"))
    return Text("。".join(p.ja for p in parts), "; ".join(p.en for p in parts))


def _listed(names: Iterable[Text]) -> Text:
    names = list(names)
    return Text("、".join(n.ja for n in names), ", ".join(n.en for n in names))


def action(item: Missing) -> Text:
    """What to do about one missing thing, as a sentence without a full stop."""
    needed, _ = sentence(item.rule)
    where = _at(item.engagement)
    match item.kind:
        case "work":
            return _more_work(item)
        case "fact":
            if isinstance(item.rule, Years | Counted):
                if item.engagement:
                    return Text(f"{where.ja}期間を記録する", f"record{where.en}: its months")
                return Text("業務の一覧と期間を記録する", "record the engagements and their months")
            lacking = _lacking(item.proof)
            return Text(
                f"{where.ja}記録する — {lacking.ja or needed.ja}",
                f"record{where.en}: {lacking.en or needed.en}",
            )
        case _:
            got = found(item.proof)
            so_far = (
                Text(f"（今は {got.ja}）", f" (now {got.en})")
                if got and item.engagement and not isinstance(item.rule, Terms)
                else Text("", "")
            )
            more = _one_more(item.proof)
            return Text(
                f"{where.ja}{more.ja or needed.ja}{so_far.ja}",
                f"{where.en.strip() + ': ' if where.en else ''}{more.en or needed.en}{so_far.en}",
            )


def _at(engagement: Engagement | None) -> Text:
    if engagement is None:
        return Text("", "")
    return Text(f"業務「{engagement.id}」: ", f" in {engagement.id}")


def _more_work(item: Missing) -> Text:
    if isinstance(item.rule, Years):
        more = months(item.short_by)
        return Text(
            f"条件に当たる業務をあと{more.ja}行う",
            f"{more.en} more of work that meets the conditions",
        )
    return Text(
        f"条件に当たる業務をあと{item.short_by}回行う",
        f"{plural(item.short_by, 'more engagement')} that {'meets' if item.short_by == 1 else 'meet'} the conditions",
    )


def _lacking(proof: Proof) -> Text:
    """Of a list, only what is not recorded."""
    rule = proof.rule
    if not isinstance(rule, Terms) or not proof.unknown or len(proof.unknown) == len(rule.terms):
        return Text("", "")
    names = {a: short(t.name) for a, t in zip(rule.asks, rule.terms, strict=True)}
    return _listed(names[a] for a in proof.unknown)


def _one_more(proof: Proof) -> Text:
    """Of "k of a list", how many more and which are left."""
    rule = proof.rule
    if not isinstance(rule, Terms) or proof.verdict is Verdict.MET:
        return Text("", "")
    lack = max(rule.at_least - len(proof.holds), 1)
    left = [
        short(t.name) for a, t in zip(rule.asks, rule.terms, strict=True) if a not in proof.holds
    ]
    if lack == len(left):
        names = _listed(left)
        ja, en = names.ja, names.en
    else:
        names = _listed(left)
        ja, en = f"あと{lack}つ（{names.ja} のうち）", f"{lack} more of: {names.en}"
    if isinstance(rule, AreasAtDepth):
        depth: Depth = rule.depth
        return Text(f"{ja} — {depth.label.ja}こと", f"{en} ({depth.label.en})")
    if isinstance(rule, SuccessionKinds):
        return Text(f"技術の継承: {ja}", f"technology succession: {en}")
    return Text(ja, en)
