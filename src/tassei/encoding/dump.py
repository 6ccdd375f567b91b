"""`Edition` and its parts -> YAML in the canonical form, the form that an author reads and reviews.

Loading what was dumped gives equal values, and dumping those gives the same bytes.
"""

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarint import ScalarInt
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from tassei.framework.edition import Edition, JobCategory, SpecialtyField
from tassei.framework.indicator import (
    Areas,
    Bound,
    Complexity,
    Contributions,
    Indicator,
    Professional,
    Responsibility,
    Rung,
    SizeItem,
    Succession,
    Tasks,
)
from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, Proficiency, SkillItem
from tassei.framework.vocabulary import Measure, Scale, Term, Vocabulary
from tassei.source import Place
from tassei.text import Text

_TERM_KINDS = ("criteria", "outcomes", "activities", "areas", "succession", "tasks")


def dump_edition(edition: Edition) -> dict[str, bytes]:
    """The files of an edition by name, as they would stand in its folder."""
    files: dict[str, Any] = {"edition.yaml": _edition(edition)}
    for field in edition.fields:
        own = [i for i in edition.indicators if i.field_id == field.id]
        if own:
            files[f"{field.id}.yaml"] = {
                "schema": "tassei/indicators/1",
                "field": field.id,
                "indicators": [plain_indicator(edition, i) for i in own],
            }
    skills = edition.skills
    if skills.items or skills.proficiency:
        files["skills.yaml"] = {
            "schema": "tassei/skills/1",
            "skill_items": [_skill_item(i) for i in skills.items],
            "proficiency": [_proficiency(p) for p in skills.proficiency],
        }
    if skills.knowledge:
        files["knowledge.yaml"] = {
            "schema": "tassei/knowledge/1",
            "blocks": [_block(b) for b in skills.knowledge],
        }
    return {name: to_yaml(value) for name, value in files.items()}


def dump_vocabulary(vocabulary: Vocabulary) -> bytes:
    """What an edition adds to the vocabulary, as it would stand in its folder."""
    return to_yaml(
        _without_none(
            schema="tassei/vocabulary/1",
            measures=[_measure(m) for m in vocabulary.measures.values()] or None,
            scales=[_scale(s) for s in vocabulary.scales.values()] or None,
        )
    )


def _measure(measure: Measure) -> dict[str, Any]:
    return _without_none(
        id=measure.id,
        **_text(measure.name),
        unit=_text(measure.unit),
        money=measure.money or None,
        countable=None if measure.countable else False,
    )


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "id": scale.id,
        **_text(scale.name),
        "chains": [[_term(t) for t in chain] for chain in scale.chains],
    }


def to_yaml(value: Any) -> bytes:
    """Plain data as YAML: short mappings and lists of scalars on one line, all else in blocks."""
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=2, offset=0)
    out = io.BytesIO()
    yaml.dump(_laid_out(value), out)
    return out.getvalue()


def _laid_out(value: Any, key: str = "") -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000:
        return ScalarInt(value, underscore=[3, False, False])
    if isinstance(value, str) and key in _QUOTED:
        return SingleQuotedScalarString(value)
    if isinstance(value, dict):
        mapping = CommentedMap({k: _laid_out(v, k) for k, v in value.items()})
        if _is_short(value, key):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_laid_out(v, key) for v in value)
        if all(not isinstance(v, dict | list) for v in value):
            sequence.fa.set_flow_style()
        return sequence
    return value


_QUOTED = frozenset({"source", "size_source", "mentoring", "document", "dated"})
"""Values that a reader of another version of YAML would take for numbers or dates."""
_LONG = frozenset({"outline", "known_by", "ability"})


def _is_short(value: dict[str, Any], key: str) -> bool:
    """Whether an author writes a mapping on one line: a term, a bound, a text of a few words."""
    if "source" in value or key in _LONG:
        return False
    if all(not isinstance(v, dict | list) for v in value.values()):
        return key not in ("responsibility", "complexity", "professional", "areas")
    return all(isinstance(v, dict) and set(v) <= {"at_least", "below"} for v in value.values())


def _without_none(**entries: Any) -> dict[str, Any]:
    return {k: v for k, v in entries.items() if v is not None}


