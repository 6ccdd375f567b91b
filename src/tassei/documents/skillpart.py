"""The skill part of a document -> `framework.skills`: skill areas, proficiency and knowledge trees.

It is printed in tables: skill items by field, then one table for each item with a row a level and the
knowledge beside. Cells say what belongs together; the words of a cell say the rest.
"""

import re
from collections.abc import Iterator
from typing import Literal, Protocol

from attrs import define, evolve, field, frozen

from tassei.documents.clausework import Problem, Remark
from tassei.documents.grammar.clauses import Amount, InRole, NotUnderstood, UnderGuidance
from tassei.documents.grammar.parse import parse_sentence, parse_size
from tassei.documents.grammar.terms import Terms
from tassei.documents.measures import Measures
from tassei.documents.naming import Naming
from tassei.documents.normal import fold, loose_key, tight
from tassei.documents.outline import Outline
from tassei.documents.runs import Run
from tassei.framework.indicator import Bound
from tassei.framework.scales import Role
from tassei.framework.skills import KnowledgeBlock, KnowledgeItem, Proficiency, SkillItem, Skills
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Lang, Text

Kind = Literal["common", "specific"]
_SEE = Text("公式の文書を参照", "see the official document")
_NAME_ENDS: dict[Lang, str] = {"ja": r"\s+|[::]\s*", "en": r":\s*"}
_MARKED = re.compile(r"(?:(?<=\s)|^)([-・])\s*(?=\S)")


class Fields(Protocol):
    """What is needed to know of the specialty fields."""

    def find(self, name: str) -> str | None: ...

    def specialty(self) -> tuple[str, ...]: ...


@frozen
class SkillPart:
    """What was understood of the skill part; `lost` are the numbers of the pieces that were not."""

    skills: Skills = field(factory=Skills)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    lost: tuple[int, ...] = ()
    abilities: tuple[tuple[str, str, int, int, str], ...] = ()


def skills_of(
    outline: Outline,
    terms: Terms,
    naming: Naming,
    measures: Measures,
    fields: Fields,
    document: str,
) -> SkillPart:
    """Read the skill part; empty where the document has none."""
    reader = _Reader(terms, naming, measures, fields, document)
    for number, run in enumerate(outline.runs):
        if outline.uses.get(number) in ("skills", "title"):
            reader.take(run, outline.uses[number])
    return reader.part()


@define
class _Open:
    """The table of one skill item while it is being read."""

    kind: Kind
    item: str = ""
    field_id: str = ""
    line: int = 0
    level: int | None = None
    knowledge: list[Run] = field(factory=list)


