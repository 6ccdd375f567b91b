"""`tassei editions`: what can be judged against."""

from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.options import (
    chosen_standards,
    format_option,
    lang_option,
    standards_option,
)
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.reporting.layout import hanging, pad
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "editions",
        callback=click.pass_obj(run),
        params=[standards_option(lang), format_option(lang), lang_option(lang)],
        help=Text(
            "版、その由来の推定、専門分野、レベルを一覧します。",
            "List the editions with how they were identified, their fields and levels.",
        )[lang],
    )


def run(session: Session, workspace: Path | None, output: str) -> None:
    everything = chosen_standards(workspace)
    editions = lineage_order(everything.editions)
    if output == "json":
        session.print_json([_json(everything, e) for e in editions])
        return
    for edition in editions:
        session.print(*_lines(session, edition), "")


def lineage_order(editions: tuple[Edition, ...]) -> list[Edition]:
    """Each edition behind the one that it follows; the beginnings of a lineage by their id."""
    found: list[Edition] = []
    rest = sorted(editions, key=lambda e: e.id)
    while rest:
        ids = {e.id for e in rest}
        found += (now := [e for e in rest if e.follows not in ids])
        rest = [e for e in rest if e not in now]
    return found


def _lines(session: Session, edition: Edition) -> list[str]:
    say, width = session.say, session.width
    lines = [
        f"{say(edition.title)}  {edition.id}",
        "  " + say(Text(f"文書 {edition.document}", f"document {edition.document}")),
        hanging("  ", say(edition.known_by), width),
        hanging("  ", say(edition.category.outline), width),
    ]
    for field in edition.fields:
        levels = ", ".join(map(str, field.levels))
        lines.append(
            f"  {pad(say(field.name), 32)}{pad(field.id, 24)}{say(Text('レベル', 'levels'))} {levels}"
        )
    return lines


def _json(everything: Standards, edition: Edition) -> dict[str, object]:
    return {
        "id": edition.id,
        "label": edition.label,
        "document": edition.document,
        "language": edition.language,
        "dated": edition.dated,
        "follows": edition.follows,
        "digest": everything.digests[edition.id],
        "ja": edition.title.ja,
        "en": edition.title.en,
        "known_by": {"ja": edition.known_by.ja, "en": edition.known_by.en},
        "outline": {"ja": edition.category.outline.ja, "en": edition.category.outline.en},
        "fields": [
            {"id": f.id, "ja": f.name.ja, "en": f.name.en, "levels": list(f.levels), "applies_to": list(f.applies_to),
             "outline": {"ja": f.outline.ja, "en": f.outline.en}}
            for f in edition.fields
        ],
    }  # fmt: skip
