"""`standards/` -> `Standards`: reads every file, reports all that is wrong, returns checked values."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from tassei.encoding.crosswalk import read_crosswalk
from tassei.encoding.indicators import EditionTerms, read_indicator
from tassei.encoding.register import read_doubts
from tassei.encoding.skills import read_knowledge, read_proficiency, read_skill_items
from tassei.encoding.standards import Standards
from tassei.encoding.values import id_of, name_of, place_of, text_of, whole_or, words
from tassei.encoding.whole import check_distinct, check_edition
from tassei.errors import StandardError
from tassei.framework.crosswalk import Crosswalk
from tassei.framework.edition import Edition, JobCategory, SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.framework.readings import Alternative, Reading
from tassei.framework.skills import Skills
from tassei.framework.vocabulary import Measure, Scale, Term, Terms, Vocabulary
from tassei.marked import Marked, decode, parse, read_bytes
from tassei.shaping import NOWHERE, Faults, Shape
from tassei.text import Text

SHARED = ("vocabulary.yaml", "readings.yaml")
OWN_VOCABULARY = "/vocabulary.yaml"
"""What one edition adds to the shared vocabulary stands in its folder, under the same name."""
_TEXTS = re.compile(r"texts\.[a-z]{2}\.yaml")
DOUBTS = "doubts.yaml"
CROSSWALK = "crosswalk.yaml"
MAX_STANDARD_BYTES = 4 * 1024 * 1024

T = TypeVar("T")


def load_standards(root: Path) -> Standards:
    """Load all that lies under a `standards/` folder.

    Raises:
        StandardError: every fault of every file.
        RequestError: a file cannot be read at all.
    """
    trees = read_trees(root)
    return standards_from(trees, digests_of(root, trees))


def read_trees(root: Path) -> dict[str, Marked]:
    """Every YAML file below `root` but the worked cases, by its path relative to `root`."""
    found = {}
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        # official sentences that a user keeps beside a draft are for reading, not for judging
        if "/cases/" not in name and not _TEXTS.fullmatch(path.name):
            data = read_bytes(path, limit=MAX_STANDARD_BYTES)
            found[name] = parse(decode(data, str(path)), f"standards/{name}")
    return found


def digests_of(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Edition id -> digest of the files that can change its verdicts.

    The register of doubts and the crosswalk are left out: a doubt explains a verdict and never
    makes one, and the crosswalk changes what evidence is judged, not what is asked.
    """
    files = {name: (root / name).read_bytes() for name in sorted(names)}
    found = {}
    for edition in (n.removesuffix("/edition.yaml") for n in files if n.endswith("/edition.yaml")):
        digest = hashlib.sha256()
        for name, data in files.items():
            if name in SHARED or name.startswith(edition + "/"):
                digest.update(f"{name}\0{len(data)}\0".encode() + data)
        found[edition] = f"sha256:{digest.hexdigest()}"
    return found


def standards_from(trees: Mapping[str, Marked], digests: Mapping[str, str]) -> Standards:
    """Make values of trees that were read from YAML, or kept compiled.

    Raises:
        StandardError: every fault of every file.
    """
    reader = _Reader(trees)
    vocabulary = reader.vocabulary()
    readings = reader.readings()
    editions = tuple(
        reader.edition(name, vocabulary, readings)
        for name in trees
        if name.endswith("/edition.yaml")
    )
    doubts = reader.doubts(editions)
    crosswalk = reader.crosswalk(editions, vocabulary)
    if reader.faults:
        raise StandardError(reader.faults)
    known = tuple(e for e in editions if e)
    return Standards(vocabulary, readings, known, doubts, digests, crosswalk)


