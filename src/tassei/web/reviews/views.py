"""The pages of reviews."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tassei.errors import EvidenceError
from tassei.text import Lang, Text
from tassei.web.cycle.moves import BY_NAME, Refused
from tassei.web.explorer.pages import Choice, Link, OptionGroup
from tassei.web.history import Stale
from tassei.web.models import Attachment, Person, Remark, RemarkKind
from tassei.web.permits import Act
from tassei.web.record.files import sent
from tassei.web.reviews import pages
from tassei.web.reviews.beside import beside
from tassei.web.reviews.candidates import candidates, present
from tassei.web.reviews.cases import Opened, case_page, opened, title_of, verdict_of
from tassei.web.reviews.making import GRAVE, MEANINGS, SAYS_WHICH, TARGETS, make
from tassei.web.reviews.queue import load_page, queue_page
from tassei.web.reviews.remarks import answer as write_answer
from tassei.web.reviews.remarks import remark as write_remark
from tassei.web.reviews.rows import Row, groups_of
from tassei.web.reviews.shown import (
    ATTAINED,
    case_url,
    committee_shown,
    remark_shown,
    verdict_line,
)
from tassei.web.reviews.trail import trail
from tassei.web.site import lang_of, render
from tassei.web.typing_in import LONGEST, TOO_LONG, number, typed
from tassei.web.viewers import signed_in

_REASON = Text("理由を書いてください", "a reason is needed")
_NOBODY = Text("人を選んでください", "choose a person")


@require_safe
@signed_in
def queue(request: HttpRequest, person: Person) -> HttpResponse:
    """What waits for the reader, the oldest first."""
    return render(request, queue_page(person, lang_of(request)))


@require_safe
@signed_in
def load(request: HttpRequest, person: Person) -> HttpResponse:
    """How much each reviewer has in hand."""
    whose = request.GET.get("reviewer", "").replace("\0", "")[:60]
    return render(request, load_page(person, whose, lang_of(request)))


@require_safe
@signed_in
def case(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One case."""
    return render(request, case_page(opened(person, number), lang_of(request)))


@require_safe
@signed_in
def document(request: HttpRequest, person: Person, number: int, document: int) -> HttpResponse:
    """A document attached to the record that is assessed, for who may read the record in this case."""
    one = opened(person, number)
    of_case = Attachment.objects.filter(pk=document, entry__person=one.assessment.person)
    found = of_case.first() if one.may(Act.READ_RECORD) else None
    if found is None:
        raise Http404
    return sent(found)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def move(request: HttpRequest, person: Person, number: int, name: str) -> HttpResponse:
    """Make a move; a page of its own says what it means, and asks for what it needs."""
    one, lang = opened(person, number), lang_of(request)
    if name not in BY_NAME:
        raise Http404
    if request.method == "POST":
        return _made(request, one, name, lang)
    if name not in {m.name for m in one.moves}:
        raise PermissionDenied
    return render(request, _move_page(request, one, name, lang))


def _made(request: HttpRequest, one: Opened, name: str, lang: Lang) -> HttpResponse:
    reason, code = typed(request, "reason"), typed(request, "target")
    target = present().filter(code=code).first() if name in TARGETS and code else None
    attained = {"yes": True, "no": False}.get(typed(request, "attained"))
    if len(reason) > LONGEST:
        return render(request, _move_page(request, one, name, lang, (TOO_LONG[lang],)), 422)
    if name in TARGETS and target is None:
        return render(request, _move_page(request, one, name, lang, (_NOBODY[lang],)), 422)
    try:
        make(
            one.reader, one.assessment.pk, number(request, "version"), name,
            reason=reason, target=target, attained=attained,
        )  # fmt: skip
    except Stale:
        return render(request, _move_page(request, one, name, lang, stale=True), 409)
    except Refused as error:
        wrong = tuple(r.text[lang] for r in error.refusals)
        return render(request, _move_page(request, one, name, lang, wrong), 422)
    except EvidenceError as error:
        wrong = tuple(f.what[lang] for f in error.faults)
        return render(request, _move_page(request, one, name, lang, wrong), 422)
    if one.reader.pk == one.assessment.person_id:
        return HttpResponseRedirect(reverse("mine"))
    return HttpResponseRedirect(case_url(one.assessment))


