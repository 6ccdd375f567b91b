"""The pages of tailored layers: all of them, one to look at before it is activated, one to end."""

from typing import ClassVar

from attrs import frozen
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tassei.comparing.differences import compare
from tassei.encoding.compiled import standards as official
from tassei.encoding.layers import Layer as Read
from tassei.encoding.layers import with_layers
from tassei.errors import TasseiError
from tassei.framework.edition import Edition
from tassei.reporting.comparison_page import comparison_parts
from tassei.reporting.comparisons import summary
from tassei.text import Lang, Text
from tassei.web.administration.controls import NO_REASON, Control, FormPage, given, number, reason
from tassei.web.administration.layers import activate, end, new_findings, read
from tassei.web.explorer.build import edition_name
from tassei.web.history import Author, Stale
from tassei.web.models import Layer, Person
from tassei.web.permits import Act, Concern, may
from tassei.web.site import lang_of, render
from tassei.web.troubles import Told, told
from tassei.web.viewers import signed_in, viewer_of

MOST = 100_000
_TITLE = Text("自社の基準", "Tailored layers")


@frozen
class LayerRow:
    """One layer; `url` leads to its edition while it is active."""

    name: str
    over: str
    active: bool
    url: str
    end_url: str
    text_url: str
    digest: str


@frozen
class LayersPage:
    """All layers, and the text of a new one.

    Args:
        example: the shortest layer there can be.
    """

    template: ClassVar[str] = "web/admin_layers.html"
    title: str
    rows: tuple[LayerRow, ...]
    written: str
    faults: tuple[Told, ...]
    example: str


@frozen
class LayerPage:
    """A layer beside its official edition, before it is activated.

    Args:
        body: the comparison, made and escaped by `tassei.reporting`.
        findings: what the static checks find in it and not in the edition.
        replaces: the name of the active layer that it would end; empty where there is none.
        seen, version: of that layer.
    """

    template: ClassVar[str] = "web/admin_layer.html"
    title: str
    lead: str
    body: str
    findings: tuple[str, ...]
    replaces: str
    seen: int
    version: int
    text: str
    digest: str
    why: Control
    stale: bool


def _check(person: Person) -> None:
    if not may(viewer_of(person), Act.TAILOR_STANDARD, Concern()):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """All layers; a text that is sent is checked, and shown beside the official edition."""
    _check(person)
    lang = lang_of(request)
    if request.method != "POST":
        return render(request, _layers_page("", (), lang))
    upload = request.FILES.get("file")
    data = upload.read(MOST + 1) if upload else request.POST.get("text", "").encode()[: MOST + 1]
    text = data.decode("utf-8", "replace").replace("\0", "").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n")
    try:
        layer = read(text)
    except TasseiError as error:
        faults = tuple(told(f, lang) for f in error.faults)
        return render(request, _layers_page(text, faults, lang), 422)
    return render(request, _layer_page(layer, text, lang))


@require_http_methods(["POST"])
@signed_in
def confirm(request: HttpRequest, person: Person) -> HttpResponse:
    """Activate the layer that was looked at."""
    _check(person)
    lang = lang_of(request)
    text = request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n")[:MOST]
    said = given(request, "why", "seen", "version", "digest")
    try:
        layer = read(text)
    except TasseiError as error:
        faults = tuple(told(f, lang) for f in error.faults)
        return render(request, _layers_page(text, faults, lang), 422)
    if not said["why"]:
        return render(request, _layer_page(layer, text, lang, wrong=NO_REASON[lang]), 422)
    replaces = Layer.objects.filter(pk=max(0, number(said["seen"])), active=True).first()
    try:
        if layer.digest != said["digest"]:
            raise Stale
        activate(Author(person.pk, said["why"]), text, replaces, number(said["version"]))
    except Stale:
        return render(request, _layer_page(layer, text, lang, said["why"], stale=True), 409)
    except TasseiError as error:
        faults = tuple(told(f, lang) for f in error.faults)
        return render(request, _layers_page(text, faults, lang), 422)
    return HttpResponseRedirect(reverse("edition", args=layer.edition.id.split("/")))


