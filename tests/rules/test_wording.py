"""Wording: every node in both languages, and nothing of a rule lost in its words."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given

from golden import check
from judging.rungs import SHIPPED, STANDARDS
from rules.small import terms
from strategies import CONTRACT, REACH, STAFF, rules, steady
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
    Leaf,
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
    Terms,
    Years,
)
from tassei.rules.wording import Worded, bounds, figure, lines, sentence, short, word
from tassei.source import Place
from tassei.text import LANGS, Lang, Text

HERE = Path(__file__).resolve().parent / "golden"
PLACE = Place("001", 60)
FLOOR = Measure("floor", Text("面積", "floor"), Text("㎡", "m²"), countable=False)
ONE, TWO, THREE = terms("cri-a"), terms("cri-a", "cri-b"), terms("cri-a", "cri-b", "cri-c")
KNOWLEDGE = (
    Term("kno-a", Text("知識A", "knowledge A")),
    Term("kno-b", Text("知識B", "knowledge B")),
)


def everyone() -> Iterable[Rule]:
    """Every kind of node, with each turn that its sentence may take."""
    network = Text("ネットワーク", "network")
    yield InField(fields=("e/network",), name=network)
    yield InField(fields=("e/network", "e/desk"), name=Text("運用", "operations"))
    yield from (RoleAtLeast(role=role) for role in Role)
    yield Supervised()
    yield Succeeded()
    for few, kind in ((Outcomes, "out"), (Tasks, "tas"), (Activities, "act")):
        yield few(terms=terms(f"{kind}-a"))
        yield few(terms=terms(f"{kind}-a", f"{kind}-b"))
    yield Criteria(terms=THREE, count=2)
    yield Criteria(terms=THREE, count=3)
    yield Criteria(terms=THREE, count=2, mandatory=("cri-a",))
    yield Criteria(terms=THREE, count=3, mandatory=("cri-a", "cri-c"))
    yield Measured(measure=STAFF, lower=1)
    yield Measured(measure=STAFF, lower=2, upper=1_500)
    yield Measured(measure=STAFF, upper=1)
    yield Measured(measure=FLOOR, upper=1_000)
    yield Measured(measure=CONTRACT, lower=750_000_000, upper=2_500_000_000)
    yield from (OnScale(scale=REACH, term=t) for t in REACH.terms())
    yield from (AreasAtDepth(terms=terms("are-a", "are-b"), count=1, depth=d) for d in Depth)
    yield AreasAtDepth(terms=terms("are-a", "are-b"), depth=Depth.BASIC)
    yield AreasAtDepth(terms=terms("are-a", "are-b"), depth=Depth.LEADS_INDUSTRY)
    yield SuccessionKinds(terms=terms("suc-a"))
    yield SuccessionKinds(terms=terms("suc-a", "suc-b"), count=1)
    yield SuccessionKinds(terms=terms("suc-a", "suc-b"), count=2)
    yield Mentoring(name=Text("後進の育成", "developing juniors"))
    yield Passed(name="AP", title=Text("応用情報", "applied information"))
    yield NotRead(clause="size", sign="ほどよい")
    yield NotRead(clause="responsibility")
    yield Proficient(skill=Term("s", Text("運用設計", "design of operation")), level=4)
    yield Knows(terms=KNOWLEDGE, count=1)
    yield Knows(terms=KNOWLEDGE)
    yield from combinations()
    yield from over_engagements()


def combinations() -> Iterable[Rule]:
    parts: tuple[Rule, ...] = (Supervised(), Succeeded())
    for label in ("indicator", "work", "business", "professional", "contributions", "size", "x"):
        for count in range(3):
            yield All(label=label, parts=parts[:count])
            yield Any(label=label, parts=parts[:count])
    yield All(label="level_4", parts=parts)
    yield Any(label="work_level", level=4, parts=parts)
    yield Any(label="work_level", level=4, parts=parts[:1])
    yield Any(label="routes", parts=parts)


def over_engagements() -> Iterable[Rule]:
    where = All(label="engagement", parts=(Supervised(), Succeeded()))
    yield Years(label="years", years=1, where=where)
    yield Years(label="years", years=3, where=where, continuous=True)
    yield Years(label="years", years=3, where=Succeeded())
    yield Counted(label="count", at_least=1, where=where)
    yield Counted(label="count", at_least=3, where=Succeeded())
    level = Any(label="work_level", level=4, parts=(Supervised(), Succeeded()))
    for of_which in (1, 2):
        yield Counted(
            label="count", at_least=3, where=Succeeded(), of_which=of_which, singled_out=level
        )
    yield Counted(label="of_which", at_least=1, where=where)
    yield Counted(label="of_which", at_least=2, where=where)


def written(worded: Worded, lang: Lang, depth: int = 0) -> list[str]:
    """The whole of a wording: each sentence, its list, and all below it."""
    indent = "  " * depth
    found = [indent + worded.text[lang], *(f"{indent}  □ {item[lang]}" for item in worded.items)]
    return found + [line for part in worded.parts for line in written(part, lang, depth + 1)]


@pytest.mark.parametrize("lang", LANGS)
def test_sentences(lang: Lang) -> None:
    """Every node reads as it was reviewed, in both languages."""
    blocks = [
        "\n".join([f"[{type(rule).__name__} {rule.label}]", *written(word(rule), lang)])
        for rule in everyone()
    ]
    check(HERE / f"sentences.{lang}.txt", "\n\n".join(blocks) + "\n")


def test_every_kind_of_node_is_worded() -> None:
    """No kind of node is left out above, and one that has no words is a mistake of ours."""
    worded = {type(r) for r in everyone()}
    assert worded == {*_below(Leaf), All, Any, Counted, Years} - {Terms}
    with pytest.raises(TypeError, match="no wording for Terms"):
        sentence(Terms(label="terms", terms=()))


def _below(kind: type[Leaf]) -> set[type[Leaf]]:
    return {kind, *(k for sub in kind.__subclasses__() for k in _below(sub))} - {Leaf}


# --- the tree of words


def test_words_keep_label_and_place() -> None:
    """Words say which clause they word, and where it stands in the document."""
    rule = All(label="size", place=PLACE, parts=(Succeeded(place=Place("001", 61)),))
    worded = word(rule)
    assert (worded.label, worded.place) == ("size", PLACE)
    assert [(p.label, p.place) for p in worded.parts] == [("succeeded", Place("001", 61))]


def test_conditions_of_engagements() -> None:
    """What an engagement must show stands directly below the count, as the count speaks of it."""
    where = All(label="engagement", parts=(Supervised(), Succeeded()))
    for rule in (
        Counted(label="count", at_least=2, where=where),
        Years(label="years", years=2, where=where),
    ):
        assert [p.label for p in word(rule).parts] == ["supervised", "succeeded"]


def test_of_which_stands_last() -> None:
    """ "Of which" follows what every engagement must show, with what singles some of them out."""
    where = All(label="engagement", parts=(Supervised(),))
    rule = Counted(
        label="count", place=PLACE, at_least=3, where=where, of_which=2, singled_out=Succeeded()
    )
    *conditions, of_which = word(rule).parts
    assert [p.label for p in conditions] == ["supervised"]
    assert (of_which.label, of_which.place, of_which.items) == ("of_which", PLACE, ())
    assert [p.label for p in of_which.parts] == ["succeeded"]
    assert of_which.text.en == "2 engagements or more of them also meet this"


# --- figures and names


@pytest.mark.parametrize(
    ("measure", "value", "ja", "en"),
    [
        (STAFF, 1, "1人", "1 person"),
        (STAFF, 0, "0人", "0 people"),
        (STAFF, 2, "2人", "2 people"),
        (STAFF, 12_345, "12,345人", "12,345 people"),
        (FLOOR, 1, "1㎡", "1 m²"),
        (CONTRACT, 1, "1円", "¥1"),
        (CONTRACT, 150_000_000, "1億5千万円", "¥150 million"),
    ],
)
def test_figure(measure: Measure, value: int, ja: str, en: str) -> None:
    """A value has its unit, in the singular where English has one."""
    assert figure(measure, value) == Text(ja, en)


@pytest.mark.parametrize("measure", STANDARDS.vocabulary.measures.values(), ids=lambda m: m.id)
def test_units_have_a_singular(measure: Measure) -> None:
    """One of a countable unit is not worded in the plural."""
    if measure.countable:
        assert figure(measure, 1).en != f"1 {measure.unit.en}"
    assert figure(measure, 2).en == ("¥2" if measure.money else f"2 {measure.unit.en}")


@pytest.mark.parametrize(
    ("lower", "upper", "ja", "en"),
    [
        (75, None, "要員が75人以上", "staff: 75 people or more"),
        (None, 150, "要員が150人未満", "staff: fewer than 150 people"),
        (75, 150, "要員が75人以上150人未満", "staff: 75 people or more but fewer than 150 people"),
        (0, 1, "要員が0人以上1人未満", "staff: 0 people or more but fewer than 1 person"),
    ],
)
def test_bounds(lower: int | None, upper: int | None, ja: str, en: str) -> None:
    """Bounds say which side is open."""
    assert bounds(STAFF, lower, upper) == Text(ja, en)


@pytest.mark.parametrize(
    ("name", "shortened"),
    [
        ("体制(複雑な協業関係)", "体制"),
        ("体制（複雑な協業関係）", "体制"),
        ("Structure (complex cooperation)", "Structure"),
        ("体制", "体制"),
        ("契約(SLA)の条件", "契約(SLA)の条件"),
        ("(すべて)", "(すべて)"),
        ("テクノロジ(CTI(統合)、他)", "テクノロジ"),
    ],
)
def test_short(name: str, shortened: str) -> None:
    """A bracketed explanation at the end of a name is left out inside a sentence."""
    assert short(Text(name, "x")) == Text(shortened, "x")
    assert short(Text("x", name)) == Text("x", shortened)


# --- layout


LEVELS = tuple(
    All(label=f"level_{n}", parts=(Criteria(terms=THREE, count=n - 3),)) for n in (4, 5, 6)
)


def laid(rule: Rule, *, collapse: bool = True) -> list[tuple[int, str, int]]:
    return [
        (line.depth, line.text.en, line.item)
        for line in lines(word(rule), collapse_levels=collapse)
    ]


@pytest.mark.parametrize(
    ("count", "last_en", "last_ja"),
    [
        (
            2,
            "or as complex and large as level 5 asks",
            "または、レベル5の複雑性、サイズに相当する",
        ),
        (
            3,
            "or as complex and large as level 5 or 6 asks",
            "または、レベル5、6のいずれかの複雑性、サイズに相当する",
        ),
    ],
)
def test_higher_levels_are_named(count: int, last_en: str, last_ja: str) -> None:
    """The nearest level of the work is laid out, the higher ones are named after it."""
    rule = Any(label="work_level", level=4, parts=LEVELS[:count])
    found = lines(word(rule))
    assert [line.depth for line in found] == [0, 1, 2, 3, 3, 3, 1]
    assert found[-1].text == Text(last_ja, last_en)
    assert found[-1].worded == found[0].worded


def test_higher_levels_are_laid_out_on_demand() -> None:
    """Without collapsing every level is laid out, and every list repeated."""
    rule = Any(label="work_level", level=4, parts=LEVELS)
    found = laid(rule, collapse=False)
    assert len(found) == 1 + 3 * 5
    assert [depth for depth, *_ in found] == [0, *[1, 2, 3, 3, 3] * 3]


def test_the_only_level() -> None:
    """Where one level counts, there is none to name after it."""
    rule = Any(label="work_level", level=4, parts=LEVELS[:1])
    assert [depth for depth, *_ in laid(rule)] == [0, 1, 2, 3, 3, 3]


def test_items_are_numbered() -> None:
    """Each item of a list is a line of its own below its sentence, numbered from 1."""
    rule = All(label="x", parts=(Criteria(terms=TWO, count=1), Succeeded()))
    assert laid(rule) == [
        (0, "conditions: all of the following", 0),
        (1, "complexity: 1 or more of these 2", 0),
        (2, TWO[0].name.en, 1),
        (2, TWO[1].name.en, 2),
        (1, "it succeeded", 0),
    ]


def test_a_list_is_printed_once() -> None:
    """A list that stands above already is not repeated; another list is printed."""
    rule = All(
        label="x",
        parts=(
            Criteria(terms=TWO, count=1),
            Criteria(terms=TWO, count=2),
            Criteria(terms=THREE, count=2),
        ),
    )
    found = lines(word(rule))
    assert [(line.depth, line.item) for line in found] == [
        (0, 0), (1, 0), (2, 1), (2, 2), (1, 0), (1, 0), (2, 1), (2, 2), (2, 3),
    ]  # fmt: skip
    assert found[4].text.en == "complexity: all 2 of these (those listed above)"
    assert found[4].text.ja.endswith("（上に挙げた項目）")
    assert found[5].text.en == "complexity: 2 or more of these 3"


def test_fields_are_not_listed() -> None:
    """The fields of a category are not printed one by one."""
    rule = InField(fields=("e/a", "e/b"), name=Text("運用", "operations"))
    assert laid(rule) == [(0, "it is work in any field of the category operations", 0)]


# --- nothing is lost


Form = tuple[object, ...]


def meaning(rule: Rule) -> Form:
    """What a rule says, place and label aside; two forms are one exactly when no evidence tells them apart by structure.

    A combination of one part says what the part says; a number of all terms is all of them; what
    singles nobody out is not there.
    """
    match rule:
        case All(parts=(part,)):
            return ("one", meaning(part))
        case Any(parts=(part,), level=None):
            return ("one", meaning(part))
        case All():
            return ("all", *map(meaning, rule.parts))
        case Any():
            return ("any", rule.level, *map(meaning, rule.parts))
        case Years():
            return ("years", rule.years, rule.continuous, *_conditions(rule.where))
        case Counted(of_which=0):
            return ("counted", rule.at_least, *_conditions(rule.where))
        case Counted():
            return (
                "counted",
                rule.at_least,
                *_conditions(rule.where),
                rule.of_which,
                meaning(rule.singled_out),
            )
    assert isinstance(rule, Leaf)
    words = ("name", "title", "measure", "scale", "term", "skill", "terms")
    facts = tuple(getattr(rule, w, None) for w in words)
    return (type(rule), rule.asks, rule.at_least, rule.required, facts)


def _conditions(where: Rule) -> Form:
    parts = where.parts if isinstance(where, All) else (where,)
    return tuple(map(meaning, parts))


def _clashes(found: Iterable[Rule], lang: Lang) -> list[tuple[Rule, ...]]:
    """Rules that differ and read the same."""
    by_words: dict[str, dict[Form, Rule]] = defaultdict(dict)
    for rule in found:
        by_words["\n".join(written(word(rule), lang))].setdefault(meaning(rule), rule)
    return [tuple(rules.values()) for rules in by_words.values() if len(rules) > 1]


SEEN: dict[Lang, dict[str, Rule]] = {"ja": {}, "en": {}}


@steady(max_examples=600)
@given(rules)
def test_random_rules_that_differ_read_differently(rule: Rule) -> None:
    """No two different rules of the language read the same, in either language."""
    for lang in LANGS:
        text = "\n".join(written(word(rule), lang))
        other = SEEN[lang].setdefault(text, rule)
        assert meaning(other) == meaning(rule)


@pytest.mark.parametrize("lang", LANGS)
def test_shipped_rules_that_differ_read_differently(lang: Lang) -> None:
    """No two indicators read the same, under any change of one reading, unless they ask the same."""
    assert _clashes((s.rule for s in SHIPPED), lang) == []


def test_what_reads_the_same_can_be_seen() -> None:
    """The comparison above finds two rules whose words are alike, and no rule twice."""
    name = Text("運用設計", "design of operation")
    one, other = (Proficient(skill=Term(i, name), level=4) for i in ("a", "b"))
    assert _clashes([one, other, one, Succeeded()], "en") == [(one, other)]
    assert _clashes([one, Succeeded(), Succeeded(place=PLACE)], "en") == []
