"""Words of templates in both languages side by side, and addresses of files that a browser may keep."""

import hashlib
from functools import cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from tassei.text import Text

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], ja: str, en: str, **values: object) -> str:
    """`{% say "日本語" "English" %}`: the wording of the reader's language, with its values filled in."""
    return (ja if context["lang"] == "ja" else en).format(**values)


@register.simple_tag(takes_context=True)
def word(context: dict[str, Any], text: Text) -> str:
    """`{% word page.label %}`: a text of a page in the reader's language."""
    return text[context["lang"]]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a file of the application, with a digest of what is in it."""
    return f"{static(name)}?{_digest(name)}"


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), f"there is no file {name}"
    with open(found, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()[:12]
