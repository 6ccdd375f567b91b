"""Editions -> the indicator table, `tassei/indicator/1`: one object an indicator, for other programs.

The form is fixed by `docs/reference/schemas/indicator.schema.json`.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tassei.encoding.standards import Standards
from tassei.framework.edition import Edition
from tassei.framework.indicator import (
    Areas,
    Complexity,
    Contributions,
    Indicator,
    Professional,
    Responsibility,
    Rung,
    SizeItem,
    Succession,
    Tasks,
)
from tassei.framework.vocabulary import Term
from tassei.text import Text

SCHEMA = "tassei/indicator/1"
Row = dict[str, Any]
_EPOCH = datetime(2000, 1, 1)  # a fixed date, of no time zone


def indicator_rows(standards: Standards, editions: Iterable[Edition]) -> list[Row]:
    """The rows of the table, in the order of the editions and their documents."""
    return [_row(standards, e, i) for e in editions for i in e.indicators]


def _row(standards: Standards, edition: Edition, indicator: Indicator) -> Row:
    owner = edition.field(indicator.field_id)
    assert owner is not None, "checked when the edition was loaded"
    row: Row = {
        "schema": SCHEMA,
        "edition": edition.id,
        "specialty_field": {"id": owner.id, "ja": owner.name.ja, "en": owner.name.en},
        "level": indicator.level,
        "source": {"document": indicator.place.document, "line": indicator.place.line},
        "responsibility": _responsibility(indicator.responsibility),
        "complexity": _complexity(indicator.complexity),
        "size": _size(edition, indicator),
        "professional": _professional(indicator.professional),
        "task_characteristics": _tasks(indicator.tasks, indicator.professional.contributions),
        "examinations": [e.name for e in indicator.examinations],
        "doubts": [d.id for d in standards.doubts_of(edition, indicator)],
    }
    if indicator.unparsed:
        row["unparsed"] = [
            {"clause": u.clause, "line": u.place.line, "sign": u.sign} for u in indicator.unparsed
        ]
    if owner.applies_to:
        row["applies_to"] = list(owner.applies_to)
    return row


def _responsibility(said: Responsibility) -> Row:
    asked = said.engagements
    return {
        "role": said.role.id,
        "supervised": said.supervised,
        "engagements": asked
        and {
            "at_least": asked.at_least,
            "of_which": None
            if asked.of_which is None
            else {"level": asked.of_which_level, "at_least": asked.of_which},
            "others_level": asked.others_level,
        },
        "years": said.years,
        "work_level": said.work_level,
        "outcomes": _ids(said.outcomes),
        "experiences": _ids(said.experiences),
    }


def _complexity(asked: Complexity) -> Row:
    return {
        "at_least": asked.at_least,
        "required": list(asked.required),
        "kind": asked.kind,
        "criteria": [{"id": t.id, "ja": t.name.ja, "en": t.name.en} for t in asked.criteria],
    }


def _size(edition: Edition, indicator: Indicator) -> list[Row] | None:
    if not indicator.size:
        return None
    return [row for item in indicator.size for row in _size_item(edition, indicator, item)]


def _size_item(edition: Edition, indicator: Indicator, item: SizeItem) -> list[Row]:
    if item.same_as_level is not None:
        other = edition.indicator(indicator.field_id, item.same_as_level)
        assert other is not None, "checked when the edition was loaded"
        rows = _size(edition, other) or []
        return [row | {"complexity_at_least": item.complexity_at_least} for row in rows]
    return [
        {
            "measure": b.scale.id if isinstance(b, Rung) else b.measure.id,
            "at_least": b.at_least.id if isinstance(b, Rung) else b.at_least,
            "below": None if isinstance(b, Rung) else b.below,
            "complexity_at_least": item.complexity_at_least,
        }
        for b in item.any_of
    ]


def _professional(asked: Professional) -> Row:
    return {
        "areas": asked.areas and _areas(asked.areas),
        "succession": asked.succession and _succession(asked.succession),
        "mentoring": asked.mentoring is not None,
    }


def _areas(areas: Areas) -> Row:
    return {"at_least": areas.at_least, "depth": areas.depth.id, "items": _ids(areas.items)}


def _succession(kinds: Succession) -> Row:
    return {"at_least": kinds.at_least, "items": _ids(kinds.kinds())}


def _tasks(tasks: Tasks | None, contributions: Contributions | None) -> list[str]:
    """Task characteristics of V1, its contributions at the end as the document has them."""
    found = [*_ids(tasks.items), *_ids(tasks.noted)] if tasks else []
    if contributions:
        found += [t.id for t in (contributions.mentoring, *contributions.items) if t]
    return found


def _ids(terms: Iterable[Term]) -> list[str]:
    return [t.id for t in terms]


def as_json(rows: Iterable[Row]) -> str:
    """The whole table as one JSON array, indented."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n"


