"""Coming in and going out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tassei.text import Text
from tassei.web.account.own_views import remember
from tassei.web.account.pages import LoginPage, SetupPage
from tassei.web.account.setup import may_set_up, set_up
from tassei.web.account.waiting import failed, must_wait, succeeded
from tassei.web.models import Account
from tassei.web.site import lang_of, render

_TITLE = Text("ログイン", "Sign in")
_WRONG = Text("ログイン名かパスワードが違います", "the name or the password is not right")
_WAIT = Text(
    "続けて失敗したため、しばらく待ってから試してください（15分）",
    "too many attempts have failed; try again in 15 minutes",
)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Come in with a name and a password."""
    lang = lang_of(request)
    name = request.POST.get("login", "").replace("\0", "").strip()[:150]
    back = request.POST.get("back", request.GET.get("back", ""))
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("record")
    if request.method != "POST":
        return render(request, LoginPage(_TITLE[lang], "", back, ""))
    address = str(request.META.get("REMOTE_ADDR", ""))
    if must_wait(name, address):
        return render(request, LoginPage(_TITLE[lang], name, back, _WAIT[lang]), 429)
    account = authenticate(request, login=name, password=request.POST.get("password", ""))
    if account is None:
        failed(name, address)
        return render(request, LoginPage(_TITLE[lang], name, back, _WRONG[lang]), 422)
    succeeded(name, address)
    login(request, account)
    response = HttpResponseRedirect(back)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and isinstance(account, Account):
        # a browser in which nothing was chosen shows what the account has chosen
        remember(response, account)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out."""
    logout(request)
    return HttpResponseRedirect(reverse("home"))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first account; the link leads nowhere once there is one."""
    if not may_set_up(token):
        raise Http404
    lang = lang_of(request)
    title = Text("最初のアカウントを作る", "Make the first account")[lang]
    if request.method != "POST":
        return render(request, SetupPage(title, "", "", ()))
    name = request.POST.get("login", "").strip()[:60]
    who, password = request.POST.get("name", "").strip()[:200], request.POST.get("password", "")
    wrong = (
        [] if name else [Text("ログイン名を入れてください", "enter a name to sign in with")[lang]]
    )
    try:
        validate_password(password)
    except ValidationError as error:
        wrong += error.messages
    if wrong:
        return render(request, SetupPage(title, name, who, tuple(wrong)), 422)
    account = set_up(name, who, password)
    login(request, account)
    return HttpResponseRedirect(reverse("record"))
