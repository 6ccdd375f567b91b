"""The small values that all files of a standard are made of: ids, names, places, bounds."""

import re
from collections.abc import Mapping

from tassei.framework.indicator import Bound, Rung
from tassei.framework.vocabulary import Vocabulary
from tassei.shaping import Shape, shown, suggestion
from tassei.source import Place
from tassei.text import Text

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOWHERE = Place("?", 1)


def id_of(shape: Shape, keys: Mapping[str, Shape], *, kebab: bool = True) -> str:
    """The `id` of an entry; kebab-case unless it is a name that code or people use otherwise."""
    written = keys["id"].text() if "id" in keys else None
    if written is None:
        return ""
    if kebab and not _KEBAB.fullmatch(written):
        shape.fault(
            "malformed-id",
            Text(
                f"id「{shown(written)}」は小文字の語をハイフンでつないだ形ではありません",
                f'the id "{shown(written)}" is not lower-case words joined by hyphens',
            ),
            Text("例: service-desk", "for example: service-desk"),
        )
    return written


def name_of(keys: Mapping[str, Shape], default: Text | None = None) -> Text:
    """The name in both languages; a language that is left out is taken from `default`."""
    ja = keys["ja"].text() if "ja" in keys else default and default.ja
    en = keys["en"].text() if "en" in keys else default and default.en
    return Text(ja or "", en or "")


def text_of(shape: Shape | None, parent: Shape) -> Text:
    if shape is None:
        return Text("", "")
    keys = shape.mapping({"ja", "en"}, {"ja", "en"})
    return name_of(keys)


def place_of(shape: Shape, keys: Mapping[str, Shape], default: Place = NOWHERE) -> Place:
    """The `source` of an entry, `DOCUMENT:LINE`; left out, it is that of the entry around it."""
    if "source" not in keys:
        return default
    return parse_place(keys["source"]) or default


def parse_place(shape: Shape) -> Place | None:
    written = shape.text()
    if written is None:
        return None
    try:
        return Place.parse(written)
    except ValueError:
        shape.fault(
            "malformed-source",
            Text(
                f"「{shown(written)}」は「文書:行」の形ではありません",
                f'"{shown(written)}" is not of the form DOCUMENT:LINE',
            ),
            Text("例: '001:60'", "for example: '001:60'"),
        )
        return None


def words(shape: Shape | None) -> list[str]:
    """A list of plain words."""
    if shape is None:
        return []
    return [w for w in (s.text() for s in shape.elements()) if w is not None]


def whole_or(shape: Shape | None, default: int) -> int:
    value = shape.whole() if shape else None
    return default if value is None else value


def measure_bound(shape: Shape, vocabulary: Vocabulary) -> Bound | Rung | None:
    """One size: `{managed_staff: {at_least: 75, below: 150}}` or `{scope: {at_least: TERM}}`."""
    entries = shape.entries()
    if len(entries) != 1:
        if entries:
            shape.fault(
                "several-measures",
                Text(
                    "1つの項目に測定項目が2つ以上あります", "one entry holds more than one measure"
                ),
                Text("`any:` の下に1つずつ書いてください", "write them one by one under `any:`"),
            )
        return None
    name, inner = entries[0]
    if name in vocabulary.scales:
        return _rung(name, inner, vocabulary)
    if name not in vocabulary.measures:
        inner.fault(
            "unknown-measure",
            Text(f"測定項目「{shown(name)}」はありません", f'no measure is called "{shown(name)}"'),
            suggestion(name, [*vocabulary.measures, *vocabulary.scales]),
        )
        return None
    keys = inner.mapping({"at_least", "below"})
    lower = keys["at_least"].whole() if "at_least" in keys else None
    upper = keys["below"].whole() if "below" in keys else None
    if (lower is None and upper is None) or (
        lower is not None and upper is not None and lower >= upper
    ):
        inner.fault(
            "empty-range",
            Text(f"{name} の範囲が空です", f"the range of {name} is empty"),
            Text(
                "at_least を below より小さくしてください", "make `at_least` smaller than `below`"
            ),
        )
        return None
    return Bound(vocabulary.measures[name], lower, upper)


def _rung(name: str, inner: Shape, vocabulary: Vocabulary) -> Rung | None:
    scale = vocabulary.scales[name]
    keys = inner.mapping({"at_least"}, {"at_least"})
    terms = {t.id: t for t in scale.terms()}
    term = (
        keys["at_least"].choice(terms, "unknown-scope", scale.name) if "at_least" in keys else None
    )
    return Rung(scale, term) if term else None
