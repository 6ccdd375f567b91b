"""The cycle walked through at random, and the stories that an organisation knows."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tassei.web.cycle.case import COMMITTEE_FROM, Actor, Case, Decision, Role, State
from tassei.web.cycle.moves import BY_NAME, MOVES, Asked, Refused, made, offered, refusals

PEOPLE = ("ann", "ben", "cho", "dai", "emi", "fay")
MANAGERS = frozenset({"ben", "fay"})
ACTORS = {p: Actor(p, frozenset({Role.MANAGER}) if p in MANAGERS else frozenset()) for p in PEOPLE}
ONWARD = ("begin", "submit", "forward", "settle", "seat", "view", "decide", "appeal")
people = st.sampled_from(PEOPLE)
names = st.sampled_from([m.name for m in MOVES])


class Walk(RuleBasedStateMachine):
    """Six people do whatever comes to their minds; what is allowed must stay lawful."""

    steps = 0
    taken: set[str] = set()  # noqa: RUF012 - counted over all walks

    @initialize(
        level=st.integers(1, 7), quorum=st.integers(1, 3),
        seats=st.frozensets(st.sampled_from(["ben", "dai", "emi", "fay"])),
        begun=st.integers(0, 3), above=st.sampled_from([(), ("cho",), ("cho", "fay")]),
    )  # fmt: skip
    def starts(
        self, level: int, quorum: int, seats: frozenset[str], begun: int, above: tuple[str, ...]
    ) -> None:
        line = frozenset(above)
        self.case = Case("ann", level, "cho", quorum, committee=seats - line, above=line)
        for name, person in (("begin", "ann"), ("submit", "ann"), ("forward", "cho"))[:begun]:
            if not refusals(self.case, name, _by(person)):
                self.case = made(self.case, name, _by(person))
        self.earlier: list[Decision] = []

    @rule(
        name=names, actor=people, whom=people, reason=st.sampled_from(["", " ", "why"]),
        attained=st.sampled_from([True, False, None]),
    )  # fmt: skip
    def somebody_tries(
        self, name: str, actor: str, whom: str, reason: str, attained: bool | None
    ) -> None:
        self.tries(name, Asked(ACTORS[actor], reason, whom, attained))

    @rule(data=st.data(), whom=people, attained=st.booleans(), onward=st.booleans())
    def somebody_takes_an_offer(
        self, data: st.DataObject, whom: str, attained: bool, onward: bool
    ) -> None:
        """Most random attempts are refused and many lead back; half of the offers lead on."""
        every = [(m.name, a) for a in ACTORS.values() for m in offered(self.case, a)]
        offers = [o for o in every if onward and o[0] in ONWARD] or every
        name, actor = data.draw(st.sampled_from(offers))
        self.tries(name, Asked(actor, "why", whom, attained))

    def tries(self, name: str, asked: Asked) -> None:
        type(self).steps += 1
        before, move = self.case, BY_NAME[name]
        why_not = refusals(before, name, asked)
        shown = move in offered(before, asked.actor)
        if why_not:
            with pytest.raises(Refused):
                made(before, name, asked)
            return
        assert shown, f"{name} is possible and not offered"
        self.case = made(before, name, asked)
        type(self).taken.add(name)
        self.lawful(before, name, asked)

    def lawful(self, before: Case, name: str, asked: Asked) -> None:
        after, move = self.case, BY_NAME[name]
        assert before.state in move.frm
        assert after.state == (move.to or before.state)
        assert (after.subject, after.level, after.quorum) == (
            before.subject,
            before.level,
            before.quorum,
        )
        assert before.excluded <= after.excluded
        assert not move.reason or asked.reason.strip()
        if name == "reopen":
            self.earlier = []
        if name in ("decide", "settle"):
            decision = after.decision
            assert decision is not None
            assert after.subject not in decision.by
            assert not decision.by & after.excluded
            assert not any(decision.by & old.by for old in self.earlier)
            if name == "decide":
                assert len(decision.by) >= after.quorum
                assert not decision.by & after.above
                assert after.superior not in decision.by
            self.earlier.append(decision)
        if name == "drop-appeal":
            assert after.decision == self.earlier[-1]

    @invariant()
    def stands_somewhere_lawful(self) -> None:
        if not hasattr(self, "case"):
            return
        case = self.case
        assert (case.decision is not None) == (case.state in (State.DECIDED, State.CLOSED))
        assert case.superior != case.subject
        assert case.superior not in case.excluded
        assert case.subject not in case.bench
        assert not case.committee & case.excluded
        assert not case.committee & case.above
        assert not case.bench & case.above
        assert {v.member for v in case.views} <= case.committee
        assert len({v.member for v in case.views}) == len(case.views)
        assert not case.views or case.state in (State.COMMITTEE, State.DECIDED, State.CLOSED)
        assert case.upheld is None or case.state is State.COMMITTEE

    @invariant()
    def somebody_can_go_on(self) -> None:
        """No assessment gets stuck: somebody always has a move."""
        if hasattr(self, "case"):
            assert any(offered(self.case, actor) for actor in ACTORS.values())


def _walk(examples: int, steps: int) -> None:
    Walk.steps, Walk.taken = 0, set()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_walk_stays_lawful() -> None:
    """A short walk through the cycle; the long one is below."""
    _walk(40, 30)


@pytest.mark.slow
def test_twenty_thousand_steps_stay_lawful() -> None:
    """Twenty thousand steps without an unlawful state, every move among them."""
    _walk(900, 50)
    assert Walk.steps >= 20_000
    assert Walk.taken == set(BY_NAME)


def _by(person: str, reason: str = "why", target: str = "", attained: bool | None = None) -> Asked:
    return Asked(ACTORS[person], reason, target, attained)


def _in_committee() -> Case:
    case = Case("ann", 5, "cho", 2)
    for member in ("dai", "emi", "fay"):
        case = made(case, "seat", _by("ben", target=member))
    for name, person in (("begin", "ann"), ("submit", "ann"), ("forward", "cho")):
        case = made(case, name, _by(person))
    return case


def test_a_year_from_the_first_to_the_last_day() -> None:
    """Self, superior, committee, decision, close."""
    case = _in_committee()
    case = made(case, "view", _by("dai", attained=True))
    with pytest.raises(Refused, match="too few members"):
        made(case, "decide", _by("dai"))
    case = made(case, "view", _by("emi", attained=True))
    case = made(case, "decide", _by("dai"))
    assert case.decision == Decision(True, frozenset({"dai", "emi"}))
    assert made(case, "close", _by("ben")).state is State.CLOSED


def test_an_appeal_goes_to_others() -> None:
    """Who decided has no say in the appeal, and nobody appeals twice."""
    case = _in_committee()
    for member in ("dai", "emi"):
        case = made(case, "view", _by(member, attained=False))
    case = made(made(case, "decide", _by("emi")), "appeal", _by("ann"))
    assert case.bench == {"fay"}
    with pytest.raises(Refused, match="only a member who may decide"):
        made(case, "view", _by("dai", attained=True))
    case = made(case, "seat", _by("fay", target="ben"))
    for member in ("fay", "ben"):
        case = made(case, "view", _by(member, attained=True))
    case = made(case, "decide", _by("ben"))
    assert case.decision == Decision(True, frozenset({"fay", "ben"}))
    with pytest.raises(Refused, match="once"):
        made(case, "appeal", _by("ann"))


def test_a_tie_is_not_attained() -> None:
    """A level is attained where more than half of the views say so."""
    case = made(_in_committee(), "view", _by("dai", attained=True))
    case = made(case, "view", _by("emi", attained=False))
    assert not case.attained


def test_a_conflict_of_interest_takes_the_view_along() -> None:
    """Who is excluded loses seat and view, and cannot be brought back."""
    case = made(_in_committee(), "view", _by("dai", attained=True))
    case = made(case, "exclude", _by("ben", target="dai"))
    assert not case.views
    with pytest.raises(Refused, match="conflict of interest"):
        made(case, "seat", _by("ben", target="dai"))


@pytest.mark.parametrize("level", [1, COMMITTEE_FROM - 1, COMMITTEE_FROM, 7])
def test_the_committee_decides_from_its_level_on(level: int) -> None:
    """Below that level the superior decides, from it on the committee, never both."""
    case = evolve(Case("ann", level, "cho"), state=State.SUPERIOR)
    ways = {m.name for m in offered(case, ACTORS["cho"])} & {"settle", "forward"}
    assert ways == {"forward" if level >= COMMITTEE_FROM else "settle"}


def test_nothing_moves_once_the_cycle_is_closed() -> None:
    """After the end a decision can only be made final."""
    for state in State:
        case = evolve(_in_committee(), state=state)
        left = {m.name for a in ACTORS.values() for m in offered(case, a, cycle_open=False)}
        assert left <= {"close"}


def test_a_manager_has_no_say_in_the_own_case() -> None:
    """Who is assessed does not choose who assesses."""
    case = Case("ben", 5, "cho")
    with pytest.raises(Refused, match="other than the engineer"):
        made(case, "seat", _by("ben", target="dai"))


def test_every_reason_is_told_at_once() -> None:
    """A refusal names all that stands in the way."""
    found = refusals(Case("ann", 5, None), "submit", _by("dai"))
    assert len(found) == 3


def test_the_line_above_has_no_seat() -> None:
    """A superior's superior is not seated; one who was before the line changed has no say."""
    case = Case("ann", 5, "cho", 1, above=frozenset({"cho", "fay"}))
    with pytest.raises(Refused, match="above the engineer"):
        made(case, "seat", _by("ben", target="fay"))
    moved_up = evolve(_in_committee(), above=frozenset({"dai"}))
    assert moved_up.bench == {"emi", "fay"}
    with pytest.raises(Refused, match="only a member who may decide"):
        made(moved_up, "view", _by("dai", attained=True))


def test_views_open_once_all_are_given() -> None:
    """A quorum is not enough; a decision opens them, an appeal closes them again."""
    case = _in_committee()
    assert not case.views_open
    for member in ("dai", "emi"):
        case = made(case, "view", _by(member, attained=True))
    assert len(case.counted) == case.quorum
    assert not case.views_open
    assert made(case, "view", _by("fay", attained=False)).views_open
    decided = made(case, "decide", _by("dai"))
    assert decided.views_open
    assert not made(decided, "appeal", _by("ann")).views_open


def test_nothing_begins_before_the_cycle_or_without_a_level() -> None:
    """What has not been opened, or not been chosen, does not begin."""
    with pytest.raises(Refused, match="not been opened"):
        made(Case("ann", 5, "cho"), "begin", evolve(_by("ann"), cycle_begun=False))
    with pytest.raises(Refused, match="choose a field"):
        made(Case("ann", 0, "cho"), "begin", _by("ann"))
    assert "begin" not in {m.name for m in offered(Case("ann", 0, "cho"), ACTORS["ann"])}
