"""What the commands on populations share: their folders, and how many people and works they tell of."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tassei.cli.context import Session, write_file
from tassei.errors import Fault, RequestError
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.reporting.sheets import Sheet

EXTRA = "population"


def population_argument() -> click.Argument:
    return click.Argument(["folder"], type=click.Path(path_type=Path), metavar="POPULATION")


def folder_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--out"], required=True, type=click.Path(file_okay=True, path_type=Path), metavar="DIR",
        help=Text("書き出すフォルダ。新しいもの、空のもの、または置き換える人材データ", "folder to write: a new or empty one, or a population that is to be replaced")[lang],
    )  # fmt: skip


def verdicts_argument() -> click.Argument:
    return click.Argument(["verdicts"], type=click.Path(path_type=Path), metavar="VERDICTS")


def edition_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--edition", "editions"], multiple=True, metavar="EDITION",
        help=Text("判定する版（既定はすべて）。何度でも指定できる", "edition to judge against (default: all); may be repeated")[lang],
    )  # fmt: skip


def counted(people: int, engagements: int) -> Text:
    """So many people with so many engagements."""
    one_person = "1 person" if people == 1 else f"{people:,} people"
    one_work = "1 engagement" if engagements == 1 else f"{engagements:,} engagements"
    return Text(f"{people:,}人、業務{engagements:,}件", f"{one_person} with {one_work}")


def field_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--field"], metavar="EDITION/FIELD",
        help=Text("専門分野。1つの版にしかなければIDだけでよい", "specialty field; its id alone where one edition has it")[lang],
    )  # fmt: skip


def unit_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--unit"], metavar="UNIT",
        help=Text("この単位組織とその下だけ", "only this unit and those under it")[lang],
    )  # fmt: skip


def smallest_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--smallest"], type=click.IntRange(min=5), default=5, show_default=True, metavar="N",
        help=Text("これより少ない人数を伏せる", "mask groups of fewer people than this")[lang],
    )  # fmt: skip


def form_option(lang: Lang, *, pictures: bool = False) -> click.Option:
    forms = ["text", "csv", "xlsx", "json", *(("png", "svg", "html") if pictures else ())]
    return click.Option(
        ["--format", "output"], type=click.Choice(forms), default="text", show_default=True,
        help=Text("出力の形式", "form of the output")[lang],
    )  # fmt: skip


_BINARY = ("xlsx", "png")


def write_answer(
    session: Session,
    form: str,
    out: Path | None,
    text: bytes | Callable[[], list[str]],
    plain: Callable[[Lang], Any] | None = None,
    sheets: "Callable[[], Sequence[Sheet]] | None" = None,
) -> None:
    """Write an answer in the form asked for, to a file or to standard output.

    Args:
        text: lines for people, or the bytes of a picture.
        plain: the answer as JSON; a word in it is in the language given.
        sheets: the answer as tables; CSV holds the first.

    Raises:
        RequestError: the place cannot be written, or what is no text has no file to go to.
    """
    from tassei.reporting.sheets import as_csv, as_xlsx

    if form in _BINARY and out is None:
        raise RequestError(
            [
                Fault(
                    "out-needed",
                    Text(
                        f"{form} は文字ではないため、標準出力に書けません",
                        f"{form} is no text, and is not written to standard output",
                    ),
                    Text("--out でファイルを指定してください", "name a file with --out"),
                )
            ]
        )
    if isinstance(text, bytes):
        data = text
    elif form == "json" and plain is not None:
        data = (json.dumps(plain(session.json_lang), ensure_ascii=False, indent=2) + "\n").encode()
    elif form == "csv" and sheets is not None:
        data = as_csv(sheets()[0])
    elif form == "xlsx" and sheets is not None:
        data = as_xlsx(sheets(), session.lang)
    elif out is None:
        session.print(*text())
        return
    else:
        data = ("\n".join(text()) + "\n").encode()
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    write_file(out, data)
    session.note(session.say(Text(f"{out} に書きました", f"wrote {out}")))
