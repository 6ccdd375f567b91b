"""`tassei demo`: the main job on the example organisation."""

import shutil
from pathlib import Path

import click

from tassei.cli.context import Session, cannot_write
from tassei.cli.judge import Desk, tell
from tassei.cli.options import as_of_option, chosen_month, lang_option
from tassei.encoding.compiled import shipped, standards
from tassei.errors import Fault, RequestError
from tassei.evidence.read import Record
from tassei.judging.judge import Standing
from tassei.reporting.layout import hanging, pad
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
        session.print(_summary(session, desk, record))
    [midori] = desk.records([examples / _SHOWPIECE])
    session.print("", say(Text("そのうち1人の判定とその根拠:", "One of them, with the proof:")), "")
    session.print(*tell(session, desk, midori, None))
    command = "tassei demo --write my-examples && tassei judge my-examples/midori.yaml"
    session.print(say(Text(f"次に: {command}", f"Next: {command}")))


def _summary(session: Session, desk: Desk, record: Record) -> str:
    """One line a person: the fields in which the person stands highest in each edition."""
    judge = desk.judge_for(record)
    person, say = record.evidence.person, session.say
    best: dict[str, list[Standing]] = {}
    for standing in judge.standings(record.evidence, desk.as_of):
        best.setdefault(standing.edition.id, []).append(standing)
    places: dict[str, list[str]] = {}
    for standings in best.values():
        top = max(s.level or 0 for s in standings)
        for name in dict.fromkeys(_name(session, s) for s in standings if top and s.level == top):
            places.setdefault(name, []).append(standings[0].edition.label)
    shown = [f"{place} ({', '.join(labels)})" for place, labels in places.items()]
    text = "; ".join(shown) or say(Text("まだどのレベルにも達していません", "at no level yet"))
    return hanging(f"  {pad(f'{person.name} ({person.id})', 26)}", text, session.width)


def _name(session: Session, standing: Standing) -> str:
    """A field and its level; the category, where the level is common to several fields."""
    edition, level = standing.edition, standing.level
    indicator = edition.indicator(standing.field_id, level) if level else None
    own = edition.field(standing.field_id)
    common = indicator is None or indicator.field_id != standing.field_id
    name = edition.category.name if common or own is None else own.name
    open_ = "".join(f" ?{n}" for n in sorted(standing.open_above)[:1])
    return f"{session.say(name)} {level}{open_}"


def _write(session: Session, files: list[Path], folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, folder / path.name)
    except OSError as error:
        raise cannot_write(folder, Text(f"{error.strerror}", f"{error.strerror}")) from None
    session.note(
        session.say(
            Text(
                f"{folder} に{len(files)}個のファイルを書きました",
                f"wrote {len(files)} files to {folder}",
            )
        )
    )
