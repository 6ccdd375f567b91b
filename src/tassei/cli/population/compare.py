"""`tassei population compare`: the same people under another edition, or under a reform."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tassei.cli.context import Session, open_whole, progress
from tassei.cli.lazy import needs
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    lang_option,
    out_option,
    reading_option,
    standards_option,
)
from tassei.cli.population.options import (
    EXTRA,
    field_option,
    form_option,
    population_argument,
    smallest_option,
    write_answer,
)
from tassei.encoding.reform import read_reform
from tassei.errors import Fault, RequestError
from tassei.judging.judge import Judge
from tassei.reporting.pictures import FORMATS
from tassei.shaping import suggestion
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.population.movement import Mover


def command(lang: Lang) -> click.Command:
    return click.Command(
        "compare",
        callback=click.pass_obj(run),
        params=[
            population_argument(),
            click.Option(
                ["--edition", "editions"], multiple=True, metavar="EDITION",
                help=Text("比べる版（前の版、後の版の順に2回）", "edition to compare: twice, the one before and the one after")[lang],
            ),
            click.Option(
                ["--reform"], type=click.Path(path_type=Path), metavar="FILE",
                help=Text("改正案のファイル（その版と比べる）", "file of a reform, compared with its edition")[lang],
            ),
            click.Option(
                ["--pair", "pairs"], multiple=True, metavar="FIELD=FIELD",
                help=Text("後の版でIDが異なる専門分野の対応。何度でも指定できる", "field that has another id after; may be repeated")[lang],
            ),
            field_option(lang),
            click.Option(
                ["--movers"], type=click.Path(path_type=Path), metavar="FILE",
                help=Text("判定が変わる人の一覧（CSV、伏せない）を書き出す", "write the people whose verdicts change (CSV, not masked)")[lang],
            ),
            as_of_option(lang),
            reading_option(lang),
            smallest_option(lang),
            form_option(lang, pictures=True),
            out_option(lang),
            standards_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "同じ人々を2つの版で、または版とその改正案で判定し、だれが動くかを移動表で示します。",
            "Judge the same people under two editions, or an edition and a reform of it, and show who moves.",
        )[lang],
    )  # fmt: skip


def run(
    session: Session,
    folder: Path,
    editions: tuple[str, ...],
    reform: Path | None,
    pairs: tuple[str, ...],
    field: str | None,
    movers: Path | None,
    as_of: str | None,
    readings: tuple[str, ...],
    smallest: int,
    output: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    needs(EXTRA, "numpy", "pyarrow", "numba")
    if output in FORMATS:
        needs("charts", "vl_convert", "noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
    from tassei.population.blocks import Population
    from tassei.population.movement import Counting, Mover, pairs_of
    from tassei.population.workforce import Workforce
    from tassei.reporting.movements import (
        Compared,
        Side,
        comparison_json,
        comparison_picture,
        comparison_sheets,
        comparison_text,
        side_of,
    )

    everything, month = chosen_standards(workspace), chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    if len(editions) != (0 if reform else 2):
        raise _two_sides()
    if reform is not None:
        made = read_reform(reform, everything)
        names = (made.edition.id, made.edition.id)
        one = side_of(everything, names[0])
        sides = (one, Side(made.title, made.standards))
        changes = made.changes
    else:
        names = (everything.edition(editions[0]).id, everything.edition(editions[1]).id)
        sides = (side_of(everything, names[0]), side_of(everything, names[1]))
        changes = ()
    before, after = (
        Workforce(Judge(side.standards, chosen, [name]))
        for side, name in zip(sides, names, strict=True)
    )
    compared = pairs_of(before, after, _named(pairs))
    population = Population(folder, everything.vocabulary)
    rows: list[Mover] = []
    counting = Counting(before, after, compared, rows.extend if movers is not None else None)
    doing = session.say(Text("判定中", "judging"))
    for _ in progress(counting.steps(population, month), doing, len(population), int):
        pass
    found = counting.movements
    told = Compared(
        sides[0], sides[1], len(population), str(month), tuple(found), smallest, changes
    )
    picked = found[0]
    if field is not None:
        paths = {m.pair[0]: m for m in found if not m.pair[0].endswith("*")}
        matching = [m for p, m in paths.items() if field in (p, p.rpartition("/")[2])]
        if not matching:
            raise _no_field(field, list(paths))
        picked = matching[0]
    if movers is not None:
        _write_movers(movers, rows)
        session.note(session.say(Text(f"{movers} に書きました", f"wrote {movers}")))
    if output in FORMATS:
        from tassei.reporting.pictures import draw

        picture = draw(comparison_picture(told, session.lang, picked), output, session.lang)
        write_answer(session, output, out, picture)
        return
    write_answer(
        session, output, out,
        lambda: comparison_text(told, session.lang, session.width, picked),
        lambda lang: comparison_json(told, lang),
        lambda: comparison_sheets(told, session.lang),
    )  # fmt: skip


def _named(written: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in written:
        one, sign, other = pair.partition("=")
        if not sign:
            raise RequestError(
                [
                    Fault(
                        "malformed-pair",
                        Text(
                            f"「{pair}」は 前の専門分野=後の専門分野 の形ではありません",
                            f'"{pair}" is not of the form FIELD_BEFORE=FIELD_AFTER',
                        ),
                        Text(
                            "例: --pair customer-support=service-desk",
                            "for example: --pair customer-support=service-desk",
                        ),
                    )
                ]
            )
        found[one.strip()] = other.strip()
    return found


def _write_movers(path: Path, movers: "Iterable[Mover]") -> None:
    with open_whole(path) as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(
            [
                "person",
                "before",
                "after",
                "sure_before",
                "possible_before",
                "sure_after",
                "possible_after",
            ]
        )
        for m in sorted(movers, key=lambda m: m.person):
            writer.writerow([m.person, *m.pair, *m.before, *m.after])
        lines.flush()
        lines.detach()


def _two_sides() -> RequestError:
    return RequestError(
        [
            Fault(
                "two-sides-needed",
                Text(
                    "比べるには2つの版か、改正案が1つ必要です",
                    "a comparison needs two editions, or one reform",
                ),
                Text(
                    "--edition を2回、または --reform を1回指定してください",
                    "give --edition twice, or --reform once",
                ),
            )
        ]
    )


def _no_field(field: str, known: list[str]) -> RequestError:
    return RequestError(
        [
            Fault(
                "unknown-field",
                Text(
                    f"比べた専門分野に「{field}」はありません",
                    f'no compared specialty field is called "{field}"',
                ),
                suggestion(field, known),
            )
        ]
    )
