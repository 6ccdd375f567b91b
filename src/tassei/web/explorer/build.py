"""Standards -> the pages of the explorer."""

from collections.abc import Iterable

from django.urls import reverse

from tassei.comparing.differences import compare, moves_between, ordered
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.readings import Reading
from tassei.reporting.comparison_page import comparison_parts
from tassei.reporting.comparisons import NOT_ASKED, summary
from tassei.reporting.comparisons import title as comparison_title
from tassei.reporting.indicators import indicator_notes, indicator_remarks
from tassei.reporting.proposals import KIND_NAMES
from tassei.rules.wording import short
from tassei.text import Lang, Text
from tassei.web.explorer import pages
from tassei.web.explorer.clauses import clause_of
from tassei.web.explorer.headline import headline
from tassei.web.explorer.shelf import (
    Level,
    all_levels,
    ladder,
    level_at,
    readings_that_matter,
    standards,
)


def edition_url(edition: Edition) -> str:
    return reverse("edition", args=edition.id.split("/"))


def field_url(edition: Edition, field: SpecialtyField) -> str:
    return reverse("field", args=[*edition.id.split("/"), field.id])


def level_url(level: Level) -> str:
    return reverse("level", args=[*level.edition.id.split("/"), level.field.id, level.number])


def doubt_link(doubt: Doubt, lang: Lang) -> pages.Link:
    return pages.Link(doubt.title[lang], reverse("doubt", args=[doubt.id]), doubt.id)


def edition_name(edition: Edition) -> Text:
    """`IT Service Management · V2 2006`: two editions of a category are told apart by the label."""
    name = edition.category.name
    return Text(f"{name.ja} · {edition.label}", f"{name.en} · {edition.label}")


def home(lang: Lang) -> pages.Home:
    everything = standards()
    return pages.Home(
        Text("ITスキル標準を読み、確かめる", "Read the IT Skill Standard, and try it")[lang],
        tuple(card(e, lang) for e in everything.editions),
    )


def card(edition: Edition, lang: Lang) -> pages.EditionCard:
    fields = edition.specialty_fields()
    rungs = {f.id: {x.number: x for x in ladder(edition, f)} for f in fields}
    top = max(n for levels in rungs.values() for n in levels)
    levels = tuple(range(top, 0, -1))
    return pages.EditionCard(
        edition.category.name[lang],
        edition.label,
        edition_url(edition),
        edition.category.outline[lang],
        levels,
        tuple(
            pages.FieldRow(
                field.name[lang],
                field_url(edition, field),
                field.outline[lang],
                tuple(
                    pages.Link(rungs[field.id][n].name[lang], level_url(rungs[field.id][n]), str(n))
                    if n in rungs[field.id]
                    else None
                    for n in levels
                ),
            )
            for field in fields
        ),
    )


def edition_page(edition: Edition, lang: Lang) -> pages.EditionPage:
    everything = standards()
    before = everything.edition(edition.follows) if edition.follows else None
    after = next((e for e in everything.editions if e.follows == edition.id), None)
    return pages.EditionPage(
        edition_name(edition)[lang],
        card(edition, lang),
        str(edition.category.place),
        edition.known_by[lang],
        edition.dated,
        _edition_link(before, lang),
        _edition_link(after, lang),
        len(_touching(edition)),
        f"{reverse('doubts')}?edition={edition.id}",
        _edition_link(everything.edition(edition.over), lang) if edition.over else None,
        f"{reverse('compare-editions')}?one={edition.over}&other={edition.id}"
        if edition.over
        else "",
    )


def _edition_link(edition: Edition | None, lang: Lang) -> pages.Link | None:
    if edition is None:
        return None
    return pages.Link(edition_name(edition)[lang], edition_url(edition))


def _touching(edition: Edition) -> tuple[Doubt, ...]:
    return tuple(d for d in standards().doubts if any(t.edition == edition.id for t in d.touches))


