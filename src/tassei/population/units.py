"""The units of a made organisation: a tree of about 200 whose parts differ in size."""

import numpy as np

from tassei.population.draws import Draws, Keys, Numbers
from tassei.population.names import DEPARTMENTS, DIVISIONS, SECTIONS

SEPARATOR = "/"
"""Stands between a unit and the one above it, the largest first."""


def _tree() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Paths of the units in which people sit, and how many sit there relative to the others."""
    names: list[str] = []
    weights: list[int] = []
    for d, division in enumerate(DIVISIONS):
        head = f"{division}事業本部"
        names.append(head)
        weights.append(24 // (d + 1) + 1)
        for e, department in enumerate(DEPARTMENTS[: len(DEPARTMENTS) - d // 3]):
            path = f"{head}{SEPARATOR}{division}{department}部"
            names.append(path)
            weights.append(120 // ((d + 1) * (e + 1)) + 2)
            for s, section in enumerate(SECTIONS):
                names.append(f"{path}{SEPARATOR}{section}")
                # large units have larger parts: about as one over the rank, at each step
                weights.append(2400 // ((d + 1) * (e + 1) * (s + 1)) + 5)
    return tuple(names), tuple(weights)


UNITS, _WEIGHTS = _tree()


def units_of(draws: Draws, people: Keys) -> Numbers:
    """The number of each person's unit in `UNITS`; -1 for the few who have none."""
    unit = draws.weighted("unit", people, _WEIGHTS)
    return np.where(draws.chance("no unit", people, 0.01), np.int64(-1), unit)
