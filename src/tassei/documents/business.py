"""The business contribution of a block: responsibility, complexity, size."""

import re
from collections.abc import Iterator
from typing import Literal

from attrs import define

from tassei.documents.clausework import Clauses, Remark, contradicted, first, picked
from tassei.documents.grammar.clauses import (
    Achieved,
    Amount,
    AnyComplexity,
    AnySize,
    Continuing,
    Experienced,
    ForYears,
    InRole,
    InWords,
    Leads,
    Mandatory,
    NotUnderstood,
    OfLevel,
    OneComponent,
    OutcomeNamed,
    Pick,
    SameSizeAs,
    Success,
    TakesPart,
    Times,
    UnderGuidance,
    Value,
    WithComplexity,
)
from tassei.documents.grammar.parse import Read, parse_sentence, parse_size, sentences_of
from tassei.documents.normal import loose_key
from tassei.documents.outline import Section
from tassei.documents.runs import Run
from tassei.framework.indicator import SOME, Complexity, Engagements, Responsibility, SizeItem
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Term
from tassei.text import Text

Said = list[tuple[Value, int]]
"""What the sentences of a clause say, each with its line."""


@define
class Business(Clauses):
    """Reads the clauses of the business contribution."""

    def responsibility(self, said: Said, everywhere: Said) -> Responsibility:
        values = [v for v, _ in said]
        anywhere = [v for v, _ in everywhere]
        section = self.block.section("responsibility")
        if sign := contradicted(v for v in values if not isinstance(v, Pick)):
            self.not_understood("responsibility", section, sign=sign)
        level = first(values, OfLevel)
        times = first(values, Times) or first(anywhere, Times)
        years = first(values, ForYears)
        engagements = None
        if times:
            engagements = Engagements(times.at_least)
            if level and level.of_which is not None:
                engagements = Engagements(
                    times.at_least, level.of_which, level.of_which_level, level.level
                )
        counted = level is not None and level.of_which is not None
        return Responsibility(
            place=self.place(section.line if section else self.block.line),
            role=self._role(values, anywhere),
            supervised=first(anywhere, UnderGuidance) is not None,
            succeeded=first(anywhere, Success) is not None,
            continued=first(anywhere, Continuing) is not None,
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
            if role := first(where, InRole):
                return role.role
        if first(anywhere, Leads):
            return Role.LEADER
        if first(anywhere, TakesPart):
            return Role.PARTICIPANT
        section = self.block.section("responsibility")
        if not any(u.clause == "responsibility" for u in self.unparsed):
            self.not_understood("responsibility", section)
        return Role.PARTICIPANT

    def _outcomes(self, said: Said, section: Section | None) -> Iterator[Term]:
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
        return self.term("outcomes", name, n, line)

    def _experiences(self, said: Said) -> Iterator[Term]:
        n = 0
        for value, line in said:
            if isinstance(value, Experienced):
                for name in value.names:
                    for one in self._apart(name):
                        n += 1
                        yield self.term("activities", one, n, line)

    def _apart(self, name: str) -> tuple[str, ...]:
        """ "A and B of X": two activities where both are known by name, else one."""
        if self.naming.known("activities", name):
            return (name,)
        return next(
            (
                tuple(term.name[self.terms.lang] for term in found if term)
                for candidates in splits(name, self.terms.lang)
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
            for kind, term in self.naming.known_terms()
            if kind == "activities"
            and (
                loose_key(term.name[self.terms.lang]).endswith(wanted)
                or wanted.startswith(loose_key(term.name[self.terms.lang]))
            )
        }
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _implied(self, said: Said) -> Iterator[tuple[str, Term]]:
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
                    yield "R-LEADS", self.term("activities", name, n, line)
            elif isinstance(value, OneComponent):
                activity = next(
                    i for i, which in lists["R-COMPONENT"].items() if which == value.which
                )
                name = self.terms.raw["components"][value.which]
                yield "R-COMPONENT", self.naming.by_id("activities", activity, name, named=False)

    def complexity(self, said: Said) -> Complexity:
        section = self.block.section("complexity")
        if section is None:
            self.not_understood("complexity", None)
            return Complexity(self.place(self.block.line))
        values = [v for v, _ in said]
        runs = [i for s in section.statements for i in s.items]
        place = self.place(section.line)
        criteria = tuple(self.term("criteria", run, n) for n, run in enumerate(runs, start=1))
        criteria = tuple({t.id: t for t in criteria}.values())
        pick = picked(values)
        if sign := contradicted(v for v in values if isinstance(v, Pick)):
            self.not_understood("complexity", section, sign=sign)
        if pick is None:
            silent = not runs and any(isinstance(v, AnyComplexity | AnySize) for v in values)
            if not silent and not self.unparsed_in("complexity"):
                self.not_understood("complexity", section)
            return Complexity(place, 0, (), criteria)
        at_least: int | Literal["some"]
        match pick.at_least:
            case "some":
                at_least = SOME
            case "any":
                at_least = 1
            case "all":
                at_least = len(criteria)
            case "half" | "most" as part:
                at_least = share(part, len(criteria))
            case int() as count:
                at_least = count
        if isinstance(at_least, int) and at_least > len(criteria):
            self.not_understood("complexity", section, sign=str(at_least))
            at_least = len(criteria)
        required = tuple(
            r
            for v in values
            if isinstance(v, Mandatory)
            for r in self._required(v, criteria, section)
        )
        simple = self.terms.pattern("simplicity")
        ceiling = bool(runs) and all(simple.search(r.text) for r in runs)
        return Complexity(
            place,
            at_least,
            required,
            criteria,
            "ceiling" if ceiling else "demand",
        )

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
                self.not_understood("complexity", section, name, name)

    def size(self, section: Section | None) -> tuple[SizeItem, ...]:
        found: list[SizeItem] = []
        if section is None:
            self.not_understood("size", None)
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
            self.not_understood("size", run, run.text, read.sign)
            return None
        if first(read, AnySize) and not any(isinstance(v, Amount) for v in read):
            return None
        condition = first(read, WithComplexity)
        same = first(read, SameSizeAs)
        any_of = tuple(
            self.book.measures.bound(v, run, self.block.field_name, self.at(n))
            for n, v in enumerate(read, start=1)
            if isinstance(v, Amount | InWords)
        )
        for value in read:
            if isinstance(value, Amount) and value.bare:
                self.book.remarks.append(
                    Remark(
                        run.line,
                        Text(
                            "数値に「以上」「未満」がないため、「以上」と読んだ",
                            'the figure has no "or more" or "less than"; read as "or more"',
                        ),
                    )
                )
        if not any_of and same is None:
            self.not_understood("size", run, run.text, run.text)
            return None
        return SizeItem(
            self.place(run.line),
            any_of if same is None else (),
            condition.at_least if condition else None,
            condition.leading if condition else False,
            same.level if same else None,
        )


def share(part: Literal["half", "most"], count: int) -> int:
    """Half of a list, or more than half of it, in whole items."""
    return count // 2 + 1 if part == "most" else (count + 1) // 2


def splits(name: str, lang: str) -> Iterator[tuple[str, ...]]:
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
