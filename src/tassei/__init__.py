"""Tassei judges work records against Japan's IT Skill Standard, with a proof of every verdict.

The front door of the library; everything else is reached through its package.

    from tassei import Judge, Month, known_of, read_evidence, standards

    everything = standards()
    judge = Judge(everything, everything.readings_with({}))
    for record in read_evidence(path, known_of(everything), Month.of(2026, 11)):
        for standing in judge.standings(record.evidence, Month.of(2026, 11)):
            print(standing.field_id, standing.level)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tassei.encoding.compiled import standards
    from tassei.encoding.load import load_standards
    from tassei.encoding.standards import Standards
    from tassei.encoding.table import indicator_rows
    from tassei.errors import EvidenceError, Fault, RequestError, StandardError, TasseiError
    from tassei.evidence.model import Engagement, Evidence
    from tassei.evidence.months import Month
    from tassei.evidence.read import Record, read_evidence
    from tassei.evidence.write import plain_evidence
    from tassei.framework.edition import Edition
    from tassei.framework.readings import Readings
    from tassei.judging.judge import Judge, Judgement, Standing, known_of
    from tassei.judging.prove import Proof
    from tassei.judging.verdict import Verdict
    from tassei.rules.from_indicators import rule_of
    from tassei.rules.wording import word
    from tassei.text import Text

__version__ = "0.1.0"

_HOMES = {
    "Edition": "framework.edition",
    "Engagement": "evidence.model",
    "Evidence": "evidence.model",
    "EvidenceError": "errors",
    "Fault": "errors",
    "Judge": "judging.judge",
    "Judgement": "judging.judge",
    "Month": "evidence.months",
    "Proof": "judging.prove",
    "Readings": "framework.readings",
    "Record": "evidence.read",
    "RequestError": "errors",
    "StandardError": "errors",
    "Standards": "encoding.standards",
    "Standing": "judging.judge",
    "TasseiError": "errors",
    "Text": "text",
    "Verdict": "judging.verdict",
    "indicator_rows": "encoding.table",
    "known_of": "judging.judge",
    "load_standards": "encoding.load",
    "plain_evidence": "evidence.write",
    "read_evidence": "evidence.read",
    "rule_of": "rules.from_indicators",
    "standards": "encoding.compiled",
    "word": "rules.wording",
}

__all__ = [
    "Edition",
    "Engagement",
    "Evidence",
    "EvidenceError",
    "Fault",
    "Judge",
    "Judgement",
    "Month",
    "Proof",
    "Readings",
    "Record",
    "RequestError",
    "StandardError",
    "Standards",
    "Standing",
    "TasseiError",
    "Text",
    "Verdict",
    "indicator_rows",
    "known_of",
    "load_standards",
    "plain_evidence",
    "read_evidence",
    "rule_of",
    "standards",
    "word",
]


def __getattr__(name: str) -> Any:
    # imported on first use: a command that needs one package does not pay for all
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
