"""Taking an evidence file into one's own record: first what it would change, then the change."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tassei.errors import TasseiError
from tassei.evidence.read import record_from
from tassei.judging.judge import evidence_digest
from tassei.marked import parse
from tassei.text import Text
from tassei.web.clock import this_month
from tassei.web.explorer.shelf import known
from tassei.web.history import Author
from tassei.web.models import Entry, Person
from tassei.web.permits import Act
from tassei.web.record.pages import ImportPage
from tassei.web.record.portfolio import portfolio_of
from tassei.web.record.preview import preview_of
from tassei.web.record.views import check
from tassei.web.records import evidence_of, keep
from tassei.web.site import lang_of, render
from tassei.web.troubles import told
from tassei.web.trying.views import decoded
from tassei.web.viewers import signed_in

_TITLE = Text("ファイルから取り込む", "Import a file")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what a file would change; once that is confirmed, replace the record by it."""
    check(person, Act.CHANGE_RECORD, person)
    lang, as_of = lang_of(request), this_month()
    title = _TITLE[lang]
    if request.method != "POST":
        seen = evidence_digest(evidence_of(person, as_of).evidence)
        return render(request, ImportPage(title, "", seen, (), False, None))
    upload = request.FILES.get("file")
    data = upload.read() if upload else request.POST.get("text", "").encode("utf-8", "replace")
    written = data.decode("utf-8", "replace").replace("\0", "")
    try:
        record = record_from(parse(decoded(data), ""), known(), as_of, "")
    except TasseiError as error:
        seen = evidence_digest(evidence_of(person, as_of).evidence)
        faults = tuple(told(f, lang) for f in error.faults)
        return render(request, ImportPage(title, written, seen, faults, False, None), 422)
    with transaction.atomic():
        # whoever comes second waits here, and then sees what the first has written
        locked = Person.objects.select_for_update().get(pk=person.pk)
        portfolio = portfolio_of(locked, as_of)
        now = evidence_digest(portfolio.evidence)
        stale = request.POST.get("seen") != now
        if request.POST.get("do") == "take" and not stale:
            keep(Author(person.pk, "import"), locked, record.evidence)
            return HttpResponseRedirect(reverse("record"))
        present = {(e.kind, e.key): e.body for e in Entry.objects.filter(person=locked)}
    preview = preview_of(portfolio, record.evidence, record.understood, present, lang)
    page = ImportPage(title, written, now, (), stale, preview)
    return render(request, page, 409 if stale else 200)
