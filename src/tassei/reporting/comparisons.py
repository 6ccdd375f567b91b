"""A comparison of two editions: the words that text and page share, its JSON, and its text."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from tassei.comparing.aspects import CLAUSES, Clause
from tassei.comparing.differences import (
    TERM_KINDS,
    Comparison,
    FieldLink,
    LevelComparison,
    Move,
    TermChange,
)
from tassei.figures import plural
from tassei.framework.crosswalk import LinkKind, Relation
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.vocabulary import Vocabulary
from tassei.reporting.layout import hanging, pad
from tassei.rules.wording import short
from tassei.text import Lang, Text

SCHEMA = "tassei/comparison/1"
RELATIONS: dict[Relation, Text] = {
    "same": Text("同じ", "the same"),
    "narrower": Text("より狭い", "narrower"),
    "wider": Text("より広い", "wider"),
    "overlaps": Text("一部が重なる", "overlaps in part"),
    "none": Text("対応なし", "no counterpart"),
}
KINDS: dict[LinkKind, Text] = {
    "fields": Text("専門分野", "specialty fields"),
    "criteria": Text("複雑性の条件", "complexity criteria"),
    "outcomes": Text("成果", "outcomes"),
    "activities": Text("活動", "activities"),
    "areas": Text("専門の領域", "areas of expertise"),
    "succession": Text("技術の継承の種類", "kinds of technology succession"),
    "tasks": Text("タスク特性", "task characteristics"),
    "measures": Text("測定項目", "measures"),
}
SAME_EDITION = Text(
    "同じ版どうしです。違いはありません。", "This is the same edition twice; nothing differs."
)
OTHER_LANGUAGE = Text(
    "二つの文書は言語が異なるため、名称の言い換えは比べていません（翻訳の比較: --translation）。",
    "The documents are in different languages, so wordings are not compared (translations: --translation).",
)


@frozen
class MovedTogether:
    """One and the same difference at several levels of two fields that correspond."""

    move: Move
    levels: tuple[int, ...]


def moved(
    levels: Iterable[LevelComparison], clauses: Iterable[Clause]
) -> tuple[MovedTogether, ...]:
    """The differences of some levels in the order of the clauses, equal ones together.

    Args:
        clauses: kinds of clauses that are told elsewhere, because a whole edition has none of them.
    """
    apart = frozenset(clauses)
    found: dict[tuple[object, ...], tuple[Move, list[int]]] = {}
    for one in levels:
        for move in one.moves:
            if move.clause in apart:
                continue
            key = (move.key, move.change, move.before, move.after, move.gone, move.added)
            found.setdefault(key, (move, []))[1].append(one.level)
    order = list(CLAUSES)
    keys = list(dict.fromkeys(m.key for m, _ in found.values()))
    together = [MovedTogether(m, tuple(sorted(n, reverse=True))) for m, n in found.values()]
    return tuple(
        sorted(
            together,
            key=lambda t: (order.index(t.move.clause), keys.index(t.move.key), -t.levels[0]),
        )
    )


def title(comparison: Comparison) -> Text:
    """`Operations V1 → Operations V2`, the category once where it stays the same."""
    one, other = comparison.earlier, comparison.later
    if one.category.name == other.category.name:
        name = one.category.name
        return Text(
            f"{name.ja}: {one.label} → {other.label}", f"{name.en}: {one.label} → {other.label}"
        )
    return Text(
        f"{one.category.name.ja} {one.label} → {other.category.name.ja} {other.label}",
        f"{one.category.name.en} {one.label} → {other.category.name.en} {other.label}",
    )


def summary(comparison: Comparison) -> Text:
    """The answer in one sentence: how many fields went on, and how much they ask differently."""
    if comparison.earlier.id == comparison.later.id:
        return SAME_EDITION
    kept = [f for f in comparison.fields if f.relation in ("same", "narrower", "wider")]
    gone = sum(f.later is None for f in comparison.fields)
    new = {f.later.id for f in comparison.fields if f.later} - {
        f.later.id for f in comparison.fields if f.later and f.relation != "none"
    }
    near = {f.earlier.id for f in comparison.fields if f.earlier and f.relation == "overlaps"}
    ja = [f"引き継がれた専門分野は{len(kept)}つ"]
    en = [f"{plural(len(kept), 'field')} went on"]
    for count, one_ja, one_en in (
        (len(near), "組み替えられたものは{}つ", "{} {were} recast"),
        (gone, "なくなったものは{}つ", "{} {were} dropped"),
        (len(new), "新しいものは{}つ", "{} {are} new"),
    ):
        if count:
            ja.append(one_ja.format(count))
            en.append(
                one_en.format(
                    count, were="was" if count == 1 else "were", are="is" if count == 1 else "are"
                )
            )
    differences = comparison.moves
    ja_said = "、".join(ja) + "です。"
    en_said = _series_en(en) + "."
    if kept:
        ja_said += (
            f"引き継がれた専門分野の達成度指標には{differences}か所の違いがあります。"
            if differences
            else "引き継がれた専門分野の達成度指標に違いはありません。"
        )
        en_said += (
            f" The indicators of the fields that went on differ in {plural(differences, 'place')}."
            if differences
            else " The indicators of the fields that went on do not differ."
        )
    return Text(ja_said, en_said[0].upper() + en_said[1:])


def _series_en(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def series(names: Iterable[Text]) -> Text:
    """Several names as one phrase: `A、B、C`, `A, B and C`."""
    names = tuple(names)
    return Text("、".join(n.ja for n in names), _series_en([n.en for n in names]) if names else "")


def levels_text(levels: Iterable[int]) -> Text:
    """`レベル5、4`, `levels 5, 4`."""
    numbers = [str(n) for n in levels]
    return Text(
        f"レベル{'、'.join(numbers)}",
        f"level{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}",
    )


def change_text(move: Move) -> Text:
    """What a difference is: `some → 2 or more`, `+ safety, − budget`."""
    if move.gone or move.added:
        parts = [Text(f"+ {n.ja}", f"+ {n.en}") for n in (short(t) for _, t in move.added)]
        parts += [Text(f"− {n.ja}", f"− {n.en}") for n in (short(t) for _, t in move.gone)]
        return Text("　".join(p.ja for p in parts), "; ".join(p.en for p in parts))
    before, after = move.before or NOT_ASKED, move.after or NOT_ASKED
    mark = "" if move.more is None else " ↑" if move.more else " ↓"
    return Text(f"{before.ja} → {after.ja}{mark}", f"{before.en} → {after.en}{mark}")


NOT_ASKED = Text("問わない", "not asked")


def link_title(link: FieldLink) -> Text:
    """The two names of a field, or the one that stays."""
    one, other = link.earlier, link.later
    if one and other:
        # editions write the same name with other capitals
        en = one.name.en.casefold() == other.name.en.casefold()
        return Text(
            one.name.ja if one.name.ja == other.name.ja else f"{one.name.ja} → {other.name.ja}",
            other.name.en if en else f"{one.name.en} → {other.name.en}",
        )
    known = one or other
    assert known is not None, "a link has an end"
    return known.name


def term_text(change: TermChange) -> Text:
    """The name of a term that changed; both where it is reworded."""
    if change.before and change.after:
        return Text(
            f"{change.before.ja} → {change.after.ja}", f"{change.before.en} → {change.after.en}"
        )
    name = change.before or change.after
    assert name is not None, "a change has a term"
    return name


def near_text(change: TermChange, comparison: Comparison, vocabulary: Vocabulary) -> Text | None:
    """What the crosswalk puts beside a term; None where there is nothing near it."""
    said = []
    for link in change.links:
        other = link.later if change.change == "gone" else link.earlier
        if other is None:
            continue
        edition = comparison.later if change.change == "gone" else comparison.earlier
        name = short(name_of(edition, change.kind, other, vocabulary))
        relation = link.relation if change.change == "gone" else link.reversed().relation
        said.append(
            {
                "narrower": Text(f"「{name.ja}」に含まれる", f"is part of {name.en}"),
                "wider": Text(f"「{name.ja}」を含む", f"takes in {name.en}"),
                "overlaps": Text(f"「{name.ja}」と一部が重なる", f"overlaps {name.en}"),
                "same": Text(f"「{name.ja}」と同じ", f"is the same as {name.en}"),
            }.get(relation, name)
        )
    return series(said) if said else None


def name_of(edition: Edition, kind: LinkKind, term: str, vocabulary: Vocabulary) -> Text:
    """The name of a thing that a link names."""
    if kind == "fields":
        found = edition.field(term)
        return found.name if found else Text(term, term)
    if kind == "measures":
        return vocabulary.measures[term].name
    return next((t.name for t in getattr(edition.terms, kind) if t.id == term), Text(term, term))


def comparison_lines(
    comparison: Comparison, vocabulary: Vocabulary, lang: Lang, width: int, *, full: bool
) -> Iterator[str]:
    """The comparison as text.

    Args:
        full: with the reasons of the crosswalk, and the levels of fields that overlap in part.
    """
    teller = _Teller(comparison, vocabulary, lang, width, full)
    yield title(comparison)[lang]
    yield hanging("", summary(comparison)[lang], width)
    if comparison.earlier.id == comparison.later.id:
        return
    yield from teller.fields()
    yield from teller.whole_clauses()
    yield from teller.moves()
    yield from teller.terms()
    if not full:
        yield ""
        yield Text(
            "理由と、一部が重なる専門分野の違いも: --full",
            "reasons, and fields that overlap: --full",
        )[lang]


@frozen
class _Teller:
    comparison: Comparison
    vocabulary: Vocabulary
    lang: Lang
    width: int
    full: bool

    def say(self, text: Text) -> str:
        return text[self.lang]

    def fields(self) -> Iterator[str]:
        yield ""
        yield self.say(Text("専門分野", "Fields"))
        for link in self.comparison.fields:
            yield from self._field(link)

    def _field(self, link: FieldLink) -> Iterator[str]:
        mark = "+" if link.earlier is None else "−" if link.later is None else _MARKS[link.relation]
        parts = []
        if link.earlier and link.later and link.relation != "same":
            parts.append(self.say(RELATIONS[link.relation]))
        if link.renamed and link.earlier and link.later and link.earlier.name != link.later.name:
            parts.append(self.say(Text("名称が変わった", "renamed")))
        if link.relation != "overlaps":
            parts += [
                self.say(said)
                for said in (
                    levels_changed(link.levels_gone, gone=True),
                    levels_changed(link.levels_added, gone=False),
                )
                if said
            ]
        if link.earlier is None or link.later is None:
            field = link.earlier or link.later
            assert field is not None, "a link has an end"
            parts.append(self.say(levels_text(field.levels)))
        tail = self.say(Text("、", ", ")).join(parts)
        yield hanging(
            f"  {mark} ", self.say(link_title(link)) + (f" ({tail})" if tail else ""), self.width
        )
        if self.full:
            yield hanging("      ", self.say(link.why), self.width)

    def whole_clauses(self) -> Iterator[str]:
        gone, added = self.comparison.clauses_gone, self.comparison.clauses_added
        if not gone and not added:
            return
        yield ""
        yield self.say(Text("条項の種類", "Kinds of clauses"))
        for mark, clauses in (("−", gone), ("+", added)):
            for clause in clauses:
                yield hanging(f"  {mark} ", self.say(CLAUSES[clause]), self.width)

    def moves(self) -> Iterator[str]:
        apart = (*self.comparison.clauses_gone, *self.comparison.clauses_added)
        for link in self.comparison.fields:
            if link.relation == "overlaps" and not self.full:
                continue
            levels = levels_of(self.comparison, link)
            found = moved(levels, apart)
            if not found:
                continue
            yield ""
            comma = "、" if self.lang == "ja" else ", "
            places = comma.join(f"{a}→{b}" for a, b in (x.places for x in levels))
            yield hanging("", f"{self.say(link_title(link))}  ({places})", self.width)
            for one in found:
                head = "  " + pad(self.say(one.move.label), 22) + " "
                numbers = ",".join(map(str, one.levels))
                yield hanging(
                    head,
                    self.say(change_text(one.move)),
                    self.width,
                    f"{self.say(Text('レベル', 'level '))}{numbers}",
                )

    def terms(self) -> Iterator[str]:
        for kind in (*TERM_KINDS, "measures"):
            found = [t for t in self.comparison.terms if t.kind == kind]
            if not found:
                continue
            yield ""
            yield self.say(KINDS[kind]).capitalize()
            brief = [self.say(short(term_text(t))) for t in found]
            for change in sorted(found, key=lambda t: _ORDER.index(t.change)):
                mark = {"gone": "−", "added": "+", "reworded": "~"}[change.change]
                near = near_text(change, self.comparison, self.vocabulary)
                name = self.say(short(term_text(change)))
                if change.change == "reworded" or brief.count(name) > 1:
                    # only the words in brackets tell these apart
                    name = self.say(term_text(change))
                tail = f" — {self.say(near)}" if near else ""
                yield hanging(f"  {mark} ", name + tail, self.width)
                if self.full:
                    for why in dict.fromkeys(x.why for x in change.links):
                        yield hanging("      ", self.say(why), self.width)
        if not self.comparison.wording_compared:
            yield ""
            yield hanging("", self.say(OTHER_LANGUAGE), self.width)


_ORDER = ("gone", "added", "reworded")
_MARKS: dict[Relation, str] = {
    "same": "=",
    "narrower": "⊂",
    "wider": "⊃",
    "overlaps": "≈",
    "none": "·",
}


def levels_changed(levels: tuple[int, ...], *, gone: bool) -> Text | None:
    """`レベル5はなくなった`, `level 5 gone`; None where there are none."""
    if not levels:
        return None
    text = levels_text(levels)
    if gone:
        return Text(f"{text.ja}はなくなった", f"{text.en} dropped")
    return Text(f"{text.ja}が加わった", f"{text.en} added")


def levels_of(comparison: Comparison, link: FieldLink) -> tuple[LevelComparison, ...]:
    """The levels of two fields that correspond."""
    return tuple(
        x
        for x in comparison.levels
        if (x.earlier_field, x.later_field) == (link.earlier, link.later)
    )


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as `tassei/comparison/1`."""
    return {
        "schema": SCHEMA,
        "earlier": edition_json(comparison.earlier),
        "later": edition_json(comparison.later),
        "one_lineage": comparison.pair is not None or comparison.earlier.id == comparison.later.id,
        "wording_compared": comparison.wording_compared,
        "fields": [link_json(f) for f in comparison.fields],
        "levels": [
            {"levels": list(x.levels), "relation": x.relation, "why": both(x.why)}
            for x in comparison.level_links
        ],
        "clauses_gone": list(comparison.clauses_gone),
        "clauses_added": list(comparison.clauses_added),
        "indicators": [_level_json(x) for x in comparison.levels],
        "terms": [_term_json(t) for t in comparison.terms],
    }


