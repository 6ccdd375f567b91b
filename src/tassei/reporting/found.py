"""What was found for a clause, in words; and what to do about what is missing."""

from collections.abc import Iterable

from attrs import evolve

from tassei.figures import months, plural
from tassei.framework.scales import Depth, Role
from tassei.judging.missing import Missing
from tassei.judging.prove import Proof
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import (
    AreasAtDepth,
    Atom,
    Counted,
    Criteria,
    InField,
    Leaf,
    Measured,
    Mentoring,
    NotRead,
    OnScale,
    Passed,
    RoleAtLeast,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Terms,
    Years,
)
from tassei.rules.wording import bounds, figure, sentence, short
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
    text = _with_names(reached, names)
    if proof.verdict is Verdict.MET or proof.reachable == proof.reached:
        return text
    if proof.reachable is None:
        return Text(
            f"{text.ja}。期間が未記録の業務がある",
            f"{text.en}; the time of some work is not recorded",
        )
    most = months(proof.reachable)
    return Text(
        f"{text.ja}。未記録の事実によっては最長{most.ja}",
        f"{text.en}; could be {most.en}, by what is not recorded",
    )


def _count(proof: Proof) -> Text:
    count = proof.reached or 0
    text = _with_names(
        Text(f"{count}回", plural(count, "engagement")), ", ".join(proof.engagements)
    )
    if proof.verdict is Verdict.MET or proof.reachable == proof.reached:
        return text
    if proof.reachable is None:
        return Text(
            f"{text.ja}。業務の一覧が未記録", f"{text.en}; the list of engagements is not recorded"
        )
    return Text(
        f"{text.ja}。未記録の事実によっては{proof.reachable}回まで",
        f"{text.en}; could be {proof.reachable}, by what is not recorded",
    )


def _with_names(text: Text, names: str) -> Text:
    return Text(f"{text.ja}（{names}）", f"{text.en} ({names})") if names else text


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
    return _YES if proof.holds else None if proof.unknown else _NO


def _truth(value: bool | None) -> Text | None:
    return None if value is None else _YES if value else _NO


def _terms(rule: Terms, proof: Proof) -> Text | None:
    names = {a: short(t.name) for a, t in zip(rule.asks, rule.terms, strict=True)}
    holding = [names[a] for a in proof.holds]
    open_ = [names[a] for a in proof.unknown]
    if open_ and not holding and len(open_) == len(rule.terms):
        return None
    listed = _listed(holding)
    count = len(holding)
    parts = [Text(f"{count}項目（{listed.ja}）", f"{count} ({listed.en})") if holding else _NONE]
    if open_:
        parts.append(Text(f"未記録は{_listed(open_).ja}", f"not recorded: {_listed(open_).en}"))
    return Text("。".join(p.ja for p in parts), "; ".join(p.en for p in parts))


def _listed(names: Iterable[Text]) -> Text:
    names = list(names)
    return Text("、".join(n.ja for n in names), ", ".join(n.en for n in names))


def action(item: Missing) -> Text:
    """What to do about one missing thing, as a sentence without a full stop."""
    if item.kind == "work":
        return _more_work(item)
    return _to_record(item) if item.kind == "fact" else _to_do(item)


def _more_work(item: Missing) -> Text:
    if isinstance(item.rule, Years):
        more = months(item.short_by)
        return Text(
            f"条件を満たす業務をあと{more.ja}行う",
            f"{more.en} more of work that meets the conditions",
        )
    more_en = plural(item.short_by, "more engagement")
    meets = "meets" if item.short_by == 1 else "meet"
    return Text(
        f"条件を満たす業務をあと{item.short_by}回行う", f"{more_en} that {meets} the conditions"
    )


