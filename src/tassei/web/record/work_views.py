"""The pages of one engagement: its form, saved as one types; copies; documents; taking it out."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tassei.evidence.model import Engagement
from tassei.text import Lang, Text
from tassei.web.asking.sheet import Control
from tassei.web.clock import this_month
from tassei.web.history import Author, Stale, remove
from tassei.web.models import Attachment, Entry, Person
from tassei.web.permits import Act
from tassei.web.record.files import MOST_BYTES, MOST_FILES, Refused, Upload, attach, sent
from tassei.web.record.pages import FormState, LivePage, RemovePage, WorkPage
from tassei.web.record.panel import Panel, deciding_names, judged, panel_of
from tassei.web.record.portfolio import Portfolio, portfolio_of
from tassei.web.record.views import allowed, check, documents, shown_field, tabs, work_of
from tassei.web.record.work import (
    Draft,
    draft_of,
    first_things_first,
    new_key,
    save,
    seen_of,
    without,
)
from tassei.web.records import write
from tassei.web.site import lang_of, render, render_part
from tassei.web.viewers import signed_in

_NEW = Text("業務を加える", "Add work")
_NO_FILE = Text("ファイルが選ばれていません", "no file was chosen")


def live(request: HttpRequest) -> bool:
    """Whether a form is sent while somebody types."""
    return request.headers.get("HX-Request") == "true"


def panel_for(portfolio: Portfolio, asked: str, lang: Lang) -> Panel | None:
    """The verdict beside a form; None while no field is chosen."""
    path = shown_field(portfolio, asked)
    return panel_of(portfolio, judged(portfolio, path), path, True, lang) if path else None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """An engagement that is not recorded yet; a copy of another where one is named."""
    check(person, Act.CHANGE_RECORD, person)
    portfolio = portfolio_of(person, this_month())
    if not portfolio.chosen:
        return HttpResponseRedirect(reverse("record-fields"))
    if request.method == "POST":
        key = request.POST.get("key", "")
        if not _is_key(key):
            raise Http404
        return _sent(request, portfolio, key)
    copied = request.GET.get("copy", "")
    recorded = _copy(portfolio, copied)
    draft = draft_of(
        portfolio, new_key(), recorded, {}, lang_of(request), request.GET.get("field", "")
    )
    return _form(request, portfolio, draft, FormState(seen_of(None)), 0, copied)


def _is_key(key: str) -> bool:
    """An id that `new_key` makes; the ids that files bring are found by the number of their entry."""
    return key.startswith("work-") and len(key) == 15 and key[5:].isalnum() and key.isascii()


def _copy(portfolio: Portfolio, number: str) -> dict[str, Any]:
    """What a copy begins with: all of an engagement but its months and its masked amounts."""
    if not number.isdecimal() or len(number) > 18:
        return {}
    row = work_of(portfolio, int(number))
    kept = portfolio.discretion(row.key)
    masked = kept.amounts if kept else {}
    size = {k: v for k, v in (row.body.get("size") or {}).items() if k not in masked}
    rest = {k: v for k, v in row.body.items() if k not in ("from", "to", "size")}
    return rest | ({"size": size} if size else {})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, person: Person, entry: int) -> HttpResponse:
    """An engagement that is recorded."""
    check(person, Act.CHANGE_RECORD, person)
    portfolio = portfolio_of(person, this_month())
    row = work_of(portfolio, entry)
    if request.method == "POST":
        return _sent(request, portfolio, row.key)
    draft = draft_of(portfolio, row.key, row.body, {}, lang_of(request))
    state = FormState(seen_of(row), saved="saved" in request.GET)
    return _form(request, portfolio, draft, state, row.pk)


def _sent(request: HttpRequest, portfolio: Portfolio, key: str) -> HttpResponse:
    """Save what was sent, as far as it can be read, and answer with what it comes to."""
    lang, seen = lang_of(request), request.POST.get("seen", "")
    answers = {k: str(v) for k, v in request.POST.items()}
    row = portfolio.works.get(key)
    copied = request.POST.get("copied", "") if row is None else ""
    recorded: Mapping[str, Any] = row.body if row else _copy(portfolio, copied)
    draft = draft_of(portfolio, key, recorded, answers, lang)
    faults, other = draft.faults, draft.other
    sound = draft
    if faults:
        # the rest of what was typed is not lost for one answer that cannot be read
        sound = draft_of(portfolio, key, recorded, without(answers, faults), lang)
    try:
        if seen != seen_of(row):
            raise Stale
        if sound.body is not None:
            save(portfolio.person, key, seen, sound)
    except Stale:
        state = FormState(seen, stale=True, controls=_controls(draft))
        return _answer(request, portfolio, draft, state, row, copied, 409)
    saved = sound.body is not None
    after = portfolio_of(portfolio.person, portfolio.as_of) if saved else portfolio
    now = after.works.get(key)
    there = _address(request, now) if now else ""
    if not faults and not other and now is not None:
        moved = row is not None and row.body.get("fields") != now.body.get("fields")
        if not live(request):
            return HttpResponseRedirect(there)
        if moved:
            # other fields have other questions
            return HttpResponse(headers={"HX-Redirect": there})
    state = FormState(
        seen_of(now),
        saved,
        False,
        not draft.entered,
        faults,
        other,
        _controls(draft),
        there if "key" in request.POST and request.path == reverse("record-work-new") else "",
    )
    return _answer(request, after, draft, state, now, copied, 422 if faults or other else 200)


def _address(request: HttpRequest, row: Entry) -> str:
    """The form of a recorded engagement, with the field that is judged beside it."""
    field = request.GET.get("field", "")
    query = urlencode(({"field": field} if field else {}) | {"saved": "1"})
    return f"{reverse('record-work', args=[row.pk])}?{query}"


def _controls(draft: Draft) -> tuple[Control, ...]:
    """Every question, with what is wrong with it: the page has a place for each."""
    return tuple(c for g in draft.groups for c in g.controls)


def _answer(
    request: HttpRequest,
    portfolio: Portfolio,
    draft: Draft,
    state: FormState,
    row: Entry | None,
    copied: str,
    status: int,
) -> HttpResponse:
    lang = lang_of(request)
    if not live(request):
        return _form(request, portfolio, draft, state, row.pk if row else 0, copied, status)
    panel = panel_for(portfolio, request.GET.get("field", ""), lang)
    return render_part(request, LivePage(_NEW[lang], panel, state), status)


def _own_address(pk: int, field: str) -> str:
    query = f"?{urlencode({'field': field})}" if field else ""
    return f"{reverse('record-work', args=[pk])}{query}"


def _form(
    request: HttpRequest,
    portfolio: Portfolio,
    draft: Draft,
    state: FormState,
    pk: int,
    copied: str = "",
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    lang = lang_of(request)
    asked = request.GET.get("field", "")
    row = portfolio.works.get(draft.key)
    body = row.body if row else {}
    title = str(body.get("title") or draft.key) if row else _NEW[lang]
    groups = first_things_first(draft.groups, deciding(portfolio, draft), lang)
    page = WorkPage(
        title,
        request.get_full_path() if not pk else _own_address(pk, asked),
        pk,
        draft.key,
        copied,
        groups,
        state,
        panel_for(portfolio, asked, lang),
        tabs(portfolio, shown_field(portfolio, asked), lang),
        documents(portfolio, draft.key, lang),
        MOST_FILES,
        bool(body.get("to")),
        refused,
    )  # fmt: skip
    return render(request, page, status)


def deciding(portfolio: Portfolio, draft: Draft) -> frozenset[str]:
    """The questions of a form that a verdict turns on; of new work, as if it were recorded as it is."""
    if draft.key in portfolio.works:
        return deciding_names(portfolio, draft.key)
    ticked = frozenset(
        c.name.removeprefix("field-")
        for g in draft.groups
        for c in g.controls
        if g.key == "fields" and c.value
    )
    blank = Engagement(draft.key, fields=ticked or frozenset(portfolio.chosen))
    works = (*(portfolio.evidence.engagements or ()), blank)
    imagined = evolve(portfolio, evidence=evolve(portfolio.evidence, engagements=works))
    return deciding_names(imagined, draft.key)


@require_POST
@signed_in
def extend(request: HttpRequest, person: Person, entry: int) -> HttpResponse:
    """Say that an engagement with a last month goes on after all."""
    check(person, Act.CHANGE_RECORD, person)
    portfolio = portfolio_of(person, this_month())
    row = work_of(portfolio, entry)
    try:
        if request.POST.get("seen") != seen_of(row):
            raise Stale
        body = {k: v for k, v in row.body.items() if k != "to"}
        key = ("engagement", row.key)
        write(Author(person.pk, "extended"), person, {key: body}, seen={key: row.version})
    except Stale:
        draft = draft_of(portfolio, row.key, row.body, {}, lang_of(request))
        state = FormState(seen_of(row), stale=True)
        return _form(request, portfolio, draft, state, row.pk, status=409)
    return HttpResponseRedirect(f"{reverse('record-work', args=[entry])}?saved=1")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_out(request: HttpRequest, person: Person, entry: int) -> HttpResponse:
    """Take an engagement out of the record, with its documents; the history keeps it, with the reason."""
    check(person, Act.CHANGE_RECORD, person)
    lang = lang_of(request)
    portfolio = portfolio_of(person, this_month())
    row = work_of(portfolio, entry)
    why = _why(request)
    stale = asked = False
    if request.method == "POST":
        stale, asked = request.POST.get("seen") != seen_of(row), not why
        if not stale and not asked:
            key = ("engagement", row.key)
            try:
                write(Author(person.pk, why), person, {}, [key], {key: row.version})
                return HttpResponseRedirect(reverse("record"))
            except Stale:
                stale = True
    name = str(row.body.get("title") or row.key)
    page = RemovePage(
        Text(f"「{name}」を記録から外す", f"Take “{name}” out of the record")[lang],
        why,
        len(portfolio.attachments.get(row.key, ())),
        seen_of(row),
        reverse("record-work", args=[row.pk]),
        stale,
        asked,
    )
    return render(request, page, 409 if stale else 422 if asked else 200)


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").replace("\0", "").strip()[:1000]


@csrf_exempt
def add_document(request: HttpRequest, entry: int) -> HttpResponse:
    """Attach a document: it may be larger than other forms, so that another reader takes it in."""
    request.upload_handlers = [Upload(request)]
    # the token stands in the form, which is read from here on
    return _add_document(request, entry)


@csrf_protect
@require_POST
@signed_in
def _add_document(request: HttpRequest, person: Person, entry: int) -> HttpResponse:
    check(person, Act.CHANGE_RECORD, person)
    lang = lang_of(request)
    portfolio = portfolio_of(person, this_month())
    row = work_of(portfolio, entry)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refused(_NO_FILE)
        attach(person, row, upload.name or "", upload.read(MOST_BYTES + 1))
    except Refused as refused:
        draft = draft_of(portfolio, row.key, row.body, {}, lang)
        state = FormState(seen_of(row))
        why = refused.why[lang]
        return _form(request, portfolio, draft, state, row.pk, status=422, refused=why)
    return HttpResponseRedirect(f"{reverse('record-work', args=[entry])}#documents")


@require_safe
@signed_in
def document(request: HttpRequest, viewer: Person, number: int) -> HttpResponse:
    """A document as a file, for who may read the record."""
    return sent(_document(viewer, number, Act.READ_RECORD))


def _document(viewer: Person, number: int, act: Act) -> Attachment:
    rows = Attachment.objects.filter(pk=number).select_related("entry__person__unit")
    found: Attachment | None = rows.first()
    if found is None or not allowed(viewer, act, found.entry.person):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def drop_document(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Take a document away, with the reason."""
    row = _document(person, number, Act.CHANGE_RECORD)
    lang, why = lang_of(request), _why(request)
    back = reverse("record-work", args=[row.entry_id])
    stale = asked = False
    if request.method == "POST":
        stale, asked = request.POST.get("seen") != str(row.version), not why
        if not stale and not asked:
            with transaction.atomic():
                remove(Author(person.pk, why), row, row.version)
            return HttpResponseRedirect(f"{back}#documents")
    title = Text(f"文書「{row.name}」を外す", f"Take the document “{row.name}” away")
    page = RemovePage(title[lang], why, 0, str(row.version), back, stale, asked)
    return render(request, page, 409 if stale else 422 if asked else 200)
