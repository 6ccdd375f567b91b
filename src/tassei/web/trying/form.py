"""A form that asks only what a field needs, and the record that its answers make.

Every control has a number, which stands as the line of its value: a fault that the reader of evidence
finds in line 7 is told beside control 7.
"""

from collections.abc import Mapping

from attrs import define, evolve, field, frozen

from tassei.errors import EvidenceError, Fault
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import SCHEMA, record_from
from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.scales import Depth, Role
from tassei.framework.vocabulary import Measure, Scale, Term
from tassei.marked import Marked
from tassei.rules.wording import short
from tassei.text import Lang, Text
from tassei.web.explorer.shelf import known
from tassei.web.trying.questions import Questions, questions_of

MOST_WORKS = 8
_LONGEST = 200
"""Characters of one answer that are read."""

_DONT_KNOW = Text("まだ分からない", "don't know yet")
_YES, _NO = Text("はい", "yes"), Text("いいえ", "no")
_NONE = Text("なし", "none")


@frozen
class Option:
    value: str
    text: str
    chosen: bool


@frozen
class Control:
    """One question: a line of text, or a choice of options.

    Args:
        number: of the control in the form, from 1; its id on the page is `c7`.
        wrong: what is wrong with the answer; empty where nothing is.
    """

    number: int
    name: str
    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    wrong: str = ""
    repair: str = ""


@frozen
class Group:
    """Questions under one heading.

    Args:
        key: stable, for the template.
    """

    key: str
    legend: str
    hint: str
    controls: tuple[Control, ...]


@frozen
class Work:
    """The questions about one engagement."""

    number: int
    groups: tuple[Group, ...]


@frozen
class Filled:
    """The form as it was filled in, and the record that it makes.

    Args:
        evidence: None where something cannot be read, or nothing was entered.
    """

    works: tuple[Work, ...]
    person: tuple[Group, ...]
    evidence: Evidence | None
    faults: tuple[Control, ...] = ()


def filled(
    edition: Edition,
    specialty: SpecialtyField,
    answers: Mapping[str, str],
    count: int,
    as_of: Month,
    lang: Lang,
) -> Filled:
    """The form of a field with some answers.

    Args:
        answers: by the names of controls; what is not answered is unknown.
        count: how many engagements it has room for.
    """
    sheet = _Sheet(answers, questions_of(edition, specialty), lang)
    path = edition.qualified(specialty.id)
    works, entries = [], []
    for number in range(1, min(max(count, 1), MOST_WORKS) + 1):
        work, entry = sheet.work(number, path)
        works.append(work)
        entries += [entry] if entry else []
    person, about = sheet.person()
    form = Filled(tuple(works), person, None)
    if not entries and not about:
        return form
    root: dict[str, Marked] = {
        "schema": Marked(SCHEMA, 0),
        "for": Marked([Marked(edition.id, 0)], 0),
        "person": _mapping({"id": Marked(Text("あなた", "you")[lang], 0)}),
        **about,
    }
    if entries:
        root["engagements"] = Marked(_distinct(entries), 0)
    try:
        record = record_from(_mapping(root), known(), as_of, "")
    except EvidenceError as error:
        return _told(form, error.faults, lang)
    return evolve(form, evidence=record.evidence)


def _mapping(entries: Mapping[str, Marked]) -> Marked:
    return Marked(dict(entries), 0, {k: m.line for k, m in entries.items()})


def _distinct(entries: list[dict[str, Marked]]) -> list[Marked]:
    """Each engagement under its title, by which the proof names it; a title used twice gets a number."""
    used: set[str] = set()
    found = []
    for number, entry in enumerate(entries, start=1):
        name = str(entry["id"].value)
        name = f"{name} ({number})" if name in used else name
        used.add(name)
        found.append(_mapping(entry | {"id": Marked(name, entry["id"].line)}))
    return found


def _told(form: Filled, faults: tuple[Fault, ...], lang: Lang) -> Filled:
    """The form with each fault beside its control."""
    by_line = {f.line: f for f in reversed(faults)}

    def group(one: Group) -> Group:
        return evolve(one, controls=tuple(control(c) for c in one.controls))

    def control(one: Control) -> Control:
        fault = by_line.get(one.number)
        return evolve(one, wrong=fault.what[lang], repair=fault.repair[lang]) if fault else one

    works = tuple(evolve(w, groups=tuple(map(group, w.groups))) for w in form.works)
    person = tuple(map(group, form.person))
    controls = (c for g in [*(g for w in works for g in w.groups), *person] for c in g.controls)
    return Filled(works, person, None, tuple(c for c in controls if c.wrong))


