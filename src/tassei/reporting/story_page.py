"""The story of a category as one page, with its fields drawn as they pass from edition to edition."""

from collections.abc import Iterator

from attrs import frozen
from rich.cells import cell_len

from tassei.comparing.story import Chapter, Story, Strand
from tassei.framework.edition import SpecialtyField
from tassei.reporting.page import Content, Markup, element, joined, page, table
from tassei.reporting.stories import cell_text, opening, paragraphs, strand_title, title
from tassei.text import Lang, Text

FOOT = Text(
    "Tasseiが版の記述と対応表から作成。文章も図も、書かれたものではなくデータから導いたものです。版の名は文書の形式からの推定です。",
    "Made by Tassei from the encodings and the crosswalk; sentences and drawing are derived from data. The labels of the editions are inferences from the form of the documents.",
)
_COLUMN, _BOX, _ROW, _HEAD = 284, 218, 64, 52
_TOP_LEVEL = 7


def story_page(story: Story, lang: Lang) -> str:
    """The whole page, with nothing from outside it."""
    heading = title(story)[lang]
    body = joined(
        [
            element("h1", heading),
            element("p", opening(story)[lang], class_="lead"),
            _drawing(story, lang),
            *_chapters(story, lang),
            element("h2", Text("条項の種類", "Kinds of clauses")[lang]),
            _clauses(story, lang),
            element(
                "h2",
                Text("同じ専門分野で動いた基準値", "Thresholds that moved within a field")[lang],
            ),
            *_strands(story, lang),
        ]
    )
    return page(heading, body, lang, FOOT)


@frozen
class _Box:
    x: int
    y: int


def _drawing(story: Story, lang: Lang) -> Markup:
    """Fields as boxes in a column an edition, joined where the crosswalk joins them."""
    boxes = {
        (n, f.id): _Box(n * _COLUMN, _HEAD + row * _ROW)
        for n, e in enumerate(story.editions)
        for row, f in enumerate(e.fields)
    }
    tallest = max(len(e.fields) for e in story.editions)
    width = (len(story.editions) - 1) * _COLUMN + _BOX + 2
    height = _HEAD + tallest * _ROW
    lines = [
        _curve(boxes[n, x.earlier.id], boxes[n + 1, x.later.id], x.relation != "overlaps")
        for n, c in enumerate(story.chapters)
        for x in c.comparison.fields
        if x.earlier and x.later
    ]
    heads = [
        _words(n * _COLUMN, 16, e.label, bold=True)
        + _words(n * _COLUMN, 36, e.category.name[lang], class_="soft")
        for n, e in enumerate(story.editions)
    ]
    drawn = [_box(boxes[n, f.id], f, lang) for n, e in enumerate(story.editions) for f in e.fields]
    label = Text(
        "専門分野が版から版へどう引き継がれたか", "How the fields passed from edition to edition"
    )
    figure = Markup(
        f'<svg viewBox="-1 0 {width + 2} {height}" role="img" aria-label="{label[lang]}">'
        f"{joined(lines).html}{joined(heads).html}{joined(drawn).html}</svg>"
    )
    legend = Text(
        "実線は引き継がれた専門分野、破線は一部が重なる専門分野。四角はレベル1から7のうち、その分野にあるもの。",
        "Full lines join a field with what it became, broken lines fields that overlap in part. Squares are levels 1 to 7, filled where the field has them.",
    )
    return figure + element("p", legend[lang], class_="soft")


def _curve(one: _Box, other: _Box, same: bool) -> Markup:
    x1, y1, x2, y2 = one.x + _BOX, one.y + 24, other.x, other.y + 24
    bend = (x2 - x1) // 2
    kind = "same" if same else "near"
    return Markup(
        f'<path class="{kind}" d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"/>'
    )


def _box(box: _Box, field: SpecialtyField, lang: Lang) -> Markup:
    frame = f'<rect class="box" x="{box.x}" y="{box.y}" width="{_BOX}" height="48" rx="6"/>'
    squares = "".join(
        f'<rect class="{"on" if n in field.levels else "off"}" x="{box.x + 12 + (n - 1) * 16}" y="{box.y + 30}" width="11" height="9" rx="2"/>'
        for n in range(1, _TOP_LEVEL + 1)
    )
    return Markup(frame) + _words(box.x + 12, box.y + 21, field.name[lang]) + Markup(squares)


