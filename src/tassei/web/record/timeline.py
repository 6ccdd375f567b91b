"""What somebody has recorded, as a page shows it: engagements over time, contributions, examinations."""

from collections.abc import Iterator

from attrs import frozen
from django.urls import reverse

from tassei.evidence.model import Engagement
from tassei.evidence.months import Month
from tassei.figures import months
from tassei.text import Lang, Text
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.shelf import of_the_shelf, standards
from tassei.web.masks import said
from tassei.web.record.portfolio import Portfolio

_MONTHS_SHOWN = 24
"""The time line is never shorter than this."""


@frozen
class Bar:
    """An engagement on the time line, in months from its left end."""

    x: int
    width: int


@frozen
class Span:
    """One engagement.

    Args:
        id: of its row in the table, for addresses.
        period: its months in words, with how long it took.
        fields: the names of the fields that it belongs to.
        masked: amounts that are masked, in words.
        client: empty where none is recorded.
        bar: None where its months are not recorded.
        url: of its form; empty for who may not change it.
        counts: of the page that says what it counts for.
    """

    id: int
    title: str
    period: str
    role: str
    fields: tuple[str, ...]
    masked: tuple[str, ...]
    client: str
    documents: int
    bar: Bar | None
    going_on: bool
    url: str
    counts: str


@frozen
class TimeLine:
    """Engagements, the latest first, over one axis.

    Args:
        first, last: what stands at the ends of the axis.
        months: the length of the axis.
        years: where years begin, in months from the left end.
    """

    spans: tuple[Span, ...]
    first: str
    last: str
    months: int
    years: tuple[int, ...]


def time_line(portfolio: Portfolio, own: bool, unmasked: bool, lang: Lang) -> TimeLine:
    """Lay out the engagements of a record.

    Args:
        own: the reader may change them.
        unmasked: the reader sees the names of clients that are masked.
    """
    works, as_of = portfolio.engagements, portfolio.as_of
    starts = [w.first.number for w in works if w.first]
    start = min([*starts, as_of.number - _MONTHS_SHOWN + 1])
    length = as_of.number - start + 1
    return TimeLine(
        tuple(_span(portfolio, w, start, own, unmasked, lang) for w in works),
        Month(start).label[lang],
        as_of.label[lang],
        length,
        tuple(m - start for m in range(start, start + length) if m % 12 == 0 and m > start),
    )


def _span(
    portfolio: Portfolio, work: Engagement, start: int, own: bool, unmasked: bool, lang: Lang
) -> Span:
    entry = portfolio.works[work.id]
    last = work.last or portfolio.as_of
    bar = (
        Bar(work.first.number - start, last.number - work.first.number + 1) if work.first else None
    )
    kept = portfolio.discretion(work.id)
    client = kept.client if kept else ""
    if client and kept and kept.masked and not unmasked:
        client = Text("伏せています", "masked")[lang]
    amounts = (
        f"{standards().vocabulary.measures[m].name[lang]}: {said(m, amount, by)[lang]}"
        for m, by in (kept.amounts if kept else {}).items()
        if isinstance(amount := work.size.get(m), int)
    )
    of_other = [portfolio.person.code] if not own else []
    counts = "record-of-counts" if of_other else "record-counts"
    return Span(
        entry.pk,
        work.title or work.id,
        period(work, portfolio.as_of)[lang],
        work.role.label[lang] if work.role is not None else "",
        tuple(field_names(work.fields or frozenset(), lang)),
        tuple(amounts),
        client,
        len(portfolio.attachments.get(work.id, ())),
        bar,
        work.first is not None and work.last is None,
        reverse("record-work", args=[entry.pk]) if own else "",
        reverse(counts, args=[*of_other, entry.pk]),
    )


