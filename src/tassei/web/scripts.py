"""The one script that browsers fetch: htmx, which spares a reload where a page asks for it."""

from importlib.util import find_spec
from pathlib import Path

HTMX = "htmx/htmx-2.min.js"


def scripts() -> list[tuple[str, Path]]:
    """The folder of htmx, to be served below `htmx/`; importing the package would ask for settings."""
    spec = find_spec("django_htmx")
    assert spec is not None, "a dependency of the application"
    assert spec.origin is not None, "it is a package of files"
    return [("htmx", Path(spec.origin).parent / "static" / "django_htmx")]
