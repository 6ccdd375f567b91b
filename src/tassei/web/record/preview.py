"""What a file would change in a record: a dry run."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from tassei.evidence.model import Evidence, Understood
from tassei.evidence.write import plain_evidence
from tassei.text import Lang, Text
from tassei.web.record.portfolio import Portfolio
from tassei.web.record.timeline import term_name
from tassei.web.records import Key, discreet, entries_of


@frozen
class Preview:
    """Names of what would be added, changed and taken out; and how many would stay.

    Args:
        documents: how many documents would leave the record with their engagements.
        understood: what was written in words, and what it was taken for.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int
    documents: int
    understood: tuple[str, ...]

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


_KINDS = {
    "engagement": Text("業務「{name}」", "work “{name}”"),
    "area": Text("専門領域「{name}」", "area “{name}”"),
    "succession": Text("技術の継承「{name}」", "handed on: “{name}”"),
    "mentoring": Text("後進の育成", "developing juniors"),
    "examination": Text("試験「{name}」", "examination “{name}”"),
    "skill": Text("スキル「{name}」", "skill “{name}”"),
    "knowledge": Text("知識「{name}」", "knowledge “{name}”"),
    "about": Text("記録の対象の版", "editions that the record is written for"),
}


def preview_of(
    portfolio: Portfolio,
    evidence: Evidence,
    understood: tuple[Understood, ...],
    present: Mapping[Key, Any],
    lang: Lang,
) -> Preview:
    """Compare a file with the record.

    Args:
        present: the bodies of all entries.
    """
    wanted = dict(entries_of(plain_evidence(evidence)))
    for key, body in wanted.items():
        if key[0] == "engagement":
            kept = portfolio.discretion(key[1])
            wanted[key] = discreet(body, kept.amounts if kept else ())

    def names(keys: set[Key], bodies: Mapping[Key, Any]) -> tuple[str, ...]:
        return tuple(_name(k, bodies[k], lang) for k in sorted(keys) if k[0] != "about")

    gone = present.keys() - wanted.keys()
    both = present.keys() & wanted.keys()
    differs = {k for k in both if present[k] != wanted[k]}
    return Preview(
        names(wanted.keys() - present.keys(), wanted),
        tuple(_name(k, wanted[k], lang) for k in sorted(differs)),
        names(gone, present),
        len(both) - len(differs),
        sum(len(portfolio.attachments.get(key, ())) for kind, key in gone if kind == "engagement"),
        # names of terms are taken for ids, which say nothing to a person
        tuple(f"{u.written} → {u.taken_as}" for u in understood if u.taken_as[:1].isdigit()),
    )


def _name(key: Key, body: Any, lang: Lang) -> str:
    kind, entry = key
    name = term_name(entry, lang)
    if kind == "engagement":
        name = str(body.get("title") or entry)
    elif kind == "succession":
        name = str(body.get("title") or term_name(body["kind"], lang))
    elif kind == "examination":
        name = term_name(body["name"], lang)
    return _KINDS[kind].format(name=name)[lang]
