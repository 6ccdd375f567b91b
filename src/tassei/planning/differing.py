"""When two plans really differ: what counts as the same means, and as the same part of a means."""

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import frozen

from tassei.framework.vocabulary import Scale, Vocabulary
from tassei.planning.plan import Addition

Difference = Literal["means", "parts"]
Same = Callable[[Addition, Addition], bool]


@frozen
class Sameness:
    """Says whether a second addition is what a first one is; the order matters."""

    vocabulary: Vocabulary
    scales: Mapping[str, Scale]

    def by(self, difference: Difference) -> Same:
        """How additions are compared where plans shall differ by means, or by parts."""
        return same_means if difference == "means" else self.same_part

    def same_part(self, one: Addition, other: Addition) -> bool:
        """Finely: what would do in the place of a part, or goes beyond it, is that part."""
        if not same_means(one, other):
            return False
        if one.what in ("measure", "scale"):
            return any(self._as_large(o, other) for o in (one, *one.instead))
        if one.what != other.what:
            return False
        if one.what == "area":
            return any(o.id == other.id and _at_least(o, other) for o in (one, *one.instead))
        if one.what in ("role", "skill"):
            return one.id == other.id and _at_least(one, other)
        if other.id in one.among or one.id in other.among:
            return True
        return one.id in self.vocabulary.with_broader([other.id])

    def _as_large(self, one: Addition, other: Addition) -> bool:
        if (one.what, one.id) != (other.what, other.id):
            return False
        if one.what == "scale":
            return other.value in self.scales[one.id].at_least(str(one.value))
        return _at_least(one, other) and (one.below is None or int(other.value or 0) < one.below)


def same_means(one: Addition, other: Addition) -> bool:
    """Coarsely: the same record completed, the same work continued, new work, the same clause."""
    if (one.nature, one.origin) != (other.nature, other.origin):
        return False
    if one.origin == "recorded":
        return one.target == other.target
    return one.origin != "person" or one.what == other.what


def _at_least(one: Addition, other: Addition) -> bool:
    return int(other.value or 0) >= int(one.value or 0)
