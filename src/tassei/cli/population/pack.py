"""`tassei population pack`: evidence files in, the tables of a population out."""

from bisect import bisect
from collections.abc import Iterator
from pathlib import Path

import click

from tassei.cli.context import Session, progress
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_standards,
    lang_option,
    standards_option,
)
from tassei.cli.population.options import EXTRA, counted, folder_option
from tassei.evidence.model import Evidence
from tassei.evidence.read import read_evidence
from tassei.judging.judge import known_of
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "pack",
        callback=click.pass_obj(run),
        params=[
            click.Argument(
                ["evidence"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar="EVIDENCE...",
            ),
            folder_option(lang),
            as_of_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "業務の記録のファイル（YAML、JSON、JSON Lines）を人材データにまとめます。内容は何も失われません。",
            "Pack evidence files (YAML, JSON, JSON Lines) into a population; nothing is lost.",
        )[lang],
    )


def run(
    session: Session,
    evidence: tuple[Path, ...],
    out: Path,
    as_of: str | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow")
    from tassei.population.pack import pack

    everything, month = chosen_standards(workspace), chosen_month(as_of)
    known = known_of(everything)
    begins: list[int] = []

    def people() -> Iterator[Evidence]:
        number = 0
        for path in evidence:
            begins.append(number)
            for record in read_evidence(path, known, month):
                yield record.evidence
                number += 1

    def origin(number: int) -> str:
        return str(evidence[bisect(begins, number) - 1])

    doing = session.say(Text("読み込み中", "packing"))
    packed = pack(progress(people(), doing), out, everything.vocabulary, origin=origin)
    how_many = counted(packed.people, packed.engagements)
    session.note(
        session.say(
            Text(f"{out} にまとめました: {how_many.ja}", f"packed {how_many.en} into {out}")
        )
    )
