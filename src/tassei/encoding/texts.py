"""`texts.<lang>.yaml` in a workspace -> the official sentences of its indicators.

The project ships no sentence of an official document. Whoever imports one keeps its sentences beside
the draft, and from there they are shown next to our wording; nothing is judged by them.
"""

from pathlib import Path

from attrs import frozen

from tassei.encoding.load import MAX_STANDARD_BYTES
from tassei.encoding.values import parse_place, whole_or
from tassei.errors import StandardError
from tassei.framework.edition import Edition
from tassei.marked import decode, parse, read_bytes
from tassei.shaping import Faults, Shape
from tassei.source import Place


@frozen
class OfficialText:
    """A sentence or list item of an indicator, as the document has it."""

    field_id: str
    level: int
    clause: str
    place: Place | None
    text: str


def official_texts(workspace: Path, edition: Edition) -> tuple[OfficialText, ...]:
    """The official sentences that a workspace has of an edition, in the order of the document.

    Raises:
        RequestError: the file cannot be read.
        StandardError: it does not have the form of such a file.
    """
    path = workspace / edition.id / f"texts.{edition.language}.yaml"
    if not path.exists():
        return ()
    name = path.relative_to(workspace).as_posix()
    tree = parse(decode(read_bytes(path, limit=MAX_STANDARD_BYTES), str(path)), name)
    faults = Faults(name)
    keys = Shape(tree, faults).mapping({"schema", "document", "texts"}, {"schema", "texts"})
    found = tuple(
        text
        for shape in (keys["texts"].elements() if "texts" in keys else [])
        if (text := _text(shape))
    )
    if faults.found:
        raise StandardError(faults.found)
    return found


def _text(shape: Shape) -> OfficialText | None:
    keys = shape.mapping(
        {"field", "level", "clause", "source", "text"}, {"field", "level", "clause", "text"}
    )
    if not {"field", "level", "clause", "text"} <= set(keys):
        return None
    return OfficialText(
        keys["field"].text() or "",
        whole_or(keys["level"], 0),
        keys["clause"].text() or "",
        parse_place(keys["source"]) if "source" in keys else None,
        keys["text"].text() or "",
    )
