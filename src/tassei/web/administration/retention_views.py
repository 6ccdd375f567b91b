"""The page of retention: how long, what would go now, and a button that lets it go."""

from typing import ClassVar

from attrs import evolve, frozen
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tassei.text import Lang, Text
from tassei.web.administration.controls import NO_REASON, Control, given, reason, wrongs
from tassei.web.administration.people_views import named
from tassei.web.administration.retention import choose, due, let_go, mark
from tassei.web.administration.roles import LastAdministrator
from tassei.web.clock import today
from tassei.web.history import Author
from tassei.web.models import Person, Run
from tassei.web.periods import RULES, chosen
from tassei.web.permits import Act, Concern, may
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in, viewer_of

SHOWN = 50


@frozen
class RetentionPage:
    """How long things are kept.

    Args:
        seen: the numbers that the page was made from.
        people: who would be erased now; `more` of them are not shown.
        last: when it was last done; empty where it never was.
    """

    template: ClassVar[str] = "web/admin_retention.html"
    title: str
    controls: tuple[Control, ...]
    seen: str
    stale: bool
    people: tuple[str, ...]
    more: int
    verdicts: int
    last: str
    wrong: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose how long things are kept, or let go what is due."""
    if not may(viewer_of(person), Act.CHANGE_SETTINGS, Concern()):
        raise PermissionDenied
    lang = lang_of(request)
    present = {k: str(v) for k, v in chosen().items()}
    if request.method != "POST":
        return render(request, _page(_controls(present, "", lang, False), lang))
    if request.POST.get("do") == "erase":
        return _erase(request, person, lang)
    said = given(request, *(r.key for r in RULES), "why", "seen")
    controls = _controls(said, said["why"], lang, True)
    if wrongs(controls):
        return render(request, _page(controls, lang), 422)
    values = {r.key: int(said[r.key]) for r in RULES}
    if not choose(Author(person.pk, said["why"]), values, said["seen"]):
        return render(request, evolve(_page(controls, lang), stale=True), 409)
    return HttpResponseRedirect(reverse("admin-retention"))


def _erase(request: HttpRequest, person: Person, lang: Lang) -> HttpResponse:
    present = {k: str(v) for k, v in chosen().items()}
    wrong = Text("確かめてから、印を付けてください", "look at it, and tick the box")
    if not request.POST.get("sure"):
        shown = _page(_controls(present, "", lang, False), lang)
        return render(request, evolve(shown, wrong=wrong[lang]), 422)
    try:
        let_go(Author(person.pk, "retention"), today())
    except LastAdministrator:
        return render(request, _page(_controls(present, "", lang, False), lang), 422)
    return HttpResponseRedirect(reverse("admin-retention"))


def _controls(said: dict[str, str], why: str, lang: Lang, sent: bool) -> tuple[Control, ...]:
    found = []
    for rule in RULES:
        written = said.get(rule.key, "")
        sound = (
            written.isascii()
            and written.isdigit()
            and len(written) < 5
            and int(written) <= rule.most
        )
        wrong = Text(
            f"0から{rule.most}の整数を入れてください", f"enter a whole number from 0 to {rule.most}"
        )[lang]
        found.append(
            Control(
                rule.key,
                rule.label[lang],
                written,
                "number",
                rule.hint[lang],
                "" if sound else wrong,
            )
        )
    return (*found, reason(lang, why, NO_REASON[lang] if sent and not why else ""))


def _page(controls: tuple[Control, ...], lang: Lang) -> RetentionPage:
    found = due(today())
    last = Run.objects.filter(kind="retention").order_by("-at").first()
    return RetentionPage(
        Text("保存の期間", "Retention")[lang],
        controls,
        mark(chosen()),
        False,
        tuple(map(named, found.people[:SHOWN])),
        max(0, len(found.people) - SHOWN),
        found.verdicts,
        timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M") if last else "",
        "",
    )
