"""`tassei show`: what a field or a level asks, in plain words, with places and doubts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tassei.cli.context import Session
from tassei.cli.options import (
    chosen_readings,
    chosen_standards,
    format_option,
    lang_option,
    reading_option,
    standards_option,
)
from tassei.encoding.standards import Standards
from tassei.encoding.table import indicator_rows
from tassei.encoding.texts import OfficialText, official_texts
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Readings
from tassei.reporting.indicators import indicator_lines, official_lines
from tassei.reporting.layout import hanging, pad
from tassei.rules.checks import findings
from tassei.rules.from_indicators import rule_of
from tassei.rules.wording import Worded, word
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "show",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["path"], metavar="EDITION[/FIELD[/LEVEL]]"),
            standards_option(lang),
            reading_option(lang),
            click.Option(
                ["--check"],
                is_flag=True,
                help=Text("静的検査の所見も示す", "show what the static checks report, too")[lang],
            ),
            format_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "版、専門分野、レベルの基準を、文書の行と疑義とともに示します。",
            "Show what an edition, a field or a level asks, with source places and doubts.",
        )[lang],
    )


def run(
    session: Session,
    path: str,
    workspace: Path | None,
    readings: tuple[str, ...],
    check: bool,
    output: str,
) -> None:
    everything = chosen_standards(workspace)
    chosen = everything.readings_with(chosen_readings(readings))
    edition, field_id, level = everything.find(path)
    indicators = [
        i
        for i in edition.indicators
        if (field_id is None or field_id in (i.field_id, *edition.covered_by(i)))
        and level in (None, i.level)
    ]
    official = official_texts(workspace, edition) if workspace else ()
    if output == "json":
        session.print_json(
            [
                _json(everything, edition, i, chosen) | _official_json(i, official)
                for i in indicators
            ]
        )
        return
    if field_id is None:
        session.print(*_outline(session, everything, edition))
    else:
        for indicator in indicators:
            session.print(
                *indicator_lines(
                    everything, edition, indicator, chosen, session.lang, session.width
                ),
                *official_lines(indicator, official, session.lang, session.width),
                "",
            )
    if check:
        session.print(*_checks(session, edition))


def _outline(session: Session, everything: Standards, edition: Edition) -> Iterator[str]:
    say, width = session.say, session.width
    yield f"{say(edition.title)}  {edition.id}"
    yield hanging("  ", say(edition.category.outline), width, str(edition.category.place))
    yield hanging("  ", say(edition.known_by), width)
    yield ""
    top = max(level for f in edition.fields for level in f.levels)
    levels = range(top, 0, -1)
    yield f"  {pad('', 40)}" + "  ".join(map(str, levels))
    for field in edition.fields:
        marks = "  ".join("■" if n in field.levels else "·" for n in levels)
        yield f"  {pad(say(field.name), 40)}{marks}"
        yield hanging("    ", say(field.outline), width, str(field.place))
    doubts = [d for d in everything.doubts if any(t.edition == edition.id for t in d.touches)]
    yield ""
    yield say(
        Text(
            f"疑義 {len(doubts)}件: tassei doubts {edition.id}",
            f"{len(doubts)} doubts: tassei doubts {edition.id}",
        )
    )
    yield say(
        Text(
            f"次に: tassei show {edition.id}/{edition.fields[0].id}",
            f"next: tassei show {edition.id}/{edition.fields[0].id}",
        )
    )


def _checks(session: Session, edition: Edition) -> Iterator[str]:
    found = findings(edition)
    yield session.say(
        Text(f"静的検査の所見 {len(found)}件", f"{len(found)} findings of the static checks")
    )
    for finding in found:
        text = f"{finding.field_id} {finding.level}: {session.say(finding.text)}"
        yield hanging("  ", text, session.width, str(finding.place))


def _json(
    everything: Standards, edition: Edition, indicator: Indicator, readings: Readings
) -> dict[str, Any]:
    [row] = [
        r
        for r in indicator_rows(everything, [edition])
        if r["level"] == indicator.level and r["specialty_field"]["id"] == indicator.field_id
    ]
    field_id = edition.covered_by(indicator)[0]
    return row | {"wording": _worded(word(rule_of(edition, indicator, field_id, readings)))}


def _official_json(indicator: Indicator, official: tuple[OfficialText, ...]) -> dict[str, Any]:
    """The document's own sentences, where the workspace has them."""
    own = [t for t in official if (t.field_id, t.level) == (indicator.field_id, indicator.level)]
    if not own:
        return {}
    return {
        "official": [
            {"clause": t.clause, "line": t.place and t.place.line, "text": t.text} for t in own
        ]
    }


def _worded(worded: Worded) -> dict[str, Any]:
    place = worded.place
    return {
        "clause": worded.label,
        "ja": worded.text.ja,
        "en": worded.text.en,
        "source": place and {"document": place.document, "line": place.line},
        "items": [{"ja": i.ja, "en": i.en} for i in worded.items],
        "parts": [_worded(p) for p in worded.parts],
    }
