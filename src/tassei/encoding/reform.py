"""A reform: a small file of changed thresholds, applied to an edition.

A change names a clause by the path under which the edition's own file has it, and gives its new value.
The indicator is written out as that file would have it, the value is put in its place, and the whole is
read as any indicator is: so whatever may be written in a standard may be changed, and is checked as much.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from tassei.encoding.dump import plain_indicator
from tassei.encoding.indicators import EditionTerms, read_indicator
from tassei.encoding.standards import Standards
from tassei.encoding.values import text_of
from tassei.errors import RequestError
from tassei.framework.edition import Edition
from tassei.framework.indicator import Indicator
from tassei.marked import Marked, as_marked, decode, parse, read_bytes
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

REFORM = "tassei/reform/1"
_STEP = re.compile(r"([a-z][a-z0-9_-]*)((?:\[\d+\])*)")


@frozen
class Change:
    """One threshold that is changed.

    Args:
        before, value: as the file of an edition has them; None where the edition says nothing.
    """

    field_id: str
    level: int
    clause: str
    before: Any
    value: Any


@frozen
class Reform:
    """What an edition would be with some thresholds changed.

    Args:
        standards: all editions, the reformed one in the place of its original and by the same id.
    """

    title: Text
    edition: Edition
    changes: tuple[Change, ...]
    standards: Standards


def read_reform(path: Path, standards: Standards) -> Reform:
    """Read a reform and apply it.

    Raises:
        RequestError: every fault of the file, each with its line.
    """
    faults = Faults(str(path))
    root = Shape(parse(decode(read_bytes(path), str(path)), str(path)), faults)
    keys = root.mapping({"schema", "title", "edition", "changes"}, {"schema", "edition", "changes"})
    if "schema" in keys:
        keys["schema"].choice({REFORM: REFORM}, "wrong-schema", Text("書式", "schema"))
    by_id = {e.id: e for e in standards.editions}
    edition = (
        keys["edition"].choice(by_id, "unknown-edition", Text("版", "edition"))
        if "edition" in keys
        else None
    )
    title = text_of(keys["title"], root) if "title" in keys else Text("改正案", "the reform")
    changes: list[Change] = []
    reformed = edition
    for shape in keys["changes"].elements() if "changes" in keys else []:
        if reformed is not None and (made := apply_change(shape, reformed, standards)):
            reformed, change = made
            changes.append(change)
    if not changes and not faults.found and "changes" in keys:
        keys["changes"].fault(
            "no-changes",
            Text("変更が1つもありません", "there is no change"),
            Text("変えるしきい値を1つ以上書いてください", "write at least one threshold to change"),
        )
    if faults.found or edition is None or reformed is None:
        raise RequestError(faults.found)
    return Reform(title, edition, tuple(changes), _with(standards, reformed, changes))


def apply_change(
    shape: Shape, edition: Edition, standards: Standards
) -> tuple[Edition, Change] | None:
    """The edition with one change (`field`, `level`, `clause`, `value`); None after a fault."""
    needed = ("field", "level", "clause", "value")
    keys = shape.mapping(needed, needed)
    if len(keys) < len(needed):
        return None
    fields = {f.id: f for f in edition.fields}
    owner = keys["field"].choice(fields, "unknown-field", Text("専門分野", "specialty field"))
    level, clause = keys["level"].whole(), keys["clause"].text()
    if owner is None or level is None or clause is None:
        return None
    indicator = edition.indicator(owner.id, level) or next(
        (i for i in edition.indicators if (i.field_id, i.level) == (owner.id, level)), None
    )
    if indicator is None:
        levels = [str(i.level) for i in edition.ladder(owner.id)]
        keys["level"].fault(
            "unknown-level",
            Text(
                f"{owner.name.ja}にレベル{level}はありません",
                f"{owner.name.en} has no level {level}",
            ),
            suggestion(str(level), levels, near=False),
        )
        return None
    plain = plain_indicator(edition, indicator)
    before = _put(plain, keys["clause"], clause, keys["value"].marked.plain())
    if before is _NOWHERE:
        return None
    faulty = len(shape.faults.found)
    value = keys["value"].marked
    tree = Shape(_on_line(as_marked(plain), value.line), shape.faults)
    owned = fields.get(indicator.field_id, owner)
    read = read_indicator(tree, owned, edition, terms_of(edition, indicator, standards))
    if read is None or len(shape.faults.found) > faulty:
        return None
    indicators = tuple(read if i == indicator else i for i in edition.indicators)
    change = Change(owner.id, level, clause, before, value.plain())
    return evolve(edition, indicators=indicators), change


_NOWHERE = object()


def _put(plain: dict[str, Any], shape: Shape, clause: str, value: Any) -> Any:
    """Put a value where a path leads; returns what was there, or `_NOWHERE` after a fault."""
    steps: list[str | int] = []
    for written in clause.split("."):
        match = _STEP.fullmatch(written)
        if match is None:
            break
        steps.append(match[1])
        steps += [int(n) for n in re.findall(r"\d+", match[2])]
    else:
        inside: Any = plain
        for number, step in enumerate(steps[:-1]):
            if not _leads(inside, step):
                return _no_clause(shape, clause, inside, steps[:number])
            inside = inside[step]
        last = steps[-1]
        if isinstance(inside, dict) and isinstance(last, str) and last not in _FIXED:
            before = inside.get(last)
            inside[last] = value
            return before
        if isinstance(last, int) and _leads(inside, last):
            before, inside[last] = inside[last], value
            return before
        return _no_clause(shape, clause, inside, steps[:-1])
    return _no_clause(shape, clause, plain, [])


_FIXED = frozenset({"level", "source", "size_source"})
"""What a reform has no business with: where an indicator stands."""


def _leads(inside: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(inside, list) and step < len(inside)
    return isinstance(inside, dict) and step in inside


def _no_clause(shape: Shape, clause: str, inside: Any, upto: list[str | int]) -> Any:
    """The path leads nowhere; say how far it leads, and what there is."""
    where = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in upto).lstrip(".")
    if isinstance(inside, dict):
        known = [k for k in inside if k not in _FIXED]
    elif isinstance(inside, list):
        known = [f"[{n}]" for n in range(len(inside))]
    else:
        known = []
    prefix = f"{where}." if where and isinstance(inside, dict) else where
    names = [f"{prefix}{k}" for k in known]
    shape.fault(
        "no-such-clause",
        Text(
            f"この達成度指標に「{shown(clause)}」という条項はありません",
            f'the indicator has no clause "{shown(clause)}"',
        ),
        suggestion(clause, names),
    )
    return _NOWHERE


def _on_line(marked: Marked, line: int) -> Marked:
    """The same tree, as if all of it stood on one line, so that faults point into the reform."""
    value = marked.value
    if isinstance(value, dict):
        inner = {k: _on_line(m, line) for k, m in value.items()}
        return Marked(inner, line, dict.fromkeys(inner, line))
    if isinstance(value, list):
        return Marked([_on_line(m, line) for m in value], line)
    return Marked(value, line)


def terms_of(edition: Edition, indicator: Indicator, standards: Standards) -> EditionTerms:
    """The names that an indicator of the edition may use."""
    terms = edition.terms
    tables = {
        kind: {t.id: t for t in getattr(terms, kind)}
        for kind in ("criteria", "outcomes", "activities", "areas", "succession", "tasks")
    }
    passed = {x.title.id: x.title for i in edition.indicators for x in i.examinations}
    readings = frozenset(r.id for r in standards.readings)
    return EditionTerms(tables, passed, standards.vocabulary, readings)


def _with(standards: Standards, reformed: Edition, changes: Iterable[Change]) -> Standards:
    """The standards with an edition replaced; its digest is that of the edition and the changes."""
    told = [[c.field_id, c.level, c.clause, c.value] for c in changes]
    digest = hashlib.sha256(standards.digests.get(reformed.id, "").encode())
    digest.update(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())
    digests = {**standards.digests, reformed.id: f"sha256:{digest.hexdigest()}"}
    editions = tuple(reformed if e.id == reformed.id else e for e in standards.editions)
    return evolve(standards, editions=editions, digests=digests)
