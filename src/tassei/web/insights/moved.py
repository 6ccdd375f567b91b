"""Movement between two times: who surely stood where before, and where after."""

from collections import Counter
from collections.abc import Mapping

from attrs import frozen

from tassei.reporting.sheets import Column
from tassei.text import Text
from tassei.web.explorer.pages import Link
from tassei.web.insights.desk import Desk
from tassei.web.insights.heads import Place, standings_at
from tassei.web.insights.masking import masked_matrix
from tassei.web.insights.pages import HIDDEN, Cell, Head, InsightsPage, Line, Table
from tassei.web.insights.reach import TEAM

Matrix = tuple[tuple[int | None, ...], ...]
_NOTHING_YET = Text(
    "評価の回が2つになると、その間の変化が示されます。いまは現在と比べられる回がありません。",
    "Movement is shown between two rounds, or from one to now; no round has been counted yet.",
)
_WITHHELD = Text(
    "判定を見ることのできない人が含まれる組織の変化は示しません。全体については示します。",
    "Movement of a unit with people whose verdicts you may not read is not shown; that of everybody is.",
)


@frozen
class _Where:
    """The unit and the level of each person at one time."""

    place: Mapping[int, Place]
    level: Mapping[int, int]

    @classmethod
    def read(cls, desk: Desk, cycle: int | None, path: str) -> "_Where":
        """Two queries."""
        rows = standings_at(cycle, desk.reach)
        counted = rows.filter(field="").values_list("person_id", "unit_id", "mine")
        levels = rows.filter(field=path, low__gt=0).values_list("person_id", "low")
        return cls({p: (unit, mine) for p, unit, mine in counted}, dict(levels))


def movement(desk: Desk) -> InsightsPage:
    """A matrix of people by their level before and after, in one field."""
    path = desk.field_named()
    before, after = _from(desk), desk.asked.cycle
    matrix = None if before == after else _matrix(desk, path, before, after)
    filters = (
        *desk.common,
        desk.cycle_filter("from", Text("比べる時点", "Compared with"), before),
        desk.field_filter(path),
    )
    name, where = desk.field_name(path), desk.unit_name(desk.asked.scope)
    tables = [] if matrix is None else [_table(desk, path, matrix)]
    return desk.page(
        Text("変化", "Movement"), _lead(desk, matrix, before == after, name, where), tables, filters
    )


def _from(desk: Desk) -> int | None:
    """The time before: what the address names, else the round before the one that is shown."""
    if desk.given.get("from"):
        return desk.cycle_named("from")
    rounds = list(desk.cycles)
    if desk.asked.cycle is not None:
        rounds = rounds[rounds.index(desk.asked.cycle) + 1 :]
    return rounds[0] if rounds else desk.asked.cycle


def _matrix(desk: Desk, path: str, before: int | None, after: int | None) -> Matrix | None:
    """People of the scope who were counted both times; None where it may not be shown."""
    old, new = _Where.read(desk, before, path), _Where.read(desk, after, path)
    levels = (0, *desk.heads.levels(path))
    known: Counter[tuple[int, int]] = Counter()
    others: Counter[tuple[int, int]] = Counter()
    scope = desk.asked.scope
    units = desk.reach.organisation.all_below(scope) if isinstance(scope, int) else frozenset[int]()
    for person in old.place.keys() & new.place.keys():
        unit, mine = new.place[person]
        inside = scope is None or (mine if scope == TEAM else unit in units)
        if inside:
            knows = scope == TEAM or desk.reach.knows(unit, mine)
            move = (old.level.get(person, 0), new.level.get(person, 0))
            (known if knows else others)[move] += 1
    if others and scope is not None:
        return None
    strangers = [[others[a, b] for b in levels] for a in levels]
    hidden = masked_matrix(strangers)
    return tuple(
        tuple(
            None if others and hidden[i][j] else known[a, b] + others[a, b]
            for j, b in enumerate(levels)
        )
        for i, a in enumerate(levels)
    )


def _lead(desk: Desk, matrix: Matrix | None, nothing: bool, name: Text, where: Text) -> Text:
    if nothing:
        return _NOTHING_YET if not desk.cycles else Text(
            "2つの異なる時点を選んでください。", "Choose two different times."
        )  # fmt: skip
    if matrix is None:
        return _WITHHELD
    size = range(len(matrix))
    rises = [matrix[i][j] for i in size for j in size if j > i]
    falls = [matrix[i][j] for i in size for j in size if j < i]
    if None in (*rises, *falls):
        return Text(
            f"{where.ja}・{name.ja}: 小さな数は伏せています。",
            f"{name.en}, {where.en}: small numbers are masked.",
        )
    up, down = sum(n or 0 for n in rises), sum(n or 0 for n in falls)
    return Text(
        f"{where.ja}・{name.ja}: 上がった人は{up}人、下がった人は{down}人です。",
        f"{name.en}, {where.en}: {up} moved up, {down} moved down.",
    )


def _table(desk: Desk, path: str, matrix: Matrix) -> Table:
    levels = (0, *desk.heads.levels(path))
    lang = desk.lang
    names = {
        n: Text(f"レベル{n}", f"level {n}") if n else Text("レベルなし", "no level") for n in levels
    }
    heads = tuple(
        Head(Text(f"→ {names[n].ja}", f"→ {names[n].en}")[lang], (Column(f"to_{n}", names[n]),))
        for n in levels
    )
    return Table(
        Text("前と後のレベル（確実に満たすもの）", "Level before and after, as surely met"),
        Column("from", Text("前 ＼ 後", "Before ＼ after")),
        heads,
        tuple(
            _line(names[a][lang], i, row, lang) for i, (a, row) in enumerate(zip(levels, matrix, strict=True))
        ),
        notes=(Text("どちらの時点でも数えられた人だけです。", "Only people who were counted both times."),),
    )  # fmt: skip


def _line(name: str, i: int, row: tuple[int | None, ...], lang: str) -> Line:
    cells = []
    for j, n in enumerate(row):
        kind = "met" if j > i else "not_met" if j < i else ""
        if n is None:
            said = "伏せています" if lang == "ja" else "masked"
            cells.append(Cell("—", (HIDDEN,), said=said))
        else:
            sign = "" if not n or i == j else "↑ " if j > i else "↓ "
            cells.append(
                Cell(f"{sign}{n}", (n,), said=str(n) if sign else "", kind=kind if n else "")
            )
    return Line(Link(name, ""), tuple(cells))
