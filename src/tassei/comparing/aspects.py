"""An indicator taken apart into what can differ: its thresholds and its lists, each under a key.

Keys are stable and the same for every edition, so that two indicators are compared key by key. An
aspect that an indicator does not ask about is absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from tassei.figures import plural
from tassei.framework.edition import Edition
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Bound,
    Complexity,
    Indicator,
    Professional,
    Responsibility,
    Rung,
    SizeItem,
)
from tassei.framework.vocabulary import Term
from tassei.rules.wording import bounds
from tassei.source import Place
from tassei.text import Text

Clause = Literal[
    "responsibility", "complexity", "size", "areas", "succession", "mentoring", "contributions",
    "tasks", "examinations",
]  # fmt: skip
CLAUSES: Mapping[Clause, Text] = {
    "responsibility": Text("責任性", "responsibility"),
    "complexity": Text("複雑性", "complexity"),
    "size": Text("サイズ", "size"),
    "tasks": Text("タスク特性", "task characteristics"),
    "contributions": Text("プロフェッショナルとしての貢献", "contribution as a professional"),
    "areas": Text("専門の領域", "areas of expertise"),
    "succession": Text("技術の継承", "technology succession"),
    "mentoring": Text("後進の育成", "mentoring"),
    "examinations": Text("試験", "examinations"),
}


@frozen
class Aspect:
    """One thing that an indicator asks.

    Args:
        value: what is compared, and what JSON holds; None for a list.
        text: the value in words; empty for a list.
        items: of a list, what is in it by id.
        rank: of a value that is ordered, its place in the order; a greater one asks for more.
    """

    clause: Clause
    label: Text
    place: Place
    value: str | int | bool | None = None
    text: Text = field(default=Text("", ""))
    items: Mapping[str, Text] | None = None
    rank: int | None = None


@frozen
class SizeTerm:
    """One size that suffices, as it is compared: a bound of a measure with the criteria asked besides.

    Args:
        at_least, below: the bounds; of a scale, the term's id and None.
    """

    measure: str
    at_least: int | str | None
    below: int | None
    criteria: int | None
    text: Text
    place: Place


def aspects(edition: Edition, indicator: Indicator) -> dict[str, Aspect]:
    """Everything that an indicator asks but its sizes, by key, in the order of the document."""
    found: dict[str, Aspect] = {}
    for key, aspect in (
        *_responsibility(indicator.responsibility),
        *_complexity(indicator.complexity),
        *_tasks(indicator),
        *_professional(indicator.professional),
        *_examinations(indicator),
    ):
        found[key] = aspect
    return found


def sizes(edition: Edition, indicator: Indicator) -> tuple[SizeTerm, ...]:
    """The sizes any of which suffices, in the order of the document; empty where none is asked."""
    return tuple(s for item in indicator.size for s in _sizes(edition, indicator, item))


def _sizes(edition: Edition, indicator: Indicator, item: SizeItem) -> Iterator[SizeTerm]:
    suffices: Iterable[Bound | Rung] = item.any_of
    if item.same_as_level is not None:
        other = edition.indicator(indicator.field_id, item.same_as_level)
        assert other is not None, "checked when the edition was loaded"
        suffices = (b for one in other.size for b in one.any_of)
    extra = item.complexity_at_least
    for one in suffices:
        if isinstance(one, Bound):
            text = _with(bounds(one.measure, one.at_least, one.below), extra)
            yield SizeTerm(one.measure.id, one.at_least, one.below, extra, text, item.place)
        else:
            text = _with(one.at_least.name, extra)
            yield SizeTerm(one.scale.id, one.at_least.id, None, extra, text, item.place)


def _with(text: Text, criteria: int | None) -> Text:
    if criteria is None:
        return text
    return Text(
        f"{text.ja}（複雑性{criteria}項目以上）", f"{text.en} (with {criteria} or more criteria)"
    )


def _responsibility(said: Responsibility) -> Iterator[tuple[str, Aspect]]:
    def aspect(label: Text, value: str | int | bool, text: Text, rank: int | None = None) -> Aspect:
        return Aspect("responsibility", label, said.place, value, text, rank=rank)

    yield "role", aspect(Text("役割", "role"), said.role.id, said.role.label, said.role)
    if said.years is not None:
        yield (
            "years",
            aspect(Text("年数", "years"), said.years, _or_more_years(said.years), said.years),
        )
    if (asked := said.engagements) is not None:
        count = asked.at_least
        yield (
            "engagements",
            aspect(
                Text("回数", "number of engagements"),
                count,
                Text(f"{count}回以上", f"{plural(count, 'engagement')} or more"),
                count,
            ),
        )
        if asked.of_which is not None:
            yield (
                "of_which",
                aspect(
                    Text("うち", "of which"),
                    f"{asked.of_which} at {asked.of_which_level}",
                    Text(
                        f"{asked.of_which}回以上はレベル{asked.of_which_level}",
                        f"{asked.of_which} or more at level {asked.of_which_level}",
                    ),
                ),
            )
        if asked.others_level is not None:
            yield "others_level", aspect(
                Text("ほかの業務のレベル", "level of the others"), asked.others_level, _level(asked.others_level), asked.others_level,
            )  # fmt: skip
    if said.work_level is not None:
        text = _level(said.work_level)
        if said.or_above:
            text = Text(f"{text.ja}以上", f"{text.en} or above")
        yield (
            "work_level",
            aspect(
                Text("業務のレベル", "level of the work"),
                f"{said.work_level}{'+' if said.or_above else ''}",
                text,
            ),
        )
    for key, holds, label in (
        ("supervised", said.supervised, Text("上位レベルの指導", "guidance of a higher level")),
        ("succeeded", said.succeeded, Text("成功裡", "success")),
        ("continued", said.continued, Text("継続", "continuity")),
    ):
        if holds:
            yield key, aspect(label, True, Text("条件にある", "asked"))
    yield from _listed(
        "outcomes", "responsibility", Text("成果", "outcomes"), said.place, said.outcomes
    )
    yield from _listed(
        "experiences", "responsibility", Text("経験", "experiences"), said.place, said.experiences
    )


def _or_more_years(count: int) -> Text:
    return Text(f"{count}年以上", f"{plural(count, 'year')} or more")


def _level(level: int) -> Text:
    return Text(f"レベル{level}", f"level {level}")


def _complexity(asked: Complexity) -> Iterator[tuple[str, Aspect]]:
    count = asked.at_least
    if count == SOME:
        text = Text("幾つか", "some")
    elif count == 0:
        text = Text("問わない", "any complexity")
    else:
        text = Text(f"{count}項目以上", f"{count} or more")
    if count != 0 or asked.criteria:
        rank = None if count == SOME else int(count)
        yield "complexity", Aspect(
            "complexity", Text("該当する条件の数", "criteria that hold"), asked.place, count, text, rank=rank
        )  # fmt: skip
    if asked.kind == "ceiling":
        yield (
            "complexity_kind",
            Aspect(
                "complexity",
                Text("一覧の向き", "sense of the list"),
                asked.place,
                asked.kind,
                Text("単純さの一覧", "a list of simplicity"),
            ),
        )
    required = tuple(t for t in asked.criteria if t.id in asked.required)
    yield from _listed(
        "required", "complexity", Text("必須の条件", "mandatory criteria"), asked.place, required
    )
    yield from _listed(
        "criteria", "complexity", Text("複雑性の条件", "criteria"), asked.place, asked.criteria
    )


def _tasks(indicator: Indicator) -> Iterator[tuple[str, Aspect]]:
    if indicator.tasks is not None:
        terms = (*indicator.tasks.items, *indicator.tasks.noted)
        yield from _listed("tasks", "tasks", CLAUSES["tasks"], indicator.tasks.place, terms)


def _professional(asked: Professional) -> Iterator[tuple[str, Aspect]]:
    if (named := asked.contributions) is not None:
        terms = tuple(t for t in (named.mentoring, *named.items) if t is not None)
        yield from _listed(
            "contributions", "contributions", Text("例として挙げる貢献", "contributions named as examples"), named.place, terms
        )  # fmt: skip
    if (areas := asked.areas) is not None:
        yield from _areas(areas)
    if (kinds := asked.succession) is not None:
        count = kinds.at_least
        yield (
            "succession",
            Aspect(
                "succession",
                Text("種類の数", "number of kinds"),
                kinds.place,
                count,
                Text(f"{count}種類以上", f"{plural(count, 'kind')} or more"),
                rank=count,
            ),
        )
        yield from _listed(
            "kinds",
            "succession",
            Text("継承の種類", "kinds of succession"),
            kinds.place,
            kinds.kinds(),
        )
    if asked.mentoring is not None:
        yield (
            "mentoring",
            Aspect(
                "mentoring",
                CLAUSES["mentoring"],
                asked.mentoring,
                True,
                Text("条件にある", "asked"),
            ),
        )


def _areas(areas: Areas) -> Iterator[tuple[str, Aspect]]:
    wanted = areas.at_least
    if wanted is None:
        text = Text("数を示さない", "no number is given")
    elif wanted == ALL:
        text = Text("すべて", "all of them")
    elif wanted == SOME:
        text = Text("幾つか", "some")
    else:
        text = Text(f"{wanted}つ以上", f"{wanted} or more")
    yield "areas", Aspect(
        "areas", Text("領域の数", "number of areas"), areas.place, "none given" if wanted is None else wanted, text
    )  # fmt: skip
    yield "depth", Aspect(
        "areas", Text("領域の深さ", "depth"), areas.place, areas.depth.id, areas.depth.label, rank=areas.depth
    )  # fmt: skip
    yield from _listed("area_list", "areas", Text("領域", "areas"), areas.place, areas.items)


def _examinations(indicator: Indicator) -> Iterator[tuple[str, Aspect]]:
    if indicator.examinations:
        terms = tuple(Term(e.name, e.title.name) for e in indicator.examinations)
        yield from _listed(
            "examinations", "examinations", Text("試験", "examinations"), indicator.examinations[0].place, terms
        )  # fmt: skip


def _listed(
    key: str, clause: Clause, label: Text, place: Place, terms: Iterable[Term]
) -> Iterator[tuple[str, Aspect]]:
    items = {t.id: t.name for t in terms}
    if items:
        yield key, Aspect(clause, label, place, items=items)
