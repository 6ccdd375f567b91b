"""Rules on the skill part: areas, proficiency and knowledge held against one another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tassei.comparing.aspects import sizes
from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.skills import KnowledgeItem, Proficiency
from tassei.rules.wording import short
from tassei.text import Text


def _line(laid: Laid, proficiency: Proficiency) -> str:
    """The text of a proficiency entry, level and all; empty without a document."""
    return next(
        (
            t
            for n, t in laid.lines
            if n == proficiency.place.line and len(t) > 20 and "-" not in t[:2]
        ),
        "",
    )


def _touch(proficiency: Proficiency) -> str:
    return f"{proficiency.field_id}/{proficiency.level}/skills"


@rule(
    "same-proficiency",
    "no-progress",
    "レベルで変わらない熟達度",
    "proficiency worded alike at several levels",
)
def same_proficiency(laid: Laid) -> Iterator[Finding]:
    """Two levels of a skill in a field whose ability is the same."""
    groups: dict[tuple[str, str], list[Proficiency]] = defaultdict(list)
    for one in laid.edition.skills.proficiency:
        groups[one.item, one.field_id].append(one)
    for group in groups.values():
        for one in group:
            if any(other is not one and other.ability == one.ability for other in group):
                yield Finding(
                    one.place, "", _touch(one),
                    Text("熟達度の文言がレベルで変わらない", "Proficiency is worded alike at several levels"),
                    Text("隣のレベルと、役割と範囲のほかは同じである。", "It differs from the next level only in role and scope."),
                )  # fmt: skip


@rule(
    "scope-only-below",
    "only-upper-bound",
    "上限しかない熟達度の範囲",
    "a scope of proficiency with only an upper bound",
)
def scope_only_below(laid: Laid) -> Iterator[Finding]:
    """The scope of a proficiency bounded only from above."""
    for one in laid.edition.skills.proficiency:
        if any(b.at_least is None for b in one.scope):
            yield Finding(
                one.place, "", _touch(one),
                Text("熟達度の範囲に上限しかない", "The scope of proficiency has only an upper bound"),
                Text("「未満」だけで、下限がない。", 'There is only "less than", and no lower bound.'),
            )  # fmt: skip


@rule(
    "scope-unlike-size",
    "contradiction",
    "指標のサイズと違う熟達度の範囲",
    "a scope of proficiency unlike the size of the indicator",
)
def scope_unlike_size(laid: Laid) -> Iterator[Finding]:
    """The figures of the proficiency are not those of the indicator of the same field and level."""
    for one in laid.edition.skills.proficiency:
        own = laid.edition.indicator(one.field_id, one.level)
        if own is None:
            continue
        asked = {
            (s.measure, s.at_least, s.below) for s in sizes(laid.edition, own) if s.criteria is None
        }
        said = {(b.measure.id, b.at_least, b.below) for b in one.scope}
        if asked != said and (asked or said):
            yield Finding(
                one.place, "", _touch(one),
                Text("熟達度の範囲が指標のサイズと異なる", "The scope of proficiency differs from the size in the indicator"),
                Text("同じ分野とレベルの指標にある数が、ここでは欠けるか異なる。", "Figures of the indicator of the same field and level are missing here, or differ."),
            )  # fmt: skip


@rule(
    "knowledge-twice",
    "ambiguity",
    "知識項目の中の同じ名",
    "the same name twice among the knowledge",
)
def knowledge_twice(laid: Laid) -> Iterator[Finding]:
    """A name that stands more than once in one knowledge tree."""
    for block in laid.edition.skills.knowledge:
        names = Counter(n for item in block.items for n in _names(item))
        if any(count > 1 for count in names.values()):
            yield Finding(
                block.place, "", f"{block.field_id}/*/knowledge",
                Text("知識項目に同じ名が二度ある", "The same name twice among the knowledge"),
                Text("一つの一覧に同じ名の項目が二つ以上ある。", "One list holds two or more items of the same name."),
            )  # fmt: skip


def _names(item: KnowledgeItem) -> Iterator[str]:
    yield item.term.name.ja
    for inner in item.items:
        yield from _names(inner)


@rule(
    "knowledge-of-another-field",
    "copy-error",
    "ほかの分野と同じ固有の知識",
    "specific knowledge that is another field's",
)
def knowledge_of_another_field(laid: Laid) -> Iterator[Finding]:
    """Skills specific to two fields share one knowledge tree."""
    skills = laid.edition.skills
    specific = {i.id for i in skills.items if i.kind == "specific"}
    trees = [
        (b, tuple(n for item in b.items for n in _names(item)))
        for b in skills.knowledge
        if b.item in specific
    ]
    for block, names in trees:
        if any(o.item != block.item and other == names for o, other in trees):
            yield Finding(
                block.place, "", f"{block.field_id}/*/knowledge",
                Text("分野に固有の知識がほかの分野と同じ", "Knowledge specific to a field is that of another"),
                Text("異なる分野の固有スキルが、同じ知識項目を持つ。", "Specific skills of different fields have the same knowledge."),
            )  # fmt: skip


@rule("goal-of-another-skill", "copy-error", "ほかのスキルの目的", "the goal of another skill")
def goal_of_another_skill(laid: Laid) -> Iterator[Finding]:
    """A proficiency that ends in the name of another skill."""
    fields = {f.name.ja for f in laid.edition.fields}
    names = {
        i.id: short(i.name).ja.replace("の", "")
        for i in laid.edition.skills.items
        if short(i.name).ja not in fields  # the work of the field itself is everybody's goal
    }
    for one in laid.edition.skills.proficiency:
        text = _line(laid, one).replace("の", "")
        own = names.get(one.item, "")
        ending = text[-30:]
        for other, name in names.items():
            if (
                len(name) > 6
                and name != own
                and name not in own
                and name in ending
                and other != one.item
                and own not in ending
            ):
                yield Finding(
                    one.place, "", _touch(one),
                    Text("ほかのスキルの目的で終わる", "It ends in the goal of another skill"),
                    Text(f"「{name}」は別のスキル項目の目的である。", f'"{name}" is the goal of another skill item.'),
                )  # fmt: skip
                break


@rule(
    "field-as-person",
    "wrong-noun",
    "人のあるべき所の分野名",
    "a field named where a person should stand",
)
def field_as_person(laid: Laid) -> Iterator[Finding]:
    """「ネットワークオペレーションとして」, without member or leader."""
    names = [f.name.ja for f in laid.edition.specialty_fields()]
    for line, text in laid.lines:
        if any(re.search(rf"{re.escape(n)}(?:として|と協業)", text) for n in names):
            yield Finding(
                laid.place(line), "", "*/*/skills" if laid.edition.skills.items else "",
                Text("人のあるべき所に分野の名がある", "A field is named where a person should stand"),
                Text("メンバや責任者という語が抜けている。", "The word for the person is missing."),
            )  # fmt: skip


@rule(
    "no-specific-skill", "short-list", "固有スキルのないレベル", "levels without a specific skill"
)
def no_specific_skill(laid: Laid) -> Iterator[Finding]:
    """Levels at which only the common skills have a proficiency."""
    skills = laid.edition.skills
    specific = {i.id for i in skills.items if i.kind == "specific"}
    by_level: dict[int, list[Proficiency]] = defaultdict(list)
    for one in skills.proficiency:
        by_level[one.level].append(one)
    for found in by_level.values():
        if specific and not any(p.item in specific for p in found):
            for one in found:
                yield Finding(
                    one.place, "", _touch(one),
                    Text("固有のスキル項目のないレベル", "Levels that have no specific item"),
                    Text("このレベルには、職種共通のスキル項目しかない。", "At this level there are only the skill items common to the category."),
                )  # fmt: skip


@rule("manuals-joined", "ambiguity", "手順と指導の結び方", "how manuals and guidance are joined")
def manuals_joined(laid: Laid) -> Iterator[Finding]:
    """Follows the manuals, or under guidance: joined by or at some places, by and at others."""
    joined = [p for p in laid.edition.skills.proficiency if p.manual]
    if len({p.manual for p in joined}) > 1:
        for one in joined:
            yield Finding(
                one.place, "", _touch(one),
                Text("「準拠し、または」の結び方", 'How "follows, or" is joined'),
                Text("手順への準拠と上位の指導が、所によって「または」か「かつ」で結ばれる。", "Following manuals and being guided are joined by or at some places, by and at others."),
            )  # fmt: skip


@rule(
    "areas-unlike-knowledge",
    "short-list",
    "そろわないスキル領域と知識",
    "skill areas and knowledge that do not match",
)
def areas_unlike_knowledge(laid: Laid) -> Iterator[Finding]:
    """A sub-item of the skill areas that no knowledge of the skill speaks of."""
    skills = laid.edition.skills
    for item in skills.items:
        trees = [b for b in skills.knowledge if b.item == item.id]
        known = {_key(n) for b in trees for k in b.items for n in _names(k)}
        left = [
            s
            for s in item.sub_items
            if not any(_key(s.name.ja) in k or k in _key(s.name.ja) for k in known)
        ]
        if trees and left:
            for place in (item.place, *(b.place for b in trees)):
                yield Finding(
                    place, "", "*/*/skills",
                    Text("スキル領域と知識項目がそろわない", "Skill areas and knowledge do not match"),
                    Text("スキル領域の小項目に、対応する知識項目がない。", "A sub-item of the skill areas has no knowledge item."),
                )  # fmt: skip


def _key(name: str) -> str:
    return re.sub(r"[のをにと・、/\s()（）]", "", name)
