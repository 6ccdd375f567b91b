"""Rules on the form of a document: brackets, list marks, tables, headings, stops."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tassei.comparing.finding.proposal import Finding, rule
from tassei.comparing.finding.sections import Laid, Section, Unit
from tassei.comparing.finding.sentences import at_unit, sentences
from tassei.text import Text

_OPEN, _CLOSE = "(（「【[", ")）」】]"


_PAIRS = dict(zip(_CLOSE, _OPEN, strict=True))


@rule("unbalanced-bracket", "layout", "閉じない括弧", "an unbalanced bracket")
def unbalanced_bracket(laid: Laid) -> Iterator[Finding]:
    """A bracket that opens and does not close within its sentence or item, or the other way round."""
    for section, unit in sentences(laid):
        waiting: list[str] = []
        wrong = False
        for character in unit.text:
            if character in _OPEN:
                waiting.append(character)
            elif character in _PAIRS:
                wrong = wrong or not waiting or waiting.pop() != _PAIRS[character]
        if wrong or waiting:
            yield at_unit(
                laid, section, unit,
                Text("括弧が対応しない", "A bracket without its counterpart"),
                Text("開く括弧と閉じる括弧の数が合わない。", "Opening and closing brackets do not match."),
                f"{unit.line}",
            )  # fmt: skip


@rule("lost-list-marks", "lost-mark", "記号の落ちた一覧", "a list whose marks are lost")
def lost_list_marks(laid: Laid) -> Iterator[Finding]:
    """Items that run together with nothing but a blank between them."""
    for section, unit in sentences(laid):
        if unit.run_together:
            yield at_unit(
                laid, section, unit,
                Text("項目の記号が落ち、つながっている", "List marks lost, so that items run together"),
                Text("項目の間に記号も改行もない。", "Nothing but a blank stands between the items."),
            )  # fmt: skip


@rule("glued-items", "lost-mark", "切れ目なくつながる項目", "items glued together")
def glued_items(laid: Laid) -> Iterator[Finding]:
    """Two items that stand apart at another level stand here without anything between them."""
    known = {
        u.text
        for s in laid.sections
        for u in s.units
        if u.kind == "item" and u.run_together and len(u.text) >= 4
    }
    for section, unit in sentences(laid):
        if unit.kind != "item" or not unit.run_together:
            continue
        for tail in known:
            if (
                unit.text != tail
                and unit.text.endswith(tail)
                and unit.text[: -len(tail)] not in ("", "、")
            ):
                head = unit.text[: -len(tail)]
                if re.search(r"[一-龠ァ-ヶー]$", head):
                    yield at_unit(
                        laid, section, unit,
                        Text("二つの項目がつながっている", "Two items run together"),
                        Text("別の所では離れている項目が、切れ目なく続く。", "Items that stand apart elsewhere follow without a break."),
                    )  # fmt: skip
                    break
        else:
            match = re.search(r"責任(?=課長|部長|事業部長|ユーザ)", unit.text)
            if match:
                yield at_unit(
                    laid, section, unit,
                    Text("二つの項目がつながっている", "Two items run together"),
                    Text("別の所では離れている項目が、切れ目なく続く。", "Items that stand apart elsewhere follow without a break."),
                )  # fmt: skip


@rule("empty-level-table", "lost-mark", "印のないレベル表", "a level table without marks")
def empty_level_table(laid: Laid) -> Iterator[Finding]:
    """Rows for the levels one under the other, and not a mark in any of them."""
    first = min(i.place.line for i in laid.edition.indicators)
    rows = [
        (line, text)
        for line, text in laid.lines
        if line < first and re.fullmatch(r"(?:レベル|Level)\s*[0-9]\W*", text)
    ]
    run: list[int] = []
    for line, text in [*rows, (-1, "")]:
        if run and line != run[-1] + 1:
            if len(run) >= 5 and not any(
                mark in t for n, t in laid.lines if n in run for mark in "■●○◎✓"
            ):
                for one in run:
                    yield Finding(
                        laid.place(one), "", "",
                        Text("レベル表に印がない", "A level table without marks"),
                        Text("レベルの行と分野の列があるが、どのマスにも印がない。", "There are rows for levels and columns for fields, but no mark in any cell."),
                    )  # fmt: skip
            run = []
        if text:
            run.append(line)


@rule(
    "table-row-without-indicator",
    "contradiction",
    "指標のないレベルの行",
    "a table row without an indicator",
)
def table_row_without_indicator(laid: Laid) -> Iterator[Finding]:
    """The level table has a row for a level at which no indicator is printed."""
    levels = {i.level for i in laid.edition.indicators}
    seen: set[int] = set()
    for line, text in laid.lines:
        match = re.fullmatch(r"(?:レベル|Level)\s*([1-7])\W*", text)
        first = min(i.place.line for i in laid.edition.indicators)
        if match and line < first and int(match[1]) not in levels and int(match[1]) not in seen:
            seen.add(int(match[1]))
            yield Finding(
                laid.place(line), "", "",
                Text("指標のないレベルの行がある", "Table rows for levels that have no indicator"),
                Text("レベル表にある行のレベルに、達成度指標がない。", "The level table has rows for levels of which no indicator is printed."),
            )  # fmt: skip


@rule("page-counter", "layout", "名前に混じるページ番号", "page counters fused with names")
def page_counter(laid: Laid) -> Iterator[Finding]:
    """ "1 of 3" behind the name of a field."""
    for section, unit in sentences(laid):
        if re.search(r"\b[0-9]+ of [0-9]+\b", unit.text) and len(unit.text) < 40:
            yield at_unit(
                laid, section, unit,
                Text("分野名に「1 of 3」が混じる", "Page counters fused with field names"),
                Text("ページの番号が分野の名と一つのマスにある。", "The count of pages stands in the cell of the field's name."),
            )  # fmt: skip


@rule("stop-at-some", "layout", "一部だけの句点", "a full stop at some sentences only")
def stop_at_some(laid: Laid) -> Iterator[Finding]:
    """Sentences of one clause end with a full stop at some levels and without at others."""
    stop = "。" if laid.edition.language == "ja" else "."
    found: dict[str, dict[bool, list[tuple[Section, Unit]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for section, unit in sentences(laid):
        if unit.kind == "said" and unit.clause and len(unit.text) > 20:
            found[unit.clause][unit.text.endswith(stop)].append((section, unit))
    for ends in found.values():
        fewer, more = sorted((ends[True], ends[False]), key=len)
        if fewer and len(more) >= 3 * len(fewer):
            for section, unit in fewer:
                yield at_unit(
                    laid, section, unit,
                    Text("句点の有無がそろわない", "Full stops are uneven"),
                    Text("同じ条項の文で、句点のあるものとないものがある。", "Sentences of the same clause end with a stop at some levels only."),
                    "",
                )  # fmt: skip


@rule("repeated-table", "doubled-list", "続けて二度ある一覧", "a list printed twice over")
def repeated_table(laid: Laid) -> Iterator[Finding]:
    """The items of one indicator's list appear again right behind it."""
    for section in laid.sections:
        # a list that is printed again stands behind whatever came last
        units = [
            u for u in section.units if u.kind == "item" and u.clause in ("succession", "mentoring")
        ]
        counts = Counter(re.sub(r"\W", "", u.text) for u in units)
        twice = [i for i, n in counts.items() if n > 1 and len(i) > 1]
        if twice and len(twice) > len(counts) / 2:
            for line in dict.fromkeys(u.line for u in units):
                yield Finding(
                    laid.place(line), f"{section.field.id} {section.level}",
                    f"{section.field.id}/{section.level}/succession",
                    Text("一覧がもう一度現れる", "A list appears again"),
                    Text("同じ一覧が続けて二度以上ある。", "The same list is printed twice or more in a row."),
                )  # fmt: skip


