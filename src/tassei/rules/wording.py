"""Rule -> wording in Japanese and English; generated, never stored.

Every fact of a node goes into its words, so that two rules that differ never read the same.
"""

from collections.abc import Iterator
from functools import singledispatch

from attrs import frozen

from tassei.figures import plural, yen
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Term
from tassei.rules.nodes import (
    Activities,
    All,
    Any,
    AreasAtDepth,
    Counted,
    Criteria,
    InField,
    Knows,
    Measured,
    Mentoring,
    NotRead,
    OnScale,
    Outcomes,
    Passed,
    Proficient,
    RoleAtLeast,
    Rule,
    Succeeded,
    SuccessionKinds,
    Supervised,
    Tasks,
    Years,
)
from tassei.source import Place
from tassei.text import Text


@frozen
class Worded:
    """A rule in words: its own sentence, and the words of what is below it.

    Args:
        label, place: of the rule that is worded.
        items: the list that the sentence speaks of ("2 or more of these 5"), in order.
    """

    label: str
    place: Place | None
    text: Text
    items: tuple[Text, ...] = ()
    parts: tuple["Worded", ...] = ()


def word(rule: Rule) -> Worded:
    """Word a rule and all that is below it."""
    text, items = sentence(rule)
    parts: tuple[Rule, ...] = ()
    match rule:
        case All() | Any():
            parts = rule.parts
        case Years():
            parts = _conditions(rule.where)
        case Counted():
            parts = _conditions(rule.where)
    worded = tuple(word(p) for p in parts)
    if isinstance(rule, Counted) and rule.of_which:
        of_which = Worded(
            "of_which", rule.place, of_which_text(rule.of_which), (), (word(rule.singled_out),)
        )
        worded = (*worded, of_which)
    return Worded(rule.label, rule.place, text, items, worded)


def _conditions(where: Rule) -> tuple[Rule, ...]:
    return where.parts if isinstance(where, All) else (where,)


def of_which_text(count: int) -> Text:
    """How "of which" begins: behind it stands what singles those engagements out."""
    return Text(
        f"そのうち{count}回以上は、さらに次を満たす",
        f"{plural(count, 'engagement')} or more of them also {'meets' if count == 1 else 'meet'} this",
    )


@singledispatch
def sentence(rule: Rule) -> tuple[Text, tuple[Text, ...]]:
    """The sentence of one node, without its parts, and the list that it speaks of."""
    raise TypeError(f"no wording for {type(rule).__name__}")


@sentence.register
def _(rule: InField) -> tuple[Text, tuple[Text, ...]]:
    ids = "" if len(rule.fields) == 1 else f" ({len(rule.fields)})"
    if ids:
        return (
            Text(
                f"職種「{rule.name.ja}」のいずれかの専門分野の業務である",
                f"it is work in any field of the category {rule.name.en}",
            ),
            tuple(Text(f, f) for f in rule.fields),
        )
    return Text(
        f"専門分野「{rule.name.ja}」の業務である", f"it is work in the field {rule.name.en}"
    ), ()


@sentence.register
def _(rule: RoleAtLeast) -> tuple[Text, tuple[Text, ...]]:
    name = rule.role.label
    if rule.role is max(Role):
        return Text(f"{name.ja}として行った", f"in the role of {name.en}"), ()
    return Text(
        f"{name.ja}、またはより責任の重い役割で行った",
        f"in the role of {name.en}, or one of greater responsibility",
    ), ()


@sentence.register
def _(rule: Supervised) -> tuple[Text, tuple[Text, ...]]:
    return Text(
        "上位レベルの者の指導の下で行った", "it was done under the guidance of a higher level"
    ), ()


@sentence.register
def _(rule: Succeeded) -> tuple[Text, tuple[Text, ...]]:
    return Text("成功裡に行った", "it succeeded"), ()


def _every(ja: str, en: str, terms: tuple[Term, ...]) -> tuple[Text, tuple[Text, ...]]:
    names = tuple(t.name for t in terms)
    if len(names) == 1:
        return Text(f"{ja}: {names[0].ja}", f"{en}: {names[0].en}"), ()
    return Text(f"{ja}（すべて）", f"{en}, all of these"), names


