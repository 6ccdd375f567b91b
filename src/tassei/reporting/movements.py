"""Who moves between two sets of rules -> text, tables, JSON and a matrix as a picture."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from numpy.typing import NDArray

from tassei.encoding.reform import Change
from tassei.encoding.standards import Standards
from tassei.population.masking import FEWEST, Cell, Mark, cell, masked_matrix
from tassei.population.movement import ANY_FIELD, Movement
from tassei.reporting.headcounts import bounds, edition_name, field_name, marks, shown, word
from tassei.reporting.layout import hanging, wrap
from tassei.reporting.pictures import Spec, heatmap, step_for, together
from tassei.reporting.sheets import Column, Sheet, Value, columns_of_text
from tassei.text import Lang, Text

COMPARISON = "tassei/comparison/1"
Matrix = tuple[tuple[Cell, ...], ...]
_NONE = Text("なし", "none")
_SURE = Text("確実に満たす最高レベル", "highest level surely met")
_POSSIBLE = Text("満たしうる最高レベル", "highest level possible")
_HIGHEST = Text("いずれかの専門分野での最高レベル", "highest level in any field")


@frozen
class Side:
    """One of the two sets of rules.

    Args:
        name: what people call it.
    """

    name: Text
    standards: Standards


@frozen
class Compared:
    """All that is told of a comparison.

    Args:
        changes: those of a reform.
    """

    before: Side
    after: Side
    people: int
    as_of: str
    movements: tuple[Movement, ...]
    fewest: int
    changes: tuple[Change, ...] = ()


@frozen
class _Levels:
    """A matrix that is cut down to the levels that occur on either side."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: Matrix


def legend(fewest: int) -> tuple[Text, ...]:
    """What the numbers and the marks mean, in lines."""
    return Text("確実に–可能性として", "surely–possibly"), marks(fewest)


def pair_name(compared: Compared, movement: Movement) -> Text:
    """The field, or both where they are called differently."""
    one, other = movement.pair
    if one.endswith(ANY_FIELD):
        return _HIGHEST
    first = field_name(compared.before.standards, one)
    second = field_name(compared.after.standards, other)
    if one.rpartition("/")[2] == other.rpartition("/")[2]:
        return second if first == second else first
    return Text(f"{first.ja} → {second.ja}", f"{first.en} → {second.en}")


def pair_bounds(counts: tuple[int, int], fewest: int) -> tuple[Cell, Cell]:
    """How many surely and possibly; the first is withheld where the difference is a small group."""
    sure, possible = counts
    marks = [Mark.SMALL if 0 < n < fewest else Mark.SHOWN for n in counts]
    if marks[0] is Mark.SHOWN and 0 < possible - sure < fewest:
        marks[0] = Mark.WITHHELD
    return cell(marks[0], sure), cell(marks[1], possible)


def matrix(
    counts: NDArray[Any],
    rows: Sequence[int],
    columns: Sequence[int],
    fewest: int = FEWEST,
    *,
    published: bool = True,
) -> _Levels:
    """A matrix of movement as it may be told, for the levels that there are.

    Args:
        published: the head-counts after are known as those before are; those of a reform are not.
    """
    picked = [[int(counts[r, c]) for c in columns] for r in rows]
    return _Levels(
        tuple(rows), tuple(columns), masked_matrix(picked, fewest, column_sums=published)
    )


def matrices(compared: Compared, movement: Movement) -> tuple[_Levels, _Levels]:
    """The matrices of the levels that are surely met, and of those that are possible."""
    rows = _levels_of(compared.before.standards, movement.pair[0])
    columns = _levels_of(compared.after.standards, movement.pair[1])
    return (
        matrix(movement.sure, rows, columns, compared.fewest, published=not compared.changes),
        matrix(movement.possible, rows, columns, compared.fewest, published=not compared.changes),
    )


def _levels_of(standards: Standards, path: str) -> list[int]:
    """No level, and those of the field, the highest first."""
    edition_id, _, field = path.rpartition("/")
    edition = standards.edition(edition_id)
    fields = [f.id for f in edition.specialty_fields()] if field == ANY_FIELD else [field]
    levels = {i.level for f in fields for i in edition.ladder(f)}
    return [*sorted(levels, reverse=True), 0]


def comparison_text(compared: Compared, lang: Lang, width: int, picked: Movement) -> list[str]:
    """The movement of every field, and the matrices of one."""
    head = Text(
        f"{compared.people:,}人 · {compared.as_of} 時点",
        f"{compared.people:,} people · as of {compared.as_of}",
    )
    lines = [
        hanging("", f"{compared.before.name[lang]} → {compared.after.name[lang]}", width),
        head[lang],
        *(hanging("", note[lang], width) for note in legend(compared.fewest)),
    ]
    for change in compared.changes:
        lines.append(hanging("  ", change_words(compared, change)[lang], width))
    fewest = compared.fewest
    titles = [Text("上がる", "up"), Text("変わらない", "same"), Text("下がる", "down")]
    rows = [
        [pair_name(compared, m)[lang], *(bounds(*pair_bounds(c, fewest), fewest) for c in (m.up, m.same, m.down))]
        for m in compared.movements
    ]  # fmt: skip
    lines += [
        "",
        *columns_of_text([Text("専門分野", "field")[lang], *(t[lang] for t in titles)], rows),
    ]
    for title, found in zip((_SURE, _POSSIBLE), matrices(compared, picked), strict=True):
        lines += ["", f"{pair_name(compared, picked)[lang]} · {title[lang]}"]
        heads = [
            Text("前 ＼ 後", "before \\ after")[lang],
            *(_level(n, lang) for n in found.columns),
        ]
        body = [
            [_level(n, lang), *(_moved(c, fewest) for c in row)]
            for n, row in zip(found.rows, found.cells, strict=True)
        ]
        lines += columns_of_text(heads, body)
    return lines


