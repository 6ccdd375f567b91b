"""`tassei staff`: who takes which assignment, and what hangs on one person alone."""

import json
from pathlib import Path
from typing import Any

import click

from tassei.cli.context import Session, write_file
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    format_option,
    lang_option,
    out_option,
    reading_option,
    standards_option,
)
from tassei.errors import Fault, RequestError
from tassei.evidence.model import Evidence
from tassei.evidence.read import read_evidence
from tassei.judging.judge import Judge, known_of
from tassei.planning.program import solver
from tassei.planning.staffing import Desk, editions_of, read_assignments
from tassei.reporting.plans import name_of
from tassei.reporting.staffing import staffing_json, staffing_lines
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "staff",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["assignments"], type=click.Path(path_type=Path), metavar="ASSIGNMENTS"),
            click.Argument(
                ["evidence"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar="EVIDENCE...",
            ),
            click.Option(
                ["--leaves"],
                multiple=True,
                metavar="PERSON",
                help=Text(
                    "この人が抜けるものとして考える。何度でも指定できる",
                    "as if this person had left; may be repeated",
                )[lang],
            ),
            as_of_option(lang),
            reading_option(lang),
            format_option(lang),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "募集中の業務を誰が担えば、最も多くの人が次のレベルに届くか（または目標の人数が最も早く揃うか）を求めます。",
            "Choose who takes which open assignment, so that most people reach a higher level, or targets are filled first.",
        )[lang],
    )


def run(
    session: Session,
    assignments: Path,
    evidence: tuple[Path, ...],
    leaves: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
    output: str,
    out: Path | None,
    workspace: Path | None,
) -> int:
    solver()  # what is not installed is said before anything is read
    everything = chosen_standards(workspace)
    month = chosen_month(as_of)
    known = known_of(everything)
    work, targets = read_assignments(assignments, everything, known, month)
    people = [r.evidence for path in evidence for r in read_evidence(path, known, month)]
    _check(people, leaves)
    chosen = everything.readings_with(chosen_readings(readings))
    editions = editions_of(work, targets, known)
    judge = Judge(everything, chosen, editions or None)
    desk = Desk(judge, month)
    staying = [p for p in people if p.person.id not in leaves]
    answer = desk.staff(staying, work, targets)
    alone = desk.single_points(people, leaves)
    if output == "json":
        value: dict[str, Any] = staffing_json(answer, alone, leaves, dict(chosen))
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    else:
        names = {t: name_of(judge.rung(t.edition, t.field_id, t.level)) for t in targets}
        gone = [p.person for p in people if p.person.id in leaves]
        lines = staffing_lines(answer, alone, gone, work, names, session.lang, session.width)
        text = "\n".join(lines)
        text += "\n"
    if out is not None:
        write_file(out, text.encode())
    elif output == "json":
        click.echo(text, nl=False)
    else:
        session.print(text.rstrip("\n"))
    return 0


def _check(people: list[Evidence], leaves: tuple[str, ...]) -> None:
    """Everyone has one record, and those who leave have one."""
    ids = [p.person.id for p in people]
    for doubled in sorted({i for i in ids if ids.count(i) > 1}):
        raise RequestError(
            [
                Fault(
                    "doubled-record",
                    Text(
                        f"「{doubled}」の記録が2つあります", f'there are two records of "{doubled}"'
                    ),
                    Text("一人につき一つにしてください", "give one record for each person"),
                )
            ]
        )
    for name in leaves:
        if name not in ids:
            raise RequestError(
                [
                    Fault(
                        "unknown-person",
                        Text(f"「{name}」の記録がありません", f'there is no record of "{name}"'),
                        Text(
                            "記録のある人のidを指定してください",
                            "name the id of a person whose record is given",
                        ),
                    )
                ]
            )
