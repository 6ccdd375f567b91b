"""What a reader chooses for all pages: language and theme, kept in the browser."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tassei.text import LANGS
from tassei.web.themes import THEME_COOKIE, THEMES


@require_safe
def language(request: HttpRequest, lang: str) -> HttpResponse:
    """Choose a language and go back."""
    if lang not in LANGS:
        raise Http404
    return _chosen(request, settings.LANGUAGE_COOKIE_NAME, lang)


@require_safe
def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Choose light, dark, or what the device says, and go back."""
    if theme not in THEMES:
        raise Http404
    return _chosen(request, THEME_COOKIE, theme)


def _chosen(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        cookie,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
