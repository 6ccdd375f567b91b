"""`tassei population generate`: a made population of any size."""

from pathlib import Path

import click

from tassei.cli.context import Session, progress
from tassei.cli.lazy import needs
from tassei.cli.options import chosen_month, chosen_standards, lang_option, standards_option
from tassei.cli.population.options import EXTRA, counted, folder_option
from tassei.text import Lang, Text

_MOST = 999_999_999
_AS_OF = "2026-09"


def command(lang: Lang) -> click.Command:
    return click.Command(
        "generate",
        callback=click.pass_obj(run),
        params=[
            click.Option(
                ["--people"], required=True, type=click.IntRange(1, _MOST), metavar="N",
                help=Text("人数", "how many people")[lang],
            ),
            click.Option(
                ["--seed"], type=click.IntRange(min=0), default=1, show_default=True, metavar="S",
                help=Text("同じ値からは同じ人々ができる", "the same seed makes the same people")[lang],
            ),
            click.Option(
                ["--unknown"], type=click.FloatRange(0, 1), default=0.05, show_default=True, metavar="RATE",
                help=Text("記録されていない事実の割合（平均）", "share of facts that are not recorded, on average")[lang],
            ),
            click.Option(
                ["--edition", "editions"], multiple=True, metavar="EDITION",
                help=Text("人々が働く版（既定はすべて）。何度でも指定できる", "edition in whose fields people work (default: all); may be repeated")[lang],
            ),
            click.Option(
                ["--as-of"], default=_AS_OF, show_default=True, metavar="YYYY-MM",
                help=Text("経歴を語る最後の月", "the month that careers are told up to")[lang],
            ),
            folder_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "架空の人々の経歴からなる人材データを作ります。職務、規模、成果は達成度指標から導かれます。",
            "Make a population of fictional people whose careers follow the achievement indicators.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    people: int,
    seed: int,
    unknown: float,
    editions: tuple[str, ...],
    as_of: str,
    out: Path,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow")
    from tassei.population.generate import generate
    from tassei.population.store import Writer

    everything = chosen_standards(workspace)
    made = generate(people, seed, everything, unknown, editions or None, as_of=chosen_month(as_of))
    engagements = 0
    doing = session.say(Text("作成中", "generating"))
    with Writer(out, everything.vocabulary) as writer:
        for some, works in progress(made, doing, people, lambda pair: len(pair[0])):
            writer.write(some, works)
            engagements += len(works)
    how_many = counted(people, engagements)
    session.note(
        session.say(Text(f"{out} に作りました: {how_many.ja}", f"made {how_many.en} in {out}"))
    )
