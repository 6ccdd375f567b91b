"""People behind a number, and levels that rest on one of them -> text, tables and JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from tassei.encoding.standards import Standards
from tassei.population.masking import small
from tassei.population.standing import Risk, Standing
from tassei.population.verdicts import VerdictTable
from tassei.population.workforce import Field
from tassei.reporting.headcounts import NO_UNIT, edition_name, field_name, field_place, shown, word
from tassei.reporting.layout import hanging
from tassei.reporting.sheets import Column, Sheet, Value, columns_of_text
from tassei.text import Lang, Text

PEOPLE = "tassei/people/1"
RISK = "tassei/risk/1"
_PERSON = Text("人", "person")
_NAME = Text("氏名", "name")
_UNIT = Text("単位組織", "unit")
_SURE = Text("確実に", "surely")
_POSSIBLE = Text("可能性", "possibly")


def people_text(
    standards: Standards, field: Field, level: int, found: Sequence[Standing], lang: Lang
) -> list[str]:
    """One line a person."""
    edition, _ = field_place(standards, field.path)
    name = field_name(standards, field.path)
    count = len(found)
    head = Text(
        f"{edition_name(edition).ja} · {name.ja} レベル{level}以上 · {count:,}人",
        f"{edition_name(edition).en} · {name.en} level {level} or above · {count:,} {'person' if count == 1 else 'people'}",
    )
    if not found:
        return [head[lang]]
    heads = [_PERSON[lang], _NAME[lang], _UNIT[lang], _SURE[lang], _POSSIBLE[lang]]
    rows = [
        [
            p.person,
            p.name or "",
            p.unit or NO_UNIT[lang],
            str(p.sure or "–"),
            str(p.possible or "–"),
        ]
        for p in found
    ]
    more = Text(
        "根拠: tassei population explain 人材データ 人のID",
        "proof: tassei population explain POPULATION PERSON",
    )
    return [head[lang], "", *columns_of_text(heads, rows, most=24), "", more[lang]]


def people_sheet(found: Sequence[Standing], lang: Lang) -> Sheet:
    """One row a person; 0 stands for no level."""
    return Sheet(
        Text("人", "people"),
        (
            Column("person", _PERSON),
            Column("name", _NAME),
            Column("unit", _UNIT),
            Column("sure", _SURE),
            Column("possible", _POSSIBLE),
        ),
        tuple((p.person, p.name, p.unit, p.sure, p.possible) for p in found),
    )


def people_json(
    table: VerdictTable, field: Field, level: int, found: Sequence[Standing]
) -> dict[str, Any]:
    """The people as an object of `tassei/people/1`."""
    return {
        "schema": PEOPLE,
        "as_of": table.as_of,
        "field": field.path,
        "level": level,
        "people": [
            {"person": p.person, "name": p.name, "unit": p.unit, "sure": p.sure, "possible": p.possible}
            for p in found
        ],
    }  # fmt: skip


Named = Mapping[Risk, Sequence[str]]
"""For each risk the ids of those who surely stand there; only where names are asked for."""


def risk_text(
    standards: Standards,
    risks: Sequence[Risk],
    named: Named | None,
    fewest: int,
    lang: Lang,
    width: int,
) -> list[str]:
    """The levels that rest on one person, field by field."""
    head = Text(
        "確実に満たす人が1人以下のレベル（そのレベル以上の人数）",
        "levels that at most one person surely stands at, or above",
    )
    lines = [hanging("", head[lang], width), ""]
    if not risks:
        return [lines[0], Text("  ありません", "  there are none")[lang]]
    for edition in dict.fromkeys(field_place(standards, r.field.path)[0].id for r in risks):
        mine = [r for r in risks if field_place(standards, r.field.path)[0].id == edition]
        lines.append(edition_name(standards.edition(edition))[lang])
        for group in _ladders(mine, named):
            lines.append(_risk_line(standards, group, named, fewest, lang, width))
        lines.append("")
    return lines[:-1]


def _ladders(risks: Sequence[Risk], named: Named | None) -> list[list[Risk]]:
    """Levels of one field and unit together where the same is told of them."""
    groups: dict[tuple[object, ...], list[Risk]] = {}
    for r in risks:
        told = (r.sure, r.possible, tuple(named.get(r, ()))) if named is not None else ()
        groups.setdefault((r.field, r.unit, r.no_unit, told), []).append(r)
    return list(groups.values())


def _risk_line(
    standards: Standards,
    group: Sequence[Risk],
    named: Named | None,
    fewest: int,
    lang: Lang,
    width: int,
) -> str:
    risk, last = group[0], group[-1]
    name = field_name(standards, risk.field.path)
    levels = f"{risk.level}" if risk is last else f"{risk.level}–{last.level}"
    what = Text(f"{name.ja} レベル{levels}", f"{name.en} level {levels}")[lang]
    unit = NO_UNIT[lang] if risk.no_unit else risk.unit or ""
    people = ", ".join((named or {}).get(risk, ()))
    low, high = _possible(last, named, fewest), _possible(risk, named, fewest)
    possible = high if low == high else f"{low}–{high}"
    told = f"{_SURE[lang]} {_sure(risk, named)}, {_POSSIBLE[lang]} {possible}"
    return hanging("  ", " · ".join(t for t in (what, unit, people) if t), width, told)


def _sure(risk: Risk, named: Named | None) -> str:
    return "≤1" if named is None else str(risk.sure)


def _possible(risk: Risk, named: Named | None, fewest: int) -> str:
    return (
        f"{risk.possible:,}"
        if named is not None
        else shown(word(small(risk.possible, fewest), fewest))
    )


def risk_sheet(
    standards: Standards, risks: Sequence[Risk], named: Named | None, fewest: int, lang: Lang
) -> Sheet:
    """One row a level."""
    rows: list[tuple[Value, ...]] = []
    for r in risks:
        edition, field_id = field_place(standards, r.field.path)
        unit = NO_UNIT[lang] if r.no_unit else r.unit
        counts: tuple[Value, ...] = (
            ("<=1", word(small(r.possible, fewest), fewest))
            if named is None
            else (r.sure, r.possible, ", ".join(named.get(r, ())))
        )
        rows.append(
            (
                edition.id,
                field_id,
                field_name(standards, r.field.path)[lang],
                unit,
                r.level,
                *counts,
            )
        )
    people = () if named is None else (Column("people", _PERSON),)
    return Sheet(
        Text("1人に頼るレベル", "single-person risk"),
        (
            Column("edition", Text("版", "edition")),
            Column("field", Text("専門分野のID", "id of the field")),
            Column("name", Text("専門分野", "specialty field")),
            Column("unit", _UNIT),
            Column("level", Text("レベル以上", "level or above")),
            Column("sure", _SURE),
            Column("possible", _POSSIBLE),
            *people,
        ),
        tuple(rows),
    )


def risk_json(
    standards: Standards,
    table: VerdictTable,
    risks: Sequence[Risk],
    named: Named | None,
    fewest: int,
    lang: Lang,
) -> dict[str, Any]:
    """The levels as an object of `tassei/risk/1`."""
    sheet = risk_sheet(standards, risks, named, fewest, lang)
    names = [c.name for c in sheet.columns]
    return {
        "schema": RISK,
        "as_of": table.as_of,
        "smallest": fewest,
        "levels": [dict(zip(names, row, strict=True)) for row in sheet.rows],
    }
