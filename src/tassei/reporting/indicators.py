"""An indicator for people: its generated wording, with places, doubts and what is only described."""

from collections.abc import Iterable, Iterator

from tassei.encoding.standards import Standards
from tassei.encoding.texts import OfficialText
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Readings
from tassei.reporting.doubts import Marker
from tassei.reporting.layout import hanging
from tassei.rules.from_indicators import rule_of
from tassei.rules.wording import CLAUSE_NAMES, lines, short, word
from tassei.text import Lang, Text


def indicator_lines(
    standards: Standards,
    edition: Edition,
    indicator: Indicator,
    readings: Readings,
    lang: Lang,
    width: int,
) -> Iterator[str]:
    """The lines of one indicator: title, wording, notes, doubts."""
    field = edition.field(indicator.field_id)
    assert field is not None, "checked when the edition was loaded"
    doubts = standards.doubts_of(edition, indicator)
    category = edition.category.name
    yield Text(
        f"{category.ja} · {edition.label} · {field.name.ja} · レベル{indicator.level}",
        f"{category.en} · {edition.label} · {field.name.en} · level {indicator.level}",
    )[lang]
    if field.applies_to:
        names = [f.name for f in edition.fields if f.id in field.applies_to]
        yield hanging("  ", Text(
            "共通: " + "、".join(n.ja for n in names), "common to: " + ", ".join(n.en for n in names)
        )[lang], width)  # fmt: skip
    rule = rule_of(edition, indicator, edition.covered_by(indicator)[0], readings)
    said = ""
    marker = Marker(doubts, edition, indicator, lang)
    for line in lines(word(rule)):
        place = str(line.worded.place or "")
        tail = place if place != said and not line.item else ""
        said = tail or said
        mark = "" if line.item else marker.mark(line.worded.label)
        bullet = f"{line.item}. " if line.item else "- " if line.depth else ""
        yield hanging("  " * (line.depth + 1) + bullet, line.text[lang] + mark, width, tail)
    notes = indicator_notes(indicator)
    if notes:
        yield NOTES[lang]
    for note in notes:
        yield hanging("  · ", note[lang], width)
    for remark in indicator_remarks(indicator):
        yield hanging("", remark[lang], width)
    if doubts:
        yield Text("疑義", "Doubts")[lang]
        for doubt in doubts:
            yield hanging(
                f"  {doubt.id}  ",
                doubt.title[lang],
                width,
                str(doubt.places[0]) if doubt.places else "",
            )


def official_lines(
    indicator: Indicator, official: Iterable[OfficialText], lang: Lang, width: int
) -> Iterator[str]:
    """The document's own sentences of an indicator, clause by clause, from a user's workspace."""
    own = [t for t in official if (t.field_id, t.level) == (indicator.field_id, indicator.level)]
    if not own:
        return
    yield Text("公式の文言", "Official wording")[lang]
    clause = ""
    for text in own:
        if text.clause != clause:
            clause = text.clause
            yield "  " + _PARTS.get(clause, Text(clause, clause))[lang]
        yield hanging("    ", text.text, width, str(text.place or ""))


_PARTS = {
    **CLAUSE_NAMES,
    "professional": Text("プロフェッショナル貢献", "professional contribution"),
    "remarks": Text("備考", "remarks"),
}


NOTES = Text(
    "注記（文書にあるが、既定の読みでは条件としないもの）",
    "Notes (in the document, and not asked under the default readings)",
)


def indicator_notes(indicator: Indicator) -> tuple[Text, ...]:
    """What the document says and the rule does not ask under the default readings."""
    notes: list[Text] = []
    if indicator.complexity.kind == "ceiling":
        names = [short(t.name) for t in indicator.complexity.criteria]
        ja, en = "、".join(n.ja for n in names), "; ".join(n.en for n in names)
        notes.append(
            Text(
                f"単純な業務の例。該当することは求めない（R-CEILING）: {ja}",
                f"examples of simple work, not required (R-CEILING): {en}",
            )
        )
    if not indicator.size:
        notes.append(Text("サイズ: 特定せず", "size: not specified"))
    if indicator.responsibility.supervised:
        notes.append(
            Text(
                "上位レベルの者の指導の下での業務とされている（R-SUPERVISED）",
                "described as work under the guidance of a higher level (R-SUPERVISED)",
            )
        )
    for reading, activity in indicator.responsibility.implied.items():
        notes.append(Text(f"{activity.name.ja}（{reading}）", f"{activity.name.en} ({reading})"))
    notes += [task.name for task in (indicator.tasks.noted if indicator.tasks else ())]
    return (*notes, *indicator.notes)


def indicator_remarks(indicator: Indicator) -> tuple[Text, ...]:
    """What the document says of examinations at a level."""
    return tuple(
        Text(
            f"備考: 試験 {examination.name} の合格者は、レベル{indicator.level}に最低限必要な能力に達したとみなされる（R-EXAM）",
            f"Remarks: who passes the examination {examination.name} is regarded as having the minimum capability of level {indicator.level} (R-EXAM)",
        )
        for examination in indicator.examinations
    )
