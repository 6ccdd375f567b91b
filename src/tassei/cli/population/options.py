"""What the commands on populations share: their folders, and how many people and works they tell of."""

from pathlib import Path

import click

from tassei.text import Lang, Text

EXTRA = "population"


def population_argument() -> click.Argument:
    return click.Argument(["folder"], type=click.Path(path_type=Path), metavar="POPULATION")


def folder_option(lang: Lang) -> click.Option:
    return click.Option(
        ["--out"], required=True, type=click.Path(file_okay=True, path_type=Path), metavar="DIR",
        help=Text("書き出すフォルダ。新しいもの、空のもの、または置き換える人材データ", "folder to write: a new or empty one, or a population that is to be replaced")[lang],
    )  # fmt: skip


def counted(people: int, engagements: int) -> Text:
    """So many people with so many engagements."""
    one_person = "1 person" if people == 1 else f"{people:,} people"
    one_work = "1 engagement" if engagements == 1 else f"{engagements:,} engagements"
    return Text(f"{people:,}人、業務{engagements:,}件", f"{one_person} with {one_work}")
