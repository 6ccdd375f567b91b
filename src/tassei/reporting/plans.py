"""Plans in words and as JSON: what to establish, what to do, until when, and why not earlier."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from attrs import frozen

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.figures import months as months_text
from tassei.figures import plural
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Scale
from tassei.judging.judge import Rung
from tassei.planning.plan import Addition, Conflict, Plan, Recorded
from tassei.planning.planner import Alternative, Earliest
from tassei.reporting.proofs import CLAUSES
from tassei.rules.nodes import (
    Counted,
    InField,
    Leaf,
    Measured,
    Mentoring,
    OnScale,
    Passed,
    Proficient,
    Rule,
    Terms,
    walk,
)
from tassei.rules.wording import bounds, figure, sentence, short
from tassei.text import Lang, Text

SCHEMA = "tassei/plan/1"
FACTS = Text("確かめて記録すること", "Facts to establish")
WORK = Text("これから行うこと", "Work to do")
DIFFERS = {
    "means": Text("別の手段", "by other means"),
    "parts": Text("同じ手段で、内訳が異なる", "by the same means, with other parts"),
}
_LIMITS = {
    "facts": Text("事実の確認なし", "no facts are established"),
    "work": Text("事実の確認のみ", "facts alone"),
    "new_work": Text("新しい業務なし", "no new engagements"),
}


@frozen
class Entry:
    """What a plan adds in one place: a head, and what is asked there."""

    head: Text
    items: tuple[Text, ...] = ()


@frozen
class Names:
    """The names of everything that rules ask for, in the words of their edition."""

    terms: Mapping[tuple[str, str], Text]
    measures: Mapping[str, Measure]
    scales: Mapping[str, Scale]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Names":
        terms: dict[tuple[str, str], Text] = {}
        measures: dict[str, Measure] = {}
        scales: dict[str, Scale] = {}
        for node in (n for rule in rules for n in walk(rule)):
            match node:
                case Terms():
                    for atom, term in zip(node.asks, node.terms, strict=True):
                        terms.setdefault((atom.kind, term.id), short(term.name))
                case Measured():
                    measures[node.measure.id] = node.measure
                case OnScale():
                    scales[node.scale.id] = node.scale
                case Mentoring():
                    terms.setdefault(("mentoring", ""), node.name)
                case Passed():
                    terms.setdefault(("examination", node.name), node.title)
                case Proficient():
                    terms.setdefault(("skill", node.skill.id), node.skill.name)
                case InField():
                    for field in node.fields:
                        terms.setdefault(("field", field), Text(field, field))
                        if len(node.fields) == 1:
                            terms["field", field] = node.name
        return cls(terms, measures, scales)

    def term(self, kind: str, id_: str) -> Text:
        return self.terms.get((kind, id_), Text(id_, id_))

    def of_field(self, rung: Rung) -> "Names":
        """The same, with the names of all fields of a rung's edition."""
        edition = rung.edition
        fields = {("field", edition.qualified(f.id)): f.name for f in edition.fields}
        return Names({**self.terms, **fields}, self.measures, self.scales)


def name_of(rung: Rung) -> Text:
    """`V2 2006 · Operations Management level 6`."""
    field = rung.edition.field(rung.field_id)
    name = field.name if field else Text(rung.field_id, rung.field_id)
    label = rung.edition.label
    return Text(
        f"{label} · {name.ja} レベル{rung.level}", f"{label} · {name.en} level {rung.level}"
    )


def listed(texts: Iterable[Text], en: str = ", ") -> Text:
    texts = list(texts)
    return Text("、".join(t.ja for t in texts), en.join(t.en for t in texts))


def days(cost: int) -> Text:
    return Text(f"{cost:,}日分", f"{cost:,} {'day' if cost == 1 else 'days'} of effort")


def until(plan: Plan) -> Text:
    """When a plan can be done."""
    if not plan.months:
        return Text("今月のうちに満たせる", "can be met this month")
    by = plan.by.label
    return Text(f"早くて{by.ja}に満たせる", f"can be met in {by.en} at the earliest")


