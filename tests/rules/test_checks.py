"""The static checks: each finding, where it is found and where it is not."""

import pytest
from attrs import evolve

from rules.small import edition, indicator, responsibility, terms
from strategies import CONTRACT, REACH, STAFF
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Bound,
    Complexity,
    Engagements,
    Indicator,
    Professional,
    Rung,
    SizeItem,
    Succession,
)
from tassei.framework.scales import Depth, Role
from tassei.rules.checks import Finding, findings
from tassei.source import Place
from tassei.text import Text

CRITERIA = terms("cri-a", "cri-b", "cri-c")


def found(*indicators: Indicator) -> list[tuple[str, int, Place]]:
    """The code, level and place of each finding."""
    return [(f.code, f.level, f.place) for f in findings(edition(*indicators))]


def codes(*indicators: Indicator) -> list[str]:
    return [code for code, *_ in found(*indicators)]


def item(line: int, *bounds: Bound | Rung, condition: int | None = None) -> SizeItem:
    return SizeItem(Place("000", line), bounds, condition)


def sized(*items: SizeItem) -> Indicator:
    return evolve(indicator(4), size=items)


# --- within one indicator


def test_nothing_to_find() -> None:
    """An indicator that asks in good order has no findings."""
    sizes = (item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 20), condition=2))
    complexity = Complexity(Place("000", 12), 2, (), CRITERIA)
    areas = Areas(Place("000", 30), Depth.BASIC, terms("are-a"), 1)
    kinds = Succession(Place("000", 31), 1, terms("suc-a", "suc-b"))
    good = evolve(
        sized(*sizes),
        complexity=complexity,
        professional=Professional(areas=areas, succession=kinds),
    )
    assert found(good) == []


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([(20, None), (10, 20)], []),
        ([(10, 20), (20, None)], []),
        ([(20, None), (10, 25)], ["overlapping-sizes"]),
        ([(20, None), (10, None)], ["overlapping-sizes"]),
        ([(20, None), (10, 19)], ["gap-between-sizes"]),
        ([(20, 40), (20, 40)], ["overlapping-sizes"]),
        ([(40, None), (20, 40), (5, 10)], ["gap-between-sizes"]),
        ([(20, None), (1, 21)], ["overlapping-sizes"]),
        ([(20, None), (20, 40)], ["overlapping-sizes"]),
        # what a wider range covers is no gap
        ([(10, None), (20, 30), (40, 50)], ["overlapping-sizes", "overlapping-sizes"]),
    ],
)
def test_ranges(ranges: list[tuple[int, int | None]], expected: list[str]) -> None:
    """Ranges of a measure that overlap, or leave a gap, are found in whatever order they stand."""
    items = [item(20 + n, Bound(STAFF, low, high)) for n, (low, high) in enumerate(ranges)]
    assert codes(sized(*items)) == expected
    # within one check box as between two
    assert codes(sized(item(20, *(Bound(STAFF, low, high) for low, high in ranges)))) == expected


def test_place_and_words_of_a_range() -> None:
    """An overlap is found at the greater range, and names the measure."""
    (finding,) = findings(
        edition(sized(item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 25))))
    )
    assert finding == Finding(
        code="overlapping-sizes",
        field_id="desk",
        level=4,
        place=Place("000", 20),
        text=Text("要員の範囲が重なっている", "ranges of staff overlap"),
    )
    (finding,) = findings(
        edition(sized(item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 15))))
    )
    assert finding.text == Text(
        "要員の範囲の間に隙間がある", "there is a gap between ranges of staff"
    )
    assert finding.place == Place("000", 20)


def test_measures_are_compared_apart() -> None:
    """Ranges of different measures, and sizes in words, neither overlap nor leave gaps."""
    rung = Rung(REACH, REACH.chains[0][0])
    sizes = sized(item(20, Bound(STAFF, 20), Bound(CONTRACT, 5)), item(21, rung, rung))
    assert found(sizes) == []


def test_every_criterion() -> None:
    """A size whose condition asks for all criteria is found, at the place of the size."""
    complexity = Complexity(Place("000", 12), 2, (), CRITERIA)
    for condition, expected in [
        (3, [("every-criterion", 4, Place("000", 21))]),
        (2, []),
        (None, []),
    ]:
        asked = sized(
            item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 20), condition=condition)
        )
        assert found(evolve(asked, complexity=complexity)) == expected
    (finding,) = findings(
        edition(
            evolve(asked, size=(item(21, Bound(STAFF, 1), condition=3),), complexity=complexity)
        )
    )
    assert finding.text == Text(
        "サイズの条件が複雑性の3項目すべてを求めている",
        "the condition of a size asks for all 3 criteria",
    )


