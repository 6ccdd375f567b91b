"""What an importer made of a document, for people and as JSON (`tassei/import/1`).

What is not understood stands first, then what is new, then what was found, then the shares.
"""

from collections.abc import Iterator
from typing import Any

from tassei.documents.accounts import USES, Account, Use
from tassei.documents.clausework import Problem
from tassei.documents.drafting import Draft
from tassei.figures import plural
from tassei.reporting.layout import column, hanging, pad
from tassei.rules.wording import CLAUSE_NAMES
from tassei.text import Lang, Text

SCHEMA = "tassei/import/1"
_SHOWN = 12
"""How many entries of a list a person is shown; JSON has them all."""

_USE_NAMES: dict[Use, Text] = {
    "clause": Text("条項", "clauses"),
    "outline": Text("職種と専門分野の説明", "outline of category and fields"),
    "title": Text("見出し", "headings"),
    "header": Text("専門分野とレベルの欄", "field and level of an indicator"),
    "table": Text("レベルの表", "table of levels"),
    "skills": Text("スキル領域、熟達度、知識項目", "skill areas, proficiency, knowledge"),
    "decoration": Text("柱、ページ番号など", "running heads, page numbers and the like"),
    "not-understood": Text("読み取れなかったもの", "not understood"),
}
_KINDS = {
    "criteria": Text("複雑性の条件", "criterion"),
    "outcomes": Text("成果", "outcome"),
    "activities": Text("活動", "activity"),
    "areas": Text("領域", "area"),
    "succession": Text("技術の継承", "kind of succession"),
    "tasks": Text("タスク特性", "task characteristic"),
    "skills": Text("スキル項目", "skill item"),
    "sub_items": Text("スキル項目の内訳", "part of a skill item"),
    "knowledge": Text("知識項目", "knowledge item"),
}
_SKILLS = Text("スキルと知識", "skills and knowledge")


def import_lines(draft: Draft, lang: Lang, width: int) -> Iterator[str]:
    """The report as people read it."""
    edition, account = draft.edition, draft.account
    name = edition.category.name[lang]
    yield f"{name}  {edition.id}"
    yield _answer(draft)[lang]
    yield ""
    yield from _not_understood(draft, lang, width)
    yield from _new(draft, lang, width)
    if draft.remarks:
        yield Text("読み方に注意がいるもの", "Read with a remark")[lang]
        for remark in draft.remarks:
            yield hanging("  ", remark.text[lang], width, f"{edition.document}:{remark.line}")
        yield ""
    yield from _fields(draft, lang)
    yield from _shares(account, lang)


def _answer(draft: Draft) -> Text:
    open_ = len(draft.problems) or account_open(draft.account)
    count = len(draft.edition.indicators)
    if not count:
        return Text("達成度指標は見つかりませんでした。", "No achievement indicator was found.")
    if open_:
        return Text(
            f"{count}件の達成度指標を読み取りました。人の確認が必要な箇所が{open_}つあります。",
            f"{plural(count, 'indicator')} read; {open_} {'place needs' if open_ == 1 else 'places need'} a person.",
        )
    return Text(
        f"{count}件の達成度指標を、残らず読み取りました。",
        f"{plural(count, 'indicator')} read; nothing was left not understood.",
    )


def account_open(account: Account) -> int:
    """How many passages were not understood."""
    return account.count("not-understood")


def _not_understood(draft: Draft, lang: Lang, width: int) -> Iterator[str]:
    told = {p.line for p in draft.problems}
    loose = [p for p in draft.account.not_understood() if p.line not in told]
    if not draft.problems and not loose:
        return
    yield Text("読み取れなかったもの", "Not understood")[lang]
    for problem in draft.problems[:_SHOWN]:
        yield hanging(
            "  ? ", _problem(problem)[lang], width, f"{draft.edition.document}:{problem.line}"
        )
    for passage in loose[: max(_SHOWN - len(draft.problems), 3)]:
        yield hanging("  ? ", _cut(passage.text), width, f"{draft.edition.document}:{passage.line}")
    rest = len(draft.problems) + len(loose) - _SHOWN
    if rest > 0:
        yield "  " + Text(f"ほか{rest}件（--format json）", f"{rest} more (--format json)")[lang]
    yield ""


def _problem(problem: Problem) -> Text:
    clause = CLAUSE_NAMES.get(problem.clause, _SKILLS)
    where = (
        Text(
            f"{problem.field_name} レベル{problem.level} {clause.ja}",
            f"{problem.field_name} level {problem.level}, {clause.en}",
        )
        if problem.field_name
        else clause
    )
    if not problem.text:
        missing = Text(
            "必要な記述がない、または矛盾する", "something that is needed is missing or contradicts"
        )
        sign = f" ({problem.sign})" if problem.sign else ""
        return Text(f"{where.ja}: {missing.ja}{sign}", f"{where.en}: {missing.en}{sign}")
    text = _cut(problem.text)
    sign = problem.sign.strip()
    at = (
        Text(f"（「{_cut(sign, 24)}」が合わない）", f' ("{_cut(sign, 24)}" fits nowhere)')
        if sign and sign != problem.text
        else Text("", "")
    )
    return Text(f"{where.ja}: {text}{at.ja}", f"{where.en}: {text}{at.en}")


