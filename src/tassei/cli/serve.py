"""`tassei serve`: starts the web application, which is a front end of its own.

Neither front end imports the other: this one starts the other by its name, when it is asked to.
"""

import contextlib
import signal
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.lazy import needs
from tassei.cli.options import lang_option
from tassei.reporting.layout import pad
from tassei.text import Lang, Text

APPLICATION = "tassei.web.serve"
"""The module whose `serve` runs the application."""


def command(lang: Lang) -> click.Command:
    return click.Command(
        "serve",
        callback=click.pass_obj(run),
        params=[
            click.Option(
                ["--data"],
                type=click.Path(file_okay=False, path_type=Path),
                default=Path("tassei-data"),
                show_default=True,
                metavar="FOLDER",
                help=Text(
                    "すべてのデータを置くフォルダ（なければ作る）",
                    "folder that holds all data; made where it is missing",
                )[lang],
            ),
            click.Option(
                ["--host"],
                default="127.0.0.1",
                show_default=True,
                help=Text("待ち受けるアドレス", "address to listen on")[lang],
            ),
            click.Option(
                ["--port"],
                type=click.IntRange(0, 65535),
                default=8000,
                show_default=True,
                help=Text(
                    "待ち受けるポート（0は空いているもの）", "port to listen on (0: any free one)"
                )[lang],
            ),
            click.Option(
                ["--origin"],
                default="",
                metavar="URL",
                help=Text(
                    "利用者から見たアドレス（例: https://skills.example.jp）。httpsならCookieを暗号化された接続に限る",
                    "where people reach it (for example https://skills.example.jp); with https, cookies travel encrypted only",
                )[lang],
            ),
            click.Option(
                ["--database"],
                default="",
                metavar="URL",
                help=Text(
                    "PostgreSQLのアドレス（既定はフォルダ内のSQLite）",
                    "address of a PostgreSQL database (default: SQLite in the folder)",
                )[lang],
            ),
            click.Option(
                ["--mail"],
                default="",
                metavar="URL",
                help=Text(
                    "お知らせを送るメールサーバー（例: smtp://利用者:パスワード@ホスト:587?from=送り主。既定は送らない）",
                    "mail server for reminders, like smtp://user:password@host:587?from=sender (default: none are sent)",
                )[lang],
            ),
            click.Option(
                ["--demo"],
                is_flag=True,
                help=Text(
                    "例の組織を、終わると消えるフォルダで動かし、使えるアカウントを示す",
                    "serve the example organisation out of a folder that is gone afterwards, and show its accounts",
                )[lang],
            ),
            lang_option(lang),
        ],
        help=Text(
            "ウェブアプリケーションを動かします。止めるにはCtrl+Cを押します。",
            "Serve the web application; Ctrl+C stops it.",
        )[lang],
    )


def run(
    session: Session,
    data: Path,
    host: str,
    port: int,
    origin: str,
    database: str,
    mail: str,
    demo: bool,
) -> None:
    needs("web", "django", "waitress", "whitenoise", "argon2")
    if database:
        needs("postgresql", "psycopg")

    def ready(address: str, setup: str, ways: Sequence[tuple[str, str, Text]]) -> None:
        session.print(
            session.say(Text("次のアドレスで開けます:", "Open this address:")), f"  {address}"
        )
        if setup:
            first = Text("最初のアカウントを作るには:", "To make the first account:")
            session.print(session.say(first), f"  {setup}")
        if ways:
            session.print(
                session.say(
                    Text(
                        "使えるアカウント（パスワードは共通）:",
                        "Accounts to sign in with (all have the same password):",
                    )
                )
            )
            session.print(f"  {ways[0][1]}")
            session.print(*(f"  {pad(name, 8)}  {session.say(job)}" for name, _, job in ways))
        session.note(session.say(Text("止めるにはCtrl+C", "Ctrl+C stops it")))

    # who runs it as a service ends it like this; it tidies up as after Ctrl+C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # the server takes Ctrl+C as its end, unless it comes while the application is being read
    with contextlib.suppress(KeyboardInterrupt):
        import_module(APPLICATION).serve(data, host, port, origin, database, mail, demo, ready)
    session.note(session.say(Text("止めました", "stopped")))
