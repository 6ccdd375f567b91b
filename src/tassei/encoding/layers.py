"""A tailored layer: an edition of a company's own, laid over an official one, which stays as it is.

A layer changes thresholds by the same changes as a reform, and may word terms and fields otherwise. It
becomes an edition with an id and a digest of its own, so that every verdict says by which it was made.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from tassei.encoding.dump import plain_indicator
from tassei.encoding.indicators import read_indicator
from tassei.encoding.reform import Change, apply_change, terms_of
from tassei.encoding.standards import Standards
from tassei.encoding.values import text_of
from tassei.encoding.whole import check_edition
from tassei.errors import RequestError
from tassei.framework.crosswalk import Link, Pair
from tassei.framework.edition import DRAFT, Edition
from tassei.framework.vocabulary import Term, Terms
from tassei.marked import Marked, as_marked, decode, parse
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

LAYER = "tassei/layer/1"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KINDS = {
    "criteria": Text("複雑性の条件", "criterion"),
    "outcomes": Text("成果", "outcome"),
    "activities": Text("活動", "activity"),
    "areas": Text("領域", "area"),
    "succession": Text("技術の継承の種類", "kind of succession"),
    "tasks": Text("タスク特性", "task characteristic"),
}
"""What a layer may word otherwise, beside fields."""
_FIELD = Text("専門分野", "specialty field")
_KEYS = {"schema", "id", "label", "title", "dated", "over", "changes", "words"}
_NEEDED = {"schema", "id", "label", "title", "dated", "over"}


@frozen
class Wording:
    """A field or a term that the layer calls otherwise."""

    of: str
    id: str
    before: Text
    after: Text


@frozen
class Layer:
    """A layer that was read and checked.

    Args:
        edition: what people are judged by.
        over: the official edition.
        digest: of the official edition with all that the layer changes.
    """

    edition: Edition
    over: Edition
    changes: tuple[Change, ...]
    words: tuple[Wording, ...]
    digest: str


def read_layer(data: bytes, name: str, standards: Standards) -> Layer:
    """Read a layer and lay it over its edition.

    Args:
        name: of the file, for the faults.
        standards: the official editions; the layer must not have the id of one of them.

    Raises:
        RequestError: every fault of the file, each with its line.
    """
    faults = Faults(name)
    root = Shape(parse(decode(data, name), name), faults)
    keys = root.mapping(_KEYS, _NEEDED)
    if "schema" in keys:
        keys["schema"].choice({LAYER: LAYER}, "wrong-schema", Text("書式", "schema"))
    by_id = {e.id: e for e in standards.editions if e.over is None}
    over = (
        keys["over"].choice(by_id, "unknown-edition", Text("版", "edition"))
        if "over" in keys
        else None
    )
    if over is None:
        raise RequestError(faults.found)
    edition, changes = over, list[Change]()
    for shape in keys["changes"].elements() if "changes" in keys else []:
        if made := apply_change(shape, edition, standards):
            edition, change = made
            changes.append(change)
    edition, words = _worded(edition, keys, standards)
    edition = _named(edition, over, keys, root)
    if not changes and not words and not faults.found:
        root.fault(
            "no-changes",
            Text("変更が1つもありません", "there is no change"),
            Text(
                "`changes` か `words` に1つ以上書いてください",
                "write at least one under `changes` or `words`",
            ),
        )
    if not faults.found:
        check_edition(root, edition)
    if edition.id in {e.id for e in standards.editions}:
        keys["id"].fault(
            "doubled-term",
            Text(
                f"版「{edition.id}」がすでにあります", f'there is an edition "{edition.id}" already'
            ),
            Text("別のidにしてください", "give it another id"),
        )
    if faults.found:
        raise RequestError(faults.found)
    return Layer(edition, over, tuple(changes), words, _digest(standards, over, root.marked))


def with_layers(standards: Standards, layers: Iterable[Layer]) -> Standards:
    """The standards with layers beside their editions.

    What is doubtful in an edition is doubtful in a layer over it, and the two correspond field by field.
    """
    layers = tuple(layers)
    over: dict[str, list[str]] = {}
    for layer in layers:
        over.setdefault(layer.over.id, []).append(layer.edition.id)
    doubts = tuple(
        evolve(
            d,
            touches=(
                *d.touches,
                *(evolve(t, edition=i) for t in d.touches for i in over.get(t.edition, ())),
            ),
        )
        for d in standards.doubts
    )
    pairs = (*standards.crosswalk.pairs, *map(_pair, layers))
    return evolve(
        standards,
        editions=(*standards.editions, *(x.edition for x in layers)),
        doubts=doubts,
        digests={**standards.digests, **{x.edition.id: x.digest for x in layers}},
        crosswalk=evolve(standards.crosswalk, pairs=pairs),
    )


def _pair(layer: Layer) -> Pair:
    why = Text("自社の基準の元の版", "the edition that the layer is laid over")
    links = tuple(Link("fields", f.id, f.id, "same", why) for f in layer.over.fields)
    return Pair(layer.over.id, layer.edition.id, links)


def _named(edition: Edition, over: Edition, keys: Mapping[str, Shape], root: Shape) -> Edition:
    """The edition under the id, the label and the date of the layer."""
    own = _matching(keys, "id", _ID, Text("例: example-2026", "for example: example-2026"))
    dated = _matching(keys, "dated", _DATE, Text("例: '2026-04-01'", "for example: '2026-04-01'"))
    label = (keys["label"].text() if "label" in keys else None) or ""
    if label == DRAFT:
        keys["label"].fault(
            "malformed-id",
            Text(f"ラベルに「{DRAFT}」は使えません", f'the label cannot be "{DRAFT}"'),
            Text("自社の名前と年などにしてください", "use a name and a year of your own"),
        )
    official = Text(
        f"{over.category.name.ja}・{over.label}", f"{over.category.name.en} · {over.label}"
    )
    return evolve(
        edition,
        id=f"{own}/{over.category.id}",
        title=text_of(keys.get("title"), root),
        label=label,
        dated=dated,
        known_by=Text(
            f"公式の版（{official.ja}）の上に定めた自社の基準です",
            f"a tailored layer over an official edition ({official.en})",
        ),
        follows=None,
        over=over.id,
    )


def _matching(keys: Mapping[str, Shape], key: str, form: re.Pattern[str], repair: Text) -> str:
    written = (keys[key].text() if key in keys else None) or ""
    if key in keys and not form.fullmatch(written):
        what = Text(f"{key} の形が違います", f"{key} is not of the right form")
        keys[key].fault("malformed-id", what, repair)
    return written


def _worded(
    edition: Edition, keys: Mapping[str, Shape], standards: Standards
) -> tuple[Edition, tuple[Wording, ...]]:
    """The edition with fields and terms called otherwise, in every indicator that calls them as it did."""
    words = tuple(
        w
        for s in (keys["words"].elements() if "words" in keys else [])
        if (w := _wording(s, edition))
    )
    if not words:
        return edition, ()
    after = {(w.of, w.id): w.after for w in words}
    terms = Terms(
        **{
            kind: tuple(
                Term(t.id, after.get((kind, t.id), t.name)) for t in getattr(edition.terms, kind)
            )
            for kind in KINDS
        }
    )
    fields = tuple(evolve(f, name=after.get(("fields", f.id), f.name)) for f in edition.fields)
    named = evolve(edition, terms=terms, fields=fields)
    faults = Faults("")
    indicators = []
    for indicator in edition.indicators:
        # written out with the old words and read with the new ones: each term finds its new name
        plain = Shape(as_marked(plain_indicator(edition, indicator)), faults)
        owner = next(f for f in named.fields if f.id == indicator.field_id)
        read = read_indicator(plain, owner, named, terms_of(named, indicator, standards))
        assert read is not None, "it was read before"
        indicators.append(read)
    assert not faults.found, "it was sound before"
    return evolve(named, indicators=tuple(indicators)), words


def _wording(shape: Shape, edition: Edition) -> Wording | None:
    keys = shape.mapping({"of", "id", "ja", "en"}, {"of", "id"})
    kinds = {k: k for k in (*KINDS, "fields")}
    of = keys["of"].choice(kinds, "unknown-kind", Text("種類", "kind")) if "of" in keys else None
    if of is None or "id" not in keys:
        return None
    known = (
        {f.id: f.name for f in edition.fields}
        if of == "fields"
        else {t.id: t.name for t in getattr(edition.terms, of)}
    )
    written = keys["id"].text()
    if written is None:
        return None
    if written not in known and of == "fields":
        keys["id"].fault("unknown-field", *_nobody(_FIELD, written, known))
        return None
    if written not in known:
        keys["id"].fault(f"unknown-{of}", *_nobody(KINDS[of], written, known))
        return None
    ja = keys["ja"].text() if "ja" in keys else known[written].ja
    en = keys["en"].text() if "en" in keys else known[written].en
    if "ja" not in keys and "en" not in keys:
        shape.fault(
            "missing-key",
            Text("新しい言葉がありません", "there is no new wording"),
            Text("ja か en、または両方を書いてください", "write `ja` or `en`, or both"),
        )
        return None
    return Wording(of, written, known[written], Text(ja or "", en or ""))


def _nobody(noun: Text, written: str, known: Mapping[str, Text]) -> tuple[Text, Text]:
    what = Text(
        f"{noun.ja}「{shown(written)}」はありません", f'no {noun.en} is called "{shown(written)}"'
    )
    return what, suggestion(written, known)


def _digest(standards: Standards, over: Edition, marked: Marked) -> str:
    """Of the official edition and the whole of the layer."""
    digest = hashlib.sha256(standards.digests.get(over.id, "").encode())
    text = json.dumps(marked.plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest.update(text.encode())
    return f"sha256:{digest.hexdigest()}"
