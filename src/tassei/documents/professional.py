"""The professional contribution of a block, the task characteristics of V1, and the remarks."""

import re
from collections.abc import Iterator
from typing import Literal

from attrs import define, evolve

from tassei.documents.business import Said, share
from tassei.documents.clausework import Clauses, Remark, contradicted, first, picked
from tassei.documents.grammar.clauses import (
    AtDepth,
    FollowsManuals,
    HandsOn,
    Mentors,
    NotUnderstood,
    Pick,
    Recognised,
    Times,
    Value,
)
from tassei.documents.grammar.parse import parse_sentence, sentences_of
from tassei.documents.grammar.terms import examination_titles
from tassei.documents.normal import loose_key
from tassei.documents.outline import Statement
from tassei.documents.runs import Run
from tassei.framework.indicator import (
    ALL,
    SOME,
    Areas,
    Contributions,
    Examination,
    Professional,
    Succession,
    Tasks,
)
from tassei.framework.vocabulary import Term
from tassei.text import Text


@define
class ProfessionalPart(Clauses):
    """Reads what was given back to the profession, and what stands beside it."""

    def professional(self) -> Professional:
        section = self.block.section("professional")
        found = Professional()
        for statement in section.statements if section else ():
            values = self._professional_values(statement)
            times = first(values, Times)
            count = picked(values) or (Pick(times.at_least) if times else None)
            if first(values, HandsOn) and count:
                found = evolve(found, succession=self._succession(statement, count))
            elif first(values, Mentors):
                found = evolve(found, mentoring=self.place(statement.line))
                self._after_mentoring(statement, found)
            elif depth := first(values, AtDepth):
                found = evolve(found, areas=self._areas(statement, values, depth))
            elif values is not None and not self.unparsed_at(statement.line):
                sign = statement.said.text if statement.said else statement.items[0].text
                self.not_understood("areas", statement, sign, sign)
        return found

    def _professional_values(self, statement: Statement) -> list[Value]:
        values: list[Value] = []
        if statement.said is None:
            return values
        for _, sentence in sentences_of(statement.said.text, self.terms.lang):
            read = parse_sentence(sentence, self.terms.lang)
            if isinstance(read, NotUnderstood):
                self.not_understood("areas", statement, sentence, read.sign)
            else:
                values += read
        return values

    def _areas(self, statement: Statement, values: list[Value], depth: AtDepth) -> Areas:
        depths = [v.depth for v in values if isinstance(v, AtDepth)]
        pick = picked(values)
        if sign := contradicted(v for v in values if isinstance(v, Pick)):
            self.not_understood("areas", statement, sign=sign)
        asked = pick.at_least if pick else None
        items = tuple(
            {
                t.id: t
                for t in (
                    self.term("areas", run, n) for n, run in enumerate(statement.items, start=1)
                )
            }.values()
        )
        at_least: int | Literal["all", "some"] | None
        match asked:
            case "any":
                at_least = 1
            case "all":
                at_least = ALL
            case "some":
                at_least = SOME
            case "half" | "most" as part:
                at_least = share(part, len(items))
            case int() if asked <= len(items):
                at_least = asked
            case None:
                at_least = None
            case _:
                self.not_understood("areas", statement, sign=str(asked))
                at_least = None
        return Areas(
            self.place(statement.line),
            depths[-1] if self.terms.lang == "ja" else max(depths),
            items,
            at_least,
        )

    def _succession(self, statement: Statement, count: Pick) -> Succession:
        items = tuple(
            self.term("succession", run, n) for n, run in enumerate(statement.items, start=1)
        )
        at_least = count.at_least if isinstance(count.at_least, int) else 1
        if not items:
            self.not_understood("succession", statement, sign=str(at_least))
        return Succession(self.place(statement.line), at_least, items)

    def _after_mentoring(self, statement: Statement, found: Professional) -> None:
        """A list behind the mentoring is the list of succession, printed again."""
        known = {
            loose_key(t.name[self.terms.lang])
            for t in (found.succession.items if found.succession else ())
        }
        extra = [r for r in statement.items if loose_key(r.text) not in known]
        if extra:
            self.not_understood("mentoring", extra[0], extra[0].text, extra[0].text)
        elif statement.items:
            self.book.remarks.append(
                Remark(
                    statement.items[0].line,
                    Text(
                        "技術の継承の一覧が重ねて印刷されている",
                        "the list of technology succession is printed again",
                    ),
                )
            )

    def tasks(self, said: Said) -> tuple[Tasks | None, Contributions | None]:
        section = self.block.section("tasks")
        if section is None:
            return None, None
        runs = [i for s in section.statements for i in s.items]
        place = self.place(section.line)
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
            manual = str(self.terms.raw["manual_task"])
            noted.append(self.naming.by_id("tasks", manual, manual, named=False))
        return Tasks(place, tuple(items), tuple(noted)), contributions

    def _task_items(self, text: str, line: int, before: int) -> Iterator[Term]:
        """Task characteristics run together; those known by name are cut out, the rest at commas."""
        position = 0
        n = before
        found: list[tuple[int, int, str]] = []
        for pattern, task in self.terms.tasks:
            match = pattern.search(text)
            if match and not any(s < match.end() and match.start() < e for s, e, _ in found):
                found.append((match.start(), match.end(), task))
        for start, end, task in [*sorted(found), (len(text), len(text), "")]:
            for rest in text[position:start].split("、"):
                if rest.strip(" 、"):
                    n += 1
                    yield self.term("tasks", rest.strip(" 、"), n, line)
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
                items.append(self.term("succession", name, n, line))
        return Contributions(self.place(line), tuple(items), mentoring)

    def examinations(self) -> Iterator[Examination]:
        section = self.block.section("remarks")
        for statement in section.statements if section else ():
            runs = [r for r in (statement.said, *statement.items) if r]
            for run in runs:
                yield from self._examination(run)

    def _examination(self, run: Run) -> Iterator[Examination]:
        text = run.text
        read = parse_sentence(text, self.terms.lang)
        said = None if isinstance(read, NotUnderstood) else first(read, Recognised)
        names = [
            i for i, p in self.terms.examinations if p.search(text) or re.search(rf"\b{i}\b", text)
        ]
        if said is None or not names or said.level not in (None, self.block.level):
            sign = read.sign if isinstance(read, NotUnderstood) else text
            self.not_understood("examinations", run, text, sign)
            return
        for name in names:
            title = examination_titles()[name]
            yield Examination(
                self.place(run.line), name, Term(name, Text(title["ja"], title["en"]))
            )
