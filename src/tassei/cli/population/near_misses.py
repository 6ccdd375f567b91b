"""`tassei population near-misses`: who lacks one fact for the next level, and which fact helps most."""

from pathlib import Path

import click

from tassei.cli.context import Session, progress
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    lang_option,
    out_option,
    reading_option,
    standards_option,
)
from tassei.cli.population.options import (
    EXTRA,
    edition_option,
    field_option,
    form_option,
    population_argument,
    smallest_option,
    write_answer,
)
from tassei.judging.judge import Judge
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "near-misses",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            edition_option(lang),
            field_option(lang),
            as_of_option(lang),
            reading_option(lang),
            smallest_option(lang),
            form_option(lang),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "次のレベルに事実があと1つで届く人を数え、どの事実が多くの人を動かすかを示します。",
            "Count who lacks one fact for the next level, and show which fact would help most people.",
        )[lang],
    )


def run(
    session: Session,
    folder: Path,
    editions: tuple[str, ...],
    field: str | None,
    as_of: str | None,
    readings: tuple[str, ...],
    smallest: int,
    output: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba")
    from tassei.population.blocks import Population
    from tassei.population.near_counts import NearCounts, count_near_misses
    from tassei.population.nearness import Finder
    from tassei.reporting.near_misses import NearTold, near_json, near_sheets, near_text

    everything, month = chosen_standards(workspace), chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    asked = everything.find(field) if field else None
    ids = [asked[0].id] if asked else list(editions) or None
    judge = Judge(everything, chosen, ids)
    population = Population(folder, everything.vocabulary)
    counts = NearCounts()
    doing = session.say(Text("調べています", "searching"))
    steps = count_near_misses(Finder(judge), population, month, counts)
    for _ in progress(steps, doing, len(population), int):
        pass
    told = NearTold(
        judge,
        counts,
        len(population),
        str(month),
        frozenset(n for n, r in enumerate(judge.rungs) if asked is None or r.field_id == asked[1]),
        smallest,
    )
    write_answer(
        session, output, out,
        lambda: near_text(told, session.lang, session.width),
        lambda lang: near_json(told, lang),
        lambda: near_sheets(told, session.lang),
    )  # fmt: skip
