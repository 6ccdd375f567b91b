"""`tassei judge`: evidence in, verdicts with their proof out; and stored judgements verified."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from tassei.cli.context import Session, progress, write_file
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_readings,
    chosen_standards,
    format_option,
    lang_option,
    out_option,
    reading_option,
    standards_option,
)
from tassei.cli.verify import verify
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.evidence.known import Known
from tassei.evidence.months import Month
from tassei.evidence.read import Record, read_evidence
from tassei.framework.readings import Readings
from tassei.judging.judge import Judge, Judgement, Rung, Standing, editions_for, known_of
from tassei.judging.verdict import Verdict
from tassei.reporting.judgements import Writer
from tassei.reporting.layout import hanging
from tassei.reporting.proofs import NEXT, Teller
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.comparing.carry import Carried, Carrier


def command(lang: Lang) -> click.Command:
    return click.Command(
        "judge",
        callback=click.pass_obj(run),
        params=[
            click.Argument(
                ["evidence"], nargs=-1, type=click.Path(path_type=Path), metavar="[EVIDENCE]..."
            ),
            click.Option(
                ["--level", "path"],
                metavar="EDITION/FIELD/LEVEL",
                help=Text(
                    "根拠を示すレベル（既定は次に満たすべきレベル）",
                    "the level whose proof is shown (default: the next one up)",
                )[lang],
            ),
            click.Option(
                ["--all", "every"],
                is_flag=True,
                help=Text(
                    "記録の対象とする版だけでなく、すべての版で判定する",
                    "judge against all editions, not only those the evidence is written for",
                )[lang],
            ),
            click.Option(
                ["--full"],
                is_flag=True,
                help=Text("満たした条項も開いて示す", "unfold clauses that are met, too")[lang],
            ),
            click.Option(
                ["--show-understood"],
                is_flag=True,
                help=Text(
                    "言葉で書かれた数や年月をどう読んだかを示す",
                    "show how figures and dates written in words were understood",
                )[lang],
            ),
            click.Option(
                ["--carry"],
                metavar="[FROM=]EDITION",
                help=Text(
                    "記録を対応表によって別の版へ引き継いで判定する。FROMはその版の記録だけを引き継ぐ",
                    "carry the evidence over to another edition by the crosswalk and judge it there; FROM carries only what was recorded for that edition",
                )[lang],
            ),
            standards_option(lang),
            as_of_option(lang),
            reading_option(lang),
            click.Option(
                ["--verify", "stored"],
                type=click.Path(path_type=Path),
                metavar="JUDGEMENT",
                help=Text(
                    "保存した判定を導き直し、何が変わったかを示す",
                    "derive stored judgements anew and say what changed",
                )[lang],
            ),
            format_option(lang),
            out_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "業務の記録（YAML、JSON、または1行1人のJSON Lines）を、すべての専門分野の各レベルについて判定します。",
            "Judge work records (YAML, JSON, or JSON Lines with one person a line) at every level of every field.",
        )[lang],
    )


def run(
    session: Session,
    evidence: tuple[Path, ...],
    path: str | None,
    every: bool,
    full: bool,
    show_understood: bool,
    carry: str | None,
    workspace: Path | None,
    as_of: str | None,
    readings: tuple[str, ...],
    stored: Path | None,
    output: str,
    out: Path | None,
) -> int:
    everything = chosen_standards(workspace)
    if stored is not None:
        return verify(session, everything, stored, evidence)
    if not evidence:
        raise RequestError(
            [
                Fault(
                    "no-evidence",
                    Text("業務の記録が指定されていません", "no evidence is named"),
                    Text(
                        "例: tassei judge examples/midori.yaml",
                        "for example: tassei judge examples/midori.yaml",
                    ),
                )
            ]
        )
    month = chosen_month(as_of)
    chosen = everything.readings_with(chosen_readings(readings))
    desk = Desk(everything, chosen, month, every, _carrier(everything, carry))
    asked = _asked(everything, path)
    records = list(
        desk.records(evidence)
    )  # all are read before the first is told: bad input changes nothing
    if output == "json":
        _print_json(session, desk, records, asked, out)
        return 0
    lines: list[str] = []
    for record in records:
        lines += tell(
            session,
            desk,
            record,
            asked,
            full,
            show_understood,
            brief=len(records) > 1 and asked is None,
        )
    if out is not None:
        write_file(out, ("\n".join(lines) + "\n").encode())
    else:
        session.print(*lines)
    return 0


class Desk:
    """Judges people one after another; the rules of a set of editions are made once."""

    def __init__(
        self,
        everything: Standards,
        readings: Readings,
        as_of: Month,
        every: bool = False,
        carrier: "Carrier | None" = None,
    ) -> None:
        self.standards = everything
        self.readings = readings
        self.as_of = as_of
        self.every = every
        self.carrier = carrier
        self.known: Known = known_of(everything)
        self._judges: dict[tuple[str, ...] | None, Judge] = {}

    def records(self, paths: Iterable[Path]) -> Iterator[Record]:
        for path in paths:
            yield from read_evidence(path, self.known, self.as_of)

    def carried(self, record: Record) -> tuple[Record, "Carried | None"]:
        """The record as it is judged, and how it was carried where that was asked for."""
        if self.carrier is None:
            return record, None
        carried = self.carrier.carry(record.evidence)
        return evolve(record, evidence=carried.evidence), carried

    def judge_for(self, record: Record, *also: str) -> Judge:
        """The judge for a person: over the editions of the evidence, that carried to, or all."""
        mine = None if self.every else editions_for(record.evidence)
        if self.carrier is not None and not self.every:
            mine = (self.carrier.target.id,)
        key = None if mine is None else tuple(sorted({*mine, *also}))
        if key not in self._judges:
            self._judges[key] = Judge(self.standards, self.readings, key)
        return self._judges[key]


def _carrier(everything: Standards, written: str | None) -> "Carrier | None":
    """`EDITION` or `FROM=EDITION`, taken apart.

    Raises:
        RequestError: an edition that does not exist.
    """
    if written is None:
        return None
    from tassei.comparing.carry import Carrier  # only where it is asked for

    source, _, target = written.rpartition("=")
    return Carrier(
        everything,
        everything.edition(target.strip()),
        everything.edition(source.strip()) if source else None,
    )


def _asked(everything: Standards, path: str | None) -> tuple[str, str, int] | None:
    return None if path is None else everything.level(path)


def _print_json(
    session: Session,
    desk: Desk,
    records: list[Record],
    asked: tuple[str, str, int] | None,
    out: Path | None,
) -> None:
    def lines() -> Iterator[str]:
        for recorded in progress(records, "judging"):
            record, carried = desk.carried(recorded)
            judge = desk.judge_for(record, *([asked[0]] if asked else []))
            writer = Writer(judge, session.json_lang, carried)
            if asked:
                yield writer.line(judge.judge(record.evidence, desk.as_of, judge.rung(*asked)))
                continue
            for judgement in judge.judge_all(record.evidence, desk.as_of):
                yield writer.line(judgement)

    if out is not None:
        write_file(out, "".join(line + "\n" for line in lines()).encode())
        return
    for line in lines():
        click.echo(line)


def tell(
    session: Session,
    desk: Desk,
    record: Record,
    asked: tuple[str, str, int] | None,
    full: bool = False,
    show_understood: bool = False,
    brief: bool = False,
) -> list[str]:
    """A person's judgement as people read it."""
    record, carried = desk.carried(record)
    judge = desk.judge_for(record, *([asked[0]] if asked else []))
    # the proof stands two columns in
    teller = Teller(judge, session.lang, session.width - 2, full)
    say, person = session.say, record.evidence.person
    defaults = dict(desk.standards.readings_with({}))
    standings = judge.standings(record.evidence, desk.as_of)
    lines = [
        (person.id if person.name == person.id else f"{person.name} ({person.id})")
        + " · "
        + say(Text(f"{desk.as_of.label.ja}時点", f"as of {desk.as_of}"))
        + f" · {teller.readings(defaults)}"
    ]
    shown = (
        standings
        if desk.every or asked
        else tuple(s for s in standings if s.edition.id in record.evidence.written_for) or standings
    )
    if desk.carrier is not None and not desk.every:
        shown = tuple(s for s in standings if s.edition.id == desk.carrier.target.id)
    rung = _rung_to_show(judge, standings, record, asked)
    if rung is not None:
        judgement = judge.judge(record.evidence, desk.as_of, rung)
        reached = _reached(judge, record, desk.as_of, standings, rung)
        lines.append(hanging("", teller.answer(judgement, reached), session.width))
    lines += ["", *teller.standings(shown)]
    hidden = len(desk.standards.editions) - len({s.edition.id for s in shown})
    if hidden and not brief:
        lines += [
            say(
                Text(
                    f"  （ほかに{hidden}つの版: --all）",
                    f"  ({hidden} more {'edition' if hidden == 1 else 'editions'}: --all)",
                )
            ),
            "",
        ]
    if rung is not None and not brief:
        lines += _proof(session, teller, judgement, asked is None)
    if carried is not None:
        from tassei.reporting.carried import CarryTeller

        lines += ["", *CarryTeller(desk.standards, session.lang, session.width).lines(carried)]
    lines += [
        hanging("  ! ", f"{r.engagement}: {say(r.text)}", session.width) for r in record.remarks
    ]
    if show_understood:
        lines += ["", say(Text("読み取り", "understood"))]
        lines += [
            f"  {u.line}: {u.key}: {u.written} → {u.taken_as}"
            for u in sorted(record.understood, key=lambda u: u.line)
        ]
    return [*lines, ""]