def period(work: Engagement, as_of: Month) -> Text:
    """The months of an engagement, and how many they are."""
    if work.first is None:
        return Text("期間は未記録", "months not recorded")
    last = work.last or as_of
    long = months(max(last.number - work.first.number + 1, 1))
    end = work.last.label if work.last else Text("継続中", "still going on")
    return Text(
        f"{work.first.label.ja}〜{end.ja}（{long.ja}）",
        f"{work.first.label.en} – {end.en} ({long.en})",
    )


def field_names(paths: frozenset[str], lang: Lang) -> Iterator[str]:
    """The names of fields, each with its edition."""
    for edition in standards().editions:
        for field in edition.fields:
            if edition.qualified(field.id) in paths:
                yield f"{field.name[lang]} · {edition_name(edition)[lang]}"


@frozen
class Fact:
    """One line of what is recorded beside engagements."""

    name: str
    said: str = ""


@frozen
class Chapter:
    """What is recorded of one kind.

    Args:
        url: of the form; empty for who may not change it.
        empty: nothing is recorded, so nothing is known.
    """

    title: str
    facts: tuple[Fact, ...]
    url: str
    empty: str


@of_the_shelf
def _names() -> dict[str, Text]:
    """Every term about a person by its id."""
    found: dict[str, Text] = {}
    for edition in standards().editions:
        for term in (*edition.terms.areas, *edition.terms.succession):
            found.setdefault(term.id, term.name)
        for item in edition.skills.items:
            found.setdefault(item.id, item.name)
        for known in (t for b in edition.skills.knowledge for t in b.leaves()):
            found.setdefault(known.id, known.name)
        for examination in (x for i in edition.indicators for x in i.examinations):
            found.setdefault(examination.name, examination.title.name)
    return found


def term_name(term: str, lang: Lang) -> str:
    """The name of an area, a kind of work handed on, a skill, something known, or an examination."""
    return _names()[term][lang] if term in _names() else term


def chapters(portfolio: Portfolio, own: bool, lang: Lang) -> tuple[Chapter, ...]:
    """Contributions, examinations, skills and knowledge."""
    evidence = portfolio.evidence
    given = evidence.professional

    def name(term: str) -> str:
        return term_name(term, lang)

    def chapter(title: Text, facts: list[Fact], known: bool, form: str) -> Chapter:
        nothing = (
            Text("ありません。", "None.")
            if known
            else Text("まだ記録がありません。", "Not recorded yet.")
        )
        return Chapter(title[lang], tuple(facts), reverse(form) if own else "", nothing[lang])  # fmt: skip

    areas = [Fact(name(a), d.label[lang]) for a, d in (given.areas or {}).items()]
    works = [
        Fact(w.title or name(w.kind), _joined(name(w.kind) if w.title else "", w.on, lang))
        for w in given.succession or ()
    ]
    if given.mentoring is not None:
        yes = Text("行っている", "yes") if given.mentoring else Text("行っていない", "no")
        works.append(Fact(Text("後進の育成", "Developing juniors")[lang], yes[lang]))
    passed = [Fact(name(x.name), x.passed.label[lang] if x.passed else "") for x in evidence.examinations or ()]  # fmt: skip
    skills = [
        Fact(name(s), Text(f"レベル{n}", f"level {n}")[lang] if n else Text("なし", "none")[lang])
        for s, n in (evidence.skills or {}).items()
    ]
    if evidence.knowledge:
        count = len(evidence.knowledge)
        skills.append(Fact(Text("知識項目", "Knowledge items")[lang], f"{count:,}"))
    return (
        chapter(Text("専門領域", "Areas of specialty"), areas, given.areas is not None, "record-about"),
        chapter(Text("技術の継承と後進の育成", "Technology handed on, and juniors"), works, given.succession is not None, "record-about"),
        chapter(Text("試験", "Examinations"), passed, evidence.examinations is not None, "record-about"),
        chapter(Text("スキルと知識", "Skills and knowledge"), skills, evidence.skills is not None, "record-skills"),
    )  # fmt: skip


def _joined(kind: str, on: Month | None, lang: Lang) -> str:
    return Text("、", ", ")[lang].join(filter(None, (kind, on.label[lang] if on else "")))
