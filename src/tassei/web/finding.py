"""Which files browsers may fetch: those of the application, and of wheels fonts and htmx without what is beside them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder

from tassei.web.scripts import HTMX

_SERVED = (".css", ".svg", ".otf")


class Finder(FileSystemFinder):
    """Finds files of the kinds that pages name."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        found = super().list(ignore_patterns)
        # the storage of each folder knows the name without the folder's own part of the address
        return [f for f in found if f[0].endswith(_SERVED) or HTMX.endswith(f"/{f[0]}")]
