"""`crosswalk.yaml` -> the links between editions; what a link names must exist, and must be needed."""

from collections.abc import Collection, Iterable, Mapping

from tassei.encoding.values import text_of
from tassei.framework.crosswalk import (
    LINK_KINDS,
    RELATIONS,
    Crosswalk,
    LevelLink,
    Link,
    LinkKind,
    Pair,
    Relation,
)
from tassei.framework.edition import Edition
from tassei.framework.indicator import Bound
from tassei.framework.vocabulary import Vocabulary
from tassei.shaping import Shape, suggestion
from tassei.text import Text

_NOUNS: dict[LinkKind, Text] = {
    "fields": Text("専門分野", "specialty field"),
    "measures": Text("測定項目", "measure"),
    "criteria": Text("複雑性の条件", "criterion"),
    "outcomes": Text("成果", "outcome"),
    "activities": Text("活動", "activity"),
    "areas": Text("領域", "area"),
    "succession": Text("技術の継承の種類", "kind of succession"),
    "tasks": Text("タスク特性", "task characteristic"),
}


def read_crosswalk(shape: Shape, editions: Iterable[Edition], vocabulary: Vocabulary) -> Crosswalk:
    """Read all pairs; a link that names nothing, or says what the ids say already, is a fault."""
    keys = shape.mapping({"schema", "pairs"}, {"schema", "pairs"})
    known = {e.id: e for e in editions}
    pairs = (
        _pair(s, known, vocabulary) for s in (keys["pairs"].elements() if "pairs" in keys else [])
    )
    return Crosswalk(tuple(p for p in pairs if p))


def _pair(shape: Shape, editions: Mapping[str, Edition], vocabulary: Vocabulary) -> Pair | None:
    keys = shape.mapping(
        {"from", "to", "translation", "levels", *LINK_KINDS}, {"from", "to", "levels", "fields"}
    )
    noun = Text("版", "edition")
    earlier = keys["from"].choice(editions, "unknown-edition", noun) if "from" in keys else None
    later = keys["to"].choice(editions, "unknown-edition", noun) if "to" in keys else None
    if earlier is None or later is None:
        return None
    offered = {level for e in (earlier, later) for f in e.fields for level in f.levels}
    links: list[Link] = []
    for kind in LINK_KINDS:
        for one in keys[kind].elements() if kind in keys else ():
            for link in _LinkReader(kind, earlier, later, vocabulary).read(one):
                if any(_ends(link) == _ends(other) for other in links):
                    _redundant(
                        one, Text("この対応は既にあります", "this link stands there already")
                    )
                links.append(link)
    return Pair(
        earlier.id,
        later.id,
        tuple(links),
        tuple(_level(s, offered) for s in (keys["levels"].elements() if "levels" in keys else ())),
        text_of(keys["translation"], shape) if "translation" in keys else None,
    )


