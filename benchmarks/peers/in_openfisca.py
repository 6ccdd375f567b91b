"""OpenFisca-Core: variables of engagements and of workers, a vectorised formula for each.

Engagements are the persons of OpenFisca, workers the group that they belong to. Three of its habits have
to be met: the engagements of a worker are joined by row number, because `join_with_persons` shifts the
rows behind a worker without any; `sum` ends with the last worker who has one; and whole numbers have
32 bits, so that contracts are counted in whole millions of yen, on which all bounds lie.
"""

import sys
from functools import reduce
from operator import or_

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from rule import ALL_OUTCOMES, LEVELS, Level
from serve import Columns, Masks, packed, serve

AS_OF = "2026-11"
ENGAGEMENT = build_entity("engagement", "engagements", "", is_person=True)
WORKER = build_entity("worker", "workers", "", roles=[{"key": "work", "label": ""}])
_INPUTS = {
    ENGAGEMENT: {
        "field": bool, "succeeded": bool, "role": int, "outcomes": int, "criteria": int, "staff": int,
        "yen_millions": int, "first": int, "last": int,
    },
    WORKER: {"depth": int, "kinds": int, "mentoring": bool},
}  # fmt: skip


def _variable(name: str, entity: object, kind: type, formula: object = None) -> type[Variable]:
    said = {"value_type": kind, "entity": entity, "definition_period": MONTH, "label": name}
    return type(name, (Variable,), said | ({"formula": formula} if formula else {}))


def _of_level(engagement, period, asked: Level):
    criteria = engagement("criteria", period)
    staff, yen = engagement("staff", period), engagement("yen_millions", period)
    count = np.bitwise_count(criteria & asked.criteria)
    return (
        (count >= asked.at_least)
        & (criteria & asked.required == asked.required)
        & (
            (staff >= asked.staff)
            | (yen >= asked.yen // 10**6)
            | (
                (count >= asked.at_least_low)
                & ((staff >= asked.staff_low) | (yen >= asked.yen_low // 10**6))
            )
        )
    )


def _counts_for(engagement, period):
    """The highest level that an engagement counts for."""
    fits = (
        engagement("field", period)
        & engagement("succeeded", period)
        & (engagement("outcomes", period) == ALL_OUTCOMES)
        & (engagement("first", period) >= 0)
    )
    role = engagement("role", period)
    of_level = [_of_level(engagement, period, asked) for asked in LEVELS]
    conditions = [
        fits & (role >= asked.role) & reduce(or_, of_level[: n + 1])
        for n, asked in enumerate(LEVELS)
    ]
    return np.select(conditions, [asked.level for asked in LEVELS], 0)


def _months_by_position(asked: Level):
    """The union of months with the group's own operations: one engagement of each worker at a time."""

    def formula(worker, period):
        counts = worker.members("counts_for", period) >= asked.level
        first, last = worker.members("first", period), worker.members("last", period)
        last = np.where(counts, last, -1)
        first = np.where(counts, first, 0)
        covered, until = worker.filled_array(0), worker.filled_array(-1)
        for n in range(worker.members_position.max(initial=-1) + 1):
            end = _everyone(worker, worker.value_nth_person(n, last, default=-1))
            start = _everyone(worker, worker.value_nth_person(n, first, default=0))
            covered += np.maximum(0, end - np.maximum(start - 1, until))
            until = np.maximum(until, end)
        return covered

    return formula


def _months_by_running_maximum(asked: Level):
    """The union of months in plain numpy: the person is the greater part of each number."""

    def formula(worker, period):
        rows = np.flatnonzero(worker.members("counts_for", period) >= asked.level)
        base = worker.members_entity_id[rows].astype(np.int64) << 20
        end = base + worker.members("last", period)[rows] + 1
        start = base + worker.members("first", period)[rows]
        before = np.zeros_like(end)
        np.maximum.accumulate(end[:-1], out=before[1:])
        gain = np.maximum(0, end - np.maximum(start, before))
        return np.bincount(worker.members_entity_id[rows], gain, worker.count)

    return formula


def _everyone(worker, found):
    """The result for all workers: those behind the last one with an engagement are left out of it."""
    return np.pad(found, (0, worker.count - len(found)))


def _stands(asked: Level):
    def formula(worker, period):
        return (
            (worker(f"months_{asked.level}", period) >= asked.months)
            & (worker("depth", period) >= asked.depth)
            & (np.bitwise_count(worker("kinds", period)) >= asked.kinds)
            & worker("mentoring", period)
        )

    return formula


def prepare(columns: Columns):
    """A simulation with its inputs set; the calculation alone is timed."""
    by_position = sys.argv[2:] == ["by-position"]
    months = _months_by_position if by_position else _months_by_running_maximum
    system = TaxBenefitSystem([ENGAGEMENT, WORKER])
    for entity, names in _INPUTS.items():
        for name, kind in names.items():
            system.add_variable(_variable(name, entity, kind))
    computed = [_variable("counts_for", ENGAGEMENT, int, _counts_for)]
    for asked in LEVELS:
        computed.append(_variable(f"months_{asked.level}", WORKER, int, months(asked)))
        computed.append(_variable(f"level_{asked.level}", WORKER, bool, _stands(asked)))
    for variable in computed:
        system.add_variable(variable)
    columns = columns | {"work_yen_millions": columns["work_yen"] // 10**6}
    # rows by person and start, so that the formulas need not sort
    order = np.lexsort((columns["work_first"], columns["work_person"]))
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("engagement", range(len(order)))
    worker = builder.declare_entity("worker", range(len(columns["person_depth"])))
    worker.members_entity_id = columns["work_person"][order]
    simulation = builder.build(system)
    for entity, names in _INPUTS.items():
        for name in names:
            if entity is ENGAGEMENT:
                simulation.set_input(name, AS_OF, columns[f"work_{name}"][order])
            else:
                simulation.set_input(name, AS_OF, columns[f"person_{name}"])

    def run():
        for variable in computed:
            simulation.delete_arrays(variable.__name__)
        return [simulation.calculate(f"level_{asked.level}", AS_OF) for asked in LEVELS]

    return run


def masks(found: list) -> Masks:
    """Of the four variables."""
    return packed(*found)


if __name__ == "__main__":
    from importlib.metadata import version

    serve(f"OpenFisca-Core {version('openfisca-core')}", prepare, masks)
