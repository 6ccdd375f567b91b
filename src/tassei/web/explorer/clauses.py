"""An indicator's generated wording as a tree of clauses, each with its place and its doubts."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from tassei.reporting.doubts import Marker
from tassei.rules.wording import Line, Worded, lines, word
from tassei.text import Lang
from tassei.web.explorer.shelf import Level


@frozen
class Mark:
    """A doubt beside a clause: its id and its title."""

    id: str
    title: str


@frozen
class Clause:
    """One sentence of an indicator, with what stands below it.

    Args:
        place: in the document; empty where it is that of the clause above.
        items: the list that the sentence speaks of.
    """

    text: str
    place: str = ""
    marks: tuple[Mark, ...] = ()
    items: tuple[str, ...] = ()
    parts: tuple["Clause", ...] = ()


def clause_of(level: Level, lang: Lang) -> Clause:
    """The whole of what a level asks."""
    return _Writer(level, lang).clause(word(level.rule))


class _Writer:
    """Writes one indicator; a doubt is told of once, at the first clause that it touches."""

    def __init__(self, level: Level, lang: Lang) -> None:
        self.lang: Lang = lang
        self._titles = {d.id: d.title[lang] for d in level.doubts}
        self._marker = Marker(level.doubts, level.edition, level.indicator, lang)
        self._place = ""

    def clause(self, worded: Worded) -> Clause:
        first, *rest = lines(worded)
        return self._tree(first, rest)

    def _tree(self, line: Line, below: list[Line]) -> Clause:
        """A line with those below it, up to the next one of its depth."""
        place = str(line.worded.place or "")
        shown = "" if place == self._place else place
        self._place = place or self._place
        ids = self._marker.ids(line.worded.label)
        return Clause(
            line.text[self.lang],
            shown,
            tuple(Mark(i, self._titles[i]) for i in ids),
            tuple(b.text[self.lang] for b in below if b.item and b.depth == line.depth + 1),
            tuple(
                self._tree(head, rest)
                for head, rest in _groups((b for b in below if not _listed(b, line)), line.depth)
            ),
        )


def _listed(line: Line, above: Line) -> bool:
    return bool(line.item) and line.depth == above.depth + 1


def _groups(below: Iterable[Line], depth: int) -> Iterator[tuple[Line, list[Line]]]:
    """Each line one step below `depth`, with the lines under it."""
    head: Line | None = None
    rest: list[Line] = []
    for line in below:
        if line.depth == depth + 1:
            if head is not None:
                yield head, rest
            head, rest = line, []
        else:
            rest.append(line)
    if head is not None:
        yield head, rest
