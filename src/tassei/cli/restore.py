"""`tassei restore`: a data folder from a backup."""

from importlib import import_module
from pathlib import Path

import click

from tassei.cli.backup import ARCHIVE
from tassei.cli.context import Session
from tassei.cli.lazy import needs
from tassei.cli.options import lang_option
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "restore",
        callback=click.pass_obj(run),
        params=[
            click.Option(
                ["--data"],
                type=click.Path(file_okay=False, path_type=Path),
                default=Path("tassei-data"),
                show_default=True,
                metavar="FOLDER",
                help=Text(
                    "復元先のフォルダ（データベースがあれば上書きしない）",
                    "folder to restore to; a database in it is not overwritten",
                )[lang],
            ),
            click.Argument(
                ["file"], metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)
            ),
            lang_option(lang),
        ],
        help=Text(
            "バックアップからウェブアプリケーションのデータを復元します。",
            "Restore the data of the web application from a backup.",
        )[lang],
    )


def run(session: Session, data: Path, file: Path) -> None:
    needs("web", "django")
    made = import_module(ARCHIVE).restore(file, data)
    told = Text(
        f"{data} に復元しました（{made.at} のもの、履歴の末尾 {made.head[0]}）",
        f"restored to {data} (as of {made.at}, history up to event {made.head[0]})",
    )
    then = Text(
        "鍵は新しくなり、利用者はもう一度ログインします",
        "the key is a new one: people sign in again",
    )
    session.print(session.say(told))
    session.note(session.say(then))
