"""Every move of an assessment, as data; and the one way to make it.

A row says from where, to where, by whom, whether with a reason, and under which conditions. Pages, the
documentation and the tests read the same rows.
"""

from collections.abc import Callable, Iterator
from enum import Enum, unique

from attrs import evolve, frozen

from tassei.text import Text
from tassei.web.cycle.case import COMMITTEE_FROM, Actor, Case, Decision, Role, State, View


@unique
class Part(Enum):
    """Who a person is to an assessment."""

    SUBJECT = "subject"
    HOLDER = "holder"
    BENCH = "bench"
    MANAGER = "manager"

    @property
    def label(self) -> Text:
        return _PARTS[self]


_PARTS = {
    Part.SUBJECT: Text("本人", "the engineer"),
    Part.HOLDER: Text("担当の上司", "the superior who holds it"),
    Part.BENCH: Text("決定に加われる審査員", "a member who may decide"),
    Part.MANAGER: Text("スキル管理者（本人を除く）", "a skills manager other than the engineer"),
}


@frozen
class Asked:
    """One attempt at a move.

    Args:
        target: of a move that names somebody, that person.
        attained: of a view, and of a superior's decision, whether the level is attained.
        cycle_open: the cycle has not been closed.
        cycle_begun: the cycle has been opened.
    """

    actor: Actor
    reason: str = ""
    target: str = ""
    attained: bool | None = None
    cycle_open: bool = True
    cycle_begun: bool = True


@frozen
class Condition:
    """Something that must hold, with what is said where it does not."""

    holds: Callable[[Case, Asked], bool]
    otherwise: Text


@frozen
class Move:
    """One row of the table.

    Args:
        to: the state afterwards; None where it stays.
        makes: what else changes.
    """

    name: str
    label: Text
    frm: frozenset[State]
    to: State | None
    by: Part
    reason: bool = False
    conditions: tuple[Condition, ...] = ()
    makes: Callable[[Case, Asked], Case] = lambda case, asked: case


@frozen
class Refusal:
    """A reason why a move cannot be made."""

    text: Text


class Refused(Exception):
    """A move that may not be made, with every reason."""

    def __init__(self, move: str, refusals: tuple[Refusal, ...]) -> None:
        self.move = move
        self.refusals = refusals
        super().__init__(f"{move}: " + "; ".join(r.text.en for r in refusals))


CYCLE_OPEN = Condition(
    lambda case, asked: asked.cycle_open,
    Text("この回はすでに終了しています", "the cycle has been closed"),
)
CYCLE_BEGUN = Condition(
    lambda case, asked: asked.cycle_begun,
    Text("この回はまだ始まっていません", "the cycle has not been opened yet"),
)
LEVEL_CHOSEN = Condition(
    lambda case, asked: case.level > 0,
    Text("専門分野とレベルを先に選んでください", "choose a field and a level first"),
)
HELD = Condition(
    lambda case, asked: case.superior is not None,
    Text("担当の上司が決まっていません", "no superior is named yet"),
)
FOR_COMMITTEE = Condition(
    lambda case, asked: case.level >= COMMITTEE_FROM,
    Text(
        f"レベル{COMMITTEE_FROM}未満は上司が決定します",
        f"below level {COMMITTEE_FROM} the superior decides",
    ),
)
FOR_SUPERIOR = Condition(
    lambda case, asked: case.level < COMMITTEE_FROM,
    Text(
        f"レベル{COMMITTEE_FROM}以上は審査員が決定します",
        f"from level {COMMITTEE_FROM} on the committee decides",
    ),
)
SUPERIOR_ELIGIBLE = Condition(
    lambda case, asked: case.superior is not None and case.eligible(case.superior),
    Text(
        "決定した人が、再び決定することはできません", "who has decided before does not decide again"
    ),
)
SAYS_WHICH = Condition(
    lambda case, asked: asked.attained is not None,
    Text("達成したかどうかを選んでください", "say whether the level is attained"),
)
FIRST_ROUND = Condition(
    lambda case, asked: not case.appealed,
    Text("不服申立ての審査中です", "an appeal is being heard"),
)
NOT_APPEALED = Condition(
    lambda case, asked: not case.appealed,
    Text("不服申立ては一度だけできます", "an appeal can be made once"),
)
APPEAL_HEARD = Condition(
    lambda case, asked: case.appealed,
    Text("不服申立てはありません", "there is no appeal"),
)
QUORUM = Condition(
    lambda case, asked: len(case.counted) >= case.quorum,
    Text("審査員の意見が定足数に達していません", "too few members have given their view"),
)
TARGET_ELIGIBLE = Condition(
    lambda case, asked: bool(asked.target) and case.eligible(asked.target),
    Text(
        "本人、利害関係のある人、すでに決定した人には任せられません",
        "the engineer, people with a conflict of interest and those who decided before cannot take it",
    ),
)
TARGET_NEW = Condition(
    lambda case, asked: asked.target != case.superior,
    Text("すでに担当しています", "that person holds it already"),
)
TARGET_NOT_SEATED = Condition(
    lambda case, asked: asked.target not in case.committee,
    Text("すでに審査員です", "that person is a member already"),
)
TARGET_NOT_SUPERIOR = Condition(
    lambda case, asked: asked.target != case.superior,
    Text("担当の上司は審査員になれません", "the superior who holds it cannot be a member"),
)
TARGET_NOT_ABOVE = Condition(
    lambda case, asked: asked.target not in case.above,
    Text(
        "本人の上司と、その上の人は審査員になれません",
        "who is above the engineer in the line cannot be a member",
    ),
)
TARGET_SEATED = Condition(
    lambda case, asked: asked.target in case.committee,
    Text("審査員ではありません", "that person is no member"),
)
TARGET_NOT_EXCLUDED = Condition(
    lambda case, asked: bool(asked.target) and asked.target not in {*case.excluded, case.subject},
    Text("本人か、すでに除かれた人です", "that is the engineer, or somebody excluded already"),
)