@define
class _Sheet:
    """Makes controls one after the other, and keeps what was answered."""

    answers: Mapping[str, str]
    questions: Questions
    lang: Lang
    _number: int = field(default=0)

    def say(self, ja: str, en: str) -> str:
        return Text(ja, en)[self.lang]

    def text(self, name: str, label: str, hint: str = "") -> tuple[Control, Marked | None]:
        self._number += 1
        value = self.answers.get(name, "").strip()[:_LONGEST]
        control = Control(self._number, name, label, value, hint=hint)
        return control, Marked(value, self._number) if value else None

    def select(
        self, name: str, label: str, options: Mapping[str, Text], hint: str = ""
    ) -> tuple[Control, str | None]:
        """A choice whose first option is always "don't know yet"."""
        self._number += 1
        value = self.answers.get(name, "")
        value = value if value in options else ""
        shown = {"": _DONT_KNOW, **options}
        made = tuple(Option(k, t[self.lang], k == value) for k, t in shown.items())
        return Control(self._number, name, label, value, made, hint), value or None

    def truth(self, name: str, label: str) -> tuple[Control, Marked | None]:
        control, value = self.select(name, label, {"yes": _YES, "no": _NO})
        return control, Marked(value == "yes", control.number) if value else None

    def each(self, prefix: str, terms: tuple[Term, ...]) -> tuple[list[Control], Marked | None]:
        """Yes, no or unknown of each term."""
        controls, said = [], {}
        for term in terms:
            control, value = self.truth(f"{prefix}-{term.id}", term.name[self.lang])
            controls.append(control)
            if value:
                said[term.id] = value
        return controls, _mapping(said) if said else None

    def work(self, number: int, path: str) -> tuple[Work, dict[str, Marked] | None]:
        """The questions about one engagement, and its entry where any is answered."""
        before, name = self._number, f"w{number}"
        entry: dict[str, Marked | None] = {}
        title, entry["id"] = self.text(
            f"{name}-title", self.say("業務の名前", "name of the work"),
            self.say("例: 販売システムの運用管理。顧客名は書かないでください", "for example: running the sales system; leave the customer's name out"),
        )  # fmt: skip
        hint = self.say("2019-04、2019年4月 のように", "like 2019-04")
        first, entry["from"] = self.text(
            f"{name}-from", self.say("始まりの年月", "first month"), hint
        )
        last, entry["to"] = self.text(
            f"{name}-to", self.say("終わりの年月", "last month"),
            self.say("続いている場合は空けておく", "leave empty while it goes on"),
        )  # fmt: skip
        roles = {r.id: r.label for r in sorted(Role, reverse=True)}
        role, chosen = self.select(f"{name}-role", self.say("役割", "role"), roles)
        entry["role"] = Marked(chosen, role.number) if chosen else None
        succeeded, entry["succeeded"] = self.truth(
            f"{name}-succeeded", self.say("成功裡に行った", "it succeeded")
        )
        facts = [title, first, last, role, succeeded]
        if self.questions.supervised:
            supervised, entry["supervised"] = self.truth(
                f"{name}-supervised",
                self.say(
                    "上位レベルの者の指導の下で行った", "done under the guidance of a higher level"
                ),
            )
            facts.append(supervised)
        criteria, entry["complexity"] = self.each(f"{name}-c", self.questions.criteria)
        sizes, entry["size"] = self.sizes(name)
        outcomes, entry["achieved"] = self.each(f"{name}-o", self.questions.outcomes)
        activities, entry["activities"] = self.each(f"{name}-a", self.questions.activities)
        groups = (
            Group(
                "facts", self.say("いつ、どの立場で", "When, and in which part"), "", tuple(facts)
            ),
            Group("terms", self.say("複雑性", "Complexity"), "", tuple(criteria)),
            Group("sizes", self.say("サイズ", "Size"), "", tuple(sizes)),
            Group("terms", self.say("成果", "Results"), "", tuple(outcomes)),
            Group(
                "terms",
                self.say("業務に含まれた活動", "Activities it included"),
                "",
                tuple(activities),
            ),
        )
        given = {k: m for k, m in entry.items() if m is not None}
        work = Work(number, tuple(g for g in groups if g.controls))
        if not given:
            return work, None
        given.setdefault("id", Marked(self.say(f"業務{number}", f"work {number}"), before + 1))
        return work, given | {"fields": Marked([Marked(path, before + 1)], before + 1)}

    def sizes(self, name: str) -> tuple[list[Control], Marked | None]:
        controls, said = [], {}
        for measure in self.questions.measures:
            control, value = self.text(
                f"{name}-s-{measure.id}", measure.name[self.lang], self._unit(measure)
            )
            controls.append(control)
            if value:
                written = str(value.value)
                # plain digits are a number; anything else is read as words (5億円)
                said[measure.id] = (
                    Marked(int(written), value.line)
                    if written.isascii() and written.isdigit()
                    else value
                )
        for scale in self.questions.scales:
            control, chosen = self.select(
                f"{name}-s-{scale.id}", scale.name[self.lang], _rungs(scale)
            )
            controls.append(control)
            if chosen:
                said[scale.id] = Marked(chosen, control.number)
        return controls, _mapping(said) if said else None

    def _unit(self, measure: Measure) -> str:
        if measure.money:
            return self.say(
                "円。「5億円」とも書ける。分からなければ空けておく", "yen; leave empty if not known"
            )
        unit = measure.unit[self.lang]
        return self.say(f"{unit}。分からなければ空けておく", f"{unit}; leave empty if not known")

    def person(self) -> tuple[tuple[Group, ...], dict[str, Marked]]:
        """The questions about the person, and the entries that are answered."""
        asked, about, professional = self.questions, dict[str, Marked](), dict[str, Marked]()
        areas, depths = self._areas()
        if depths is not None:
            professional["areas"] = depths
        succession, kinds = self._succession()
        if kinds is not None:
            professional["succession"] = kinds
        others = []
        if asked.mentoring:
            control, value = self.truth(
                "mentoring", self.say("後進の育成を行っている", "develops juniors")
            )
            others.append(control)
            if value:
                professional["mentoring"] = value
        passed, examinations = self._examinations()
        if examinations is not None:
            about["examinations"] = examinations
        if professional:
            about["professional"] = _mapping(professional)
        unanswered = self.say(
            "一つでも答えると、答えていないものは「なし」と読みます。",
            "Once one is answered, those left open are read as none.",
        )
        groups = (
            Group(
                "areas",
                self.say("専門領域とその深さ", "Areas of specialty, and how deep"),
                unanswered,
                tuple(areas),
            ),
            Group(
                "terms",
                self.say("技術の継承", "Technology handed on"),
                unanswered,
                tuple(succession),
            ),
            Group("facts", self.say("後進の育成", "Developing juniors"), "", tuple(others)),
            Group("terms", self.say("試験", "Examinations"), "", tuple(passed)),
        )
        return tuple(g for g in groups if g.controls), about

    def _areas(self) -> tuple[list[Control], Marked | None]:
        options = {"none": _NONE} | {d.id: d.label for d in Depth}
        controls, found, answered = [], {}, False
        for term in self.questions.areas:
            control, chosen = self.select(f"area-{term.id}", term.name[self.lang], options)
            controls.append(control)
            answered = answered or chosen is not None
            if chosen and chosen != "none":
                found[term.id] = Marked(chosen, control.number)
        return controls, _mapping(found) if answered else None

    def _succession(self) -> tuple[list[Control], Marked | None]:
        controls, found, answered = [], [], False
        for term in self.questions.succession:
            control, value = self.truth(f"succession-{term.id}", term.name[self.lang])
            controls.append(control)
            answered = answered or value is not None
            if value and value.value is True:
                found.append(_mapping({"kind": Marked(term.id, control.number)}))
        return controls, Marked(list(found), 0) if answered else None

    def _examinations(self) -> tuple[list[Control], Marked | None]:
        controls, found, answered = [], [], False
        for name, term in self.questions.examinations:
            label = f"{short(term.name)[self.lang]} ({name})"
            control, value = self.truth(f"examination-{name}", label)
            controls.append(control)
            answered = answered or value is not None
            if value and value.value is True:
                found.append(_mapping({"name": Marked(name, control.number)}))
        return controls, Marked(list(found), 0) if answered else None


def _rungs(scale: Scale) -> dict[str, Text]:
    return {t.id: t.name for t in scale.terms()}
