"""The forms about the person: contributions and examinations, skills and knowledge; and fields to choose."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen
from django.db import transaction

from tassei.evidence.read import SCHEMA
from tassei.evidence.write import plain_evidence
from tassei.marked import Marked, as_marked
from tassei.text import Lang, Text
from tassei.web.asking.person import ask_person
from tassei.web.asking.questions import questions_of, union
from tassei.web.asking.sheet import Control, Group, Sheet, answered, expanded, faulty, mapping, told
from tassei.web.asking.skills import ask_skills
from tassei.web.explorer.shelf import known, standards
from tassei.web.history import Author, Stale, change, create
from tassei.web.models import ChosenFields, Entry, Person
from tassei.web.record.portfolio import Portfolio, all_fields, portfolio_of
from tassei.web.records import Key, entries_of, write
from tassei.web.troubles import Told
from tassei.web.troubles import told as told_fault

MOST_WORKS = 30
_SPARE = 2

CONTRIBUTIONS = ("professional", "examinations")
SKILLS = ("skills", "knowledge")
_KINDS = {
    "professional": ("area", "succession", "mentoring"),
    "examinations": ("examination",),
    "skills": ("skill",),
    "knowledge": ("knowledge",),
}
_GIVEN = {
    "professional": ("areas", "succession"),
    "examinations": ("examinations",),
    "skills": ("skills",),
    "knowledge": ("knowledge",),
}


@frozen
class AboutDraft:
    """A form about the person as it was filled in.

    Args:
        parts: parts of an evidence file as they are to be recorded; None where something cannot be read.
        other: faults that belong to no question.
    """

    groups: tuple[Group, ...]
    parts: dict[str, Any] | None
    faults: tuple[Control, ...]
    other: tuple[Told, ...] = ()


def contributions(portfolio: Portfolio, answers: Mapping[str, str], lang: Lang) -> AboutDraft:
    """The form of contributions and examinations."""
    sheet = Sheet(answers, lang, portfolio.evidence.written_for)
    recorded = {k: portfolio.plain.get(k) for k in CONTRIBUTIONS}
    questions = union(questions_of(*all_fields()[p]) for p in portfolio.chosen)
    works = (recorded["professional"] or {}).get("succession") or ()
    kinds = {t.id: t.name for t in questions.succession}
    names = {t.id: t.name for e in standards().editions for t in e.terms.succession}
    kinds |= {w["kind"]: names[w["kind"]] for w in works if w["kind"] not in kinds}
    rows = min(max(len(works), _rows_of(answers)) + _SPARE, MOST_WORKS)
    areas = known().areas.by_edition
    inside = frozenset[str]().union(*(areas.get(e, ()) for e in sheet.written_for))
    groups, parts = ask_person(sheet, questions, recorded, inside, rows, kinds)
    if not kinds:
        groups = tuple(g for g in groups if g.key != "works")
    return _draft(sheet, portfolio, groups, parts, CONTRIBUTIONS)


def _rows_of(answers: Mapping[str, str]) -> int:
    """How many rows of works are filled in."""
    numbers = (
        k.split("-")[1]
        for k, v in answers.items()
        if k.startswith("succession-") and k.endswith(("-kind", "-title", "-on")) and v
    )
    return max((int(n) for n in numbers if n.isdecimal() and len(n) < 3), default=0)


def skills(portfolio: Portfolio, answers: Mapping[str, str], lang: Lang) -> AboutDraft:
    """The form of skills and knowledge."""
    sheet = Sheet(answers, lang, portfolio.evidence.written_for)
    kind = known().skills.by_edition
    inside = frozenset[str]().union(*(kind.get(e, ()) for e in sheet.written_for))
    fields = tuple(all_fields()[p] for p in portfolio.chosen)
    groups, parts = ask_skills(sheet, fields, portfolio.plain, inside)
    return _draft(sheet, portfolio, groups, parts, SKILLS)


def _draft(
    sheet: Sheet,
    portfolio: Portfolio,
    groups: tuple[Group, ...],
    parts: Mapping[str, Marked],
    names: tuple[str, ...],
) -> AboutDraft:
    root = mapping(
        {
            "schema": Marked(SCHEMA, 0),
            "for": as_marked(list(_editions(portfolio))),
            "person": mapping({"id": Marked(portfolio.person.code, 0)}),
            **parts,
        }
    )
    assert root is not None, "it has a schema"
    found = answered(sheet, root, portfolio.as_of)
    groups = told(groups, found.wrong)
    read = None
    if found.evidence is not None:
        plain = plain_evidence(found.evidence)
        read = {k: plain[k] for k in names if k in plain}
    other = tuple(told_fault(f, sheet.lang) for f in found.other)
    return AboutDraft(groups, read, faulty(groups), other)


def digest_of(portfolio: Portfolio, names: tuple[str, ...]) -> str:
    """A digest of some parts of a record: what a form of them was made from."""
    parts = [portfolio.plain.get(n) for n in names]
    parts.append(list(portfolio.chosen))
    written = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def save(portfolio: Portfolio, names: tuple[str, ...], seen: str, draft: AboutDraft) -> None:
    """Save parts of a record.

    Raises:
        Stale: they have changed since the form was made.
    """
    assert draft.parts is not None, "the caller looked"
    person = portfolio.person
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        now = portfolio_of(person, portfolio.as_of)
        if digest_of(now, names) != seen:
            raise Stale
        if all(now.plain.get(n) == draft.parts.get(n) for n in names):
            return
        bodies, gone = _bodies(now, names, draft.parts)
        write(Author(person.pk), person, bodies | _widened(now, _editions(now)), gone)


def _bodies(
    now: Portfolio, names: tuple[str, ...], parts: Mapping[str, Any]
) -> tuple[dict[Key, Any], set[Key]]:
    """Entries to write, and entries that leave."""
    plain = {"for": list(_editions(now)), **parts}
    wanted = {k: v for k, v in entries_of(plain) if k[0] != "about"}
    rest = {k: v for k, v in now.plain.items() if k not in names}
    about = {
        "for": plain["for"],
        "given": dict(entries_of({**rest, **parts}))["about", ""]["given"],
    }
    kinds = [kind for name in names for kind in _KINDS[name]]
    present = Entry.objects.filter(person=now.person, kind__in=kinds).values_list("kind", "key")
    return {**wanted, ("about", ""): about}, set(present) - wanted.keys()


def _editions(portfolio: Portfolio) -> tuple[str, ...]:
    """The editions that a record is written for once the chosen fields are asked for."""
    chosen = {all_fields()[p][0].id for p in portfolio.chosen}
    return tuple(sorted({*portfolio.evidence.written_for, *chosen}))


def _widened(portfolio: Portfolio, editions: tuple[str, ...]) -> dict[Key, Any]:
    """The engagements so that they say the same once the record is written for more editions.

    A list is complete for the editions that it was written for, so it becomes a yes or no for each of
    their terms: about terms of other editions it never said anything.
    """
    before = portfolio.evidence.written_for
    if set(editions) <= set(before):
        return {}
    found: dict[Key, Any] = {}
    for key, entry in portfolio.works.items():
        body = dict(entry.body)
        for name, kind in (
            ("complexity", known().criteria),
            ("achieved", known().outcomes),
            ("activities", known().activities),
        ):
            if isinstance(body.get(name), list):
                inside = frozenset[str]().union(*(kind.by_edition.get(e, ()) for e in before))
                if name == "complexity" and body.get("fields"):
                    of_field = known().criteria_of_field
                    inside &= frozenset[str]().union(*(of_field[f] for f in body["fields"]))
                body[name] = expanded(body[name], inside)
        if body != entry.body:
            found["engagement", key] = body
    return found


def choose(portfolio: Portfolio, seen: str, fields: list[str]) -> None:
    """Choose the fields to be judged in.

    The record becomes one that is written for their editions, unless it has lists of contributions,
    examinations or skills: those are complete for more editions only once somebody has looked.

    Raises:
        Stale: the choice has changed since the form was made.
    """
    person = portfolio.person
    author = Author(person.pk)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        row = ChosenFields.objects.filter(person=person).first()
        if seen != str(row.version if row else 0):
            raise Stale
        if row is None:
            create(author, ChosenFields(person=person, fields=fields))
        else:
            change(author, row, row.version, fields=fields)
        now = portfolio_of(person, portfolio.as_of)
        about = dict(entries_of(dict(now.plain)))["about", ""]
        lists = {n for names in _GIVEN.values() for n in names} & set(about["given"])
        editions = _editions(now)
        if not lists and set(editions) != set(now.evidence.written_for):
            widened = {("about", ""): {**about, "for": list(editions)}}
            write(author, person, widened | _widened(now, editions))


def chosen_from(paths: list[str]) -> list[str]:
    """Those of some paths that name a field, each once."""
    return [p for p in dict.fromkeys(paths) if p in all_fields()]


STALE = Text(
    "この内容は、ほかの画面で変わりました。上書きしていません。入力したものはこの画面に残っています。",
    "This was changed in another window. Nothing was overwritten, and what you entered is still here.",
)
