"""Of people whose verdicts the reader may read: who lacks one thing, what rests on one, what runs out."""

from collections import defaultdict

from tassei.reporting.proofs import CLAUSES
from tassei.reporting.sheets import Column
from tassei.text import Lang, Text
from tassei.web.dates import called, day
from tassei.web.explorer.pages import Link
from tassei.web.insights.counted import MOST_NAMES, record_url
from tassei.web.insights.desk import Desk
from tassei.web.insights.heads import people_in, standings_at
from tassei.web.insights.pages import Cell, Head, InsightsPage, Line, Table
from tassei.web.insights.reach import TEAM, Scope
from tassei.web.models import Decision, Person, Standing
from tassei.web.reviews.shown import cycle_name, level_name
from tassei.web.reviews.validity import Phase, ending, phase

_ONLY_KNOWN = Text(
    "判定を見ることのできる人だけを数えています。",
    "Only people whose verdicts you may read are counted.",
)


def near_misses(desk: Desk) -> InsightsPage:
    """Who lacks one thing for the next level; the nearest to high levels first."""
    rows = people_in(
        standings_at(desk.asked.cycle, desk.reach), desk.asked.scope, desk.reach, desk.heads.sizes
    )
    rows = rows.filter(field__in=desk.heads.fields, lacks=1)
    count = rows.count()
    found = list(
        rows.select_related("person").order_by("-low", "field", "person__code")[:MOST_NAMES]
    )
    heads = (
        Head(Text("専門分野", "Field")[desk.lang], (Column("field", Text("専門分野", "field")),)),
        Head(Text("次のレベル", "Next level")[desk.lang], (Column("level", Text("次のレベル", "next level")),)),
        Head(Text("足りないもの", "What is missing")[desk.lang], (Column("missing", Text("足りないもの", "missing")),)),
    )  # fmt: skip
    table = Table(
        Text("あと一つで次のレベルの人", "One thing short of the next level"),
        Column("person", Text("人", "Person")),
        heads,
        tuple(_near(desk, s) for s in found),
        Text("いまは、あと一つで次のレベルになる人はいません。", "Nobody is one thing short of a level now.")[desk.lang],
        notes=_notes(count),
    )  # fmt: skip
    where = desk.unit_name(desk.asked.scope)
    lead = Text(
        f"{where.ja}: あと一つで次のレベルに届くのは、延べ{count:,}人です。",
        f"{where.en[:1].upper()}{where.en[1:]}: {count:,} times somebody is one thing short of the next level.",
    )
    return desk.page(Text("あと一歩の人", "Near misses"), lead, [table])


def _near(desk: Desk, standing: Standing) -> Line:
    person, lang = standing.person, desk.lang
    name = desk.field_name(standing.field)[lang]
    following = [n for n in desk.heads.levels(standing.field) if n > standing.low]
    lacks = "、".join(CLAUSES[label][lang] for label in standing.missing if label in CLAUSES)
    return Line(
        Link(person.name or person.code, record_url(person.code), person.code),
        (
            Cell(name, (name,)),
            Cell(str(following[0]) if following else "", (following[0] if following else None,)),
            Cell(lacks, (lacks,)),
        ),
    )