def _to_record(item: Missing) -> Text:
    """A fact that is not recorded: what to look up, and what is asked of it."""
    rule, work = item.rule, item.engagement.id if item.engagement else ""
    at = Text(f"業務「{work}」" if work else "", f" in {work}" if work else "")
    asked = sentence(rule)[0]
    match rule:
        case Years() | Counted():
            if work:
                return Text(f"{at.ja}の期間を記録する", f"record the months of {work}")
            return Text("業務の一覧と期間を記録する", "record the engagements and their months")
        case InField():
            return Text(f"{at.ja}の専門分野を記録する", f"record the fields of {work}")
        case RoleAtLeast():
            return Text(
                f"{at.ja}での役割を記録する（求められるのは{rule.role.label.ja}以上）",
                f"record the role in {work} (asked: {rule.role.label.en} or greater)",
            )
        case Succeeded():
            return Text(
                f"{at.ja}が成功裡に行われたかを記録する", f"record whether {work} succeeded"
            )
        case Measured():
            name, bound = rule.measure.name, bounds_only(rule)
            return Text(
                f"{at.ja}の{name.ja}を記録する（求められるのは{bound.ja}）",
                f"record the {name.en}{at.en} (asked: {bound.en})",
            )
        case Mentoring():
            return Text(
                f"{rule.name.ja}の実績があるかを記録する",
                f"record whether there is: {rule.name.en}",
            )
        case NotRead():
            return Text(
                f"版の下書きでこの条項を書き直す: {asked.ja}",
                f"write this clause in the draft edition: {asked.en}",
            )
        case Passed():
            return Text(
                f"試験に合格したかを記録する: {rule.title.ja}",
                f"record whether the examination was passed: {rule.title.en}",
            )
        case AreasAtDepth():
            return Text(
                f"次の領域の専門性の深さを記録する: {_listed(_open_names(item.proof)).ja}",
                f"record how deep the specialty goes in: {_listed(_open_names(item.proof)).en}",
            )
        case Terms():
            names = _listed(_open_names(item.proof))
            about = Text(f"{at.ja}について" if work else "", f" of {work}" if work else "")
            return Text(
                f"{about.ja}次に当たるかを記録する: {names.ja}",
                f"record whether these hold{about.en}: {names.en}",
            )
    return Text(f"{at.ja}次を記録する: {asked.ja}", f"record{at.en}: {asked.en}")


def bounds_only(rule: Measured) -> Text:
    """The bounds of a measure without its name."""
    nameless = evolve(rule.measure, name=Text("", ""))
    said = bounds(nameless, rule.lower, rule.upper)
    return Text(said.ja.removeprefix("が"), said.en.removeprefix(": "))


def _to_do(item: Missing) -> Text:
    """Something that is recorded and does not suffice: what would."""
    rule, work = item.rule, item.engagement.id if item.engagement else ""
    at = Text(f"業務「{work}」: " if work else "", f"{work}: " if work else "")
    match rule:
        case AreasAtDepth() | SuccessionKinds() if len(rule.terms) > 1:
            return _more_of_a_list(rule, item.proof)
        case SuccessionKinds():
            name = rule.terms[0].name
            return Text(f"{name.ja}の実績を積む", f"gain a record of: {name.en}")
        case Mentoring():
            return Text(f"{rule.name.ja}の実績を積む", f"gain a record of {rule.name.en}")
        case Passed():
            title = rule.title
            return Text(f"試験に合格する: {title.ja}", f"pass the examination: {title.en}")
        case Criteria():
            lack = rule.at_least - len(item.proof.holds)
            names = _listed(_left_names(item.proof))
            return Text(
                f"{at.ja}複雑性の条件にあと{max(lack, 1)}項目該当する: {names.ja}",
                f"{at.en}{max(lack, 1)} more of the criteria: {names.en}",
            )
        case Terms():
            names = _listed(_left_names(item.proof))
            return Text(f"{at.ja}次も満たす: {names.ja}", f"{at.en}these, too: {names.en}")
    asked, got = sentence(rule)[0], found(item.proof)
    recorded = Text(f"（記録は{got.ja}）", f" (recorded: {got.en})") if got else Text("", "")
    return Text(f"{at.ja}{asked.ja}こと{recorded.ja}", f"{at.en}{asked.en}{recorded.en}")


def _more_of_a_list(rule: AreasAtDepth | SuccessionKinds, proof: Proof) -> Text:
    """Of "k of a list", how many more, and which are left."""
    left = _left_names(proof)
    lack = max(rule.at_least - len(proof.holds), 1)
    names = _listed(left)
    if isinstance(rule, SuccessionKinds):
        return Text(
            f"技術の継承の実績をあと{lack}種類加える: {names.ja}",
            f"add {plural(lack, 'more kind')} of technology succession: {names.en}",
        )
    depth: Depth = rule.depth
    return Text(
        f"次のうちあと{lack}領域で、{depth.label.ja}ようになる: {names.ja}",
        f"in {plural(lack, 'more area')}, come to where one {depth.label.en}: {names.en}",
    )


def _open_names(proof: Proof) -> list[Text]:
    return _names_of(proof, proof.unknown)


def _left_names(proof: Proof) -> list[Text]:
    assert isinstance(proof.rule, Leaf)
    return _names_of(proof, [a for a in proof.rule.asks if a not in proof.holds])


def _names_of(proof: Proof, atoms: Iterable[Atom]) -> list[Text]:
    assert isinstance(proof.rule, Terms)
    names = {a: short(t.name) for a, t in zip(proof.rule.asks, proof.rule.terms, strict=True)}
    return [names[a] for a in atoms]
