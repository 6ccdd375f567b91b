"""The questions about a person beside the engagements: contributions and examinations."""

from collections.abc import Mapping
from typing import Any

from tassei.framework.scales import Depth
from tassei.framework.vocabulary import Term
from tassei.marked import Marked, as_marked
from tassei.rules.wording import short
from tassei.text import Text
from tassei.web.asking.questions import Questions
from tassei.web.asking.sheet import Control, Group, Sheet, mapping

NONE = Text("なし", "none")
Parts = dict[str, Marked]
_UNANSWERED = Text(
    "一つでも答えると、答えていないものは「なし」と読みます。",
    "Once one is answered, those left open are read as none.",
)


def ask_person(
    sheet: Sheet,
    questions: Questions,
    recorded: Mapping[str, Any],
    inside: frozenset[str] = frozenset(),
    works: int | None = None,
    kinds: Mapping[str, Text] | None = None,
) -> tuple[tuple[Group, ...], Parts]:
    """Ask about the person.

    Args:
        recorded: `professional` and `examinations` as they stand in an evidence file.
        inside: areas that a recorded list is complete for.
        works: rows for works handed on, each with its title and month; None asks only which kinds there are.
        kinds: what such a work can be.

    Returns:
        The groups, and the parts of an evidence file that they make.
    """
    professional = dict(recorded.get("professional") or {})
    areas, depths = _areas(sheet, questions.areas, professional.get("areas"), inside)
    was = professional.get("succession")
    if works is None:
        succession, handed_on = _kinds(sheet, questions.succession)
    else:
        succession, handed_on = _works(sheet, was, works, kinds or {})
    others, mentoring = [], _kept(professional.get("mentoring"))
    if questions.mentoring:
        control, mentoring = sheet.truth(
            "mentoring",
            sheet.say("後進の育成を行っている", "develops juniors"),
            professional.get("mentoring"),
        )
        others.append(control)
    passed, examinations = _examinations(
        sheet, questions, recorded.get("examinations"), works is not None
    )
    say = sheet.say
    groups = (
        Group("areas", say("専門領域とその深さ", "Areas of specialty, and how deep"), _UNANSWERED[sheet.lang], tuple(areas)),
        Group("terms" if works is None else "works", say("技術の継承", "Technology handed on"), _UNANSWERED[sheet.lang] if works is None else "", tuple(succession)),
        Group("facts", say("後進の育成", "Developing juniors"), "", tuple(others)),
        Group("terms", say("試験", "Examinations"), "", tuple(passed)),
    )  # fmt: skip
    parts = {
        "professional": mapping({"areas": depths, "succession": handed_on, "mentoring": mentoring}),
        "examinations": examinations,
    }
    given = {k: v for k, v in parts.items() if v is not None}
    return tuple(g for g in groups if g.controls), given


def _kept(value: Any) -> Marked | None:
    return None if value is None else as_marked(value)


def _areas(
    sheet: Sheet, asked: tuple[Term, ...], recorded: Any, inside: frozenset[str]
) -> tuple[list[Control], Marked | None]:
    options = {"none": NONE} | {d.id: d.label for d in Depth}
    controls, changed, some = [], False, False
    found = {k: as_marked(v) for k, v in (recorded or {}).items()}
    for term in asked:
        missing = "none" if recorded is not None and term.id in inside else ""
        was = (recorded or {}).get(term.id, missing)
        control, chosen = sheet.select(f"area-{term.id}", term.name[sheet.lang], options, was=was)
        controls.append(control)
        changed = changed or (chosen or "") != was
        some = some or chosen is not None
        found.pop(term.id, None)
        if chosen and chosen != "none":
            found[term.id] = Marked(chosen, control.number)
    if not changed:
        return controls, _kept(recorded)
    # an empty list says that there is none, which is more than saying nothing
    return controls, (mapping(found) or Marked({}, 0, {})) if some or found else None


