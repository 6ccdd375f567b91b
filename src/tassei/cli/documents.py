"""What the commands about documents share: reading a file, with its limits and a progress bar."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from tassei.cli.context import Session
from tassei.documents.pieces import Document
from tassei.documents.reading import Limits, read_document
from tassei.documents.reading.limits import LEAST_MEMORY_MB
from tassei.documents.reading.refusals import missing_library
from tassei.text import Lang, Text


def limit_options(lang: Lang) -> list[click.Option]:
    """What reading a document may cost."""
    usual = Limits()
    return [
        click.Option(
            ["--limit-memory"], type=click.IntRange(min=LEAST_MEMORY_MB), metavar="MB",
            default=usual.memory_mb, show_default=True,
            help=Text("読み取りに使えるメモリ", "memory that reading may take")[lang],
        ),
        click.Option(
            ["--limit-cpu"], type=click.IntRange(min=1), metavar="SECONDS",
            default=usual.cpu_seconds, show_default=True,
            help=Text("読み取りに使えるCPU時間", "processor time that reading may take")[lang],
        ),
    ]  # fmt: skip


def opened(session: Session, path: Path, memory_mb: int, cpu_seconds: int) -> Document:
    """Read a document; a bar shows its pages where reading takes long.

    Raises:
        RequestError: the extra for documents is not installed, or the file cannot be read.
    """
    if find_spec("lark") is None:
        raise missing_library("lark")
    usual = Limits()
    limits = evolve(
        usual,
        memory_mb=memory_mb,
        cpu_seconds=cpu_seconds,
        wall_seconds=max(usual.wall_seconds, 3 * cpu_seconds),
    )
    bar = _Bar(session.say(Text("読み取り中", "reading")))
    try:
        return read_document(path, limits, bar.show)
    finally:
        bar.close()


class _Bar:
    """A bar on standard error, from the second on in which reading is not done."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._bar: Any = None
        self._task: Any = None
        self._started = _now()

    def show(self, done: int, total: int) -> None:
        if self._bar is None and sys.stderr.isatty() and _now() - self._started > 1:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True))
            self._bar.start()
            self._task = self._bar.add_task(self.what, total=total)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _now() -> float:
    from time import monotonic

    return monotonic()