def field_page(edition: Edition, field: SpecialtyField, lang: Lang) -> pages.FieldPage:
    return pages.FieldPage(
        field.name[lang],
        pages.Link(edition_name(edition)[lang], edition_url(edition)),
        field.outline[lang],
        str(field.place),
        tuple(
            pages.Step(x.number, level_url(x), headline(x.indicator)[lang], _shared(x, lang))
            for x in ladder(edition, field)
        ),
        f"{reverse('try')}?field={edition.qualified(field.id)}",
    )


def _shared(level: Level, lang: Lang) -> str:
    names = [f.name[lang] for f in level.shared_with]
    joined = Text("、", ", ")[lang].join(names)
    return Text("共通: {names}", "shared with {names}").format(names=joined)[lang] if names else ""


def level_page(level: Level, lang: Lang) -> pages.LevelPage:
    edition, field = level.edition, level.field
    steps = {x.number: x for x in ladder(edition, field)}
    above = min((n for n in steps if n > level.number), default=None)
    below = max((n for n in steps if n < level.number), default=None)
    compared = steps[above or below or level.number]
    official = _official(level)
    return pages.LevelPage(
        level.name[lang],
        pages.Link(edition_name(edition)[lang], edition_url(edition)),
        pages.Link(field.name[lang], field_url(edition, field)),
        headline(level.indicator)[lang],
        tuple(pages.Link(f.name[lang], field_url(edition, f)) for f in level.shared_with),
        clause_of(level, lang),
        tuple(n[lang] for n in indicator_notes(level.indicator)),
        tuple(n[lang] for n in indicator_remarks(level.indicator)),
        tuple(doubt_link(d, lang) for d in level.doubts),
        tuple(_reading_choice(r, level, lang) for r in readings_that_matter(level)),
        level.readings != standards().readings_with({}),
        _step_link(steps.get(above or 0), lang),
        _step_link(steps.get(below or 0), lang),
        f"{reverse('compare-levels')}?one={level.path}&other={compared.path}",
        f"{reverse('try')}?field={edition.qualified(field.id)}&level={level.number}",
        _step_link(official, lang),
        f"{reverse('compare-levels')}?one={official.path}&other={level.path}" if official else "",
    )


def _official(level: Level) -> Level | None:
    """The level of the official edition that a tailored one is laid over."""
    over = level.edition.over
    return level_at(f"{over}/{level.field.id}/{level.number}") if over else None


def _step_link(level: Level | None, lang: Lang) -> pages.Link | None:
    return None if level is None else pages.Link(level.name[lang], level_url(level))


def _reading_choice(reading: Reading, level: Level, lang: Lang) -> pages.ReadingChoice:
    return pages.ReadingChoice(
        reading.id,
        reading.question[lang],
        reading.why[lang],
        f"{reverse('readings')}#{reading.id}",
        tuple(
            pages.Choice(a.id, a.meaning[lang], level.readings[reading.id] == a.id)
            for a in reading.alternatives
        ),
    )


def doubts_page(edition: Edition | None, lang: Lang) -> pages.DoubtsPage:
    found = standards().doubts if edition is None else _touching(edition)
    lead = Text(
        f"文書の誤り、あいまいさ、矛盾を{len(found)}件記録しています。どれも黙って直してはいません。",
        f"{len(found)} defects, ambiguities and contradictions of the documents, none of them repaired in silence.",
    )
    return pages.DoubtsPage(
        Text("疑義の一覧", "The register of doubts")[lang],
        lead[lang],
        tuple(doubt_link(d, lang) for d in found),
        _edition_link(edition, lang),
    )


