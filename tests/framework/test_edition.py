"""Finding one's way in an edition: fields, common levels, ladders, criteria."""

from attrs import evolve

from rules.small import OLD, edition, indicator, terms
from tassei.encoding.standards import Standards
from tassei.framework.edition import term_ids
from tassei.framework.indicator import Complexity
from tassei.source import Place

COMMON, DESK_3, DESK_4 = indicator(2, "common"), indicator(3), indicator(4)
NETWORK_3 = indicator(3, "network")
EDITION = edition(DESK_3, COMMON, DESK_4, NETWORK_3)


def test_fields() -> None:
    """Specialty fields proper leave out the entry that is common to several."""
    assert [f.id for f in EDITION.specialty_fields()] == ["desk", "network", "apart"]
    common = EDITION.field("common")
    assert common is not None
    assert common.applies_to == ("desk", "network")
    assert EDITION.field("street") is None


def test_indicator() -> None:
    """The indicator of a field at a level is its own or the common one; there may be none."""
    assert EDITION.indicator("desk", 3) is DESK_3
    assert EDITION.indicator("network", 3) is NETWORK_3
    assert EDITION.indicator("network", 2) is COMMON
    assert EDITION.indicator("apart", 2) is None
    assert EDITION.indicator("desk", 5) is None


def test_covered_by() -> None:
    """A common indicator judges the fields it applies to, any other its own."""
    assert EDITION.covered_by(COMMON) == ("desk", "network")
    assert EDITION.covered_by(DESK_3) == ("desk",)
    assert EDITION.covered_by(indicator(3, "street")) == ("street",)


def test_ladder() -> None:
    """A field's ladder starts at its highest level and ends with the common ones."""
    assert EDITION.ladder("desk") == (DESK_4, DESK_3, COMMON)
    assert EDITION.ladder("network") == (NETWORK_3, COMMON)
    assert EDITION.ladder("apart") == ()


def test_criteria_of() -> None:
    """The criteria of a field are those that any of its levels names, the common ones included."""
    asked = Complexity(Place("000", 1), 1, (), terms("cri-a"))
    common = Complexity(Place("000", 1), 1, (), terms("cri-b", "cri-c"))
    found = edition(evolve(DESK_4, complexity=asked), evolve(COMMON, complexity=common), NETWORK_3)
    assert found.criteria_of("desk") == {"cri-a", "cri-b", "cri-c"}
    assert found.criteria_of("network") == {"cri-b", "cri-c"}
    assert found.criteria_of("common") == {"cri-b", "cri-c"}
    assert found.criteria_of("apart") == frozenset()


def test_qualified() -> None:
    """Evidence names a field by edition and field."""
    assert EDITION.qualified("desk") == f"{OLD}/desk"


def test_term_ids() -> None:
    """The ids of terms, each once."""
    assert term_ids(terms("cri-a", "cri-b")) == {"cri-a", "cri-b"}


def test_every_indicator_belongs_to_a_field(standards: Standards) -> None:
    """Each shipped indicator stands at a level that its field says exists, and each level has one."""
    for found in standards.editions:
        offered = {(f.id, level) for f in found.fields for level in f.levels}
        assert {(i.field_id, i.level) for i in found.indicators} == offered
