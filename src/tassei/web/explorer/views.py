"""The public pages of the standard."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tassei.framework.readings import Readings
from tassei.web.explorer import build
from tassei.web.explorer.search import search_page
from tassei.web.explorer.shelf import all_levels, field_at, level_at, standards
from tassei.web.site import lang_of, render


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, build.home(lang_of(request)))


@require_safe
def edition(request: HttpRequest, series: str, category: str) -> HttpResponse:
    found = standards().edition(f"{series}/{category}")
    return render(request, build.edition_page(found, lang_of(request)))


@require_safe
def field(request: HttpRequest, series: str, category: str, field: str) -> HttpResponse:
    found = field_at(f"{series}/{category}/{field}")
    return render(request, build.field_page(*found, lang_of(request)))


@require_safe
def level(request: HttpRequest, series: str, category: str, field: str, level: int) -> HttpResponse:
    path = f"{series}/{category}/{field}/{level}"
    return render(request, build.level_page(level_at(path, _chosen(request)), lang_of(request)))


def _chosen(request: HttpRequest) -> Readings:
    """The readings that the address asks for; the default where it names none."""
    everything = standards()
    asked = {r.id: request.GET.get(r.id) for r in everything.readings}
    return everything.readings_with({k: v for k, v in asked.items() if v is not None})


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("edition")
    found = standards().edition(asked) if asked else None
    return render(request, build.doubts_page(found, lang_of(request)))


@require_safe
def doubt(request: HttpRequest, doubt: str) -> HttpResponse:
    found = next((d for d in standards().doubts if d.id == doubt), None)
    if found is None:
        raise Http404
    return render(request, build.doubt_page(found, lang_of(request)))


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    return render(request, build.readings_page(lang_of(request)))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return render(request, search_page(request.GET.get("q", ""), lang_of(request)))


@require_safe
def compare_levels(request: HttpRequest) -> HttpResponse:
    first, second, *_ = all_levels()
    one = request.GET.get("one", second.path)
    other = request.GET.get("other", first.path)
    return render(request, build.compare_levels_page(one, other, lang_of(request)))


@require_safe
def compare_editions(request: HttpRequest) -> HttpResponse:
    later = next(e for e in standards().editions if e.follows)
    one = request.GET.get("one", later.follows or "")
    other = request.GET.get("other", later.id)
    return render(request, build.compare_editions_page(one, other, lang_of(request)))
