"""Rules that need only the encoding: what its values show when levels and fields stand side by side."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from tassei.comparing.aspects import SizeTerm, aspects, sizes
from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import SOME, Indicator
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term
from tassei.rules.wording import short
from tassei.source import Place
from tassei.text import Text


def _fields(edition: Edition) -> Iterator[tuple[SpecialtyField, tuple[Indicator, ...]]]:
    """Each field with its own indicators, the highest level first."""
    for owner in edition.fields:
        own = [i for i in edition.indicators if i.field_id == owner.id]
        yield owner, tuple(sorted(own, key=lambda i: -i.level))


def _at(
    indicator: Indicator,
    clause: str,
    place: Place,
    title: Text,
    says: Text,
    subject: str = "",
) -> Finding:
    touch = f"{indicator.field_id}/{indicator.level}/{clause}"
    return Finding(place, subject, touch, title, says)


def _name(edition: Edition, indicator: Indicator) -> Text:
    owner = edition.field(indicator.field_id)
    assert owner is not None, "checked when the edition was loaded"
    return Text(
        f"{owner.name.ja} レベル{indicator.level}", f"{owner.name.en} level {indicator.level}"
    )


@rule(
    "count-not-below-list",
    "ambiguity",
    "求める数が一覧の数以上",
    "a count that is not smaller than its list",
)
def count_not_below_list(laid: Laid) -> Iterator[Finding]:
    """ "Four or more" of a list of four asks for all of them."""
    for indicator in laid.edition.indicators:
        listed = len(indicator.complexity.criteria)
        for item in indicator.size:
            count = item.complexity_at_least
            if listed and count is not None and count >= listed:
                yield _at(
                    indicator,
                    "size",
                    item.place,
                    Text(
                        f"{listed}項目の一覧に「{count}項目以上」",
                        f'"{count} or more" of a list of {listed}',
                    ),
                    Text(
                        f"サイズの条件が、{listed}項目しかない条件の{count}項目以上を求めている。",
                        f"The size asks for {count} or more of criteria of which there are {listed}.",
                    ),
                )


@rule(
    "only-upper-bound",
    "only-upper-bound",
    "上限しかないサイズ",
    "sizes bounded only from above",
)
def only_upper_bound(laid: Laid) -> Iterator[Finding]:
    """A size that only small work satisfies."""
    for indicator in laid.edition.indicators:
        for size in sizes(laid.edition, indicator):
            if size.at_least is None and size.criteria is None:
                yield _at(
                    indicator,
                    "size",
                    size.place,
                    Text("サイズに上限しかない", "Sizes with only an upper bound"),
                    Text(
                        "「未満」だけで、小さいほど該当する。",
                        'There is only "less than", so that smaller work fits.',
                    ),
                )


@rule(
    "sizes-overlap",
    "overlap",
    "隣のレベルと重なるサイズ",
    "sizes that overlap those of the next level",
)
def sizes_overlap(laid: Laid) -> Iterator[Finding]:
    """The same amount lies in the main sizes of two levels, neither of which is open above."""
    for _, own in _fields(laid.edition):
        for upper, lower in pairwise(own):
            for one in sizes(laid.edition, upper):
                for other in sizes(laid.edition, lower):
                    if _overlap(one, other):
                        yield _at(
                            lower,
                            "size",
                            other.place,
                            Text("サイズが隣のレベルと重なる", "Sizes of two levels overlap"),
                            Text(
                                f"レベル{upper.level}と{lower.level}の範囲が重なる（{one.text.ja}、{other.text.ja}）。",
                                f"The ranges of levels {upper.level} and {lower.level} overlap ({one.text.en}; {other.text.en}).",
                            ),
                            "main" if one.criteria is None and other.criteria is None else "extra",
                        )


def _overlap(one: SizeTerm, other: SizeTerm) -> bool:
    if one.measure != other.measure or isinstance(one.at_least, str):
        return False
    if one.below is None and other.below is None:
        return False  # open above is what the next level begins with
    if one.criteria is not None and other.criteria is not None:
        return False
    low = max(int(one.at_least or 0), int(other.at_least or 0))
    high = min(x for x in (one.below, other.below) if x is not None)
    # an item with criteria of the higher level and the main item of the lower one are meant to meet
    return low < high


@rule(
    "one-work-two-levels",
    "overlap",
    "「または」で二つのレベルに当たるサイズ",
    'work that fits two levels through "or"',
)
def one_work_two_levels(laid: Laid) -> Iterator[Finding]:
    """Two measures joined by or, bounded above at one level and below at the next."""
    for _, own in _fields(laid.edition):
        for upper, lower in pairwise(own):
            high = {s.measure: s for s in sizes(laid.edition, upper) if s.criteria is None}
            low = {s.measure: s for s in sizes(laid.edition, lower) if s.criteria is None}
            both = [m for m in high if m in low and high[m].at_least and low[m].below]
            if len(both) > 1:
                yield _at(
                    lower,
                    "size",
                    lower.size_place,
                    Text(
                        "一つの仕事が「または」で二つのレベルに当たる",
                        'One work fits two levels through "or"',
                    ),
                    Text(
                        "測定項目が「または」で結ばれ、一方では上のレベル、他方では下のレベルに当たる仕事がありうる。",
                        "The measures are joined by or, so that work may fit the one level by one measure and the next by another.",
                    ),
                )


@rule("capped-size", "gap", "上限のある主なサイズ", "a main size that is capped")
def capped_size(laid: Laid) -> Iterator[Finding]:
    """A main size with both bounds, where other fields leave it open above at the same level."""
    for indicator in laid.edition.indicators:
        main = [s for s in sizes(laid.edition, indicator) if s.criteria is None]
        capped = [s for s in main if s.at_least is not None and s.below is not None]
        others = [
            s
            for i in laid.edition.indicators
            if i.level == indicator.level and i.field_id != indicator.field_id
            for s in sizes(laid.edition, i)
            if s.criteria is None and s.at_least is not None and s.below is None
        ]
        shared = {s.measure for s in capped} & {s.measure for s in others}
        if shared:
            yield _at(
                indicator,
                "size",
                indicator.size_place,
                Text("主なサイズにも上限がある分野がある", "Only some fields cap their main size"),
                Text(
                    "同じレベルのほかの分野の主なサイズには上限がないが、ここにはある。",
                    "The main sizes of other fields at the level are open above; here they are capped.",
                ),
            )


@rule(
    "uneven-lower-bound",
    "gap",
    "下限のそろわないサイズ",
    "sizes of which only some have a lower bound",
)
def uneven_lower_bound(laid: Laid) -> Iterator[Finding]:
    """Of the main sizes of a level one has both bounds, the others only an upper one."""
    for indicator in laid.edition.indicators:
        main = [
            s for s in sizes(laid.edition, indicator) if s.criteria is None and s.below is not None
        ]
        with_lower = [s for s in main if s.at_least is not None]
        if with_lower and len(with_lower) < len(main):
            yield _at(
                indicator,
                "size",
                indicator.size_place,
                Text("一部のサイズにだけ下限がある", "Only some sizes have a lower bound"),
                Text(
                    f"下限があるのは一部だけ（{with_lower[0].text.ja}）。",
                    f"Only some have one ({with_lower[0].text.en}).",
                ),
            )


@rule("idle-size", "no-progress", "何も求めないサイズ", "a size that asks nothing")
def idle_size(laid: Laid) -> Iterator[Finding]:
    """With enough criteria every amount of a measure is covered, so that no size is asked."""
    for indicator in laid.edition.indicators:
        found = sizes(laid.edition, indicator)
        extra = [s for s in found if s.criteria is not None]
        for one in extra:
            other = next(
                (s for s in found if s.measure == one.measure and s.criteria is None), None
            )
            if (
                other
                and one.at_least is None
                and one.below is not None
                and other.at_least == one.below
            ):
                yield _at(
                    indicator,
                    "size",
                    one.place,
                    Text(
                        "複雑性が足りればサイズは問われない",
                        "With enough criteria no size is asked",
                    ),
                    Text(
                        f"条件が{one.criteria}項目以上なら、どの大きさでも該当する。",
                        f"With {one.criteria} or more criteria work of any size fits.",
                    ),
                )
                break


@rule(
    "neither-count-nor-years", "missing-quantifier", "回数も年数もない", "neither a count nor years"
)
def neither_count_nor_years(laid: Laid) -> Iterator[Finding]:
    """An indicator that asks for experience without saying how often or how long."""
    for indicator in laid.edition.indicators:
        said = indicator.responsibility
        if said.years is None and said.engagements is None:
            yield _at(
                indicator,
                "responsibility",
                said.place,
                Text("回数も年数も示されない", "Neither a count nor years"),
                Text(
                    "経験を求めるが、何回か、何年かを述べない。",
                    "It asks for experience, but not how often or how long.",
                ),
            )


@rule(
    "lone-count", "no-progress", "一つのレベルだけが数を求める", "only one level asks for a number"
)
def lone_count(laid: Laid) -> Iterator[Finding]:
    """One indicator of an edition asks how often, and no other."""
    counted = [i for i in laid.edition.indicators if i.responsibility.engagements]
    timed = [i for i in laid.edition.indicators if i.responsibility.years]
    if len(counted) == 1 and not timed and len(laid.edition.indicators) > 2:
        [only] = counted
        yield _at(
            only,
            "responsibility",
            only.responsibility.place,
            Text("回数を求めるのは一つのレベルだけ", "Only one level asks how often"),
            Text(
                "ほかのレベルは回数も年数も求めない。", "No other level asks how often or how long."
            ),
        )


@rule("no-or-above", "missing-bound-word", "「以上」のないレベル", 'a level without "or above"')
def no_or_above(laid: Laid) -> Iterator[Finding]:
    """ "Equivalent to level L" without the words that let higher work count."""
    for indicator in laid.edition.indicators:
        said = indicator.responsibility
        if said.work_level is not None and not said.or_above:
            yield _at(
                indicator, "responsibility", said.place,
                Text("レベルに「以上」がない", 'No "or above" after the level'),
                Text("業務のレベルを挙げるが、上のレベルの業務も含むとは述べない。", "The level of the work is named, but not that work of higher levels counts."),
                "work-level",
            )  # fmt: skip
        if said.engagements and said.engagements.of_which is not None:
            yield _at(
                indicator, "responsibility", said.place,
                Text("内の回数のレベルに「以上」がない", 'No "or above" on the inner count'),
                Text("「内n回以上はレベルL」に、上のレベルも含むという語がない。", 'The count "of which at level L" does not say that higher levels count.'),
                "of-which",
            )  # fmt: skip


@rule(
    "or-above-the-top",
    "contradiction",
    "最上位のレベルの「以上」",
    '"or above" at the highest level',
)
def or_above_the_top(laid: Laid) -> Iterator[Finding]:
    """The highest level of a field speaks of work above it."""
    for _, own in _fields(laid.edition):
        if (
            own
            and own[0].responsibility.or_above
            and own[0].responsibility.work_level == own[0].level
        ):
            yield _at(
                own[0], "responsibility", own[0].responsibility.place,
                Text("最上位のレベルに「以上」がある", '"Or above" at the highest level'),
                Text("その分野にはそれより上のレベルがない。", "The field has no level above it."),
            )  # fmt: skip


@rule(
    "no-level-of-work",
    "missing-bound-word",
    "業務のレベルを述べない",
    "the level of the work is not named",
)
def no_level_of_work(laid: Laid) -> Iterator[Finding]:
    """An edition that nowhere ties the experience to the complexity and size of a level."""
    said = [i.responsibility for i in laid.edition.indicators]
    inner = any(s.engagements and s.engagements.of_which is not None for s in said)
    if not inner and all(s.work_level is None for s in said):
        for indicator in laid.edition.indicators:
            yield _at(
                indicator, "responsibility", indicator.responsibility.place,
                Text("業務のレベルがどこにも述べられない", "The level of the work is never named"),
                Text("経験がそのレベルの複雑性とサイズに相当すると述べる語がない。", "No words tie the experience to the complexity and size of its level."),
            )  # fmt: skip


@rule(
    "level-of-nothing",
    "contradiction",
    "定めのない複雑性やサイズへの相当",
    "equal to a complexity or size that is not set",
)
def level_of_nothing(laid: Laid) -> Iterator[Finding]:
    """ "Equivalent to the complexity and size of level L", where level L sets one of them not."""
    for indicator in laid.edition.indicators:
        level = indicator.responsibility.work_level
        own = (
            laid.edition.indicator(laid.edition.covered_by(indicator)[0], level) if level else None
        )
        if own and (not own.size or own.complexity.at_least == 0):
            yield _at(
                indicator, "responsibility", indicator.responsibility.place,
                Text("定めのない複雑性やサイズに相当することを求める", "Asks to equal a complexity or size that is not set"),
                Text("業務のレベルを挙げるが、そのレベルは複雑性かサイズを定めない。", "It names the level of the work, which sets no complexity or no size."),
            )  # fmt: skip


@rule(
    "no-number-of-areas", "missing-quantifier", "数のない領域の一覧", "areas without a quantifier"
)
def no_number_of_areas(laid: Laid) -> Iterator[Finding]:
    """A list of areas that does not say how many, where other lists do or all are alike silent."""
    common = {f.id for f in laid.edition.fields if f.applies_to}
    for indicator in laid.edition.indicators:
        areas = indicator.professional.areas
        if areas and areas.at_least is None:
            yield _at(
                indicator, "areas", areas.place,
                Text("領域の一覧にいくつ求めるかの語がない", "The list of areas does not say how many are asked"),
                Text("ほかの一覧にある「いずれか」などの語がない。", 'It lacks the words that others have, such as "either one".'),
                "common" if indicator.field_id in common else "",
            )  # fmt: skip


@rule("some", "missing-quantifier", "「幾つか」", '"some" without a number')
def some(laid: Laid) -> Iterator[Finding]:
    """A count that is a word."""
    for indicator in laid.edition.indicators:
        if indicator.complexity.at_least == SOME:
            yield _at(
                indicator, "complexity", indicator.complexity.place,
                Text("「幾つか」の数がない", '"Some" without a number'),
                Text("条件を幾つか満たすことを求めるが、数を述べない。", "It asks for some of the criteria and gives no number."),
            )  # fmt: skip


@rule("simple-list", "ambiguity", "単純さの一覧", "a list of simplicity used as a requirement")
def simple_list(laid: Laid) -> Iterator[Finding]:
    """Marks of easy work that the text asks for like criteria of hard work."""
    for indicator in laid.edition.indicators:
        if indicator.complexity.kind == "ceiling":
            yield _at(
                indicator, "complexity", indicator.complexity.place,
                Text("容易な仕事の目安が条件として並ぶ", "Marks of easy work used as requirements"),
                Text("単純であることを条件の形で求めている。", "It asks, in the form of a requirement, that the work be simple."),
            )  # fmt: skip


@rule("same-role", "no-progress", "役割の同じ隣り合うレベル", "two levels with the same role")
def same_role(laid: Laid) -> Iterator[Finding]:
    """A level asks for the role of the one below it, from the leader on."""
    for _, own in _fields(laid.edition):
        for upper, lower in pairwise(own):
            one, other = upper.responsibility, lower.responsibility
            counted = (one.engagements, one.years) != (other.engagements, other.years)
            if one.role == other.role and one.role >= Role.LEADER and not counted:
                yield _at(
                    upper, "responsibility", one.place,
                    Text(f"レベル{upper.level}と{lower.level}の役割が同じ", f"Levels {upper.level} and {lower.level} ask for the same role"),
                    Text("役割も年数や回数も変わらない。", "Neither the role nor years or counts differ."),
                    f"{upper.level}",
                )  # fmt: skip


@rule(
    "same-years", "no-progress", "ほかの分野と違う年数", "years out of step with the other fields"
)
def same_years(laid: Laid) -> Iterator[Finding]:
    """A field where the lower level asks for as many years as the upper, unlike the other fields."""
    by_level: dict[int, Counter[int | None]] = defaultdict(Counter)
    for indicator in laid.edition.indicators:
        by_level[indicator.level][indicator.responsibility.years] += 1
    for indicator in laid.edition.indicators:
        counts = by_level[indicator.level]
        years = indicator.responsibility.years
        if (
            years is not None
            and counts[years] == 1
            and sum(counts.values()) > 2
            and len(counts) > 1
        ):
            yield _at(
                indicator, "responsibility", indicator.responsibility.place,
                Text(f"レベル{indicator.level}で{years}年を求めるのはこの分野だけ", f"Only this field asks for {years} years at level {indicator.level}"),
                Text("同じレベルのほかの分野と年数が異なる。", "The years differ from those of the other fields at the level."),
            )  # fmt: skip


@rule(
    "odd-threshold",
    "contradiction",
    "ほかの分野とわずかに違う基準値",
    "a threshold slightly off those of the other fields",
)
def odd_threshold(laid: Laid) -> Iterator[Finding]:
    """A bound that lies near the one that two other fields share at the level."""
    bounds: dict[tuple[int, str], list[tuple[int, Indicator, Place]]] = defaultdict(list)
    for indicator in laid.edition.indicators:
        for size in sizes(laid.edition, indicator):
            if isinstance(size.at_least, int) and size.criteria is None:
                bounds[indicator.level, size.measure].append((size.at_least, indicator, size.place))
    for found in bounds.values():
        shared = Counter(value for value, _, _ in found).most_common(1)[0]
        for value, indicator, place in found:
            if shared[1] > 1 and value != shared[0] and abs(value - shared[0]) * 4 <= shared[0]:
                yield _at(
                    indicator, "size", place,
                    Text("ほかの分野とわずかに違う基準値", "A threshold slightly off those of other fields"),
                    Text(f"ほかの分野は{shared[0]:,}、ここは{value:,}で分ける。", f"Other fields divide at {shared[0]:,}, this one at {value:,}."),
                )  # fmt: skip


@rule("led-under-guidance", "contradiction", "指導の下で率いる", "leads, yet under guidance")
def led_under_guidance(laid: Laid) -> Iterator[Finding]:
    """A leader whose work is supervised."""
    for indicator in laid.edition.indicators:
        said = indicator.responsibility
        if said.supervised and said.role >= Role.LEADER:
            yield _at(
                indicator, "responsibility", said.place,
                Text("率いるのに「指導の下」", 'Leads, yet "under guidance"'),
                Text("リーダー以上の役割なのに、上位レベルの指導の下とも述べる。", "The role is that of a leader, and the work is under the guidance of a higher level."),
            )  # fmt: skip


@rule("guides-and-mentors", "overlap", "後進の指導が二度", "guiding juniors is asked twice")
def guides_and_mentors(laid: Laid) -> Iterator[Finding]:
    """The depth of the areas is guiding juniors, and mentoring is asked besides."""
    for indicator in laid.edition.indicators:
        asked = indicator.professional
        if asked.mentoring and asked.areas and asked.areas.depth is Depth.GUIDES_JUNIORS:
            yield _at(
                indicator, "mentoring", asked.mentoring,
                Text("後進の指導を二度求める", "Guiding juniors is asked twice"),
                Text("領域の深さと後進の育成が、同じことを求める。", "The depth in the areas and mentoring ask for the same thing."),
            )  # fmt: skip


_FLAGS: tuple[tuple[str, Text, Callable[[Indicator], bool]], ...] = (
    ("succeeded", Text("成功裡", "success"), lambda i: i.responsibility.succeeded),
    ("continued", Text("継続", "continuity"), lambda i: i.responsibility.continued),
)


@rule(
    "uneven-words",
    "contradiction",
    "そろわない「成功裡」「継続」",
    "success or continuity named at some levels only",
)
def uneven_words(laid: Laid) -> Iterator[Finding]:
    """Fields of one edition differ at the same level in whether they ask for success or continuity."""
    for key, label, holds in _FLAGS:
        for level in sorted({i.level for i in laid.edition.indicators}):
            same = [i for i in laid.edition.indicators if i.level == level]
            having = [i for i in same if holds(i)]
            if having and len(having) < len(same):
                for indicator in min(having, [i for i in same if not holds(i)], key=len):
                    yield _at(
                        indicator, "responsibility", indicator.responsibility.place,
                        Text(f"「{label.ja}」の有無がそろわない", f"{label.en.capitalize()} is named unevenly"),
                        Text(f"同じレベルの分野の間で、{label.ja}を述べるものと述べないものがある。", f"At the same level some fields name {label.en} and others do not."),
                        key,
                    )  # fmt: skip


@rule(
    "shorter-list",
    "short-list",
    "隣のレベルより短い一覧",
    "a list shorter than that of the next level",
)
def shorter_list(laid: Laid) -> Iterator[Finding]:
    """Criteria or areas of the level above that this level drops without adding others."""
    for key, clause, what in (
        ("criteria", "complexity", Text("複雑性の条件", "criteria")),
        ("area_list", "areas", Text("領域", "areas")),
    ):
        for owner, own in _fields(laid.edition):
            for upper, lower in pairwise(own):
                had = aspects(laid.edition, upper).get(key)
                has = aspects(laid.edition, lower).get(key)
                if not had or not has or had.items is None or has.items is None:
                    continue
                left = {i: n for i, n in had.items.items() if i not in has.items}
                new = set(has.items) - set(had.items)
                if left and not new and not _only_here(laid, owner, key, set(left)):
                    names_ja = "、".join(short(n).ja for n in left.values())
                    names_en = ", ".join(short(n).en for n in left.values())
                    yield _at(
                        lower, clause, has.place,
                        Text(f"レベル{lower.level}の{what.ja}が少ない", f"Level {lower.level} has fewer {what.en}"),
                        Text(f"レベル{upper.level}にある{names_ja}がない。", f"It lacks what level {upper.level} has: {names_en}."),
                        f"{key}",
                    )  # fmt: skip


def _only_here(laid: Laid, owner: SpecialtyField, key: str, ids: set[str]) -> bool:
    """Whether criteria belong to the upper levels of one field alone, as those of great work do."""
    if key != "criteria":
        return False
    others = {
        t.id
        for i in laid.edition.indicators
        if i.field_id != owner.id
        for t in i.complexity.criteria
    }
    return not ids & others


@rule(
    "measure-missing",
    "short-list",
    "一部の分野やレベルにない測定項目",
    "a measure missing at one level",
)
def measure_missing(laid: Laid) -> Iterator[Finding]:
    """A measure that the levels around or the other fields use is missing at one level."""
    for owner, own in _fields(laid.edition):
        for upper, lower in pairwise(own):
            had = {s.measure for s in sizes(laid.edition, upper)}
            has = {s.measure for s in sizes(laid.edition, lower)}
            bounded = has & set(laid.measures)
            if bounded and had - has and not has - had:
                yield _at(
                    lower, "size", lower.size_place,
                    Text(f"レベル{lower.level}のサイズに測定項目が足りない", f"Measures missing from the size of level {lower.level}"),
                    Text(f"レベル{upper.level}にある測定項目がない。", f"It lacks measures that level {upper.level} has."),
                    owner.id,
                )  # fmt: skip


@rule("plain-twin", "ambiguity", "程度の語のない条件", "criteria without a word of degree")
def plain_twin(laid: Laid) -> Iterator[Finding]:
    """A level lists a criterion of which the level above has the stronger twin."""
    ids = {t.id for t in laid.edition.terms.criteria}
    for _, own in _fields(laid.edition):
        for upper, lower in pairwise(own):
            had = {t.id for t in upper.complexity.criteria}
            plain = [
                t
                for t in lower.complexity.criteria
                if f"plain-{t.id}" in ids or t.id.removeprefix("plain-") in had - {t.id}
            ]
            plain = [t for t in plain if t.id not in had]
            if plain:
                yield _at(
                    lower, "complexity", lower.complexity.place,
                    Text("程度を示す語のない条件", "Criteria without a word of degree"),
                    Text(f"レベル{upper.level}では高い要件を求める条件に、程度の語がない。", f"Criteria that level {upper.level} words with a degree have none here."),
                )  # fmt: skip


@rule(
    "criterion-of-another-field", "copy-error", "ほかの分野の条件", "a criterion of another field"
)
def criterion_of_another_field(laid: Laid) -> Iterator[Finding]:
    """One level lists a criterion that no other level of its field has, but other fields do."""
    for owner, own in _fields(laid.edition):
        for indicator in own:
            if indicator is own[0] or not indicator.complexity.criteria:
                continue  # the highest level may well ask for more
            elsewhere = {t.id for i in own if i is not indicator for t in i.complexity.criteria}
            others = {
                t.id
                for i in laid.edition.indicators
                if i.field_id != owner.id
                for t in i.complexity.criteria
            }
            foreign = [
                t for t in indicator.complexity.criteria if t.id not in elsewhere and t.id in others
            ]
            if foreign and elsewhere:
                yield _at(
                    indicator, "complexity", indicator.complexity.place,
                    Text("ほかの分野の文言の条件", "A criterion worded for another field"),
                    Text(f"{short(foreign[0].name).ja}は、この分野のほかのレベルになく、ほかの分野にある。", f"{short(foreign[0].name).en} stands at no other level of this field, but in other fields."),
                )  # fmt: skip


@rule("one-name-two-things", "ambiguity", "一つの名の二つのもの", "one name for two things")
def one_name_two_things(laid: Laid) -> Iterator[Finding]:
    """Two terms of one kind whose names differ only in their brackets."""
    terms = laid.edition.terms
    for kind, clause in (("criteria", "complexity"), ("areas", "areas")):
        names: dict[str, list[Term]] = defaultdict(list)
        for term in getattr(terms, kind):
            brief = short(term.name)
            names[brief.ja if laid.edition.language == "ja" else brief.en].append(term)
        for shared, same in names.items():
            if len(same) > 1:
                yield from _used(laid, shared, {t.id for t in same}, kind, clause)
    items: dict[str, list[Place]] = defaultdict(list)
    for item in laid.edition.skills.items:
        brief = short(item.name)
        items[brief.ja if laid.edition.language == "ja" else brief.en].append(item.place)
    for name, places in items.items():
        for place in places if len(places) > 1 else ():
            yield Finding(
                place, "skill items", "*/*/skills",
                Text("名の同じスキル項目", "Skill items that share a name"),
                Text(f"「{name}」という名のスキル項目が二つ以上ある。", f'More than one skill item is called "{name}".'),
            )  # fmt: skip


def _used(laid: Laid, name: str, ids: set[str], kind: str, clause: str) -> Iterator[Finding]:
    for indicator in laid.edition.indicators:
        found = aspects(laid.edition, indicator).get(
            "criteria" if kind == "criteria" else "area_list"
        )
        if found and ids & set(found.items or ()):
            yield _at(
                indicator, clause, found.place,
                Text("括弧だけが違う同じ名の項目", "Items of one name with other brackets"),
                Text(f"「{name}」が、括弧の中の違う二つ以上の項目の名になっている。", f'"{name}" names two or more items that differ only in their brackets.'),
                kind,
            )  # fmt: skip


@rule(
    "same-list-twice", "doubled-list", "同じ項目が二度ある一覧", "a list that prints an item twice"
)
def same_list_twice(laid: Laid) -> Iterator[Finding]:
    """The kinds of succession as printed hold one of them twice."""
    for indicator in laid.edition.indicators:
        kinds = indicator.professional.succession
        if kinds is None:
            continue
        printed = [t.id for t in kinds.items]
        doubled = [i for i, n in Counter(printed).items() if n > 1]
        if doubled:
            yield _at(
                indicator, "succession", kinds.place,
                Text("同じ項目が二度ある一覧", "A list that prints items twice"),
                Text(f"{len(doubled)}種類が二度以上印刷されている。", f"{len(doubled)} of the kinds are printed twice or more."),
            )  # fmt: skip


@rule(
    "uncovered-field",
    "gap",
    "共通レベルの及ばない分野",
    "common levels that do not reach every field",
)
def uncovered_field(laid: Laid) -> Iterator[Finding]:
    """Levels common to several fields leave one of the fields without them."""
    for common in (f for f in laid.edition.fields if f.applies_to):
        left = [f for f in laid.edition.specialty_fields() if f.id not in common.applies_to]
        if left:
            names_ja = "、".join(f.name.ja for f in left)
            names_en = ", ".join(f.name.en for f in left)
            yield Finding(
                common.place, "", f"{common.id}/*/name",
                Text("共通のレベルがすべての分野に及ばない", "Common levels do not reach every field"),
                Text(f"{names_ja}にはこのレベルがない。", f"These levels do not exist in {names_en}."),
            )  # fmt: skip


@rule(
    "two-like-measures",
    "ambiguity",
    "紛らわしい二つの測定項目",
    "two measures that are easily confused",
)
def two_like_measures(laid: Laid) -> Iterator[Finding]:
    """Measures of people that an edition uses side by side, one of them at the peak."""
    used: dict[str, list[tuple[Indicator, Place]]] = defaultdict(list)
    for indicator in laid.edition.indicators:
        for size in sizes(laid.edition, indicator):
            used[size.measure].append((indicator, size.place))
    staff = [m for m in used if m.endswith("_staff")]
    if len(staff) > 1:
        for measure in staff:
            for indicator, place in used[measure]:
                yield _at(
                    indicator, "size", place,
                    Text("二通りの要員数", "Two ways to count staff"),
                    Text("ピーク時の要員数と、時点を述べない要員数が並ぶ。", "Staff at the peak stands beside staff at no stated moment."),
                )  # fmt: skip


@rule(
    "worded-otherwise",
    "spelling",
    "所によって違う項目の名",
    "an item whose name varies from place to place",
)
def worded_otherwise(laid: Laid) -> Iterator[Finding]:
    """One id under another wording at some indicator."""
    edition = laid.edition
    for key, clause, what in (
        ("criteria", "complexity", Text("条件", "a criterion")),
        ("area_list", "areas", Text("領域", "an area")),
        ("kinds", "succession", Text("継承の種類", "a kind of succession")),
        ("outcomes", "responsibility", Text("成果", "an outcome")),
    ):
        names: dict[str, dict[str, list[tuple[Indicator, Place]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for indicator in edition.indicators:
            found = aspects(edition, indicator).get(key)
            for term, name in (found.items or {}).items() if found else ():
                own = name.ja if edition.language == "ja" else name.en
                assert found is not None
                names[term][own].append((indicator, found.place))
        for term, variants in names.items():
            if len(variants) < 2:
                continue
            most = max(variants, key=lambda v: len(variants[v]))
            for variant, seen in variants.items():
                for indicator, place in seen if variant != most else ():
                    yield _at(
                        indicator, clause, place,
                        Text(f"所によって違う{what.ja}の名", f"The name of {what.en} varies"),
                        Text("同じ項目が、所によって違う語で書かれている。", "The same item is worded otherwise from place to place."),
                        term,
                    )  # fmt: skip
