"""Which files browsers may fetch: those of the application, and the fonts of wheels without their code."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder

_SERVED = (".css", ".svg", ".otf")


class Finder(FileSystemFinder):
    """Finds files of the kinds that pages name."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return [f for f in super().list(ignore_patterns) if f[0].endswith(_SERVED)]
