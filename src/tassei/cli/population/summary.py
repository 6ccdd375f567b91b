"""`tassei population summary`: head-counts by field, level and unit."""

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
    smallest_option,
    unit_option,
    verdicts_argument,
    write_answer,
)
from tassei.errors import Fault, RequestError
from tassei.reporting.pictures import FORMATS
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "summary",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            verdicts_argument(),
            click.Option(
                ["--by"], type=click.Choice(["unit"]),
                help=Text("単位組織ごとに分ける", "count each unit apart")[lang],
            ),
            unit_option(lang),
            field_option(lang),
            click.Option(
                ["--edition", "editions"], multiple=True, metavar="EDITION",
                help=Text("示す版（既定はすべて）。何度でも指定できる", "edition to show (default: all); may be repeated")[lang],
            ),
            smallest_option(lang),
            form_option(lang, pictures=True),
            click.Option(
                ["--chart"], type=click.Choice(["heatmap", "bars"]), default="heatmap", show_default=True,
                help=Text("図の種類", "kind of picture")[lang],
            ),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "専門分野とレベルごとの人数を「確実に–可能性として」の幅で示します。5人未満の集まりは伏せます。",
            "Count heads by specialty field and level, as bounds from sure to possible. Groups under five are masked.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    verdicts: Path,
    by: str | None,
    unit: str | None,
    field: str | None,
    editions: tuple[str, ...],
    smallest: int,
    output: str,
    chart: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba", "duckdb")
    if output in FORMATS:
        needs("charts", "vl_convert", "noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
    from tassei.population.blocks import Population
    from tassei.population.counting import count_heads
    from tassei.population.masking import masked
    from tassei.population.verdicts import joined, read_verdicts, remarks
    from tassei.reporting.headcounts import Told, summary_json, summary_sheet, summary_text

    everything = chosen_standards(workspace)
    table = read_verdicts(verdicts)
    chosen = {everything.edition(e).id for e in editions}
    picked = table.field(field) if field else None
    with joined(table, Population(folder, everything.vocabulary)) as source:
        unit = source.unit(unit) if unit else None
        counts = count_heads(source)
    shown = [
        h
        for h in counts.fields
        if (picked is None or h.field == picked)
        and (not chosen or h.field.path.rpartition("/")[0] in chosen)
    ]
    apart = by == "unit" or unit is not None
    if apart and len(shown) > 1 and output not in ("csv", "xlsx", "json"):
        raise _needs_field()
    told = Told(
        table,
        everything,
        counts.people,
        tuple(masked(h, counts.sizes, smallest) for h in shown),
        smallest,
        tuple(remarks(table, everything)),
    )
    if output in FORMATS:
        from tassei.reporting.pictures import draw
        from tassei.reporting.summary_pictures import summary_picture

        spec = summary_picture(told, session.lang, chart, unit, by == "unit")
        write_answer(session, output, out, draw(spec, output, session.lang))
        return
    by_unit = by == "unit"
    write_answer(
        session, output, out,
        lambda: summary_text(told, session.lang, session.width, unit, by_unit),
        lambda lang: summary_json(told, lang, unit, by_unit),
        lambda: [summary_sheet(told, session.lang, unit, by_unit)],
    )  # fmt: skip


def _needs_field() -> RequestError:
    return RequestError(
        [
            Fault(
                "field-needed",
                Text(
                    "単位組織ごとの表や図は、専門分野を1つずつ示します",
                    "units are shown for one specialty field at a time",
                ),
                Text(
                    "--field で専門分野を指定するか、--format csv、xlsx、json を使ってください",
                    "name one with --field, or use --format csv, xlsx or json",
                ),
            )
        ]
    )
