"""Tables that print several indicators side by side -> runs in the order of an indicator.

Some editions print a field as one table: a row for each level with a column for each clause, or a
column for each level with a row for each clause; or the fields of a level beside one another, a whole
indicator in each cell. All become what the other editions print: a head with field and level, then
each clause below its heading.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from attrs import define, evolve, field

from tassei.documents.grammar.terms import Terms
from tassei.documents.runs import Run

Cells = dict[tuple[int, int], list[Run]]


def in_order(
    runs: tuple[Run, ...], terms: Terms, clause_of: Callable[[Run], str | None]
) -> tuple[Run, ...]:
    """The runs, those of such tables in the order of indicators.

    Args:
        clause_of: which clause a run would be the heading of, if it were marked as one.
    """
    return tuple(_Turner(runs, terms, clause_of).turned())


@define
class _Turner:
    runs: tuple[Run, ...]
    terms: Terms
    clause_of: Callable[[Run], str | None]
    field_runs: list[Run] = field(factory=list)
    level_before: Run | None = None

    def turned(self) -> Iterator[Run]:
        position = 0
        while position < len(self.runs):
            end = self._end_of_table(position)
            table = _cells(self.runs[position:end])
            if len(table) > 1 and (
                found := self._as_rows(table) or self._as_columns(table) or self._as_cells(table)
            ):
                yield from found
                position = end
                continue
            for run in self.runs[position : max(end, position + 1)]:
                self._remember_field(run)
                yield run
            position = max(end, position + 1)

    def _end_of_table(self, start: int) -> int:
        """Behind the last run of the table that begins here: its rows follow one another."""
        end = start
        row = 0
        while end < len(self.runs):
            cell = self.runs[end].cell
            if cell is None or (end > start and cell[0] not in (row, row + 1)):
                break
            row = cell[0]
            end += 1
        return end

    def _remember_field(self, run: Run) -> None:
        """The last line that names a specialty field, for a table that does not name its own."""
        level = self.terms.pattern("layout", "level").search(run.text)
        if not run.mark and len(run.text) < 60:
            self.level_before = evolve(run, text=level[0]) if level else self.level_before
        label = self.terms.pattern("layout", "field").match(run.text)
        if label and not run.mark:
            self.field_runs = [run]
        elif self.field_runs and self.field_runs[-1].text == self._bare_label(self.field_runs[-1]):
            self.field_runs.append(run)

    def _bare_label(self, run: Run) -> str:
        match = self.terms.pattern("layout", "field").match(run.text)
        return match[0] if match else ""

    def _level(self, runs: Iterable[Run]) -> Run | None:
        """The run of a cell that names a level, if the cell says nothing else."""
        found = list(runs)
        named = self.terms.pattern("layout", "level").fullmatch(found[0].text) if found else None
        return found[0] if named and len(found) == 1 else None

    def _clauses(self, cells: dict[int, list[Run]]) -> dict[int, Run]:
        """The headings of clauses among the cells of a row or column, by their place in it."""
        return {
            n: evolve(runs[0], mark="head")
            for n, runs in cells.items()
            if len(runs) == 1 and self.clause_of(runs[0])
        }

    def _as_rows(self, table: Cells) -> list[Run]:
        """A table with a column for each clause; nothing if it is none."""
        for top in sorted({row for row, _ in table}):
            heads = {c: runs for (r, c), runs in table.items() if r == top}
            clauses = self._clauses(heads)
            if len(clauses) < 3:
                continue
            found = [run for (r, _), runs in sorted(table.items()) if r < top for run in runs]
            found += [run for c, runs in sorted(heads.items()) if c not in clauses for run in runs]
            beside = [c for c in heads if c not in clauses]
            names: list[Run] = []
            for row in sorted({r for r, _ in table if r > top}):
                cells = {c: runs for (r, c), runs in table.items() if r == row}
                names = self._named(heads, cells, beside, clauses) or names
                level = self._level_cell(heads, cells, clauses)
                if level is None:
                    found += [run for _, runs in sorted(cells.items()) for run in runs]
                    continue
                found += self._indicator(names, level, clauses, cells)
            return found
        return []

    def _level_cell(
        self, heads: dict[int, list[Run]], cells: dict[int, list[Run]], clauses: dict[int, Run]
    ) -> Run | None:
        """The level of a row: a cell that names one, or a figure below a head that says what it is."""
        for column, runs in cells.items():
            if column in clauses:
                continue
            if level := self._level(runs):
                return level
            head = " ".join(r.text for r in heads.get(column, ()))
            word = self.terms.pattern("layout", "level_word").fullmatch(head)
            if word and len(runs) == 1 and re.fullmatch("[1-7]", runs[0].text):
                space = " " if self.terms.lang == "en" else ""
                return evolve(runs[0], text=f"{word[0]}{space}{runs[0].text}")
        return None

    def _named(
        self,
        heads: dict[int, list[Run]],
        cells: dict[int, list[Run]],
        beside: Iterable[int],
        clauses: dict[int, Run],
    ) -> list[Run]:
        """The field of a row, from the cell below the word for it."""
        for column in beside:
            head = heads[column]
            if self.terms.pattern("layout", "field").fullmatch(" ".join(r.text for r in head)):
                return [*head, *cells.get(column, ())] if cells.get(column) else []
        return []

    def _as_columns(self, table: Cells) -> list[Run]:
        """A table with a row for each clause and a column for each level; nothing if it is none."""
        clauses = self._clauses({r: runs for (r, c), runs in table.items() if c == 1})
        if len(clauses) < 3:
            return []
        top = min(clauses)
        levels: dict[int, Run] = {}
        names: dict[int, list[Run]] = {}
        found: list[Run] = []
        for (row, column), runs in sorted(table.items()):
            if row >= top:
                continue
            if level := self._level(runs):
                levels[column] = level
            elif column > 1 and len(runs) == 1:
                names[column] = runs
            else:
                found += runs
        told = {row for row in clauses for column in levels if (row, column) in table}
        if len(told) < 3:
            return []
        name: list[Run] = []
        for column, level in sorted(levels.items()):
            name = names.get(column, name)
            cells = {r: table.get((r, column), []) for r in clauses}
            found += self._indicator(name, level, clauses, cells)
        return found

    def _as_cells(self, table: Cells) -> list[Run]:
        """A table with a whole indicator in each cell, below or beside its field and its level."""
        whole = {place: runs for place, runs in table.items() if self._is_whole(runs)}
        rows = {row for row, _ in whole}
        alone = len(whole) == 1 and len(table) == 2 and not any(map(self._level, table.values()))
        if not alone and not any(sum(r == row for r, _ in whole) > 1 for row in rows):
            return []
        top = min(rows)
        found: list[Run] = []
        for (row, column), runs in sorted(whole.items()):
            about = [
                r
                for (y, x), cell in sorted(table.items())
                if (x == column and y < top) or (y == row and x < column and (y, x) not in whole)
                for r in cell
            ]
            level = next((r for r in about if self._level([r])), self.level_before)
            if level is None:
                return []
            names = [r for r in about if r is not level and not self._level([r])]
            found += [*(names or self.field_runs), level, *runs]
        # what stands above no cell that holds an indicator
        used = {id(r) for r in found}
        rest = [r for _, runs in sorted(table.items()) for r in runs if id(r) not in used]
        return [*rest, *found]

    def _is_whole(self, runs: list[Run]) -> bool:
        """Whether a cell holds the headings of several clauses."""
        return len({part for r in runs if (part := self.clause_of(r))}) > 1

    def _indicator(
        self, names: list[Run], level: Run, clauses: dict[int, Run], cells: dict[int, list[Run]]
    ) -> Iterator[Run]:
        """Field, level, and each clause below its heading."""
        yield from names or self.field_runs
        yield level
        for place, heading in sorted(clauses.items()):
            yield heading
            yield from cells.get(place, ())


def _cells(runs: Iterable[Run]) -> Cells:
    found: Cells = {}
    for run in runs:
        if run.cell:
            found.setdefault(run.cell, []).append(run)
    return found
