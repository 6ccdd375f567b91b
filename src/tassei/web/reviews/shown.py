"""Values of an assessment in words, each made in one place: state, due day, verdict, decision, committee."""

from collections.abc import Mapping

from django.urls import reverse

from tassei.errors import RequestError
from tassei.figures import plural
from tassei.judging.verdict import Verdict as Outcome
from tassei.reporting.proofs import Teller
from tassei.text import Lang, Text
from tassei.web import clock
from tassei.web.cycle.case import Case, State
from tassei.web.cycle.moves import Move
from tassei.web.dates import age, called, day, day_of, minute_of
from tassei.web.explorer.shelf import standards
from tassei.web.models import Assessment, Decision, Person, Remark
from tassei.web.proofs import VERDICTS
from tassei.web.reviews import pages
from tassei.web.reviews.judged import Judged, level_of
from tassei.web.reviews.making import GRAVE, MEANINGS
from tassei.web.reviews.trail import Step
from tassei.web.reviews.validity import Phase, told

ATTAINED = {True: Text("達成", "attained"), False: Text("未達成", "not attained")}
_TO_CHOOSE = Text("専門分野とレベルはこれから選びます", "field and level to be chosen")
_GONE = Text("この基準はいまありません", "the standard it was for is no longer here")


def case_url(assessment: Assessment) -> str:
    return reverse("case", args=[assessment.pk])


def level_name(assessment: Assessment, lang: Lang) -> str:
    """`Operations Management level 5`, or that it is to be chosen."""
    if not assessment.field:
        return _TO_CHOOSE[lang]
    try:
        return level_of(assessment).name[lang]
    except RequestError:
        return _GONE[lang]


def cycle_name(assessment: Assessment, lang: Lang) -> str:
    cycle = assessment.cycle
    return str(cycle.name_ja if lang == "ja" else cycle.name_en)


def due_day(assessment: Assessment, lang: Lang) -> tuple[str, bool]:
    """By when it is due where it stands, and whether that day has passed."""
    cycle = assessment.cycle
    due = {
        State.OPEN: cycle.due_self,
        State.SELF: cycle.due_self,
        State.SUPERIOR: cycle.due_superior,
        State.COMMITTEE: cycle.due_committee,
    }.get(State(assessment.state))
    if due is None:
        return "", False
    return day(due)[lang], due < clock.today() and cycle.closed_at is None


def held_by(assessment: Assessment, case: Case, lang: Lang) -> str:
    """Who has the case in hand, and since when."""
    since = age(assessment.since)
    state = State(assessment.state)
    if state in (State.OPEN, State.SELF):
        who = Text(called(assessment.person), called(assessment.person))
    elif state is State.SUPERIOR:
        name = called(assessment.superior) if assessment.superior else "—"
        who = Text(name, name)
    elif state is State.COMMITTEE:
        names = [called(s.person) for s in assessment.seats.all() if str(s.person_id) in case.bench]
        who = Text("、".join(names) or "—", ", ".join(names) or "—")
    else:
        return Text("{since}から", "since {since}").format(since=day_of(assessment.since))[lang]
    return Text("{who}（{since}から）", "{who} (since {since})").format(who=who, since=since)[lang]


def verdict_line(judged: Judged, lang: Lang) -> pages.Clause:
    """The computed verdict in one line."""
    judgement = judged.judgement
    teller = Teller(judged.judge, lang)
    defaults = dict(standards().readings_with({}))
    return pages.Clause(
        judgement.verdict.mark,
        judgement.verdict.id,
        judgement.verdict.label[lang],
        teller.answer(judgement, None),
        judgement.as_of.label[lang],
        _readings(judged, defaults, lang),
    )


def _readings(judged: Judged, defaults: Mapping[str, str], lang: Lang) -> str:
    other = {k: v for k, v in judged.judgement.readings if defaults[k] != v}
    if not other:
        return Text("既定の読み", "default readings")[lang]
    said = []
    for reading in standards().readings:
        chosen = other.get(reading.id)
        said += [a.meaning[lang] for a in reading.alternatives if a.id == chosen]
    return Text("読み: ", "readings: ")[lang] + " / ".join(said)


def move_link(assessment: Assessment, move: Move, lang: Lang) -> pages.MoveLink:
    return pages.MoveLink(
        move.label[lang],
        reverse("case-move", args=[assessment.pk, move.name]),
        MEANINGS[move.name][lang],
        move.name in GRAVE,
    )


def step_shown(step: Step, lang: Lang, *, tell: bool = True) -> pages.StepShown:
    return pages.StepShown(
        step.what[lang], step.whom, step.who, step.when[lang], step.why if tell else ""
    )


