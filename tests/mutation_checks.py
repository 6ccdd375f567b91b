"""The quick checks of mutation testing: all worked cases, and the wording of all indicators.

What does not depend on the mutated packages is made ready once, before the processes are forked.
"""

import json
from pathlib import Path
from typing import Any

from casebook import Case, cases
from tassei.encoding.compiled import standards
from tassei.evidence.known import Known
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.marked import parse_line

GOLDEN = Path(__file__).resolve().parent / "standards" / "golden" / "wording"
_ready: list[tuple[Case, Evidence, Month]] = []
_golden: dict[str, str] = {}


def prepare() -> None:
    """Read the standards, the cases and the golden files."""
    everything = standards()
    known = Known.of(everything.editions, everything.vocabulary)
    for case in cases():
        as_of = Month.parse(case.as_of)
        marked = parse_line(json.dumps(case.evidence), case.id, 1)
        _ready.append((case, record_from(marked, known, as_of, case.id).evidence, as_of))
    for path in GOLDEN.glob("*/*.txt"):
        _golden[path.relative_to(GOLDEN).as_posix()] = path.read_text("utf-8")


def run() -> None:
    """Raise AssertionError where a case or a wording comes out otherwise."""
    from tassei.judging.judge import Judge
    from tassei.judging.prove import deciding

    everything = standards()
    judges: dict[Any, Judge] = {}
    for case, evidence, as_of in _ready:
        key = (case.edition, tuple(sorted(case.readings.items())))
        if key not in judges:
            judges[key] = Judge(everything, everything.readings_with(case.readings), [case.edition])
        judge = judges[key]
        rung = judge.rung(case.edition, case.field, case.level)
        judgement = judge.judge(evidence, as_of, rung)
        decided = judge.verdicts(evidence, as_of)[judge.rungs.index(rung)]
        assert judgement.verdict.id == case.expect
        assert decided is judgement.verdict
        found = deciding(judgement.proof)
        assert case.decided_by <= found if case.expect == "met" else case.decided_by == found
        assert bool(judgement.missing) == (case.expect != "met")
    _wordings()


def _wordings() -> None:
    from tassei.reporting.indicators import indicator_lines

    everything = standards()
    readings = everything.readings_with({})
    for name, text in _golden.items():
        edition_id, file = name.split("/")
        field_id, lang, _ = file.split(".")
        edition = everything.edition(edition_id.replace("__", "/"))
        blocks = [
            "\n".join(
                indicator_lines(
                    everything, edition, i, readings, "ja" if lang == "ja" else "en", 96
                )
            )
            for i in edition.indicators
            if i.field_id == field_id
        ]
        assert "\n\n".join(blocks) + "\n" == text