@frozen
class Wording:
    """Words the plans of one person.

    Args:
        names: of all that the rules ask for.
        evidence: whose engagements are named by their titles.
    """

    names: Names
    evidence: Evidence

    def entries(self, additions: Iterable[Addition], as_of: Month) -> Iterator[Entry]:
        """Each place of the record, each piece of work, each contribution, in the order of the plan."""
        for (origin, target, person), group in groupby(
            additions, lambda a: (a.origin, a.target, a.what if a.origin == "person" else "")
        ):
            of_place = list(group)
            if origin == "person":
                yield from (Entry(t) for t in self._about_person(of_place, person))
                continue
            months = [a for a in of_place if a.what == "months"]
            rest = [a for a in of_place if a.what != "months"]
            if origin == "recorded" and rest:
                yield Entry(self._title(target), tuple(self.items(rest)))
            if origin == "recorded" and months:
                yield Entry(self._continued(target, months[0], as_of))
            if origin == "unlisted":
                head = Text(
                    "まだ記録していない過去の業務1件",
                    "one engagement of the past that is not recorded yet",
                )
                yield Entry(head, tuple(self.items(rest)))
            if origin == "new" and months:
                yield Entry(_new(months[0], as_of), tuple(self.items(rest)))

    def _title(self, target: str) -> Text:
        found = [e for e in self.evidence.engagements or () if e.id == target]
        title = found[0].title if found else ""
        return Text(f"業務「{target}」", target) if not title else Text(
            f"業務「{target}」（{title}）", f"{target} ({title})"
        )  # fmt: skip

    def _continued(self, target: str, addition: Addition, as_of: Month) -> Text:
        count = int(addition.value or 0)
        last, more, title = (
            Month(as_of.number + count).label,
            months_text(count),
            self._title(target),
        )
        return Text(
            f"{title.ja}をあと{more.ja}続ける（{last.ja}まで）",
            f"continue {title.en} for {more.en} more, until {last.en}",
        )

    def items(self, additions: Iterable[Addition]) -> Iterator[Text]:
        """What is asked of one engagement; terms of a list are said together."""
        for (what, among), group in groupby(additions, lambda a: (a.what, a.among)):
            yield self._item(what, among, list(group))

    def _item(self, what: str, among: tuple[str, ...], group: list[Addition]) -> Text:
        first = group[0]
        match what:
            case "field":
                fields = listed(self.names.term("field", a.id) for a in group)
                return Text(f"専門分野: {fields.ja}", f"field: {fields.en}")
            case "role":
                role = Role(int(first.value or 0))
                more = (
                    Text("", "")
                    if role is max(Role)
                    else Text("（またはより責任の重い役割）", ", or one of greater responsibility")
                )
                return Text(f"役割: {role.label.ja}{more.ja}", f"role: {role.label.en}{more.en}")
            case "supervised":
                return Text(
                    "上位レベルの者の指導の下で行う", "under the guidance of a higher level"
                )
            case "succeeded":
                return Text("成功裡に行う", "it succeeds")
            case "measure" | "scale":
                options = [self._size(a) for a in (first, *first.instead)]
                return listed_or(options)
            case "begin":
                begun = Month(int(first.value or 0)).label
                return Text(
                    f"始まり: {begun.ja}またはそれ以前", f"it began in {begun.en} or earlier"
                )
            case "criterion" | "outcome" | "activity" | "task":
                return self._terms(what, among, group)
        raise AssertionError(what)

    def _size(self, a: Addition) -> Text:
        if a.what == "measure":
            return bounds(self.names.measures[a.id], int(a.value or 0), a.below)
        scale = self.names.scales[a.id]
        term = next(t.name for t in scale.terms() if t.id == a.value)
        top = len(scale.at_least(str(a.value))) == 1
        return Text(
            f"{scale.name.ja}: {term.ja}" + ("" if top else "、またはそれ以上"),
            f"{scale.name.en}: {term.en}" + ("" if top else ", or a greater scope"),
        )

    def _terms(self, what: str, among: tuple[str, ...], group: list[Addition]) -> Text:
        label = _TERM_LABELS[what]
        if among and len(group) < len(among):
            names = listed(self.names.term(what, i) for i in among)
            return Text(
                f"{label.ja}: 次の{len(among)}項目のうち{len(group)}項目（{names.ja}）",
                f"{label.en}: {len(group)} of these {len(among)} ({names.en})",
            )
        names = listed(self.names.term(what, a.id) for a in group)
        return Text(f"{label.ja}: {names.ja}", f"{label.en}: {names.en}")

    def _about_person(self, group: list[Addition], what: str) -> Iterator[Text]:
        for (nature, among, value, lead), same in groupby(
            group, lambda a: (a.nature, a.among, a.value, a.lead)
        ):
            found = list(same)
            text = self._person(what, among, value, found)
            if nature == "fact":
                yield text
                continue
            takes = months_text(lead)
            yield Text(f"{text.ja}（{takes.ja}かかる見込み）", f"{text.en} (takes {takes.en})")

    def _person(
        self, what: str, among: tuple[str, ...], value: object, group: list[Addition]
    ) -> Text:
        of = (listed_or([self.names.term(what, o.id) for o in (a, *a.instead)]) for a in group)
        names, label = listed(of), _PERSON_LABELS[what]
        if among and len(group) < len(among):
            every = listed(self.names.term(what, i) for i in among)
            names = Text(
                f"次の{len(among)}つのうち{len(group)}つ（{every.ja}）",
                f"{len(group)} of these {len(among)} ({every.en})",
            )
        match what:
            case "area":
                depth = Depth(int(str(int(value or 0)))).label  # type: ignore[call-overload]
                return Text(
                    f"{label.ja}: {names.ja}で、{depth.ja}", f"{label.en} {names.en}: {depth.en}"
                )
            case "skill":
                return Text(
                    f"{label.ja}: {names.ja} レベル{value}",
                    f"{label.en}: {names.en}, level {value}",
                )
        return Text(f"{label.ja}: {names.ja}", f"{label.en}: {names.en}")

    # --- why not

    def conflict(self, conflict: Conflict) -> Iterator[Entry]:
        """The clauses that cannot be met, then the facts that stand in their way."""
        for clause in conflict.clauses:
            yield Entry(sentence(clause)[0])
        by_what: dict[str, list[Recorded]] = {}
        for fact in conflict.facts:
            by_what.setdefault(fact.what, []).append(fact)
        for what, facts in by_what.items():
            if what == "list":
                yield Entry(
                    Text(
                        "記録にある業務のほかに、業務はない",
                        "there are no engagements but those recorded",
                    )
                )
                continue
            label = CLAUSES.get(_CLAUSE_OF.get(what, what), Text("サイズ", "size"))
            yield Entry(
                Text(f"記録: {label.ja}", f"recorded: {label.en}"),
                tuple(self._recorded(f) for f in facts),
            )

    def _recorded(self, fact: Recorded) -> Text:
        if not fact.target:
            return self._recorded_of_person(fact)
        work = next(e for e in self.evidence.engagements or () if e.id == fact.target)
        found: Text | None = None
        match fact.what:
            case "role" if work.role is not None:
                found = work.role.label
            case "succeeded" | "supervised":
                found = Text("いいえ", "no")
            case "measure":
                value = work.size.get(fact.id)
                measure = self.names.measures[fact.id]
                if isinstance(value, int):
                    said = figure(measure, value)
                    found = Text(f"{measure.name.ja} {said.ja}", f"{measure.name.en} {said.en}")
            case "scale":
                terms = self.names.scales[fact.id].terms()
                found = next((t.name for t in terms if t.id == work.size.get(fact.id)), None)
            case "field":
                found = listed(
                    self.names.term("field", f) for f in sorted(work.fields or ())
                ) if work.fields else Text("なし", "none")  # fmt: skip
            case "months":
                first = work.first.label if work.first else Text("", "")
                last = work.last.label if work.last else Text("現在", "now")
                found = Text(f"{first.ja}～{last.ja}", f"{first.en} to {last.en}")
            case "criterion" | "outcome" | "activity" | "task":
                holding = work.complexity if fact.what == "criterion" else (
                    work.activities if fact.what == "activity" else work.achieved
                )  # fmt: skip
                true = sorted(holding.true) if holding else []
                found = (
                    listed(self.names.term(fact.what, t) for t in true)
                    if true else Text("なし", "none")
                )  # fmt: skip
        return Text(f"{fact.target}: {found.ja}", f"{fact.target}: {found.en}") if found else Text(
            fact.target, fact.target
        )  # fmt: skip

    def _recorded_of_person(self, fact: Recorded) -> Text:
        professional = self.evidence.professional
        none = Text("なし", "none")
        match fact.what:
            case "area":
                depth = (professional.areas or {}).get(fact.id)
                name = self.names.term("area", fact.id)
                found = none if depth is None else depth.label
                return Text(f"{name.ja}: {found.ja}", f"{name.en}: {found.en}")
            case "skill":
                name = self.names.term("skill", fact.id)
                level = (self.evidence.skills or {}).get(fact.id, 0)
                return Text(f"{name.ja}: レベル{level}", f"{name.en}: level {level}")
            case "kind":
                kinds = sorted({w.kind for w in professional.succession or ()})
                return listed(self.names.term("kind", k) for k in kinds) if kinds else none
            case "examination":
                passed = [x.name for x in self.evidence.examinations or ()]
                return Text("、".join(passed), ", ".join(passed)) if passed else none
        return none


