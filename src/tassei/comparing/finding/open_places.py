"""Rules on places that the text leaves open by its nature: vague words, brackets, conditions of wide reach."""

import re
from collections.abc import Iterator

from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.indicator import Indicator, Rung
from tassei.source import Place
from tassei.text import Text


def _at(indicator: Indicator, clause: str, place: Place, title: Text, says: Text) -> Finding:
    touch = f"{indicator.field_id}/{indicator.level}/{clause}"
    return Finding(place, "", touch, title, says)


@rule("bracket-list", "ambiguity", "括弧の中の一覧", "a list in the brackets of a criterion")
def bracket_list(laid: Laid) -> Iterator[Finding]:
    """Criteria whose brackets list several things, without saying whether all must hold."""
    ja = laid.edition.language == "ja"
    for indicator in laid.edition.indicators:
        names = [t.name.ja if ja else t.name.en for t in indicator.complexity.criteria]
        if any(re.search(r"[(（][^)）]*[、,][^)）]*[)）]", n) for n in names):
            yield _at(
                indicator, "complexity", indicator.complexity.place,
                Text("括弧の中は全部か一部か", "Do the words in brackets all have to hold?"),
                Text("条件の名の後の括弧に、いくつもの語が並ぶ。", "The brackets behind the names of criteria list several things."),
            )  # fmt: skip


@rule(
    "degree-without-measure",
    "ambiguity",
    "尺度のない程度の語",
    "a word of degree without a measure",
)
def degree_without_measure(laid: Laid) -> Iterator[Finding]:
    """Criteria that begin with a word of degree and give no figure."""
    ja = laid.edition.language == "ja"
    for indicator in laid.edition.indicators:
        names = [t.name.ja if ja else t.name.en for t in indicator.complexity.criteria]
        vague = [
            n for n in names if re.match(r"高度な|複雑な|先進的|Advanced|High-level|Complex ", n)
        ]
        if vague and indicator.complexity.kind == "demand":
            yield _at(
                indicator, "complexity", indicator.complexity.place,
                Text("程度を示す語に尺度がない", "Words of degree have no measure"),
                Text("「高度な」「複雑な」などの語に、どこからそうなのかの尺度がない。", 'Words such as "advanced" and "complex" have no measure.'),
            )  # fmt: skip


@rule(
    "reach-of-extra-criteria", "ambiguity", "条件の掛かる範囲", "how far an extra condition reaches"
)
def reach_of_extra_criteria(laid: Laid) -> Iterator[Finding]:
    """ "A or B, with k criteria": whether the condition governs both."""
    for indicator in laid.edition.indicators:
        for item in indicator.size:
            if item.complexity_at_least is not None and len(item.any_of) > 1:
                yield Finding(
                    item.place, "leading" if item.leading else "trailing",
                    f"{indicator.field_id}/{indicator.level}/size",
                    Text("複雑性の条件の掛かる範囲", "How far the extra criteria reach"),
                    Text("「または」で結ばれたサイズのどちらに条件が掛かるか定まらない。", "It is open to which of the sizes joined by or the condition belongs."),
                )  # fmt: skip


@rule("kinds-or-works", "ambiguity", "種類の数か実績の数か", "kinds or works")
def kinds_or_works(laid: Laid) -> Iterator[Finding]:
    """ "Three items or more" of technology succession."""
    for indicator in laid.edition.indicators:
        kinds = indicator.professional.succession
        if kinds and kinds.at_least > 1:
            yield _at(
                indicator, "succession", kinds.place,
                Text("継承の「項目」は種類か実績か", "Items of succession: kinds or works?"),
                Text("異なる種類の数か、実績の件数か定まらない。", "It is open whether different kinds or single works are counted."),
            )  # fmt: skip


@rule("examples-or-all", "ambiguity", "例示か全部か", "examples, or all of them")
def examples_or_all(laid: Laid) -> Iterator[Finding]:
    """Contributions listed before "and the like"."""
    for indicator in laid.edition.indicators:
        named = indicator.professional.contributions
        if named and len(named.items) > 1:
            yield _at(
                indicator, "contributions", named.place,
                Text("挙げられた貢献はすべて必要か", "Are the listed contributions all needed?"),
                Text("貢献が例として並び、いくつ必要かを述べない。", "Contributions are listed as examples, and not how many are needed."),
            )  # fmt: skip