def _words(x: int, y: int, text: str, *, class_: str = "", bold: bool = False) -> Markup:
    room = _BOX - 24
    # a name wider than its box is set narrower; a column of a terminal is about 7.5 units here
    fits = cell_len(text) * 7.5 <= room
    return element(
        "text",
        text,
        x=str(x),
        y=str(y),
        class_=class_,
        font_weight="600" if bold else "",
        textLength="" if fits else str(room),
        lengthAdjust="" if fits else "spacingAndGlyphs",
    )


def _chapters(story: Story, lang: Lang) -> Iterator[Markup]:
    for step, chapter in enumerate(story.chapters):
        one, other = chapter.comparison.earlier, chapter.comparison.later
        yield element("h2", f"{one.label} → {other.label}")
        for paragraph in paragraphs(story, step):
            yield element("p", paragraph[lang])
        yield from _reasons(chapter, lang)


def _reasons(chapter: Chapter, lang: Lang) -> Iterator[Markup]:
    items = [
        element("li", element("b", _both_names(x.earlier, x.later, lang)), ": ", x.why[lang])
        for x in chapter.comparison.fields
        if x.relation != "same" or x.renamed
    ]
    items += [
        element("li", element("b", _level_names(x.levels, lang)), ": ", x.why[lang])
        for x in chapter.comparison.level_links
        if x.relation == "none"
    ]
    if items:
        yield element(
            "details",
            element("summary", Text("なぜそう読むか", "Why it is read so")[lang]),
            element("ul", *items),
        )


def _both_names(one: SpecialtyField | None, other: SpecialtyField | None, lang: Lang) -> str:
    return " → ".join(dict.fromkeys(f.name[lang] for f in (one, other) if f))


def _level_names(levels: tuple[int, ...], lang: Lang) -> str:
    numbers = ", ".join(map(str, levels))
    return Text(f"レベル{numbers}", f"levels {numbers}")[lang]


def _clauses(story: Story, lang: Lang) -> Markup:
    rows = []
    for use in story.clauses:
        cells: list[Content] = []
        for used, total in use.counts:
            if not used:
                cells.append("")
            elif used == total:
                whole = Text("すべて", "all")[lang] if total > 1 else Text("あり", "yes")[lang]
                cells.append(element("span", whole, class_="tag full"))
            else:
                cells.append(element("span", f"{used} / {total}", class_="tag"))
        rows.append([use.label[lang], *cells])
    note = Text(
        "数は、その条項がある達成度指標の数と全体の数。",
        "The numbers are the indicators that have the clause, of all.",
    )
    head = [Text("条項", "clause")[lang], *(e.label for e in story.editions)]
    return table(head, rows) + element("p", note[lang], class_="soft")


def _strands(story: Story, lang: Lang) -> Iterator[Markup]:
    for strand in story.strands:
        yield element("h3", strand_title(strand)[lang])
        if not strand.rows:
            yield element(
                "p", Text("動いた基準値はありません。", "Nothing moved.")[lang], class_="soft"
            )
            continue
        yield _strand(story, strand, lang)


def _strand(story: Story, strand: Strand, lang: Lang) -> Markup:
    shown = [n for n, f in enumerate(strand.fields) if f]
    head = [Text("レベル", "level")[lang], Text("条項", "clause")[lang]]
    head += [story.editions[n].label for n in shown]
    rows: list[list[Content]] = []
    for row in strand.rows:
        level = ", ".join(map(str, row.levels))
        cells: list[Content] = []
        before = ""
        for n in shown:
            said = cell_text(row.cells[n])[lang]
            steady = said == before and said
            cells.append(
                element(
                    "span",
                    Text("変わらず", "as before")[lang] if steady else said,
                    class_="absent" if steady or not row.cells[n].text else "",
                )
            )
            before = said
        rows.append([level, row.label[lang], *cells])
    return table(head, rows)