def committee_shown(
    assessment: Assessment, case: Case, steps: tuple[Step, ...], lang: Lang, *, may_read: bool
) -> pages.CommitteeShown | None:
    """The members and, once it is open, what each holds.

    Args:
        may_read: the reader is one of those who see the views once they are open.
    """
    if not case.committee and not case.excluded:
        return None
    opened = case.views_open and may_read
    views = {v.member: v.attained for v in case.views}
    reasons = {str(s.actor): s.why for s in reversed(steps) if s.kind == "view"}
    members = []
    for seat in assessment.seats.all():
        member, name = str(seat.person_id), called(seat.person)
        if member not in case.committee | case.excluded:
            continue
        shown = opened and member in views and member in case.bench
        members.append(
            pages.MemberShown(
                name,
                _standing(case, member)[lang],
                ATTAINED[views[member]][lang] if shown else "",
                reasons.get(member, "") if shown else "",
            )
        )
    given, bench = len(case.counted), len(case.bench)
    said = Text(
        f"決定に加われる{bench}人のうち{given}人が意見を出しました。決定には{case.quorum}人が要ります。",
        f"{given} of {plural(bench, 'member')} who may decide have given a view. A decision needs {case.quorum}.",
    )
    hidden = "" if opened else (_NOT_YET if may_read else _NOT_YOURS)[lang]
    return pages.CommitteeShown(tuple(members), said[lang], hidden)


_NOT_YET = Text(
    "意見は、決定に加われる審査員の全員が出すまで、だれにも見えません。定足数に達しただけでは見えません。",
    "Nobody sees the views until every member who may decide has given one; a quorum alone opens nothing.",
)
_NOT_YOURS = Text(
    "一人ひとりの意見を読むのは、審査員と監査者だけです。",
    "Members and auditors alone read what each member holds.",
)


def _standing(case: Case, member: str) -> Text:
    if member in case.excluded:
        return Text("利害関係のため除外", "excluded for a conflict of interest")
    if member in case.heard:
        return Text("前の決定に加わったため決定に加わらない", "decided before, so has no say now")
    if member in case.above or member == case.superior:
        return Text("本人の上司のため決定に加わらない", "above the engineer, so has no say")
    if member in {v.member for v in case.views}:
        return Text("意見を出した", "has given a view")
    return Text("意見はまだ", "no view yet")


def decision_shown(
    decision: Decision,
    people: Mapping[int, Person],
    steps: tuple[Step, ...],
    lang: Lang,
) -> pages.DecisionShown:
    """What was decided, by whom and why, beside what the record was computed to say."""
    step = next((s for s in steps if s.kind in ("decide", "settle")), None)
    valid, late = valid_said(decision, lang)
    computed = Outcome[decision.computed.verdict.upper()] if decision.computed else None
    names = [called(people[int(p)]) for p in decision.by if int(p) in people]
    return pages.DecisionShown(
        Text("不服申立ての前の決定", "Decision before the appeal")[lang]
        if decision.upheld
        else Text("人の決定", "Decision of people")[lang],
        ATTAINED[decision.attained][lang],
        decision.attained,
        Text("、", ", ")[lang].join(names),
        step.when[lang] if step else "",
        step.why if step else "",
        VERDICTS[computed][lang] if computed is not None else "",
        computed.mark if computed is not None else "",
        _difference(decision.attained, computed)[lang],
        valid,
        late,
    )


def valid_said(decision: Decision | None, lang: Lang) -> tuple[str, bool]:
    """Until when a result is valid, and whether that wants something to be done."""
    said = told(decision) if decision is not None else None
    return (said[0][lang], said[1] is not Phase.VALID) if said else ("", False)


def _difference(attained: bool, computed: Outcome | None) -> Text:
    match computed, attained:
        case Outcome.MET, False:
            return Text(
                "記録は基準を満たすと計算されましたが、人は未達成と決定しました。",
                "The record was computed to satisfy the standard; people decided that the level is not attained.",
            )
        case Outcome.NOT_MET, True:
            return Text(
                "記録は基準を満たさないと計算されましたが、人は達成と決定しました。",
                "The record was computed not to satisfy the standard; people decided that the level is attained.",
            )
        case Outcome.UNDETERMINED, True:
            return Text(
                "記録だけでは判断できませんでしたが、人は達成と決定しました。",
                "The record did not suffice to tell; people decided that the level is attained.",
            )
        case Outcome.UNDETERMINED, False:
            return Text(
                "記録だけでは判断できませんでしたが、人は未達成と決定しました。",
                "The record did not suffice to tell; people decided that the level is not attained.",
            )
    return Text("", "")


def remark_shown(remark: Remark, lang: Lang, *, may_answer: bool) -> pages.RemarkShown:

    asks = remark.kind != "accept" and remark.answered_at is None
    return pages.RemarkShown(
        remark.kind,
        _REMARK[remark.kind][lang],
        called(remark.author),
        minute_of(remark.at)[lang],
        remark.reason,
        remark.proposal,
        remark.answer,
        minute_of(remark.answered_at)[lang] if remark.answered_at else "",
        reverse("case-answer", args=[remark.assessment_id, remark.pk])
        if asks and may_answer
        else "",
    )


_REMARK = {
    "accept": Text("認める", "accepted"),
    "correct": Text("直す提案", "correction proposed"),
    "question": Text("質問", "question"),
}
