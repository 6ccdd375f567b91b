"""The nodes of the rule language.

Three ranks, and every rule is built from them:

- `Leaf`: at least k of some yes-or-no questions (`Atom`) about one engagement, or about the person;
- `All`, `Any`: combine parts that are about the same thing;
- `Counted`, `Years`: range over the engagements of a person.

No node negates. So "surely met" is the rule with every unknown fact taken as no, "possibly met" the
rule with every unknown taken as yes, and each evaluator has to know these five meanings only.

Each node says which clause of the indicator it stands for (`label`) and where the document says so
(`place`). Labels are stable: proofs, worked cases and doubts name clauses by them.
"""

from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Scale, Term
from tassei.source import Place
from tassei.text import Text

AtomKind = Literal[
    "field", "role", "supervised", "succeeded", "outcome", "task", "criterion", "activity",
    "measure", "scale", "area", "kind", "mentoring", "examination", "skill", "knowledge", "unparsed",
]  # fmt: skip
"""What an atom asks about; kinds up to `scale` concern an engagement, the others the person.

`unparsed` stands for a clause that no importer could read: nobody can record whether it holds.
"""


@frozen(cache_hash=True)
class Atom:
    """One yes-or-no question to the evidence; two atoms are one question exactly when they are equal.

    Args:
        id: what is asked about: a term, a measure, a field's qualified id; empty where the kind says all.
        at_least: for `role`, `area`, `skill` the rank; for `measure` the bound, inclusive.
        below: for `measure` the bound, exclusive.
        any_of, none_of: for `scale`, the terms that satisfy and those that surely do not; a term of
            another chain says nothing either way.
    """

    kind: AtomKind
    id: str = ""
    at_least: int | None = None
    below: int | None = None
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()


@frozen(kw_only=True, cache_hash=True)
class Node:
    """What all nodes have: the clause they stand for and its place in the document."""

    label: str
    place: Place | None = None


@frozen(kw_only=True, cache_hash=True)
class Leaf(Node):
    """At least `at_least` of the atoms, and all of the required ones among them."""

    @property
    def asks(self) -> tuple[Atom, ...]:
        raise NotImplementedError

    @property
    def at_least(self) -> int:
        return len(self.asks)

    @property
    def required(self) -> frozenset[str]:
        """Ids of atoms that must be among those that hold."""
        return frozenset()


@frozen(kw_only=True, cache_hash=True)
class InField(Leaf):
    """The engagement belongs to one of these fields.

    Args:
        fields: qualified ids, `EDITION/FIELD`.
        name: how the fields are called together.
    """

    fields: tuple[str, ...]
    name: Text
    label: str = "field"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("field", f) for f in self.fields)

    @property
    def at_least(self) -> int:
        return 1


@frozen(kw_only=True, cache_hash=True)
class RoleAtLeast(Leaf):
    """The person's role in the engagement was this one or a greater one."""

    role: Role
    label: str = "role"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("role", at_least=self.role),)


@frozen(kw_only=True, cache_hash=True)
class Supervised(Leaf):
    """The engagement was done under the guidance of a higher level."""

    label: str = "supervised"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("supervised"),)


@frozen(kw_only=True, cache_hash=True)
class Succeeded(Leaf):
    """The engagement succeeded."""

    label: str = "succeeded"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("succeeded"),)


@frozen(kw_only=True, cache_hash=True)
class Terms(Leaf):
    """At least k of these recorded terms; the leaves below differ only in what the terms are."""

    terms: tuple[Term, ...]
    count: int | None = None

    @property
    def at_least(self) -> int:
        return len(self.terms) if self.count is None else self.count


@frozen(kw_only=True, cache_hash=True)
class Outcomes(Terms):
    """The engagement achieved all of these outcomes."""

    label: str = "outcomes"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("outcome", t.id) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class Tasks(Terms):
    """The engagement showed all of these task characteristics (V1)."""

    label: str = "tasks"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("task", t.id) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class Activities(Terms):
    """The engagement contained all of these activities."""

    label: str = "activities"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("activity", t.id) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class Criteria(Terms):
    """At least `count` complexity criteria hold for the engagement, the mandatory ones among them."""

    mandatory: tuple[str, ...] = ()
    label: str = "complexity"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("criterion", t.id) for t in self.terms)

    @property
    def required(self) -> frozenset[str]:
        return frozenset(self.mandatory)


