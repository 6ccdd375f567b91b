"""`Evidence` -> plain data in the form `tassei/evidence/1`; reading it again gives equal evidence.

What is not known is left out, mappings and lists stand in a fixed order: equal evidence is written
equal, however it was entered.
"""

from typing import Any

from tassei.evidence.model import Engagement, Evidence, Holding, Professional
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA


def plain_evidence(evidence: Evidence) -> dict[str, Any]:
    """The evidence as `json.dumps` takes it."""
    examinations, person = evidence.examinations, evidence.person
    return _known(
        {
            "schema": SCHEMA,
            "for": list(evidence.written_for),
            "person": _known({"id": person.id, "name": person.name, "unit": person.unit}),
            "engagements": None
            if evidence.engagements is None
            else [_engagement(e) for e in evidence.engagements],
            "professional": _professional(evidence.professional) or None,
            "examinations": None
            if examinations is None
            else [_known({"name": x.name, "passed": _month(x.passed)}) for x in examinations],
            "skills": None if evidence.skills is None else dict(sorted(evidence.skills.items())),
            "knowledge": None if evidence.knowledge is None else sorted(evidence.knowledge),
        }
    )


def _known(entries: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entries.items() if v is not None}


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)


def _engagement(engagement: Engagement) -> dict[str, Any]:
    role, fields = engagement.role, engagement.fields
    return _known(
        {
            "id": engagement.id,
            "title": engagement.title or None,
            "fields": None if fields is None else sorted(fields),
            "from": _month(engagement.first),
            "to": _month(engagement.last),
            "role": None if role is None else role.id,
            "supervised": engagement.supervised,
            "succeeded": engagement.succeeded,
            "complexity": _holding(engagement.complexity),
            "size": dict(sorted(engagement.size.items())) or None,
            "achieved": _holding(engagement.achieved),
            "activities": _holding(engagement.activities),
        }
    )


def _holding(holding: Holding | None) -> list[str] | dict[str, bool] | None:
    """A list where it is complete; `{term: true|false}` where it may be partial."""
    if holding is None:
        return None
    if holding.complete:
        return sorted(holding.true)
    known = dict.fromkeys(holding.true, True) | dict.fromkeys(holding.false, False)
    return dict(sorted(known.items()))


def _professional(professional: Professional) -> dict[str, Any]:
    areas, succession = professional.areas, professional.succession
    return _known(
        {
            "areas": None if areas is None else {a: d.id for a, d in sorted(areas.items())},
            "succession": None
            if succession is None
            else [
                _known({"kind": w.kind, "title": w.title or None, "on": _month(w.on)})
                for w in succession
            ],
            "mentoring": professional.mentoring,
        }
    )
