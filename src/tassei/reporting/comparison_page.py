"""A comparison of two editions as a page."""

from collections.abc import Iterator

from attrs import frozen

from tassei.comparing.aspects import CLAUSES
from tassei.comparing.differences import TERM_KINDS, Comparison, FieldLink, Move, TermChange
from tassei.framework.edition import SpecialtyField
from tassei.framework.vocabulary import Vocabulary
from tassei.reporting.comparisons import (
    KINDS,
    OTHER_LANGUAGE,
    RELATIONS,
    levels_of,
    levels_text,
    link_title,
    moved,
    near_text,
    summary,
    term_text,
    title,
)
from tassei.reporting.page import EMPTY, Content, Markup, element, joined, page, table
from tassei.text import Lang, Text

FOOT = Text(
    "Tasseiが二つの版の記述と対応表から作成。版の名は文書の形式からの推定です。",
    "Made by Tassei from the encodings of the two editions and the crosswalk. The labels of the editions are inferences from the form of the documents.",
)


def comparison_page(comparison: Comparison, vocabulary: Vocabulary, lang: Lang) -> str:
    """The whole page, with nothing from outside it."""
    heading = title(comparison)[lang]
    body = joined(
        [
            element("h1", heading),
            element("p", summary(comparison)[lang], class_="lead"),
            element("p", f"{comparison.earlier.id} → {comparison.later.id}", class_="lineage"),
            comparison_parts(comparison, vocabulary, lang),
        ]
    )
    return page(heading, body, lang, FOOT)


def comparison_parts(comparison: Comparison, vocabulary: Vocabulary, lang: Lang) -> Markup:
    """What follows the heading and the answer, for a page that has a frame of its own."""
    return joined(_Writer(comparison, vocabulary, lang).parts())


@frozen
class _Writer:
    comparison: Comparison
    vocabulary: Vocabulary
    lang: Lang

    def say(self, ja: str, en: str) -> str:
        return Text(ja, en)[self.lang]

    def parts(self) -> Iterator[Markup]:
        if self.comparison.earlier.id == self.comparison.later.id:
            return
        yield element("h2", self.say("専門分野", "Specialty fields"))
        yield self.fields()
        yield from self.clauses()
        yield element("h2", self.say("達成度指標で変わったこと", "What indicators ask differently"))
        yield from self.moves()
        yield element("h2", self.say("用語", "Terms"))
        yield from self.terms()

    def fields(self) -> Markup:
        head = (
            self.comparison.earlier.label,
            self.comparison.later.label,
            self.say("対応", "relation"),
            self.say("理由", "why"),
        )
        return table(
            head,
            [
                (
                    self._field(x.earlier),
                    self._field(x.later),
                    RELATIONS[x.relation][self.lang],
                    element("small", x.why[self.lang]),
                )
                for x in self.comparison.fields
            ],
        )

    def _field(self, field: SpecialtyField | None) -> Content:
        if field is None:
            return element("span", "—", class_="absent")
        levels = levels_text(field.levels)[self.lang]
        return (
            Markup("")
            + element("span", field.name[self.lang])
            + Markup("<br>")
            + element("small", levels)
        )

    def clauses(self) -> Iterator[Markup]:
        gone, added = self.comparison.clauses_gone, self.comparison.clauses_added
        if not gone and not added:
            return
        yield element("h2", self.say("条項の種類", "Kinds of clauses"))
        yield element(
            "ul",
            *(element("li", element("span", CLAUSES[c][self.lang], class_="out")) for c in gone),
            *(element("li", element("span", CLAUSES[c][self.lang], class_="in")) for c in added),
        )
        yield element(
            "p",
            self.say(
                "これらは片方の版のすべての達成度指標にないため、下の表では繰り返しません。",
                "One of the editions has none of these anywhere, so the tables below do not repeat them.",
            ),
            class_="soft",
        )

    def moves(self) -> Iterator[Markup]:
        told = False
        for link in self.comparison.fields:
            part = self._moves(link)
            if part is None:
                continue
            told = True
            if link.relation == "overlaps":
                note = self.say("一部が重なる", "overlaps in part")
                yield element(
                    "details",
                    element(
                        "summary",
                        link_title(link)[self.lang],
                        " ",
                        element("span", note, class_="tag"),
                    ),
                    part,
                )
            else:
                yield element("h3", link_title(link)[self.lang])
                yield part
        if not told:
            yield element("p", self.say("違いはありません。", "Nothing."))

    def _moves(self, link: FieldLink) -> Markup | None:
        levels = levels_of(self.comparison, link)
        found = moved(levels, (*self.comparison.clauses_gone, *self.comparison.clauses_added))
        if not found:
            return None
        places = {x.level: x.places for x in levels}
        head = (
            self.say("条項", "clause"),
            self.say("レベル", "level"),
            self.comparison.earlier.label,
            self.comparison.later.label,
            self.say("箇所", "places"),
        )
        return table(
            head,
            [
                (
                    x.move.label[self.lang],
                    ", ".join(map(str, x.levels)),
                    *self._sides(x.move),
                    element(
                        "small", "; ".join(f"{a}→{b}" for a, b in (places[n] for n in x.levels))
                    ),
                )
                for x in found
            ],
        )

    def _sides(self, move: Move) -> tuple[Content, Content]:
        if move.gone or move.added:
            return (
                element("ul", *(element("li", n[self.lang], class_="out") for _, n in move.gone))
                if move.gone
                else EMPTY,
                element("ul", *(element("li", n[self.lang], class_="in") for _, n in move.added))
                if move.added
                else EMPTY,
            )
        none = element("span", self.say("問わない", "not asked"), class_="absent")
        before: Content = move.before[self.lang] if move.before else none
        after: Content = move.after[self.lang] if move.after else none
        side = {True: "more", False: "less", None: ""}[move.more]
        return element("span", before, class_="was"), element("span", after, class_=side)

    def terms(self) -> Iterator[Markup]:
        found = self.comparison.terms
        if not found:
            yield element("p", self.say("違いはありません。", "No term differs."))
        for kind in (*TERM_KINDS, "measures"):
            mine = [t for t in found if t.kind == kind]
            if mine:
                yield element("h3", KINDS[kind][self.lang][:1].upper() + KINDS[kind][self.lang][1:])
                yield table(
                    (self.say("用語", "term"), "", self.say("対応", "crosswalk")),
                    [self._term(t) for t in mine],
                )
        if not self.comparison.wording_compared:
            yield element("p", OTHER_LANGUAGE[self.lang], class_="soft")

    def _term(self, change: TermChange) -> tuple[Content, Content, Content]:
        word = {
            "gone": self.say("なくなった", "gone"),
            "added": self.say("加わった", "new"),
            "reworded": self.say("言い換えた", "reworded"),
        }[change.change]
        near = near_text(change, self.comparison, self.vocabulary)
        whys = dict.fromkeys(x.why for x in change.links)
        said: list[Content] = []
        if near:
            said.append(element("span", near[self.lang] + self.say("。", ". ")))
        said += [element("small", w[self.lang]) for w in whys]
        return (
            term_text(change)[self.lang],
            element("span", word, class_={"gone": "out", "added": "in"}.get(change.change, "")),
            element("span", *said) if said else EMPTY,
        )
