"""A block of a document -> an `Indicator`: what the sentences of its clauses say, put together.

The grammar has read each sentence; here the values become the clauses of `framework.indicator`. What
could not be read becomes an `Unparsed` clause beside them; what was read with a remark says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import evolve

from tassei.documents.business import Business
from tassei.documents.clausework import Book, Clauses, Remark
from tassei.documents.grammar.clauses import AtDepth, HandsOn, NotUnderstood, Value
from tassei.documents.grammar.parse import parse_sentence, sentences_of
from tassei.documents.outline import Block, Section, Statement
from tassei.documents.professional import ProfessionalPart
from tassei.framework.indicator import Indicator
from tassei.framework.vocabulary import Term
from tassei.text import Text

_SAID = ("responsibility", "complexity", "size", "tasks")
"""The clauses whose sentences are read before their lists."""

_OF_THE_WORK = frozenset({"complexity", "size"})
"""Clauses in which nothing is said of what a person gives back to the profession."""


def indicator_of(book: Book, block: Block, field_id: str) -> Indicator:
    """Read one block; what it makes new or leaves open gathers in the book."""
    business = Business(book, block, field_id)
    other = ProfessionalPart(book, block, field_id, business.unparsed)
    said = {
        s.part: [(v, st.line) for st in s.statements for v in _values(business, st, s)]
        for s in block.sections
        if s.part in _SAID
    }
    everywhere = [v for part in said.values() for v in part]
    responsibility = business.responsibility(said.get("responsibility", []), everywhere)
    complexity = business.complexity(said.get("complexity", []))
    size_section = block.section("size")
    size = business.size(size_section)
    tasks, contributions = other.tasks(said.get("tasks", []))
    professional = other.professional()
    return Indicator(
        field_id=field_id,
        level=block.level,
        place=business.place(block.line),
        responsibility=responsibility,
        complexity=complexity,
        size=size,
        size_place=business.place(size_section.line if size_section else block.line),
        professional=evolve(professional, contributions=contributions),
        tasks=tasks,
        examinations=tuple(other.examinations()),
        unparsed=tuple(business.unparsed),
    )


def _values(clauses: Clauses, statement: Statement, section: Section) -> Iterator[Value]:
    """What the sentences of a statement say; a sentence that cannot be read is reported."""
    if statement.said is None:
        return
    lang = clauses.terms.lang
    for _, sentence in sentences_of(statement.said.text, lang):
        read = parse_sentence(sentence, lang)
        if not isinstance(read, NotUnderstood):
            if section.part in _OF_THE_WORK and any(isinstance(v, AtDepth | HandsOn) for v in read):
                # a heading above it was not recognised
                clauses.not_understood(section.part, statement, sentence, sentence)
                return
            yield from read
        elif section.part != "size":
            # a size may stand in the sentence itself, and is read there
            clauses.not_understood(section.part, statement, sentence, read.sign)


def restored(book: Book, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Succession lists with doubled items, restored to the list that the document has elsewhere."""
    found = tuple(indicators)
    lists = Counter(
        tuple(t.id for t in i.professional.succession.items)
        for i in found
        if i.professional.succession and _distinct(i.professional.succession.items)
    )
    if not lists:
        return found
    usual = lists.most_common(1)[0][0]
    names = {
        t.id: t for i in found if i.professional.succession for t in i.professional.succession.items
    }
    return tuple(_restore(book, i, tuple(names[n] for n in usual)) for i in found)


def _restore(book: Book, indicator: Indicator, usual: tuple[Term, ...]) -> Indicator:
    kinds = indicator.professional.succession
    if kinds is None or _distinct(kinds.items):
        return indicator
    if not {t.id for t in kinds.items} < {t.id for t in usual}:
        return indicator
    book.remarks.append(
        Remark(
            kinds.place.line,
            Text(
                "技術の継承の一覧に重複があるため、この文書のほかの一覧で補った",
                "the list of technology succession has doubled items; restored from the other lists of the document",
            ),
        )
    )
    return evolve(
        indicator,
        professional=evolve(indicator.professional, succession=evolve(kinds, restored=usual)),
    )


def _distinct(terms: tuple[Term, ...]) -> bool:
    return len({t.id for t in terms}) == len(terms)
