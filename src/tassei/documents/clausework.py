"""What reading any clause of an indicator needs: where it stands, its terms, and what to report.

`Book` gathers what one document makes new or leaves open; `Clauses` is one indicator while its clauses
are read.
"""

from collections.abc import Iterable
from typing import TypeVar

from attrs import define, field, frozen

from tassei.documents.grammar.clauses import ForYears, OneComponent, Pick, Times, Value
from tassei.documents.grammar.terms import Terms
from tassei.documents.measures import Measures
from tassei.documents.naming import Naming
from tassei.documents.outline import Block, Section, Statement
from tassei.documents.runs import Run
from tassei.framework.indicator import Unparsed
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Text

T = TypeVar("T")


@frozen
class Remark:
    """Something that was read, and that a person should look at."""

    line: int
    text: Text


@frozen
class Problem:
    """A passage of an indicator that was not understood.

    Args:
        clause: of the indicator.
        text: the sentence or list item, as the grammar saw it; empty where something is missing.
        sign: what fits nowhere in it.
        pieces: numbers of the pieces of the document that it touches.
    """

    field_name: str
    level: int
    clause: str
    line: int
    text: str
    sign: str
    pieces: tuple[int, ...]


@define
class Book:
    """One document while it is read; new terms and measures gather in `naming` and `measures`.

    Args:
        document: the name by which places name it.
    """

    document: str
    terms: Terms
    naming: Naming
    measures: Measures
    remarks: list[Remark] = field(factory=list)
    problems: list[Problem] = field(factory=list)


@define
class Clauses:
    """One indicator on its way; a method of a class below answers for one clause."""

    book: Book
    block: Block
    field_id: str
    unparsed: list[Unparsed] = field(factory=list)

    @property
    def naming(self) -> Naming:
        return self.book.naming

    @property
    def terms(self) -> Terms:
        return self.book.terms

    def place(self, line: int) -> Place:
        return Place(self.book.document, max(line, 1))

    def at(self, n: int) -> str:
        return f"{self.field_id}-{self.block.level}-{n}"

    def term(self, kind: str, run: Run | str, n: int, line: int = 0) -> Term:
        name = run if isinstance(run, str) else run.text
        return self.naming.term(
            kind, name.strip(" 。.、,;"), at=self.at(n), line=line or getattr(run, "line", 0)
        )

    def not_understood(
        self, clause: str, where: Run | Statement | Section | None, text: str = "", sign: str = ""
    ) -> None:
        """Report a passage, or that something is missing at a place."""
        run = run_of(where)
        line = run.line if run else self.block.line
        self.unparsed.append(Unparsed(self.place(line), clause, sign[:60]))
        self.book.problems.append(
            Problem(
                self.block.field_name,
                self.block.level,
                clause,
                line,
                text,
                sign,
                run.pieces if run else (),
            )
        )

    def unparsed_in(self, clause: str) -> bool:
        return any(u.clause == clause for u in self.unparsed)

    def unparsed_at(self, line: int) -> bool:
        return any(u.place.line == line for u in self.unparsed)


def run_of(where: Run | Statement | Section | None) -> Run | None:
    """The run by which a place is shown: the sentence, else the heading."""
    match where:
        case Statement():
            return where.said or next(iter(where.items), None)
        case Section():
            return run_of(where.statements[0]) if where.statements else where.heading
    return where


def first(values: Iterable[object], kind: type[T]) -> T | None:
    """The first value of a kind, if there is one."""
    return next((v for v in values if isinstance(v, kind)), None)


def contradicted(values: Iterable[Value]) -> str:
    """Figures of which a clause has two where it can hold one, as a sign to show; else nothing."""
    told: dict[type, list[int]] = {Times: [], ForYears: [], Pick: []}
    for value in values:
        match value:
            case Times(at_least=int() as figure) | ForYears(years=figure):
                told[type(value)].append(figure)
            case Pick(at_least=int() as figure):
                told[Pick].append(figure)
    return next(
        (", ".join(map(str, figures)) for figures in told.values() if len(set(figures)) > 1), ""
    )


def picked(values: list[Value]) -> Pick | None:
    """How many of a list: "any of the following, two or more" is two, and may say "one" beside."""
    counts = [v for v in values if isinstance(v, Pick)]
    if counts:
        return next((c for c in counts if isinstance(c.at_least, int)), counts[0])
    component = first(values, OneComponent)
    return Pick("any") if component and component.which == "any" else None
