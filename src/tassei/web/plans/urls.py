"""The addresses of plans and goals."""

from django.urls import path

from tassei.web.plans import views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("way/", views.way, name="plan-way"),
    path("map/", views.career_map, name="plan-map"),
]
