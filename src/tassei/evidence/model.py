"""The values of evidence. None always means: not recorded, so unknown."""

from collections.abc import Mapping

from attrs import field, frozen

from tassei.evidence.months import Month
from tassei.framework.scales import Depth, Role
from tassei.text import Text


@frozen
class Person:
    """Who the evidence is about.

    Args:
        unit: where in an organisation the person works, from the largest part to the smallest with
            `/` between them; None where nothing is said.
    """

    id: str
    name: str
    unit: str | None = None


@frozen
class Holding:
    """Which terms hold: some surely, some surely not.

    Args:
        complete: the terms were given as a list, so that what is left out does not hold, as far as
            the editions know the term that the evidence is written for. `false` then holds terms of
            other editions that surely do not hold either, as evidence that was carried over knows.
    """

    true: frozenset[str] = frozenset()
    false: frozenset[str] = frozenset()
    complete: bool = True


@frozen
class Engagement:
    """One piece of work.

    Args:
        fields: qualified ids of every specialty field that the work belongs to.
        not_in: fields of editions that the evidence is not written for, which the work surely does
            not belong to; never recorded, only known of evidence that was carried over.
        first, last: calendar months, both included; `last` is None while the work goes on.
        size: measure id -> whole units, or scale id -> term id; a measure left out is unknown.
    """

    id: str
    title: str = ""
    fields: frozenset[str] | None = None
    not_in: frozenset[str] = frozenset()
    first: Month | None = None
    last: Month | None = None
    role: Role | None = None
    supervised: bool | None = None
    succeeded: bool | None = None
    complexity: Holding | None = None
    size: Mapping[str, int | str] = field(factory=dict)
    achieved: Holding | None = None
    activities: Holding | None = None


@frozen
class Work:
    """One work by which technology was handed on: a book, a paper, a lecture, a patent."""

    kind: str
    title: str = ""
    on: Month | None = None


@frozen
class Professional:
    areas: Mapping[str, Depth] | None = None
    succession: tuple[Work, ...] | None = None
    mentoring: bool | None = None


@frozen
class PassedExamination:
    name: str
    passed: Month | None = None


@frozen
class Evidence:
    """Everything recorded about one person.

    Args:
        written_for: ids of the editions whose vocabulary the lists are complete for.
        engagements: None where the record does not say whether there are any.
    """

    person: Person
    written_for: tuple[str, ...] = ()
    engagements: tuple[Engagement, ...] | None = None
    professional: Professional = field(factory=Professional)
    examinations: tuple[PassedExamination, ...] | None = None
    skills: Mapping[str, int] | None = None
    knowledge: frozenset[str] | None = None


@frozen
class Understood:
    """A value that was written in words, and what it was taken for."""

    file: str
    line: int
    key: str
    written: str
    taken_as: str


@frozen
class Remark:
    """Something about the evidence that a reader should know, and that is no fault."""

    engagement: str
    text: Text
