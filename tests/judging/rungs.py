"""Every rule of the shipped standards: all indicators, under every alternative of each reading."""

from functools import cache

from attrs import frozen

from strategies import Pool, default_and_single_changes
from tassei.encoding.compiled import standards
from tassei.evidence.known import Known
from tassei.judging.facts import AtomTable
from tassei.judging.judge import Judge, known_of
from tassei.rules.nodes import Rule

STANDARDS = standards()
KNOWN: Known = known_of(STANDARDS)
CHANGES = tuple(tuple(c.items()) for c in default_and_single_changes(STANDARDS.readings))


@frozen
class ShippedRule:
    """One rule, under the first choice of readings that makes it.

    Args:
        pool: what evidence that comes near to it may name.
    """

    name: str
    rule: Rule
    pool: Pool
    table: AtomTable


@cache
def judge_under(readings: tuple[tuple[str, str], ...]) -> Judge:
    """A judge of all editions, under the default readings but for these."""
    return Judge(STANDARDS, STANDARDS.readings_with(dict(readings)))


def _shipped() -> tuple[ShippedRule, ...]:
    found: dict[Rule, str] = {}
    for readings in CHANGES:
        for rung in judge_under(readings).rungs:
            change = "".join(f" {k}={v}" for k, v in readings)
            found.setdefault(rung.rule, f"{rung.edition.id}/{rung.field_id}/{rung.level}{change}")
    return tuple(
        ShippedRule(name, rule, Pool.of(STANDARDS, [rule]), AtomTable([rule], KNOWN))
        for rule, name in found.items()
    )


SHIPPED = _shipped()
"""Each rule once: levels common to several fields, and readings that change nothing, are left out."""
