"""Small hand-made indicators, and the rules that they become under chosen readings."""

from attrs import evolve

from strategies import SMALL_WORLD
from tassei.encoding.compiled import standards
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import Complexity, Indicator, Responsibility
from tassei.framework.readings import Readings
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Term
from tassei.rules.from_indicators import rule_of
from tassei.rules.nodes import Rule, walk
from tassei.source import Place
from tassei.text import Text

PLACE = Place("000", 10)
REGISTRY = standards().readings
OLD = "old/category"
TERMS = {
    t.id: t
    for e in SMALL_WORLD.editions
    for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
    for t in getattr(e.terms, kind)
}


def terms(*ids: str) -> tuple[Term, ...]:
    """Terms of the small world by id."""
    return tuple(TERMS[i] for i in ids)


def responsibility(role: Role = Role.MEMBER) -> Responsibility:
    return Responsibility(place=Place("000", 11), role=role)


def indicator(level: int, field: str = "desk") -> Indicator:
    """An indicator that asks for one engagement in the field as a member, and nothing else."""
    return Indicator(
        field_id=field,
        level=level,
        place=PLACE,
        responsibility=responsibility(),
        complexity=Complexity(place=Place("000", 12)),
        size=(),
        size_place=Place("000", 13),
    )


def edition(*indicators: Indicator) -> Edition:
    """The old edition of the small world with these indicators.

    Its field `common` holds for `desk` and `network`, `apart` stands alone.
    """
    base = SMALL_WORLD.edition(OLD)
    fields = tuple(
        SpecialtyField(
            id=name,
            name=Text(f"分野{name}", f"field {name}"),
            place=PLACE,
            levels=tuple(sorted({i.level for i in indicators if i.field_id == name})),
            outline=Text("", ""),
            applies_to=("desk", "network") if name == "common" else (),
        )
        for name in ("desk", "network", "apart", "common")
    )
    return evolve(base, fields=fields, indicators=indicators)


def readings(**other: str) -> Readings:
    """The default readings but for these, `R_ENTRY="literal"` for R-ENTRY."""
    return Readings.chosen(REGISTRY, {k.replace("_", "-"): v for k, v in other.items()})


def rule_for(asked: Indicator, *others: Indicator, field: str = "desk", **other: str) -> Rule:
    """The rule of an indicator in an edition that has it and others."""
    return rule_of(edition(asked, *others), asked, field, readings(**other))


def find(rule: Rule, label: str) -> list[Rule]:
    """Every node with a label, each before those below it."""
    return [n for n in walk(rule) if n.label == label]


def only(rule: Rule, label: str) -> Rule:
    """The one node with a label."""
    (found,) = find(rule, label)
    return found


def labels(rule: Rule) -> list[str]:
    """The labels of a rule and all below it."""
    return [n.label for n in walk(rule)]
