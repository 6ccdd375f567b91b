"""The questions about what a person can do: proficiency in skill items, and what is known."""

from collections.abc import Iterable, Mapping
from typing import Any

from tassei.framework.edition import Edition, SpecialtyField
from tassei.framework.skills import KnowledgeBlock, Proficiency, SkillItem
from tassei.marked import Marked, as_marked
from tassei.text import Text
from tassei.web.asking.person import NONE
from tassei.web.asking.sheet import Control, Group, Sheet, mapping

Fields = tuple[tuple[Edition, SpecialtyField], ...]


def asks_skills(fields: Fields) -> bool:
    """Whether the document of any of the fields says what people can do."""
    return any(e.skills.items for e, _ in fields)


def ask_skills(
    sheet: Sheet, fields: Fields, recorded: Mapping[str, Any], inside: frozenset[str]
) -> tuple[tuple[Group, ...], dict[str, Marked]]:
    """Ask for a proficiency in each skill item of some fields, and for what is known.

    Args:
        recorded: `skills` and `knowledge` as they stand in an evidence file.
        inside: the skill items that a recorded list is complete for; knowledge is asked box by box,
            where a box without a tick says nothing until one is ticked.
    """
    was = recorded.get("skills")
    found = {k: as_marked(v) for k, v in (was or {}).items()}
    controls, changed, some = [], False, False
    for item, levels in _items(fields).values():
        before = (was or {}).get(item.id, 0 if was is not None and item.id in inside else None)
        options = {"0": NONE} | {str(p.level): _worded(p) for p in levels}
        if before is not None:
            options.setdefault(str(before), Text(f"レベル{before}", f"level {before}"))
        control, chosen = sheet.select(
            f"skill-{item.id}", item.name[sheet.lang], options,
            was="" if before is None else str(before),
        )  # fmt: skip
        controls.append(control)
        now = None if chosen is None else int(chosen)
        changed, some = changed or now != before, some or now is not None
        found.pop(item.id, None)
        if now:
            found[item.id] = Marked(now, control.number)
    parts: dict[str, Marked] = {}
    if changed and (found or some):
        parts["skills"] = mapping(found) or Marked({}, 0, {})
    elif not changed and was is not None:
        parts["skills"] = as_marked(was)
    known, knowledge = _knowledge(sheet, fields, recorded.get("knowledge"))
    if knowledge is not None:
        parts["knowledge"] = knowledge
    say = sheet.say
    hint = say(
        "一つでも答えると、答えていないものは「なし」と読みます。",
        "Once one is answered, those left open are read as none.",
    )
    skills = Group("areas", say("スキルの熟達度", "Proficiency in skills"), hint, tuple(controls))
    return tuple(g for g in (skills, *known) if g.controls), parts


def _worded(entry: Proficiency) -> Text:
    """A level of proficiency by what the document says of it."""
    role = entry.role.label
    ja, en = f"レベル{entry.level}: {role.ja}として", f"level {entry.level}: as {role.en}"
    if entry.supervised:
        ja, en = f"{ja}、指導の下で行える", f"{en}, under guidance"
    else:
        ja, en = f"{ja}行える", f"{en}"
    return Text(ja, en)


def _items(fields: Fields) -> dict[str, tuple[SkillItem, list[Proficiency]]]:
    """The skill items of some fields, each with its levels, the highest first."""
    found: dict[str, tuple[SkillItem, list[Proficiency]]] = {}
    for edition, field in fields:
        names = _names(edition, field)
        for item in edition.skills.items:
            if field.id in item.fields and item.id not in found:
                levels = {
                    p.level: p
                    for p in edition.skills.proficiency
                    if p.item == item.id and p.field_id in names
                }
                found[item.id] = (item, [levels[n] for n in sorted(levels, reverse=True)])
    return found


def _names(edition: Edition, field: SpecialtyField) -> frozenset[str]:
    return frozenset({field.id, *(f.id for f in edition.fields if field.id in f.applies_to)})


def _blocks(fields: Fields) -> Iterable[tuple[Text, KnowledgeBlock]]:
    for edition, field in fields:
        items = {i.id: i.name for i in edition.skills.items}
        for block in edition.skills.knowledge:
            if block.field_id in _names(edition, field):
                yield items[block.item], block


def _knowledge(sheet: Sheet, fields: Fields, recorded: Any) -> tuple[list[Group], Marked | None]:
    before = frozenset(recorded or ())
    now, asked = set(before), set[str]()
    groups, lines = [], dict[str, int]()
    for name, block in _blocks(fields):
        controls: list[Control] = []
        for term in block.leaves():
            if term.id in asked:
                continue
            asked.add(term.id)
            control, holds = sheet.tick(
                f"known-{term.id}", term.name[sheet.lang], term.id in before
            )
            controls.append(control)
            lines[term.id] = control.number
            (now.add if holds else now.discard)(term.id)
        legend = sheet.say(f"知っていること: {name.ja}", f"What is known: {name.en}")
        groups.append(Group("known", legend, "", tuple(controls)))
    if not now and recorded is None:
        return groups, None
    return groups, Marked([Marked(t, lines.get(t, 0)) for t in sorted(now)], 0)