def _layers_page(text: str, faults: tuple[Told, ...], lang: Lang) -> LayersPage:
    rows = Layer.objects.order_by("-active", "-pk")
    return LayersPage(_TITLE[lang], tuple(_row(r, lang) for r in rows[:100]), text, faults, EXAMPLE)


def _row(row: Layer, lang: Lang) -> LayerRow:
    try:
        layer = read(row.text)
        name, over = edition_name(layer.edition)[lang], edition_name(layer.over)[lang]
    except TasseiError:
        # a later version of the program may check more
        name, over = row.edition, row.over
    return LayerRow(
        name,
        over,
        row.active,
        reverse("edition", args=row.edition.split("/")) if row.active else "",
        reverse("admin-layer-end", args=[row.pk]),
        reverse("admin-layer-text", args=[row.pk]),
        row.digest,
    )


def _layer_page(
    layer: Read, text: str, lang: Lang, why: str = "", wrong: str = "", *, stale: bool = False
) -> LayerPage:
    everything = with_layers(official(), [layer])
    own = everything.edition(layer.edition.id)
    comparison = compare(everything, layer.over, own)
    active = Layer.objects.filter(edition=own.id, active=True).first()
    return LayerPage(
        edition_name(own)[lang],
        summary(comparison)[lang],
        comparison_parts(comparison, everything.vocabulary, lang).html,
        tuple(_found(own, f.field_id, f.level, f.text, lang) for f in new_findings(layer)),
        edition_name(own)[lang] if active else "",
        active.pk if active else 0,
        active.version if active else 0,
        text,
        layer.digest,
        reason(lang, why, wrong),
        stale,
    )


def _found(edition: Edition, field_id: str, level: int, text: Text, lang: Lang) -> str:
    field = edition.field(field_id)
    name = field.name if field else Text(field_id, field_id)
    where = Text(f"{name.ja} レベル{level}", f"{name.en} level {level}")
    return f"{where[lang]}: {text[lang]}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stop(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """End a layer, with a reason."""
    _check(person)
    lang = lang_of(request)
    row = Layer.objects.filter(pk=pk, active=True).first()
    if row is None:
        raise Http404
    sent = request.method == "POST"
    said = given(request, "why", "version")
    why = reason(lang, said["why"], NO_REASON[lang] if sent and not said["why"] else "")

    def page(*, stale: bool = False) -> FormPage:
        lead = Text(
            "これからは誰もこの基準では判定されません。これまでの判定と決定は残ります。",
            "From now on nobody is judged by it. What was judged and decided stays.",
        )
        title = Text("{name} を終える", "End {name}").format(name=_row(row, lang).name)
        return FormPage(
            title[lang], lead[lang], _TITLE[lang], reverse("admin-layers"),
            Text("終える", "End it")[lang], (why,), row.version, stale=stale, danger=True,
        )  # fmt: skip

    if not sent:
        return render(request, page())
    if why.wrong:
        return render(request, page(), 422)
    try:
        end(Author(person.pk, said["why"]), row, number(said["version"]))
    except Stale:
        return render(request, page(stale=True), 409)
    return HttpResponseRedirect(reverse("admin-layers"))


@require_safe
@signed_in
def text(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """The text of a layer, active or not."""
    _check(person)
    row = Layer.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    name = f"layer-{timezone.localdate().isoformat()}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(row.text, content_type="text/plain; charset=utf-8", headers=headers)


EXAMPLE = """schema: tassei/layer/1
id: example-2026
label: Example Co. 2026
title: {ja: 見本社の基準, en: The standard of Example Co.}
dated: '2026-04-01'
over: itss-v2-2006/it-service-management
changes:
- field: operations-management
  level: 5
  clause: responsibility.years
  value: 4
words:
- {of: fields, id: operations-management, ja: システム運用, en: Systems Operations}
"""
