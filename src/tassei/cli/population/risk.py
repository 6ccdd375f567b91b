"""`tassei population risk`: levels that rest on a single person."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tassei.cli.context import Session
from tassei.cli.lazy import needs
from tassei.cli.options import chosen_standards, lang_option, out_option, standards_option
from tassei.cli.population.options import (
    EXTRA,
    field_option,
    form_option,
    population_argument,
    smallest_option,
    unit_option,
    verdicts_argument,
    write_answer,
)
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.population.standing import Risk
    from tassei.population.verdicts import Joined


def command(lang: Lang) -> click.Command:
    return click.Command(
        "risk",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            verdicts_argument(),
            click.Option(
                ["--by"], type=click.Choice(["unit"]),
                help=Text("単位組織ごとに調べる", "look at each unit apart")[lang],
            ),
            unit_option(lang),
            field_option(lang),
            click.Option(
                ["--people"], is_flag=True,
                help=Text("伏せずに、人のIDとともに示す", "unmasked, with the ids of the people")[lang],
            ),
            smallest_option(lang),
            form_option(lang),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "確実に満たす人が1人以下しかいないレベルを示します。",
            "Show the levels that at most one person surely stands at.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    verdicts: Path,
    by: str | None,
    unit: str | None,
    field: str | None,
    people: bool,
    smallest: int,
    output: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba", "duckdb")
    from tassei.population.blocks import Population
    from tassei.population.counting import count_heads
    from tassei.population.risks import risks
    from tassei.population.verdicts import joined, read_verdicts
    from tassei.reporting.standing import risk_json, risk_sheet, risk_text

    everything = chosen_standards(workspace)
    table = read_verdicts(verdicts)
    picked = table.field(field) if field else None
    with joined(table, Population(folder, everything.vocabulary)) as source:
        unit = source.unit(unit) if unit else None
        found = [
            r
            for r in risks(count_heads(source), by_unit=by == "unit" or unit is not None)
            if (picked is None or r.field == picked)
            and (unit is None or r.unit == unit or (r.unit or "").startswith(f"{unit}/"))
        ]
        named = _named(source, found) if people else None
    write_answer(
        session, output, out,
        lambda: risk_text(everything, found, named, smallest, session.lang, session.width),
        lambda lang: risk_json(everything, table, found, named, smallest, lang),
        lambda: [risk_sheet(everything, found, named, smallest, session.lang)],
    )  # fmt: skip


def _named(source: "Joined", found: "Sequence[Risk]") -> "dict[Risk, list[str]]":
    """The ids of those who surely stand at each level."""
    from tassei.population.standing import people_at

    names: dict[Risk, list[str]] = {}
    for field, level in {(r.field, r.level): None for r in found}:
        everybody = people_at(source, field, level, possible=False)
        for risk in (r for r in found if (r.field, r.level) == (field, level)):
            whole = risk.unit is None and not risk.no_unit
            names[risk] = [p.person for p in everybody if whole or p.unit == risk.unit]
    return names