def _move_page(
    request: HttpRequest,
    one: Opened,
    name: str,
    lang: Lang,
    wrong: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> pages.MovePage:
    row, chosen, label = one.assessment, typed(request, "target"), BY_NAME[name].label[lang]
    asked = request.GET.get("q", "").replace("\0", "")[:60]
    found, _ = verdict_of(row, lang)
    views = None
    if name == "decide":
        may_read = one.may(Act.READ_VIEWS)
        views = committee_shown(row, one.case, trail(row, lang), lang, may_read=may_read)
    which = None
    if name in SAYS_WHICH:
        said = typed(request, "attained")
        options = (("yes", ATTAINED[True]), ("no", ATTAINED[False]))
        which = OptionGroup(
            Text("このレベルは", "This level is")[lang],
            tuple(Choice(v, t[lang], v == said) for v, t in options),
        )
    return pages.MovePage(
        label[:1].upper() + label[1:],
        Link(title_of(row, lang), case_url(row)),
        MEANINGS[name][lang],
        one.case.state.label[lang],
        row.version,
        verdict_line(found, lang) if found and (which or views) else None,
        views,
        name in TARGETS,
        asked,
        candidates(one, name, asked, chosen, lang) if name in TARGETS else (),
        which,
        BY_NAME[name].reason,
        typed(request, "reason"),
        wrong,
        stale,
        name in GRAVE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def remark(request: HttpRequest, person: Person, number: int, kind: str) -> HttpResponse:
    """Accept, correct or question one clause."""
    one, lang = opened(person, number), lang_of(request)
    if kind not in {k.value for k in RemarkKind}:
        raise Http404
    if not one.remarks_open:
        raise PermissionDenied
    clause = typed(request, "clause") if request.method == "POST" else request.GET.get("clause", "")
    row = _row(one, clause, lang)
    if request.method != "POST":
        return render(request, _remark_page(request, one, row, kind, lang))
    return _remarked(request, one, row, RemarkKind(kind), lang)


def _row(one: Opened, clause: str, lang: Lang) -> Row:
    found, _ = verdict_of(one.assessment, lang)
    groups = groups_of(found, lang, beside(one.assessment, found.evidence)) if found else ()
    row = next((r for g in groups for r in g.rows if r.key == clause), None)
    if row is None:
        raise Http404
    return row


def _remarked(
    request: HttpRequest, one: Opened, row: Row, kind: RemarkKind, lang: Lang
) -> HttpResponse:
    reason, proposal = typed(request, "reason"), typed(request, "proposal")
    wrong = []
    if not reason and kind is not RemarkKind.ACCEPT:
        wrong.append(_REASON[lang])
    if not proposal and kind is RemarkKind.CORRECT:
        wrong.append(
            Text("正しい値か文を書いてください", "write the value or text that is right")[lang]
        )
    if max(len(reason), len(proposal)) > LONGEST:
        wrong.append(TOO_LONG[lang])
    if wrong:
        page = _remark_page(request, one, row, kind.value, lang, tuple(wrong))
        return render(request, page, 422)
    try:
        write_remark(
            one.reader, one.assessment.pk, number(request, "version"), kind,
            clause=row.key, reason=reason, proposal=proposal,
        )  # fmt: skip
    except Stale:
        page = _remark_page(request, one, row, kind.value, lang, stale=True)
        return render(request, page, 409)
    return HttpResponseRedirect(f"{case_url(one.assessment)}#r{row.number}")


def _remark_page(
    request: HttpRequest,
    one: Opened,
    row: Row,
    kind: str,
    lang: Lang,
    wrong: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> pages.RemarkPage:
    return pages.RemarkPage(
        _REMARK_TITLES[kind][lang],
        Link(title_of(one.assessment, lang), case_url(one.assessment)),
        row,
        reverse("case-remark", args=[one.assessment.pk, kind]),
        kind,
        typed(request, "reason"),
        typed(request, "proposal"),
        wrong,
        stale,
        one.assessment.version,
    )


_REMARK_TITLES = {
    "accept": Text("主張を認める", "Accept a claim"),
    "correct": Text("主張の直しを提案する", "Propose a correction"),
    "question": Text("主張についてたずねる", "Question a claim"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest, person: Person, number: int, remark: int) -> HttpResponse:
    """Answer a remark."""
    one, lang = opened(person, number), lang_of(request)
    row = (
        Remark.objects.select_related("author").filter(pk=remark, assessment=one.assessment).first()
    )
    if row is None:
        raise Http404
    if not one.may_answer:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, _answer_page(request, one, row, lang))
    return _answered(request, one, row, lang)


def _answered(request: HttpRequest, one: Opened, row: Remark, lang: Lang) -> HttpResponse:
    written = typed(request, "answer")
    wrong = []
    if not written:
        wrong.append(Text("答えを書いてください", "write an answer")[lang])
    if len(written) > LONGEST:
        wrong.append(TOO_LONG[lang])
    if wrong:
        return render(request, _answer_page(request, one, row, lang, tuple(wrong)), 422)
    try:
        write_answer(one.reader, row, number(request, "version"), written)
    except Stale:
        row.refresh_from_db()
        return render(request, _answer_page(request, one, row, lang, stale=True), 409)
    return HttpResponseRedirect(case_url(one.assessment))


def _answer_page(
    request: HttpRequest,
    one: Opened,
    row: Remark,
    lang: Lang,
    wrong: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> pages.AnswerPage:
    return pages.AnswerPage(
        Text("質問に答える", "Answer")[lang],
        Link(title_of(one.assessment, lang), case_url(one.assessment)),
        remark_shown(row, lang, may_answer=False),
        typed(request, "answer") or row.answer,
        row.version,
        wrong,
        stale,
    )
