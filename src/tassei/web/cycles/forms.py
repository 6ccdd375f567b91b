"""The form of a cycle: what was typed becomes values, or is told what is wrong with it."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from tassei.errors import RequestError
from tassei.evidence.months import Month
from tassei.text import Lang, Text
from tassei.web.cycles.pages import Ask
from tassei.web.explorer.build import edition_name
from tassei.web.explorer.pages import Choice, OptionGroup
from tassei.web.explorer.shelf import field_at, standards
from tassei.web.models import Cycle, Unit

MOST_QUORUM = 15
MOST_REMINDERS = 6
_MOST_DAYS = 60


class _Wrong(ValueError):
    """An answer that cannot be read, with what is said of it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@frozen
class Read:
    """What a form came to.

    Args:
        values: by the names of the columns; incomplete where something is wrong.
        wrong: by the names of the questions.
    """

    values: dict[str, Any]
    wrong: dict[str, Text]


_EMPTY = Text("入力してください", "this is needed")


def _name(written: str) -> str:
    if not written:
        raise _Wrong(_EMPTY)
    if len(written) > 200:
        raise _Wrong(Text("200文字以内にしてください", "write at most 200 characters"))
    return written


def _month(written: str) -> str:
    try:
        return str(Month.parse(written))
    except ValueError:
        raise _Wrong(
            Text("2026-11 のような年月にしてください", "write a month like 2026-11")
        ) from None


