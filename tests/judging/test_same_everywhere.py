"""The same record gives the same bytes: in any order, on any machine, in any place of the world."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeVar

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from judging.rungs import KNOWN, STANDARDS, judge_under
from strategies import AS_OF, Pool, evidences, steady
from tassei.evidence.model import Evidence
from tassei.evidence.read import record_from
from tassei.evidence.write import plain_evidence
from tassei.judging.judge import evidence_digest
from tassei.judging.prove import deciding
from tassei.marked import as_marked, parse
from tassei.reporting.judgements import Writer

T = TypeVar("T")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PEOPLE = sorted(EXAMPLES.glob("*.yaml"))
POOL = Pool.of(STANDARDS, [r.rule for r in judge_under(()).rungs])


def written(plain: Any) -> str:
    """The judgements about one person as JSON Lines, in the editions the record is written for."""
    judge = judge_under(())
    writer = Writer(judge, "ja")
    evidence = record_from(as_marked(plain), KNOWN, AS_OF, "evidence").evidence
    return "\n".join(
        writer.line(judge.judge(evidence, AS_OF, rung))
        for rung in judge.rungs
        if rung.edition.id in evidence.written_for
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


def reordered(values: tuple[T, ...] | None, order: random.Random) -> tuple[T, ...] | None:
    return values and tuple(order.sample(values, len(values)))


@pytest.mark.parametrize("path", PEOPLE, ids=lambda p: p.stem)
def test_examples_in_any_order(path: Path) -> None:
    """The order of engagements, lists and keys changes nothing about the example people."""
    plain = parse(path.read_text("utf-8"), path.name).plain()
    expected = written(plain)
    assert written(shuffled(plain, random.Random(len(expected)))) == expected


@steady(max_examples=40)
@given(evidences(POOL), st.integers(0, 2**32))
def test_any_evidence_in_any_order(evidence: Evidence, seed: int) -> None:
    """The order of engagements and contributions changes no verdict, and not what decides it."""
    order, professional = random.Random(seed), evidence.professional
    engagements = reordered(evidence.engagements, order)
    works = reordered(professional.succession, order)
    other = evolve(
        evidence, engagements=engagements, professional=evolve(professional, succession=works)
    )
    judge = judge_under(())
    for one, two in zip(
        judge.judge_all(evidence, AS_OF), judge.judge_all(other, AS_OF), strict=True
    ):
        assert one.verdict is two.verdict
        assert deciding(one.proof) == deciding(two.proof)
        assert [(m.kind, m.short_by) for m in one.missing] == [
            (m.kind, m.short_by) for m in two.missing
        ]


@pytest.mark.parametrize("path", PEOPLE, ids=lambda p: p.stem)
def test_the_digest_of_evidence_in_any_order(path: Path) -> None:
    """The digest of a record, too, does not depend on the order or on the form it was written in."""
    plain = parse(path.read_text("utf-8"), path.name).plain()
    one = record_from(as_marked(plain), KNOWN, AS_OF, "one").evidence
    for other in (shuffled(plain, random.Random(1)), plain_evidence(one)):
        two = record_from(as_marked(other), KNOWN, AS_OF, "two").evidence
        assert one == two
        assert evidence_digest(one) == evidence_digest(two)


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
