"""The shelf is the one place that pages take the standards from, so that a layer is everywhere at once."""

import ast
from pathlib import Path

import tassei.web

PACKAGE = Path(tassei.web.__file__).parent
OFFICIAL = {"explorer/shelf.py", "administration/layers.py", "administration/layer_views.py"}
"""Where the official editions alone are meant."""


def test_pages_take_the_standards_from_the_shelf() -> None:
    """Whoever took them from elsewhere would not see a tailored layer."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "tassei.encoding.compiled"
        if any(a.name == "standards" for a in node.names)
    }
    assert found == OFFICIAL
