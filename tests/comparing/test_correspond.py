"""What corresponds to what, through the editions that stand between."""

from hypothesis import given
from hypothesis import strategies as st

from tassei.comparing.correspond import Inclusion, lineage, pair_between
from tassei.encoding.compiled import standards as shipped
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import Crosswalk, Link, Pair, Relation
from tassei.framework.edition import Edition
from tassei.framework.vocabulary import Vocabulary
from tassei.text import Text

WHY = Text("理由", "why")
STANDARDS = shipped()
V1, V2, V2006, V3 = (
    STANDARDS.edition(e)
    for e in (
        "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
        "itss-v3/it-service-management",
    )
)  # fmt: skip


def test_a_lineage_is_found_from_any_of_its_editions() -> None:
    """Whichever edition one begins with; an edition alone is a lineage of one."""
    for edition in (V1, V2, V2006, V3):
        assert lineage(STANDARDS, edition) == (V1, V2, V2006, V3)
    alone = STANDARDS.edition("itss-v2/customer-service")
    assert lineage(STANDARDS, alone) == (alone,)


def _relations(pair: Pair) -> dict[tuple[str | None, str | None], Relation]:
    return {(x.earlier, x.later): x.relation for x in pair.of_kind("fields")}


def test_fields_are_followed_through_editions() -> None:
    """The help desk of V1 is that of V3; what was recast stays recast; what ended has an end."""
    pair = pair_between(STANDARDS, V1, V3)
    assert pair is not None
    found = _relations(pair)
    assert found["customer-support", "service-desk"] == "same"
    assert found["system-operation", "operations"] == "overlaps"
    assert found["common", None] == "none"


def test_a_pair_reads_backwards_over_several_steps() -> None:
    """The fields of V3 lead to those of V1 by the same relations, reversed."""
    forward, back = pair_between(STANDARDS, V1, V3), pair_between(STANDARDS, V3, V1)
    assert forward is not None
    assert back is not None
    both = {(a, b): r for (a, b), r in _relations(forward).items() if a and b}
    inverse = {"narrower": "wider", "wider": "narrower"}
    assert {(b, a): inverse.get(r, r) for (a, b), r in both.items()} == {
        (a, b): r for (a, b), r in _relations(back).items() if a and b
    }


def test_no_term_is_said_to_end_that_both_editions_have() -> None:
    """Users served are missing in V2 alone, so between V1 and V3 nothing is said of them."""
    pair = pair_between(STANDARDS, V1, V3)
    assert pair is not None
    assert [x for x in pair.of_kind("measures") if "users_per_year" in (x.earlier, x.later)] == []


def test_editions_of_different_categories_have_no_pair() -> None:
    """Nor has an edition with itself."""
    assert pair_between(STANDARDS, V1, STANDARDS.edition("itss-v2/customer-service")) is None
    assert pair_between(STANDARDS, V1, V1) is None


def _inclusion(*links: tuple[str, str, Relation], **broader: set[str]) -> Inclusion:
    pairs = tuple(Pair("e/x", "f/y", (Link("criteria", a, b, r, WHY),)) for a, b, r in links)
    vocabulary = Vocabulary({}, {}, {k: frozenset(v) for k, v in broader.items()})
    return Inclusion.of(Standards(vocabulary, (), (), crosswalk=Crosswalk(pairs)))


def test_what_holds_with_a_term_is_followed_to_the_end() -> None:
    """Through the vocabulary and the links of all pairs, but not through what only overlaps."""
    found = _inclusion(("b", "c", "same"), ("d", "c", "wider"), ("d", "e", "overlaps"), a={"b"})
    assert found.holds_with("a") == {"a", "b", "c", "d"}
    assert found.holds_with("c") == {"b", "c", "d"}
    assert found.holds_with("d") == {"d"}
    assert found.holds_with("e") == {"e"}
    assert found.holds_with("nothing") == {"nothing"}


NAMES = st.sampled_from("abcde")
LINKS = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(["same", "narrower", "wider", "overlaps"]))
)


@given(LINKS)
def test_inclusion_is_reflexive_and_transitive(links: list[tuple[str, str, Relation]]) -> None:
    """What holds with what holds with a term holds with the term."""
    found = _inclusion(*links)
    for one in "abcde":
        wider = found.holds_with(one)
        assert one in wider
        assert all(found.holds_with(other) <= wider for other in wider)


def test_fields_are_told_apart_by_their_edition() -> None:
    """`common` of V1 is that of V2, is part of that of V2 2006, and not the other way round."""
    found = Inclusion.of(STANDARDS)

    def common(edition: Edition) -> str:
        return edition.qualified("common")

    assert found.holds_with(common(V1)) == {common(V1), common(V2), common(V2006)}
    assert found.holds_with(common(V2006)) == {common(V2006)}
