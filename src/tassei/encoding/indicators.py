"""One indicator of a standard's file -> `Indicator`."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from tassei.encoding.values import (
    id_of,
    measure_bound,
    name_of,
    parse_place,
    place_of,
    text_of,
    whole_or,
)
from tassei.framework.doubts import CLAUSES
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Complexity,
    Contributions,
    Engagements,
    Examination,
    Indicator,
    Professional,
    Responsibility,
    SizeItem,
    Succession,
    Tasks,
    Unparsed,
)
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Term, Vocabulary
from tassei.shaping import Shape, shown, suggestion
from tassei.source import Place
from tassei.text import Text

ROLES = {r.id: r for r in Role}
DEPTHS = {d.id: d for d in Depth}
KINDS = {
    "criteria": Text("複雑性の条件", "criterion"),
    "outcomes": Text("成果", "outcome"),
    "activities": Text("活動", "activity"),
    "areas": Text("領域", "area"),
    "succession": Text("技術の継承の種類", "kind of succession"),
    "tasks": Text("タスク特性", "task characteristic"),
}

_COMPLEXITY_KINDS: dict[str, Literal["demand", "ceiling"]] = {
    "demand": "demand",
    "ceiling": "ceiling",
}


@frozen
class EditionTerms:
    """What the indicators of one edition may name."""

    tables: Mapping[str, Mapping[str, Term]]
    examinations: Mapping[str, Term]
    vocabulary: Vocabulary
    readings: frozenset[str]

    def list_of(self, kind: str, shape: Shape | None) -> tuple[Term, ...]:
        """A list of terms, each an id or `{id, ja, en}` where the document words it otherwise here."""
        return tuple(t for s in (shape.elements() if shape else []) if (t := self.one(kind, s)))

    def one(self, kind: str, shape: Shape) -> Term | None:
        table = self.tables.get(kind, {})
        if not isinstance(shape.marked.value, dict):
            return shape.choice(table, f"unknown-{kind}", KINDS[kind])
        keys = shape.mapping({"id", "ja", "en"}, {"id"})
        known = table.get(id_of(shape, keys))
        if known is None and "id" in keys:
            return keys["id"].choice(table, f"unknown-{kind}", KINDS[kind])
        return Term(known.id, name_of(keys, known.name)) if known else None


def read_indicator(
    shape: Shape, owner: SpecialtyField, edition: Edition, terms: EditionTerms
) -> Indicator | None:
    """Read one entry of `indicators`; its faults go to the faults of its file."""
    level = _level(shape)
    shape = shape.at(Text(f"{owner.name.ja} レベル{level}", f"{owner.name.en} level {level}"))
    keys = shape.mapping(_KEYS, {"level", "source", "responsibility", "complexity", "size"})
    if len(set(keys) & {"responsibility", "complexity", "size"}) < 3:
        return None
    place = place_of(shape, keys)
    reader = _Reader(terms, place)
    responsibility = reader.responsibility(keys["responsibility"])
    if responsibility is None:
        return None
    complexity = reader.complexity(keys["complexity"])
    size = tuple(item for s in keys["size"].elements() if (item := reader.size_item(s)))
    printed = keys["complexity"].marked.value
    of = printed.get("of") if isinstance(printed, dict) else None
    if of is None or not isinstance(of.value, list) or len(of.value) == len(complexity.criteria):
        _check_conditions(keys["size"], size, complexity, owner)
    return Indicator(
        field_id=owner.id,
        level=level,
        place=place,
        responsibility=responsibility,
        complexity=complexity,
        size=size,
        size_place=(parse_place(keys["size_source"]) if "size_source" in keys else None) or place,
        professional=reader.professional(keys["professional"])
        if "professional" in keys
        else Professional(),
        tasks=reader.tasks(keys["tasks"]) if "tasks" in keys else None,
        examinations=reader.examinations(keys.get("examinations")),
        notes=tuple(
            text_of(s, shape) for s in (keys["notes"].elements() if "notes" in keys else [])
        ),
        unparsed=tuple(
            u
            for s in (keys["unparsed"].elements() if "unparsed" in keys else [])
            if (u := reader.unparsed(s))
        ),
    )


_KEYS = {
    "level",
    "source",
    "responsibility",
    "complexity",
    "size_source",
    "size",
    "professional",
    "tasks",
    "examinations",
    "notes",
    "unparsed",
}


def _level(shape: Shape) -> int:
    """The level as far as it can be said before the entry is read, to name the entry by."""
    value = shape.marked.value
    level = value["level"].value if isinstance(value, dict) and "level" in value else 0
    return level if isinstance(level, int) else 0


@frozen
class _Reader:
    terms: EditionTerms
    place: Place

    def responsibility(self, shape: Shape) -> Responsibility | None:
        keys = shape.mapping(
            {
                "source",
                "role",
                "supervised",
                "succeeded",
                "continued",
                "years",
                "engagements",
                "work_level",
                "or_above",
                "outcomes",
                "experiences",
                "implied",
            },
            {"role"},
        )
        role = (
            keys["role"].choice(ROLES, "unknown-role", Text("役割", "role"))
            if "role" in keys
            else None
        )
        if role is None:
            return None
        return Responsibility(
            place=place_of(shape, keys, self.place),
            role=role,
            supervised=_truth(keys, "supervised"),
            succeeded=_truth(keys, "succeeded"),
            continued=_truth(keys, "continued"),
            years=_at_least_one(keys.get("years")),
            engagements=self.engagements(keys["engagements"]) if "engagements" in keys else None,
            work_level=keys["work_level"].whole() if "work_level" in keys else None,
            or_above=_truth(keys, "or_above"),
            outcomes=self.terms.list_of("outcomes", keys.get("outcomes")),
            experiences=self.terms.list_of("activities", keys.get("experiences")),
            implied=self.implied(keys["implied"]) if "implied" in keys else {},
        )

    def implied(self, shape: Shape) -> dict[str, Term]:
        found = {}
        for reading, activity in shape.entries():
            if reading not in self.terms.readings:
                activity.fault(
                    "unknown-reading",
                    Text(
                        f"読み「{shown(reading)}」はありません",
                        f'no reading is called "{shown(reading)}"',
                    ),
                    suggestion(reading, self.terms.readings),
                )
            elif term := self.terms.one("activities", activity):
                found[reading] = term
        return found

    def engagements(self, shape: Shape) -> Engagements:
        keys = shape.mapping(
            {"at_least", "of_which", "of_which_level", "others_level"}, {"at_least"}
        )
        read = {k: s.whole() for k, s in keys.items()}
        asked = Engagements(
            read.get("at_least") or 1,
            read.get("of_which"),
            read.get("of_which_level"),
            read.get("others_level"),
        )
        _check_count(shape, asked.of_which or 0, asked.at_least)
        return asked

    def complexity(self, shape: Shape) -> Complexity:
        keys = shape.mapping({"source", "at_least", "required", "kind", "of"}, {"at_least"})
        criteria = self.terms.list_of("criteria", keys.get("of"))
        count = keys.get("at_least")
        some = count is not None and count.marked.value == SOME
        at_least = SOME if some else whole_or(count, 0)
        kind = (
            keys["kind"].choice(
                _COMPLEXITY_KINDS,
                "unknown-complexity-kind",
                Text("複雑性の種別", "kind of complexity"),
            )
            if "kind" in keys
            else None
        )
        ids = {t.id: t for t in criteria}
        required = tuple(
            t.id
            for s in (keys["required"].elements() if "required" in keys else [])
            if (t := s.choice(ids, "unknown-criteria", KINDS["criteria"]))
        )
        if len(criteria) == len(keys["of"].elements() if "of" in keys else []):
            _check_count(shape, 0 if at_least == SOME else int(at_least), len(criteria))
        _check_distinct(shape, criteria)
        return Complexity(
            place_of(shape, keys, self.place), at_least, required, criteria, kind or "demand"
        )

    def size_item(self, shape: Shape) -> SizeItem | None:
        keys = shape.mapping(
            {"source", "any", "with_complexity", "given_complexity", "same_as_level"}
        )
        bounds = tuple(
            bound
            for s in (keys["any"].elements() if "any" in keys else [])
            if (bound := measure_bound(s, self.terms.vocabulary))
        )
        leading = "given_complexity" in keys
        condition = keys.get("given_complexity") or keys.get("with_complexity")
        if ("any" in keys) == ("same_as_level" in keys):
            shape.fault(
                "size-without-bounds",
                Text(
                    "サイズの項目には any か same_as_level のどちらか1つが必要です",
                    "a size needs either `any` or `same_as_level`",
                ),
                Text("どちらか1つを書いてください", "write one of the two"),
            )
            return None
        return SizeItem(
            place_of(shape, keys, self.place),
            bounds,
            condition.whole() if condition else None,
            leading,
            keys["same_as_level"].whole() if "same_as_level" in keys else None,
        )

    def professional(self, shape: Shape) -> Professional:
        keys = shape.mapping({"areas", "succession", "mentoring", "contributions"})
        return Professional(
            areas=self.areas(keys["areas"]) if "areas" in keys else None,
            succession=self.succession(keys["succession"]) if "succession" in keys else None,
            mentoring=self.mentoring(keys["mentoring"]) if "mentoring" in keys else None,
            contributions=self.contributions(keys["contributions"])
            if "contributions" in keys
            else None,
        )

    def mentoring(self, shape: Shape) -> Place | None:
        """`true`, or the place where the document lists it."""
        if isinstance(shape.marked.value, bool):
            return self.place if shape.marked.value else None
        return parse_place(shape)

    def areas(self, shape: Shape) -> Areas | None:
        keys = shape.mapping({"source", "at_least", "depth", "of"}, {"depth", "of"})
        items = self.terms.list_of("areas", keys.get("of"))
        depth = (
            keys["depth"].choice(DEPTHS, "unknown-depth", Text("深さ", "depth"))
            if "depth" in keys
            else None
        )
        if depth is None:
            return None
        count = keys.get("at_least")
        at_least: int | Literal["all", "some"] | None
        match count and count.marked.value:
            case "all":
                at_least = ALL
            case "some":
                at_least = SOME
            case _:
                at_least = None if count is None else whole_or(count, 1)
        _check_count(shape, at_least if isinstance(at_least, int) else 0, len(items))
        _check_distinct(shape, items)
        return Areas(place_of(shape, keys, self.place), depth, items, at_least)

    def succession(self, shape: Shape) -> Succession:
        keys = shape.mapping({"source", "at_least", "of", "restored"}, {"at_least", "of"})
        kinds = Succession(
            place_of(shape, keys, self.place),
            whole_or(keys.get("at_least"), 1),
            self.terms.list_of("succession", keys.get("of")),
            self.terms.list_of("succession", keys.get("restored")),
        )
        _check_count(shape, kinds.at_least, len(kinds.kinds()))
        return kinds

    def contributions(self, shape: Shape) -> Contributions:
        keys = shape.mapping({"source", "mentoring", "of"}, {"of"})
        mentoring = None
        if "mentoring" in keys:
            inner = keys["mentoring"].mapping({"id", "ja", "en"}, {"id", "ja", "en"})
            mentoring = Term(id_of(keys["mentoring"], inner), name_of(inner))
        return Contributions(
            place_of(shape, keys, self.place),
            self.terms.list_of("succession", keys.get("of")),
            mentoring,
        )

    def tasks(self, shape: Shape) -> Tasks:
        if isinstance(shape.marked.value, list):
            return Tasks(self.place, self.terms.list_of("tasks", shape))
        keys = shape.mapping({"source", "of", "noted"})
        return Tasks(
            place_of(shape, keys, self.place),
            self.terms.list_of("tasks", keys.get("of")),
            self.terms.list_of("tasks", keys.get("noted")),
        )

    def unparsed(self, shape: Shape) -> Unparsed | None:
        keys = shape.mapping({"clause", "source", "sign"}, {"clause"})
        clause = (
            keys["clause"].choice({c: c for c in CLAUSES}, "unknown-clause", Text("条項", "clause"))
            if "clause" in keys
            else None
        )
        if clause is None:
            return None
        sign = keys["sign"].text() if "sign" in keys else ""
        return Unparsed(place_of(shape, keys, self.place), clause, sign or "")

    def examinations(self, shape: Shape | None) -> tuple[Examination, ...]:
        found = []
        for s in shape.elements() if shape else []:
            term = s.choice(
                self.terms.examinations, "unknown-examination", Text("試験", "examination")
            )
            if term:
                found.append(Examination(self.place, term.id, term))
        return tuple(found)


def _truth(keys: Mapping[str, Shape], key: str) -> bool:
    return bool(keys[key].truth()) if key in keys else False


def _at_least_one(shape: Shape | None) -> int | None:
    value = shape.whole() if shape else None
    if shape and value is not None and value < 1:
        shape.fault(
            "empty-range",
            Text(f"{value}は少なすぎます", f"{value} is too small"),
            Text("1以上を書くか、キーごと消してください", "write 1 or more, or leave the key out"),
        )
    return value


def _check_count(shape: Shape, count: int, available: int) -> None:
    if count < 0:
        shape.fault(
            "empty-range",
            Text(f"{count}は少なすぎます", f"{count} is too small"),
            Text("0以上を書いてください", "write zero or more"),
        )
    if count > available:
        shape.fault(
            "count-too-large",
            Text(
                f"{count}を求めていますが、{available}しかありません",
                f"{count} are asked for, but there are only {available}",
            ),
            Text("数か一覧を直してください", "correct the count or the list"),
        )


def _check_distinct(shape: Shape, terms: tuple[Term, ...]) -> None:
    ids = [t.id for t in terms]
    for doubled in sorted({i for i in ids if ids.count(i) > 1}):
        shape.fault(
            "doubled-term",
            Text(f"「{doubled}」が一覧に2度あります", f'"{doubled}" stands in the list twice'),
            Text("一方を除いてください", "take one of them out"),
        )


def _check_conditions(
    shape: Shape, size: tuple[SizeItem, ...], complexity: Complexity, owner: SpecialtyField
) -> None:
    for item in size:
        _check_count(shape, item.complexity_at_least or 0, len(complexity.criteria))
        if item.same_as_level is not None and item.same_as_level not in owner.levels:
            shape.fault(
                "level-not-offered",
                Text(
                    f"{owner.id} にレベル{item.same_as_level}はありません",
                    f"{owner.id} does not have level {item.same_as_level}",
                ),
                Text("levels にあるレベルを書いてください", "name one of its levels"),
            )
