"""How far somebody sees: the organisation, which units' totals, and whose verdicts."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from tassei.web.models import Person, Unit
from tassei.web.permits import Act, Concern, Viewer, may

Scope = int | None | Literal["team"]
"""The id of a unit with all below it; None for everybody; the people whose superior the reader is."""
TEAM: Literal["team"] = "team"


@frozen
class Organisation:
    """All units."""

    units: Mapping[int, Unit]

    @classmethod
    def read(cls) -> "Organisation":
        return cls({u.pk: u for u in Unit.objects.order_by("code")})

    @cached_property
    def below(self) -> Mapping[int | None, tuple[int, ...]]:
        """The units right below each; those at the top below None."""
        found: dict[int | None, list[int]] = {}
        for unit in self.units.values():
            found.setdefault(unit.above_id, []).append(unit.pk)
        return {above: tuple(units) for above, units in found.items()}

    def above(self, unit: int | None) -> frozenset[int]:
        """The unit and all above it."""
        found: set[int] = set()
        while unit is not None and unit in self.units and unit not in found:
            found.add(unit)
            unit = self.units[unit].above_id
        return frozenset(found)

    def tree(self, unit: int | None, depth: int = 0) -> Iterator[tuple[int, int]]:
        """All units below one, from the top, each with how far below it is."""
        for one in self.below.get(unit, ()):
            yield one, depth
            yield from self.tree(one, depth + 1)

    def all_below(self, unit: int | None) -> frozenset[int | None]:
        """The unit and all below it; of everybody, also those without a unit."""
        return frozenset({unit, *(u for u, _ in self.tree(unit))})


@frozen
class Reach:
    """What one person may see of it.

    Args:
        team_units: where people work whose superior the reader is.
        passing_on: the tables are made for somebody who may read nobody's verdicts.
    """

    viewer: Viewer
    organisation: Organisation
    team_units: frozenset[int | None]
    passing_on: bool = False
    _known: dict[tuple[int | None, bool], bool] = field(factory=dict, eq=False, repr=False)

    @classmethod
    def of(cls, viewer: Viewer, *, passing_on: bool = False) -> "Reach":
        """Two queries."""
        team = Person.objects.filter(superior=viewer.person, active=True) if viewer.person else None
        units = frozenset(team.values_list("unit_id", flat=True)) if team is not None else ()
        return cls(viewer, Organisation.read(), frozenset(units), passing_on)

    def reads(self, unit: int | None, act: Act = Act.READ_INSIGHTS) -> bool:
        """Whether totals of a unit may be read; of everybody where it is None."""
        mine = unit is not None and unit in self.team_units
        return may(self.viewer, act, self._concern(unit, mine))

    def knows(self, unit: int | None, mine: bool) -> bool:
        """Whether the verdicts of people of a unit may be read.

        Args:
            mine: they are the reader, or those whose superior the reader is.
        """
        if self.passing_on:
            return False
        found = self._known.get((unit, mine))
        if found is None:
            found = may(self.viewer, Act.READ_VERDICTS, self._concern(unit, mine))
            self._known[unit, mine] = found
        return found

    def _concern(self, unit: int | None, mine: bool) -> Concern:
        superiors = frozenset({self.viewer.person} if mine and self.viewer.person else ())
        return Concern(superiors=superiors, units=self.organisation.above(unit))

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Everything that totals may be read of, the widest first."""
        found: list[Scope] = [None] if self.reads(None) else []
        found += [TEAM] if self.team_units else []
        return (*found, *(u for u, _ in self.organisation.tree(None) if self.reads(u)))

    def begin(self) -> Scope:
        """What is shown where nothing is asked for."""
        return self.scopes[0]
