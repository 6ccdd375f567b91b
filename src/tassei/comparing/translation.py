"""Two editions of one text in two languages -> where they part.

What the encodings say is compared value by value; where the documents are given, sentences and items
are laid side by side in their order, so that figures, missing items and uneven wordings show.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from tassei.comparing.aspects import CLAUSES, Clause, aspects
from tassei.comparing.differences import Comparison, LevelComparison, compare
from tassei.comparing.finding.sections import Laid, Section, Unit
from tassei.documents.pieces import Document
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.source import Place
from tassei.text import Text

DivergenceKind = Literal["field", "level", "number", "quantifier", "word", "item", "order", "term"]


@frozen
class Divergence:
    """One way in which a translation parts from the original.

    Args:
        where: field and level in the names of the original; empty for the whole.
        original, translated: what each has there, words of a document in its own language; empty
            where it has nothing.
        places: in the original, then in the translation.
    """

    kind: DivergenceKind
    where: Text
    what: Text
    original: tuple[Text, ...]
    translated: tuple[Text, ...]
    places: tuple[Place, ...]


@frozen
class Translation:
    """A pair of editions and all their divergences."""

    original: Edition
    translated: Edition
    divergences: tuple[Divergence, ...]
    compared: int


def compare_translation(
    standards: Standards,
    original: Edition,
    translated: Edition,
    documents: tuple[Document | None, Document | None] = (None, None),
) -> Translation:
    """Compare an edition with its translation."""
    comparison = compare(standards, original, translated)
    levels = [x for x in comparison.levels if x.relation == "same"]
    found = [
        *_fields(comparison),
        *_values(comparison, levels),
        *_order(comparison, levels),
        *_terms(original, translated, levels),
    ]
    if documents[0] is not None and documents[1] is not None:
        pair = Laid(original, documents[0]), Laid(translated, documents[1])
        found += _side_by_side(pair, levels)
    return Translation(original, translated, tuple(found), len(levels))


def is_translation(standards: Standards, one: Edition, other: Edition) -> bool:
    """Whether the crosswalk declares the two to be one text in two languages."""
    pair = standards.crosswalk.between(one.id, other.id)
    return pair is not None and pair.translation is not None


def _where(level: LevelComparison) -> Text:
    name = level.earlier_field.name
    return Text(f"{name.ja} レベル{level.level}", f"{name.en} level {level.level}")


def _fields(comparison: Comparison) -> Iterator[Divergence]:
    for link in comparison.fields:
        if link.earlier is None or link.later is None:
            field = link.earlier or link.later
            assert field is not None, "a link has an end"
            had = _as_written(_own(comparison.earlier, field.name)) if link.earlier else ()
            has = _as_written(_own(comparison.later, field.name)) if link.later else ()
            yield Divergence(
                "field", Text("", ""), Text("専門分野", "field"), had, has, (field.place,)
            )


def _own(edition: Edition, name: Text) -> str:
    return name.ja if edition.language == "ja" else name.en


def _as_written(*words: str) -> tuple[Text, ...]:
    """Words of a document, which no language of the reader changes."""
    return tuple(Text(w, w) for w in words)


_QUANTIFIERS = frozenset({"complexity", "areas", "succession", "of_which"})
_NUMBERS = frozenset({"years", "engagements", "work_level", "others_level"})


def _values(comparison: Comparison, levels: list[LevelComparison]) -> Iterator[Divergence]:
    """What the encodings ask differently: numbers, quantifiers, words, items."""
    one, other = comparison.earlier, comparison.later
    for level in levels:
        for move in level.moves:
            if move.gone or move.added:
                yield Divergence(
                    "item", _where(level), move.label,
                    _as_written(*(_own(one, t) for _, t in move.gone)),
                    _as_written(*(_own(other, t) for _, t in move.added)),
                    level.places,
                )  # fmt: skip
                continue
            kind: DivergenceKind = "word"
            if move.key in _QUANTIFIERS:
                kind = "quantifier"
            elif move.key in _NUMBERS or move.clause == "size":
                kind = "number"
            yield Divergence(
                kind, _where(level), move.label,
                (move.before,) if move.before else (),
                (move.after,) if move.after else (),
                level.places,
            )  # fmt: skip


def _indicator(edition: Edition, field_id: str, level: int) -> Indicator:
    return next(i for i in edition.indicators if (i.field_id, i.level) == (field_id, level))


_LISTS: tuple[str, ...] = ("criteria", "area_list", "kinds", "outcomes", "experiences", "tasks")


def _lists(
    edition: Edition, field_id: str, level: int
) -> Iterator[tuple[str, Text, list[tuple[str, str]]]]:
    """Each list of an indicator: its key, its label, and id with name in the document's language."""
    found = aspects(edition, _indicator(edition, field_id, level))
    for key in _LISTS:
        if key in found and found[key].items is not None:
            items = [(i, _own(edition, t)) for i, t in (found[key].items or {}).items()]
            yield key, found[key].label, items


