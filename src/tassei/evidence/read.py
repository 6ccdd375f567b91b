"""YAML, JSON or JSON Lines -> `Evidence`; every fault of a file is reported at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import define, field, frozen

from tassei.errors import EvidenceError, Fault, RequestError
from tassei.evidence.known import DEPTH_WORDS, ROLE_WORDS, Known
from tassei.evidence.model import (
    Engagement,
    Evidence,
    Holding,
    PassedExamination,
    Person,
    Professional,
    Remark,
    Understood,
    Work,
)
from tassei.evidence.months import Month
from tassei.evidence.values import ValueReader
from tassei.framework.scales import Depth
from tassei.marked import Marked, decode, parse, parse_line, read_bytes, read_lines
from tassei.shaping import Faults, Shape, shown, suggestion
from tassei.text import Text

SCHEMA = "tassei/evidence/1"
LINES = (".jsonl", ".ndjson")
MOST_FAULTS = 200
"""After so many faults the rest of a file of many people is not read."""


@frozen
class Record:
    """The evidence of one person, with what a reader should know about how it was read."""

    evidence: Evidence
    understood: tuple[Understood, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_evidence(path: Path, known: Known, as_of: Month) -> Iterator[Record]:
    """Read a file: one person in YAML or JSON, or one person a line in JSON Lines.

    Args:
        known: what evidence may name.
        as_of: the month of the judgement; work that begins after it is a fault.

    Raises:
        EvidenceError: all faults of the file, and of all lines of JSON Lines; behind the records
            of the lines that have none.
        RequestError: the file cannot be read, or is no YAML or JSON.
    """
    if path.suffix.lower() in LINES:
        yield from _read_lines(path, known, as_of)
        return
    yield record_from(
        parse(decode(read_bytes(path), str(path)), str(path)), known, as_of, str(path)
    )


def _read_lines(path: Path, known: Known, as_of: Month) -> Iterator[Record]:
    """The records of all lines that can be read, then the faults of all others."""
    faults: list[Fault] = []
    empty, entered = True, False
    for number, line in read_lines(path):
        try:
            text = decode(line, str(path), number)
            if text.strip():
                empty = False
                yield record_from(parse_line(text, str(path), number), known, as_of, str(path))
        except (EvidenceError, RequestError) as error:
            faults += error.faults
            entered = entered or isinstance(error, EvidenceError)
        if len(faults) >= MOST_FAULTS:
            break
    if empty and not faults:
        parse("", str(path))
    if faults:
        raise EvidenceError(faults) if entered else RequestError(faults)


def record_from(marked: Marked, known: Known, as_of: Month, file: str) -> Record:
    """Make evidence of marked values.

    Raises:
        EvidenceError: all faults that were found.
    """
    reader = _Reader(known, as_of, Faults(file))
    evidence = reader.evidence(Shape(marked, reader.faults))
    if evidence is None or reader.faults.found:
        raise EvidenceError(sorted(reader.faults.found, key=_by_line))
    return Record(evidence, tuple(reader.understood), tuple(reader.remarks))


def work_from(shape: Shape, known: Known, as_of: Month, number: int) -> Engagement | None:
    """Read one engagement that stands in another file than a person's evidence.

    Faults go to those of `shape`; None where it has no id.

    Args:
        number: of the engagement in its list, for faults.
    """
    return _Reader(known, as_of, shape.faults).engagement(shape, number)


def _by_line(fault: Fault) -> tuple[int, str]:
    return fault.line, fault.code


@define
class _Reader(ValueReader):
    """Reads the parts of a person's evidence; the values in them are read by its base."""

    remarks: list[Remark] = field(factory=list)

    def evidence(self, shape: Shape) -> Evidence | None:
        keys = shape.mapping(
            {
                "schema",
                "for",
                "person",
                "engagements",
                "professional",
                "examinations",
                "skills",
                "knowledge",
            },
            {"schema", "person"},
        )
        if "schema" in keys and keys["schema"].marked.value != SCHEMA:
            keys["schema"].fault(
                "wrong-schema",
                Text(
                    f"schemaは「{shown(keys['schema'].marked.value)}」ですが、「{SCHEMA}」が必要です",
                    f'the schema is "{shown(keys["schema"].marked.value)}", but "{SCHEMA}" is needed',
                ),
                Text(f"schema: {SCHEMA} としてください", f"write `schema: {SCHEMA}`"),
            )
        person = self.person(keys["person"]) if "person" in keys else None
        written_for = self.written_for(keys.get("for"))
        engagements = self.optional(keys.get("engagements"), self.engagements)
        if written_for is None:
            written_for = _editions_named(engagements or (), self.known)
        professional = self.optional(keys.get("professional"), self.professional)
        evidence = Evidence(
            person=person or Person("", ""),
            written_for=written_for,
            engagements=engagements,
            professional=professional or Professional(),
            examinations=self.optional(keys.get("examinations"), self.examinations),
            skills=self.optional(keys.get("skills"), self.skills),
            knowledge=self.optional(keys.get("knowledge"), self.knowledge),
        )
        return evidence if person else None

    def person(self, shape: Shape) -> Person | None:
        keys = shape.mapping({"id", "name", "unit"}, {"id"})
        if "id" not in keys:
            return None
        person_id = self.name_or_number(keys["id"])
        name = self.optional(keys.get("name"), Shape.text)
        unit = self.optional(keys.get("unit"), Shape.text)
        return Person(person_id, name or person_id, unit) if person_id else None

    def written_for(self, shape: Shape | None) -> tuple[str, ...] | None:
        if shape is None or shape.is_null():
            return None
        editions = {e: e for e in self.known.editions}
        found = [
            s.choice(editions, "unknown-edition", Text("版", "edition")) for s in shape.elements()
        ]
        return tuple(sorted({e for e in found if e}))

    def engagements(self, shape: Shape) -> tuple[Engagement, ...]:
        found: dict[str, Engagement] = {}
        for number, s in enumerate(shape.elements(), start=1):
            engagement = self.engagement(s, number)
            if engagement is None:
                continue
            if engagement.id in found:
                s.at(_where(s.marked, number)).fault(
                    "doubled-engagement",
                    Text(
                        f"業務のid「{engagement.id}」が2度使われています",
                        f'two engagements have the id "{engagement.id}"',
                    ),
                    Text("一方に別のidを付けてください", "give one of them another id"),
                )
            found[engagement.id] = engagement
        return tuple(found[i] for i in sorted(found))

    def engagement(self, shape: Shape, number: int) -> Engagement | None:
        shape = shape.at(_where(shape.marked, number))
        keys = shape.mapping(
            {
                "id",
                "title",
                "fields",
                "from",
                "to",
                "role",
                "supervised",
                "succeeded",
                "complexity",
                "size",
                "achieved",
                "activities",
            },
            {"id"},
        )
        engagement_id = self.name_or_number(keys["id"]) if "id" in keys else None
        if engagement_id is None:
            return None
        fields = self.optional(keys.get("fields"), self.fields)
        first = self.optional(keys.get("from"), self.month)
        last = self.optional(keys.get("to"), self.month_or_now)
        if first and last and last < first:
            keys["to"].fault(
                "to-before-from",
                Text(
                    f"終わり（{last}）が始まり（{first}）より前です",
                    f"it ends ({last}) before it begins ({first})",
                ),
                Text("from と to を確かめてください", "check `from` and `to`"),
            )
        if first and self.as_of < first:
            keys["from"].fault(
                "starts-in-future",
                Text(
                    f"始まり（{first}）が判定の基準月（{self.as_of}）より後です",
                    f"it begins in {first}, after the month of the judgement ({self.as_of})",
                ),
                Text(
                    "始まってから記録するか、--as-of で後の月を指定してください",
                    "record it once it has begun, or give a later month with --as-of",
                ),
            )
        if last and self.as_of < last:
            self.remarks.append(
                Remark(
                    engagement_id,
                    Text(
                        f"終わりの{last}は基準月{self.as_of}より後のため、継続中として読みました",
                        f"it ends in {last}, after {self.as_of}, and is read as still going on",
                    ),
                )
            )
        complexity = self.optional(keys.get("complexity"), lambda s: self.complexity(s, fields))
        return Engagement(
            id=engagement_id,
            title=self.optional(keys.get("title"), Shape.text) or "",
            fields=fields,
            first=first,
            last=None if last and self.as_of < last else last,
            role=self.optional(
                keys.get("role"),
                lambda s: self.word(
                    s, ROLE_WORDS, "unknown-role", Text("役割", "role"), near=False
                ),
            ),
            supervised=self.optional(keys.get("supervised"), self.truth),
            succeeded=self.optional(keys.get("succeeded"), self.truth),
            complexity=complexity,
            size=self.optional(keys.get("size"), self.size) or {},
            achieved=self.optional(
                keys.get("achieved"),
                lambda s: self.holding(
                    s, self.known.outcomes, "unknown-outcome", Text("成果", "outcome")
                ),
            ),
            activities=self.optional(
                keys.get("activities"),
                lambda s: self.holding(
                    s, self.known.activities, "unknown-activity", Text("活動", "activity")
                ),
            ),
        )

    def fields(self, shape: Shape) -> frozenset[str]:
        known = {f: f for f in self.known.fields}
        return frozenset(
            f
            for s in shape.elements()
            if (f := s.choice(known, "unknown-field", Text("専門分野", "specialty field")))
        )

    def complexity(self, shape: Shape, fields: frozenset[str] | None) -> Holding:
        holding = self.holding(
            shape, self.known.criteria, "unknown-criterion", Text("複雑性の条件", "criterion")
        )
        if fields:
            near = frozenset[str]().union(*(self.known.criteria_of_field[f] for f in fields))
            vocabulary = self.known.vocabulary
            named = holding.true | holding.false
            # what follows from a criterion is not what was written
            written = named.difference(*(vocabulary.broader.get(c, frozenset()) for c in named))
            foreign = (c for c in written if not vocabulary.with_broader([c]) & near)
            for criterion in sorted(foreign):
                shape.fault(
                    "criterion-of-another-field",
                    Text(
                        f"「{criterion}」は、この業務の専門分野の条件ではありません",
                        f'"{criterion}" is not a criterion of the fields of this engagement',
                    ),
                    suggestion(criterion, near),
                )
        return holding

    def professional(self, shape: Shape) -> Professional:
        keys = shape.mapping({"areas", "succession", "mentoring"})
        return Professional(
            areas=self.optional(keys.get("areas"), self.areas),
            succession=self.optional(keys.get("succession"), self.succession),
            mentoring=self.optional(keys.get("mentoring"), self.truth),
        )

    def areas(self, shape: Shape) -> Mapping[str, Depth]:
        found: dict[str, Depth] = {}
        noun = Text("領域", "area")
        for written, s in shape.entries():
            area = self.term(written, s, self.known.areas, "unknown-area", noun)
            depth = self.word(s, DEPTH_WORDS, "unknown-depth", Text("深さ", "depth"), near=False)
            if area and depth is not None:
                # a greater depth includes the lesser
                found[area] = max(depth, found.get(area, depth))
        return {k: found[k] for k in sorted(found)}

    def succession(self, shape: Shape) -> tuple[Work, ...]:
        found = []
        for s in shape.elements():
            keys = s.mapping({"kind", "title", "on"}, {"kind"})
            kind = (
                self.word(
                    keys["kind"],
                    self.known.succession.words,
                    "unknown-kind",
                    Text("技術の継承の種類", "kind of succession"),
                )
                if "kind" in keys
                else None
            )
            on = self.optional(keys.get("on"), self.past_month)
            title = self.optional(keys.get("title"), Shape.text)
            if kind:
                found.append(Work(kind, title or "", on))
        return tuple(sorted(found, key=lambda w: (w.kind, w.title, w.on.number if w.on else 0)))

    def examinations(self, shape: Shape) -> tuple[PassedExamination, ...]:
        found = []
        for s in shape.elements():
            keys = s.mapping({"name", "passed"}, {"name"})
            name = keys["name"].text() if "name" in keys else None
            passed = self.optional(keys.get("passed"), self.past_month)
            if name:
                found.append(
                    PassedExamination(self.known.examinations.get(name.casefold(), name), passed)
                )
        return tuple(sorted(found, key=lambda x: (x.name, x.passed.number if x.passed else 0)))

    def skills(self, shape: Shape) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for written, s in shape.entries():
            skill = self.term(
                written, s, self.known.skills, "unknown-skill", Text("スキル項目", "skill item")
            )
            level = s.whole()
            if level is not None and not 0 <= level <= 7:
                s.fault(
                    "level-out-of-range",
                    Text(
                        f"熟達度は {level} ですが、0から7の整数が必要です",
                        f"the proficiency level is {level}, but 0 to 7 is needed",
                    ),
                    Text("0（なし）から7で書いてください", "write 0 (none) to 7"),
                )
            elif skill and level is not None:
                if found.get(skill, level) != level:
                    self.contradiction(s, skill)
                found[skill] = level
        return {k: found[k] for k in sorted(found)}

    def knowledge(self, shape: Shape) -> frozenset[str]:
        kind = self.known.knowledge
        return frozenset(
            t
            for s in shape.elements()
            if (
                t := self.word(
                    s, kind.words, "unknown-knowledge", Text("知識項目", "knowledge item")
                )
            )
        )


def _where(marked: Marked, number: int) -> Text:
    """An engagement as a fault names it: by its id, or by its number where it has none."""
    inner = marked.value.get("id") if isinstance(marked.value, dict) else None
    named = inner is not None and isinstance(inner.value, str | int)
    name = shown(inner.value) if inner and named else str(number)
    return Text(f"業務「{name}」", f'engagement "{name}"')


def _editions_named(engagements: tuple[Engagement, ...], known: Known) -> tuple[str, ...]:
    return tuple(sorted({known.fields[f].id for e in engagements for f in e.fields or ()}))
