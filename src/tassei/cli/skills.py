"""`tassei skills`: what a person can do, beside what the indicators ask to have been done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tassei.cli.context import Session
from tassei.cli.options import (
    as_of_option,
    chosen_month,
    chosen_standards,
    format_option,
    lang_option,
    standards_option,
)
from tassei.evidence.read import read_evidence
from tassei.framework.edition import Edition
from tassei.judging.judge import known_of
from tassei.judging.skills import Coverage, ProficiencyStanding, coverages, proficiency_standings
from tassei.reporting.layout import hanging, pad
from tassei.rules.wording import bounds
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "skills",
        callback=click.pass_obj(run),
        params=[
            click.Argument(
                ["evidence"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar="EVIDENCE...",
            ),
            click.Option(
                ["--knowledge"],
                is_flag=True,
                help=Text(
                    "知識項目のうち知らないものも示す",
                    "name the knowledge items that are not known, too",
                )[lang],
            ),
            standards_option(lang),
            as_of_option(lang),
            format_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "スキル項目ごとの最高の熟達度と、知識項目の充足を示します。",
            "Show the highest proficiency of each skill item and the coverage of knowledge.",
        )[lang],
    )


def run(
    session: Session,
    evidence: tuple[Path, ...],
    knowledge: bool,
    workspace: Path | None,
    as_of: str | None,
    output: str,
) -> None:
    everything = chosen_standards(workspace)
    month = chosen_month(as_of)
    known = known_of(everything)
    records = [r for path in evidence for r in read_evidence(path, known, month)]
    editions = [e for e in everything.editions if e.skills.items]
    for record in records:
        for edition in editions:
            items = list(proficiency_standings(everything, edition, record.evidence, month))
            covered = list(coverages(everything, edition, record.evidence, month))
            if output == "json":
                session.print_json(_json(record.evidence.person.id, edition, items, covered))
                continue
            person = record.evidence.person
            session.print(
                f"{person.name} ({person.id}) · {session.say(edition.title)}",
                "",
                *_lines(session, edition, items, covered, knowledge),
                "",
            )


def _lines(
    session: Session,
    edition: Edition,
    items: list[ProficiencyStanding],
    covered: list[Coverage],
    knowledge: bool,
) -> Iterator[str]:
    say = session.say
    by_block = {(c.block.field_id, c.block.item): c for c in covered}
    for field in edition.specialty_fields():
        yield f"  {pad(say(field.name), 54)}{pad(say(Text('熟達度', 'proficiency')), 16)}{say(Text('知識項目', 'knowledge'))}"
        for standing in (s for s in items if s.field_id == field.id):
            coverage = by_block.get((field.id, standing.item.id))
            yield f"    {pad(say(standing.item.name), 52)}{pad(_level(session, standing), 16)}{_share(coverage)}"
            if standing.reached and standing.reached.scope:
                sizes = [
                    say(bounds(b.measure, b.at_least, b.below)) for b in standing.reached.scope
                ]
                yield hanging(
                    "      ",
                    say(Text("業務の規模: ", "in work of: "))
                    + say(Text("、または", ", or ")).join(sizes),
                    session.width,
                    str(standing.reached.place),
                )
            if knowledge and coverage and len(coverage.known) < coverage.total:
                lacking = [t for t in coverage.block.leaves() if t not in coverage.known]
                yield hanging(
                    "      · ",
                    say(Text("、", ", ")).join(say(t.name) for t in lacking),
                    session.width,
                )
        yield ""


def _level(session: Session, standing: ProficiencyStanding) -> str:
    reached, possible = standing.reached, standing.possible
    none = session.say(Text("なし", "none"))
    sure = (
        session.say(Text(f"レベル{reached.level}", f"level {reached.level}")) if reached else none
    )
    if possible and (reached is None or possible.level > reached.level):
        return "?" if reached is None else f"{sure}-{possible.level}?"
    return sure


def _share(coverage: Coverage | None) -> str:
    if coverage is None:
        return ""
    if coverage.open:
        return f"{len(coverage.known)}-{coverage.possible}/{coverage.total} ?"
    return f"{len(coverage.known)}/{coverage.total}"


def _json(
    person: str, edition: Edition, items: list[ProficiencyStanding], covered: list[Coverage]
) -> dict[str, Any]:
    return {
        "schema": "tassei/skill-standing/1",
        "person": person,
        "edition": edition.id,
        "proficiency": [
            {"field": s.field_id, "item": s.item.id, "level": s.reached.level if s.reached else None, "possible": s.possible.level if s.possible else None}
            for s in items
        ],
        "knowledge": [
            {"field": c.block.field_id, "item": c.block.item, "known": [t.id for t in c.known], "open": [t.id for t in c.open], "total": c.total}
            for c in covered
        ],
    }  # fmt: skip
