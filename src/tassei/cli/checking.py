"""`tassei check`: an encoding held against its document."""

from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.documents import limit_options, opened
from tassei.cli.options import chosen_standards, format_option, lang_option, standards_option
from tassei.documents.checking import check
from tassei.reporting.checks import check_json, check_lines
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "check",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["edition"], metavar="EDITION"),
            click.Argument(["document"], type=click.Path(path_type=Path), metavar="DOCUMENT"),
            standards_option(lang),
            *limit_options(lang),
            format_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "公式の文書を読み直し、版の符号化と値ごとに比べます。違いを疑義が説明しなければ終了コードは1です。",
            "Read an official document anew and compare it with an edition's encoding, value by value; exit code 1 where no doubt explains a difference.",
        )[lang],
    )


def run(
    session: Session,
    edition: str,
    document: Path,
    workspace: Path | None,
    limit_memory: int,
    limit_cpu: int,
    output: str,
) -> int:
    everything = chosen_standards(workspace)
    encoded = everything.edition(edition)
    found = check(encoded, opened(session, document, limit_memory, limit_cpu), everything)
    if output == "json":
        session.print_json(check_json(found))
    else:
        session.print(*check_lines(found, session.lang, session.width))
    return 0 if found.sound else 1
