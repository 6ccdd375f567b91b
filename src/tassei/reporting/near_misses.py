"""Counts of near misses -> text, tables and JSON."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from tassei.judging.judge import Judge, Rung
from tassei.population.masking import small
from tassei.population.near_counts import TO_DO, TO_ESTABLISH, About, NearCounts
from tassei.reporting.headcounts import edition_name, shown, word
from tassei.reporting.layout import hanging
from tassei.reporting.sheets import Column, Sheet, Value, columns_of_text
from tassei.text import Lang, Text

NEAR_MISSES = "tassei/near-misses/1"
_MOST = 20
_KINDS = {
    "field": Text("専門分野に属する業務", "the work belongs to"),
    "role": Text("役割", "role"),
    "supervised": Text("上位者の指導の下での業務", "work under guidance"),
    "succeeded": Text("業務の成功", "success of the work"),
    "outcome": Text("成果", "outcome"),
    "task": Text("タスク特性", "task characteristic"),
    "criterion": Text("複雑性", "complexity"),
    "activity": Text("活動", "activity"),
    "measure": Text("規模", "size"),
    "scale": Text("規模", "size"),
    "area": Text("専門の領域", "area of specialty"),
    "kind": Text("技術の継承", "technology succession"),
    "mentoring": Text("後進の育成", "bringing up juniors"),
    "examination": Text("試験の合格", "passing the examination"),
    "skill": Text("スキル熟達度", "skill proficiency"),
    "knowledge": Text("知識項目", "knowledge item"),
}


@frozen
class NearTold:
    """What is told of near misses.

    Args:
        chosen: numbers of the rungs that are shown.
    """

    judge: Judge
    counts: NearCounts
    people: int
    as_of: str
    chosen: frozenset[int]
    fewest: int

    def facts(self) -> list[tuple[Rung, About, int, int]]:
        """Level, fact, people who have to establish it and to do it; what helps most comes first."""
        keys = {(r, a) for r, a, _ in self.counts.facts if r in self.chosen}
        found = [
            (
                self.judge.rungs[r],
                a,
                self.counts.facts[r, a, TO_ESTABLISH],
                self.counts.facts[r, a, TO_DO],
            )
            for r, a in keys
        ]
        return sorted(
            found,
            key=lambda f: (-f[2] - f[3], str(f[0].edition.id), f[0].field_id, f[0].level, f[1]),
        )


def fact_name(judge: Judge, rung: Rung, about: About) -> Text:
    """`complexity: Advanced operations requirements`; the kind alone where it says all."""
    kind, name = about
    noun = _KINDS[kind]
    if not name:
        return noun
    found = _term_name(judge, rung, kind, name)
    return Text(f"{noun.ja}: {found.ja}", f"{noun.en}: {found.en}")


def _term_name(judge: Judge, rung: Rung, kind: str, name: str) -> Text:
    vocabulary, terms = judge.standards.vocabulary, rung.edition.terms
    if kind == "field":
        edition, _, field_id = name.rpartition("/")
        field = judge.standards.edition(edition).field(field_id)
        return field.name if field else Text(name, name)
    if kind == "measure":
        return vocabulary.measures[name].name
    if kind == "scale":
        return vocabulary.scales[name].name
    tables = {
        "outcome": (*terms.outcomes, *terms.tasks), "task": (*terms.tasks, *terms.outcomes, *terms.activities),
        "criterion": terms.criteria, "activity": terms.activities, "area": terms.areas,
        "kind": (*terms.succession, *terms.tasks), "skill": (), "knowledge": (),
    }  # fmt: skip
    found = next((t.name for t in tables.get(kind, ()) if t.id == name), None)
    passed = (x.title.name for x in rung.indicator.examinations if name in (x.name, x.title.id))
    return found or next(passed, Text(name, name))


def rung_name(rung: Rung) -> Text:
    """`Service Desk level 4`."""
    field = rung.edition.field(rung.field_id)
    name = field.name if field else Text(rung.field_id, rung.field_id)
    return Text(f"{name.ja} レベル{rung.level}", f"{name.en} level {rung.level}")


def near_text(told: NearTold, lang: Lang, width: int) -> list[str]:
    """The levels that people just miss, and the facts that would help most."""
    fewest = told.fewest
    head = Text(
        f"{told.people:,}人 · {told.as_of} 時点", f"{told.people:,} people · as of {told.as_of}"
    )
    about = Text(
        f"次のレベルに事実があと1つで届く人。「確かめる」は記録にない事実、「行う」は記録では満たしていない事実。<{fewest}: {fewest}人未満",
        f"people who lack one fact for the next level; to establish: the record does not tell it; to do: the record tells that it is not so; <{fewest} fewer than {fewest}",
    )
    titles = [Text("確かめる", "to establish")[lang], Text("行う", "to do")[lang]]
    lines = [head[lang], hanging("", about[lang], width), ""]
    rungs = [(n, r) for n, r in enumerate(told.judge.rungs) if n in told.chosen]
    for edition in dict.fromkeys(r.edition.id for _, r in rungs):
        mine = [(n, r) for n, r in rungs if r.edition.id == edition]
        lines.append(edition_name(mine[0][1].edition)[lang])
        rows = [
            [rung_name(r)[lang], *_levels(told, n)]
            for n, r in mine
            if any(told.counts.levels[n, s] for s in (TO_ESTABLISH, TO_DO))
        ]
        lines += [*columns_of_text(["", *titles], rows), ""]
    heading = Text("多くの人を動かす事実", "facts that would help most people")
    lines.append(f"{heading[lang]} ({' · '.join(titles)})")
    groups: dict[tuple[object, ...], tuple[Rung, tuple[int, int], list[About]]] = {}
    for rung, fact, unknown, known in told.facts():
        key = (rung.edition.id, rung.field_id, rung.level, fact[0], unknown, known)
        groups.setdefault(key, (rung, (unknown, known), []))[2].append(fact)
    for number, (rung, counts, alike) in enumerate(list(groups.values())[:_MOST], start=1):
        numbers = " · ".join(shown(word(small(n, fewest), fewest)) for n in counts)
        text = f"{rung_name(rung)[lang]} ({rung.edition.label}) · {_any_of(told.judge, rung, alike)[lang]}"
        lines.append(hanging(f"  {number:2}. ", text, width, numbers))
    rest = len(groups) - _MOST
    if rest > 0:
        more = Text(f"  （ほかに{rest:,}件: --format csv）", f"  ({rest:,} more: --format csv)")
        lines.append(more[lang])
    return lines


def _any_of(judge: Judge, rung: Rung, alike: list[About]) -> Text:
    """Facts of one kind that help as many people, of which any one will do."""
    names = [fact_name(judge, rung, about) for about in alike]
    if len(names) == 1:
        return names[0]
    kind = _KINDS[alike[0][0]]
    of = [Text(n.ja.removeprefix(f"{kind.ja}: "), n.en.removeprefix(f"{kind.en}: ")) for n in names]
    return Text(
        f"{kind.ja}（いずれか）: {'、'.join(t.ja for t in of)}",
        f"{kind.en}, any of: {', '.join(t.en for t in of)}",
    )


def _levels(told: NearTold, rung: int) -> Iterable[str]:
    for state in (TO_ESTABLISH, TO_DO):
        yield shown(word(small(told.counts.levels[rung, state], told.fewest), told.fewest))


def near_sheets(told: NearTold, lang: Lang) -> list[Sheet]:
    """One row a level and fact, and one row a level."""
    fewest = told.fewest
    both = (
        Column("edition", Text("版", "edition")),
        Column("field", Text("専門分野のID", "id of the field")),
        Column("level", Text("レベル", "level")),
        Column("name", Text("専門分野とレベル", "specialty field and level")),
    )
    numbers = (
        Column("to_establish", Text("確かめる人数", "people to establish it")),
        Column("to_do", Text("行う人数", "people to do it")),
    )

    def place(rung: Rung) -> tuple[Value, ...]:
        return rung.edition.id, rung.field_id, rung.level, rung_name(rung)[lang]

    facts = tuple(
        (*place(r), a[0], a[1], fact_name(told.judge, r, a)[lang], word(small(u, fewest), fewest), word(small(k, fewest), fewest))
        for r, a, u, k in told.facts()
    )  # fmt: skip
    levels = tuple(
        (*place(r), *(word(small(told.counts.levels[n, s], fewest), fewest) for s in (TO_ESTABLISH, TO_DO)))
        for n, r in enumerate(told.judge.rungs)
        if n in told.chosen
    )  # fmt: skip
    kinds = (
        Column("kind", Text("事実の種類", "kind of fact")),
        Column("id", Text("事実のID", "id of the fact")),
        Column("fact", Text("事実", "fact")),
    )
    return [
        Sheet(Text("事実ごと", "by fact"), (*both, *kinds, *numbers), facts),
        Sheet(Text("レベルごと", "by level"), (*both, *numbers), levels),
    ]


def near_json(told: NearTold, lang: Lang) -> dict[str, Any]:
    """The counts as an object of `tassei/near-misses/1`."""
    facts, levels = near_sheets(told, lang)
    return {
        "schema": NEAR_MISSES,
        "as_of": told.as_of,
        "people": told.people,
        "smallest": told.fewest,
        "levels": [
            dict(zip([c.name for c in levels.columns], r, strict=True)) for r in levels.rows
        ],
        "facts": [dict(zip([c.name for c in facts.columns], r, strict=True)) for r in facts.rows],
    }
