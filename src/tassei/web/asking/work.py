"""The questions about one engagement, and the entry of an evidence file that they make."""

from collections.abc import Callable, Mapping
from typing import Any

from tassei.evidence.known import Known
from tassei.framework.scales import Role
from tassei.framework.vocabulary import Measure, Scale
from tassei.marked import Marked, as_marked
from tassei.text import Text
from tassei.web.asking.questions import Questions
from tassei.web.asking.sheet import Control, Group, Sheet, mapping

Entry = dict[str, Marked]
Beside = Callable[[Measure, Control], list[Control]]


def ask_work(
    sheet: Sheet,
    prefix: str,
    questions: Questions,
    recorded: Mapping[str, Any],
    known: Known,
    near: frozenset[str] | None = None,
    beside: Beside | None = None,
) -> tuple[tuple[Group, ...], Entry]:
    """Ask about one engagement.

    Args:
        prefix: of the names of all controls.
        recorded: the engagement as it stands in an evidence file; empty for a new one.
        near: the criteria of the fields that the work belongs to; None where these are not known.
        beside: the controls that stand in place of one for an amount of money: it, and more.

    Returns:
        The groups, and what is known of the engagement without its id and its fields.
    """
    asker = _Asker(sheet, prefix, questions, recorded, known, near, beside)
    facts = asker.facts()
    criteria = asker.terms("c", "complexity")
    sizes = asker.sizes()
    outcomes = asker.terms("o", "achieved")
    activities = asker.terms("a", "activities")
    say = sheet.say
    groups = (
        Group("facts", say("いつ、どの立場で", "When, and in which part"), "", tuple(facts)),
        Group("terms", say("複雑性", "Complexity"), "", tuple(criteria)),
        Group("sizes", say("サイズ", "Size"), "", tuple(sizes)),
        Group("terms", say("成果", "Results"), "", tuple(outcomes)),
        Group("terms", say("業務に含まれた活動", "Activities it included"), "", tuple(activities)),
    )
    return tuple(g for g in groups if g.controls), asker.entry


class _Asker:
    """Asks one group of questions after the other, and fills the entry."""

    def __init__(
        self,
        sheet: Sheet,
        prefix: str,
        questions: Questions,
        recorded: Mapping[str, Any],
        known: Known,
        near: frozenset[str] | None,
        beside: Beside | None,
    ) -> None:
        self.sheet, self.prefix, self.questions = sheet, prefix, questions
        self.recorded, self.known, self.near, self.beside = recorded, known, near, beside
        self.entry: Entry = {
            k: as_marked(v) for k, v in recorded.items() if k not in ("id", "fields")
        }

    def _keep(self, key: str, value: Marked | None) -> None:
        if value is None:
            self.entry.pop(key, None)
        else:
            self.entry[key] = value

    def facts(self) -> list[Control]:
        sheet, say, was = self.sheet, self.sheet.say, self.recorded
        title, value = sheet.text(
            f"{self.prefix}title", say("業務の名前", "name of the work"),
            say("例: 販売システムの運用管理。顧客名は書かないでください", "for example: running the sales system; leave the customer's name out"),
            str(was.get("title", "")),
        )  # fmt: skip
        self._keep("title", value)
        hint = say("2019-04、2019年4月 のように", "like 2019-04")
        first, value = sheet.text(
            f"{self.prefix}from", say("始まりの年月", "first month"), hint, was.get("from", "")
        )
        self._keep("from", value)
        last, value = sheet.text(
            f"{self.prefix}to", say("終わりの年月", "last month"),
            say("続いている場合は空けておく", "leave empty while it goes on"), was.get("to", ""),
        )  # fmt: skip
        self._keep("to", value)
        roles = {r.id: r.label for r in sorted(Role, reverse=True)}
        role, chosen = sheet.select(
            f"{self.prefix}role", say("役割", "role"), roles, was=was.get("role", "")
        )
        self._keep("role", Marked(chosen, role.number) if chosen else None)
        succeeded, value = sheet.truth(
            f"{self.prefix}succeeded",
            say("成功裡に行った", "it succeeded"),
            was.get("succeeded"),
        )
        self._keep("succeeded", value)
        facts = [title, first, last, role, succeeded]
        if self.questions.supervised:
            supervised, value = sheet.truth(
                f"{self.prefix}supervised",
                say(
                    "上位レベルの者の指導の下で行った", "done under the guidance of a higher level"
                ),
                was.get("supervised"),
            )
            self._keep("supervised", value)
            facts.append(supervised)
        return facts

    def terms(self, letter: str, key: str) -> list[Control]:
        asked, kind = {
            "complexity": (self.questions.criteria, self.known.criteria),
            "achieved": (self.questions.outcomes, self.known.outcomes),
            "activities": (self.questions.activities, self.known.activities),
        }[key]
        near = self.near if key == "complexity" else None
        controls, value = self.sheet.each(
            f"{self.prefix}{letter}", asked, self.recorded.get(key), kind, near
        )
        self._keep(key, value)
        return controls

    def sizes(self) -> list[Control]:
        controls: list[Control] = []
        was = dict(self.recorded.get("size") or {})
        said: dict[str, Marked | None] = {k: as_marked(v) for k, v in was.items()}
        for measure in self.questions.measures:
            recorded = was.get(measure.id)
            shown = f"{recorded:,}" if isinstance(recorded, int) else ""
            control, value = self.sheet.text(
                f"{self.prefix}s-{measure.id}", measure.name[self.sheet.lang],
                self._unit(measure), shown,
            )  # fmt: skip
            masks = self.beside if measure.money else None
            controls += masks(measure, control) if masks else [control]
            said[measure.id] = _amount(value)
        for scale in self.questions.scales:
            control, chosen = self.sheet.select(
                f"{self.prefix}s-{scale.id}", scale.name[self.sheet.lang], rungs(scale),
                was=str(was.get(scale.id, "")),
            )  # fmt: skip
            controls.append(control)
            said[scale.id] = Marked(chosen, control.number) if chosen else None
        self._keep("size", mapping(said))
        return controls

    def _unit(self, measure: Measure) -> str:
        say = self.sheet.say
        if measure.money:
            return say(
                "円。「5億円」とも書ける。分からなければ空けておく", "yen; leave empty if not known"
            )
        unit = measure.unit[self.sheet.lang]
        return say(f"{unit}。分からなければ空けておく", f"{unit}; leave empty if not known")


def _amount(value: Marked | None) -> Marked | None:
    """Plain digits are a number; anything else is read as words (5億円)."""
    if value is None:
        return None
    written = str(value.value)
    plain = written.isascii() and written.isdigit() and len(written) < 20
    return Marked(int(written), value.line) if plain else value


def rungs(scale: Scale) -> dict[str, Text]:
    return {t.id: t.name for t in scale.terms()}
