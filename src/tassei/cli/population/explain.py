"""`tassei population explain`: one person of a population, as `tassei judge` tells it."""

from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.judge import Desk, tell
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    format_option,
    lang_option,
    reading_option,
    standards_option,
)
from tassei.cli.population.options import EXTRA, population_argument
from tassei.errors import Fault, RequestError
from tassei.evidence.read import Record
from tassei.reporting.judgements import Writer
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "explain",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            click.Argument(["person"]),
            click.Option(
                ["--level", "path"], metavar="EDITION/FIELD/LEVEL",
                help=Text("根拠を示すレベル（既定は次に満たすべきレベル）", "the level whose proof is shown (default: the next one up)")[lang],
            ),
            click.Option(
                ["--full"], is_flag=True,
                help=Text("満たした条項も開いて示す", "unfold clauses that are met, too")[lang],
            ),
            as_of_option(lang),
            reading_option(lang),
            format_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "人材データの1人について、tassei judge と同じ判定と根拠を示します。",
            "Show the verdicts of one person of a population with their proof, as `tassei judge` does.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    person: str,
    path: str | None,
    full: bool,
    as_of: str | None,
    readings: tuple[str, ...],
    output: str,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow")
    from tassei.population.pack import person_of

    everything = chosen_standards(workspace)
    month = chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    asked = everything.level(path) if path else None
    evidence = person_of(folder, person, everything.vocabulary)
    if evidence is None:
        raise _nobody(folder, person)
    desk = Desk(everything, chosen, month)
    record = Record(evidence, (), ())
    if output == "json":
        judge = desk.judge_for(record, *([asked[0]] if asked else []))
        writer = Writer(judge, session.json_lang)
        for judgement in judge.judge_all(evidence, month):
            rung = judgement.rung
            if asked is None or asked == (rung.edition.id, rung.field_id, rung.level):
                click.echo(writer.line(judgement))
        return
    session.print(*tell(session, desk, record, asked, full))


def _nobody(folder: Path, person: str) -> RequestError:
    return RequestError(
        [
            Fault(
                "no-such-person",
                Text(f"「{person}」という人はいません", f'there is no person "{person}"'),
                Text(
                    "IDを確かめてください（tassei population people で一覧できます）",
                    "check the id (`tassei population people` lists them)",
                ),
                file=str(folder),
            )
        ]
    )
