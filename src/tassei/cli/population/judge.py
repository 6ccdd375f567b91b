"""`tassei population judge`: everybody against every level, into a table of verdicts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tassei.cli.context import Session, progress, progress_told
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    lang_option,
    reading_option,
    standards_option,
)
from tassei.cli.population.options import EXTRA, edition_option
from tassei.errors import Fault, RequestError
from tassei.evidence.months import Month
from tassei.judging.judge import Judge
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.population.workforce import Workforce


def command(lang: Lang) -> click.Command:
    return click.Command(
        "judge",
        callback=click.pass_obj(run),
        params=[
            # as they are written: an engine may know them as URLs
            click.Argument(["folder"], metavar="POPULATION"),
            click.Option(
                ["--out"], required=True, metavar="VERDICTS",
                help=Text("書き出す判定の表（Parquet）", "table of verdicts to write (Parquet)")[lang],
            ),
            edition_option(lang),
            as_of_option(lang),
            reading_option(lang),
            click.Option(
                ["--engine"], type=click.Choice(["machine", "spark"]), default="machine", show_default=True,
                help=Text("判定する場所。このマシン、または Spark Connect で接続する実行基盤", "where people are judged: on this machine, or by an engine reached by Spark Connect")[lang],
            ),
            click.Option(
                ["--remote"], metavar="sc://HOST:PORT",
                help=Text("実行基盤のアドレス。人材データと書き出し先は、実行基盤から見たパスやURLになる", "address of the engine; the population and the verdicts are then paths or URLs as the engine knows them")[lang],
            ),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "人材データの全員を判定し、専門分野ごとに確実に満たす最高レベルと満たしうる最高レベルを表に書き出します。",
            "Judge everybody in a population: for each field the highest level that is surely met and the highest that is possible.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: str,
    out: str,
    editions: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
    engine: str,
    remote: str | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba")
    if (engine == "spark") is (remote is None):
        raise _half_an_engine(engine)
    if remote is not None and workspace is not None:
        raise RequestError([_NOT_THERE])
    from tassei.population.workforce import Workforce

    everything = chosen_standards(workspace)
    month = chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    workforce = Workforce(Judge(everything, chosen, editions or None))
    if remote is None:
        people = _on_this_machine(session, workforce, month, Path(folder), Path(out))
    else:
        people = _in_engine(session, workforce, month, remote, folder, out)
    levels, fields = len(workforce.rungs), len(workforce.fields)
    session.note(
        session.say(
            Text(
                f"{out} に書きました: {people:,}人、{fields}の専門分野、{levels}のレベル（{month.label.ja}時点）",
                f"wrote {out}: {people:,} {'person' if people == 1 else 'people'}, {fields} specialty fields, {levels} levels, as of {month}",
            )
        )
    )


_NOT_THERE = Fault(
    "standards-not-there",
    Text(
        "--standards の版は、--remote の実行基盤にはありません",
        "the editions of --standards are not where --remote judges",
    ),
    Text(
        "--standards か --remote のどちらかを外してください。実行基盤は、付属の版で判定します",
        "leave out --standards or --remote; an engine judges against the editions that ship",
    ),
)

_JUDGING = Text("判定中", "judging")


def _on_this_machine(
    session: Session, workforce: "Workforce", month: Month, folder: Path, out: Path
) -> int:
    from tassei.population.blocks import Population
    from tassei.population.writing import parquet_file

    population = Population(folder, workforce.judge.standards.vocabulary)
    batches = workforce.judge_all(population, month)
    people = 0
    with parquet_file(out, workforce.described(month)) as write:
        for batch in progress(batches, session.say(_JUDGING), len(population), len):
            write(batch)
            people += len(batch)
    return people


def _in_engine(
    session: Session, workforce: "Workforce", month: Month, remote: str, folder: str, out: str
) -> int:
    needs("spark", "pyspark", "grpc")
    from tassei.population.spark import judge_in_engine

    with progress_told(session.say(_JUDGING)) as told:
        return judge_in_engine(workforce, remote, folder, out, month, told)


def _half_an_engine(engine: str) -> RequestError:
    what = (
        Text("--engine spark に --remote がありません", "--engine spark lacks --remote")
        if engine == "spark"
        else Text(
            "--remote は --engine spark とともに使います", "--remote belongs to --engine spark"
        )
    )
    repair = Text(
        "例: --engine spark --remote sc://host:15002",
        "for example: --engine spark --remote sc://host:15002",
    )
    return RequestError([Fault("remote-needed", what, repair)])
