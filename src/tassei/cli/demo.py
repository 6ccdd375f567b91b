"""`tassei demo`: the main job on the example organisation."""

import shutil
from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.judge import Desk, tell
from tassei.cli.options import as_of_option, chosen_month, lang_option
from tassei.encoding.compiled import shipped, standards
from tassei.errors import Fault, RequestError
from tassei.evidence.read import Record
from tassei.reporting.layout import pad
from tassei.text import Lang, Text

_SHOWPIECE = "midori.yaml"
_SUFFIXES = (".yaml", ".jsonl")


def command(lang: Lang) -> click.Command:
    return click.Command(
        "demo",
        callback=click.pass_obj(run),
        params=[
            click.Option(
                ["--write", "folder"],
                type=click.Path(path_type=Path),
                help=Text(
                    "例のファイルをフォルダに書き出すだけ",
                    "only write the example files to a folder",
                )[lang],
            ),
            as_of_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "架空の組織の全員を判定し、1人の根拠を示します。",
            "Judge everybody of a fictional organisation and show one proof.",
        )[lang],
    )


def run(session: Session, folder: Path | None, as_of: str | None) -> None:
    examples = shipped("examples")
    files = sorted(p for p in examples.iterdir() if p.suffix in _SUFFIXES)
    if folder is not None:
        _write(session, files, folder)
        return
    desk = Desk(standards(), standards().readings_with({}), chosen_month(as_of))
    records = list(desk.records(files))
    say = session.say
    session.print(
        say(
            Text(
                f"例の組織: {len(records)}人の業務の記録を、{len(desk.standards.editions)}つの版の達成度指標に照らします",
                f"The example organisation: the records of {len(records)} people against {len(desk.standards.editions)} editions",
            )
        ),
        "",
    )
    for record in records:
        session.print(*_summary(session, desk, record))
    [midori] = desk.records([examples / _SHOWPIECE])
    session.print("", say(Text("そのうち1人の判定とその根拠:", "One of them, with the proof:")), "")
    session.print(*tell(session, desk, midori, None))
    command = "tassei demo --write my-examples && tassei judge my-examples/midori.yaml"
    session.print(say(Text(f"次に: {command}", f"Next: {command}")))


def _summary(session: Session, desk: Desk, record: Record) -> list[str]:
    """One line a field in which the person stands somewhere; one line where there is none."""
    judge = desk.judge_for(record)
    person = record.evidence.person
    lines = []
    for standing in judge.standings(record.evidence, desk.as_of):
        field = standing.edition.field(standing.field_id)
        if field is None or (standing.level is None and not standing.open_above):
            continue
        levels = (
            session.say(Text(f"レベル{standing.level}", f"level {standing.level}"))
            if standing.level
            else session.say(Text("レベルなし", "no level"))
        )
        if standing.open_above:
            levels += " ?" + ",".join(map(str, sorted(standing.open_above)))
        lines.append(f"{pad(session.say(field.name), 28)}{pad(standing.edition.label, 10)}{levels}")
    name = pad(f"{person.name} ({person.id})", 28)
    lines = lines or [session.say(Text("まだどのレベルにも達していません", "at no level yet"))]
    return [f"  {name}{lines[0]}", *(f"  {'':28}{line}" for line in lines[1:])]


def _write(session: Session, files: list[Path], folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RequestError(
            [
                Fault(
                    "folder-not-empty",
                    Text("フォルダが空ではありません", "the folder is not empty"),
                    Text("新しいフォルダを指定してください", "name a new folder"),
                    file=str(folder),
                )
            ]
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
    session.note(
        session.say(
            Text(
                f"{folder} に{len(files)}個のファイルを書きました",
                f"wrote {len(files)} files to {folder}",
            )
        )
    )
