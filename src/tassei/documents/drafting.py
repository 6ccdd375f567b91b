"""Document -> draft edition: everything that the importer understood, in the project's own values.

A draft loads, shows and judges like any edition. What was not understood stands in it as `unparsed`
clauses, so that nobody is judged by a guess; the official sentences are kept apart from it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, evolve, field, frozen

from tassei.documents.accounts import Account, account_of
from tassei.documents.clausework import Book, Problem, Remark
from tassei.documents.grammar.terms import Terms, terms_of
from tassei.documents.meaning import indicator_of, restored
from tassei.documents.measures import Measures, NewMeasure
from tassei.documents.naming import Naming, NewTerm
from tassei.documents.normal import loose_key
from tassei.documents.outline import Block, Outline
from tassei.documents.pieces import Document
from tassei.documents.runs import language_of
from tassei.documents.skillpart import skills_of
from tassei.documents.structure import outline_of
from tassei.encoding.dump import dump_edition, dump_vocabulary, to_yaml
from tassei.encoding.standards import Standards
from tassei.encoding.texts import OfficialText
from tassei.framework.edition import DRAFT, Edition, JobCategory, SpecialtyField
from tassei.framework.indicator import Indicator, SizeItem, Unparsed
from tassei.framework.vocabulary import Term, Vocabulary
from tassei.framework.vocabulary import Terms as EditionTerms
from tassei.source import Place
from tassei.text import Lang, Text

TEXTS_SCHEMA = "tassei/texts/1"


@frozen
class Draft:
    """What was made of a document.

    Args:
        edition: the draft; its indicators stand in the order of the document.
        additions: what it adds to the shared vocabulary.
        account: what became of every passage.
        problems: passages of indicators and of the skill part that were not understood.
        remarks: what was understood with a reservation.
    """

    document: Document
    edition: Edition
    additions: Vocabulary
    texts: tuple[OfficialText, ...]
    account: Account
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    new_terms: tuple[NewTerm, ...]
    new_measures: tuple[NewMeasure, ...]

    def files(self) -> dict[str, bytes]:
        """The files of the draft by their path below the workspace."""
        folder = self.edition.id
        files = {f"{folder}/{name}": data for name, data in dump_edition(self.edition).items()}
        if self.additions.measures or self.additions.scales:
            files[f"{folder}/vocabulary.yaml"] = dump_vocabulary(self.additions)
        files[f"{folder}/texts.{self.edition.language}.yaml"] = to_yaml(self._texts())
        return files

    def _texts(self) -> dict[str, Any]:
        return {
            "schema": TEXTS_SCHEMA,
            "document": self.edition.document,
            "texts": [
                {
                    "field": t.field_id,
                    "level": t.level,
                    "clause": t.clause,
                    "source": str(t.place),
                    "text": t.text,
                }
                for t in self.texts
            ],
        }


def draft(
    document: Document,
    standards: Standards,
    *,
    lang: Lang | None = None,
    edition_id: str | None = None,
    like: Edition | None = None,
    dated: str = "2000-01-01",
) -> Draft:
    """Draft an edition from a document.

    Args:
        standards: whose vocabulary and names the draft shares.
        lang: of the document; found out where it is left out.
        edition_id: of the draft; else `draft/CATEGORY`.
        like: an encoding of the same document, whose ids of fields and terms are taken.
        dated: date of the draft, ISO.
    """
    return _Drafter(document, standards, lang or language_of(document), like).draft(
        edition_id, dated
    )


@define
class _Drafter:
    document: Document
    standards: Standards
    lang: Lang
    like: Edition | None
    problems: list[Problem] = field(factory=list)
    remarks: list[Remark] = field(factory=list)

    @property
    def document_id(self) -> str:
        """The name under which places name the document."""
        return self.like.document if self.like else _document_id(self.document.name)

    def draft(self, edition_id: str | None, dated: str) -> Draft:
        terms = terms_of(self.lang)
        outline = outline_of(self.document, terms)
        naming = Naming(terms, self.standards, self.like.id if self.like else None)
        measures = Measures(terms, self.standards.vocabulary, naming)
        name = self.document_id
        book = Book(name, terms, naming, measures)
        fields = _Fields(outline, terms, naming, self.like, name)
        blocks = list(self._distinct(outline.blocks, fields))
        indicators = restored(
            book, [indicator_of(book, b, fields.id_of(b.field_name)) for b in blocks]
        )
        levels = {(i.field_id, i.level) for i in indicators}
        sound = tuple(self._sound(i, fields, levels) for i in indicators)
        part = skills_of(outline, terms, naming, measures, fields, name)
        category = self._category(outline, naming, name)
        edition = Edition(
            id=edition_id or (self.like.id if self.like else f"draft/{category.id}"),
            title=Text(f"{category.name.ja}（下書き）", f"{category.name.en} (draft)"),
            label=DRAFT,
            document=name,
            language=self.lang,
            known_by=Text(
                f"文書 {self.document.name} から取り込んだ下書きで、人の確認を経ていない",
                f"a draft imported from the document {self.document.name}, not reviewed by anybody",
            ),
            dated=dated,
            category=category,
            fields=fields.all(sound),
            terms=_terms_used(sound),
            indicators=sound,
            skills=part.skills,
        )
        self.remarks += part.remarks
        self.remarks += _levels_not_printed(edition, fields)
        problems = (*book.problems, *self.problems, *part.problems)
        return Draft(
            document=self.document,
            edition=edition,
            additions=measures.additions(),
            texts=tuple(self._texts(blocks, fields)),
            account=account_of(self.document, outline, problems, part.lost),
            problems=tuple(sorted(problems, key=lambda p: p.line)),
            # each once; where two stand in one line, in the order in which they were made
            remarks=tuple(
                sorted(
                    dict.fromkeys((*book.remarks, *self.remarks, *fields.remarks)),
                    key=lambda r: r.line,
                )
            ),
            new_terms=tuple(naming.new),
            new_measures=tuple(measures.new),
        )

    def _distinct(self, blocks: Iterable[Block], fields: "_Fields") -> Iterator[Block]:
        """Each field and level once; what is printed again is remarked upon."""
        seen: set[tuple[str, int]] = set()
        for block in blocks:
            where = (fields.id_of(block.field_name), block.level)
            if where in seen:
                self.remarks.append(
                    Remark(
                        block.line,
                        Text(
                            f"{block.field_name} レベル{block.level}が2度現れるため、2度目を使わなかった",
                            f"{block.field_name} level {block.level} appears twice; the second was not used",
                        ),
                    )
                )
                continue
            seen.add(where)
            yield block

    def _category(self, outline: Outline, naming: Naming, document: str) -> JobCategory:
        name = re.sub(r"^\([0-9]+\)", "", outline.category).strip()
        known = naming.known("categories", name)
        line = outline.category_run.line if outline.category_run else 1
        text = Text(name, name) if known is None else known.name
        return JobCategory(
            id=known.id if known else naming.slug(name) or "category",
            name=text if name else Text("職種", "category"),
            place=Place(document, line),
            outline=_SEE,
        )

    def _sound(
        self,
        indicator: Indicator,
        fields: "_Fields",
        levels: set[tuple[str, int]],
    ) -> Indicator:
        """Take out what no edition may say, and say that it could not be read.

        A level that the field does not have, and more items than a list holds, are faults of an
        encoding; in a draft they are places for a person to look at.
        """
        open_: list[Unparsed] = []

        def give_up(clause: str, place: Place, sign: str) -> None:
            open_.append(Unparsed(place, clause, sign))
            name = fields.name_of(indicator.field_id)
            pieces = tuple(n for n, p in enumerate(self.document.pieces) if p.line == place.line)
            self.problems.append(
                Problem(name, indicator.level, clause, place.line, "", sign, pieces[:1])
            )

        said = indicator.responsibility
        asked = said.engagements
        if asked and (asked.of_which or 0) > asked.at_least:
            give_up("responsibility", said.place, f"{asked.of_which}")
            said = evolve(
                said,
                engagements=evolve(asked, of_which=None, of_which_level=None, others_level=None),
            )
        size: list[SizeItem] = []
        for item in indicator.size:
            too_many = (item.complexity_at_least or 0) > len(indicator.complexity.criteria)
            nowhere = item.same_as_level and (indicator.field_id, item.same_as_level) not in levels
            if too_many or nowhere:
                give_up("size", item.place, f"{item.complexity_at_least or item.same_as_level}")
            else:
                size.append(item)
        professional = indicator.professional
        kinds = professional.succession
        if kinds and kinds.at_least > len(kinds.kinds()):
            give_up("succession", kinds.place, f"{kinds.at_least}")
            kinds = evolve(kinds, at_least=max(len(kinds.kinds()), 1)) if kinds.items else None
        professional = evolve(professional, succession=kinds)
        return evolve(
            indicator,
            responsibility=said,
            size=tuple(size),
            professional=professional,
            unparsed=(*indicator.unparsed, *open_),
        )

    def _texts(self, blocks: Iterable[Block], fields: "_Fields") -> Iterator[OfficialText]:
        for block in blocks:
            for section in block.sections:
                for statement in section.statements:
                    for run in (statement.said, *statement.items):
                        if run is not None:
                            yield OfficialText(
                                fields.id_of(block.field_name),
                                block.level,
                                section.part,
                                Place(self.document_id, run.line),
                                run.original,
                            )


def _levels_not_printed(edition: Edition, fields: "_Fields") -> Iterator[Remark]:
    """Levels that an indicator refers to, and that the document does not have in that field."""
    for indicator in edition.indicators:
        said, asked = indicator.responsibility, indicator.responsibility.engagements
        named = (said.work_level, asked and asked.of_which_level, asked and asked.others_level)
        there = {i.level for f in edition.covered_by(indicator) for i in edition.ladder(f)} or {
            indicator.level
        }
        for level in dict.fromkeys(n for n in named if n and n not in there):
            name = fields.name_of(indicator.field_id)
            yield Remark(
                said.place.line,
                Text(
                    f"{name} レベル{indicator.level}がレベル{level}を引くが、この文書にその指標がない",
                    f"{name} level {indicator.level} refers to level {level}, which the document does not print",
                ),
            )


_SEE = Text("公式の文書を参照", "see the official document")


@define
class _Fields:
    """The specialty fields of a document: their ids, levels, and which levels they share."""

    outline: Outline
    terms: Terms
    naming: Naming
    like: Edition | None
    document: str
    remarks: list[Remark] = field(factory=list)
    _ids: dict[str, str] = field(factory=dict)
    _names: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        own = (
            {loose_key(f.name[self.naming.lang]): f.id for f in self.like.fields}
            if self.like
            else {}
        )
        names = [b.field_name for b in self.outline.blocks]
        for n, name in enumerate(dict.fromkeys(names), start=1):
            wanted = own.get(loose_key(name)) or self._new_id(name, n)
            if loose_key(name) in self._ids:
                continue
            while wanted in self._names:
                wanted += "-2"
            self._ids[loose_key(name)] = wanted
            self._names[wanted] = name

    def _new_id(self, name: str, n: int) -> str:
        if self.common(name) is not None:
            return "common"
        known = self.naming.known("fields", name)
        return known.id if known else self.naming.slug(name) or f"field-{n}"

    def common(self, name: str) -> str | None:
        """Of a heading that names levels common to several fields, what it names them by."""
        match = self.terms.pattern("layout", "common").search(name)
        if match is None:
            return None
        return next((g for g in match.groups() if g), "")

    def id_of(self, name: str) -> str:
        return self._ids[loose_key(name)]

    def find(self, name: str) -> str | None:
        """The id of a field by its name, or by a name that means the entry common to several."""
        found = self._ids.get(loose_key(name))
        if found or self.common(name) is None:
            return found
        return next((i for i, n in self._names.items() if self.common(n) is not None), None)

    def name_of(self, field_id: str) -> str:
        return self._names[field_id]

    def specialty(self) -> tuple[str, ...]:
        """Ids of the fields proper, in the order of the document."""
        return tuple(i for i, name in self._names.items() if self.common(name) is None)

    def all(self, indicators: tuple[Indicator, ...]) -> tuple[SpecialtyField, ...]:
        places = {loose_key(name): run for name, run in self.outline.fields}
        ids = [*self.specialty(), *(i for i in self._names if i not in self.specialty())]
        found = []
        for field_id in ids:
            own = [i for i in indicators if i.field_id == field_id]
            name = self._names[field_id]
            run = places.get(loose_key(name))
            known = self.naming.known("fields", name)
            levels = tuple(sorted({i.level for i in own}, reverse=True))
            line = run.line if run else own[0].place.line
            found.append(
                SpecialtyField(
                    field_id,
                    self._text(name, known),
                    Place(self.document, line),
                    levels,
                    _SEE,
                    self._applies_to(name, levels),
                )
            )
        self._compare(found)
        return tuple(found)

    def _text(self, name: str, known: Term | None) -> Text:
        if known is None:
            return Text(name, name)
        return Text(name, known.name.en) if self.naming.lang == "ja" else Text(known.name.ja, name)

    def _applies_to(self, name: str, levels: tuple[int, ...]) -> tuple[str, ...]:
        """The fields that a common entry is for: those it names, or that the table marks, or all."""
        named = self.common(name)
        if named is None:
            return ()
        parts = re.split(self.terms.layout["names"], named)
        found = [self._ids.get(loose_key(p)) for p in parts]
        if len(parts) > 1 and all(found):
            return tuple(f for f in found if f)
        table = self.outline.table
        if table and table.marks:
            marked = {loose_key(n) for n, level in table.marks if level in levels}
            some = tuple(i for i in self.specialty() if loose_key(self._names[i]) in marked)
            if some:
                return some
        return self.specialty()

    def _compare(self, fields: list[SpecialtyField]) -> None:
        """Hold the level table against the indicators; a row of marks lost says nothing."""
        table = self.outline.table
        if table is None or not table.marks:
            return
        marked = {(loose_key(n), level) for n, level in table.marks}
        names = {f.id: loose_key(self._names[f.id]) for f in fields}
        have = {(names[f.id], level) for f in fields if not f.applies_to for level in f.levels} | {
            (names[i], level) for f in fields for i in f.applies_to for level in f.levels
        }
        for run in table.fields:
            key = loose_key(run.text)
            for level in table.levels:
                if ((key, level) in marked) != ((key, level) in have):
                    is_ = (key, level) in marked
                    self.remarks.append(
                        Remark(
                            run.line,
                            Text(
                                f"レベルの表に{run.text}のレベル{level}の印が{'あるが、達成度指標がない' if is_ else 'ないが、達成度指標がある'}",
                                f"the level table {'marks' if is_ else 'does not mark'} level {level} of {run.text}, and there is {'no' if is_ else 'an'} indicator",
                            ),
                        )
                    )


def _terms_used(indicators: Iterable[Indicator]) -> EditionTerms:
    """Every term that the indicators use, by kind, each as it is first worded."""
    found: dict[str, dict[str, Term]] = {
        k: {} for k in ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
    }
    for i in indicators:
        asked, said = i.professional, i.responsibility
        lists: dict[str, Iterable[Term]] = {
            "criteria": i.complexity.criteria,
            "outcomes": said.outcomes,
            "activities": (*said.experiences, *said.implied.values()),
            "areas": asked.areas.items if asked.areas else (),
            "succession": (
                *(asked.succession.items if asked.succession else ()),
                *(asked.succession.restored if asked.succession else ()),
                *(asked.contributions.items if asked.contributions else ()),
            ),
            "tasks": (*i.tasks.items, *i.tasks.noted) if i.tasks else (),
        }
        for kind, terms in lists.items():
            for term in terms:
                found[kind].setdefault(term.id, term)
    return EditionTerms(**{k: tuple(v.values()) for k, v in found.items()})


def _document_id(name: str) -> str:
    """A file name as places name it: letters, figures, dots and hyphens."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    plain = re.sub(r"[^0-9A-Za-z.-]+", "-", stem).strip("-.")
    return plain or "document"
