"""The form of one engagement: asked from what is recorded and the fields chosen, saved to one entry."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen
from django.db import transaction

from tassei.evidence.read import SCHEMA
from tassei.evidence.write import plain_evidence
from tassei.framework.vocabulary import Measure
from tassei.marked import Marked, as_marked
from tassei.text import Lang, Text
from tassei.web.asking.questions import questions_of, union
from tassei.web.asking.sheet import Control, Group, Sheet, answered, faulty, mapping, told
from tassei.web.asking.work import ask_work
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.shelf import known
from tassei.web.history import Author, Stale, change, create, forget
from tassei.web.masks import masked, said
from tassei.web.models import Discretion, Entry, Person
from tassei.web.record.portfolio import Portfolio, all_fields
from tassei.web.records import write
from tassei.web.troubles import Told
from tassei.web.troubles import told as told_fault


@frozen
class Draft:
    """A form of one engagement as it was filled in.

    Args:
        body: the engagement as it is to be recorded; None where nothing can be.
        client, client_masked, amounts: what is kept back.
        hidden: measures whose amounts are to be masked, whether or not one is recorded.
        other: faults that belong to no question.
    """

    key: str
    groups: tuple[Group, ...]
    body: dict[str, Any] | None
    client: str
    client_masked: bool
    amounts: Mapping[str, str]
    hidden: frozenset[str]
    faults: tuple[Control, ...]
    other: tuple[Told, ...] = ()
    entered: bool = False


def new_key() -> str:
    """An id for an engagement that has none yet."""
    return f"work-{secrets.token_hex(5)}"


def seen_of(entry: Entry | None) -> str:
    """The versions that a form is made from: of the entry, and of what is kept back of it."""
    if entry is None:
        return "0.0"
    discretion = getattr(entry, "discretion", None)
    return f"{entry.version}.{discretion.version if discretion else 0}"


def draft_of(
    portfolio: Portfolio,
    key: str,
    recorded: Mapping[str, Any],
    answers: Mapping[str, str],
    lang: Lang,
    ticked: str = "",
) -> Draft:
    """The form of an engagement with some answers.

    Args:
        recorded: its entry, or that of the engagement it is copied from; empty for a new one.
        answers: empty where the form is asked for; what is not among them stays as recorded.
        ticked: a field that a new engagement is to belong to.
    """
    return _Form(portfolio, key, recorded, answers, lang, ticked).draft()


class _Form:
    """Asks the questions of one engagement and reads the answers."""

    def __init__(
        self,
        portfolio: Portfolio,
        key: str,
        recorded: Mapping[str, Any],
        answers: Mapping[str, str],
        lang: Lang,
        ticked: str,
    ) -> None:
        self.portfolio, self.key, self.answers, self.lang = portfolio, key, answers, lang
        self.recorded = dict(recorded)
        self.kept = portfolio.discretion(key)
        self.before = dict(self.kept.amounts) if self.kept else {}
        self.sheet = Sheet(answers, lang, portfolio.evidence.written_for)
        self.ticked = ticked or (portfolio.chosen[0] if len(portfolio.chosen) == 1 else "")
        self.amounts: dict[str, str] = {}
        self.hidden: set[str] = set()

    def draft(self) -> Draft:
        fields, belongs = self.fields()
        near = None
        if belongs:
            near = frozenset[str]().union(
                *(known().criteria_of_field[f] for f in belongs if f in known().criteria_of_field)
            )
        asked = [p for p in self.portfolio.chosen if p in (belongs or ())] or self.portfolio.chosen
        questions = union(questions_of(*all_fields()[p]) for p in asked)
        shown = {**self.recorded, "size": self.unmasked()}
        if near is not None and set(belongs or ()) != set(
            self.recorded.get("fields") or belongs or ()
        ):
            shown["complexity"] = _near(shown.get("complexity"), near)
        groups, entry = ask_work(self.sheet, "", questions, shown, known(), near, self.beside)
        discreet, client, client_masked = self.client()
        entered = bool(entry) or bool(client)
        made = {
            "id": Marked(self.key, 0),
            "title": Marked(self.untitled(), 0),
            **entry,
            "fields": None if belongs is None else as_marked(belongs),
        }
        found = answered(self.sheet, self.root(mapping(made)), self.portfolio.as_of)
        body = None
        if found.evidence is not None and entered:
            [body] = plain_evidence(found.evidence)["engagements"]
            body = self.masked(body)
        every = told((fields, *groups, discreet), found.wrong)
        return Draft(
            self.key,
            tuple(g for g in every if g.controls),
            body,
            client,
            client_masked,
            self.amounts,
            frozenset(self.hidden),
            faulty(every),
            tuple(told_fault(f, self.lang) for f in found.other),
            entered,
        )

    def root(self, work: Marked | None) -> Marked:
        root = mapping(
            {
                "schema": Marked(SCHEMA, 0),
                "for": as_marked(list(self.portfolio.evidence.written_for)),
                "person": mapping({"id": Marked(self.portfolio.person.code, 0)}),
                "engagements": Marked([work] if work else [], 0),
            }
        )
        assert root is not None, "it has a schema"
        return root

    def untitled(self) -> str:
        count = len(self.portfolio.works) + (self.key not in self.portfolio.works)
        return Text(f"業務{count}", f"work {count}")[self.lang]

    def fields(self) -> tuple[Group, list[str] | None]:
        """Which of the chosen fields the work belongs to; other fields stay as they are."""
        say, recorded = self.sheet.say, self.recorded.get("fields")
        controls, belongs = [], [f for f in recorded or () if f not in self.portfolio.chosen]
        for path in self.portfolio.chosen:
            edition, field = all_fields()[path]
            was = (
                path in recorded
                if recorded is not None
                else path == self.ticked and not self.recorded
            )
            label = f"{field.name[self.lang]}（{edition_name(edition).ja}）" if self.lang == "ja" else f"{field.name.en} ({edition_name(edition).en})"  # fmt: skip
            control, holds = self.sheet.tick(f"field-{path}", label, was)
            controls.append(control)
            belongs += [path] if holds else []
        hint = say(
            "属する分野だけの質問を示します。外すと、その分野だけの複雑性の答えも消えます。",
            "Only the questions of these fields are asked. Taking one away drops the answers on complexity that it alone asks for.",
        )
        group = Group(
            "fields",
            say("この業務が属する専門分野", "Specialty fields that this work belongs to"),
            hint,
            tuple(controls),
        )
        return group, belongs if belongs or recorded == [] else None

    def unmasked(self) -> dict[str, Any]:
        """The recorded sizes without those amounts that are masked: a threshold is no amount."""
        return {k: v for k, v in (self.recorded.get("size") or {}).items() if k not in self.before}

    def beside(self, measure: Measure, control: Control) -> list[Control]:
        """An amount of money, whether it is masked, and who confirmed it."""
        say, kept = self.sheet.say, (self.recorded.get("size") or {}).get(measure.id)
        if measure.id in self.before and isinstance(kept, int):
            shown = said(measure.id, kept, self.before[measure.id])[self.lang]
            more = say("書き直すと置き換わります", "a new amount replaces it")
            control = evolve(control, hint=f"{shown}{say('。', '; ')}{more}")
        mask, hidden = self.sheet.tick(
            f"mask-{measure.id}",
            say("金額を伏せる", "mask this amount"),
            measure.id in self.before,
            say(
                "届いている基準の値だけを残し、金額そのものはどこにも残しません。判定は変わりません。",
                "Only the threshold that it reaches is kept, the amount itself nowhere. No verdict changes.",
            ),
        )
        by, name = self.sheet.text(
            f"by-{measure.id}",
            say("伏せる金額を確かめた人", "who confirmed the masked amount"),
            was=self.before.get(measure.id, ""),
        )
        if hidden:
            self.hidden.add(measure.id)
            self.amounts[measure.id] = str(name.value) if name else ""
        return [control, mask, by]

    def masked(self, body: dict[str, Any]) -> dict[str, Any]:
        """The engagement with thresholds in the place of amounts that are masked."""
        size = dict(body.get("size") or {})
        recorded = self.recorded.get("size") or {}
        asked = {n.removeprefix("mask-") for n in self.answers if n.startswith("mask-")}
        for measure, by in self.before.items():
            # not asked now, so that it stays
            if measure not in asked and measure not in self.hidden:
                self.hidden.add(measure)
                self.amounts[measure] = by
        for measure in self.hidden:
            if measure in size:
                size[measure] = masked(measure, size[measure])
            elif measure in self.before and measure in recorded:
                size[measure] = recorded[measure]
        self.amounts = {m: by for m, by in self.amounts.items() if m in size}
        rest = {k: v for k, v in body.items() if k != "size"}
        return rest | ({"size": dict(sorted(size.items()))} if size else {})

    def client(self) -> tuple[Group, str, bool]:
        say, kept = self.sheet.say, self.kept
        control, name = self.sheet.text(
            "client",
            say("顧客名", "client"),
            say("判定には使いません。", "No verdict depends on it."),
            kept.client if kept else "",
        )
        mask, hidden = self.sheet.tick(
            "mask-client",
            say("顧客名を本人以外に伏せる", "hide the client from everybody but me"),
            kept.masked if kept else True,
        )
        group = Group("facts", say("顧客", "Client"), "", (control, mask))
        return group, str(name.value) if name else "", hidden


def _near(recorded: Any, near: frozenset[str]) -> Any:
    """What is recorded of complexity, as far as the fields of the work know it."""
    broader = known().vocabulary.with_broader

    def fits(term: str) -> bool:
        return bool(broader([term]) & near)

    if isinstance(recorded, list):
        return [t for t in recorded if fits(t)]
    return {t: v for t, v in recorded.items() if fits(t)} if recorded else None


def without(answers: Mapping[str, str], faults: Iterable[Control]) -> dict[str, str]:
    """The answers that can be read: for the others stays what was recorded."""
    names = {c.name for c in faults}
    return {k: v for k, v in answers.items() if k not in names}


def first_things_first(
    groups: tuple[Group, ...], names: frozenset[str], lang: Lang
) -> tuple[Group, ...]:
    """The questions that a verdict turns on in a group of their own, before all others."""
    deciding = [evolve(c, decides=True) for g in groups for c in g.controls if c.name in names]
    if not deciding:
        return groups
    head = Group(
        "decides",
        Text("判定を左右する質問", "What would decide a verdict")[lang],
        Text("次のレベルの判定は、まず次の答えで決まります。", "The verdict of the next level turns on these first.")[lang],
        tuple(deciding),
    )  # fmt: skip
    rest = (evolve(g, controls=tuple(c for c in g.controls if c.name not in names)) for g in groups)
    first, *others = (g for g in rest if g.controls)
    return (first, head, *others) if first.key == "fields" else (head, first, *others)


def save(person: Person, key: str, seen: str, draft: Draft) -> None:
    """Save an engagement, and what is kept back of it.

    An amount that is masked from now on is erased from the history of the engagement.

    Raises:
        Stale: the engagement has changed since the form was made.
    """
    assert draft.body is not None, "the caller looked"
    author = Author(person.pk)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        found = Entry.objects.filter(person=person, kind="engagement", key=key)
        entry = found.select_related("discretion").first()
        if seen != seen_of(entry):
            raise Stale
        kept: Discretion | None = getattr(entry, "discretion", None) if entry else None
        fresh = draft.hidden - (kept.amounts.keys() if kept else set())
        values: dict[str, Any] = {
            "client": draft.client,
            "masked": draft.client_masked,
            "amounts": dict(draft.amounts),
        }
        if kept is not None:
            change(author, kept, kept.version, **values)
        write(author, person, {("engagement", key): draft.body})
        if kept is None and (draft.client or draft.amounts):
            entry = Entry.objects.get(person=person, kind="engagement", key=key)
            create(author, Discretion(entry=entry, **values))
        if entry is not None and fresh:
            forget(entry, lambda values: _holds(values, fresh))


def _holds(values: Mapping[str, Any], measures: Iterable[str]) -> bool:
    """Whether a text of the history has an amount that is now masked."""
    for body in values.get("body", ()):
        size = body.get("size") if isinstance(body, dict) else None
        for measure in measures:
            amount = (size or {}).get(measure)
            if isinstance(amount, int) and amount != masked(measure, amount):
                return True
    return False
