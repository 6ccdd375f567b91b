"""One case as a page: everything that a reader may see of it, and what the reader can do."""

from collections.abc import Iterable

from attrs import frozen
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from tassei.errors import EvidenceError, RequestError
from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web.cycle.case import Actor, Case, State
from tassei.web.cycle.moves import Move, Part, is_part, offered
from tassei.web.dates import called
from tassei.web.desk import actor_of, case_of
from tassei.web.explorer.build import level_url
from tassei.web.explorer.pages import Link
from tassei.web.models import Assessment, Person, Remark, RemarkKind
from tassei.web.permits import Act, Concern, Viewer, may
from tassei.web.reviews import pages
from tassei.web.reviews.beside import beside
from tassei.web.reviews.judged import Judged, judged
from tassei.web.reviews.rows import Group, groups_of
from tassei.web.reviews.shown import (
    committee_shown,
    cycle_name,
    decision_shown,
    due_day,
    held_by,
    level_name,
    move_link,
    remark_shown,
    step_shown,
    verdict_line,
)
from tassei.web.reviews.trail import Step, trail
from tassei.web.troubles import Told, told
from tassei.web.viewers import units_above, viewer_of


@frozen
class Opened:
    """A case as one reader opens it."""

    reader: Person
    assessment: Assessment
    case: Case
    actor: Actor
    viewer: Viewer
    concern: Concern

    def may(self, act: Act) -> bool:
        return may(self.viewer, act, self.concern)

    def is_(self, part: Part) -> bool:
        return is_part(part, self.case, self.actor)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that the reader is offered, those that lead on first."""
        cycle = self.assessment.cycle
        found = offered(
            self.case,
            self.actor,
            cycle_open=cycle.closed_at is None,
            cycle_begun=cycle.opened_at is not None,
        )
        return tuple(sorted(found, key=lambda move: move.name not in _ONWARD))

    @property
    def remarks_open(self) -> bool:
        """Whether the reader can remark on claims now: who has the case in hand."""
        if not self.may(Act.REMARK) or self.assessment.cycle.closed_at is not None:
            return False
        state = self.case.state
        held = state is State.SUPERIOR and self.is_(Part.HOLDER)
        return held or (state is State.COMMITTEE and self.is_(Part.BENCH))

    @property
    def may_answer(self) -> bool:
        """Whether the reader answers remarks: the engineer, until it is decided."""
        ended = (State.DECIDED, State.CLOSED, State.WITHDRAWN)
        return (
            self.may(Act.ANSWER_REMARK)
            and self.case.state not in ended
            and self.assessment.cycle.closed_at is None
        )


_ONWARD = frozenset({"begin", "submit", "forward", "settle", "view", "decide", "appeal"})


def opened(reader: Person, number: int) -> Opened:
    """A case with what the reader is to it.

    Raises:
        Http404: there is none, or it is not open to the reader.
    """
    found = (
        Assessment.objects.select_related("cycle", "person__unit", "superior", "computed")
        .prefetch_related("seats__person", "decisions__computed")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    case, units = case_of(found), units_above(found.person)
    superiors = {found.person.superior_id, found.superior_id} - {None}
    members = {int(p) for p in case.committee - case.excluded}
    concern = Concern(found.person_id, frozenset(superiors), frozenset(members), units)
    one = Opened(reader, found, case, actor_of(reader, units), viewer_of(reader), concern)
    # who may not read it learns not even that it exists; nor does anybody asked before it begins
    begun = found.cycle.opened_at is not None or one.may(Act.READ_CYCLE)
    if not one.may(Act.READ_ASSESSMENT) or not begun:
        raise Http404
    return one


def title_of(assessment: Assessment, lang: Lang) -> str:
    return f"{called(assessment.person)} · {level_name(assessment, lang)}"


def case_page(one: Opened, lang: Lang) -> pages.CasePage:
    """The whole of a case."""
    row, case = one.assessment, one.case
    steps = trail(row, lang)
    found, faults = verdict_of(row, lang)
    remarks = list(Remark.objects.filter(assessment=row).select_related("author").order_by("at"))
    questions = sum(r.kind != RemarkKind.ACCEPT.value and r.answered_at is None for r in remarks)
    groups = groups_of(found, lang, beside(row, found.evidence)) if found else ()
    due, overdue = due_day(row, lang)
    moved = next((s for s in steps if s.kind not in _NO_MOVES), None)
    return pages.CasePage(
        title_of(row, lang),
        Link(cycle_name(row, lang), reverse("cycle", args=[row.cycle_id]) if one.may(Act.READ_CYCLE) else ""),
        Link(found.level.name[lang], level_url(found.level)) if found else None,
        case.state.label[lang],
        held_by(row, case, lang),
        due,
        overdue,
        _asked(one)[lang],
        tuple(move_link(row, m, lang) for m in one.moves),
        step_shown(moved, lang) if moved and moved.why else None,
        tuple(t[lang] for t in _notices(one, found)),
        questions,
        verdict_line(found, lang) if found else None,
        faults,
        _groups(one, groups, remarks, lang),
        _gone(one, groups, remarks, lang),
        committee_shown(row, case, steps, lang, may_read=one.may(Act.READ_VIEWS)),
        decisions_of(row, steps, lang),
        _trail(one, steps, lang),
        reverse("dossier", args=[row.pk]) if found else "",
        one.reader.pk == row.person_id,
    )  # fmt: skip


_NO_MOVES = frozenset(
    {"view", "recuse", "computed", "created", "added", "chosen", "seat", "unseat", "exclude", "accept", "correct", "question", "answered"}
)  # fmt: skip
"""What is done to a case without its going anywhere; a view is hidden until all are given."""


def verdict_of(row: Assessment, lang: Lang) -> tuple[Judged | None, tuple[Told, ...]]:
    """The case as it is judged; or why it cannot be."""
    if not row.field:
        return None, ()
    try:
        return judged(row), ()
    except EvidenceError as error:
        return None, tuple(told(f, lang) for f in error.faults)
    except RequestError:
        return None, ()


def decisions_of(
    row: Assessment, steps: tuple[Step, ...], lang: Lang
) -> tuple[pages.DecisionShown, ...]:
    decisions = sorted(row.decisions.all(), key=lambda d: d.upheld)
    ids = {int(p) for d in decisions for p in d.by}
    people = {p.pk: p for p in Person.objects.filter(pk__in=ids)} if ids else {}
    return tuple(decision_shown(d, people, steps, lang) for d in decisions)


def _asked(one: Opened) -> Text:
    """What is asked of the reader now."""
    names = {m.name for m in one.moves}
    if not one.assessment.field and one.is_(Part.SUBJECT):
        return Text("専門分野とレベルを選んでください", "Choose a field and a level")
    for name, said in _ASKED.items():
        if name in names:
            return said
    return Text("", "")


_ASKED = {
    "begin": Text("記入を始めてください", "Begin, and look at your record"),
    "submit": Text("記録を確かめ、提出してください", "Check your record, and submit it"),
    "forward": Text("主張を確かめ、審査に送るか差し戻してください", "Check the claims; then pass it on, or return it"),
    "settle": Text("主張を確かめ、決定してください", "Check the claims, and decide"),
    "view": Text("主張を確かめ、意見を出してください", "Check the claims, and give your view"),
    "appeal": Text("決定に同意できない場合は、不服を申し立てられます", "If you do not agree with the decision, you can appeal"),
}  # fmt: skip


def _notices(one: Opened, found: Judged | None) -> Iterable[Text]:
    row = one.assessment
    if found and found.changed:
        yield Text(
            "提出の後に、記録が変わっています。ここに示すのは提出された写しです。新しい記録で審査するには、本人に差し戻してください。",
            "The record has changed since it was submitted. What is shown is the copy that was submitted; return the case to have the new record reviewed.",
        )
    if row.superior_id is None and one.may(Act.SET_UP_CYCLE):
        yield Text("担当の上司がまだ決まっていません。", "No superior is named yet.")
    short = row.cycle.quorum - len(one.case.bench)
    if row.level >= 4 and short > 0 and one.may(Act.SET_UP_CYCLE):
        yield Text(
            f"決定には審査員があと{short}人要ります。",
            f"{plural(short, 'more member')} needed for a decision.",
        )
    if row.appealed:
        yield Text(
            "不服申立てにより、はじめの決定に加わらなかった人が審査します。",
            "It has been appealed; people who had no part in the first decision hear it.",
        )


def _groups(
    one: Opened, groups: tuple[Group, ...], remarks: list[Remark], lang: Lang
) -> tuple[pages.GroupShown, ...]:
    by_clause: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_clause.setdefault(remark.clause, []).append(remark)
    shown = []
    for group in groups:
        rows = tuple(
            pages.RowShown(
                row,
                tuple(
                    remark_shown(r, lang, may_answer=one.may_answer)
                    for r in by_clause.get(row.key, ())
                ),
                remark_links(one.assessment, row.key, row.number, lang) if one.remarks_open else (),
            )
            for row in group.rows
        )
        open_ = sum(
            r.kind != "accept" and r.answered_at is None
            for row in group.rows
            for r in by_clause.get(row.key, ())
        )
        said = any(r.remarks for r in rows)
        shown.append(pages.GroupShown(group, rows, group.opened or said, open_))
    return tuple(shown)


def remark_links(row: Assessment, key: str, number: int, lang: Lang) -> tuple[Link, ...]:
    """Where a clause is accepted, corrected or questioned."""
    query = urlencode({"clause": key})
    return tuple(
        Link(
            k.label[lang],
            f"{reverse('case-remark', args=[row.pk, k.value])}?{query}",
            str(number),
        )
        for k in RemarkKind
    )


def _gone(
    one: Opened, groups: tuple[Group, ...], remarks: list[Remark], lang: Lang
) -> tuple[pages.RemarkShown, ...]:
    """Remarks on clauses that the record as it is no longer comes to."""
    keys = {row.key for group in groups for row in group.rows}
    return tuple(
        remark_shown(r, lang, may_answer=one.may_answer) for r in remarks if r.clause not in keys
    )


def _trail(one: Opened, steps: tuple[Step, ...], lang: Lang) -> tuple[pages.StepShown, ...]:
    if not one.may(Act.READ_HISTORY):
        return ()
    views = one.case.views_open and one.may(Act.READ_VIEWS)
    return tuple(step_shown(s, lang, tell=s.kind != "view" or views) for s in steps)
