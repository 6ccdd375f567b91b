"""When an alternative is a really different one."""

from attrs import evolve

from tassei.encoding.standards import Standards
from tassei.planning.differing import Sameness, same_means
from tassei.planning.plan import Addition, What


def _new(what: What, id_: str, value: int | str | None = None) -> Addition:
    return Addition("work", "new", "new-1", what, id_, value)


def test_a_greater_scope_is_the_same_part(standards: Standards) -> None:
    """What says "or greater" covers the greater one; a lesser one, or another chain, is another part."""
    scope = standards.vocabulary.scales["scope"]
    same = Sameness(standards.vocabulary, {"scope": scope}).by("parts")
    chain, other = ([_new("scale", "scope", t.id) for t in c] for c in scope.chains)
    assert same(chain[0], chain[-1])
    assert not same(chain[-1], chain[0])
    assert not same(chain[0], other[0])


def test_a_term_that_carries_another_is_the_same_part(standards: Standards) -> None:
    """Demanding application requirements are application requirements, not the other way round."""
    same = Sameness(standards.vocabulary, {}).by("parts")
    plain, demanding = (
        _new("criterion", i) for i in ("plain-application-requirements", "application-requirements")
    )
    assert same(plain, demanding)
    assert not same(demanding, plain)


def test_a_greater_measure_is_the_same_part_up_to_its_bound(standards: Standards) -> None:
    """Also that of a measure which would do instead."""
    same = Sameness(standards.vocabulary, {}).by("parts")
    staff, yen = _new("measure", "managed_staff", 75), _new("measure", "annual_contract_yen", 7)
    either = evolve(staff, below=150, instead=(yen,))
    assert same(either, evolve(staff, value=149))
    assert not same(either, evolve(staff, value=150))
    assert not same(either, evolve(staff, value=74))
    assert same(either, evolve(yen, value=8))


def test_means_are_coarse() -> None:
    """All new work is one means; facts are another, and so is each clause about the person."""
    paper = Addition("work", "person", "", "kind", "book")
    assert same_means(_new("role", "", 3), _new("field", "x"))
    assert same_means(paper, evolve(paper, id="patent"))
    assert not same_means(paper, Addition("work", "person", "", "mentoring"))
    assert not same_means(paper, evolve(paper, nature="fact"))
