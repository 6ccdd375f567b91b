"""The standards as the pages find them: a level with its rule and doubts, judges that are made once.

Beside the editions that ship stand the tailored layers that are active; when those change, all that was
made of the standards is made anew.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, ParamSpec, TypeVar

from attrs import frozen

from tassei.encoding.compiled import standards as official
from tassei.encoding.layers import Layer, with_layers
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.framework.doubts import Doubt
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Reading, Readings
from tassei.judging.judge import Judge, editions_for, known_of
from tassei.rules.from_indicators import rule_of
from tassei.rules.nodes import Rule
from tassei.text import Text

P = ParamSpec("P")
T = TypeVar("T")
_kept: list[Any] = []
_layers: tuple[Layer, ...] = ()


def of_the_shelf(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what is made of the standards until they change."""
    kept = cache(make)
    _kept.append(kept)
    return kept  # type: ignore[return-value]  # what is cached takes what it took, hashable as it is


@of_the_shelf
def standards() -> Standards:
    """The editions that ship, and the layers that are active over them."""
    return with_layers(official(), _layers) if _layers else official()


def lay(layers: Iterable[Layer]) -> None:
    """Put these layers, and no others, over the editions."""
    global _layers  # the one shelf of the process
    _layers = tuple(layers)
    for kept in _kept:
        kept.cache_clear()


def laid() -> tuple[Layer, ...]:
    """The layers that are over the editions now."""
    return _layers


def editions_of(evidence: Evidence) -> tuple[str, ...] | None:
    """The editions that a record is judged against: those it is written for, and the layers over them."""
    written = editions_for(evidence)
    if written is None:
        return None
    over = (x.edition.id for x in _layers if x.over.id in written)
    return tuple(dict.fromkeys((*written, *over)))


@frozen
class Level:
    """One level of one specialty field under chosen readings."""

    edition: Edition
    field: SpecialtyField
    indicator: Indicator
    readings: Readings

    @property
    def number(self) -> int:
        return self.indicator.level

    @property
    def path(self) -> str:
        """`EDITION/FIELD/LEVEL`, as commands and addresses name it."""
        return f"{self.edition.qualified(self.field.id)}/{self.number}"

    @property
    def rule(self) -> Rule:
        return rule_of(self.edition, self.indicator, self.field.id, self.readings)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return standards().doubts_of(self.edition, self.indicator)

    @property
    def shared_with(self) -> tuple[SpecialtyField, ...]:
        """The other fields that the indicator judges, where it is common to several."""
        covered = self.edition.covered_by(self.indicator)
        return tuple(
            f for f in self.edition.specialty_fields() if f.id in covered and f.id != self.field.id
        )

    @property
    def name(self) -> Text:
        return Text(
            f"{self.field.name.ja} レベル{self.number}", f"{self.field.name.en} level {self.number}"
        )


def field_at(path: str) -> tuple[Edition, SpecialtyField]:
    """The specialty field proper of `EDITION/FIELD`.

    Raises:
        RequestError: there is none of that name.
    """
    edition, found, _ = standards().find(path)
    field = edition.field(found) if found else None
    if field is None or field.applies_to:
        raise RequestError([])
    return edition, field


def level_at(path: str, readings: Readings | None = None) -> Level:
    """The level of `EDITION/FIELD/LEVEL`.

    Raises:
        RequestError: the path does not name a level of a specialty field.
    """
    everything = standards()
    edition_id, field_id, number = everything.level(path)
    edition, field = field_at(f"{edition_id}/{field_id}")
    indicator = edition.indicator(field_id, number)
    if indicator is None:
        raise RequestError([])
    return Level(edition, field, indicator, readings or everything.readings_with({}))


def ladder(edition: Edition, field: SpecialtyField) -> tuple[Level, ...]:
    """All levels of a field, the highest first."""
    default = standards().readings_with({})
    return tuple(Level(edition, field, i, default) for i in edition.ladder(field.id))


def all_levels() -> tuple[Level, ...]:
    """Every level of every field of every edition."""
    return tuple(
        level
        for edition in standards().editions
        for field in edition.specialty_fields()
        for level in ladder(edition, field)
    )


def readings_that_matter(level: Level) -> tuple[Reading, ...]:
    """The readings of which some alternative changes what the level asks."""
    everything = standards()
    rule = Level(level.edition, level.field, level.indicator, everything.readings_with({})).rule
    return tuple(
        reading
        for reading in everything.readings
        if any(
            Level(
                level.edition,
                level.field,
                level.indicator,
                everything.readings_with({reading.id: alternative.id}),
            ).rule
            != rule
            for alternative in reading.alternatives[1:]
        )
    )


@of_the_shelf
def known() -> Known:
    """What evidence may name; gathering it takes longer than to judge a record."""
    return known_of(standards())


@of_the_shelf
def judge_for(editions: tuple[str, ...] | None) -> Judge:
    """The judge under default readings over some editions, or over all."""
    everything = standards()
    return Judge(everything, everything.readings_with({}), editions)
