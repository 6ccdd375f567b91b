"""Evidence recorded under one edition, carried over so that it can be judged under another.

A thing of the target edition holds where something holds that is the same or narrower; it does not
hold where the record denies something that is the same or wider; else it stays unknown. Nothing that
the record says is taken away, so that carrying to an edition of its own changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from tassei.comparing.aspects import sizes
from tassei.comparing.correspond import Inclusion, pair_between
from tassei.encoding.crosswalk import ids_of
from tassei.encoding.standards import Standards
from tassei.evidence.model import Engagement, Evidence, Holding, Professional, Work
from tassei.framework.crosswalk import Crosswalk, LinkKind, Relation
from tassei.framework.edition import Edition
from tassei.framework.scales import Depth
from tassei.text import Text

TermKind = Literal["criteria", "outcomes", "activities"]
_HOLDINGS: tuple[tuple[str, TermKind], ...] = (
    ("complexity", "criteria"),
    ("achieved", "outcomes"),
    ("activities", "activities"),
)


@frozen
class NotCarried:
    """Something that the target edition cannot be told from the record.

    Args:
        engagement: its id; empty for what concerns the person.
        id: of what was recorded; where `asked` holds, of what the target asks and the source does not know.
        relation: of what was recorded to what comes nearest; `none` where nothing does.
        near: ids of that in the target edition.
        why: as the crosswalk has it; None where it says nothing.
        asked: the record could not have it, because the source edition does not know it; the list,
            complete for the source, is not complete for the target.
    """

    engagement: str
    kind: LinkKind
    id: str
    relation: Relation = "none"
    near: tuple[str, ...] = ()
    why: Text | None = None
    asked: bool = False


@frozen
class Carried:
    """Evidence as it is judged under the target edition, with what could not be carried.

    Args:
        fields: qualified id of a source field -> those of the target that it was carried to.
    """

    original: Evidence
    evidence: Evidence
    sources: tuple[str, ...]
    target: str
    fields: Mapping[str, tuple[str, ...]]
    lost: tuple[NotCarried, ...] = ()


class Carrier:
    """Carries the evidence of any number of people to one edition.

    Args:
        source: carry only what was recorded for this edition; all that the evidence is written for
            where left out.
    """

    def __init__(
        self, standards: Standards, target: Edition, source: Edition | None = None
    ) -> None:
        self.standards = standards
        self.target = target
        self.source = source
        self.inclusion = Inclusion.of(standards)
        self._tables: dict[tuple[str, ...], _Tables] = {}

    def carry(self, evidence: Evidence) -> Carried:
        """One person's evidence; unchanged where it is written for the target edition itself."""
        sources = tuple(
            e for e in evidence.written_for if self.source is None or e == self.source.id
        )
        if self.target.id in evidence.written_for or not sources:
            return Carried(evidence, evidence, sources, self.target.id, {})
        if sources not in self._tables:
            editions = tuple(map(self.standards.edition, sources))
            self._tables[sources] = _Tables(self.standards, self.inclusion, editions, self.target)
        return _Case(self._tables[sources], evidence).carried()


class _Tables:
    """What is the same for everybody whose evidence is written for the same editions."""

    def __init__(
        self,
        standards: Standards,
        inclusion: Inclusion,
        sources: tuple[Edition, ...],
        target: Edition,
    ) -> None:
        self.sources = sources
        self.target = target
        self.inclusion = inclusion
        self.vocabulary = standards.vocabulary
        self.pairs = {e.id: pair_between(standards, e, target) for e in sources}
        self.known = {
            kind: frozenset().union(*(_terms(e, kind) for e in sources))
            for kind in ("criteria", "outcomes", "activities", "areas", "succession", "measures")
        }
        self.asked = {
            kind: _terms(target, kind)
            for kind in ("criteria", "outcomes", "activities", "areas", "succession", "measures")
        }
        self.source_fields = {e.qualified(f.id): e for e in sources for f in e.fields}
        self.target_fields = {target.qualified(f.id): f for f in target.fields}

    def wider(self, one: str) -> frozenset[str]:
        return self.inclusion.holds_with(one)

    def named(
        self, source: Edition, kind: LinkKind, term: str
    ) -> tuple[Relation, tuple[str, ...], Text | None]:
        """What the crosswalk says of a thing that was recorded: the nearest relation, to what, and why."""
        pair = self.pairs[source.id]
        links = [x for x in (pair.of_kind(kind) if pair else ()) if x.earlier == term]
        near = tuple(x.later for x in links if x.later)
        if links:
            return links[0].relation, near, links[0].why
        # `broader` says that the target's term is the narrower one
        parts = tuple(
            sorted(
                t for t in self.asked.get(kind, ()) if term in self.vocabulary.broader.get(t, ())
            )
        )
        return ("wider", parts, None) if parts else ("none", (), None)


