"""Names in a document -> terms of the shared vocabulary, or new terms with readable ids.

A name that any encoded edition has, in the language of the document, keeps the id it has there; the
spelling may differ in width, punctuation, hyphens and drawn-out vowels. Another name is a new term.
Its id comes from its English words; from Japanese words where the glossary knows all of them; else it
says where it stands: `criterion-sales-5-3`. The same document always gives the same ids.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import define, field, frozen

from tassei.documents.grammar.terms import Terms
from tassei.documents.normal import key, loose_key
from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.framework.vocabulary import Term
from tassei.text import Lang, Text

Kind = Literal["criteria", "outcomes", "activities", "areas", "succession", "tasks"]
_ONE: dict[str, str] = {
    "criteria": "criterion",
    "outcomes": "outcome",
    "activities": "activity",
    "areas": "area",
    "succession": "succession",
    "tasks": "task",
    "fields": "field",
    "measures": "measure",
    "skills": "skill",
    "knowledge": "knowledge",
}
_SMALL_WORDS = frozenset(
    {"a", "an", "the", "of", "and", "or", "in", "for", "to", "with", "by", "on"}
)


@frozen
class NewTerm:
    """A term that no encoded edition has."""

    kind: str
    term: Term
    line: int


@define
class Naming:
    """Finds the term that a name means, and remembers what was new.

    Args:
        first: the edition whose names come before those of all others.
    """

    terms: Terms
    standards: Standards
    first: str | None = None
    new: list[NewTerm] = field(factory=list)
    _known: dict[tuple[str, str], Term] = field(factory=dict)
    _loose: dict[tuple[str, str], Term] = field(factory=dict)
    _made: dict[tuple[str, str], Term] = field(factory=dict)
    _ids: set[tuple[str, str]] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        editions = sorted(self.standards.editions, key=lambda e: e.id != self.first)
        for edition in editions:
            for kind, term in _named(edition):
                name = term.name[self.lang]
                self._known.setdefault((kind, key(name)), term)
                self._loose.setdefault((kind, loose_key(name)), term)
                self._ids.add((kind, term.id))

    @property
    def lang(self) -> Lang:
        return self.terms.lang

    def term(self, kind: str, name: str, *, at: str, line: int = 0) -> Term:
        """The term that a name means; `at` says where it stands, for the id of a new one."""
        known = self._known.get((kind, key(name))) or self._loose.get((kind, loose_key(name)))
        if known:
            return Term(known.id, self._text(name, known.name))
        made = self._made.get((kind, loose_key(name)))
        if made is None:
            made = Term(self._new_id(kind, name, at), Text(name, name))
            self._made[kind, loose_key(name)] = made
            self.new.append(NewTerm(kind, made, line))
        return Term(made.id, Text(name, name))

    def known(self, kind: str, name: str) -> Term | None:
        """The term of an encoded edition by that name, if there is one."""
        return self._known.get((kind, key(name))) or self._loose.get((kind, loose_key(name)))

    def known_terms(self) -> Iterator[tuple[str, Term]]:
        """Every name of an encoded edition with its kind."""
        return ((kind, term) for (kind, _), term in self._known.items())

    def by_id(self, kind: str, term_id: str, name: str, *, named: bool = True) -> Term:
        """A term whose id the lists of terms give; its other name is taken from where it is known.

        Args:
            name: as the document has it.
            named: the document names the thing; else it says it with a verb, and the known name is
                the better one.
        """
        for k, term in self.known_terms():
            if k == kind and term.id == term_id:
                return Term(term_id, self._text(name, term.name) if named else term.name)
        return Term(term_id, Text(name, name))

    def _text(self, name: str, known: Text) -> Text:
        return Text(name, known.en) if self.lang == "ja" else Text(known.ja, name)

    def _new_id(self, kind: str, name: str, at: str) -> str:
        base = self.slug(name) or f"{_ONE.get(kind.split('/')[0], kind.split('/')[0])}-{at}"
        wanted, n = base, 2
        while (kind, wanted) in self._ids:
            wanted, n = f"{base}-{n}", n + 1
        self._ids.add((kind, wanted))
        return wanted

    def slug(self, name: str) -> str:
        """A readable id from the head of a name, or nothing where its words are not known."""
        head = re.split(r"[(（]", name)[0].strip() or name
        if self.lang == "ja" and re.search(r"[^\x00-\x7f]", head):
            return self.from_glossary(head)
        plain = (
            unicodedata.normalize("NFKD", head.replace("'", "")).encode("ascii", "ignore").decode()
        )
        words = [w for w in re.findall(r"[a-z0-9]+", plain.casefold()) if w not in _SMALL_WORDS]
        return "-".join(words[:6])

    def from_glossary(self, name: str) -> str:
        """English words for a Japanese name when the glossary knows every part of it, else nothing."""
        glossary: dict[str, str] = self.terms.raw.get("glossary", {})
        rest = re.sub(r"[・、/\s]|の|ー$", "", name)
        found = []
        while rest:
            if latin := re.match(r"[A-Za-z0-9]+", rest):
                found.append(latin[0].casefold())
                rest = rest[latin.end() :]
                continue
            length = next((n for n in range(len(rest), 0, -1) if rest[:n] in glossary), 0)
            if not length:
                return ""
            if glossary[rest[:length]]:
                found.append(glossary[rest[:length]])
            rest = rest[length:].removeprefix("ー")
        return "-".join(found)


def _named(edition: Edition) -> Iterator[tuple[str, Term]]:
    """Every name that an edition uses, its own list first, then the wordings of single indicators."""
    for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks"):
        for term in getattr(edition.terms, kind):
            yield kind, term
    for owner in edition.fields:
        yield "fields", Term(owner.id, owner.name)
    yield "categories", Term(edition.category.id, edition.category.name)
    for indicator in edition.indicators:
        yield from _worded(indicator)
    for item in edition.skills.items:
        yield "skills", Term(item.id, item.name)
        yield from ((f"sub_items/{item.id}", t) for t in item.sub_items)
    for block in edition.skills.knowledge:
        for node in block.items:
            yield f"knowledge/{block.item}", node.term
            yield from ((f"knowledge/{block.item}/{node.term.id}", t.term) for t in node.items)


def _worded(indicator: Indicator) -> Iterator[tuple[str, Term]]:
    asked = indicator.professional
    lists: tuple[tuple[str, Iterable[Term]], ...] = (
        ("criteria", indicator.complexity.criteria),
        ("outcomes", indicator.responsibility.outcomes),
        ("activities", indicator.responsibility.experiences),
        ("areas", asked.areas.items if asked.areas else ()),
        ("succession", asked.succession.items if asked.succession else ()),
        ("succession", asked.contributions.items if asked.contributions else ()),
        ("tasks", (*indicator.tasks.items, *indicator.tasks.noted) if indicator.tasks else ()),
    )
    for kind, terms in lists:
        yield from ((kind, t) for t in terms)
