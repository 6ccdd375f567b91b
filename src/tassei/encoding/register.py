"""`doubts.yaml` -> the register of doubts."""

from collections.abc import Iterable

from tassei.encoding.values import id_of, parse_place, text_of
from tassei.framework.doubts import CLAUSES, KINDS, Doubt, Touch
from tassei.framework.edition import Edition
from tassei.shaping import Shape, shown, suggestion
from tassei.text import Text


def read_doubts(
    shape: Shape, editions: Iterable[Edition], readings: frozenset[str]
) -> tuple[Doubt, ...]:
    """Read the register; what a doubt touches, and the readings that settle it, must exist."""
    keys = shape.mapping({"schema", "doubts"}, {"schema", "doubts"})
    known = {e.id: e for e in editions}
    found = tuple(
        _doubt(s, known, readings) for s in (keys["doubts"].elements() if "doubts" in keys else [])
    )
    ids = [d.id for d in found]
    for doubled in sorted({i for i in ids if ids.count(i) > 1}):
        shape.fault(
            "doubled-doubt",
            Text(f"{doubled} が2度あります", f"{doubled} stands in the register twice"),
            Text("新しい番号を付けてください", "give one of them a new number"),
        )
    return found


def _doubt(shape: Shape, editions: dict[str, Edition], readings: frozenset[str]) -> Doubt:
    keys = shape.mapping(
        {
            "id",
            "kind",
            "places",
            "touches",
            "title",
            "says",
            "reading",
            "why",
            "changes_rule",
            "readings",
        },
        {"id", "kind", "places", "touches", "title", "says", "reading", "why", "changes_rule"},
    )
    kind = (
        keys["kind"].choice(
            {k: k for k in KINDS}, "unknown-doubt-kind", Text("疑義の種別", "kind of doubt")
        )
        if "kind" in keys
        else None
    )
    places = [parse_place(s) for s in (keys["places"].elements() if "places" in keys else [])]
    touches = [
        _touch(s, editions) for s in (keys["touches"].elements() if "touches" in keys else [])
    ]
    return Doubt(
        id=id_of(shape, keys, kebab=False),
        kind=kind or "",
        places=tuple(p for p in places if p),
        touches=tuple(t for t in touches if t),
        title=text_of(keys.get("title"), shape),
        says=text_of(keys.get("says"), shape),
        reading=text_of(keys.get("reading"), shape),
        why=text_of(keys.get("why"), shape),
        changes_rule=bool(keys["changes_rule"].truth()) if "changes_rule" in keys else False,
        readings=tuple(_reading(s, readings) for s in _elements(keys.get("readings"))),
    )


def _elements(shape: Shape | None) -> list[Shape]:
    return shape.elements() if shape else []


def _reading(shape: Shape, readings: frozenset[str]) -> str:
    known = {r: r for r in readings}
    return shape.choice(known, "unknown-reading", Text("読み", "reading")) or ""


def _touch(shape: Shape, editions: dict[str, Edition]) -> Touch | None:
    """`EDITION[/FIELD[/LEVEL[/CLAUSE]]]`, where `*` stands for every field or level."""
    written = shape.text()
    if written is None:
        return None
    for edition in editions.values():
        if written != edition.id and not written.startswith(edition.id + "/"):
            continue
        given = [p for p in written.removeprefix(edition.id).strip("/").split("/") if p]
        rest = [*given, "*", "*", "*"][:3]
        field_id, level, clause = (None if part == "*" else part for part in rest)
        if len(given) > 3 or not (level is None or level.isdigit()):
            break
        touch = Touch(edition.id, field_id, int(level) if level else None, clause)
        if _exists(touch, edition):
            return touch
    shape.fault(
        "unknown-touch",
        Text(
            f"疑義の対象「{shown(written)}」はありません",
            f'the doubt touches "{shown(written)}", which does not exist',
        ),
        suggestion(written, [e.qualified(f.id) for e in editions.values() for f in e.fields]),
    )
    return None


def _exists(touch: Touch, edition: Edition) -> bool:
    owner = edition.field(touch.field_id) if touch.field_id else None
    if touch.field_id and owner is None:
        return False
    if owner and touch.level is not None and touch.level not in owner.levels:
        return False
    return touch.clause is None or touch.clause in CLAUSES
