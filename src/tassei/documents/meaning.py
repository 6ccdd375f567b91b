"""A block of a document -> an `Indicator`: what the sentences of its clauses say, put together.

The grammar has read each sentence; here the values become the clauses of `framework.indicator`. What
could not be read becomes an `Unparsed` clause beside them; what was read with a remark says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from attrs import define, evolve, field, frozen

from tassei.documents.grammar.clauses import (
    Achieved,
    Amount,
    AnyComplexity,
    AnySize,
    AtDepth,
    Continuing,
    Experienced,
    FollowsManuals,
    ForYears,
    HandsOn,
    InRole,
    InWords,
    Leads,
    Mandatory,
    Mentors,
    NotUnderstood,
    OfLevel,
    OneComponent,
    OutcomeNamed,
    Pick,
    Recognised,
    SameSizeAs,
    Success,
    TakesPart,
    Times,
    UnderGuidance,
    Value,
    WithComplexity,
)
from tassei.documents.grammar.parse import Read, parse_sentence, parse_size, sentences_of
from tassei.documents.grammar.terms import Terms, examination_titles
from tassei.documents.measures import Measures
from tassei.documents.naming import Naming
from tassei.documents.normal import key, loose_key
from tassei.documents.runs import Run
from tassei.documents.structure import Block, Section, Statement
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
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Term
from tassei.source import Place
from tassei.text import Text


@frozen
class Remark:
    """Something that was read, and that a person should look at."""

    line: int
    text: Text


@frozen
class Problem:
    """A passage of an indicator that was not understood.

    Args:
        clause: of the indicator.
        text: the sentence or list item, as the grammar saw it; empty where something is missing.
        sign: what fits nowhere in it.
        pieces: numbers of the pieces of the document that it touches.
    """

    field_name: str
    level: int
    clause: str
    line: int
    text: str
    sign: str
    pieces: tuple[int, ...]


@define
class Meaning:
    """Reads the blocks of one document; new terms and measures gather in `naming` and `measures`."""

    document: str
    terms: Terms
    naming: Naming
    measures: Measures
    remarks: list[Remark] = field(factory=list)
    problems: list[Problem] = field(factory=list)

    def indicator(self, block: Block, field_id: str) -> Indicator:
        return _Block(self, block, field_id).indicator()

    def restored(self, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
        """Succession lists with doubled items, restored to the list that the document has elsewhere."""
        found = tuple(indicators)
        lists = Counter(
            tuple(t.id for t in i.professional.succession.items)
            for i in found
            if i.professional.succession and _distinct(i.professional.succession.items)
        )
        if not lists:
            return found
        usual = lists.most_common(1)[0][0]
        names = {
            t.id: t
            for i in found
            if i.professional.succession
            for t in i.professional.succession.items
        }
        return tuple(self._restore(i, tuple(names[n] for n in usual)) for i in found)

    def _restore(self, indicator: Indicator, usual: tuple[Term, ...]) -> Indicator:
        kinds = indicator.professional.succession
        if kinds is None or _distinct(kinds.items):
            return indicator
        if not {t.id for t in kinds.items} < {t.id for t in usual}:
            return indicator
        self.remarks.append(
            Remark(
                kinds.place.line,
                Text(
                    "技術の継承の一覧に重複があるため、この文書のほかの一覧で補った",
                    "the list of technology succession has doubled items; restored from the other lists of the document",
                ),
            )
        )
        return evolve(
            indicator,
            professional=evolve(indicator.professional, succession=evolve(kinds, restored=usual)),
        )


def _distinct(terms: tuple[Term, ...]) -> bool:
    return len({t.id for t in terms}) == len(terms)


@define
class _Block:
    """One indicator on its way; each method answers for one clause."""

    whole: Meaning
    block: Block
    field_id: str
    unparsed: list[Unparsed] = field(factory=list)

    @property
    def naming(self) -> Naming:
        return self.whole.naming

    @property
    def terms(self) -> Terms:
        return self.whole.terms

    def indicator(self) -> Indicator:
        said = {
            s.part: [(v, st.line) for st in s.statements for v in self._values(st, s)]
            for s in self.block.sections
            if s.part in ("responsibility", "complexity", "size", "tasks")
        }
        everywhere = [v for part in said.values() for v in part]
        responsibility = self._responsibility(said.get("responsibility", []), everywhere)
        complexity = self._complexity(said.get("complexity", []))
        size_section = self.block.section("size")
        size = self._size(size_section)
        tasks, contributions = self._tasks(said.get("tasks", []))
        professional = self._professional()
        return Indicator(
            field_id=self.field_id,
            level=self.block.level,
            place=self._place(self.block.line),
            responsibility=responsibility,
            complexity=complexity,
            size=size,
            size_place=self._place(size_section.line if size_section else self.block.line),
            professional=evolve(professional, contributions=contributions),
            tasks=tasks,
            examinations=tuple(self._examinations()),
            unparsed=tuple(self.unparsed),
        )

    def _place(self, line: int) -> Place:
        return Place(self.whole.document, max(line, 1))

    def _at(self, n: int) -> str:
        return f"{self.field_id}-{self.block.level}-{n}"

    def _term(self, kind: str, run: Run | str, n: int, line: int = 0) -> Term:
        name = run if isinstance(run, str) else run.text
        return self.naming.term(
            kind, name.strip(" 。.、,;"), at=self._at(n), line=line or getattr(run, "line", 0)
        )

    def _not_understood(
        self, clause: str, where: Run | Statement | Section | None, text: str = "", sign: str = ""
    ) -> None:
        """Report a passage, or that something is missing at a place."""
        run = _run_of(where)
        line = run.line if run else self.block.line
        self.unparsed.append(Unparsed(self._place(line), clause, sign[:60]))
        self.whole.problems.append(
            Problem(
                self.block.field_name,
                self.block.level,
                clause,
                line,
                text,
                sign,
                run.pieces if run else (),
            )
        )

    def _values(self, statement: Statement, section: Section) -> Iterator[Value]:
        """What the sentences of a statement say; a sentence that cannot be read is reported."""
        if statement.said is None:
            return
        clause = _CLAUSES[section.part]
        for _, sentence in sentences_of(statement.said.text, self.terms.lang):
            read = parse_sentence(sentence, self.terms.lang)
            if isinstance(read, NotUnderstood):
                if section.part == "size":
                    # a size may stand in the sentence itself
                    continue
                self._not_understood(clause, statement, sentence, read.sign)
            else:
                yield from read

    # business contribution

    def _responsibility(
        self, said: list[tuple[Value, int]], everywhere: list[tuple[Value, int]]
    ) -> Responsibility:
        values = [v for v, _ in said]
        anywhere = [v for v, _ in everywhere]
        section = self.block.section("responsibility")
        level = _first(values, OfLevel)
        times = _first(values, Times) or _first(anywhere, Times)
        years = _first(values, ForYears)
        engagements = None
        if times:
            engagements = Engagements(times.at_least)
            if level and level.of_which is not None:
                engagements = Engagements(
                    times.at_least, level.of_which, level.of_which_level, level.level
                )
        counted = level is not None and level.of_which is not None
        return Responsibility(
            place=self._place(section.line if section else self.block.line),
            role=self._role(values, anywhere),
            supervised=_first(anywhere, UnderGuidance) is not None,
            succeeded=_first(anywhere, Success) is not None,
            continued=_first(anywhere, Continuing) is not None,
            years=years.years if years else None,
            engagements=engagements,
            work_level=level.level if level and not counted else None,
            or_above=level is not None and level.or_above,
            outcomes=tuple(self._outcomes(said, section)),
            experiences=tuple(self._experiences(said)),
            implied=dict(self._implied(said)),
        )

    def _role(self, values: list[Value], anywhere: list[Value]) -> Role:
        for where in (values, anywhere):
            if role := _first(where, InRole):
                return role.role
        if _first(anywhere, Leads):
            return Role.LEADER
        if _first(anywhere, TakesPart):
            return Role.PARTICIPANT
        section = self.block.section("responsibility")
        if not any(u.clause == "responsibility" for u in self.unparsed):
            self._not_understood("responsibility", section)
        return Role.PARTICIPANT

    def _outcomes(
        self, said: list[tuple[Value, int]], section: Section | None
    ) -> Iterator[Term]:
        seen: set[str] = set()
        found: list[Term] = []
        for n, (value, line) in enumerate(said, start=1):
            if isinstance(value, OutcomeNamed):
                found.append(self.naming.by_id("outcomes", value.id, value.phrase, named=False))
            elif isinstance(value, Achieved):
                found += [self._outcome(name, n, line) for name in value.names]
        if section:
            for n, run in enumerate((i for s in section.statements for i in s.items), start=1):
                found.append(self._outcome(run.text, n, run.line))
        for term in found:
            if term.id not in seen:
                seen.add(term.id)
                yield term

    def _outcome(self, name: str, n: int, line: int) -> Term:
        name = re.sub(r"等$", "", name.strip())
        for pattern, outcome in self.terms.outcome_words:
            if pattern.fullmatch(name):
                return self.naming.by_id("outcomes", outcome, name)
        return self._term("outcomes", name, n, line)

    def _experiences(self, said: list[tuple[Value, int]]) -> Iterator[Term]:
        n = 0
        for value, line in said:
            if isinstance(value, Experienced):
                for name in value.names:
                    for one in self._apart(name):
                        n += 1
                        yield self._term("activities", one, n, line)

    def _apart(self, name: str) -> tuple[str, ...]:
        """ "A and B of X": two activities where both are known by name, else one."""
        if self.naming.known("activities", name):
            return (name,)
        return next(
            (
                tuple(term.name[self.terms.lang] for term in found if term)
                for candidates in _splits(name, self.terms.lang)
                if all(found := [self._activity(c) for c in candidates])
            ),
            (name,),
        )

    def _activity(self, name: str) -> Term | None:
        """A known activity by its name, or by how its name begins or ends."""
        if known := self.naming.known("activities", name):
            return known
        wanted = loose_key(name)
        if len(wanted) < 4:
            return None
        fits = {
            term.id: term
            for (kind, _), term in self.naming._known.items()
            if kind == "activities"
            and (
                loose_key(term.name[self.terms.lang]).endswith(wanted)
                or wanted.startswith(loose_key(term.name[self.terms.lang]))
            )
        }
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _implied(self, said: list[tuple[Value, int]]) -> Iterator[tuple[str, Term]]:
        lists = self.terms.raw["implied"]
        for n, (value, line) in enumerate(said, start=1):
            if isinstance(value, Leads) and value.whom:
                known = next(
                    (
                        i
                        for i, patterns in lists["R-LEADS"].items()
                        for p in patterns
                        if re.fullmatch(p, value.whom, re.IGNORECASE)
                    ),
                    None,
                )
                name = self.terms.raw["leading"].format(value.whom)
                if known:
                    yield "R-LEADS", self.naming.by_id("activities", known, name)
                else:
                    yield "R-LEADS", self._term("activities", name, n, line)
            elif isinstance(value, OneComponent):
                activity = next(
                    i for i, which in lists["R-COMPONENT"].items() if which == value.which
                )
                name = self.terms.raw["components"][value.which]
                yield "R-COMPONENT", self.naming.by_id("activities", activity, name, named=False)

    def _complexity(self, said: list[tuple[Value, int]]) -> Complexity:
        section = self.block.section("complexity")
        if section is None:
            self._not_understood("complexity", None)
            return Complexity(self._place(self.block.line))
        values = [v for v, _ in said]
        runs = [i for s in section.statements for i in s.items]
        place = self._place(section.line)
        criteria = tuple(self._term("criteria", run, n) for n, run in enumerate(runs, start=1))
        criteria = tuple({t.id: t for t in criteria}.values())
        pick = _picked(values)
        if pick is None:
            silent = not runs and _first(values, AnyComplexity)
            if not silent and not self._unparsed_in("complexity"):
                self._not_understood("complexity", section)
            return Complexity(place, 0, (), criteria)
        asked = pick.at_least
        at_least: int | str = (
            SOME if asked == "some" else 1 if asked == "any" else len(criteria) if asked == "all" else asked
        )
        if isinstance(at_least, int) and at_least > len(criteria):
            self._not_understood("complexity", section, sign=str(at_least))
            at_least = len(criteria)
        required = tuple(
            r for v in values if isinstance(v, Mandatory) for r in self._required(v, criteria, section)
        )
        simple = self.terms.pattern("simplicity")
        ceiling = bool(runs) and all(simple.search(r.text) for r in runs)
        return Complexity(
            place, at_least, required, criteria, "ceiling" if ceiling else "demand"  # type: ignore[arg-type]
        )

    def _unparsed_in(self, clause: str) -> bool:
        return any(u.clause == clause for u in self.unparsed)

    def _required(
        self, said: Mandatory, criteria: tuple[Term, ...], section: Section
    ) -> Iterator[str]:
        lang = self.terms.lang
        for name in said.names:
            fits = [
                t.id for t in criteria if loose_key(t.name[lang]).startswith(loose_key(name))
            ] or [t.id for t in criteria if loose_key(name) in loose_key(t.name[lang])]
            if len(fits) == 1:
                yield fits[0]
            else:
                self._not_understood("complexity", section, name, name)

    def _size(self, section: Section | None) -> tuple[SizeItem, ...]:
        found: list[SizeItem] = []
        if section is None:
            self._not_understood("size", None)
            return ()
        lang = self.terms.lang
        for statement in section.statements:
            for run in statement.items:
                if item := self._size_item(parse_size(run.text.rstrip("。."), lang), run):
                    found.append(item)
            if statement.said:
                found += self._size_said(statement.said)
        return tuple(found)

    def _size_said(self, run: Run) -> Iterator[SizeItem]:
        """A size that stands in the sentence instead of a list."""
        for _, sentence in sentences_of(run.text, self.terms.lang):
            if isinstance(parse_sentence(sentence, self.terms.lang), NotUnderstood):
                item = self._size_item(parse_size(sentence.rstrip("。."), self.terms.lang), run)
                if item:
                    yield item

    def _size_item(self, read: Read, run: Run) -> SizeItem | None:
        if isinstance(read, NotUnderstood):
            self._not_understood("size", run, run.text, read.sign)
            return None
        if _first(read, AnySize) and not any(isinstance(v, Amount) for v in read):
            return None
        condition = _first(read, WithComplexity)
        same = _first(read, SameSizeAs)
        any_of = tuple(
            self.whole.measures.bound(v, run, self.block.field_name, self._at(n))
            for n, v in enumerate(read, start=1)
            if isinstance(v, Amount | InWords)
        )
        for value in read:
            if isinstance(value, Amount) and value.bare:
                self.whole.remarks.append(
                    Remark(
                        run.line,
                        Text(
                            "数値に「以上」「未満」がないため、「以上」と読んだ",
                            'the figure has no "or more" or "less than"; read as "or more"',
                        ),
                    )
                )
        if not any_of and same is None:
            self._not_understood("size", run, run.text, run.text)
            return None
        return SizeItem(
            self._place(run.line),
            any_of if same is None else (),
            condition.at_least if condition else None,
            condition.leading if condition else False,
            same.level if same else None,
        )

    # professional contribution

    def _professional(self) -> Professional:
        section = self.block.section("professional")
        found = Professional()
        for statement in section.statements if section else ():
            values = self._professional_values(statement)
            times = _first(values, Times)
            count = _picked(values) or (Pick(times.at_least) if times else None)
            if _first(values, HandsOn) and count:
                found = evolve(found, succession=self._succession(statement, count))
            elif _first(values, Mentors):
                found = evolve(found, mentoring=self._place(statement.line))
                self._after_mentoring(statement, found)
            elif depth := _first(values, AtDepth):
                found = evolve(found, areas=self._areas(statement, values, depth))
            elif values is not None and not self._unparsed_at(statement.line):
                sign = statement.said.text if statement.said else statement.items[0].text
                self._not_understood("areas", statement, sign, sign)
        return found

    def _unparsed_at(self, line: int) -> bool:
        return any(u.place.line == line for u in self.unparsed)

    def _professional_values(self, statement: Statement) -> list[Value]:
        values: list[Value] = []
        if statement.said is None:
            return values
        for _, sentence in sentences_of(statement.said.text, self.terms.lang):
            read = parse_sentence(sentence, self.terms.lang)
            if isinstance(read, NotUnderstood):
                self._not_understood("areas", statement, sentence, read.sign)
            else:
                values += read
        return values

    def _areas(self, statement: Statement, values: list[Value], depth: AtDepth) -> Areas:
        depths = [v.depth for v in values if isinstance(v, AtDepth)]
        pick = _picked(values)
        asked = pick.at_least if pick else None
        items = tuple(
            {
                t.id: t
                for t in (
                    self._term("areas", run, n) for n, run in enumerate(statement.items, start=1)
                )
            }.values()
        )
        at_least = {None: None, "any": 1, "some": SOME, "all": ALL}.get(asked, asked)  # type: ignore[call-overload]
        if at_least == SOME or (isinstance(at_least, int) and at_least > len(items)):
            self._not_understood("areas", statement, sign=str(asked))
            at_least = None
        return Areas(self._place(statement.line), depths[-1] if self.terms.lang == "ja" else max(depths), items, at_least)

    def _succession(self, statement: Statement, count: Pick) -> Succession:
        items = tuple(
            self._term("succession", run, n) for n, run in enumerate(statement.items, start=1)
        )
        at_least = count.at_least if isinstance(count.at_least, int) else 1
        if not items:
            self._not_understood("succession", statement, sign=str(at_least))
        return Succession(self._place(statement.line), at_least, items)

    def _after_mentoring(self, statement: Statement, found: Professional) -> None:
        """A list behind the mentoring is the list of succession, printed again."""
        known = {loose_key(t.name[self.terms.lang]) for t in (found.succession.items if found.succession else ())}
        extra = [r for r in statement.items if loose_key(r.text) not in known]
        if extra:
            self._not_understood("mentoring", extra[0], extra[0].text, extra[0].text)
        elif statement.items:
            self.whole.remarks.append(
                Remark(
                    statement.items[0].line,
                    Text(
                        "技術の継承の一覧が重ねて印刷されている",
                        "the list of technology succession is printed again",
                    ),
                )
            )

    # first edition, and remarks

    def _tasks(
        self, said: list[tuple[Value, int]]
    ) -> tuple[Tasks | None, Contributions | None]:
        section = self.block.section("tasks")
        if section is None:
            return None, None
        runs = [i for s in section.statements for i in s.items]
        place = self._place(section.line)
        items: list[Term] = []
        noted: list[Term] = []
        contributions = None
        lists = self.terms.raw["contributions"]
        tail = re.compile(lists["tail"])
        for run in runs:
            text = run.text.strip(" 、。")
            if match := tail.search(text):
                contributions = self._contributions(text[: match.start()], run.line)
            else:
                items += self._task_items(text, run.line, len(items))
        if any(isinstance(v, FollowsManuals) for v, _ in said):
            name = next(
                (t.name[self.terms.lang] for (k, _), t in self.naming._known.items() if k == "tasks" and t.id == self.terms.raw["manual_task"]),
                self.terms.raw["manual_task"],
            )
            noted.append(self.naming.by_id("tasks", self.terms.raw["manual_task"], name))
        return Tasks(place, tuple(items), tuple(noted)), contributions

    def _task_items(self, text: str, line: int, before: int) -> Iterator[Term]:
        """Task characteristics run together; those known by name are cut out, the rest at commas."""
        position = 0
        n = before
        found: list[tuple[int, int, str]] = []
        for pattern, task in self.terms.tasks:
            if match := pattern.search(text):
                if not any(s < match.end() and match.start() < e for s, e, _ in found):
                    found.append((match.start(), match.end(), task))
        for start, end, task in [*sorted(found), (len(text), len(text), "")]:
            for rest in text[position:start].split("、"):
                if rest.strip(" 、"):
                    n += 1
                    yield self._term("tasks", rest.strip(" 、"), n, line)
            if task:
                n += 1
                yield self.naming.by_id("tasks", task, text[start:end])
            position = end

    def _contributions(self, text: str, line: int) -> Contributions:
        lists = self.terms.raw["contributions"]
        mentoring = None
        items: list[Term] = []
        for n, name in enumerate(re.split(lists["splits"], text), start=1):
            if re.fullmatch(lists["mentoring"], name):
                mentoring = Term(lists["mentoring_id"], Text(name, lists["mentoring_other"]))
            elif name:
                items.append(self._term("succession", name, n, line))
        return Contributions(self._place(line), tuple(items), mentoring)

    def _examinations(self) -> Iterator[Examination]:
        section = self.block.section("remarks")
        for statement in section.statements if section else ():
            runs = [r for r in (statement.said, *statement.items) if r]
            for run in runs:
                yield from self._examination(run)

    def _examination(self, run: Run) -> Iterator[Examination]:
        text = run.text
        read = parse_sentence(text, self.terms.lang)
        said = None if isinstance(read, NotUnderstood) else _first(read, Recognised)
        names = [i for i, p in self.terms.examinations if p.search(text) or re.search(rf"\b{i}\b", text)]
        if said is None or not names or said.level not in (None, self.block.level):
            sign = read.sign if isinstance(read, NotUnderstood) else text
            self._not_understood("examinations", run, text, sign)
            return
        for name in names:
            title = examination_titles()[name]
            yield Examination(self._place(run.line), name, Term(name, Text(title["ja"], title["en"])))


def _run_of(where: Run | Statement | Section | None) -> Run | None:
    """The run by which a place is shown: the sentence, else the heading."""
    match where:
        case Statement():
            return where.said or next(iter(where.items), None)
        case Section():
            return _run_of(where.statements[0]) if where.statements else where.heading
    return where


_CLAUSES = {
    "responsibility": "responsibility",
    "complexity": "complexity",
    "size": "size",
    "tasks": "tasks",
}


T = TypeVar("T")


def _first(values: Iterable[object], kind: type[T]) -> T | None:
    return next((v for v in values if isinstance(v, kind)), None)


def _picked(values: list[Value]) -> Pick | None:
    """How many of a list: "any one of them" may be said as "any of the following, one"."""
    if pick := _first(values, Pick):
        return pick
    component = _first(values, OneComponent)
    return Pick("any") if component and component.which == "any" else None


def _splits(name: str, lang: str) -> Iterator[tuple[str, ...]]:
    """Ways to read "A and B of X" as two things."""
    if lang == "ja":
        if "と" in name:
            first, _, second = name.partition("と")
            yield (first, second)
        return
    match = re.fullmatch(r"(?P<a>[\w ]+?) and (?P<b>[\w ]+?) (?P<of>of .+)", name)
    if match:
        yield (f"{match['a']} {match['of']}", f"{match['b']} {match['of']}")
    match = re.fullmatch(r"(?P<a>.+?) and (?P<b>.+)", name)
    if match:
        yield (match["a"], match["b"])