class _Reader:
    """Reads the files one by one; a fault in one does not keep the next from being read."""

    def __init__(self, trees: Mapping[str, Marked]) -> None:
        self.trees = trees
        self._collected: list[Faults] = []
        self._readings: tuple[Reading, ...] = ()

    @property
    def faults(self) -> list[Any]:
        return [fault for faults in self._collected for fault in faults.found]

    def _shape(self, name: str) -> Shape | None:
        if name not in self.trees:
            return None
        faults = Faults(f"standards/{name}")
        self._collected.append(faults)
        return Shape(self.trees[name], faults)

    def vocabulary(self) -> Vocabulary:
        shape = self._shape("vocabulary.yaml")
        if shape is None:
            return Vocabulary({}, {})
        keys = shape.mapping({"schema", "measures", "scales", "broader"}, {"schema", "measures"})
        measures = _each(keys.get("measures"), _measure)
        scales = _each(keys.get("scales"), _scale)
        check_distinct(shape, [*(m.id for m in measures), *(s.id for s in scales)])
        broader = {
            k: frozenset(words(s))
            for k, s in (keys["broader"].entries() if "broader" in keys else [])
        }
        shared = Vocabulary({m.id: m for m in measures}, {s.id: s for s in scales}, broader)
        for name in self.trees:
            if name.endswith(OWN_VOCABULARY):
                shared = self._with_own(shared, name)
        return shared

    def _with_own(self, shared: Vocabulary, name: str) -> Vocabulary:
        """The vocabulary with what one edition adds; an id that is there already must mean the same."""
        shape = self._shape(name)
        assert shape is not None, "the caller names files that exist"
        keys = shape.mapping({"schema", "measures", "scales"}, {"schema"})
        measures = {m.id: m for m in _each(keys.get("measures"), _measure)}
        scales = {s.id: s for s in _each(keys.get("scales"), _scale)}
        _check_same(shape, shared.measures, measures)
        merged = dict(shared.scales)
        for scale_id, scale in scales.items():
            there = merged.get(scale_id)
            chains = tuple(c for c in scale.chains if there is None or c not in there.chains)
            merged[scale_id] = evolve(there, chains=(*there.chains, *chains)) if there else scale
        return evolve(shared, measures={**measures, **shared.measures}, scales=merged)

    def readings(self) -> tuple[Reading, ...]:
        shape = self._shape("readings.yaml")
        if shape is None:
            return ()
        keys = shape.mapping({"schema", "readings"}, {"schema", "readings"})
        found = _each(keys.get("readings"), _reading)
        check_distinct(shape, (r.id for r in found))
        self._readings = found
        return found

    def doubts(self, editions: Iterable[Edition | None]) -> Any:
        noisy = bool(self.faults)
        shape = self._shape(DOUBTS)
        if shape is None:
            return ()
        readings = frozenset(r.id for r in self._readings)
        found = read_doubts(shape, [e for e in editions if e], readings)
        if noisy:
            # what a doubt touches may be what could not be read
            shape.faults.found[:] = [f for f in shape.faults.found if f.code != "unknown-touch"]
        return found

    def crosswalk(self, editions: Iterable[Edition | None], vocabulary: Vocabulary) -> Crosswalk:
        noisy = bool(self.faults)
        shape = self._shape(CROSSWALK)
        if shape is None:
            return Crosswalk()
        found = read_crosswalk(shape, [e for e in editions if e], vocabulary)
        if noisy:
            # what a link names may be what could not be read
            unread = ("unknown-edition", "unknown-link-end", "level-not-offered")
            shape.faults.found[:] = [f for f in shape.faults.found if f.code not in unread]
        return found

    def edition(
        self, name: str, vocabulary: Vocabulary, readings: tuple[Reading, ...]
    ) -> Edition | None:
        collected = len(self._collected)
        shape = self._shape(name)
        assert shape is not None, "the caller names files that exist"
        edition, terms = _edition(shape, vocabulary, readings)
        if edition is None:
            return None
        folder = name.removesuffix("/edition.yaml")
        if edition.id != folder:
            shape.fault(
                "edition-misplaced",
                Text(
                    f"版のidは {edition.id} ですが、フォルダは {folder} です",
                    f"the id is {edition.id}, but the folder is {folder}",
                ),
                Text("どちらかに合わせてください", "make the two agree"),
            )
        indicators: list[Indicator] = []
        skills = Skills()
        for other in sorted(self.trees):
            if not other.startswith(folder + "/") or other in (name, folder + OWN_VOCABULARY):
                continue
            part = self._shape(other)
            assert part is not None
            schema = (
                part.marked.value.get("schema") if isinstance(part.marked.value, dict) else None
            )
            kind = str(schema.value) if schema else ""
            if kind.startswith("tassei/skills/"):
                keys = part.mapping(
                    {"schema", "skill_items", "proficiency"}, {"skill_items", "proficiency"}
                )
                skills = evolve(
                    skills,
                    items=_each(keys.get("skill_items"), lambda s: read_skill_items(s, edition)),
                    proficiency=_each(
                        keys.get("proficiency"), lambda s: read_proficiency(s, edition, vocabulary)
                    ),
                )
            elif kind.startswith("tassei/knowledge/"):
                keys = part.mapping({"schema", "blocks"}, {"blocks"})
                skills = evolve(
                    skills,
                    knowledge=_each(keys.get("blocks"), lambda s: read_knowledge(s, edition)),
                )
            else:
                indicators += _indicators(part, edition, terms)
        order = {f.id: n for n, f in enumerate(edition.fields)}
        indicators.sort(key=lambda i: (order.get(i.field_id, 99), -i.level))
        whole = evolve(edition, indicators=tuple(indicators), skills=skills)
        unread = any(f.where != NOWHERE for fs in self._collected[collected:] for f in fs.found)
        check_edition(shape, whole)
        if unread:
            # an indicator that could not be read is not missing
            shape.faults.found[:] = [f for f in shape.faults.found if f.code != "missing-indicator"]
        return whole


