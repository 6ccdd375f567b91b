"""`tassei import`: an official document becomes a draft edition in the user's workspace."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from tassei.cli.context import Session, cannot_write, write_file
from tassei.cli.documents import limit_options, opened
from tassei.cli.options import format_option, lang_option
from tassei.documents.drafting import Draft, draft
from tassei.encoding.compiled import standards, standards_with
from tassei.errors import Fault, RequestError
from tassei.reporting.imports import import_json, import_lines
from tassei.text import LANGS, Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "import",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["document"], type=click.Path(path_type=Path), metavar="DOCUMENT"),
            click.Option(
                ["--out", "workspace"],
                type=click.Path(file_okay=False, path_type=Path),
                metavar="FOLDER",
                help=Text(
                    "下書きを書くフォルダ（なければ報告だけを示す）",
                    "folder for the draft (without it, only the report is shown)",
                )[lang],
            ),
            click.Option(
                ["--id", "edition_id"],
                metavar="ID",
                help=Text(
                    "下書きのid（既定は draft/職種）", "id of the draft (default: draft/CATEGORY)"
                )[lang],
            ),
            click.Option(
                ["--language"],
                type=click.Choice(LANGS),
                help=Text(
                    "文書の言語（既定は文書から判断）",
                    "language of the document (default: found out from it)",
                )[lang],
            ),
            click.Option(
                ["--replace"],
                is_flag=True,
                help=Text("同じidの下書きを置き換える", "replace a draft of the same id")[lang],
            ),
            *limit_options(lang),
            format_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "公式の文書から版の下書きを作り、読み取れなかったものから順に報告します。",
            "Draft an edition from an official document, and report what was not understood first.",
        )[lang],
    )


def run(
    session: Session,
    document: Path,
    workspace: Path | None,
    edition_id: str | None,
    language: Lang | None,
    replace: bool,
    limit_memory: int,
    limit_cpu: int,
    output: str,
) -> int:
    everything = standards()
    if edition_id is not None:
        _check_id(edition_id, [e.id for e in everything.editions])
    today = datetime.now(timezone(timedelta(hours=9))).date().isoformat()
    read = opened(session, document, limit_memory, limit_cpu)
    made = draft(read, everything, lang=language, edition_id=edition_id, dated=today)
    if not made.edition.indicators:
        raise RequestError([_nothing_found(document)])
    if workspace is not None:
        _write(made, workspace, replace)
    if output == "json":
        session.print_json(import_json(made))
    else:
        session.print(*import_lines(made, session.lang, session.width))
        if workspace is not None:
            session.print("", *_next(session, made, workspace))
    return 0


def _check_id(edition_id: str, shipped: list[str]) -> None:
    import re

    if edition_id in shipped:
        raise RequestError(
            [
                Fault(
                    "draft-exists",
                    Text(
                        f"{edition_id} は付属の版のidです",
                        f"{edition_id} is the id of a shipped edition",
                    ),
                    Text("--id で別のidを指定してください", "name another with --id"),
                )
            ]
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", edition_id):
        raise RequestError(
            [
                Fault(
                    "malformed-id",
                    Text(
                        f"id「{edition_id}」は 版/職種 の形ではありません",
                        f'the id "{edition_id}" is not of the form EDITION/CATEGORY',
                    ),
                    Text("例: --id itss-v3/sales", "for example: --id itss-v3/sales"),
                )
            ]
        )


def _nothing_found(document: Path) -> Fault:
    return Fault(
        "no-indicators",
        Text(
            "達成度指標が見つかりません。責任性、複雑性、サイズの見出しとレベルが必要です",
            "no achievement indicator was found; headings of responsibility, complexity and size with a level are needed",
        ),
        Text(
            "達成度指標のある文書か、言語の指定（--language）を確かめてください",
            "check that the document has indicators, and its language (--language)",
        ),
        file=str(document),
    )


def _write(made: Draft, workspace: Path, replace: bool) -> None:
    """Write the draft whole; its folder is refused where it exists, unless it is to be replaced."""
    folder = workspace / made.edition.id
    if folder.exists() and not replace:
        raise RequestError(
            [
                Fault(
                    "draft-exists",
                    Text(
                        f"下書き {made.edition.id} が既にあります",
                        f"there is a draft {made.edition.id} already",
                    ),
                    Text(
                        "--id で別のidを付けるか、--replace で置き換えてください",
                        "name another with --id, or replace it with --replace",
                    ),
                    file=str(folder),
                )
            ]
        )
    files = made.files()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.yaml"):
            if f"{made.edition.id}/{old.name}" not in files:
                old.unlink()
    except OSError as error:
        raise cannot_write(folder, Text(f"{error.strerror}", f"{error.strerror}")) from None
    for name, data in files.items():
        write_file(workspace / name, data)
    # what was written must load: a draft that cannot be judged by is of no use
    standards_with(workspace)


def _next(session: Session, made: Draft, workspace: Path) -> list[str]:
    first = made.edition.fields[0]
    path = f"{made.edition.id}/{first.id}/{first.levels[0]}"
    return [
        session.say(
            Text(f"下書き: {workspace / made.edition.id}", f"draft: {workspace / made.edition.id}")
        ),
        session.say(
            Text(
                f"次に: tassei show {path} --standards {workspace}",
                f"next: tassei show {path} --standards {workspace}",
            )
        ),
    ]
