"""`tassei plan`: the shortest way to a level, and what lies around it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import click
from attrs import evolve, frozen

from tassei.cli.context import Session, write_file
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    format_option,
    lang_option,
    month_given,
    out_option,
    reading_option,
)
from tassei.encoding.compiled import standards
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.framework.readings import Readings
from tassei.judging.judge import Judge, Rung, editions_for, known_of
from tassei.judging.verdict import Verdict
from tassei.planning.costs import Costs, default_costs, read_costs
from tassei.planning.journeys import Carried, career_map, carry, path_to
from tassei.planning.journeys import Path as Journey
from tassei.planning.options import Limits
from tassei.planning.plan import Addition, Plan
from tassei.planning.planner import Planner
from tassei.planning.program import solver
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
from tassei.reporting.plans_json import Desk as JsonDesk
from tassei.text import Lang, Text

_WEIGHTS_SHOWN = 3
_LEVELS_SHOWN = 3
_NOTHING: Mapping[Text, Entry] = {}


def command(lang: Lang) -> click.Command:
    def flag(name: str, parameter: str, ja: str, en: str) -> click.Option:
        return click.Option([name, parameter], is_flag=True, help=Text(ja, en)[lang])

    def value(name: str, parameter: str, metavar: str, ja: str, en: str) -> click.Option:
        return click.Option([name, parameter], metavar=metavar, help=Text(ja, en)[lang])

    return click.Command(
        "plan",
        callback=click.pass_obj(run),
        params=[
            click.Argument(
                ["evidence"], type=click.Path(path_type=Path), metavar="EVIDENCE"
            ),
            value("--to", "target", "[EDITION/]FIELD/LEVEL",
                  "目指すレベル（既定は各専門分野の次のレベル）",
                  "the level to reach (default: the next one in every field)"),
            flag("--path", "by_path", "途中のレベルを順に経て目指す道筋を示す",
                 "show the path through the levels in between"),
            value("--map", "mapped", "EDITION", "版の全レベルまでの労力を示す（キャリアマップ）",
                  "show the effort to every level of an edition (career map)"),
            value("--carry", "carried", "EDITION", "記録が別の版でどこまで通用するかを示す",
                  "show what the record is worth in another edition"),
            click.Option(["--alternatives"], type=click.IntRange(0, 20), default=3, show_default=True,
                         help=Text("ほかに示す計画の数", "how many other plans to show")[lang]),
            flag("--facts-only", "facts_only", "過去の事実の確認だけで考える", "establish facts about the past, and do nothing new"),
            flag("--no-new-work", "no_new_work", "新しい業務を始めない", "begin no new engagement"),
            value("--by", "by", "YYYY-MM", "この月までに満たす", "the level must be met by this month"),
            click.Option(["--costs"], type=click.Path(path_type=Path), metavar="FILE",
                         help=Text("労力の見積もり（既定は同梱のもの）", "a cost model of your own (default: the one that ships)")[lang]),
            click.Option(["--applied"], type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                         help=Text("最も労力の少ない計画を終えた後の記録を書き出す", "write the evidence as it would be after the cheapest plan")[lang]),
            click.Option(["--picture"], type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                         help=Text("--map の図を書き出す（.png、.svg）", "write the picture of --map (.png, .svg)")[lang]),
            as_of_option(lang),
            reading_option(lang),
            format_option(lang),
            out_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "レベルを満たすために足りないものを、最も労力の少ない形で示します。最少であることは証明されます。",
            "Show the least that has to be added for a level to be met, proved to be least.",
        )[lang],
    )  # fmt: skip


@frozen
class Request:
    """What is asked for about one person.

    Args:
        by: the month by which a level must be met; None for any time.
    """

    evidence: Evidence
    as_of: Month
    readings: Readings
    planner: Planner
    limits: Limits
    by: Month | None
    alternatives: int

    @property
    def judge(self) -> Judge:
        return self.planner.judge


def run(
    session: Session,
    evidence: Path,
    target: str | None,
    by_path: bool,
    mapped: str | None,
    carried: str | None,
    alternatives: int,
    facts_only: bool,
    no_new_work: bool,
    by: str | None,
    costs: Path | None,
    applied: Path | None,
    picture: Path | None,
    as_of: str | None,
    readings: tuple[str, ...],
    output: str,
    out: Path | None,
) -> int:
    solver()  # what is not installed is said before anything is read
    everything = standards()
    month = chosen_month(as_of)
    known = known_of(everything)
    deadline = month_given(by, "--by") if by else None
    limits = Limits(
        work=not facts_only,
        new_work=not (facts_only or no_new_work),
        months=None if deadline is None else max(deadline.number - month.number, 0),
    )
    model = _costs(everything, costs)
    chosen = everything.readings_with(chosen_readings(readings))
    lines: list[str] = []
    values: list[dict[str, Any]] = []
    for record in read_evidence(evidence, known, month):
        person = record.evidence
        goal = None if target is None else level_of(everything, target, person)
        other = mapped or carried
        editions = set(editions_for(person) or [e.id for e in everything.editions])
        editions |= {everything.edition(other).id} if other else set()
        editions |= {goal[0]} if goal else set()
        judge = Judge(everything, chosen, sorted(editions))
        request = Request(
            person, month, chosen, Planner(judge, model), limits, deadline, alternatives
        )
        teller = _Teller(session, request, everything)
        json_desk = JsonDesk(request.planner, person, month, session.json_lang, limits, deadline)
        rung = judge.rung(*goal) if goal else None
        if mapped is not None:
            cells = list(
                career_map(request.planner, person, month, everything.edition(mapped), limits)
            )
            values.append(json_desk.map(cells, mapped))
            lines += teller.map(cells)
            if picture is not None:
                write_file(picture, _drawn(session, teller.map_title(mapped), cells, picture))
        elif carried is not None:
            found = list(carry(request.planner, person, month, everything.edition(carried)))
            values.append(json_desk.carried(found, carried))
            lines += teller.carried(found)
        elif rung is None:
            values.append(json_desk.next_levels(next_rungs(judge, person, month)))
            if output == "text":
                lines += teller.next_levels(next_rungs(judge, person, month))
        elif by_path:
            journey = path_to(request.planner, person, month, rung, limits)
            values.append(json_desk.path(rung, journey))
            lines += teller.path(rung, journey)
        else:
            answer = json_desk.plan(rung, alternatives)
            values.append(answer.value)
            lines += teller.plan(
                rung, answer.plan, answer.earliest, answer.alternatives, answer.conflict
            )
            if applied is not None and answer.plan is not None:
                write_file(applied, json_desk.applied(answer.plan))
    if output == "json":
        import json

        text = "".join(
            json.dumps(v, ensure_ascii=False, separators=(",", ":")) + "\n" for v in values
        )
        if out is None:
            click.echo(text, nl=False)
        else:
            write_file(out, text.encode())
    elif out is None:
        session.print(*lines)
    else:
        write_file(out, ("\n".join(lines) + "\n").encode())
    return 0


def _costs(everything: Standards, path: Path | None) -> Costs:
    if path is None:
        return default_costs()
    kinds = frozenset(t.id for e in everything.editions for t in e.terms.succession)
    return read_costs(path, everything.vocabulary, kinds)


def level_of(everything: Standards, path: str, evidence: Evidence) -> tuple[str, str, int]:
    """Take `[EDITION/]FIELD/LEVEL` apart; without the edition, it is the one of the evidence.

    Raises:
        RequestError: it names nothing, or more than one edition of the evidence has the field.
    """
    if any(path == e.id or path.startswith(e.id + "/") for e in everything.editions):
        return everything.level(path)
    own = evidence.written_for or tuple(e.id for e in everything.editions)
    field = path.split("/")[0]
    having = [e for e in own if everything.edition(e).field(field) is not None]
    if len(having) == 1:
        return everything.level(f"{having[0]}/{path}")
    if not having:
        return everything.level(path)
    paths = [f"{e}/{path}" for e in having]
    raise RequestError(
        [
            Fault(
                "several-editions",
                Text(
                    f"「{path}」は記録の対象とする版のうち{len(having)}つにあります",
                    f'"{path}" is in {len(having)} of the editions that the evidence is written for',
                ),
                Text(
                    f"いずれかを指定してください: {'、'.join(paths)}",
                    f"use one of: {', '.join(paths)}",
                ),
            )
        ]
    )


def next_rungs(judge: Judge, evidence: Evidence, as_of: Month) -> list[Rung]:
    """The lowest level above the one that is met, of every field of the evidence's editions."""
    found = []
    for standing in judge.standings(evidence, as_of):
        level = standing.next_level
        if level is not None:
            found.append(judge.rung(standing.edition.id, standing.field_id, level))
    return found


def _drawn(session: Session, title: str, cells: list[Any], path: Path) -> bytes:
    from tassei.cli.fonts import font_folders
    from tassei.reporting.career_map import map_picture

    form = path.suffix.lower().removeprefix(".")
    if form not in ("png", "svg"):
        raise RequestError(
            [
                Fault(
                    "unknown-picture",
                    Text(
                        f"図の形式「{path.suffix}」には書き出せません",
                        f'a picture cannot be written as "{path.suffix}"',
                    ),
                    Text(
                        "名前の終わりを .png か .svg にしてください", "end the name in .png or .svg"
                    ),
                    file=str(path),
                )
            ]
        )
    return map_picture(cells, title, session.lang, form, font_folders())


def _new_in(entry: Entry, said: Mapping[Text, Entry]) -> Entry | None:
    """What an entry says that is not said already; None where it is nothing."""
    before = said.get(entry.head)
    if before is None:
        return entry
    items = tuple(i for i in entry.items if i not in before.items)
    return evolve(entry, items=items) if items else None


class _Teller:
    """Tells one person's plans in the language and width of the session."""

    def __init__(self, session: Session, request: Request, everything: Standards) -> None:
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