def _day(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise _Wrong(
            Text("2026-11-30 のような日付にしてください", "write a day like 2026-11-30")
        ) from None


def _day_or_none(written: str) -> datetime.date | None:
    return _day(written) if written else None


def _quorum(written: str) -> int:
    if (
        written.isascii()
        and written.isdigit()
        and len(written) < 4
        and 1 <= int(written) <= MOST_QUORUM
    ):
        return int(written)
    raise _Wrong(
        Text(f"1から{MOST_QUORUM}の数にしてください", f"write a number from 1 to {MOST_QUORUM}")
    )


def _reminders(written: str) -> list[int]:
    parts = [p for p in written.replace("、", ",").replace(" ", ",").split(",") if p]
    fits = all(p.isascii() and p.isdigit() and len(p) < 4 and int(p) <= _MOST_DAYS for p in parts)
    if not fits or len(parts) > MOST_REMINDERS:
        raise _Wrong(
            Text(
                f"日数をコンマで区切ってください（{_MOST_DAYS}日以内、{MOST_REMINDERS}回まで）",
                f"write numbers of days with commas between (up to {_MOST_DAYS} days, {MOST_REMINDERS} times)",
            )
        )
    return sorted({int(p) for p in parts}, reverse=True)


_PLAIN: dict[str, Callable[[str], Any]] = {
    "name_ja": _name,
    "name_en": _name,
    "as_of": _month,
    "opens": _day,
    "closes": _day,
    "due_self": _day_or_none,
    "due_superior": _day_or_none,
    "due_committee": _day_or_none,
    "quorum": _quorum,
    "reminder_days": _reminders,
}


def read_form(
    answers: Mapping[str, str], fields: Sequence[str], units: Mapping[int, Unit], everywhere: bool
) -> Read:
    """Read the answers of a form.

    Args:
        fields: the fields that were chosen.
        units: those that the manager manages.
        everywhere: the manager may leave the unit open.
    """
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, reads in _PLAIN.items():
        try:
            values[name] = reads(answers.get(name, ""))
        except _Wrong as error:
            wrong[name] = error.text
    values["choosing"] = answers.get("choosing") == "yes"
    known = [f for f in fields if _is_field(f)]
    values["fields"] = sorted(set(known))
    if not known:
        wrong["fields"] = Text("専門分野を一つ以上選んでください", "choose at least one field")
    unit = answers.get("unit", "")
    chosen = {str(pk): pk for pk in units}.get(unit)
    if unit and chosen is None:
        wrong["unit"] = Text("その組織は選べません", "that unit cannot be chosen")
    if not unit and not everywhere:
        wrong["unit"] = Text("組織を選んでください", "choose a unit")
    values["unit_id"] = chosen
    values["readings"] = _readings(answers)
    wrong |= _order(values)
    return Read(values, wrong)


def _is_field(path: str) -> bool:
    try:
        field_at(path)
    except RequestError:
        return False
    return True


def _readings(answers: Mapping[str, str]) -> dict[str, str]:
    """The readings that differ from the default."""
    return {
        r.id: chosen
        for r in standards().readings
        if (chosen := answers.get(f"reading-{r.id}", ""))
        and r.allows(chosen)
        and chosen != r.default
    }


_DAYS = ("opens", "due_self", "due_superior", "due_committee", "closes")


def _order(values: Mapping[str, Any]) -> dict[str, Text]:
    """The days must follow one another, as far as they are set."""
    wrong, before = {}, None
    for name in _DAYS:
        day = values.get(name)
        if day is not None and before is not None and day < before:
            wrong[name] = Text("前の日付より後にしてください", "this is before the day above it")
        before = day or before
    return wrong


def asks(
    answers: Mapping[str, str],
    fields: Iterable[str],
    units: Mapping[int, Unit],
    everywhere: bool,
    wrong: Mapping[str, Text],
    lang: Lang,
) -> tuple[Ask, ...]:
    """The questions of the form, with what was answered."""
    say = _LABELS
    made = [
        Ask(name, say[name][0][lang], kind, answers.get(name, ""), say[name][1][lang])
        for name, kind in _KINDS.items()
    ]
    made.insert(2, _unit_ask(answers.get("unit", ""), units, everywhere, lang))
    made.append(_fields_ask(set(fields), lang))
    choosing = Choice(
        "yes",
        Text("参加者が専門分野とレベルを選んでよい", "People may choose their field and level")[
            lang
        ],
        answers.get("choosing") == "yes",
    )
    made.append(Ask("choosing", "", "checks", options=(OptionGroup("", (choosing,)),)))
    return tuple(evolve(a, wrong=wrong[a.name][lang]) if a.name in wrong else a for a in made)


_KINDS = {
    "name_ja": "text", "name_en": "text", "as_of": "text", "opens": "date", "due_self": "date",
    "due_superior": "date", "due_committee": "date", "closes": "date", "quorum": "text",
    "reminder_days": "text",
}  # fmt: skip
_NO_HINT = Text("", "")
_LABELS = {
    "name_ja": (Text("名前（日本語）", "Name (Japanese)"), Text("例: 2026年度 秋の棚卸し", "for example 2026年度 秋の棚卸し")),
    "name_en": (Text("名前（英語）", "Name (English)"), Text("例: Autumn 2026", "for example Autumn 2026")),
    "as_of": (Text("判定の基準月", "Judged as of the month"), Text("2026-11 のように。全員をこの月の時点で判定します", "like 2026-11; everybody is judged as of it")),
    "opens": (Text("始まる日", "First day"), _NO_HINT),
    "due_self": (Text("本人の期限", "Engineers are to submit by"), Text("決めない場合は空けておく", "leave empty where there is none")),
    "due_superior": (Text("上司の期限", "Superiors are to check by"), _NO_HINT),
    "due_committee": (Text("審査員の期限", "Committees are to decide by"), _NO_HINT),
    "closes": (Text("終わる日", "Last day"), _NO_HINT),
    "quorum": (Text("審査の定足数", "Quorum of committees"), Text("決定に要る意見の数", "how many views a decision needs")),
    "reminder_days": (Text("お知らせを送る日（期限の何日前か）", "Reminders, days before each due day"), Text("7,1 のように。0は当日。メールを設定した場合に送ります", "like 7,1; 0 is the day itself. Sent where mail is set up")),
}  # fmt: skip


def _unit_ask(chosen: str, units: Mapping[int, Unit], everywhere: bool, lang: Lang) -> Ask:
    options = [
        Choice(str(pk), u.name_ja if lang == "ja" else u.name_en, str(pk) == chosen)
        for pk, u in sorted(units.items(), key=lambda each: each[1].code)
    ]
    if everywhere:
        options.insert(0, Choice("", Text("全体", "everybody")[lang], not chosen))
    return Ask(
        "unit", Text("参加する組織", "Whose people take part")[lang], "select",
        options=(OptionGroup("", tuple(options)),),
    )  # fmt: skip


def _fields_ask(chosen: set[str], lang: Lang) -> Ask:
    groups = tuple(
        OptionGroup(
            edition_name(e)[lang],
            tuple(
                Choice(path, f.name[lang], path in chosen)
                for f in e.specialty_fields()
                for path in [e.qualified(f.id)]
            ),
        )
        for e in standards().editions
    )
    return Ask("fields", Text("専門分野", "Fields")[lang], "checks", options=groups)


def reading_asks(answers: Mapping[str, str], lang: Lang) -> tuple[Ask, ...]:
    """Every reading as a choice."""
    return tuple(
        Ask(
            f"reading-{r.id}", r.question[lang], "select",
            options=(OptionGroup("", tuple(
                Choice(a.id, a.meaning[lang], answers.get(f"reading-{r.id}", r.default) == a.id)
                for a in r.alternatives
            )),),
        )
        for r in standards().readings
    )  # fmt: skip


def answers_of(cycle: Cycle) -> dict[str, str]:
    """A cycle as the answers that would make it."""

    def day(value: datetime.date | None) -> str:
        return value.isoformat() if value else ""

    return {
        "name_ja": cycle.name_ja, "name_en": cycle.name_en, "as_of": cycle.as_of,
        "opens": day(cycle.opens), "closes": day(cycle.closes), "due_self": day(cycle.due_self),
        "due_superior": day(cycle.due_superior), "due_committee": day(cycle.due_committee),
        "quorum": str(cycle.quorum), "reminder_days": ", ".join(map(str, cycle.reminder_days)),
        "unit": str(cycle.unit_id or ""), "choosing": "yes" if cycle.choosing else "",
        **{f"reading-{k}": v for k, v in cycle.readings.items()},
    }  # fmt: skip