def _cut(text: str, length: int = 70) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _new(draft: Draft, lang: Lang, width: int) -> Iterator[str]:
    if draft.new_measures:
        yield Text("新しい測定項目", "New measures")[lang]
        for measure in draft.new_measures[:_SHOWN]:
            unit = f" ({measure.unit[lang]})" if measure.unit[lang] else ""
            place = f"{draft.edition.document}:{measure.line}"
            yield hanging("  + ", f"{measure.name[lang]}{unit} → {measure.id}", width, place)
        yield from _more(len(draft.new_measures), lang)
        yield ""
    if draft.new_terms:
        yield Text(f"新しい用語 {len(draft.new_terms)}件", f"New terms: {len(draft.new_terms)}")[
            lang
        ]
        for new in draft.new_terms[:_SHOWN]:
            kind = _KINDS.get(new.kind.partition("/")[0], Text(new.kind, new.kind))
            said = f"{kind[lang]}: {_cut(new.term.name[lang], 48)} → {new.term.id}"
            yield hanging("  + ", said, width, f"{draft.edition.document}:{new.line}")
        yield from _more(len(draft.new_terms), lang)
        yield ""


def _more(count: int, lang: Lang) -> Iterator[str]:
    if count > _SHOWN:
        rest = count - _SHOWN
        yield "  " + Text(f"ほか{rest}件（--format json）", f"{rest} more (--format json)")[lang]


def _fields(draft: Draft, lang: Lang) -> Iterator[str]:
    fields = draft.edition.fields
    if not fields:
        return
    top = max((level for f in fields for level in f.levels), default=7)
    levels = range(top, 0, -1)
    names = {f.id: f"  {f.name[lang]}" for f in fields}
    wide = column(names.values())
    yield pad(Text("専門分野", "specialty field")[lang], wide) + "  ".join(map(str, levels))
    open_ = {(i.field_id, i.level) for i in draft.edition.indicators if i.unparsed}
    for field in fields:
        marks = "  ".join(
            "?" if (field.id, n) in open_ else "■" if n in field.levels else "·" for n in levels
        )
        yield pad(names[field.id], wide) + marks
    skills = draft.edition.skills
    if skills.items:
        leaves = sum(len(b.leaves()) for b in skills.knowledge)
        yield (
            "  "
            + Text(
                f"スキル項目{len(skills.items)}件、熟達度{len(skills.proficiency)}件、知識項目{leaves}件",
                f"{len(skills.items)} skill items, {len(skills.proficiency)} proficiencies, {leaves} knowledge items",
            )[lang]
        )
    yield ""


def _shares(account: Account, lang: Lang) -> Iterator[str]:
    total = len(account.passages)
    yield Text(f"文書の{total}か所の内訳", f"What became of the {total} passages")[lang]
    for use in USES:
        count = account.count(use)
        if count or use == "not-understood":
            share = f"{100 * account.share(use):.1f} %"
            yield f"  {pad(_USE_NAMES[use][lang], 40)}{count:>6}  {share:>7}"


def import_json(draft: Draft) -> dict[str, Any]:
    """The report for other programs; see docs/reference/schemas/import.schema.json."""
    edition, account = draft.edition, draft.account
    return {
        "schema": SCHEMA,
        "document": {
            "name": draft.document.name,
            "id": edition.document,
            "format": draft.document.format,
            "digest": draft.document.digest,
            "language": edition.language,
        },
        "edition": edition.id,
        "not_understood": [
            {
                "field": p.field_name or None,
                "level": p.level or None,
                "clause": p.clause,
                "line": p.line,
                "text": p.text,
                "sign": p.sign,
            }
            for p in draft.problems
        ],
        "new_measures": [
            {"id": m.id, "ja": m.name.ja, "en": m.name.en, "unit": {"ja": m.unit.ja, "en": m.unit.en}, "line": m.line}
            for m in draft.new_measures
        ],
        "new_terms": [
            {"kind": n.kind.partition("/")[0], "id": n.term.id, "ja": n.term.name.ja, "en": n.term.name.en, "line": n.line}
            for n in draft.new_terms
        ],
        "remarks": [{"line": r.line, "ja": r.text.ja, "en": r.text.en} for r in draft.remarks],
        "fields": [
            {"id": f.id, "ja": f.name.ja, "en": f.name.en, "levels": list(f.levels), "applies_to": list(f.applies_to)}
            for f in edition.fields
        ],
        "shares": {use: round(account.share(use), 4) for use in USES},
        "passages": [
            {"line": p.line, "page": p.page, "use": p.use, "by": p.by or None}
            for p in account.passages
        ],
    }  # fmt: skip
