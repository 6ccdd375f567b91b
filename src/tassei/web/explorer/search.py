"""Search over everything that the explorer shows: names, outlines, clauses, doubts, readings.

What is searched for is found whatever its width and case, and by all of its words.
"""

import unicodedata

from attrs import frozen
from django.urls import reverse

from tassei.rules.wording import lines, word
from tassei.text import Lang, Text
from tassei.web.explorer.build import doubt_link, edition_name, edition_url, field_url, level_url
from tassei.web.explorer.pages import Link, SearchPage
from tassei.web.explorer.shelf import Level, all_levels, of_the_shelf, standards

_MOST = 60
_LONGEST = 200
"""Characters of a question that are read."""


@frozen
class Entry:
    """One thing that can be found.

    Args:
        name, text: folded; a hit in the name stands before one in the text.
    """

    link: Link
    name: str
    text: str


def search_page(asked: str, lang: Lang) -> SearchPage:
    """What is found for some words, the nearest first."""
    asked = asked.strip()[:_LONGEST]
    found = search(asked, lang)
    title = Text("検索", "Search")
    return SearchPage(title[lang], asked, found[:_MOST], max(len(found) - _MOST, 0))


def search(asked: str, lang: Lang) -> tuple[Link, ...]:
    """Everything that holds all words of a question."""
    words = _fold(asked).split()
    if not words:
        return ()
    in_name, in_text = [], []
    for entry in _entries(lang):
        if all(w in entry.name for w in words):
            in_name.append(entry.link)
        elif all(w in entry.text or w in entry.name for w in words):
            in_text.append(entry.link)
    return (*in_name, *in_text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@of_the_shelf
def _entries(lang: Lang) -> tuple[Entry, ...]:
    # names are searched in both languages: people know a term by the one they read it in
    everything = standards()
    found = []
    for edition in everything.editions:
        outline = edition.category.outline
        link = Link(edition_name(edition)[lang], edition_url(edition), outline[lang])
        found.append(_entry(link, (edition_name(edition),), (outline,)))
        for field in edition.specialty_fields():
            link = Link(field.name[lang], field_url(edition, field), edition_name(edition)[lang])
            found.append(_entry(link, (field.name,), (field.outline, edition_name(edition))))
    found += [_level_entry(level, lang) for level in all_levels()]
    for doubt in everything.doubts:
        name = Text(f"{doubt.id} {doubt.title.ja}", f"{doubt.id} {doubt.title.en}")
        found.append(
            _entry(doubt_link(doubt, lang), (name,), (doubt.says, doubt.reading, doubt.why))
        )
    for reading in everything.readings:
        link = Link(reading.question[lang], f"{reverse('readings')}#{reading.id}", reading.id)
        meanings = tuple(a.meaning for a in reading.alternatives)
        found.append(_entry(link, (reading.question, Text(reading.id, reading.id)), meanings))
    return tuple(found)


def _level_entry(level: Level, lang: Lang) -> Entry:
    link = Link(level.name[lang], level_url(level), edition_name(level.edition)[lang])
    said = tuple(line.text for line in lines(word(level.rule)))
    return _entry(link, (level.name,), (edition_name(level.edition), *said))


def _entry(link: Link, names: tuple[Text, ...], texts: tuple[Text, ...]) -> Entry:
    return Entry(link, _folded(names), _folded(texts))


def _folded(texts: tuple[Text, ...]) -> str:
    return _fold("\n".join(f"{t.ja}\n{t.en}" for t in texts))
