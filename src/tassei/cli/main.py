"""`tassei`: the commands and the options that they share."""

import os
import sys
from typing import Any

import click

from tassei import __version__
from tassei.cli.context import Session, locale_lang
from tassei.cli.lazy import Lazy
from tassei.errors import TasseiError
from tassei.reporting.faults import fault_json, faults_text
from tassei.text import LANGS, Lang, Text

_MODULES = {
    "editions": (
        "editions",
        Text("版とその専門分野を一覧する", "List the editions and their specialty fields"),
    ),
    "show": (
        "show",
        Text(
            "専門分野やレベルの基準を平易に示す", "Show what a field or level asks, in plain words"
        ),
    ),
    "table": (
        "table",
        Text("達成度指標の表を書き出す", "Write the table of achievement indicators"),
    ),
    "doubts": (
        "doubts",
        Text("文書の疑義の一覧を示す", "Show the register of doubts about the documents"),
    ),
    "compare": (
        "compare",
        Text("版を比べ、変わったことを示す", "Compare editions and show what changed"),
    ),
    "judge": ("judge", Text("業務の記録を判定し、根拠を示す", "Judge work records, with a proof")),
    "plan": (
        "plan",
        Text("レベルを満たすための最も短い道を示す", "Show the shortest way to a level"),
    ),
    "staff": (
        "staff",
        Text("業務の割り当てを決める", "Choose who takes which assignment"),
    ),
    "skills": (
        "skills",
        Text("スキル熟達度と知識項目を判定する", "Judge skill proficiency and knowledge"),
    ),
    "population": (
        "population",
        Text("多人数をまとめて扱う", "Work with many people at once"),
    ),
    "import": (
        "importing",
        Text("公式の文書から版の下書きを作る", "Draft an edition from an official document"),
    ),
    "check": (
        "checking",
        Text("版の符号化を公式の文書と比べる", "Hold an edition's encoding against its document"),
    ),
    "serve": (
        "serve",
        Text("ウェブアプリケーションを動かす", "Serve the web application"),
    ),
    "backup": (
        "backup",
        Text("ウェブアプリケーションのデータを保存する", "Save the data of the web application"),
    ),
    "restore": (
        "restore",
        Text("ウェブアプリケーションのデータを復元する", "Restore the data of the web application"),
    ),
    "demo": ("demo", Text("例の組織を判定してみせる", "Judge the example organisation")),
}


def _session(argv: list[str]) -> Session:
    """The language is needed before the help is made, so it is looked for first."""
    lang = _option(argv, "--lang")
    if lang in LANGS:
        return Session("ja" if lang == "ja" else "en", explicit=True)
    return Session(locale_lang(os.environ), explicit=False)


def _option(argv: list[str], name: str) -> str | None:
    """The value of an option, anywhere in the line, as `--name value` or `--name=value`."""
    for argument, following in zip(argv, [*argv[1:], ""], strict=True):
        if argument == name:
            return following
        if argument.startswith(f"{name}="):
            return argument.removeprefix(f"{name}=")
    return None


def app(session: Session) -> Lazy:
    """The program in the language of the session."""
    lang = session.lang
    return Lazy(
        "tassei.cli",
        _MODULES,
        lang,
        name="tassei",
        help=Text(
            "ITスキル標準（ITSS）の達成度指標に照らして業務の記録を判定し、条項ごとの根拠を示します。",
            "Judge work records against the achievement indicators of Japan's IT Skill Standard (ITSS), and prove each verdict clause by clause.",
        )[lang],
        params=[lang_option(lang), version_option(lang)],
        context_settings={
            "obj": session,
            "help_option_names": ["-h", "--help"],
            "max_content_width": 100,
        },
        add_help_option=True,
        invoke_without_command=False,
        no_args_is_help=True,
    )


def lang_option(lang: Lang) -> click.Option:
    """`--lang`, which every command takes too; it was read before the commands were made."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGS), expose_value=False,
        help=Text("表示の言語（既定はロケール）", "language of what is shown (default: the locale)")[lang],
    )  # fmt: skip


def version_option(lang: Lang) -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"tassei {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=Text("版を示す", "show the version")[lang],
    )


def main(argv: list[str]) -> int:
    """Run the program; returns its exit code."""
    session = _session(argv)
    try:
        result: Any = app(session).main(argv, prog_name="tassei", standalone_mode=False)
    except TasseiError as error:
        if _option(argv, "--format") == "json":
            session.print_json({"faults": [fault_json(f, session.json_lang) for f in error.faults]})
        click.echo(faults_text(error.faults, session.lang), err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo(session.say(Text("中断しました", "interrupted")), err=True)
        return 130
    except click.UsageError as error:
        click.echo(f"{_usage(error, session)}{_wrong(error)[session.lang]}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # the reader of our output has gone; that is its right
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0


def _usage(error: click.UsageError, session: Session) -> str:
    """How the command is called, and where more is said."""
    if error.ctx is None:
        return ""
    more = Text(
        f"詳しくは: {error.ctx.command_path} --help", f"more: {error.ctx.command_path} --help"
    )
    return f"{error.ctx.get_usage()}\n{session.say(more)}\n"


def _wrong(error: click.UsageError) -> Text:
    """What is wrong with the command line, in both languages."""
    message = error.format_message()
    match error:
        case click.NoSuchOption():
            return Text(f"オプション {error.option_name} はありません", message)
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return Text(f"{name} を指定してください", message)
        case click.BadParameter():
            return Text(f"指定された値が正しくありません（{message}）", message)
    return Text(f"指定が正しくありません（{message}）", message)


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
