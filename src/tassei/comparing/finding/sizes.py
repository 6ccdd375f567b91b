"""Rules on sizes: what their bounds show when levels and fields stand side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tassei.comparing.aspects import SizeTerm, sizes
from tassei.comparing.finding.ladders import at_clause, ladders
from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.indicator import Indicator
from tassei.source import Place
from tassei.text import Text


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
                yield at_clause(
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
                yield at_clause(
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
    for _, own in ladders(laid.edition):
        for upper, lower in pairwise(own):
            for one in sizes(laid.edition, upper):
                for other in sizes(laid.edition, lower):
                    if _overlap(one, other):
                        yield at_clause(
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
    for _, own in ladders(laid.edition):
        for upper, lower in pairwise(own):
            high = {s.measure: s for s in sizes(laid.edition, upper) if s.criteria is None}
            low = {s.measure: s for s in sizes(laid.edition, lower) if s.criteria is None}
            both = [m for m in high if m in low and high[m].at_least and low[m].below]
            if len(both) > 1:
                yield at_clause(
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
            yield at_clause(
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
            yield at_clause(
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
                yield at_clause(
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
    "measure-missing",
    "short-list",
    "一部の分野やレベルにない測定項目",
    "a measure missing at one level",
)
def measure_missing(laid: Laid) -> Iterator[Finding]:
    """A measure that the levels around or the other fields use is missing at one level."""
    for owner, own in ladders(laid.edition):
        for upper, lower in pairwise(own):
            had = {s.measure for s in sizes(laid.edition, upper)}
            has = {s.measure for s in sizes(laid.edition, lower)}
            bounded = has & set(laid.measures)
            if bounded and had - has and not has - had:
                yield at_clause(
                    lower, "size", lower.size_place,
                    Text(f"レベル{lower.level}のサイズに測定項目が足りない", f"Measures missing from the size of level {lower.level}"),
                    Text(f"レベル{upper.level}にある測定項目がない。", f"It lacks measures that level {upper.level} has."),
                    owner.id,
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
                yield at_clause(
                    indicator, "size", place,
                    Text("ほかの分野とわずかに違う基準値", "A threshold slightly off those of other fields"),
                    Text(f"ほかの分野は{shared[0]:,}、ここは{value:,}で分ける。", f"Other fields divide at {shared[0]:,}, this one at {value:,}."),
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
                yield at_clause(
                    indicator, "size", place,
                    Text("二通りの要員数", "Two ways to count staff"),
                    Text("ピーク時の要員数と、時点を述べない要員数が並ぶ。", "Staff at the peak stands beside staff at no stated moment."),
                )  # fmt: skip