def _text(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _term(term: Term) -> dict[str, str]:
    return {"id": term.id, **_text(term.name)}


def _edition(edition: Edition) -> dict[str, Any]:
    terms = {k: [_term(t) for t in getattr(edition.terms, k)] for k in _TERM_KINDS}
    examinations = {e.name: e.title for i in edition.indicators for e in i.examinations}
    return _without_none(
        schema="tassei/edition/1",
        id=edition.id,
        title=_text(edition.title),
        label=edition.label,
        document=edition.document,
        language=edition.language,
        dated=edition.dated,
        known_by=_text(edition.known_by),
        follows=edition.follows,
        category=_category(edition.category),
        fields=[_field(f) for f in edition.fields],
        terms={k: v for k, v in terms.items() if v},
        examinations=[_term(t) for t in examinations.values()] or None,
    )


def _category(category: JobCategory) -> dict[str, Any]:
    return {
        "id": category.id,
        **_text(category.name),
        "source": str(category.place),
        "outline": _text(category.outline),
    }


def _field(field: SpecialtyField) -> dict[str, Any]:
    return _without_none(
        id=field.id,
        **_text(field.name),
        source=str(field.place),
        levels=list(field.levels),
        applies_to=list(field.applies_to) or None,
        outline=_text(field.outline),
    )


def _named(edition: Edition, kind: str, terms: Iterable[Term]) -> list[Any]:
    """Ids, and `{id, ja, en}` where the indicator words a name otherwise than its edition."""
    known = {t.id: t for t in getattr(edition.terms, kind)}
    return [t.id if known[t.id] == t else _term(t) for t in terms]


def _place(place: Place, around: Place) -> str | None:
    return None if place == around else str(place)


def plain_indicator(edition: Edition, indicator: Indicator) -> dict[str, Any]:
    """An entry of `indicators` as plain data, as its file has it."""
    place = indicator.place
    return _without_none(
        level=indicator.level,
        source=str(place),
        responsibility=_responsibility(edition, indicator.responsibility, place),
        complexity=_complexity(edition, indicator.complexity, place),
        size_source=_place(indicator.size_place, place),
        size=[_size_item(s, place) for s in indicator.size],
        tasks=_tasks(edition, indicator.tasks, place),
        professional=_professional(edition, indicator.professional, place) or None,
        examinations=[e.name for e in indicator.examinations] or None,
        notes=[_text(n) for n in indicator.notes] or None,
        unparsed=[
            _without_none(clause=u.clause, source=str(u.place), sign=u.sign or None)
            for u in indicator.unparsed
        ]
        or None,
    )


def _responsibility(edition: Edition, said: Responsibility, around: Place) -> dict[str, Any]:
    asked = said.engagements
    return _without_none(
        source=_place(said.place, around),
        role=said.role.id,
        supervised=said.supervised or None,
        succeeded=said.succeeded or None,
        continued=said.continued or None,
        years=said.years,
        engagements=asked
        and _without_none(
            at_least=asked.at_least,
            of_which=asked.of_which,
            of_which_level=asked.of_which_level,
            others_level=asked.others_level,
        ),
        work_level=said.work_level,
        or_above=said.or_above or None,
        outcomes=_named(edition, "outcomes", said.outcomes) or None,
        experiences=_named(edition, "activities", said.experiences) or None,
        implied={k: _named(edition, "activities", [t])[0] for k, t in said.implied.items()} or None,
    )


def _complexity(edition: Edition, asked: Complexity, around: Place) -> dict[str, Any]:
    return _without_none(
        source=_place(asked.place, around),
        at_least=asked.at_least,
        required=list(asked.required) or None,
        kind=None if asked.kind == "demand" else asked.kind,
        of=_named(edition, "criteria", asked.criteria) or None,
    )


def _size_item(item: SizeItem, around: Place) -> dict[str, Any]:
    condition = "given_complexity" if item.leading else "with_complexity"
    entries = {
        # a check box always says where it stands
        "source": str(item.place),
        "any": [_bound(b) for b in item.any_of] or None,
        condition: item.complexity_at_least,
        "same_as_level": item.same_as_level,
    }
    return _without_none(**entries)


def _bound(bound: Bound | Rung) -> dict[str, Any]:
    if isinstance(bound, Rung):
        return {bound.scale.id: {"at_least": bound.at_least.id}}
    return {bound.measure.id: _without_none(at_least=bound.at_least, below=bound.below)}


def _tasks(edition: Edition, tasks: Tasks | None, around: Place) -> Any:
    if tasks is None:
        return None
    return _without_none(
        source=_place(tasks.place, around),
        of=_named(edition, "tasks", tasks.items) or None,
        noted=_named(edition, "tasks", tasks.noted) or None,
    )


def _professional(edition: Edition, asked: Professional, around: Place) -> dict[str, Any]:
    return _without_none(
        areas=asked.areas and _areas(edition, asked.areas, around),
        succession=asked.succession and _succession(edition, asked.succession, around),
        mentoring=asked.mentoring and (_place(asked.mentoring, around) or True),
        contributions=asked.contributions and _contributions(edition, asked.contributions, around),
    )


def _areas(edition: Edition, areas: Areas, around: Place) -> dict[str, Any]:
    return _without_none(
        source=_place(areas.place, around),
        at_least=areas.at_least,
        depth=areas.depth.id,
        of=_named(edition, "areas", areas.items),
    )


def _succession(edition: Edition, kinds: Succession, around: Place) -> dict[str, Any]:
    return _without_none(
        source=_place(kinds.place, around),
        at_least=kinds.at_least,
        of=_named(edition, "succession", kinds.items),
        restored=_named(edition, "succession", kinds.restored) or None,
    )


def _contributions(edition: Edition, named: Contributions, around: Place) -> dict[str, Any]:
    return _without_none(
        source=_place(named.place, around),
        mentoring=named.mentoring and _term(named.mentoring),
        of=_named(edition, "succession", named.items),
    )


def _skill_item(item: SkillItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "fields": list(item.fields),
        **_text(item.name),
        "source": str(item.place),
        "sub_items": [_term(t) for t in item.sub_items],
    }


def _proficiency(entry: Proficiency) -> dict[str, Any]:
    return {
        "item": entry.item,
        "field": entry.field_id,
        "level": entry.level,
        "source": str(entry.place),
        "role": entry.role.id,
        "supervised": entry.supervised,
        "manual": entry.manual,
        "scope": {"any": [_bound(b) for b in entry.scope]} if entry.scope else None,
        "ability": _text(entry.ability),
    }


def _block(block: KnowledgeBlock) -> dict[str, Any]:
    return {
        "item": block.item,
        "field": block.field_id,
        "source": str(block.place),
        "items": [_knowledge(i) for i in block.items],
    }


def _knowledge(item: KnowledgeItem) -> dict[str, Any]:
    below = [_knowledge(i) for i in item.items]
    return {**_term(item.term), "items": below} if below else {**_term(item.term)}
