"""Checks that need a whole edition: what refers to something must find it, and once."""

from collections.abc import Collection, Iterable, Iterator

from tassei.framework.edition import DRAFT, Edition
from tassei.framework.indicator import Indicator
from tassei.shaping import Shape, suggestion
from tassei.text import Text


def check_edition(shape: Shape, edition: Edition) -> None:
    """Add a fault for everything in the edition that refers to nothing, or that stands twice."""
    fields = [f.id for f in edition.fields]
    check_distinct(shape, fields)
    for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks"):
        check_distinct(shape, (t.id for t in getattr(edition.terms, kind)))
    for field in edition.fields:
        _known(
            shape, field.applies_to, fields, "unknown-field", Text("専門分野", "specialty field")
        )
    _check_levels(shape, edition)
    _check_skills(shape, edition, fields)


def check_distinct(shape: Shape, ids: Iterable[str]) -> None:
    """Each id once."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            shape.fault(
                "doubled-term",
                Text(f"「{one}」が2度あります", f'"{one}" stands there twice'),
                Text("一方を除いてください", "take one of them out"),
            )
        seen.add(one)


def _known(
    shape: Shape, named: Iterable[str], known: Collection[str], code: str, noun: Text
) -> None:
    for name in named:
        if name not in known:
            shape.fault(
                code,
                Text(f"{noun.ja}「{name}」はありません", f'no {noun.en} is called "{name}"'),
                suggestion(name, known),
            )


def _check_levels(shape: Shape, edition: Edition) -> None:
    check_distinct(shape, (f"{i.field_id} {i.level}" for i in edition.indicators))
    found = {(i.field_id, i.level) for i in edition.indicators}
    expected = {(f.id, level) for f in edition.fields for level in f.levels}
    for field_id, level in sorted(expected - found):
        shape.fault(
            "missing-indicator",
            Text(
                f"{field_id} のレベル{level}の達成度指標がありません",
                f"{field_id} has no indicator for level {level}",
            ),
            Text(
                "達成度指標を書くか、levels から除いてください",
                "write the indicator, or take the level out of `levels`",
            ),
        )
    asked = {(i.field_id, level) for i in edition.indicators for level in _levels_asked(i)}
    if edition.label == DRAFT:
        # a document may name levels that it does not print, and a draft says what the document says
        asked = set()
    for field_id, level in sorted((found | asked) - expected):
        shape.fault(
            "level-not-offered",
            Text(
                f"{field_id} にレベル{level}はありません", f"{field_id} does not have level {level}"
            ),
            Text(
                "levels に加えるか、そのレベルを書いた箇所を直してください",
                "add it to `levels`, or correct what names it",
            ),
        )


def _levels_asked(indicator: Indicator) -> Iterator[int]:
    """The levels whose work an indicator asks for."""
    said = indicator.responsibility
    counted = said.engagements
    levels = [said.work_level]
    if counted is not None:
        levels += [counted.of_which_level, counted.others_level]
    return (level for level in levels if level is not None)


def _check_skills(shape: Shape, edition: Edition, fields: Collection[str]) -> None:
    skills = edition.skills
    items = [i.id for i in skills.items]
    check_distinct(shape, items)
    field, skill = Text("専門分野", "specialty field"), Text("スキル項目", "skill item")
    for item in skills.items:
        _known(shape, item.fields, fields, "unknown-field", field)
    _known(shape, (p.item for p in skills.proficiency), items, "unknown-skill", skill)
    _known(shape, (b.item for b in skills.knowledge), items, "unknown-skill", skill)
