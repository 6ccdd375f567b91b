"""The story of a category along its lineage: its sentences, its text, its JSON."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tassei.comparing.story import Cell, Chapter, FieldEvent, Story, Strand
from tassei.figures import plural
from tassei.framework.edition import SpecialtyField
from tassei.reporting.comparisons import (
    both,
    edition_json,
    field_json,
    levels_text,
    series,
)
from tassei.reporting.layout import hanging, pad
from tassei.text import Lang, Text

SCHEMA = "tassei/story/1"
NO_LEVEL = Text("レベルなし", "no such level")
NOT_ASKED = Text("問わない", "not asked")


def title(story: Story) -> Text:
    first, last = story.editions[0], story.editions[-1]
    name = last.category.name
    return Text(
        f"{name.ja}: {first.label}から{last.label}まで",
        f"{name.en}: from {first.label} to {last.label}",
    )


def opening(story: Story) -> Text:
    """Which editions are told of, and under which names."""
    names = list(dict.fromkeys(e.category.name for e in story.editions))
    count = len(story.editions)
    labels = series(Text(e.label, e.label) for e in story.editions)
    ja = f"{count}つの版（{labels.ja}）をたどります。"
    en = f"{_number(count)} editions are followed: {labels.en}. "
    if len(names) > 1:
        renamed = next(e for e in story.editions if e.category.name == names[-1])
        ja = f"職種「{names[0].ja}」は、{renamed.label}で「{names[-1].ja}」と名を改めました。" + ja
        en += f"The category began as {names[0].en} and took the name {names[-1].en} with {renamed.label}."
    return Text(ja, en.strip())


def _number(count: int) -> str:
    words = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
    return words.get(count, str(count))


def paragraphs(story: Story, step: int) -> Iterator[Text]:
    """What happened in one step, in sentences: fields, levels, clauses, thresholds."""
    chapter = story.chapters[step]
    kept = [e for e in chapter.events if e.kind == "kept"]
    together = FieldEvent("kept", *(tuple(f for e in kept for f in e.later),) * 2)
    fields = [event_text(e) for e in chapter.events if e.kind != "kept"]
    if kept:
        fields.append(event_text(together))
    yield Text("".join(f.ja for f in fields), " ".join(f.en for f in fields))
    levels = list(_levels(chapter))
    if levels:
        yield Text("".join(t.ja for t in levels), " ".join(t.en for t in levels))
    clauses = _clauses(story, step)
    if clauses:
        yield clauses
    yield _thresholds(chapter)


def event_text(event: FieldEvent) -> Text:
    """What became of some fields, as a sentence."""
    one, other = names(event.earlier), names(event.later)
    many = len(event.earlier) > 1
    match event.kind:
        case "kept":
            return Text(f"{one.ja}は引き継がれました。", f"{one.en} went on.")
        case "renamed":
            if event.earlier[0].name.ja == event.later[0].name.ja:
                return Text(
                    f"{one.ja}は引き継がれました（英語名は {one.en} から {other.en} へ）。",
                    f"{one.en} went on under the name {other.en}.",
                )
            return Text(
                f"{one.ja}は{other.ja}と名を改めました。", f"{one.en} was renamed {other.en}."
            )
        case "widened":
            return Text(
                f"{one.ja}は範囲を広げて{other.ja}となりました。",
                f"{one.en} was widened into {other.en}.",
            )
        case "narrowed":
            return Text(
                f"{one.ja}は範囲を狭めて{other.ja}となりました。",
                f"{one.en} was narrowed to {other.en}.",
            )
        case "split":
            return Text(
                f"{one.ja}は{other.ja}に分かれました。", f"{one.en} was split into {other.en}."
            )
        case "merged":
            return Text(
                f"{one.ja}は{other.ja}に合わさりました。", f"{one.en} were merged into {other.en}."
            )
        case "recast":
            return Text(
                f"{one.ja}は、{other.ja}に組み替えられました。",
                f"{one.en} {'were' if many else 'was'} recast as {other.en}.",
            )
        case "new":
            return Text(
                f"{other.ja}が加わりました。",
                f"{other.en} {'are' if len(event.later) > 1 else 'is'} new.",
            )
        case "gone":
            return Text(
                f"{one.ja}はなくなりました。", f"{one.en} {'were' if many else 'was'} dropped."
            )


def names(fields: tuple[SpecialtyField, ...]) -> Text:
    """Names of fields, in Japanese in brackets of their own."""
    return series(Text(f"「{f.name.ja}」", f.name.en) for f in fields)


def _levels(chapter: Chapter) -> Iterator[Text]:
    (top, now), (low, lowest) = chapter.top_levels, chapter.lowest_levels
    if now != top:
        rose = now > top
        yield Text(
            f"最も高いレベルは{top}から{now}に{'上がりました' if rose else '下がりました'}。",
            f"The highest level {'rose' if rose else 'fell'} from {top} to {now}.",
        )
    if lowest != low:
        yield Text(
            f"最も低いレベルは{low}から{lowest}になりました。",
            f"The lowest level is now {lowest} instead of {low}.",
        )
    for event in chapter.events:
        for link in chapter.comparison.fields:
            mine = link.earlier in event.earlier and event.kind in (
                "kept",
                "renamed",
                "widened",
                "narrowed",
            )
            if mine and link.earlier and link.levels_gone:
                gone = levels_text(link.levels_gone)
                yield Text(
                    f"「{link.earlier.name.ja}」の{gone.ja}はなくなりました。",
                    f"{link.earlier.name.en} lost {gone.en}.",
                )
            if mine and link.later and link.levels_added:
                added = levels_text(link.levels_added)
                yield Text(
                    f"「{link.later.name.ja}」に{added.ja}が加わりました。",
                    f"{link.later.name.en} gained {added.en}.",
                )


def _clauses(story: Story, step: int) -> Text | None:
    gone = series(u.label for u in story.clauses if u.ends(step))
    added = series(u.label for u in story.clauses if u.begins(step))
    if gone.en and added.en:
        return Text(
            f"条項では、{gone.ja}がなくなり、{added.ja}が加わりました。",
            f"Of the clauses, {gone.en} went; {added.en} came.",
        )
    if gone.en:
        return Text(f"条項では、{gone.ja}がなくなりました。", f"Of the clauses, {gone.en} went.")
    if added.en:
        return Text(f"条項では、{added.ja}が加わりました。", f"Of the clauses, {added.en} came.")
    return None


_MOST = 4


def _thresholds(chapter: Chapter) -> Text:
    comparison = chapter.comparison
    apart = {*comparison.clauses_gone, *comparison.clauses_added}
    levels = [x for x in comparison.levels if x.relation != "overlaps"]
    found = [m for x in levels for m in x.moves if m.clause not in apart]
    if not levels:
        return Text(
            "引き継がれた専門分野がないため、基準値の動きは比べられません。",
            "No field went on, so thresholds cannot be compared.",
        )
    if not found:
        return Text(
            f"引き継がれた{len(levels)}個の達成度指標は、求めるものが変わりませんでした。",
            f"The {len(levels)} indicators of fields that went on ask what they asked before.",
        )
    counted = Counter(m.label for m in found).most_common(_MOST)
    most = Text(
        "、".join(f"{label.ja}（{n}か所）" for label, n in counted),
        ", ".join(f"{label.en} ({n})" for label, n in counted),
    )
    more, less = sum(m.more is True for m in found), sum(m.more is False for m in found)
    ja = f"引き継がれた{len(levels)}個の達成度指標のうち、求めるものが{len(found)}か所で変わり、多い順に{most.ja}です。"
    en = f"In the {plural(len(levels), 'indicator')} that went on, {plural(len(found), 'thing')} {'is' if len(found) == 1 else 'are'} asked differently, most often {most.en}."
    if more or less:
        ja_rose = [f"{more}か所が上がり"] if more else []
        ja_rose += [f"{less}か所が下がり"] if less else []
        en_rose = [f"{more} rose"] if more else []
        en_rose += [f"{less} fell"] if less else []
        ja += f"高い低いの言えるものでは、{'、'.join(ja_rose)}ました。"
        en += f" Where higher and lower can be said, {' and '.join(en_rose)}."
    return Text(ja, en)


def cell_text(cell: Cell) -> Text:
    if not cell.present:
        return Text("", "")
    return cell.text or NOT_ASKED


def strand_title(strand: Strand) -> Text:
    """The names of a field through the editions, each once."""
    found = [f.name for f in strand.fields if f]
    ja = list(dict.fromkeys(n.ja for n in found))
    # editions write the same name with other capitals
    en = list({n.en.casefold(): n.en for n in found}.values())
    return Text(" → ".join(ja), " → ".join(en))


def story_lines(story: Story, lang: Lang, width: int) -> Iterator[str]:
    """The story as text."""

    def say(text: Text) -> str:
        return text[lang]

    yield say(title(story))
    yield hanging("", say(opening(story)), width)
    for step, chapter in enumerate(story.chapters):
        comparison = chapter.comparison
        yield ""
        yield f"{comparison.earlier.label} → {comparison.later.label}"
        for paragraph in paragraphs(story, step):
            yield hanging("  ", say(paragraph), width)
        yield "  " + say(
            Text(
                f"詳しくは: tassei compare {comparison.earlier.id} {comparison.later.id}",
                f"more: tassei compare {comparison.earlier.id} {comparison.later.id}",
            )
        )
    yield from _clause_lines(story, lang)
    yield from _strand_lines(story, lang, width)


def _clause_lines(story: Story, lang: Lang) -> Iterator[str]:
    yield ""
    labels = [e.label for e in story.editions]
    head = Text("条項の種類（ある達成度指標の数）", "Clauses (indicators that have them)")[lang]
    yield pad(head, 44) + "".join(pad(label, 9) for label in labels).rstrip()
    for use in story.clauses:
        if use.key == "skills":
            cells = ["✓" if used else "·" for used, _ in use.counts]
        else:
            cells = [f"{used}/{total}" if used else "·" for used, total in use.counts]
        yield "  " + pad(use.label[lang], 42) + "".join(pad(c, 9) for c in cells).rstrip()


def _strand_lines(story: Story, lang: Lang, width: int) -> Iterator[str]:
    yield ""
    yield Text("同じ専門分野で動いた基準値", "Thresholds that moved within a field")[lang]
    labels = [e.label for e in story.editions]
    for strand in story.strands:
        yield ""
        there = [label for label, f in zip(labels, strand.fields, strict=True) if f]
        yield f"  {strand_title(strand)[lang]} ({there[0]} – {there[-1]})"
        if not strand.rows:
            yield "    " + Text("動いた基準値はありません", "nothing moved")[lang]
        for row in strand.rows:
            told, last = [], None
            for label, cell in zip(labels, row.cells, strict=True):
                said = cell_text(cell)[lang]
                if cell.present and said != last:
                    told.append(f"{label}: {said}")
                    last = said
            head = "    " + pad(f"{','.join(map(str, row.levels))} {row.label[lang]}", 28) + " "
            yield hanging(head, Text(" → ".join(told), " → ".join(told))[lang], width)


def story_json(story: Story) -> dict[str, Any]:
    """The story as `tassei/story/1`."""
    return {
        "schema": SCHEMA,
        "title": both(title(story)),
        "opening": both(opening(story)),
        "editions": [
            edition_json(e)
            | {"category": both(e.category.name), "fields": [field_json(f) for f in e.fields]}
            for e in story.editions
        ],
        "chapters": [_chapter_json(story, n) for n in range(len(story.chapters))],
        "clauses": [
            {"key": u.key, **both(u.label), "counts": [{"with": a, "of": b} for a, b in u.counts]}
            for u in story.clauses
        ],
        "strands": [
            {
                "fields": [field_json(f) for f in s.fields],
                "rows": [
                    {
                        "levels": list(r.levels),
                        "clause": r.clause,
                        "label": both(r.label),
                        "cells": [
                            {"exists": c.present, "asks": both(c.text) if c.text else None}
                            for c in r.cells
                        ],
                    }
                    for r in s.rows
                ],
            }
            for s in story.strands
        ],
    }


def _chapter_json(story: Story, step: int) -> dict[str, Any]:
    chapter = story.chapters[step]
    return {
        "earlier": chapter.comparison.earlier.id,
        "later": chapter.comparison.later.id,
        "category_renamed": chapter.category_renamed,
        "events": [
            {
                "kind": e.kind,
                "earlier": [f.id for f in e.earlier],
                "later": [f.id for f in e.later],
                "says": both(event_text(e)),
                "why": [both(w) for w in e.why],
            }
            for e in chapter.events
        ],
        "clauses_gone": [u.key for u in story.clauses if u.ends(step)],
        "clauses_added": [u.key for u in story.clauses if u.begins(step)],
        "changes": chapter.comparison.moves,
        "says": [both(p) for p in paragraphs(story, step)],
    }
