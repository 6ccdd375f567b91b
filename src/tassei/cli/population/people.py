"""`tassei population people`: the people behind a number of a summary."""

from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.lazy import needs
from tassei.cli.options import chosen_standards, lang_option, out_option, standards_option
from tassei.cli.population.options import (
    EXTRA,
    field_option,
    form_option,
    population_argument,
    unit_option,
    verdicts_argument,
    write_answer,
)
from tassei.errors import Fault, RequestError
from tassei.shaping import suggestion
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    field = field_option(lang)
    field.required = True
    return click.Command(
        "people",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            verdicts_argument(),
            field,
            click.Option(
                ["--level"], type=int, required=True, metavar="N",
                help=Text("このレベル以上", "at this level or above")[lang],
            ),
            unit_option(lang),
            click.Option(
                ["--possible"], is_flag=True,
                help=Text("満たしうる人も含める", "with those who possibly stand there")[lang],
            ),
            form_option(lang),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "ある専門分野のあるレベル以上の人を一覧します。個人が分かる一覧なので、伏せられません。",
            "List the people at a level of a field or above. The list names people and is not masked.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    verdicts: Path,
    field: str,
    level: int,
    unit: str | None,
    possible: bool,
    output: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba", "duckdb")
    from tassei.population.blocks import Population
    from tassei.population.standing import people_at
    from tassei.population.verdicts import joined, read_verdicts
    from tassei.reporting.standing import people_json, people_sheet, people_text

    everything = chosen_standards(workspace)
    table = read_verdicts(verdicts)
    picked = table.field(field)
    if level not in picked.levels:
        raise _no_level(picked.path, level, picked.levels)
    with joined(table, Population(folder, everything.vocabulary)) as source:
        unit = source.unit(unit) if unit else None
        found = people_at(source, picked, level, possible=possible, unit=unit)
    write_answer(
        session, output, out,
        lambda: people_text(everything, picked, level, found, session.lang),
        lambda lang: people_json(table, picked, level, found),
        lambda: [people_sheet(found, session.lang)],
    )  # fmt: skip


def _no_level(field: str, level: int, levels: tuple[int, ...]) -> RequestError:
    return RequestError(
        [
            Fault(
                "unknown-level",
                Text(f"{field} にレベル{level}はありません", f"{field} has no level {level}"),
                suggestion(str(level), [str(n) for n in levels], near=False),
            )
        ]
    )