def _kinds(sheet: Sheet, asked: tuple[Term, ...]) -> tuple[list[Control], Marked | None]:
    controls, found, some = [], list[Marked](), False
    for term in asked:
        control, value = sheet.truth(f"succession-{term.id}", term.name[sheet.lang])
        controls.append(control)
        some = some or value is not None
        if value and value.value is True:
            found += _work(Marked(term.id, control.number), None, None)
    return controls, Marked(found, 0) if some else None


def _work(kind: Marked, title: Marked | None, on: Marked | None) -> list[Marked]:
    made = mapping({"kind": kind, "title": title, "on": on})
    return [made] if made else []


def _works(
    sheet: Sheet, recorded: Any, rows: int, kinds: Mapping[str, Text]
) -> tuple[list[Control], Marked | None]:
    """Works one by one; a row without a kind is no work."""
    say = sheet.say
    known = None if recorded is None else bool(recorded)
    some, any_ = sheet.truth(
        "succession", say("技術の継承の実績がある", "technology was handed on"), known
    )
    controls, found = [some], list[Marked]()
    for row in range(1, rows + 1):
        was = recorded[row - 1] if recorded and row <= len(recorded) else {}
        name = f"succession-{row}"
        kind, chosen = sheet.select(
            f"{name}-kind", say(f"{row}件目の種類", f"{row}: kind"), kinds,
            was=was.get("kind", ""), first=Text("（書かない）", "(nothing here)"),
        )  # fmt: skip
        title, titled = sheet.text(
            f"{name}-title", say(f"{row}件目の題名", f"{row}: title"), was=was.get("title", "")
        )
        on, month = sheet.text(
            f"{name}-on", say(f"{row}件目の年月", f"{row}: month"), was=was.get("on", "")
        )
        controls += [kind, title, on]
        if chosen:
            found += _work(Marked(chosen, kind.number), titled, month)
        elif (titled or month) and (f"{name}-title" in sheet.answers or not was):
            sheet.tell(
                kind.number,
                Text("種類が選ばれていません", "no kind is chosen"),
                Text(
                    "種類を選ぶか、題名と年月を消してください",
                    "choose one, or clear the title and the month",
                ),
            )
    if found and any_ is not None and any_.value is False:
        sheet.tell(
            some.number,
            Text(
                "「いいえ」ですが、下に実績が書かれています",
                'it says "no", but works are listed below',
            ),
            Text(
                "「はい」にするか、下の種類を「（書かない）」にしてください",
                'choose "yes", or "(nothing here)" below',
            ),
        )
    if found:
        return controls, Marked(found, 0)
    return controls, Marked([], 0) if any_ is not None and any_.value is False else None


def _examinations(
    sheet: Sheet, questions: Questions, recorded: Any, months: bool
) -> tuple[list[Control], Marked | None]:
    asked = dict(questions.examinations)
    by_name = {x["name"]: x for x in recorded or ()}
    controls, some, changed = [], False, False
    found = [as_marked(x) for x in recorded or () if x["name"] not in asked]
    for name, term in asked.items():
        label = f"{short(term.name)[sheet.lang]} ({name})"
        was = None if recorded is None else name in by_name
        control, value = sheet.truth(f"examination-{name}", label, was)
        controls.append(control)
        passed = None
        if months:
            before = by_name.get(name, {}).get("passed", "")
            when, passed = sheet.text(
                f"passed-{name}",
                sheet.say(f"{label} に合格した年月", f"month in which {label} was passed"),
                was=before,
            )
            controls.append(when)
            changed = changed or when.value != before
        some = some or value is not None
        changed = changed or (None if value is None else value.value) != was
        if value and value.value is True:
            made = mapping({"name": Marked(name, control.number), "passed": passed})
            found += [made] if made else []
    if not changed:
        return controls, _kept(recorded)
    return controls, Marked(found, 0) if some or found else None
