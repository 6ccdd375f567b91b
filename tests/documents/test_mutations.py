"""One number, quantifier or list item of a document changed: the import changes there and nowhere else."""

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from attrs import frozen

from documents.sources import EDITIONS, HERE, REASON, document_of, source_text
from tassei.documents.checking import values_of
from tassei.documents.drafting import draft
from tassei.documents.grammar.terms import terms_of
from tassei.documents.structure import outline_of
from tassei.encoding.compiled import standards
from tassei.text import Lang

pytestmark = pytest.mark.skipif(not HERE, reason=REASON)

Values = dict[tuple[str, int], dict[str, Any]]
LANGS: dict[str, Lang] = {"000": "ja", "001": "ja", "002": "ja", "003": "en", "004": "en"}
ITEMS_A_SOURCE = 14
"""How many list items of each source are edited; every number and quantifier site is."""


@frozen
class Edit:
    """One edit of a copy of a source.

    Args:
        values: the names of the values that may change.
        leaves: how many plain values inside them change; None where a list changes.
    """

    source: str
    start: int
    end: int
    written: str
    values: frozenset[str]
    leaves: int | None = 1

    @property
    def text(self) -> str:
        original = source_text(self.source)
        return original[: self.start] + self.written + original[self.end :]

    def __str__(self) -> str:
        old = source_text(self.source)[self.start : self.end]
        return f"{self.source}-{self.start}-{'.'.join(sorted(self.values))[:30]}-{old[:12]}->{self.written[:12]}"


_D = "[0-9０-９]"
JAPANESE: tuple[tuple[str, str], ...] = (
    (rf"以下の?({_D})項目以上", "complexity.at_least"),
    (rf"上記複雑性の(?:条件の)?({_D})項目以上", "size"),
    (rf"次の({_D})項目以上", "succession.at_least"),
    (rf"({_D})年以上", "responsibility.years"),
    (rf"({_D})回以上[（(]", "responsibility.engagements"),
    (rf"内({_D})回以上", "responsibility.engagements"),
    (rf"内{_D}回以上はレベル({_D})", "responsibility.engagements"),
    (rf"他はレベル({_D})", "responsibility.engagements"),
    (rf"[（(]レベル({_D})", "responsibility.work_level"),
    (rf"({_D})[0-9０-９，,.．]*(?:億円|千人|人|箇所|㎡|拠点)(?:以上|未満|以下)", "size"),
    (rf"(?<={_D})({_D})(?:人|拠点)(?:以上|未満)", "size"),
)
ENGLISH: tuple[tuple[str, str], ...] = (
    (r"\b(two|three) or more of (?:the )?following complexity", "complexity.at_least"),
    (r"\b(four|five) or more (?:of above )?complexity", "size"),
    (r"\b(one|three|four|five) (?:items?|or more items)", "succession.at_least"),
    (r"\bfor (\d|one|two) (?:years|or more years)|(\btwo) years or more", "responsibility.years"),
    (r"size of Level (\d)", "responsibility.work_level"),
    (r"\b(\d)[\d.]* (?:persons|or more|hundred|million|billion|but)", "size"),
    (r"\b(?:than|least) (\d)[\d.]* (?:persons|million|billion|installation|a year)", "size"),
)
QUANTIFIERS: tuple[tuple[Lang, str, str, str], ...] = (
    ("ja", r"領域の(いずれか)について", "全般", "areas.at_least"),
    ("ja", r"領域の(全般)について", "いずれか", "areas.at_least"),
    ("ja", r"以下の(幾つか)に相当", "いずれか", "complexity.at_least"),
    ("ja", r"以下の(いずれか)の条件", "幾つか", "complexity.at_least"),
    ("en", r"specialty in (either one or more of) the following", "all of", "areas.at_least"),
    ("en", r"specialty in (either one of) the following", "all of", "areas.at_least"),
    ("ja", r"チーム(?:の)?(リーダー)として", "責任者", "responsibility.role"),
    ("en", r"as a (leader) of", "person responsible", "responsibility.role"),
)
_WORDS = {"one": "two", "two": "one", "three": "two", "four": "three", "five": "four"}


def another(figure: str, value: str) -> str:
    """Another figure in the same dress that the place allows: levels and counts stay in range."""
    if figure in _WORDS:
        return _WORDS[figure]
    number = int(figure)
    if value in ("responsibility.work_level", "responsibility.engagements"):
        # every field has levels 4 and 3; a level that a field lacks is not understood, as it must be
        number = 4 if number == 3 else number - 1 if number > 1 else 2
    elif value in ("complexity.at_least", "succession.at_least"):
        number = number - 1 if number > 1 else number + 1
    else:
        number = number - 1 if number > 1 else 2
    wide = figure > "9"
    return chr(ord("０") + number) if wide else str(number)