def _order(comparison: Comparison, levels: list[LevelComparison]) -> Iterator[Divergence]:
    """Lists of the same items in another order."""
    for level in levels:
        one = {
            k: (label, items)
            for k, label, items in _lists(comparison.earlier, level.earlier_field.id, level.level)
        }
        other = {
            k: items for k, _, items in _lists(comparison.later, level.later_field.id, level.level)
        }
        for key, (label, items) in one.items():
            if key == "outcomes":
                continue  # a sentence may name them as its grammar wants
            ids, others = [i for i, _ in items], [i for i, _ in other.get(key, [])]
            if ids != others and sorted(ids) == sorted(others):
                yield Divergence(
                    "order", _where(level), label, _as_written(*(n for _, n in items)),
                    _as_written(*(n for _, n in other[key])), level.places,
                )  # fmt: skip


def _terms(
    original: Edition, translated: Edition, levels: list[LevelComparison]
) -> Iterator[Divergence]:
    """One term with several translations, and one translation of several terms."""
    forward: dict[str, dict[str, list[LevelComparison]]] = defaultdict(lambda: defaultdict(list))
    backward: dict[str, dict[str, list[LevelComparison]]] = defaultdict(lambda: defaultdict(list))
    for level in levels:
        one = {
            k: dict(items) for k, _, items in _lists(original, level.earlier_field.id, level.level)
        }
        other = {
            k: dict(items) for k, _, items in _lists(translated, level.later_field.id, level.level)
        }
        for key in one:
            for term, name in one[key].items():
                if term in other.get(key, {}):
                    forward[name][other[key][term]].append(level)
                    backward[other[key][term]][name].append(level)
    several = Text("一つの語に二つ以上の訳", "one term, several translations")
    shared = Text("二つ以上の語に一つの訳", "several terms, one translation")
    for name, variants in forward.items():
        if len(variants) > 1:
            yield Divergence(
                "term",
                Text("", ""),
                several,
                _as_written(name),
                _as_written(*variants),
                _places(variants),
            )
    for name, variants in backward.items():
        if len(variants) > 1:
            yield Divergence(
                "term",
                Text("", ""),
                shared,
                _as_written(*variants),
                _as_written(name),
                _places(variants),
            )


def _places(variants: dict[str, list[LevelComparison]]) -> tuple[Place, ...]:
    """Where the rarer wordings stand in the translation."""
    most = max(variants, key=lambda v: len(variants[v]))
    return tuple(
        sorted({x.places[1] for v, levels in variants.items() if v != most for x in levels})
    )


def _side_by_side(pair: tuple[Laid, Laid], levels: list[LevelComparison]) -> Iterator[Divergence]:
    """The two texts clause by clause: figures, numbers of items, and one sentence in several wordings."""
    wordings: dict[tuple[Clause, str], dict[str, list[Unit]]] = defaultdict(
        lambda: defaultdict(list)
    )
    first: dict[tuple[Clause, str], Unit] = {}
    for level in levels:
        one = pair[0].section(level.earlier_field.id, level.level)
        other = pair[1].section(level.later_field.id, level.level)
        if one is None or other is None:
            continue
        for clause in CLAUSES:
            yield from _clause(pair, level, clause, one, other)
            said = _plainly(one, clause), _plainly(other, clause)
            for (mine, unit), (theirs, translated) in zip(*said, strict=False):
                wordings[clause, mine][theirs].append(translated)
                first.setdefault((clause, mine), unit)
    for key, variants in wordings.items():
        if len(variants) > 1:
            most = max(variants, key=lambda v: len(variants[v]))
            rare = [u for v, units in variants.items() if v != most for u in units]
            yield Divergence(
                "term", Text("", ""),
                Text(f"同じ文（{CLAUSES[key[0]].ja}）に二つ以上の訳", f"one sentence ({CLAUSES[key[0]].en}), several translations"),
                _as_written(key[1]), _as_written(*variants),
                (pair[0].place(first[key].line), *sorted({pair[1].place(u.line) for u in rare})),
            )  # fmt: skip


