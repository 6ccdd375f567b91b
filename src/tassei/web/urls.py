"""Every address of the application."""

from django.urls import include, path

from tassei.web import choices, troubles

urlpatterns = [
    path("", include("tassei.web.explorer.urls")),
    path("language/<str:lang>/", choices.language, name="language"),
    path("theme/<str:theme>/", choices.theme, name="theme"),
]

handler400 = troubles.bad_request
handler404 = troubles.page_not_found
handler500 = troubles.server_error
