"""The pages of cycles."""

from collections.abc import Mapping

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tassei.figures import plural
from tassei.text import Lang, Text
from tassei.web import clock
from tassei.web.clock import this_month
from tassei.web.cycle.moves import Refused
from tassei.web.cycles import pages
from tassei.web.cycles.board import cycle_page, cycles_page, name_of
from tassei.web.cycles.closing import close_cycle, lacking, open_cycle, undecided
from tassei.web.cycles.forms import Read, answers_of, asks, read_form, reading_asks
from tassei.web.cycles.lines import MOST_LINES, TOO_MANY, Plan, digest_of, planned
from tassei.web.cycles.people import carry_out, directory_for
from tassei.web.cycles.picking import people_page, picked_lines
from tassei.web.desk import actor_of
from tassei.web.explorer.pages import Link
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import Cycle, Person, Unit
from tassei.web.permits import Act, Concern, may
from tassei.web.reviews.queue import managed_units
from tassei.web.site import lang_of, render
from tassei.web.standings import renew_beside
from tassei.web.typing_in import LONGEST, TOO_LONG, number, typed
from tassei.web.viewers import signed_in, viewer_of

_REASON = Text("理由を書いてください", "a reason is needed")


@frozen
class Managed:
    """A cycle with what its reader may do with it.

    Args:
        units: those that the reader manages; None for all.
    """

    cycle: Cycle
    units: frozenset[int] | None
    may_change: bool


def _concern(cycle: Cycle) -> Concern:
    """A cycle of a unit is that unit's; one of everybody is for those whose role is everywhere."""
    found, unit = set[int](), cycle.unit
    while unit is not None and unit.pk not in found:
        found.add(unit.pk)
        unit = unit.above
    return Concern(units=frozenset(found))


def _managed(person: Person, pk: int, act: Act) -> Managed:
    cycle = Cycle.objects.select_related("unit").filter(pk=pk).first()
    if cycle is None:
        raise Http404
    viewer, concern = viewer_of(person), _concern(cycle)
    if not may(viewer, act, concern):
        raise Http404
    return Managed(cycle, managed_units(person), may(viewer, Act.SET_UP_CYCLE, concern))


@require_safe
@signed_in
def cycles(request: HttpRequest, person: Person) -> HttpResponse:
    """All cycles that the reader may follow."""
    units = managed_units(person, Act.READ_CYCLE)
    if units is not None and not units:
        raise PermissionDenied
    setting_up = managed_units(person)
    may_make = setting_up is None or bool(setting_up)
    return render(request, cycles_page(units, may_make, lang_of(request)))


