"""Walks through the application from link to link, as far as somebody may go."""

import os
import re
from collections.abc import Collection, Iterator
from urllib.parse import urljoin, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tassei.web.settings")

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from browser.conftest import Visitor

django.setup()

_FIRST = 2
"""How many pages of one kind are opened: levels and people look alike."""
_OUT = re.compile(r"^/(logout|language|theme|static)/")


def kind_of(path: str) -> str:
    """What kind of page an address leads to: the name of its pattern; empty where it is none."""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def pages(
    visitor: Visitor, *starts: str, without: Collection[str] = ()
) -> Iterator[tuple[str, Page]]:
    """Every kind of page that links lead to from where one starts, each opened; the kind and the page.

    Files that are downloaded are no pages and are left out.

    Args:
        without: kinds that are not opened.
    """
    waiting, seen, opened = list(starts), set(starts), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in without or opened.get(kind, 0) >= _FIRST:
            continue
        opened[kind] = opened.get(kind, 0) + 1
        page = visitor.go(path)
        yield kind, page
        for link in page.locator("a[href]:not([download])").all():
            address = urljoin(page.url, link.get_attribute("href") or "")
            if not address.startswith(visitor.served.address):
                continue
            found = address.removeprefix(visitor.served.address).split("#")[0]
            if found not in seen and not _OUT.match(found) and kind_of(found):
                seen.add(found)
                waiting.append(found)
