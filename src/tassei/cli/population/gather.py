"""`tassei population gather`: what an engine has written, as the table of verdicts that other commands take."""

from pathlib import Path

import click

from tassei.cli.context import Session, progress
from tassei.cli.lazy import needs
from tassei.cli.options import lang_option
from tassei.cli.population.options import EXTRA
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "gather",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["folder"], type=click.Path(path_type=Path), metavar="FOLDER"),
            click.Option(
                ["--out"], required=True, type=click.Path(path_type=Path), metavar="VERDICTS",
                help=Text("書き出す判定の表（Parquet）", "table of verdicts to write (Parquet)")[lang],
            ),
            lang_option(lang),
        ],
        help=Text(
            "judge --engine spark が書き出したフォルダを、summary などが読む1つの判定の表にまとめます。",
            "Put what `judge --engine spark` has written into one table of verdicts, which the other commands take.",
        )[lang],
    )  # fmt: skip


def run(session: Session, folder: Path, out: Path) -> None:
    needs(EXTRA, "numpy", "pyarrow", "duckdb")
    from tassei.population.gather import gathered
    from tassei.population.writing import parquet_file

    found = gathered(folder)
    doing = session.say(Text("まとめています", "gathering"))
    with parquet_file(out, found.schema) as write:
        for batch in progress(found.batches(out.absolute().parent), doing, found.people, len):
            write(batch)
    session.note(
        session.say(
            Text(
                f"{out} に{found.people:,}人の判定を書きました",
                f"wrote the verdicts of {found.people:,} {'person' if found.people == 1 else 'people'} to {out}",
            )
        )
    )
