"""What was carried from one edition to another, and what could not be, for people and as JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from tassei.comparing.carry import Carried, NotCarried, crosswalk_digest
from tassei.encoding.standards import Standards
from tassei.framework.crosswalk import LinkKind
from tassei.framework.edition import Edition
from tassei.reporting.comparisons import KINDS, both, name_of, series
from tassei.reporting.layout import hanging
from tassei.rules.wording import short
from tassei.text import Lang, Text


@frozen
class CarryTeller:
    """Tells in one language how evidence was carried."""

    standards: Standards
    lang: Lang
    width: int = 80

    def lines(self, carried: Carried) -> Iterator[str]:
        """The fields that were carried, then for each engagement what could not be."""
        target = self.standards.edition(carried.target)
        yield self._say(_title(self._sources(carried), target))
        if carried.evidence is carried.original:
            yield hanging("  ", self._say(_UNCHANGED), self.width)
            return
        for field, reached in carried.fields.items():
            names = series(short(self._field(f)) for f in reached)
            if reached:
                passed = f"{self._say(self._field(field))} → {self._say(names)}"
                yield hanging("  ✓ ", passed, self.width)
        groups = {e: [x for x in carried.lost if x.engagement == e] for e in _engagements(carried)}
        if carried.lost:
            yield hanging("  ", self._say(_LOST), self.width)
        for engagement, lost in groups.items():
            yield f"  {engagement or self._say(_PERSON)}"
            for text in self._lost(carried, lost):
                yield hanging("    ? ", self._say(text), self.width)

    def _lost(self, carried: Carried, lost: list[NotCarried]) -> Iterator[Text]:
        """One line for each kind of thing and each way in which it was lost."""
        labels = "、".join(e.label for e in self._sources(carried))
        for kind in dict.fromkeys(x.kind for x in lost):
            mine = [x for x in lost if x.kind == kind]
            head = KINDS[kind]
            gone = [x for x in mine if not x.asked and not x.near]
            if gone:
                names = series(short(self._name(carried, x)) for x in gone)
                yield Text(
                    f"{head.ja}: 対応なし: {names.ja}", f"{head.en}: no counterpart: {names.en}"
                )
            for one in (x for x in mine if not x.asked and x.near):
                name = short(self._name(carried, one))
                near = series(short(self._target_name(carried, kind, i)) for i in one.near)
                yield Text(
                    f"{head.ja}: {name.ja}は、{near.ja}と同じではない",
                    f"{head.en}: {name.en} is not the same as {near.en}",
                )
            asked = [x for x in mine if x.asked]
            if asked:
                names = series(short(self._target_name(carried, kind, x.id)) for x in asked)
                yield Text(
                    f"{head.ja}: {labels}は問わないため記録から分からない: {names.ja}",
                    f"{head.en}: not asked by {labels}, so the record does not tell: {names.en}",
                )

    def _sources(self, carried: Carried) -> tuple[Edition, ...]:
        return tuple(map(self.standards.edition, carried.sources))

    def _name(self, carried: Carried, lost: NotCarried) -> Text:
        if lost.kind == "fields":
            return self._field(lost.id)
        for source in self._sources(carried):
            name = name_of(source, lost.kind, lost.id, self.standards.vocabulary)
            if name.en != lost.id:
                return name
        return Text(lost.id, lost.id)

    def _target_name(self, carried: Carried, kind: LinkKind, term: str) -> Text:
        target = self.standards.edition(carried.target)
        name = name_of(target, kind, term, self.standards.vocabulary)
        return (
            name_of(target, "tasks", term, self.standards.vocabulary) if name.en == term else name
        )

    def _field(self, qualified: str) -> Text:
        edition, field, _ = self.standards.find(qualified)
        found = edition.field(field or "")
        return found.name if found else Text(qualified, qualified)

    def _say(self, text: Text) -> str:
        return text[self.lang]


_UNCHANGED = Text(
    "記録はこの版を対象としているか、引き継ぐ元の版を対象としていないため、そのまま判定します。",
    "The record is written for this edition, or not for the one to carry from, so it is judged as it is.",
)
_LOST = Text(
    "次のことは引き継げず、不明のままです。", "These could not be carried, and stay unknown:"
)
_PERSON = Text("本人について", "of the person")


def _title(sources: Iterable[Edition], target: Edition) -> Text:
    sources = tuple(sources)
    one = series(
        Text(f"{e.category.name.ja} {e.label}", f"{e.category.name.en} {e.label}") for e in sources
    )
    other = Text(
        f"{target.category.name.ja} {target.label}", f"{target.category.name.en} {target.label}"
    )
    return Text(f"引き継ぎ: {one.ja} → {other.ja}", f"Carried over: {one.en} → {other.en}")


def _engagements(carried: Carried) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x.engagement for x in carried.lost))


def carried_json(carried: Carried, standards: Standards) -> dict[str, Any]:
    """The key `carried` of a judgement: from where, by which crosswalk, and what was lost."""
    return {
        "from": list(carried.sources),
        "to": carried.target,
        "crosswalk": crosswalk_digest(standards.crosswalk),
        "fields": {f: list(t) for f, t in carried.fields.items()},
        "not_carried": [
            {
                "engagement": x.engagement or None,
                "kind": x.kind,
                "id": x.id,
                "relation": x.relation,
                "near": list(x.near),
                "asked_by_target": x.asked,
                "why": both(x.why) if x.why else None,
            }
            for x in carried.lost
        ],
    }
