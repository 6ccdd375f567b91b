"""The pages about the person: contributions and examinations; skills and knowledge."""

from collections.abc import Callable, Mapping

from attrs import frozen
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.history import Stale
from tassei.web.models import Person
from tassei.web.permits import Act
from tassei.web.record.about import (
    CONTRIBUTIONS,
    SKILLS,
    AboutDraft,
    contributions,
    digest_of,
    save,
    skills,
)
from tassei.web.record.pages import AboutPage, FormState, LivePage
from tassei.web.record.portfolio import Portfolio, portfolio_of
from tassei.web.record.views import check, shown_field, tabs
from tassei.web.record.work import without
from tassei.web.record.work_views import live, panel_for
from tassei.web.site import lang_of, render, render_part
from tassei.web.viewers import signed_in


@frozen
class _Subject:
    """One of the two forms.

    Args:
        parts: of an evidence file that it is about.
    """

    title: Text
    lead: Text
    name: str
    parts: tuple[str, ...]
    ask: Callable[[Portfolio, Mapping[str, str], Lang], AboutDraft]


_CONTRIBUTIONS = _Subject(
    Text("貢献と試験", "Contributions and examinations"),
    Text(
        "専門領域、技術の継承、後進の育成、試験について、選んだ分野に要るものだけを聞きます。",
        "Areas of specialty, technology handed on, juniors, examinations: only what the chosen fields need is asked.",
    ),
    "record-about",
    CONTRIBUTIONS,
    contributions,
)
_SKILLS = _Subject(
    Text("スキルと知識", "Skills and knowledge"),
    Text(
        "ここでは、したことではなく、できることと知っていることを聞きます。達成度の判定には使いません。",
        "This asks what you can do and what you know, not what you did. No achievement is judged by it.",
    ),
    "record-skills",
    SKILLS,
    skills,
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def about(request: HttpRequest, person: Person) -> HttpResponse:
    """Contributions and examinations."""
    return _about(request, person, _CONTRIBUTIONS)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def can(request: HttpRequest, person: Person) -> HttpResponse:
    """Skills and knowledge."""
    return _about(request, person, _SKILLS)


def _about(request: HttpRequest, person: Person, subject: _Subject) -> HttpResponse:
    check(person, Act.CHANGE_RECORD, person)
    lang = lang_of(request)
    portfolio = portfolio_of(person, this_month())
    if not portfolio.chosen:
        return HttpResponseRedirect(reverse("record-fields"))
    if request.method != "POST":
        draft = subject.ask(portfolio, {}, lang)
        state = FormState(digest_of(portfolio, subject.parts), saved="saved" in request.GET)
        return _page(request, portfolio, subject, draft, state)
    answers = {k: str(v) for k, v in request.POST.items()}
    seen = request.POST.get("seen", "")
    draft = subject.ask(portfolio, answers, lang)
    sound = draft
    if draft.faults:
        # the rest of what was typed is not lost for one answer that cannot be read
        sound = subject.ask(portfolio, without(answers, draft.faults), lang)
    controls = tuple(c for g in draft.groups for c in g.controls)
    try:
        if sound.parts is not None:
            save(portfolio, subject.parts, seen, sound)
    except Stale:
        state = FormState(seen, stale=True, controls=controls)
        return _page(request, portfolio, subject, draft, state, 409)
    after = portfolio_of(person, portfolio.as_of)
    state = FormState(
        digest_of(after, subject.parts),
        sound.parts is not None,
        faults=draft.faults,
        other=draft.other,
        controls=controls,
    )
    if draft.faults or draft.other:
        return _page(request, after, subject, draft, state, 422)
    if live(request):
        return _page(request, after, subject, draft, state)
    return HttpResponseRedirect(f"{reverse(subject.name)}?saved=1")


def _page(
    request: HttpRequest,
    portfolio: Portfolio,
    subject: _Subject,
    draft: AboutDraft,
    state: FormState,
    status: int = 200,
) -> HttpResponse:
    lang, asked = lang_of(request), request.GET.get("field", "")
    panel = panel_for(portfolio, asked, lang)
    if live(request):
        return render_part(request, LivePage(subject.title[lang], panel, state), status)
    page = AboutPage(
        subject.title[lang],
        subject.lead[lang],
        reverse(subject.name),
        draft.groups,
        state,
        panel,
        tabs(portfolio, shown_field(portfolio, asked), lang),
    )
    return render(request, page, status)
