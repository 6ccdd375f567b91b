"""Pages stand by themselves: well formed, nothing from outside, everything escaped."""

from html.parser import HTMLParser

import pytest

from tassei.comparing.differences import compare
from tassei.comparing.story import story_of
from tassei.comparing.translation import compare_translation
from tassei.encoding.standards import Standards
from tassei.reporting.comparison_page import comparison_page
from tassei.reporting.page import Markup, element, page, table
from tassei.reporting.story_page import story_page
from tassei.reporting.translations import translation_page
from tassei.text import LANGS, Lang, Text

V1, V2, V2006, V3 = (
    "itss-v1/operations", "itss-v2/operations", "itss-v2-2006/it-service-management",
    "itss-v3/it-service-management",
)  # fmt: skip
VOID = {"meta", "br", "link", "img", "hr", "input"}


class _Reader(HTMLParser):
    """Fails where an element is not closed, and collects what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.heads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.fetched += [f"{tag} {k}" for k, _ in attrs if k in ("src", "href", "action", "data")]
        self.fetched += [tag] if tag in ("script", "iframe", "object", "link") else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What closes itself needs no closing."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("h1", "h2", "h3"):
            self.heads.append(data)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def _pages(standards: Standards, lang: Lang) -> list[str]:
    one, other = standards.edition(V2), standards.edition(V2006)
    stranger = standards.edition("itss-v2/customer-service")
    return [
        comparison_page(compare(standards, one, other), standards.vocabulary, lang),
        comparison_page(compare(standards, one, one), standards.vocabulary, lang),
        comparison_page(compare(standards, stranger, other), standards.vocabulary, lang),
        story_page(story_of(standards, other), lang),
        translation_page(compare_translation(standards, other, standards.edition(V3)), lang),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_needs_nothing_but_itself(standards: Standards, lang: Lang) -> None:
    """No script, no link, no picture from elsewhere; its language and its colours are declared."""
    for text in _pages(standards, lang):
        assert _read(text).fetched == []
        assert "http" not in text
        assert "url(" not in text
        assert "@import" not in text
        assert text.startswith(f'<!doctype html>\n<html lang="{lang}">')
        assert "prefers-color-scheme:dark" in text
        assert "@media print" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_in_one_language(standards: Standards, lang: Lang) -> None:
    """Its headings are words of the reader, names of what the page is about apart."""
    for text in _pages(standards, lang):
        heads = _read(text).heads
        japanese = [h for h in heads if any("ぁ" <= c <= "ヶ" or "一" <= c <= "龠" for c in h)]
        assert bool(japanese) == (lang == "ja")


def test_what_is_put_into_a_page_is_escaped() -> None:
    """Names come from files that anybody may have written."""
    evil = '<script>alert("x")</script>&'
    made = page(
        evil, element("p", evil, title=evil) + table([evil], [[evil]]), "en", Text(evil, evil)
    )
    assert "<script>" not in made
    reader = _read(made)
    assert reader.fetched == []
    assert "&lt;script&gt;" in made
    assert 'title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;"' in made


def test_markup_is_taken_as_it_is() -> None:
    """And attributes that are empty are left out."""
    assert element("b", Markup("<i>x</i>"), "<").html == "<b><i>x</i>&lt;</b>"
    assert element("b", class_="", data_x="1").html == '<b data-x="1"></b>'


def test_the_story_draws_every_field(standards: Standards) -> None:
    """A box for each field of each edition, a full line for what went on, a broken one for what overlaps."""
    story = story_of(standards, standards.edition(V1))
    text = story_page(story, "en")
    links = [x for c in story.chapters for x in c.comparison.fields if x.earlier and x.later]
    assert text.count('class="box"') == sum(len(e.fields) for e in story.editions)
    assert text.count('<path class="near"') == sum(x.relation == "overlaps" for x in links)
    assert text.count('<path class="same"') == sum(x.relation != "overlaps" for x in links)
    levels = sum(len(f.levels) for e in story.editions for f in e.fields)
    assert text.count('class="on"') == levels