def doubt_page(doubt: Doubt, lang: Lang) -> pages.DoubtPage:
    everything = standards()
    touched = [
        level
        for level in all_levels()
        if doubt.concerns(level.edition.id, level.indicator.field_id, level.number)
    ]
    by_id = {r.id: r for r in everything.readings}
    return pages.DoubtPage(
        doubt.title[lang],
        doubt.id,
        KIND_NAMES[doubt.kind][lang],
        doubt.says[lang],
        doubt.reading[lang],
        doubt.why[lang],
        doubt.changes_rule,
        tuple(map(str, doubt.places)),
        tuple(
            pages.Link(x.name[lang], level_url(x), edition_name(x.edition)[lang]) for x in touched
        ),
        tuple(
            pages.Link(by_id[r].question[lang], f"{reverse('readings')}#{r}", r)
            for r in doubt.readings
        ),
    )


def readings_page(lang: Lang) -> pages.ReadingsPage:
    everything = standards()
    return pages.ReadingsPage(
        Text("読みの選択", "Readings")[lang],
        tuple(
            pages.ReadingEntry(
                r.id,
                r.question[lang],
                r.why[lang],
                tuple(
                    pages.Choice(a.id, a.meaning[lang], a.id == r.default) for a in r.alternatives
                ),
                tuple(doubt_link(d, lang) for d in everything.doubts if r.id in d.readings),
            )
            for r in everything.readings
        ),
    )


def compare_levels_page(one: str, other: str, lang: Lang) -> pages.CompareLevelsPage:
    """Two levels side by side.

    Raises:
        RequestError: one of the paths does not name a level.
    """
    first, second = level_at(one), level_at(other)
    moves = moves_between(first.edition, first.indicator, second.edition, second.indicator)
    names = Text("{one} と {other}", "{one} and {other}").format(one=first.name, other=second.name)
    lead = (
        Text(
            f"{len(moves)}か所で求めるものが異なります。",
            f"They ask for different things in {len(moves)} places."
            if len(moves) != 1
            else "They ask for different things in 1 place.",
        )
        if moves
        else Text("求めるものは同じです。", "They ask for the same.")
    )
    return pages.CompareLevelsPage(
        names[lang],
        lead[lang],
        _level_options(first, lang),
        _level_options(second, lang),
        tuple(
            pages.Difference(
                m.label[lang],
                (m.before or NOT_ASKED)[lang],
                (m.after or NOT_ASKED)[lang],
                {True: "more", False: "less", None: ""}[m.more],
                tuple(short(t)[lang] for _, t in m.gone),
                tuple(short(t)[lang] for _, t in m.added),
            )
            for m in moves
        ),
        tuple(
            pages.Side(
                x.name[lang], edition_name(x.edition)[lang], level_url(x), clause_of(x, lang)
            )
            for x in (first, second)
        ),
    )


def _level_options(chosen: Level, lang: Lang) -> tuple[pages.OptionGroup, ...]:
    groups: dict[str, list[pages.Choice]] = {}
    for level in all_levels():
        option = pages.Choice(level.path, level.name[lang], level.path == chosen.path)
        groups.setdefault(edition_name(level.edition)[lang], []).append(option)
    return tuple(pages.OptionGroup(name, tuple(options)) for name, options in groups.items())


def compare_editions_page(one: str, other: str, lang: Lang) -> pages.CompareEditionsPage:
    """Two editions side by side, the earlier one first.

    Raises:
        RequestError: there is no such edition.
    """
    everything = standards()
    earlier, later = ordered(everything, everything.edition(one), everything.edition(other))
    comparison = compare(everything, earlier, later)
    return pages.CompareEditionsPage(
        comparison_title(comparison)[lang],
        summary(comparison)[lang],
        _edition_options(everything.editions, earlier, lang),
        _edition_options(everything.editions, later, lang),
        comparison_parts(comparison, everything.vocabulary, lang).html,
    )


def _edition_options(
    editions: Iterable[Edition], chosen: Edition, lang: Lang
) -> tuple[pages.Choice, ...]:
    return tuple(pages.Choice(e.id, edition_name(e)[lang], e == chosen) for e in editions)