def _reached(
    judge: Judge, record: Record, as_of: Month, standings: tuple[Standing, ...], rung: Rung
) -> Judgement | None:
    """The judgement of the highest level that is met in the field of a rung."""
    of_field = (rung.edition.id, rung.field_id)
    level = next(s.level for s in standings if (s.edition.id, s.field_id) == of_field)
    return judge.judge(record.evidence, as_of, judge.rung(*of_field, level)) if level else None


def _proof(
    session: Session, teller: Teller, judgement: Judgement, chosen_by_us: bool
) -> Iterator[str]:
    say, rung = session.say, judgement.rung
    field = rung.edition.field(rung.field_id)
    name = say(field.name) if field else rung.field_id
    title = f"{rung.edition.label} · {name} {say(Text('レベル', 'level '))}{rung.level} — {say(judgement.verdict.label)}"
    yield hanging(
        "  " + (say(NEXT) + ": " if chosen_by_us and judgement.verdict is not Verdict.MET else ""),
        title,
        session.width,
    )
    yield from ("  " + line for line in _indented(teller.proof(judgement)))
    if judgement.missing:
        yield ""
        yield "  " + say(Text("足りないもの（満たしやすい順）", "Missing, shortest first"))
        yield from teller.missing(judgement)
    doubts = list(teller.doubts(judgement))
    if doubts:
        yield ""
        yield "  " + say(
            Text(
                "判定を左右しうる疑義（全文: tassei doubts D-NNN）",
                "Doubts that could change it (in full: tassei doubts D-NNN)",
            )
        )
        yield from doubts


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (line for block in lines for line in block.split("\n"))


def _rung_to_show(
    judge: Judge,
    standings: tuple[Standing, ...],
    record: Record,
    asked: tuple[str, str, int] | None,
) -> Rung | None:
    """The level asked for; else the next one up in the field where the person stands highest.

    Of fields where a person stands equally high, the one with a level still open is of more use,
    then the one in which the person has worked most.
    """
    if asked is not None:
        return judge.rung(*asked)
    if not standings:
        return None
    works = [w.fields or frozenset[str]() for w in record.evidence.engagements or ()]

    def height(standing: Standing) -> tuple[int, bool, int]:
        field = standing.edition.qualified(standing.field_id)
        return standing.level or 0, bool(standing.open_above), sum(field in w for w in works)

    best = max(standings, key=height)
    level = best.next_level or best.level
    return judge.rung(best.edition.id, best.field_id, level) if level else None
