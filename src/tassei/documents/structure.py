"""Runs -> the outline of a document: its category, fields, level table and indicator blocks.

Only headings, marks and places in tables decide here, by the layout words of the language; what a
sentence means is the grammar's business.
"""

import re
from collections.abc import Iterator

from attrs import define, evolve, field

from tassei.documents.columns import in_order
from tassei.documents.grammar.clauses import AtDepth, HandsOn, Mentors
from tassei.documents.grammar.parse import parse_sentence, sentences_of
from tassei.documents.grammar.terms import Terms
from tassei.documents.hyphens import mended
from tassei.documents.normal import loose_key, squeeze, tight
from tassei.documents.outline import Block, LevelTable, Outline, Part, Section, Statement
from tassei.documents.pieces import Document
from tassei.documents.runs import Run, runs_of


def levels_in(written: str) -> tuple[int, ...]:
    """The levels of a heading in its order: 6, or 7 and 6, or all from 1 to 3."""
    levels = [int(n) for n in re.findall("[1-7]", written)]
    if len(levels) == 2 and re.search(r"[～-]|\bto\b", written, re.IGNORECASE):
        first, last = levels
        step = 1 if first < last else -1
        return tuple(range(first, last + step, step))
    return tuple(dict.fromkeys(levels))


def outline_of(document: Document, terms: Terms) -> Outline:
    """The outline of a document in the language of the terms."""
    return _Reader(document, terms).outline()


_PAGE_TITLES = ("indicators", "category")
"""Titles that a page of an indicator repeats at its head."""


