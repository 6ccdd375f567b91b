"""Rule -> the alternative ways to satisfy it, each a set of tests that must all pass.

Rules never negate, so every rule is such a set of sets (its disjunctive normal form), and an
alternative that asks for more than another one can be left out.
"""

from collections.abc import Callable

from attrs import frozen

from tassei.rules.nodes import All, Any, Atom, Leaf, OverEngagements, Rule


@frozen
class Test:
    """At least `at_least` of these questions are answered with yes."""

    atoms: frozenset[Atom]
    at_least: int

    @property
    def order(self) -> tuple[object, ...]:
        """What tests are sorted by, so that tables are the same in every run."""
        return 0, sorted(map(_order, self.atoms)), self.at_least


@frozen
class Clause:
    """A rule over engagements, by its number among those of a program."""

    number: int

    @property
    def order(self) -> tuple[object, ...]:
        return 1, self.number


Asked = Test | Clause
Alternative = frozenset[Asked]
"""What must hold together."""
Alternatives = frozenset[Alternative]


def _order(atom: Atom) -> tuple[object, ...]:
    return atom.kind, atom.id, atom.at_least or 0, atom.below or 0, sorted(atom.any_of)


def alternatives(
    rule: Rule, over: Callable[[OverEngagements], Clause] | None = None
) -> Alternatives:
    """The minimal alternatives of a rule.

    Args:
        over: the clause that stands for a rule over engagements; needed where the rule is about
            a person.
    """
    match rule:
        case Leaf():
            return frozenset([frozenset(_tests(rule))])
        case All():
            found: Alternatives = frozenset([frozenset()])
            for part in rule.parts:
                found = _minimal({a | b for a in found for b in alternatives(part, over)})
            return found
        case Any():
            return _minimal({a for part in rule.parts for a in alternatives(part, over)})
    if over is None:
        raise TypeError(f"{type(rule).__name__} is not about one engagement")
    return frozenset([frozenset([over(rule)])])


def _tests(leaf: Leaf) -> set[Test]:
    asked = frozenset(leaf.asks)
    required = frozenset(a for a in asked if a.id in leaf.required)
    tests = {Test(asked, leaf.at_least), Test(required, len(required))}
    return {t for t in tests if t.at_least > 0}


def _minimal(found: set[Alternative]) -> Alternatives:
    """Without those that imply another one: they can never be what decides."""
    kept: list[Alternative] = []
    for alternative in sorted(found, key=lambda a: (len(a), order_of(a))):
        if any(_implies(alternative, other) for other in kept):
            continue
        kept = [other for other in kept if not _implies(other, alternative)]
        kept.append(alternative)
    return frozenset(kept)


def _implies(alternative: Alternative, other: Alternative) -> bool:
    """Whether the one can only hold where the other does."""
    return all(any(_test_implies(a, b) for a in alternative) for b in other)


def _test_implies(a: Asked, b: Asked) -> bool:
    if a == b or isinstance(a, Clause) or isinstance(b, Clause):
        return a == b
    if len(a.atoms) == 1 == len(b.atoms):
        return _atom_implies(*a.atoms, *b.atoms)
    # of what the first counts, at worst all that the second does not count are among those that hold
    return a.at_least - len(a.atoms - b.atoms) >= b.at_least


def _atom_implies(a: Atom, b: Atom) -> bool:
    """Whether the second question is answered with yes, or left open, wherever the first is."""
    if (a.kind, a.id) != (b.kind, b.id):
        return False
    if a.kind == "measure":
        lower = b.at_least is None or (a.at_least is not None and a.at_least >= b.at_least)
        return lower and (b.below is None or (a.below is not None and a.below <= b.below))
    return (
        (a.at_least or 0) >= (b.at_least or 0) and a.any_of <= b.any_of and a.none_of >= b.none_of
    )


def order_of(alternative: Alternative) -> list[tuple[object, ...]]:
    """What alternatives are sorted by."""
    return sorted(a.order for a in alternative)
