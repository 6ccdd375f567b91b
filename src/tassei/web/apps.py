"""The one application of the project, by which Django finds its parts."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "tassei.web"
    label = "web"

    def ready(self) -> None:
        """Let what follows from records follow them."""
        from tassei.web.records import followers
        from tassei.web.standings import refresh

        followers.append(refresh)
