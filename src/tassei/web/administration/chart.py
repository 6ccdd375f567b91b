"""The units of the organisation as one value, and which of them somebody may change."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from tassei.text import Lang
from tassei.web.models import Unit
from tassei.web.permits import Act, Concern, Viewer, may


@frozen
class Chart:
    """Every unit with the one above it; made by one query."""

    units: Mapping[int, Unit]

    @staticmethod
    def read() -> "Chart":
        return Chart({u.pk: u for u in Unit.objects.order_by("code")})

    def line(self, unit: int | None) -> frozenset[int]:
        """A unit and all above it."""
        found: set[int] = set()
        while unit is not None and unit not in found:
            found.add(unit)
            unit = self.units[unit].above_id if unit in self.units else None
        return frozenset(found)

    def below(self, unit: int) -> frozenset[int]:
        """A unit and all below it."""
        return frozenset(u for u in self.units if unit in self.line(u))

    def name(self, unit: int | None, lang: Lang) -> str:
        found = self.units.get(unit or 0)
        return unit_name(found, lang) if found else ""


def unit_name(unit: Unit, lang: Lang) -> str:
    return (unit.name_ja if lang == "ja" else unit.name_en) or unit.name_ja or unit.name_en


@frozen
class Scope:
    """How far somebody may change people and units.

    Args:
        everywhere: also people without a unit, and units at the top.
    """

    everywhere: bool
    units: frozenset[int]

    @staticmethod
    def of(viewer: Viewer, chart: Chart) -> "Scope":
        """The units that somebody may change; asked of `permits` unit by unit."""
        act = Act.CHANGE_PEOPLE
        units = (u for u in chart.units if may(viewer, act, Concern(units=chart.line(u))))
        return Scope(may(viewer, act, Concern()), frozenset(units))

    def holds(self, unit: int | None) -> bool:
        """Whether what belongs to a unit may be changed."""
        return self.everywhere or unit in self.units

    @property
    def empty(self) -> bool:
        return not self.everywhere and not self.units


def circles(above: Mapping[str, str | None], changed: Iterable[str]) -> frozenset[str]:
    """Those of `changed` that come above themselves.

    Args:
        above: of each code, the one above it.
    """
    found, sound = set[str](), set[str]()
    for start in changed:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in sound and at not in path and at not in found:
            path.append(at)
            at = above.get(at)
        if at in path:
            found.update(path[path.index(at) :])
            sound.update(path[: path.index(at)])
        else:
            sound.update(path)
    return frozenset(found) & frozenset(changed)
