"""The pages of totals, their files, and the forms for targets."""

import hashlib
from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tassei.evidence.months import Month
from tassei.reporting.sheets import as_csv, as_xlsx
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice
from tassei.web.explorer.shelf import field_at, standards
from tassei.web.history import Author, Stale, change, remove
from tassei.web.insights.counted import by_unit, cell, heatmap
from tassei.web.insights.desk import Desk
from tassei.web.insights.gaps import (
    changes,
    enter,
    gaps,
    read_file,
    read_target,
    said,
    targets_sheet,
)
from tassei.web.insights.moved import movement
from tassei.web.insights.pages import FieldGroup, InsightsPage, TargetLine, TargetsPage
from tassei.web.insights.people import near_misses, risks, running_out
from tassei.web.insights.reach import Reach
from tassei.web.insights.reviewers import reviewers
from tassei.web.models import Person, Target
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.standings import renew_beside
from tassei.web.troubles import Told
from tassei.web.viewers import signed_in, viewer_of

Build = Callable[[Desk], InsightsPage]
_MOST_BYTES = 512 * 1024
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _page(name: str, build: Build) -> Callable[..., HttpResponse]:
    @require_safe
    @signed_in
    def view(request: HttpRequest, person: Person) -> HttpResponse:
        desk = Desk(request, person, name)
        page = build(desk)
        form = request.GET.get("as", "")
        return _file(desk, page, form) if form else render(request, page)

    return view


def _file(desk: Desk, page: InsightsPage, form: str) -> HttpResponse:
    """The tables of a page as a file: the first of them as CSV, all of them as a workbook."""
    if form not in _KINDS or not page.tables:
        raise Http404
    sheets = [t.sheet for t in page.tables]
    data = as_csv(sheets[0]) if form == "csv" else as_xlsx(sheets, desk.lang)
    headers = {"Content-Disposition": f'attachment; filename="{desk.name}.{form}"'}
    return HttpResponse(data, content_type=_KINDS[form], headers=headers)


head_counts = _page("insights", heatmap)
units = _page("insights-units", by_unit)
opened = _page("insights-cell", cell)
moved = _page("insights-movement", movement)
lacking = _page("insights-gaps", gaps)
near = _page("insights-near", near_misses)
alone = _page("insights-risks", risks)
ending = _page("insights-ending", running_out)
deltas = _page("insights-reviewers", reviewers)


@require_POST
@signed_in
def renew(request: HttpRequest, person: Person) -> HttpResponse:
    """Make the present standings of everybody as of this month; the page tells which month it shows."""
    if not Reach.of(viewer_of(person)).reads(None, Act.SET_UP_CYCLE):
        raise PermissionDenied
    renew_beside()
    return HttpResponseRedirect(reverse("insights"))


# --- targets


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def targets(request: HttpRequest, person: Person) -> HttpResponse:
    """Set targets one by one or from a file; what a file would change is shown first."""
    reach = Reach.of(viewer_of(person))
    mine = [u for u in reach.organisation.units if reach.reads(u, Act.SET_TARGETS)]
    if not mine:
        raise PermissionDenied
    if request.method != "POST":
        if request.GET.get("as") == "csv":
            headers = {"Content-Disposition": 'attachment; filename="targets.csv"'}
            sheet = targets_sheet(reach.organisation, mine)
            return HttpResponse(as_csv(sheet), content_type=_KINDS["csv"], headers=headers)
        return render(request, _targets(request, reach, mine))
    given = {k: str(v) for k, v in request.POST.items()}
    match given.get("do"):
        case "remove" | "change":
            return _one(request, person, reach, mine, given)
        case "file" | "confirm":
            return _file_of_targets(request, person, reach, mine, given)
    lang = lang_of(request)
    one, wrong = read_target(given, reach)
    if one is None:
        faults = tuple(Told(w[lang], "") for w in wrong)
        return render(request, _targets(request, reach, mine, given, faults), 422)
    enter(Author(person.pk, given.get("why", "")[:2000]), [one])
    return HttpResponseRedirect(reverse("insights-targets"))


