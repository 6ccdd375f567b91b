"""`tassei compare`: what changed from one edition to another, and along a lineage."""

from collections.abc import Iterator
from pathlib import Path

import click

from tassei.cli.context import Session
from tassei.cli.options import format_option, lang_option, out_option
from tassei.comparing.correspond import lineage
from tassei.comparing.differences import Comparison, compare, ordered
from tassei.comparing.story import story_along
from tassei.encoding.compiled import standards
from tassei.encoding.standards import Standards
from tassei.errors import Fault, RequestError
from tassei.framework.edition import Edition
from tassei.reporting.comparison_page import comparison_page
from tassei.reporting.comparisons import comparison_json, comparison_lines
from tassei.reporting.layout import hanging
from tassei.reporting.stories import story_json, story_lines
from tassei.reporting.story_page import story_page
from tassei.shaping import suggestion
from tassei.text import Lang, Text


def command(lang: Lang) -> click.Command:
    return click.Command(
        "compare",
        callback=click.pass_obj(run),
        params=[
            click.Argument(["editions"], nargs=-1, metavar="[EDITION]..."),
            click.Option(
                ["--lineage", "category"],
                metavar="CATEGORY",
                help=Text(
                    "職種の系譜を最初の版から最後の版までたどる（例: it-service-management）",
                    "tell the story of a category from its first edition to its last (for example it-service-management)",
                )[lang],
            ),
            click.Option(
                ["--translation"],
                is_flag=True,
                help=Text(
                    "二つの版を原文とその訳として比べる",
                    "compare the two editions as an original and its translation",
                )[lang],
            ),
            click.Option(
                ["--document", "documents"],
                type=click.Path(path_type=Path),
                multiple=True,
                metavar="FILE",
                help=Text(
                    "--translation で比べる文書。原文、訳の順に2度指定する",
                    "a document that --translation compares; give it twice, the original first",
                )[lang],
            ),
            click.Option(
                ["--full"],
                is_flag=True,
                help=Text(
                    "理由と、一部が重なる専門分野の違いも示す",
                    "show reasons, and how fields that overlap in part differ",
                )[lang],
            ),
            format_option(lang, ("text", "json", "html")),
            out_option(lang),
            lang_option(lang),
        ],
        help=Text(
            "二つの版で、専門分野、基準値、用語の何が変わったかを示します。三つ以上の版か --lineage では、系譜の物語を1枚で示します。",
            "Show which fields, thresholds and terms changed between two editions; for three or more, or with --lineage, tell the story of the category on one page.",
        )[lang],
    )


def run(
    session: Session,
    editions: tuple[str, ...],
    category: str | None,
    translation: bool,
    documents: tuple[Path, ...],
    full: bool,
    output: str,
    out: Path | None,
) -> None:
    everything = standards()
    chosen = tuple(everything.edition(e) for e in editions)
    if len(chosen) == 2 and (translation or documents):
        _translation(session, everything, chosen[0], chosen[1], documents, output, out)
    elif category is not None:
        _story(session, everything, lineage_of(everything, category), output, out)
    elif len(chosen) > 2:
        _story(session, everything, chosen, output, out)
    elif len(chosen) == 2:
        _pair(session, everything, chosen[0], chosen[1], full, output, out)
    else:
        raise RequestError(
            [
                Fault(
                    "editions-expected",
                    Text(
                        f"比べる版が{len(chosen)}つしか指定されていません",
                        f"two editions are needed, but {len(chosen)} given",
                    ),
                    Text(
                        f"例: tassei compare {everything.editions[0].id} {everything.editions[-1].id}",
                        f"for example: tassei compare {everything.editions[0].id} {everything.editions[-1].id}",
                    ),
                )
            ]
        )


def lineage_of(everything: Standards, category: str) -> tuple[Edition, ...]:
    """The lineage that ends in a category, or in an edition of that id.

    Raises:
        RequestError: no category is called so.
    """
    for edition in reversed(everything.editions):
        if category in (edition.id, edition.category.id):
            return lineage(everything, edition)
    known = sorted({e.category.id for e in everything.editions})
    raise RequestError(
        [
            Fault(
                "unknown-category",
                Text(f"職種「{category}」はありません", f'no category is called "{category}"'),
                suggestion(category, known),
            )
        ]
    )


def _translation(
    session: Session,
    everything: Standards,
    one: Edition,
    other: Edition,
    documents: tuple[Path, ...],
    output: str,
    out: Path | None,
) -> None:
    # only this use of the command needs them
    from tassei.cli.document import read
    from tassei.comparing.translation import compare_translation
    from tassei.reporting.translations import (
        translation_json,
        translation_lines,
        translation_page,
    )

    if len(documents) not in (0, 2):
        raise RequestError(
            [
                Fault(
                    "two-documents-expected",
                    Text(
                        f"原文と訳の二つの文書が必要ですが、指定は{len(documents)}つです",
                        f"two documents are needed, the original and its translation, but {len(documents)} given",
                    ),
                    Text(
                        "--document を2度、原文、訳の順に指定するか、除いてください",
                        "give --document twice, the original first, or leave it out",
                    ),
                )
            ]
        )
    texts = (read(documents[0]), read(documents[1])) if documents else (None, None)
    found = compare_translation(everything, one, other, texts)
    if output == "json":
        session.emit_json(translation_json(found), out)
    elif output == "html":
        session.emit(translation_page(found, session.lang), out)
    else:
        lines = translation_lines(found, session.lang, session.width)
        session.emit("\n".join(lines) + "\n", out)


def _pair(
    session: Session,
    everything: Standards,
    one: Edition,
    other: Edition,
    full: bool,
    output: str,
    out: Path | None,
) -> None:
    comparison = compare(everything, *ordered(everything, one, other))
    if output == "json":
        session.emit_json(comparison_json(comparison), out)
    elif output == "html":
        session.emit(comparison_page(comparison, everything.vocabulary, session.lang), out)
    else:
        lines = comparison_lines(
            comparison, everything.vocabulary, session.lang, session.width, full=full
        )
        session.emit("\n".join([*lines, *_hint(session, comparison)]) + "\n", out)


def _hint(session: Session, comparison: Comparison) -> Iterator[str]:
    """Where the two are one text in two languages, the comparison that is made for that."""
    pair = comparison.pair
    if pair is not None and pair.translation is not None:
        yield hanging(
            "",
            session.say(
                Text(
                    f"一つの文書の二つの言語の版です: tassei compare {pair.earlier} {pair.later} --translation",
                    f"One text in two languages: tassei compare {pair.earlier} {pair.later} --translation",
                )
            ),
            session.width,
        )


def _story(
    session: Session,
    everything: Standards,
    editions: tuple[Edition, ...],
    output: str,
    out: Path | None,
) -> None:
    story = story_along(everything, editions)
    if output == "json":
        session.emit_json(story_json(story), out)
    elif output == "html":
        session.emit(story_page(story, session.lang), out)
    else:
        session.emit("\n".join(story_lines(story, session.lang, session.width)) + "\n", out)
