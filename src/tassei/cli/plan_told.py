"""What `tassei plan` says: plans, paths and career maps as people read them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import evolve

from tassei.cli.context import Session
from tassei.encoding.standards import Standards
from tassei.evidence.model import Evidence
from tassei.judging.judge import Rung
from tassei.judging.verdict import Verdict
from tassei.planning.journeys import Carried
from tassei.planning.journeys import Path as Journey
from tassei.planning.plan import Addition, Plan
from tassei.planning.weights import facts_by_weight, single_additions
from tassei.reporting.layout import hanging
from tassei.reporting.plans import (
    DIFFERS,
    FACTS,
    WORK,
    Entry,
    Names,
    Wording,
    count_text,
    days,
    limits_text,
    listed,
    name_of,
    until,
    why,
)
from tassei.text import Text

if TYPE_CHECKING:
    from tassei.cli.plan import Request

_WEIGHTS_SHOWN = 3
_LEVELS_SHOWN = 3
_NOTHING: Mapping[Text, Entry] = {}


def _new_in(entry: Entry, said: Mapping[Text, Entry]) -> Entry | None:
    """What an entry says that is not said already; None where it is nothing."""
    before = said.get(entry.head)
    if before is None:
        return entry
    items = tuple(i for i in entry.items if i not in before.items)
    return evolve(entry, items=items) if items else None


class PlanTeller:
    """Tells one person's plans in the language and width of the session."""

    def __init__(self, session: Session, request: "Request", everything: Standards) -> None:
        self.session = session
        self.request = request
        self.standards = everything
        self.say = session.say
        self.width = session.width
        self.names = Names.of(r.rule for r in request.judge.rungs)

    def head(self) -> str:
        person, month = self.request.evidence.person, self.request.as_of
        name = person.id if person.name == person.id else f"{person.name} ({person.id})"
        said = [name, self.say(Text(f"{month.label.ja}時点", f"as of {month}"))]
        limits = self.limits()
        if limits.en:
            said.append(self.say(limits))
        return " · ".join(said)

    def limits(self) -> Text:
        limits = self.request.limits
        names = []
        if not limits.work:
            names.append("work")
        elif not limits.new_work:
            names.append("new_work")
        return limits_text(names, self.request.by)

    def wording(self, rung: Rung, evidence: Evidence | None = None) -> Wording:
        names = Names.of([rung.rule]).of_field(rung)
        return Wording(names, evidence or self.request.evidence)

    # --- one level

    def plan(
        self,
        rung: Rung,
        plan: Plan | None,
        earliest: Any,
        alternatives: Iterable[Any],
        conflict: Any,
    ) -> Iterator[str]:
        yield self.head()
        name = name_of(rung)
        if plan is None:
            yield self.line(
                "",
                Text(
                    f"{name.ja}: 満たす方法がありません", f"{name.en}: there is no way to meet it"
                ),
            )
            yield ""
            if conflict is not None:
                yield from self.conflict(rung, conflict)
            return
        if not plan.additions:
            yield self.line(
                "", Text(f"{name.ja}: すでに満たしています", f"{name.en}: it is met already")
            )
            return
        first, when = count_text(plan), until(plan)
        yield self.line(
            "", Text(f"{name.ja}: {first.ja}。{when.ja}", f"{name.en}: {first.en}; {when.en}")
        )
        yield ""
        yield from self.section(Text("最も労力の少ない計画", "The least effort"), rung, plan)
        if earliest is not None and earliest.clauses:
            soonest = earliest.plan
            reason = why(earliest, self.wording(rung).names)
            if soonest.months < plan.months:
                yield from self.section(Text("最も早い計画", "The earliest"), rung, soonest)
            yield self.line("  ", reason)
            yield ""
        for number, other in enumerate(alternatives, start=2):
            differs = DIFFERS[other.differs]
            title = Text(f"計画{number}（{differs.ja}）", f"Plan {number}, {differs.en}")
            yield from self.section(title, rung, other.plan, beside=plan)

    def section(
        self, title: Text, rung: Rung, plan: Plan, beside: Plan | None = None
    ) -> Iterator[str]:
        """One plan; beside another, what that one has too is not said again."""
        cost, when = days(plan.cost), plan.by.label
        by = Text("今月", "this month") if not plan.months else when
        yield self.line(
            "  ", Text(f"{title.ja}: {cost.ja}、{by.ja}", f"{title.en}: {cost.en}, {by.en}")
        )
        wording = self.wording(rung, plan.evidence)
        said = (
            {e.head: e for e in wording.entries(beside.additions, beside.as_of)} if beside else {}
        )
        yield from self.additions(wording, plan, "    ", said)
        yield ""

    def additions(
        self, wording: Wording, plan: Plan, indent: str, said: Mapping[Text, Entry] = _NOTHING
    ) -> Iterator[str]:
        left_out = False
        for label, part in ((FACTS, plan.facts), (WORK, plan.work)):
            entries = [(e, _new_in(e, said)) for e in wording.entries(part, plan.as_of)]
            left_out = left_out or any(new != e for e, new in entries)
            shown = [new for _, new in entries if new is not None]
            if shown:
                yield indent + self.say(label)
                yield from self.entries(shown, indent)
        if left_out:
            yield self.line(indent, Text(
                "ほかは、最も労力の少ない計画と同じ", "all else as in the plan of least effort"
            ))  # fmt: skip

    def entries(self, entries: Iterable[Entry], indent: str) -> Iterator[str]:
        for entry in entries:
            if len(entry.items) == 1:
                joined = Text(
                    f"{entry.head.ja}: {entry.items[0].ja}", f"{entry.head.en}: {entry.items[0].en}"
                )
                yield self.line(
                    indent + "・" if self.session.lang == "ja" else indent + "- ", joined
                )
                continue
            yield self.line(
                indent + "・" if self.session.lang == "ja" else indent + "- ", entry.head
            )
            for item in entry.items:
                yield self.line(indent + "    ", item)

    def conflict(self, rung: Rung, conflict: Any) -> Iterator[str]:
        limits = self.limits()
        within = (
            Text(f"（制約: {limits.ja}）", f" (within the limits: {limits.en})")
            if limits.en
            else Text("", "")
        )
        yield self.line("  ", Text(
            f"次の条項と記録は両立しません{within.ja}。どれか一つが違えば、残りは両立します。",
            f"These clauses and facts cannot hold together{within.en}. Without any one of them, the others could.",
        ))  # fmt: skip
        for entry in self.wording(rung).conflict(conflict):
            yield self.line("  ・" if self.session.lang == "ja" else "  - ", entry.head)
            for item in entry.items:
                yield self.line("      ", item)
        yield ""

    # --- all fields

    def next_levels(self, rungs: list[Rung]) -> Iterator[str]:
        request = self.request
        yield self.head()
        yield ""
        plans = [
            (r, request.planner.cheapest(request.evidence, request.as_of, r, request.limits))
            for r in rungs
        ]
        plans.sort(key=lambda p: (p[1] is None, p[1].cost if p[1] else 0))
        for rung, plan in plans:
            name = name_of(rung)
            if plan is None:
                yield self.line(
                    "  ",
                    Text(
                        f"{name.ja}: この制約では満たせません",
                        f"{name.en}: not within these limits",
                    ),
                )
                continue
            cost, first, when = days(plan.cost), count_text(plan), until(plan)
            yield self.line("  ", Text(
                f"{name.ja}: {cost.ja}（{first.ja}）。{when.ja}",
                f"{name.en}: {cost.en} ({first.en}); {when.en}",
            ))  # fmt: skip
            if plan is plans[0][1]:
                yield from self.additions(self.wording(rung), plan, "    ")
                yield ""
        yield from self.weights()

    def weights(self) -> Iterator[str]:
        request = self.request
        wording = Wording(self.names, request.evidence)
        as_of, costs = request.as_of, request.planner.costs
        facts = facts_by_weight(request.judge, costs, request.evidence, as_of)
        if facts:
            yield ""
            yield "  " + self.say(
                Text(
                    "最も多くの判定を決める未記録の事実",
                    "The facts not recorded that decide most verdicts",
                )
            )
        for weight in islice(facts, _WEIGHTS_SHOWN):
            entry = self.told(wording, weight.fact)
            shown = self.levels(weight.met or weight.not_met)
            decides = Text(
                f"判定{weight.decides}件を左右",
                f"{weight.decides} {'verdict' if weight.decides == 1 else 'verdicts'}",
            )
            yield self.line(
                "  - ",
                Text(
                    f"{entry.ja} — {decides.ja}: {shown.ja}",
                    f"{entry.en} — {decides.en}: {shown.en}",
                ),
            )
        steps = [s for s in single_additions(request.judge, costs, request.evidence, as_of)
                 if s.addition.nature == "fact" or request.limits.work]  # fmt: skip
        if steps:
            yield ""
            yield "  " + self.say(
                Text(
                    "それだけで最も多くのレベルを満たすもの",
                    "The single additions that meet most levels",
                )
            )
        for step in islice(steps, _WEIGHTS_SHOWN):
            entry, cost = self.told(wording, step.addition), days(step.addition.cost)
            shown = self.levels(step.met)
            yield self.line(
                "  - ",
                Text(f"{entry.ja}（{cost.ja}）: {shown.ja}", f"{entry.en} ({cost.en}): {shown.en}"),
            )
        yield ""

    def told(self, wording: Wording, addition: Addition) -> Text:
        [entry] = wording.entries([addition], self.request.as_of)
        items = listed(entry.items)
        return (
            Text(f"{entry.head.ja}: {items.ja}", f"{entry.head.en}: {items.en}")
            if entry.items
            else entry.head
        )

    def levels(self, rungs: Iterable[Rung]) -> Text:
        rungs = list(rungs)
        shown = listed(map(name_of, rungs[:_LEVELS_SHOWN]))
        more = len(rungs) - _LEVELS_SHOWN
        if more <= 0:
            return shown
        return Text(f"{shown.ja} ほか{more}件", f"{shown.en} and {more} more")

    # --- views

    def path(self, rung: Rung, journey: Journey | None) -> Iterator[str]:
        yield self.head()
        name = name_of(rung)
        if journey is None:
            yield self.line(
                "",
                Text(
                    f"{name.ja}: この制約ではたどり着けません",
                    f"{name.en}: it cannot be reached within these limits",
                ),
            )
            return
        if not journey.steps:
            yield self.line(
                "", Text(f"{name.ja}: すでに満たしています", f"{name.en}: it is met already")
            )
            return
        cost, last = days(journey.cost), journey.steps[-1].by.label
        yield self.line(
            "",
            Text(
                f"{name.ja}まで: 合わせて{cost.ja}、{last.ja}",
                f"To {name.en}: {cost.en} in all, {last.en}",
            ),
        )
        yield ""
        start = journey.steps[0].as_of.number
        span = max(journey.steps[-1].by.number - start, 1)
        for step in journey.steps:
            yield self.timeline(step, start, span)
        yield ""
        for step in journey.steps:
            yield from self.section(name_of(step.rung), step.rung, step)

    def timeline(self, step: Plan, start: int, span: int) -> str:
        room = 44
        begin = round((step.as_of.number - start) * room / span)
        end = max(round((step.by.number - start) * room / span), begin)
        bar = " " * begin + "━" * (end - begin) + "●"
        level = self.say(Text(f"レベル{step.rung.level}", f"level {step.rung.level}"))
        return f"  {level}  {bar.ljust(room + 1)}  {step.by}"

    def map_title(self, edition: str) -> str:
        found = self.standards.edition(edition)
        return f"{self.say(found.category.name)} · {found.label} — {self.head()}"

    def map(self, cells: list[Any]) -> Iterator[str]:
        from tassei.reporting.layout import pad

        yield self.head()
        yield self.say(
            Text(
                "各レベルまでの労力（日）と、早くて満たせる月",
                "days of effort to each level, and the earliest month of that plan",
            )
        )
        yield ""
        by_field: dict[str, dict[int, Any]] = {}
        for cell in cells:
            by_field.setdefault(cell.rung.field_id, {})[cell.rung.level] = cell
        levels = sorted({c.rung.level for c in cells}, reverse=True)
        edition = cells[0].rung.edition
        wide = 16
        columns = max((self.width - 12) // wide, 1)
        fields = list(by_field)
        for start in range(0, len(fields), columns):
            shown = fields[start : start + columns]
            names = []
            for f in shown:
                found = edition.field(f)
                names.append(self.say(found.name) if found else f)
            from tassei.reporting.layout import wrap

            heads = [wrap(n, wide - 2) for n in names]
            for row in range(max(map(len, heads))):
                yield (
                    "  "
                    + " " * 9
                    + "".join(pad(h[row] if row < len(h) else "", wide) for h in heads)
                )
            for level in levels:
                label = self.say(Text(f"レベル{level}", f"level {level}"))
                cells_of = [by_field[f].get(level) for f in shown]
                yield "  " + pad(label, 9) + "".join(pad(self.cell(c), wide) for c in cells_of)
            yield ""

    def cell(self, cell: Any) -> str:
        if cell is None:
            return "·"
        if cell.verdict is Verdict.MET:
            return "✓"
        if cell.plan is None:
            return "—"
        return f"{cell.plan.cost:,} {cell.plan.by}"

    def carried(self, found: list[Carried]) -> Iterator[str]:
        yield self.head()
        label = found[0].edition.label
        yield self.say(Text(
            f"{label} で、この記録がそのまま満たすレベルと、事実の確認だけで届くレベル",
            f"In {label}: the level that the record meets as it is, and the one that facts alone would reach",
        ))  # fmt: skip
        yield ""
        for one in found:
            field = one.edition.field(one.field_id)
            name = field.name if field else Text(one.field_id, one.field_id)
            now = (
                Text(f"レベル{one.level}", f"level {one.level}")
                if one.level
                else Text("レベルなし", "no level")
            )
            if one.plan is None:
                more = Text("事実の確認だけではこれより上に届かない", "facts alone reach no higher")
                yield self.line(
                    "  ", Text(f"{name.ja}: {now.ja}。{more.ja}", f"{name.en}: {now.en}; {more.en}")
                )
                continue
            cost, level = days(one.plan.cost), one.plan.rung.level
            yield self.line("  ", Text(
                f"{name.ja}: {now.ja}。事実の確認（{cost.ja}）でレベル{level}",
                f"{name.en}: {now.en}; level {level} by facts alone ({cost.en})",
            ))  # fmt: skip
            wording = self.wording(one.plan.rung)
            told = wording.entries(one.plan.additions, one.plan.as_of)
            yield from self.entries(told, "    ")
        yield ""

    def line(self, head: str, text: Text) -> str:
        return hanging(head, self.say(text), self.width)
