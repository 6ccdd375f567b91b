"""`tassei population judge`: everybody against every level, into a table of verdicts."""

from pathlib import Path

import click

from tassei.cli.context import Session, progress
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    lang_option,
    reading_option,
)
from tassei.cli.population.options import EXTRA, edition_option, population_argument
from tassei.encoding.compiled import standards
from tassei.judging.judge import Judge
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "judge",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            click.Option(
                ["--out"], required=True, type=click.Path(path_type=Path), metavar="VERDICTS",
                help=Text("書き出す判定の表（Parquet）", "table of verdicts to write (Parquet)")[lang],
            ),
            edition_option(lang),
            as_of_option(lang),
            reading_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "人材データの全員を判定し、専門分野ごとに確実に満たす最高レベルと満たしうる最高レベルを表に書き出します。",
            "Judge everybody in a population: for each field the highest level that is surely met and the highest that is possible.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    out: Path,
    editions: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba")
    from tassei.population.blocks import Population
    from tassei.population.workforce import Workforce
    from tassei.population.writing import parquet_file

    everything = standards()
    month = chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    workforce = Workforce(Judge(everything, chosen, editions or None))
    population = Population(folder, everything.vocabulary)
    doing = session.say(Text("判定中", "judging"))
    batches = workforce.judge_all(population, month)
    people = 0
    with parquet_file(out, workforce.described(month)) as write:
        for batch in progress(batches, doing, len(population), len):
            write(batch)
            people += len(batch)
    levels, fields = len(workforce.rungs), len(workforce.fields)
    session.note(
        session.say(
            Text(
                f"{out} に書きました: {people:,}人、{fields}の専門分野、{levels}のレベル（{month.label.ja}時点）",
                f"wrote {out}: {people:,} {'person' if people == 1 else 'people'}, {fields} specialty fields, {levels} levels, as of {month}",
            )
        )
    )
