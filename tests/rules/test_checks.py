"""The static checks: each finding, where it is found and where it is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve

from golden import check
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
from tassei.rules.checks import Finding, FindingCode, findings
from tassei.source import Place
from tassei.text import LANGS, Lang

HERE = Path(__file__).resolve().parent / "golden"
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


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        # the one that reaches further stands behind the other, wherever the document has it
        ((20, None), (20, 40), 20),
        ((20, 40), (20, None), 21),
        ((20, 40), (20, 30), 20),
        ((20, 30), (20, 40), 21),
        # of two that are the same, the later place
        ((20, 40), (20, 40), 21),
    ],
)
def test_place_of_an_overlap(
    first: tuple[int, int | None], second: tuple[int, int | None], line: int
) -> None:
    """Of two ranges with one beginning, the wider one is where the overlap is found."""
    asked = sized(item(20, Bound(STAFF, *first)), item(21, Bound(STAFF, *second)))
    assert found(asked) == [("overlapping-sizes", 4, Place("000", line))]
    swapped = sized(item(21, Bound(STAFF, *second)), item(20, Bound(STAFF, *first)))
    assert found(swapped) == [("overlapping-sizes", 4, Place("000", line))]


def test_two_upper_bounds_overlap() -> None:
    """Two ranges without a beginning both begin at nought."""
    asked = sized(item(20, Bound(STAFF, None, 1)), item(21, Bound(STAFF, None, 5)))
    assert [c for c in codes(asked) if c != "only-upper-bound"] == ["overlapping-sizes"]


def test_place_of_a_gap() -> None:
    """A gap is found at the greater range."""
    for items in ((item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 15))),):
        assert found(sized(*items)) == [("gap-between-sizes", 4, Place("000", 20))]
        assert found(sized(*reversed(items))) == [("gap-between-sizes", 4, Place("000", 20))]


def test_a_finding_names_its_field() -> None:
    """A finding belongs to the field of its indicator."""
    asked = evolve(sized(item(20, Bound(STAFF, None, 20))), field_id="network")
    (finding,) = findings(edition(asked))
    assert (finding.field_id, finding.level) == ("network", 4)


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


def test_only_upper_bound() -> None:
    """A measure that is bounded only from above is found, each time."""
    asked = sized(
        item(20, Bound(STAFF, None, 20)), item(21, Bound(CONTRACT, None, 5), Bound(STAFF, 20))
    )
    assert found(asked) == [
        ("only-upper-bound", 4, Place("000", 20)),
        ("only-upper-bound", 4, Place("000", 21)),
    ]


def test_no_quantifier() -> None:
    """A list of areas that does not say how many are asked is found."""
    areas = Areas(Place("000", 30), Depth.BASIC, terms("are-a", "are-b"))
    open_ = evolve(indicator(4), professional=Professional(areas=areas))
    (finding,) = findings(edition(open_))
    assert (finding.code, finding.place) == ("no-quantifier", Place("000", 30))
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
    "upper",
    LESS := [
        evolve(UPPER, responsibility=evolve(SAID, role=Role.MEMBER)),
        evolve(UPPER, responsibility=evolve(SAID, years=1)),
        evolve(UPPER, responsibility=evolve(SAID, years=None)),
        evolve(UPPER, complexity=evolve(UPPER.complexity, at_least=1)),
        with_areas(evolve(AREAS, at_least=1)),
        with_areas(evolve(AREAS, at_least=None)),
        with_areas(evolve(AREAS, depth=Depth.BASIC)),
        evolve(UPPER, professional=Professional(AREAS, evolve(KINDS, at_least=1))),
        evolve(UPPER, professional=Professional(AREAS)),
    ],
)
def test_asks_less(upper: Indicator) -> None:
    """A level that asks less than the one below it is found, at its own place."""
    (finding,) = [f for f in findings(edition(upper, LOWER)) if f.code != "no-quantifier"]
    assert (finding.code, finding.level, finding.place) == ("asks-less", 4, upper.place)


def test_asks_less_of_several() -> None:
    """Each thing of which a level asks less is a finding; without areas there is no depth either."""
    bare = evolve(indicator(4), size=UPPER.size)
    assert codes(bare, LOWER) == ["asks-less"] * 6


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (
            evolve(LOWER, responsibility=evolve(SAID, years=1)),
            evolve(UPPER, responsibility=evolve(SAID, years=None)),
        ),
        (
            evolve(
                LOWER,
                professional=Professional(
                    areas=evolve(AREAS, depth=Depth.BASIC, at_least=1), succession=KINDS
                ),
            ),
            with_areas(None),
        ),
        (
            evolve(
                LOWER, professional=Professional(areas=AREAS, succession=evolve(KINDS, at_least=1))
            ),
            evolve(UPPER, professional=Professional(areas=AREAS)),
        ),
    ],
    ids=["years", "areas and depth", "kinds"],
)
def test_nothing_is_less_than_the_least(lower: Indicator, upper: Indicator) -> None:
    """Not to ask at all is less than to ask for the least there is."""
    of_areas = upper.professional.areas is None
    assert codes(upper, lower) == ["asks-less"] * (2 if of_areas else 1)


def test_a_list_without_a_quantifier_is_compared_as_one() -> None:
    """Where the document does not say how many areas, one is compared."""
    lower = evolve(LOWER, professional=evolve(LOWER.professional, areas=evolve(AREAS, at_least=1)))
    assert codes(with_areas(evolve(AREAS, at_least=None)), lower) == ["no-quantifier"]


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
    areas = evolve(AREAS, place=Place("000", 90))
    same = evolve(
        demanding(4),
        place=Place("000", 96),
        professional=Professional(areas=areas, succession=KINDS),
    )
    (finding,) = findings(edition(same, LOWER))
    assert (finding.code, finding.level, finding.place) == ("asks-the-same", 4, Place("000", 96))
    # also where neither asks for any area
    assert codes(indicator(4), indicator(3)) == ["asks-the-same"]


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


# --- words


def everything() -> Iterator[Finding]:
    """Each kind of finding, and each thing of which a level may ask less."""
    complexity = Complexity(Place("000", 12), 2, (), CRITERIA)
    kinds = Succession(Place("000", 31), 1, terms("suc-a", "suc-a"))
    areas = Areas(Place("000", 30), Depth.BASIC, terms("are-a"))
    for asked in (
        sized(item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 25))),
        sized(item(20, Bound(STAFF, 20)), item(21, Bound(STAFF, 10, 15))),
        sized(item(20, Bound(CONTRACT, None, 5))),
        evolve(sized(item(20, Bound(STAFF, 20), condition=3)), complexity=complexity),
        evolve(indicator(4), professional=Professional(succession=kinds)),
        evolve(indicator(4), professional=Professional(areas=areas)),
    ):
        yield from findings(edition(asked))
    for upper in LESS:
        yield from findings(edition(upper, LOWER))
    yield from findings(edition(indicator(4), indicator(3)))


@pytest.mark.parametrize("lang", LANGS)
def test_words(lang: Lang) -> None:
    """Every finding reads as it was reviewed."""
    lines = [f"{f.code}: {f.text[lang]}" for f in everything()]
    assert {f.code for f in everything()} == set(get_args(FindingCode))
    check(HERE / f"findings.{lang}.txt", "\n".join(lines) + "\n")
