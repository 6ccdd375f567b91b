"""An encoding held against its document, for people and as JSON (`tassei/check/1`)."""

import json
from collections.abc import Iterator
from typing import Any

from tassei.documents.checking import Check, Checked, Difference
from tassei.reporting.layout import column, hanging, pad
from tassei.rules.wording import CLAUSE_NAMES
from tassei.text import Lang, Text

SCHEMA = "tassei/check/1"
_ENCODED, _DOCUMENTED = Text("符号化", "encoding"), Text("文書", "document")
_VALUES = {
    "role": Text("役割", "role"),
    "supervised": Text("指導の下", "under guidance"),
    "succeeded": Text("成功裡", "success"),
    "continued": Text("継続", "continuation"),
    "years": Text("年数", "years"),
    "engagements": Text("回数", "number of engagements"),
    "work_level": Text("業務のレベル", "level of the work"),
    "or_above": Text("「以上」の有無", '"or above"'),
    "outcomes": Text("成果", "outcomes"),
    "experiences": Text("経験", "experiences"),
    "implied": Text("読みによって求める活動", "activities that a reading asks for"),
    "at_least": Text("求める数", "how many"),
    "required": Text("必須の条件", "mandatory criteria"),
    "kind": Text("種別", "kind"),
    "criteria": Text("条件の一覧", "list of criteria"),
    "names": Text("項目の名称", "names of the items"),
    "depth": Text("深さ", "depth"),
    "items": Text("項目の一覧", "list of items"),
    "restored": Text("補った一覧", "restored list"),
}


def check_lines(check: Check, lang: Lang, width: int) -> Iterator[str]:
    """The check as people read it: the answer, the levels, then each difference."""
    edition = check.edition
    total = len(check.indicators)
    same = sum(c.same for c in check.indicators)
    values = sum(c.compared for c in check.indicators)
    yield f"{edition.title[lang]}  {edition.id}"
    yield Text(
        f"{total}件中{same}件の達成度指標が、規則にかかわる{values}の値のすべてで文書と同じです。",
        f"{same} of {total} indicators are the same as the document in every value that a rule depends on ({values} values).",
    )[lang]
    explained = sum(c.settled and not c.same for c in check.indicators)
    if explained:
        yield Text(
            f"ほか{explained}件の違いは、疑義が説明します。",
            f"A doubt explains the differences of {explained} more.",
        )[lang]
    yield ""
    yield from _ladder(check, lang)
    if check.skills_compared:
        differing = len(check.skills)
        yield Text(
            f"  スキルと知識: {check.skills_compared}項目中{check.skills_compared - differing}項目が同じ",
            f"  skills and knowledge: {check.skills_compared - differing} of {check.skills_compared} entries the same",
        )[lang]
    yield ""
    for checked in check.indicators:
        yield from _differences(check, checked, lang, width)
    for difference in check.skills:
        yield f"✗ {difference.value}"
        yield from _both(difference, lang, width)
    open_ = check.draft.account.not_understood()
    yield Text(
        f"文書の{len(check.draft.account.passages)}か所のうち、読み取れなかったもの: {len(open_)}",
        f"Of {len(check.draft.account.passages)} passages of the document, not understood: {len(open_)}",
    )[lang]
    for passage in open_[:12]:
        yield hanging("  ? ", passage.text, width, f"{edition.document}:{passage.line}")


def _ladder(check: Check, lang: Lang) -> Iterator[str]:
    """One line a field, one mark a level."""
    edition = check.edition
    found = {(c.field_id, c.level): c for c in check.indicators}
    top = max((c.level for c in check.indicators), default=7)
    names = {f.id: f.name[lang] for f in (*edition.fields, *check.draft.edition.fields)}
    wide = column(f"  {name}" for name in names.values())
    yield pad("", wide) + "  ".join(str(n) for n in range(top, 0, -1))
    for field_id in dict.fromkeys(c.field_id for c in check.indicators):
        marks = [
            _mark(found[field_id, n]) if (field_id, n) in found else "·" for n in range(top, 0, -1)
        ]
        yield pad(f"  {names.get(field_id, field_id)}", wide) + "  ".join(marks)