def body(source: str) -> tuple[int, int]:
    """Where the indicators stand in a source: edits elsewhere are none of theirs."""
    text = source_text(source)
    starts = [m.start() for m in re.finditer(r"責任性|Responsibilities", text)]
    end = text.find("スキル領域") if source == "002" else text.find("（９）カスタマサービス")
    return starts[0], end if end > 0 else len(text)


def numbers(source: str) -> Iterator[Edit]:
    start, end = body(source)
    seen = set()
    for pattern, value in JAPANESE if LANGS[source] == "ja" else ENGLISH:
        for match in re.compile(pattern).finditer(source_text(source), start, end):
            group = next(n for n in range(1, 3) if match.group(n))
            figure = match[group]
            if match.span(group) not in seen:
                seen.add(match.span(group))
                yield Edit(source, *match.span(group), another(figure, value), frozenset({value}))


def quantifiers(source: str) -> Iterator[Edit]:
    start, end = body(source)
    for lang, pattern, written, value in QUANTIFIERS:
        if lang == LANGS[source]:
            for match in re.compile(pattern).finditer(source_text(source), start, end):
                yield Edit(source, *match.span(1), written, frozenset({value}))


_LISTS = {
    "complexity": frozenset({"complexity.criteria", "complexity.names"}),
    "areas": frozenset({"areas.items", "areas.names"}),
    # a defective list is restored only while it holds nothing that the other lists lack
    "succession": frozenset({"succession.items", "succession.names", "succession.restored"}),
}


def items(source: str) -> Iterator[Edit]:
    """List items that get another word at their end, or two more; chosen once and for all."""
    text = source_text(source)
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    document = document_of(source, text)
    outline = outline_of(document, terms_of(LANGS[source]))
    found = []
    for block in outline.blocks:
        for section in block.sections:
            for n, statement in enumerate(section.statements):
                kind = (
                    "complexity" if section.part == "complexity"
                    else ("areas", "succession")[min(n, 1)] if section.part == "professional"
                    else ""
                )  # fmt: skip
                if not kind or (kind == "succession" and n > 1):
                    continue
                for run in statement.items:
                    if run.mark == "box" and len(run.parts) == 1:
                        name, span = run.parts[0]
                        piece = document.pieces[span.piece]
                        at = text.find(name, lines[piece.line - 1] + piece.start)
                        found.append((at + len(name), kind))
    for end, kind in random.Random(17).sample(found, min(ITEMS_A_SOURCE, len(found))):
        word = "その他" if LANGS[source] == "ja" else " and others"
        yield Edit(source, end, end, word, _LISTS[kind], None)


def edits() -> list[Edit]:
    if not HERE:
        return []
    found = [e for s in EDITIONS for e in (*numbers(s), *quantifiers(s), *items(s))]
    assert len(found) >= 200
    return found


def values(source: str, text: str) -> Values:
    everything = standards()
    edition = everything.edition(EDITIONS[source])
    made = draft(document_of(source, text), everything, like=edition)
    return {
        (i.field_id, i.level): dict(values_of(i, made.edition.language))
        for i in made.edition.indicators
    }


@cache
def unchanged(source: str) -> Values:
    return values(source, source_text(source))


def leaves(value: Any) -> list[Any]:
    """The plain values inside a value, in order."""
    if isinstance(value, dict):
        return [leaf for v in value.values() for leaf in leaves(v)]
    if isinstance(value, list):
        return [leaf for v in value for leaf in leaves(v)]
    return [value]


@pytest.mark.slow
@pytest.mark.parametrize("source", EDITIONS)
def test_one_edit_changes_one_value(source: str) -> None:
    """At least 200 edits over the five sources, each changing exactly what it touches."""
    wrong = []
    mine = [e for e in edits() if e.source == source]
    before = unchanged(source)
    for edit in mine:
        after = values(source, edit.text)
        assert list(after) == list(before), edit
        changed = {
            (where, name): (value, after[where][name])
            for where in before
            for name, value in before[where].items()
            if after[where][name] != value
        }
        names = {name for _, name in changed}
        ok = len({where for where, _ in changed}) == 1 and names and names <= edit.values
        if ok and edit.leaves is not None:
            [(old, new)] = changed.values()
            one, other = leaves(old), leaves(new)
            ok = (
                len(one) == len(other)
                and sum(a != b for a, b in zip(one, other, strict=True)) == edit.leaves
            )
        if not ok:
            wrong.append((str(edit), changed))
    assert not wrong, f"{len(wrong)} of {len(mine)}: {wrong[:9]}"


def test_a_few_edits_of_each_source() -> None:
    """What the core suite sees of the mutation test: one edit of each kind and source."""
    for source in EDITIONS:
        seen = set()
        for edit in (e for e in edits() if e.source == source):
            if edit.values not in seen:
                seen.add(edit.values)
                after, before = values(source, edit.text), unchanged(source)
                changed = {n for w in before for n in before[w] if after[w][n] != before[w][n]}
                assert changed, edit
                assert changed <= edit.values, edit