def listed_or(options: list[Text]) -> Text:
    """One of several; the first where there is one."""
    return Text("、または".join(o.ja for o in options), ", or ".join(o.en for o in options))


def _new(addition: Addition, as_of: Month) -> Text:
    count = int(addition.value or 0)
    first, last = Month(as_of.number + 1).label, Month(as_of.number + count).label
    lasting = months_text(count)
    return Text(
        f"新しい業務1件: {lasting.ja}（{first.ja}～{last.ja}）",
        f"one new engagement for {lasting.en} ({first.en} to {last.en})",
    )


_TERM_LABELS = {
    "criterion": Text("複雑性", "complexity"),
    "outcome": Text("成果", "outcomes"),
    "activity": Text("業務に含むこと", "it includes"),
    "task": Text("タスク特性", "task characteristics"),
}
_PERSON_LABELS = {
    "area": Text("専門性", "specialty in"),
    "kind": Text("技術の継承", "technology succession"),
    "mentoring": Text("実績", "contribution"),
    "examination": Text("試験に合格", "examination passed"),
    "skill": Text("熟達度", "proficiency"),
    "knowledge": Text("知識", "knowledge"),
}
_CLAUSE_OF = {
    "criterion": "complexity", "outcome": "outcomes", "activity": "activities", "task": "tasks",
    "measure": "size", "scale": "size", "area": "areas", "kind": "succession", "months": "years",
}  # fmt: skip


