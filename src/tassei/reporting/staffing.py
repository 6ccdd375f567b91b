"""Staffing in words and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tassei.evidence.months import Month
from tassei.figures import months as months_text
from tassei.planning.staffing import Assignment, Filled, Given, SinglePoint, Staffing, Target
from tassei.reporting.layout import hanging
from tassei.reporting.plans import listed, name_of
from tassei.text import Lang, Text

SCHEMA = "tassei/staffing/1"


def staffing_json(
    answer: Staffing,
    alone: Iterable[SinglePoint],
    leaving: Sequence[str],
    readings: Mapping[str, str],
) -> dict[str, Any]:
    """An answer for another program."""
    return {
        "schema": SCHEMA,
        "as_of": str(answer.as_of),
        "readings": dict(readings),
        "status": answer.status,
        "gap": answer.gap,
        "rising": answer.rising,
        "given": [
            {
                "person": g.person.id,
                "assignment": g.assignment.id,
                "gains": [
                    {
                        "edition": x.rung.edition.id,
                        "field": x.rung.field_id,
                        "level": x.rung.level,
                        "months": x.months,
                    }
                    for x in g.gains
                ],
            }
            for g in answer.given
        ],
        "targets": [
            {
                "edition": f.target.edition,
                "field": f.target.field_id,
                "level": f.target.level,
                "people": f.target.people,
                "now": f.now,
                "then": f.then,
                "months": f.months,
            }
            for f in answer.filled
        ],
        "leaving": list(leaving),
        "single_points": [
            {
                "edition": s.rung.edition.id,
                "field": s.rung.field_id,
                "level": s.rung.level,
                "holder": s.holder.id if s.holder else None,
            }
            for s in alone
        ],
    }


def staffing_lines(
    answer: Staffing,
    alone: Sequence[SinglePoint],
    leaving: Sequence[str],
    assignments: Sequence[Assignment],
    names: Mapping[Target, Text],
    lang: Lang,
    width: int,
) -> Iterator[str]:
    """An answer for people.

    Args:
        names: how each target is called.
    """

    def line(head: str, text: Text) -> str:
        return hanging(head, text[lang], width)

    rising = answer.rising
    who = "person rises" if rising == 1 else "people rise"
    yield line("", Text(
        f"{rising}人が、いずれかの専門分野でより高いレベルに届きます。",
        f"{rising} {who} to a higher level in a field.",
    ))  # fmt: skip
    if answer.status == "optimal":
        yield line(
            "",
            Text(
                "これより良い割り当てがないことを証明しました。",
                "It is proved that there is no better choice.",
            ),
        )
    else:
        yield line("", Text(
            f"時間内に証明できませんでした。あと{answer.gap}人分改善する余地があります。",
            f"Not proved in the time given: another choice might fill {answer.gap} more.",
        ))  # fmt: skip
    for filled in answer.filled:
        yield line("  ", _filled(filled, names[filled.target], answer.as_of))
    yield ""
    for assignment in assignments:
        given = [g for g in answer.given if g.assignment.id == assignment.id]
        title = f" — {assignment.work.title}" if assignment.work.title else ""
        lasting = months_text(assignment.months)
        free = assignment.people - len(given)
        left = Text(f"、あと{free}人", f", {free} more wanted") if free else Text("", "")
        yield line("  ", Text(
            f"{assignment.id}{title}（{lasting.ja}{left.ja}）",
            f"{assignment.id}{title} ({lasting.en}{left.en})",
        ))  # fmt: skip
        for one in given:
            yield line("    ", _given(one, answer.as_of))
    yield ""
    yield from _alone(alone, leaving, lang, width)


def _given(given: Given, as_of: Month) -> Text:
    person = given.person
    name = person.id if person.name == person.id else f"{person.name} ({person.id})"
    highest: dict[tuple[str, str], Any] = {}
    for gain in given.gains:
        key = gain.rung.edition.id, gain.rung.field_id
        if key not in highest or gain.rung.level > highest[key].rung.level:
            highest[key] = gain
    said = []
    for gain in highest.values():
        rung, when = name_of(gain.rung), Month(as_of.number + gain.months).label
        said.append(Text(f"{rung.ja}（{when.ja}）", f"{rung.en} ({when.en})"))
    reached = listed(said)
    return Text(f"{name}: {reached.ja}", f"{name}: {reached.en}")


def _filled(filled: Filled, name: Text, as_of: Month) -> Text:
    target = filled.target
    by = Month(as_of.number + filled.months).label
    if filled.short:
        return Text(
            f"{name.ja}: 目標{target.people}人に対し{filled.then}人（今は{filled.now}人）。{filled.short}人足りません",
            f"{name.en}: {filled.then} of {target.people} wanted ({filled.now} now); {filled.short} short",
        )
    if not filled.months:
        return Text(
            f"{name.ja}: 目標{target.people}人はすでに揃っています（{filled.now}人）",
            f"{name.en}: the {target.people} wanted are there already ({filled.now})",
        )
    return Text(
        f"{name.ja}: 目標{target.people}人が{by.ja}に揃います（今は{filled.now}人）",
        f"{name.en}: the {target.people} wanted are there in {by.en} ({filled.now} now)",
    )


def _alone(
    alone: Sequence[SinglePoint], leaving: Sequence[str], lang: Lang, width: int
) -> Iterator[str]:
    if leaving:
        names = ", ".join(leaving)
        head = Text(
            f"{names} が抜けると、一人だけになる、または誰もいなくなるレベル",
            f"Levels that one person alone would hold, or nobody, without {names}",
        )
    else:
        head = Text("一人だけが満たしているレベル", "Levels that one person alone holds")
    if not alone:
        head = Text(f"{head.ja}: なし", f"{head.en}: none")
    yield hanging("", head[lang], width)
    # of one field and one holder, the levels stand together
    by_holder: dict[tuple[str, str, str], list[SinglePoint]] = {}
    for point in alone:
        holder = "" if point.holder is None else f"{point.holder.name} ({point.holder.id})"
        key = point.rung.edition.id, point.rung.field_id, holder
        by_holder.setdefault(key, []).append(point)
    for (_, _, holder), points in by_holder.items():
        levels = sorted({p.rung.level for p in points}, reverse=True)
        name = name_of(points[0].rung)
        field = Text(name.ja.rsplit(" ", 1)[0], name.en.rsplit(" level", 1)[0])
        numbers = ", ".join(map(str, levels))
        left = Text(holder or "誰もいない", holder or "nobody")
        yield hanging("  ", Text(
            f"{field.ja} レベル{numbers}: {left.ja}", f"{field.en} level {numbers}: {left.en}"
        )[lang], width)  # fmt: skip
