"""Reads the worked cases that stand beside the rules, `standards/<edition>/cases/*.yaml`.

A case changes a named evidence a little and says what the verdict must be and which clause decides.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from ruamel.yaml import YAML

from tassei.evidence.read import SCHEMA

ROOT = Path(__file__).resolve().parent.parent / "standards"


@frozen
class Case:
    """One worked case.

    Args:
        evidence: as an evidence file would have it.
        decided_by: labels of the clauses on which the verdict hangs; for `met`, of clauses that
            must be among those that carry it.
    """

    id: str
    title: str
    edition: str
    field: str
    level: int
    as_of: str
    evidence: dict[str, Any]
    readings: dict[str, str]
    expect: str
    decided_by: frozenset[str]


def cases() -> Iterator[Case]:
    """All worked cases of all editions, in a stable order."""
    for path in sorted(ROOT.glob("*/*/cases/*.yaml")):
        edition = path.parent.parent.relative_to(ROOT).as_posix()
        yield from _cases(
            YAML(typ="safe", pure=True).load(path.read_text("utf-8")), edition, path.stem
        )


def _cases(book: dict[str, Any], edition: str, stem: str) -> Iterator[Case]:
    assert book["schema"] == "tassei/cases/1", stem
    for number, case in enumerate(book["cases"], start=1):
        unknown = set(case) - {
            "case",
            "field",
            "level",
            "given",
            "change",
            "without",
            "readings",
            "as_of",
            "expect",
            "decided_by",
        }
        assert not unknown, f"{stem} {number}: {unknown}"
        decided = case["decided_by"]
        yield Case(
            id=f"{edition}/{stem}/{number:03d}",
            title=case["case"],
            edition=edition,
            field=case.get("field", book.get("field")),
            level=case["level"],
            as_of=str(case.get("as_of", book.get("as_of", "2026-11"))),
            evidence=_evidence(book, case, edition),
            readings=case.get("readings", {}),
            expect=case["expect"],
            decided_by=frozenset([decided] if isinstance(decided, str) else decided),
        )


def _evidence(book: dict[str, Any], case: dict[str, Any], edition: str) -> dict[str, Any]:
    evidence: dict[str, Any] = copy.deepcopy(book["given"][case["given"]])
    for path, value in case.get("change", {}).items():
        _put(evidence, path.split("."), value)
    for path in case.get("without", ()):
        _drop(evidence, path.split("."))
    for engagement in evidence.get("engagements") or ():
        if engagement.get("fields"):
            engagement["fields"] = [
                f if "/" in f else f"{edition}/{f}" for f in engagement["fields"]
            ]
    return {"schema": SCHEMA, "for": [edition], "person": {"id": "case"}} | evidence


def _step(value: Any, key: str) -> Any:
    """One step down a path: a key of a mapping, or the id of an engagement in a list."""
    if isinstance(value, list):
        return next(v for v in value if v["id"] == key)
    return value.setdefault(key, {})


def _put(value: Any, path: list[str], new: Any) -> None:
    for key in path[:-1]:
        value = _step(value, key)
    if isinstance(value, list):
        # a whole engagement: one that is there is replaced, a new one is added
        value[:] = [v for v in value if v["id"] != path[-1]] + [{"id": path[-1]} | new]
    else:
        value[path[-1]] = new


def _drop(value: Any, path: list[str]) -> None:
    for key in path[:-1]:
        value = _step(value, key)
    if isinstance(value, list):
        before = len(value)
        value[:] = [v for v in value if v["id"] != path[-1]]
        assert len(value) < before, path
    else:
        del value[path[-1]]