def _taken_over(case: Case, asked: Asked) -> Case:
    return evolve(case, superior=asked.target)


def _seated(case: Case, asked: Asked) -> Case:
    return evolve(case, committee=case.committee | {asked.target})


def _unseated(case: Case, asked: Asked) -> Case:
    return _without_view(evolve(case, committee=case.committee - {asked.target}), asked.target)


def _excluded(case: Case, asked: Asked) -> Case:
    """Who has a conflict of interest leaves everything: the seat, the view, the case in hand."""
    case = evolve(_unseated(case, asked), excluded=case.excluded | {asked.target})
    return evolve(case, superior=None) if case.superior == asked.target else case


def _recused(case: Case, asked: Asked) -> Case:
    return _excluded(case, evolve(asked, target=asked.actor.id))


def _without_view(case: Case, member: str) -> Case:
    return evolve(case, views=tuple(v for v in case.views if v.member != member))


def _viewed(case: Case, asked: Asked) -> Case:
    """A view replaces the one that the same member gave before."""
    assert asked.attained is not None, "a condition of the move"
    mine = View(asked.actor.id, asked.attained)
    return evolve(case, views=(*_without_view(case, mine.member).views, mine))


def _decided(case: Case, asked: Asked) -> Case:
    by = frozenset(v.member for v in case.counted)
    return evolve(case, decision=Decision(case.attained, by), upheld=None)


def _settled(case: Case, asked: Asked) -> Case:
    assert asked.attained is not None, "a condition of the move"
    return evolve(case, decision=Decision(asked.attained, frozenset({asked.actor.id})))


def _appealed(case: Case, asked: Asked) -> Case:
    """Others decide: whoever the decision rests on has been heard."""
    assert case.decision is not None, "it is decided"
    return evolve(
        case,
        appealed=True,
        heard=case.heard | case.decision.by,
        views=(),
        decision=None,
        upheld=case.decision,
    )


def _dropped(case: Case, asked: Asked) -> Case:
    return evolve(case, decision=case.upheld, upheld=None, views=())


def _cleared(case: Case, asked: Asked) -> Case:
    return evolve(case, views=())


def _reopened(case: Case, asked: Asked) -> Case:
    """All begins anew, but for who has a conflict of interest; an appeal may be made again."""
    return evolve(case, views=(), decision=None, upheld=None, appealed=False, heard=frozenset())


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