@sentence.register
def _(rule: Outcomes) -> tuple[Text, tuple[Text, ...]]:
    return _every("次の成果を上げた", "it had the results", rule.terms)


@sentence.register
def _(rule: Tasks) -> tuple[Text, tuple[Text, ...]]:
    return _every("次のタスク特性を備えていた", "it had the task characteristics", rule.terms)


@sentence.register
def _(rule: Activities) -> tuple[Text, tuple[Text, ...]]:
    return _every("業務に次を含む", "it included", rule.terms)


@sentence.register
def _(rule: Criteria) -> tuple[Text, tuple[Text, ...]]:
    must = [t.name for t in rule.terms if t.id in rule.mandatory]
    total = len(rule.terms)
    if rule.at_least == total:
        ja, en = f"複雑性: 次の{total}項目のすべてに該当する", f"complexity: all {total} of these"
    else:
        ja = f"複雑性: 次の{total}項目のうち{rule.at_least}項目以上に該当する"
        en = f"complexity: {rule.at_least} or more of these {total}"
    if must:
        ja += "（必須: " + "、".join(short(m).ja for m in must) + "）"
        en += " (mandatory: " + ", ".join(short(m).en for m in must) + ")"
    return Text(ja, en), tuple(t.name for t in rule.terms)


def short(name: Text) -> Text:
    """A name without its bracketed explanation, for use inside a sentence."""
    return Text(_short(name.ja), _short(name.en))


def _short(name: str) -> str:
    """Only what stands at the end is an explanation: "(SLA)" inside a name belongs to it."""
    start = name.replace("（", "(").find("(")
    return name[:start].rstrip() if start > 0 and name.endswith((")", "）")) else name


@sentence.register
def _(rule: Measured) -> tuple[Text, tuple[Text, ...]]:
    return bounds(rule.measure, rule.lower, rule.upper), ()


def bounds(measure: Measure, lower: int | None, upper: int | None) -> Text:
    """Word a measure between its bounds."""
    ja, en = measure.name.ja + "が", measure.name.en + ": "
    if lower is not None:
        amount = figure(measure, lower)
        ja, en = ja + amount.ja + "以上", en + amount.en + " or more"
    if upper is not None:
        amount = figure(measure, upper)
        fewer = "fewer than" if measure.countable else "less than"
        ja, en = (
            ja + amount.ja + "未満",
            en + (" but " if lower is not None else "") + f"{fewer} {amount.en}",
        )
    return Text(ja, en)


def figure(measure: Measure, value: int) -> Text:
    """Word one value of a measure with its unit."""
    if measure.money:
        return yen(value)
    en = measure.unit.en
    return Text(
        f"{value:,}{measure.unit.ja}", f"{value:,} {_SINGULAR.get(en, en) if value == 1 else en}"
    )


_SINGULAR = {
    "people": "person",
    "sites": "site",
    "rooms": "room",
    "users": "user",
    "inquiries": "inquiry",
}


@sentence.register
def _(rule: OnScale) -> tuple[Text, tuple[Text, ...]]:
    satisfied = rule.scale.at_least(rule.term.id)
    top = len(satisfied) == 1
    ja = f"{rule.scale.name.ja}: {rule.term.name.ja}" + ("" if top else "、またはそれ以上")
    en = f"{rule.scale.name.en}: {rule.term.name.en}" + ("" if top else ", or a greater scope")
    return Text(ja, en), ()


@sentence.register
def _(rule: AreasAtDepth) -> tuple[Text, tuple[Text, ...]]:
    total, depth = len(rule.terms), rule.depth.label
    more = (
        Text("", "") if rule.depth is max(Depth) else Text("（またはそれ以上）", ", or goes deeper")
    )
    if rule.at_least == total:
        ja, en = f"次の{total}領域のすべてで", f"in all of these {total} areas the person"
    else:
        ja, en = (
            f"次の{total}領域のうち{rule.at_least}つ以上で",
            f"in {rule.at_least} or more of these {total} areas the person",
        )
    return Text(f"{ja}、{depth.ja}{more.ja}", f"{en} {depth.en}{more.en}"), tuple(
        t.name for t in rule.terms
    )


