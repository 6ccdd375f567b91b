"""What a field asks of a record: the facts that some level of it can turn on, in the document's order."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Bound, Indicator, Rung
from tassei.framework.vocabulary import Measure, Scale, Term


@frozen
class Questions:
    """Everything that the levels of one field ask for.

    Args:
        outcomes: results, and characteristics of the work, as one list of what was achieved.
        activities: what the work may have contained.
    """

    criteria: tuple[Term, ...]
    measures: tuple[Measure, ...]
    scales: tuple[Scale, ...]
    outcomes: tuple[Term, ...]
    activities: tuple[Term, ...]
    areas: tuple[Term, ...]
    succession: tuple[Term, ...]
    mentoring: bool
    supervised: bool
    examinations: tuple[tuple[str, Term], ...]


def questions_of(edition: Edition, field: SpecialtyField) -> Questions:
    """The questions of a field, from all its levels."""
    levels = edition.ladder(field.id)
    given = [i.professional for i in levels]
    contributions = [g.contributions for g in given if g.contributions]
    bounds = [b for i in levels for item in i.size for b in item.any_of]
    return Questions(
        criteria=_terms(i.complexity.criteria for i in levels),
        measures=tuple({b.measure.id: b.measure for b in bounds if isinstance(b, Bound)}.values()),
        scales=tuple({b.scale.id: b.scale for b in bounds if isinstance(b, Rung)}.values()),
        outcomes=_terms(_outcomes(levels)),
        activities=_terms(_activities(levels)),
        areas=_terms(g.areas.items for g in given if g.areas),
        succession=_terms(
            [
                *(g.succession.kinds() for g in given if g.succession),
                *(c.items for c in contributions),
            ]
        ),
        mentoring=any(g.mentoring for g in given) or any(c.mentoring for c in contributions),
        supervised=any(i.responsibility.supervised for i in levels),
        examinations=tuple(
            {x.name: (x.name, x.title) for i in levels for x in i.examinations}.values()
        ),
    )


def _outcomes(levels: Iterable[Indicator]) -> Iterator[tuple[Term, ...]]:
    for indicator in levels:
        yield indicator.responsibility.outcomes
        yield indicator.tasks.items if indicator.tasks else ()


def _activities(levels: Iterable[Indicator]) -> Iterator[tuple[Term, ...]]:
    for indicator in levels:
        yield indicator.responsibility.experiences
        yield tuple(indicator.responsibility.implied.values())


def _terms(lists: Iterable[tuple[Term, ...]]) -> tuple[Term, ...]:
    return tuple({t.id: t for terms in lists for t in terms}.values())


def union(each: Iterable[Questions]) -> Questions:
    """The questions of several fields, each asked once."""
    several = tuple(each)
    return Questions(
        criteria=_terms(q.criteria for q in several),
        measures=tuple({m.id: m for q in several for m in q.measures}.values()),
        scales=tuple({s.id: s for q in several for s in q.scales}.values()),
        outcomes=_terms(q.outcomes for q in several),
        activities=_terms(q.activities for q in several),
        areas=_terms(q.areas for q in several),
        succession=_terms(q.succession for q in several),
        mentoring=any(q.mentoring for q in several),
        supervised=any(q.supervised for q in several),
        examinations=tuple({n: (n, t) for q in several for n, t in q.examinations}.values()),
    )