def _clause(
    pair: tuple[Laid, Laid], level: LevelComparison, clause: Clause, one: Section, other: Section
) -> Iterator[Divergence]:
    mine, theirs = one.of_clause(clause), other.of_clause(clause)
    if not mine or not theirs:
        return
    places = pair[0].place(mine[0].line), pair[1].place(theirs[0].line)
    items = [
        [u for u in side if u.kind == "item" and not _NOTHING.search(u.text)]
        for side in (mine, theirs)
    ]
    if len(items[0]) != len(items[1]):
        yield Divergence(
            "item", _where(level),
            Text(f"{CLAUSES[clause].ja}の項目の数", f"number of items: {CLAUSES[clause].en}"),
            _as_written(str(len(items[0]))), _as_written(str(len(items[1]))), places,
        )  # fmt: skip
    numbers = _figures(mine), _figures(theirs)
    if numbers[0] != numbers[1]:
        left, right = numbers[0] - numbers[1], numbers[1] - numbers[0]
        yield Divergence(
            "number", _where(level), CLAUSES[clause],
            _as_written(*(f"{n:,}" for n in sorted(left))), _as_written(*(f"{n:,}" for n in sorted(right))), places,
        )  # fmt: skip


_NOTHING = re.compile(r"特定せず|not specified", re.IGNORECASE)
_JA_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(億|千万|万|千)?")
_EN_FIGURE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(billion|million|hundred million|thousand)?", re.IGNORECASE)  # fmt: skip
_SCALES = {
    "億": 100_000_000, "千万": 10_000_000, "万": 10_000, "千": 1_000, "billion": 1_000_000_000,
    "million": 1_000_000, "hundred million": 100_000_000, "thousand": 1_000,
}  # fmt: skip
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_IDLE = re.compile(r"either one|one of the|\b(?:Level|レベル)\s*[0-9]", re.IGNORECASE)


def _figures(units: tuple[Unit, ...]) -> Counter[int]:
    """Every figure of some sentences, in whole units; levels and "one of" are no figures."""
    text = _IDLE.sub(" ", " ".join(u.text for u in units))
    ja = re.search(r"[ぁ-んァ-ヶ一-龠]", text) is not None
    found: Counter[int] = Counter()
    for match in (_JA_FIGURE if ja else _EN_FIGURE).finditer(text):
        scale = _SCALES.get((match[2] or "").lower(), 1)
        found[round(float(match[1].replace(",", "")) * scale)] += 1
    if not ja:
        for word in re.findall(
            r"\b(" + "|".join(_WORDS) + r")\b(?= (?:or more|items?|kinds?|years?|of))",
            text,
            re.IGNORECASE,
        ):
            found[_WORDS[word.lower()]] += 1
    return found


def _plainly(section: Section, clause: Clause) -> list[tuple[str, Unit]]:
    """The sentences of a clause without what is meant to vary: field, level, figures."""
    names = sorted({section.field.name.ja, section.field.name.en}, key=len, reverse=True)
    found = []
    for unit in section.of_clause(clause, "said"):
        text = unit.text
        for name in names:
            text = re.sub(re.escape(name), "◇", text, flags=re.IGNORECASE)
        text = re.sub(
            r"\b(?:" + "|".join(_WORDS) + r")\b(?= (?:or more|items?))",
            "0",
            text,
            flags=re.IGNORECASE,
        )
        text = re.sub(r"[0-9]+(?:[.,][0-9]+)*", "0", text)
        found.append((text, unit))
    return found