@sentence.register
def _(rule: SuccessionKinds) -> tuple[Text, tuple[Text, ...]]:
    total, count = len(rule.terms), rule.at_least
    if total == 1:
        name = rule.terms[0].name
        return Text(f"{name.ja}の実績がある", f"has a record of: {name.en}"), ()
    return (
        Text(
            f"技術の継承: 次の{total}種類のうち{count}種類以上の実績がある",
            f"technology succession: achievements of {count} or more of these {total} kinds",
        ),
        tuple(t.name for t in rule.terms),
    )


@sentence.register
def _(rule: Mentoring) -> tuple[Text, tuple[Text, ...]]:
    return Text(f"{rule.name.ja}の実績がある", f"has a record of: {rule.name.en}"), ()


@sentence.register
def _(rule: Passed) -> tuple[Text, tuple[Text, ...]]:
    return (
        Text(
            f"試験に合格している: {rule.title.ja} ({rule.name})",
            f"has passed the examination: {rule.title.en} ({rule.name})",
        ),
        (),
    )


@sentence.register
def _(rule: Proficient) -> tuple[Text, tuple[Text, ...]]:
    name = rule.skill.name
    return Text(
        f"熟達度がレベル{rule.level}以上: {name.ja}",
        f"proficiency level {rule.level} or higher: {name.en}",
    ), ()


@sentence.register
def _(rule: Knows) -> tuple[Text, tuple[Text, ...]]:
    total = len(rule.terms)
    return (
        Text(
            f"次の{total}項目のうち{rule.at_least}項目以上を知っている",
            f"knows {rule.at_least} or more of these {total} items",
        ),
        tuple(t.name for t in rule.terms),
    )


@sentence.register
def _(rule: NotRead) -> tuple[Text, tuple[Text, ...]]:
    name = CLAUSE_NAMES.get(rule.clause, Text(rule.clause, rule.clause))
    sign = Text(f"（「{rule.sign}」）", f' ("{rule.sign}")') if rule.sign else Text("", "")
    return Text(
        f"読み取れていない条項: {name.ja}{sign.ja}",
        f"a clause that could not be read: {name.en}{sign.en}",
    ), ()


CLAUSE_NAMES = {
    "responsibility": Text("責任性", "responsibility"),
    "work_level": Text("業務のレベルの複雑性とサイズ", "complexity and size of a level"),
    "complexity": Text("複雑性", "complexity"),
    "size": Text("サイズ", "size"),
    "areas": Text("プロフェッショナル貢献の領域", "areas of professional contribution"),
    "succession": Text("技術の継承", "technology succession"),
    "mentoring": Text("後進の育成", "bringing up juniors"),
    "contributions": Text("プロフェッショナルとしての貢献", "contribution as a professional"),
    "tasks": Text("タスク特性", "task characteristics"),
    "examinations": Text("試験の備考", "remarks on examinations"),
}
"""The clauses of an indicator as people call them, by the ids that doubts and drafts use."""

_HEADS = {
    "business": Text("ビジネス貢献", "business contribution"),
    "professional": Text("プロフェッショナル貢献", "professional contribution"),
    "indicator": Text("達成度指標", "achievement indicator"),
    "work": Text("業務の経験", "experience of the work"),
    "contributions": Text("プロフェッショナルとしての貢献", "contribution as a professional"),
    "size": Text("サイズ", "size"),
}


@sentence.register
def _(rule: All) -> tuple[Text, tuple[Text, ...]]:
    if rule.label.startswith("level_"):
        level = rule.label.removeprefix("level_")
        return Text(
            f"レベル{level}の複雑性、サイズに相当する",
            f"as complex and large as level {level} asks",
        ), ()
    head = _HEADS.get(rule.label)
    if head is None or not rule.parts:
        head = head or Text("条件", "conditions")
    if not rule.parts:
        return Text(f"{head.ja}: 求められていない", f"{head.en}: nothing is asked"), ()
    if len(rule.parts) == 1:
        return Text(f"{head.ja}: 次を満たす", f"{head.en}: the following"), ()
    if rule.label == "size":
        return Text("次の両方を満たす", "both of the following"), ()
    return Text(f"{head.ja}: 次のすべてを満たす", f"{head.en}: all of the following"), ()