def why(earliest: Earliest, names: Names) -> Text:
    """Why a level cannot be met a month earlier: the clauses that bind."""
    clauses = listed((_clause(c) for c in earliest.clauses), "; ")
    return Text(
        f"これより早くできないのは次の条項のため: {clauses.ja}",
        f"not earlier, because of: {clauses.en}",
    )


def _clause(rule: Rule) -> Text:
    said = sentence(rule)[0]
    if isinstance(rule, Counted) and rule.label == "experience":
        named = [n for n in walk(rule) if isinstance(n, Leaf) and n.label == "activities"]
        if named:
            return sentence(named[0])[0]
    return said


def count_text(plan: Plan) -> Text:
    """How many facts and how much work."""
    facts, work = (
        len(plan.facts),
        len({(a.target, a.what if not a.target else "") for a in plan.work}),
    )
    ja = [f"確認する事実{facts}件"] if facts else []
    en = [plural(facts, "fact") + " to establish"] if facts else []
    if work:
        ja.append(f"行うこと{work}件")
        en.append(f"{work} {'thing' if work == 1 else 'things'} to do")
    return Text("、".join(ja), ", ".join(en))


@frozen
class PlanWriter:
    """Plans as JSON of the form `tassei/plan/1`."""

    wording: Wording
    lang: Lang

    def addition(self, a: Addition, as_of: Month) -> dict[str, Any]:
        words = "; ".join(
            ": ".join([e.head[self.lang], *[i[self.lang] for i in e.items]])
            for e in self.wording.entries([a], as_of)
        ) or "; ".join(t[self.lang] for t in self.wording.items([a]))
        return {
            "what": a.what,
            "engagement": a.target or None,
            "origin": a.origin,
            "id": a.id or None,
            "value": _value(a),
            "below": a.below,
            "among": list(a.among),
            "instead": [{"what": o.what, "id": o.id, "value": o.value} for o in a.instead],
            "cost": a.cost,
            "months": a.lead,
            "words": words,
        }

    def plan(self, plan: Plan) -> dict[str, Any]:
        return {
            "cost": plan.cost,
            "months": plan.months,
            "by": str(plan.by),
            "facts": [self.addition(a, plan.as_of) for a in plan.facts],
            "work": [self.addition(a, plan.as_of) for a in plan.work],
        }

    def alternative(self, alternative: Alternative) -> dict[str, Any]:
        return {"differs": alternative.differs, **self.plan(alternative.plan)}

    def clause(self, rule: Rule) -> dict[str, Any]:
        place = rule.place
        return {
            "clause": rule.label,
            "needed": sentence(rule)[0][self.lang],
            "source": place and {"document": place.document, "line": place.line},
        }

    def earliest(self, earliest: Earliest) -> dict[str, Any]:
        return {
            **self.plan(earliest.plan),
            "clauses": [self.clause(c) for c in earliest.clauses],
        }

    def conflict(self, conflict: Conflict) -> dict[str, Any]:
        return {
            "clauses": [self.clause(c) for c in conflict.clauses],
            "facts": [
                {"what": f.what, "engagement": f.target or None, "id": f.id or None}
                for f in conflict.facts
            ],
        }


def _value(a: Addition) -> int | str | None:
    """Roles and depths by their ids, months as they are written."""
    match a.what:
        case "role":
            return Role(int(a.value or 0)).id
        case "area":
            return Depth(int(a.value or 0)).id
        case "begin":
            return str(Month(int(a.value or 0)))
    return a.value


def limits_text(names: Iterable[str], by: Month | None) -> Text:
    """The limits that a plan was made within."""
    said = [_LIMITS[n] for n in names]
    if by is not None:
        said.append(Text(f"{by.label.ja}まで", f"by {by.label.en}"))
    return listed(said)