class _LinkReader:
    """Reads the links of one kind between two editions."""

    def __init__(
        self, kind: LinkKind, earlier: Edition, later: Edition, vocabulary: Vocabulary
    ) -> None:
        self.kind = kind
        self.earlier = ids_of(earlier, kind)
        self.later = ids_of(later, kind)
        self.vocabulary = vocabulary

    def read(self, shape: Shape) -> tuple[Link, ...]:
        """The links of one entry: one, or for `none` one for each thing that it lists."""
        keys = shape.mapping({"from", "to", "relation", "why"}, {"relation", "why"})
        relation = (
            keys["relation"].choice(
                {r: r for r in RELATIONS}, "unknown-relation", Text("対応の種別", "relation")
            )
            if "relation" in keys
            else None
        )
        why = text_of(keys.get("why"), shape)
        earlier = self._end(keys.get("from"), self.earlier)
        later = self._end(keys.get("to"), self.later)
        if relation is None or None in (*earlier, *later):
            return ()
        named = [name for name in ("from", "to") if name in keys]
        if not self._complete(shape, relation, named, earlier, later):
            return ()
        pairs = [(one, other) for one in earlier or (None,) for other in later or (None,)]
        links = tuple(Link(self.kind, one, other, relation, why) for one, other in pairs)
        for link in links:
            self._check_needed(shape, link)
        return links

    def _end(self, shape: Shape | None, known: Mapping[str, str]) -> tuple[str | None, ...]:
        """The ids at one end, None for each that does not exist; empty where the end is left out."""
        if shape is None:
            return ()
        listed = shape.elements() if isinstance(shape.marked.value, list) else [shape]
        return tuple(s.choice(known, "unknown-link-end", _NOUNS[self.kind]) for s in listed)

    def _complete(
        self,
        shape: Shape,
        relation: Relation,
        named: list[str],
        earlier: tuple[str | None, ...],
        later: tuple[str | None, ...],
    ) -> bool:
        if relation == "none" and len(named) == 1:
            return True
        if relation != "none" and len(earlier) == len(later) == 1:
            return True
        shape.fault(
            "link-ends",
            Text(
                f"対応 {relation} の両端の書き方が正しくありません",
                f"the ends of this link do not go with the relation {relation}",
            ),
            Text(
                "none には from と to の一方だけ、ほかには両方に1つずつ書いてください",
                "give one of `from` and `to` for `none`; for any other relation one id in each",
            ),
        )
        return False

    def _check_needed(self, shape: Shape, link: Link) -> None:
        """What ids say already: that a term is itself, and what `broader` relates."""
        if self.kind == "fields":
            return
        alone = link.earlier if link.later is None else link.later
        shared = alone in self.earlier and alone in self.later
        if link.earlier == link.later or (link.relation == "none" and shared):
            _redundant(
                shape,
                Text(
                    "両方の版が同じidを使うので、同じものです",
                    "both editions use the id, so it means the same",
                ),
            )
        elif link.later in self.vocabulary.broader.get(link.earlier or "", ()) or (
            link.earlier in self.vocabulary.broader.get(link.later or "", ())
        ):
            _redundant(
                shape,
                Text(
                    "vocabulary.yaml の broader が既に述べています",
                    "`broader` in vocabulary.yaml says it already",
                ),
            )


def _ends(link: Link) -> tuple[str, str | None, str | None]:
    return link.kind, link.earlier, link.later


def _redundant(shape: Shape, what: Text) -> None:
    shape.fault("redundant-link", what, Text("この対応を取り除いてください", "take this link out"))


def ids_of(edition: Edition, kind: LinkKind) -> dict[str, str]:
    """What links of a kind may name in an edition: ids of fields, terms or measures, each as itself."""
    if kind == "fields":
        return {f.id: f.id for f in edition.fields}
    if kind == "measures":
        return {m: m for m in measures_of(edition)}
    return {t.id: t.id for t in getattr(edition.terms, kind)}


def measures_of(edition: Edition) -> tuple[str, ...]:
    """Ids of the measures by which the sizes of an edition are given, in the order of the document."""
    found = (
        bound.measure.id
        for indicator in edition.indicators
        for item in indicator.size
        for bound in item.any_of
        if isinstance(bound, Bound)
    )
    return tuple(dict.fromkeys(found))


def _level(shape: Shape, offered: Collection[int]) -> LevelLink:
    keys = shape.mapping({"of", "relation", "why"}, {"of", "relation", "why"})
    relation = (
        keys["relation"].choice(
            {"same": "same", "none": "none"}, "unknown-relation", Text("対応の種別", "relation")
        )
        if "relation" in keys
        else None
    )
    elements = keys["of"].elements() if "of" in keys else []
    levels = [(s, s.whole()) for s in elements]
    for number, level in levels:
        if level is not None and level not in offered:
            number.fault(
                "level-not-offered",
                Text(
                    f"どちらの版にもレベル{level}はありません",
                    f"neither edition has level {level}",
                ),
                suggestion(str(level), [str(n) for n in offered]),
            )
    return LevelLink(
        tuple(n for _, n in levels if n is not None),
        "none" if relation == "none" else "same",
        text_of(keys.get("why"), shape),
    )