def _check_same(shape: Shape, shared: Mapping[str, Measure], own: Mapping[str, Measure]) -> None:
    for measure_id, measure in own.items():
        there = shared.get(measure_id)
        if there is not None and there != measure:
            shape.fault(
                "doubled-term",
                Text(
                    f"測定項目「{measure_id}」は、共通の語彙に別の意味であります",
                    f'the shared vocabulary has a measure "{measure_id}" that means something else',
                ),
                Text("別のidにしてください", "give it another id"),
            )


def _indicators(shape: Shape, edition: Edition, terms: EditionTerms) -> list[Indicator]:
    keys = shape.mapping({"schema", "field", "indicators"}, {"schema", "field", "indicators"})
    fields = {f.id: f for f in edition.fields}
    owner = (
        keys["field"].choice(fields, "unknown-field", Text("専門分野", "specialty field"))
        if "field" in keys
        else None
    )
    if owner is None or "indicators" not in keys:
        return []
    return list(_each(keys["indicators"], lambda s: read_indicator(s, owner, edition, terms)))


def _edition(
    shape: Shape, vocabulary: Vocabulary, readings: tuple[Reading, ...]
) -> tuple[Edition | None, EditionTerms]:
    keys = shape.mapping(
        {
            "schema",
            "id",
            "title",
            "label",
            "document",
            "language",
            "dated",
            "known_by",
            "follows",
            "category",
            "fields",
            "terms",
            "examinations",
        },
        {
            "schema",
            "id",
            "title",
            "label",
            "document",
            "language",
            "dated",
            "known_by",
            "category",
            "fields",
        },
    )
    term_keys = (
        keys["terms"].mapping(
            {"criteria", "outcomes", "activities", "areas", "succession", "tasks"}
        )
        if "terms" in keys
        else {}
    )
    tables = {kind: _each(term_keys.get(kind), _term) for kind in term_keys}
    examinations = _each(keys.get("examinations"), _examination)
    terms = EditionTerms(
        tables={k: {t.id: t for t in v} for k, v in tables.items()},
        examinations={t.id: t for t in examinations},
        vocabulary=vocabulary,
        readings=frozenset(r.id for r in readings),
    )
    category = _category(keys["category"]) if "category" in keys else None
    values = {
        k: keys[k].text() for k in ("id", "label", "document", "language", "dated") if k in keys
    }
    if category is None or len(values) < 5 or None in values.values():
        return None, terms
    return (
        Edition(
            id=values["id"] or "",
            title=text_of(keys.get("title"), shape),
            label=values["label"] or "",
            document=values["document"] or "",
            language=values["language"] or "",
            known_by=text_of(keys.get("known_by"), shape),
            dated=values["dated"] or "",
            category=category,
            fields=_each(keys.get("fields"), _field),
            terms=Terms(**tables),
            indicators=(),
            follows=keys["follows"].text() if "follows" in keys else None,
        ),
        terms,
    )