def _terms(edition: Edition, kind: str) -> frozenset[str]:
    if kind in ("outcomes", "activities"):
        # a task characteristic may be recorded as either
        return frozenset(t.id for t in (*getattr(edition.terms, kind), *edition.terms.tasks))
    if kind == "measures":
        return frozenset(ids_of(edition, "measures"))
    return frozenset(t.id for t in getattr(edition.terms, kind))


class _Case:
    """The evidence of one person on its way to the target edition."""

    def __init__(self, tables: _Tables, evidence: Evidence) -> None:
        self.tables = tables
        self.evidence = evidence
        self.lost: list[NotCarried] = []
        self.fields: dict[str, tuple[str, ...]] = {}

    def carried(self) -> Carried:
        evidence = self.evidence
        engagements = evidence.engagements
        result = evolve(
            evidence,
            engagements=None
            if engagements is None
            else tuple(self._engagement(e) for e in engagements),
            professional=self._professional(evidence.professional),
        )
        sources = tuple(e.id for e in self.tables.sources)
        return Carried(
            evidence, result, sources, self.tables.target.id, dict(self.fields), tuple(self.lost)
        )

    def _engagement(self, work: Engagement) -> Engagement:
        entered, excluded = self._fields(work)
        changed: dict[str, Holding | None] = {}
        asked = self._asked_in(entered)
        for name, kind in _HOLDINGS:
            holding: Holding | None = getattr(work, name)
            if holding is None:
                changed[name] = None
                continue
            changed[name] = self._holding(kind, holding)
            self._note_terms(work.id, kind, holding, asked[kind])
        self._note_sizes(work, asked["measures"])
        return evolve(
            work,
            fields=None if work.fields is None else work.fields | entered,
            not_in=work.not_in | excluded,
            complexity=changed["complexity"],
            achieved=changed["achieved"],
            activities=changed["activities"],
        )

    def _fields(self, work: Engagement) -> tuple[frozenset[str], frozenset[str]]:
        """The fields of the target that the work surely belongs to, and those that it surely does not."""
        if work.fields is None:
            return frozenset(), frozenset()
        tables = self.tables
        mine = sorted(f for f in work.fields if f in tables.source_fields)
        entered: set[str] = set()
        for field in mine:
            reached = tuple(sorted(tables.wider(field) & set(tables.target_fields)))
            self.fields[field] = reached
            entered |= set(reached)
            if not reached:
                source = tables.source_fields[field]
                relation, near, why = tables.named(
                    source, "fields", field.removeprefix(f"{source.id}/")
                )
                self.lost.append(NotCarried(work.id, "fields", field, relation, near, why))
        denied = set(tables.source_fields) - set(work.fields)
        excluded = {t for t in tables.target_fields if tables.wider(t) & denied}
        return frozenset(entered), frozenset(excluded - entered)

    def _holding(self, kind: TermKind, holding: Holding) -> Holding:
        tables = self.tables
        known = tables.known[kind]
        denied = (known - holding.true) if holding.complete else holding.false
        foreign = tables.asked[kind] - known
        true = {t for s in holding.true for t in tables.wider(s)} & foreign
        false = {t for t in foreign if tables.wider(t) & denied}
        # where the record says both, nothing can be told
        return evolve(
            holding,
            true=holding.true | (true - false),
            false=holding.false | (false - true),
        )

    def _asked_in(self, fields: Iterable[str]) -> dict[LinkKind, frozenset[str]]:
        """What the target asks in these fields, by kind."""
        target = self.tables.target
        found: dict[LinkKind, set[str]] = {
            "criteria": set(), "outcomes": set(), "activities": set(), "measures": set(),
        }  # fmt: skip
        for field in fields:
            for indicator in target.ladder(field.removeprefix(f"{target.id}/")):
                said = indicator.responsibility
                found["criteria"] |= {t.id for t in indicator.complexity.criteria}
                found["outcomes"] |= {t.id for t in said.outcomes}
                found["activities"] |= {t.id for t in said.experiences}
                found["measures"] |= {s.measure for s in sizes(target, indicator)}
        return {kind: frozenset(ids) for kind, ids in found.items()}

    def _note_terms(
        self, work: str, kind: TermKind, holding: Holding, asked: frozenset[str]
    ) -> None:
        tables = self.tables
        known = tables.known[kind]
        # what follows from something else that was recorded needs no word of its own
        follows = {w for t in holding.true for w in tables.wider(t) - {t}}
        for term in sorted(holding.true & known - follows):
            if tables.wider(term) & tables.asked[kind]:
                continue
            source = next(e for e in tables.sources if term in _terms(e, kind))
            listed: LinkKind = "tasks" if term in {t.id for t in source.terms.tasks} else kind
            self.lost.append(NotCarried(work, listed, term, *tables.named(source, listed, term)))
        carried = self._holding(kind, holding)
        for term in sorted(asked - known - carried.true - carried.false):
            self.lost.append(NotCarried(work, kind, term, asked=True))

    def _note_sizes(self, work: Engagement, asked: frozenset[str]) -> None:
        tables = self.tables
        for measure in sorted(set(work.size) & tables.known["measures"]):
            if measure not in tables.asked["measures"]:
                source = next(e for e in tables.sources if measure in ids_of(e, "measures"))
                self.lost.append(
                    NotCarried(
                        work.id, "measures", measure, *tables.named(source, "measures", measure)
                    )
                )
        for measure in sorted(asked - tables.known["measures"] - set(work.size)):
            self.lost.append(NotCarried(work.id, "measures", measure, asked=True))

    def _professional(self, professional: Professional) -> Professional:
        areas = professional.areas
        succession = professional.succession
        return evolve(
            professional,
            areas=None if areas is None else self._areas(areas),
            succession=None if succession is None else tuple(self._works(succession)),
        )

    def _areas(self, areas: Mapping[str, Depth]) -> dict[str, Depth]:
        """Depth in an area is depth in every wider one; what is denied stays unknown in the target."""
        tables = self.tables
        found = dict(areas)
        for area, depth in areas.items():
            for wider in tables.wider(area) & tables.asked["areas"]:
                found[wider] = max(found.get(wider, depth), depth)
        for area in sorted(set(areas) & tables.known["areas"]):
            if not tables.wider(area) & tables.asked["areas"]:
                source = next(e for e in tables.sources if area in _terms(e, "areas"))
                self.lost.append(
                    NotCarried("", "areas", area, *tables.named(source, "areas", area))
                )
        return found

    def _works(self, works: tuple[Work, ...]) -> Iterator[Work]:
        """Each work, and the same work under every wider kind that the target knows."""
        tables = self.tables
        told: set[str] = set()
        for work in works:
            yield work
            wider = tables.wider(work.kind) & tables.asked["succession"]
            for kind in sorted(wider - {work.kind} - tables.known["succession"]):
                yield evolve(work, kind=kind)
            if not wider and work.kind in tables.known["succession"] and work.kind not in told:
                told.add(work.kind)
                source = next(e for e in tables.sources if work.kind in _terms(e, "succession"))
                said = tables.named(source, "succession", work.kind)
                self.lost.append(NotCarried("", "succession", work.kind, *said))


@cache
def crosswalk_digest(crosswalk: Crosswalk) -> str:
    """A digest over the links and the code that carries by them."""
    plain = [
        [p.earlier, p.later, [[x.kind, x.earlier, x.later, x.relation] for x in p.links]]
        for p in crosswalk.pairs
    ]
    digest = hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode())
    for name in ("carry.py", "correspond.py"):
        data = (Path(__file__).parent / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return f"sha256:{digest.hexdigest()}"