def risks(desk: Desk) -> InsightsPage:
    """Levels that one person alone surely stands at, in a unit whose people the reader may all know."""
    heads, scope = desk.heads, desk.asked.scope
    below = () if scope == TEAM else desk.reach.organisation.below.get(scope, ())
    units: list[Scope] = [u for u in (scope, *below) if heads.knows_all(u) and heads.size(u).people]
    lowest: dict[tuple[Scope, str, int], list[int]] = defaultdict(list)
    for unit in units:
        for path in heads.fields:
            for level in heads.levels(path):
                person = heads.alone(unit, path, level)
                if person is not None:
                    lowest[unit, path, person].append(level)
    people = Person.objects.in_bulk({person for _, _, person in lowest})
    lines = tuple(
        Line(
            Link(desk.field_name(path)[desk.lang], desk.url("insights-units", field=path)),
            (
                _cell(desk.unit_name(unit)[desk.lang]),
                _cell("・".join(map(str, sorted(levels)))),
                _cell(people[person].name or people[person].code, record_url(people[person].code)),
            ),
        )
        for (unit, path, person), levels in lowest.items()
    )
    heads_ = (
        Head(Text("組織", "Unit")[desk.lang], (Column("unit", Text("組織", "unit")),)),
        Head(Text("レベル", "Levels")[desk.lang], (Column("levels", Text("レベル", "levels")),)),
        Head(Text("ただ一人の人", "The one person")[desk.lang], (Column("person", Text("人", "person")),)),
    )  # fmt: skip
    table = Table(
        Text("一人だけが満たすレベル", "Levels that rest on one person"),
        Column("field", Text("専門分野", "Field")),
        heads_,
        lines,
        Text("一人だけに頼るレベルはありません。", "No level rests on one person.")[desk.lang]
        if units
        else Text("全員の判定を見ることのできる組織を選んでください。", "Choose a unit all of whose verdicts you may read.")[desk.lang],
        notes=(
            Text(
                "確実に満たす人が一人だけの、分野とレベルです。全員の判定を見ることのできる組織についてだけ示します。",
                "Fields and levels which one person alone surely satisfies; told of units all of whose verdicts you may read.",
            ),
        ),
    )  # fmt: skip
    where = desk.unit_name(scope)
    lead = Text(
        f"{where.ja}: 一人に頼る分野が{len(lines)}件あります。",
        f"{where.en[:1].upper()}{where.en[1:]}: {len(lines)} times a field rests on one person.",
    )
    return desk.page(Text("一人に頼る分野", "Single-person risks"), lead, [table])


def running_out(desk: Desk) -> InsightsPage:
    """Results that have run out or do so within a year, of people whose verdicts the reader may read."""
    known = people_in(
        standings_at(desk.asked.cycle, desk.reach).filter(field=""),
        desk.asked.scope, desk.reach, desk.heads.sizes,
    )  # fmt: skip
    found = ending().filter(
        assessment__field__in=desk.heads.fields, assessment__person__in=known.values("person")
    )
    count, lang = found.count(), desk.lang
    names = (
        ("result", Text("専門分野とレベル", "Field and level")),
        ("until", Text("有効期限", "Valid until")),
        ("cycle", Text("決定した回", "Decided in")),
    )
    table = Table(
        Text("1年以内に期限が切れる結果", "Results that run out within a year"),
        Column("person", Text("人", "Person")),
        tuple(Head(text[lang], (Column(name, text),)) for name, text in names),
        tuple(_ending(d, lang) for d in found[:MOST_NAMES]),
        Text("1年以内に期限が切れる結果はありません。", "No result runs out within a year.")[lang],
        notes=_notes(count),
    )
    where = desk.unit_name(desk.asked.scope)
    lead = Text(
        f"{where.ja}: 期限が切れた、または1年以内に切れる結果が{count:,}件あります。",
        f"{where.en[:1].upper()}{where.en[1:]}: {count:,} "
        f"{'result has' if count == 1 else 'results have'} run out, or will within a year.",
    )
    return desk.page(Text("期限が近い結果", "Results that run out"), lead, [table])


def _ending(decision: Decision, lang: Lang) -> Line:
    assessment = decision.assessment
    person, until = assessment.person, decision.valid_until
    assert until is not None, "the query asks for those with an end"
    late = phase(until) is Phase.ENDED
    return Line(
        Link(called(person), record_url(person.code), person.code),
        (
            _cell(level_name(assessment, lang)),
            Cell(day(until)[lang], (until.isoformat(),), kind="not_met" if late else ""),
            _cell(cycle_name(assessment, lang)),
        ),
    )


def _notes(count: int) -> tuple[Text, ...]:
    """What a reader must know of a list of names, so many of which were found."""
    if count <= MOST_NAMES:
        return (_ONLY_KNOWN,)
    some = Text(
        f"{count:,}件のうち、はじめの{MOST_NAMES}件です。", f"The first {MOST_NAMES} of {count:,}."
    )
    return (_ONLY_KNOWN, some)


def _cell(text: str, url: str = "") -> Cell:
    return Cell(text, (text,), url)