def _category(shape: Shape) -> JobCategory:
    keys = shape.mapping(
        {"id", "ja", "en", "source", "outline"}, {"id", "ja", "en", "source", "outline"}
    )
    return JobCategory(
        id_of(shape, keys),
        name_of(keys),
        place_of(shape, keys),
        text_of(keys.get("outline"), shape),
    )


def _field(shape: Shape) -> SpecialtyField:
    keys = shape.mapping(
        {"id", "ja", "en", "source", "levels", "applies_to", "outline"},
        {"id", "ja", "en", "source", "levels", "outline"},
    )
    levels = tuple(whole_or(s, 0) for s in keys["levels"].elements()) if "levels" in keys else ()
    return SpecialtyField(
        id_of(shape, keys),
        name_of(keys),
        place_of(shape, keys),
        levels,
        text_of(keys.get("outline"), shape),
        tuple(words(keys.get("applies_to"))),
    )


def _term(shape: Shape) -> Term:
    keys = shape.mapping({"id", "ja", "en"}, {"id", "ja", "en"})
    return Term(id_of(shape, keys), name_of(keys))


def _examination(shape: Shape) -> Term:
    keys = shape.mapping({"id", "ja", "en"}, {"id", "ja", "en"})
    return Term(id_of(shape, keys, kebab=False), name_of(keys))


def _measure(shape: Shape) -> Measure:
    keys = shape.mapping(
        {"id", "ja", "en", "unit", "money", "countable"}, {"id", "ja", "en", "unit"}
    )
    money = bool(keys["money"].truth()) if "money" in keys else False
    countable = bool(keys["countable"].truth()) if "countable" in keys else True
    return Measure(
        id_of(shape, keys, kebab=False),
        name_of(keys),
        text_of(keys.get("unit"), shape),
        money,
        countable,
    )


def _scale(shape: Shape) -> Scale:
    keys = shape.mapping({"id", "ja", "en", "chains"}, {"id", "ja", "en", "chains"})
    chains = (
        tuple(_each(c, _scale_term) for c in keys["chains"].elements()) if "chains" in keys else ()
    )
    return Scale(id_of(shape, keys, kebab=False), name_of(keys), chains)


def _scale_term(shape: Shape) -> Term:
    keys = shape.mapping({"id", "ja", "en"}, {"id", "ja", "en"})
    return Term(id_of(shape, keys, kebab=False), name_of(keys))


def _reading(shape: Shape) -> Reading | None:
    keys = shape.mapping(
        {"id", "question", "why", "alternatives"}, {"id", "question", "why", "alternatives"}
    )
    alternatives = _each(keys.get("alternatives"), _alternative)
    if not alternatives:
        if "alternatives" in keys:
            keys["alternatives"].fault(
                "missing-key",
                Text("読みに選択肢がありません", "the reading has no alternatives"),
                Text("既定の選択肢を先頭に書いてください", "write them, the default first"),
            )
        return None
    return Reading(
        id_of(shape, keys, kebab=False),
        text_of(keys.get("question"), shape),
        text_of(keys.get("why"), shape),
        alternatives,
    )


def _alternative(shape: Shape) -> Alternative:
    keys = shape.mapping({"id", "ja", "en"}, {"id", "ja", "en"})
    return Alternative(id_of(shape, keys, kebab=False), name_of(keys))


def _each(shape: Shape | None, read: Callable[[Shape], T | None]) -> tuple[T, ...]:
    if shape is None:
        return ()
    return tuple(value for s in shape.elements() if (value := read(s)) is not None)
