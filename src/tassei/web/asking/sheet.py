"""Controls one after the other, each with a number, and what was answered.

The number stands as the line of the control's value: a fault that the reader of evidence finds in line 7
is told beside control 7.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from tassei.errors import EvidenceError, Fault
from tassei.evidence.known import Kind
from tassei.evidence.model import Evidence
from tassei.evidence.months import Month
from tassei.evidence.read import record_from
from tassei.framework.vocabulary import Term
from tassei.marked import Marked, as_marked
from tassei.text import Lang, Text
from tassei.web.explorer.shelf import known

LONGEST = 200
"""Characters of one answer that are read."""

DONT_KNOW = Text("まだ分からない", "don't know yet")
YES, NO = Text("はい", "yes"), Text("いいえ", "no")
_TRUTH = {True: "yes", False: "no", None: ""}


@frozen
class Option:
    value: str
    text: str
    chosen: bool


@frozen
class Control:
    """One question: a line of text, a choice of options, or a box to tick.

    Args:
        number: of the control in the form, from 1; its id on the page is `c7`.
        wrong: what is wrong with the answer; empty where nothing is.
        decides: the verdict of the next level can turn on it.
    """

    number: int
    name: str
    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    wrong: str = ""
    repair: str = ""
    kind: Literal["text", "select", "tick"] = "text"
    decides: bool = False


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


@define
class Sheet:
    """Makes controls one after the other, and keeps what was answered.

    Args:
        answers: by the names of controls; what is not among them was not asked, and stays.
        written_for: ids of the editions whose vocabulary the recorded lists are complete for.
    """

    answers: Mapping[str, str]
    lang: Lang
    written_for: tuple[str, ...] = ()
    _number: int = field(default=0)
    wrong: dict[int, tuple[str, str]] = field(factory=dict)

    def say(self, ja: str, en: str) -> str:
        return Text(ja, en)[self.lang]

    @property
    def last(self) -> int:
        """The number of the last control."""
        return self._number

    def next(self) -> int:
        self._number += 1
        return self._number

    def text(
        self, name: str, label: str, hint: str = "", was: str = ""
    ) -> tuple[Control, Marked | None]:
        number = self.next()
        value = self.answers.get(name, was).replace("\0", "").strip()[:LONGEST]
        control = Control(number, name, label, value, hint=hint)
        return control, Marked(value, number) if value else None

    def select(
        self,
        name: str,
        label: str,
        options: Mapping[str, Text],
        hint: str = "",
        was: str = "",
        first: Text = DONT_KNOW,
    ) -> tuple[Control, str | None]:
        """A choice whose first option is "don't know yet" unless another is given."""
        number = self.next()
        value = self.answers.get(name, was)
        value = value if value in options else ""
        shown = {"": first, **options}
        made = tuple(Option(k, t[self.lang], k == value) for k, t in shown.items())
        return Control(number, name, label, value, made, hint, kind="select"), value or None

    def truth(
        self, name: str, label: str, was: bool | None = None, hint: str = ""
    ) -> tuple[Control, Marked | None]:
        control, value = self.select(
            name,
            label,
            {"yes": YES, "no": NO},
            hint,
            was=_TRUTH[was if was in (True, False) else None],
        )
        return control, Marked(value == "yes", control.number) if value else None

    def tick(self, name: str, label: str, was: bool, hint: str = "") -> tuple[Control, bool]:
        """A box; a form that shows it sends `no` where it is not ticked."""
        value = self.answers.get(name, _TRUTH[was]) == "yes"
        control = Control(self.next(), name, label, "yes" if value else "", hint=hint, kind="tick")
        return control, value

    def tell(self, number: int, what: Text, repair: Text) -> None:
        """Tell that the answer of a control cannot stand."""
        self.wrong.setdefault(number, (what[self.lang], repair[self.lang]))

    def each(
        self,
        prefix: str,
        terms: tuple[Term, ...],
        recorded: Any,
        kind: Kind,
        near: frozenset[str] | None = None,
    ) -> tuple[list[Control], Marked | None]:
        """Yes, no or unknown of each term; what was recorded of other terms stays.

        Args:
            recorded: a list of what holds, complete for the editions written for; or each term with
                yes or no; None where nothing is.
            near: where given, the only terms that a list is complete for.
        """
        inside = frozenset[str]().union(*(kind.by_edition.get(e, ()) for e in self.written_for))
        inside = inside if near is None else inside & near
        before = expanded(recorded, inside)
        controls, said = [], dict(before)
        lines: dict[str, int] = {}
        for term in terms:
            control, value = self.truth(
                f"{prefix}-{term.id}", term.name[self.lang], before.get(term.id)
            )
            controls.append(control)
            lines[term.id] = control.number
            if value is None:
                said.pop(term.id, None)
            else:
                said[term.id] = value.value is True
        if said == before:
            return controls, None if recorded is None else as_marked(recorded)
        self._contradictions(said, lines, {t.id: t.name[self.lang] for t in terms})
        if isinstance(recorded, list) and inside <= said.keys() and _false(said) <= inside:
            return controls, Marked([Marked(t, lines.get(t, 0)) for t in said if said[t]], 0)
        return controls, mapping({t: Marked(v, lines.get(t, 0)) for t, v in said.items()}) or None

    def _contradictions(
        self, said: dict[str, bool], lines: Mapping[str, int], names: Mapping[str, str]
    ) -> None:
        """What follows from a yes cannot be a no."""
        broader = known().vocabulary.broader
        for term in [t for t, v in said.items() if v]:
            for follows in broader.get(term, frozenset()) & _false(said):
                if follows in lines:
                    name = names.get(term, "")
                    self.tell(
                        lines[follows],
                        Text(
                            f"「{name}」が「はい」なら、これも「はい」です",
                            f'it follows from "{name}", which is answered with yes',
                        ),
                        Text("どちらかの答えを直してください", "change one of the two answers"),
                    )
                else:
                    said[follows] = True


def expanded(recorded: Any, inside: frozenset[str]) -> dict[str, bool]:
    """What is recorded of terms, each with yes or no, whichever form it is recorded in."""
    if isinstance(recorded, list):
        return dict.fromkeys(sorted(inside), False) | dict.fromkeys(recorded, True)
    return dict(recorded or {})


def _false(said: Mapping[str, bool]) -> frozenset[str]:
    return frozenset(t for t, v in said.items() if not v)


def mapping(entries: Mapping[str, Marked | None]) -> Marked | None:
    """Marked entries as one value, without those that are not known; None where none is left."""
    given = {k: m for k, m in entries.items() if m is not None}
    return Marked(given, 0, {k: m.line for k, m in given.items()}) if given else None


@frozen
class Answered:
    """What the answers come to.

    Args:
        evidence: None where something cannot be read.
        wrong: by number of the control, what is wrong and how to put it right.
        other: faults that belong to no control.
    """

    evidence: Evidence | None
    wrong: Mapping[int, tuple[str, str]]
    other: tuple[Fault, ...] = ()


def answered(sheet: Sheet, root: Marked, as_of: Month) -> Answered:
    """Read an evidence file that answers have made."""
    faults: tuple[Fault, ...] = ()
    evidence = None
    try:
        evidence = record_from(root, known(), as_of, "").evidence
    except EvidenceError as error:
        faults = error.faults
    wrong = dict(sheet.wrong)
    for fault in faults:
        if 0 < fault.line <= sheet.last:
            what, repair = _WORDED.get(fault.code, (fault.what, fault.repair))
            wrong.setdefault(fault.line, (what[sheet.lang], repair[sheet.lang]))
    # what contradicts itself is told at the answers by the sheet, in words of the page
    other = tuple(f for f in faults if not f.line and not sheet.wrong)
    return Answered(None if wrong or other else evidence, wrong, other)


_CHECK = Text("始まりと終わりの年月を確かめてください", "check the first and the last month")
_WHOLE = Text(
    "0以上の整数で書くか、分からなければ空けてください",
    "write a whole number, zero or more; leave it empty if it is not known",
)
_WORDED = {
    "not-a-month": (
        Text("年月として読むことができません", "it cannot be read as a month"),
        Text("2019-04 の形で書いてください", "write it like 2019-04"),
    ),
    "starts-in-future": (
        Text("今月より後です", "it is after this month"),
        Text("その月になってから記録してください", "record it once that month has come"),
    ),
    "to-before-from": (
        Text("終わりが始まりより前です", "it ends before it begins"),
        _CHECK,
    ),
    "not-a-whole-number": (
        Text("整数として確実に読むことができません", "it cannot surely be read as a whole number"),
        _WHOLE,
    ),
    "fractional-amount": (
        Text("整数ではありません", "it is not a whole number"),
        _WHOLE,
    ),
    "negative-amount": (Text("負にはなりません", "it cannot be negative"), _WHOLE),
}
"""Faults that a file names by its keys, and a form by standing beside the question."""


def told(groups: Iterable[Group], wrong: Mapping[int, tuple[str, str]]) -> tuple[Group, ...]:
    """The groups with each fault beside its control."""
    return tuple(evolve(g, controls=tuple(_told(c, wrong) for c in g.controls)) for g in groups)


def _told(control: Control, wrong: Mapping[int, tuple[str, str]]) -> Control:
    if control.number not in wrong:
        return control
    what, repair = wrong[control.number]
    return evolve(control, wrong=what, repair=repair)


def faulty(groups: Iterable[Group]) -> tuple[Control, ...]:
    """The controls that something is wrong with."""
    return tuple(c for g in groups for c in g.controls if c.wrong)
