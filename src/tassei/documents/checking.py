"""Edition + document -> where the encoding and the document differ, value by value.

The document is read anew with the names of the edition, and every value that a rule depends on is
compared: those of the indicator table, and success, continuation and what a reading may ask for. A
difference is explained only by a doubt that names this indicator and this clause, and whose kind can
account for the value that differs.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from tassei.documents.drafting import Draft, draft
from tassei.documents.normal import key
from tassei.documents.pieces import Document
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.framework.indicator import Bound, Indicator, Rung, SizeItem
from tassei.framework.skills import KnowledgeItem, Proficiency, SkillItem, Skills
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Lang

Plain = Any
"""A value as JSON has it: what is compared, and what the report shows."""

_EXPLAINS: dict[str, frozenset[str]] = {
    "missing-role": frozenset({"responsibility.role"}),
    "missing-quantifier": frozenset(
        {"complexity.at_least", "areas.at_least", "succession.at_least", "responsibility.engagements", "responsibility.years"}
    ),
    "missing-bound-word": frozenset({"size", "responsibility.or_above", "responsibility.years", "responsibility.engagements"}),
    "copy-error": frozenset({"succession.items", "succession.names", "complexity.criteria", "complexity.names", "areas.items", "areas.names", "areas.depth"}),
    "doubled-list": frozenset({"succession.items", "succession.names", "complexity.criteria", "areas.items"}),
    "short-list": frozenset({"succession.items", "complexity.criteria", "areas.items"}),
    "lost-mark": frozenset({"complexity.criteria", "complexity.names", "responsibility.outcomes", "tasks", "contributions"}),
    "wrong-noun": frozenset({"complexity.names", "areas.names", "succession.names", "responsibility.outcomes"}),
    "spelling": frozenset({"complexity.names", "areas.names", "succession.names"}),
    "mistranslation": frozenset({"complexity.names", "areas.names", "succession.names", "areas.depth", "responsibility.outcomes"}),
}  # fmt: skip
"""Kind of doubt -> the values that a document and its encoding may differ in because of it.

The other kinds say that a text is open to more than one reading; the text itself is encoded as it is.
"""


@frozen
class Difference:
    """One value that the encoding and the document do not share.

    Args:
        value: its name, `CLAUSE` or `CLAUSE.VALUE`.
        encoded, documented: as JSON has them.
        doubts: ids of the doubts that explain it; empty where none does.
    """

    value: str
    encoded: Plain
    documented: Plain
    doubts: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        return self.value.partition(".")[0]


@frozen
class Checked:
    """One indicator held against its document.

    Args:
        place: where the document has it; where the encoding says so, if the document lacks it.
        compared: how many values were compared.
        read_with: doubts that touch the indicator's clauses, whatever they say.
    """

    field_id: str
    level: int
    place: Place
    compared: int
    differences: tuple[Difference, ...]
    read_with: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether every value is the same."""
        return not self.differences

    @property
    def settled(self) -> bool:
        """Whether a doubt explains each difference."""
        return all(d.doubts for d in self.differences)


@frozen
class Check:
    """A whole edition held against its document; `skills` compares the skill part item by item."""

    edition: Edition
    draft: Draft
    indicators: tuple[Checked, ...]
    skills: tuple[Difference, ...]
    skills_compared: int

    @property
    def sound(self) -> bool:
        """Whether nothing differs without a doubt, and nothing was left not understood."""
        return (
            all(c.settled for c in self.indicators)
            and not self.skills
            and not self.draft.problems
            and not self.draft.account.not_understood()
        )


def check(
    edition: Edition, document: Document, standards: Standards, *, lang: Lang | None = None
) -> Check:
    """Hold an encoding against its document."""
    read = draft(document, standards, lang=lang, like=edition)
    found = {(i.field_id, i.level): i for i in read.edition.indicators}
    encoded = {(i.field_id, i.level): i for i in edition.indicators}
    indicators = [
        _checked(standards, edition, where, encoded.get(where), found.get(where))
        for where in {**encoded, **found}
    ]
    differing, compared = _skills(edition.skills, read.edition.skills, edition.language)
    return Check(edition, read, tuple(indicators), tuple(differing), compared)


def _checked(
    standards: Standards,
    edition: Edition,
    where: tuple[str, int],
    encoded: Indicator | None,
    found: Indicator | None,
) -> Checked:
    field_id, level = where
    here = encoded or found
    assert here is not None, "one of the two has the indicator"
    place = found.place if found else here.place
    touching = standards.doubts_of(edition, here)
    if encoded is None or found is None:
        lacks = Difference("indicator", encoded is not None, found is not None)
        return Checked(field_id, level, place, 1, (lacks,))
    lang = edition.language
    mine, theirs = dict(values_of(encoded, lang)), dict(values_of(found, lang))
    differences = tuple(
        Difference(
            name,
            mine[name],
            theirs[name],
            tuple(_explaining(standards, edition, where, name)),
        )
        for name in mine
        if mine[name] != theirs[name]
    )
    return Checked(field_id, level, place, len(mine), differences, tuple(d.id for d in touching))


