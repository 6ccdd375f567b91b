"""Putting a table where the documentation quotes it."""

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from benchmarks.measuring import said

DOCS = Path(__file__).resolve().parent.parent / "docs"


class _Both(io.StringIO):
    """Keeps what is printed, and shows it too."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self._shown = shown

    def write(self, text: str) -> int:
        self._shown.write(text)
        self._shown.flush()
        return super().write(text)


@contextlib.contextmanager
def quoted(name: str, page: str = "reference/figures.md") -> Iterator[None]:
    """What is printed inside replaces the block behind `<!-- printed by: script/bench NAME -->`.

    Args:
        page: the page that has the block, in both languages.
    """
    kept = _Both(sys.stdout)
    with contextlib.redirect_stdout(kept):
        yield
    for path in (DOCS / page, DOCS / "ja" / page):
        path.write_text(renewed(path.read_text("utf-8"), name, kept.getvalue()), "utf-8")
        said(f"renewed {path}")


def renewed(text: str, name: str, table: str) -> str:
    """A page with another table.

    Raises:
        ValueError: it has no such block.
    """
    mark = f"<!-- printed by: script/bench {name} -->\n```text\n"
    pattern = re.compile(f"(?<={re.escape(mark)}).*?(?=^```$)", re.DOTALL | re.MULTILINE)
    found, count = pattern.subn(lambda _: table.strip() + "\n", text)
    if count != 1:
        raise ValueError(f"the page quotes script/bench {name} {count} times")
    return found