@rule("must-be-supervised", "ambiguity", "指導の下は条件か", "must the work have been supervised")
def must_be_supervised(laid: Laid) -> Iterator[Finding]:
    """Work under guidance, which may describe or require."""
    for indicator in laid.edition.indicators:
        if indicator.responsibility.supervised:
            yield _at(
                indicator, "responsibility", indicator.responsibility.place,
                Text("「指導の下」は条件か", "Must the work have been supervised?"),
                Text("上位レベルの指導の下と述べるが、独りで行った業務が該当しないかは分からない。", "It speaks of guidance, and leaves open whether unsupervised work counts."),
            )  # fmt: skip


@rule(
    "tasks-as-conditions", "ambiguity", "タスク特性は条件か", "are task characteristics conditions"
)
def tasks_as_conditions(laid: Laid) -> Iterator[Finding]:
    """Task characteristics, which may describe the work or ask for something."""
    for indicator in laid.edition.indicators:
        if indicator.tasks and indicator.tasks.items:
            yield _at(
                indicator, "tasks", indicator.tasks.place,
                Text("タスク特性は条件か", "Are task characteristics conditions?"),
                Text("業務の特性として並び、条件かどうかを述べない。", "They are listed as characteristics of the work, and not said to be conditions."),
            )  # fmt: skip


@rule("size-in-words", "ambiguity", "数のないサイズ", "a size in words without figures")
def size_in_words(laid: Laid) -> Iterator[Finding]:
    """Sizes given in words."""
    for indicator in laid.edition.indicators:
        for item in indicator.size:
            if any(isinstance(b, Rung) for b in item.any_of):
                yield _at(
                    indicator, "size", item.place,
                    Text("数のない言葉のサイズ", "Size in words without figures"),
                    Text("広さや範囲が言葉で示され、数がない。", "Extent is given in words, without a figure."),
                )  # fmt: skip


@rule(
    "examination-or-level",
    "ambiguity",
    "試験はレベルの達成か",
    "does the examination attain the level",
)
def examination_or_level(laid: Laid) -> Iterator[Finding]:
    """A remark that an examination is regarded as attaining the level."""
    for indicator in laid.edition.indicators:
        for examination in indicator.examinations:
            yield _at(
                indicator, "examinations", examination.place,
                Text("試験の合格でレベルは満たされるのか", "Does passing the examination attain the level?"),
                Text("合格をレベルの達成とみなすという備考が、指標に代わるのか添うのか定まらない。", "It is open whether the remark stands in the place of the indicator or beside it."),
            )  # fmt: skip


@rule(
    "mentoring-without-amount",
    "missing-quantifier",
    "量のない後進の育成",
    "mentoring without verb or amount",
)
def mentoring_without_amount(laid: Laid) -> Iterator[Finding]:
    """Mentoring asked as a noun, with neither a count nor a length."""
    if laid.edition.language != "ja":
        return
    for indicator in laid.edition.indicators:
        if indicator.professional.mentoring:
            yield _at(
                indicator, "mentoring", indicator.professional.mentoring,
                Text("後進の育成に量がない", "Mentoring has neither verb nor amount"),
                Text("名詞だけで、どれだけの育成かを述べない。", "It is a noun alone, and does not say how much."),
            )  # fmt: skip


@rule("counted-in-a-year", "ambiguity", "年間の数の数え方", "what is counted in a year")
def counted_in_a_year(laid: Laid) -> Iterator[Finding]:
    """Users or inquiries a year: persons or cases."""
    for indicator in laid.edition.indicators:
        for item in indicator.size:
            if any(
                not isinstance(b, Rung) and b.measure.id.endswith("users_per_year")
                for b in item.any_of
            ):
                yield _at(
                    indicator, "size", item.place,
                    Text("年間のユーザ数は何を数えるか", "What do the users a year count?"),
                    Text("人か、対応の件数か、対象者の数か定まらない。", "It may be persons, cases or those entitled to support."),
                )  # fmt: skip


RULES_OF_OPEN_PLACES = frozenset(
    {
        "bracket-list", "degree-without-measure", "reach-of-extra-criteria", "kinds-or-works",
        "examples-or-all", "must-be-supervised", "tasks-as-conditions", "size-in-words",
        "examination-or-level", "mentoring-without-amount", "counted-in-a-year",
    }
)  # fmt: skip
