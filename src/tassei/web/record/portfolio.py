"""All that one person has recorded, read in a number of queries that does not grow with it."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from tassei.evidence.model import Engagement, Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.framework.edition import Edition, SpecialtyField
from tassei.marked import as_marked
from tassei.web.explorer.shelf import known, standards
from tassei.web.models import Attachment, ChosenFields, Discretion, Entry, Person
from tassei.web.records import plain_of


@frozen
class Portfolio:
    """A person's record with what stands beside it.

    Args:
        plain: the record as it stands in an evidence file.
        works: the entries of engagements by the ids of these.
        chosen: the fields to be judged in; where none was ever chosen, those that the work belongs to.
        version: of the choice; 0 where none was ever made.
        attachments: without their content, by the id of the engagement.
    """

    person: Person
    plain: Mapping[str, Any]
    evidence: Evidence
    as_of: Month
    works: Mapping[str, Entry]
    chosen: tuple[str, ...]
    version: int
    attachments: Mapping[str, tuple[Attachment, ...]]

    def discretion(self, key: str) -> Discretion | None:
        entry = self.works.get(key)
        return getattr(entry, "discretion", None) if entry else None

    @property
    def masks(self) -> dict[tuple[str, str], str]:
        """Who confirmed each masked amount, by engagement and measure."""
        found = {}
        for key in self.works:
            discretion = self.discretion(key)
            for measure, by in (discretion.amounts if discretion else {}).items():
                found[key, measure] = str(by)
        return found

    @property
    def engagements(self) -> tuple[Engagement, ...]:
        """The latest first; those whose months are not recorded last."""
        works = self.evidence.engagements or ()
        return tuple(
            sorted(works, key=lambda w: (w.first is None, -(w.first or self.as_of).number))
        )


def portfolio_of(person: Person, as_of: Month) -> Portfolio:
    """Read a record; three queries.

    Raises:
        EvidenceError: an entry cannot be read as of that month.
    """
    entries = list(Entry.objects.filter(person=person).select_related("discretion"))
    plain = plain_of(person, entries)
    evidence = record_from(as_marked(plain), known(), as_of, "").evidence
    works = {e.key: e for e in entries if e.kind == "engagement"}
    choice = ChosenFields.objects.filter(person=person).first()
    attached: dict[str, list[Attachment]] = {}
    files = Attachment.objects.filter(entry__person=person).defer("content").order_by("at", "pk")
    by_pk = {e.pk: key for key, e in works.items()}
    for file in files:
        attached.setdefault(by_pk[file.entry_id], []).append(file)
    return Portfolio(
        person,
        plain,
        evidence,
        as_of,
        works,
        _existing(choice.fields) if choice else _worked_in(evidence),
        choice.version if choice else 0,
        {key: tuple(found) for key, found in attached.items()},
    )


def _worked_in(evidence: Evidence) -> tuple[str, ...]:
    """The fields of all work, that of the latest work first."""
    latest: dict[str, int] = {}
    for work in evidence.engagements or ():
        for field in work.fields or ():
            first = work.first.number if work.first else 0
            latest[field] = max(first, latest.get(field, 0))
    return _existing(sorted(latest, key=lambda f: (-latest[f], f)))


def _existing(paths: list[str]) -> tuple[str, ...]:
    return tuple(p for p in paths if p in all_fields())


def all_fields() -> dict[str, tuple[Edition, SpecialtyField]]:
    """Every specialty field proper by its qualified id, in the order of the editions."""
    return {e.qualified(f.id): (e, f) for e in standards().editions for f in e.specialty_fields()}
