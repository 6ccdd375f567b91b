"""A sheet in three pages: bring it, look at what it would do, do it. And the same sheet back."""

from datetime import timedelta
from typing import ClassVar, Literal

from attrs import frozen
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tassei.text import Lang, Text
from tassei.web import clock
from tassei.web.administration import people_sheet, unit_sheet
from tassei.web.administration.people import Desk
from tassei.web.administration.plans import Plan, Step
from tassei.web.administration.roles import LastAdministrator
from tassei.web.administration.sheets import MOST_BYTES, Column, Wrong, decoded, written
from tassei.web.history import Author, Stale
from tassei.web.models import Person, Upload
from tassei.web.permits import Act
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in

Kind = Literal["people", "units"]
_COLUMNS = {"people": people_sheet.COLUMNS, "units": unit_sheet.COLUMNS}
_EXAMPLES = {"people": people_sheet.EXAMPLE, "units": unit_sheet.EXAMPLE}
_TITLES = {
    "people": Text("人をCSVで取り込む", "Import people from a CSV file"),
    "units": Text("組織をCSVで取り込む", "Import units from a CSV file"),
}
_LISTS = {
    "people": (Text("人", "People"), "admin-people"),
    "units": (Text("組織", "Units"), "admin-units"),
}
SHOWN = 200
KEPT = timedelta(days=1)


@frozen
class ColumnRow:
    name: str
    said: str


@frozen
class UploadPage:
    """Where a sheet is brought.

    Args:
        wrong: why what was sent could not be read at all.
    """

    template: ClassVar[str] = "web/admin_sheet.html"
    title: str
    back: str
    back_url: str
    columns: tuple[ColumnRow, ...]
    template_url: str
    file_url: str
    may_leave: bool
    written: str
    wrong: tuple[str, str] | None


@frozen
class ChangeRow:
    kind: str
    code: str
    name: str
    details: tuple[tuple[str, str, str], ...]


@frozen
class WrongRow:
    line: int
    column: str
    what: str
    repair: str


@frozen
class PreviewPage:
    """What a sheet would do.

    Args:
        changed: somebody else has changed what it would be written over, since it was shown.
        more, more_wrong: how many changes and faults are not shown.
    """

    template: ClassVar[str] = "web/admin_preview.html"
    title: str
    back: str
    back_url: str
    added: int
    modified: int
    left: int
    same: int
    changes: tuple[ChangeRow, ...]
    more: int
    wrongs: tuple[WrongRow, ...]
    more_wrong: int
    digest: str
    leave: bool
    changed: bool


def plan_of(kind: Kind, text: str, desk: Desk, leave: bool) -> Plan:
    if kind == "units":
        return unit_sheet.plan_units(text, desk.scope, desk.chart)
    grants = desk.may(Act.GRANT_ROLES)
    return people_sheet.plan_people(text, desk.scope, desk.chart, grants, leave)


