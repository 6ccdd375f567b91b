"""Judging people against levels: rungs, standings, routes, and the digest of what was judged."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from attrs import evolve

from judging.rungs import STANDARDS, judge_under
from judging.small import MET, NOT_MET, UNDETERMINED, person, work
from rules.small import REGISTRY, edition, indicator, readings, responsibility
from strategies import AS_OF, SMALL_WORLD
from tassei.encoding.standards import Standards
from tassei.errors import RequestError
from tassei.evidence.model import Engagement, Evidence, Holding, PassedExamination, Person, Work
from tassei.evidence.months import Month
from tassei.framework.doubts import Doubt, Touch
from tassei.framework.indicator import Examination, Indicator
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term
from tassei.judging.judge import (
    Judge,
    Standing,
    editions_for,
    evidence_digest,
    known_of,
)
from tassei.judging.verdict import Verdict
from tassei.source import Place
from tassei.text import Text

AP = Examination(Place("000", 50), "AP", Term("AP", Text("応用情報", "applied information")))
OLD, NEW = "old/category", "new/category"


def succeeding(level: int, field: str = "desk") -> Indicator:
    """An indicator that asks for one engagement in the field that succeeded."""
    return evolve(indicator(level, field), responsibility=evolve(responsibility(), succeeded=True))


def leading(level: int) -> Indicator:
    return evolve(indicator(level), responsibility=responsibility(Role.LEADER))


DOUBT = Doubt(
    id="D-001",
    kind="gap",
    places=(),
    touches=(Touch(OLD, "desk", 3),),
    title=Text("", ""),
    says=Text("", ""),
    reading=Text("", ""),
    why=Text("", ""),
    changes_rule=False,
)


def small_standards() -> Standards:
    """Two editions: in the old one the desk has levels 4 to 2, in the new one level 3 alone."""
    old = edition(
        leading(4), evolve(succeeding(3), examinations=(AP,)), indicator(2), indicator(1, "common")
    )
    new = evolve(
        edition(indicator(3)),
        id=NEW,
        terms=SMALL_WORLD.edition(NEW).terms,
        indicators=(indicator(3),),
    )
    return Standards(SMALL_WORLD.vocabulary, REGISTRY, (old, new), (DOUBT,))


SMALL = small_standards()


def judge(*editions: str) -> Judge:
    return Judge(SMALL, readings(), editions or None)


def did(
    name: str = "w", *, succeeded: bool | None = True, role: Role | None = Role.MEMBER
) -> Engagement:
    return evolve(work(name), fields=frozenset({f"{OLD}/desk"}), role=role, succeeded=succeeded)


def levels(found: Judge) -> list[tuple[str, str, int]]:
    return [(r.edition.id, r.field_id, r.level) for r in found.rungs]


# --- rungs


def test_rungs() -> None:
    """There is a rung for every field and level, common levels once for each field they hold for."""
    assert levels(judge()) == [
        (OLD, "desk", 4),
        (OLD, "desk", 3),
        (OLD, "desk", 2),
        (OLD, "desk", 1),
        (OLD, "network", 1),
        (NEW, "desk", 3),
    ]
    assert [e.id for e in judge().editions] == [OLD, NEW]


def test_some_editions() -> None:
    """A judge of some editions has their rungs alone, each edition once and in the order of ids."""
    assert {e for e, *_ in levels(judge(NEW))} == {NEW}
    both = Judge(SMALL, readings(), iter([OLD, NEW, OLD]))
    assert [e.id for e in both.editions] == [NEW, OLD]
    assert levels(both)[0] == (NEW, "desk", 3)
    assert len(levels(both)) == 6
    assert levels(Judge(SMALL, readings(), [])) == []


def test_order_of_editions() -> None:
    """The order in which editions are asked for is no matter."""
    ids = [e.id for e in STANDARDS.editions]
    found = Judge(STANDARDS, STANDARDS.readings_with({}), reversed(ids))
    assert [e.id for e in found.editions] == sorted(ids)


def test_an_edition_that_does_not_exist() -> None:
    """An unknown edition is refused by name."""
    with pytest.raises(RequestError) as refused:
        judge("older/category")
    assert [f.code for f in refused.value.faults] == ["unknown-edition"]


def test_rung_by_name() -> None:
    """A rung is found by edition, field and level."""
    rung = judge().rung(OLD, "network", 1)
    assert (rung.edition.id, rung.field_id, rung.level) == (OLD, "network", 1)
    assert rung.indicator.field_id == "common"
    for wrong in [(NEW, "network", 1), (OLD, "apart", 1), (OLD, "network", 2)]:
        with pytest.raises(KeyError):
            judge().rung(*wrong)


def test_readings_make_the_rules() -> None:
    """A judge judges by the readings that it was given, and keeps them."""
    noted = Judge(SMALL, readings(R_EXAM="note"))
    evidence = evolve(person(did(succeeded=False)), examinations=(PassedExamination("AP"),))
    assert noted.verdicts(evidence, AS_OF)[1] is NOT_MET
    assert judge().verdicts(evidence, AS_OF)[1] is MET
    assert noted.readings["R-EXAM"] == "note"
    judgement = noted.judge(evidence, AS_OF, noted.rung(OLD, "desk", 3))
    assert judgement.readings == noted.readings


def test_doubts_of_a_rung() -> None:
    """A rung is touched by the doubts about its indicator."""
    found = judge()
    assert found.doubts(found.rung(OLD, "desk", 3)) == (DOUBT,)
    assert found.doubts(found.rung(OLD, "desk", 4)) == ()


# --- verdicts


def test_verdicts() -> None:
    """Verdicts stand in the order of the rungs."""
    evidence = person(did(succeeded=None))
    assert judge().verdicts(evidence, AS_OF) == (
        NOT_MET, UNDETERMINED, MET, MET, MET, UNDETERMINED,
    )  # fmt: skip


def test_judgement() -> None:
    """A judgement keeps whom it is about, what it was judged by, when, and why."""
    found, evidence = judge(), person(did())
    rung = found.rung(OLD, "desk", 4)
    judgement = found.judge(evidence, AS_OF, rung)
    assert judgement.evidence is evidence
    assert (judgement.rung, judgement.as_of, judgement.verdict) == (rung, AS_OF, NOT_MET)
    assert judgement.proof.verdict is NOT_MET
    assert judgement.proof.rule == rung.rule
    assert [(m.rule.label, m.kind) for m in judgement.missing] == [("role", "change")]


def test_judging_all() -> None:
    """Every rung is judged, in order, as it is when it is judged alone."""
    found, evidence = judge(), person(did(succeeded=None))
    every = list(found.judge_all(evidence, AS_OF))
    assert [j.rung for j in every] == list(found.rungs)
    assert every == [found.judge(evidence, AS_OF, r) for r in found.rungs]
    assert tuple(j.verdict for j in every) == found.verdicts(evidence, AS_OF)


def test_a_judge_forgets_whom_it_judged_before() -> None:
    """Another person, or another month, is judged anew."""
    found = judge()
    one, other = person(did()), person(did(succeeded=False))
    rung = found.rung(OLD, "desk", 3)
    assert found.judge(one, AS_OF, rung).verdict is MET
    assert found.judge(other, AS_OF, rung).verdict is UNDETERMINED
    assert found.judge(one, AS_OF, rung).verdict is MET
    facts = found.facts(one, AS_OF)
    assert found.facts(one, AS_OF) is facts
    assert found.facts(one, Month(AS_OF.number + 1)) is not facts


# --- routes


def passed_and(*works: Engagement, passed: bool | None = True) -> Evidence:
    examinations = None if passed is None else (PassedExamination("AP"),) if passed else ()
    return evolve(person(*works), examinations=examinations)


@pytest.mark.parametrize(
    ("evidence", "verdict", "route"),
    [
        (passed_and(did()), MET, "indicator"),
        (passed_and(did(), passed=False), MET, "indicator"),
        (passed_and(did(succeeded=False)), MET, "examination"),
        (passed_and(did(succeeded=None)), MET, "examination"),
        (passed_and(did(succeeded=False), passed=False), NOT_MET, "indicator"),
        (passed_and(did(succeeded=False), passed=None), UNDETERMINED, "indicator"),
    ],
)
def test_route(evidence: Evidence, verdict: Verdict, route: str) -> None:
    """A level that only an examination meets is met by the examination route, and shown as such."""
    found = judge()
    judgement = found.judge(evidence, AS_OF, found.rung(OLD, "desk", 3))
    assert (judgement.verdict, judgement.route) == (verdict, route)
    desk, *_ = found.standings(evidence, AS_OF)
    assert desk.by_examination == ((3,) if route == "examination" else ())


def test_route_of_a_level_without_examinations() -> None:
    """A level that knows no examination has one route."""
    found = judge()
    judgement = found.judge(passed_and(did()), AS_OF, found.rung(OLD, "desk", 2))
    assert (judgement.verdict, judgement.route) == (MET, "indicator")


# --- standings


def standing(*verdicts: tuple[int, Verdict]) -> Standing:
    return Standing(SMALL.edition(OLD), "desk", verdicts)


@pytest.mark.parametrize(
    ("verdicts", "level", "open_above", "next_level"),
    [
        (((4, NOT_MET), (3, NOT_MET)), None, (), 3),
        (((4, NOT_MET), (3, MET)), 3, (), 4),
        (((4, MET), (3, MET)), 4, (), None),
        (((5, UNDETERMINED), (4, UNDETERMINED), (3, MET)), 3, (5, 4), 4),
        # a higher level met with a lower one not met is reported as it is
        (((5, NOT_MET), (4, MET), (3, UNDETERMINED), (2, NOT_MET)), 4, (), 5),
        (((3, UNDETERMINED), (1, UNDETERMINED)), None, (3, 1), 1),
        ((), None, (), None),
    ],
)
def test_standing(
    verdicts: tuple[tuple[int, Verdict], ...],
    level: int | None,
    open_above: tuple[int, ...],
    next_level: int | None,
) -> None:
    """The level is the highest that is met; open and next levels lie above it."""
    found = standing(*verdicts)
    assert (found.level, found.open_above, found.next_level) == (level, open_above, next_level)
    assert found.by_examination == ()


def test_standings() -> None:
    """Standings gather the verdicts by field, in the order of the editions."""
    desk, network, new = judge().standings(person(did(role=Role.LEADER)), AS_OF)
    assert (desk.edition.id, desk.field_id) == (OLD, "desk")
    assert desk.verdicts == ((4, MET), (3, MET), (2, MET), (1, MET))
    assert (network.field_id, network.verdicts) == ("network", ((1, MET),))
    assert (new.edition.id, new.verdicts) == (NEW, ((3, UNDETERMINED),))


def test_standings_of_all_fields() -> None:
    """Every specialty field of every edition has a standing."""
    found = judge_under(()).standings(person(written_for=()), AS_OF)
    fields = [(s.edition.id, s.field_id) for s in found]
    assert fields == [(e.id, f.id) for e in STANDARDS.editions for f in e.specialty_fields()]


# --- around evidence


def test_known_of() -> None:
    """What evidence may name is what the editions know."""
    known = known_of(SMALL)
    assert known.editions == (OLD, NEW)
    assert f"{NEW}/desk" in known.fields
    assert known.vocabulary is SMALL.vocabulary


def test_editions_for() -> None:
    """People are judged against the editions their evidence is written for, else against all."""
    assert editions_for(person(written_for=(OLD,))) == (OLD,)
    assert editions_for(person(written_for=())) is None


def variations(evidence: Evidence) -> Iterator[Evidence]:
    """The same evidence with one thing recorded otherwise."""
    (first, *others) = evidence.engagements or ()
    professional = evidence.professional
    yield evolve(evidence, person=evolve(evidence.person, id="E2"))
    yield evolve(evidence, written_for=(NEW,))
    yield evolve(evidence, engagements=())
    yield evolve(evidence, engagements=None)
    for engagement in (
        evolve(first, succeeded=False),
        evolve(first, succeeded=None),
        evolve(first, role=Role.LEADER),
        evolve(first, complexity=Holding(frozenset({"cri-a"}), complete=False)),
        evolve(first, complexity=Holding(frozenset({"cri-a", "cri-b"}))),
        evolve(first, complexity=None),
        evolve(first, size={"staff": 6}),
        evolve(first, first=None),
        evolve(first, last=None),
        evolve(first, title="another"),
    ):
        yield evolve(evidence, engagements=(engagement, *others))
    yield evolve(evidence, professional=evolve(professional, mentoring=True))
    yield evolve(evidence, professional=evolve(professional, areas={"are-a": Depth.BASIC}))
    yield evolve(evidence, professional=evolve(professional, succession=(Work("suc-a"),)))
    yield evolve(evidence, examinations=(PassedExamination("AP"),))
    yield evolve(evidence, skills={"skill-a": 3})
    yield evolve(evidence, knowledge=frozenset({"kno-a"}))


def test_evidence_digest() -> None:
    """The digest tells apart whatever is recorded otherwise, and nothing else."""
    evidence = person(
        evolve(
            did(), complexity=Holding(frozenset({"cri-a"})), size={"contract_yen": 1, "staff": 5}
        ),
        did("b"),
    )
    digests = [evidence_digest(e) for e in (evidence, *variations(evidence))]
    assert len(set(digests)) == len(digests)
    assert all(d.startswith("sha256:") and len(d) == 71 for d in digests)
    (first, second) = evidence.engagements or ()
    reordered = evolve(first, size=dict(sorted(first.size.items(), reverse=True)))
    assert evidence_digest(evolve(evidence, engagements=(reordered, second))) == digests[0]


def test_evidence_digest_can_be_checked_by_hand() -> None:
    """The digest is that of the evidence as compact JSON with sorted keys."""
    written = (
        '{"engagements":[],"for":["old/category"],'
        '"person":{"id":"見本","name":"見本 花子"},"schema":"tassei/evidence/1"}'
    )
    evidence = evolve(person(), person=Person("見本", "見本 花子"))
    assert evidence_digest(evidence) == f"sha256:{sha256(written.encode()).hexdigest()}"
