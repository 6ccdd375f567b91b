"""The addresses of cycles."""

from django.urls import path

from tassei.web.cycles import views

urlpatterns = [
    path("", views.cycles, name="cycles"),
    path("new/", views.new, name="cycle-new"),
    path("<int:pk>/", views.cycle, name="cycle"),
    path("<int:pk>/edit/", views.edit, name="cycle-edit"),
    path("<int:pk>/people/", views.people, name="cycle-people"),
    path("<int:pk>/open/", views.start, name="cycle-open"),
    path("<int:pk>/close/", views.close, name="cycle-close"),
]
