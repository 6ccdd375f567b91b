"""The pages of a record: one's own, that of somebody else, the fields chosen, what work counts for."""

import json
from collections.abc import Iterator
from io import StringIO

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe
from ruamel.yaml import YAML

from tassei.evidence.write import plain_evidence
from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, Link, OptionGroup
from tassei.web.explorer.shelf import standards
from tassei.web.history import Stale
from tassei.web.masks import said
from tassei.web.models import Entry, Person
from tassei.web.permits import Act, Concern, Viewer, may
from tassei.web.proofs import Masks, proof_tree
from tassei.web.record.about import choose, chosen_from
from tassei.web.record.counts import counts_of
from tassei.web.record.files import LABELS, size_said
from tassei.web.record.pages import CountsPage, Document, FieldsPage, RecordPage, Tab
from tassei.web.record.panel import Judged, judged, panel_of
from tassei.web.record.portfolio import Portfolio, all_fields, portfolio_of
from tassei.web.record.timeline import chapters, period, time_line
from tassei.web.records import evidence_of
from tassei.web.site import lang_of, render
from tassei.web.trying.result import doubt_links
from tassei.web.viewers import concern_of_record, signed_in, viewer_of

_MOST_FIELDS = 20


def check(viewer: Person, act: Act, person: Person) -> None:
    """Refuse who may not do something with a record.

    Raises:
        PermissionDenied: the table says no.
    """
    if not allowed(viewer, act, person):
        raise PermissionDenied


def allowed(viewer: Person, act: Act, person: Person) -> bool:
    """Whether somebody may do something with a record."""
    # what is open to everybody for the own record needs no look at roles, units and assessments
    if viewer.pk == person.pk and may(Viewer(viewer.pk), act, Concern(person.pk)):
        return True
    return may(viewer_of(viewer), act, concern_of_record(person))


def somebody(viewer: Person, code: str) -> Person:
    """The person of a code whose record the viewer may read; who may not learns not even that there is one.

    Raises:
        Http404: there is nobody, or it is not open to the viewer.
    """
    found: Person | None = (
        Person.objects.filter(code=code).select_related("unit").first()
        if "\0" not in code
        else None
    )
    if found is None or not allowed(viewer, Act.READ_RECORD, found):
        raise Http404
    return found


@require_safe
@signed_in
def record(request: HttpRequest, person: Person) -> HttpResponse:
    """The answer for one field, what to do next, what was done, the proof."""
    check(person, Act.READ_RECORD, person)
    return _record(request, person, person)


@require_safe
@signed_in
def record_of(request: HttpRequest, viewer: Person, code: str) -> HttpResponse:
    """The record of somebody else, with what is masked kept back."""
    return _record(request, viewer, somebody(viewer, code))


def _record(request: HttpRequest, viewer: Person, person: Person) -> HttpResponse:
    lang, own = lang_of(request), viewer.pk == person.pk
    portfolio = portfolio_of(person, this_month())
    field, show = request.GET.get("field", ""), request.GET.get("show", "")
    path = shown_field(portfolio, field or show.rpartition("/")[0])
    panel = proof = None
    doubts: tuple[Link, ...] = ()
    if path:
        found = judged(portfolio, path, show)
        panel = panel_of(portfolio, found, path, own, lang)
        proof = proof_tree(found.judgement, found.judge, lang, masks_of(portfolio, found))
        doubts = doubt_links(found.judge, found.judgement.rung, lang)
    title = Text("私の記録", "My record")
    if not own:
        name = person.name or person.code
        title = Text(f"{name}の記録", f"The record of {name}")
    unmasked = allowed(viewer, Act.UNMASK_RECORD, person)
    page = RecordPage(
        title[lang],
        own,
        tabs(portfolio, path, lang),
        panel,
        proof,
        doubts,
        time_line(portfolio, own, unmasked, lang),
        chapters(portfolio, own, lang),
        tuple(_team(person)) if own else (),
    )
    return render(request, page)


def _team(person: Person) -> Iterator[Link]:
    """The records that a superior reads."""
    for one in Person.objects.filter(superior=person, active=True).order_by("code"):
        yield Link(one.name or one.code, reverse("record-of", args=[one.code]))


def masks_of(portfolio: Portfolio, found: Judged) -> Masks:
    """Masked amounts in words, by the names that a judgement has for engagements."""
    works = {w.id: w for w in found.evidence.engagements or ()}
    named = {(n, m): (works[n].size.get(m), by) for n, key in found.keys.items() for (k, m), by in portfolio.masks.items() if k == key}  # fmt: skip
    return {k: said(k[1], v, by) for k, (v, by) in named.items() if isinstance(v, int)}


