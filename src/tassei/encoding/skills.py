"""The skill part of a standard's files -> `framework.skills`."""

from typing import Literal

from tassei.encoding.indicators import ROLES
from tassei.encoding.values import id_of, measure_bound, name_of, place_of, text_of, whole_or, words
from tassei.framework.edition import Edition
from tassei.framework.indicator import Bound
from tassei.framework.scales import Role
from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, Proficiency, SkillItem
from tassei.framework.vocabulary import Term, Vocabulary
from tassei.shaping import Shape
from tassei.text import Text

_FIELD = Text("専門分野", "specialty field")
_KINDS: dict[str, Literal["common", "specific"]] = {"common": "common", "specific": "specific"}
_JOINED: dict[str, Literal["or", "and"]] = {"or": "or", "and": "and"}


def read_skill_items(shape: Shape, edition: Edition) -> SkillItem:
    keys = shape.mapping(
        {"id", "kind", "fields", "ja", "en", "source", "sub_items"},
        {"id", "kind", "fields", "ja", "en", "source"},
    )
    kind = (
        keys["kind"].choice(
            _KINDS,
            "unknown-skill-kind",
            Text("スキル項目の種別", "kind of skill item"),
        )
        if "kind" in keys
        else None
    )
    sub_items = tuple(_term(s) for s in keys["sub_items"].elements()) if "sub_items" in keys else ()
    return SkillItem(
        id_of(shape, keys),
        kind or "common",
        tuple(words(keys.get("fields"))),
        name_of(keys),
        place_of(shape, keys),
        sub_items,
    )


def read_proficiency(shape: Shape, edition: Edition, vocabulary: Vocabulary) -> Proficiency:
    keys = shape.mapping(
        {"item", "field", "level", "source", "role", "supervised", "manual", "scope", "ability"},
        {"item", "field", "level", "source", "role", "ability"},
    )
    manual = keys.get("manual")
    joined: Literal["or", "and"] | None = None
    if manual is not None and not manual.is_null():
        joined = manual.choice(_JOINED, "unknown-connective", Text("接続", "connective"))
    role = (
        keys["role"].choice(ROLES, "unknown-role", Text("役割", "role")) if "role" in keys else None
    )
    return Proficiency(
        item=(keys["item"].text() or "") if "item" in keys else "",
        field_id=_field(keys["field"], edition) if "field" in keys else "",
        level=whole_or(keys.get("level"), 0),
        place=place_of(shape, keys),
        role=role or Role.MEMBER,
        supervised=bool(keys["supervised"].truth()) if "supervised" in keys else False,
        manual=joined,
        scope=_scope(keys.get("scope"), vocabulary),
        ability=text_of(keys.get("ability"), shape),
    )


def _scope(shape: Shape | None, vocabulary: Vocabulary) -> tuple[Bound, ...]:
    if shape is None or shape.is_null():
        return ()
    keys = shape.mapping({"any"}, {"any"})
    bounds = [
        measure_bound(s, vocabulary) for s in (keys["any"].elements() if "any" in keys else [])
    ]
    return tuple(b for b in bounds if isinstance(b, Bound))


def read_knowledge(shape: Shape, edition: Edition) -> KnowledgeBlock:
    keys = shape.mapping({"item", "field", "source", "items"}, {"item", "field", "source", "items"})
    return KnowledgeBlock(
        item=(keys["item"].text() or "") if "item" in keys else "",
        field_id=_field(keys["field"], edition) if "field" in keys else "",
        place=place_of(shape, keys),
        items=_tree(keys.get("items")),
    )


def _tree(shape: Shape | None) -> tuple[KnowledgeItem, ...]:
    found = []
    for s in shape.elements() if shape else []:
        keys = s.mapping({"id", "ja", "en", "items"}, {"id", "ja", "en"})
        found.append(KnowledgeItem(Term(id_of(s, keys), name_of(keys)), _tree(keys.get("items"))))
    return tuple(found)


def _term(shape: Shape) -> Term:
    keys = shape.mapping({"id", "ja", "en"}, {"id", "ja", "en"})
    return Term(id_of(shape, keys), name_of(keys))


def _field(shape: Shape, edition: Edition) -> str:
    known = {f.id: f.id for f in edition.fields}
    return shape.choice(known, "unknown-field", _FIELD) or ""
