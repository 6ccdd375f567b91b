"""Options that several commands take, in the language of the session."""

from collections.abc import Sequence
from pathlib import Path

import click

from tassei.encoding.compiled import standards, standards_with
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.evidence.months import Month
from tassei.text import LANGS, Lang, Text


def lang_option(lang: Lang) -> click.Option:
    """Accepted behind any command; it was read before the commands were made."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGS), expose_value=False,
        help=Text("表示の言語（既定はロケール）", "language of what is shown (default: the locale)")[lang],
    )  # fmt: skip


def format_option(lang: Lang, formats: Sequence[str] = ("text", "json")) -> click.Option:
    return click.Option(
        ["--format", "output"], type=click.Choice(list(formats)), default=formats[0], show_default=True,
        help=Text("出力の形式", "form of the output")[lang],
    )  # fmt: skip


def out_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--out"], type=click.Path(dir_okay=False, path_type=Path),
        help=Text("書き出すファイル（既定は標準出力）", "file to write (default: standard output)")[lang],
    )  # fmt: skip


def standards_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--standards", "workspace"], type=click.Path(path_type=Path), metavar="FOLDER",
        help=Text("取り込んだ版のあるフォルダ（付属の版に加えて使う）", "folder of imported editions, used beside those that ship")[lang],
    )  # fmt: skip


def chosen_standards(workspace: Path | None) -> Standards:
    """The shipped standards, with the editions of a workspace where one is named.

    Raises:
        RequestError, StandardError: the workspace cannot be used.
    """
    return standards() if workspace is None else standards_with(workspace)


def reading_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--reading", "readings"], multiple=True, metavar="R-ID=…",
        help=Text("既定と異なる読み（例: R-ENTRY=literal）。何度でも指定できる", "a reading other than the default (for example R-ENTRY=literal); may be repeated")[lang],
    )  # fmt: skip


def as_of_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--as-of"], metavar="YYYY-MM",
        help=Text("判定の基準月（既定は日本時間の今月）", "month of the judgement (default: this month in Japan)")[lang],
    )  # fmt: skip


def chosen_readings(written: Sequence[str]) -> dict[str, str]:
    """`R-ENTRY=literal` -> a mapping.

    Raises:
        RequestError: one is not of the form `R-ID=ALTERNATIVE`.
    """
    found = {}
    for one in written:
        reading, sign, alternative = one.partition("=")
        if not sign:
            raise RequestError(
                [
                    Fault(
                        "malformed-reading",
                        Text(
                            f"「{one}」は R-ID=選択肢 の形ではありません",
                            f'"{one}" is not of the form R-ID=ALTERNATIVE',
                        ),
                        Text(
                            "例: --reading R-ENTRY=literal",
                            "for example: --reading R-ENTRY=literal",
                        ),
                    )
                ]
            )
        found[reading.strip()] = alternative.strip()
    return found


def chosen_month(written: str | None) -> Month:
    """The month asked for, or this month in Japan, whatever the time zone of the machine.

    Raises:
        RequestError: it is no month.
    """
    if written is None:
        from datetime import datetime, timedelta, timezone

        now = datetime.now(timezone(timedelta(hours=9)))
        return Month.of(now.year, now.month)
    return month_given(written, "--as-of")


def month_given(written: str, option: str) -> Month:
    """The month that an option was given.

    Raises:
        RequestError: it is no month.
    """
    try:
        return Month.parse(written)
    except ValueError:
        raise RequestError(
            [
                Fault(
                    "not-a-month",
                    Text(
                        f"{option} の「{written}」を年月として読むことができません",
                        f'{option} is "{written}", which is not a month',
                    ),
                    Text("2026-11 の形で書いてください", "write it like 2026-11"),
                )
            ]
        ) from None