@sentence.register
def _(rule: Any) -> tuple[Text, tuple[Text, ...]]:
    if rule.label == "work_level":
        return (
            Text(
                f"レベル{rule.level}以上の業務である: 次のいずれかに当たる",
                f"it is work of level {rule.level} or above, by one of the following",
            )
            if len(rule.parts) > 1
            else Text(f"レベル{rule.level}の業務である", f"it is work of level {rule.level}"),
            (),
        )
    if rule.label == "routes":
        return Text("次のいずれかによって満たす", "met in one of these ways"), ()
    head = _HEADS.get(rule.label, Text("条件", "conditions"))
    if len(rule.parts) == 1:
        return Text(f"{head.ja}: 次を満たす", f"{head.en}: the following"), ()
    return Text(f"{head.ja}: 次のいずれかを満たす", f"{head.en}: one of the following"), ()


@sentence.register
def _(rule: Years) -> tuple[Text, tuple[Text, ...]]:
    how = (
        Text("途切れずに続けて", "in one unbroken run")
        if rule.continuous
        else Text("通算", "in total")
    )
    return (
        Text(
            f"次の条件をすべて満たす業務を{how.ja}{rule.years}年以上行った（{rule.months}か月。重なる月は一度だけ数える）",
            f"{rule.years} {'year' if rule.years == 1 else 'years'} or more, {how.en} ({rule.months} months, a month covered twice counts once), of work that meets all of these",
        ),
        (),
    )


@sentence.register
def _(rule: Counted) -> tuple[Text, tuple[Text, ...]]:
    if rule.label == "of_which":
        return of_which_text(rule.at_least), ()
    count = rule.at_least
    return (
        Text(
            f"次の条件をすべて満たす業務を{count}回以上行った",
            f"{plural(count, 'engagement')} or more that {'meets' if count == 1 else 'meet'} all of these",
        ),
        (),
    )


@frozen
class Line:
    """One line of a laid out wording.

    Args:
        depth: how many steps below the rule; 0 for its own sentence.
        worded: the part that the line belongs to.
        item: of an item of the list that a sentence speaks of, its number from 1; else 0.
    """

    depth: int
    worded: Worded
    text: Text
    item: int = 0


def lines(worded: Worded, *, collapse_levels: bool = True) -> list[Line]:
    """Lay a wording out as lines, each sentence before what is below it.

    Args:
        collapse_levels: name the higher levels that count too ("or of level 6, 7") instead of
            repeating their clauses, which stand at those levels; and a list that stands above
            already is not repeated.
    """
    return list(_laid(worded, 0, collapse_levels, set()))


def _laid(
    worded: Worded, depth: int, collapse: bool, listed: set[tuple[Text, ...]]
) -> Iterator[Line]:
    text, items = worded.text, worded.items if worded.label != "field" else ()
    if collapse and items and items in listed:
        text = Text(f"{text.ja}（上に挙げた項目）", f"{text.en} (those listed above)")
        items = ()
    listed.add(items)
    yield Line(depth, worded, text)
    for number, item in enumerate(items, start=1):
        yield Line(depth + 1, worded, item, number)
    own, *higher = worded.parts if collapse and worded.label == "work_level" else (None,)
    for part in worded.parts if own is None else (own,):
        yield from _laid(part, depth + 1, collapse, listed)
    if higher:
        levels = [h.label.removeprefix("level_") for h in higher]
        *most, last = levels
        which = f"{'、'.join(levels)}のいずれか" if most else last
        some = f"{', '.join(most)} or {last}" if most else last
        other = Text(
            f"または、レベル{which}の複雑性、サイズに相当する",
            f"or as complex and large as level {some} asks",
        )
        yield Line(depth + 1, worded, other)
