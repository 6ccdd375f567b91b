"""Rule -> the function that says whether it holds in a world: the meaning of the five kinds of node.

Judging a rule in the world without the unknowns and in the world with them gives its verdict. The
functions are made once for a rule; leaves of one `All` are merged into one comparison of bits.
"""

from collections.abc import Callable
from typing import TypeVar

from tassei.evidence.months import Run, longest, united
from tassei.judging.facts import AtomTable, Facts, World
from tassei.judging.verdict import Verdict
from tassei.rules.nodes import All, Any, Counted, Leaf, Rule, Years

T = TypeVar("T")
OnBits = Callable[[int], bool]
OnWorld = Callable[[World], bool]


def verdict_of(holds: OnWorld, facts: Facts) -> Verdict:
    """The verdict: what holds in the world without unknowns, and in the one with them."""
    if not holds(facts.possibly):
        return Verdict.NOT_MET
    return Verdict.MET if holds(facts.surely) else Verdict.UNDETERMINED


def on_world(rule: Rule, table: AtomTable) -> OnWorld:
    """How a rule about a person is decided."""
    match rule:
        case Counted():
            return _counted(rule, table)
        case Years():
            return _years(rule, table)
        case All():
            # what is cheap to decide comes first; the order does not change the answer
            parts = sorted(_flat(rule), key=lambda p: isinstance(p, Counted | Years))
            return _conjunction([on_world(p, table) for p in parts])
        case Any():
            return _disjunction([on_world(p, table) for p in rule.parts])
        case _:
            holds = on_bits(rule, table)
            return lambda world: holds(world.person)


def on_bits(rule: Rule, table: AtomTable) -> OnBits:
    """How a rule about one engagement is decided, or a leaf about the person."""
    match rule:
        case Leaf():
            return _leaf(rule, table)
        case All():
            return _all(rule, table)
        case Any():
            return _disjunction([on_bits(p, table) for p in rule.parts])
    raise TypeError(f"{type(rule).__name__} is not about one engagement")


def _flat(rule: All) -> list[Rule]:
    """The parts of a rule, where an `All` among them is taken apart: it asks the same."""
    return [q for p in rule.parts for q in (_flat(p) if isinstance(p, All) else [p])]


def _conjunction(parts: list[Callable[[T], bool]]) -> Callable[[T], bool]:
    """All of the parts; the common small numbers without a loop, which is twice as fast."""
    match parts:
        case [only]:
            return only
        case [first, second]:
            return lambda x: first(x) and second(x)
        case [first, second, third]:
            return lambda x: first(x) and second(x) and third(x)
    return lambda x: all(part(x) for part in parts)


def _disjunction(parts: list[Callable[[T], bool]]) -> Callable[[T], bool]:
    match parts:
        case [only]:
            return only
        case [first, second]:
            return lambda x: first(x) or second(x)
    return lambda x: any(part(x) for part in parts)


def _leaf(rule: Leaf, table: AtomTable) -> OnBits:
    asked = table.asked(rule)
    mask, must, count = asked.mask, asked.required, asked.at_least
    if count == len(asked.atoms):
        return lambda bits: bits & mask == mask
    if not must:
        return lambda bits: (bits & mask).bit_count() >= count
    return lambda bits: bits & must == must and (bits & mask).bit_count() >= count


def _all(rule: All, table: AtomTable) -> OnBits:
    """One comparison of bits for the leaves that must hold whole, then the rest."""
    parts = _flat(rule)
    whole = [p for p in parts if isinstance(p, Leaf) and p.at_least == len(p.asks)]
    rest = [on_bits(p, table) for p in parts if p not in whole]
    mask = 0
    for leaf in whole:
        mask |= table.asked(leaf).mask
    if not mask:
        return _conjunction(rest)
    match rest:
        case []:
            return lambda bits: bits & mask == mask
        case [only]:
            return lambda bits: bits & mask == mask and only(bits)
    others = _conjunction(rest)
    return lambda bits: bits & mask == mask and others(bits)


def _counted(rule: Counted, table: AtomTable) -> OnWorld:
    where, count, of_which = on_bits(rule.where, table), rule.at_least, rule.of_which
    singled_out = on_bits(rule.singled_out, table)

    def holds(world: World) -> bool:
        if world.unlisted:
            return True
        found = [bits for bits, _ in world.engagements if where(bits)]
        if len(found) < count:
            return False
        return not of_which or sum(map(singled_out, found)) >= of_which

    return holds


def _years(rule: Years, table: AtomTable) -> OnWorld:
    where, months = on_bits(rule.where, table), rule.months
    covered: Callable[[list[Run]], int] = longest if rule.continuous else united

    def holds(world: World) -> bool:
        if world.unlisted:
            return True
        runs = [run for bits, run in world.engagements if where(bits)]
        return bool(runs) and covered(runs) >= months

    return holds
