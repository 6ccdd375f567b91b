"""The page of the history: who did what, when and why; and whether all of it still holds."""

from typing import ClassVar

from attrs import asdict, frozen
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tassei.text import Text
from tassei.web import history
from tassei.web.administration.controls import Control, one_of
from tassei.web.administration.events import PAGE, Filters, Told, filtered, told
from tassei.web.administration.overview import somewhere
from tassei.web.administration.sheets import Column, written
from tassei.web.event_names import KINDS, TABLES
from tassei.web.models import Person
from tassei.web.permits import Act, Viewer
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in, viewer_of

MOST_EXPORTED = 50_000


@frozen
class HistoryPage:
    """Events, the latest first.

    Args:
        head: number and digest of the last event, to be kept elsewhere.
        checked: whether the chain was checked just now; `broken` says where it does not hold.
    """

    template: ClassVar[str] = "web/admin_history.html"
    title: str
    total: int
    controls: tuple[Control, ...]
    rows: tuple[Told, ...]
    number: int
    pages: int
    before: int
    after: int
    query: str
    head: str
    checked: bool
    broken: str


def _viewer(person: Person) -> Viewer:
    viewer = viewer_of(person)
    if not somewhere(viewer, Act.READ_EVENTS):
        raise PermissionDenied
    return viewer


def _filters(request: HttpRequest) -> Filters:
    names = ("person", "table", "kind", "since", "until")
    return Filters(**{n: request.GET.get(n, "").replace("\0", "").strip()[:60] for n in names})


@require_safe
@signed_in
def shown(request: HttpRequest, person: Person) -> HttpResponse:
    """The events, filtered by person, kind and date; on request the chain is checked."""
    viewer, lang, filters = _viewer(person), lang_of(request), _filters(request)
    paginator = Paginator(filtered(filters), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    checked = request.GET.get("check") == "yes"
    kept = _head(request.GET.get("head", ""))
    number, digest = history.head()
    everything = Text("すべて", "all")[lang]
    tables = {k: t[lang] for k, t in TABLES.items()}
    kinds = {k: t[lang] for k, t in KINDS.items()}
    controls = (
        Control("person", Text("社員コード", "Staff code")[lang], filters.person, most=60),
        one_of("table", Text("対象", "Of what")[lang], filters.table, tables, empty=everything),
        one_of("kind", Text("こと", "What")[lang], filters.kind, kinds, empty=everything),
        Control("since", Text("から", "From")[lang], filters.since, "date"),
        Control("until", Text("まで", "To")[lang], filters.until, "date"),
    )
    return render(
        request,
        HistoryPage(
            Text("履歴", "History")[lang],
            paginator.count,
            controls,
            tuple(told(page, viewer, lang)),
            page.number,
            paginator.num_pages,
            page.previous_page_number() if page.has_previous() else 0,
            page.next_page_number() if page.has_next() else 0,
            urlencode({k: v for k, v in asdict(filters).items() if v}),
            f"{number} {digest}",
            checked,
            _broken(kept)[lang] if checked else "",
        ),
    )


def _head(written: str) -> tuple[int, str] | None:
    number, _, digest = written.strip().partition(" ")
    known = number.isascii() and number.isdigit() and len(number) < 15 and len(digest) == 64
    return (int(number), digest) if known else None


def _broken(kept: tuple[int, str] | None) -> Text:
    found = history.broken(kept)
    return (
        Text(f"つながっていません: {found}", f"It does not hold: {found}")
        if found
        else Text("", "")
    )


_COLUMNS = (
    Column("number", Text("番号", "number")),
    Column("at", Text("日時", "at")),
    Column("actor", Text("誰が", "who")),
    Column("what", Text("何を", "what")),
    Column("about", Text("誰について", "about")),
    Column("why", Text("なぜ", "why")),
)


@require_safe
@signed_in
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """The events asked for as a sheet, with texts where they are open."""
    viewer, lang = _viewer(person), lang_of(request)
    events = filtered(_filters(request))[:MOST_EXPORTED]
    rows = (
        {
            "number": str(t.number),
            "at": t.at.isoformat(timespec="seconds"),
            "actor": t.actor,
            "what": t.what,
            "about": t.about,
            "why": t.why,
        }
        for t in told(events, viewer, lang)
    )
    headers = {"Content-Disposition": 'attachment; filename="history.csv"'}
    data = written(_COLUMNS, rows, lang)
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