@define
class _Reader:
    terms: Terms
    naming: Naming
    measures: Measures
    fields: Fields
    document: str
    mode: Literal["", "areas", "proficiency"] = ""
    columns: dict[str, int] = field(factory=dict)
    row_fields: dict[int, str] = field(factory=dict)
    items: dict[str, SkillItem] = field(factory=dict)
    common_rows: list[int] = field(factory=list)
    proficiency: list[Proficiency] = field(factory=list)
    blocks: list[KnowledgeBlock] = field(factory=list)
    page_field: str = ""
    open: _Open | None = None
    problems: list[Problem] = field(factory=list)
    remarks: list[Remark] = field(factory=list)
    lost: list[int] = field(factory=list)
    abilities: list[tuple[str, str, int, int, str]] = field(factory=list)

    def _is(self, name: str, text: str) -> bool:
        return bool(re.fullmatch(self.terms.layout[name], text, re.IGNORECASE))

    def _has(self, name: str, text: str) -> bool:
        return bool(re.search(self.terms.layout[name], text, re.IGNORECASE))

    def take(self, run: Run, use: str) -> None:
        """The next run; headings change what is being read."""
        text = run.text
        if run.cell is None:
            if self._has("proficiency", text):
                self._close()
                self.mode = "proficiency"
            elif self._has("skill_areas", text):
                self._close()
                self.mode = "areas"
            elif found := self._labelled_field(text):
                self.page_field = found
            elif use == "skills":
                self._lose(run)
            return
        if self.mode == "areas":
            self._area(run)
        elif self.mode == "proficiency":
            self._row(run)
        elif use == "skills":
            self._lose(run)

    def _lose(self, run: Run) -> None:
        self.lost += run.pieces
        self.problems.append(Problem("", 0, "skills", run.line, run.text, run.text, run.pieces))

    def _labelled_field(self, text: str) -> str | None:
        match = re.match(rf"({self.terms.layout['field']})\s*(?P<name>.+)$", text, re.IGNORECASE)
        return self._field(match["name"]) if match else None

    def _field(self, name: str) -> str | None:
        found = self.fields.find(name.strip(" :"))
        if found is None and re.search(self.terms.layout["shared"], name, re.IGNORECASE):
            found = self.fields.find(self.terms.raw["shared_name"])
        return found

    # skill areas

    def _area(self, run: Run) -> None:
        assert run.cell is not None, "the caller looks"
        row, column = run.cell
        text = run.text
        for name in ("common_skills", "specific_skills"):
            if self._is(name, text):
                self.columns[name] = column
                return
        if self._has("skill_areas", text) or self._is("field", text):
            return
        if column == 1:
            found = self._field(text)
            if found is None:
                self._lose(run)
            else:
                self.row_fields[row] = found
            return
        kind: Kind = "specific" if column == self.columns.get("specific_skills") else "common"
        self._item(run, kind, row)

    def _item(self, run: Run, kind: Kind, row: int) -> None:
        """`NAME SUB、SUB、SUB`: the name ends at the first space."""
        original = run.parts[0][0].strip()
        name, *others = re.split(_NAME_ENDS[self.terms.lang], original, maxsplit=1)
        rest = "".join(others)
        term = self.naming.term("skills", name, at=f"{kind}-{row}", line=run.line)
        subs = [s.strip(" 、,") for s in re.split(r"、|, ", rest) if s.strip(" 、,")]
        sub_items = tuple(
            self.naming.term(f"sub_items/{term.id}", s, at=f"{term.id}-{n}", line=run.line)
            for n, s in enumerate(subs, start=1)
        )
        own = self.row_fields.get(row)
        fields = (own,) if own and kind == "specific" else ()
        if kind == "common":
            self.common_rows.append(row)
        self.items[term.id] = SkillItem(
            term.id, kind, fields, term.name, Place(self.document, run.line), sub_items
        )

    # proficiency and knowledge

    def _row(self, run: Run) -> None:
        assert run.cell is not None, "the caller looks"
        _, column = run.cell
        text = run.text
        for kind, name in (("common", "common_skills"), ("specific", "specific_skills")):
            if self._is(name, text):
                self._close()
                self.open = _Open("common" if kind == "common" else "specific")
                self.columns = {}
                return
        if self.open is None:
            self._lose(run)
        elif self._is("proficiency", text):
            self.columns["level"] = column
        elif self._is("knowledge", text):
            self.columns["knowledge"] = column
        elif column == 1:
            self._opened(run)
        elif column >= self.columns.get("knowledge", 99):
            self.open.knowledge.append(run)
        elif level := self.terms.pattern("layout", "level").fullmatch(text):
            self.open.level = int(level[1])
        elif self.open.level is not None and self.open.item:
            self._able(run)
        else:
            self._lose(run)

    def _opened(self, run: Run) -> None:
        """`専門分野: FIELD ITEM` in the first cell of a table."""
        assert self.open is not None, "the caller looks"
        label = re.match(self.terms.layout["field"], run.text, re.IGNORECASE)
        rest = run.text[label.end() :].strip(" :") if label else run.text
        found, name = self._field_before(rest) if label else (None, rest)
        if label and self._field(rest):
            # the field has a line of its own; the item follows
            self.open.field_id = self._field(rest) or ""
            return
        self.open.field_id = found or self.open.field_id or self.page_field
        self.open.line = run.line
        term = self.naming.term(
            "skills", name, at=f"{self.open.field_id}-{len(self.blocks) + 1}", line=run.line
        )
        known = self.items.get(term.id) or self._item_by_name(name)
        self.open.item = known.id if known else term.id
        if known is None:
            fields = (self.open.field_id,) if self.open.kind == "specific" else ()
            self.items[term.id] = SkillItem(
                term.id, self.open.kind, fields, term.name, Place(self.document, run.line), ()
            )

    def _item_by_name(self, name: str) -> SkillItem | None:
        wanted = loose_key(name)
        return next(
            (i for i in self.items.values() if loose_key(i.name[self.naming.lang]) == wanted), None
        )

    def _field_before(self, text: str) -> tuple[str | None, str]:
        """A field's name at the beginning of a text, and the rest; the longest name that fits."""
        for end in range(len(text) - 1, 0, -1):
            if found := self.fields.find(text[:end]):
                return found, text[end:].strip()
        match = re.match(self.terms.layout["shared"], text, re.IGNORECASE)
        if match:
            return self._field(match[0]), text[match.end() :].strip()
        return None, text

    def _able(self, run: Run) -> None:
        """What a person at a level can do: the role, the guidance and the figures before the role."""
        assert self.open is not None, "the caller looks"
        assert self.open.level is not None, "the caller looks"
        open_, level, text, lang = self.open, self.open.level, run.text, self.terms.lang
        role = self.terms.pattern("ability_role").search(text)
        head = text[: role.end()] if role else re.split(r"、(?=[^、]*を)", text)[0]
        scope: tuple[Bound, ...] = ()
        amounts = self.terms.pattern("ability_scope").match(head)
        if amounts and re.search("[0-9]", amounts[0]):
            scope = self._scope(amounts[0], run)
            head = head[amounts.end() :]
        elif role and (verb := self.terms.pattern("ability_verb").search(text, role.end())):
            behind = self.terms.pattern("ability_of").sub("", text[role.end() : verb.start()])
            scope = self._scope(behind, run) if re.search("[0-9]", behind) else ()
        read = parse_sentence(head, lang)
        values = () if isinstance(read, NotUnderstood) else read
        named = next((v.role for v in values if isinstance(v, InRole)), None)
        supervised = any(isinstance(v, UnderGuidance) for v in values)
        if isinstance(read, NotUnderstood) or (named is None and not supervised):
            self._lose(run)
        elif named is None:
            self.remarks.append(
                Remark(
                    run.line,
                    Text(
                        "スキル熟達度に役割がないため、指導の下のメンバと読んだ",
                        "the proficiency names no role; read as a member under guidance",
                    ),
                )
            )
        manual = self.terms.pattern("ability_manual").search(head)
        joined = (
            None
            if manual is None
            else "or"
            if re.search(self.terms.raw["ability_or"], manual[0])
            else "and"
        )
        self.proficiency.append(
            Proficiency(
                item=open_.item,
                field_id=open_.field_id,
                level=level,
                place=Place(self.document, run.line),
                role=named or Role.MEMBER,
                supervised=supervised,
                manual=joined,  # type: ignore[arg-type]  # one of the two, or None
                scope=scope,
                ability=_SEE,
            )
        )
        self.abilities.append((open_.item, open_.field_id, level, run.line, run.original))

    def _scope(self, text: str, run: Run) -> tuple[Bound, ...]:
        read = parse_size(text, self.terms.lang)
        if isinstance(read, NotUnderstood):
            self._lose(run)
            return ()
        found = (
            self.measures.bound(v, run, "", f"{n}")
            for n, v in enumerate(read, start=1)
            if isinstance(v, Amount)
        )
        return tuple(b for b in found if isinstance(b, Bound))

    def _close(self) -> None:
        """Put the knowledge of the table that ends here together."""
        if self.open is None:
            return
        open_, self.open = self.open, None
        if open_.knowledge and open_.item:
            self.blocks.append(
                KnowledgeBlock(
                    open_.item,
                    open_.field_id,
                    Place(self.document, open_.line),
                    tuple(self._tree(open_)),
                )
            )

    def _tree(self, open_: _Open) -> Iterator[KnowledgeItem]:
        """`- A ・a ・b - B`: two depths; marks stand behind spaces."""
        node: KnowledgeItem | None = None
        for mark, name, line in _marked(open_.knowledge):
            if mark == "・" and node is not None:
                term = self._item_of_knowledge(f"{open_.item}/{node.term.id}", name, line)
                node = evolve(node, items=(*node.items, KnowledgeItem(term)))
                continue
            if node is not None:
                yield node
            node = KnowledgeItem(self._item_of_knowledge(open_.item, name, line))
        if node is not None:
            yield node

    def _item_of_knowledge(self, where: str, name: str, line: int) -> Term:
        """A knowledge item; the same words below another node are another item."""
        at = f"{where.replace('/', '-')}-{line}"
        return self.naming.term(f"knowledge/{where}", tight(fold(name)), at=at, line=line)

    def part(self) -> SkillPart:
        """All that was read."""
        self._close()
        everyone = self.fields.specialty()
        items = tuple(evolve(i, fields=i.fields or everyone) for i in self.items.values())
        return SkillPart(
            Skills(items, tuple(self.proficiency), tuple(self.blocks)),
            tuple(self.problems),
            tuple(self.remarks),
            tuple(self.lost),
            tuple(self.abilities),
        )


_LEADING = {"dash": "- ", "dot": "・"}
"""Marks that were taken off the beginning of a run, as a knowledge list has them."""


def _marked(runs: list[Run]) -> Iterator[tuple[str, str, int]]:
    """The items of a knowledge list with their marks and lines."""
    for run in runs:
        text = _LEADING.get(run.mark, "") + run.parts[0][0]
        text = text.replace("\u3000", " ")
        parts = _MARKED.split(text)
        for mark, name in zip(parts[1::2], parts[2::2], strict=True):
            if name.strip():
                yield mark, name.strip(), run.line