@csrf_exempt
def bring(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Files of administration are larger than those of others, so the form is read by other limits."""
    request.upload_handlers = [_Large(request)]
    return _bring(request, kind)


class _Large(MemoryFileUploadHandler):
    """Keeps a file of a few megabytes in memory."""

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        # a form is a little larger than the file in it
        self.activated = content_length <= MOST_BYTES + 64 * 1024


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def _bring(request: HttpRequest, person: Person, kind: Kind) -> HttpResponse:
    desk, lang = Desk.of(person), lang_of(request)
    if request.method != "POST":
        return render(request, _upload_page(kind, desk, lang, "", None))
    upload = request.FILES.get("file")
    data = upload.read() if upload else request.POST.get("text", "").encode()
    text = decoded(data)
    if isinstance(text, Wrong) or not text.strip():
        wrong = text if isinstance(text, Wrong) else _NOTHING
        pasted = request.POST.get("text", "").replace("\0", "")
        return render(request, _upload_page(kind, desk, lang, pasted, wrong), 422)
    Upload.objects.filter(at__lt=clock.now() - KEPT).delete()
    Upload.objects.filter(person=person, kind=kind).delete()
    made = Upload.objects.create(person=person, kind=kind, text=text)
    leave = "?leave=yes" if request.POST.get("leave") and kind == "people" else ""
    return HttpResponseRedirect(reverse(f"admin-{kind}-preview", args=[made.pk]) + leave)


_NOTHING = Wrong(
    0,
    None,
    Text("ファイルがないか、空か、大きすぎます", "there is no file, or it is empty or too large"),
    Text("ファイルを選ぶか、貼り付けてください", "choose a file, or paste its lines"),
)


def _upload_page(
    kind: Kind, desk: Desk, lang: Lang, written: str, wrong: Wrong | None
) -> UploadPage:
    name, url = _LISTS[kind]
    return UploadPage(
        _TITLES[kind][lang],
        name[lang],
        reverse(url),
        tuple(ColumnRow(c.label[lang], _SAID[c][lang]) for c in _COLUMNS[kind]),
        reverse(f"admin-{kind}-template"),
        reverse(f"admin-{kind}-file"),
        kind == "people",
        written,
        (wrong.what[lang], wrong.repair[lang]) if wrong else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preview(request: HttpRequest, person: Person, kind: Kind, upload: int) -> HttpResponse:
    """What the sheet would do; once confirmed, it is done as it was shown, or not at all."""
    desk, lang = Desk.of(person), lang_of(request)
    row = Upload.objects.filter(pk=upload, person=person, kind=kind).first()
    if row is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    leave = bool(given.get("leave")) and kind == "people"
    if request.method != "POST":
        return render(
            request, _preview_page(kind, plan_of(kind, row.text, desk, leave), leave, lang)
        )
    try:
        with transaction.atomic():
            # read again inside the transaction, which nobody else can write beside
            desk = Desk.of(person)
            plan = plan_of(kind, row.text, desk, leave)
            if plan.wrongs or plan.digest != request.POST.get("digest"):
                raise Stale
            author = Author(person.pk, "CSV")
            if kind == "units":
                unit_sheet.write_units(author, plan)
            else:
                people_sheet.write_people(author, plan, desk.chart)
            row.delete()
    except (Stale, LastAdministrator):
        plan = plan_of(kind, row.text, Desk.of(person), leave)
        return render(request, _preview_page(kind, plan, leave, lang, changed=True), 409)
    return HttpResponseRedirect(reverse(_LISTS[kind][1]))


def _preview_page(
    kind: Kind, plan: Plan, leave: bool, lang: Lang, *, changed: bool = False
) -> PreviewPage:
    return PreviewPage(
        _TITLES[kind][lang],
        _TITLES[kind][lang],
        reverse(f"admin-{kind}-sheet"),
        plan.count("added"),
        plan.count("changed"),
        plan.count("left"),
        plan.same,
        tuple(_change(s, lang) for s in plan.steps[:SHOWN]),
        max(0, len(plan.steps) - SHOWN),
        tuple(
            WrongRow(w.line, w.column.label[lang] if w.column else "", w.what[lang], w.repair[lang])
            for w in plan.wrongs[:SHOWN]
        ),
        max(0, len(plan.wrongs) - SHOWN),
        plan.digest,
        leave,
        changed,
    )


_KINDS = {
    "added": Text("加える", "add"),
    "changed": Text("変える", "change"),
    "left": Text("退職などにする", "mark as left"),
}


def _change(step: Step, lang: Lang) -> ChangeRow:
    return ChangeRow(
        _KINDS[step.kind][lang],
        step.code,
        step.name,
        tuple((d.column.label[lang], d.before, d.after) for d in step.details),
    )


@require_safe
@signed_in
def template(request: HttpRequest, person: Person, kind: Kind) -> HttpResponse:
    """A sheet with headings and an example, to begin with."""
    Desk.of(person)
    return _file(written(_COLUMNS[kind], _EXAMPLES[kind], lang_of(request)), f"{kind}-template.csv")


@require_safe
@signed_in
def export(request: HttpRequest, person: Person, kind: Kind) -> HttpResponse:
    """What there is, as a sheet that can be brought back."""
    desk, lang = Desk.of(person), lang_of(request)
    made = people_sheet.people_sheet if kind == "people" else unit_sheet.unit_sheet
    return _file(made(desk.scope, desk.chart, lang), f"{kind}.csv")


def _file(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


_SAID: dict[Column, Text] = {
    unit_sheet.CODE: Text("必ず入れる。組織を見分けるコード", "needed; tells units apart"),
    unit_sheet.JA: Text(
        "どちらかの言語で入れる。空の言語ではもう一方の名前を使う",
        "in one of the languages; where one is empty, the name in the other is used",
    ),
    unit_sheet.EN: Text("同上", "the same"),
    unit_sheet.ABOVE: Text("空なら最上位", "empty: at the top"),
    people_sheet.CODE: Text("必ず入れる。社員番号など", "needed; such as a staff number"),
    people_sheet.NAME: Text("空でもよい", "may be empty"),
    people_sheet.EMAIL: Text("空でもよい", "may be empty"),
    people_sheet.UNIT: Text("先に組織を取り込んでおく", "import the units first"),
    people_sheet.SUPERIOR: Text(
        "同じファイルの人でもよい", "may be somebody of the same file"
    ),
    people_sheet.ACTIVE: Text("yes か no。空なら変えない", "yes or no; empty: left as it is"),
    people_sheet.ROLES: Text(
        "「manager@OPS; auditor until 2027-03-31」のように書く。変えられるのは管理者だけ",
        "like “manager@OPS; auditor until 2027-03-31”; only an administrator changes them",
    ),
}  # fmt: skip
