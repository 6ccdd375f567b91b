"""The dossier as a page, and its QR code as an image of an address of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tassei.web.models import Person
from tassei.web.reviews.cases import Opened, opened, verdict_of
from tassei.web.reviews.dossier import dossier_page, drawn, judgement_code
from tassei.web.reviews.judged import Judged
from tassei.web.site import lang_of, render
from tassei.web.viewers import signed_in


def _judged(request: HttpRequest, person: Person, number: int) -> tuple[Opened, Judged]:
    one = opened(person, number)
    found, _ = verdict_of(one.assessment, lang_of(request))
    if found is None:
        raise Http404
    return one, found


@require_safe
@signed_in
def dossier(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One case on paper."""
    one, found = _judged(request, person, number)
    return render(request, dossier_page(one, found, lang_of(request)))


@require_safe
@signed_in
def code(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """The QR code of the judgement."""
    svg = drawn(judgement_code(*_judged(request, person, number)))
    return HttpResponse(svg, content_type="image/svg+xml")