@require_safe
@signed_in
def cycle(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """How far a cycle is."""
    one = _managed(person, pk, Act.READ_CYCLE)
    show = request.GET.get("show", "")
    page = request.GET.get("page", "1")
    at = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return render(
        request, cycle_page(one.cycle, one.may_change, show, max(at, 1), lang_of(request))
    )


def _units_of(units: frozenset[int] | None) -> dict[int, Unit]:
    found = Unit.objects.all() if units is None else Unit.objects.filter(pk__in=units)
    return {u.pk: u for u in found}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a cycle."""
    lang, units = lang_of(request), managed_units(person)
    if units is not None and not units:
        raise PermissionDenied
    title = Text("評価の回を作る", "Make a cycle")[lang]
    back = Link(_CYCLES[lang], reverse("cycles"))
    if request.method != "POST":
        month = str(this_month())
        first = {"as_of": month, "quorum": "3", "reminder_days": "7, 1"}
        return render(request, _form(title, back, first, [], units, {}, 0, lang))
    answers, fields = _answers(request), request.POST.getlist("fields")
    read = read_form(answers, fields, _units_of(units), units is None)
    if read.wrong:
        page = _form(title, back, answers, fields, units, read.wrong, 0, lang)
        return render(request, page, 422)
    made = create(Author(person.pk), Cycle(**read.values))
    return HttpResponseRedirect(reverse("cycle", args=[made.pk]))


_CYCLES = Text("評価の回", "Cycles")


def _answers(request: HttpRequest) -> dict[str, str]:
    return {name: typed(request, name) for name in request.POST}


def _form(
    title: str,
    back: Link,
    answers: Mapping[str, str],
    fields: list[str],
    units: frozenset[int] | None,
    wrong: Mapping[str, Text],
    version: int,
    lang: Lang,
    *,
    stale: bool = False,
) -> pages.CycleFormPage:
    asked = asks(answers, fields, _units_of(units), units is None, wrong, lang)
    return pages.CycleFormPage(
        title,
        back,
        asked,
        reading_asks(answers, lang),
        tuple(a for a in asked if a.wrong),
        version,
        stale,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Change a cycle that has not been closed."""
    one, lang = _managed(person, pk, Act.SET_UP_CYCLE), lang_of(request)
    row = one.cycle
    if row.closed_at is not None:
        raise PermissionDenied
    title = Text("評価の回を変える", "Change the cycle")[lang]
    back = Link(name_of(row, lang), reverse("cycle", args=[row.pk]))
    if request.method != "POST":
        page = _form(title, back, answers_of(row), row.fields, one.units, {}, row.version, lang)
        return render(request, page)
    answers, fields = _answers(request), request.POST.getlist("fields")
    read = read_form(answers, fields, _units_of(one.units), one.units is None)
    wrong = read.wrong | _fixed(row, read)
    if wrong:
        page = _form(title, back, answers, fields, one.units, wrong, row.version, lang)
        return render(request, page, 422)
    try:
        change(Author(person.pk), row, number(request, "version"), **read.values)
    except Stale:
        now = Cycle.objects.get(pk=row.pk).version
        page = _form(title, back, answers, fields, one.units, {}, now, lang, stale=True)
        return render(request, page, 409)
    return HttpResponseRedirect(reverse("cycle", args=[row.pk]))


def _fixed(row: Cycle, read: Read) -> dict[str, Text]:
    """What stays as it was once people have begun: what everybody is judged by."""
    if row.opened_at is None:
        return {}
    said = Text("回が始まった後は変えられません", "it cannot be changed once the cycle is open")
    fixed = {n: said for n in ("as_of",) if n in read.values and read.values[n] != getattr(row, n)}
    if "fields" in read.values and not set(row.fields) <= set(read.values["fields"]):
        fixed["fields"] = Text(
            "回が始まった後は、専門分野を減らせません",
            "no field can be taken out once the cycle is open",
        )
    return fixed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def people(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Add people: shown first, and done once it is confirmed."""
    one, lang = _managed(person, pk, Act.SET_UP_CYCLE), lang_of(request)
    if one.cycle.closed_at is not None:
        raise PermissionDenied
    directory = directory_for(one.cycle, one.units)
    unit = request.GET.get("unit", "")
    if request.method != "POST":
        return render(request, people_page(one.cycle, directory, unit, "", None, lang))
    text = request.POST.get("text", "").replace("\0", "")
    upload = request.FILES.get("file")
    if upload is not None:
        text = upload.read().decode("utf-8-sig", "replace").replace("\0", "")
    if typed(request, "do") == "pick":
        text = picked_lines(request, directory)
    many = text.count("\n") > MOST_LINES
    plans = (TOO_MANY,) if many else planned(text, one.cycle, directory, actor_of(person))
    faulty = any(p.wrong for p in plans)
    if typed(request, "do") != "confirm" or faulty or not plans:
        page = people_page(one.cycle, directory, unit, text, plans, lang)
        return render(request, page, 422 if faulty or not plans else 200)
    return _confirmed(request, person, one, text, plans, lang)


def _confirmed(
    request: HttpRequest,
    person: Person,
    one: Managed,
    text: str,
    plans: tuple[Plan, ...],
    lang: Lang,
) -> HttpResponse:
    stale = typed(request, "seen") != digest_of(plans)
    if not stale:
        try:
            carry_out(person, one.cycle, plans)
        except (Stale, Refused):
            stale = True
    if stale:
        directory = directory_for(one.cycle, one.units)
        now = planned(text, one.cycle, directory, actor_of(person))
        page = people_page(one.cycle, directory, "", text, now, lang, stale=True)
        return render(request, page, 409)
    return HttpResponseRedirect(reverse("cycle", args=[one.cycle.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Open a cycle."""
    one, lang = _managed(person, pk, Act.SET_UP_CYCLE), lang_of(request)
    if one.cycle.opened_at is not None:
        raise PermissionDenied
    if request.method == "POST":
        try:
            open_cycle(Author(person.pk), one.cycle, number(request, "version"))
        except Stale:
            return render(request, _start_page(one.cycle, lang, stale=True), 409)
        renew_beside(one.cycle)
        return HttpResponseRedirect(reverse("cycle", args=[pk]))
    return render(request, _start_page(one.cycle, lang))


def _start_page(row: Cycle, lang: Lang, *, stale: bool = False) -> pages.ConfirmPage:
    if stale:
        row = Cycle.objects.get(pk=row.pk)
    many = lacking(row).count()
    notes = []
    if many:
        said = Text(
            "{n}件は、担当の上司か審査員がまだ足りません。始めた後でも決められます。",
            "{counted} still without a superior or enough members. They can be named after it is opened.",
        )
        notes.append(said.format(n=many, counted=plural(many, "assessment"))[lang])
    return pages.ConfirmPage(
        Text("回を始める", "Open the cycle")[lang],
        Link(name_of(row, lang), reverse("cycle", args=[row.pk])),
        Text("参加する人のページに評価が現れ、記入を始められるようになります。", "It appears on the pages of those who take part, and they can begin.")[lang],
        tuple(notes),
        row.version,
        False,
        "",
        (),
        stale,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def close(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Close a cycle: decisions become final, and nothing else moves any more."""
    one, lang = _managed(person, pk, Act.SET_UP_CYCLE), lang_of(request)
    if one.cycle.opened_at is None or one.cycle.closed_at is not None:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, _close_page(request, one.cycle, lang))
    reason = typed(request, "reason")
    if not reason or len(reason) > LONGEST:
        wrong = (TOO_LONG if reason else _REASON)[lang]
        return render(request, _close_page(request, one.cycle, lang, (wrong,)), 422)
    try:
        with transaction.atomic():
            close_cycle(person, one.cycle, number(request, "version"), reason, clock.now())
    except Stale:
        return render(request, _close_page(request, one.cycle, lang, stale=True), 409)
    renew_beside(one.cycle)
    return HttpResponseRedirect(reverse("cycle", args=[pk]))


def _close_page(
    request: HttpRequest,
    row: Cycle,
    lang: Lang,
    wrong: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> pages.ConfirmPage:
    if stale:
        row = Cycle.objects.get(pk=row.pk)
    open_ = undecided(row).count()
    notes = []
    if open_:
        said = Text(
            "{n}件はまだ決定していません。終了すると、決定されないまま残ります。",
            "{n} are not decided yet. They stay undecided once it is closed.",
        )
        notes.append(said.format(n=open_)[lang])
    return pages.ConfirmPage(
        Text("回を終了する", "Close the cycle")[lang],
        Link(name_of(row, lang), reverse("cycle", args=[row.pk])),
        Text("決定はすべて確定し、不服の申し立て、やり直し、意見はできなくなります。", "All decisions become final; no appeal, reopening or view is possible any more.")[lang],
        tuple(notes),
        row.version,
        True,
        typed(request, "reason"),
        wrong,
        stale,
    )  # fmt: skip