@define
class _Reader:
    document: Document
    terms: Terms
    runs: list[Run] = field(factory=list)
    uses: dict[int, str] = field(factory=dict)

    def outline(self) -> Outline:
        pieces = mended(self.document.pieces)
        runs = in_order(runs_of(pieces, self.terms), self.terms, self._clause)
        self.runs = [part for run in runs for part in self._headed(run)]
        starts = self._starts()
        headers = [self._header(i, starts) for i in starts]
        table = self._level_table()
        ends = [*(h[0] for h in headers[1:]), len(self.runs)][: len(starts)]
        blocks = []
        previous = ""
        for number, (start, header, end) in enumerate(zip(starts, headers, ends, strict=True)):
            found = self._block(number, start, header, end, previous)
            blocks += found
            previous = found[0].field_name if found else previous
        first = headers[0][0] if headers else len(self.runs)
        category, category_run = self._category(blocks)
        fields = self._outside(first, category, blocks, table)
        return Outline(
            category, category_run, tuple(self.runs), tuple(blocks), table, fields, self.uses
        )

    # headings

    def _headed(self, run: Run) -> Iterator[Run]:
        """A section heading that stands in one line with its clause becomes a run of its own."""
        if run.mark == "box":
            yield evolve(run, mark="head") if self._part(evolve(run, mark="head")) else run
            return
        if run.mark in ("", "dot", "bullet") and self._clause(run):
            yield evolve(run, mark="head")
            return
        original = run.parts[0][0]
        for pattern in self.terms.layout["sections"].values():
            if run.mark == "head":
                break
            loose = run.mark in ("bullet", "dot")
            ends = r"(?=\s|$)|[::]" if loose else r"\s*$|\s*[::]\s*|(?=\s+[-ー－](?=\S|\s))"
            match = re.match(rf"\s*({pattern})({ends})", original, self._flags)
            if match and match.end() < len(original.rstrip()):
                head, rest = run.cut(match.end())
                yield evolve(head, mark="head")
                statement = re.compile(self.terms.layout["statement"])
                text = rest.text
                dashed = statement.match(text)
                if dashed:
                    _, tail = rest.cut(
                        len(rest.parts[0][0]) - len(rest.parts[0][0][dashed.end() :].lstrip())
                    )
                    rest = evolve(tail, mark="dash")
                yield rest
                return
            if match:
                yield evolve(run, mark="head")
                return
        yield run

    @property
    def _flags(self) -> int:
        return re.IGNORECASE if self.terms.lang == "en" else 0

    def _part(self, run: Run) -> Part | None:
        """Which clause a heading opens."""
        if run.mark != "head":
            return None
        text = run.text.rstrip(":").strip()
        bare = _HEADING_ENDS.sub("", _HEADING_BEGINS.sub("", text))
        for part, pattern in self.terms.layout["sections"].items():
            if re.fullmatch(pattern, text, self._flags) or re.fullmatch(pattern, bare, self._flags):
                return part  # type: ignore[no-any-return]
        return None

    def _clause(self, run: Run) -> Part | None:
        """Which clause a run would open if it were marked as a heading."""
        return self._part(evolve(run, mark="head"))

    def _matches(self, run: Run, name: str, full: bool = True) -> re.Match[str] | None:
        pattern = self.terms.pattern("layout", name)
        return pattern.fullmatch(run.text) if full else pattern.search(run.text)

    def _starts(self) -> list[int]:
        """Where an indicator begins: at the business heading, or at responsibility where there is none."""
        found: list[int] = []
        seen: set[Part] = set()
        for i, run in enumerate(self.runs):
            part = self._part(run)
            if part is None:
                continue
            opens = part == "business" or (part == "responsibility" and "business" not in seen)
            if part == "responsibility" and "responsibility" in seen and "business" in seen:
                opens = True
            if opens and (part == "business" or "responsibility" in seen or not found):
                found.append(i)
                seen = set()
            seen.add(part)
        return [i for n, i in enumerate(found) if n == 0 or i != found[n - 1]]

    def _header(
        self, start: int, starts: list[int]
    ) -> tuple[int, tuple[int, ...], list[int], list[int]]:
        """Look back from the first clause for the levels and the field.

        Returns:
            The first run of the header, the levels, the runs of the field's name, all runs of it.
        """
        floor = max((s for s in starts if s < start), default=-1)
        levels: tuple[int, ...] = ()
        level_at: int | None = None
        names: list[int] = []
        all_: list[int] = []
        labelled = False
        i = start - 1
        while i > floor and start - i <= 14:
            run = self.runs[i]
            if run.mark in ("box", "dash", "dot") or self._part(run):
                break
            level_match = self.terms.pattern("layout", "level").search(run.text)
            title = self._title(run)
            if title in _PAGE_TITLES:
                all_.append(i)
                i -= 1
                if levels and (names or labelled):
                    break
                continue
            if title:
                break
            if self._matches(run, "field"):
                labelled = True
                all_.append(i)
            elif level_match and not levels and len(run.text) < 60:
                levels, level_at = levels_in(level_match[1]), i
                all_.append(i)
                if self._name_in(run):
                    names.insert(0, i)
            elif (
                run.mark == ""
                and len(run.text) < 60
                and not labelled
                and self._plain_name(run, names, levels)
            ):
                names.insert(0, i)
                all_.append(i)
            else:
                break
            i -= 1
        first = min(all_, default=start)
        if not labelled and len(names) > 1:
            # without the word "specialty field", only the run next to the level is its name
            near = names[-1:] if level_at is None or names[-1] <= level_at else names[:1]
            for n in names:
                if n not in near:
                    all_.remove(n)
            names = near
            first = min(all_, default=start)
        return first, levels, names, sorted(all_)

    def _plain_name(self, run: Run, names: list[int], levels: tuple[int, ...]) -> bool:
        if not levels and not names and not run.text:
            return False
        return not re.search(r"[。.]$", run.text) and not self._decoration(run)

    def _name_in(self, run: Run) -> str:
        """The field's name in a run, without level, label and page counter."""
        layout = self.terms.layout
        text = run.text
        for name in ("level", "counter"):
            text = re.sub(layout[name], " ", text, flags=self._flags)
        text = squeeze(text).strip(" :|-")
        text = re.sub(rf"^({layout['field']})", "", text, flags=self._flags).strip(" :|-")
        return text if self.terms.lang == "en" else tight(text)

    def _unnumbered(self, text: str) -> str:
        """A heading without the number of its chapter."""
        return self.terms.pattern("layout", "numbering").sub("", text).strip()

    def _title(self, run: Run) -> str | None:
        """Which known title a run is, if any."""
        if run.mark == "box" or len(run.text) > 80:
            return None
        text = run.text
        for name in ("proficiency", "skill_areas", "outline", "indicators"):
            if re.search(self.terms.layout[name], text, self._flags) and not text.endswith("。"):
                if name == "outline" and len(text) > 40:
                    continue
                return name
        if re.fullmatch(rf"({self.terms.layout['category']}).{{0,40}}", text, self._flags):
            return "category"
        return None

    def _decoration(self, run: Run) -> bool:
        if run.mark:
            return run.furniture
        return bool(
            run.furniture or re.search(self.terms.layout["decoration"], run.text, self._flags)
        )

    # blocks

    def _block(
        self,
        number: int,
        start: int,
        header: tuple[int, tuple[int, ...], list[int], list[int]],
        end: int,
        previous: str,
    ) -> list[Block]:
        """The indicator that begins at a run, once for each level that its heading names."""
        _, levels, names, runs = header
        name = self._joined_name(names) or previous
        for i in runs:
            self.uses[i] = "header"
        if not levels:
            return []
        sections = tuple(self._sections(number, start, end, name, levels))
        heading = tuple(self.runs[i] for i in runs)
        return [Block(number, name, level, heading, sections) for level in levels]

    def _joined_name(self, names: list[int]) -> str:
        parts = [self._name_in(self.runs[i]) for i in names]
        glue = " " if self.terms.lang == "en" else ""
        return glue.join(p for p in parts if p).strip()

    def _sections(
        self, number: int, start: int, end: int, name: str, levels: tuple[int, ...]
    ) -> Iterator[Section]:
        part: Part = "business"
        heading: Run | None = None
        body: list[int] = []
        i = start
        while i < end:
            run = self.runs[i]
            opened = self._part(run)
            if opened:
                if heading is not None:
                    yield self._section(part, heading, body)
                part, heading, body = opened, run, []
                self.uses[i] = f"block {number} {part}"
            elif (title := self._title(run)) and run.mark != "dash":
                if title not in _PAGE_TITLES or not self._goes_on(i, end):
                    break
                self.uses[i] = "title"
            elif self._decoration(run):
                self.uses[i] = "decoration"
            elif self._repeats_header(run, name, levels):
                self.uses[i] = "header"
            elif self._names_a_field(run):
                break
            else:
                body.append(i)
                self.uses[i] = f"block {number} {part}"
            i += 1
        if heading is not None:
            yield self._section(part, heading, body)

    def _goes_on(self, i: int, end: int) -> bool:
        """Whether an indicator goes on behind a title, as where a page ends within it."""
        return any(
            r.mark in ("box", "dot") or self._part(r) or (r.mark == "dash" and self._asks(r))
            for r in self.runs[i + 1 : min(end, i + 7)]
        )

    def _asks(self, run: Run) -> bool:
        """Whether a run states a condition of the professional contribution."""
        values = parse_sentence(run.text, self.terms.lang)
        return isinstance(values, tuple) and any(
            isinstance(v, AtDepth | HandsOn | Mentors) for v in values
        )

    def _repeats_header(self, run: Run, name: str, levels: tuple[int, ...]) -> bool:
        if run.mark or len(run.text) > 60:
            return False
        if self._matches(run, "field"):
            return True
        found = self.terms.pattern("layout", "level").search(run.text)
        rest = self._name_in(run)
        named = not rest or loose_key(rest) == loose_key(name)
        same = found is None or levels_in(found[1]) == levels
        return named and same and bool(found or rest)

    def _names_a_field(self, run: Run) -> bool:
        """Whether a line is the head of another field's indicators."""
        label = rf"({self.terms.layout['field']})(?<![::])\s*[::]\s*\S"
        return not run.mark and len(run.text) < 60 and bool(re.match(label, run.text, self._flags))

    def _section(self, part: Part, heading: Run, body: list[int]) -> Section:
        statements: list[tuple[Run | None, list[Run]]] = []
        for i in body:
            run = self.runs[i]
            asks = run.mark == "dot" and part == "professional" and self._asks(run)
            listed = bool(statements) and self._listed(run, statements[-1], part)
            if listed or (run.mark in ("box", "dot") and not asks):
                if not statements:
                    statements.append((None, []))
                statements[-1][1].append(run)
            elif (
                run.mark in ("dash", "bullet")
                or asks
                or not statements
                or self._opens(run, statements[-1], part)
            ):
                statements.append((run, []))
            elif run.kind == "item" or (
                run.cell
                and statements[-1][0]
                and run.cell != statements[-1][0].cell
                and not run.mark
            ):
                statements[-1][1].append(run)
            else:
                self._continue(statements, run)
        return Section(
            part,
            heading,
            tuple(s for said, items in statements for s in self._unrolled(said, items)),
        )

    def _listed(self, run: Run, last: tuple[Run | None, list[Run]], part: Part) -> bool:
        """Whether a dash stands before an item: the sentence before it announces a list."""
        said, items = last
        if run.mark != "dash" or said is None or self._asks(run):
            return False
        if any(i.mark != "dash" for i in items):
            return False
        layout = self.terms.layout
        announced = re.search(layout["announces"], said.text, self._flags)
        return bool(announced) and not re.search(layout["sentence_end"], run.text)

    def _opens(self, run: Run, last: tuple[Run | None, list[Run]], part: Part) -> bool:
        """Whether an unmarked run begins a statement: its words say so, the mark was lost."""
        said, items = last
        if said is None and not items:
            return True
        if not items and part != "professional":
            return False
        if not items and said is not None and not re.search(r"[。.)]$", said.text):
            return False
        return self._asks(run)

    def _continue(self, statements: list[tuple[Run | None, list[Run]]], run: Run) -> None:
        said, items = statements[-1]
        if items:
            if self._carries_on(items[-1], run):
                items[-1] = items[-1].with_more(run)
            else:
                items.append(run)
        elif said is not None:
            statements[-1] = (said.with_more(run), items)

    def _carries_on(self, item: Run, run: Run) -> bool:
        """Whether a line goes on with the item before it: a bracket is open, or the line was full."""
        text = item.text
        if text.count("(") > text.count(")"):
            return True
        if self.terms.pattern("layout", "goes_on").search(run.text):
            return True
        if self.terms.pattern("layout", "unfinished").search(text):
            return True
        widest = max((r.width for r in self.runs), default=0)
        return not run.apart and item.width >= min(60, 0.6 * widest)

    def _unrolled(self, said: Run | None, items: list[Run]) -> Iterator[Statement]:
        """Lists without marks, run together in one line, taken apart at their spaces."""
        if said is not None:
            match = re.search(self.terms.layout.get("statement_ends", "(?!)"), said.original)
            if match and len(said.parts) == 1 and match.end() < len(said.original):
                said, rest = said.cut(match.end())
                items = [rest, *items]
        unmarked = [r for r in items if r.mark not in ("box", "dot")]
        if unmarked and len(unmarked) == len(items):
            items = [p for r in items for p in _apart(r)]
        yield Statement(said, tuple(items))

    # outside the blocks

    def _bears_nothing(self, run: Run) -> bool:
        """Whether the grammar finds nothing in a text that a rule could depend on."""
        return all(
            parse_sentence(sentence, self.terms.lang) == ()
            for _, sentence in sentences_of(run.text, self.terms.lang)
        )

    def _category(self, blocks: list[Block]) -> tuple[str, Run | None]:
        """The name of the category: behind its label, else in the heading of the indicators."""
        label = re.compile(
            rf"({self.terms.layout['category']})\s*[::]\s*(?P<name>\S.*)", self._flags
        )
        for i, run in enumerate(self.runs):
            text = run.text
            if (
                (match := label.fullmatch(text))
                and len(match["name"]) < 60
                and not self._matches(run, "field")
            ):
                return match["name"].strip(), run
            if re.fullmatch(self.terms.layout["category"], text, self._flags) and i + 1 < len(
                self.runs
            ):
                following = self.runs[i + 1]
                if following.cell and len(following.text) < 60:
                    return following.text, following
        pattern = re.compile(self.terms.layout["category_title"], self._flags)
        for run in self.runs:
            if (match := pattern.fullmatch(run.text)) and match["name"].strip():
                return match["name"].strip(), run
        return "", None

    def _level_table(self) -> LevelTable | None:
        """Rows of levels under a row of fields, with or without their marks."""
        for i, run in enumerate(self.runs):
            if not (run.cell and run.cell[1] == 1 and self._matches(run, "field")):
                continue
            row = run.cell[0]
            heads = [(j, r) for j, r in self._row(i + 1, row)]
            rows: list[tuple[int, dict[int, str]]] = []
            j = i + 1 + len(heads)
            used = [i, *(j for j, _ in heads)]
            while j < len(self.runs):
                level = self.terms.pattern("layout", "level").fullmatch(self.runs[j].text)
                if not level:
                    break
                cells: dict[int, str] = {}
                used.append(j)
                here = self.runs[j].cell
                for k, r in self._row(j + 1, here[0] if here else -1):
                    cells[r.cell[1] if r.cell else 0] = r.text or "□"
                    used.append(k)
                rows += [(n, cells) for n in levels_in(level[1])]
                j = used[-1] + 1
            if len(rows) < 3 or len(heads) < 1:
                continue
            for k in used:
                self.uses[k] = "table"
            if i and self.runs[i - 1].cell and i - 2 >= 0:
                for k in (i - 1, i - 2):
                    above = self.runs[k].cell
                    if above and above[0] == row - 1:
                        self.uses[k] = "table"
            marks = frozenset(
                (r.text, level)
                for level, cells in rows
                for _, r in heads
                if r.cell and cells.get(r.cell[1], "").strip()
            )
            return LevelTable(
                tuple(r for _, r in heads),
                tuple(level for level, _ in rows),
                marks,
                tuple(self.runs[k] for k in used),
            )
        return None

    def _row(self, start: int, row: int) -> Iterator[tuple[int, Run]]:
        for j in range(start, len(self.runs)):
            cell = self.runs[j].cell
            if cell is None or cell[0] != row or cell[1] == 1:
                return
            yield j, self.runs[j]

    def _outside(
        self, first: int, category: str, blocks: list[Block], table: LevelTable | None
    ) -> tuple[tuple[str, Run], ...]:
        """Account for what stands outside the indicators; returns the fields that it names."""
        names = {loose_key(b.field_name): b.field_name for b in blocks}
        fields: dict[str, tuple[str, Run]] = {}
        region = ""
        for i, run in enumerate(self.runs):
            if i in self.uses:
                if self.uses[i].startswith("block"):
                    region = ""
                continue
            title = self._title(run)
            if self._decoration(run):
                self.uses[i] = "decoration"
            elif self._matches(run, "field"):
                self.uses[i] = region if region == "skills" else "header"
            elif title in ("skill_areas", "proficiency"):
                self.uses[i], region = "title", "skills"
            elif title == "indicators":
                self.uses[i], region = "title", ""
            elif title == "outline":
                self.uses[i], region = "title", "outline"
            elif loose_key(run.text) in names:
                fields.setdefault(names[loose_key(run.text)], (names[loose_key(run.text)], run))
                self.uses[i] = "title" if region != "skills" else "skills"
                region = region or "outline"
            elif title == "category" or (
                category and loose_key(self._unnumbered(run.text)) == loose_key(category)
            ):
                self.uses[i] = "title"
            elif region:
                self.uses[i] = region
            elif run.kind == "heading":
                self.uses[i] = "title"
            elif self._bears_nothing(run):
                long = len(run.text) > (60 if self.terms.lang == "en" else 30)
                self.uses[i] = "outline" if long or re.search(r"[。.]$", run.text) else "title"
        return tuple(fields.values())


