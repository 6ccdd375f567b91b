"""Rules on lists: criteria, areas and kinds that are short, doubled or named in two ways."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tassei.comparing.aspects import aspects
from tassei.comparing.finding.ladders import at_clause, ladders
from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid
from tassei.framework.edition import SpecialtyField
from tassei.framework.indicator import Indicator
from tassei.framework.vocabulary import Term
from tassei.rules.wording import short
from tassei.source import Place
from tassei.text import Text


@rule(
    "shorter-list",
    "short-list",
    "隣のレベルより短い一覧",
    "a list shorter than that of the next level",
)
def shorter_list(laid: Laid) -> Iterator[Finding]:
    """Criteria or areas of the level above that this level drops without adding others."""
    for key, clause, what in (
        ("criteria", "complexity", Text("複雑性の条件", "criteria")),
        ("area_list", "areas", Text("領域", "areas")),
    ):
        for owner, own in ladders(laid.edition):
            for upper, lower in pairwise(own):
                had = aspects(laid.edition, upper).get(key)
                has = aspects(laid.edition, lower).get(key)
                if not had or not has or had.items is None or has.items is None:
                    continue
                left = {i: n for i, n in had.items.items() if i not in has.items}
                new = set(has.items) - set(had.items)
                if left and not new and not _only_here(laid, owner, key, set(left)):
                    names_ja = "、".join(short(n).ja for n in left.values())
                    names_en = ", ".join(short(n).en for n in left.values())
                    yield at_clause(
                        lower, clause, has.place,
                        Text(f"レベル{lower.level}の{what.ja}が少ない", f"Level {lower.level} has fewer {what.en}"),
                        Text(f"レベル{upper.level}にある{names_ja}がない。", f"It lacks what level {upper.level} has: {names_en}."),
                        f"{key}",
                    )  # fmt: skip


def _only_here(laid: Laid, owner: SpecialtyField, key: str, ids: set[str]) -> bool:
    """Whether criteria belong to the upper levels of one field alone, as those of great work do."""
    if key != "criteria":
        return False
    others = {
        t.id
        for i in laid.edition.indicators
        if i.field_id != owner.id
        for t in i.complexity.criteria
    }
    return not ids & others


@rule("plain-twin", "ambiguity", "程度の語のない条件", "criteria without a word of degree")
def plain_twin(laid: Laid) -> Iterator[Finding]:
    """A level lists a criterion of which the level above has the stronger twin."""
    ids = {t.id for t in laid.edition.terms.criteria}
    for _, own in ladders(laid.edition):
        for upper, lower in pairwise(own):
            had = {t.id for t in upper.complexity.criteria}
            plain = [
                t
                for t in lower.complexity.criteria
                if f"plain-{t.id}" in ids or t.id.removeprefix("plain-") in had - {t.id}
            ]
            plain = [t for t in plain if t.id not in had]
            if plain:
                yield at_clause(
                    lower, "complexity", lower.complexity.place,
                    Text("程度を示す語のない条件", "Criteria without a word of degree"),
                    Text(f"レベル{upper.level}では高い要件を求める条件に、程度の語がない。", f"Criteria that level {upper.level} words with a degree have none here."),
                )  # fmt: skip


@rule(
    "criterion-of-another-field", "copy-error", "ほかの分野の条件", "a criterion of another field"
)
def criterion_of_another_field(laid: Laid) -> Iterator[Finding]:
    """One level lists a criterion that no other level of its field has, but other fields do."""
    for owner, own in ladders(laid.edition):
        for indicator in own:
            if indicator is own[0] or not indicator.complexity.criteria:
                continue  # the highest level may well ask for more
            elsewhere = {t.id for i in own if i is not indicator for t in i.complexity.criteria}
            others = {
                t.id
                for i in laid.edition.indicators
                if i.field_id != owner.id
                for t in i.complexity.criteria
            }
            foreign = [
                t for t in indicator.complexity.criteria if t.id not in elsewhere and t.id in others
            ]
            if foreign and elsewhere:
                yield at_clause(
                    indicator, "complexity", indicator.complexity.place,
                    Text("ほかの分野の文言の条件", "A criterion worded for another field"),
                    Text(f"{short(foreign[0].name).ja}は、この分野のほかのレベルになく、ほかの分野にある。", f"{short(foreign[0].name).en} stands at no other level of this field, but in other fields."),
                )  # fmt: skip


@rule("one-name-two-things", "ambiguity", "一つの名の二つのもの", "one name for two things")
def one_name_two_things(laid: Laid) -> Iterator[Finding]:
    """Two terms of one kind whose names differ only in their brackets."""
    terms = laid.edition.terms
    for kind, clause in (("criteria", "complexity"), ("areas", "areas")):
        names: dict[str, list[Term]] = defaultdict(list)
        for term in getattr(terms, kind):
            brief = short(term.name)
            names[brief.ja if laid.edition.language == "ja" else brief.en].append(term)
        for shared, same in names.items():
            if len(same) > 1:
                yield from _used(laid, shared, {t.id for t in same}, kind, clause)
    items: dict[str, list[Place]] = defaultdict(list)
    for item in laid.edition.skills.items:
        brief = short(item.name)
        items[brief.ja if laid.edition.language == "ja" else brief.en].append(item.place)
    for name, places in items.items():
        for place in places if len(places) > 1 else ():
            yield Finding(
                place, "skill items", "*/*/skills",
                Text("名の同じスキル項目", "Skill items that share a name"),
                Text(f"「{name}」という名のスキル項目が二つ以上ある。", f'More than one skill item is called "{name}".'),
            )  # fmt: skip


def _used(laid: Laid, name: str, ids: set[str], kind: str, clause: str) -> Iterator[Finding]:
    for indicator in laid.edition.indicators:
        found = aspects(laid.edition, indicator).get(
            "criteria" if kind == "criteria" else "area_list"
        )
        if found and ids & set(found.items or ()):
            yield at_clause(
                indicator, clause, found.place,
                Text("括弧だけが違う同じ名の項目", "Items of one name with other brackets"),
                Text(f"「{name}」が、括弧の中の違う二つ以上の項目の名になっている。", f'"{name}" names two or more items that differ only in their brackets.'),
                kind,
            )  # fmt: skip


@rule(
    "same-list-twice", "doubled-list", "同じ項目が二度ある一覧", "a list that prints an item twice"
)
def same_list_twice(laid: Laid) -> Iterator[Finding]:
    """The kinds of succession as printed hold one of them twice."""
    for indicator in laid.edition.indicators:
        kinds = indicator.professional.succession
        if kinds is None:
            continue
        printed = [t.id for t in kinds.items]
        doubled = [i for i, n in Counter(printed).items() if n > 1]
        if doubled:
            yield at_clause(
                indicator, "succession", kinds.place,
                Text("同じ項目が二度ある一覧", "A list that prints items twice"),
                Text(f"{len(doubled)}種類が二度以上印刷されている。", f"{len(doubled)} of the kinds are printed twice or more."),
            )  # fmt: skip


@rule(
    "uncovered-field",
    "gap",
    "共通レベルの及ばない分野",
    "common levels that do not reach every field",
)
def uncovered_field(laid: Laid) -> Iterator[Finding]:
    """Levels common to several fields leave one of the fields without them."""
    for common in (f for f in laid.edition.fields if f.applies_to):
        left = [f for f in laid.edition.specialty_fields() if f.id not in common.applies_to]
        if left:
            names_ja = "、".join(f.name.ja for f in left)
            names_en = ", ".join(f.name.en for f in left)
            yield Finding(
                common.place, "", f"{common.id}/*/name",
                Text("共通のレベルがすべての分野に及ばない", "Common levels do not reach every field"),
                Text(f"{names_ja}にはこのレベルがない。", f"These levels do not exist in {names_en}."),
            )  # fmt: skip


@rule(
    "worded-otherwise",
    "spelling",
    "所によって違う項目の名",
    "an item whose name varies from place to place",
)
def worded_otherwise(laid: Laid) -> Iterator[Finding]:
    """One id under another wording at some indicator."""
    edition = laid.edition
    for key, clause, what in (
        ("criteria", "complexity", Text("条件", "a criterion")),
        ("area_list", "areas", Text("領域", "an area")),
        ("kinds", "succession", Text("継承の種類", "a kind of succession")),
        ("outcomes", "responsibility", Text("成果", "an outcome")),
    ):
        names: dict[str, dict[str, list[tuple[Indicator, Place]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for indicator in edition.indicators:
            found = aspects(edition, indicator).get(key)
            for term, name in (found.items or {}).items() if found else ():
                own = name.ja if edition.language == "ja" else name.en
                assert found is not None
                names[term][own].append((indicator, found.place))
        for term, wordings in names.items():
            if len(wordings) < 2:
                continue
            most = max(wordings, key=lambda v: len(wordings[v]))
            for wording, seen in wordings.items():
                for indicator, place in seen if wording != most else ():
                    yield at_clause(
                        indicator, clause, place,
                        Text(f"所によって違う{what.ja}の名", f"The name of {what.en} varies"),
                        Text("同じ項目が、所によって違う語で書かれている。", "The same item is worded otherwise from place to place."),
                        term,
                    )  # fmt: skip


@rule(
    "no-number-of-areas", "missing-quantifier", "数のない領域の一覧", "areas without a quantifier"
)
def no_number_of_areas(laid: Laid) -> Iterator[Finding]:
    """A list of areas that does not say how many, where other lists do or all are alike silent."""
    common = {f.id for f in laid.edition.fields if f.applies_to}
    for indicator in laid.edition.indicators:
        areas = indicator.professional.areas
        if areas and areas.at_least is None:
            yield at_clause(
                indicator, "areas", areas.place,
                Text("領域の一覧にいくつ求めるかの語がない", "The list of areas does not say how many are asked"),
                Text("ほかの一覧にある「いずれか」などの語がない。", 'It lacks the words that others have, such as "either one".'),
                "common" if indicator.field_id in common else "",
            )  # fmt: skip


@rule("simple-list", "ambiguity", "単純さの一覧", "a list of simplicity used as a requirement")
def simple_list(laid: Laid) -> Iterator[Finding]:
    """Marks of easy work that the text asks for like criteria of hard work."""
    for indicator in laid.edition.indicators:
        if indicator.complexity.kind == "ceiling":
            yield at_clause(
                indicator, "complexity", indicator.complexity.place,
                Text("容易な仕事の目安が条件として並ぶ", "Marks of easy work used as requirements"),
                Text("単純であることを条件の形で求めている。", "It asks, in the form of a requirement, that the work be simple."),
            )  # fmt: skip
