"""Addresses of the public pages."""

from django.urls import path

from tassei.web.explorer import views
from tassei.web.trying import views as trying

urlpatterns = [
    path("", views.home, name="home"),
    path("standard/<slug:series>/<slug:category>/", views.edition, name="edition"),
    path("standard/<slug:series>/<slug:category>/<slug:field>/", views.field, name="field"),
    path(
        "standard/<slug:series>/<slug:category>/<slug:field>/<int:level>/",
        views.level,
        name="level",
    ),
    path("doubts/", views.doubts, name="doubts"),
    path("doubts/<slug:doubt>/", views.doubt, name="doubt"),
    path("readings/", views.readings, name="readings"),
    path("search/", views.search, name="search"),
    path("compare/levels/", views.compare_levels, name="compare-levels"),
    path("compare/editions/", views.compare_editions, name="compare-editions"),
    path("try/", trying.start, name="try"),
    path("try/form/", trying.form, name="try-form"),
    path("try/file/", trying.file, name="try-file"),
]