def test_only_upper_bound() -> None:
    """A measure that is bounded only from above is found, each time."""
    asked = sized(
        item(20, Bound(STAFF, None, 20)), item(21, Bound(CONTRACT, None, 5), Bound(STAFF, 20))
    )
    assert found(asked) == [
        ("only-upper-bound", 4, Place("000", 20)),
        ("only-upper-bound", 4, Place("000", 21)),
    ]
    first, second = findings(edition(asked))
    assert first.text == Text("要員に上限しかない", "staff is bounded only from above")
    assert second.text == Text("契約金額に上限しかない", "contract is bounded only from above")


def test_no_quantifier() -> None:
    """A list of areas that does not say how many are asked is found."""
    areas = Areas(Place("000", 30), Depth.BASIC, terms("are-a", "are-b"))
    open_ = evolve(indicator(4), professional=Professional(areas=areas))
    (finding,) = findings(edition(open_))
    assert (finding.code, finding.place) == ("no-quantifier", Place("000", 30))
    assert finding.text == Text(
        "領域の一覧にいくつ求めるかの語がない", "the list of areas does not say how many are asked"
    )
    for at_least in (1, ALL):
        stated = evolve(areas, at_least=1 if at_least == 1 else ALL)
        assert found(evolve(open_, professional=Professional(areas=stated))) == []


def test_doubled_list() -> None:
    """A list of succession that prints an item twice is found, even where it was restored."""
    for restored in ((), terms("suc-a", "suc-b")):
        kinds = Succession(Place("000", 31), 1, terms("suc-a", "suc-b", "suc-a"), restored)
        doubled = evolve(indicator(4), professional=Professional(succession=kinds))
        (finding,) = findings(edition(doubled))
        assert (finding.code, finding.place) == ("doubled-list", Place("000", 31))
        assert finding.text == Text(
            "技術の継承の一覧に同じ項目が2度ある", "the list of succession prints an item twice"
        )


# --- between two levels


AREAS = Areas(Place("000", 30), Depth.GUIDES_JUNIORS, terms("are-a", "are-b", "are-c"), 2)
KINDS = Succession(Place("000", 31), 2, terms("suc-a", "suc-b"))


def demanding(level: int, field: str = "desk") -> Indicator:
    """An indicator with something in every clause that levels are compared by."""
    return evolve(
        indicator(level, field),
        place=Place("000", 100 - level),
        responsibility=evolve(
            responsibility(Role.LEADER),
            years=2,
            outcomes=terms("out-a"),
            succeeded=True,
            engagements=Engagements(2),
        ),
        complexity=Complexity(Place("000", 12), 2, (), CRITERIA),
        professional=Professional(areas=AREAS, succession=KINDS),
    )


LOWER, UPPER = demanding(3), evolve(demanding(4), size=(item(20, Bound(STAFF, 20)),))
SAID = UPPER.responsibility


def with_areas(areas: Areas | None) -> Indicator:
    return evolve(UPPER, professional=evolve(UPPER.professional, areas=areas))


@pytest.mark.parametrize(
    ("upper", "ja", "en"),
    [
        (evolve(UPPER, responsibility=evolve(SAID, role=Role.MEMBER)), "役割", "role"),
        (evolve(UPPER, responsibility=evolve(SAID, years=1)), "年数", "years"),
        (evolve(UPPER, responsibility=evolve(SAID, years=None)), "年数", "years"),
        (
            evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=1)),
            "複雑性の項目数",
            "number of criteria",
        ),
        (with_areas(evolve(AREAS, at_least=1)), "領域の数", "number of areas"),
        (with_areas(evolve(AREAS, at_least=None)), "領域の数", "number of areas"),
        (with_areas(evolve(AREAS, depth=Depth.BASIC)), "領域の深さ", "depth of specialty"),
        (
            evolve(
                UPPER, professional=evolve(UPPER.professional, succession=evolve(KINDS, at_least=1))
            ),
            "技術の継承の項目数",
            "kinds of succession",
        ),
        (
            evolve(UPPER, professional=evolve(UPPER.professional, succession=None)),
            "技術の継承の項目数",
            "kinds of succession",
        ),
    ],
)
def test_asks_less(upper: Indicator, ja: str, en: str) -> None:
    """A level that asks less than the one below it is found, with what it asks less of."""
    (finding,) = [f for f in findings(edition(upper, LOWER)) if f.code != "no-quantifier"]
    assert (finding.code, finding.level, finding.place) == ("asks-less", 4, upper.place)
    assert finding.text == Text(
        f"レベル4の{ja}が、レベル3より少ない", f"level 4 asks less {en} than level 3"
    )


