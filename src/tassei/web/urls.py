"""Every address of the application."""

from django.urls import include, path

from tassei.web import choices, troubles
from tassei.web.account import own_views as own
from tassei.web.account import views as account
from tassei.web.administration import health
from tassei.web.optional import PLANS

urlpatterns = [
    path("", include("tassei.web.explorer.urls")),
    path("login/", account.sign_in, name="login"),
    path("logout/", account.sign_out, name="logout"),
    path("setup/<slug:token>/", account.first, name="setup"),
    path("record/", include("tassei.web.record.urls")),
    path("", include("tassei.web.reviews.urls")),
    path("cycles/", include("tassei.web.cycles.urls")),
    path("account/", own.own, name="account"),
    path("join/<slug:token>/", own.join, name="join"),
    path("admin/", include("tassei.web.administration.urls")),
    path("health/", health.page, name="health"),
    path("insights/", include("tassei.web.insights.urls")),
    path("language/<str:lang>/", choices.language, name="language"),
    path("theme/<str:theme>/", choices.theme, name="theme"),
]
if PLANS:
    urlpatterns.append(path("plan/", include("tassei.web.plans.urls")))

handler400 = troubles.bad_request
handler403 = troubles.forbidden
handler404 = troubles.page_not_found
handler500 = troubles.server_error
