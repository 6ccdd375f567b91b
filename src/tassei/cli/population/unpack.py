"""`tassei population unpack`: a population in, evidence out, one person a line."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from tassei.cli.context import Session, open_whole, progress
from tassei.cli.lazy import needs
from tassei.cli.options import chosen_standards, lang_option, out_option, standards_option
from tassei.cli.population.options import EXTRA, population_argument
from tassei.evidence.write import plain_evidence
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "unpack",
        callback=click.pass_obj(run),
        params=[population_argument(), standards_option(lang), out_option(lang), lang_option(lang)],
        help=Text(
            "人材データを、1行1人のJSON Linesの業務の記録に戻します。",
            "Turn a population back into evidence: JSON Lines, one person a line.",
        )[lang],
    )


def run(session: Session, folder: Path, out: Path | None, workspace: Path | None) -> None:
    needs(EXTRA, "numpy", "pyarrow")
    from tassei.population.blocks import Population
    from tassei.population.pack import unpack

    vocabulary = chosen_standards(workspace).vocabulary
    total = len(Population(folder, vocabulary))
    doing = session.say(Text("書き出し中", "unpacking"))

    def lines() -> Iterator[str]:
        for evidence in progress(unpack(folder, vocabulary), doing, total):
            yield json.dumps(plain_evidence(evidence), ensure_ascii=False)

    if out is None:
        for line in lines():
            click.echo(line)
        return
    with open_whole(out) as stream:
        for line in lines():
            stream.write(f"{line}\n".encode())
    session.note(
        session.say(Text(f"{out} に{total:,}人を書きました", f"wrote {total:,} people to {out}"))
    )