def shown_field(portfolio: Portfolio, asked: str) -> str:
    """The chosen field that a page shows: the one asked for, or the first; empty where there is none."""
    return asked if asked in portfolio.chosen else next(iter(portfolio.chosen), "")


def tabs(portfolio: Portfolio, path: str, lang: Lang) -> tuple[Tab, ...]:
    """The chosen fields, each with the address that shows it."""
    return tuple(
        Tab(
            all_fields()[p][1].name[lang],
            edition_name(all_fields()[p][0])[lang],
            f"?{urlencode({'field': p})}",
            p == path,
        )
        for p in portfolio.chosen
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fields(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose the fields to be judged in."""
    check(person, Act.CHANGE_RECORD, person)
    lang = lang_of(request)
    portfolio = portfolio_of(person, this_month())
    chosen, stale = list(portfolio.chosen), False
    if request.method == "POST":
        chosen = chosen_from(request.POST.getlist("field"))[:_MOST_FIELDS]
        try:
            choose(portfolio, request.POST.get("seen", ""), chosen)
            return HttpResponseRedirect(reverse("record"))
        except Stale:
            stale = True
            portfolio = portfolio_of(person, this_month())
    groups = tuple(
        OptionGroup(
            edition_name(e)[lang],
            tuple(
                Choice(e.qualified(f.id), f.name[lang], e.qualified(f.id) in chosen)
                for f in e.specialty_fields()
            ),
        )
        for e in standards().editions
    )
    title = Text("判定を受ける専門分野を選ぶ", "Choose the fields to be judged in")
    page = FieldsPage(title[lang], groups, str(portfolio.version), stale)
    return render(request, page, 409 if stale else 200)


@require_safe
@signed_in
def counts(request: HttpRequest, person: Person, entry: int) -> HttpResponse:
    """What one of the own engagements counts for."""
    check(person, Act.READ_RECORD, person)
    return _counts(request, person, entry, True)


@require_safe
@signed_in
def counts_of_other(request: HttpRequest, viewer: Person, code: str, entry: int) -> HttpResponse:
    """What an engagement of somebody else counts for."""
    return _counts(request, somebody(viewer, code), entry, viewer.code == code)


def _counts(request: HttpRequest, person: Person, entry: int, own: bool) -> HttpResponse:
    lang = lang_of(request)
    portfolio = portfolio_of(person, this_month())
    row = work_of(portfolio, entry)
    work = next(w for w in portfolio.engagements if w.id == row.key)
    name = work.title or work.id
    page = CountsPage(
        Text(f"「{name}」が数えられるレベル", f"What “{name}” counts for")[lang],
        name,
        period(work, portfolio.as_of)[lang],
        counts_of(portfolio, row.key, lang),
        documents(portfolio, row.key, lang),
        reverse("record-work", args=[row.pk]) if own else "",
        reverse("record") if own else reverse("record-of", args=[person.code]),
        "" if own else person.name or person.code,
    )
    return render(request, page)


def work_of(portfolio: Portfolio, entry: int) -> Entry:
    """The entry of an engagement of this record.

    Raises:
        Http404: the record has none of that number.
    """
    for row in portfolio.works.values():
        if row.pk == entry:
            return row
    raise Http404


def documents(portfolio: Portfolio, key: str, lang: Lang) -> tuple[Document, ...]:
    """The documents attached to an engagement."""
    return tuple(
        Document(
            a.pk,
            a.name,
            LABELS[a.kind][lang],
            size_said(a.size),
            a.at.date().isoformat(),
            reverse("record-document", args=[a.pk]),
        )
        for a in portfolio.attachments.get(key, ())
    )


@require_safe
@signed_in
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """The record as an evidence file, in JSON or YAML."""
    check(person, Act.READ_RECORD, person)
    plain = plain_evidence(evidence_of(person, this_month()).evidence)
    if request.GET.get("as") == "yaml":
        return _file(_yaml(plain), "application/yaml", "record.yaml")
    written = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    return _file(written, "application/json", "record.json")


def _file(written: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type=f"{kind}; charset=utf-8", headers=headers)


def _yaml(plain: object) -> str:
    yaml = YAML()
    out = StringIO()
    yaml.dump(plain, out)
    return out.getvalue()
