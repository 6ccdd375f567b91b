"""A page as a reader or a screen reader meets it, and what must hold of every page."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

from attrs import frozen
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tassei.encoding.standards import Standards
from tassei.text import Lang


@frozen
class Read:
    """A page that was answered.

    Args:
        said: what is seen on it, without blanks that are not.
    """

    html: str
    tree: HTMLParser
    said: str

    @property
    def heading(self) -> str:
        [h1] = self.tree.css("h1")
        return h1.text(strip=True)

    def one(self, selector: str) -> Node:
        """The first element that a selector names; there must be one."""
        found = self.tree.css_first(selector)
        assert found is not None, f"there is no {selector}"
        return found

    def classes(self, selector: str) -> list[str]:
        return (self.one(selector).attributes.get("class") or "").split()

    def links(self) -> list[str]:
        """Addresses inside the application that the page leads to."""
        found = (a.attributes.get("href") or "" for a in self.tree.css("a"))
        return [href for href in found if href.startswith("/")]


class Answer(Protocol):
    """What a test client gives back, as far as it is read here."""

    @property
    def content(self) -> bytes: ...


def read(response: Answer) -> Read:
    html = response.content.decode()
    tree = HTMLParser(html)
    body = tree.body
    assert body is not None
    return Read(html, tree, re.sub(r"\s+", " ", body.text(separator=" ")))


def faults_of(page: Read, lang: Lang, standards: Standards) -> list[str]:
    """Everything that would keep somebody from reading a page."""
    return list(_faults(page, lang, standards))


def _faults(page: Read, lang: Lang, standards: Standards) -> Iterator[str]:
    tree = page.tree
    root = tree.css_first("html")
    assert root is not None
    if root.attributes.get("lang") != lang:
        yield f"lang is {root.attributes.get('lang')}"
    title = tree.css_first("title")
    if title is None or not title.text(strip=True):
        yield "it has no title"
    ranks = [int((h.tag or "h0")[1]) for h in tree.css("h1, h2, h3, h4")]
    if ranks.count(1) != 1 or ranks[0] != 1:
        yield f"its headings begin {ranks[:3]}"
    yield from (f"h{b} follows h{a}" for a, b in pairwise(ranks) if b > a + 1)
    ids = [i for n in tree.css("[id]") if (i := n.attributes.get("id"))]
    yield from (f"the id {i} is used twice" for i in sorted({i for i in ids if ids.count(i) > 1}))
    labelled = {n.attributes.get("for") for n in tree.css("label")}
    for control in tree.css("input, select, textarea"):
        if (
            control.attributes.get("type") != "hidden"
            and control.attributes.get("id") not in labelled
        ):
            yield f"{control.attributes.get('name')} has no label"
    for pointing in ("aria-labelledby", "aria-describedby"):
        for node in tree.css(f"[{pointing}]"):
            named = (node.attributes.get(pointing) or "").split()
            yield from (f"{pointing} {name} names nothing" for name in named if name not in ids)
    if tree.css("script:not([src]), style, [style], [onclick], [hx-on]"):
        yield "it holds a script or a style of its own"
    for node in tree.css("[src], [href], [action]"):
        for name in ("src", "href", "action"):
            if "//" in (node.attributes.get(name) or "").split("?")[0]:
                yield f"it leads to another host: {node.attributes.get(name)}"
    yield from (f"it says {i}" for i in _raw_ids(page, standards))


def _raw_ids(page: Read, standards: Standards) -> set[str]:
    """Ids of the data that a person would meet in place of a name."""
    tree = HTMLParser(page.html)
    for area in tree.css("textarea, select"):
        _empty(area)
    body = tree.body
    said = body.text(separator=" ") if body else ""
    words = set(re.findall(r"[a-z0-9]+(?:[-_/][a-z0-9]+)+", said))
    known = {e.id for e in standards.editions}
    for edition in standards.editions:
        terms = edition.terms
        kinds = (terms.criteria, terms.outcomes, terms.activities, terms.areas, terms.tasks)
        known |= {f.id for f in edition.fields} | {t.id for kind in kinds for t in kind}
    # a name may hold a word that is an id too ("multi-vendor")
    names = {t.name.en.lower() for e in standards.editions for t in e.terms.criteria}
    return {w for w in words & known if "-" in w and not any(w in name for name in names)}


def _empty(node: Node) -> None:
    for child in list(node.iter(include_text=True)):
        child.decompose()
