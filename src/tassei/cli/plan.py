"""`tassei plan`: the shortest way to a level, and what lies around it."""

from pathlib import Path
from typing import Any

import click
from attrs import frozen

from tassei.cli.context import Session, write_file
from tassei.cli.lazy import needs
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
from tassei.cli.plan_told import PlanTeller
from tassei.encoding.compiled import standards
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import read_evidence
from tassei.framework.readings import Readings
from tassei.judging.judge import Judge, Rung, editions_for, known_of
from tassei.planning.costs import Costs, default_costs, read_costs
from tassei.planning.journeys import career_map, carry, path_to
from tassei.planning.options import Limits
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
        teller = PlanTeller(session, request, everything)
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
