"""Evidence carried from one edition to another."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from strategies import AS_OF, Pool, evidences, steady
from tassei.comparing.carry import Carrier, crosswalk_digest
from tassei.comparing.correspond import Inclusion
from tassei.encoding.compiled import standards as shipped
from tassei.encoding.standards import Standards
from tassei.evidence.model import Engagement, Evidence, Holding, Person, Professional, Work
from tassei.evidence.months import Month
from tassei.framework.crosswalk import Crosswalk, Link, LinkKind, Relation
from tassei.framework.scales import Depth, Role
from tassei.judging.judge import Judge, Judgement
from tassei.judging.verdict import Verdict
from tassei.text import Text

STANDARDS = shipped()
V1, V2, V2006, V3 = LINEAGE = (
    "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
    "itss-v3/it-service-management",
)  # fmt: skip
JUDGES = {e: Judge(STANDARDS, STANDARDS.readings_with({}), [e]) for e in LINEAGE}
POOL = Pool.of(STANDARDS, [r.rule for j in JUDGES.values() for r in j.rungs])
INCLUSION = Inclusion.of(STANDARDS)


def _with(*links: tuple[LinkKind, str, str, Relation]) -> Standards:
    """The shipped standards with more links between V2 and V2 2006."""
    pairs = tuple(
        evolve(p, links=(*p.links, *(Link(*x, Text("理由", "why")) for x in links)))
        if (p.earlier, p.later) == (V2, V2006)
        else p
        for p in STANDARDS.crosswalk.pairs
    )
    return evolve(STANDARDS, crosswalk=Crosswalk(pairs))


def _carrier(target: str, standards: Standards = STANDARDS, source: str | None = None) -> Carrier:
    known = standards.edition(source) if source else None
    return Carrier(standards, standards.edition(target), known)


def _work(field: str, **more: Any) -> Engagement:
    return evolve(Engagement("work", fields=frozenset([field])), **more)


def _evidence(*works: Engagement, source: str = V2, **professional: Any) -> Evidence:
    return Evidence(Person("E1", "見本"), (source,), works, evolve(Professional(), **professional))


def _first(evidence: Evidence) -> Engagement:
    assert evidence.engagements
    return evidence.engagements[0]


def test_a_field_under_another_name_is_carried() -> None:
    """The help desk of V1 is the service desk of V2, and no other field of it."""
    carried = _carrier(V2).carry(_evidence(_work(f"{V1}/customer-support"), source=V1))
    work = _first(carried.evidence)
    assert work.fields == frozenset([f"{V1}/customer-support", f"{V2}/service-desk"])
    assert work.not_in == {f"{V2}/{f}" for f in ("system-operation", "network-operation", "common")}
    assert carried.fields == {f"{V1}/customer-support": (f"{V2}/service-desk",)}
    assert [(x.id, x.asked) for x in carried.lost] == [("inquiries_per_year", True)]


def test_a_field_that_was_recast_stays_open() -> None:
    """Nobody can tell which of three fields the work belongs to; that it is no desk work is known."""
    carried = _carrier(V2006).carry(_evidence(_work(f"{V2}/system-operation")))
    work = _first(carried.evidence)
    assert work.fields == frozenset([f"{V2}/system-operation"])
    assert work.not_in == {f"{V2006}/service-desk"}
    [lost] = carried.lost
    assert (lost.kind, lost.relation) == ("fields", "overlaps")
    assert set(lost.near) == {"operation", "operations-management", "system-management"}
    assert lost.why is not None


def test_a_narrower_field_is_carried_into_the_wider_one() -> None:
    """Work at the common levels of V2 is work at those of V2 2006; not the other way round."""
    there = _carrier(V2006).carry(_evidence(_work(f"{V2}/common")))
    assert f"{V2006}/common" in (_first(there.evidence).fields or ())
    back = _carrier(V2).carry(_evidence(_work(f"{V2006}/common"), source=V2006))
    assert _first(back.evidence).fields == frozenset([f"{V2006}/common"])
    assert [x.relation for x in back.lost] == ["wider"]


@pytest.mark.parametrize(
    ("relation", "given_true", "expected"),
    [
        ("same", True, (True, False)),
        ("same", False, (False, True)),
        ("narrower", True, (True, False)),
        ("narrower", False, (False, False)),
        ("wider", True, (False, False)),
        ("wider", False, (False, True)),
        ("overlaps", True, (False, False)),
        ("overlaps", False, (False, False)),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_a_term_is_carried_as_its_link_allows(
    relation: Relation, given_true: bool, expected: tuple[bool, bool], complete: bool
) -> None:
    """Narrower carries a yes, wider carries a no, same carries both, overlapping neither."""
    standards = _with(("criteria", "network-requirements", "international", relation))
    ids = frozenset(["network-requirements"])
    holding = Holding(
        true=ids if given_true else frozenset(),
        false=frozenset() if given_true or complete else ids,
        complete=complete,
    )
    evidence = _evidence(_work(f"{V2}/service-desk", complexity=holding))
    found = _first(_carrier(V2006, standards).carry(evidence).evidence).complexity
    assert found is not None
    assert ("international" in found.true, "international" in found.false) == expected


def test_what_the_record_says_both_ways_stays_open() -> None:
    """A term inside one that is denied, around one that holds, is told neither way."""
    standards = _with(
        ("criteria", "network-requirements", "international", "narrower"),
        ("criteria", "operations-system", "international", "wider"),
    )
    ids = frozenset(["network-requirements"])
    evidence = _evidence(_work(f"{V2}/service-desk", complexity=Holding(true=ids)))
    found = _first(_carrier(V2006, standards).carry(evidence).evidence).complexity
    assert found is not None
    assert "international" not in found.true | found.false


def test_a_complete_list_is_no_longer_complete() -> None:
    """What the target asks and the source does not know is told as lost, for each engagement."""
    evidence = _evidence(
        _work(f"{V1}/customer-support", achieved=Holding(frozenset(["sla"]))), source=V1
    )
    carried = _carrier(V2).carry(evidence)
    lost = [(x.id, x.asked) for x in carried.lost if x.kind == "outcomes"]
    assert lost == [("efficiency", True), ("safety", True)]
    facts = JUDGES[V2].facts(carried.evidence, AS_OF)
    assert facts.surely != facts.possibly


def test_what_has_no_counterpart_is_told_once() -> None:
    """Task characteristics, measures and kinds of V1 that V2 does not know, with the reason."""
    work = _work(
        f"{V1}/customer-support",
        size={"users_per_year": 4000, "peak_staff": 25},
        activities=Holding(frozenset(["knows-the-work"])),
    )
    works = (Work("internal-community"), Work("internal-paper-or-report"))
    carried = _carrier(V2).carry(_evidence(work, source=V1, succession=works))
    told = {(x.kind, x.id): x for x in carried.lost if not x.asked}
    assert set(told) == {
        ("tasks", "knows-the-work"), ("measures", "users_per_year"),
        ("succession", "internal-community"), ("succession", "internal-paper-or-report"),
    }  # fmt: skip
    assert told["measures", "users_per_year"].why is not None
    paper = told["succession", "internal-paper-or-report"]
    assert (paper.relation, paper.near) == ("wider", ("internal-paper",))
    assert ("measures", "inquiries_per_year") in {(x.kind, x.id) for x in carried.lost if x.asked}


def test_depth_is_carried_into_a_wider_area() -> None:
    """The greater depth counts where both are recorded; what overlaps is not carried."""
    standards = _with(("areas", "contract-management", "desk-management", "narrower"))
    areas = {"contract-management": Depth.GUIDES_JUNIORS, "stress-management": Depth.LEADS_COMPANY}
    evidence = _evidence(_work(f"{V2}/service-desk"), areas=areas)
    found = _carrier(V2006, standards).carry(evidence)
    carried = found.evidence.professional.areas
    assert carried is not None
    assert carried["desk-management"] is Depth.GUIDES_JUNIORS
    assert {x.id for x in found.lost if x.kind == "areas"} == {"stress-management"}


def test_a_work_of_a_narrower_kind_is_one_of_the_wider_kind() -> None:
    """The same work under both kinds."""
    pair = STANDARDS.crosswalk.between(V1, V2)
    assert pair is not None
    link = Link("succession", "internal-community", "community", "narrower", Text("理由", "why"))
    others = [p for p in STANDARDS.crosswalk.pairs if p.later != V2]
    standards = evolve(
        STANDARDS, crosswalk=Crosswalk((evolve(pair, links=(*pair.links, link)), *others))
    )
    evidence = _evidence(source=V1, succession=(Work("internal-community", "勉強会"),))
    works = _carrier(V2, standards).carry(evidence).evidence.professional.succession
    assert works == (Work("internal-community", "勉強会"), Work("community", "勉強会"))


def test_only_what_was_recorded_for_the_source_is_carried() -> None:
    """`FROM=EDITION`: evidence for another edition is left as it is."""
    evidence = _evidence(_work(f"{V1}/customer-support"), source=V1)
    assert _carrier(V2, source=V2006).carry(evidence).evidence is evidence
    assert _carrier(V2, source=V1).carry(evidence).evidence is not evidence


def test_engagements_that_are_not_recorded_stay_so() -> None:
    """None is unknown, and stays unknown."""
    evidence = Evidence(Person("E1", ""), (V1,))
    assert _carrier(V2).carry(evidence).evidence == evidence
    nowhere = _evidence(Engagement("work"), source=V1)
    assert _first(_carrier(V2).carry(nowhere).evidence).fields is None


def test_v1_work_is_judged_under_v2() -> None:
    """A desk of V1 that reached level 5 satisfies the business contribution of V2 but for two outcomes."""
    work = _work(
        f"{V1}/customer-support",
        first=Month.of(2010, 4), last=Month.of(2015, 3), role=Role.RESPONSIBLE, succeeded=True,
        complexity=Holding(frozenset(["supported-systems", "structure", "contract"])),
        size={"peak_staff": 30},
        achieved=Holding(frozenset(["sla", "budget", "customer-satisfaction"])),
    )  # fmt: skip
    evidence = _evidence(work, source=V1)
    carried = _carrier(V2).carry(evidence).evidence
    rung = JUDGES[V2].rung(V2, "service-desk", 5)

    def missing(one: Evidence) -> set[str]:
        judgement: Judgement = JUDGES[V2].judge(one, AS_OF, rung)
        assert judgement.verdict is Verdict.UNDETERMINED
        return {m.rule.label for m in judgement.missing}

    assert "field" in missing(evidence)
    assert missing(carried) == {"outcomes", "areas", "succession", "mentoring"}


PAIRS = st.tuples(st.sampled_from(LINEAGE), st.sampled_from(LINEAGE))


@given(evidences(POOL), st.sampled_from(LINEAGE))
@steady(max_examples=60)
def test_carrying_to_the_same_edition_changes_nothing(evidence: Evidence, edition: str) -> None:
    """Not one fact."""
    mine = evolve(evidence, written_for=(edition,))
    carried = _carrier(edition).carry(mine)
    assert carried.evidence is mine
    assert carried.lost == ()


@given(evidences(POOL), PAIRS)
@steady(max_examples=150)
def test_carrying_only_adds_to_what_is_known(evidence: Evidence, pair: tuple[str, str]) -> None:
    """What is met stays met, what is not met stays so; only what was open may be settled."""
    source, target = pair
    mine = evolve(evidence, written_for=(source,))
    carried = _carrier(target).carry(mine).evidence
    judge = JUDGES[target]
    for before, after in zip(
        judge.verdicts(mine, AS_OF), judge.verdicts(carried, AS_OF), strict=True
    ):
        assert before in (after, Verdict.UNDETERMINED)


def _known(edition: str, name: str) -> set[str]:
    terms = STANDARDS.edition(edition).terms
    own = {"complexity": terms.criteria, "achieved": terms.outcomes, "activities": terms.activities}
    also = () if name == "complexity" else terms.tasks
    return {t.id for t in (*own[name], *also)}


@given(evidences(POOL), PAIRS)
@steady(max_examples=150)
def test_no_unknown_becomes_a_known_no_without_a_denial(
    evidence: Evidence, pair: tuple[str, str]
) -> None:
    """Something that is the same or wider is denied; and what became true has something narrower."""
    source, target = pair
    mine = evolve(evidence, written_for=(source,))
    carried = _carrier(target).carry(mine).evidence
    for one, other in zip(mine.engagements or (), carried.engagements or (), strict=True):
        for name in ("complexity", "achieved", "activities"):
            had: Holding | None = getattr(one, name)
            has: Holding | None = getattr(other, name)
            if had is None or has is None:
                assert had is has
                continue
            denied = _known(source, name) - had.true if had.complete else had.false
            for term in has.false - had.false:
                assert INCLUSION.holds_with(term) & denied
            for term in has.true - had.true:
                assert any(term in INCLUSION.holds_with(t) for t in had.true)
        edition = STANDARDS.edition(source)
        elsewhere = {edition.qualified(f.id) for f in edition.fields} - (one.fields or set())
        for field in other.not_in:
            assert INCLUSION.holds_with(field) & elsewhere
        for field in (other.fields or set()) - (one.fields or set()):
            assert any(field in INCLUSION.holds_with(f) for f in one.fields or ())


def test_the_digest_follows_the_links() -> None:
    """Another link is another digest; the words of a reason are not."""
    one = crosswalk_digest(STANDARDS.crosswalk)
    other = _with(("criteria", "network-requirements", "international", "same")).crosswalk
    assert one.startswith("sha256:")
    assert crosswalk_digest(other) != one
