"""The same record gives the same bytes: in any order, on any machine, in any place of the world."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.rungs import KNOWN, STANDARDS, judge_under
from strategies import AS_OF, Pool, evidences, steady
from tassei.evidence.model import Evidence
from tassei.evidence.read import record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import evidence_digest
from tassei.marked import as_marked, parse
from tassei.reporting.judgements import Writer
from tassei.text import LANGS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PEOPLE = sorted(EXAMPLES.glob("*.yaml"))
POOL = Pool.of(STANDARDS, [r.rule for r in judge_under(()).rungs])


def written(plain: Any) -> str:
    """Every judgement about one person, in both languages, as JSON Lines."""
    judge = judge_under(())
    evidence = record_from(as_marked(plain), KNOWN, AS_OF, "evidence").evidence
    return "\n".join(
        Writer(judge, lang).line(j) for lang in LANGS for j in judge.judge_all(evidence, AS_OF)
    )


def shuffled(value: Any, order: random.Random) -> Any:
    """The same data with every list and every mapping in another order."""
    match value:
        case dict():
            entries = [(k, shuffled(v, order)) for k, v in value.items()]
            order.shuffle(entries)
            return dict(entries)
        case list():
            elements = [shuffled(v, order) for v in value]
            order.shuffle(elements)
            return elements
    return value


@pytest.mark.parametrize("path", PEOPLE, ids=lambda p: p.stem)
def test_examples_in_any_order(path: Path) -> None:
    """The order of engagements, lists and keys changes nothing about the example people."""
    plain = parse(path.read_text("utf-8"), path.name).plain()
    expected = written(plain)
    for seed in range(3):
        assert written(shuffled(plain, random.Random(seed))) == expected


@steady(max_examples=25)
@given(evidences(POOL), st.integers(0, 2**32))
def test_any_evidence_in_any_order(evidence: Evidence, seed: int) -> None:
    """The same for any evidence, and its digest."""
    plain = plain_evidence(evidence)
    other = shuffled(plain, random.Random(seed))
    assert written(other) == written(plain)
    first, second = (
        record_from(as_marked(p), KNOWN, AS_OF, "evidence").evidence for p in (plain, other)
    )
    assert first == second
    assert evidence_digest(first) == evidence_digest(second)


def test_judging_twice() -> None:
    """What a judge did before leaves no trace in what it does next."""
    plains = [parse(p.read_text("utf-8"), p.name).plain() for p in PEOPLE[:4]]
    once = [written(p) for p in plains]
    assert [written(p) for p in reversed(plains)] == once[::-1]


PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "ja_JP.UTF-8"},
    {
        "PYTHONHASHSEED": "4294967295",
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
)


def _printed(place: dict[str, str], lang: str) -> bytes:
    code = "import sys; from tassei.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = ["judge", *map(str, PEOPLE[:6]), "--format", "json", "--as-of", str(AS_OF)]
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "TZ"))
    }
    if "PYTHONPATH" in os.environ:
        kept["PYTHONPATH"] = os.environ["PYTHONPATH"]
    done = subprocess.run(
        [sys.executable, "-c", code, *command, "--lang", lang],
        env=kept | place,
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout


def test_on_any_machine() -> None:
    """Hash seed, time zone and locale change no byte of what is printed."""
    here, *elsewhere = [_printed(place, "ja") for place in PLACES]
    lines = here.decode("utf-8").splitlines()
    assert len(lines) > len(PEOPLE[:6])
    assert {json.loads(line)["as_of"] for line in lines} == {str(AS_OF)}
    assert all(printed == here for printed in elsewhere)
