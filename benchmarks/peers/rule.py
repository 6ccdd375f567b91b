"""Operations management (運用管理) of document 001, levels 7 to 4, as the peers implement it.

A person stands at a level when engagements that count for it cover so many months, each month once,
and the professional contribution is there. An engagement counts when it belongs to the field,
succeeded, had all six outcomes, was done in the role or a greater one, and is of the level or above.
Whoever changes a number here is found out: peers must agree with the kernel on every person.
"""

from typing import NamedTuple


class Level(NamedTuple):
    """What one level asks.

    Args:
        role: rank of the role, from 0 for a participant to 4 for the person responsible for all.
        criteria, required: bits of the criteria in the list, and of those that are mandatory.
        at_least: how many criteria.
        staff, yen: the size that suffices.
        staff_low, yen_low: the size that suffices with `at_least_low` criteria.
        depth: how deep one of the areas must go, from 0 to 5.
        kinds: how many kinds of technology succession.
    """

    level: int
    role: int
    months: int
    criteria: int
    required: int
    at_least: int
    staff: int
    yen: int
    at_least_low: int
    staff_low: int
    yen_low: int
    depth: int
    kinds: int


CRITERIA = (
    "operations-requirements", "infrastructure-requirements", "system-risk", "structure", "contract",
    "international", "world-leading",
)  # fmt: skip
"""Bit n stands for the criterion n; the levels 5 and 4 know the first five."""
FIVE, SEVEN, INTERNATIONAL = 0b0011111, 0b1111111, 0b0100000
OUTCOMES = (
    "sla", "customer-satisfaction", "safety", "reliability", "efficiency", "optimal-cost",
)  # fmt: skip
ALL_OUTCOMES = 0b111111
AREAS = (
    "service-level-management", "risk-prevention", "stable-service", "negotiation-with-parties",
    "operational-guidelines",
)  # fmt: skip
KINDS = (
    "community", "book", "external-paper", "internal-paper", "external-lecturer", "internal-lecturer",
    "patent",
)  # fmt: skip

_M = 1_000_000
LEVELS = (
    Level(7, 4, 36, SEVEN, INTERNATIONAL, 3, 250, 2500 * _M, 5, 150, 1500 * _M, 5, 5),
    Level(6, 3, 36, SEVEN, 0, 2, 150, 1500 * _M, 4, 75, 750 * _M, 4, 4),
    Level(5, 3, 36, FIVE, 0, 2, 75, 750 * _M, 4, 35, 350 * _M, 3, 3),
    Level(4, 2, 24, FIVE, 0, 2, 35, 350 * _M, 4, 15, 150 * _M, 2, 1),
)
"""The highest first, so that an engagement's level is the first whose clauses it meets."""