def test_asks_less_of_several() -> None:
    """Each thing of which a level asks less is a finding; without areas there is no depth either."""
    bare = evolve(indicator(4), size=UPPER.size)
    assert codes(bare, LOWER) == ["asks-less"] * 6


def test_asks_more_or_as_much() -> None:
    """A level that asks as much, or more, in every clause is not found."""
    for upper in (
        UPPER,
        evolve(UPPER, responsibility=evolve(SAID, role=Role.RESPONSIBLE, years=3)),
        evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=SOME)),
        evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=3)),
        with_areas(evolve(AREAS, at_least=ALL, depth=Depth.LEADS_INDUSTRY)),
    ):
        assert found(upper, LOWER) == []


def test_all_areas_are_their_number() -> None:
    """ "All" of three areas is more than two of three, and as much as three."""
    lower = evolve(
        LOWER, professional=evolve(LOWER.professional, areas=evolve(AREAS, at_least=ALL))
    )
    assert codes(UPPER, lower) == ["asks-less"]
    assert found(with_areas(evolve(AREAS, at_least=3)), lower) == []


def test_some_is_two() -> None:
    """幾つか is compared as two criteria."""
    lower = evolve(LOWER, complexity=evolve(LOWER.complexity, at_least=SOME))
    assert found(UPPER, lower) == []
    assert codes(evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=1)), lower) == [
        "asks-less"
    ]
    three = evolve(LOWER, complexity=evolve(LOWER.complexity, at_least=3))
    assert codes(evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=SOME)), three) == [
        "asks-less"
    ]


def test_asks_the_same() -> None:
    """A level that asks the same in every clause as the one below it is found."""
    same = evolve(demanding(4), place=Place("000", 96))
    (finding,) = findings(edition(same, LOWER))
    assert (finding.code, finding.level, finding.place) == ("asks-the-same", 4, Place("000", 96))
    assert finding.text == Text("レベル3と同じことを求めている", "it asks the same as level 3")


@pytest.mark.parametrize(
    "upper",
    [
        evolve(demanding(4), size=(item(20, Bound(STAFF, 20)),)),
        evolve(demanding(4), responsibility=evolve(SAID, outcomes=terms("out-a", "out-b"))),
        evolve(demanding(4), responsibility=evolve(SAID, experiences=terms("act-a"))),
        evolve(demanding(4), responsibility=evolve(SAID, succeeded=False)),
        evolve(demanding(4), responsibility=evolve(SAID, engagements=Engagements(3))),
        evolve(demanding(4), complexity=evolve(UPPER.complexity, criteria=CRITERIA[:2])),
        evolve(
            demanding(4),
            professional=evolve(UPPER.professional, areas=evolve(AREAS, items=AREAS.items[:2])),
        ),
        evolve(demanding(4), responsibility=evolve(SAID, years=3)),
    ],
)
def test_asks_something_else(upper: Indicator) -> None:
    """A level that differs in any clause does not ask the same."""
    assert found(upper, LOWER) == []


def test_levels_are_compared_with_the_next_below() -> None:
    """Each level is compared with the one below it in its own field, and with no other."""
    weak = evolve(demanding(4), responsibility=evolve(SAID, years=1))
    weaker = evolve(demanding(5), responsibility=evolve(SAID, years=None))
    assert [(c, level) for c, level, _ in found(weaker, LOWER, weak)] == [
        ("asks-less", 5),
        ("asks-less", 4),
    ]
    assert found(evolve(weak, field_id="network"), LOWER) == []
    fields = [
        f.field_id for f in findings(edition(demanding(4, "network"), demanding(3, "network")))
    ]
    assert fields == ["network"]


def test_order() -> None:
    """Findings come in the order of the document, and by code at one place."""
    sizes = (item(22, Bound(STAFF, None, 5)), item(20, Bound(CONTRACT, None, 5)))
    condition = SizeItem(Place("000", 22), (Bound(STAFF, 30),), 3)
    asked = evolve(
        sized(*sizes, condition), complexity=Complexity(Place("000", 12), 2, (), CRITERIA)
    )
    assert found(asked) == [
        ("only-upper-bound", 4, Place("000", 20)),
        ("every-criterion", 4, Place("000", 22)),
        ("gap-between-sizes", 4, Place("000", 22)),
        ("only-upper-bound", 4, Place("000", 22)),
    ]
