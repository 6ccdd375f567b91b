"""What additions cost: data that an organisation replaces by its own figures.

Costs are whole days of effort and at least 1, so that a plan of least cost never holds a part that
could be left out. Lead times are whole months.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from tassei.errors import RequestError
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Vocabulary
from tassei.marked import decode, parse, read_bytes
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

SCHEMA = "tassei/costs/1"
OTHER = "other"
"""The entry that stands for every id without one of its own."""
_MOST = 1_000_000
"""The greatest cost; sums stay exact in the 64 bits of the solver."""
T = TypeVar("T")


@frozen
class Effort:
    """One thing to do: its cost in days, and the months that it takes at least."""

    cost: int
    months: int


@frozen
class Sized:
    """The cost of a measure: `base`, and `each` for every started `per` units."""

    base: int
    each: int
    per: int

    def cost(self, value: int) -> int:
        return min(self.base + self.each * -(-value // self.per), _MOST)


@frozen
class Costs:
    """A cost model.

    Args:
        fact: to establish one fact about the past.
        start, month, least_months: of a new engagement.
        continued_month: of work that goes on.
        field, supervised, succeeded, outcome, task, criterion, activity: of each thing that a new
            engagement shows.
        scale_first, scale_further: of the least term of a scale, and of each step above it.
        area, skill: of each step.
        measure, succession: by id; `other` for those without an entry.
    """

    fact: int
    start: int
    month: int
    continued_month: int
    least_months: int
    field: int
    roles: Mapping[Role, int]
    supervised: int
    succeeded: int
    outcome: int
    task: int
    criterion: int
    activity: int
    scale_first: int
    scale_further: int
    measure: Mapping[str, Sized]
    area: Effort
    succession: Mapping[str, Effort]
    mentoring: Effort
    examination: Effort
    skill: Effort
    knowledge: Effort

    def size(self, measure: str, value: int) -> int:
        return self.measure.get(measure, self.measure[OTHER]).cost(value)

    def handed_on(self, kind: str) -> Effort:
        return self.succession.get(kind, self.succession[OTHER])


@cache
def default_costs() -> Costs:
    """The cost model that ships with the package; its ids are checked by a test."""
    return _read(Path(__file__).with_name("costs.yaml"), None)


def read_costs(path: Path, vocabulary: Vocabulary, kinds: frozenset[str]) -> Costs:
    """Read a cost model.

    Args:
        vocabulary: whose measures may be named.
        kinds: the kinds of technology succession that may be named.

    Raises:
        RequestError: the file cannot be read, or has faults; all of them.
    """
    return _read(path, {"measure": frozenset(vocabulary.measures), "succession": kinds})


def _read(path: Path, known: Mapping[str, frozenset[str]] | None) -> Costs:
    faults = Faults(str(path))
    marked = parse(decode(read_bytes(path), str(path)), str(path))
    costs = _Reader(known).costs(Shape(marked, faults))
    if faults.found or costs is None:
        raise RequestError(sorted(faults.found, key=lambda f: f.line))
    return costs


@frozen
class _Reader:
    """Reads one file; an entry that is missing or faulty becomes a fault, and reading goes on."""

    known: Mapping[str, frozenset[str]] | None

    def costs(self, shape: Shape) -> Costs | None:
        top = _all_of(shape, "schema", "fact", "engagement", "person")
        if "schema" in top and top["schema"].marked.value != SCHEMA:
            top["schema"].fault(
                "wrong-schema",
                Text(
                    f"schemaは「{shown(top['schema'].marked.value)}」ですが、「{SCHEMA}」が必要です",
                    f'the schema is "{shown(top["schema"].marked.value)}", but "{SCHEMA}" is needed',
                ),
                Text(f"schema: {SCHEMA} としてください", f"write `schema: {SCHEMA}`"),
            )
        if len(top) < 4:
            return None
        work = _all_of(
            top["engagement"], "start", "month", "continued_month", "least_months", "shows"
        )
        person = _all_of(
            top["person"],
            "area",
            "succession",
            "mentoring",
            "examination",
            "skill",
            "knowledge",
        )
        if len(work) < 5 or len(person) < 6:
            return None
        plain = ("field", "supervised", "succeeded", "outcome", "task", "criterion", "activity")
        shows = _all_of(work["shows"], *plain, "role", "scale", "measure")
        if len(shows) < len(plain) + 3:
            return None
        roles = _all_of(shows["role"], *(r.id for r in Role))
        scale = _all_of(shows["scale"], "first", "further")
        return Costs(
            fact=_cost(top["fact"]),
            start=_cost(work["start"]),
            month=_cost(work["month"]),
            continued_month=_cost(work["continued_month"]),
            least_months=_cost(work["least_months"], most=120),
            roles={r: _cost(roles[r.id]) for r in Role if r.id in roles},
            scale_first=_cost(scale["first"]) if "first" in scale else 1,
            scale_further=_cost(scale["further"]) if "further" in scale else 1,
            measure=self._by_id(shows["measure"], "measure", _sized),
            area=_effort(person["area"], "each"),
            succession=self._by_id(person["succession"], "succession", _effort),
            mentoring=_effort(person["mentoring"]),
            examination=_effort(person["examination"]),
            skill=_effort(person["skill"], "each"),
            knowledge=_effort(person["knowledge"]),
            **{name: _cost(shows[name]) for name in plain},
        )

    def _by_id(self, shape: Shape, kind: str, read: Callable[[Shape], T]) -> Mapping[str, T]:
        entries = dict(shape.entries())
        if OTHER not in entries and isinstance(shape.marked.value, dict):
            shape.mapping({*entries, OTHER}, {OTHER})
        for name, entry in entries.items():
            if self.known and name != OTHER and name not in self.known[kind]:
                entry.fault(
                    "unknown-costed",
                    Text(
                        f"費用を付けられる「{shown(name)}」はありません",
                        f'there is nothing called "{shown(name)}" that a cost can be given to',
                    ),
                    suggestion(name, self.known[kind] | {OTHER}),
                )
        return {name: read(entry) for name, entry in entries.items()}


def _all_of(shape: Shape, *keys: str) -> Mapping[str, Shape]:
    return shape.mapping(set(keys), set(keys))


def _effort(shape: Shape, cost: str = "cost") -> Effort:
    keys = _all_of(shape, cost, "months")
    if len(keys) < 2:
        return Effort(1, 1)
    return Effort(_cost(keys[cost]), _cost(keys["months"], most=120))


def _sized(shape: Shape) -> Sized:
    keys = _all_of(shape, "base", "each", "per")
    if len(keys) < 3:
        return Sized(1, 1, 1)
    return Sized(_cost(keys["base"]), _cost(keys["each"]), _cost(keys["per"], most=10**12))


def _cost(shape: Shape, *, most: int = _MOST) -> int:
    value = shape.whole()
    if value is None:
        return 1
    if not 1 <= value <= most:
        shape.fault(
            "cost-out-of-range",
            Text(
                f"{shape.path} は {value} ですが、1から{most:,}の整数が必要です",
                f"{shape.path} is {value}, but a whole number from 1 to {most:,} is needed",
            ),
            Text(
                "費用も月数も1以上にしてください。0では、要らないものを省く理由がなくなります",
                "costs and months are at least 1: nothing would speak against a needless addition that costs nothing",
            ),
        )
        return 1
    return value