def _explaining(
    standards: Standards, edition: Edition, where: tuple[str, int], value: str
) -> Iterator[str]:
    """Ids of the doubts that name this indicator and clause and whose kind fits the value."""
    clause = value.partition(".")[0]
    for doubt in standards.doubts:
        named = any(
            (t.edition, t.field_id, t.level, t.clause) == (edition.id, *where, clause)
            for t in doubt.touches
        )
        if named and value in _EXPLAINS.get(doubt.kind, ()):
            yield doubt.id


def values_of(indicator: Indicator, lang: str) -> Iterator[tuple[str, Plain]]:
    """Every rule-bearing value of an indicator by its name, as JSON has it.

    Names of items are folded, in the language of the document; lists keep order and count, but for
    outcomes, which all must hold and so have no order.
    """
    said = indicator.responsibility
    asked = said.engagements
    yield "responsibility.role", said.role.id
    yield "responsibility.supervised", said.supervised
    yield "responsibility.succeeded", said.succeeded
    yield "responsibility.continued", said.continued
    yield "responsibility.years", said.years
    yield (
        "responsibility.engagements",
        asked and [asked.at_least, asked.of_which, asked.of_which_level, asked.others_level],
    )
    yield "responsibility.work_level", said.work_level
    yield "responsibility.or_above", said.or_above
    yield "responsibility.outcomes", sorted(_ids(said.outcomes))
    yield "responsibility.experiences", _ids(said.experiences)
    yield "responsibility.implied", {k: t.id for k, t in sorted(said.implied.items())}
    complexity = indicator.complexity
    yield "complexity.at_least", complexity.at_least
    yield "complexity.required", list(complexity.required)
    yield "complexity.kind", complexity.kind
    yield "complexity.criteria", _ids(complexity.criteria)
    yield "complexity.names", _names(complexity.criteria, lang)
    yield "size", [_size(item) for item in indicator.size]
    professional = indicator.professional
    areas = professional.areas
    yield "areas.at_least", areas and areas.at_least
    yield "areas.depth", areas and areas.depth.id
    yield "areas.items", areas and _ids(areas.items)
    yield "areas.names", areas and _names(areas.items, lang)
    kinds = professional.succession
    yield "succession.at_least", kinds and kinds.at_least
    yield "succession.items", kinds and _ids(kinds.items)
    yield "succession.restored", kinds and _ids(kinds.restored)
    yield "succession.names", kinds and _names(kinds.items, lang)
    yield "mentoring", professional.mentoring is not None
    examples = professional.contributions
    yield (
        "contributions",
        examples
        and [examples.mentoring and examples.mentoring.id, *(t.id for t in examples.items)],
    )
    tasks = indicator.tasks
    yield "tasks", tasks and [_ids(tasks.items), _ids(tasks.noted)]
    yield "examinations", [e.name for e in indicator.examinations]
    yield "unparsed", [[u.clause, u.place.line] for u in indicator.unparsed]


def _ids(terms: Iterable[Term]) -> list[str]:
    return [t.id for t in terms]


def _names(terms: Iterable[Term], lang: str) -> list[str]:
    return [key(t.name.ja if lang == "ja" else t.name.en) for t in terms]


def _size(item: SizeItem) -> dict[str, Plain]:
    return {
        "any": [_bound(b) for b in item.any_of],
        "complexity_at_least": item.complexity_at_least,
        "leading": item.leading,
        "same_as_level": item.same_as_level,
    }


def _bound(bound: Bound | Rung) -> list[Plain]:
    if isinstance(bound, Rung):
        return [bound.scale.id, bound.at_least.id, None]
    return [bound.measure.id, bound.at_least, bound.below]


def _skills(encoded: Skills, found: Skills, lang: str) -> tuple[list[Difference], int]:
    """The skill part: items, proficiency and knowledge trees, each by its key."""
    mine, theirs = dict(_of_skills(encoded, lang)), dict(_of_skills(found, lang))
    names = list({**mine, **theirs})
    return [
        Difference(name, mine.get(name), theirs.get(name))
        for name in names
        if mine.get(name) != theirs.get(name)
    ], len(names)


def _of_skills(skills: Skills, lang: str) -> Iterator[tuple[str, Plain]]:
    for item in skills.items:
        yield f"skills.{item.id}", _skill_item(item, lang)
    for entry in skills.proficiency:
        yield f"proficiency.{entry.field_id}/{entry.item}/{entry.level}", _proficiency(entry)
    for block in skills.knowledge:
        yield (
            f"knowledge.{block.field_id}/{block.item}",
            [_knowledge(i, lang) for i in block.items],
        )


def _skill_item(item: SkillItem, lang: str) -> Plain:
    return [
        item.kind,
        sorted(item.fields),
        *_names([Term(item.id, item.name)], lang),
        [
            [t.id, name]
            for t, name in zip(item.sub_items, _names(item.sub_items, lang), strict=True)
        ],
    ]


def _proficiency(entry: Proficiency) -> Plain:
    scope = [_bound(b) for b in entry.scope]
    return [entry.role.id, entry.supervised, entry.manual, scope]


def _knowledge(item: KnowledgeItem, lang: str) -> Plain:
    name = _names([item.term], lang)[0]
    return [item.term.id, name, [_knowledge(i, lang) for i in item.items]]