_HEADING_BEGINS = re.compile(
    r"^[\s◎▼▽▶★☆◆◇■□●○・•*#-]*(\(?[0-9]{1,2}[).．]\s*)?[<〈《〔\[【「(]?\s*"
)
_HEADING_ENDS = re.compile(r"[>〉》〕\]】」):*\s]+$")
_SPACED = re.compile(
    r"(?<=[^\x21-\x7e\s])\s+(?=[^\x21-\x7e\s])|(?<=\))\s+(?=\S)|(?<=以上)\s+(?=\S)|(?<=未満)\s+(?=\S)"
)
_SAME_UNIT = re.compile(r"([^\d\s]{1,3})以上$")


def _apart(run: Run) -> list[Run]:
    """The items of a list that lost its marks; the spaces around figures are layout."""
    found: list[Run] = []
    rest = run
    while match := next(
        (m for m in _SPACED.finditer(rest.parts[0][0]) if not _one_range(rest.parts[0][0], m)), None
    ):
        head, rest = rest.cut(match.end())
        found.append(head)
    return [*found, rest]


def _one_range(text: str, match: re.Match[str]) -> bool:
    """Whether the space stands within a range: 1000 人以上 3000 人未満."""
    unit = _SAME_UNIT.search(re.sub(r"\s", "", text[: match.start()]))
    return bool(unit and re.match(rf"[\d,]+\s*{re.escape(unit[1])}未満", text[match.end() :]))
