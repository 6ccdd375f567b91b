"""Cells of HTML that span rows and columns leave the others where a person sees them."""

from tassei.documents.reading.markup import read_markup

TABLE = """<table>
<tr><th rowspan=2>field</th><th colspan="2">skills</th><th>beside</th></tr>
<tr><th>common</th><th>own</th><th>x</th></tr>
<tr><td rowspan='2'>a</td><td>b</td><td>c</td><td>d</td></tr>
<tr><td>e</td><td>f</td></tr>
<tr><td>g</td></tr>
</table>"""


def test_cells_stand_in_their_columns() -> None:
    places = {p.text: (p.row, p.column) for p in read_markup(TABLE, html=True)}
    assert places == {
        "field": (1, 1), "skills": (1, 2), "beside": (1, 4),
        "common": (2, 2), "own": (2, 3), "x": (2, 4),
        "a": (3, 1), "b": (3, 2), "c": (3, 3), "d": (3, 4),
        "e": (4, 2), "f": (4, 3),
        "g": (5, 1),
    }  # fmt: skip


def test_a_span_that_nobody_could_draw() -> None:
    """A page of cells that claim to reach through everything takes no longer than its length."""
    cells = '<td rowspan="99999" colspan="99999">a</td>'
    page = "<table>" + ("<tr>" + cells * 40 + "</tr>") * 200 + "</table>"
    assert len(read_markup(page, html=True)) == 8000


def test_a_cell_without_a_row() -> None:
    """A damaged table may begin with a cell; it is read, and stands nowhere."""
    page = "<table><td colspan='3'>a</td><tr><td>b</td></tr></table>"
    assert [(p.text, p.row, p.column) for p in read_markup(page, html=True)] == [
        ("a", None, None), ("b", 1, 1),
    ]  # fmt: skip
