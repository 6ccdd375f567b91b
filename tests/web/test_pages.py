"""A page's value and its template agree: nothing is shown that it does not have, nothing is made in vain."""

import inspect
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import attrs
import pytest
from django.db import connection

import tassei.web

TEMPLATES = Path(tassei.web.__file__).parent / "templates"


def _pages() -> Iterator[type[Any]]:
    for module in walk_packages(tassei.web.__path__, "tassei.web."):
        if ".migrations." not in module.name:
            for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
                if found.__module__ == module.name and isinstance(
                    getattr(found, "template", None), str
                ):
                    yield found


@pytest.mark.parametrize("page", list(_pages()), ids=str)
def test_a_page_and_its_template_agree(page: type[Any]) -> None:
    """Every field of a page is used by its template, and the template uses no other."""
    text = (TEMPLATES / page.template).read_text("utf-8")
    used = set(re.findall(r"\bpage\.(\w+)", text)) | {"title"}
    made = {f.name for f in attrs.fields(page)}
    assert used == made


def test_the_database_is_the_one_that_was_asked_for() -> None:
    """A run against PostgreSQL is one."""
    asked = "postgresql" if os.environ.get("TASSEI_WEB_DATABASE") else "sqlite"
    assert connection.vendor == asked