def change_words(compared: Compared, change: Change) -> Text:
    """`Operations Management level 5, responsibility.years: 3 → 2`."""
    edition = compared.before.standards.edition(compared.movements[0].pair[0].rpartition("/")[0])
    field = edition.field(change.field_id)
    name = field.name if field else Text(change.field_id, change.field_id)
    moved = f"{change.clause}: {_plain(change.before)} → {_plain(change.value)}"
    return Text(
        f"{name.ja} レベル{change.level} · {moved}", f"{name.en} level {change.level} · {moved}"
    )


def _plain(value: Any) -> str:
    return "–" if value is None else f"{value:,}" if type(value) is int else str(value)


def _moved(one: Cell, fewest: int) -> str:
    """A cell of a matrix; nobody is a point, so that movement stands out."""
    return "·" if one.count == 0 else shown(word(one, fewest))


def _level(level: int, lang: Lang) -> str:
    return str(level) if level else _NONE[lang]


def comparison_sheets(compared: Compared, lang: Lang) -> list[Sheet]:
    """Every cell of every matrix in one table, and the movement of every field in another."""
    cells: list[tuple[Value, ...]] = []
    moves: list[tuple[Value, ...]] = []
    for movement in compared.movements:
        name, pair = pair_name(compared, movement)[lang], movement.pair
        for world, found in zip(("sure", "possible"), matrices(compared, movement), strict=True):
            for n, row in zip(found.rows, found.cells, strict=True):
                for m, one in zip(found.columns, row, strict=True):
                    cells.append((*pair, name, world, n, m, word(one, compared.fewest)))
        numbers: list[Value] = []
        for counts in (movement.up, movement.same, movement.down):
            numbers += [word(c, compared.fewest) for c in pair_bounds(counts, compared.fewest)]
        moves.append((*pair, name, *numbers))
    both = (
        Column("before", Text("前", "before")),
        Column("after", Text("後", "after")),
        Column("name", Text("専門分野", "specialty field")),
    )
    moved = [
        Column(f"{key}_{world}", Text(f"{ja}（{wja}）", f"{key}, {wen}"))
        for key, ja in (("up", "上がる"), ("same", "変わらない"), ("down", "下がる"))
        for world, wja, wen in (("sure", "確実に", "surely"), ("possible", "可能性", "possibly"))
    ]
    notes = legend(compared.fewest)
    return [
        Sheet(
            Text("移動表", "movement"),
            (
                *both,
                Column("world", Text("確実か可能性か", "surely or possibly")),
                Column("from_level", Text("前のレベル（0はなし）", "level before (0: none)")),
                Column("to_level", Text("後のレベル（0はなし）", "level after (0: none)")),
                Column("people", Text("人数", "people")),
            ),
            tuple(cells),
            notes,
        ),
        Sheet(Text("動く人数", "who moves"), (*both, *moved), tuple(moves), notes),
    ]


def comparison_json(compared: Compared, lang: Lang) -> dict[str, Any]:
    """The comparison as an object of `tassei/comparison/1`."""
    matrix_sheet, moves = comparison_sheets(compared, lang)

    def objects(sheet: Sheet) -> list[dict[str, Value]]:
        names = [c.name for c in sheet.columns]
        return [dict(zip(names, row, strict=True)) for row in sheet.rows]

    return {
        "schema": COMPARISON,
        "as_of": compared.as_of,
        "before": compared.before.name[lang],
        "after": compared.after.name[lang],
        "people": compared.people,
        "smallest": compared.fewest,
        "changes": [
            {"field": c.field_id, "level": c.level, "clause": c.clause, "before": c.before, "value": c.value}
            for c in compared.changes
        ],
        "moves": objects(moves),
        "matrix": objects(matrix_sheet),
    }  # fmt: skip


def comparison_picture(compared: Compared, lang: Lang, picked: Movement) -> Spec:
    """The two matrices of one field, one below the other."""
    found = []
    for title, levels in zip((_SURE, _POSSIBLE), matrices(compared, picked), strict=True):
        values = [
            {
                "row": _level(n, lang),
                "column": _level(m, lang),
                "count": one.count,
                "text": _moved(one, compared.fewest),
                "told": f"{_level(n, lang)} → {_level(m, lang)} · {shown(word(one, compared.fewest))}",
            }
            for n, row in zip(levels.rows, levels.cells, strict=True)
            for m, one in zip(levels.columns, row, strict=True)
        ]
        found.append((title[lang], levels, values))
    moved = [c.count or 0 for _, levels, _ in found for row in levels.cells for c in row]
    step = max(step_for(values) for _, _, values in found)
    panels = [
        heatmap(
            values,
            rows=[_level(n, lang) for n in levels.rows],
            columns=[_level(n, lang) for n in reversed(levels.columns)],
            row_title=Text("前のレベル", "level before")[lang],
            column_title=Text("後のレベル", "level after")[lang],
            most=max(moved, default=0),
            legend=Text("人数", "people")[lang],
            title=title,
            step=step,
            room=70,
        )
        for title, levels, values in found
    ]
    about = (
        f"{compared.before.name[lang]} → {compared.after.name[lang]}",
        Text(
            f"{compared.people:,}人 · {compared.as_of} 時点",
            f"{compared.people:,} people · as of {compared.as_of}",
        )[lang],
        marks(compared.fewest)[lang],
    )
    lines = [line for text in about for line in wrap(text, 84)]
    return together(panels, pair_name(compared, picked)[lang], lines)


def side_of(standards: Standards, edition_id: str) -> Side:
    """An edition as one side."""
    return Side(edition_name(standards.edition(edition_id)), standards)
