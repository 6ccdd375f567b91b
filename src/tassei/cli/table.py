"""`tassei table`: the indicator table for other programs."""

import sys
from pathlib import Path

import click

from tassei.cli.context import Session, write_file
from tassei.cli.options import (
    chosen_standards,
    format_option,
    lang_option,
    out_option,
    standards_option,
)
from tassei.encoding.table import as_csv, as_json, as_xlsx, indicator_rows
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "table",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["editions"], nargs=-1, metavar="[EDITION]..."),
            standards_option(lang),
            format_option(lang, ("json", "csv", "xlsx")),
            out_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "達成度指標の表を、版を指定して（なければすべて）書き出します。",
            "Write the table of achievement indicators of some editions, or of all.",
        )[lang],
    )


def run(
    session: Session,
    editions: tuple[str, ...],
    workspace: Path | None,
    output: str,
    out: Path | None,
) -> None:
    everything = chosen_standards(workspace)
    chosen = [everything.edition(e) for e in editions] or list(everything.editions)
    rows = indicator_rows(everything, chosen)
    match output:
        case "csv":
            data = as_csv(rows).encode()
        case "xlsx":
            data = as_xlsx(rows)
        case _:
            data = as_json(rows).encode()
    if out is not None:
        write_file(out, data)
        session.note(
            session.say(
                Text(
                    f"{out} に{len(rows)}件の達成度指標を書きました",
                    f"wrote {len(rows)} indicators to {out}",
                )
            )
        )
        return
    sys.stdout.buffer.write(data)