S, P = State, Part
MOVES: tuple[Move, ...] = (
    Move("begin", Text("記入を始める", "begin"), _states(S.OPEN), S.SELF, P.SUBJECT, conditions=(CYCLE_OPEN, CYCLE_BEGUN, LEVEL_CHOSEN)),
    Move("submit", Text("上司に提出する", "submit to the superior"), _states(S.SELF), S.SUPERIOR, P.SUBJECT, conditions=(CYCLE_OPEN, HELD)),
    Move("return", Text("本人に差し戻す", "return to the engineer"), _states(S.SUPERIOR), S.SELF, P.HOLDER, True, (CYCLE_OPEN,)),
    Move("forward", Text("審査に送る", "pass on to the committee"), _states(S.SUPERIOR), S.COMMITTEE, P.HOLDER, conditions=(CYCLE_OPEN, FOR_COMMITTEE)),
    Move("settle", Text("決定する（上司）", "decide, as the superior"), _states(S.SUPERIOR), S.DECIDED, P.HOLDER, True, (CYCLE_OPEN, FOR_SUPERIOR, SUPERIOR_ELIGIBLE, SAYS_WHICH), _settled),
    Move("delegate", Text("ほかの人に任せる", "delegate"), _states(S.SUPERIOR), None, P.HOLDER, True, (CYCLE_OPEN, TARGET_ELIGIBLE, TARGET_NEW), _taken_over),
    Move("view", Text("意見を出す", "give a view"), _states(S.COMMITTEE), None, P.BENCH, True, (CYCLE_OPEN, SAYS_WHICH), _viewed),
    Move("recuse", Text("利害関係があるため外れる", "step aside for a conflict of interest"), _states(S.COMMITTEE), None, P.BENCH, True, (CYCLE_OPEN,), _recused),
    Move("send-back", Text("上司に差し戻す", "return to the superior"), _states(S.COMMITTEE), S.SUPERIOR, P.BENCH, True, (CYCLE_OPEN, FIRST_ROUND, HELD), _cleared),
    Move("decide", Text("決定する（審査）", "decide, as the committee"), _states(S.COMMITTEE), S.DECIDED, P.BENCH, True, (CYCLE_OPEN, QUORUM), _decided),
    Move("appeal", Text("不服を申し立てる", "appeal"), _states(S.DECIDED), S.COMMITTEE, P.SUBJECT, True, (CYCLE_OPEN, NOT_APPEALED), _appealed),
    Move("drop-appeal", Text("不服申立てを取り下げる", "drop the appeal"), _states(S.COMMITTEE), S.DECIDED, P.SUBJECT, False, (CYCLE_OPEN, APPEAL_HEARD), _dropped),
    Move("withdraw", Text("取り下げる", "withdraw"), _states(S.OPEN, S.SELF, S.SUPERIOR, S.COMMITTEE), S.WITHDRAWN, P.SUBJECT, False, (CYCLE_OPEN, FIRST_ROUND), _cleared),
    Move("assign", Text("担当の上司を決める", "name the superior"), _states(S.OPEN, S.SELF, S.SUPERIOR), None, P.MANAGER, True, (CYCLE_OPEN, TARGET_ELIGIBLE, TARGET_NEW), _taken_over),
    Move("seat", Text("審査員を加える", "seat a member"), _states(S.OPEN, S.SELF, S.SUPERIOR, S.COMMITTEE), None, P.MANAGER, False, (CYCLE_OPEN, TARGET_ELIGIBLE, TARGET_NOT_SEATED, TARGET_NOT_SUPERIOR, TARGET_NOT_ABOVE), _seated),
    Move("unseat", Text("審査員を外す", "unseat a member"), _states(S.OPEN, S.SELF, S.SUPERIOR, S.COMMITTEE), None, P.MANAGER, True, (CYCLE_OPEN, TARGET_SEATED), _unseated),
    Move("exclude", Text("利害関係のある人を除く", "exclude for a conflict of interest"), _states(S.OPEN, S.SELF, S.SUPERIOR, S.COMMITTEE), None, P.MANAGER, True, (CYCLE_OPEN, TARGET_NOT_EXCLUDED), _excluded),
    Move("reopen", Text("やり直す", "reopen"), _states(S.DECIDED, S.CLOSED, S.WITHDRAWN), S.SELF, P.MANAGER, True, (CYCLE_OPEN,), _reopened),
    Move("close", Text("確定する", "close"), _states(S.DECIDED), S.CLOSED, P.MANAGER),
)  # fmt: skip
BY_NAME = {m.name: m for m in MOVES}


def is_part(part: Part, case: Case, actor: Actor) -> bool:
    """Whether somebody is this to an assessment."""
    match part:
        case Part.SUBJECT:
            return actor.id == case.subject
        case Part.HOLDER:
            return actor.id == case.superior != case.subject
        case Part.BENCH:
            return actor.id in case.bench
        case Part.MANAGER:
            return Role.MANAGER in actor.roles and actor.id != case.subject


def refusals(case: Case, name: str, asked: Asked) -> tuple[Refusal, ...]:
    """Every reason why a move cannot be made; none where it can."""
    return tuple(Refusal(t) for t in _reasons(case, BY_NAME[name], asked))


def _reasons(case: Case, move: Move, asked: Asked) -> Iterator[Text]:
    if case.state not in move.frm:
        yield Text("{move}: いまは{state}です", "{move}: it is {state}").format(
            move=move.label, state=case.state.label
        )
    if not is_part(move.by, case, asked.actor):
        yield Text("{part}だけができます", "only {part} can do this").format(part=move.by.label)
    if move.reason and not asked.reason.strip():
        yield Text("理由を書いてください", "a reason is needed")
    yield from (c.otherwise for c in move.conditions if not c.holds(case, asked))


def made(case: Case, name: str, asked: Asked) -> Case:
    """The assessment after a move.

    Raises:
        KeyError: there is no such move.
        Refused: it may not be made; with every reason.
    """
    found = refusals(case, name, asked)
    if found:
        raise Refused(name, found)
    move = BY_NAME[name]
    return evolve(move.makes(case, asked), state=move.to or case.state)


def offered(
    case: Case, actor: Actor, *, cycle_open: bool = True, cycle_begun: bool = True
) -> tuple[Move, ...]:
    """The moves that a person is to be shown: theirs, and possible once the form is filled in."""
    filled = Asked(actor, reason="-", attained=True, cycle_open=cycle_open, cycle_begun=cycle_begun)
    named = (TARGET_ELIGIBLE, TARGET_NEW, TARGET_NOT_SEATED, TARGET_NOT_SUPERIOR, TARGET_NOT_ABOVE, TARGET_SEATED, TARGET_NOT_EXCLUDED)  # fmt: skip
    return tuple(
        move
        for move in MOVES
        if case.state in move.frm
        and is_part(move.by, case, actor)
        and all(c.holds(case, filled) for c in move.conditions if c not in named)
    )
