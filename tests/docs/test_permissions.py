"""The page on permissions shows the tables that the application asks, and nothing else."""

import re

import pytest

from docs.pages import page_of
from tassei.text import LANGS, Lang
from tassei.web.cycle.case import State
from tassei.web.cycle.moves import MOVES
from tassei.web.permits import PERMITS, Relation

HEADINGS: dict[Lang, tuple[str, str]] = {
    "en": ("Who may do what", "Moves of an assessment"),
    "ja": ("誰が何をできるか", "評価の動き"),
}


def _rows(lang: Lang, number: int) -> list[list[str]]:
    """The cells of a table, its head first."""
    section = page_of("reference/permissions.md", lang).section(HEADINGS[lang][number])
    rows = [line for line in section.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"\|", row)[1:-1]] for row in rows]


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_permissions_is_that_of_the_code(lang: Lang) -> None:
    """A row an act, a column a relation, a mark where the code says yes."""
    head, *rows = _rows(lang, 0)
    assert head[1:] == [r.label[lang] for r in Relation]
    assert rows == [[p.label[lang], *("✓" if r in p.to else "" for r in Relation)] for p in PERMITS]


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_moves_is_that_of_the_code(lang: Lang) -> None:
    """A row a move: from where, to where, by whom, whether with a reason."""
    comma, stays, needed = {"en": (", ", "stays", "needed"), "ja": ("、", "変わらない", "要る")}[
        lang
    ]
    _, *rows = _rows(lang, 1)
    assert rows == [
        [
            m.label[lang],
            comma.join(s.label[lang] for s in State if s in m.frm),
            m.to.label[lang] if m.to else stays,
            m.by.label[lang],
            needed if m.reason else "",
        ]
        for m in MOVES
    ]
