"""Every rule of the shipped standards: all indicators, under every alternative of each reading."""

from functools import cache

from attrs import frozen

from strategies import Pool, default_and_single_changes
from tassei.encoding.compiled import standards
from tassei.evidence.known import Known
from tassei.judging.facts import AtomTable
from tassei.judging.judge import Judge, known_of
from tassei.rules.from_indicators import rule_of
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
    for change in CHANGES:
        readings = STANDARDS.readings_with(dict(change))
        suffix = "".join(f" {k}={v}" for k, v in change)
        for edition in STANDARDS.editions:
            for field in edition.specialty_fields():
                for indicator in edition.ladder(field.id):
                    name = f"{edition.id}/{field.id}/{indicator.level}{suffix}"
                    found.setdefault(rule_of(edition, indicator, field.id, readings), name)
    return tuple(
        ShippedRule(name, rule, Pool.of(STANDARDS, [rule]), AtomTable([rule], KNOWN))
        for rule, name in found.items()
    )


SHIPPED = _shipped()
"""Each rule once: levels common to several fields, and readings that change nothing, are left out."""