@rule("doubled-heading", "layout", "二度ある見出し", "a heading printed twice")
def doubled_heading(laid: Laid) -> Iterator[Finding]:
    """The same heading twice with nothing between."""
    before = ("", 0)
    for line, text in laid.lines:
        bare = text.strip("# *:").replace(":", "").replace(" ", "")
        if (
            bare
            and bare == before[0]
            and line != before[1]
            and ("指標" in bare or "概要" in bare or "Indicator" in bare or "Outline" in bare)
        ):
            yield Finding(
                laid.place(line), "", "",
                Text("見出しが二度ある", "A heading is printed twice"),
                Text("同じ見出しが続けて二度ある。", "The same heading stands twice in a row."),
            )  # fmt: skip
        before = (bare, line)


@rule("blank-in-word", "layout", "語の中の空白", "a blank inside a word")
def blank_in_word(laid: Laid) -> Iterator[Finding]:
    """A Japanese name that stands elsewhere without the blank inside it."""
    whole = "\n".join(text for _, text in laid.lines)
    for line, text in laid.lines:
        for match in re.finditer(r"([ァ-ヶー]{3,}) ([ァ-ヶー]{3,}|[のをに][ァ-ヶー一-龠])", text):
            if match[1] + match[2] in whole and len(text) < 60:
                yield Finding(
                    laid.place(line), "", "",
                    Text("名の中の余分な空白", "Stray blanks in names"),
                    Text("ほかの所では続けて書かれる名の中に空白がある。", "A name that is written in one elsewhere has a blank inside."),
                )  # fmt: skip


@rule("broken-heading", "layout", "行で切れた見出し", "a heading broken over lines")
def broken_heading(laid: Laid) -> Iterator[Finding]:
    """ "Specialty" and "Field" on lines of their own."""
    texts = [(line, text) for line, text in laid.lines]
    for (line, text), (_, following) in pairwise(texts):
        if text == "Specialty" and following == "Field":
            yield Finding(
                laid.place(line), "", "",
                Text("見出しが行で切れている", "Headings broken over lines"),
                Text("一つの見出しが二行以上に分かれている。", "One heading stands on two or more lines."),
            )  # fmt: skip