def edition_json(edition: Edition) -> dict[str, Any]:
    return {"id": edition.id, "label": edition.label, **both(edition.title)}


def both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def field_json(field: SpecialtyField | None) -> dict[str, Any] | None:
    if field is None:
        return None
    return {"id": field.id, **both(field.name), "levels": list(field.levels)}


def link_json(link: FieldLink) -> dict[str, Any]:
    return {
        "earlier": field_json(link.earlier),
        "later": field_json(link.later),
        "relation": link.relation,
        "levels_gone": list(link.levels_gone),
        "levels_added": list(link.levels_added),
        "why": both(link.why),
    }


def _level_json(level: LevelComparison) -> dict[str, Any]:
    earlier, later = level.places
    return {
        "earlier_field": level.earlier_field.id,
        "later_field": level.later_field.id,
        "relation": level.relation,
        "level": level.level,
        "sources": [str(earlier), str(later)],
        "changes": [_move_json(m) for m in level.moves],
    }


def _move_json(move: Move) -> dict[str, Any]:
    def side(value: object, text: Text | None) -> dict[str, Any] | None:
        return None if text is None else {"value": value, **both(text)}

    return {
        "clause": move.clause,
        "key": move.key,
        "change": move.change,
        "before": side(move.values[0], move.before),
        "after": side(move.values[1], move.after),
        "gone": [{"id": i, **both(t)} for i, t in move.gone],
        "added": [{"id": i, **both(t)} for i, t in move.added],
        "asks_more": move.more,
    }


def _term_json(change: TermChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "change": change.change,
        "before": both(change.before) if change.before else None,
        "after": both(change.after) if change.after else None,
        "links": [
            {"earlier": x.earlier, "later": x.later, "relation": x.relation, "why": both(x.why)}
            for x in change.links
        ],
    }
