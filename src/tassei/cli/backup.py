"""`tassei backup` and `tassei restore`: the data folder of the web application as one file, and back.

Like `tassei serve`, they call the other front end by its name, so that neither imports the other.
"""

from importlib import import_module
from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.lazy import needs
from tassei.cli.options import lang_option
from tassei.text import Lang, Text

ARCHIVE = "tassei.web.backup"
"""The module whose `backup` and `restore` do the work."""


def command(lang: Lang) -> click.Command:
    return click.Command(
        "backup",
        callback=click.pass_obj(run),
        params=[_data(lang), _file(lang), lang_option(lang)],
        help=Text(
            "ウェブアプリケーションのデータを1つのファイルに保存します。動いている間も使えます。個人の情報が入るので、大切に扱ってください。",
            "Save the data of the web application in one file, also while it is served. The file holds personal data: keep it safe.",
        )[lang],
    )


def run(session: Session, data: Path, file: Path) -> None:
    needs("web", "django")
    made = import_module(ARCHIVE).backup(data, file)
    told = Text(
        f"{file} に保存しました（{made.size:,}バイト、履歴の末尾 {made.head[0]}）",
        f"saved in {file} ({made.size:,} bytes, history up to event {made.head[0]})",
    )
    session.print(session.say(told), f"  {made.digest}")


def _data(lang: Lang) -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("tassei-data"),
        show_default=True,
        metavar="FOLDER",
        help=Text("`tassei serve` のデータのフォルダ", "data folder of `tassei serve`")[lang],
    )


def _file(lang: Lang) -> click.Argument:
    return click.Argument(["file"], metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
