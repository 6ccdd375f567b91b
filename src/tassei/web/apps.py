"""The one application of the project, by which Django finds its parts."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "tassei.web"
    label = "web"