def _mark(checked: Checked) -> str:
    return "✓" if checked.same else "?" if checked.settled else "✗"


def _differences(check: Check, checked: Checked, lang: Lang, width: int) -> Iterator[str]:
    if checked.same:
        return
    owner = check.edition.field(checked.field_id) or check.draft.edition.field(checked.field_id)
    name = owner.name[lang] if owner else checked.field_id
    for difference in checked.differences:
        title = Text(
            f"{name} レベル{checked.level} {value_name(difference.value).ja}",
            f"{name} level {checked.level}, {value_name(difference.value).en}",
        )[lang]
        mark = "?" if difference.doubts else "✗"
        yield hanging(f"{mark} ", title, width, str(checked.place))
        yield from _both(difference, lang, width)
        if difference.doubts:
            ids = ", ".join(difference.doubts)
            yield "    " + Text(f"疑義 {ids} が説明する", f"explained by {ids}")[lang]
        else:
            yield "    " + Text("説明する疑義はない", "no doubt explains it")[lang]
    yield ""


def value_name(value: str) -> Text:
    """What people call a compared value."""
    if value == "indicator":
        return Text("達成度指標", "the indicator itself")
    if value == "unparsed":
        return Text("読み取れなかった条項", "clauses that could not be read")
    clause, _, part = value.partition(".")
    head = CLAUSE_NAMES.get(clause, Text(clause, clause))
    tail = _VALUES.get(part)
    return Text(f"{head.ja}の{tail.ja}", f"{head.en}: {tail.en}") if tail else head


def _both(difference: Difference, lang: Lang, width: int) -> Iterator[str]:
    for label, value in (
        (_ENCODED, difference.encoded),
        (_DOCUMENTED, difference.documented),
    ):
        yield hanging(f"    {pad(label[lang], 10)}", _said(value, lang), width)


def _said(value: Any, lang: Lang) -> str:
    """A plain value in few words."""
    match value:
        case None | []:
            return Text("なし", "none")[lang]
        case True:
            return Text("あり", "yes")[lang]
        case False:
            return Text("なし", "no")[lang]
        case list() if all(isinstance(v, str | int) for v in value):
            return ", ".join(map(str, value))
        case [{"any": _}, *_]:
            return "; ".join(_size(item) for item in value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _size(item: dict[str, Any]) -> str:
    """One size in the short form of the indicator table: `measure>=a<b`, then the condition."""
    parts = [
        f"{measure}{'' if lower is None else f'>={lower}'}{'' if upper is None else f'<{upper}'}"
        for measure, lower, upper in item["any"]
    ]
    if item["same_as_level"] is not None:
        parts.append(f"= level {item['same_as_level']}")
    condition = item["complexity_at_least"]
    return " | ".join(parts) + (f" +{condition}" if condition is not None else "")


def check_json(check: Check) -> dict[str, Any]:
    """The check for other programs; see docs/reference/schemas/check.schema.json."""
    account = check.draft.account
    return {
        "schema": SCHEMA,
        "edition": check.edition.id,
        "document": {"name": check.draft.document.name, "digest": check.draft.document.digest},
        "same": sum(c.same for c in check.indicators),
        "explained": sum(c.settled and not c.same for c in check.indicators),
        "indicators": [_checked_json(c) for c in check.indicators],
        "skills": {
            "compared": check.skills_compared,
            "differences": [_difference_json(d) for d in check.skills],
        },
        "not_understood": [
            {"line": p.line, "page": p.page, "text": p.text} for p in account.not_understood()
        ],
    }


def _checked_json(checked: Checked) -> dict[str, Any]:
    return {
        "field": checked.field_id,
        "level": checked.level,
        "source": {"document": checked.place.document, "line": checked.place.line},
        "compared": checked.compared,
        "same": checked.same,
        "differences": [_difference_json(d) for d in checked.differences],
        "doubts": list(checked.read_with),
    }


def _difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "value": difference.value,
        "encoded": difference.encoded,
        "documented": difference.documented,
        "explained_by": list(difference.doubts),
    }
