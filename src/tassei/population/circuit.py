"""Rules -> circuits: gates over slices, where a slice holds one bit of each engagement or person.

A machine word holds 64 records, so a gate decides 64 at once. Rules never negate, and an input is
either what surely or what possibly holds; the same gates serve both worlds. Parts that several rules
have in common become one gate. There is nothing here but tables, so a standard with other thresholds,
more levels or new measures makes other tables and no other code.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tassei.rules.nodes import All, Any, Atom, Leaf, OverEngagements, Rule, walk

Records = NDArray[np.void]
Integers = NDArray[np.int32]
Words = NDArray[np.uint64]

ALL, ANY, SOME = 0, 1, 2
"""Kinds of gates: every input; one of the inputs; at least 1, 2, … `most` of the inputs."""
GATE = np.dtype([(name, np.int64) for name in ("kind", "first", "last", "out", "most")])
"""The part of `inputs`; the node that it sets. `SOME` sets `most` nodes, the next one for one more."""


class Gates(NamedTuple):
    """A circuit as tables: each gate after those it asks.

    Args:
        gates: records of `GATE`.
        inputs: numbers of nodes.
    """

    gates: Records
    inputs: Integers


class Circuit:
    """A circuit that grows, rule by rule.

    Args:
        inputs: what the first nodes stand for.
        rules: all that will be added.
        over: the input that stands for a rule over engagements; needed where rules are about persons.
    """

    def __init__(
        self,
        inputs: Sequence[Hashable],
        rules: Iterable[Rule],
        over: Callable[[OverEngagements], Hashable] | None = None,
    ) -> None:
        self._over = over
        self.nodes: dict[Hashable, int] = {one: n for n, one in enumerate(inputs)}
        self.size = len(inputs)
        self._gates: list[tuple[int, tuple[int, ...], int, int]] = []
        self._most: dict[frozenset[Atom], int] = {}
        for rule in rules:
            for part in walk(rule):
                if isinstance(part, Leaf):
                    asked = frozenset(part.asks)
                    self._most[asked] = max(part.at_least, self._most.get(asked, 0))

    def add(self, rule: Rule) -> int:
        """The node that says where the rule holds.

        Raises:
            TypeError: a rule over engagements within one about an engagement.
        """
        match rule:
            case Leaf():
                return self._leaf(rule)
            case All():
                return self._gate(ALL, map(self.add, rule.parts))
            case Any():
                return self._gate(ANY, map(self.add, rule.parts))
        if self._over is None:
            raise TypeError(f"{type(rule).__name__} is not about one engagement")
        return self.nodes[self._over(rule)]

    def _leaf(self, leaf: Leaf) -> int:
        atoms = frozenset(leaf.asks)
        asked = [self.nodes[a] for a in atoms]
        required = [self.nodes[a] for a in atoms if a.id in leaf.required]
        if leaf.at_least == len(asked):
            return self._gate(ALL, asked)
        if leaf.at_least > len(asked):
            return self._gate(ANY, ())
        if leaf.at_least < 1:
            return self._gate(ALL, required)
        if leaf.at_least == 1:
            enough = self._gate(ANY, asked)
        else:
            most = min(self._most[atoms], len(asked))
            enough = self._gate(SOME, asked, most) + leaf.at_least - 1
        return self._gate(ALL, [*required, enough])

    def _gate(self, kind: int, asked: Iterable[int], most: int = 1) -> int:
        inputs = tuple(sorted(set(asked)))
        if len(inputs) == 1:
            return inputs[0]
        key = (kind, inputs, most)
        if key not in self.nodes:
            self.nodes[key] = self.size
            self._gates.append((kind, inputs, self.size, most))
            self.size += most
        return self.nodes[key]

    def gates(self) -> Gates:
        """The circuit as tables."""
        found, inputs = [], list[int]()
        for kind, asked, out, most in self._gates:
            found.append((kind, len(inputs), len(inputs) + len(asked), out, most))
            inputs += asked
        return Gates(np.array(found, GATE), as_integers(inputs))


def as_integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), np.int32)


def end_to_end(lists: Sequence[Sequence[int]]) -> tuple[Integers, Integers]:
    """Lists one behind the other, and where each begins; the last number is the end."""
    ends = accumulate(map(len, lists), initial=0)
    return as_integers(n for those in lists for n in those), as_integers(ends)
