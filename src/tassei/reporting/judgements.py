"""Judgement -> `tassei/judgement/1`, the JSON that other programs rely on; and back, to verify it.

The bytes depend on the judgement and the language asked for, and on nothing else.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tassei import __version__
from tassei.encoding.compiled import engine_digest
from tassei.framework.doubts import Doubt
from tassei.judging.judge import Judge, Judgement, evidence_digest
from tassei.judging.prove import Proof
from tassei.reporting.doubts import marks
from tassei.reporting.found import action, found
from tassei.rules.wording import sentence
from tassei.text import Lang, Text

if TYPE_CHECKING:
    from tassei.comparing.carry import Carried

SCHEMA = "tassei/judgement/1"


def engine() -> str:
    """The version of the engine and a digest of the code that judges."""
    return f"tassei {__version__} {engine_digest()}"


@frozen
class Writer:
    """Writes judgements of one judge in one language.

    Args:
        carried: how the evidence was carried to the edition, where it was; the digest is then that
            of the evidence as it was recorded.
    """

    judge: Judge
    lang: Lang
    carried: "Carried | None" = None

    def as_json(self, judgement: Judgement) -> dict[str, Any]:
        """One object, its keys in the order of the schema."""
        rung = judgement.rung
        doubts = self.judge.doubts(rung)
        carried = self.carried
        evidence = carried.original if carried else judgement.evidence
        written = {
            "schema": SCHEMA,
            "person": judgement.evidence.person.id,
            "edition": rung.edition.id,
            "field": rung.field_id,
            "level": rung.level,
            "as_of": str(judgement.as_of),
            "verdict": judgement.verdict.id,
            "route": judgement.route,
            "readings": dict(judgement.readings),
            "missing": [
                {
                    "what": action(m)[self.lang],
                    "clause": m.rule.label,
                    "engagement": m.engagement.id if m.engagement else None,
                    "needed": sentence(m.rule)[0][self.lang],
                    "found": self._said(found(m.proof)),
                }
                for m in judgement.missing
            ],
            "proof": self._proof(judgement.proof, doubts, judgement),
            "doubts": [d.id for d in doubts],
            "digests": {
                "edition": self.judge.standards.digests.get(rung.edition.id, ""),
                "evidence": evidence_digest(evidence),
                "engine": engine(),
            },
        }
        if carried is not None:
            from tassei.reporting.carried import carried_json  # only where evidence was carried

            written["carried"] = carried_json(carried, self.judge.standards)
        return written

    def line(self, judgement: Judgement) -> str:
        """One line of JSON Lines."""
        return json.dumps(self.as_json(judgement), ensure_ascii=False, separators=(",", ":"))

    def _proof(
        self, proof: Proof, doubts: tuple[Doubt, ...], judgement: Judgement
    ) -> dict[str, Any]:
        place = proof.rule.place
        carried = (proof.engagement.id,) if proof.engagement else proof.engagements
        rung = judgement.rung
        return {
            "clause": proof.label,
            "verdict": proof.verdict.id,
            "needed": sentence(proof.rule)[0][self.lang],
            "found": self._said(found(proof)),
            "engagements": list(carried),
            "source": place and {"document": place.document, "line": place.line},
            "doubts": list(marks(doubts, rung.edition, rung.indicator, proof.label)),
            "parts": [self._proof(p, doubts, judgement) for p in proof.parts],
        }

    def _said(self, text: Text | None) -> str | None:
        return text[self.lang] if text else None


@frozen
class Change:
    """One way in which a stored judgement differs from the same judgement made anew."""

    key: str
    stored: str
    now: str


WORDS = frozenset({"what", "needed", "found", "why"})
"""Keys that hold words for people; their language does not change a judgement."""


def changes(stored: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """How a stored judgement differs from one made anew; words for people are not compared.

    Digests come first, since they say why: the evidence, the edition or the engine is another one.
    """
    order = ("digests", "verdict", "route")
    keys = [*order, *sorted((set(stored) | set(now)) - set(order))]
    return tuple(c for k in keys for c in _differences(k, stored.get(k), now.get(k)))


def _differences(key: str, stored: Any, now: Any) -> Iterable[Change]:
    if isinstance(stored, Mapping) and isinstance(now, Mapping):
        for k in sorted(set(stored) | set(now)):
            if k not in WORDS:
                yield from _differences(f"{key}.{k}", stored.get(k), now.get(k))
    elif isinstance(stored, list) and isinstance(now, list):
        if len(stored) != len(now):
            yield Change(key, _entries(stored), _entries(now))
            return
        for n, (a, b) in enumerate(zip(stored, now, strict=True)):
            yield from _differences(f"{key}[{n}]", a, b)
    elif stored != now:
        yield Change(key, _brief(stored), _brief(now))


def _entries(value: list[Any]) -> str:
    """Plain words as they are; of anything larger, how many."""
    if all(isinstance(v, str) for v in value):
        return _brief(value)
    return f"{len(value)}"


def _brief(value: Any) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 90 else written[:87] + "..."
