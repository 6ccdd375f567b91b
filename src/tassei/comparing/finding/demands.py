"""Rules on what is asked how often, in which role and of which level."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from tassei.comparing.finding.ladders import at_clause, ladders
from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.indicator import SOME, Indicator
from tassei.framework.scales import Depth, Role
from tassei.text import Text


@rule(
    "neither-count-nor-years", "missing-quantifier", "回数も年数もない", "neither a count nor years"
)
def neither_count_nor_years(laid: Laid) -> Iterator[Finding]:
    """An indicator that asks for experience without saying how often or how long."""
    for indicator in laid.edition.indicators:
        said = indicator.responsibility
        if said.years is None and said.engagements is None:
            yield at_clause(
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
        yield at_clause(
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
            yield at_clause(
                indicator, "responsibility", said.place,
                Text("レベルに「以上」がない", 'No "or above" after the level'),
                Text("業務のレベルを挙げるが、上のレベルの業務も含むとは述べない。", "The level of the work is named, but not that work of higher levels counts."),
                "work-level",
            )  # fmt: skip
        if said.engagements and said.engagements.of_which is not None:
            yield at_clause(
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
    for _, own in ladders(laid.edition):
        if (
            own
            and own[0].responsibility.or_above
            and own[0].responsibility.work_level == own[0].level
        ):
            yield at_clause(
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
            yield at_clause(
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
            yield at_clause(
                indicator, "responsibility", indicator.responsibility.place,
                Text("定めのない複雑性やサイズに相当することを求める", "Asks to equal a complexity or size that is not set"),
                Text("業務のレベルを挙げるが、そのレベルは複雑性かサイズを定めない。", "It names the level of the work, which sets no complexity or no size."),
            )  # fmt: skip


@rule("some", "missing-quantifier", "「幾つか」", '"some" without a number')
def some(laid: Laid) -> Iterator[Finding]:
    """A count that is a word."""
    for indicator in laid.edition.indicators:
        if indicator.complexity.at_least == SOME:
            yield at_clause(
                indicator, "complexity", indicator.complexity.place,
                Text("「幾つか」の数がない", '"Some" without a number'),
                Text("条件を幾つか満たすことを求めるが、数を述べない。", "It asks for some of the criteria and gives no number."),
            )  # fmt: skip


@rule("same-role", "no-progress", "役割の同じ隣り合うレベル", "two levels with the same role")
def same_role(laid: Laid) -> Iterator[Finding]:
    """A level asks for the role of the one below it, from the leader on."""
    for _, own in ladders(laid.edition):
        for upper, lower in pairwise(own):
            one, other = upper.responsibility, lower.responsibility
            counted = (one.engagements, one.years) != (other.engagements, other.years)
            if one.role == other.role and one.role >= Role.LEADER and not counted:
                yield at_clause(
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
            yield at_clause(
                indicator, "responsibility", indicator.responsibility.place,
                Text(f"レベル{indicator.level}で{years}年を求めるのはこの分野だけ", f"Only this field asks for {years} years at level {indicator.level}"),
                Text("同じレベルのほかの分野と年数が異なる。", "The years differ from those of the other fields at the level."),
            )  # fmt: skip


@rule("led-under-guidance", "contradiction", "指導の下で率いる", "leads, yet under guidance")
def led_under_guidance(laid: Laid) -> Iterator[Finding]:
    """A leader whose work is supervised."""
    for indicator in laid.edition.indicators:
        said = indicator.responsibility
        if said.supervised and said.role >= Role.LEADER:
            yield at_clause(
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
            yield at_clause(
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
                    yield at_clause(
                        indicator, "responsibility", indicator.responsibility.place,
                        Text(f"「{label.ja}」の有無がそろわない", f"{label.en.capitalize()} is named unevenly"),
                        Text(f"同じレベルの分野の間で、{label.ja}を述べるものと述べないものがある。", f"At the same level some fields name {label.en} and others do not."),
                        key,
                    )  # fmt: skip


@rule(
    "same-criteria-count",
    "no-progress",
    "レベルで変わらない複雑性",
    "complexity that does not rise with the level",
)
def same_criteria(laid: Laid) -> Iterator[Finding]:
    """Every level of a field asks for the same number of the same criteria."""
    for owner in laid.edition.specialty_fields():
        own = [i for i in laid.edition.indicators if i.field_id == owner.id]
        asked = {(i.complexity.at_least, tuple(t.id for t in i.complexity.criteria)) for i in own}
        if len(own) > 2 and len(asked) == 1 and own[0].complexity.criteria:
            for indicator in own:
                yield Finding(
                    indicator.complexity.place, "", f"{owner.id}/{indicator.level}/complexity",
                    Text("複雑性がレベルによらず同じ", "Complexity does not rise with the level"),
                    Text("どのレベルも同じ条件を同じ数だけ求める。", "All levels ask for the same number of the same criteria."),
                )  # fmt: skip
