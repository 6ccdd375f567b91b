"""A form that asks only what a field needs, and the record that its answers make."""

from collections.abc import Mapping

from attrs import evolve, frozen

from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA
from tassei.framework.edition import Edition, SpecialtyField
from tassei.marked import Marked
from tassei.text import Lang, Text
from tassei.web.asking.person import ask_person
from tassei.web.asking.questions import questions_of
from tassei.web.asking.sheet import Control, Group, Sheet, answered, faulty, mapping, told
from tassei.web.asking.work import Entry, ask_work
from tassei.web.explorer.shelf import known

MOST_WORKS = 8


@frozen
class Work:
    """The questions about one engagement."""

    number: int
    groups: tuple[Group, ...]


@frozen
class Filled:
    """The form as it was filled in, and the record that it makes.

    Args:
        evidence: None where something cannot be read, or nothing was entered.
    """

    works: tuple[Work, ...]
    person: tuple[Group, ...]
    evidence: Evidence | None
    faults: tuple[Control, ...] = ()


def filled(
    edition: Edition,
    specialty: SpecialtyField,
    answers: Mapping[str, str],
    count: int,
    as_of: Month,
    lang: Lang,
) -> Filled:
    """The form of a field with some answers.

    Args:
        answers: by the names of controls; what is not answered is unknown.
        count: how many engagements it has room for.
    """
    sheet, questions = Sheet(answers, lang), questions_of(edition, specialty)
    path = edition.qualified(specialty.id)
    near = known().criteria_of_field[path]
    works, entries = [], []
    for number in range(1, min(max(count, 1), MOST_WORKS) + 1):
        first = sheet.last + 1
        groups, entry = ask_work(sheet, f"w{number}-", questions, {}, known(), near)
        works.append(Work(number, groups))
        entries += [_entered(entry, number, first, path, lang)] if entry else []
    person, about = ask_person(sheet, questions, {})
    if not entries and not about:
        return Filled(tuple(works), person, None)
    root = mapping(
        {
            "schema": Marked(SCHEMA, 0),
            "for": Marked([Marked(edition.id, 0)], 0),
            "person": mapping({"id": Marked(Text("あなた", "you")[lang], 0)}),
            **about,
            "engagements": Marked(_distinct(entries), 0) if entries else None,
        }
    )
    assert root is not None, "it has a schema"
    found = answered(sheet, root, as_of)
    works = [evolve(w, groups=told(w.groups, found.wrong)) for w in works]
    person = told(person, found.wrong)
    faults = faulty([*(g for w in works for g in w.groups), *person])
    return Filled(tuple(works), person, found.evidence, faults)


def _entered(entry: Entry, number: int, first: int, path: str, lang: Lang) -> Entry:
    """An engagement under its title, in the field of the form."""
    title = entry.pop("title", None)
    name = title or Marked(Text(f"業務{number}", f"work {number}")[lang], first)
    return {"id": name, **entry, "fields": Marked([Marked(path, first)], first)}


def _distinct(entries: list[Entry]) -> list[Marked]:
    """Each engagement under its title, by which the proof names it; a title used twice gets a number."""
    used: set[str] = set()
    found = []
    for number, entry in enumerate(entries, start=1):
        name = str(entry["id"].value)
        name = f"{name} ({number})" if name in used else name
        used.add(name)
        made = mapping(entry | {"id": Marked(name, entry["id"].line)})
        found += [made] if made else []
    return found
