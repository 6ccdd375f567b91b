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
    """Without those that ask for all that another one asks, and for more."""
    kept: list[Alternative] = []
    # the shorter first, for only they can be part of another
    for alternative in sorted(found, key=len):
        if not any(other <= alternative for other in kept):
            kept.append(alternative)
    return frozenset(kept)
