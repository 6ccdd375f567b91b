"""How many people stand at a level or above, in every unit, as far as the reader may know."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen
from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from tassei.framework.edition import Edition
from tassei.web.insights.masking import Atom, Groups, Key, Row, masked
from tassei.web.insights.reach import TEAM, Reach, Scope
from tassei.web.models import Standing

Place = tuple[int | None, bool]
"""A unit, and whether the people in it are the reader's own."""
NOWHERE: Atom = (0, 0)


@frozen
class Told:
    """A number with its bounds.

    Args:
        low, high: people who surely and who possibly are meant; None where that is not shown.
    """

    low: int | None
    high: int | None

    @property
    def hidden(self) -> bool:
        return self.low is None and self.high is None


@frozen
class Size:
    """How many people there are, and how many of them have recorded anything."""

    people: int = 0
    recorded: int = 0


def of_reader(reach: Reach) -> Case:
    """A column that says whether somebody is the reader or has the reader as superior."""
    me = reach.viewer.person
    if me is None or reach.passing_on:
        return Case(default=Value(False), output_field=BooleanField())
    mine = Q(person_id=me) | Q(person__superior_id=me)
    return Case(When(mine, then=Value(True)), default=Value(False), output_field=BooleanField())


def standings_at(cycle: int | None, reach: Reach) -> QuerySet[Any]:
    """The standings of one time, each with the column `mine`: whether it is of one of the reader's people."""
    at = Q(cycle=None) if cycle is None else Q(cycle_id=cycle)
    return Standing.objects.filter(at).annotate(mine=of_reader(reach))


@define
class Heads:
    """The head-counts of one edition at one time.

    Args:
        cycle: the id of the round; None for the present.
    """

    reach: Reach
    cycle: int | None
    edition: Edition
    _groups: dict[str, Groups] = field(factory=dict, repr=False)
    _hidden: dict[str, Mapping[Key, int]] = field(factory=dict, repr=False)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Paths of the fields, in the order of the document."""
        return tuple(self.edition.qualified(f.id) for f in self.edition.specialty_fields())

    def levels(self, path: str) -> tuple[int, ...]:
        ladder = self.edition.ladder(path.rpartition("/")[2])
        return tuple(sorted(i.level for i in ladder))

    @property
    def _all(self) -> QuerySet[Any]:
        return standings_at(self.cycle, self.reach)

    @cached_property
    def sizes(self) -> Mapping[Place, Size]:
        """The people of each unit itself; one query."""
        rows = self._all.filter(field="").values_list("unit_id", "mine")
        counted = rows.annotate(people=Count("pk"), told=Count("pk", filter=~Q(evidence_digest="")))
        return {(unit, mine): Size(people, told) for unit, mine, people, told in counted}

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[Place, Mapping[Atom, tuple[int, int]]]]:
        """For each field and unit, by where people stand: how many, and the first of them; one query."""
        rows = self._all.filter(field__in=self.fields).values_list(
            "field", "unit_id", "mine", "low", "high"
        )
        found: dict[str, dict[Place, dict[Atom, tuple[int, int]]]] = {}
        for path, unit, mine, low, high, people, first in rows.annotate(
            people=Count("pk"), first=Min("person_id")
        ):
            by_place = found.setdefault(path, {}).setdefault((unit, mine), {})
            by_place[low, high] = (people, first)
        return found

    # --- whom the reader knows

    def size(self, scope: Scope) -> Size:
        """How many people a scope has; no secret, as organisations are not."""
        inside = [s for place, s in self.sizes.items() if self._inside(scope, place)]
        return Size(sum(s.people for s in inside), sum(s.recorded for s in inside))

    def _inside(self, scope: Scope, place: Place) -> bool:
        if scope == TEAM:
            return place[1]
        return scope is None or place[0] in self._subtree(scope)

    def _subtree(self, unit: int) -> frozenset[int | None]:
        if unit not in self._subtrees:
            self._subtrees[unit] = self.reach.organisation.all_below(unit)
        return self._subtrees[unit]

    _subtrees: dict[int, frozenset[int | None]] = field(factory=dict, repr=False)

    def knows_all(self, scope: Scope) -> bool:
        """Whether the reader may read the verdicts of everybody in a scope."""
        return all(self.reach.knows(*place) for place in self.sizes if self._inside(scope, place))

    # --- numbers

    def told(self, scope: Scope, path: str, level: int) -> Told:
        """How many stand at a level or above."""
        return Told(*(self._number(scope, path, level, possibly=w) for w in (False, True)))

    def _number(self, scope: Scope, path: str, level: int, *, possibly: bool) -> int | None:
        known = others = 0
        for place, standing in self._counts.get(path, {}).items():
            if self._inside(scope, place):
                count = sum(n for atom, (n, _) in standing.items() if atom[possibly] >= level)
                if scope == TEAM or self.reach.knows(*place):
                    known += count
                else:
                    others += count
        hidden = (
            scope != TEAM
            and not self.knows_all(scope)
            and self._masks(path).get(scope, 0) >> self._groups[path].bit(level, possibly=possibly)
            & 1
        )
        return None if hidden else known + others

    def alone(self, scope: Scope, path: str, level: int) -> int | None:
        """The one person who surely stands at a level or above; None where there is not one."""
        at = [
            (n, first)
            for place, standing in self._counts.get(path, {}).items()
            if self._inside(scope, place)
            for atom, (n, first) in standing.items()
            if atom[0] >= level
        ]
        return at[0][1] if len(at) == 1 and at[0][0] == 1 else None

    def _masks(self, path: str) -> Mapping[Key, int]:
        """What is hidden of the people whom the reader does not know, in the whole organisation."""
        found = self._hidden.get(path)
        if found is None:
            groups = self._groups.setdefault(path, Groups(self.levels(path)))
            found = self._hidden[path] = masked(self._tree(path), groups.levels)
        return found

    def _tree(self, path: str) -> Row:
        organisation = self.reach.organisation
        strangers: dict[int | None, dict[Atom, int]] = {}
        for place, size in self.sizes.items():
            if not self.reach.knows(*place):
                standing = self._counts.get(path, {}).get(place, {})
                here = strangers.setdefault(place[0], {})
                for atom, (n, _) in standing.items():
                    here[atom] = here.get(atom, 0) + n
                rest = size.people - sum(n for n, _ in standing.values())
                here[NOWHERE] = here.get(NOWHERE, 0) + rest

        def leaf(key: Key, unit: int | None) -> list[Row]:
            return [Row(key, strangers[unit])] if unit in strangers else []

        def row(unit: int) -> Row:
            below = organisation.below.get(unit, ())
            if not below:
                return Row(unit, strangers.get(unit, {}))
            return Row.of(unit, [*leaf(("itself", unit), unit), *map(row, below)])

        top = [row(u) for u in organisation.below.get(None, ())]
        return Row.of(None, [*leaf(("itself", None), None), *top])


def people_in(
    rows: QuerySet[Any], scope: Scope, reach: Reach, places: Iterable[Place]
) -> QuerySet[Any]:
    """The rows of people in a scope whose verdicts the reader may read.

    Args:
        rows: with the column `mine`.
    """
    organisation = reach.organisation
    units = None if scope in (None, TEAM) else organisation.all_below(scope)
    asked = Q(pk__in=())
    for mine in (True, False):
        here = {u for u, m in places if m == mine and reach.knows(u, mine)}
        here = here if units is None else here & units
        if here and (mine or scope != TEAM):
            some = Q(unit_id__in=here - {None})
            asked |= Q(mine=mine) & (some | Q(unit_id=None) if None in here else some)
    return rows.filter(asked)
