"""The pages of one's own record."""

import json
from typing import ClassVar

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tassei.errors import TasseiError
from tassei.evidence.read import record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import evidence_digest
from tassei.marked import parse
from tassei.text import Lang, Text
from tassei.web.clock import this_month
from tassei.web.explorer.shelf import editions_of, judge_for, known
from tassei.web.history import Author
from tassei.web.models import Person
from tassei.web.permits import Act, may
from tassei.web.records import evidence_of, keep
from tassei.web.site import lang_of, render
from tassei.web.troubles import Told, told
from tassei.web.trying.result import Result, result_of
from tassei.web.trying.views import decoded
from tassei.web.viewers import concern_of, signed_in, viewer_of


@frozen
class RecordPage:
    """One's own record.

    Args:
        result: None while nothing is recorded.
    """

    template: ClassVar[str] = "web/record.html"
    title: str
    result: Result | None


@frozen
class ImportPage:
    """A file for one's own record.

    Args:
        seen: the digest of the record that the page was made from.
        stale: the record was changed since.
    """

    template: ClassVar[str] = "web/record_import.html"
    title: str
    written: str
    seen: str
    faults: tuple[Told, ...]
    stale: bool


def _check(person: Person, act: Act) -> None:
    if not may(viewer_of(person), act, concern_of(person)):
        raise PermissionDenied


@require_safe
@signed_in
def record(request: HttpRequest, person: Person) -> HttpResponse:
    """The answer first, then what to do next, every level, the proof."""
    _check(person, Act.READ_RECORD)
    lang, as_of = lang_of(request), this_month()
    evidence = evidence_of(person, as_of).evidence
    result = None
    if evidence.engagements or evidence.written_for:
        judge = judge_for(editions_of(evidence))
        result = result_of(judge, evidence, as_of, request.GET.get("show", ""), lang)
    title = Text("私の記録", "My record")
    return render(request, RecordPage(title[lang], result))


@require_safe
@signed_in
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """The record as an evidence file."""
    _check(person, Act.READ_RECORD)
    plain = plain_evidence(evidence_of(person, this_month()).evidence)
    written = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": 'attachment; filename="record.json"'}
    return HttpResponse(written, content_type="application/json; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take(request: HttpRequest, person: Person) -> HttpResponse:
    """Replace the record by an evidence file; what is equal in both is not touched."""
    _check(person, Act.CHANGE_RECORD)
    lang, as_of = lang_of(request), this_month()
    title = Text("ファイルから取り込む", "Import a file")[lang]
    seen = evidence_digest(evidence_of(person, as_of).evidence)
    if request.method != "POST":
        return render(request, ImportPage(title, "", seen, (), False))
    upload = request.FILES.get("file")
    data = upload.read() if upload else request.POST.get("text", "").encode()
    written = data.decode("utf-8", "replace").replace("\0", "")
    try:
        marked = parse(decoded(data), "")
        evidence = record_from(marked, known(), as_of, "").evidence
    except TasseiError as error:
        return render(request, ImportPage(title, written, seen, _told(error, lang), False), 422)
    with transaction.atomic():
        # whoever comes second waits here, and then sees what the first has written
        locked = Person.objects.select_for_update().get(pk=person.pk)
        now = evidence_digest(evidence_of(locked, as_of).evidence)
        if request.POST.get("seen") != now:
            return render(request, ImportPage(title, written, now, (), True), 409)
        keep(Author(person.pk, "import"), locked, evidence)
    return HttpResponseRedirect(reverse("record"))


def _told(error: TasseiError, lang: Lang) -> tuple[Told, ...]:
    return tuple(told(f, lang) for f in error.faults)