COLUMNS: tuple[tuple[str, Text], ...] = (
    ("edition", Text("版", "edition")),
    ("field", Text("専門分野", "specialty field")),
    ("field_ja", Text("専門分野（日本語）", "specialty field (Japanese)")),
    ("field_en", Text("専門分野（英語）", "specialty field (English)")),
    ("applies_to", Text("適用する専門分野", "applies to")),
    ("level", Text("レベル", "level")),
    ("document", Text("文書", "document")),
    ("line", Text("行", "line")),
    ("role", Text("役割", "role")),
    ("supervised", Text("指導の下", "supervised")),
    ("engagements_at_least", Text("回数", "engagements")),
    ("of_which", Text("うち回数", "of which")),
    ("of_which_level", Text("うちレベル", "of which at level")),
    ("others_level", Text("他のレベル", "others at level")),
    ("years", Text("年数", "years")),
    ("work_level", Text("業務のレベル", "level of the work")),
    ("outcomes", Text("成果", "outcomes")),
    ("experiences", Text("経験", "experiences")),
    ("complexity_at_least", Text("複雑性の項目数", "complexity at least")),
    ("complexity_required", Text("必須の条件", "mandatory criteria")),
    ("complexity_kind", Text("複雑性の種別", "kind of complexity")),
    ("criteria", Text("条件", "criteria")),
    ("size", Text("サイズ", "size")),
    ("areas_at_least", Text("領域の数", "areas at least")),
    ("areas_depth", Text("領域の深さ", "depth")),
    ("areas", Text("領域", "areas")),
    ("succession_at_least", Text("技術の継承の項目数", "succession at least")),
    ("succession", Text("技術の継承", "succession")),
    ("mentoring", Text("後進の育成", "mentoring")),
    ("task_characteristics", Text("タスク特性", "task characteristics")),
    ("examinations", Text("試験", "examinations")),
    ("doubts", Text("疑義", "doubts")),
)


def flat(row: Mapping[str, Any]) -> dict[str, str | int | bool | None]:
    """One row of the table in columns; lists are joined by `; `, sizes written as `measure>=a<b +k`."""
    said, cx = row["responsibility"], row["complexity"]
    asked = said["engagements"] or {}
    of_which = asked.get("of_which") or {}
    areas, kinds = row["professional"]["areas"] or {}, row["professional"]["succession"] or {}
    return {
        "edition": row["edition"],
        "field": row["specialty_field"]["id"],
        "field_ja": row["specialty_field"]["ja"],
        "field_en": row["specialty_field"]["en"],
        "applies_to": _joined(row.get("applies_to", ())),
        "level": row["level"],
        "document": row["source"]["document"],
        "line": row["source"]["line"],
        "role": said["role"],
        "supervised": said["supervised"],
        "engagements_at_least": asked.get("at_least"),
        "of_which": of_which.get("at_least"),
        "of_which_level": of_which.get("level"),
        "others_level": asked.get("others_level"),
        "years": said["years"],
        "work_level": said["work_level"],
        "outcomes": _joined(said["outcomes"]),
        "experiences": _joined(said["experiences"]),
        "complexity_at_least": cx["at_least"],
        "complexity_required": _joined(cx["required"]),
        "complexity_kind": cx["kind"],
        "criteria": _joined(c["id"] for c in cx["criteria"]),
        "size": _joined(map(_size_words, row["size"] or ())),
        "areas_at_least": areas.get("at_least"),
        "areas_depth": areas.get("depth"),
        "areas": _joined(areas.get("items", ())),
        "succession_at_least": kinds.get("at_least"),
        "succession": _joined(kinds.get("items", ())),
        "mentoring": row["professional"]["mentoring"],
        "task_characteristics": _joined(row["task_characteristics"]),
        "examinations": _joined(row["examinations"]),
        "doubts": _joined(row["doubts"]),
    }


def _joined(items: Iterable[str]) -> str:
    return "; ".join(items)


def _size_words(size: Mapping[str, Any]) -> str:
    words = str(size["measure"])
    if size["at_least"] is not None:
        words += f">={size['at_least']}"
    if size["below"] is not None:
        words += f"<{size['below']}"
    if size["complexity_at_least"] is not None:
        words += f" +{size['complexity_at_least']}"
    return words


def as_csv(rows: Iterable[Row]) -> str:
    """The table in columns, one line an indicator; with a byte order mark, which Excel needs."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name, _ in COLUMNS], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: str(v).lower() if isinstance(v, bool) else v for k, v in flat(row).items()}
        )
    return "\ufeff" + out.getvalue()


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """The table as a workbook: heads in both languages, frozen, with a filter."""
    from xlsxwriter import Workbook  # slow to import, and only needed here

    out = io.BytesIO()
    # a fixed date of creation keeps the bytes the same from day to day
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _EPOCH, "title": "Tassei indicator table"})
        sheet = book.add_worksheet("indicators")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, title) in enumerate(COLUMNS):
            sheet.write(0, column, f"{title.ja}\n{title.en}\n{name}", head)
            sheet.set_column(column, column, 40 if name in _WIDE else 16)
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, value in enumerate(flat(row).values()):
                sheet.write(count, column, value, cell)
        sheet.freeze_panes(1, 6)
        sheet.autofilter(0, 0, max(count, 1), len(COLUMNS) - 1)
    return out.getvalue()


_WIDE = frozenset({"criteria", "size", "areas", "succession", "outcomes", "task_characteristics"})