def _one(
    request: HttpRequest, person: Person, reach: Reach, mine: Sequence[int], given: dict[str, str]
) -> HttpResponse:
    """Change the number of one target, or remove it with a reason."""
    target = Target.objects.filter(pk=_number(given.get("id", "")), unit__in=mine).first()
    if target is None:
        raise Http404
    lang, version = lang_of(request), _number(given.get("version", ""))
    author = Author(person.pk, given.get("why", "")[:2000].replace("\0", ""))
    try:
        if given["do"] == "remove":
            if not author.why.strip():
                wrong = Text("やめる理由を書いてください", "give the reason for removing it")
                return render(
                    request, _targets(request, reach, mine, given, (Told(wrong[lang], ""),)), 422
                )
            remove(author, target, version)
        else:
            people = given.get("people", "")
            if not (people.isascii() and people.isdecimal() and len(people) < 7):
                wrong = Text(
                    "人数を0以上の整数で書いてください",
                    "give the number of people as a whole number",
                )
                return render(
                    request, _targets(request, reach, mine, given, (Told(wrong[lang], ""),)), 422
                )
            change(author, target, version, people=int(people))
    except Stale:
        return render(request, _targets(request, reach, mine, given, stale=True), 409)
    return HttpResponseRedirect(reverse("insights-targets"))


def _file_of_targets(
    request: HttpRequest, person: Person, reach: Reach, mine: Sequence[int], given: dict[str, str]
) -> HttpResponse:
    """A dry run first; then the same text again, with what was seen of the present targets."""
    lang, upload = lang_of(request), request.FILES.get("file")
    data = upload.read(_MOST_BYTES + 1) if upload else given.get("text", "").encode()
    text = data[:_MOST_BYTES].decode("utf-8", "replace").replace("\0", "")
    given = {**given, "text": text}
    if len(data) > _MOST_BYTES or "\ufffd" in text:
        wrong = Text(
            "UTF-8のCSVで、512KBまでです", "it must be CSV in UTF-8, of 512 KB at the most"
        )
        return render(request, _targets(request, reach, mine, given, (Told(wrong[lang], ""),)), 422)
    wanted, faults = read_file(text, reach, lang)
    if faults:
        return render(request, _targets(request, reach, mine, given, tuple(faults)), 422)
    with transaction.atomic():
        found = list(changes(wanted))
        told = tuple(said(one, row, reach.organisation, lang) for one, row in found)
        state = [(one.key, one.people, row.version if row else 0) for one, row in found]
        seen = hashlib.sha256(repr(state).encode()).hexdigest()
        if given.get("do") == "confirm":
            if given.get("seen") != seen:
                page = _targets(request, reach, mine, given, stale=True, preview=told, seen=seen)
                return render(request, page, 409)
            enter(Author(person.pk, "import"), wanted)
            return HttpResponseRedirect(reverse("insights-targets"))
    nothing = Text("変わるものはありません。", "Nothing would change.")[lang]
    return render(
        request, _targets(request, reach, mine, given, preview=told or (nothing,), seen=seen)
    )


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else 0


def _targets(
    request: HttpRequest,
    reach: Reach,
    mine: Sequence[int],
    written: dict[str, str] | None = None,
    faults: tuple[Told, ...] = (),
    *,
    stale: bool = False,
    preview: tuple[str, ...] = (),
    seen: str = "",
) -> TargetsPage:
    lang, organisation = lang_of(request), reach.organisation
    given = written or {}
    rows = Target.objects.filter(unit__in=mine).order_by("by", "unit__code", "field", "level")
    return TargetsPage(
        Text("人数の目標", "Targets")[lang],
        Text(
            "組織ごとに、いつまでに、どの分野のどのレベル以上の人が何人必要かを決めます。",
            "How many people a unit wants at a level of a field or above it, and by when.",
        )[lang],
        reverse("insights-gaps"),
        tuple(_target(t, reach, lang) for t in rows),
        tuple(
            Choice(
                organisation.units[u].code,
                Text(organisation.units[u].name_ja, organisation.units[u].name_en)[lang],
                organisation.units[u].code == given.get("unit"),
            )
            for u, _ in organisation.tree(None)
            if u in mine
        ),
        tuple(
            FieldGroup(
                edition_name(e)[lang],
                tuple(
                    Choice(e.qualified(f.id), f.name[lang], e.qualified(f.id) == given.get("field"))
                    for f in e.specialty_fields()
                ),
            )
            for e in standards().editions
        ),
        {k: given.get(k, "") for k in ("level", "people", "by", "text", "why")},
        faults,
        stale,
        preview,
        seen,
    )


def _target(target: Target, reach: Reach, lang: Lang) -> TargetLine:
    unit = reach.organisation.units[target.unit_id]
    edition, field = field_at(target.field)
    return TargetLine(
        target.pk,
        target.version,
        Text(unit.name_ja, unit.name_en)[lang],
        f"{field.name[lang]} ({edition_name(edition)[lang]})",
        target.level,
        target.people,
        Month.parse(target.by).label[lang],
    )
