"""The addresses of totals."""

from django.urls import path

from tassei.web.insights import views

urlpatterns = [
    path("", views.head_counts, name="insights"),
    path("units/", views.units, name="insights-units"),
    path("level/", views.opened, name="insights-cell"),
    path("movement/", views.moved, name="insights-movement"),
    path("gaps/", views.lacking, name="insights-gaps"),
    path("targets/", views.targets, name="insights-targets"),
    path("near/", views.near, name="insights-near"),
    path("risks/", views.alone, name="insights-risks"),
    path("ending/", views.ending, name="insights-ending"),
    path("reviewers/", views.deltas, name="insights-reviewers"),
    path("renew/", views.renew, name="insights-renew"),
]