@frozen(kw_only=True, cache_hash=True)
class Measured(Leaf):
    """A measure of the engagement lies within its bounds: `at_least` included, `below` excluded."""

    measure: Measure
    lower: int | None = None
    upper: int | None = None
    label: str = "measure"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("measure", self.measure.id, self.lower, self.upper),)


@frozen(kw_only=True, cache_hash=True)
class OnScale(Leaf):
    """A size in words of the engagement is this term of the scale or a greater one."""

    scale: Scale
    term: Term
    label: str = "measure"

    @property
    def asks(self) -> tuple[Atom, ...]:
        satisfy = self.scale.at_least(self.term.id)
        chain = self.scale.chain_of(self.term.id)
        return (Atom("scale", self.scale.id, any_of=satisfy, none_of=chain - satisfy),)


@frozen(kw_only=True, cache_hash=True)
class AreasAtDepth(Terms):
    """The person's specialty reaches the depth in at least `count` of these areas."""

    depth: Depth
    label: str = "areas"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("area", t.id, at_least=self.depth) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class SuccessionKinds(Terms):
    """The person has handed on technology in at least `count` different kinds of work."""

    label: str = "succession"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("kind", t.id) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class Mentoring(Leaf):
    """The person has brought up juniors."""

    name: Text
    label: str = "mentoring"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("mentoring"),)


@frozen(kw_only=True, cache_hash=True)
class Passed(Leaf):
    """The person has passed an examination."""

    name: str
    title: Text
    label: str = "examination"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("examination", self.name),)


@frozen(kw_only=True, cache_hash=True)
class Proficient(Leaf):
    """The person's recorded proficiency in a skill item is this level or higher."""

    skill: Term
    level: int
    label: str = "skill"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("skill", self.skill.id, at_least=self.level),)


@frozen(kw_only=True, cache_hash=True)
class Knows(Terms):
    """The person knows at least `count` of these knowledge items."""

    label: str = "knowledge"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return tuple(Atom("knowledge", t.id) for t in self.terms)


@frozen(kw_only=True, cache_hash=True)
class NotRead(Leaf):
    """A clause of a draft edition that the importer could not read: never known to hold, or not to."""

    clause: str
    sign: str = ""
    label: str = "unparsed"

    @property
    def asks(self) -> tuple[Atom, ...]:
        return (Atom("unparsed", f"{self.clause}@{self.place}"),)


@frozen(kw_only=True, cache_hash=True)
class All(Node):
    """Every part holds; an `All` without parts always holds."""

    parts: tuple["Rule", ...]


@frozen(kw_only=True, cache_hash=True)
class Any(Node):
    """One of the parts holds; an `Any` without parts never does.

    Args:
        level: where the parts are the levels that count as "of level L or above", that L.
    """

    parts: tuple["Rule", ...]
    level: int | None = None


@frozen(kw_only=True, cache_hash=True)
class Counted(Node):
    """At least `at_least` engagements satisfy `where`, of which at least `of_which` satisfy `singled_out` too.

    Args:
        singled_out: what the `of_which` satisfy; they count among the `at_least`.
    """

    at_least: int
    where: "Rule"
    of_which: int = 0
    singled_out: "Rule" = field(factory=lambda: All(label="any", parts=()))


@frozen(kw_only=True, cache_hash=True)
class Years(Node):
    """The engagements that satisfy `where` cover `years` times twelve calendar months.

    A month that two engagements cover counts once. `continuous` asks for one unbroken run (R-YEARS).
    """

    years: int
    where: "Rule"
    continuous: bool = False

    @property
    def months(self) -> int:
        return 12 * self.years


Rule = Leaf | All | Any | Counted | Years
OverEngagements = Counted | Years


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """The rules directly below a rule, in order."""
    match rule:
        case All() | Any():
            return rule.parts
        case Years():
            return (rule.where,)
        case Counted():
            return (rule.where, rule.singled_out) if rule.of_which else (rule.where,)
        case _:
            return ()


def walk(rule: Rule) -> Iterator[Rule]:
    """A rule and all rules below it, each before its parts."""
    yield rule
    for part in parts_of(rule):
        yield from walk(part)
