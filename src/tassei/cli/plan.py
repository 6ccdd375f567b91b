"""`tassei plan`: the shortest way to a level, and what lies around it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from tassei.cli.context import Session, progress, write_file
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    format_option,
    lang_option,
    month_given,
    one_at_most,
    only_with,
    out_option,
    reading_option,
    standards_option,
)
from tassei.cli.plan_told import PlanTeller
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import LINES, read_evidence
from tassei.framework.readings import Readings
from tassei.judging.judge import Judge, Rung, editions_for, known_of
from tassei.planning.costs import Costs, default_costs, read_costs
from tassei.planning.journeys import Cell, career_map, carry, path_to
from tassei.planning.options import Limits
from tassei.planning.plan import Plan
from tassei.planning.planner import Planner
from tassei.planning.program import solver
from tassei.reporting.plans_json import Desk as JsonDesk
from tassei.text import Lang, Text


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
            value("--to", "target", "[EDITION/]FIELD/LEVEL", "目指すレベル", "the level to reach"),
            flag("--next", "next_", "各専門分野の次のレベルを目指す（既定）",
                 "the next level in every field (default)"),
            flag("--path", "by_path", "--to とともに: 途中のレベルを順に経て目指す道筋を示す",
                 "with --to: show the path through the levels in between"),
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
                         help=Text("--to とともに: 最も労力の少ない計画を終えた後の記録を書き出す", "with --to: write the evidence as it would be after the cheapest plan")[lang]),
            click.Option(["--picture"], type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                         help=Text("--map とともに: 図を書き出す（.png、.svg）", "with --map: write the picture (.png, .svg)")[lang]),
            as_of_option(lang),
            reading_option(lang),
            format_option(lang),
            out_option(lang),
            standards_option(lang),
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


@frozen
class View:
    """What is asked about each person: one of these, or the next level of every field."""

    target: str | None
    by_path: bool
    mapped: str | None
    carried: str | None

    @property
    def other_edition(self) -> str | None:
        """An edition that is asked about, whatever the evidence is written for."""
        return self.mapped or self.carried


@frozen
class Answer:
    """What is said about one person; made in the form that is asked for, and in no other.

    Args:
        plan: the one whose evidence `--applied` writes.
        cells: of the map that `--picture` draws.
    """

    value: Callable[[], dict[str, Any]]
    lines: Callable[[], Iterable[str]]
    plan: Plan | None = None
    cells: Sequence[Cell] = ()


def run(
    session: Session,
    evidence: Path,
    target: str | None,
    next_: bool,
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
    workspace: Path | None,
) -> int:
    one_at_most({"--to": target, "--next": next_, "--map": mapped, "--carry": carried})
    only_with("--to", target, {"--path": by_path, "--applied": applied})
    only_with("--map", mapped, {"--picture": picture})
    solver()  # what is not installed is said before anything is read
    everything = chosen_standards(workspace)
    month = chosen_month(as_of)
    known = known_of(everything)
    deadline = None if by is None else _deadline(by, month)
    limits = Limits(
        work=not facts_only,
        new_work=not (facts_only or no_new_work),
        months=None if deadline is None else deadline.number - month.number,
    )
    model = _costs(everything, costs)
    chosen = everything.readings_with(chosen_readings(readings))
    view = View(target, by_path, mapped, carried)
    written: list[str] = []
    after: list[bytes] = []
    people = list(read_evidence(evidence, known, month))
    _one_person(len(people), evidence, {"--picture": picture, "--applied": applied})
    for record in progress(people, "planning", len(people)) if len(people) > 1 else people:
        person = record.evidence
        goal = None if target is None else level_of(everything, target, person)
        judge = Judge(everything, chosen, _editions(everything, person, view, goal))
        request = Request(
            person, month, chosen, Planner(judge, model), limits, deadline, alternatives
        )
        desk = JsonDesk(request.planner, person, month, session.json_lang, limits, deadline)
        teller = PlanTeller(session, request, everything)
        answer = _answer(view, request, teller, desk, goal)
        if output == "json":
            value = answer.value()
            written.append(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        else:
            written += answer.lines()
        if answer.plan is not None:
            after.append(desk.applied(answer.plan, in_one_line=len(people) > 1))
        if picture is not None and mapped is not None:
            title = teller.map_title(mapped)
            write_file(picture, _drawn(session, title, answer.cells, picture))
    if applied is not None and after:
        write_file(applied, b"".join(after))
    if out is not None:
        write_file(out, ("\n".join(written) + "\n").encode())
    elif output == "json":
        click.echo("\n".join(written))
    else:
        session.print(*written)
    return 0


def _editions(
    everything: Standards, person: Evidence, view: View, goal: tuple[str, str, int] | None
) -> list[str]:
    """Ids of the editions that matter for one person."""
    found = set(editions_for(person) or [e.id for e in everything.editions])
    found |= {everything.edition(view.other_edition).id} if view.other_edition else set()
    found |= {goal[0]} if goal else set()
    return sorted(found)


def _answer(
    view: View,
    request: Request,
    teller: PlanTeller,
    desk: JsonDesk,
    goal: tuple[str, str, int] | None,
) -> Answer:
    planner, person, month = request.planner, request.evidence, request.as_of
    everything = request.judge.standards
    if view.mapped is not None:
        mapped, edition = view.mapped, everything.edition(view.mapped)
        cells = list(career_map(planner, person, month, edition, request.limits))
        return Answer(lambda: desk.map(cells, mapped), lambda: teller.map(cells), None, cells)
    if view.carried is not None:
        carried = view.carried
        found = list(carry(planner, person, month, everything.edition(carried)))
        return Answer(lambda: desk.carried(found, carried), lambda: teller.carried(found))
    if goal is None:
        rungs = next_rungs(request.judge, person, month)
        return Answer(lambda: desk.next_levels(rungs), lambda: teller.next_levels(rungs))
    rung = request.judge.rung(*goal)
    if view.by_path:
        journey = path_to(planner, person, month, rung, request.limits)
        return Answer(
            lambda: desk.path(rung, journey),
            lambda: teller.path(rung, journey),
            journey.steps[-1] if journey and journey.steps else None,
        )
    plans = desk.plan(rung, request.alternatives)
    return Answer(lambda: plans.value, lambda: teller.plan(rung, plans), plans.plan)


def _deadline(written: str, as_of: Month) -> Month:
    """The last month in which a level may be met.

    Raises:
        RequestError: it is no month, or before that of the evidence.
    """
    deadline = month_given(written, "--by")
    if deadline < as_of:
        raise RequestError(
            [
                Fault(
                    "deadline-passed",
                    Text(
                        f"--by の{deadline.label.ja}は、基準月の{as_of.label.ja}より前です",
                        f"--by is {deadline}, which is before {as_of}, the month of the plan",
                    ),
                    Text(
                        f"{as_of} 以降の月を指定するか、--as-of を改めてください",
                        f"name {as_of} or a later month, or change --as-of",
                    ),
                )
            ]
        )
    return deadline


def _one_person(count: int, path: Path, files: Mapping[str, Path | None]) -> None:
    """A picture, and evidence that is not in JSON Lines, is that of one person."""
    for option, file in files.items():
        if count <= 1 or file is None or (option == "--applied" and file.suffix in LINES):
            continue
        raise RequestError(
            [
                Fault(
                    "one-person-expected",
                    Text(
                        f"{option} に書き出せるのは一人分ですが、記録は{count}人分あります",
                        f"{option} writes a file about one person, but there are {count} records",
                    ),
                    Text(
                        "一人分の記録を指定してください（--applied は .jsonl なら何人分でも書き出せます）",
                        "give the record of one person (--applied takes many if its file ends in .jsonl)",
                    ),
                    file=str(path),
                )
            ]
        )


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


def _drawn(session: Session, title: str, cells: Sequence[Cell], path: Path) -> bytes:
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
    needs("charts", "altair", "vl_convert", "noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
    return map_picture(cells, title, session.lang, form)
